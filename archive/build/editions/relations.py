"""Relations between entered figures that a reader may guess from their numbers, though none is said.

A public whole that is exactly what public parts and one withheld small number make together: the parts
differ in kind within one period, or they are of periods that do not overlap. It may be by chance, so it
is advice, no fault.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from archive.build.editions.primary import suppression_threshold, why_figure
from archive.facts.figures import Value
from archive.facts.site import Site

_MOST = 50_000
"""Sums of parts that are tried for one whole."""
_ALL = 2_000_000
"""Sums that are tried for all of them: a few seconds."""
_NAME = 2
"""Names of one family have so many characters in common, one after the other."""


def advice(site: Site) -> Iterator[tuple[str, str]]:
    """Each withheld small figure that public numbers may tell, and what to do, in Chinese."""
    for small, whole, parts in guessed(site):
        named = "、".join(_called(one) for one in parts)
        ids = "、".join(one.id for one in (small, *parts))
        yield (
            small.id,
            f"可能推得出：隐去的指标 {_called(small)}正好是 {_called(whole)}减去 {named}；"
            f"是其中数的，请在 {ids} 下写 part_of: {whole.id}，各数才会一起核对",
        )


def _called(value: Value) -> str:
    return f"{value.id}（{value.figure.name}）"


def guessed(site: Site) -> Iterator[tuple[Value, Value, Sequence[Value]]]:
    """Each withheld small number with a whole and the fewest other parts that tell it."""
    least = suppression_threshold(site)
    entered = [
        one
        for one in site.values.values()
        if not one.figure.counted and one.figure.counts_people and one.exact
    ]
    public = [one for one in entered if not why_figure(site, one)]
    left = iter(range(_ALL))
    for small in entered:
        if small.exact is None or (least is not None and small.exact >= least):
            continue
        for whole in public:
            known = small.figure.part_of == whole.id or small.indicator == whole.indicator
            if not known and _may_be_part(small, whole):
                others = [one for one in public if _may_be_part(one, whole)]
                parts = _rest(small, whole, others, left)
                if parts:
                    yield small, whole, parts
                    break


def _may_be_part(part: Value, whole: Value) -> bool:
    one, other = part.figure, whole.figure
    return (
        part is not whole
        and one.unit == other.unit
        and (one.period == other.period or one.period.kind == other.period.kind == "时期")
        and one.period.lies_in(other.period)
        and any(name in other.name for name in _pieces(one.name))
    )


def _pieces(name: str) -> Iterator[str]:
    for at in range(len(name) - _NAME + 1):
        yield name[at : at + _NAME]


def _rest(
    small: Value, whole: Value, public: Sequence[Value], left: Iterator[int]
) -> Sequence[Value]:
    """The fewest public parts that with the small one make the whole; empty if none do.

    `left` has an item for each sum that may still be tried.
    """
    wanted = (whole.exact or Decimal(0)) - (small.exact or Decimal(0))
    by_kind = [one for one in public if one.figure.period == small.figure.period]
    by_time = [one for one in public if not one.figure.period.overlaps(small.figure.period)]
    tried = 0
    for others, in_time in ((by_kind, False), (by_time, True)):
        if not in_time and small.figure.period != whole.figure.period:
            continue
        for number in range(1, len(others) + 1):
            for parts in combinations(others, number):
                tried += 1
                if tried > _MOST or next(left, None) is None:
                    return ()
                if sum(one.exact or Decimal(0) for one in parts) != wanted:
                    continue
                if in_time and any(one.figure.period.overlaps(other.figure.period) for one, other in combinations(parts, 2)):  # fmt: skip
                    continue
                return parts
    return ()
