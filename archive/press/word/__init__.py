"""Make a document as a Word file: the tree of blocks in a template of styles, page and footers."""

import io
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from string import Template
from zipfile import ZipFile

import docx as word
from docx.document import Document as Made
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.opc.part import XmlPart
from lxml import etree

from archive.files.zips import timeless
from archive.press.document import Document, Part
from archive.press.faces import Faces
from archive.press.word.body import Body, FlowContext, Numbering, common_fonts, set_fonts
from archive.press.word.contents import contents
from archive.press.word.markup import checked, w
from archive.press.word.page import HEADERS, Measures, measures
from archive.press.word.pictures import Pictures
from archive.press.word.text import Texts, pieces

_TEMPLATE = Path(__file__).with_name("template")
"""An unpacked Word file without text, in which `$name` stands for a measure of the page. Styles
have Word's built-in names, so that a Chinese Word shows “heading 1” as 标题 1, “Normal” as 正文.
"""
_LONGEST = 255
"""Most characters of the title in a file's properties."""


def docx(document: Document, day: date, pictures: Path, faces: Faces) -> bytes:
    """The content of the DOCX file, dated `day`; the same input gives the same bytes.

    `pictures`: the folder that pictures are addressed from; `faces`: fonts for the PNG of drawings.
    Raises `UnprintableError` for text, tables and pictures that a Word file cannot hold.
    """
    made = word.Document(io.BytesIO(_template(measures())))
    texts = Texts()
    only = document["parts"][0] if len(document["parts"]) == 1 else None
    whole = only if only is not None and only["title"] == document["title"] else None
    heading_fonts = common_fonts(document["parts"], above=0 if whole else 1)
    set_fonts(made, heading_fonts)
    body = Body(
        made.element.body,
        Numbering(made.part.numbering_part.element),
        texts,
        Pictures(made, pictures, faces.fonts),
        heading_fonts,
    )
    body.title(document["lines"], document.get("notes", []), _led(whole["source"] if whole else ""))
    at = len(body.body)
    if whole:
        _part(body, whole)
    else:
        _parts(body, document)
    _ending(body, document)
    body.end()
    if document["contents"]:
        body.body[at:at] = contents(body.entries, document["contents"])
    _finish(made, texts, document, day)
    written = io.BytesIO()
    made.save(written)
    return timeless(written)


def _ending(body: Body, document: Document) -> None:
    """Add the closing lines; the code of the address stands beside the line that names it.

    It rises into the empty line above, so that it takes no room of its own.
    """
    pitch = measures().pitch
    body.stay()
    for at, line in enumerate(document["end"]):
        text = w("r", *pieces(line))
        if at == 0 and document["code"]:
            body.beside(document["code"], text)
        else:
            body.paragraph("Small", text, looks=[] if at else [w("spacing", before=pitch)])


def _parts(body: Body, document: Document) -> None:
    """Add each part on a new page; the first needs no break, as the contents end their own section."""
    for at, part in enumerate(document["parts"]):
        looks = [w("pageBreakBefore", val=0)] if at == 0 else []
        body.part_title(
            part["title"], part["lines"], part.get("notes", []), looks + _led(part["source"])
        )
        _part(body, part)


def _led(source: str) -> list[etree._Element]:
    """Properties of a title: no space after it where the line naming its source follows."""
    return [w("spacing", after=0)] if source else []


def _part(body: Body, part: Part) -> None:
    if part["source"]:
        body.paragraph("Source", w("r", *pieces(part["source"])))
    body.blocks(part["blocks"], FlowContext(measures().area_width))


def _finish(made: Made, texts: Texts, document: Document, day: date) -> None:
    """Add what stands outside the text: headers, footnotes and the properties of the file."""
    for name in HEADERS:
        header = made.part.related_parts[name]
        assert isinstance(header, XmlPart)
        header.element[0].append(w("r", *pieces(document["banner"])))
    notes = etree.fromstring((_TEMPLATE / "word" / "footnotes.xml").read_bytes())
    notes.extend(texts.notes)
    content = etree.tostring(notes, encoding="UTF-8", standalone=True)
    uri = PackURI("/word/footnotes.xml")
    part = FilePart(uri, CONTENT_TYPE.WML_FOOTNOTES, content, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    properties = made.core_properties
    properties.title = checked(document["title"])[:_LONGEST]
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(day, time())


@cache
def _template(of: Measures) -> bytes:
    """The template as a zipped Word file, for a page of these measures."""
    raw = io.BytesIO()
    with ZipFile(raw, "w") as file:
        for path in sorted(_TEMPLATE.rglob("*")):
            if path.is_file():
                text = Template(path.read_text("utf-8")).substitute(of.placeholders())
                file.writestr(path.relative_to(_TEMPLATE).as_posix(), text)
    return raw.getvalue()
