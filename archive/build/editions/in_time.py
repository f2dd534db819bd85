"""How the observations of one indicator make each other: what is from one day to another is a difference.

Where a period begins and the day after its end are points in time, and an observation is what the indicator
has grown by between two of them. So whatever follows by adding and subtracting periods, of any lengths and
also of such that overlap, follows from the pieces between neighbouring points: each observation is a sum of
them, and some are observed themselves.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

Days = tuple[date, date]
"""Where a period begins, and the day after it ends."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """An observation as the sum of pieces: those that are observed, and those that are not."""

    whole: str
    parts: tuple[str, ...]
    gaps: tuple[tuple[Days, Decimal], ...]
    """Piece that is not observed → what it may be: of several that are one after the other any share."""


def days(start: date, end: date) -> Days:
    """The points in time of a period, whose last day is `end`."""
    return start, end + timedelta(days=1)


@lru_cache(10_000)  # most are the same in every edition published before
def pieces(periods: tuple[tuple[str, Days], ...], numbers: tuple[Decimal, ...]) -> list[Pieces]:
    """Return each observation that is a sum of several pieces; those that cannot be so are left out.

    `numbers` are those of the observations, whose keys stand before their periods.

    It cannot if some number would have to be less than 0, or if shorter periods make something else
    together: the indicator is none to be summed, or a number was corrected alone.
    """
    grown = _Grown()
    known = dict(zip((days for _, days in periods), numbers, strict=True))
    for period in sorted(known, key=lambda one: (one[1] - one[0], one)):
        grown.add(period, known[period])
    points = grown.points()
    if points is None:
        return []
    found = []
    order = {point: at for at, (point, _) in enumerate(points)}
    observed = {days: key for key, days in periods if days in grown.kept}
    for days, key in observed.items():
        first, last = order[days[0]], order[days[1]]
        if last - first < 2:
            continue
        parts, gaps = [], []
        for (begin, low), (end, high) in zip(
            points[first:last], points[first + 1 : last + 1], strict=True
        ):
            if (begin, end) in observed:
                parts.append(observed[begin, end])
            else:
                gaps.append(((begin, end), high - low))
        found.append(Pieces(key, tuple(parts), tuple(gaps)))
    return found


@dataclass(slots=True)
class _Grown:
    """What an indicator has grown by until each point, within each group of points that are linked."""

    kept: set[Days] = field(default_factory=set)
    _group: dict[date, int] = field(default_factory=dict)
    _members: dict[int, dict[date, Decimal]] = field(default_factory=dict)

    def add(self, period: Days, number: Decimal) -> None:
        """Link the two points of a period, unless what is known contradicts it."""
        begin, end = (self._at(point) for point in period)
        first, second = self._members[begin], self._members[end]
        if begin == end:
            if second[period[1]] - first[period[0]] == number:
                self.kept.add(period)
            return
        shift = first[period[0]] + number - second[period[1]]
        joined = first | {point: value + shift for point, value in second.items()}
        values = [joined[point] for point in sorted(joined)]
        if any(later < earlier for earlier, later in pairwise(values)):
            return
        self.kept.add(period)
        self._members[begin] = joined
        del self._members[end]
        self._group |= dict.fromkeys(second, begin)

    def _at(self, point: date) -> int:
        if point not in self._group:
            self._group[point] = len(self._group)
            self._members[self._group[point]] = {point: Decimal(0)}
        return self._group[point]

    def points(self) -> list[tuple[date, Decimal]] | None:
        """All points in order, with a growth that fits every group; None if there is none.

        How far each group is above the others is not known: it is the least that they allow.
        """
        order = sorted(self._group)
        above: dict[int, Decimal] = defaultdict(Decimal)
        for _ in range(len(self._members) + 1):
            changed = False
            for earlier, later in pairwise(order):
                one, other = self._group[earlier], self._group[later]
                least = above[one] + self._members[one][earlier] - self._members[other][later]
                if above[other] < least:
                    above[other], changed = least, True
            if not changed:
                return [
                    (point, above[group] + self._members[group][point])
                    for point in order
                    for group in (self._group[point],)
                ]
        return None
