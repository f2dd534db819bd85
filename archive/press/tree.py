"""The parts of a printed document: blocks that hold runs of text, in types that JSON can carry."""

from collections.abc import Callable, Iterator
from typing import Literal, NotRequired, TypedDict


class Run(TypedDict):
    """Text in one face, or, where `text` is empty, a line break or a footnote mark."""

    text: str
    face: NotRequired[Literal["strong", "code", "sup", "sub", "struck", "lead"]]
    keep: NotRequired[bool]
    """Never broken across lines, as a figure and its unit."""
    open: NotRequired[list[str]]
    """[state, name] of a figure that is not final; states are 初步, 未填报 and so on."""
    line: NotRequired[bool]
    """The line ends here."""
    note: NotRequired[list["Run"]]
    """The text of the footnote whose mark stands here."""
    shared: NotRequired[str]
    """The name of a footnote that has several marks on its page, the same in all of them."""
    again: NotRequired[bool]
    """An earlier mark of the same footnote stands in the document; `note` is empty then."""


Style = Literal["mark", "facts"]
"""`mark`: centred in 黑体, as 示范文本; `facts`: the recorded facts of a regulation, in 楷体."""


class Paragraph(TypedDict):
    """A paragraph; `style` is set where it is not ordinary body text."""

    kind: Literal["paragraph"]
    runs: list[Run]
    style: NotRequired[Style]


class Heading(TypedDict):
    """A heading: `level` counts from 1 without gaps; `face` is 1–4 for the four kinds of heading in
    GB/T 9704—2012, 7.3.3, and 0 for a chapter.
    """

    kind: Literal["heading"]
    level: int
    face: int
    id: str
    runs: list[Run]


class Listing(TypedDict):
    """A list; each item is a list of blocks, so lists can nest."""

    kind: Literal["list"]
    ordered: bool
    start: int
    items: list[list["Block"]]


class Cell(TypedDict):
    """A cell of a table: `head` if it names its row or column, `number` if it holds a number;
    `across` and `down` are the columns and rows it spans.
    """

    runs: list[Run]
    head: bool
    number: bool
    across: int
    down: int
    breaks: NotRequired[Literal[True]]
    """Its row may be too high for one page, so it may break across pages."""


class Table(TypedDict):
    """A table: the rows of its head and body, and the share of the whole width of each column."""

    kind: Literal["table"]
    head: list[list[Cell]]
    body: list[list[Cell]]
    widths: list[float]
    wide: bool
    """Whether an upright page is too narrow for it."""


class Code(TypedDict):
    """Preformatted text: its line breaks and spaces are kept."""

    kind: Literal["code"]
    text: str


class Picture(TypedDict):
    """A picture: the text of an SVG, or the path of a file from the site's root."""

    kind: Literal["picture"]
    svg: str
    file: str
    alt: str
    width: float
    height: float
    """In points; 0 where the file tells: the height always, the width unless the page says it."""


class Quote(TypedDict):
    """Blocks set off from the text around them."""

    kind: Literal["quote"]
    blocks: list["Block"]


class TurnedPage(TypedDict):
    """Blocks on a turned page: a table too wide for an upright page, and its heading."""

    kind: Literal["across"]
    blocks: list["Block"]


Block = Paragraph | Heading | Listing | Table | Code | Picture | Quote | TurnedPage


def changed(blocks: list[Block], change: Callable[[Block], Block]) -> list[Block]:
    """The blocks and those in lists and quotes as `change` returns them, called in reading order."""
    done: list[Block] = []
    for block in blocks:
        if block["kind"] == "list":
            block = {**block, "items": [changed(item, change) for item in block["items"]]}
        elif block["kind"] == "quote":
            block = {**block, "blocks": changed(block["blocks"], change)}
        done.append(change(block))
    return done


def walk(blocks: list[Block]) -> Iterator[Block]:
    """The blocks and all blocks inside them, each before its content, in reading order."""
    for block in blocks:
        yield block
        if block["kind"] == "list":
            for item in block["items"]:
                yield from walk(item)
        elif block["kind"] == "quote" or block["kind"] == "across":
            yield from walk(block["blocks"])


def runs_of(blocks: list[Block]) -> Iterator[list[Run]]:
    """The runs of each paragraph, heading, cell and code block, in reading order."""
    for block in walk(blocks):
        if block["kind"] == "paragraph" or block["kind"] == "heading":
            yield block["runs"]
        elif block["kind"] == "table":
            for row in [*block["head"], *block["body"]]:
                yield from (cell["runs"] for cell in row)
        elif block["kind"] == "code":
            yield [{"text": block["text"]}]


def runs_text(runs: list[Run]) -> str:
    """The text of the runs, with the text of each footnote in place of its mark."""
    return "".join(
        runs_text(run["note"]) if "note" in run else "\n" if "line" in run else run["text"]
        for run in runs
    )


def notes(runs: list[Run]) -> list[Run]:
    """The marks of footnotes in the runs."""
    return [run for run in runs if "note" in run]


def label(runs: list[Run]) -> str:
    """The text of the runs without footnotes, as titles, contents and buttons have it."""
    return runs_text([run for run in runs if "note" not in run])


def text(blocks: list[Block]) -> str:
    """All text of the blocks, one line for each paragraph, heading, cell and code block."""
    return "\n".join(runs_text(runs) for runs in runs_of(blocks))


def pictures(blocks: list[Block]) -> Iterator[Picture]:
    """The pictures in the blocks, in reading order."""
    for block in walk(blocks):
        if block["kind"] == "picture":
            yield block
