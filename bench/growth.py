"""How each cost of our site grows with its pages and its records, and whether it grows faster than they do."""

from collections.abc import Iterator, Mapping, Sequence
from math import log

from bench.measure import Seconds
from bench.sites import Size
from bench.table import (
    BUILD,
    CHECK,
    LONG,
    MEMORY,
    ONE_CHANGED,
    PAGE,
    RECORD,
    RECORDS,
    SMALL,
    WARM,
    Rows,
    listed,
)  # fmt: skip

PAGES = (SMALL, LONG, Size(2_000, 2_000))
AMOUNTS = (SMALL, Size(60, 20_000), RECORDS)
"""The sizes in which pages alone and records alone grow, three of each."""
COSTS = (BUILD, WARM, ONE_CHANGED, CHECK, RECORD, PAGE, MEMORY)
MOST = 1.15
"""The exponent from which a cost grows faster than its work.

Sorting, n · log n, has 1.14 from 600 to 2,000 and 1.09 from 20,000 to 100,000: the most that is allowed. A
cost in proportion to its work may be measured a fifth too high by chance, as other load can make it.
"""
CLEARLY, CHANCE = 3, 0.2
"""How many times the smallest cost one has to be to have grown; the part of it below which it has not."""
LEAST = 0.05
"""Seconds of processor time below which differences are chance."""


def exponent(work: Sequence[float], costs: Sequence[float]) -> float:
    """The k of cost ~ work ** k, of three sizes; that of what the smallest costs is taken off.

    So a fixed part does not hide a square. Where the largest costs less than `CLEARLY` times the
    smallest, nothing is taken off: the differences are too much those of chance.
    """
    fixed, done = (costs[0], work[0]) if costs[-1] >= CLEARLY * costs[0] else (0.0, 0.0)
    middle = max(costs[1] - fixed, CHANCE * costs[0])
    return log((costs[-1] - fixed) / middle) / log((work[-1] - done) / (work[1] - done))


def exponents(cases: Mapping[Size, Rows]) -> Iterator[tuple[str, str, float]]:
    """Yield (what grows, the cost, its exponent) where all sizes were measured; times by the processor."""
    for what, sizes in (("页面", PAGES), ("记录", AMOUNTS)):
        if not all(size in cases for size in sizes):
            continue
        work = [size.pages if what == "页面" else size.records for size in sizes]
        for label in COSTS:
            costs = [_cost(cases[size][label].ours) for size in sizes]
            yield what, label, exponent(work, costs)


def growth(cases: Mapping[Size, Rows]) -> tuple[str, bool]:
    """The exponents as text, and whether all are below `MOST`."""
    found = list(exponents(cases))
    lines = [
        (f"{what}：{label}", f"{power:.2f}{'' if power <= MOST else '，快于工作量'}")
        for what, label, power in found
    ]
    title = f"增长的指数：费用 ~ 工作量的几次方（处理器用时、内存；不高于 {MOST}）"
    return listed(title, lines) if lines else "", all(power <= MOST for *_, power in found)


def _cost(amount: float) -> float:
    """What is compared: of a time that of the processor, which other load disturbs less."""
    return max(amount.processor, LEAST) if isinstance(amount, Seconds) else amount
