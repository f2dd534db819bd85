"""The styles of a drawing (SVG): the properties of an element, and which rules colour its letters."""

import re

from lxml import etree

ZERO = re.compile(r"[+-]?(?:0++(?:\.0*+)?|\.0++)(?:%|[a-z]{1,3})?")
_PROPERTY = re.compile(r"(?<![\w-])([\w-]++)\s*+:\s*+([^;]*+)")
_BRACE = re.compile(r"([{}])")
_SIMPLE = re.compile(r"[.#]?[\w-]++|\*")
_REMARK = re.compile(r"/\*(?:(?!\*/).)*+(?:\*/)?", re.DOTALL)
_NOTHING = r"\s*+(?:0++(?:\.0*+)?|\.0++)%?\s*+\)"
NO_COLOUR = re.compile(
    r"none|transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00"
    rf"|(?:rgb|hsl)a?\((?:[^(),/]*+,){{3}}{_NOTHING}|[a-z-]++\([^()/]*+/{_NOTHING}"
)
"""Colours that draw nothing: those without one, and those of which nothing covers the ground."""


def properties(style: str) -> dict[str, str]:
    """Return the properties of the style of one element."""
    found = _PROPERTY.findall(without_remarks(style))
    return {name: value.split("!")[0].strip() for name, value in found}


def without_remarks(style: str) -> str:
    """Return a style without remarks, in lower case."""
    return _REMARK.sub("", style).lower()


def letter_colours(root: "etree._Element") -> list[tuple[str, str]]:
    """Return the elements, classes and identifiers that a style gives a colour of letters, and the colour."""
    found: list[tuple[str, str]] = []
    for style in root.iter("{*}style"):
        parts = _BRACE.split(without_remarks("".join(map(str, style.itertext()))))
        for selectors, brace, rule in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
            said = properties(rule) if brace == "{" else {}
            fill = "none" if ZERO.fullmatch(said.get("fill-opacity", "1")) else said.get("fill")
            if fill:
                found += [(name, fill) for one in selectors.split(",") for name in _last(one)]
    return found


def _last(selector: str) -> list[str]:
    """Return the classes and identifiers that an element has which a rule is for, or else its name."""
    parts = _SIMPLE.findall(selector.rstrip().rpartition(" ")[2].rpartition(">")[2])
    return [one for one in parts if one[0] in ".#"] or parts
