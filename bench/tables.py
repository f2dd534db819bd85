"""What many records cost on the pages and in the downloads of our site, which stock has none of."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from archive.build.downloads import as_csv, as_json
from archive.build.downloads.xlsx import workbook
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.facts.tables import FOLDER, FORMATS, Table, catalogue, table
from archive.render import macros
from archive.schema.collections import COLLECTIONS
from bench.measure import run
from bench.sites import COLLECTION, own

COUNTS = (2_000, 20_000)
"""Records of the collection that is multiplied."""
BUILD = "archive build"
ROUNDS = 3
"""The quickest of so many counts."""

Figures = Mapping[str, tuple[float, str]]
"""What was measured → the amount and its unit."""


def measured(sources: Path, folder: Path, records: int) -> Figures:
    """Seconds and bytes of pages and downloads, in a site made for it in `folder`."""
    root = own(sources, folder, records)
    begun = dict(_written(load(Project(root, root / "data", date.today()))))
    run(root, BUILD)
    return begun | dict(_built(root / "site"))


def _written(site: Site) -> Iterator[tuple[str, tuple[float, str]]]:
    """Seconds to write the text of the pages, and each kind of file."""
    len(site.values)  # counted once for all pages, and counted here
    shown = [name for name in COLLECTIONS if f"records/{name}.md" in site.archive.pages]
    yield "成文：各台账页面", (_seconds(lambda: [_page(site, name) for name in shown]), "秒")
    yield f"成文：其中{_label()}", (_seconds(lambda: _page(site, COLLECTION)), "秒")
    as_of = site.archive.project.as_of
    tables = [table(site, name) for name in catalogue()]
    writers: Mapping[str, Callable[[Table], object]] = {
        "csv": as_csv,
        "json": as_json,
        "xlsx": lambda made: workbook(made, as_of),
    }
    for suffix, name in FORMATS.items():
        seconds = _seconds(partial(_all, writers[suffix], tables))
        yield f"写出：各表的 {name}", (seconds, "秒")


def _all(write: Callable[[Table], object], tables: Sequence[Table]) -> None:
    for one in tables:
        write(one)


def _page(site: Site, name: str) -> str:
    return macros(site, f"records/{name}.md")["records"](name)


def _seconds(job: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        job()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _built(site: Path) -> Iterator[tuple[str, tuple[float, str]]]:
    """Bytes of the pages and files as they were built."""
    pages = {path.parent.name: path.stat().st_size for path in site.glob("records/*/index.html")}
    largest = max(pages, key=lambda name: pages[name])
    yield f"最大的台账页面（{largest}）", (pages[largest], "字节")
    sizes = {path.name: path.stat().st_size for path in (site / FOLDER).iterdir()}
    own = {name: sizes[f"{COLLECTION}.{suffix}"] for suffix, name in FORMATS.items()}
    for name, size in own.items():
        yield f"下载：{_label()} {name}", (size, "字节")
    yield f"下载：{_label()}合计", (sum(own.values()), "字节")
    yield "下载：全部各表合计", (sum(sizes.values()), "字节")


def _label() -> str:
    return COLLECTIONS[COLLECTION].label
