"""What is public of a record or an entry, as plain data that fits the same model."""

from collections.abc import Container
from typing import Any

from archive.files.writing import plain_data
from archive.schema.collections import Collection
from archive.schema.disclosure import WITHHELD
from archive.schema.fields import Field, fields
from archive.schema.types import Model


def public(record: Model, unknown: Container[str] = ()) -> dict[str, Any]:
    """The public fields of a record, of the records within it too; masks for what must be there.

    Of the fields that are not public, the public edition knows nothing of the `unknown` ones.
    """
    found = {}
    for name, field in fields(type(record)).items():
        if field.public:
            found[name] = plain_data(getattr(record, name), public)
        elif field.required and name not in unknown:
            found[name] = mask(field)
    return found


def public_names(collection: Collection) -> set[str]:
    """The fields of a collection's records that are public, and what is derived from such fields alone."""
    shown = {name for name, field in fields(collection.model).items() if field.public}
    return shown | (collection.ledger.public_names if collection.ledger else set())


def mask(field: Field) -> Any:
    """What stands for the value of a field that is not public: nothing, or the word where it must be.

    Raises TypeError for a field that nothing can stand for: there is none in a model of the program's own,
    which a test insists on, and of the fields of a ledger none is masked.
    """
    if field.value.nullable:
        return None
    if field.value.shape == "list":
        return []
    if field.value.shape == "text":
        return WITHHELD
    raise TypeError(field.label)


def has_public(model: type[Model]) -> bool:
    """Whether anything of such a record is public."""
    return any(field.public for field in fields(model).values())
