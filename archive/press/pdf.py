"""Set a document as PDF: one fixed Typst template, given the tree of blocks as data."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from archive.press import geometry
from archive.press.document import Document
from archive.press.faces import Faces, Role
from archive.press.geometry import POINT
from archive.press.poster import MARGIN, with_faces

TEMPLATE = Path(__file__).with_name("template.typ")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
"""PDF/A-2a, archival (ISO 19005-2), and PDF/UA-1, accessible (ISO 14289-1), in one file."""


class UnprintableError(Exception):
    """A document cannot be set as PDF or Word; the message says why."""


class Typesetter:
    """Sets documents as PDF; the fonts are loaded once."""

    def __init__(self, faces: Faces, root: Path) -> None:
        """`root`: the folder that pictures are addressed from."""
        families = {role.name.lower(): faces.families(role) for role in Role}
        self.sheet_faces = faces.families(Role.HEADING), faces.families(Role.TITLE)
        self.fonts = faces.fonts
        self.faces = json.dumps(families, ensure_ascii=False)
        self.page = json.dumps(geometry.numbers(geometry.PAGE))
        self.template = TEMPLATE.read_bytes()
        self.compiler = typst.Compiler(
            root=str(root), font_paths=faces.fonts, ignore_system_fonts=True
        )

    def pdf(self, document: Mapping[str, Any], day: date) -> bytes:
        """The content of the PDF file, dated `day`.

        Raises `UnprintableError` if the document cannot be set or a font is missing.
        """
        data = {**document, "date": {"year": day.year, "month": day.month, "day": day.day}}
        document_data = json.dumps(data, ensure_ascii=False)
        inputs = {"document": document_data, "faces": self.faces, "page": self.page}
        try:
            made, warnings = self.compiler.compile_with_warnings(
                self.template,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[*STANDARDS],
                timestamp=datetime.combine(day, time(), UTC),
            )
        except typst.TypstError as error:
            raise UnprintableError(
                f"{error.message} {' '.join(error.hints)}\n{error.diagnostic}"
            ) from None
        if warnings:  # Typst only warns of a missing font, but leaves its text out
            raise UnprintableError("；".join(warning.message for warning in warnings))
        assert isinstance(made, bytes)
        return made

    def sheets(self, document: Document, day: date) -> dict[str, bytes]:
        """The files of drawn sheets, suffix → content: a PDF with a page each, one picture of them all.

        Raises `UnprintableError` if one cannot be drawn.
        """
        drawn = with_faces(document["sheets"], *self.sheet_faces)
        svgs = [one["svg"] for one in drawn]
        return {
            "pdf": self.pdf({**document, "sheets": drawn}, day),
            "png": png(svgs, drawn[0]["width"], self.fonts, margin=MARGIN / POINT),
        }


_PER_INCH = 220
"""Resolution in pixels per inch: what office programs use for sharp print."""

_TEMPLATE = b"""#set page(width: auto, height: auto, margin: float(sys.inputs.margin) * 1pt)
#for svg in json(bytes(sys.inputs.svgs)) {
  block(image(bytes(svg), format: "svg", width: float(sys.inputs.width) * 1pt))
}
"""


def png(svgs: Sequence[str], width: float, fonts: typst.Fonts, margin: float = 0) -> bytes:
    """The content of a PNG file of the SVGs, one under another, `width` points wide, their text in `fonts`.

    Raises `UnprintableError` if it cannot be drawn.
    """
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    inputs = {"svgs": json.dumps(svgs), "width": str(width), "margin": str(margin)}
    try:
        made, warnings = compiler.compile_with_warnings(
            _TEMPLATE, format="png", ppi=_PER_INCH, sys_inputs=inputs
        )
    except typst.TypstError as error:
        raise UnprintableError(f"{error.message} {' '.join(error.hints)}") from None
    if warnings:
        raise UnprintableError("；".join(warning.message for warning in warnings))
    assert isinstance(made, bytes)
    return made
