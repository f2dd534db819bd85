"""The sheet of 一图读懂, read from its built page, as a PDF of that one page and as a picture."""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from archive.facts.gather import Archive
from archive.files.elements import classes
from archive.files.own_files import OWN_FILES
from archive.press.document import Document
from archive.press.drawing import split_alternative
from archive.press.geometry import POINT
from archive.press.tree import Picture

_LOOKS = re.compile(r"^\.poster (\.[\w-]+ \{[^}\n]*\})$", re.MULTILINE)
MARGIN, _WIDTH = 10, 190
"""Of the sheet, in mm: A4 within its margins."""


def poster_pages(archive: Archive) -> list[str]:
    """The pages that show a report at a glance: on paper each is its drawn sheet, and nothing else."""
    return [
        path
        for path, page in archive.pages.items()
        if any(call.name == "glance" for call in page.calls)
    ]


def sheets(root: HtmlElement) -> list[Picture]:
    """The drawn sheets of a built page."""
    return [_picture(svg) for svg in root.iter("svg") if "poster" in classes(svg)]


def _picture(element: HtmlElement) -> Picture:
    """A sheet as a complete SVG file, coloured as the page's style sheet for print says."""
    svg, alt = split_alternative(element)
    for part in svg.iter("svg"):
        view = part.attrib.pop("viewbox", None) or part.attrib.pop("viewBox")
        part.set("viewBox", view)
    _, _, width, height = map(float, str(svg.get("viewBox")).split())
    for name in ("class", "role"):
        svg.attrib.pop(name, None)
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    svg.set("width", f"{width:g}")
    svg.set("height", f"{height:g}")
    style = etree.Element("style")
    style.text = "".join(_LOOKS.findall(OWN_FILES["assets/poster.css"].read_text("utf-8")))
    svg.insert(0, style)
    return {
        "kind": "picture",
        "svg": etree.tostring(svg, encoding="unicode"),
        "file": "",
        "alt": alt,
        "width": round(_WIDTH / POINT, 1),
        "height": round(_WIDTH / POINT * height / width, 1),
    }


def poster_document(title: str, drawn: list[Picture], address: str) -> Document:
    """The document of the sheets of a page: nothing else is in it."""
    return {
        "title": title,
        "lines": [title],
        "banner": "",
        "parts": [],
        "end": [],
        "contents": 0,
        "address": address,
        "code": None,
        "sheets": drawn,
    }


def with_faces(
    drawn: Sequence[Picture], families: Sequence[str], strong: Sequence[str]
) -> list[Picture]:
    """The sheets with their text in the first of the families that has it; `strong` stands for bold."""
    looks = f"text{{font-family:{_listed(families)}}}.strong{{font-family:{_listed(strong)}}}"
    return [{**one, "svg": one["svg"].replace("<style>", f"<style>{looks}", 1)} for one in drawn]


def _listed(families: Sequence[str]) -> str:
    return ",".join(f"'{name}'" for name in families)
