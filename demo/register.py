"""Fill every figure of the register from its definition: values, signatures, a revision."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from archive.facts.approximation import Approximation, parse
from archive.schema.register import MARK

Entry = dict[str, Any]

# Values that suit the sentences of the report; `_value` gives other figures one.
_VALUES = {
    "games_session": 8,
    "games_events_placed": 5,
    "rope_skipping_place": 2,
    "branch_stars": 4,
}
# Figures not yet approved, so that this state can be seen.
_PRELIMINARY = ("early_warnings", "assistance_funds")
_REDEFINED = ("volunteer_services",)
"""Counted otherwise in the first year."""
# What was changed after it was approved: figure, kind of change, day, difference, reason.
_CHANGED = (
    ("brief_bulletins", "修订", date(2026, 2, 3), 3, "示例：补录三篇"),
    ("epidemic_volunteers", "更正", date(2026, 3, 10), -12, "示例：一次活动的人数计了两遍"),
)
_CHANGED_YEAR = 2024
_NOBODY = {"by": None, "date": None}


def _signed(year: int, approved: bool = True) -> Entry:
    """Who signed a figure of a period that ended with a year."""
    return {
        "prepared": {"by": "示例填报人", "date": date(year + 1, 1, 8)},
        "reviewed": {"by": "示例审核人", "date": date(year + 1, 1, 12)},
        "approved": {"by": "示例核定人", "date": date(year + 1, 1, 16)} if approved else _NOBODY,
    }


def filled(register: Mapping[str, Entry], start: date, end: date) -> dict[str, Entry]:
    """The register with a value or a complete count for every figure: id → entry.

    What the bureau has filled in is replaced. `start` and `end` are the period of the records; what is counted
    has its single years as well.
    """
    preliminary = _chosen(_PRELIMINARY, register)
    redefined = _chosen(_REDEFINED, [id_ for id_ in register if register[id_].get("counted")])
    seen: list[Any] = []
    found: dict[str, Entry] = {}
    for id_, entry in register.items():
        if MARK in id_:
            continue
        point = entry["period"]["kind"] == "时点"
        period = {**entry["period"], "start": None if point else start, "end": end}
        # Figures with the same rule differ only by their periods, so those are kept.
        if (rule := entry.get("counted")) and rule in seen:
            period = entry["period"]
        seen.append(rule)
        found[id_] = {
            **{
                name: value for name, value in entry.items() if name not in ("revisions", "retired")
            },
            "period": period,
            "source": entry["source"] or "示例台账",
            "office": "示例综合科",
            "disclosure": "公开",
            **_signed(end.year, id_ not in preliminary),
            **({"complete_through": end} if rule else {"value": _value(id_, entry)}),
        }
        for year in range(start.year, end.year + 1) if rule else ():
            found[f"{id_}{MARK}{year}"] = _signed(year, year < end.year or id_ not in preliminary)
        if id_ in redefined:
            found[f"{id_}{MARK}{start.year}"] |= {
                "definition": f"{entry['definition']}示例：当年另含临时登记的。",
                "note": "示例：下一年起口径改变",
            }
    return found


def agreeing(
    register: Mapping[str, Entry], values: Mapping[str, Decimal | None]
) -> dict[str, Entry]:
    """The register without approximations that `values` contradict, approved, with one indicator revised, one corrected.

    `values` is id → exact value, as counted from the records. What is changed is the value of a year that was
    reported, and of the period it is a part of.
    """
    found, changed = {}, _changed([id_ for id_ in register if register[id_].get("counted")])
    for id_, entry in register.items():
        value = values.get(id_)
        words = entry.get("approximation")
        if words and value is not None and not parse(words, entry["unit"]).allows(value):
            entry = {**entry, "approximation": None}
        old = value
        if id_ in changed and value is not None and value > (more := changed[id_][2]):
            kind, day, _, reason = changed[id_]
            old = value - more
            change = {"kind": kind, "date": day, "old": _plain(old), "new": _plain(value)}
            entry = {**entry, "revisions": [change | {"reason": reason, "by": "示例核定人"}]}
        if entry["approved"]["date"] and old is not None:
            entry = {**entry, "approved": {**entry["approved"], "value": _plain(old)}}
        found[id_] = entry
    return found


def _changed(counted: list[str]) -> dict[str, tuple[str, date, int, str]]:
    """Id → kind, day, difference and reason of a change; in place of an indicator that is gone, another."""
    found: dict[str, tuple[str, date, int, str]] = {}
    for wanted, kind, day, more, reason in _CHANGED:
        for id_ in _chosen((wanted,), [one for one in counted if one not in found]):
            found[id_] = found[f"{id_}{MARK}{_CHANGED_YEAR}"] = kind, day, more, reason
    return found


def _chosen(wanted: tuple[str, ...], ids: Mapping[str, Any] | list[str]) -> tuple[str, ...]:
    """The wanted ids that are in `ids`; if none is, the first of `ids`."""
    return tuple(id_ for id_ in wanted if id_ in ids) or tuple(ids)[:1]


def _value(id_: str, entry: Entry) -> int:
    """A value that fits the approximation; else 1 for a part of a figure, else one like the mask."""
    if id_ in _VALUES:
        return _VALUES[id_]
    if words := entry.get("approximation"):
        return _allowed(parse(words, entry["unit"]))
    return 1 if entry.get("part_of") else int("4213657"[: len(entry["mask"] or "*")])


def _allowed(words: Approximation) -> int:
    """The first number tried that the approximation allows; 1 if none is."""
    powers = [int(f"1{'0' * place}") for place in range(9)]
    tried = (power * tenths // 10 for power in powers for tenths in range(10, 100))
    return next((number for number in tried if words.allows(Decimal(number))), 1)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
