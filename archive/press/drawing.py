"""Inline SVG of a page made ready for print: black on white, without the page's style sheet."""

import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from archive.press.tree import Picture

_WIDTH = 600
"""Width given to a drawing that has no view box of its own, in CSS pixels."""
_CHART, _TIMELINE = 10, 14
"""Text size in a drawing with a view box, and in one without, in the units of the drawing."""
_PERCENT = re.compile(r"([\d.]+)%")
_STYLE = (
    # Word draws it too, on machines that have 仿宋 under one of these names.
    "text{fill:#000;font-family:'仿宋_GB2312','仿宋','FandolFang R','Noto Serif CJK SC';font-size:%dpx}"
    "rect{fill:#595959}line{stroke:#000;stroke-width:1}.grid{stroke:#bfbfbf}"
    ".span{stroke:#8c8c8c;stroke-width:6}.end,.cross{fill:none;stroke:#000;stroke-width:2}"
    ".today{stroke:#595959;stroke-dasharray:4 4}"
)


def drawing(element: HtmlElement) -> Picture:
    """An inline SVG as a picture block: a complete SVG file, scaled so that its text is 五号 (10.5 pt).

    The title and description are taken out of the SVG and become the alternative text.
    """
    svg, alt = split_alternative(element)
    view = svg.get("viewbox") or svg.get("viewBox")
    size = view.split()[2:] if view else [str(_WIDTH), svg.get("height") or "100"]
    for name in list(svg.attrib):
        if name in ("class", "role", "viewbox", "width", "height") or name.startswith("aria-"):
            del svg.attrib[name]
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    svg.set("viewBox", view or f"0 0 {size[0]} {size[1]}")
    svg.set("width", size[0])
    svg.set("height", size[1])
    style = etree.Element("style")
    text_size = _CHART if view else _TIMELINE
    style.text = _STYLE % text_size
    for part in svg.iter():
        for name, value in part.attrib.items():
            if _PERCENT.fullmatch(str(value)):
                part.set(name, f"{float(str(value)[:-1]) * float(size[0]) / 100:.2f}")
    svg.insert(0, style)
    scale = 10.5 / text_size
    return {
        "kind": "picture",
        "svg": etree.tostring(svg, encoding="unicode"),
        "file": "",
        "alt": alt,
        "width": round(float(size[0]) * scale, 1),
        "height": round(float(size[1]) * scale, 1),
    }


def split_alternative(element: HtmlElement) -> tuple[HtmlElement, str]:
    """A copy of an inline SVG without its title and description, and these as its alternative text."""
    svg = deepcopy(element)
    svg.tail = None
    found = [part for name in ("title", "desc") for part in svg.iter(name)]
    alt = "：".join(" ".join("".join(part.itertext()).split()) for part in found)
    for part in found:
        parent = part.getparent()
        if parent is not None:
            parent.remove(part)
    return svg, alt
