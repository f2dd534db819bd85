"""The files that the program itself brings to every site: its design, and the guide with its pictures.

They are no part of an archive, so that a newer program brings newer ones.
"""

from collections.abc import Mapping
from pathlib import Path

PACKAGE = "wenming-archive"
"""The program, as package registries would call it."""
PROGRAM = Path(__file__).parents[1]
"""The folder of the program."""
DESIGN = PROGRAM / "design"
TEMPLATES = DESIGN / "templates"
OWN_SETTINGS = DESIGN / "mkdocs.yml"
"""The settings of the engine that mkdocs.yml of an archive need not repeat."""

OWN_FILES: Mapping[str, Path] = {
    f"{name}/{path.relative_to(folder).as_posix()}": path
    for name, folder in (("assets", DESIGN / "assets"), ("guide", PROGRAM / "guide"))
    for path in sorted(folder.rglob("*.*"))
}
"""Path within docs/, and within the built site → the file."""
OWN_ASSETS = frozenset(name for name in OWN_FILES if name.startswith("assets/"))
OWN_PICTURES = frozenset(name for name in OWN_FILES if name.endswith(".webp"))
"""The pictures of the guide, which the program makes of its own demonstration."""
GUIDE_LEADS_TO = (
    "figures/index.md", "figures/releases.md", "figures/reviews.md", "honours/index.md",
    "records/download.md", "regulations/index.md", "topics.md",
)  # fmt: skip
"""The pages of an archive to which the guide leads, so that each has them."""
