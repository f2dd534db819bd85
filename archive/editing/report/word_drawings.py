"""Drawings in a Word file: the pictures and the text boxes in them, in order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from lxml import etree

from archive.editing.report.brought import Picture
from archive.editing.report.word_package import Package, Relation
from archive.editing.report.word_styles import W
from archive.files.pictures import fault, kind

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BRANCHES = frozenset({"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v", "pic"})
"""What the preferred branch of an alternative may need to be read here."""
_SUFFIXES = {"PNG": "png", "JPEG": "jpg", "WebP": "webp", "SVG": "svg"}


class Drawings:
    """Reads the drawings of one file; `left_out` counts what it leaves out."""

    def __init__(self, package: Package, left_out: Counter[str]) -> None:
        self._package, self._left_out = package, left_out
        self._contents: dict[str, tuple[bytes, str] | None] = {}

    def read(
        self,
        element: "etree._Element",
        relations: Mapping[str, Relation],
        description: str = "",
    ) -> "Iterator[etree._Element | Picture]":
        """Yield the text boxes, as their elements, and the pictures in a drawing."""
        tag = element.tag
        if tag == f"{W}txbxContent":
            yield element
        elif tag == f"{MC}AlternateContent":
            for branch in chosen(element):
                yield from self.read(branch, relations, description)
        elif tag == f"{W}object":
            self._left_out["嵌入的对象"] += 1
        elif tag == f"{_A}blip":
            vector = next((one.get(_R + "embed") for one in element.iter(f"{_SVG}svgBlip")), None)
            id_ = element.get(_R + "embed") or element.get(_R + "link")
            yield from self._picture(relations, vector, id_, description)
        elif tag == f"{_VML}imagedata":
            id_ = element.get(_R + "id") or element.get(_R + "href")
            yield from self._picture(relations, None, id_, description)
        elif tag == f"{_A}graphicData" and (what := _chart(element.get("uri") or "")):
            self._left_out[what] += 1
        else:
            description = _description(element) or description
            for child in element:
                yield from self.read(child, relations, description)

    def _picture(
        self,
        relations: Mapping[str, Relation],
        vector: str | None,
        id_: str | None,
        description: str,
    ) -> Iterator[Picture]:
        """Yield a picture: as a drawing if the file has it as one, else as it is."""
        relation = relations.get(id_ or "")
        if relation and relation.external:
            self._left_out["链接在别处的图片（未取）"] += 1
            return
        for one in (relations.get(vector or ""), relation):
            if one and not one.external and (found := self._content(one.target)):
                content, suffix = found
                yield Picture(content, suffix, " ".join(description.split()))
                return
        name = relation.target if relation else ""
        what = kind(self._package.bytes(name)) or PurePosixPath(name).suffix[1:].upper()
        self._left_out[f"不能显示的图片（{what or '找不到'}）"] += 1

    def _content(self, name: str) -> tuple[bytes, str] | None:
        """The content of a picture and its suffix; None if a page cannot show it."""
        if name not in self._contents:
            content = self._package.bytes(name)
            suffix = _SUFFIXES.get(kind(content), "") if content else ""
            good = suffix and not fault(content, f".{suffix}")
            self._contents[name] = (content, suffix) if good else None
        return self._contents[name]


def chosen(element: "etree._Element") -> "Iterator[etree._Element]":
    """The one branch of an alternative that is read."""
    for choice in element.iterfind(f"{MC}Choice"):
        if set((choice.get("Requires") or "").split()) <= _BRANCHES:
            yield choice
            return
    fallback = element.find(f"{MC}Fallback")
    if fallback is not None:
        yield fallback


def _description(element: "etree._Element") -> str:
    """What is said of the picture or the group of pictures in an element."""
    for path in ("{*}docPr", "{*}nvPicPr/{*}cNvPr"):
        named = element.find(path)
        if named is not None:
            return named.get("descr") or named.get("title") or ""
    return element.get("alt") or ""


def _chart(address: str) -> str:
    """What a drawing is that is neither picture nor text box; empty if it is one."""
    if "/chart" in address:
        return "图表"
    return "图示（SmartArt）" if address.endswith("/diagram") else ""
