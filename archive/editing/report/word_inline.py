"""What is within a paragraph of a Word file: runs, links, fields, marks of notes.

A field is shown as it shows itself; what it is computed from is not. A note is read where its mark stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.editing.report.brought import Block, Picture
from archive.editing.report.headings import Entry, Line
from archive.editing.report.numbers import circled
from archive.editing.report.passages import ADDRESS, Builder, Passage, joined
from archive.editing.report.word_drawings import MC, Drawings, chosen
from archive.editing.report.word_package import Package
from archive.editing.report.word_styles import (
    Properties,
    Style,
    Styles,
    W,
    run_properties,
    switch,
    value,
)
from archive.editing.report.word_symbols import symbol

CHANGES = "修订（按接受）"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
INTO = frozenset({
    f"{W}{name}" for name in ("smartTag", "customXml", "ins", "moveTo", "dir", "bdo", "sdtContent", "rubyBase")
})  # fmt: skip
"""Elements around text, of which nothing is seen."""
OUT = frozenset({f"{W}del", f"{W}moveFrom"})
CHANGED = frozenset({*OUT, f"{W}ins", f"{W}moveTo"})
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF"})
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_TITLES_OF_CONTENTS = ("目录", "目次", "Contents")
_IN_CIRCLE = re.compile(
    r"EQ\s[^()]*?\\o\\ac\s*+\([^(),，;；]{0,9}[,，;；]\s*+(\d{1,2})\s*+\)", re.IGNORECASE
)
_LINKED = re.compile(r'HYPERLINK\s+"([^"]*)"(.*)', re.IGNORECASE | re.DOTALL)
_AGAIN = re.compile(r"NOTEREF\s+(\S+).*\\f", re.IGNORECASE | re.DOTALL)
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "",
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Characters of fonts of symbols."""


@dataclass(slots=True)
class _Field:
    """A field: the code it is computed from, and whether what it shows is kept."""

    code: list[str] = field(default_factory=list)
    begun: bool = False
    """Whether what it shows has begun."""
    kept: bool = True
    into: "Paragraph | None" = None
    start: int = 0

    @property
    def text(self) -> str:
        return "".join(self.code).strip()


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read: its text, how much of it looks how, what stands beside it."""

    text: Builder = field(default_factory=Builder)
    looks: Counter[tuple[int, bool]] = field(default_factory=Counter)
    beside: "list[etree._Element | Picture]" = field(default_factory=list)

    def add(self, text: str, size: int, strong: bool) -> None:
        """Add text that looks so."""
        self.text.add(text)
        if said := len(text.strip()):
            self.looks[size, strong] += said


class _Notes:
    """The notes of a part by their ids, and what the part refers to."""

    def __init__(self, package: Package, name: str) -> None:
        root = package.xml(name)
        notes = root if root is not None else ()
        self.relations = package.relations(name) if name else {}
        self.elements = {
            one.get(W + "id") or "": one for one in notes if one.get(W + "type") in (None, "normal")
        }


class Inline:
    """Reads what is within the paragraphs of one file; `left_out` counts what it leaves out.

    `flow` reads what a note holds.
    """

    def __init__(
        self,
        package: Package,
        body: "etree._Element",
        left_out: Counter[str],
        styles: Styles,
        flow: Callable[["etree._Element"], list[Entry]],
    ) -> None:
        self.package, self.left_out, self.styles = package, left_out, styles
        self.relations = package.relations(package.main)
        parts = {one.kind: one.target for one in self.relations.values() if not one.external}
        self._notes = {
            one: _Notes(package, parts.get(f"{one}s", "")) for one in ("footnote", "endnote")
        }
        self._flow = flow
        self._said: dict[tuple[str, str], str] = {}
        self._marked = _marked_notes(body)
        self._drawings = Drawings(package, left_out)
        self._looks: dict[tuple[Properties, str, tuple[str, ...], bool | None], Properties] = {}
        self._fields: list[_Field] = []
        self.silent = 0
        """How many open fields show nothing (yet)."""
        self.style = Style()
        """That of the paragraph that is being read."""
        self.hidden: bool | None = None
        """Whether the style of the table that is being read hides its text."""
        self.found_contents = False
        """Whether a field in the paragraph is a table of contents."""

    def apart(self, container: "etree._Element") -> list[Entry]:
        """What is in a text box, a cell or a note: no field goes on in it."""
        outside = self._fields, self.silent, self.style
        self._fields, self.silent = [], 0
        entries = self._flow(container)
        self._fields, self.silent, self.style = outside
        return entries

    def forget_unbegun(self) -> None:
        """Forget the fields that end with a paragraph before they have shown anything."""
        begun = [one for one in self._fields if one.begun]
        self.silent -= len(self._fields) - len(begun)
        self._fields = begun

    def read(self, element: "etree._Element", paragraph: Paragraph) -> None:
        """Add what an element holds to a paragraph."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, paragraph)
            elif tag == f"{W}hyperlink":
                start = paragraph.text.length
                self.read(child, paragraph)
                relation = self.relations.get(child.get(_R + "id") or "")
                if relation and relation.external:
                    self._link(paragraph, start, relation.target)
            elif tag == f"{W}fldSimple":
                self._simple_field(child, paragraph)
            elif tag == f"{W}sdt":
                content = control(child, [], self.left_out)
                if content is not None:
                    self.read(content, paragraph)
            elif tag == f"{MC}AlternateContent":
                for branch in chosen(child):
                    self.read(branch, paragraph)
            elif tag in INTO:
                self.left_out[CHANGES] += tag in CHANGED
                self.read(child, paragraph)
            elif tag in OUT:
                self.left_out[CHANGES] += 1
            elif tag in (f"{_M}oMath", f"{_M}oMathPara") and not self.silent:
                self.left_out["公式（只取文字）"] += 1
                paragraph.text.add("".join(self._formula(child)))

    def _formula(self, element: "etree._Element") -> Iterator[str]:
        """Yield the texts of a formula that are seen, as of any other text."""
        for child in element:
            if child.tag == f"{_M}t":
                yield child.text or ""
            elif child.tag in OUT:
                self.left_out[CHANGES] += 1
            elif child.tag == f"{_M}r" and self._look(child.find(W + "rPr")).hidden:
                self.left_out["隐藏的文字"] += 1
            else:
                self.left_out[CHANGES] += child.tag in CHANGED
                yield from self._formula(child)

    def _link(self, paragraph: Paragraph, start: int, address: str) -> None:
        if ADDRESS.fullmatch(address):
            paragraph.text.link(start, address)
        else:
            self.left_out["不是网址的链接（只留文字）"] += 1

    def _run(self, element: "etree._Element", paragraph: Paragraph) -> None:
        properties = element.find(W + "rPr")
        look = self._look(properties)
        size, strong = look.size or 0, bool(look.bold or look.black)
        if look.hidden:
            self.left_out["隐藏的文字"] += any(one.text for one in element.iter(f"{W}t"))
        own_mark = False
        """Whether a note has a mark of its own, which stands in the run."""
        for child in element:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field_sign(child.get(W + "fldCharType"), paragraph)
            elif tag == f"{W}instrText":
                if self._fields and not self._fields[-1].begun:
                    self._fields[-1].code.append(child.text or "")
            elif look.hidden or self.silent:
                continue
            elif tag == f"{W}t":
                if not own_mark:
                    paragraph.add(self._text(child, properties), size, strong)
            elif tag in _SIGNS:
                paragraph.text.add(_SIGNS[tag])
            elif tag == f"{W}sym":
                paragraph.add(
                    self._symbol(child.get(W + "char"), child.get(W + "font")), size, strong
                )
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                of = tag.removeprefix(W).removesuffix("Reference")
                self._note(paragraph, of, child.get(W + "id") or "")
                own_mark = child.get(W + "customMarkFollows") in ("1", "true", "on")
            elif tag == f"{W}ruby":
                self.left_out["注音"] += 1
                base = child.find(W + "rubyBase")
                if base is not None:
                    self.read(base, paragraph)
            elif tag == f"{W}pgNum":
                self.left_out["页码"] += 1
            else:
                paragraph.beside += self._drawings.read(child, self.relations)

    def _look(self, properties: "etree._Element | None") -> Properties:
        """The properties of a run in the paragraph that is being read."""
        own, named = run_properties(properties), value(properties, "rStyle") or ""
        key = own, named, self.style.chain[:1], self.hidden
        if key not in self._looks:
            look = own.over(self.styles.style(named).look).over(self.style.look)
            look = look.over(Properties(hidden=self.hidden))
            self._looks[key] = look.over(self.styles.defaults)
        return self._looks[key]

    def _text(self, element: "etree._Element", properties: "etree._Element | None") -> str:
        text = element.text or ""
        if element.get(_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        text = text.replace("\n", " ").replace("\r", " ")
        if not _PRIVATE.search(text):
            return text
        fonts = properties.find(W + "rFonts") if properties is not None else None
        font = fonts.get(W + "ascii") or fonts.get(W + "hAnsi") if fonts is not None else None
        if not font:
            return text  # a sign of no font of symbols is whatever it was in the text
        return _PRIVATE.sub(lambda found: self._symbol(f"{ord(found[0]):X}", font), text)

    def _symbol(self, code: str | None, font: str | None) -> str:
        sign = symbol(code or "", font or "Wingdings")
        self.left_out["认不出的符号"] += not sign
        return sign

    def _note(self, paragraph: Paragraph, part: str, id_: str) -> None:
        """Add the mark of a note, if there is such a note."""
        key = part, id_
        if key not in self._said:
            self._said[key] = ""  # a note cannot hold itself
            notes = self._notes[part]
            if id_ in notes.elements and not self._is_in_note():
                outside, self.relations = self.relations, notes.relations
                entries = self.apart(notes.elements[id_])
                self.relations = outside
                beside: list[Entry] = []
                passage = flat(entries, beside)
                self._said[key] = passage.text
                self.left_out["脚注里的图片"] += len(beside)
                self.left_out["脚注里的链接（只留文字）"] += len(passage.links)
        if self._said[key]:
            paragraph.text.note(self._said[key])

    def _is_in_note(self) -> bool:
        """Whether a note is being read, in which Word has no others; read, they could be without end."""
        return any(self.relations is one.relations for one in self._notes.values())

    # ---- fields

    def _field_sign(self, sign: str | None, paragraph: Paragraph) -> None:
        if sign == "begin":
            self._fields.append(_Field(into=paragraph))
            self.silent += 1
        elif sign == "separate" and self._fields and not self._fields[-1].begun:
            field_ = self._fields[-1]
            field_.begun = True
            field_.start = paragraph.text.length
            self.silent -= 1
            field_.kept = self._is_kept(field_.text, paragraph)
            self.silent += not field_.kept
        elif sign == "end" and self._fields:
            self._end(self._fields.pop(), paragraph)

    def _end(self, field_: _Field, paragraph: Paragraph) -> None:
        self.silent -= not (field_.begun and field_.kept)
        if not field_.begun and not self.silent:
            if found := _IN_CIRCLE.match(field_.text):
                paragraph.text.add(circled(found[1]))
            elif self._is_kept(field_.text, paragraph) and field_.text[:3].upper().strip() == "EQ":
                self.left_out["公式域"] += 1
        found = _LINKED.match(field_.text)
        if found and field_.begun and field_.into is paragraph and not self.silent:
            self._link(paragraph, field_.start, found[1])

    def close_fields(self) -> None:
        """End all fields that are open."""
        self._fields.clear()
        self.silent = 0

    def _simple_field(self, element: "etree._Element", paragraph: Paragraph) -> None:
        if not self.silent and self._is_kept((element.get(W + "instr") or "").strip(), paragraph):
            self.read(element, paragraph)

    def _is_kept(self, code: str, paragraph: Paragraph) -> bool:
        """Whether what a field shows is text of the report; what else it shows is told."""
        name = code.partition(" ")[0].upper()
        if self.silent:
            return True
        if name in _CONTENTS:
            self.found_contents = True
        elif name in _PAGES:
            self.left_out["页码"] += 1
        elif (again := _AGAIN.match(code)) and again[1] in self._marked:
            self._note(paragraph, *self._marked[again[1]])
        else:
            return True
        return False


def control(
    element: "etree._Element", entries: list[Entry], left_out: Counter[str]
) -> "etree._Element | None":
    """The content of a content control; None if it is a table of contents or not filled in."""
    properties = element.find(W + "sdtPr")
    gallery = (
        properties.find(f"{W}docPartObj/{W}docPartGallery") if properties is not None else None
    )
    if gallery is not None and gallery.get(W + "val") == "Table of Contents":
        drop_contents(entries, left_out)
        return None
    if switch(properties, "showingPlcHdr"):
        left_out["没有填写的控件"] += 1
        return None
    return element.find(W + "sdtContent")


def drop_contents(entries: list[Entry], left_out: Counter[str]) -> None:
    """Tell of a table of contents, and take away its heading."""
    left_out["目录"] += 1
    last = entries[-1] if entries else None
    if isinstance(last, Line) and re.sub(r"\s", "", last.text) in _TITLES_OF_CONTENTS:
        entries.pop()


def flat(entries: Iterable[Entry], beside: list[Entry]) -> Passage:
    """The text of a cell or note, a line for each paragraph; its pictures are added to `beside`.

    A table in it has a line for each row, a tab between two cells.
    """
    lines: list[Passage] = []
    for entry in entries:
        if isinstance(entry, Line):
            lines.append(entry.passage)
        elif entry.kind == "picture":
            beside.append(entry)
        for row in entry.rows if isinstance(entry, Block) else ():
            lines.append(
                joined(
                    (
                        Passage(one.text, one.links, one.notes)
                        for one in row
                        if one.text or one.notes
                    ),
                    "\t",
                )
            )
    return joined((one for one in lines if one.text or one.notes), "\n")


def _marked_notes(body: "etree._Element") -> dict[str, tuple[str, str]]:
    """Bookmark → the note at whose mark it stands, to which another mark may refer."""
    found = {}
    for mark in body.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        run = mark.getparent()
        before = run.getprevious() if run is not None else None
        if before is not None and before.tag == f"{W}bookmarkStart":
            part = mark.tag.removeprefix(W).removesuffix("Reference")
            found[before.get(W + "name") or ""] = (part, mark.get(W + "id") or "")
    return found
