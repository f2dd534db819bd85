"""What rules share: repeated values, dates out of order, problems with figures and items."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from itertools import pairwise
from typing import NamedTuple, TypeVar

from archive.facts.gather import Archive
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.pages import Page, once_each
from archive.files.yaml import Loc, Problem
from archive.schema.fields import fields
from archive.schema.register import MARK, Observation

T = TypeVar("T")


def repeated(things: Iterable[T], key: Callable[[T], object]) -> Iterator[tuple[T, T]]:
    """Yield each thing whose key an earlier one has, with the first that has it; None is not a key."""
    first: dict[object, T] = {}
    for thing in things:
        value = key(thing)
        if value in first:
            yield thing, first[value]
        elif value is not None:
            first[value] = thing


def each_page(
    rule: Callable[[Page], Iterable[Problem]],
) -> Callable[[Site], Iterator[Problem]]:
    """Decorate a rule that judges a page by nothing but itself: the rule for all pages people have written.

    A page that stays the same from edit to edit is judged once.
    """
    judged = once_each(lambda page: tuple(rule(page)))

    @wraps(rule)
    def check(site: Site) -> Iterator[Problem]:
        for page in site.archive.written.values():
            yield from judged(page)

    return check


Fault = tuple[Loc, str]
"""The place of a fault in a record, and the message."""


class Dated(NamedTuple):
    """A date in a record: its place, its label, and the day if it is known."""

    loc: Loc
    label: str
    day: date | None

    def fault(self, rule: str, way_out: str) -> Fault:
        """Return the fault that the day breaks `rule`, and what to type."""
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in self.loc)
        return self.loc, f"{name}（{self.label}）{rule}，现为 {self.day}；{way_out}"


def called(archive: Archive) -> dict[str, str]:
    """What people call what has an id: id → name."""
    collections = {name: one.label for name, one in archive.collections.items()}
    return collections | {id_: one.name for id_, one in archive.indicators.items()}


ADD_FILE = "；请放进这个文件，或者改正路径"
"""What to do about the path of a file that is not there."""

NOT_YET = "请改为今天或以前的日期，还没有发生的先不写"
"""What to do about a date in the future."""


def out_of_order(*steps: Dated) -> Iterator[Fault]:
    """Yield a fault for each step before the one ahead of it; steps without a day are skipped."""
    known = [(step, step.day) for step in steps if step.day]
    for (first, start), (second, day) in pairwise(known):
        if day < start:
            rule = f"须不早于{first.label} {start}"
            yield second.fault(rule, f"请改为 {start} 或以后的日期，或者改正前一个日期")


def still_to_come(today: date, *steps: Dated) -> Iterator[Fault]:
    """Yield a fault for each step after today."""
    for step in steps:
        if step.day and step.day > today:
            yield step.fault(f"须不晚于今天（{today}）", NOT_YET)


def figure_problem(site: Site, id_: str, message: str, *loc: str | int) -> Problem:
    """Return a problem with the value at `loc` of a figure; the figure's name precedes the message.

    What the entry of an observation does not hold is that of its indicator, and told of that.
    """
    archive = site.archive
    held = archive.register.observations
    of_indicator = loc and loc[0] not in fields(Observation)
    if MARK in id_ and (of_indicator or id_ not in held) and id_ not in archive.register.derived:
        id_ = indicator_of(id_)
    name = archive.indicators[indicator_of(id_)].name
    return archive.problem("figures", f"{id_}（{name}）{message}", id_, *loc)


def item_problem(site: Site, id_: str, message: str, *loc: str | int) -> Problem:
    """Return a problem with the value at `loc` of an assessment item; its title precedes the message."""
    title = site.archive.criteria[id_].title
    return site.archive.problem("criteria", f"{id_}（{title}）{message}", id_, *loc)
