"""What a reader can work out from sums: exact ranges of unknown numbers, by rational arithmetic.

The unknowns are at least 0, and each `Relation` gives the exact sum of some of them. This is the
audit of the Handbook on Statistical Disclosure Control: the feasibility interval of an unknown is
the range of its values over all assignments that fit every relation. A number is safe once two
such assignments are found in which it differs by its protection width; they are witnesses, so what
is called safe is proved safe. No floating point: a rounding error could call a known number safe.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm

Terms = Mapping[int, int]
"""Unknown → its factor in a sum."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that a reader knows: these terms, which together make the sum of their true values."""

    terms: Terms


@dataclass(frozen=True, slots=True)
class Protected:
    """A sum of unknowns that must stay uncertain by at least `width`.

    Where `from_zero`, a reader already has to allow for 0, so that only the upper limit matters.
    """

    terms: Terms
    width: Fraction
    from_zero: bool = False


@dataclass(slots=True)
class Tableau:
    """The solutions of some relations, at one of their corners; each solution is a list of numbers."""

    true: Sequence[Fraction]
    """The true values, which fit all relations."""
    whole: bool
    """Whether a reader knows that the unknowns are whole numbers."""
    rows: dict[int, dict[int, Fraction]] = field(default_factory=dict)
    """Basic unknown → the other unknowns it depends on, each with its factor: x = x0 - factor · y."""
    point: list[Fraction] = field(default_factory=list)

    @classmethod
    def of(cls, relations: Iterable[Relation], true: Sequence[Fraction], whole: bool) -> "Tableau":
        """The tableau at a corner near the true values."""
        found = cls(true, whole, {}, list(true))
        for relation in relations:
            found._add({one: Fraction(factor) for one, factor in relation.terms.items() if factor})
        for other in range(len(true)):
            if other not in found.rows and found.point[other]:
                found._move(other, -1)
        return found

    def _add(self, row: dict[int, Fraction]) -> None:
        """Add a relation; one that follows from the others changes nothing."""
        for basic in [one for one in row if one in self.rows]:
            _subtract(row, self.rows[basic], row.pop(basic))
        if row:
            basic = min(row)
            self._enter(basic, row)

    def _enter(self, basic: int, row: dict[int, Fraction]) -> None:
        """Make an unknown basic by this row, and replace it in all other rows."""
        factor = row.pop(basic)
        row = {one: value / factor for one, value in row.items()}
        for other in self.rows.values():
            if basic in other:
                _subtract(other, row, other.pop(basic))
        self.rows[basic] = row

    def _move(self, other: int, way: int) -> bool:
        """Move a non-basic unknown up or down as far as all stay at least 0; False if without end."""
        step, leaving = (self.point[other], -1) if way < 0 else (None, -1)
        changes = {basic: row[other] * -way for basic, row in self.rows.items() if other in row}
        for basic in sorted(changes):
            if changes[basic] < 0:
                room = self.point[basic] / -changes[basic]
                if step is None or room < step:
                    step, leaving = room, basic
        if step is None:
            return False
        for basic, change in changes.items():
            self.point[basic] += change * step
        self.point[other] += way * step
        if leaving >= 0:
            row = self.rows.pop(leaving)
            row[leaving] = Fraction(1)
            self._enter(other, row)
        return True

    def corners(self, terms: Terms, way: int) -> Iterator[Sequence[Fraction] | None]:
        """Solutions on the way to the largest (1) or smallest (-1) sum; None if it has no limit."""
        while True:
            gain: dict[int, Fraction] = {}
            for one, factor in terms.items():
                if one in self.rows:
                    for other, value in self.rows[one].items():
                        gain[other] = gain.get(other, Fraction(0)) - value * factor * way
                else:
                    gain[one] = gain.get(one, Fraction(0)) + factor * way
            # The lowest-numbered unknown that helps (Bland's rule), so that no corner comes back.
            entering = min((one for one, value in gain.items() if value > 0), default=None)
            if entering is None:
                return
            if not self._move(entering, 1):
                yield None
                return
            yield self._solution()

    def _solution(self) -> Sequence[Fraction]:
        """The corner, or where unknowns are whole numbers, the nearest such point toward it."""
        if not self.whole or all(one.denominator == 1 for one in self.point):
            return list(self.point)
        ways = [now - true for now, true in zip(self.point, self.true, strict=True)]
        times = lcm(*(one.denominator for one in ways))
        steps = [int(one * times) for one in ways]
        common = gcd(*steps)
        return [
            true + step // common * (common // times)
            for true, step in zip(self.true, steps, strict=True)
        ]


def _subtract(row: dict[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> None:
    for one, value in other.items():
        left = row.get(one, Fraction(0)) - value * times
        if left:
            row[one] = left
        else:
            row.pop(one, None)


def total(terms: Terms, values: Sequence[Fraction]) -> Fraction:
    """The sum of the terms with these values of the unknowns."""
    return sum((values[one] * factor for one, factor in terms.items()), Fraction(0))


def told(
    relations: Sequence[Relation],
    true: Sequence[Fraction],
    protected: Sequence[Protected],
    whole: bool,
) -> list[int]:
    """The positions of the protected sums that a reader knows more closely than allowed."""
    tableau = Tableau.of(relations, true, whole)
    least = [Fraction(0) if one.from_zero else total(one.terms, true) for one in protected]
    most = [total(one.terms, true) for one in protected]
    left = set(range(len(protected)))

    def witness(values: Sequence[Fraction]) -> None:
        # Nearly all are whole numbers, which are added several times as fast.
        plain = [one.numerator if one.denominator == 1 else one for one in values]
        for at in list(left):
            terms = protected[at].terms
            found = Fraction(sum([plain[one] * factor for one, factor in terms.items()]))
            least[at], most[at] = min(least[at], found), max(most[at], found)
            if most[at] - least[at] >= protected[at].width:
                left.discard(at)

    witness(true)
    witness(tableau._solution())
    found = []
    for at, one in enumerate(protected):
        for way in (1, -1):
            if at not in left:
                break
            for corner in tableau.corners(one.terms, way):
                if corner is None:
                    left.discard(at)
                else:
                    witness(corner)
                if at not in left:
                    break
        if at in left:
            left.discard(at)
            found.append(at)
    return found
