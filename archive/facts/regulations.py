"""The regulation compilation: each regulation's state as of a day, and what happened to it when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from archive.facts.articles import article_title
from archive.facts.gather import Archive
from archive.facts.places import ordered_pages
from archive.files.pages import Page
from archive.schema.regulations import Regulation

FOLDER = "regulations/"
INDEX = f"{FOLDER}index.md"
"""The page of the compilation."""


class State(StrEnum):
    """Whether a regulation is in force; the word a reader sees."""

    DRAFT = "草案"
    TO_COME = "尚未生效"
    IN_FORCE = "现行有效"
    AMENDED = "已修改"
    REPEALED = "已废止"
    EXPIRED = "已失效"


VALID = (State.IN_FORCE, State.AMENDED)
"""The states in which a regulation binds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A regulation of the compilation; its id is its file's name."""

    id: str
    page: Page
    data: Regulation
    state: State


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is to happen, to a regulation."""

    date: date
    what: str
    detail: str
    entry: Entry


def texts(archive: Archive) -> dict[str, tuple[Page, Regulation]]:
    """The regulations whose front matter could be read, by id, in the order of the navigation."""
    return {
        page.path.removeprefix(FOLDER).removesuffix(".md"): (page, page.meta)
        for page in ordered_pages(archive)
        if isinstance(page.meta, Regulation)
    }


def compilation(archive: Archive) -> dict[str, Entry]:
    """Every regulation with its state as of the day called today."""
    known = texts(archive)
    data = {id_: regulation for id_, (_, regulation) in known.items()}
    return {
        id_: Entry(id_, page, regulation, state(regulation, data, archive.project.as_of))
        for id_, (page, regulation) in known.items()
    }


def state(regulation: Regulation, known: Mapping[str, Regulation], as_of: date) -> State:
    """Whether a regulation is in force on the day `as_of`, among the others by id.

    It is in force on its effective day and on the day it expires, not on the day it is repealed or
    its successor takes effect. While no effective day is known it is not in force.
    """
    if regulation.draft:
        return State.DRAFT
    if regulation.effective is None or regulation.effective > as_of:
        return State.TO_COME
    repealed = (regulation.repealed, replaced(regulation, known))
    ends = [(day, State.REPEALED) for day in repealed if day]
    if regulation.expires:
        ends.append((regulation.expires + timedelta(days=1), State.EXPIRED))
    past = [end for end in ends if end[0] <= as_of]
    if past:  # the first of them ended it; repealed on the very day is repealed
        return min(past, key=lambda end: (end[0], end[1] is State.EXPIRED))[1]
    amended = any(amendment.date <= as_of for amendment in regulation.amendments)
    return State.AMENDED if amended else State.IN_FORCE


def replaced(regulation: Regulation, known: Mapping[str, Regulation]) -> date | None:
    """The day its successor takes effect; None while that is a draft, or not known."""
    successor = known.get(regulation.replaced_by or "")
    return successor.effective if successor and not successor.draft else None


def events(entries: Mapping[str, Entry]) -> list[Event]:
    """What happened to the regulations, the latest first; of one day in the order of events."""
    known = {id_: entry.data for id_, entry in entries.items()}
    found = [event for entry in entries.values() for event in _events(entry, known)]
    return sorted(found, key=lambda event: event.date, reverse=True)


def _events(entry: Entry, known: Mapping[str, Regulation]) -> list[Event]:
    data = entry.data
    replaces = [f"《{known[id_].title}》" for id_ in data.replaces if id_ in known]
    dated: list[tuple[date | None, str, str]] = [
        (data.adopted.date, "审议通过", f"由{data.adopted.by}审议通过" if data.adopted.by else ""),
        (data.issued, "印发", "" if data.number in ("待补", "无文号") else data.number),
        (data.effective, "施行", f"代替{''.join(replaces)}" if replaces else ""),
        *((one.date, "修改", _amended(one.articles, one.summary)) for one in data.amendments),
        (data.repealed, "废止", ""),
        (data.expires, "有效期满", ""),
    ]
    successor = known.get(data.replaced_by or "")
    if successor:
        dated.append((replaced(data, known), "废止", f"由《{successor.title}》代替"))
    return [Event(day, what, detail, entry) for day, what, detail in dated if day]


def _amended(articles: tuple[str, ...], summary: str) -> str:
    return f"{'、'.join(map(article_title, articles))}：{summary}" if articles else summary


def overdue(entry: Entry, as_of: date) -> bool:
    """Whether a regulation in force was to be reviewed by now."""
    due = entry.data.review_due
    return entry.state in VALID and due is not None and due <= as_of
