"""The collections there are, and what can be counted of their records."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from archive.schema.types import Model
from archive.schema.volunteering import Volunteering


@dataclass(frozen=True, slots=True)
class Collection:
    """Records of one kind: one file each under data/<name>/."""

    label: str
    model: type[Model]
    derived: Mapping[str, str]
    """What can be counted of a record beside its fields: property → label."""
    columns: tuple[str, ...]
    """What a page's table shows of a record, in this order."""

    def label_of(self, name: str) -> str:
        """The Chinese label of a field or derived value."""
        if name in self.derived:
            return self.derived[name]
        return self.model.model_fields[name].title or name

    def countable(self) -> list[str]:
        """Names a figure may count by: the fields, and what is derived from them."""
        return [*self.model.model_fields, *self.derived]

    def numbers(self) -> list[str]:
        """Those of them that are numbers, so that they can be summed."""
        fields = self.model.model_fields.items()
        return [name for name, info in fields if _is_number(info.annotation)] + [*self.derived]


def _is_number(annotation: Any) -> bool:
    return annotation in (int, Decimal) or any(map(_is_number, get_args(annotation)))


COLLECTIONS: Mapping[str, Collection] = {
    "volunteering": Collection(
        "志愿服务活动",
        Volunteering,
        {"hours": "服务时长"},
        ("date", "title", "kind", "place", "participants", "hours", "services", "organiser"),
    ),
}
