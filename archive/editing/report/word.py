"""Read a Word file (.docx, .docm) as a report: a walk over its XML, in the order of the text.

Everything is taken as a reader of the file sees it with all changes accepted: the number that Word
counts stands in the text, right before it where it ends in a sign (一、 （一） 1.), else parted by a
space; what a field shows is kept, what it computes it from is not. What stands beside the text (text
boxes, pictures) follows the paragraph that holds it; what belongs to a table's cells follows the table.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from lxml import etree

from archive.editing.report.brought import Block, Brought, Cell, Picture, RefusedError
from archive.editing.report.headings import Entry, Line, Look, arranged
from archive.editing.report.numbers import circled
from archive.editing.report.passages import ADDRESS, Builder, Passage, joined
from archive.editing.report.word_numbering import Numbering
from archive.editing.report.word_package import Package, open_package
from archive.editing.report.word_styles import (
    BODY,
    Properties,
    Style,
    Styles,
    W,
    paragraph_properties,
    run_properties,
    switch,
    value,
    whole_number,
)
from archive.editing.report.word_symbols import symbol
from archive.files.pictures import fault, kind

MAX_ROWS = 3_000
"""Rows of a table."""
MAX_COLUMNS = 63
"""Columns of a table in Word."""
CHANGES = "修订（按接受）"

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BRANCHES = frozenset({"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v", "pic"})
"""What the preferred branch of an alternative may need to be read here."""
_INTO = frozenset({
    f"{W}{name}" for name in ("smartTag", "customXml", "ins", "moveTo", "dir", "bdo", "sdtContent", "rubyBase")
})  # fmt: skip
"""Elements around text, of which nothing is seen."""
_OUT = frozenset({f"{W}del", f"{W}moveFrom"})
_CHANGED = frozenset({*_OUT, f"{W}ins", f"{W}moveTo"})
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF"})
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_TITLES_OF_CONTENTS = ("目录", "目次", "Contents")
_IN_CIRCLE = re.compile(
    r"EQ\s[^()]*?\\o\\ac\s*+\([^(),，;；]{0,9}[,，;；]\s*+(\d{1,2})\s*+\)", re.IGNORECASE
)
_LINKED = re.compile(r'HYPERLINK\s+"([^"]*)"(.*)', re.IGNORECASE | re.DOTALL)
_AGAIN = re.compile(r"NOTEREF\s+(\S+).*\\f", re.IGNORECASE | re.DOTALL)
_PRINTED = re.compile(r"打印自.+：.+，以\d{4}年\d{1,2}月\d{1,2}日的资料为准。")
"""The first of the closing lines of the program's own files."""
_CLOSING = 6
"""The most of them."""
_COVERED = Cell("")
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "",
}  # fmt: skip
_SUFFIXES = {"PNG": "png", "JPEG": "jpg", "WebP": "webp", "SVG": "svg"}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Characters of fonts of symbols."""
_RELATED = frozenset({"hyperlink", "image", "attachedTemplate"})
"""Kinds of addresses elsewhere that are told where they stand, or say nothing of the text."""


def read_word(raw: bytes) -> Brought:
    """The report in the Word file with this content; raises `RefusedError` if it cannot be read."""
    package = open_package(raw)
    root = package.xml(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise RefusedError(
            "须为 .docx 文件，现在没有正文；请在 Word 或 WPS 里打开，另存为 .docx 再导入"
        )
    reader = _Reader(package, body)
    entries = reader.flow(body)
    _beside(reader)
    _without_closing(entries, reader.left_out)
    return arranged(entries, +reader.left_out)


def _beside(reader: "_Reader") -> None:
    """Tell what stands in other parts of the file and is left out."""
    package, told = reader.package, reader.left_out
    for relation in reader.relations.values():
        if relation.external:
            told["链接到别处的内容（未取）"] += relation.kind not in _RELATED
            continue
        if relation.kind == "comments":
            root = package.xml(relation.target)
            told["批注"] += len(root) if root is not None else 0
        elif relation.kind in ("header", "footer"):
            root = package.xml(relation.target)
            told["页眉、页脚"] += root is not None and any(
                (one.text or "").strip() for one in root.iter(W + "t")
            )
        elif relation.kind == "vbaProject":
            told["宏"] += 1


def _without_closing(entries: list[Entry], told: Counter[str]) -> None:
    """Take away the closing lines of the program's own files, which say when they were made."""
    for at in range(max(0, len(entries) - _CLOSING), len(entries)):
        entry = entries[at]
        if isinstance(entry, Line) and _PRINTED.fullmatch(entry.text):
            told["打印的说明（打印自…）"] += len(entries) - at
            del entries[at:]
            return


@dataclass(slots=True)
class _Field:
    """A field: the code it is computed from, and whether what it shows is kept."""

    code: list[str] = field(default_factory=list)
    begun: bool = False
    """Whether what it shows has begun."""
    kept: bool = True
    into: "_Paragraph | None" = None
    start: int = 0

    @property
    def text(self) -> str:
        return "".join(self.code).strip()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read: its text, how much of it looks how, what stands beside it."""

    text: Builder = field(default_factory=Builder)
    looks: Counter[tuple[int, bool]] = field(default_factory=Counter)
    beside: "list[etree._Element | Picture]" = field(default_factory=list)

    def add(self, text: str, size: int, strong: bool) -> None:
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


class _Reader:
    """Walks over the parts of one file; `left_out` counts what it leaves out."""

    def __init__(self, package: Package, body: "etree._Element") -> None:
        self.package = package
        self.relations = package.relations(package.main)
        self.left_out: Counter[str] = Counter()
        parts = {one.kind: one.target for one in self.relations.values() if not one.external}
        self.styles = Styles(package.xml(parts.get("styles", "")))
        self.numbering = Numbering(package.xml(parts.get("numbering", "")), self.styles)
        self._notes = {
            one: _Notes(package, parts.get(f"{one}s", "")) for one in ("footnote", "endnote")
        }
        self._said: dict[tuple[str, str], str] = {}
        self._marked = _marked_notes(body)
        self._pictures: dict[str, tuple[bytes, str] | None] = {}
        self._looks: dict[tuple[Properties, str, tuple[str, ...]], Properties] = {}
        self._fields: list[_Field] = []
        self._silent = 0
        """How many open fields show nothing (yet)."""
        self._style = Style()
        self._in_contents = self._found_contents = False

    # ---- blocks

    def flow(self, container: "etree._Element") -> list[Entry]:
        """What a body, a cell, a text box or a note holds."""
        entries: list[Entry] = []
        open_ = self._flow(container, entries, None)
        if open_ is not None:
            self._finish(open_, Style(), Properties(), entries)
        return entries

    def _flow(
        self, container: "etree._Element", entries: list[Entry], open_: _Paragraph | None
    ) -> _Paragraph | None:
        """Add what is in the container; returns the paragraph that goes on in what follows, if any."""
        for element in container:
            tag = element.tag
            if tag == f"{W}p":
                open_ = self._paragraph(element, entries, open_)
            elif tag == f"{W}tbl":
                if not self._silent:
                    entries += self._table(element)
            elif tag == f"{W}sdt":
                content = self._control(element, entries)
                if content is not None:
                    open_ = self._flow(content, entries, open_)
            elif tag == f"{_MC}AlternateContent":
                for branch in _branch(element):
                    open_ = self._flow(branch, entries, open_)
            elif tag in _INTO:
                self.left_out[CHANGES] += tag in _CHANGED
                open_ = self._flow(element, entries, open_)
            elif tag in _OUT:
                self.left_out[CHANGES] += 1
            elif tag in (f"{W}altChunk", f"{W}subDoc"):
                self.left_out["嵌入的文件"] += 1
        return open_

    def _control(self, element: "etree._Element", entries: list[Entry]) -> "etree._Element | None":
        """The content of a content control; None if it is a table of contents or not filled in."""
        properties = element.find(W + "sdtPr")
        gallery = (
            properties.find(f"{W}docPartObj/{W}docPartGallery") if properties is not None else None
        )
        if gallery is not None and gallery.get(W + "val") == "Table of Contents":
            self._drop_contents(entries)
            return None
        if switch(properties, "showingPlcHdr"):
            self.left_out["没有填写的控件"] += 1
            return None
        return element.find(W + "sdtContent")

    def _drop_contents(self, entries: list[Entry]) -> None:
        """Tell of a table of contents, and take away its heading."""
        self.left_out["目录"] += 1
        last = entries[-1] if entries else None
        if isinstance(last, Line) and re.sub(r"\s", "", last.text) in _TITLES_OF_CONTENTS:
            entries.pop()

    def _paragraph(
        self, element: "etree._Element", entries: list[Entry], open_: _Paragraph | None
    ) -> _Paragraph | None:
        """Read a paragraph; returns it if its end was deleted or is hidden, so that it goes on."""
        properties = element.find(W + "pPr")
        style = self.styles.style(value(properties, "pStyle") or self.styles.usual)
        paragraph = open_ or _Paragraph()
        outer, self._style = self._style, style
        if self._silent and style.look.outline is not None:
            self._close_fields()  # one that has no end does not swallow the text
        self._inline(element, paragraph)
        self._style = outer
        for open_field in [one for one in self._fields if not one.begun]:
            self._fields.remove(open_field)
            self._silent -= 1
        is_contents = style.contents or self._found_contents
        if is_contents and not self._in_contents:
            self._drop_contents(entries)
        self._in_contents, self._found_contents = is_contents, False
        if style.contents:
            return None
        mark = properties.find(W + "rPr") if properties is not None else None
        if mark is not None:
            self.left_out[CHANGES] += any(one.tag in _CHANGED for one in mark)
            if any(one.tag in _OUT for one in mark) or switch(mark, "vanish"):
                return paragraph
        self._finish(paragraph, style, paragraph_properties(properties), entries)
        return None

    def _finish(
        self,
        paragraph: _Paragraph,
        style: Style,
        own: Properties,
        entries: list[Entry],
    ) -> None:
        """Add a paragraph, then what stands beside it."""
        passage = paragraph.text.built()
        if passage.text or not self._silent:
            entries.append(self._line(paragraph, passage, style, own))
        for one in paragraph.beside:
            if isinstance(one, Picture):
                entries.append(Block("picture", picture=one))
            else:
                entries += self._apart(one)

    def _line(self, paragraph: _Paragraph, passage: Passage, style: Style, own: Properties) -> Line:
        look = own.over(style.look)
        number, item = "", 0
        if look.list and look.list != "0":
            by_style = own.list is None
            level = self.numbering.level_of_style(look.list, style.chain) if by_style else None
            level = (look.level or 0) if level is None else level
            counted = self.numbering.next(look.list, level)
            if counted and counted.bullet:
                item = level + 1
            elif counted and passage.text:
                number = counted.number
                passage = joined([Passage(number), passage], counted.gap)
            elif counted and counted.number and not paragraph.beside:
                self.left_out["只有编号、没有文字的段落"] += 1
        size, strong = 0, False
        if paragraph.looks:
            ((size, _), _), *_ = paragraph.looks.most_common(1)
            strong = all(strong for _, strong in paragraph.looks)
        outline = look.outline if look.outline is not None and 0 <= look.outline < BODY else None
        title = style.title and outline is None
        return Line(passage, number, outline, title, item, Look(size, bool(look.centred), strong))

    def _apart(self, container: "etree._Element") -> list[Entry]:
        """What is in a text box or a note: no field goes on in it."""
        outside = self._fields, self._silent, self._style, self._in_contents
        self._fields, self._silent, self._in_contents = [], 0, False
        entries = self.flow(container)
        self._fields, self._silent, self._style, self._in_contents = outside
        return entries

    # ---- tables

    def _table(self, element: "etree._Element") -> list[Entry]:
        """A table, if there is text in it, then the pictures in it."""
        beside: list[Entry] = []
        grid: list[list[Cell]] = []
        begun: dict[int, int] = {}
        """Column → the row of the cell in it that covers those below."""
        for row in self._members(element, f"{W}tr"):
            if len(grid) == MAX_ROWS:
                found = sum(1 for _ in element.iter(f"{W}tr"))
                raise RefusedError(
                    f"表格须不超过 {MAX_ROWS} 行，现有 {found} 行；请把这张表拆开，或者另放附件"
                )
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.left_out[CHANGES] += 1
                continue
            before = whole_number(value(properties, "gridBefore")) or 0
            cells = [_COVERED] * min(max(before, 0), MAX_COLUMNS)
            for cell in self._members(row, f"{W}tc"):
                self._cell(cell, cells, begun, grid, beside)
            if len(cells) > MAX_COLUMNS:
                raise RefusedError(
                    f"表格须不超过 {MAX_COLUMNS} 栏，现有 {len(cells)} 栏；请把这张表拆开，或者另放附件"
                )
            grid.append(cells)
        wide = max(map(len, grid), default=0)
        rows = tuple((*cells, *[_COVERED] * (wide - len(cells))) for cells in grid)
        if not any(cell.text or cell.notes for row in rows for cell in row):
            return beside
        return [Block("table", rows=rows), *beside]

    def _cell(
        self,
        element: "etree._Element",
        cells: list[Cell],
        begun: dict[int, int],
        grid: list[list[Cell]],
        beside: list[Entry],
    ) -> None:
        """Add a cell to its row, and empty ones for the columns that it covers."""
        properties = element.find(W + "tcPr")
        column = len(cells)
        across = max(whole_number(value(properties, "gridSpan")) or 1, 1)
        across = min(across, max(1, MAX_COLUMNS - column))
        merged = value(properties, "vMerge")
        above = begun.get(column)
        if merged is not None and merged != "restart" and above is not None:
            top = grid[above][column]
            if top.columns == across:
                grid[above][column] = replace(top, rows=top.rows + 1)
                cells += [_COVERED] * across
                return
        for covered in range(column, column + across):
            begun.pop(covered, None)
        if merged is not None:
            begun[column] = len(grid)
        passage = _flat(self._apart(element), beside)
        cells.append(Cell(passage.text, across, 1, passage.links, passage.notes))
        cells += [_COVERED] * (across - 1)

    def _members(self, element: "etree._Element", tag: str) -> "Iterator[etree._Element]":
        """The rows of a table or the cells of a row, also those within content controls."""
        for child in element:
            if child.tag == tag:
                yield child
            elif child.tag == f"{W}sdt" or child.tag in _INTO:
                yield from self._members(child, tag)

    # ---- within a paragraph

    def _inline(self, element: "etree._Element", paragraph: _Paragraph) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, paragraph)
            elif tag == f"{W}hyperlink":
                start = paragraph.text.length
                self._inline(child, paragraph)
                relation = self.relations.get(child.get(_R + "id") or "")
                if relation and relation.external:
                    self._link(paragraph, start, relation.target)
            elif tag == f"{W}fldSimple":
                self._simple_field(child, paragraph)
            elif tag == f"{W}sdt":
                content = self._control(child, [])
                if content is not None:
                    self._inline(content, paragraph)
            elif tag == f"{_MC}AlternateContent":
                for branch in _branch(child):
                    self._inline(branch, paragraph)
            elif tag in _INTO:
                self.left_out[CHANGES] += tag in _CHANGED
                self._inline(child, paragraph)
            elif tag in _OUT:
                self.left_out[CHANGES] += 1
            elif tag in (f"{_M}oMath", f"{_M}oMathPara") and not self._silent:
                self.left_out["公式（只取文字）"] += 1
                paragraph.text.add("".join(one.text or "" for one in child.iter(f"{_M}t")))

    def _link(self, paragraph: _Paragraph, start: int, address: str) -> None:
        if ADDRESS.fullmatch(address):
            paragraph.text.link(start, address)
        else:
            self.left_out["不是网址的链接（只留文字）"] += 1

    def _run(self, element: "etree._Element", paragraph: _Paragraph) -> None:
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
            elif look.hidden or self._silent:
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
                    self._inline(base, paragraph)
            elif tag == f"{W}pgNum":
                self.left_out["页码"] += 1
            else:
                self._drawn(child, paragraph, "")

    def _look(self, properties: "etree._Element | None") -> Properties:
        """The properties of a run in the paragraph that is being read."""
        own, named = run_properties(properties), value(properties, "rStyle") or ""
        key = own, named, self._style.chain[:1]
        if key not in self._looks:
            look = own.over(self.styles.style(named).look).over(self._style.look)
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
        return _PRIVATE.sub(lambda found: self._symbol(f"{ord(found[0]):X}", font), text)

    def _symbol(self, code: str | None, font: str | None) -> str:
        sign = symbol(code or "", font or "Wingdings")
        self.left_out["认不出的符号"] += not sign
        return sign

    def _note(self, paragraph: _Paragraph, part: str, id_: str) -> None:
        """Add the mark of a note, if there is such a note."""
        key = part, id_
        if key not in self._said:
            self._said[key] = ""  # a note cannot hold itself
            notes = self._notes[part]
            if id_ in notes.elements and not self._is_in_note():
                outside, self.relations = self.relations, notes.relations
                entries = self._apart(notes.elements[id_])
                self.relations = outside
                beside: list[Entry] = []
                passage = _flat(entries, beside)
                self._said[key] = passage.text
                self.left_out["脚注里的图片"] += len(beside)
                self.left_out["脚注里的链接（只留文字）"] += len(passage.links)
        if self._said[key]:
            paragraph.text.note(self._said[key])

    def _is_in_note(self) -> bool:
        """Whether a note is being read, in which Word has no others; read, they could be without end."""
        return any(self.relations is one.relations for one in self._notes.values())

    # ---- fields

    def _field_sign(self, sign: str | None, paragraph: _Paragraph) -> None:
        if sign == "begin":
            self._fields.append(_Field(into=paragraph))
            self._silent += 1
        elif sign == "separate" and self._fields and not self._fields[-1].begun:
            field_ = self._fields[-1]
            field_.begun = True
            field_.start = paragraph.text.length
            self._silent -= 1
            field_.kept = self._is_kept(field_.text, paragraph)
            self._silent += not field_.kept
        elif sign == "end" and self._fields:
            self._end(self._fields.pop(), paragraph)

    def _end(self, field_: _Field, paragraph: _Paragraph) -> None:
        self._silent -= not (field_.begun and field_.kept)
        if not field_.begun and not self._silent:
            if found := _IN_CIRCLE.match(field_.text):
                paragraph.text.add(circled(found[1]))
            elif self._is_kept(field_.text, paragraph) and field_.text[:3].upper().strip() == "EQ":
                self.left_out["公式域"] += 1
        found = _LINKED.match(field_.text)
        if found and field_.begun and field_.into is paragraph and not self._silent:
            self._link(paragraph, field_.start, found[1])

    def _close_fields(self) -> None:
        """End all fields that are open."""
        self._fields.clear()
        self._silent = 0

    def _simple_field(self, element: "etree._Element", paragraph: _Paragraph) -> None:
        if not self._silent and self._is_kept((element.get(W + "instr") or "").strip(), paragraph):
            self._inline(element, paragraph)

    def _is_kept(self, code: str, paragraph: _Paragraph) -> bool:
        """Whether what a field shows is text of the report; what else it shows is told."""
        name = code.partition(" ")[0].upper()
        if self._silent:
            return True
        if name in _CONTENTS:
            self._found_contents = True
        elif name in _PAGES:
            self.left_out["页码"] += 1
        elif (again := _AGAIN.match(code)) and again[1] in self._marked:
            self._note(paragraph, *self._marked[again[1]])
        else:
            return True
        return False

    # ---- pictures and text boxes

    def _drawn(self, element: "etree._Element", paragraph: _Paragraph, description: str) -> None:
        """Take the text boxes and pictures in a drawing."""
        tag = element.tag
        if tag == f"{W}txbxContent":
            paragraph.beside.append(element)
        elif tag == f"{_MC}AlternateContent":
            for branch in _branch(element):
                self._drawn(branch, paragraph, description)
        elif tag == f"{W}object":
            self.left_out["嵌入的对象"] += 1
        elif tag == f"{_A}blip":
            vector = next((one.get(_R + "embed") for one in element.iter(f"{_SVG}svgBlip")), None)
            self._picture(
                vector,
                element.get(_R + "embed") or element.get(_R + "link"),
                paragraph,
                description,
            )
        elif tag == f"{_VML}imagedata":
            self._picture(
                None, element.get(_R + "id") or element.get(_R + "href"), paragraph, description
            )
        elif tag == f"{_A}graphicData" and (what := _chart(element.get("uri") or "")):
            self.left_out[what] += 1
        else:
            description = _description(element) or description
            for child in element:
                self._drawn(child, paragraph, description)

    def _picture(
        self, vector: str | None, id_: str | None, paragraph: _Paragraph, description: str
    ) -> None:
        """Take a picture: as a drawing if the file has it as one, else as it is."""
        relation = self.relations.get(id_ or "")
        if relation and relation.external:
            self.left_out["链接在别处的图片（未取）"] += 1
            return
        for one in (self.relations.get(vector or ""), relation):
            if one and not one.external and (found := self._content(one.target)):
                content, suffix = found
                paragraph.beside.append(Picture(content, suffix, " ".join(description.split())))
                return
        name = relation.target if relation else ""
        what = kind(self.package.bytes(name)) or PurePosixPath(name).suffix[1:].upper()
        self.left_out[f"不能显示的图片（{what or '找不到'}）"] += 1

    def _content(self, name: str) -> tuple[bytes, str] | None:
        """The content of a picture and its suffix; None if a page cannot show it."""
        if name not in self._pictures:
            content = self.package.bytes(name)
            suffix = _SUFFIXES.get(kind(content), "") if content else ""
            good = suffix and not fault(content, f".{suffix}")
            self._pictures[name] = (content, suffix) if good else None
        return self._pictures[name]


def _flat(entries: Iterable[Entry], beside: list[Entry]) -> Passage:
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


def _branch(element: "etree._Element") -> "Iterator[etree._Element]":
    """The one branch of an alternative that is read."""
    for choice in element.iterfind(f"{_MC}Choice"):
        if set((choice.get("Requires") or "").split()) <= _BRANCHES:
            yield choice
            return
    fallback = element.find(f"{_MC}Fallback")
    if fallback is not None:
        yield fallback


def _description(element: "etree._Element") -> str:
    """What is said of the picture or the group of pictures in an element."""
    for path in ("{*}docPr", "{*}nvPicPr/{*}cNvPr"):
        named = element.find(path)
        if named is not None:
            return named.get("descr") or named.get("title") or ""
    return element.get("alt") or ""


def _chart(address: str) -> str:
    """What a drawing is that is neither picture nor text box; empty if it is one."""
    if "/chart" in address:
        return "图表"
    return "图示（SmartArt）" if address.endswith("/diagram") else ""


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
