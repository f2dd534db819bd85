"""From records to values: counting, completeness, state, rounding, print."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.facts.figures import (
    FigureState,
    Value,
    around_unit,
    count_records,
    format_decimal,
    rounded,
    select,
)
from archive.schema.register import Counted, Period
from tests.samples.collections import Volunteering
from tests.samples.sample import FIGURES, RECORD, edited, read
from tests.samples.tables import figure_entry, table_site

ENTRY = "data/figures.yml"


def record(number: int, **fields: object) -> dict[str, str | bytes | None]:
    lines = [line.partition(":")[0] for line in RECORD.splitlines()]
    values = dict(line.split(": ", 1) for line in RECORD.splitlines() if ": " in line)
    text = "".join(f"{name}: {fields.get(name, values.get(name, ''))}\n" for name in lines)
    return {f"data/volunteering/r{number}.yml": text}


RECORDS = {
    **record(1, date="2022-12-31", kind="疫情防控"),
    **record(2, date="2023-01-01", kind="疫情防控", participants=7, hours_each=1.25),
    **record(3, date="2025-12-31", participants=3, hours_each=2, services=4),
    **record(4, date="2026-01-01"),
    "data/volunteering/2024/20240305-a.yml": None,
    **edited("data/unit.yml", "  start: 2023-01-01\n  end: 2025-12-31", "  start:\n  end:"),
}
THREE_YEARS = Period(kind="时期", start=date(2023, 1, 1), end=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Counted(collection="volunteering", measure="count"), 2),
        (Counted(collection="volunteering", measure="sum", field="hours"), Decimal("14.75")),
        (Counted(collection="volunteering", measure="sum", field="services"), 34),
        (Counted(collection="volunteering", measure="distinct", field="kind"), 2),
        (
            Counted(
                collection="volunteering",
                measure="sum",
                field="participants",
                where={"kind": "疫情防控"},
            ),
            7,
        ),
        (Counted(collection="volunteering", measure="count", where={"kind": "植树造林"}), 0),
    ],
)
def test_counting_stays_inside_the_period(
    tmp_path: Path, counted: Counted, expected: Decimal | int
) -> None:
    records = read(tmp_path, RECORDS).archive.of(Volunteering)
    assert len(records) == 4
    assert count_records(counted, select(counted, THREE_YEARS, records)) == expected


def test_a_period_that_is_not_dated_takes_in_all_records(tmp_path: Path) -> None:
    records = read(tmp_path, RECORDS).archive.of(Volunteering)
    undated = Period(kind="时期", start=None, end=None)
    assert len(select(Counted(collection="volunteering", measure="count"), undated, records)) == 4


@pytest.mark.parametrize(
    ("complete", "approved", "shown", "state"),
    [
        ("", "", None, FigureState.UNFILLED),
        ("2025-12-30", "", None, FigureState.UNFILLED),
        ("2025-12-31", "", 1, FigureState.PRELIMINARY),
        ("2026-02-28", "", 1, FigureState.PRELIMINARY),
        ("2025-12-31", "2026-01-06", 1, FigureState.APPROVED),
        ("", "2026-01-06", None, FigureState.UNFILLED),
    ],
)
def test_records_count_only_when_they_are_declared_complete(
    tmp_path: Path, complete: str, approved: str, shown: int | None, state: FigureState
) -> None:
    text = FIGURES.replace("complete_through:\n", f"complete_through: {complete}\n")
    head, _, tail = text.partition("  approved:\n    by:\n    date:\n")
    who = "乙" if approved else ""
    text = f"{head}  approved:\n    by: {who}\n    date: {approved}\n{tail}"
    value = read(tmp_path, {ENTRY: text}).values["activities"]
    assert value == Value(
        "activities",
        value.figure,
        None if shown is None else Decimal(shown),
        Decimal(1),
        1,
        state,
    )
    assert value.number == ("***" if shown is None else "1")


def test_a_period_without_dates_is_never_complete(tmp_path: Path) -> None:
    text = FIGURES.replace("complete_through:\n", "complete_through: 2025-12-31\n")
    text = text.replace("    start: 2023-01-01\n    end: 2025-12-31\n", "    start:\n    end:\n")
    value = read(tmp_path, {ENTRY: text}).values["activities"]
    assert (value.exact, value.provisional_count, value.state) == (
        None,
        Decimal(1),
        FigureState.UNFILLED,
    )


REVISED = "  revisions:\n    - {kind: 更正, date: 2026-02-01, old: 95, new: 96, reason: 漏登}\n"


@pytest.mark.parametrize(
    ("fields", "number", "state"),
    [
        ("  value: 96\n", "近百", FigureState.PRELIMINARY),
        ("  value: 96\n" + REVISED, "近百", FigureState.PRELIMINARY),
        ("  value: 96\n  retired: 2026-02-01\n", "近百", FigureState.RETIRED),
        ("  value:\n", "近百", FigureState.UNFILLED),
    ],
)
def test_an_approximation_keeps_its_words(
    tmp_path: Path, fields: str, number: str, state: FigureState
) -> None:
    value = read(tmp_path, edited(ENTRY, "  value:\n", fields)).values["visited"]
    assert (value.number, value.state) == (number, state)


@pytest.mark.parametrize(
    ("words", "unit", "exact", "printed", "shown"),
    [
        ("约300", "人", None, ("约300", "人"), "约300"),
        ("300以上", "人", None, ("300", "人以上"), "300以上"),
        ("300以上", "人", 300, ("300", "人以上"), "300以上"),
        ("3多", "年", None, ("3", "年多"), "3多"),
        ("300余", "人次", 301, ("300余", "人次"), "300余"),
        ("过半", "%", 51, ("过半", ""), "过半"),
        ("超九", "成", None, ("超九", "成"), "超九"),
        ("…以上", "人", 1987, ("1900", "人以上"), "1900以上"),
        ("…以上", "人", None, ("***", "人以上"), "***以上"),
        ("约…", "人", 1987, ("约2000", "人"), "约2000"),
        ("约…", "人", None, ("约***", "人"), "约***"),
        ("许多", "人", None, ("许多", "人"), "许多"),
        ("近…", "人", 7, ("近…", "人"), "近…"),
    ],
)
def test_words_stand_around_the_unit(
    words: str, unit: str, exact: int | None, printed: tuple[str, str], shown: str
) -> None:
    figure = figure_entry("走访", unit, approximation=words, value=exact)
    value = table_site([], {"visited": figure}).values["visited"]
    assert ((value.number, value.unit), value.shown) == (printed, shown)
    assert around_unit(figure, value.shown) == printed


def test_approved_and_then_revised(tmp_path: Path) -> None:
    text = FIGURES.replace("  value:\n", "  value: 96\n" + REVISED)
    head, _, tail = text.rpartition("  approved:\n    by:\n    date:\n")
    text = f"{head}  approved:\n    by: 乙\n    date: 2026-01-06\n{tail}"
    assert read(tmp_path, {ENTRY: text}).values["visited"].state is FigureState.REVISED


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0", 0, "0"),
        ("9999", 0, "9999"),
        ("10000", 0, "10,000"),
        ("1234567.5", 1, "1,234,567.5"),
        ("2.5", 0, "2"),
        ("3.5", 0, "4"),
        ("2.50", 2, "2.50"),
        ("0.125", 2, "0.12"),
    ],
)
def test_print(value: str, decimals: int, text: str) -> None:
    assert format_decimal(Decimal(value), decimals) == text


@given(st.decimals(0, 10**9, places=4), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_step_at_most(value: Decimal, decimals: int) -> None:
    assert abs(rounded(value, decimals) - value) <= Decimal(1).scaleb(-decimals) / 2
