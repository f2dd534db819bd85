"""One case of the table: both sites at one size, built, previewed and visited by ours, by stock and by peers."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.generators import (
    CHANGED,
    CHECKED,
    CHECKED_AGAIN,
    COLD,
    OURS,
    STOCK,
    WARM,
    Generator,
    builds,
    previews,
)
from bench.measure import ROUNDS, Run, visit, weight
from bench.sites import Size, both
from bench.table import (
    BUILD,
    BYTES,
    CHECK,
    CHECK_AGAIN,
    COUNT,
    MEMORY,
    ONE_CHANGED,
    PAGE,
    PAINT,
    RECORD,
    SMALL,
    Row,
)
from bench.table import WARM as WARM_BUILD

FEW = 2
"""How often ours is built at a larger size; stock once there, and the peers once at any."""


def measure(sources: Path, folder: Path, size: Size, others: list[Generator]) -> dict[str, Row]:
    """The rows of a case: ours, stock if it is the first of the `others`, and the peers after it."""
    tell(f"{size.name}：写出站点")
    ours, stock = both(sources, folder, size)
    sites = {OURS: ours, **dict.fromkeys(others, stock)}
    small = size == SMALL
    often = {OURS: ROUNDS if small else FEW, STOCK: ROUNDS if small else 1}
    rounds = {one: often.get(one, 1) for one in sites}
    tell(f"{size.name}：生成和检查")
    built = builds(sites, rounds)
    outs = {one: sites[one] / one.out if built[one] else None for one in sites}
    rows = {COUNT: _row({one: _pages(out) for one, out in outs.items()}, "个")}
    for label, kind in (
        (BUILD, COLD),
        (WARM_BUILD, WARM),
        (ONE_CHANGED, CHANGED),
        (CHECK, CHECKED),
        (CHECK_AGAIN, CHECKED_AGAIN),
    ):
        rows[label] = _row({one: _time(built[one], kind) for one in sites}, "秒")
    tell(f"{size.name}：边改边看")
    shown = previews(sites, {one: ROUNDS if one is OURS else rounds[one] for one in sites})
    for at, label in enumerate((RECORD, PAGE)):
        rows[label] = _row({one: found[at] for one, found in shown.items()}, "秒")
    memory = {one: runs[COLD].memory if runs else None for one, runs in built.items()}
    rows[MEMORY] = _row(memory, "字节")
    weights = {one: weight(out) if out else None for one, out in outs.items()}
    for at, (label, unit) in enumerate(((BYTES, "字节"), ("站点文件数", "个"))):
        rows[label] = _row({one: found and found[at] for one, found in weights.items()}, unit)
    if small and others[:1] == [STOCK]:
        rows |= _visits(ours / OURS.out, stock / STOCK.out)
    shutil.rmtree(folder)
    return rows


def tell(what: str) -> None:
    """Say on the terminal what is measured now."""
    print(what, file=sys.stderr, flush=True)


def _row(found: Mapping[Generator, float | None], unit: str) -> Row:
    """A row of what was found of each program; without ours there is no table."""
    ours, stock, *peers = (*found.values(), None) if len(found) == 1 else found.values()
    if ours is None:
        sys.exit(f"{OURS.name}须量得出每一项，现有一项没有：或者失败，或者没有显示")
    return Row(ours, stock, unit, tuple(peers))


def _time(runs: Mapping[str, Run] | None, kind: str) -> float | None:
    return runs[kind].time if runs and kind in runs else None


def _pages(site: Path | None) -> int | None:
    """How many pages a built site has: ours also those that the program makes of what is recorded."""
    return len(list(site.rglob("index.html"))) if site else None


def _visits(ours: Path, stock: Path) -> dict[str, Row]:
    """What a browser loads of a page, and how soon it shows it and finds something."""
    tell("浏览")
    searches = (
        (ours, ".archive-search-open", "a[role=option]"),
        (stock, ".md-search__input", ".md-search-result__item"),
    )
    labels = (
        ("首次打开一页", "字节"),
        ("首次打开并搜索", "字节"),
        (PAINT, "秒"),
        ("首次搜到第一条", "秒"),
    )
    visits = [visit(site, search, result) for site, search, result in searches]
    return {
        label: Row(mine, theirs, unit)
        for (label, unit), mine, theirs in zip(labels, *visits, strict=True)
    }
