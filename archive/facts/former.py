"""Public editions published before, with which the next one is compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from archive.facts.gather import Record
from archive.schema.register import Figure
from archive.schema.types import Model


@dataclass(frozen=True, slots=True)
class FormerEdition:
    """A public edition as it was published."""

    name: str
    """The folder of its deployment."""
    as_of: date
    figures: Mapping[str, Figure]
    """Its register."""
    values: Mapping[str, Decimal]
    """Figure → the number that it showed; masked ones are left out."""
    records: Mapping[str, list[Record[Model]]]
    """Collection → all its records, as far as they are known."""
    public: frozenset[tuple[str, str]]
    """Collection and id of the records that it showed."""
    unshown: frozenset[tuple[str, str]] = frozenset()
    """Collection and field that its tables did not have, so that it showed none of its numbers."""
    missing: str | None = None
    """The commit at which its records would be, if it is not at hand; None if it is."""
