"""Where the files of fonts are: the site's own, and the free ones fetched for all sites."""

from pathlib import Path

from archive.facts.project import Project
from archive.files.cache import shared_folder

FETCHED = "fonts"
"""Folder where `archive/setup/fonts` puts the free fonts, in `shared_folder`."""
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_DONE = "done"
"""The file that `archive/setup/fonts` writes once all are there."""


def font_files(project: Project) -> dict[str, Path]:
    """`fonts/` or `fetched/` and the path within → a font file of the site's own, or a fetched one."""
    folders = {"fonts": project.fonts, "fetched": shared_folder() / FETCHED}
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        # What is no file, such as a pipe or a link to a device, may have no end.
        if path.suffix.lower() in SUFFIXES and path.is_file()
    }


def all_fetched() -> bool:
    """Whether every free font was fetched."""
    return (shared_folder() / FETCHED / _DONE).exists()
