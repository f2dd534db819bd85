"""Put pictures into a Word document: a file of the site, or an SVG with a PNG for older Word."""

import io
from pathlib import Path

import typst
from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu, Pt
from lxml import etree

from archive.press.pdf import UnprintableError, png
from archive.press.tree import Picture
from archive.press.word.markup import RELATIONS, checked, w
from archive.press.word.page import measures

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# Office's extension for an SVG beside its PNG ([MS-ODRAWXML], 2.3.3.39).
_VECTOR = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_VECTOR_ID = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


class Pictures:
    """Turns picture blocks into w:drawing elements and adds their files to the document."""

    def __init__(self, document: Document, folder: Path, fonts: typst.Fonts) -> None:
        self.document, self.folder, self.fonts = document, folder, fonts
        self.count = 0

    def drawing(self, block: Picture, widest: float) -> etree._Element:
        """The w:drawing of a picture, at most `widest` points wide.

        Raises `UnprintableError` if its file is missing or no format that Word shows.
        """
        self.count += 1
        width = min(block["width"] or widest, widest)
        path = self.folder / block["file"]
        svg = block["svg"]
        try:
            if not svg and path.suffix == ".svg":
                svg = path.read_text("utf-8")
            raw = png(svg, width, self.fonts) if svg else path.read_bytes()
            inline = self.document.part.new_pic_inline(io.BytesIO(raw), Pt(width))
        except OSError:
            raise UnprintableError(f"图片须是网站里的文件，找不到 {block['file']}") from None
        except UnrecognizedImageError:
            raise UnprintableError(
                f"图片须是 PNG、JPEG、GIF、BMP、TIFF 或 SVG，{block['file']} 不是"
            ) from None
        extent = inline.extent
        highest = Pt(measures().highest)
        if extent.cy > highest:
            extent.cx, extent.cy = Emu(round(extent.cx * highest / extent.cy)), highest
            inline.graphic.graphicData.pic.spPr.cx = extent.cx
            inline.graphic.graphicData.pic.spPr.cy = extent.cy
        inline.docPr.set("id", str(self.count))
        inline.docPr.set("name", f"图 {self.count}")
        inline.docPr.set("descr", checked(block["alt"]))
        if svg:
            self._vector(inline, svg)
        return w("drawing", inline)

    def _vector(self, inline: etree._Element, svg: str) -> None:
        name = PackURI(f"/word/media/drawing{self.count}.svg")
        part = Part(name, "image/svg+xml", svg.encode(), self.document.part.package)
        related = self.document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        (pixels,) = inline.iter(f"{{{_DRAWING}}}blip")
        extension = etree.SubElement(
            etree.SubElement(pixels, f"{{{_DRAWING}}}extLst"), f"{{{_DRAWING}}}ext", uri=_VECTOR_ID
        )
        etree.SubElement(extension, f"{{{_VECTOR}}}svgBlip", nsmap={"asvg": _VECTOR}).set(
            f"{{{RELATIONS}}}embed", related
        )
