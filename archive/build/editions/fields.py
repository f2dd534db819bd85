"""What is public of a record or an entry, as plain data that fits the same model."""

from typing import Any, get_origin

from pydantic.fields import FieldInfo

from archive.files.validation import bare, may_be_empty
from archive.files.writing import plain
from archive.schema.disclosure import WITHHELD, is_public
from archive.schema.types import Model


def public(record: Model) -> dict[str, Any]:
    """The public fields of a record, of the records within it too; masks for what must be there."""
    found = {}
    for name, info in type(record).model_fields.items():
        if is_public(info):
            found[name] = plain(getattr(record, name), public)
        elif info.is_required():
            found[name] = mask(info)
    return found


def mask(info: FieldInfo) -> Any:
    """What stands for the value of a field that is not public: nothing, or the word where it must be.

    Raises TypeError for a field that nothing can stand for: of such a kind only whole records are
    left out, which a test insists on.
    """
    kind = bare(info.annotation)
    if may_be_empty(info.annotation):
        return None
    if get_origin(kind) is tuple:
        return []
    if kind is str:
        return WITHHELD
    raise TypeError(info.title)


def has_public(model: type[Model]) -> bool:
    """Whether anything of such a record is public."""
    return any(map(is_public, model.model_fields.values()))
