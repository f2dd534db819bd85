"""A document as Word: the tree of blocks in a template of styles, page and footers."""

import io
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import typst
from docx import Document
from docx.document import Document as Made
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from archive.press.word.body import FACES, LEVELS, Body, Place, headings
from archive.press.word.contents import contents
from archive.press.word.markup import NAMESPACE, checked, w
from archive.press.word.numbering import Numbering
from archive.press.word.pictures import Pictures
from archive.press.word.text import Texts, fonts as one_font, pieces

_TEMPLATE = Path(__file__).with_name("template")
"""A Word file without text, unpacked. Styles have the names Word knows them by: Chinese Word shows
“heading 1” as 标题 1, “Normal” as 正文."""
_LONGEST = 255
"""Characters a file's title may have, where it is not on the page."""


def docx(document: Mapping[str, Any], day: date, pictures: Path, fonts: typst.Fonts) -> bytes:
    """The document as DOCX, dated `day`, the same bytes each time; raises Unprintable.

    `pictures`: the folder that the addresses of picture files start from; `fonts`: for the pixels
    of drawings.
    """
    made = Document(io.BytesIO(_template()))
    texts = Texts()
    book = document["contents"] or len(document["parts"]) > 1
    body = Body(
        made.element.body,
        Numbering(made.part.numbering_part.element),
        texts,
        Pictures(made, pictures, fonts),
        _heading_fonts(made, document, int(book)),
    )
    if book:
        _book(body, document)
    else:
        _part(body, document["parts"][0], "Title")
    body.end()
    _notes(made, texts)
    properties = made.core_properties
    properties.title = checked(document["title"])[:_LONGEST]
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(day, time())
    return _settled(made)


def _book(body: Body, document: Mapping[str, Any]) -> None:
    body.title("Title", document["title"], document["title-lines"], followed=False)
    body.entries.clear()  # a book's own title is not in its contents
    at = len(body.body)
    body.above = 1
    for part in document["parts"]:
        _part(body, part, "PartTitle")
    if document["contents"]:
        body.body[at:at] = contents(body.entries, document["depth"])


def _part(body: Body, part: Mapping[str, Any], style: str) -> None:
    body.title(style, part["title"], part["title-lines"], followed=bool(part["source"]))
    if part["source"]:
        body.paragraph("Source", w("r", *pieces(part["source"])))
    body.blocks(part["blocks"], Place())
    for at, line in enumerate(part["end"]):
        looks = [] if at else [w("spacing", before=579)]
        body.paragraph("Small", w("r", *pieces(line)), looks=looks)


def _heading_fonts(made: Made, document: Mapping[str, Any], above: int) -> dict[int, str]:
    """Gives the style of each level of headings the font most of them have; level → font."""
    used: dict[int, Counter[str]] = {}
    for part in document["parts"]:
        for heading in headings(part["blocks"]):
            level = min(heading["level"] + above, LEVELS)
            used.setdefault(level, Counter())[FACES[heading["face"]]] += 1
    common = {level: count.most_common(1)[0][0] for level, count in used.items()}
    for level, font in common.items():
        made.styles[f"Heading {level}"].element.get_or_add_rPr().append(one_font(font))
    return common


def _notes(made: Made, texts: Texts) -> None:
    root = etree.fromstring((_TEMPLATE / "word" / "footnotes.xml").read_bytes())
    root.extend(texts.notes)
    name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
    part = Part(name, kind, etree.tostring(root, encoding="UTF-8", standalone=True), made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


@cache
def _template() -> bytes:
    raw = io.BytesIO()
    with ZipFile(raw, "w") as file:
        for path in sorted(_TEMPLATE.rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(_TEMPLATE).as_posix())
    return raw.getvalue()


def _settled(made: Made) -> bytes:
    """The document as a file in which nothing depends on the hour it is written at."""
    written, settled = io.BytesIO(), io.BytesIO()
    made.save(written)
    with ZipFile(written) as old, ZipFile(settled, "w") as new:
        for name in old.namelist():
            # Zip files know no year before 1980.
            new.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
    return settled.getvalue()
