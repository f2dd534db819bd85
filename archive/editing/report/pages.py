"""A brought report as pages in Markdown: each part a page, every letter as it stood.

The text of the report is text, whatever signs it holds: what would act in Markdown is written so that it does
not. Headings get ids by their place, so that they are the same when the file is brought again.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from PIL import Image

from archive.editing.report.brought import Block, Brought, Cell, Link, Note, Picture
from archive.editing.report.finding import Find
from archive.editing.report.honour_finding import Spot

PREFACE = "overview"
"""The page of what stands before the first part."""
_ACTS = re.compile(r"[\\`*_{}\[\]<>#|~&!@]|:(?=//)|(?<=www)\.|(?<=WWW)\.")
"""What acts in a line of Markdown, wherever it stands."""
_CODED = {
    "{": "&#123;",
    "}": "&#125;",
    "[": "&#91;",
    "]": "&#93;",
    "`": "&#96;",
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "\\": "&#92;",
}
"""Signs that the rules for macros, code, tags, masks and links look for, as characters of HTML."""
_BEGINS = re.compile(
    r"^[^\S\n]*+(?:\d{1,9}(?P<point>[.)])(?=\s|$)|(?P<mark>[-+](?=\s|$)|[-=]++[^\S\n]*+$))",
    re.MULTILINE,
)
"""What would make of a line a list, a heading or a rule."""


@dataclass(slots=True)
class Part:
    """A page of the report."""

    name: str
    """The name of its file, without the end."""
    title: str
    blocks: list[str] = field(default_factory=list)
    """Its Markdown, block by block, the heading first; `put` adds to it."""
    next_line: int = 1
    """The line of its Markdown on which the next block begins, from 1."""
    letters: list[str] = field(default_factory=list)
    """The texts that a reader sees, in order."""
    lines: dict[int, int] = field(default_factory=dict)
    """Text, by its place in `texts_of` → the line of the page's Markdown, from 1, on which it begins."""
    headings: dict[str, str] = field(default_factory=dict)
    """The id of each heading → its text."""
    notes: dict[str, str] = field(default_factory=dict)
    """Text of a note → its Markdown; they stand at the end of the page, each once."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Text of a note → its number on the page."""

    def put(self, block: str) -> None:
        """Add a block of Markdown, after an empty line."""
        self.blocks.append(block)
        self.next_line += block.count("\n") + 2

    @property
    def markdown(self) -> str:
        """The whole page but its front matter."""
        notes = [f"[^{at}]: {text}" for at, text in enumerate(self.notes.values(), 1)]
        return "\n\n".join([*self.blocks, *notes]) + "\n"


def texts_of(brought: Brought) -> list[str]:
    """Return the texts of a report in which something may be found: title, each block, its cells, its notes."""
    head = [brought.title, *(note.text for note in brought.title_notes)]
    return head + [text for block in brought.blocks for text in _texts(block)]


def spots_of(brought: Brought) -> list[Spot]:
    """Return where each of the texts of a report stands."""
    found = [Spot("heading")] * (1 + len(brought.title_notes))
    for table, block in enumerate(brought.blocks):
        found.append(Spot("heading" if block.kind == "heading" else "text"))
        found += [
            Spot("cell", table, row, column)
            for row, cells in enumerate(block.rows)
            for column in range(len(cells))
        ]
        found += [Spot("note")] * len(_notes(block))
    return found


def places_of(brought: Brought, title: str) -> list[tuple[str, str]]:
    """Return the name and the title of the page on which each of the texts of a report stands."""
    found = [(PREFACE, brought.title or title)] * (1 + len(brought.title_notes))
    for name, heading, block in _paged(brought, title):
        found += [(name, heading)] * len(list(_texts(block)))
    return found


def _paged(brought: Brought, title: str) -> Iterator[tuple[str, str, Block]]:
    """Yield each block after the name and the title of its page."""
    top = top_level(brought)
    name, heading, count = PREFACE, brought.title or title, 0
    for block in brought.blocks:
        if block.kind == "heading" and block.level == top:
            count += 1
            name, heading = f"{count}", block.text
        yield name, heading, block


def top_level(brought: Brought) -> int:
    """Return the level of the headings that begin a page; 0 if there are no headings."""
    return min((one.level for one in brought.blocks if one.kind == "heading"), default=0)


def _texts(block: Block) -> Iterator[str]:
    cells = [cell for row in block.rows for cell in row]
    yield block.text
    yield from (cell.text for cell in cells)
    yield from (note.text for note in _notes(block))


def _notes(block: Block) -> list[Note]:
    """The notes of a block, then those of its cells, each as often as its mark stands there."""
    return [*block.notes, *(note for row in block.rows for cell in row for note in cell.notes)]


def pages(
    brought: Brought, title: str, macros: Sequence[tuple[Find, str]], pictures: str
) -> tuple[list[Part], dict[str, bytes]]:
    """Return the pages of a report, and name → content of its pictures, which begin with `pictures`.

    `macros` are the finds with what stands in their place; `title` is the heading of what stands before
    the first part.
    """
    writer = _Writer(macros, pictures)
    parts: list[Part] = []
    head = Block("heading", brought.title, notes=brought.title_notes)
    if brought.title:
        parts.append(Part(PREFACE, brought.title))
        writer.add(parts[0], head, 0)
    else:
        writer.skip(head)
    top = top_level(brought)
    for name, heading, block in _paged(brought, title):
        if name not in (PREFACE, *(one.name for one in parts[-1:])):
            parts.append(Part(name, heading))
            writer.part, writer.counts = int(name), []
        elif not parts:
            parts.append(Part(PREFACE, title, letters=[title]))
            parts[0].put(f"# {escaped(title)} {{ #p0 }}")
        writer.add(parts[-1], block, top)
    for part in parts:
        part.letters += part.notes
    return parts, writer.files


class _Writer:
    """Writes block after block; the texts are counted as `texts_of` gives them."""

    def __init__(self, macros: Sequence[tuple[Find, str]], pictures: str) -> None:
        self.part = 0
        self.counts: list[int] = []
        """How many sections there were of each level, in the present part."""
        self.files: dict[str, bytes] = {}
        self._pictures = pictures
        self._at = -1
        self._macros: dict[int, dict[int, tuple[int, str]]] = {}
        for find, macro in macros:
            self._macros.setdefault(find.text, {})[find.start] = (find.end, macro)

    def skip(self, block: Block) -> None:
        """Count the texts of a block that is on no page."""
        self._at += len(list(_texts(block)))

    def add(self, part: Part, block: Block, top: int) -> None:
        """Add a block to its page."""
        first = self._at + 1
        line_number = part.next_line
        numbers = iter([self._number(part, note) for note in _notes(block)])
        marks = [(note.at, next(numbers)) for note in block.notes]
        line = self._line(block.text, block.links, marks, one_line=block.kind == "heading")
        part.letters.append(block.text)
        if block.kind == "heading":
            id_ = self._id(block.level - top)
            mark = "#" * min(block.level - top + 1, 6)
            part.headings[id_] = block.text
            part.put(f"{mark} {line} {{ #{id_} }}")
        elif block.picture:
            part.put(self._picture(block.picture))
        elif block.rows:
            part.put(self._table(block.rows, numbers))
            part.letters += [cell.text for row in block.rows for cell in row]
        elif block.kind == "item" and not block.number:
            part.put(f"{'  ' * (block.level - 1)}- {line}")
        else:
            part.put(line)
        for note in _notes(block):
            text = self._line(note.text, one_line=True)
            part.notes[note.text] = part.notes[note.text] or text
        part.lines |= dict.fromkeys(range(first, self._at + 1), line_number)
        at = first
        for row, cells in enumerate(block.rows):
            part.lines |= dict.fromkeys(
                range(at + 1, at + len(cells) + 1), line_number + row + bool(row)
            )
            at += len(cells)

    def _number(self, part: Part, note: Note) -> int:
        """The number of a note on its page; a note with several marks stands there once."""
        part.notes.setdefault(note.text, "")
        return part.numbers.setdefault(note.text, len(part.notes))

    def _id(self, depth: int) -> str:
        """The id of the next heading, by its place."""
        if not depth:
            return f"p{self.part}"
        self.counts = [*self.counts, *[0] * depth][:depth]
        self.counts[-1] += 1
        return f"s{'-'.join(map(str, [self.part, *self.counts]))}"

    def _table(self, rows: Sequence[Sequence[Cell]], numbers: Iterator[int]) -> str:
        lines = []
        for row in rows:
            cells = [
                self._line(
                    one.text, one.links, [(note.at, next(numbers)) for note in one.notes], True
                )
                for one in row
            ]
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])

    def _picture(self, picture: Picture) -> str:
        number = len(self.files) + 1
        name = f"{self._pictures}-{number}.{picture.suffix}"
        self.files[name] = _bare(picture)
        return f"![{escaped(picture.description) or f'图{number}'}](../../files/{name})"

    def _line(
        self,
        text: str,
        links: Sequence[Link] = (),
        marks: Sequence[tuple[int, int]] = (),
        one_line: bool = False,
    ) -> str:
        """The next text in Markdown, with macros, links and marks of notes."""
        self._at += 1
        macros = self._macros.get(self._at, {})
        acting = {found.start() for found in _ACTS.finditer(text)}
        acting |= {found.start(found.lastgroup or 0) for found in _BEGINS.finditer(text)}
        marked: dict[int, str] = {}
        for place, number in marks:
            marked[place] = f"{marked.get(place, '')}[^{number}]"
        # A link holds no macro, which may be a link itself, no mark of a note and no line break.
        apart = [(start, end) for start, (end, _) in macros.items()]
        apart += [(place, place) for place in marked]
        apart += [found.span() for found in re.finditer("\n", text)]
        apart.sort()
        pieces = [piece for link in links for piece in _pieces(link, apart)]
        opened = {link.start: "[" for link in pieces}
        closed = {link.end: f"](<{_address(link.address)}>)" for link in pieces}
        made: list[str] = []
        at = 0
        while at <= len(text):
            made += filter(None, (closed.get(at), marked.get(at), opened.get(at)))
            if at in macros:
                at, macro = macros[at]
                made.append(macro)
                continue
            sign = text[at : at + 1]
            if sign == "\n":
                made.append(" " if one_line else "\\\n")
            elif sign and (not sign.isspace() or (made and not made[-1].endswith("\n"))):
                # Blanks at the beginning of a line would make code of it.
                made.append(_CODED.get(sign, f"\\{sign}") if at in acting else sign)
            at += 1
        return "".join(made)


def _pieces(link: Link, apart: Sequence[tuple[int, int]]) -> Iterator[Link]:
    """The parts of a link between the spans, in order, that it cannot hold."""
    at = link.start
    for place in range(max(0, bisect_left(apart, (link.start, 0)) - 1), len(apart)):
        start, end = apart[place]
        if start >= link.end:
            break
        if at < start:
            yield replace(link, start=at, end=start)
        at = max(at, end)
    if at < link.end:
        yield replace(link, start=at)


def escaped(text: str) -> str:
    """Return text as Markdown that shows it as it stands, within a line."""
    return _ACTS.sub(lambda found: _CODED.get(found[0], f"\\{found[0]}"), text)


def _address(written: str) -> str:
    """An address in which nothing ends it, or acts in Markdown."""
    return "".join(quote(one) if one.isspace() or one in "<>\\*_{}[]`" else one for one in written)


def _bare(picture: Picture) -> bytes:
    """The content of a picture without remarks, places and names that cameras and programs write into it."""
    if picture.suffix == "svg":
        return picture.content  # its text is read by the check
    with Image.open(io.BytesIO(picture.content)) as opened:
        plain = io.BytesIO()
        kept = {"quality": "keep"} if opened.format == "JPEG" else {}
        opened.info = {
            name: one
            for name, one in opened.info.items()
            if name in ("transparency", "icc_profile")
        }
        opened.save(plain, opened.format, **kept)
        return plain.getvalue()
