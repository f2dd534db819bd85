"""The bureau's content as it once was, laid out as a site with the program's own parts of today.

Tests read this and never the content itself, so that no edit of a record or a page breaks one.
`bureau/` holds its pages, records and registers; the guide, assets and templates are the program's.
"""

import shutil
from datetime import date
from pathlib import Path

from archive.facts.project import Project

ROOT = Path(__file__).parents[2]
HERE = Project(ROOT, ROOT, date(2026, 6, 30))
"""The repository itself, for the fonts it uses."""
CONTENT = Path(__file__).with_name("bureau")


def lay_out(root: Path) -> Path:
    """Write the site into the empty folder `root`; gives the folder, without links in its path."""
    shutil.copytree(CONTENT, root, dirs_exist_ok=True)
    (root / "mkdocs.yml").unlink()
    for folder in ("docs/guide", "docs/assets", "overrides"):
        shutil.copytree(ROOT / folder, root / folder)
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    then = _entries((CONTENT / "mkdocs.yml").read_text("utf-8"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    guide = [entry for entry in _entries(settings) if "guide/" in entry]
    nav = "".join([*(entry for entry in then if "guide/" not in entry), *guide])
    before, _, after = settings.partition(_NAV)
    text = f"{before}{_NAV}{nav}\n{after.partition(_END)[2]}"
    (root / "mkdocs.yml").write_text(text, "utf-8")
    return root.resolve()


_NAV, _END = "\nnav:\n", "\n\n"
"""The navigation stands between the two."""


def _entries(settings: str) -> list[str]:
    """The lines of each entry of the navigation."""
    nav = settings.partition(_NAV)[2].partition(_END)[0]
    return [f"  - {entry}\n" for entry in f"\n{nav}".split("\n  - ")[1:]]
