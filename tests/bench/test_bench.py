"""What the bench is made of, at its smallest: pages, records, the stock site, a command, the tables."""

import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import load
from archive.press.document import Document
from archive.press.tree import Block, Cell
from bench import records
from bench.changes import one_more
from bench.generators import CHANGED, COLD, WARM, Generator, builds
from bench.growth import COSTS, PAGES, exponent, growth
from bench.measure import PAGE, Run, Seconds, run, start, used, weight
from bench.pages import page
from bench.preview import SERVED, _median
from bench.print import SENTENCE
from bench.sheet import html
from bench.sites import COLLECTION, Size, both, multiply
from bench.table import BUILD, BYTES, CHECK, COUNT, MEMORY, SMALL, Row, beside, listed, show
from bench.table import WARM as WARM_BUILD
from tests.samples.desk import Desk
from tests.samples.frozen import lay_out
from tests.samples.sample import AS_OF, FILES, MKDOCS, RECORD, problems, read, write


def test_pages_made_up_are_sound(tmp_path: Path) -> None:
    pages = {
        f"docs/bench/p{number}.md": page(number, f"p{3 - number}.md", {"activities": "开展活动"})
        for number in (1, 2)
    }
    nav = MKDOCS.replace("nav:\n", "nav:\n  - bench/p1.md\n  - bench/p2.md\n")
    assert problems(tmp_path, {**pages, "mkdocs.yml": nav}) == []
    assert len(set(pages.values())) == 2


def test_a_page_changed_to_be_printed_again_is_sound(tmp_path: Path) -> None:
    part = "docs/report/part-1.md"
    assert problems(tmp_path, {part: f"{FILES[part]}\n{SENTENCE}\n\n{SENTENCE}\n"}) == []


def test_records_multiplied_are_sound_and_differ(tmp_path: Path) -> None:
    write(tmp_path)
    folder = tmp_path / "data" / COLLECTION
    multiply(folder, 40)
    texts = [path.read_text("utf-8") for path in folder.rglob("*.yml")]
    assert len(set(texts)) == len(texts) == 40
    found = load(Project(tmp_path, tmp_path / "data", AS_OF))
    assert len(found.archive.records[COLLECTION]) == 40
    assert check(found) == ()


@pytest.mark.deep
def test_both_sites_are_sound_and_show_the_same(tmp_path: Path) -> None:
    sources = lay_out(tmp_path / "sources")
    ours, stock = both(sources, tmp_path, Size(1, 10))
    site = load(Project(ours, ours / "data", AS_OF))
    assert check(site) == ()
    run(stock, "mkdocs build --strict")
    built = {path.parent.relative_to(stock / "site") for path in stock.glob("site/**/index.html")}
    written = site.archive.pages.keys() - site.archive.made
    assert built == {Path(path.removesuffix("index.md").removesuffix(".md")) for path in written}
    root: Any = lxml.html.parse(stock / "site" / PAGE / "index.html").getroot()
    links = [link for link in root.iter("a") if link.get("class") == "fig"]
    figures = {link.get("href").partition("#")[2]: link.text for link in links}
    calls = site.archive.pages[f"{PAGE.strip('/')}.md"].calls
    values = {
        str(call.args[0]): site.values[str(call.args[0])] for call in calls if call.name == "fig"
    }
    assert figures == {id_: f"{value.number}{value.unit}" for id_, value in values.items()}
    assert values["volunteer_activities"].exact == 10


def test_the_edited_sum_is_found_on_the_page_of_either_site() -> None:
    links = {
        "../../indicators/volunteer_services/": "2,981次",
        "../../figures/#volunteer_services": "2981次",
        "../../figures/#volunteer_hours": None,
    }
    found = {
        to: SERVED.search(f'<a class="fig" href="{to}" title="口径\n">{n}</a>')
        for to, n in links.items()
    }
    assert {to: match and match[1] for to, match in found.items()} == links


def test_a_command_is_measured_or_told_to_have_failed(tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text("sum(range(10**6)); print('说过')")
    found = run(tmp_path, "python busy.py")
    assert found.processor > 0
    assert 0 < found.seconds < 60
    assert 1e6 < found.memory < 5e7  # its own, and not that of this process, which is larger
    (tmp_path / "busy.py").write_text("print('说过'); raise SystemExit(3)")
    with pytest.raises(SystemExit) as error:
        run(tmp_path, "python busy.py")
    assert error.value.code == "python busy.py 须成功，现退出码为 3：\n说过\n"


def test_the_best_of_runs_is_of_each_thing_measured() -> None:
    best = Run.best([Run(3, 1, 10), Run(2, 1.5, 30)])
    assert best == Run(2, 1, 30)
    assert (float(best.time), best.time.processor) == (2.0, 1.0)


def test_the_processor_time_of_a_session_is_that_of_all_its_processes(tmp_path: Path) -> None:
    work = "t = __import__('time').process_time\nwhile t() < 0.1: pass\n"
    (tmp_path / "child.py").write_text(f"{work}print('done', flush=True)\ninput()\n")
    (tmp_path / "parent.py").write_text(
        f"{work}import subprocess, sys\nsubprocess.run([sys.executable, 'child.py'], stdin=0)\n"
    )
    with start(tmp_path, ["python", "parent.py"], subprocess.PIPE, subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"done\n"
        assert 0.18 <= used(process.pid) < 10
        process.communicate(b"\n")
    assert used(process.pid) == 0


def test_each_kind_of_build_is_measured_by_turns(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "data" / COLLECTION).mkdir(parents=True)
    (tmp_path / "data" / COLLECTION / "a.yml").write_text(RECORD, "utf-8")
    (tmp_path / "build.py").write_text(
        "import pathlib, sys\n"
        "kept = pathlib.Path('.cache')\n"
        "said = ' '.join((*sys.argv[1:], 'warm' if kept.exists() else 'cold'))\n"
        "kept.mkdir(exist_ok=True)\n"
        "with open('log', 'a') as log: print(said, file=log)\n"
        "sys.exit('fails' in sys.argv)\n"
    )
    keeps = Generator(
        "甲", "python build.py keeps", "", caches=(".cache",), changed="python build.py clean"
    )
    plain = Generator("乙", "python build.py plain", "", caches=())
    fails = Generator("丙", "python build.py fails", "")
    found = builds(dict.fromkeys((keeps, plain, fails), tmp_path), {keeps: 2, plain: 1, fails: 2})
    assert (tmp_path / "log").read_text().splitlines() == [
        "keeps cold", "keeps warm", "clean warm", "plain warm", "fails warm",
        "keeps cold", "keeps warm", "clean warm",
    ]  # fmt: skip
    assert {one.name: kinds and list(kinds) for one, kinds in found.items()} == {
        "甲": [COLD, WARM, CHANGED], "乙": [COLD, WARM, CHANGED], "丙": None,
    }  # fmt: skip
    assert capsys.readouterr().err.startswith("丙：python build.py fails 须成功，现退出码为 1")
    assert "services: 32" in (tmp_path / "data" / COLLECTION / "a.yml").read_text("utf-8")


def test_the_median_is_of_what_a_preview_has_shown() -> None:
    found = _median(iter([Seconds(3, 1), Seconds(1, 2), Seconds(2, 9), None, Seconds(9, 9)]))
    assert found
    assert (float(found), found.processor) == (2.0, 2)
    assert _median(iter([None, Seconds(1, 1)])) is None


def test_the_weight_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"12345")
    (tmp_path / "c").write_bytes(b"6")
    assert weight(tmp_path) == (6, 2)


def test_pages_and_tables_are_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.measure.ROUNDS", 1)
    listing = '---\ntitle: 志愿服务\n---\n\n# 志愿服务\n\n{{ records("volunteering") }}\n'
    found = records.written(read(tmp_path, {"docs/records/volunteering.md": listing}))
    assert list(found) == [
        "成文：各台账页面", "成文：其中志愿服务活动",
        "写出：各表的 CSV", "写出：各表的 JSON", "写出：各表的 XLSX",
    ]  # fmt: skip
    assert all(0 < amount < 60 and unit == "秒" for amount, unit in found.values())


def test_a_sheet_filled_as_a_clerk_does_is_sound(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "ADDED", 2)
    records.fill(filled.sheet)
    exit_, lines, summary = filled.import_lines()
    assert (exit_, summary.partition("。")[0]) == (0, "修改 1 条，新增 2 条")
    assert [line for line in lines if line.startswith("  备注")] == [
        "  备注：空 → 核对过", "  备注：核对过", "  备注：核对过",
    ]  # fmt: skip


def test_one_service_more() -> None:
    assert one_more(RECORD) == RECORD.replace("services: 30", "services: 31")


def test_a_document_as_html_says_all_of_it() -> None:
    def runs(text: str) -> Block:
        return {"kind": "paragraph", "runs": [{"text": text}]}

    cell: Cell = {"runs": [{"text": "12"}], "head": False, "number": True, "across": 1, "down": 1}
    blocks: list[Block] = [
        {"kind": "heading", "level": 1, "face": 1, "id": "", "runs": [{"text": "一、甲 < 乙"}]},
        runs("正文"),
        {"kind": "list", "ordered": True, "start": 1, "items": [[runs("第一项")], [runs("第二项")]]},
        {"kind": "table", "head": [], "body": [[cell]], "widths": [1], "wide": False},
        {"kind": "code", "text": "x = 1"},
        {"kind": "quote", "blocks": [runs("引文")]},
        {"kind": "across", "blocks": [runs("横排")]},
    ]  # fmt: skip
    document: Document = {
        "title": "样例", "lines": ["样", "例"], "banner": "示例", "end": ["完"], "contents": 2,
        "address": "", "sheets": [], "code": None,
        "parts": [{"title": "样例", "lines": ["样例"], "source": "来处", "blocks": blocks}],
    }  # fmt: skip
    faces = {role: ["宋体"] for role in ("body", "heading", "second", "title", "number")}
    root: Any = lxml.html.document_fromstring(html(document, faces))
    body = "|".join(text for text in root.find("body").itertext() if text.strip())
    assert body == "样|例|一、甲 < 乙|来处|一、甲 < 乙|正文|第一项|第二项|12|x = 1|引文|横排|完"


ROWS = {
    COUNT: Row(103, 80, "个", (80, None)),
    BUILD: Row(Seconds(1.5, 1.25), Seconds(3, 2.5), "秒", (Seconds(1, 0.75), None)),
    CHECK: Row(Seconds(0.05, 0.04), None, "秒"),
    MEMORY: Row(2e8, 1e8, "字节", (5e7, None)),
    BYTES: Row(5e6, 1e7, "字节"),
}
SHOWN = """\
60x2000：2,000 条记录；秒数是钟表时间，括号里是处理器用时
                                         本站           通行做法  本站/通行              目标                 Eleventy           Zensical
页面数                                 103 个              80 个       1.29                                      80 个                  —
生成，无缓存                  1.50 秒（1.25）    3.00 秒（2.50）       0.50    ≤ 0.5，1.80 秒  达到    1.00 秒（0.75）                  —
检查，改了一条记录           0.050 秒（0.04）                  —          —         ≤ 0.40 秒  达到                  —                  —
生成，无缓存，内存峰值                 200 MB             100 MB       2.00          ≤ 150 MB  未达            50.0 MB                  —
站点大小                               5.0 MB            10.0 MB       0.50                                          —                  —"""
GROWN = """\
增长的指数：费用 ~ 工作量的几次方（处理器用时、内存；不高于 1.15）
页面：生成，无缓存                                    1.00
页面：生成，有缓存，没有改动              1.19，快于工作量
页面：生成，有缓存，改了一条记录                      1.00
页面：检查，改了一条记录                              1.00
页面：预览，改一条记录到显示                          1.00
页面：预览，改一页到显示                              1.00
页面：生成，无缓存，内存峰值                          1.00"""
BESIDE = """\
                                           2 条        20 条    倍数
导出                                    1.00 秒      3.00 秒     3.0"""


def test_the_tables_as_they_are_printed() -> None:
    assert show(SMALL, ROWS, ("Eleventy", "Zensical")) == SHOWN
    assert beside((2, 20), [{"导出": (1, "秒")}, {"导出": (3, "秒")}]) == BESIDE
    assert listed("快慢", [("一页", "9 次")]) == f"快慢\n一页{' ' * 50}9 次"


def test_the_exponent_is_of_the_part_that_grows() -> None:
    work = 60, 600, 2_000
    found = [
        round(exponent(work, [7 * one**power for one in work]), 2) for power in (0, 0.2, 1, 1.5, 2)
    ]
    assert found == [0, 0.2, 1, 1.43, 1.89]
    # What a command costs at all hides neither a line nor a square, unless it is nearly all there is.
    for fixed, line, square in ((0.1, 1, 1.89), (1, 0.52, 1.89), (3, 0.27, 0.61)):
        assert round(exponent(work, [fixed + one / 1_000 for one in work]), 2) == line
        assert round(exponent(work, [fixed + (one / 1_000) ** 2 for one in work]), 2) == square
    # A cost that hardly differs by chance has not grown.
    assert exponent(work, [0.31, 0.30, 0.33]) < 0.1


def _grown(power: float) -> dict[Size, dict[str, Row]]:
    """The rows of each size of pages where one cost grows with a power and the others are in proportion."""
    return {
        size: {
            **{label: Row(Seconds(9, size.pages / 1_000), None, "秒") for label in COSTS},
            MEMORY: Row(size.pages * 1e6, None, "字节"),
            WARM_BUILD: Row(Seconds(9, (size.pages / 1_000) ** power), None, "秒"),
        }
        for size in PAGES
    }


def test_a_cost_that_grows_faster_than_its_work_is_named() -> None:
    found, sound = growth(_grown(1.1))
    assert sound
    found, sound = growth(_grown(1.2))
    assert (found, sound) == (GROWN, False)
    assert growth({SMALL: ROWS}) == ("", True)
