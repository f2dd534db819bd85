"""Two reports side by side: which figures changed, are new or were dropped, which sentences are the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from markdown_it.token import Token

from archive.facts.changes import Change
from archive.facts.figures import Value
from archive.facts.observations import indicator_of
from archive.facts.places import keys_of_call
from archive.facts.reported import shown_in_report
from archive.facts.site import Site
from archive.files.markdown import visible
from archive.files.pages import MACRO

_END = re.compile(r"(?<=[。！？；])")
_PLACED = re.compile(
    r"(?:19|20)\d\d(?=年)"
    r"|^(?:第[一二三四五六七八九十]+(?:部分|[章节])|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d))\s*"
)
"""What a sentence says of its report and of its place in it: years, and the number that it begins with."""
_SPACE = re.compile(r"\s+")
SHOWN = "〔数〕"
"""Stands in a sentence for what a macro shows."""


@dataclass(frozen=True, slots=True)
class FigureInReports:
    """An indicator as two reports show it; None where one does not."""

    old: Value | None
    new: Value | None

    @property
    def value(self) -> Value:
        """The newer of the two."""
        found = self.new or self.old
        assert found  # one of them shows it
        return found

    @property
    def words(self) -> str:
        """What became of it: 新增, 不再使用, or how it changed."""
        if self.old is None or self.new is None:
            return "新增" if self.new else "不再使用"
        if None in (self.old.exact, self.new.exact):
            return "无法比较"
        return Change(self.new, self.old, "").words


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """What differs from one report to another; sentences in their order, each once, whatever years and numbers they bear."""

    old: str
    new: str
    figures: tuple[FigureInReports, ...]
    same: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def report_changes(site: Site, old: str, new: str) -> ReportChanges:
    """Compare two reports by their ids: figures in the order of the register, then sentences."""
    before, after = _figures(site, old), _figures(site, new)
    order = [id_ for id_ in site.archive.indicators if id_ in before or id_ in after]
    figures = tuple(FigureInReports(before.get(id_), after.get(id_)) for id_ in order)
    left, right = _by_words(_sentences(site, old)), _by_words(_sentences(site, new))
    return ReportChanges(
        old,
        new,
        figures,
        tuple(one for words, one in right.items() if words in left),
        tuple(one for words, one in left.items() if words not in right),
        tuple(one for words, one in right.items() if words not in left),
    )


def latest_two(site: Site) -> tuple[str, str] | None:
    """Return the newest report that has one of its kind before it, that one first; None without two."""
    reports = site.archive.reports.items()
    for newer, older in combinations(reports, 2):  # in order, so by the newer of the two
        if older[1].kind == newer[1].kind:
            return older[0], newer[0]
    return None


def _figures(site: Site, id_: str) -> dict[str, Value]:
    """Indicator → its value as a report shows it; of several periods, the one that it means itself."""
    found: dict[str, Value] = {}
    for page in site.archive.pages_of(id_):
        for call in page.calls:
            for key in keys_of_call(site.archive, id_, call):
                own = site.archive.figure_key(indicator_of(key), id_)
                if key and (key == own or indicator_of(key) not in found):
                    found[indicator_of(key)] = shown_in_report(site, site.values[key], id_)
    return found


def _by_words(sentences: Iterator[str]) -> dict[str, str]:
    """Return sentence without its years and its number → the first that has these words."""
    found: dict[str, str] = {}
    for one in sentences:
        found.setdefault(_PLACED.sub("", one), one)
    return found


def _sentences(site: Site, id_: str) -> Iterator[str]:
    for page in site.archive.pages_of(id_):
        for token in page.tokens:
            if token.type == "inline":
                yield from sentences_in(token)


def sentences_in(token: Token, shown: Sequence[str] = ()) -> Iterator[str]:
    """Yield the sentences of a paragraph, heading or cell, with `SHOWN` for what macros show.

    `shown` is what to put there for each macro in turn instead; where some cannot be seen, it is not used.
    """
    text = "".join(map(visible, token.children or ()))
    each = iter(shown if text.count(MACRO) == len(shown) else ())
    for sentence in _END.split(text):
        one = _SPACE.sub(" ", sentence).strip()
        if one not in ("", MACRO):  # a macro on a line of its own is no sentence
            first, *rest = one.split(MACRO)
            yield first + "".join(next(each, SHOWN) + part for part in rest)
        elif one:
            next(each, SHOWN)
