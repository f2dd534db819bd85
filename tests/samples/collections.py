"""The collections of the sample sites."""

from datetime import date

from archive.editing.editors.files import generated
from archive.facts.kinds import read_kinds, sound_lists
from archive.facts.ledgers import read_collections
from archive.facts.project import Project
from archive.files.yaml import parse
from archive.schema.collections import BUILT_IN, LEDGERS, with_kinds
from tests.conftest import ROOT
from tests.samples.sample import KINDS

LISTS = sound_lists(parse(KINDS, "kinds.yml"))
"""The lists of kinds."""
COLLECTIONS = with_kinds({**LEDGERS, **BUILT_IN}, LISTS)
TABLES = {"figures": "指标登记", **{name: one.label for name, one in COLLECTIONS.items()}}
"""The tables they offer for download, each with its label."""


def generated_here() -> dict[str, str]:
    """What `archive schema` makes of this repository's models and lists, apart from the style sheet."""
    here = Project(ROOT, ROOT / "data", date(2026, 3, 1))
    return generated(read_collections(here), read_kinds(here))
