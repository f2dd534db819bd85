"""The state of an honour on a day, and its full title: pure functions of a record."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from archive.facts.gather import Record
from archive.schema.honours import Honour, Review
from archive.schema.unit import HiddenName

NO_LEVEL, NO_YEAR = "级别待补", "年度待补"


def level_of(record: Record[Honour]) -> str:
    """Return the level that an honour is listed under."""
    return record.data.level or NO_LEVEL


def year_of(record: Record[Honour]) -> str:
    """Return the year that an honour is listed under."""
    return f"{record.data.date.year}年" if record.data.date else NO_YEAR


def newest_first(records: Iterable[Record[Honour]]) -> list[Record[Honour]]:
    """Return the records sorted by date, the latest first and those without a date last, then by id."""
    by_id = sorted(records, key=lambda record: record.id)
    return sorted(by_id, key=lambda record: record.data.date or date.min, reverse=True)


def anchor(level: str, year: str) -> str:
    """Return the anchor of a year within a level; it holds a `·`, which no honour's id does."""
    return f"{level}·{year.removesuffix('年')}"


class HonourState(StrEnum):
    """The state of an honour; the value is the word a reader sees."""

    VALID = "有效"
    KEPT = "保留"
    DUE = "待复查"
    ONCE = "一次性"
    EXPIRED = "已届满"
    WITHDRAWN = "已撤销"
    UNKNOWN = "待补"


IN_FORCE = (HonourState.VALID, HonourState.KEPT, HonourState.ONCE)
"""The states of an honour that is held; one that waits for its re-examination is told as due."""

# The state after the end of the term, where the record says what happens then.
_AFTER_THE_END = {"届满失效": HonourState.EXPIRED, "届满复查": HonourState.DUE}


def honour_state(honour: Honour, as_of: date) -> HonourState:
    """Return the state of the honour on that day; 待补 if the record does not say enough."""
    withdrawn = honour.withdrawn
    if withdrawn and (withdrawn.date is None or withdrawn.date <= as_of):
        return HonourState.WITHDRAWN
    if honour.term == "一次性":
        return HonourState.ONCE
    held = _held(honour, as_of)
    if held and held[-1].result == "限期整改":
        return HonourState.DUE
    end = valid_until(honour, as_of)
    if end is None:
        return HonourState.KEPT if held else HonourState.UNKNOWN
    if as_of > end:
        return _AFTER_THE_END.get(honour.term or "", HonourState.UNKNOWN)
    return HonourState.KEPT if held else HonourState.VALID


def valid_until(honour: Honour, as_of: date) -> date | None:
    """Return the last day of the term last confirmed, or else of the first; None if not known."""
    kept = [review for review in _held(honour, as_of) if review.result == "确认保留"]
    return kept[-1].until if kept else honour.term_end


def _held(honour: Honour, as_of: date) -> list[Review]:
    """Return the re-examinations up to that day; one without a date is taken to be past."""
    return [review for review in honour.reviews if review.date is None or review.date <= as_of]


def honour_title(honour: Honour, names: Mapping[str, HiddenName]) -> str:
    """Return the full title as plain text: the hidden name before it, or its mask, and the title."""
    name = names.get(honour.prefix or "")
    return (name.value or name.mask if name else "") + honour.title
