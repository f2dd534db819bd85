"""What a built page may hold: in its article, and in the theme's furniture around it.

The article has what editors may type (`archive/files/html.py`) and what Markdown and the macros make;
the furniture what Material, Zensical's theme and our own templates write.
"""

import re
from collections.abc import Mapping

from archive.files.html import ELEMENTS

Elements = Mapping[str, frozenset[str]]

_SKIP = "data-search-skip"
_MADE: Mapping[str, str] = {
    "a": f"aria-label data-answers download rel {_SKIP}",
    "article": "class",
    "aside": "class",
    "button": "type class hidden data-section data-end data-code",
    "circle": "class r",
    "desc": "class",
    "details": _SKIP,
    "div": f"aria-label role tabindex {_SKIP}",
    "h1": "class id lang title",
    "h2": "class id lang title",
    "h3": "class id lang title",
    "h4": "class id lang title",
    "h5": "class id lang title",
    "h6": "class id lang title",
    "line": "class x1 x2 y1 y2",
    "ol": "start",
    "p": f"hidden {_SKIP}",
    "path": "class d",
    "rect": "class height width x y",
    "section": "class",
    "span": f"data-exact data-group {_SKIP}",
    "summary": "aria-label",
    "svg": "aria-hidden aria-label class height role viewBox width x xmlns y",
    "table": f"data-choose data-compare data-first data-more {_SKIP}",
    "tbody": "data-office",
    "td": "style",
    "text": "class font-size text-anchor x y",
    "th": "style",
    "title": "",
    "tr": "data-search-section",
    "tspan": "class font-size",
}
"""Element → the attributes that Markdown and the macros give it in an article, besides an editor's."""

ARTICLE: Elements = {
    name: ELEMENTS.get(name, frozenset()) | frozenset(_MADE.get(name, "").split())
    for name in {*ELEMENTS, *_MADE}
}
# Zensical writes the headings into the contents with their marks, MkDocs their text.
_MARKS = ("code", "del", "em", "sup")
_FURNITURE: Mapping[str, str] = {
    **dict.fromkeys(_MARKS, ""),
    "a": "aria-label class data-md-component href title",
    "aside": "class",
    "body": "data-md-color-accent data-md-color-primary data-md-color-scheme dir",
    "button": "aria-expanded aria-haspopup aria-label aria-keyshortcuts aria-pressed class data-md-component hidden title type",
    "div": "aria-atomic class data-md-component data-md-type hidden role",
    "footer": "class",
    "form": "class data-md-component",
    "head": "",
    "header": "class data-md-component",
    "html": "class lang",
    "img": "alt height src width",
    "input": "aria-hidden aria-label autocomplete checked class data-md-color-accent data-md-color-media"
    " data-md-color-primary data-md-color-scheme data-md-toggle id name type",
    "label": "aria-hidden class for hidden id tabindex title",
    "li": "class",
    "link": "href media rel",
    "main": "class data-md-component",
    "meta": "charset content name",
    "nav": "aria-expanded aria-label aria-labelledby class data-md-component data-md-level hidden",
    "p": "class role",
    "path": "d",
    "script": "id src type",
    "span": "class",
    "strong": "",
    "style": "media",
    "svg": "viewBox xmlns",
    "title": "",
    "ul": "class data-md-component data-md-scrollfix",
}
FURNITURE: Elements = {name: frozenset(written.split()) for name, written in _FURNITURE.items()}

VALUES: Mapping[tuple[str, str], re.Pattern[str]] = {
    (element, attribute): re.compile(pattern)
    for element, attribute, pattern in (
        ("button", "type", "button"),
        ("form", "class", "md-header__option"),
        ("form", "data-md-component", "palette"),
        ("input", "type", "checkbox|radio"),
        ("link", "rel", "canonical|icon|next|prev|stylesheet"),
        ("meta", "charset", "utf-8"),
        ("meta", "name", "archive:(?:address|as-of|search)|author|description|generator|viewport"),
        ("ol", "start", r"\d{1,6}"),
        ("script", "id", "__config"),
        ("script", "type", "application/json"),
        ("style", "media", "print"),
        ("td", "style", "text-align: (?:left|right|center);"),
        ("th", "style", r"text-align: (?:left|right|center);|--room:\d{1,2}(?:\.\d)?"),
    )
}
"""(Element, attribute) → the values it may have; these elements and attributes could do harm with others."""

THEME_STYLE = "assets/theme.css"
"""The style sheet that the build makes of those of the theme; all other scripts and sheets are our own files."""

PRINT_STYLE = re.compile(r'\s*@page \{ @top-center \{ content: "[^"<>\\\n]*" \} \}\s*')
"""The one style that stands in a page: the head of its printed sheets, from archive/design/templates/main.html."""
