"""What a drawing (SVG) may hold: shapes, text and gradients, nothing that runs or leads out of it.

A drawing opened by itself is a page of this site, so that a script in it would run as ours. There is a
list of what may stand in it; everything else is refused.
"""

import re
from collections.abc import Iterator

from lxml import etree

from archive.files.patterns import late
from archive.files.pictures import parse_svg
from archive.leaks.leak import FileLeak, Search, leaks_in_part
from archive.leaks.svg_names import ATTRIBUTES, ELEMENTS
from archive.leaks.svg_styles import without_remarks
from archive.leaks.svg_text import texts
from archive.leaks.text import decoded
from archive.leaks.texts import markup
from archive.leaks.visible import single_spaced

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_INERT = late(
    r"http://(?:www\.inkscape\.org/namespaces/|sodipodi\.sourceforge\.net/|purl\.org/dc/"
    r"|creativecommons\.org/ns|web\.resource\.org/cc|www\.w3\.org/1999/02/22-rdf-syntax-ns)"
)
"""Namespaces of remarks of drawing programs, which a browser does not show."""
_INSIDE = late(r"#[^\s\"'()<>\\]+")
_RASTER = late(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_URL = late(r"url\(\s*(?P<quote>[\"']?)#[^\s\"'()<>\\]+(?P=quote)\s*\)", re.IGNORECASE)
_LEADS_OUT = late(r"url\s*\(|@(?!media\b)|\\|expression|image-set|javascript:|//", re.IGNORECASE)


_TURNS = late(r"(?<![\w-])(direction|unicode-bidi|writing-mode)(?![\w-])", re.IGNORECASE)
"""Properties that turn the order of characters around."""
_PLACES = ("x", "y", "dx", "dy", "rotate")
_WORDS = ("text", "tspan")
_NUMBER = late(r"[0-9.]++(?:[eE][-+]?[0-9]++)?")
_PLACING = late(r"(?<![\w-])(transform|translate|rotate|scale|offset[\w-]*+)\s*+:")
_PLACING_IN_SHEETS = late(
    r"(?<![\w-])(transform|translate|rotate|scale|offset[\w-]*+|display|visibility|baseline-shift"
    r"|(?:fill-)?opacity(?=\s*+:\s*+[+-]?[0.]++%?\s*+[;}!])|font-size(?=\s*+:\s*+0))\s*+:"
)


def svg(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a drawing, and what in it is not on the list of what a drawing may hold."""
    by_line = markup(raw, search)
    known = {leak.what for leak in by_line}
    read = _drawing(raw, search)
    return [*by_line, *(leak for leak in read if leak.what not in known)]


def _drawing(raw: bytes, search: Search) -> list[FileLeak]:
    """Return what in a drawing is not on the list, each kind once, and the leaks in its text.

    The text is that which a reader sees: words that stand in several elements are joined, in the order
    of the source and in that on the screen.
    """
    root = parse_svg(raw)
    if isinstance(root, str):
        return [FileLeak("无法检查", root)]
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text = single_spaced(element.text or "")
        element.tail = single_spaced(element.tail or "")
    faults = [FileLeak("网页脚本", found) for found in dict.fromkeys(_faults(root, decoded(raw)))]
    found = (leaks_in_part("图里的文字", search(text)) for text in dict.fromkeys(texts(root)))
    return [*faults, *dict.fromkeys(leak for leaks in found for leak in leaks)]


def _faults(root: "etree._Element", written: str) -> Iterator[str]:
    if "<!ENTITY" in written:
        yield "<!ENTITY>"
    if written.count("<?") > written.lstrip("\ufeff").startswith("<?xml "):
        yield "<?…?>"
    written_once = _with_text(root)
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from _of_element(element)
            told = "\n".join(map(str, [*element.values(), element.text or ""]))
            if any(link[0] in written_once for link in _INSIDE.finditer(told)):
                yield f"<{_split(element.tag)[1]}> 再次显示的文字"


def _with_text(root: "etree._Element") -> set[str]:
    """Return the links to all elements that hold text: what shows one once more is not searched."""
    found: set[str] = set()
    holds = [False]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            holds.append(element.tag == f"{{{_SVG}}}text")
        elif holds.pop():
            holds[-1] = True
            found.add(f"#{element.get('id')}")
    return found - {"#None"}


def _split(name: str) -> tuple[str, str]:
    """Return the namespace of a name (empty: none), and the name in it."""
    space, _, local = name.rpartition("}")
    return space[1:], local


def _of_element(element: "etree._Element") -> Iterator[str]:
    space, name = _split(str(element.tag))
    if _INERT.match(space):
        return
    if space != _SVG or name not in ELEMENTS:
        yield f"<{name}>"
        return
    style = str(element.get("style", "")) + "".join(map(str, element.itertext())) * (
        name == "style"
    )
    yield from (f"样式里的 {turning}" for turning in dict.fromkeys(_TURNS.findall(style)))
    for written, value in element.items():
        (space, local), text = _split(str(written)), str(value)
        if _INERT.match(space):
            continue
        is_link = local == "href" and space in ("", _XLINK)
        known = is_link or (
            not space and (local in ATTRIBUTES or local.startswith(("aria-", "data-")))
        )
        if space == _XML and local in ("space", "lang", "id"):
            known = True
        if space == _XLINK and local in ("title", "type", "show", "actuate", "role", "arcrole"):
            known = True
        if local in _PLACES and len(_NUMBER.findall(text)) > 1 and name in _WORDS:
            # Each letter has a place of its own, so that the text on the screen is not that in the file.
            yield f"<{name}> 里逐字的 {local}"
        if local in ("direction", "unicode-bidi", "writing-mode") or not known:
            yield f"属性 {local}"
        elif is_link:
            may = _INSIDE.fullmatch(text.strip()) or (
                name == "image" and _RASTER.fullmatch(text.strip())
            )
            if not may:
                yield f"<{name}> 的 {local}"
        elif not local.startswith(("aria-", "data-")) and _leads_out(text):
            yield f"属性 {local} 里的外部引用"
    if name == "style":
        style = "".join(map(str, element.itertext()))
        if _leads_out(style):
            yield "<style> 里的外部引用"
        yield from (f"<style> 里的 {one}" for one in _moved(style, _PLACING_IN_SHEETS))
    yield from (f"style 里的 {one}" for one in _moved(str(element.get("style", "")), _PLACING))


def _moved(style: str, placing: re.Pattern[str]) -> Iterator[str]:
    """Yield the properties in a style by which text stands elsewhere than its attributes say, or is hidden."""
    return (one for one in placing.findall(without_remarks(style)))


def _leads_out(style: str) -> bool:
    return bool(_LEADS_OUT.search(_URL.sub("", style)))
