"""`python -m bench`: build, check, visit and edit our site and others by turns, and print the results."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from platform import python_version, system

import click

from archive.files.cache import shared_folder
from bench import print as printing
from bench import records
from bench.cases import FEW, measure, tell
from bench.changes import changes
from bench.generators import PROPERDOCS, STOCK, notes, peers
from bench.growth import AMOUNTS, PAGES, growth
from bench.measure import ROUNDS
from bench.numbers import numbers
from bench.server import server
from bench.sites import snapshot
from bench.table import AIMS, SMALL, show

NAMES = {size.name: size for size in AIMS}
GROWTH = "growth"

ALONE: Mapping[str, tuple[str, Callable[[Path, Path], str]]] = {
    "whole-print": ("打印文件，整个演示", printing.whole),
    "tables": ("台账页面和下载", records.tables),
    "sheets": ("电子表格", records.sheets),
    "numbers": ("手写的数", numbers),
    "changes": ("两个版本的比较", changes),
    "server": ("发布后的服务器", server),
    "print": ("打印文件，与 WeasyPrint 比", printing.measured),
}
"""What only our site has: name → (label, function that measures it in a folder)."""
IN_QUICK = "whole-print"
"""The one of them that is always measured; the others when they are asked for."""


@click.command(
    help="同样的页面和数，本站、通行做法（MkDocs + Material + macros）、Eleventy、Zensical、ProperDocs"
    "依次测量，列表对照；费用比工作量增长得快的，退出码为 1。"
)
@click.option("--quick", is_flag=True, help=f"只测 {SMALL.name}。")
@click.option("--all", "everything", is_flag=True, help="另测只有本站才有的各种。")
@click.option(
    "--only",
    type=click.Choice([*NAMES, GROWTH, *ALONE]),
    help=f"只测这一种：页数x记录数，{GROWTH} 增长的指数，"
    + "，".join(f"{name} {label}" for name, (label, _) in ALONE.items()),
)
def main(quick: bool, everything: bool, only: str | None) -> None:
    """Measure the cases one after another; print the result of each at once."""
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # what runs ends with it, as after Ctrl+C
    _print("\n".join(_machine()))
    began = time.monotonic()
    compared = [NAMES[only]] if only in NAMES else [] if only else [SMALL] if quick else list(AIMS)
    grown = [] if quick or only not in (None, GROWTH) else [*PAGES, *AMOUNTS]
    alone = [
        name
        for name in ALONE
        if name == only or (not only and (name == IN_QUICK or (everything and not quick)))
    ]
    cases = {}
    with _scratch() as folder:
        sources = folder / "sources"
        snapshot(sources)
        for size in dict.fromkeys([*compared, *grown]):
            _print(f"{size.name}　{_load()}")
            # ProperDocs is MkDocs by another name; at larger sizes it would only say so again.
            others = [peer for peer in peers() if size == SMALL or peer is not PROPERDOCS]
            chosen = [STOCK, *others] if size in compared else []
            cases[size] = measure(sources, folder / size.name, size, chosen)
            if chosen:
                _print(show(size, cases[size], [peer.name for peer in others]))
        for name in alone:
            label, measured = ALONE[name]
            tell(label)
            _print(f"{label}　{_load()}")
            (folder / name).mkdir()
            _print(measured(sources, folder / name))
            shutil.rmtree(folder / name)
    found, sound = growth(cases) if grown else ("", True)
    _print(found, f"共 {(time.monotonic() - began) / 60:.1f} 分钟。{_load()}")
    if not sound:
        sys.exit("费用须不比工作量增长得快，现有增长得快的，见上；请看它随什么增长")


@contextmanager
def _scratch() -> Iterator[Path]:
    """Make a folder for everything, with caches of its own that begin empty but for the fonts."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name).resolve()
        fonts = shared_folder() / "fonts"
        for inside, variable in (("tmp", "TMPDIR"), ("caches", "XDG_CACHE_HOME")):
            (folder / inside).mkdir()
            os.environ[variable] = str(folder / inside)
        shared_folder().mkdir()
        (shared_folder() / "fonts").symlink_to(fonts)
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        # Python keeps what it has compiled of our program, as it does of the packages, when it is in use.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        yield folder


def _machine() -> Iterator[str]:
    yield f"机器：{system()}，可用 {len(os.sched_getaffinity(0))} 核，Python {python_version()}。"
    yield from notes()
    yield (
        f"{SMALL.name} 的本站和通行做法各量 {ROUNDS} 次，更大的本站生成 {FEW} 次，别的 1 次：生成和检查取最快的"
        "一次，改到显示取中位数。负载高于核数时，处理器用时比钟表时间可靠。"
    )


def _load() -> str:
    return f"此前 1、5、15 分钟的负载：{'、'.join(f'{load:.1f}' for load in os.getloadavg())}"


def _print(*texts: str) -> None:
    for text in filter(None, texts):
        print(text, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
