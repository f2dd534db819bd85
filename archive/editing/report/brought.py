"""What a report says that was brought as a file, whatever kind of file it was: blocks of text in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


class RefusedError(ValueError):
    """The file cannot be read as a report; the text says in Chinese what must hold, what is, what to do."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text from `start` to `end` of a block leads to an address of another site."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, whose mark stands before the character at `at` of a block."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; its paragraphs are parted by line feeds. The cells that it covers are empty."""

    text: str
    columns: int = 1
    rows: int = 1
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its content, the end of its name, in small letters without a dot, and what is said of it."""

    content: bytes
    suffix: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, item of a list, table or picture.

    `text` is all that a reader sees of it, its number included, whether Word counted it or a person typed
    it; a line break within it is a line feed, a tab a tab. It has no space at its ends. Of a table and a
    picture it is empty.
    """

    kind: Literal["heading", "paragraph", "item", "table", "picture"]
    text: str = ""
    level: int = 0
    """Of a heading from 1, the highest; of an item from 1, of a list that stands in no other."""
    number: str = ""
    """The number at the beginning of `text`, as 一、 or （一） or 1.; of an item a bullet is none."""
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A report as brought: its title, empty if none is told apart, and all blocks but the title's."""

    title: str
    blocks: tuple[Block, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What was left out or decided, in Chinese, as 批注 or 修订（按接受） → how many."""
    title_notes: tuple[Note, ...] = ()
    """Those whose marks stand in the title."""
