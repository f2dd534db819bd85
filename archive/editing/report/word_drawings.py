"""Drawings in a Word file: the pictures and the text boxes in them, in order."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from lxml import etree

from archive.editing.report.brought import Picture, RefusedError
from archive.editing.report.word_package import Package, Relation
from archive.editing.report.word_styles import W
from archive.files.bounds import MAX_PIXELS
from archive.files.pictures import Edges, cropped, fault, kind, opened

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BRANCHES = frozenset({"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v", "pic"})
"""What the preferred branch of an alternative may need to be read here."""
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_SHAPES = frozenset({
    f"{_WPS}wsp", *(f"{_VML}{name}" for name in ("shape", "rect", "roundrect", "oval", "polyline", "curve", "arc"))
})  # fmt: skip
"""Elements that draw a figure, which may cover a part of a picture; a line covers nothing."""
_LINES = frozenset({"line", "straightConnector1"})
_INSIDE = (f"{W}txbxContent", f"{_A}blip", f"{_VML}imagedata", f"{_VML}textpath")
"""What makes a figure more than a figure."""
_UNSEEN = re.compile(r"(?:visibility\s*:\s*hidden|display\s*:\s*none)", re.IGNORECASE)
_SIDES = ("l", "t", "r", "b")
_VML_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_SHARE = re.compile(r"(-?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}))(%|f|)")
_PARTS = {"%": 100, "f": 65_536}
_MOST_PICTURES = 500
_MOST_POINTS = 10 * MAX_PIXELS
"""Of pictures from which edges are cut, together."""
_NO_CROP: Edges = (0.0, 0.0, 0.0, 0.0)
_SUFFIXES = {"PNG": "png", "JPEG": "jpg", "WebP": "webp", "SVG": "svg"}


class Drawings:
    """Reads the drawings of one file; `left_out` counts what it leaves out."""

    def __init__(self, package: Package, left_out: Counter[str]) -> None:
        self._package, self._left_out = package, left_out
        self._contents: dict[str, tuple[bytes, str] | None] = {}
        self._cropped: dict[tuple[str, Edges], tuple[bytes, str] | None] = {}
        self._pictures = self._points = 0
        """How many pictures were read, and the points of those from which edges were cut."""

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
        elif _is_unseen(element):
            self._left_out["隐藏的图片、图形"] += 1
        elif tag == f"{_A}blip":
            vector = next((one.get(_R + "embed") for one in element.iter(f"{_SVG}svgBlip")), None)
            id_ = element.get(_R + "embed") or element.get(_R + "link")
            yield from self._picture(relations, vector, id_, description, _edges(element))
        elif tag == f"{_VML}imagedata":
            id_ = element.get(_R + "id") or element.get(_R + "href")
            edges = _shares([element.get(side) for side in _VML_SIDES], 1)
            yield from self._picture(relations, None, id_, description, edges)
        elif tag in _SHAPES and not any(True for _ in element.iter(*_INSIDE)):
            self._left_out["图形（盖着图片的，图片整张导入）"] += not _is_line(element)
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
        edges: Edges | None,
    ) -> Iterator[Picture]:
        """Yield a picture: as a drawing if the file has it as one, else as it is.

        Of one that is cropped only what is seen is taken, and no drawing.
        """
        relation = relations.get(id_ or "")
        if relation and relation.external:
            self._left_out["链接在别处的图片（未取）"] += 1
            return
        for one in (relations.get(vector or ""), relation):
            if one and not one.external and (found := self._content(one.target)):
                content, suffix = found
                if edges != _NO_CROP:
                    seen = (
                        self._seen(one.target, content, edges)
                        if edges and suffix != "svg"
                        else None
                    )
                    if not seen and one is not relation:
                        continue  # the same as a raster
                    if not seen:
                        self._left_out["裁剪过的图片（裁不了，未取）"] += 1
                        return
                    self._left_out["裁剪过的图片（只取看得见的部分）"] += 1
                    content, suffix = seen
                self._pictures += 1
                if self._pictures > _MOST_PICTURES:
                    raise RefusedError(
                        f"图片须不超过 {_MOST_PICTURES} 张，现在超过；请分成几份，分别导入"
                    )
                yield Picture(content, suffix, " ".join(description.split()))
                return
        name = relation.target if relation else ""
        what = kind(self._package.bytes(name)) or PurePosixPath(name).suffix[1:].upper()
        self._left_out[f"不能显示的图片（{what or '找不到'}）"] += 1

    def _seen(self, name: str, content: bytes, edges: Edges) -> tuple[bytes, str] | None:
        """What is seen of a picture that is cropped, and its suffix; None if nobody knows what."""
        key = name, edges
        if key not in self._cropped:
            with opened(content) as image:
                self._points += image.width * image.height
            if self._points > _MOST_POINTS:
                raise RefusedError("裁剪过的图片须少得多，现在太多；请分成几份，分别导入")
            self._cropped[key] = cropped(content, edges)
        return self._cropped[key]

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


def _is_unseen(element: "etree._Element") -> bool:
    """Whether somebody has hidden the picture or shape in an element."""
    for path in ("{*}docPr", "{*}nvPicPr/{*}cNvPr", "{*}nvGrpSpPr/{*}cNvPr", "{*}cNvPr"):
        named = element.find(path)
        if named is not None and named.get("hidden") in ("1", "true"):
            return True
    return element.tag.startswith(_VML) and bool(_UNSEEN.search(element.get("style") or ""))


def _is_line(element: "etree._Element") -> bool:
    drawn = element.find(f".//{_A}prstGeom")
    return drawn is not None and drawn.get("prst") in _LINES


def _edges(blip: "etree._Element") -> Edges | None:
    """What is cut off a picture that is drawn; None if it cannot be known."""
    around = blip.getparent()
    crop = around.find(f"{_A}srcRect") if around is not None else None
    return _NO_CROP if crop is None else _shares([crop.get(side) for side in _SIDES], 100_000)


def _shares(written: Iterable[str | None], whole: int) -> Edges | None:
    """Shares of a picture's width or height, of the left, upper, right and lower edge; None if one is none.

    A number alone is one of `whole`. What is added around a picture takes nothing off.
    """
    shares = []
    for one in written:
        found = _SHARE.fullmatch((one or "0").strip())
        if not found:
            return None
        shares.append(max(0.0, float(found[1]) / _PARTS.get(found[2], whole)))
    left, top, right, bottom = shares
    return (left, top, right, bottom)


def _chart(address: str) -> str:
    """What a drawing is that is neither picture nor text box; empty if it is one."""
    if "/chart" in address:
        return "图表"
    return "图示（SmartArt）" if address.endswith("/diagram") else ""
