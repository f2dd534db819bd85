"""The automatic numbers of a Word file, counted as Word counts them."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from archive.editing.report.numbers import written
from archive.editing.report.word_styles import Styles, W, switch, value, whole_number

_PLACE = re.compile("%([1-9])")
_LONGEST = 100
"""Characters of the longest pattern of a number."""
_LEVELS = range(9)
"""Levels of a list in Word; others count for nothing."""
_ENDS = re.compile(r"[\W_]$")


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list, as `w:lvl` defines it."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    gap: str = "tab"
    restart: int | None = None
    plain: bool = False
    """Whether all numbers in the pattern are written in digits."""
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its levels; lists of one `abstract` count on together."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    """Level → number with which this list begins, whatever was counted before."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands before a paragraph: its number, and what parts it from the text; or a bullet."""

    number: str
    gap: str
    bullet: bool = False


class Numbering:
    """The lists of a file. A number is counted when it is asked for, so each is to be asked for once."""

    def __init__(self, root: "etree._Element | None", styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._elements: dict[str, etree._Element] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._levels_of: dict[str, dict[int, _Level]] = {}
        """Definition → its levels, read once however many lists have it."""
        self._counts: dict[str, dict[int, int]] = {}
        """Definition → how far its lists have counted, by level."""
        self._begun: set[tuple[str, int]] = set()
        for one in root if root is not None else ():
            if one.tag == f"{W}abstractNum":
                id_ = one.get(W + "abstractNumId") or ""
                self._abstract[id_] = one
                if link := value(one, "styleLink"):
                    self._links[link] = id_
            elif one.tag == f"{W}num":
                self._elements[one.get(W + "numId") or ""] = one

    def level_of_style(self, list_: str, chain: tuple[str, ...]) -> int | None:
        """The level of a list that belongs to the first of these styles that has one."""
        levels = self._list(list_).levels
        own = {level.style: number for number, level in levels.items() if level.style}
        return next((own[style] for style in chain if style in own), None)

    def next(self, list_: str, number: int) -> Counted | None:
        """Count a paragraph on a level of a list; None if there is no such level."""
        of = self._list(list_)
        level = of.levels.get(number)
        if level is None:
            return None
        counts = self._counts.setdefault(of.abstract, {})
        first = (list_, number) not in self._begun
        self._begun.add((list_, number))
        if number in counts and not (first and number in of.starts):
            counts[number] += 1
        else:
            counts[number] = of.starts.get(number, level.start)
        for deeper in [one for one in counts if one > number]:
            restart = of.levels[deeper].restart if deeper in of.levels else None
            if restart is None or number < restart:
                del counts[deeper]
        if level.form == "bullet":
            return Counted("", "", bullet=True)

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = of.levels.get(at, _Level())
            count = counts.get(at, of.starts.get(at, other.start))
            return written(count, "decimal" if level.plain else other.form)

        text = _PLACE.sub(shown, level.pattern[:_LONGEST]).strip()
        # A tab stop shows no gap of its own after a sign that ends a number: 一、总则, not 一、 总则.
        apart = level.gap == "space" or (level.gap == "tab" and not _ENDS.search(text))
        return Counted(text, " " if text and apart else "")

    def _list(self, id_: str) -> _List:
        if id_ not in self._lists:
            self._lists[id_] = self._read(id_)
        return self._lists[id_]

    def _read(self, id_: str) -> _List:
        element = self._elements.get(id_)
        abstract = value(element, "abstractNumId") or ""
        levels = dict(self._levels(abstract))
        if not levels and (link := value(self._abstract.get(abstract), "numStyleLink")):
            abstract = self._linked(link)
            levels = dict(self._levels(abstract))
        starts: dict[int, int] = {}
        for override in element.iterfind(W + "lvlOverride") if element is not None else ():
            number = whole_number(override.get(W + "ilvl")) or 0
            own = override.find(W + "lvl")
            if own is not None and number in _LEVELS:
                levels[number] = _level(own)
            start = whole_number(value(override, "startOverride"))
            if start is not None:
                starts[number] = start
                if number in levels:
                    levels[number] = replace(levels[number], start=start)
        return _List(abstract, levels, starts)

    def _levels(self, abstract: str) -> dict[int, _Level]:
        if abstract not in self._levels_of:
            element = self._abstract.get(abstract)
            found = element.iterfind(W + "lvl") if element is not None else ()
            numbered = ((whole_number(one.get(W + "ilvl")) or 0, one) for one in found)
            self._levels_of[abstract] = {
                number: _level(one) for number, one in numbered if number in _LEVELS
            }
        return self._levels_of[abstract]

    def _linked(self, style: str) -> str:
        """The definition that a style of numbering stands for."""
        if style in self._links:
            return self._links[style]
        list_ = self._styles.style(style).look.list or ""
        return value(self._elements.get(list_), "abstractNumId") or ""


def _level(element: "etree._Element") -> _Level:
    start, pattern = whole_number(value(element, "start")), value(element, "lvlText")
    return _Level(
        start=0 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        pattern="" if switch(element.find(W + "rPr"), "vanish") else pattern or "",
        gap=value(element, "suff") or "tab",
        restart=whole_number(value(element, "lvlRestart")),
        plain=bool(switch(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )
