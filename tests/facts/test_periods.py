"""Reference periods by their names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema.periods import before, named_span, period_name, spoken, year_before
from archive.schema.types import Span


def span(start: str, end: str) -> Span:
    return Span(start=date.fromisoformat(start), end=date.fromisoformat(end))


@pytest.mark.parametrize(
    ("name", "start", "end", "said"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024年"),
        ("2023-2025", "2023-01-01", "2025-12-31", "2023—2025年"),
        ("2024-H1", "2024-01-01", "2024-06-30", "2024年上半年"),
        ("2024-H2", "2024-07-01", "2024-12-31", "2024年下半年"),
        ("2024-Q3", "2024-07-01", "2024-09-30", "2024年三季度"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2023-02", "2023-02-01", "2023-02-28", "2023年2月"),
        ("2024-03-05", "2024-03-05", "2024-03-05", "2024年3月5日"),
    ],
)
def test_a_name_and_its_days(name: str, start: str, end: str, said: str) -> None:
    assert named_span(name) == span(start, end)
    assert period_name(span(start, end)) == name
    assert spoken(name) == said


@pytest.mark.parametrize(
    "name", ["", "24", "2024-13", "2024-02-30", "2023-02-29", "2025-2023", "2024-2024", "2024-H3", "2024-Q5", "2024年", "第八届", "1900", "２０２４", "2024-1"]
)  # fmt: skip
def test_what_is_no_name(name: str) -> None:
    assert named_span(name) is None
    assert spoken(name) == name


@pytest.mark.parametrize(
    ("name", "earlier", "a_year_ago"),
    [
        ("2024", "2023", ""),
        ("2023-2025", "2020-2022", ""),
        ("2024-H1", "2023-H2", "2023-H1"),
        ("2024-Q1", "2023-Q4", "2023-Q1"),
        ("2024-03", "2024-02", "2023-03"),
        ("2024-01", "2023-12", "2023-01"),
        ("2024-03-01", "2024-02-29", "2023-03-01"),
        ("2024-02-29", "2024-02-28", ""),
    ],
)
def test_what_came_before(name: str, earlier: str, a_year_ago: str) -> None:
    there = named_span(name)
    assert there
    found, year = before(there), year_before(there)
    assert found
    assert period_name(found) == earlier
    assert (period_name(year) if year else "") == a_year_ago


def test_other_spans_have_no_name_and_nothing_before() -> None:
    for one in (span("2024-02-02", "2024-05-01"), Span(start=None, end=date(2024, 12, 31)), Span(start=None, end=None)):  # fmt: skip
        assert period_name(one) == ""
        assert before(one) is None
        assert year_before(one) is None


@given(st.text(alphabet="0123456789-HQ年上@", max_size=12))
def test_any_name_is_that_of_its_days(name: str) -> None:
    found = named_span(name)
    if found:
        assert named_span(period_name(found)) == found
        assert found.start
        assert found.end
        assert found.start <= found.end
