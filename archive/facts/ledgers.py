"""The collections of a project: its ledgers, then what every archive records."""

from collections.abc import Mapping

from archive.facts.project import Project
from archive.schema.collections import BUILT_IN, LEDGERS, Collection


def read_collections(project: Project) -> Mapping[str, Collection]:
    """Return name → collection, in the order of pages, downloads and dictionary."""
    return {**LEDGERS, **BUILT_IN}
