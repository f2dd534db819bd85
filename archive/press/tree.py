"""What a printed document is made of: blocks of runs, plain enough to be handed on as JSON."""

from collections.abc import Iterator
from typing import Literal, NotRequired, TypedDict


class Run(TypedDict):
    """A stretch of text in one face, or, where `text` is empty, a line break or a footnote's mark."""

    text: str
    face: NotRequired[Literal["strong", "code", "sup", "sub", "lead"]]
    keep: NotRequired[bool]
    """Never broken across lines: a figure and its unit."""
    open: NotRequired[list[str]]
    """State and name of a figure that is not final: 初步, 未填报."""
    line: NotRequired[bool]
    """The line ends here."""
    note: NotRequired[list["Run"]]
    """A footnote stands here, with this text."""


Style = Literal["mark", "facts"]
"""A mark (示范文本) centred in 黑体; what is recorded of a regulation, in 楷体."""


class Paragraph(TypedDict):
    """A paragraph; `style` says what it is where it is not plain text of the body."""

    kind: Literal["paragraph"]
    runs: list[Run]
    style: NotRequired[Style]


class Heading(TypedDict):
    """A heading: `level` counts from 1 without gaps; `face` 1–4 is how GB/T 9704—2012, 7.3.3
    sets it, 0 a chapter.
    """

    kind: Literal["heading"]
    level: int
    face: int
    id: str
    runs: list[Run]


class Listing(TypedDict):
    """A list; each item is blocks of its own, so that lists nest."""

    kind: Literal["list"]
    ordered: bool
    start: int
    items: list[list["Block"]]


class Cell(TypedDict):
    """A cell of a table; `head` where it names its row or column."""

    runs: list[Run]
    head: bool
    number: bool
    across: int
    down: int
    breaks: NotRequired[Literal[True]]
    """Its row may be too high for a page, and is let go on over the next."""


class Table(TypedDict):
    """A table: rows of its head, rows of its body, and the share of the width each column has."""

    kind: Literal["table"]
    head: list[list[Cell]]
    body: list[list[Cell]]
    widths: list[float]
    wide: bool
    """Whether an upright page is too narrow for it."""


class Code(TypedDict):
    """Text whose lines and spaces stay as they are."""

    kind: Literal["code"]
    text: str


class Picture(TypedDict):
    """A picture: the text of an SVG, or the address of a file from the site's root."""

    kind: Literal["picture"]
    svg: str
    file: str
    alt: str
    width: float
    """In points, as far as the type area allows; 0: as wide as it."""


class Quote(TypedDict):
    """Blocks set off from the text around them."""

    kind: Literal["quote"]
    blocks: list["Block"]


class Across(TypedDict):
    """Blocks that take a page lying across: a table too wide for an upright one, with its heading."""

    kind: Literal["across"]
    blocks: list["Block"]


Block = Paragraph | Heading | Listing | Table | Code | Picture | Quote | Across


def walk(blocks: list[Block]) -> Iterator[Block]:
    """The blocks and what they hold, each before its own, in the order a reader meets them."""
    for block in blocks:
        yield block
        if block["kind"] == "list":
            for item in block["items"]:
                yield from walk(item)
        elif block["kind"] == "quote" or block["kind"] == "across":
            yield from walk(block["blocks"])


def runs_of(blocks: list[Block]) -> Iterator[list[Run]]:
    """All texts of the blocks, in the order a reader meets them."""
    for block in walk(blocks):
        if block["kind"] == "paragraph" or block["kind"] == "heading":
            yield block["runs"]
        elif block["kind"] == "table":
            for row in [*block["head"], *block["body"]]:
                yield from (cell["runs"] for cell in row)
        elif block["kind"] == "code":
            yield [{"text": block["text"]}]


def plain(runs: list[Run]) -> str:
    """The text of the runs, that of footnotes where their marks stand."""
    return "".join(
        plain(run["note"]) if "note" in run else "\n" if "line" in run else run["text"]
        for run in runs
    )


def text(blocks: list[Block]) -> str:
    """The whole text of the blocks, a line each."""
    return "\n".join(plain(runs) for runs in runs_of(blocks))


def pictures(blocks: list[Block]) -> Iterator[Picture]:
    """The pictures among the blocks, in order."""
    for block in walk(blocks):
        if block["kind"] == "picture":
            yield block
