"""The documents that PDF and Word files are made of: title in lines, blocks, closing lines."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypedDict

from archive.press.article import Article, turn_wide_tables
from archive.press.title import title_lines
from archive.press.tree import Block, Cell, Picture, Run, changed, runs_of, runs_text, text
from archive.render.text import day


class Noted(TypedDict, total=False):
    """What has a title that may bear footnotes."""

    notes: list[Run]
    """The footnotes of the title; there only if it bears some."""


class Part(Noted):
    """An article within a document."""

    title: str
    lines: list[str]
    """The title, broken into lines."""
    source: str
    """Title of the page it is a section of, in brackets; empty for a whole page."""
    blocks: list[Block]


class Document(Noted):
    """The data a PDF and a Word file are made of.

    A document made from one article has one part with its own title; a book may have several.
    """

    title: str
    lines: list[str]
    banner: str
    """Text at the top of each page: the edition, and whether it is a demonstration or a draft."""
    parts: list[Part]
    end: list[str]
    """The lines in small print at its end."""
    contents: int
    """How many levels of headings the table of contents lists; 0 if there is no table."""
    address: str
    """The full address of what is printed; empty if that of the site is not known."""
    sheets: list[Picture]
    """Drawn sheets, a page each, in place of all else; of most documents there are none."""
    code: Picture | None
    """The code of that address beside the first line of `end`; `archive.press.codes` adds it for print."""


def formats(document: Document) -> tuple[str, ...]:
    """The formats of a document's files, by suffix."""
    return ("pdf", "png") if document["sheets"] else ("pdf", "docx")


def document(article: Article, banner: str, end: list[str], address: str = "") -> Document:
    """A document of one article, printed from the full `address`."""
    part = _part(article, 0)
    noted: Noted = {"notes": part["notes"]} if "notes" in part else {}
    return {
        **noted,
        "title": part["title"],
        "lines": part["lines"],
        "banner": banner,
        "parts": [part],
        "end": end,
        "contents": 0,
        "address": address,
        "sheets": [],
        "code": None,
    }


def book(
    title: str,
    articles: Iterable[Article],
    contents: int,
    banner: str,
    end: list[str],
    address: str = "",
) -> Document:
    """A document of several articles, with a table of contents `contents` levels deep."""
    return {
        "title": title,
        "lines": list(title_lines(title)),
        "banner": banner,
        "parts": [_part(article, number) for number, article in enumerate(articles)],
        "end": end,
        "contents": contents,
        "address": address,
        "sheets": [],
        "code": None,
    }


def _part(article: Article, number: int) -> Part:
    once = _Once(number)
    noted: Noted = {"notes": once.runs(article.notes)} if article.notes else {}
    return {
        **noted,
        "title": article.title,
        "lines": list(title_lines(article.title)),
        "source": f"（{article.source}）" if article.source else "",
        "blocks": turn_wide_tables(changed(article.blocks, once.block)),
    }


class _Once:
    """Sees to it that each footnote is set once in a part of a document, at its first mark there."""

    def __init__(self, number: int) -> None:
        self.number, self.known = number, set[str]()

    def block(self, block: Block) -> Block:
        """The block with the marks in it as `runs` returns them; blocks inside it stay as they are."""
        if block["kind"] == "paragraph":
            return {**block, "runs": self.runs(block["runs"])}
        if block["kind"] == "heading":
            return {**block, "runs": self.runs(block["runs"])}
        if block["kind"] == "table":
            return {**block, "head": self._rows(block["head"]), "body": self._rows(block["body"])}
        return block

    def _rows(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        return [[{**cell, "runs": self.runs(cell["runs"])} for cell in row] for row in rows]

    def runs(self, runs: list[Run]) -> list[Run]:
        """The runs, each note with several marks named for the whole document, only its first with text."""
        return [self._run(run) if "shared" in run else run for run in runs]

    def _run(self, run: Run) -> Run:
        name = f"{self.number}-{run['shared']}"
        if name in self.known:
            return {**run, "note": [], "shared": name, "again": True}
        self.known.add(name)
        return {**run, "shared": name}


def last_lies_across(document: Document) -> bool:
    """Whether the last page of a document is a turned one."""
    *_, last = document["parts"]
    return bool(last["blocks"]) and last["blocks"][-1]["kind"] == "across"


def with_colophon(blocks: list[Block], site: str, address: str, as_of: date) -> list[str]:
    """The closing lines: address and day of the print, then the figures that are not final, by state."""
    lines = [f"打印自{site}：{address or '首页'}，以{day(as_of)}的资料为准。"]
    return lines + [
        f"{state}：{'、'.join(names)}。" for state, names in unfilled_figures(blocks).items()
    ]


def unfilled_figures(blocks: list[Block]) -> dict[str, list[str]]:
    """State → names of the figures in that state that are not final, each once, in reading order."""
    found: dict[str, list[str]] = {}
    for run in _all(runs_of(blocks)):
        if "open" in run:
            state, name = run["open"]
            names = found.setdefault(state, [])
            if name not in names:
                names.append(name)
    return found


def _all(texts: Iterable[list[Run]]) -> Iterator[Run]:
    for runs in texts:
        for run in runs:
            yield from run.get("note", [run])


def whole(document: Document) -> str:
    """All text of a document, one line for each title, paragraph and cell; the banner is left out."""
    lines = [document["title"]]
    for part in document["parts"]:
        if part["title"] != document["title"]:
            lines.append(part["title"])
        lines += [runs_text(part["notes"])] if "notes" in part else []
        lines += [part["source"], text(part["blocks"])]
    lines += [sheet["alt"] for sheet in document["sheets"]]
    return "\n".join([*lines, *document["end"]])
