"""Texts of reports as a reader sees them, one that is brought and one of the archive, and what is above each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from archive.checks.numerals import FOLD
from archive.editing.report.brought import Block, Brought
from archive.editing.report.numbers import typed_number
from archive.facts.brought import letters
from archive.facts.changes import change
from archive.facts.honours import honour_title
from archive.facts.reported import shown_on_page
from archive.facts.site import Site
from archive.files.markdown import NOTE, NOTE_END, visible
from archive.files.pages import MACRO, Page
from archive.files.spans import Call
from archive.schema.honours import Honour

NUMBER, NAME = "0", "*"
"""What stands for a number and for a name."""
_DIGITS = re.compile(r"\d+(?:[.,:/%-]+\d+)*|[〇零一二三四五六七八九]{4}(?=年)")
_MASK = re.compile(r"\*+")


@dataclass(slots=True)
class StandingText:
    """A text of a report, as a reader sees it, and what is above it."""

    written: str
    heading: str
    one_line: bool = False
    where: str = ""
    page_text: str = ""
    calls: tuple[tuple[int, int, Call], ...] = ()


def plain(text: str) -> str:
    """Return a text without what may differ from one year to the next."""
    return letters(_MASK.sub(NAME, _DIGITS.sub(NUMBER, text.translate(FOLD))))


def without_number(text: str) -> str:
    """Return a text without the number that it begins with as a heading or an item."""
    number = typed_number(text)
    return text[len(number.number) :] if number else text


def _heading(text: str) -> str:
    return plain(without_number(text.translate(FOLD)))


def label_of(heading: str) -> str:
    """Return what stands above a cell and at the beginning of its row, of what is above a text; else nothing."""
    return heading.partition("|")[2]


def _labelled(heading: str, heads: Sequence[str], row: Sequence[str], column: int) -> str:
    """What stands above a cell and at the beginning of its row."""
    head = heads[column] if column < len(heads) and row is not heads else ""
    side = row[0] if column else ""
    return "|".join((heading, plain(head), plain(side)))


def brought_texts(brought: Brought) -> Iterator[StandingText]:
    """Yield the texts of a report that is brought, as `texts_of` gives them."""
    heading = _heading(brought.title)
    yield StandingText(brought.title, "", one_line=True)
    yield from (StandingText(note.text, "", one_line=True) for note in brought.title_notes)
    for block in brought.blocks:
        if block.kind == "heading":
            yield StandingText(block.text, "", one_line=True)
            heading = _heading(block.text)
        else:
            yield StandingText(block.text, heading)
        cells = [[cell.text for cell in row] for row in block.rows]
        yield from (
            StandingText(text, _labelled(heading, cells[0], row, column), one_line=True)
            for row in cells
            for column, text in enumerate(row)
        )
        yield from (StandingText(text, "", one_line=True) for text in _notes(block))


def _notes(block: Block) -> Iterator[str]:
    yield from (note.text for note in block.notes)
    yield from (note.text for row in block.rows for cell in row for note in cell.notes)


def page_texts(site: Site, page: Page) -> Iterator[StandingText]:
    """Yield the texts of a page, with what its macros show."""
    calls = iter(page.calls)
    heading, kind = "", ""
    rows: list[list[str]] = []
    in_note = False
    for token in page.tokens:
        in_note = token.type == NOTE or (in_note and token.type != NOTE_END)
        count = token.content.count(MACRO) if not token.nesting else 0
        there = [call for _, call in zip(range(count), calls, strict=False)]
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            text = _shown(site, page, token.children or (), there)
            text.where = f"{page.file}:{page.line(there[0].start) if there else 0}"
            text.one_line = kind != "paragraph_open"
            if kind == "heading_open":
                heading = _heading(text.written)
            elif kind in ("th_open", "td_open"):
                rows[-1].append(text.written)
                text.heading = _labelled(heading, rows[0], rows[-1], len(rows[-1]) - 1)
            elif in_note:  # which stands elsewhere in a file
                text.one_line = True
            else:
                text.heading = heading
            yield text
        kind = token.type


def _shown(
    site: Site, page: Page, children: Sequence[Token], calls: Sequence[Call]
) -> StandingText:
    """What is shown within a paragraph, heading or cell, and where in it the calls stand."""
    written, placed, at = "", [], iter(calls)
    for child in children:
        pieces = visible(child).split(MACRO)
        written += "\n" * (child.type == "hardbreak") + pieces[0]
        for piece in pieces[1:]:
            call = next(at)
            start = len(written)
            written += shown_by(site, page, call)
            placed.append((start, len(written), call))
            written += piece
    return StandingText(written, "", page_text=page.text, calls=tuple(placed))


def shown_by(site: Site, page: Page, call: Call) -> str:
    """Return what a call shows in running text."""
    options = {name: str(value) for name, value in call.options}
    ids = [str(one) for one in call.args]
    names = site.archive.unit.names if site.archive.unit else {}
    if call.name == "name" and ids and ids[0] in names:
        return names[ids[0]].value or names[ids[0]].mask
    if call.name == "honours" and ids:
        known = {one.id: one.data for one in site.archive.of(Honour)}
        return "、".join(honour_title(known[id_], names) for id_ in ids if id_ in known)
    found = site.value(ids[0], page.path, options.get("period", "")) if ids else None
    if found is None or call.name not in ("fig", "change"):
        return ""
    if call.name == "change":
        told = change(site, found, options.get("against", ""), options.get("form", ""))
        return told.words if told else ""
    value = shown_on_page(site, found, page.path)
    written = options.get("written", "")
    return written if written and value.exact is not None else f"{value.number}{value.unit}"
