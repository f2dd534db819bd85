"""A page of the built site as a printed document is made of it: its article as a tree of blocks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from lxml.html import HtmlElement

from archive.files.elements import classes
from archive.press.drawing import drawing
from archive.press.inline import Inline, flows, loose, skipped, tidy
from archive.press.table import table
from archive.press.tree import Block, Heading, Listing, Paragraph, Picture, Run, Style, plain

CHAPTER = 0
"""The face of a chapter's heading: 黑体, centred."""

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
    """What of a page is printed: `title`, what stands under it, and the blocks of its text."""

    title: str = ""
    source: str = ""
    """Of what it is a part, when it is printed alone."""
    blocks: list[Block] = field(default_factory=list)


def read(root: HtmlElement, site: Callable[[str], str]) -> Article:
    """The article of a built page; `site` turns an address on the page into one from the root."""
    found = next(iter(root.iter("article")), None)
    article = Article()
    if found is None:
        return article
    notes = {note.get("id") or "": note for note in _notes(found)}
    reader = _Reader(site, Inline(notes))
    blocks = list(reader.blocks(found))
    for block in blocks:
        if block["kind"] == "heading" and block["level"] == 1:
            article.title = plain(block["runs"])
            blocks.remove(block)
            break
    article.blocks = levelled(list(_led(blocks)))
    return article


def sections(article: Article, level: int) -> Iterator[tuple[str, Article]]:
    """Each sub-section of that level with an id, as a document: its heading becomes the title."""
    starts = [at for at, block in enumerate(article.blocks) if 0 < _level(block) <= level]
    for start, end in pairwise([*starts, len(article.blocks)]):
        heading = article.blocks[start]
        if heading["kind"] == "heading" and heading["level"] == level and heading["id"]:
            inside = levelled(article.blocks[start + 1 : end])
            yield heading["id"], Article(plain(heading["runs"]), article.title, inside)


def levelled(blocks: list[Block]) -> list[Block]:
    """The blocks, their headings at levels from 1 on that skip none (PDF/UA-1, 7.4.2)."""
    open_: list[int] = []
    done: list[Block] = []
    for block in blocks:
        if block["kind"] == "heading":
            while open_ and open_[-1] >= block["level"]:
                open_.pop()
            open_.append(block["level"])
            done.append({**block, "level": len(open_)})
        else:
            done.append(block)
    return done


def _led(blocks: list[Block]) -> Iterator[Block]:
    """The number of an article (第一条) leads its first paragraph, as regulations are printed."""
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


def laid_across(blocks: list[Block]) -> list[Block]:
    """Tables too wide for an upright page, each with the heading right before it, on pages of their own."""
    done: list[Block] = []
    for block in blocks:
        if block["kind"] == "table" and block["wide"]:
            heading = [done.pop()] if done and done[-1]["kind"] == "heading" else []
            done.append({"kind": "across", "blocks": [*heading, block]})
        else:
            done.append(block)
    return done


def _level(block: Block) -> int:
    return block["level"] if block["kind"] == "heading" else 0


def _notes(article: HtmlElement) -> list[HtmlElement]:
    return cast(list[HtmlElement], article.xpath(".//div[@class='footnote']//li"))


class _Reader:
    """Elements → blocks. What it does not know it goes through, so that no text is lost."""

    def __init__(self, site: Callable[[str], str], inline: Inline) -> None:
        self.site, self.inline = site, inline

    def blocks(self, parent: HtmlElement) -> Iterator[Block]:
        """What `parent` holds: text between blocks makes paragraphs of its own."""
        line: list[Run] = [loose(parent.text)]
        for child in parent:
            if not skipped(child):
                if flows(child) and not _holds_picture(child):
                    line += self.inline.runs(child)
                else:
                    yield from _paragraph(line)
                    line = []
                    yield from self._block(child)
            line.append(loose(child.tail))
        yield from _paragraph(line)

    def _block(self, element: HtmlElement) -> Iterator[Block]:
        tag = str(element.tag)
        if tag in _HEADINGS:
            yield self._heading(element)
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "table":
            yield table(element, self.inline.text)
        elif tag == "pre":
            yield {"kind": "code", "text": element.text_content().rstrip("\n")}
        elif tag == "blockquote":
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
        numbered = [n for n, form in enumerate(_NUMBERED, 1) if form.match(plain(runs))]
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
        """A list of terms as one line of text: what each is, and what it says."""
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
        return {"kind": "picture", "svg": "", "file": file, "alt": alt, "width": 0}


def _holds_picture(element: HtmlElement) -> bool:
    return next(element.iter("svg", "img"), None) is not None


def _paragraph(runs: list[Run], style: Style | None = None) -> Iterator[Paragraph]:
    tidied = tidy(runs)
    if tidied:
        paragraph: Paragraph = {"kind": "paragraph", "runs": tidied}
        if style:
            paragraph["style"] = style
        yield paragraph
