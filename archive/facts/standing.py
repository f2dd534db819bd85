"""How the archive stands on the day of the build: headline figures, honours in force, what is owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.facts.changes import Change, change
from archive.facts.criteria import CRITERIA, Item, Year, missing_kinds, years_lacking
from archive.facts.figures import FigureState, Value
from archive.facts.gather import Record
from archive.facts.honours import IN_FORCE, HonourState, honour_state, honour_title, newest_first
from archive.facts.indicator import observed_values
from archive.facts.observations import anchor_of, indicator_page
from archive.facts.places import HONOURS
from archive.facts.regulations import RegulationEntry, overdue
from archive.facts.releases import ChangeSinceRelease, ReportedValue, in_order, reported_values
from archive.facts.site import Site
from archive.facts.topics import TopicKind
from archive.schema.honours import Honour
from archive.schema.kinds import Kinds, in_role
from archive.schema.measures import Task
from archive.schema.periods import spoken

MOST_HEADLINES = 8


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the front page, and how its latest year differs from the year before, if known."""

    value: Value
    change: Change | None


def headlines(site: Site) -> list[Headline]:
    """Return the figures that the archive names for its front page; else the first ones it has.

    Of these, figures with a number come before others, those that are counted year by year first; a
    place in an order, such as the second, is no quantity and left out.
    """
    unit = site.archive.unit
    named = [site.value(id_) for id_ in (unit.headlines if unit else ())]
    if any(named):
        return [Headline(value, _year_on_year(site, value)) for value in named if value]
    kept = [
        value
        for value in site.current
        if value.state is not FigureState.RETIRED and value.indicator not in site.ordinals
    ]
    found = [Headline(value, _year_on_year(site, value)) for value in kept]
    found.sort(key=lambda one: (one.value.exact is None, one.change is None))
    return found[:MOST_HEADLINES]


def _year_on_year(site: Site, value: Value) -> Change | None:
    """The change of the latest year with a number against the year before; None if one is not known."""
    years = [
        one
        for one in observed_values(site, value.indicator)
        if one.exact is not None and one.reference_period.isdecimal()
    ]
    latest = max(years, key=lambda one: one.reference_period, default=None)
    found = change(site, latest) if latest else None
    return found if found and found.before.exact is not None else None


def honours_in_force(site: Site) -> list[Record[Honour]]:
    """Return the honours that are held, the latest first."""
    as_of = site.archive.project.as_of
    every = newest_first(site.archive.of(Honour))
    return [one for one in every if honour_state(one.data, as_of) in IN_FORCE]


def honours_due(site: Site) -> list[Record[Honour]]:
    """Return the honours that have to be examined again before they can be kept."""
    as_of = site.archive.project.as_of
    return [
        one for one in site.archive.of(Honour) if honour_state(one.data, as_of) is HonourState.DUE
    ]


def is_done(task: Task, kinds: Kinds) -> bool:
    """Return whether nothing is left to do."""
    return task.state is not None and task.state == in_role(kinds, "task_states", "done")


def is_overdue(task: Task, kinds: Kinds, as_of: date) -> bool:
    """Return whether the due date of an unfinished task is before `as_of`."""
    return not is_done(task, kinds) and task.due is not None and task.due < as_of


def tasks_overdue(site: Site) -> list[Record[Task]]:
    """Return the unfinished tasks whose date is past, the earliest first."""
    kinds, as_of = site.archive.kinds, site.archive.project.as_of
    late = [one for one in site.archive.of(Task) if is_overdue(one.data, kinds, as_of)]
    return sorted(late, key=lambda one: (one.data.due or date.max, one.id))


def reviews_due(site: Site) -> list[RegulationEntry]:
    """Return the regulations in force whose review was due, the longest due first."""
    as_of = site.archive.project.as_of
    late = [one for one in site.regulations.values() if overdue(one, as_of)]
    return sorted(late, key=lambda one: (one.data.review_due or date.max, one.id))


@dataclass(frozen=True, slots=True)
class Lack:
    """A kind of evidence that an assessment item asks for and has not, with the years that lack it."""

    item: Item
    kind: str
    years: tuple[Year, ...]


def lacks(site: Site) -> Iterator[Lack]:
    """Yield what each assessment item lacks, in the order of the items and of their kinds."""
    for item in site.criteria.values():
        for kind, years in missing_kinds(site.archive, item).items():
            yield Lack(item, kind, years)


def changed_since(site: Site) -> tuple[str, date, list[tuple[Value, ReportedValue]]] | None:
    """Return the last release, its day, and the figures that have changed since; None before any."""
    known = in_order(site.archive)
    if not known:
        return None
    name, release = known[-1]
    same = (ChangeSinceRelease.SAME, ChangeSinceRelease.NOTHING)
    changed = [
        (value, one)
        for value in site.values.values()
        for one in reported_values(site.archive, site.values, value.id)
        if one.name == name and one.since not in same
    ]
    return name, release.date, changed


TASKS = "measures/index.md"
"""The page of the tasks."""
NOBODY = "科室待定"
"""Stands for the office where none is recorded."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that an office still has to do, and where it is shown."""

    kind: str
    title: str
    page: str
    anchor: str
    lacking: str


_NEXT = {FigureState.UNFILLED: "填报，或者宣布资料齐全", FigureState.PRELIMINARY: "审核、核定"}
"""What a figure in a state still needs."""


def owed(site: Site) -> dict[str, list[Owed]]:
    """Return office → what it owes; last, what no office is named for."""
    found: dict[str, list[Owed]] = {}
    for office, one in _owed(site):
        found.setdefault(office or NOBODY, []).append(one)
    return {office: found[office] for office in sorted(found, key=lambda it: (it == NOBODY, it))}


def _owed(site: Site) -> Iterator[tuple[str | None, Owed]]:
    for one in lacks(site):
        of = one.item.criterion
        said = f"{one.kind}：{years_lacking(site.archive, one.years)}"
        yield of.office, Owed("考评材料", f"{of.code} {of.title}", CRITERIA, one.item.id, said)
    placed = {
        one.id for topic in site.topics if topic.item for one in topic.members[TopicKind.HONOUR]
    }
    for record in site.archive.of(Honour) if site.criteria else ():
        if record.id not in placed:
            names = site.archive.unit.names if site.archive.unit else {}
            title = honour_title(record.data, names)
            yield None, Owed("荣誉", title, HONOURS, record.id, "没有列为任何考评项目的材料")
    for value in site.current:
        if value.state in _NEXT:
            to = indicator_page(value.id), anchor_of(value.id)
            yield value.figure.office, Owed("指标", value.figure.name, *to, _NEXT[value.state])
    for task in tasks_overdue(site) if TASKS in site.archive.pages else ():
        said = f"时限{spoken(f'{task.data.due}')}，已逾期"
        yield task.data.office, Owed("任务", task.data.title, TASKS, "", said)
    for entry in reviews_due(site):
        said = f"应于{spoken(f'{entry.data.review_due}')}前复审"
        yield entry.data.office, Owed("制度", f"《{entry.data.title}》", entry.page.path, "", said)
