"""Small groups of people that are known as a sum or as a difference of sums.

A reader may add and subtract sums as often as he likes. What he can get that way is the row space
of the relations. A group is told if its sum, each member once and nobody else, is in that space.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from archive.build.editions.intervals import Relation

_MOST = 12
"""With more independent sums of small unknowns than this, each of them counts as a group."""

Row = dict[int, Fraction]


def small_groups(
    relations: Sequence[Relation], true: Sequence[Fraction], people: Collection[int], least: int
) -> list[frozenset[int]]:
    """The groups of unknowns that are told, and are some people but fewer than `least` together."""
    small = {one for one in people if true[one] < least}
    if not any(true[one] for one in small):
        return []
    rows = _reduced(_within(small, relations))
    if len(rows) > _MOST:
        return [frozenset(row) for row in rows]
    plain = [one.numerator if one.denominator == 1 else one for one in true]
    return [
        frozenset(group)
        for group in _sums_of(rows)
        if all(factor == 1 for factor in group.values())
        and 0 < sum([plain[one] for one in group]) < least
    ]


def _within(small: set[int], relations: Sequence[Relation]) -> list[Row]:
    """Independent sums that can be had from the relations, of the unknowns in `small` alone."""
    left = [{one: Fraction(factor) for one, factor in row.terms.items()} for row in relations]
    others = sorted({one for row in left for one in row} - small)
    for other in others:
        pivot = next((row for row in left if other in row), None)
        if pivot is not None:
            left.remove(pivot)
            left = [_without(row, other, pivot) for row in left]
    return [row for row in left if row]


def _reduced(rows: list[Row]) -> list[Row]:
    """The same sums such that each has an unknown, with the factor 1, that no other has."""
    done: list[Row] = []
    left = rows
    while left:
        pivot = left.pop(0)
        first = min(pivot)
        pivot = {one: factor / pivot[first] for one, factor in pivot.items()}
        done = [*(_without(row, first, pivot) for row in done), pivot]
        left = [row for row in (_without(row, first, pivot) for row in left) if row]
    return done


def _without(row: Row, one: int, pivot: Row) -> Row:
    """The row less so much of `pivot` that the unknown `one` is not in it."""
    if one not in row:
        return row
    times = row[one] / pivot[one]
    found = {other: row.get(other, Fraction(0)) - times * pivot.get(other, Fraction(0)) for other in {**row, **pivot}}  # fmt: skip
    return {other: factor for other, factor in found.items() if factor}


def _sums_of(rows: list[Row]) -> Iterator[Mapping[int, int | Fraction]]:
    """Every sum of some of the rows: in a group each row's own unknown is once or not at all."""
    sums: list[dict[int, int | Fraction]] = [{}]
    for row in rows:
        whole = {one: int(value) if value.denominator == 1 else value for one, value in row.items()}
        for found in list(sums):
            more = dict(found)
            for one, value in whole.items():
                if left := more.get(one, 0) + value:
                    more[one] = left
                else:
                    del more[one]
            sums.append(more)
            yield more
