"""The programs that are compared: how each builds and previews the site in its folder, and what it costs."""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from archive.files.cache import shared_folder
from bench.changes import add_one, first_record
from bench.measure import Run, Seconds, run
from bench.preview import PATIENCE, edits
from bench.sites import NODE_MODULES

COLD, WARM, CHANGED, CHECKED, CHECKED_AGAIN = "cold", "warm", "changed", "checked", "checked again"
"""A build without any cache; the next one, nothing changed; one after the edit of a record; a check of that; once more."""


@dataclass(frozen=True)
class Generator:
    """A program that builds the site in its folder; `out` is where it writes it."""

    name: str
    build: str
    serve: str
    out: str = "site"
    caches: tuple[str, ...] = ()
    """The folders of its caches, in the site's folder."""
    changed: str = ""
    """How it builds after the edit of a record, where `build` would not see it."""
    shows_records: bool = True
    """Whether its preview shows the edit of a record."""


OURS = Generator("本站", "archive build --no-print", "archive serve --port {port}")
"""Without print files, because the others have none."""
STOCK = Generator("通行做法", "mkdocs build --strict", "mkdocs serve --dev-addr 127.0.0.1:{port}")
ELEVENTY = Generator(
    "Eleventy",
    "node node_modules/@11ty/eleventy/cmd.cjs --config=eleventy.config.cjs --quiet",
    "node node_modules/@11ty/eleventy/cmd.cjs --config=eleventy.config.cjs --serve --port={port}",
    out="site-eleventy",
)
ZENSICAL = Generator(
    "Zensical",
    "zensical build --strict --config-file zensical.yml",
    "zensical serve --config-file zensical.yml --dev-addr 127.0.0.1:{port}",
    out="site-zensical",
    caches=(".cache",),
    changed="zensical build --strict --clean --config-file zensical.yml",
    shows_records=False,
)
PROPERDOCS = Generator(
    "ProperDocs",
    "properdocs build --strict --site-dir site-properdocs",
    "properdocs serve --dev-addr 127.0.0.1:{port}",
    out="site-properdocs",
)


def peers() -> list[Generator]:
    """The peers that are here; npm brings Eleventy, and there may be no npm."""
    return [ELEVENTY, ZENSICAL, PROPERDOCS] if _has_eleventy() else [ZENSICAL, PROPERDOCS]


def notes() -> Iterator[str]:
    """What a reader of the tables has to know of the programs."""
    names = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "properdocs", "zensical")
    found = [f"{name} {version(name)}" for name in names]
    if _has_eleventy():
        package = NODE_MODULES / "@11ty" / "eleventy" / "package.json"
        found.append(f"Eleventy {json.loads(package.read_bytes())['version']}")
    yield f"版本：{'，'.join(found)}。"
    yield "通行做法是 MkDocs + Material + macros，宏读同样的 YAML，自己计数（bench/stock）；ProperDocs、Zensical 用同样的宏和设置。"
    yield "Eleventy 用它的短代码做同样的事（bench/eleventy），没有搜索。它们没有的宏，页面里写的是宏的结果。"
    yield "它们都没有检查、下载、打印文件，没有程序做的页面。"
    yield "没有缓存的，有缓存一栏照写无缓存的数。Zensical 留着页面，不知道宏读了什么：改了记录，须不用缓存生成，预览不显示。"
    yield f"— 是没有这一项，或者失败了、{PATIENCE} 秒内没有显示。"
    if not _has_eleventy():
        yield "没有 npm，没有测量 Eleventy。"


def builds(
    sites: Mapping[Generator, Path], rounds: Mapping[Generator, int]
) -> dict[Generator, dict[str, Run] | None]:
    """What each kind of build costs, by turns, so that other load slows all; None for one that fails."""
    found: dict[Generator, dict[str, list[Run]]] = {one: {} for one in sites}
    failed = set()
    for number in range(max(rounds.values())):
        for one, root in sites.items():
            if number < rounds[one] and one not in failed:
                try:
                    for kind, cost in _each_kind(one, root):
                        found[one].setdefault(kind, []).append(cost)
                except SystemExit as failure:
                    _tell_of(one, failure)
                    failed.add(one)
    return {
        one: None if one in failed else {kind: Run.best(costs) for kind, costs in kinds.items()}
        for one, kinds in found.items()
    }


def previews(
    sites: Mapping[Generator, Path], rounds: Mapping[Generator, int]
) -> dict[Generator, tuple[Seconds | None, Seconds | None]]:
    """The seconds until each preview shows an edited record, and an edited page; None where it does not."""
    found: dict[Generator, tuple[Seconds | None, Seconds | None]] = {}
    for one, root in sites.items():
        try:
            found[one] = edits(root, one.serve, rounds[one], one.shows_records)
        except SystemExit as failure:
            _tell_of(one, failure)
            found[one] = None, None
    return found


def _tell_of(one: Generator, failure: SystemExit) -> None:
    """Go on without a peer that fails; the bench is nothing without ours and stock."""
    if one in (OURS, STOCK):
        raise failure
    print(f"{one.name}：{failure}", file=sys.stderr)


def _each_kind(one: Generator, root: Path) -> Iterator[tuple[str, Run]]:
    _clear(one, root)
    cold = run(root, one.build)
    yield COLD, cold
    if one is OURS or one.caches:
        yield WARM, run(root, one.build)
        add_one(first_record(root))
        yield CHANGED, run(root, one.changed or one.build)
        if one is OURS:
            yield CHECKED, run(root, "archive check")
            yield CHECKED_AGAIN, run(root, "archive check")
    else:
        yield WARM, cold
        yield CHANGED, cold


def _clear(one: Generator, root: Path) -> None:
    """Delete what it has built, and its caches; of ours all but the fonts, which nobody makes anew."""
    folders = [root / name for name in (one.out, *one.caches)]
    if one is OURS:
        folders += [path for path in shared_folder().iterdir() if path.name != "fonts"]
    for folder in folders:
        if folder.is_dir():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)


def _has_eleventy() -> bool:
    return NODE_MODULES.is_dir() and shutil.which("node") is not None
