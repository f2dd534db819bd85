"""Read the article of a built page as a tree of blocks, from which print files are made."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from lxml.html import HtmlElement

from archive.files.elements import classes
from archive.press.drawing import drawing
from archive.press.geometry import PAGE, PIXEL
from archive.press.inline import Inline, flows, merge_runs, skipped, split_runs
from archive.press.table import table
from archive.press.tree import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Run,
    Style,
    changed,
    label,
    notes,
)

CHAPTER = 0
"""Value of `face` for the heading of a chapter: 黑体, centred."""

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# GB/T 9704—2012, 7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋.
_NUMBERED = [
    re.compile(form)
    for form in (
        r"[一二三四五六七八九十百]+、",
        r"（[一二三四五六七八九十百]+）",
        r"\d+[.．]",
        r"（\d+）",
    )
]


@dataclass
class Article:
    """The printed part of a page: its title, the line under the title, and the blocks of its text."""

    title: str = ""
    source: str = ""
    """Title of the page it is a section of; empty for a whole page."""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Run] = field(default_factory=list)
    """The footnotes of its title, which is text only."""


def read(root: HtmlElement, site: Callable[[str], str], title: str = "") -> Article:
    """The article of a built page, empty where the page has none.

    `site` turns an address written on the page into one from the site's root. The article is called
    `title` where no heading of the first level stands in its text, but at most in a list or quote.
    """
    found = next(iter(root.iter("article")), None)
    article = Article(title)
    if found is None:
        return article
    reader = _Reader(site, Inline({note.get("id") or "": note for note in _notes(found)}))
    blocks = list(reader.blocks(found))
    for block in blocks:
        if block["kind"] == "heading" and block["level"] == 1:
            article.title, article.notes = label(block["runs"]), notes(block["runs"])
            blocks.remove(block)
            break
    article.blocks = set_heading_levels(list(_led(blocks)))
    return article


def sections(article: Article, level: int) -> Iterator[tuple[str, Article]]:
    """The id and article of each section whose heading has that level and an id.

    The section's heading becomes the title of its article.
    """
    starts = [at for at, block in enumerate(article.blocks) if 0 < _level(block) <= level]
    for start, end in pairwise([*starts, len(article.blocks)]):
        heading = article.blocks[start]
        if heading["kind"] == "heading" and heading["level"] == level and heading["id"]:
            inside = set_heading_levels(article.blocks[start + 1 : end])
            title, marks = label(heading["runs"]), notes(heading["runs"])
            yield heading["id"], Article(title, article.title, inside, marks)


def set_heading_levels(blocks: list[Block]) -> list[Block]:
    """The blocks with their heading levels renumbered from 1 without gaps (PDF/UA-1, 7.4.2).

    Headings in lists and quotes are among them, in reading order.
    """
    open_: list[int] = []

    def levelled(block: Block) -> Block:
        if block["kind"] != "heading":
            return block
        while open_ and open_[-1] >= block["level"]:
            open_.pop()
        open_.append(block["level"])
        return {**block, "level": len(open_)}

    return changed(blocks, levelled)


def _led(blocks: list[Block]) -> Iterator[Block]:
    """The blocks with each article's number (第一条) moved from its heading into its first paragraph."""
    lead: list[Run] = []
    for block in blocks:
        if block["kind"] == "heading" and block["id"].startswith("art-"):
            if lead:  # an article without text
                yield {"kind": "paragraph", "runs": lead}
            lead = [{**run, "face": "lead"} for run in block["runs"]]
        elif lead and block["kind"] == "paragraph":
            yield {**block, "runs": [*lead, {"text": "\u3000"}, *block["runs"]]}
            lead = []
        else:
            if lead:
                yield {"kind": "paragraph", "runs": lead}
            lead = []
            yield block
    if lead:
        yield {"kind": "paragraph", "runs": lead}


def turn_wide_tables(blocks: list[Block]) -> list[Block]:
    """The blocks with each wide table, and a heading right before it, put on turned pages.

    Those that follow each other share the pages: three years' tables do not take one each.
    """
    done: list[Block] = []
    for block in blocks:
        if block["kind"] == "table" and block["wide"]:
            heading = [done.pop()] if done and done[-1]["kind"] == "heading" else []
            before = done[-1] if done else None
            if before and before["kind"] == "across":
                done[-1] = {"kind": "across", "blocks": [*before["blocks"], *heading, block]}
            else:
                done.append({"kind": "across", "blocks": [*heading, block]})
        else:
            done.append(block)
    return done


def _level(block: Block) -> int:
    return block["level"] if block["kind"] == "heading" else 0


def _notes(article: HtmlElement) -> list[HtmlElement]:
    return cast(list[HtmlElement], article.xpath(".//div[@class='footnote']//li"))


class _Reader:
    """Turns elements into blocks; an unknown element is replaced by its content, so no text is lost."""

    def __init__(self, site: Callable[[str], str], inline: Inline) -> None:
        self.site, self.inline = site, inline

    def blocks(self, parent: HtmlElement) -> Iterator[Block]:
        """The blocks inside `parent`; loose text between them becomes paragraphs."""
        line: list[Run] = [split_runs(parent.text)]
        for child in parent:
            if not skipped(child):
                if flows(child) and not _holds_picture(child):
                    line += self.inline.runs(child)
                else:
                    yield from _paragraph(line)
                    line = []
                    yield from self._block(child)
            line.append(split_runs(child.tail))
        yield from _paragraph(line)

    def _block(self, element: HtmlElement) -> Iterator[Block]:
        tag = str(element.tag)
        if tag in _HEADINGS:
            yield self._heading(element)
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "table":
            made = table(element, self.inline.text)
            if made["widths"]:  # it has a cell
                yield made
        elif tag == "pre":
            yield {"kind": "code", "text": element.text_content().rstrip("\n")}
        elif tag == "blockquote" or "admonition" in classes(element):
            yield {"kind": "quote", "blocks": list(self.blocks(element))}
        elif tag == "dl":
            yield from _paragraph(self._facts(element), "facts")
        elif tag in ("svg", "img"):
            yield self._picture(element)
        elif tag == "p" and "draft" in classes(element):
            yield from _paragraph(self.inline.text(element), "mark")
        else:
            yield from self.blocks(element)

    def _heading(self, element: HtmlElement) -> Heading:
        runs = self.inline.text(element)
        depth = _HEADINGS[str(element.tag)]
        numbered = [n for n, form in enumerate(_NUMBERED, 1) if form.match(label(runs))]
        id_ = element.get("id") or ""
        face = numbered[0] if numbered else min(max(depth - 1, 1), 4)
        if id_.startswith("ch-"):
            face = CHAPTER
        return {"kind": "heading", "level": depth, "face": face, "id": id_, "runs": runs}

    def _list(self, element: HtmlElement) -> Listing:
        items = [list(self.blocks(item)) for item in element if not skipped(item)]
        start = element.get("start") or "1"
        return {
            "kind": "list",
            "ordered": element.tag == "ol",
            "start": int(start) if start.isdecimal() else 1,
            "items": [item for item in items if item],
        }

    def _facts(self, element: HtmlElement) -> list[Run]:
        """A description list as one line of text: “term：description；term：description”."""
        runs: list[Run] = []
        for part in element.iter("dt", "dd"):
            if part.tag == "dt":
                between: list[Run] = [{"text": "；"}] if runs else []
                runs += [*between, *self.inline.text(part), {"text": "："}]
            else:
                runs += self.inline.text(part)
        return runs

    def _picture(self, element: HtmlElement) -> Picture:
        if element.tag == "svg":
            return drawing(element)
        file = self.site(element.get("src") or "")
        alt = element.get("alt") or ""
        width = _width(element.get("width") or "")
        return {"kind": "picture", "svg": "", "file": file, "alt": alt, "width": width, "height": 0}


def _width(written: str) -> float:
    """The width in points that the page gives a picture, 0 where it gives none; a height it ignores."""
    found = re.fullmatch(r"(\d{1,4})(%?)", written)
    if not found:
        return 0
    return int(found[1]) * (PAGE.picture_width / 100 if found[2] else PIXEL)


def _holds_picture(element: HtmlElement) -> bool:
    return next(element.iter("svg", "img"), None) is not None


def _paragraph(runs: list[Run], style: Style | None = None) -> Iterator[Paragraph]:
    tidied = merge_runs(runs)
    if tidied:
        paragraph: Paragraph = {"kind": "paragraph", "runs": tidied}
        if style:
            paragraph["style"] = style
        yield paragraph
