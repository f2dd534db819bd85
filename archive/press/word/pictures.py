"""Put pictures into a Word document: a file of the site, or an SVG with a PNG for older Word."""

from pathlib import Path

import typst
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.shape import CT_Inline
from docx.shared import Pt
from lxml import etree

from archive.press.pdf import png
from archive.press.tree import Picture
from archive.press.word.markup import RELATIONS, checked, w

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# Office's extension for an SVG beside its PNG ([MS-ODRAWXML], 2.3.3.39).
_VECTOR = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_VECTOR_ID = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"

_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


class Pictures:
    """Turns picture blocks into w:drawing elements and adds their files to the document."""

    def __init__(self, document: Document, folder: Path, fonts: typst.Fonts) -> None:
        self.document, self.folder, self.fonts = document, folder, fonts
        self.count = 0
        self.related: dict[str, str] = {}

    def drawing(self, block: Picture, widest: float) -> etree._Element:
        """The w:drawing of a picture, at most `widest` points wide."""
        self.count += 1
        shrunk = min(1, widest / block["width"])
        width, height = block["width"] * shrunk, block["height"] * shrunk
        if svg := block["svg"]:
            name, raw = f"image{self.count}.png", png([svg], width, self.fonts)
        else:
            name, raw = block["file"], (self.folder / block["file"]).read_bytes()
        related = self._related(f"/word/media/{name}", raw, _TYPES[name.rpartition(".")[2]])
        inline = CT_Inline.new_pic_inline(self.count, related, name, Pt(width), Pt(height))
        inline.docPr.set("name", f"图 {self.count}")
        inline.docPr.set("descr", checked(block["alt"]))
        if svg:
            self._vector(inline, svg)
        return w("drawing", inline)

    def _related(self, name: str, raw: bytes, kind: str) -> str:
        """The id of the relation to a file in the document, which is put into it once."""
        if name not in self.related:
            part = Part(PackURI(name), kind, raw, self.document.part.package)
            self.related[name] = self.document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self.related[name]

    def _vector(self, inline: etree._Element, svg: str) -> None:
        name = f"/word/media/drawing{self.count}.svg"
        related = self._related(name, svg.encode(), "image/svg+xml")
        (pixels,) = inline.iter(f"{{{_DRAWING}}}blip")
        extension = etree.SubElement(
            etree.SubElement(pixels, f"{{{_DRAWING}}}extLst"), f"{{{_DRAWING}}}ext", uri=_VECTOR_ID
        )
        etree.SubElement(extension, f"{{{_VECTOR}}}svgBlip", nsmap={"asvg": _VECTOR}).set(
            f"{{{RELATIONS}}}embed", related
        )
