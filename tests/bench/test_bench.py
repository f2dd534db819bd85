"""What the bench is made of, at its smallest: pages, records, the stock site, a command, the tables."""

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
from bench.measure import PAGE, run, weight
from bench.pages import page
from bench.preview import SERVED
from bench.sheet import html
from bench.sites import COLLECTION, Size, both, multiply
from bench.table import BUILD, BYTES, CHECK, COUNT, MEMORY, SMALL, Row, beside, growth, listed, show
from tests.samples.desk import Desk
from tests.samples.frozen import lay_out
from tests.samples.sample import AS_OF, MKDOCS, RECORD, problems, read, write


def test_pages_made_up_are_sound(tmp_path: Path) -> None:
    pages = {
        f"docs/bench/p{number}.md": page(number, f"p{3 - number}.md", {"activities": "开展活动"})
        for number in (1, 2)
    }
    nav = MKDOCS.replace("nav:\n", "nav:\n  - bench/p1.md\n  - bench/p2.md\n")
    assert problems(tmp_path, {**pages, "mkdocs.yml": nav}) == []
    assert len(set(pages.values())) == 2


def test_records_multiplied_are_sound_and_differ(tmp_path: Path) -> None:
    write(tmp_path)
    folder = tmp_path / "data" / COLLECTION
    multiply(folder, 40)
    texts = [path.read_text("utf-8") for path in folder.rglob("*.yml")]
    assert len(set(texts)) == len(texts) == 40
    found = load(Project(tmp_path, tmp_path / "data", AS_OF))
    assert len(found.archive.records[COLLECTION]) == 40
    assert check(found) == ()


@pytest.mark.slow
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
    assert found.memory > 10**6
    (tmp_path / "busy.py").write_text("print('说过'); raise SystemExit(3)")
    with pytest.raises(SystemExit) as error:
        run(tmp_path, "python busy.py")
    assert error.value.code == "python busy.py 须成功，现退出码为 3：\n说过\n"


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
    COUNT: Row(60, 60, "个"),
    BUILD: Row(1.5, 3, "秒"),
    CHECK: Row(0.05, None, "秒"),
    MEMORY: Row(2e8, 1e8, "字节"),
    BYTES: Row(5e6, 1e7, "字节"),
}
SHOWN = """\
60x2000：60 页，2,000 条记录
                                 本站   通行做法  本站/通行         目标
页面数                          60 个      60 个       1.00
生成，无缓存                  1.50 秒    3.00 秒       0.50        ≤ 0.6  达到
检查，无缓存                 0.050 秒          —          —    ≤ 1.00 秒  达到
生成，内存峰值                 200 MB     100 MB       2.00   ≤ 1,000 MB  达到
站点大小                       5.0 MB    10.0 MB       0.50"""
GROWN = """\
60x2000 的倍数                   本站   通行做法     线性即
60x4000：生成，无缓存             2.0        2.0        2.0
60x4000：检查，无缓存             2.0          —        2.0
60x4000：生成，内存峰值           2.0        2.0        2.0
60x4000：站点大小                 2.0        2.0        2.0"""
BESIDE = """\
                                           2 条        20 条    倍数
导出                                    1.00 秒      3.00 秒     3.0"""


def test_the_tables_as_they_are_printed() -> None:
    twice = {
        label: Row(row.ours * 2, row.stock and row.stock * 2, row.unit)
        for label, row in ROWS.items()
    }
    twice[COUNT] = ROWS[COUNT]
    assert show(SMALL, ROWS) == SHOWN
    assert growth({SMALL: ROWS, Size(60, 4000): twice}) == GROWN
    assert growth({SMALL: ROWS}) == ""
    assert beside((2, 20), [{"导出": (1, "秒")}, {"导出": (3, "秒")}]) == BESIDE
    assert listed("快慢", [("一页", "9 次")]) == f"快慢\n一页{' ' * 50}9 次"
