"""Timelines as inline SVG: positions in per cent, text in pixels, so that they are legible on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.render.text import plain_text

_LINE, _TRACK, _HEAD, _FOLD = 18, 24, 22, 22
"""Heights in pixels of a line of text, a track and the row of years; characters in a line on a phone."""

MAX_ROWS = 10
"""Most rows of one drawing, so that it fits a screen and a sheet of paper even with long titles."""

_SHAPES = {
    "授予": '<circle r="5"/>',
    "复查": '<path d="M-6 0L0-6L6 0L0 6Z"/>',
    "撤销": '<path class="cross" d="M-5-5L5 5M-5 5L5-5"/>',
}
LEGEND = "圆点为授予，菱形为复查，叉为撤销，横条为有效期，短竖线为期满，竖虚线为今天"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row: its label, its marks as (kind, day), the end of its term, and the same as text."""

    label: str
    marks: tuple[tuple[str, date], ...]
    end: date | None
    tooltip: str

    @property
    def days(self) -> list[date]:
        """The days of its marks and its end."""
        return [day for _, day in self.marks] + ([self.end] if self.end else [])


def timeline(title: str, rows: Sequence[TimelineRow], today: date) -> str:
    """SVG of the rows, one under another, on one axis of whole years that includes `today`.

    Each row must have a day. Many rows are split into drawings of about the same length, so that
    the years stay in sight.
    """
    days = [day for row in rows for day in row.days] + [today]
    axis = _Axis(min(days).year, max(days).year)
    number = -(-len(rows) // MAX_ROWS)
    length = -(-len(rows) // number)
    parts = [rows[at : at + length] for at in range(0, len(rows), length)]
    titles = [title if number == 1 else f"{title}（{at}/{number}）" for at in range(1, number + 1)]
    drawings = zip(titles, parts, strict=True)
    return "\n\n".join(_drawing(name, part, axis, today) for name, part in drawings)


def _drawing(title: str, rows: Sequence[TimelineRow], axis: "_Axis", today: date) -> str:
    top, drawn, texts = _HEAD, [], []
    for row in rows:
        part, height = _row(row, axis, top)
        drawn.append(part)
        texts.append(f"{row.label}：{row.tooltip}")
        top += height
    years = "".join(
        f'<text x="{axis.at(date(year, 1, 1))}" y="12">{year}</text>' for year in axis.years()
    )
    now = axis.at(today)
    return (
        f'<svg class="timeline" role="img" width="100%" height="{top}">'
        f'<title>{plain_text(title)}</title><desc class="mask">{plain_text("。".join(texts))}</desc>'
        f'<line class="today" x1="{now}" x2="{now}" y1="{_HEAD - 4}" y2="{top}"/>'
        f"{years}{''.join(drawn)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int

    def at(self, day: date) -> str:
        """The position of a day in per cent, from 2 to 98 so that no mark is cut off at the edges."""
        start, end = date(self.first, 1, 1), date(self.last + 1, 1, 1)
        return f"{2 + 96 * (day - start).days / (end - start).days:.2f}%"

    def years(self) -> range:
        """The years that are labelled: at most six, as a phone is narrow."""
        return range(self.first, self.last + 1, -(-(self.last + 1 - self.first) // 6))


def _row(row: TimelineRow, axis: _Axis, top: int) -> tuple[str, int]:
    lines = [row.label[at : at + _FOLD] for at in range(0, len(row.label), _FOLD)]
    texts = "".join(
        f'<text class="mask" x="0" y="{top + 14 + _LINE * index}">{plain_text(line)}</text>'
        for index, line in enumerate(lines)
    )
    middle = top + _LINE * len(lines) + _TRACK // 2 - 2
    parts = [f'<line x1="0" x2="100%" y1="{middle}" y2="{middle}"/>']
    if row.end:
        end = axis.at(row.end)
        parts.append(
            f'<line class="end" x1="{end}" x2="{end}" y1="{middle - 6}" y2="{middle + 6}"/>'
        )
    if row.end and row.marks:
        ends = axis.at(row.marks[0][1]), axis.at(row.end)
        parts.append(
            f'<line class="span" x1="{ends[0]}" x2="{ends[1]}" y1="{middle}" y2="{middle}"/>'
        )
    parts += [
        f'<svg x="{axis.at(day)}" y="{middle}">{_SHAPES[kind]}</svg>' for kind, day in row.marks
    ]
    return texts + "".join(parts), _LINE * len(lines) + _TRACK
