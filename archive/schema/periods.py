"""Reference periods by their names: 2024, 2023-2025, 2024-H1, 2024-Q3, 2024-03, 2024-03-05."""

import re
from calendar import monthrange
from datetime import date, timedelta

from archive.schema.types import FIRST_DAY, LAST_DAY, Span

_NAME = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:(?P<last>[0-9]{4})|H(?P<half>[12])|Q(?P<quarter>[1-4])"
    r"|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?))?"
)
FORMS = "2024、2023-2025、2024-H1（上半年）、2024-Q1（一季度）、2024-03、2024-03-05"
"""How names are written, for messages."""

_HALVES, _QUARTERS = "上下", "一二三四"


def named_span(name: str) -> Span | None:
    """The days that a name stands for; None for one that is no year, half-year, quarter, month or day."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    year = int(found["year"])
    last, first_month, months = int(found["last"] or year), 1, 12
    if found["half"]:
        first_month, months = 6 * int(found["half"]) - 5, 6
    elif found["quarter"]:
        first_month, months = 3 * int(found["quarter"]) - 2, 3
    elif found["month"]:
        first_month, months = int(found["month"]), 1
    if not FIRST_DAY.year < year <= last <= LAST_DAY.year or (found["last"] and last == year):
        return None
    end_month = first_month + months - 1
    end = date(last, end_month, monthrange(last, end_month)[1])
    if not found["day"]:
        return Span(start=date(year, first_month, 1), end=end)
    number = int(found["day"])
    if not 1 <= number <= end.day:
        return None
    day = date(year, first_month, number)
    return Span(start=day, end=day)


def period_name(span: Span) -> str:
    """The name of a span of days; empty if it has none, or one of its dates is not known."""
    if span.start is None or span.end is None:
        return ""
    year, month = span.start.year, span.start.month
    names = (
        f"{year}",
        f"{year}-{span.end.year}",
        f"{year}-H{(month + 5) // 6}",
        f"{year}-Q{(month + 2) // 3}",
        f"{year}-{month:02}",
        span.start.isoformat(),
    )
    wanted = Span(start=span.start, end=span.end)
    return next((name for name in names if named_span(name) == wanted), "")


def spoken(name: str) -> str:
    """A name as people say it: 2024年上半年; that of an event as it is written."""
    found = _NAME.fullmatch(name)
    if found is None or named_span(name) is None:
        return name
    year = f"{found['year']}年"
    if found["last"]:
        return f"{found['year']}—{found['last']}年"
    if found["half"]:
        return f"{year}{_HALVES[int(found['half']) - 1]}半年"
    if found["quarter"]:
        return f"{year}{_QUARTERS[int(found['quarter']) - 1]}季度"
    month = f"{int(found['month'])}月" if found["month"] else ""
    return year + month + (f"{int(found['day'])}日" if found["day"] else "")


def before(span: Span) -> Span | None:
    """The span of the same kind right before one that has a name; None for others."""
    name = period_name(span)
    if not name or span.start is None or span.end is None:
        return None
    end = span.start - timedelta(days=1)
    if len(name) == len("2024-03-05"):
        return Span(start=end, end=end)
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    first = span.start.year * 12 + span.start.month - 1 - months
    return Span(start=date(first // 12, first % 12 + 1, 1), end=end)


def year_before(span: Span) -> Span | None:
    """The same half-year, quarter, month or day of the year before; None for others."""
    name = period_name(span)
    if len(name) in (4, 9) or not name:
        return None
    return named_span(f"{int(name[:4]) - 1}{name[4:]}")
