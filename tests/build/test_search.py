"""The search index: what of a built page is found, under which title, in which order."""

import json
from pathlib import Path

import pytest

from archive.build.search import (
    SearchPage,
    SearchSection,
    index_script,
    search_page,
    url_of,
    write_index,
)


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


def test_a_minor_page_is_marked() -> None:
    source = built("<h1>题</h1>", '<meta name="archive:search" content="minor">')
    minor = search_page(source, "p/")
    assert minor == SearchPage("p/", "题", (SearchSection("", "题", ""),), minor=True)
    assert index_script([minor]) == 'window.archiveSearch=[["p/","题",[["","题",""]],1]];\n'


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


def test_script_is_compact_and_cannot_end_its_element() -> None:
    text = "</script>\u2028专报\u2029<b>"
    made = index_script([SearchPage("p/", "题", (SearchSection("", "题", text),))])
    assert made == (
        'window.archiveSearch=[["p/","题",[["","题","<\\/script>\\u2028专报\\u2029<b>"]]]];\n'
    )
    assert json.loads(made.removeprefix("window.archiveSearch=").removesuffix(";\n")) == [
        ["p/", "题", [["", "题", text]]]
    ]


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
    expected = (
        'window.archiveSearch=[["","首页",[["","首页",""]]],["b/","乙",[["","乙",""]]],'
        '["a/","甲",[["","甲",""]]],["z/404.html","丙",[["","丙",""]]]];\n'
    )
    assert target.read_bytes() == expected.encode()
    assert write_index(tmp_path, ["", "b/", "gone/"]).read_bytes() == expected.encode()
