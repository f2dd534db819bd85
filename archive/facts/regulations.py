"""The compilation of regulations: the state of each on a day, and the events of its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from archive.facts.gather import Archive
from archive.facts.places import ordered_pages
from archive.files.pages import Page
from archive.schema.regulations import Regulation

FOLDER = "regulations/"
INDEX = f"{FOLDER}index.md"
"""The page that lists the compilation."""


class RegulationState(StrEnum):
    """Whether a regulation is in force; the value is the word a reader sees."""

    DRAFT = "草案"
    TO_COME = "尚未生效"
    IN_FORCE = "现行有效"
    REPEALED = "已废止"
    EXPIRED = "已失效"


@dataclass(frozen=True, slots=True)
class RegulationEntry:
    """A regulation of the compilation; `id` is its file's name without .md."""

    id: str
    page: Page
    data: Regulation
    state: RegulationState
    amended: date | None = None
    """The day of the last amendment that is in force."""
    ended: date | None = None
    """The first day on which it is, or will be, repealed or expired."""
    ends_as: RegulationState | None = None
    """What it is from that day on."""

    @property
    def standing(self) -> str:
        """The state as a reader sees it; of what is in force, the year of its last amendment, and that it ends."""
        if self.state is not RegulationState.IN_FORCE:
            return str(self.state)
        said = [f"{self.amended.year}年修改"] if self.amended else []
        if self.ended and self.ends_as is RegulationState.REPEALED:
            day = self.ended
            said.append(f"{day.year}年{day.month}月{day.day}日起废止")
        return f"{self.state}（{'，'.join(said)}）" if said else str(self.state)

    @property
    def is_over(self) -> bool:
        """Whether it is no more in force, or, replaced while a draft, never will be."""
        return self.state in (RegulationState.REPEALED, RegulationState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or will happen, to a regulation, such as 印发 or 修改."""

    date: date
    what: str
    detail: str
    entry: RegulationEntry
    articles: tuple[str, ...] = ()
    """The articles that an amendment changed; `detail` then says how."""


def texts(archive: Archive) -> dict[str, tuple[Page, Regulation]]:
    """Return id → page and front matter of each regulation, in the order of the navigation.

    Regulations whose front matter is not valid are left out. `replaced_by` is that of the successor's
    `replaces` where it is not written: who files the successor need not touch the former.
    """
    found = {
        page.path.removeprefix(FOLDER).removesuffix(".md"): (page, page.meta)
        for page in ordered_pages(archive)
        if isinstance(page.meta, Regulation)
    }
    successors = {
        former: id_
        for id_, (_, data) in reversed(found.items())
        if not data.draft
        for former in data.replaces
        if former != id_
    }
    for id_ in successors.keys() & found.keys():
        page, data = found[id_]
        if not data.replaced_by:
            found[id_] = page, data.model_copy(update={"replaced_by": successors[id_]})
    return found


def compilation(archive: Archive) -> dict[str, RegulationEntry]:
    """Return id → regulation with its state on the site's day."""
    known = texts(archive)
    data = {id_: regulation for id_, (_, regulation) in known.items()}
    as_of = archive.project.as_of
    return {
        id_: RegulationEntry(
            id_,
            page,
            regulation,
            regulation_state(regulation, data, as_of),
            max((one.date for one in regulation.amendments if one.date <= as_of), default=None),
            *next(iter(_ends(regulation, data)), (None, None)),
        )
        for id_, (page, regulation) in known.items()
    }


def regulation_state(
    regulation: Regulation, known: Mapping[str, Regulation], as_of: date
) -> RegulationState:
    """Return the state of a regulation on the day `as_of`; `known` are all regulations by id.

    It is in force on its effective day and on the day it expires, but not on the day it is repealed or
    replaced. Without an effective day it is not yet in force. A draft that was replaced is none any more.
    """
    if regulation.draft:
        replaced = replaced_regulations(regulation, known)
        gone = replaced is not None and replaced <= as_of
        return RegulationState.REPEALED if gone else RegulationState.DRAFT
    if regulation.effective is None or regulation.effective > as_of:
        return RegulationState.TO_COME
    past = (state for day, state in _ends(regulation, known) if day <= as_of)
    return next(past, RegulationState.IN_FORCE)


def _ends(
    regulation: Regulation, known: Mapping[str, Regulation]
) -> list[tuple[date, RegulationState]]:
    """What ends a regulation, the first first: that counts; on one day 已废止 comes before 已失效."""
    repealed = (regulation.repealed, replaced_regulations(regulation, known))
    ends = [(day, RegulationState.REPEALED) for day in repealed if day]
    if regulation.expires:
        ends.append((regulation.expires + timedelta(days=1), RegulationState.EXPIRED))
    return sorted(ends, key=lambda end: (end[0], end[1] is RegulationState.EXPIRED))


def replaced_regulations(regulation: Regulation, known: Mapping[str, Regulation]) -> date | None:
    """Return the day the successor takes effect; None without one, or while that is a draft."""
    successor = known.get(regulation.replaced_by or "")
    return successor.effective if successor and not successor.draft else None


def events(entries: Mapping[str, RegulationEntry]) -> list[Event]:
    """Return the events of all regulations, the latest first; those of one day in their usual order."""
    known = {id_: entry.data for id_, entry in entries.items()}
    found = [event for entry in entries.values() for event in _events(entry, known)]
    return sorted(found, key=lambda event: event.date, reverse=True)


def _events(entry: RegulationEntry, known: Mapping[str, Regulation]) -> list[Event]:
    data = entry.data
    replaces = [f"《{known[id_].title}》" for id_ in data.replaces if id_ in known]
    dated: list[tuple[date | None, str, str]] = [
        (data.adopted.date, "审议通过", f"由{data.adopted.by}审议通过" if data.adopted.by else ""),
        (data.issued, "印发", "" if data.number in ("待补", "无文号") else data.number),
        (data.effective, "施行", f"代替{''.join(replaces)}" if replaces else ""),
    ]
    ends: list[tuple[date | None, str, str]] = [
        (data.repealed, "废止", ""),
        (data.expires, "有效期满", ""),
    ]
    successor = known.get(data.replaced_by or "")
    if successor:
        ends.append((replaced_regulations(data, known), "废止", f"由《{successor.title}》代替"))
    return [
        *(Event(day, what, detail, entry) for day, what, detail in dated if day),
        *(Event(step.date, "修改", step.summary, entry, step.articles) for step in data.amendments),
        *(Event(day, what, detail, entry) for day, what, detail in ends if day),
    ]


def overdue(entry: RegulationEntry, as_of: date) -> bool:
    """Return whether a regulation in force was due for review on or before the day `as_of`."""
    due = entry.data.review_due
    in_force = entry.state is RegulationState.IN_FORCE
    return in_force and due is not None and due <= as_of
