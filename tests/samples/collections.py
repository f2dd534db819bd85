"""The ledgers of the sample sites, and their collections."""

from datetime import date
from pathlib import Path
from typing import Any

from archive.editing.editors.files import generated
from archive.facts.kinds import read_kinds, sound_lists
from archive.facts.ledgers import FOLDER, read_collections, read_ledgers
from archive.facts.project import Project
from archive.files.yaml import parse
from archive.schema.collections import with_kinds
from tests.samples.frozen import CONTENT

LEDGER_FILES = {
    f"data/{FOLDER}/{path.name}": path.read_text("utf-8")
    for path in sorted((CONTENT / "data" / FOLDER).glob("*.yml"))
}
"""Path from the root → the text of a description."""

KINDS = (CONTENT / "data" / "kinds.yml").read_text("utf-8")
LISTS = sound_lists(parse(KINDS, "kinds.yml"))
"""The lists of kinds."""

COLLECTIONS = with_kinds(
    read_ledgers(
        {name.removeprefix("data/"): text.encode() for name, text in LEDGER_FILES.items()}, "data"
    ).collections,
    LISTS,
)

TABLES = {"figures": "指标登记", **{name: one.label for name, one in COLLECTIONS.items()}}
"""The tables they offer for download, each with its label."""

Volunteering: Any = COLLECTIONS["volunteering"].model
Publication: Any = COLLECTIONS["publications"].model


def generated_here() -> dict[str, str]:
    """What `archive schema` makes of this repository's models and lists, apart from the style sheet."""
    root = Path(__file__).parents[2]
    here = Project(root, root / "data", date(2026, 3, 1))
    return generated(read_collections(here).collections, read_kinds(here))
