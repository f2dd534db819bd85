"""A page's article as a tree of blocks, and its sections; the lines of its title."""

from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.press.article import (
    CHAPTER,
    Article,
    read,
    sections,
    set_heading_levels,
    turn_wide_tables,
)
from archive.press.document import Document, book, document, whole
from archive.press.title import title_lines
from archive.press.tree import Block, Run, notes, runs_of, runs_text, text, walk
from archive.render.text import text_width


def article(inside: str) -> Article:
    html = f'<html><body><nav>导航</nav><article class="md-content__inner">{inside}</article></body></html>'
    return read(lxml.html.document_fromstring(html), lambda src: f"root/{src}")


def paragraph(*runs: Run | str) -> Block:
    return {"kind": "paragraph", "runs": [{"text": r} if isinstance(r, str) else r for r in runs]}


def heading(level: int, face: int, id_: str, words: str) -> Block:
    return {"kind": "heading", "level": level, "face": face, "id": id_, "runs": [{"text": words}]}


def test_a_page_of_the_report() -> None:
    read_ = article(
        '<p class="cited screen-only">见报告</p><a class="md-content__button" href="x">编辑</a>'
        '<h1 id="a">一、组织<a class="headerlink" href="#a">¶</a></h1>'
        '<p class="press screen-only"><a href="x.pdf">PDF</a></p>'
        '<h2 id="planning">（一）统筹</h2>\n'
        '<p>开展活动<a class="fig fig--open" href="#x" title="开展活动\n口径：全部\n状态：初步">12次</a>，'
        "走访<strong>居民</strong>\n  多次。<br>另起一行</p>"
        "<h3>1. 分项</h3><!-- 注 --><script>var x</script><hr>"
        "<aside class='md-source-file'>最近修改</aside>"
    )
    assert read_ == Article(
        title="一、组织",
        blocks=[
            heading(1, 2, "planning", "（一）统筹"),
            paragraph(
                "开展活动",
                {"text": "12次", "keep": True, "open": ["初步", "开展活动"]},
                "，走访",
                {"text": "居民", "face": "strong"},
                " 多次。",
                {"text": "", "line": True},
                "另起一行",
            ),
            heading(2, 3, "", "1. 分项"),
        ],
    )


def test_a_regulation_has_its_numbers_in_the_text_and_its_facts_in_a_line() -> None:
    read_ = article(
        '<div class="regulation-facts"><p class="draft"><strong>示范文本（待审定）</strong></p>'
        '<dl class="facts"><div><dt>状态</dt><dd><strong>草案</strong></dd></div>'
        "<div><dt>文号</dt><dd>待补</dd></div></dl></div>"
        '<div class="regulation"><h1>请假制度</h1><h2 id="ch-1">第一章 总则</h2>'
        '<h3 id="art-1">第一条</h3><p>为了管理。</p><p>第二款。</p>'
        '<h3 id="art-2">第二条</h3><ul><li>一项</li></ul><h3 id="art-3">第三条</h3></div>'
    )
    assert read_ == Article(
        title="请假制度",
        blocks=[
            {
                "kind": "paragraph",
                "runs": [{"text": "示范文本（待审定）", "face": "strong"}],
                "style": "mark",
            },
            {
                "kind": "paragraph",
                "runs": [
                    {"text": "状态："},
                    {"text": "草案", "face": "strong"},
                    {"text": "；文号：待补"},
                ],
                "style": "facts",
            },
            heading(1, CHAPTER, "ch-1", "第一章 总则"),
            paragraph({"text": "第一条", "face": "lead"}, "\u3000", "为了管理。"),
            paragraph("第二款。"),
            paragraph({"text": "第二条", "face": "lead"}),
            {"kind": "list", "ordered": False, "start": 1, "items": [[paragraph("一项")]]},
            paragraph({"text": "第三条", "face": "lead"}),
        ],
    )


def test_lists_tables_code_quotes_pictures_and_footnotes() -> None:
    read_ = article(
        '<ol start="3"><li>三<ul><li>深</li></ul></li><li><p>四</p></li></ol>'
        '<table><thead><tr><th>年份</th><th class="number">次数</th></tr></thead>'
        '<tbody><tr><td rowspan="2">2024年</td><td class="number">1</td></tr>'
        '<tr><td class="number">2</td></tr></tbody></table>'
        "<pre><code>a:  1\n  b: 2\n</code></pre><blockquote><p>引文</p></blockquote>"
        '<p><img src="a.png" alt="图"></p>'
        '<p>正文<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>完，x<sup>2</sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>注文'
        '<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    )

    def cell(words: str, head: bool = False, number: bool = False, down: int = 1) -> object:
        return {
            "runs": [{"text": words}],
            "head": head,
            "number": number,
            "across": 1,
            "down": down,
        }

    assert read_.blocks == [
        {
            "kind": "list",
            "ordered": True,
            "start": 3,
            "items": [
                [
                    paragraph("三"),
                    {"kind": "list", "ordered": False, "start": 1, "items": [[paragraph("深")]]},
                ],
                [paragraph("四")],
            ],
        },
        {
            "kind": "table",
            "head": [[cell("年份", True), cell("次数", True, True)]],
            "body": [
                [cell("2024年", down=2), cell("1", number=True)],
                [cell("2", number=True)],
            ],
            "widths": [0.5714, 0.4286],
            "wide": False,
        },
        {"kind": "code", "text": "a:  1\n  b: 2"},
        {"kind": "quote", "blocks": [paragraph("引文")]},
        {"kind": "picture", "svg": "", "file": "root/a.png", "alt": "图", "width": 0, "height": 0},
        paragraph(
            "正文",
            {"text": "", "note": [{"text": "注文"}]},
            "完，x",
            {"text": "2", "face": "sup"},
        ),
    ]


def test_what_is_struck_and_what_is_set_off() -> None:
    read_ = article(
        "<p>甲<del>乙</del></p>"
        '<div class="admonition note"><p class="admonition-title"><strong>说明</strong></p><p>丙</p></div>'
    )
    assert read_.blocks == [
        paragraph("甲", {"text": "乙", "face": "struck"}),
        {
            "kind": "quote",
            "blocks": [paragraph({"text": "说明", "face": "strong"}), paragraph("丙")],
        },
    ]


def test_titles_are_without_the_footnotes_they_bear() -> None:
    mark = '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
    read_ = article(
        f'<h1 id="t">题{mark}</h1><h2 id="a">一、节{mark}</h2><p>文</p>'
        '<div class="footnote"><ol><li id="fn:1"><p>注</p></li></ol></div>'
    )
    noted: list[Run] = [{"text": "", "note": [{"text": "注"}]}]
    ((_, section),) = sections(read_, 1)
    assert (read_.title, read_.notes) == ("题", noted)
    assert (section.title, section.source, section.notes) == ("一、节", "题", noted)
    made = document(section, "", [])
    assert (made["title"], made["lines"], made["notes"]) == ("一、节", ["一、节"], noted)
    assert whole(made) == "一、节\n注\n（题）\n文"


def mark(count: int) -> str:
    id_ = f"fnref{count if count > 1 else ''}:1"
    return f'<sup id="{id_}"><a class="footnote-ref" href="#fn:1">1</a></sup>'


SHARED = (
    '<div class="footnote"><ol><li id="fn:1"><p>注'
    '<a class="footnote-backref" href="#fnref:1">↩</a>'
    '<a class="footnote-backref" href="#fnref2:1">↩</a></p></li></ol></div>'
)


def test_a_note_with_several_marks_is_once_in_each_document() -> None:
    whole_page = article(
        f"<h1>题</h1><p>甲{mark(1)}</p><ul><li>乙{mark(2)}</li></ul><h2 id='a'>节</h2>"
        f"<table><tr><td>丙{mark(3)}</td></tr></table>{SHARED}"
    )
    ((_, section),) = sections(whole_page, 1)
    first: Run = {"text": "", "note": [{"text": "注"}], "shared": "0-fn:1"}
    again: Run = {"text": "", "note": [], "shared": "0-fn:1", "again": True}
    assert marks(document(whole_page, "", [])) == [first, again, again]
    assert marks(document(section, "", [])) == [first]
    assert whole(document(whole_page, "", [])).count("注") == 1
    other: Run = {**first, "shared": "1-fn:1"}
    assert marks(book("册", [section, section], 1, "", [])) == [first, other]


def marks(made: Document) -> list[Run]:
    return [run for one in made["parts"] for runs in runs_of(one["blocks"]) for run in notes(runs)]


def test_dates_and_numbers_have_their_width_where_long_texts_must_wrap() -> None:
    long = "字" * 60
    row = f"<td>2026年12月31日</td><td>{long}</td><td>{long}</td><td>12</td><td>示例综合科</td>"
    (made,) = article(f"<table><tbody><tr>{row}</tr></tbody></table>").blocks
    assert made["kind"] == "table"
    em = [round(width * 36.8, 1) for width in made["widths"]]
    assert em == [8.0, 10.1, 10.1, 2.5, 6.0]


def test_blocks_in_a_cell_are_lines_of_it() -> None:
    read_ = article("<table><tr><td><p>甲</p> <p>乙</p><br></td></tr></table>").blocks[0]
    assert read_["kind"] == "table"
    assert read_["body"][0][0]["runs"] == [
        {"text": "甲"},
        {"text": "", "line": True},
        {"text": "乙"},
    ]


def test_a_drawing_is_whole_without_the_page() -> None:
    read_ = article(
        '<div class="charts"><p>活动（次）</p><svg role="img" class="c" viewBox="0 0 240 16"><title>活动</title>'
        '<desc>2024年 3</desc><text y="12">2024年</text><rect width="50%" height="12"/></svg></div>'
    )
    assert read_.blocks[0] == paragraph("活动（次）")
    picture = read_.blocks[1]
    assert picture["kind"] == "picture"
    assert (picture["alt"], picture["width"]) == ("活动：2024年 3", 252.0)
    svg = lxml.html.fromstring(picture["svg"])
    assert set(svg.attrib) >= {"width", "height"}
    assert not {"class", "role"} & set(svg.attrib)
    assert [(part.tag, part.text) for part in svg if part.tag != "style"] == [
        ("text", "2024年"),
        ("rect", None),
    ]
    assert svg[-1].get("width") == "120.00"


def test_a_page_without_an_article_is_empty() -> None:
    assert read(lxml.html.document_fromstring("<p>无</p>"), str) == Article()


def test_sections_take_their_headings_as_titles() -> None:
    read_ = article(
        '<h1>一、组织</h1><p>引言</p><h2 id="a">（一）甲</h2><p>甲文</p><h3 id="a1">1. 子</h3>'
        '<h2>无号</h2><p>不单印</p><h2 id="b">（二）乙</h2><p>乙文</p>'
    )
    assert dict(sections(read_, 1)) == {
        "a": Article("（一）甲", "一、组织", [paragraph("甲文"), heading(1, 3, "a1", "1. 子")]),
        "b": Article("（二）乙", "一、组织", [paragraph("乙文")]),
    }
    assert dict(sections(read_, 2)) == {"a1": Article("1. 子", "一、组织", [])}
    assert list(sections(article("<h1>空</h1>"), 1)) == []


def test_headings_skip_no_level() -> None:
    jumped = [heading(3, 1, "", "甲"), heading(6, 4, "", "乙"), heading(2, 1, "", "丙")]
    levels = [block["level"] for block in set_heading_levels(jumped) if block["kind"] == "heading"]
    assert levels == [1, 2, 1]


def test_headings_in_lists_and_quotes_skip_no_level_either() -> None:
    read_ = article(
        "<blockquote><ul><li><h6>甲</h6></li></ul></blockquote><h2>乙</h2>"
        "<ol><li><h5>丙</h5></li></ol>"
    )
    found = [block["level"] for block in walk(read_.blocks) if block["kind"] == "heading"]
    assert found == [1, 1, 2]


def test_a_heading_in_a_quote_is_no_title() -> None:
    html = "<html><body><article><blockquote><h1>引</h1></blockquote></article></body></html>"
    read_ = read(lxml.html.document_fromstring(html), str, "页")
    quote: Block = {"kind": "quote", "blocks": [heading(1, 1, "", "引")]}
    assert read_ == Article("页", blocks=[quote])


def test_a_wide_table_takes_its_heading_to_a_page_lying_across() -> None:
    wide = article(
        "<h2>宽表</h2><table><tr>"
        + "<td>一二三四五六七八九十</td>" * 6
        + "</tr></table><h2>窄表</h2><table><tr><td>一</td></tr></table>"
    ).blocks
    kinds = [block["kind"] for block in turn_wide_tables(wide)]
    assert kinds == ["across", "heading", "table"]
    across = turn_wide_tables(wide)[0]
    assert across["kind"] == "across"
    assert [block["kind"] for block in across["blocks"]] == ["heading", "table"]
    # What follows shares the pages; a text between them would not lie across.
    twice = turn_wide_tables([*wide[:2], *wide])
    assert [block["kind"] for block in twice] == ["across", "heading", "table"]
    assert twice[0]["kind"] == "across"
    assert [block["kind"] for block in twice[0]["blocks"]] == ["heading", "table"] * 2
    parted = turn_wide_tables([*wide[:2], {"kind": "paragraph", "runs": []}, *wide[:2]])
    assert [block["kind"] for block in parted] == ["across", "paragraph", "across"]


_WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@st.composite
def html(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """HTML, and the characters a reader sees of it."""
    words = draw(_WORDS)
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    if depth == 0:
        return escaped, words
    tag = draw(st.sampled_from(["p", "div", "section", "h2", "h4", "ul", "ol", "table", "blockquote", "pre", "span", "strong", "em", "a", "code", "unknown"]))  # fmt: skip
    parts = draw(st.lists(html(depth - 1), max_size=3))
    inside = "".join(part for part, _ in parts)
    seen = "".join(part for _, part in parts)
    if tag in ("ul", "ol"):
        inside = f"<li>{inside}</li>"
    if tag == "table":
        inside = f"<tr><td>{inside}</td></tr>"
    if tag == "pre":
        inside = seen.replace("&", "&amp;").replace("<", "&lt;")
    return f"{escaped}<{tag}>{inside}</{tag}>", words + seen


@given(st.lists(html(), max_size=4))
def test_no_character_is_lost(parts: list[tuple[str, str]]) -> None:
    source = "".join(part for part, _ in parts)
    root: Any = lxml.html.document_fromstring(f"<article>{source}</article>")
    seen = "".join(root.find(".//article").text_content().split())
    assert "".join(text(read(root, str).blocks).split()) == seen


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("卫生管理制度", ("卫生管理制度",)),
        (
            "巩固文明创建成果，谱写新时代统计工作新篇章——创建文明单位工作汇报",
            ("巩固文明创建成果，", "谱写新时代统计工作新篇章", "——创建文明单位工作汇报"),
        ),
        (
            "关于统计执法包容审慎监管和统计诚信承诺若干规定",
            ("关于统计执法包容审慎监管", "和统计诚信承诺若干规定"),
        ),
        ("", ()),
    ],
)
def test_titles_break_between_words(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


@given(st.text(st.sampled_from("统计局文明创建的和（一）《》，、。：“”abc12 —"), max_size=120))
def test_titles_lose_nothing_and_fit(title: str) -> None:
    lines = title_lines(title)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(text_width(line) <= 20 for line in lines)


def test_the_text_of_runs_holds_footnotes_where_they_stand() -> None:
    assert (
        runs_text([{"text": "甲"}, {"text": "", "note": [{"text": "注"}]}, {"text": "乙"}])
        == "甲注乙"
    )
