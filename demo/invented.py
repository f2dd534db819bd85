"""Invented records of any ledger, from its description alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from archive.schema.ledgers import Ledger, LedgerField

MADE_UP = "示例"
"""How every invented text begins."""
A_YEAR = 4
"""Records of a year, where nothing else says how many."""


def records(
    ledger: Ledger, years: Sequence[int], ids: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and own fields of some records a year, the same every time.

    `ids` are those of the records of other collections, to which references lead.
    """
    numbers = count(1)
    for year in years:
        yearly = ledger.fields[ledger.yearly].choices if ledger.yearly else ()
        for at in range(len(_used(yearly)) or A_YEAR):
            number = next(numbers)
            day = date(year, 12, 31) if yearly else date(year, 1 + 3 * (at % 4), 5 + at % 20)
            fixed: dict[str, Any] = {"date": day}
            if ledger.yearly:
                fixed[ledger.yearly] = _used(yearly)[at]
            yield f"{year}-{number:03}", _record(ledger, number, fixed, ids)


def _record(
    ledger: Ledger, number: int, fixed: dict[str, Any], ids: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    found = dict(fixed)
    left = [name for name in ledger.fields if name not in found]
    while left:  # what depends on another field comes after it
        name = next(name for name in left if not set(ledger.fields[name].only) & set(left))
        left.remove(name)
        found[name] = _value(ledger, name, number, found, ids)
    units = ledger.units
    if units:
        found[units.unit] = units.of[found[units.by]]
        if found[units.unit] in units.whole:
            found[units.number] = Decimal(int(found[units.number]))
    return {name: found[name] for name in ledger.fields if _is_written(ledger, name, found)}


def _is_written(ledger: Ledger, name: str, found: Mapping[str, Any]) -> bool:
    return found[name] is not None or ledger.fields[name].need != "可以不写"


def _value(
    ledger: Ledger,
    name: str,
    number: int,
    found: Mapping[str, Any],
    ids: Mapping[str, Sequence[str]],
) -> Any:
    one = ledger.fields[name]
    for other, values in one.only.items():
        if str(found[other]).lower() not in values and found[other] not in values:
            return None
    if name in ledger.one_of and name != _of_two(ledger):
        return None
    if one.need != "必填" and not one.only and one.type == "附件" and name not in ledger.one_of:
        return None  # there is no such file
    return _of_type(one, number, found["date"], ids)


def _of_two(ledger: Ledger) -> str:
    """The field that is filled in of two of which just one is: rather not one that names a file."""
    return min(ledger.one_of, key=lambda name: ledger.fields[name].type == "附件")


def _of_type(one: LedgerField, number: int, day: date, ids: Mapping[str, Sequence[str]]) -> Any:
    low, high = one.min or Decimal(0), one.max
    if one.type in ("整数", "小数"):
        value = low + number % 7 + 3
        value = low if high is not None and value > high else value
        return int(value) if one.type == "整数" else value
    if one.type == "选择":
        used = _used(one.choices)
        return used[number % len(used)]
    if one.type == "引用":
        known = ids.get(one.of or "", ())
        return known[number % len(known)] if known else None
    if one.type == "日期":
        return day
    if one.type == "起止日期":
        return {"start": day, "end": day}
    if one.type == "是否":
        return number % 2 == 0
    if one.type == "附件":
        return "files/示例.txt"
    text = f"{MADE_UP}{one.label}第{number}号"
    return [text] if one.type == "列表" else text


def _used(choices: Sequence[Any]) -> list[str]:
    """The choices that are not retired; all of them if every one is."""
    return [one.label for one in choices if not one.retired] or [one.label for one in choices]
