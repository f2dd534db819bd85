"""Measure many records, which the stock site lacks: pages, downloads, spreadsheet out and in."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from openpyxl import load_workbook

from archive.build.downloads.rows import as_csv, as_json
from archive.build.downloads.xlsx import workbook
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.facts.tables import FOLDER, FORMATS, DataTable, catalogue, table
from archive.render import macros
from bench.measure import ROUNDS, Run, quickest, run, runs
from bench.sites import COLLECTION, LABEL, own
from bench.table import Figures, beside

COUNTS = (2_000, 20_000)
"""Numbers of records of the collection `COLLECTION`."""
EVERY, ADDED = 20, 100
"""A clerk changes every `EVERY`th row, and adds `ADDED` rows."""


def tables(sources: Path, folder: Path) -> str:
    """A table of seconds and bytes of pages and downloads at each count; sites go to `folder`."""
    return _at_each_count(sources, folder, _pages_and_downloads)


def sheets(sources: Path, folder: Path) -> str:
    """A table of seconds and bytes of the spreadsheet's commands at each count."""
    return _at_each_count(sources, folder, _out_and_back)


def _at_each_count(sources: Path, folder: Path, measured: Callable[[Path], Figures]) -> str:
    found = [measured(own(sources, folder / str(count), count)) for count in COUNTS]
    return beside(COUNTS, found)


def _pages_and_downloads(root: Path) -> Figures:
    begun = written(load(Project(root, root / "data", date.today())))
    run(root, "archive build")
    return begun | dict(_built(root / "site"))


def written(site: Site) -> Figures:
    """Seconds to write the text of the pages, and the downloads of each format."""
    len(site.values)  # counts the figures now, outside the time measured
    shown = [
        name for name in site.archive.collections if f"records/{name}.md" in site.archive.pages
    ]
    as_of = site.archive.project.as_of
    made = [table(site, name) for name in catalogue(site)]
    writers: Mapping[str, Callable[[DataTable], object]] = {
        "csv": as_csv,
        "json": as_json,
        "xlsx": lambda one: workbook(one, as_of),
    }
    jobs: dict[str, Callable[[], object]] = {
        "成文：各台账页面": lambda: [_page(site, name) for name in shown],
        f"成文：其中{LABEL}": lambda: _page(site, COLLECTION),
    }
    for suffix, name in FORMATS.items():
        jobs[f"写出：各表的 {name}"] = partial(_all, writers[suffix], made)
    return {label: (quickest(job), "秒") for label, job in jobs.items()}


def _all(write: Callable[[DataTable], object], made: list[DataTable]) -> None:
    for one in made:
        write(one)


def _page(site: Site, name: str) -> str:
    return macros(site, f"records/{name}.md")["records"](name)


def _built(site: Path) -> Iterator[tuple[str, tuple[float, str]]]:
    """Rows of the bytes of built pages and downloads."""
    pages = {path.parent.name: path.stat().st_size for path in site.glob("records/*/index.html")}
    largest = max(pages, key=lambda name: pages[name])
    yield f"最大的台账页面（{largest}）", (pages[largest], "字节")
    sizes = {path.name: path.stat().st_size for path in (site / FOLDER).iterdir()}
    ours = {name: sizes[f"{COLLECTION}.{suffix}"] for suffix, name in FORMATS.items()}
    for name, size in ours.items():
        yield f"下载：{LABEL} {name}", (size, "字节")
    yield f"下载：{LABEL}合计", (sum(ours.values()), "字节")
    yield "下载：全部各表合计", (sum(sizes.values()), "字节")


def _out_and_back(root: Path) -> Figures:
    run(root, "archive check")  # fills the cache of parsed files, as in any checkout in use
    # Each to a new file, because the export does not overwrite one.
    exports = [run(root, f"archive sheet export {COLLECTION} {n}.xlsx") for n in range(ROUNDS)]
    sheet = root / "0.xlsx"
    found = _cost("导出", exports)
    found["导出的文件"] = (sheet.stat().st_size, "字节")
    found |= _cost("导入，没有改动", runs(root, "archive sheet import 0.xlsx"))
    fill(sheet)
    return found | _cost("导入，有改动", runs(root, "archive sheet import 0.xlsx"))


def fill(path: Path) -> None:
    """Edit a workbook as a clerk does in a year: change some rows, and add activities below."""
    book = load_workbook(path)
    sheet = book[LABEL]
    heads = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row, EVERY):
        sheet.cell(row, heads["备注"]).value = "核对过"
    pattern = {number: cell.value for number, cell in enumerate(sheet[2], 1)}
    first = sheet.max_row + 1
    for number in range(ADDED):
        changed = {
            1: None,
            heads["活动名称"]: f"新增的活动{number}",
            heads["日期"]: date(2024, 6, 1),
        }
        for column, value in {**pattern, **changed}.items():
            sheet.cell(first + number, column).value = value
    book.save(path)


def _cost(what: str, taken: list[Run]) -> dict[str, tuple[float, str]]:
    return {
        what: (min(one.seconds for one in taken), "秒"),
        f"{what}，处理器用时": (min(one.processor for one in taken), "秒"),
        f"{what}，内存峰值": (max(one.memory for one in taken), "字节"),
    }
