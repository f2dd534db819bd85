"""Turn blocks into the paragraphs, tables and sections of a Word document."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from docx.document import Document
from lxml.etree import _Element

from archive.press.document import Part
from archive.press.tree import Block, Heading, Listing, Paragraph, Picture, Run, label, walk
from archive.press.word.markup import w
from archive.press.word.page import DEEPEST, LEVELS, measures, section
from archive.press.word.pictures import Pictures
from archive.press.word.tables import side_by_side, table
from archive.press.word.text import Texts, fonts, pieces

_BULLETS, _NUMBERS = 0, 1  # ids of the two list definitions in the template
_SLACK = 100
"""Twips that a cell is wider than the picture in it: LibreOffice cuts off what it takes for too wide."""
_MAX_NUMBER = 32767
"""The highest number that a list in Word may start from."""


class Numbering:
    """Adds the lists of a document to its w:numbering."""

    def __init__(self, numbering: _Element) -> None:
        self.numbering = numbering
        self.count = 0

    def of(self, block: Listing, level: int) -> Callable[[], _Element]:
        """Add the list, nested `level` deep; returns a maker of the w:numPr of its items."""
        self.count += 1
        number, level = self.count, min(level, DEEPEST)
        start = w("startOverride", val=min(block["start"], _MAX_NUMBER))
        kind = _NUMBERS if block["ordered"] else _BULLETS
        self.numbering.append(
            w(
                "num",
                w("abstractNumId", val=kind),
                w("lvlOverride", start, ilvl=level),
                numId=number,
            )
        )
        return lambda: w("numPr", w("ilvl", val=level), w("numId", val=number))


FACES = ("黑体", "黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312")
"""The font of a heading by its `face` in the tree (GB/T 9704—2012, 7.3.3)."""


def common_fonts(parts: Iterable[Part], above: int) -> dict[int, str]:
    """Level → the font most of its headings have.

    `above` is how many heading levels the document has above those in the parts.
    """
    used: dict[int, Counter[str]] = {}
    for part in parts:
        for block in walk(part["blocks"]):
            if block["kind"] == "heading":
                level = min(block["level"] + above, LEVELS)
                used.setdefault(level, Counter())[FACES[block["face"]]] += 1
    return {level: count.most_common(1)[0][0] for level, count in used.items()}


def set_fonts(document: Document, levels: Mapping[int, str]) -> None:
    """Set the font of the heading style of each level."""
    for level, font in levels.items():
        looks = document.styles[f"Heading {level}"].element.get_or_add_rPr()
        looks[:] = [fonts(font)]


_STYLES: dict[str | None, str] = {"mark": "Mark", "facts": "Facts"}


@dataclass(frozen=True, slots=True)
class FlowContext:
    """Where blocks stand: the width available and the indent by quotes, in twips; the depth of lists."""

    width: int
    quoted: int = 0
    lists: int = 0

    @property
    def left(self) -> int:
        """Indent of the text from the left margin, in twips."""
        return self.quoted + (measures().item(self.lists - 1) if self.lists else 0)

    def indent(self) -> list[_Element]:
        """The w:ind for styles without an indent of their own; empty where there is no indent."""
        return [w("ind", left=self.left)] if self.left else []


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents: level and text of a heading, and the bookmark set at it."""

    level: int
    text: str
    bookmark: str


class Body:
    """Fills a w:body. `fonts` maps a level to the font of its heading style; a heading in another font
    gets it on its runs. `above` is how many levels are added to the headings that follow.
    """

    def __init__(
        self,
        body: _Element,
        numbering: Numbering,
        texts: Texts,
        pictures: Pictures,
        fonts: Mapping[int, str],
    ) -> None:
        self.body, self.numbering, self.texts, self.pictures = body, numbering, texts, pictures
        self.fonts, self.above = fonts, 0
        self.entries: list[ContentsLine] = []
        self._across = False
        self._turned: bool | None = None

    def add(self, *made: _Element) -> None:
        """Append elements, in a new section if the page is to be turned or turned back."""
        if self._turned is not None:
            self._last_looks().append(section(self._across))
            self._across, self._turned = self._turned, None
        self.body.extend(made)

    def stay(self) -> None:
        """Stay on the page as it lies: what is added next stands on the turned page of what was last."""
        self._turned = None

    def end(self) -> None:
        """End the last section; nothing may be added afterwards."""
        self._last_looks()
        self.body.append(section(self._across))

    def paragraph(
        self, style: str, *content: _Element, looks: list[_Element] | None = None
    ) -> None:
        """Append a paragraph; `looks` are more properties of it, in the order of the schema."""
        named = [] if style == "Normal" else [w("pStyle", val=style)]
        self.add(w("p", w("pPr", *named, *(looks or [])), *content))

    def beside(self, picture: Picture, text: _Element) -> None:
        """Append a line of small print with a picture at its right, as low as its last line."""
        wide = ceil(picture["width"] * 20) + _SLACK
        room = measures().area_height if self._across else measures().area_width
        drawn = w("r", self.pictures.drawing(picture, picture["width"]))
        paragraphs = (
            w("p", w("pPr", w("pStyle", val=style)), run)
            for style, run in (("Small", text), ("Picture", drawn))
        )
        self.add(side_by_side((room - wide, wide), *paragraphs))
        self.paragraph("Gap")

    def title(self, lines: list[str], notes: list[Run], looks: list[_Element]) -> None:
        """Append the document's title, broken into its lines, with its footnotes."""
        self.paragraph("Title", *self._lines(lines, notes), looks=looks)

    def part_title(
        self, title: str, lines: list[str], notes: list[Run], looks: list[_Element]
    ) -> None:
        """Append the title of a part as `title` does; later headings are one level lower."""
        self.above = 1
        runs = self._lines(lines, notes)
        self.paragraph("PartTitle", *self._marked(1, title, runs), looks=looks)

    def _lines(self, lines: list[str], notes: list[Run]) -> list[_Element]:
        return [w("r", *pieces("\n".join(lines))), *self.texts.runs(notes)]

    def blocks(self, blocks: list[Block], place: FlowContext) -> None:
        """Append the blocks; a paragraph right before a picture stays on the same page with it."""
        for block, following in zip(blocks, [*blocks[1:], None], strict=False):
            if block["kind"] == "paragraph":
                leads = following is not None and following["kind"] == "picture"
                self._paragraph(block, place, [w("keepNext")] if leads else [])
            else:
                self._block(block, place)

    def _block(self, block: Block, place: FlowContext) -> None:
        if block["kind"] == "heading":
            self._heading(block)
        elif block["kind"] == "list":
            self._list(block, place)
        elif block["kind"] == "table":
            made = table(block, self.texts, place.width - place.left, place.left)
            if made is not None:
                self.add(made)
                self.paragraph("Gap")
        elif block["kind"] == "across":
            self._turned = True
            self.blocks(block["blocks"], FlowContext(measures().area_height))
            self._turned = False
        elif block["kind"] == "code":
            for line in block["text"].split("\n"):
                self.paragraph("Code", w("r", *pieces(line)), looks=place.indent())
        elif block["kind"] == "picture":
            self._picture(block, place)
        elif block["kind"] == "quote":
            self.blocks(block["blocks"], replace(place, quoted=place.quoted + measures().two))

    def _heading(self, block: Heading) -> None:
        level = min(block["level"] + self.above, LEVELS)
        font = FACES[block["face"]]
        runs = list(self.texts.runs(block["runs"], "" if font == self.fonts.get(level) else font))
        looks = (
            [w("ind", firstLineChars=0, firstLine=0), w("jc", val="center")]
            if block["face"] == 0
            else []
        )
        self.paragraph(
            f"Heading{level}", *self._marked(level, label(block["runs"]), runs), looks=looks
        )

    def _marked(self, level: int, text: str, runs: list[_Element]) -> list[_Element]:
        """The runs inside a bookmark, which the table of contents links to."""
        id_ = len(self.entries) + 1
        entry = ContentsLine(level, text, f"_Toc{id_:06}")
        self.entries.append(entry)
        return [w("bookmarkStart", id=id_, name=entry.bookmark), *runs, w("bookmarkEnd", id=id_)]

    def _paragraph(self, block: Paragraph, place: FlowContext, looks: list[_Element]) -> None:
        style = _STYLES.get(block.get("style"))
        if style is None:
            style = "ListParagraph" if place.lists else "Quote" if place.quoted else "Normal"
            if (
                style != "Quote" or place.quoted > measures().two
            ):  # the style has the indent of one quote
                looks = [*looks, *place.indent()]
        self.paragraph(style, *self.texts.runs(block["runs"]), looks=looks)

    def _list(self, block: Listing, place: FlowContext) -> None:
        number = self.numbering.of(block, place.lists)
        inside = replace(place, lists=place.lists + 1)
        for item in block["items"]:
            # The number goes to the item's first paragraph, or to an empty one where it has none.
            lead = [item[0]["runs"]] if item and item[0]["kind"] == "paragraph" else []
            runs = [run for runs in lead for run in self.texts.runs(runs)]
            leads = len(item) > len(lead) and item[len(lead)]["kind"] == "picture"
            kept = [w("keepNext")] if leads else []
            # A list inside a quote needs more indent than its numbering definition gives.
            moved = [w("ind", left=inside.left, hanging=measures().marker)] if place.quoted else []
            self.paragraph("ListParagraph", *runs, looks=[*kept, number(), *moved])
            self.blocks(item[len(lead) :], inside)

    def _picture(self, block: Picture, place: FlowContext) -> None:
        widest = (place.width - place.left) / 20
        self.paragraph(
            "Picture", w("r", self.pictures.drawing(block, widest)), looks=place.indent()
        )

    def _last_looks(self) -> _Element:
        """The properties of the last paragraph. After a table the paragraph is made 1 pt high, as a
        table that fills its page would otherwise push it onto a new one.
        """
        looks = self.body[-1][0]
        style = looks.find(w("pStyle").tag)
        if style is not None and "Gap" in style.attrib.values():
            looks.append(w("spacing", line=20, lineRule="exact"))
        return looks
