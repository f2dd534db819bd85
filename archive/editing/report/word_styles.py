"""The styles of a Word file, as far as the reading of a text asks for them."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])|([一二三四五六七八九])级标题")
_TITLES = ("title", "标题")
_CONTENTS = re.compile(r"(?:toc|目录) ?(?:[1-9]|heading|标题)")
_BLACK = re.compile("黑|hei", re.IGNORECASE)
"""A font as heavy as bold letters."""
_USUAL = 20
"""Half points: the size of letters where a file names none."""
BODY = 9
"""The outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the properties of a style, paragraph or run say; None of what they do not."""

    size: int | None = None
    bold: bool | None = None
    black: bool | None = None
    hidden: bool | None = None
    centred: bool | None = None
    outline: int | None = None
    list: str | None = None
    """Id of the numbering; 0 for none."""
    level: int | None = None

    def over(self, base: "Properties") -> "Properties":
        """These properties, and those of `base` of which these say nothing."""
        own: dict[str, Any] = {
            name: said for name in _NAMES if (said := getattr(self, name)) is not None
        }
        return replace(base, **own) if own else base


_NAMES = tuple(one.name for one in fields(Properties))
_NOTHING = Properties()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it has from those it is based on."""

    look: Properties = _NOTHING
    title: bool = False
    contents: bool = False
    """Whether it is one of a table of contents."""
    chain: tuple[str, ...] = ()
    """Its id, then those of the styles that it is based on."""


def value(properties: "etree._Element | None", name: str) -> str | None:
    """What the property says; None if it is not there."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(W + "val", "")


def whole_number(text: str | None) -> int | None:
    """The number, if it is one that a Word file may have."""
    digits = (text or "").strip().removesuffix(".0")
    return int(digits) if re.fullmatch(r"-?[0-9]{1,9}", digits) else None


def switch(properties: "etree._Element | None", name: str) -> bool | None:
    """Whether a property is on; None if it is not there."""
    found = value(properties, name)
    return None if found is None else found not in ("0", "false", "off")


def run_properties(properties: "etree._Element | None") -> Properties:
    """What a w:rPr says."""
    if properties is None or not len(properties):
        return _NOTHING
    fonts = properties.find(W + "rFonts")
    font = None if fonts is None else fonts.get(W + "eastAsia") or fonts.get(W + "ascii")
    return Properties(
        size=whole_number(value(properties, "sz")),
        bold=switch(properties, "b"),
        black=None if font is None else bool(_BLACK.search(font)),
        hidden=switch(properties, "vanish"),
    )


def paragraph_properties(properties: "etree._Element | None") -> Properties:
    """What a w:pPr says, its numbering included."""
    if properties is None or not len(properties):
        return _NOTHING
    placed = value(properties, "jc")
    numbers = properties.find(W + "numPr")
    return Properties(
        centred=None if placed is None else placed == "center",
        outline=whole_number(value(properties, "outlineLvl")),
        list=value(numbers, "numId"),
        level=whole_number(value(numbers, "ilvl")),
    )


class Styles:
    """All styles by their ids."""

    def __init__(self, root: "etree._Element | None") -> None:
        self._elements: dict[str, etree._Element] = {}
        self._made: dict[str, Style] = {}
        self.usual = ""
        """The id of the style of paragraphs that name none."""
        defaults = _NOTHING
        for one in root if root is not None else ():
            if one.tag == f"{W}docDefaults":
                defaults = run_properties(one.find(f"{W}rPrDefault/{W}rPr"))
            elif one.tag == f"{W}style":
                id_ = one.get(W + "styleId") or ""
                self._elements[id_] = one
                if one.get(W + "type") == "paragraph" and one.get(W + "default") in ("1", "true"):
                    self.usual = id_
        self.defaults = defaults.over(
            Properties(size=_USUAL, bold=False, black=False, hidden=False)
        )

    def style(self, id_: str | None) -> Style:
        """The style of that id; one that says nothing if there is none."""
        pending: dict[str, None] = {}
        while id_ and id_ in self._elements and id_ not in self._made and id_ not in pending:
            pending[id_] = None
            id_ = value(self._elements[id_], "basedOn")
        made = self._made.get(id_ or "", Style())
        for each in reversed(pending):
            made = self._made[each] = self._own(each, made)
        return made

    def _own(self, id_: str, base: Style) -> Style:
        element = self._elements[id_]
        name = (value(element, "name") or "").lower()
        look = run_properties(element.find(W + "rPr")).over(
            paragraph_properties(element.find(W + "pPr"))
        )
        heading = _HEADING.fullmatch(name)
        if heading and look.outline is None:
            level = int(heading[1] or "一二三四五六七八九".index(heading[2]) + 1)
            look = replace(look, outline=level - 1)
        look = look.over(base.look)
        is_title = name in _TITLES or (base.title and look.outline is None)
        is_contents = bool(_CONTENTS.fullmatch(name)) or base.contents
        return Style(look, is_title, is_contents, (id_, *base.chain)[:50])
