"""What rules share: things that stand twice, days in the wrong order, problems with figures and items."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar

from archive.facts.site import Site
from archive.files.yaml import Loc, Problem

T = TypeVar("T")


def repeated(things: Iterable[T], key: Callable[[T], object]) -> Iterator[tuple[T, T]]:
    """Each thing with a key that stood before, and the first with it; a key of None is nobody's."""
    first: dict[object, T] = {}
    for thing in things:
        value = key(thing)
        if value in first:
            yield thing, first[value]
        elif value is not None:
            first[value] = thing


Fault = tuple[Loc, str]
"""Where in a record something is wrong, and the message."""


class Dated(NamedTuple):
    """A day in a record: where it stands, what it is called, and the day if it is known."""

    loc: Loc
    label: str
    day: date | None

    def fault(self, rule: str) -> Fault:
        """The day breaks this rule."""
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in self.loc)
        return self.loc, f"{name}（{self.label}）{rule}，现为 {self.day}"


def out_of_order(*steps: Dated) -> Iterator[Fault]:
    """What is dated before the step ahead of it; steps whose day is not known are left out."""
    known = [(step, step.day) for step in steps if step.day]
    for (first, start), (second, day) in pairwise(known):
        if day < start:
            yield second.fault(f"须不早于{first.label} {start}")


def still_to_come(today: date, *steps: Dated) -> Iterator[Fault]:
    """What is dated after today."""
    for step in steps:
        if step.day and step.day > today:
            yield step.fault(f"须不晚于今天（{today}）")


def figure_problem(site: Site, id_: str, message: str, *loc: str | int) -> Problem:
    """A problem with the value at `loc` of a figure of the register; the message begins with it."""
    name = site.archive.figures[id_].name
    return site.archive.problem("figures", f"{id_}（{name}）{message}", id_, *loc)


def item_problem(site: Site, id_: str, message: str, *loc: str | int) -> Problem:
    """A problem with the value at `loc` of an assessment item; the message begins with it."""
    title = site.archive.criteria[id_].title
    return site.archive.problem("criteria", f"{id_}（{title}）{message}", id_, *loc)
