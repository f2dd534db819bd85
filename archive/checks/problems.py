"""What rules share: things that stand twice, and problems with a figure or with an assessment item."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from archive.facts.site import Site
from archive.files.yaml import Problem

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


def figure_problem(site: Site, id_: str, message: str, *loc: str | int) -> Problem:
    """A problem with the value at `loc` of a figure of the register; the message begins with it."""
    name = site.archive.figures[id_].name
    return site.archive.problem("figures", f"{id_}（{name}）{message}", id_, *loc)


def item_problem(site: Site, id_: str, message: str, *loc: str | int) -> Problem:
    """A problem with the value at `loc` of an assessment item; the message begins with it."""
    title = site.archive.criteria[id_].title
    return site.archive.problem("criteria", f"{id_}（{title}）{message}", id_, *loc)
