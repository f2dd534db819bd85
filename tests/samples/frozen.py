"""The bureau's content as it once was, laid out as a site with the program's own parts of today.

Tests read this and never the content itself, so that no edit of a record or a page breaks one.
`bureau/` holds its pages, records and registers; the guide and the design are the program's.
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
    return root.resolve()


def leave_out_guide(root: Path) -> None:
    """Take the guide out of an archive, and the lines that lead there: some two fifths of a build."""
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").partition("  - 指南:")[0], "utf-8")
    for page in (root / "docs").rglob("*.md"):
        lines = page.read_text("utf-8").splitlines(keepends=True)
        page.write_text("".join(line for line in lines if "guide/" not in line), "utf-8")
