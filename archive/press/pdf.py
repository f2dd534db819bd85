"""A document as PDF: one fixed Typst template, the tree of blocks handed in as data."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("template.typ")
STANDARDS = ["a-2a", "ua-1"]
"""Archival (ISO 19005-2, level A) and accessible (ISO 14289-1) in one file."""


class Unprintable(Exception):
    """The document cannot be set; the message says why, in the words of the typesetter."""


class Typesetter:
    """Sets documents as PDF; the fonts are loaded once."""

    def __init__(self, fonts: Sequence[Path], faces: Mapping[str, Sequence[str]], root: Path) -> None:
        """`fonts`: folders with font files; `faces`: role → families in order; `root`: pictures' root."""
        loaded = typst.Fonts(False, False, [str(folder) for folder in fonts])
        self.faces = json.dumps({role: list(names) for role, names in faces.items()}, ensure_ascii=False)
        self.template = TEMPLATE.read_bytes()
        self.compiler = typst.Compiler(
            root=str(root), font_paths=loaded, ignore_system_fonts=True
        )

    def pdf(self, document: Mapping[str, Any], day: date) -> bytes:
        """The document as PDF/A-2a and PDF/UA-1, its date `day`; raises Unprintable."""
        data = {**document, "date": {"year": day.year, "month": day.month, "day": day.day}}
        inputs = {"document": json.dumps(data, ensure_ascii=False), "faces": self.faces}
        try:
            made, warnings = self.compiler.compile_with_warnings(
                self.template,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARDS,
                timestamp=datetime.combine(day, time(), UTC),
            )
        except typst.TypstError as error:
            raise Unprintable(f"{error.message} {' '.join(error.hints)}\n{error.diagnostic}") from None
        if warnings:  # a face it has not got is only a warning to it, and the text is gone
            raise Unprintable("；".join(warning.message for warning in warnings))
        assert isinstance(made, bytes)
        return made
