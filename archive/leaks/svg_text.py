"""The texts of a drawing (SVG): in the order of its source, and in rows and columns as a reader sees them."""

import math
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from archive.leaks.placed import Piece, in_columns, in_lines, joined, text_width
from archive.leaks.svg_styles import NO_COLOUR, ZERO, letter_colours, properties
from archive.leaks.visible import side_by_side

_Matrix = tuple[float, float, float, float, float, float]
_PLACED = ("x", "y", "dx", "dy")
_CALL = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*+\(([^()]*+)\)")
_NUMBER = re.compile(r"([-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]{1,3})?)(em)?")
_RUNNING = ("text", "tspan", "textPath")
"""Elements whose text a reader sees as one; any other within them is not drawn, or on no line of theirs."""
_ASIDE = frozenset({"title", "desc", "metadata", "style"})
"""Elements that are drawn nowhere: a tooltip, what a program says of the drawing."""
_ON_THE_LINE = ("", "baseline")
_COLOUR = ("visibility", "fill", "fill-opacity", "stroke")
_FARTHEST = 1e9
_SIZE = 16.0
"""The size of letters where none is written."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down to those within it."""

    matrix: _Matrix = (1, 0, 0, 1, 0, 0)
    size: float = _SIZE
    anchor: str = ""
    gone: bool = False
    """Hidden, or on no line with the others, whatever is said of the elements within."""
    colour: tuple[str, ...] = ("visible", "black", "1", "none")
    """What an element within may change: visibility, colour of letters, its opacity, colour of lines."""

    def hidden(self) -> bool:
        visibility, fill, opacity, stroke = self.colour
        filled = not NO_COLOUR.fullmatch(fill) and not ZERO.fullmatch(opacity)
        drawn = filled or not NO_COLOUR.fullmatch(stroke)
        return self.gone or visibility != "visible" or not drawn


def texts(root: "etree._Element") -> Iterator[str]:
    """Yield the texts of a drawing as its source has them, then the rows, the columns and what is hidden."""
    yield "".join(_in_source(root))
    yield side_by_side(str(value) for element in root.iter() for value in element.values())
    styles = letter_colours(root)
    hiding = {name: fill for name, fill in styles if NO_COLOUR.fullmatch(fill)}
    showing = {name: fill for name, fill in styles if not NO_COLOUR.fullmatch(fill)}
    hides = yield from _as_placed(root, {})
    # Which rules reach a text is not known for certain: it is read with all, and as hidden or shown as it may be.
    for rules in (dict(styles), hiding, showing) if styles and (hides or hiding) else ():
        yield from _as_placed(root, rules)


def _as_placed(root: "etree._Element", fills: Mapping[str, str]) -> Generator[str, None, bool]:
    """Yield the rows, the columns and what is hidden; return whether anything is."""
    shown: list[Piece] = []
    hidden: list[Piece] = []
    _collect(root, fills, shown, hidden)
    if len(shown) + len(hidden) > 1:
        yield joined(shown)
        yield joined(in_lines(shown, lambda one: one.y, lambda one: one.x))
        yield "".join(in_columns(in_lines(shown, lambda one: -one.x, lambda one: one.y)))
        yield joined(hidden)
    return bool(hidden)


def _in_source(root: "etree._Element") -> Iterator[str]:
    """Yield the texts in the order of the source, and last those that stand in none of its lines."""
    readings: list[list[str]] = [[]]
    beside: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):  # a remark; it is searched with the source
            readings[-1].append(element.tail or "")
            continue
        name = _name(element)
        if event == "start":
            if _is_apart(element):
                readings.append([])
            readings[-1].append("" if name == "style" else element.text or "")
            beside += _spoken(element)
            continue
        if _is_apart(element):
            beside.append("".join(readings.pop()))
            readings[-1].append(element.tail or "")
        elif name == "tspan":
            readings[-1].append(element.tail or "")
        else:
            # An element of text ends a line, not a paragraph: programs write each letter as an element.
            readings[-1] += ("\n", (element.tail or "").lstrip())
    yield from readings[0]
    yield from (f"\n\n{text}" for text in beside)


def _is_apart(element: "etree._Element") -> bool:
    """Return whether the text of an element is in no line with what stands around it."""
    name, outer = _name(element), element.getparent()
    if name in _ASIDE or (
        name not in _RUNNING[1:] and outer is not None and _name(outer) in _RUNNING
    ):
        return True
    said = _said(element).get("baseline-shift", "")
    return said not in _ON_THE_LINE and not ZERO.fullmatch(said)


def _spoken(element: "etree._Element") -> Iterator[str]:
    return (
        str(value) for name, value in element.items() if str(name).startswith(("aria-", "data-"))
    )


def _name(element: "etree._Element") -> str:
    """Return the name of an element without its namespace; of a remark none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _collect(
    root: "etree._Element", fills: Mapping[str, str], shown: list[Piece], hidden: list[Piece]
) -> None:
    """Add the texts of a drawing to those a reader sees and to those that are hidden."""
    looks = [_Look()]
    x = y = 0.0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        look = looks[-1]
        name = _name(element)
        if event == "start":
            look = _look(element, look, fills)
            looks.append(look)
            if name == "text":
                x = y = 0.0
            if name in ("text", "tspan"):
                at = {key: _length(element.get(key), look.size) for key in _PLACED}
                x = (x if at["x"] is None else at["x"]) + (at["dx"] or 0)
                y = (y if at["y"] is None else at["y"]) + (at["dy"] or 0)
        else:
            looks.pop()
            look = looks[-1]
        written = element.text if event == "start" else element.tail
        holder = element if event == "start" else element.getparent()
        holds = holder is not None and _name(holder) in _RUNNING
        if holds and written and written.strip():
            width = look.size * text_width(written.strip())
            left = x - width * {"middle": 0.5, "end": 1.0}.get(look.anchor, 0.0)
            a, b, c, d, e, f = look.matrix
            size = look.size * math.sqrt(abs(a * d - b * c)) or look.size
            begun, end = (
                (a * one + c * y + e, b * one + d * y + f) for one in (left, left + width)
            )
            place = Piece(written.strip(), *begun, size, end)
            (hidden if look.hidden() else shown).append(place)
            x += 0 if look.gone else width


def _said(element: "etree._Element") -> dict[str, str]:
    """Return the attributes of an element and the properties of its style, in lower case."""
    said = {str(key): str(value).strip().lower() for key, value in element.items()}
    return said | properties(said.get("style", ""))


def _look(element: "etree._Element", outer: _Look, fills: Mapping[str, str]) -> _Look:
    """Return how an element is drawn that stands within one drawn like `outer`."""
    said = _said(element)
    if (
        fills
    ):  # a rule of a style goes before an attribute, though not before the style of the element
        classes = (f".{one}" for one in said.get("class", "").split())
        called = (f"#{said.get('id', '')}", *classes, _name(element).lower(), "*")
        said["fill"] = next((fills[one] for one in called if one in fills), said.get("fill", ""))
        said |= properties(said.get("style", ""))
    size = _length(said.get("font-size"), outer.size)
    gone = outer.gone or _is_apart(element) or said.get("display") == "none" or size == 0
    gone = gone or bool(ZERO.fullmatch(said.get("opacity", "1")))
    colour = tuple(said.get(key) or own for key, own in zip(_COLOUR, outer.colour, strict=True))
    matrix = outer.matrix
    if _name(element) == "svg":
        left, top = (_length(said.get(key), outer.size) or 0.0 for key in ("x", "y"))
        matrix = _product(matrix, (1, 0, 0, 1, left, top))
    for call, numbers in _CALL.findall(str(element.get("transform") or "")):
        values = [_number(one[1]) for one in _NUMBER.finditer(numbers)]
        matrix = _product(matrix, _matrix(call, values))
    return replace(
        outer, matrix=matrix, gone=gone, colour=colour, size=size or outer.size,
        anchor=said.get("text-anchor", outer.anchor),
    )  # fmt: skip


def _length(written: object, size: float) -> float | None:
    found = _NUMBER.match(str(written or "").strip())
    return _number(found[1]) * (size if found[2] else 1) if found else None


def _number(written: str) -> float:
    return max(-_FARTHEST, min(_FARTHEST, float(written)))


def _matrix(call: str, values: list[float]) -> _Matrix:
    """Return the matrix of one function of `transform`."""
    first, second, *more = [*values, 0.0, 0.0, 0.0, 0.0, 0.0][:6] if values else [0.0] * 6
    if call == "matrix":
        return (first, second, more[0], more[1], more[2], more[3])
    if call == "translate":
        return (1, 0, 0, 1, first, second)
    if call == "scale":
        return (first, 0, 0, second if len(values) > 1 else first, 0, 0)
    turn = math.radians(math.fmod(first, 360))
    if call == "rotate":
        turned = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0.0, 0.0)
        around = (1, 0, 0, 1, second, more[0])
        return _product(_product(around, turned), (1, 0, 0, 1, -second, -more[0]))
    lean = math.tan(turn)
    return (1, 0, lean, 1, 0, 0) if call == "skewX" else (1, lean, 0, 1, 0, 0)


def _product(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
            a * k + c * m + e, b * k + d * m + f)  # fmt: skip
