"""`python -m bench`: build, check, visit and edit both sites by turns, and print the results."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from platform import python_version, system

import click

from archive.files.cache import cache_folder
from bench import print as printing
from bench import records
from bench.changes import changes
from bench.measure import ROUNDS, Run, run, visit, weight
from bench.numbers import numbers
from bench.preview import edits
from bench.server import server
from bench.sites import Size, both, snapshot
from bench.table import (
    AIMS,
    BUILD,
    BYTES,
    CHECK,
    COUNT,
    MEMORY,
    PAGE,
    PAINT,
    RECORD,
    SMALL,
    WARM,
    Row,
    growth,
    show,
)

OUR_BUILD = "archive build --no-print"
"""Without print files, because the stock site has none."""
OUR_CHECK, OUR_SERVE = "archive check", "archive serve --port {port}"
STOCK_BUILD = "mkdocs build --strict"
STOCK_SERVE = "mkdocs serve --dev-addr 127.0.0.1:{port}"
NAMES = {size.name: size for size in AIMS}


ALONE: Mapping[str, tuple[str, Callable[[Path, Path], str]]] = {
    "tables": ("台账页面和下载", records.tables),
    "sheets": ("电子表格", records.sheets),
    "numbers": ("手写的数", numbers),
    "changes": ("两个版本的比较", changes),
    "server": ("发布后的服务器", server),
    "print": ("打印文件", printing.measured),
}
"""What only our site has: name → (label, function that measures it in a folder)."""


@click.command(
    help="同样的页面和记录，本站与通行做法（MkDocs + Material + macros）依次测量，列表对照。"
)
@click.option("--quick", is_flag=True, help=f"只测 {SMALL.name}。")
@click.option(
    "--only",
    type=click.Choice([*NAMES, *ALONE]),
    help="只测这一种：页数x记录数，或者"
    + "，".join(f"{name} {label}" for name, (label, _) in ALONE.items()),
)
def main(quick: bool, only: str | None) -> None:
    """Measure the cases one after another; print the result of each at once."""
    chosen = [NAMES[only]] if only in NAMES else [] if only else [SMALL] if quick else list(AIMS)
    print("\n".join(_machine()), end="\n\n", flush=True)
    cases = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = Path(folder, "tmp")
        scratch.mkdir()
        os.environ["TMPDIR"] = str(
            scratch
        )  # what a preview leaves behind is deleted with the folder
        sources = Path(folder, "sources")
        snapshot(sources)
        for size in chosen:
            cases[size] = _measure(sources, Path(folder, size.name), size)
            print(show(size, cases[size]), end="\n\n", flush=True)
            shutil.rmtree(Path(folder, size.name))
        for name, (label, measured) in ALONE.items():
            if only == name or not (only or quick):
                _tell(label)
                (Path(folder) / name).mkdir()
                print(
                    label, measured(sources, Path(folder) / name), sep="\n", end="\n\n", flush=True
                )
                shutil.rmtree(Path(folder) / name)
    print(*filter(None, (growth(cases), _load())), sep="\n\n")


def _machine() -> Iterator[str]:
    names = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "PyYAML", "pydantic")
    yield f"机器：{system()}，可用 {len(os.sched_getaffinity(0))} 核，Python {python_version()}。{_load()}"
    yield f"版本：{'，'.join(f'{name} {version(name)}' for name in names)}。"
    if find_spec("jieba"):
        yield f"通行做法的搜索用 jieba {version('jieba')} 分词。"
    else:
        yield "环境里没有 jieba，通行做法的搜索不分词：比实际使用的省时，中文也难以搜到。"
    yield f"各量 {ROUNDS} 次：生成和检查取最快的一次，改到显示取中位数。"


def _load() -> str:
    load = "、".join(f"{load:.1f}" for load in os.getloadavg())
    return f"此前 1、5、15 分钟的负载为 {load}；高于核数时，处理器用时比钟表时间可靠。"


def _measure(sources: Path, folder: Path, size: Size) -> dict[str, Row]:
    _tell(f"{size.name}：写出两个站点")
    ours, stock = both(sources, folder, size)
    _tell(f"{size.name}：生成和检查")
    count = len(list((ours / "docs").rglob("*.md")))
    rows = {COUNT: Row(count, count, "个"), **_builds(ours, stock)}
    built = ours / "site", stock / "site"
    rows |= _rows((BYTES, "字节"), ("站点文件数", "个"), found=map(weight, built))
    _tell(f"{size.name}：浏览")
    openers, results = (
        (".archive-search-open", ".md-search__input"),
        ("a[role=option]", ".md-search-result__item"),
    )
    visits = map(visit, built, openers, results)
    rows |= _rows(
        ("首次打开一页", "字节"),
        ("首次打开并搜索", "字节"),
        (PAINT, "秒"),
        ("首次搜到第一条", "秒"),
        found=visits,
    )
    _tell(f"{size.name}：边改边看")
    previews = edits(ours, OUR_SERVE), edits(stock, STOCK_SERVE)
    return rows | _rows((RECORD, "秒"), (PAGE, "秒"), found=previews)


def _builds(ours: Path, stock: Path) -> dict[str, Row]:
    """Build both sites and check ours, by turns, so that other load on the machine slows both."""
    theirs, cold, warm, checks, rechecks = [], [], [], [], []
    for _ in range(ROUNDS):
        theirs.append(run(stock, STOCK_BUILD))
        cold.append(_cold(ours, OUR_BUILD))
        warm.append(run(ours, OUR_BUILD))
        checks.append(_cold(ours, OUR_CHECK))
        rechecks.append(run(ours, OUR_CHECK))
    usual = _seconds(theirs)
    return {
        BUILD: Row(_seconds(cold), usual, "秒"),
        WARM: Row(_seconds(warm), usual, "秒"),
        "生成，处理器用时": Row(_processor(cold), _processor(theirs), "秒"),
        CHECK: Row(_seconds(checks), None, "秒"),
        "检查，有缓存": Row(_seconds(rechecks), None, "秒"),
        MEMORY: Row(_memory(cold), _memory(theirs), "字节"),
    }


def _rows(*labels: tuple[str, str], found: Iterable[tuple[float, ...]]) -> dict[str, Row]:
    """Label → row; `labels` are (label, unit), `found` the amounts of our site and of stock."""
    return {
        label: Row(ours, stock, unit)
        for (label, unit), ours, stock in zip(labels, *found, strict=True)
    }


def _cold(root: Path, command: str) -> Run:
    shutil.rmtree(cache_folder(root), ignore_errors=True)
    return run(root, command)


def _seconds(runs: list[Run]) -> float:
    return min(one.seconds for one in runs)


def _processor(runs: list[Run]) -> float:
    return min(one.processor for one in runs)


def _memory(runs: list[Run]) -> int:
    return max(one.memory for one in runs)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
