"""The HTML that may stand in a page: elements, attributes and their values, and how a tag is written.

One table for whoever reads the source of a page and whoever reads the page built from it. The grammar
is so strict that every parser of HTML sees the same tags in what it accepts: names in lower case,
values in quotes, a tag on one line. Whatever looks like a tag to a browser and is not written so is
refused, not interpreted.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape

_CELL = {"colspan", "rowspan"}
_EVERYWHERE = frozenset({"class", "id", "lang", "title"})
_PLAIN = (
    "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "tfoot", "thead", "tr", "u", "ul",
)  # fmt: skip
ELEMENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN, _EVERYWHERE),
    "a": _EVERYWHERE | {"href"},
    "img": _EVERYWHERE | {"alt", "height", "loading", "src", "width"},
    "td": _EVERYWHERE | _CELL,
    "th": _EVERYWHERE | _CELL | {"scope"},
}
"""Element that an editor may type → its attributes. None of them runs, fetches or hides anything."""

ATTRIBUTE_LIST = (
    r"""\{:? ?(?:(?:[.#][^\s{}.#="'<>]+|[a-z-]+=(?:"[^"{}<>\n]*"|[^\s{}"'<>]+))(?: |(?=\})))*\}"""
)
"""A list of attributes as it must be written: `{ #id .class width=720 }`."""

LISTED = _EVERYWHERE | {"height", "loading", "width"}
"""The attributes that a list in braces may give to what stands before it."""

CLASSES = frozenset({"caption", "glance-note"})
"""The classes that an editor may give; others would hide a text or lay it over another."""

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements without content and without an end tag."""

_ID = r"(?!__)(?!archive-(?:search|results))(?!fn(?:ref\d*)?:)[^\W_][\w:.()（）-]*|_\d+"
"""Ids as editors and Markdown make them; the theme, the search and notes have their own: `__…`, `archive-search…`, `fn:…`."""
_NUMBER = r"\d{1,4}%?"
_VALUES: Mapping[str, tuple[re.Pattern[str], str]] = {
    name: (re.compile(pattern), said)
    for name, pattern, said in (
        ("class", rf"(?:{'|'.join(sorted(CLASSES))})", f" {'、'.join(sorted(CLASSES))} 之一"),
        ("id", _ID, "汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的"),
        ("lang", r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?", "语种的代码，如 en"),
        ("scope", r"row|col|rowgroup|colgroup", " row、col、rowgroup、colgroup 之一"),
        ("loading", r"lazy", " lazy"),
        *((name, _NUMBER, "数") for name in ("height", "width")),
        *((name, r"[1-9]|[1-5]\d|6[0-3]", " 1 到 63 的整数") for name in ("colspan", "rowspan")),
    )
}

_NAME = r" {1,4}[a-z][a-z-]{0,30}"
_QUOTED = r"""(?:"[^"<>\n]*"|'[^'<>\n]*')"""
TAG = re.compile(
    rf"<(?:(?P<start>[a-z][a-z0-9]{{0,20}})(?P<attributes>(?:{_NAME}(?:={_QUOTED})?){{0,20}}) ?(?P<closed>/?)"
    r"|/(?P<end>[a-z][a-z0-9]{0,20}))>"
)
"""A tag as it must be written: on one line, in lower case, values in quotes."""
ATTRIBUTE = re.compile(r"""(?P<name>[a-z-]+)(?:="(?P<double>[^"]*)"|='(?P<single>[^']*)')?""")

COMMENT = re.compile(r"<!--(?!-?>)(?:[^-<]|-(?!-))*(?<!-)-->")
"""A comment that begins and ends where every parser says so, and holds nothing but text if one does not."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\0-\x20\x7f-\xa0\u200b\ufeff]")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes of links; an address without one is within the site."""


def attributes(written: str) -> Iterator[tuple[str, str]]:
    """The attributes in that part of a tag that `TAG` calls so, with their values as a browser reads them."""
    for name, double, single in ATTRIBUTE.findall(written):
        yield name, unescaped(double or single)


def value_fault(name: str, value: str) -> str | None:
    """What the value of the attribute `name` must be, if it is not that; addresses are not looked at."""
    pattern, said = _VALUES.get(name, (None, ""))
    return said if pattern and not pattern.fullmatch(value) else None


def scheme(address: str) -> str:
    """The scheme of an address as a browser reads it, in lower case; `//` if it names a host without one.

    It is empty for an address within the site, and `?` if the address holds signs that browsers drop
    or change, so that two readers could see different addresses.
    """
    bare = address.strip(" ")
    if _IGNORED.search(bare.replace(" ", "")) or bare.startswith("\\") or "\\" in bare[:3]:
        return "?"
    if bare.startswith("//"):
        return "//"
    found = _SCHEME.match(bare)
    return found[1].lower() if found else ""


_ZEROS = re.compile(r"(?<=&#)0+(?=[0-9])|(?<=&#[xX])0+(?=[0-9A-Fa-f])")
_LONG = re.compile(r"&#[0-9]{8,};?")
"""A number of a character that is none; the library counts with it, and refuses one of thousands of digits."""


def unescaped(text: str) -> str:
    """Return `text` with its entities as the characters that a browser shows."""
    return unescape(_LONG.sub("\ufffd", _ZEROS.sub("", text)) if "&#" in text else text)
