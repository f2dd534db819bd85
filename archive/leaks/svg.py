"""What a drawing (SVG) may hold: shapes, text and gradients, nothing that runs or leads out of it.

A drawing opened by itself is a page of this site, so that a script in it would run as ours. There is a
list of what may stand in it; everything else is refused.
"""

import re
from collections.abc import Iterator

from lxml import etree

from archive.files.bounds import MAX_ELEMENTS
from archive.leaks.leak import FileLeak, Search, leaks_in_part
from archive.leaks.svg_names import ATTRIBUTES, ELEMENTS
from archive.leaks.text import decoded
from archive.leaks.texts import FOREIGN, markup
from archive.leaks.visible import single_spaced

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_INERT = re.compile(
    r"http://(?:www\.inkscape\.org/namespaces/|sodipodi\.sourceforge\.net/|purl\.org/dc/"
    r"|creativecommons\.org/ns|web\.resource\.org/cc|www\.w3\.org/1999/02/22-rdf-syntax-ns)"
)
"""Namespaces of remarks of drawing programs, which a browser does not show."""
_INSIDE = re.compile(r"#[^\s\"'()<>\\]+")
_RASTER = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_URL = re.compile(r"url\(\s*(?P<quote>[\"']?)#[^\s\"'()<>\\]+(?P=quote)\s*\)", re.IGNORECASE)
_LEADS_OUT = re.compile(
    r"url\s*\(|@(?!media\b)|\\|expression|image-set|javascript:|//", re.IGNORECASE
)


_TURNS = re.compile(r"(?<![\w-])(direction|unicode-bidi|writing-mode)(?![\w-])", re.IGNORECASE)
"""Properties that turn the order of characters around."""
_MAX_ATTRIBUTES = 200
_PLACES = ("x", "y", "dx", "dy", "rotate")
_WORDS = ("text", "tspan")
_NUMBER = re.compile(r"[0-9.]+")


def svg(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a drawing, and what in it is not on the list of what a drawing may hold."""
    by_line = markup(raw, search)
    known = {leak.what for leak in by_line}
    read = _drawing(raw, search)
    return [*by_line, *(leak for leak in read if leak.what not in known)]


def _drawing(raw: bytes, search: Search) -> list[FileLeak]:
    """Return what in a drawing is not on the list, each kind once, and the leaks in its text.

    The text is that which a reader sees: words that stand in several elements are joined.
    """
    if raw.count(b"<") > 2 * MAX_ELEMENTS:
        return [FileLeak("无法检查", "内容过大")]
    # The library takes time with the square of an element's attributes.
    if any(one.partition(b">")[0].count(b"=") > _MAX_ATTRIBUTES for one in raw.split(b"<")):
        return [FileLeak("无法检查", f"一个元素的属性多于 {_MAX_ATTRIBUTES} 个的 svg 文件")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return [FileLeak("无法检查", "内容无法读取的 svg 文件")]
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text = single_spaced(element.text or "")
        element.tail = single_spaced(element.tail or "")
    if root.tag != f"{{{_SVG}}}svg":
        return [FOREIGN]
    faults = [FileLeak("网页脚本", found) for found in dict.fromkeys(_faults(root, decoded(raw)))]
    return [*faults, *leaks_in_part("图里的文字", search("".join(_texts(root))))]


def _texts(root: "etree._Element") -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):  # a remark; it is searched with the source
            yield element.tail or ""
            continue
        name = etree.QName(element)
        if event == "start":
            if name.localname != "style":
                yield element.text or ""
            yield from (f"\n\n{text}\n\n" for text in _spoken(element))
            continue
        # An element of text ends a line, not a paragraph: programs write each letter as an element.
        yield "" if name.localname == "tspan" else "\n"
        yield (element.tail or "").lstrip() if name.localname != "tspan" else element.tail or ""


def _spoken(element: "etree._Element") -> Iterator[str]:
    return (
        str(value) for name, value in element.items() if str(name).startswith(("aria-", "data-"))
    )


def _faults(root: "etree._Element", written: str) -> Iterator[str]:
    if "<!ENTITY" in written:
        yield "<!ENTITY>"
    if written.count("<?") > written.lstrip("\ufeff").startswith("<?xml "):
        yield "<?…?>"
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from _of_element(element)


def _of_element(element: "etree._Element") -> Iterator[str]:
    name = etree.QName(element)
    if _INERT.match(name.namespace or ""):
        return
    if name.namespace != _SVG or name.localname not in ELEMENTS:
        yield f"<{name.localname}>"
        return
    style = str(element.get("style", "")) + "".join(map(str, element.itertext())) * (
        name.localname == "style"
    )
    yield from (f"样式里的 {turning}" for turning in dict.fromkeys(_TURNS.findall(style)))
    for written, value in element.items():
        attribute, text = etree.QName(str(written)), str(value)
        local, space = attribute.localname, attribute.namespace
        if _INERT.match(space or ""):
            continue
        is_link = local == "href" and space in (None, _XLINK)
        known = is_link or (
            space is None and (local in ATTRIBUTES or local.startswith(("aria-", "data-")))
        )
        if space == _XML and local in ("space", "lang", "id"):
            known = True
        if space == _XLINK and local in ("title", "type", "show", "actuate", "role", "arcrole"):
            known = True
        if local in _PLACES and len(_NUMBER.findall(text)) > 1 and name.localname in _WORDS:
            # Each letter has a place of its own, so that the text on the screen is not that in the file.
            yield f"<{name.localname}> 里逐字的 {local}"
        if local in ("direction", "unicode-bidi", "writing-mode") or not known:
            yield f"属性 {local}"
        elif is_link:
            may = _INSIDE.fullmatch(text.strip()) or (
                name.localname == "image" and _RASTER.fullmatch(text.strip())
            )
            if not may:
                yield f"<{name.localname}> 的 {local}"
        elif not local.startswith(("aria-", "data-")) and _leads_out(text):
            yield f"属性 {local} 里的外部引用"
    if name.localname == "style" and _leads_out("".join(map(str, element.itertext()))):
        yield "<style> 里的外部引用"


def _leads_out(style: str) -> bool:
    return bool(_LEADS_OUT.search(_URL.sub("", style)))
