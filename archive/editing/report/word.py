"""Read a Word file (.docx, .docm) as a report: a walk over its XML, in the order of the text.

Everything is taken as a reader of the file sees it with all changes accepted: the number that Word
counts stands in the text, right before it where it ends in a sign (一、 （一） 1.), else parted by a
space; what a field shows is kept, what it computes it from is not. What stands beside the text (text
boxes, pictures) follows the paragraph that holds it; what belongs to a table's cells follows the table.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from archive.editing.report.brought import Block, Brought, Cell, Picture, RefusedError
from archive.editing.report.headings import Entry, Line, Look, arranged
from archive.editing.report.passages import Passage, joined
from archive.editing.report.word_drawings import MC, chosen
from archive.editing.report.word_inline import (
    CHANGED,
    CHANGES,
    INTO,
    OUT,
    Inline,
    Paragraph,
    control,
    drop_contents,
    flat,
)
from archive.editing.report.word_numbering import Numbering
from archive.editing.report.word_package import Package, open_package
from archive.editing.report.word_styles import (
    BODY,
    Properties,
    Style,
    Styles,
    W,
    paragraph_properties,
    switch,
    value,
    whole_number,
)

MAX_ROWS = 3_000
"""Rows of a table."""
MAX_COLUMNS = 63
"""Columns of a table in Word."""

_PRINTED = re.compile(r"打印自.+：.+，以\d{4}年\d{1,2}月\d{1,2}日的资料为准。")
"""The first of the closing lines of the program's own files."""
_MEANT = re.compile(
    r"文中(?:“[^”]+”指\d{4}年\d{1,2}月\d{1,2}日(?:至\d{4}年\d{1,2}月\d{1,2}日)?[；。])+"
)
"""What they say below a section of the days that 上年 and the like mean."""
_CLOSING = 9
"""The most of them, with what stands beside the first."""
_COVERED = Cell("")
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
    """Take away what the program's own files add: when they were made, which days 上年 means."""
    for at in range(max(0, len(entries) - _CLOSING), len(entries)):
        if _PRINTED.fullmatch(_begins(entries[at])):
            told["打印的说明（打印自…）"] += len(entries) - at
            del entries[at:]
            own = [one for one in entries if not _MEANT.fullmatch(_begins(one))]
            told["所指日期的说明（文中“上年”指…）"] += len(entries) - len(own)
            entries[:] = own
            return


def _begins(entry: Entry) -> str:
    """The text of a paragraph, or of the first cell of a table: beside the closing line stands its code."""
    if isinstance(entry, Line):
        return entry.text
    return entry.rows[0][0].text if entry.rows else entry.text


class _Reader:
    """Walks over the parts of one file; `left_out` counts what it leaves out."""

    def __init__(self, package: Package, body: "etree._Element") -> None:
        self.package = package
        self.relations = package.relations(package.main)
        self.left_out: Counter[str] = Counter()
        parts = {one.kind: one.target for one in self.relations.values() if not one.external}
        self.styles = Styles(package.xml(parts.get("styles", "")))
        self.numbering = Numbering(package.xml(parts.get("numbering", "")), self.styles)
        self._inline = Inline(package, body, self.left_out, self.styles, self._flow_apart)
        self._in_contents = False

    # ---- blocks

    def flow(self, container: "etree._Element") -> list[Entry]:
        """What a body, a cell, a text box or a note holds."""
        entries: list[Entry] = []
        open_ = self._flow(container, entries, None)
        if open_ is not None:
            self._finish(open_, Style(), Properties(), entries)
        return entries

    def _flow_apart(self, container: "etree._Element") -> list[Entry]:
        """The same of a text box, a cell or a note, which is no part of a table of contents around it."""
        outside, self._in_contents = self._in_contents, False
        entries = self.flow(container)
        self._in_contents = outside
        return entries

    def _flow(
        self, container: "etree._Element", entries: list[Entry], open_: Paragraph | None
    ) -> Paragraph | None:
        """Add what is in the container; returns the paragraph that goes on in what follows, if any."""
        for element in container:
            tag = element.tag
            if tag == f"{W}p":
                open_ = self._paragraph(element, entries, open_)
            elif tag == f"{W}tbl":
                if not self._inline.silent:
                    entries += self._table(element)
            elif tag == f"{W}sdt":
                content = control(element, entries, self.left_out)
                if content is not None:
                    open_ = self._flow(content, entries, open_)
            elif tag == f"{MC}AlternateContent":
                for branch in chosen(element):
                    open_ = self._flow(branch, entries, open_)
            elif tag in INTO:
                self.left_out[CHANGES] += tag in CHANGED
                open_ = self._flow(element, entries, open_)
            elif tag in OUT:
                self.left_out[CHANGES] += 1
            elif tag in (f"{W}altChunk", f"{W}subDoc"):
                self.left_out["嵌入的文件"] += 1
        return open_

    def _paragraph(
        self, element: "etree._Element", entries: list[Entry], open_: Paragraph | None
    ) -> Paragraph | None:
        """Read a paragraph; returns it if its end was deleted or is hidden, so that it goes on."""
        properties = element.find(W + "pPr")
        style = self.styles.style(value(properties, "pStyle") or self.styles.usual)
        paragraph = open_ or Paragraph()
        within = self._inline
        outer, within.style = within.style, style
        if within.silent and style.look.outline is not None:
            within.close_fields()  # one that has no end does not swallow the text
        within.read(element, paragraph)
        within.style = outer
        within.forget_unbegun()
        is_contents = style.contents or within.found_contents
        if is_contents and not self._in_contents:
            drop_contents(entries, self.left_out)
        self._in_contents, within.found_contents = is_contents, False
        if style.contents:
            return None
        mark = properties.find(W + "rPr") if properties is not None else None
        if mark is not None:
            self.left_out[CHANGES] += any(one.tag in CHANGED for one in mark)
            if any(one.tag in OUT for one in mark) or switch(mark, "vanish"):
                return paragraph
        self._finish(paragraph, style, paragraph_properties(properties), entries)
        return None

    def _finish(
        self,
        paragraph: Paragraph,
        style: Style,
        own: Properties,
        entries: list[Entry],
    ) -> None:
        """Add a paragraph, then what stands beside it."""
        passage = paragraph.text.built()
        if passage.text or not self._inline.silent:
            entries.append(self._line(paragraph, passage, style, own))
        for one in paragraph.beside:
            if isinstance(one, Picture):
                entries.append(Block("picture", picture=one))
            else:
                entries += self._inline.apart(one)

    def _line(self, paragraph: Paragraph, passage: Passage, style: Style, own: Properties) -> Line:
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

    # ---- tables

    def _table(self, element: "etree._Element") -> list[Entry]:
        """A table, if there is text in it, then the pictures in it."""
        outer = self._inline.hidden
        named = value(element.find(W + "tblPr"), "tblStyle")
        own = self.styles.style(named).look.hidden if named else None
        self._inline.hidden = outer if own is None else own
        found = self._rows(element)
        self._inline.hidden = outer
        return found

    def _rows(self, element: "etree._Element") -> list[Entry]:
        """The same, once it is known what the style of the table says."""
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
        if properties is not None and properties.find(W + "cellDel") is not None:
            self.left_out[CHANGES] += 1
            return
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
        passage = flat(self._inline.apart(element), beside)
        cells.append(Cell(passage.text, across, 1, passage.links, passage.notes))
        cells += [_COVERED] * (across - 1)

    def _members(self, element: "etree._Element", tag: str) -> "Iterator[etree._Element]":
        """The rows of a table or the cells of a row, also those within content controls."""
        for child in element:
            if child.tag == tag:
                yield child
            elif child.tag == f"{W}sdt" or child.tag in INTO:
                yield from self._members(child, tag)
