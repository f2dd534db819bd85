"""The arithmetic of suppression, against every assignment of small whole numbers."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, chain, combinations, product

from hypothesis import given
from hypothesis import strategies as st

from archive.build.editions.groups import small_groups
from archive.build.editions.in_time import pieces
from archive.build.editions.intervals import Protected, Relation, told

SUMS = st.lists(st.sets(st.integers(0, 4), min_size=1), max_size=4)
TRUE = st.lists(st.integers(0, 4), min_size=5, max_size=5)


def assignments(sums: list[set[int]], true: list[int]) -> list[tuple[int, ...]]:
    """All assignments with the same sums; what is in no sum stays between 0 and 5."""
    within = [
        min((sum(true[at] for at in one) for one in sums if unknown in one), default=5)
        for unknown in range(len(true))
    ]
    totals = [(group, sum(true[at] for at in group)) for group in sums]
    found: list[tuple[int, ...]] = [()]
    for unknown, most in enumerate(within):
        # What of a sum is not yet assigned is nothing or more.
        held = [
            ([at for at in group if at <= unknown], total, max(group) == unknown)
            for group, total in totals
            if unknown in group
        ]
        longer = ((*one, value) for one in found for value in range(most + 1))
        found = [
            one
            for one in longer
            if all(
                (so_far := sum(one[at] for at in part)) == total or (not whole and so_far < total)
                for part, total, whole in held
            )
        ]
    return found


@given(SUMS, TRUE, st.integers(1, 4))
def test_what_is_called_safe_is_safe(sums: list[set[int]], true: list[int], width: int) -> None:
    relations = [Relation(dict.fromkeys(sorted(one), 1)) for one in sums]
    protected = [Protected({at: 1}, Fraction(width)) for at in range(5)]
    found = told(relations, list(map(Fraction, true)), protected, whole=True)
    worlds = assignments(sums, true)
    for at in range(5):
        values = {one[at] for one in worlds}
        if at not in found:
            assert max(values) - min(values) >= width


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), max_size=4), TRUE, st.integers(1, 4))  # fmt: skip
def test_what_is_called_told_is_told(
    runs: list[tuple[int, int]], true: list[int], width: int
) -> None:
    """Sums over neighbours, whose corners are whole numbers."""
    sums = [set(range(start, min(start + length, 5))) for start, length in runs]
    relations = [Relation(dict.fromkeys(sorted(one), 1)) for one in sums]
    protected = [Protected({at: 1}, Fraction(width)) for at in range(5)]
    found = told(relations, list(map(Fraction, true)), protected, whole=True)
    worlds = assignments(sums, true)
    spreads = [max(one[at] for one in worlds) - min(one[at] for one in worlds) for at in range(5)]
    assert [at for at in found if spreads[at] >= width] == []


@given(SUMS, TRUE, st.integers(1, 6))
def test_small_groups_are_those_whose_sum_never_differs(
    sums: list[set[int]], true: list[int], least: int
) -> None:
    """Far away numbers are tried too, as a group is told by sums alone, not by what is least."""
    far = [one + 5 for one in true]
    relations = [Relation(dict.fromkeys(sorted(one), 1)) for one in sums]
    found = {
        frozenset(one) for one in small_groups(relations, list(map(Fraction, true)), range(5), least)
    }  # fmt: skip
    near = [
        one
        for one in product(*(range(value - 1, value + 2) for value in far))
        if all(sum(one[at] for at in group) == sum(far[at] for at in group) for group in sums)
    ]
    for group in chain.from_iterable(combinations(range(5), n) for n in range(1, 6)):
        told_ = len({sum(one[at] for at in group) for one in near}) == 1
        few = 0 < sum(true[at] for at in group) < least
        # With steps of one, a few sums seem never to differ though they may.
        assert (frozenset(group) in found) <= (told_ and few)
        if frozenset(group) in map(frozenset, sums) and few:
            assert frozenset(group) in found


def test_decimals_and_a_sum_without_limit() -> None:
    half = Fraction(1, 2)
    relation = [Relation({0: 1, 1: 1})]
    protected = [Protected({0: 1}, Fraction(1)), Protected({2: 1}, Fraction(10**9)), Protected({0: 1}, Fraction(2))]  # fmt: skip
    assert told(relation, [half, half, half], protected, whole=False) == [2]


BEGIN = date(2024, 1, 1)


@given(st.data())
def test_periods_are_sums_of_pieces(
    data: st.DataObject,
) -> None:
    """What grows day by day: each period is the sum of pieces, whichever periods there are."""
    grown = list(accumulate(data.draw(st.lists(st.integers(0, 5), min_size=2, max_size=8))))
    points = st.tuples(st.integers(0, len(grown) - 1), st.integers(0, len(grown) - 1))
    spans = data.draw(st.lists(points.filter(lambda one: one[0] < one[1]), max_size=8, unique=True))
    periods = {
        f"{begin}-{end}": (BEGIN + timedelta(begin), BEGIN + timedelta(end)) for begin, end in spans
    }
    numbers = {f"{begin}-{end}": Decimal(grown[end] - grown[begin]) for begin, end in spans}
    found = pieces(tuple(periods.items()), tuple(numbers.values()))
    for one in found:
        assert all(amount >= 0 for _, amount in one.gaps)
        made = sum(numbers[part] for part in one.parts) + sum(amount for _, amount in one.gaps)
        assert made == numbers[one.whole]
    between = {point for period in periods.values() for point in period}
    longer = [
        key for key, (begin, end) in periods.items() if any(begin < one < end for one in between)
    ]
    assert sorted(one.whole for one in found) == sorted(longer)
