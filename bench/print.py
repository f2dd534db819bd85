"""Measure printing: our engine and WeasyPrint on the same articles with the same fonts."""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.cache import cache_folder
from archive.press import press
from archive.press.faces import Role, faces
from archive.press.plan import Job, PrintFooter, kept_articles, plan
from bench.measure import PAGE, ROUNDS, Run, run, used
from bench.sheet import fontconfig, html
from bench.sites import demonstration, own
from bench.table import Aim, Row, compared

SETTING = Path(__file__).with_name("setting.py")
NAME = "样例"
BUILD = "archive build --no-print"
SENTENCE = "又补写了这一句。"
"""What is added to a page of the report; it holds no number, as all of those are registered."""
BOOK = "print/book/regulations"
"""A print file of more than a hundred pages."""
THEIRS = "weasyprint"
TITLE = "打印：整个演示的 PDF 和 Word，不算生成网页；秒数是钟表时间，括号里是处理器用时"
HEAD = ("", "本站", "WeasyPrint", "比值", "目标", "")

WARM, LARGEST = "一节，接着排", "一节，最大"
WHOLE, ONE_PAGE = "全站，无缓存", "全站，改了一页"
AIMS = {
    WARM: (Aim(0.1, relative=False),),
    LARGEST: (Aim(250_000, relative=False),),
    WHOLE: (Aim(5, relative=False),),
    ONE_PAGE: (Aim(0.3, relative=False),),
}


def measured(sources: Path, folder: Path) -> str:
    """The table as text; a demonstration site is built for it in `folder`."""
    root = own(sources, folder / "own")
    run(root, BUILD)
    site = load(Project(root, root / "data", date.today()))
    footer = PrintFooter(NAME, date.today(), "")
    jobs = plan(site, root / "site", footer, kept_articles(site.archive.project))
    sections = [job for job in jobs if _is_section(job)]
    book = next(job for job in jobs if job.file == BOOK)
    documents = folder / "documents"
    _write(root, documents, [*sections, book])
    rows = dict(_documents(root, documents, len(sections))) | dict(_site(site, folder))
    versions = f"Typst {version('typst')}，WeasyPrint {version(THEIRS)}"
    title = f"打印：{len(sections)} 节（报告、标准的各节和各项制度），一册；{versions}"
    return compared(title, HEAD, rows, AIMS)


def _is_section(job: Job) -> bool:
    """Whether a job is one section; the full report and the books repeat the same text."""
    regulation = job.page.startswith("regulations/") and not job.book
    return regulation or bool(job.section and job.page != "report/full.md")


def _write(root: Path, folder: Path, jobs: Sequence[Job]) -> None:
    """Write the documents for each engine, named by number, and the fontconfig file for both."""
    found, _ = faces(Project(root, root / "data", date.today()))
    families = {role.name.lower(): found.families(role) for role in Role}
    folder.mkdir()
    for number, job in enumerate(jobs):
        raw = json.dumps(job.document, ensure_ascii=False)
        (folder / f"{number}.json").write_text(raw, "utf-8")
        (folder / f"{number}.html").write_text(html(job.document, families), "utf-8")
    (folder / "fonts.conf").write_text(fontconfig(found.folders, folder / "fonts"), "utf-8")


def _documents(root: Path, folder: Path, count: int) -> Iterator[tuple[str, Row]]:
    """Rows for one section, the other sections, and the book.

    `count` is the number of sections, and so the number of the book's document.
    """
    engines = ("typst", THEIRS)
    first = [_set(root, folder, engine, [0])[0].seconds for engine in engines]
    yield "一节，从头起动", _both(first, "秒")
    rest = [_set(root, folder, engine, range(count))[1][1:] for engine in engines]
    yield WARM, _both([_mean([seconds for seconds, _ in one]) for one in rest], "秒")
    yield "一节，平均", _both([_mean([size for _, size in one]) for one in rest], "字节")
    yield LARGEST, _both([max(size for _, size in one) for one in rest], "字节")
    word = _set(root, folder, "word", range(count))[1][1:]
    yield "一节 Word，接着排", Row(_mean([seconds for seconds, _ in word]), None, "秒")
    yield "一节 Word，平均", Row(_mean([size for _, size in word]), None, "字节")
    books = [_set(root, folder, engine, [count]) for engine in engines]
    yield "一册，从头起动", _both([one.seconds for one, _ in books], "秒")
    yield "一册，内存峰值", _both([one.memory for one, _ in books], "字节")
    warm = [_set(root, folder, engine, [0, count])[1][1] for engine in engines]
    yield "一册，接着排", _both([seconds for seconds, _ in warm], "秒")
    yield "一册，大小", _both([size for _, size in warm], "字节")
    yield "一册，页数", _both([_pages(folder / f"{count}.{engine}") for engine in engines], "页")


def _set(
    root: Path, folder: Path, engine: str, numbers: Sequence[int]
) -> tuple[Run, list[tuple[float, int]]]:
    """Set documents in one process; its fastest run, and (seconds, bytes) of each document."""
    names = " ".join(map(str, numbers))
    best: Run | None = None
    found: list[tuple[float, int]] = []
    for _ in range(ROUNDS):
        one = run(root, f"python {SETTING} {engine} {root} {folder} {names}")
        if best is None or one.seconds < best.seconds:
            best, found = one, json.loads((folder / f"{engine}.json").read_text())
    assert best is not None
    return best, found


def whole(sources: Path, folder: Path) -> str:
    """The table of all print files of the whole demonstration: cold, and with one page changed."""
    root = demonstration(sources, folder / "own")
    run(root, BUILD)
    site = load(Project(root, root / "data", date.today()))
    return compared(TITLE, (HEAD[0], "本站", "", "", *HEAD[4:]), dict(_site(site, folder)), AIMS)


def _site(site: Site, folder: Path) -> Iterator[tuple[str, Row]]:
    """Rows for all print files of the built site, made on all processors."""
    root = site.archive.project.root
    page = root / "docs" / f"{PAGE.strip('/')}.md"
    cold, changed, cached = [], [], []
    for _ in range(ROUNDS):
        shutil.rmtree(cache_folder(root), ignore_errors=True)
        cold.append(_pressed(site, folder))
        cached.append(_pressed(site, folder))
        page.write_text(f"{page.read_text('utf-8')}\n{SENTENCE}\n", "utf-8")
        run(root, BUILD)
        site = load(site.archive.project)
        changed.append(_pressed(site, folder))
    for label, taken in ((WHOLE, cold), ("全站，没有改动", cached), (ONE_PAGE, changed)):
        yield label, Row(Run.best(taken).time, None, "秒")
    for label, suffix in (("PDF", "pdf"), ("Word", "docx")):
        files = list((folder / "pressed" / "print").rglob(f"*.{suffix}"))
        yield f"全站 {label}，份数", Row(len(files), None, "份")
        yield f"全站 {label}，大小", Row(sum(file.stat().st_size for file in files), None, "字节")


def _pressed(site: Site, folder: Path) -> Run:
    """What it costs this process and those it starts to print a copy of the built site."""
    out = folder / "pressed"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(site.archive.project.root / "site", out)
    used_before, begun = used(os.getpid()), perf_counter()
    problems = press(site, out, NAME)
    seconds = perf_counter() - begun
    if problems:
        sys.exit("\n".join(map(str, problems)))
    return Run(seconds, used(os.getpid()) - used_before, 0)


def _pages(file: Path) -> int:
    from pdfminer.pdfpage import PDFPage

    with file.open("rb") as raw:
        return sum(1 for _ in PDFPage.get_pages(raw))


def _both(amounts: Sequence[float], unit: str) -> Row:
    ours, theirs = amounts
    return Row(ours, theirs, unit)


def _mean(amounts: Sequence[float]) -> float:
    return sum(amounts) / len(amounts)
