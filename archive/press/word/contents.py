"""Make a table of contents: a field that Word fills with page numbers when it opens the file."""

from lxml.etree import _Element

from archive.press.word.body import ContentsLine
from archive.press.word.markup import text_element, w
from archive.press.word.page import section


def contents(entries: list[ContentsLine], depth: int) -> list[_Element]:
    """The paragraphs of a table of contents, `depth` levels deep; the last one ends a section."""
    shown = [entry for entry in entries if entry.level <= depth]
    made = [_paragraph("TOCHeading", w("r", text_element("t", "目　录")))]
    made += [_paragraph(f"TOC{entry.level}", _link(entry)) for entry in shown]
    if shown:
        made[1][1:1] = _begin(f' TOC \\o "1-{depth}" \\h \\z \\u ')
        made[-1].append(_field("end"))
    # Outside the field: LibreOffice removes the page numbers of a section that ends inside a field.
    last = _paragraph("Gap")
    last[0].append(section(across=False))
    return [*made, last]


def _paragraph(style: str, *content: _Element) -> _Element:
    return w("p", w("pPr", w("pStyle", val=style)), *content)


def _link(entry: ContentsLine) -> _Element:
    """A link to the heading, with a field for its page number."""
    page = [*_begin(f" PAGEREF {entry.bookmark} \\h "), _field("end")]
    text = text_element("t", entry.text.replace("\n", " "))
    return w("hyperlink", w("r", text), w("r", w("tab")), *page, anchor=entry.bookmark, history=1)


def _begin(code: str) -> list[_Element]:
    return [_field("begin", dirty=1), w("r", text_element("instrText", code)), _field("separate")]


def _field(kind: str, **more: int) -> _Element:
    return w("r", w("fldChar", fldCharType=kind, **more))
