"""Which fields the public edition shows: every field of every model is marked as one or the other.

What a field's mark allows a record, an entry or a page may narrow (`disclosure`); none widens it.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Literal, TypeVar

from pydantic import Field

T = TypeVar("T")

Edition = Literal["internal", "public"]
"""Everything, or what is public alone."""
EDITION_LABELS: Mapping[Edition, str] = {"internal": "内部版", "public": "公开版"}
"""An edition → what pages, messages and signatures call it."""


class Disclosure(Enum):
    """Whether the public edition has a field at all."""

    PUBLIC = "公开"
    INTERNAL = "内部"


Public = Annotated[T, Disclosure.PUBLIC]
Internal = Annotated[T, Disclosure.INTERNAL]

WITHHELD = "不公开"
"""What stands for a text that may not be empty and is not public; and the state of such a figure."""

Narrowed = Annotated[
    Internal[Literal["内部"] | None],
    Field(title="公开属性", description="不公开的写“内部”，公开版里就没有它；可以公开的不写"),
]
"""The field by which a record or a page stays out of the public edition; None unless it does."""

Stated = Literal["公开", "内部"] | None
"""What an entry says of its value; while it says nothing, the value is not public."""
