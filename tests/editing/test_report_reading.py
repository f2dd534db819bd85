"""Reports brought as files are read whole: every text, number, heading, table, note and picture of them."""

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import docx as library
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from PIL import Image

from archive.editing.report.brought import Block, Brought, Cell, Link, Note, Picture, RefusedError
from archive.editing.report.passages import Builder
from archive.editing.report.plain import read_markdown, read_text
from archive.editing.report.reading import read_report
from archive.editing.report.word import MAX_ROWS, read_word
from archive.editing.report.word_symbols import symbol
from archive.press.codes import with_code
from archive.press.faces import faces
from archive.press.tree import Block as Tree
from archive.press.tree import Run, text, walk
from archive.press.word import docx
from archive.press.word.text import JOINER
from tests.samples.blocks import (
    BAR,
    BLOCKS,
    DAY,
    EVERYTHING,
    PIXEL,
    document,
    heading,
    paragraph,
    part,
)
from tests.samples.frozen import HERE
from tests.samples.libreoffice import convert
from tests.samples.word_files import (
    BOLD,
    CENTRED,
    HIDDEN,
    LARGE,
    STYLES,
    Related,
    abstract,
    begin_at,
    cell,
    field,
    level,
    listed,
    note,
    notes,
    num,
    outline,
    p,
    picture,
    r,
    raw,
    relations,
    row,
    table,
    word_file,
    zipped,
)

FACES, _ = faces(HERE)
LONG = "一年来，各科室按照年初定下的安排，把各项工作做在平时、做到细处，群众看得见、摸得着。"


def h(level: int, text: str, number: str = "") -> Block:
    return Block("heading", text, level, number)


def para(text: str, number: str = "") -> Block:
    return Block("paragraph", text, number=number)


def item(level: int, text: str, number: str = "") -> Block:
    return Block("item", text, level, number)


def grid(*rows: tuple[Cell | str, ...]) -> Block:
    return Block(
        "table",
        rows=tuple(
            tuple(Cell(one) if isinstance(one, str) else one for one in row) for row in rows
        ),
    )


def report(*blocks: Block, title: str = "", left_out: dict[str, int] | None = None) -> Brought:
    return Brought(title, blocks, left_out or {})


def texts(brought: Brought) -> list[str]:
    return [one.text for one in brought.blocks]


# ---- headings


def test_headings_by_style_by_a_style_based_on_one_and_by_outline_level() -> None:
    made = word_file(
        p("示例局工作报告", style="t"),
        p("基本情况", style="1"),
        p(LONG),
        p("队伍建设", style="own"),
        p(LONG),
        p("制度建设", looks=outline(2)),
        p("正文级别", looks=outline(9), style="2"),
        p("下一步打算。", style="1"),
        p("1.加强学习", style="own"),
    )
    assert read_word(made) == report(
        h(1, "基本情况"), para(LONG), h(2, "队伍建设"), para(LONG), h(3, "制度建设"), para("正文级别"),
        h(1, "下一步打算。"), h(2, "1.加强学习", "1."), title="示例局工作报告",
    )  # fmt: skip


def test_levels_leave_none_out_and_a_single_heading_at_the_top_is_the_title() -> None:
    made = word_file(
        p("工作报告", style="1"), p("概况", style="2"), p(LONG), p("细目", looks=outline(4)), p(LONG)
    )  # fmt: skip
    assert read_word(made) == report(
        h(1, "概况"), para(LONG), h(2, "细目"), para(LONG), title="工作报告"
    )


def test_headings_that_are_only_bold_or_large_or_in_the_middle() -> None:
    made = word_file(
        p("附件1"),
        p("示例局", looks=CENTRED, runs=LARGE),
        p("文明创建工作报告", looks=CENTRED, runs=LARGE),
        p("（2025年3月）", looks=CENTRED),
        p("前言", looks=CENTRED, runs=BOLD),
        p(LONG),
        p("主要做法", looks=CENTRED, runs=BOLD),
        p("抓学习", runs=BOLD),
        p(LONG),
        p(r("抓", '<w:rStyle w:val="s"/>'), r("服务", BOLD)),
        p(r("重点是：", BOLD), r("抓落实，", ""), r("见成效。", "")),
        p("表1　活动情况", looks=CENTRED, runs=BOLD),
        table(row("一", "二")),
        p("要求做到：", runs=BOLD),
        p(LONG),
        p("落款", looks=CENTRED, runs=BOLD),
    )
    assert read_word(made) == report(
        para("附件1"), para("（2025年3月）"), h(1, "前言"), para(LONG), h(1, "主要做法"), h(2, "抓学习"), para(LONG),
        h(2, "抓服务"), para("重点是：抓落实，见成效。"), para("表1　活动情况"), grid(("一", "二")), para("要求做到："),
        para(LONG), para("落款"), title="示例局文明创建工作报告",
    )  # fmt: skip


BY_HAND = (
    "一、总体情况", LONG, "（一）抓学习", LONG, "1.定计划", LONG, "2.重落实", LONG, "(二)抓服务", LONG,
    "1.上门服务。全年上门二十次，群众满意。", "2.线上服务。全年答复留言三百条，条条有回音。",
    "二、存在问题。", "主要有：", "1.人手不足", "2.经费不足", "三、四线城市的做法值得借鉴，今年已派人学习了两次。",
    "3.5万人次参加活动。", "三、下一步打算", LONG,
)  # fmt: skip
BY_HAND_READ = (
    h(1, "一、总体情况", "一、"), para(LONG), h(2, "（一）抓学习", "（一）"), para(LONG), h(3, "1.定计划", "1."), para(LONG),
    h(3, "2.重落实", "2."), para(LONG), h(2, "(二)抓服务", "(二)"), para(LONG),
    para("1.上门服务。全年上门二十次，群众满意。", "1."), para("2.线上服务。全年答复留言三百条，条条有回音。", "2."),
    h(1, "二、存在问题。", "二、"), para("主要有："), para("1.人手不足", "1."), para("2.经费不足", "2."),
    para("三、四线城市的做法值得借鉴，今年已派人学习了两次。", "三、"), para("3.5万人次参加活动。"),
    h(1, "三、下一步打算", "三、"), para(LONG),
)  # fmt: skip


def test_headings_that_are_only_numbered_by_hand() -> None:
    assert read_word(word_file(*map(p, BY_HAND))) == report(*BY_HAND_READ)


def test_numbers_of_every_kind_stand_in_their_order() -> None:
    lines = [
        "第一部分 总述",
        "第一章　概况",
        "第一节 人员",
        "一、编制",
        "（1）在编",
        "①男",
        "1.1 条目",
        "1.1.1条目",
    ]
    made = word_file(*(p(one) for line in lines for one in (line, LONG)))
    found = [(one.level, one.number) for one in read_word(made).blocks if one.kind == "heading"]
    assert found == [
        (1, "第一部分"), (2, "第一章"), (3, "第一节"), (4, "一、"), (7, "（1）"), (8, "①"), (5, "1.1"), (6, "1.1.1"),
    ]  # fmt: skip


def test_numbers_by_hand_below_headings_by_style() -> None:
    made = word_file(
        p("第一部分", style="1"), p("一、学习", style="2"), p(LONG), p("（一）计划"), p(LONG), p("（二）落实"), p(LONG),
        p("第二部分", style="1"), p("（一）其他"), p(LONG),
    )  # fmt: skip
    assert [(one.level, one.text) for one in read_word(made).blocks if one.kind == "heading"] == [
        (1, "第一部分"), (2, "一、学习"), (3, "（一）计划"), (3, "（二）落实"), (1, "第二部分"), (3, "（一）其他"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((p("示例局", looks=CENTRED, runs=LARGE + BOLD), p("总结", looks=CENTRED, runs=LARGE), p("（2025年）", looks=CENTRED)), "示例局总结"),
        ((p("Annual", looks=CENTRED, runs=LARGE), p("report", looks=CENTRED, runs=LARGE)), "Annual report"),
        ((p("总结", looks=CENTRED, runs=LARGE), p("前言", looks=CENTRED, runs=LARGE + BOLD), p(LONG), p("结语", looks=CENTRED, runs=LARGE + BOLD)), "总结"),
        ((p("前言", runs=BOLD), p(LONG), p("结语", runs=BOLD)), ""),
        ((p(LONG), p("总结", looks=CENTRED, runs=LARGE)), ""),
        ((p("一、概况", looks=CENTRED, runs=LARGE),), ""),
        ((p("各位同志，", looks=CENTRED, runs=LARGE),), ""),
    ],
)  # fmt: skip
def test_the_title_is_what_stands_out_at_the_top(lines: tuple[str, ...], title: str) -> None:
    assert read_word(word_file(*lines, p(LONG), p(LONG))).title == title


def test_headings_that_only_stand_in_the_middle() -> None:
    made = word_file(
        p("总结", looks=CENTRED, runs=LARGE), p(LONG), p("主要做法", looks=CENTRED), p(LONG), p("一、学习", runs=BOLD), p(LONG),
        table(row("甲")), p("上表的说明", looks=CENTRED), p(LONG), p("示例局", looks=CENTRED), p("3月", looks=CENTRED),
    )  # fmt: skip
    assert read_word(made) == report(
        para(LONG), h(1, "主要做法"), para(LONG), h(2, "一、学习", "一、"), para(LONG), grid(("甲",)), para("上表的说明"),
        para(LONG), para("示例局"), para("3月"), title="总结",
    )  # fmt: skip


RIGHT = '<w:jc w:val="right"/>'
BLACK = '<w:rFonts w:eastAsia="黑体"/>'
LARGER = '<w:sz w:val="36"/><w:b/>'
ATTACHED = ("附件：1.活动统计表", "2.获奖情况表")


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (  # as official documents are laid out
            (
                p("市委："), p("一、主要工作", runs=BLACK), p("（一）强化政治建设，夯实思想根基"), p("1.加强学习。" + LONG), p("2.严明纪律。" + LONG),
                p("（二）服务大局"), p(LONG), p("二、问题", runs=BLACK), p("一是人手不足。" + LONG), *map(p, ATTACHED), p("示例局", looks=RIGHT),
                p("2025年12月31日", looks=RIGHT),
            ),
            "1一、主要工作 2（一）强化政治建设，夯实思想根基 2（二）服务大局 1二、问题",
        ),
        (
            (
                p("第一部分 回顾", looks=CENTRED, runs=BOLD), p("一、学习", runs=BOLD), p(LONG), p("——读书会。" + LONG), p("二、服务", runs=BOLD),
                p(LONG), p("第二部分 打算", looks=CENTRED, runs=BOLD), p("一、深化", runs=BOLD), p(LONG),
            ),
            "1第一部分 回顾 2一、学习 2二、服务 1第二部分 打算 2一、深化",
        ),
        (  # short lines without text below them are a list
            (
                p("一、学习", runs=BOLD), p("1、计划"), p(LONG), p("2、落实"), p(LONG), p("（1）读书会"), p("（2）党课"), p("（3）参观"),
                p("二、服务", runs=BOLD), p("1、走访"), p(LONG),
            ),
            "1一、学习 21、计划 22、落实 1二、服务 21、走访",
        ),
        (
            (p("1 概况", runs=BOLD), p("1.1 人员"), p(LONG), p("1.2 机构"), p(LONG), p("2 做法", runs=BOLD), p("12 人参加了培训，效果良好。")),
            "11 概况 21.1 人员 21.2 机构 12 做法",
        ),
        (
            (p("学习篇", runs=LARGER), p("读书会", runs=BOLD), p(LONG), p("服务篇", runs=LARGER), p("走访", runs=BOLD), p(LONG)),
            "1学习篇 2读书会 1服务篇 2走访",
        ),
        ((p("一、学习"), p(LONG), p("一、服务"), p(LONG), p("四、打算"), p(LONG)), "1一、学习 1一、服务 1四、打算"),
        ((p("一、学习", runs=BLACK), p(r("（一）计划。", BOLD), r(LONG)), p(r("（二）落实。", BOLD), r(LONG))), "1一、学习"),
        (
            (p("一、学习", runs=BLACK), p(LONG), p("统计表", looks=CENTRED, runs=BOLD), p("单位：次", looks=RIGHT), table(row("甲"))),
            "1一、学习",
        ),
    ],
)  # fmt: skip
def test_styles_of_reports(lines: tuple[str, ...], headings: str) -> None:
    brought = read_word(word_file(p("2025年总结", looks=CENTRED, runs=LARGE), *lines))
    found = [f"{one.level}{one.text}" for one in brought.blocks if one.kind == "heading"]
    assert (brought.title, " ".join(found)) == ("2025年总结", headings)


def test_lines_that_look_like_numbered_ones_stand_with_them() -> None:
    made = word_file(
        p("前言", runs=BOLD), p(LONG), p("一、学习", runs=BOLD), p(LONG), p("（一）计划"), p(LONG), p("二、服务。", runs=BOLD), p(LONG),
        p("篇外", runs=LARGE), p(LONG), p("结语", runs=BOLD), p(LONG),
    )  # fmt: skip
    found = [(one.level, one.text) for one in read_word(made).blocks if one.kind == "heading"]
    assert found == [
        (2, "前言"),
        (2, "一、学习"),
        (3, "（一）计划"),
        (2, "二、服务。"),
        (1, "篇外"),
        (2, "结语"),
    ]


def test_a_title_by_style_below_a_heading_is_a_heading_above_all() -> None:
    made = word_file(
        p("概况", style="1"), p(LONG), p("下篇", style="t"), p(LONG), p("打算", style="1")
    )
    assert [one.level for one in read_word(made).blocks] == [2, 0, 1, 0, 2]


def test_numbered_paragraphs_among_which_one_is_short_are_no_headings() -> None:
    made = word_file(p("1." + LONG), p("2.短句"), p("3." + LONG), p(LONG))
    assert {one.kind for one in read_word(made).blocks} == {"paragraph"}


# ---- automatic numbers

OUTLINE = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="1"/>'),
    level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4", '<w:suff w:val="nothing"/>'),
)
STYLED = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="三级"/><w:basedOn w:val="2"/></w:style>'
)


def test_automatic_numbers_of_headings_that_come_from_their_styles() -> None:
    made = word_file(
        p("总体情况", style="1"), p("学习", style="2"), p("服务", style="3"), p("第三级" + LONG, looks=listed(1, 2)),
        p("又一" + LONG, looks=listed(1, 2)), p("圈一" + LONG, looks=listed(1, 3)), p("问题", style="1"), p("人手", style="2"),
        p("重新" + LONG, looks=listed(1, 2)), p("没有编号", style="1", looks=listed(0, None)), p(style="1"), p("打算", style="1"),
        styles=STYLED, numbering=OUTLINE + num(1, 0),
    )  # fmt: skip
    assert read_word(made) == report(
        h(1, "一、总体情况", "一、"), h(2, "（一）学习", "（一）"), h(2, "（二）服务", "（二）"), para("1.第三级" + LONG, "1."),
        para("2.又一" + LONG, "2."), para("①圈一" + LONG, "①"), h(1, "二、问题", "二、"), h(2, "（一）人手", "（一）"),
        para("1.重新" + LONG, "1."), h(1, "没有编号"), h(1, "四、打算", "四、"), left_out={"只有编号、没有文字的段落": 1},
    )  # fmt: skip


def counted(numbering: str, *of: tuple[int, int]) -> list[str]:
    """The numbers that paragraphs of these lists and levels get."""
    made = word_file(*(p(LONG, looks=listed(*one)) for one in of), numbering=numbering)
    return [one.text.removesuffix(LONG) for one in read_word(made).blocks]


@pytest.mark.parametrize(
    ("form", "start", "numbers"),
    [
        ("decimal", 9, "9 10"),
        ("chineseCounting", 10, "十 十一"),
        ("chineseCounting", 99, "九十九 一〇〇"),
        ("chineseCountingThousand", 109, "一百零九 一百一十"),
        ("ideographDigital", 10, "一〇 一一"),
        ("japaneseCounting", 19, "十九 二十"),
        ("japaneseCounting", 100, "百 百一"),
        ("chineseLegalSimplified", 12, "壹拾贰 壹拾叁"),
        ("ideographTraditional", 10, "癸 11"),
        ("ideographZodiac", 1, "子 丑"),
        ("decimalEnclosedCircleChinese", 20, "⑳ ㉑"),
        ("decimalEnclosedParen", 1, "⑴ ⑵"),
        ("decimalEnclosedFullstop", 20, "⒛ 21"),
        ("decimalFullWidth", 12, "１２ １３"),
        ("decimalZero", 9, "09 10"),
        ("lowerLetter", 26, "z aa"),
        ("upperLetter", 1, "A B"),
        ("upperRoman", 3, "III IV"),
        ("lowerRoman", 1999, "1999 2000"),
        ("lowerRoman", 49, "xlix l"),
        ("ordinal", 11, "11th 12th"),
        ("ordinal", 21, "21st 22nd"),
        ("numberInDash", 1, "-1- -2-"),
        ("madeUp", 0, "0 1"),
    ],
)
def test_forms_of_numbers(form: str, start: int, numbers: str) -> None:
    numbering = abstract(
        0, level(0, form, "<%1>".replace("<", "「").replace(">", "」"), start=start)
    )
    found = counted(numbering + num(1, 0), (1, 0), (1, 0))
    assert [one.strip("「」").replace(" ", "") for one in found] == numbers.split()


def test_restarts() -> None:
    """Lists of one definition count on; a deeper level begins anew, unless it says when."""
    levels = (
        level(0, "decimal", "第%1章"),
        level(1, "decimal", "%1.%2", '<w:suff w:val="space"/>'),
        level(2, "decimal", "%3)", '<w:lvlRestart w:val="0"/>'),
        level(3, "decimal", "%1-%4)", '<w:lvlRestart w:val="1"/><w:isLgl/>'),
    )
    numbering = abstract(0, *levels) + num(1, 0) + num(2, 0) + num(3, 0, begin_at(7))
    of = [
        (1, 0),
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 0),
        (1, 1),
        (1, 3),
        (3, 0),
        (3, 0),
        (1, 0),
    ]
    assert counted(numbering, *of) == [
        "第1章 ", "1.1 ", "1)", "1-1)", "1.2 ", "2)", "1-2)", "第2章 ", "2.1 ", "2-1)", "第7章 ", "第8章 ", "第9章 ",
    ]  # fmt: skip


def test_overrides_and_levels_that_nothing_has_counted_yet() -> None:
    levels = (level(0, "chineseCounting", "%1、", start=3), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1%2%3、", "<w:isLgl/>"))  # fmt: skip
    own = '<w:lvlOverride w:ilvl="0">' + level(0, "upperLetter", "%1.") + "</w:lvlOverride>"
    numbering = abstract(0, *levels) + abstract(1, *levels) + num(1, 0) + num(2, 1, own) + num(5, 9)
    assert counted(numbering, (1, 1), (1, 0), (1, 2), (2, 0), (2, 0), (2, 8), (5, 0), (6, 0)) == [
        "三.1.", "三、", "311、", "A.", "B.", "", "", "",
    ]  # fmt: skip


def test_a_definition_that_stands_in_a_style_of_numbers() -> None:
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="n"/></w:abstractNum>'
    of = '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="n"/>' + level(0, "decimal", "（%1）") + "</w:abstractNum>"  # fmt: skip
    assert counted(of + linked + num(1, 1), (1, 0), (1, 0)) == ["（1）", "（2）"]
    style = '<w:style w:type="numbering" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = abstract(0, level(0, "decimal", "%1、")) + linked + num(1, 1) + num(2, 0)
    made = word_file(p(LONG, looks=listed(1)), styles=STYLES + style, numbering=numbering)
    assert texts(read_word(made)) == ["1、" + LONG]


def test_bullets_are_items_and_headings_may_be_numbered_by_word_alone() -> None:
    numbering = (
        abstract(0, level(0, "bullet", "●"), level(1, "bullet", "—"))
        + abstract(1, level(0, "japaneseCounting", "%1、"))
        + num(1, 0)
        + num(2, 1)
    )
    made = word_file(
        p("概况", looks=listed(2)), p("甲", looks=listed(1)), p("乙", looks=listed(1, 1)), p(looks=listed(1)),
        p("打算", looks=listed(2)), p(LONG), numbering=numbering,
    )  # fmt: skip
    assert read_word(made) == report(
        h(1, "一、概况", "一、"), item(1, "甲"), item(2, "乙"), h(1, "二、打算", "二、"), para(LONG)
    )


# ---- what stands in a paragraph


@pytest.mark.parametrize(
    ("code", "font", "sign"),
    [
        ("2103", "宋体", "℃"), ("F0B7", "Symbol", "•"), ("0061", "Symbol", "α"), ("F028", "Symbol", "("), ("F081", "Wingdings", "①"),
        ("F052", "Wingdings 2", "☑"), ("F041", "Wingdings", ""), ("F041", "宋体", ""), ("xx", "Symbol", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_signs_of_fonts_of_symbols(code: str, font: str, sign: str) -> None:
    assert symbol(code, font) == sign


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_runs_are_joined_and_signs_are_read() -> None:
    made = word_file(
        p("　　全", r("年", BOLD), "开展活动", "12", "次　"),
        p(r("甲"), raw("<w:tab/>"), r("乙"), raw("<w:br/>"), r("丙"), raw("<w:cr/>"), r("丁"), raw('<w:br w:type="page"/>')),
        p(r("2024"), raw("<w:noBreakHyphen/>"), r("2025"), raw("<w:softHyphen/>"), r("年")),
        p(raw('<w:sym w:font="Wingdings" w:char="F0FE"/>'), r("同意"), raw('<w:sym w:font="Wingdings" w:char="F0FF"/>')),
        p(raw("<w:t>\uf0a8</w:t>", looks='<w:rFonts w:ascii="Wingdings"/>'), r("不同意")),
        p(raw("<w:t> 去空格 </w:t>"), raw('<w:t xml:space="preserve">留 空\n格</w:t>'), r("。")),
        p('<w:smartTag w:element="x"><w:r><w:t>标签</w:t></w:r></w:smartTag>', r("。")),
        p(raw("<w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby>"), r("音。")),
        p(r("面积"), "<m:oMath><m:r><m:t>a</m:t></m:r><m:r><m:t>+b</m:t></m:r></m:oMath>", r("。")),
        p(r("看得见", HIDDEN + '<w:vanish w:val="0"/>'), r("看不见", HIDDEN), r("藏", '<w:rStyle w:val="h"/>'), r("。")),
    )  # fmt: skip
    brought = read_word(made)
    assert texts(brought) == [
        "全年开展活动12次", "甲\t乙\n丙\n丁", "2024-2025年", "☑同意", "□不同意", "去空格留 空 格。", "标签。", "拼音。", "面积a+b。", "。",
    ]  # fmt: skip
    assert brought.left_out == {
        "认不出的符号": 1,
        "注音": 1,
        "公式（只取文字）": 1,
        "隐藏的文字": 3,
    }


def test_tracked_changes_are_taken_as_accepted() -> None:
    made = word_file(
        p(
            "服务",
            "<w:del><w:r><w:delText>十</w:delText></w:r></w:del>",
            f"<w:ins>{r('12')}</w:ins>",
            "次，",
        ),
        p("前半", mark="<w:del/>", style="1"),
        p("后半。"),
        p("新段。", mark="<w:ins/>"),
        p(f"<w:moveFrom>{r('移走')}</w:moveFrom>", mark="<w:moveFrom/>"),
        p("尾。", f"<w:moveTo>{r('移来。')}</w:moveTo>"),
        p("删去的末段", mark="<w:del/>"),
    )
    assert read_word(made) == Brought(
        "", tuple(map(para, ("服务12次，", "前半后半。", "新段。", "尾。移来。", "删去的末段"))), {"修订（按接受）": 8}
    )  # fmt: skip


def test_fields_show_their_results() -> None:
    made = word_file(
        p("目　录"),
        p(field(' TOC \\o "1-3" ', r("概况"), field("PAGEREF a", r("1"))).removesuffix(END), style="toc1"),
        p("打算", style="toc1"),
        p(END),
        p("概况", style="1"),
        p("共", field(" = 1 + 1 ", r("2")), "项，第", field("PAGE", r("3")), "页，见", field("REF a", r("上")), "表。"),
        p("网址：", field(' HYPERLINK "https://example.org/a" ', r("网站")), "，", field('HYPERLINK \\l "b"', r("下文")), "。"),
        p(f'<w:hyperlink r:id="rA">{r("网站")}</w:hyperlink>', f'<w:hyperlink r:id="rB">{r("文件")}</w:hyperlink>', f'<w:hyperlink w:anchor="x">{r("下文")}</w:hyperlink>', r("。")),
        p(field("eq \\o\\ac(○,21)"), r("圈"), field("EQ \\f(1,2)"), field("PAGE"), '<w:fldSimple w:instr=" DATE ">' + r("3月1日") + "</w:fldSimple>", '<w:fldSimple w:instr="NUMPAGES">' + r("9") + "</w:fldSimple>", r("。")),
        p("没有结束", field("IF 1", r("甲")).removesuffix(END), "乙。"),
        p("段落还在。"),
        related={"rA": Related("hyperlink", "https://example.org/b", True), "rB": Related("hyperlink", "file:///c:/a.doc", True)},
    )  # fmt: skip
    assert read_word(made) == Brought(
        "",
        (
            h(1, "概况"),
            para("共2项，第页，见上表。"),
            replace(para("网址：网站，下文。"), links=(Link(3, 5, "https://example.org/a"),)),
            replace(para("网站文件下文。"), links=(Link(0, 2, "https://example.org/b"),)),
            para("㉑圈3月1日。"),
            para("没有结束甲乙。"),
            para("段落还在。"),
        ),
        {"目录": 1, "页码": 3, "公式域": 1, "不是网址的链接（只留文字）": 1},
    )


def test_a_field_without_an_end_does_not_swallow_the_text() -> None:
    made = word_file(
        p("甲", field("PAGE").removesuffix(END)), p("乙"), p(field("TOC", r("目录")).removesuffix(END)), p("概况", style="1"), p("丙")
    )  # fmt: skip
    assert read_word(made) == report(
        para("甲"), para("乙"), h(1, "概况"), para("丙"), left_out={"目录": 1}
    )


def test_elements_around_paragraphs_are_looked_through() -> None:
    either = f'<mc:AlternateContent><mc:Choice Requires="cx">{p("新")}</mc:Choice>{{}}</mc:AlternateContent>'
    made = word_file(
        either.format(f"<mc:Fallback>{p('旧')}</mc:Fallback>"), either.format(""), f"<w:ins>{p('增')}</w:ins>", f"<w:del>{p('删')}</w:del>",
        f"<w:customXml>{p('甲', raw('<w:pgNum/>'))}</w:customXml>", p(either.format("").replace("</mc:Choice>", "</mc:Choice><mc:Fallback>" + r("行") + "</mc:Fallback>")),
    )  # fmt: skip
    assert read_word(made) == report(
        para("旧"), para("增"), para("甲"), para("行"), left_out={"修订（按接受）": 2, "页码": 1}
    )


def test_notes_stand_where_their_marks_do() -> None:
    made = word_file(
        p("报告", note(1), style="t"),
        p("　　全年", note(2), "12次", note(1, "endnote"), "。", note(3, more=' w:customMarkFollows="1"').replace("</w:r>", "<w:t>*</w:t></w:r>"), note(9)),
        table(row(cell(p("甲"), p("乙", note(2)))), row(cell(table(row("丙", cell(p("丁", note(3)))))))),
        related={"rF": Related("footnotes", "footnotes.xml"), "rE": Related("endnotes", "endnotes.xml")},
        parts={
            "footnotes.xml": notes("footnote", p("题注"), p(raw("<w:footnoteRef/>"), r(" 统计到年底。")) + p("另一段"), p("星", '<w:hyperlink r:id="rB">' + r("号") + "</w:hyperlink>", picture("rA"))),
            "_rels/footnotes.xml.rels": relations({"rA": Related("image", "a.png"), "rB": Related("hyperlink", "https://example.org", True)}),
            "a.png": PIXEL,
            "endnotes.xml": notes("endnote", p("尾注", note(1, "endnote"))),
        },
    )  # fmt: skip
    second = "统计到年底。\n另一段"
    assert read_word(made) == Brought(
        "报告",
        (
            replace(para("全年12次。"), notes=(Note(2, second), Note(5, "尾注"), Note(6, "星号"))),
            grid(
                (Cell("甲\n乙", notes=(Note(3, second),)),),
                (Cell("丙\t丁", notes=(Note(3, "星号"),)),),
            ),
        ),
        {"脚注里的图片": 1, "脚注里的链接（只留文字）": 1},
        (Note(2, "题注"),),
    )


def test_controls_are_looked_through_and_contents_are_left_out() -> None:
    def control(content: str, properties: str = "") -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    made = word_file(
        control(p("目录") + p("概况"), gallery),
        control(p("块里", control(r("行里")), control(r("单击此处输入"), "<w:showingPlcHdr/>"), "。")),
        table(control(row(control(cell("甲")), "乙"))),
        p("一"), p("概况1", style="toc1"), p("打算2", style="toc1"), p("正文。"),
    )  # fmt: skip
    assert read_word(made) == report(
        para("块里行里。"),
        grid(("甲", "乙")),
        para("一"),
        para("正文。"),
        left_out={"目录": 2, "没有填写的控件": 1},
    )


def test_text_boxes_follow_the_paragraph_that_holds_them() -> None:
    box = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
    drawn = f"<w:drawing><wp:anchor><a:graphic><a:graphicData>{box}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    old = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
    either = f'<mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    unknown = f'<mc:AlternateContent><mc:Choice Requires="cx">{drawn.format(p("不认得"))}</mc:Choice><mc:Fallback>{old.format(p("旧式"))}</mc:Fallback></mc:AlternateContent>'
    inner = either.format(p("框里的框"), p("旧"))
    made = word_file(
        p("段落", raw(either.format(p("框一") + table(row("甲")), p("框一"))), "。"),
        p(raw(unknown), raw(either.format(p("外", raw(inner)), p("外")))),
        table(row(cell(p("格", raw(either.format(p("格中框"), p("x"))))))),
    )
    assert read_word(made) == report(
        para("段落。"), para("框一"), grid(("甲",)), para("旧式"), para("外"), para("框里的框"), grid(("格\n格中框",))
    )  # fmt: skip


def test_tables() -> None:
    span, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    made = word_file(
        table(
            row(cell("项目", looks=begins), cell("数量", looks=span), cell("说明")),
            row(cell("看不见", looks=goes_on), "去年", cell("今", p("年"))),
            row(cell("甲", looks=begins), cell("1", looks=span + begins), "合并"),
            row(cell(looks=goes_on), cell(looks=span + goes_on), cell("乙", looks=goes_on)),
            row("删去", looks="<w:del/>"),
            row(cell("丙"), looks='<w:gridBefore w:val="1"/>'),
            row("末"),
        ),
        table(row(cell(), cell())),
        table(row(cell(table(row("内一", "内二"), row("内三"))), cell(p("1", looks=listed(1)), p("2", looks=listed(1))))),
        numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0),
    )  # fmt: skip
    assert read_word(made) == Brought(
        "",
        (
            grid(
                (Cell("项目", 1, 2), Cell("数量", 2), "", "说明"),
                ("", "去年", "今\n年", ""),
                (Cell("甲", 1, 2), Cell("1", 2, 2), "", "合并"),
                ("", "", "", "乙"),
                ("", "丙", "", ""),
                ("末", "", "", ""),
            ),
            grid(("内一\t内二\n内三", "1.1\n2.2")),
        ),
        {"修订（按接受）": 1},
    )


def test_pictures() -> None:
    vector = '<a:extLst><a:ext><asvg:svgBlip r:embed="rS"/></a:ext></a:extLst>'
    old = '<w:pict><v:shape alt="旧图"><v:imagedata r:id="rP"/></v:shape></w:pict>'
    in_group = '<pic:pic><pic:nvPicPr><pic:cNvPr title="组中"/></pic:nvPicPr><a:blip r:embed="rP"/></pic:pic>'
    group = f"<w:drawing><wp:docPr/><wpg:wgp>{in_group}</wpg:wgp></w:drawing>"
    smart = '<w:drawing><a:graphic><a:graphicData uri="http://x/diagram"/></a:graphic></w:drawing>'
    chart = '<w:drawing><a:graphic><a:graphicData uri="http://x/chart"/></a:graphic></w:drawing>'
    made = word_file(
        p("如图：", picture("rP", "合影 一\n张"), "。"),
        p(picture("rP", tag="anchor"), picture("rP", "柱形图", more=vector), raw(old)),
        p(
            picture("rL", link=True),
            picture("rE"),
            picture("rNone"),
            raw(chart),
            raw("<w:object/>"),
            raw(smart),
            raw(group),
        ),
        table(row(cell("甲"), cell(p(picture("rP"))))),
        related={
            "rP": Related("image", "media/a.png"),
            "rS": Related("image", "media/b.svg"),
            "rE": Related("image", "media/c.emf"),
            "rL": Related("image", "https://example.org/a.png", True),
        },
        parts={"media/a.png": PIXEL, "media/b.svg": BAR, "media/c.emf": b"\x01\0\0\0EMF"},
    )
    one = Picture(PIXEL, "png")
    shown = [
        replace(one, description="合影 一 张"),
        one,
        Picture(BAR.encode(), "svg", "柱形图"),
        replace(one, description="旧图"),
        replace(one, description="组中"),
        one,
    ]
    pictures = [Block("picture", picture=each) for each in shown]
    assert read_word(made) == Brought(
        "",
        (para("如图：。"), *pictures[:5], grid(("甲", "")), pictures[5]),
        {
            "链接在别处的图片（未取）": 1,
            "不能显示的图片（EMF）": 1,
            "不能显示的图片（找不到）": 1,
            "图表": 1,
            "图示（SmartArt）": 1,
            "嵌入的对象": 1,
        },
    )


def striped(form: str, **said: object) -> bytes:
    """A picture of four stripes side by side; only the second and third may be seen."""
    made = Image.new("RGB", (40, 20), "red")
    made.paste((0, 0, 255), (10, 0, 30, 20))
    raw = io.BytesIO()
    made.save(raw, form, **said)
    return raw.getvalue()


def test_of_a_cropped_picture_what_is_seen_is_brought() -> None:
    def cut(id_: str, sides: str, more: str = "") -> str:
        return picture(id_, more=more).replace(
            "</pic:blipFill>", f"<a:srcRect {sides}/></pic:blipFill>"
        )

    turned = Image.Exif()
    turned[0x0112] = 6
    halves = 'l="25000" r="25000"'
    vector = '<a:extLst><a:ext><asvg:svgBlip r:embed="rS"/></a:ext></a:extLst>'
    old = '<w:pict><v:shape><v:imagedata r:id="rP" cropleft="16384f" cropright=".25"/></v:shape></w:pict>'
    brought = read_word(
        word_file(
            p(cut("rP", halves), cut("rJ", 'l="25%" r="25%"'), cut("rP", halves, vector), raw(old)),
            p(cut("rP", 'l="-5000"')),
            p(
                cut("rS", halves),
                cut("rT", halves),
                cut("rP", 'l="x"'),
                cut("rP", 'l="60000" r="60000"'),
            ),
            related={
                "rP": Related("image", "media/a.png"),
                "rJ": Related("image", "media/b.jpg"),
                "rS": Related("image", "media/c.svg"),
                "rT": Related("image", "media/d.jpg"),
            },
            parts={
                "media/a.png": striped("PNG"),
                "media/b.jpg": striped("JPEG", quality=95),
                "media/c.svg": BAR,
                "media/d.jpg": striped("JPEG", exif=turned),
            },
        )
    )
    shown = [one.picture for one in brought.blocks if one.picture]
    looks = []
    for one in shown:
        with Image.open(io.BytesIO(one.content)) as seen:
            line = seen.convert("RGB").getchannel("R").crop((0, 9, seen.width, 10))
            looks.append((one.suffix, seen.size, max(line.tobytes()) > 99))
    assert looks == [
        ("png", (20, 20), False),
        ("jpg", (20, 20), False),
        ("png", (20, 20), False),
        ("png", (20, 20), False),
        ("png", (40, 20), True),
    ]
    assert brought.left_out == {
        "裁剪过的图片（只取看得见的部分）": 4,
        "裁剪过的图片（裁不了，未取）": 4,
    }


def test_what_is_hidden_among_pictures_and_what_may_cover_them_is_told() -> None:
    hidden = picture("rP").replace("<wp:docPr ", '<wp:docPr hidden="1" ')
    inside = "<w:txbxContent><w:p><w:r><w:t>藏</w:t></w:r></w:p></w:txbxContent>"
    box = f"<w:pict><v:shape style='position:absolute;visibility:hidden'><v:textbox>{inside}</v:textbox></v:shape></w:pict>"

    def drawn(form: str) -> str:
        return raw(f'<w:drawing><wp:anchor><wp:docPr/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:spPr><a:prstGeom prst="{form}"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>')  # fmt: skip

    brought = read_word(
        word_file(
            p(
                "甲",
                hidden,
                raw(box),
                drawn("rect"),
                drawn("line"),
                raw("<w:pict><v:rect/></w:pict>"),
            ),
            related={"rP": Related("image", "media/a.png")},
            parts={"media/a.png": PIXEL},
        )
    )
    assert brought == Brought(
        "", (para("甲"),), {"隐藏的图片、图形": 2, "图形（盖着图片的，图片整张导入）": 2}
    )


def test_pictures_have_a_number_and_a_size() -> None:
    many = word_file(
        p(picture("rP") * 501),
        related={"rP": Related("image", "a.png")},
        parts={"a.png": PIXEL},
    )
    with pytest.raises(RefusedError) as raised:
        read_word(many)
    assert str(raised.value) == "图片须不超过 500 张，现在超过；请分成几份，分别导入"


def test_what_a_formula_a_table_or_a_list_hides_is_left_out() -> None:
    formula = (
        "<m:oMath><m:r><m:t>a</m:t></m:r><w:del><m:r><m:t>删</m:t></m:r></w:del>"
        "<m:r><w:rPr><w:vanish/></w:rPr><m:t>藏</m:t></m:r><w:ins><m:r><m:t>=b</m:t></m:r></w:ins></m:oMath>"
    )
    unseen = '<w:style w:type="table" w:styleId="tv"><w:rPr><w:vanish/></w:rPr></w:style>'
    hiding = table(row("藏")).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="tv"/></w:tblPr>')
    brought = read_word(
        word_file(
            p(formula),
            table(row("甲", cell("删", looks="<w:cellDel/>"))),
            hiding,
            p("乙", looks=listed(1)),
            styles=STYLES + unseen,
            numbering=abstract(1, level(0, "decimal", "藏%1", "<w:rPr><w:vanish/></w:rPr>"))
            + num(1, 1),
        )
    )
    assert brought == Brought(
        "",
        (para("a=b"), grid(("甲",)), para("乙")),
        {"公式（只取文字）": 1, "修订（按接受）": 3, "隐藏的文字": 2},
    )


def test_a_namespace_with_a_long_name_is_refused() -> None:
    """Each element would be given it again, when it is asked for its name."""
    with pytest.raises(RefusedError) as raised:
        read_word(word_file(f'<w:p xmlns:q="{"甲" * 501}"/>', p("乙" * 50_000)))
    assert str(raised.value) == (
        "Word 文件里命名空间的名称须不超过 500 字，现有更长的；请在 Word 或 WPS 里打开，另存为 .docx 再导入"
    )


def test_what_stands_beside_the_text_is_told() -> None:
    made = word_file(
        p('<w:commentRangeStart w:id="0"/>', r("正文。"), raw('<w:commentReference w:id="0"/>')),
        '<w:altChunk r:id="rX"/>',
        related={
            "rC": Related("comments", "comments.xml"),
            "rH": Related("header", "header1.xml"),
            "rG": Related("header", "header2.xml"),
            "rM": Related("vbaProject", "vbaProject.bin"),
            "rO": Related("oleObject", "file:///c:/a.xls", True),
        },
        parts={
            "comments.xml": notes("comment", p("批一"), p("批二")).replace("w:type", "w:of"),
            "header1.xml": f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p("眉")}</w:hdr>',
            "header2.xml": f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p()}</w:hdr>',
            "vbaProject.bin": b"macro",
        },
    )  # fmt: skip
    assert read_word(made) == Brought(
        "",
        (para("正文。"),),
        {"嵌入的文件": 1, "批注": 3, "页眉、页脚": 1, "宏": 1, "链接到别处的内容（未取）": 1},
    )


# ---- files that programs have written


def test_the_programs_own_word_file_comes_back_as_what_was_pressed() -> None:
    end = ["打印自样例档案：report/a/，以2026年3月1日的资料为准。", "未填报：甲。"]
    made = docx(document(part(EVERYTHING, source="（上级）"), end=end), DAY, Path(), FACES)
    assert read_word(made) == Brought(
        "样例",
        (
            para("（上级）"), para("示范文本（待审定）"), para("文号：待补"), h(1, "第一章 总则", "第一章"), h(2, "一、黑体", "一、"),
            h(3, "（一）楷体", "（一）"), h(3, "1.仿宋", "1."),
            Block(
                "paragraph", "第一条　服务1234小时强调aaa\tb\nH23x = 1", number="第一条",
                notes=(Note(14, "脚注<一>\n又一行"),),
            ),
            para("3.甲", "3."), item(2, "乙"), para("1.丙", "1."), para("4.丁", "4."), para("丁续"), para("引文"),
            item(1, "引文中"), para("if x:"), para("y - 1"), para("如图："),
            Block("picture", picture=Picture(BAR.encode(), "svg", "柱形图：甲 9")), h(2, "二、横排", "二、"),
            grid(
                ("年份", "活动（次）", "备注"), (Cell("一组", 3), "", ""), (Cell("2024年", rows=2), "12", "甲"),
                ("", Cell("3", 2), ""),
            ),
            para("末段"),
        ),
        {"页眉、页脚": 4, "打印的说明（打印自…）": 2},
    )  # fmt: skip


def test_what_is_said_of_the_days_that_words_mean_does_not_come_back() -> None:
    told = "文中“上年”指2024年1月1日至2024年12月31日；“今天”指2025年3月1日。"
    end = ["打印自样例档案：report/a/，以2026年3月1日的资料为准。"]
    whole = document(part([paragraph("比上年多。"), paragraph(told)]), end=end)
    found = read_word(docx(whole, DAY, Path(), FACES))
    assert (found.blocks, found.left_out) == (
        (para("比上年多。"),),
        {
            "页眉、页脚": 4,
            "打印的说明（打印自…）": 1,
            "所指日期的说明（文中“上年”指…）": 1,
        },
    )
    other = word_file(p(r("比上年多。")), p(r(told)))
    assert [one.text for one in read_word(other).blocks] == ["比上年多。", told]


def test_of_a_printed_address_neither_the_line_nor_the_code_comes_back() -> None:
    address = "https://wenming.example/report/a/"
    end = [f"打印自样例档案：{address}，以2026年3月1日的资料为准。", "未填报：甲。"]
    printed = with_code(document(part([paragraph("正文。")]), end=end, address=address))
    found = read_word(docx(printed, DAY, Path(), FACES))
    assert (found.blocks, found.left_out) == (
        (para("正文。"),),
        {"页眉、页脚": 4, "打印的说明（打印自…）": 4},
    )


def test_its_parts_contents_and_notes_with_several_marks() -> None:
    first = Run(text="", note=[Run(text="注")], shared="fn:1")
    again = Run(text="", note=[], shared="fn:1", again=True)
    whole = document(
        part([heading(1, 1, "一、甲"), paragraph("甲", first, "乙", again)], "第一篇"),
        part([heading(1, 1, "一、乙"), paragraph("丙")], "第二篇"),
        contents=2,
    )
    brought = read_word(
        docx(
            {**whole, "title": "关于样例的报告", "lines": ["关于样例的", "报告"]},
            DAY,
            Path(),
            FACES,
        )
    )
    assert brought == Brought(
        "关于样例的报告",
        (
            h(1, "第一篇", "第一篇"), h(2, "一、甲", "一、"), replace(para("甲乙"), notes=(Note(1, "注"), Note(2, "注"))),
            h(1, "第二篇", "第二篇"), h(2, "一、乙", "一、"), para("丙"),
        ),
        {"目录": 1, "页眉、页脚": 4},
    )  # fmt: skip


@given(BLOCKS)
@example([heading(1, 0, "\uf020甲\uf0a8")])
def test_whatever_is_pressed_comes_back_letter_for_letter(blocks: list[Tree]) -> None:
    assume(not any(one["kind"] == "list" and one["ordered"] for one in walk(blocks)))  # Word counts
    brought = read_word(docx(document(part(blocks)), DAY, Path(), FACES))
    shown = ""
    for block in brought.blocks:
        cells = [cell for row in block.rows for cell in row]
        shown += noted(block) + "".join(map(noted, cells))
    assert bare(shown) == bare(text(blocks))


def noted(of: Block | Cell) -> str:
    """The text, that of its notes where their marks stand."""
    shown, at = "", 0
    for one in of.notes:
        shown += of.text[at : one.at] + one.text
        at = one.at
    return shown + of.text[at:]


def bare(words: str) -> str:
    return re.sub(f"[\\s{JOINER}]", "", words)


def test_the_joiners_are_those_of_the_press_and_no_others() -> None:
    made = Builder()
    made.add(f" 服务12{JOINER}小\u200d时，👩\u200d💻")
    made.note("注")
    assert made.built().text == "服务12小时，👩\u200d💻"
    assert made.built().notes == (Note(10, "注"),)


def test_a_file_of_the_library() -> None:
    made = library.Document()
    made.add_heading("工作报告", 0)
    made.add_heading("概况", 1)
    made.add_paragraph(LONG)
    made.add_paragraph("甲", style="List Bullet")
    made.add_paragraph("乙", style="List Bullet 2")
    made.add_paragraph(LONG, style="List Number")
    cells = made.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "左", "右"
    made.add_picture(io.BytesIO(PIXEL))
    written = io.BytesIO()
    made.save(written)
    assert read_word(written.getvalue()) == report(
        h(1, "概况"), para(LONG), item(1, "甲"), item(1, "乙"), para("1." + LONG, "1."), grid(("左", "右")),
        Block("picture", picture=Picture(PIXEL, "png")), title="工作报告",
    )  # fmt: skip


def test_strict_files_say_the_same() -> None:
    made = word_file(p("概况", style="1"), p(LONG), p("打算", style="1"))
    files: dict[str, bytes | str] = {}
    with ZipFile(io.BytesIO(made)) as file:
        for name in file.namelist():
            text = file.read(name).decode()
            text = text.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
            files[name] = text.replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip
    assert read_word(zipped(files)) == report(h(1, "概况"), para(LONG), h(1, "打算"))


RICH = r"""{\rtf1\ansi\ansicpg936\uc0
{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}}
{\pard\plain\s1\outlinelevel0\b \u27010 \u20917 \par}
{\pard\plain \u20840 \u24180 {\b 12}\u27425 {\footnote \pard\plain \chftn \u27880 \par}\u12290 \par}
{\pard\plain\s1\outlinelevel0\b \u25171 \u31639 \par}
{\pard\plain \u20877 \u25509 \u20877 \u21385 \u12290 \par}
}"""
PAGE = """<html><meta charset="utf-8"><body><h1>概况</h1><p>全年<b>12</b>次，见<a href="https://example.org/">网站</a>。</p>
<ul><li>甲</li><li>乙</li></ul><table border="1"><tr><td colspan="2">宽</td></tr><tr><td>左</td><td>右</td></tr></table>
<h1>打算</h1><p>再接再厉。</p></body></html>"""


@pytest.mark.deep
def test_files_of_libreoffice_from_another_format(tmp_path: Path) -> None:
    (tmp_path / "rich.rtf").write_text(RICH, "utf-8")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    for kind, name in (("Rich Text Format", "rich.rtf"), ("HTML (StarWriter)", "page.html")):
        convert(
            "docx:MS Word 2007 XML",
            tmp_path,
            tmp_path / name,
            profile=tmp_path / "profile",
            read_as=kind,
        )
    assert read_report(tmp_path / "rich.docx") == report(
        h(1, "概况"),
        replace(para("全年12次。"), notes=(Note(5, "注"),)),
        h(1, "打算"),
        para("再接再厉。"),
    )
    assert read_report(tmp_path / "page.docx") == report(
        h(1, "概况"), replace(para("全年12次，见网站。"), links=(Link(7, 9, "https://example.org/"),)), item(1, "甲"),
        item(1, "乙"), grid((Cell("宽", 2), ""), ("左", "右")), h(1, "打算"), para("再接再厉。"),
    )  # fmt: skip


# ---- text and Markdown


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_a_text_in_every_encoding(encoding: str) -> None:
    text = "\r\n".join(["　　示例局工作报告", "", *(f"　　{one}" for one in BY_HAND)])
    assert read_text(text.encode(encoding)) == report(*BY_HAND_READ, title="示例局工作报告")


def test_a_text_without_a_title() -> None:
    assert read_text("一、概况\n全年12次。\f二、打算\v再接再厉。".encode()) == report(
        h(1, "一、概况", "一、"), para("全年12次。"), h(1, "二、打算", "二、"), para("再接再厉。")
    )
    assert read_text("只有一行".encode()) == report(para("只有一行"))


def test_markdown() -> None:
    text = """---
title: "工作报告"
---
## 一、概况 { #a }

全年**12**次[^1]，见[网站](https://example.org/)、[下文](b.md)\\
新的一行，
接着的一行。<br>又一行![图](a.png)

- 甲
  - 乙
- 丙

  丙续

3. 第三
4. 第四

**要求**

| 左 | 右[^1] |
|---|---|
| 1 | `2` |

```
代码
```

<div>块<b>中</b></div>

[^1]: 统计到年底。

## 打算

> 引文\\*
"""
    assert read_markdown(text.encode()) == Brought(
        "工作报告",
        (
            h(1, "一、概况", "一、"),
            Block(
                "paragraph", "全年12次，见网站、下文\n新的一行，接着的一行。\n又一行",
                links=(Link(7, 9, "https://example.org/"),), notes=(Note(5, "统计到年底。"),),
            ),
            item(1, "甲"), item(2, "乙"), item(1, "丙"), para("丙续"), item(1, "3.第三", "3."), item(1, "4.第四", "4."),
            para("要求"), grid(("左", Cell("右", notes=(Note(1, "统计到年底。"),))), ("1", "2")), para("代码"), para("块中"),
            h(1, "打算"), para("引文*"),
        ),
        {"页首信息": 1, "不是网址的链接（只留文字）": 1, "HTML 标签": 2, "图片（不在文字文件里）": 1},
    )  # fmt: skip
    assert read_markdown("# 报告\n\n## 甲\n\n乙。".encode()) == report(
        h(1, "甲"), para("乙。"), title="报告"
    )


# ---- refused

GOOD = word_file(p("正文。"))
SAVE = "请在 Word 或 WPS 里打开，另存为 .docx 再导入"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def changed(name: str, content: bytes) -> bytes:
    with ZipFile(io.BytesIO(GOOD)) as file:
        return zipped({**{one: file.read(one) for one in file.namelist()}, name: content})


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "文件须不设打开密码，现设有；请在 Word 或 WPS 里取消密码，另存为 .docx 再导入"),
        ("a.docx", OLE + b"Word", f"须为 .docx 文件，现为旧式的 .doc 或者 .wps；{SAVE}"),
        ("a.doc", OLE, f"须为 .docx、.docm、.txt 或者 .md 文件，现为 .doc；{SAVE}"),
        ("a.WPS", OLE, f"须为 .docx、.docm、.txt 或者 .md 文件，现为 .wps；{SAVE}"),
        ("a", b"x", f"须为 .docx、.docm、.txt 或者 .md 文件，现为没有后缀的文件；{SAVE}"),
        ("a.docx", b"%PDF-1.7", f"须为 .docx 文件，现为 PDF；{SAVE}"),
        ("a.docx", b"{\\rtf1", f"须为 .docx 文件，现为 RTF；{SAVE}"),
        ("a.docx", b"\xef\xbb\xbf<html>", f"须为 .docx 文件，现为网页；{SAVE}"),
        ("a.docx", b"hello", f"须为 .docx 文件，现为别的内容；{SAVE}"),
        ("a.docx", lambda: zipped({"xl/a.xml": "x"}), f"须为 .docx 文件，现为 Excel 工作簿；{SAVE}"),
        ("a.docx", lambda: zipped({"a.txt": "x"}), f"须为 .docx 文件，现为别的压缩文件；{SAVE}"),
        ("a.docx", lambda: zipped({"mimetype": "x"}), f"须为 .docx 文件，现为 OpenDocument 文件；{SAVE}"),
        ("a.docx", lambda: GOOD[:-30], f"Word 文件须完好，现已损坏或者不完整；{SAVE}"),
        ("a.docx", b"PK\3\4", f"Word 文件须完好，现已损坏或者不完整；{SAVE}"),
        ("a.docx", lambda: GOOD + b"more", f"Word 文件须完好，现有问题：部件之外的内容；{SAVE}"),
        ("a.docx", lambda: changed("word/document.xml", b"<w:document"), f"Word 文件须完好，现已损坏或者不完整；{SAVE}"),
        ("a.docx", lambda: changed("word/document.xml", b"<a/>"), f"须为 .docx 文件，现在没有正文；{SAVE}"),
        ("a.docx", lambda: changed("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), f"Word 文件须不含 DOCTYPE 声明，现含有；{SAVE}"),
        ("a.docx", lambda: changed("word/document.xml", b"<!--" + b" " * 3000 + b"--><!DOCTYPE a><a/>"), f"Word 文件须不含 DOCTYPE 声明，现含有；{SAVE}"),
        ("a.docx", lambda: changed("word/styles.xml", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), f"Word 文件须不含 DOCTYPE 声明，现含有；{SAVE}"),
        ("a.docx", lambda: changed("word/a.bin", bytes(200_000_001)), f"Word 文件须完好，现有问题：内容过大；{SAVE}"),
        ("a.docx", lambda: changed("word/document.xml", b"<a>" + bytes([32]) * 40_000_000 + b"</a>"), "Word 文件的文字须不超过 40 MB、2000000 个标记，现在超过；请分成几份，分别导入"),
        ("a.docx", lambda: changed("word/document.xml", b"<a>" * 2_000_001), "Word 文件的文字须不超过 40 MB、2000000 个标记，现在超过；请分成几份，分别导入"),
        ("a.docx", lambda: bytes(50_000_001), "文件须不超过 50 MB，现为 50 MB；请压缩里面的图片，或者分成几份，再导入"),
        ("a.txt", lambda: b"x" * 2_100_000, "文件须不超过 2 MB，现为 2.1 MB；请压缩里面的图片，或者分成几份，再导入"),
        ("a.docx", b"", "文件须有文字，现为空的；请换成写有报告的文件"),
        ("a.txt", b" \n", "文件须有文字，现为空的；请换成写有报告的文件"),
        ("a.docx", lambda: word_file(p()), "文件须有文字，现在一个字也没有；请换成写有报告的文件（扫描的图片里的字读不出来）"),
        ("a.txt", lambda: GOOD, f"须为文字文件，现为 Word 或者压缩文件；{SAVE}"),
        ("a.md", b"\x80\x81\xff", "文字须是 UTF-8、UTF-16 或者 GB18030 编码，现在读不出来；请在记事本里打开，另存为 UTF-8 再导入"),
        ("a.md", "甲\n\n帮扶三户。<!-- 内部：未定 -->\n".encode(), "注释须自成一行，现第 3 行的 <!-- 内部：未定 --> 和别的字在一行，导入以后这一行不会是内部的；请删去注释，标明内部的连同这一行一起删去，导入以后再写进页面"),
        ("a.md", "<!-- 不公开 -->帮扶三户。".encode(), "注释须自成一行，现第 1 行的 <!-- 不公开 --> 和别的字在一行，导入以后这一行不会是内部的；请删去注释，标明内部的连同这一行一起删去，导入以后再写进页面"),
        ("a.md", "---\ntitle: 甲\ndisclosure: 内部\n---\n\n帮扶三户。\n".encode(), "页首须没有 disclosure（公开属性），导入的各页不会照它；请删去，导入以后写进各页的页首"),
        ("a.docx", lambda: word_file(table(*[row("甲")] * (MAX_ROWS + 1))), "表格须不超过 3000 行，现有 3001 行；请把这张表拆开，或者另放附件"),
        ("a.docx", lambda: word_file(table(row(*["甲"] * 64))), "表格须不超过 63 栏，现有 64 栏；请把这张表拆开，或者另放附件"),
    ],
)  # fmt: skip
def test_what_is_refused(
    tmp_path: Path, name: str, content: bytes | Callable[[], bytes], message: str
) -> None:
    """What takes long to make is made in the one process that runs the test."""
    (tmp_path / name).write_bytes(content() if callable(content) else content)
    with pytest.raises(RefusedError) as refused:
        read_report(tmp_path / name)
    assert str(refused.value) == message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        read_report(tmp_path / "a.docx")
    assert (
        str(refused.value)
        == "文件须能读取，现为：没有这个文件或目录；请写对文件名，或者换一个读得出来的文件"
    )


def test_a_table_of_3000_rows_and_a_cell_wider_than_word_has_columns() -> None:
    made = word_file(
        table(*[row("甲")] * MAX_ROWS), table(row(cell("宽", looks='<w:gridSpan w:val="99999"/>')))
    )
    first, second = read_word(made).blocks
    assert (len(first.rows), second.rows[0][0]) == (MAX_ROWS, Cell("宽", 63))


# ---- any file

WORDS = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc", "Co"), blacklist_characters="\u200d\ufffe\uffff"
    ),
    min_size=1,
).filter(lambda one: one == one.strip())
LINKS = st.sampled_from(["https://example.org/a", "mailto:a@example.org"])


@st.composite
def pieces(draw: st.DrawFn) -> tuple[str, str, tuple[Link, ...]]:
    """The elements of a paragraph, its text and its links."""
    made, text, links = "", "", []
    for words in draw(st.lists(WORDS, min_size=1, max_size=3)):
        how = draw(st.integers(0, 3))
        if how == 0:
            made += field(f' HYPERLINK "{draw(st.just("https://example.org/a"))}" ', r(words))
            links.append(Link(len(text), len(text) + len(words), "https://example.org/a"))
        elif how == 1:
            half = len(words) // 2
            made += f"<w:ins>{r(words[:half])}</w:ins>{r(words[half:])}<w:del>{r('删')}</w:del>"
        else:
            made += r(words)
        text += words
    return made, text, tuple(links)


def block(kind: str, level: int, of: tuple[str, str, tuple[Link, ...]]) -> tuple[str, Block]:
    made, text, links = of
    if kind == "heading":
        return p(made, looks=outline(level)), Block("heading", text, level + 1, links=links)
    if kind == "item":
        return p(made, looks=listed(1, level)), Block("item", text, level + 1, links=links)
    if kind == "table":
        return table(row(cell(p(made)), "右")), grid((Cell(text, links=links), "右"))
    return p(made), Block("paragraph", text, links=links)


@given(
    st.lists(
        st.builds(block, st.sampled_from(["heading", "item", "table", "paragraph"]), st.integers(0, 2), pieces()),
        max_size=6,
    )
)  # fmt: skip
def test_blocks_come_back_as_they_were_written(blocks: list[tuple[str, Block]]) -> None:
    bullets = abstract(0, *(level(at, "bullet", "·") for at in range(3))) + num(1, 0)
    head = [p(f"级{at}", looks=outline(at)) for at in (0, 0, 1, 2)]
    brought = read_word(word_file(*head, *(made for made, _ in blocks), numbering=bullets))
    found = [replace(one, number="") for one in brought.blocks[4:]]
    assert found == [expected for _, expected in blocks]


@given(st.binary(max_size=300), st.sampled_from([".docx", ".docm", ".txt", ".md"]), st.booleans())
def test_any_bytes_are_read_or_refused(content: bytes, suffix: str, zipped_: bool) -> None:
    raw_ = b"PK\3\4" + content if zipped_ else content
    read = {".docx": read_word, ".docm": read_word, ".txt": read_text, ".md": read_markdown}[suffix]
    told = None
    try:
        assert isinstance(read(raw_), Brought)
    except RefusedError as refused:
        told = refused
    assert told is None or "；请" in str(told)


@given(st.data())
def test_any_spoilt_word_file_is_read_or_refused(data: st.DataObject) -> None:
    """A byte of the file is another, or a piece of the XML of a part is gone or stands twice."""
    with ZipFile(io.BytesIO(RICHEST)) as file:
        files = {name: file.read(name) for name in file.namelist()}
    name = data.draw(st.sampled_from(sorted(files)))
    part_ = files[name]
    start = data.draw(st.integers(0, len(part_)))
    end = data.draw(st.integers(start, len(part_)))
    spoilt = data.draw(st.sampled_from([part_[:start] + part_[end:], part_[:end] + part_[start:]]))
    made = bytearray(zipped({**files, name: spoilt}))
    if data.draw(st.booleans()):
        made[data.draw(st.integers(0, len(made) - 1))] ^= data.draw(st.integers(1, 255))
    told = None
    try:
        assert isinstance(read_word(bytes(made)), Brought)
    except RefusedError as refused:
        told = refused
    assert told is None or "；请" in str(told)


RICHEST = word_file(
    p("概况", style="1"), p(field("TOC", r("目录")), note(1), picture("rP"), looks=listed(1)), table(row("甲", cell(table(row("乙"))))),
    numbering=abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0, begin_at(3)),
    related={"rF": Related("footnotes", "footnotes.xml"), "rP": Related("image", "a.png")},
    parts={"footnotes.xml": notes("footnote", p("注")), "a.png": PIXEL},
)  # fmt: skip
ELEMENTS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "hyperlink",
        "fldSimple",
        "pict",
        "txbxContent",
        "ruby",
        "rubyBase",
        "sym",
        "br",
        "object",
        "footnoteReference",
        "drawing",
        "pPr",
        "rPr",
        "numPr",
        "tcPr",
        "trPr",
        "sdtPr",
        "vMerge",
        "gridSpan",
        "vanish",
        "outlineLvl",
    ]
)


@given(
    st.lists(
        st.tuples(
            ELEMENTS,
            st.integers(0, 5),
            st.sampled_from(["", "1", "-1", "99999999999", "x", "restart"]),
        )
    )
)
def test_any_elements_in_any_order_are_read(elements: list[tuple[str, int, str]]) -> None:
    made = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    for name, closed, value in elements:
        inside = made if closed else f"{made}<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
        made = f'<w:{name} w:val="{value}" w:id="1" w:char="{value}" r:id="rP">{inside}</w:{name}>'
    assert isinstance(read_word(word_file(f"<w:p>{made}</w:p>", made)), Brought)


def test_deep_nesting_is_refused() -> None:
    made = p("甲")
    for _ in range(90):
        made = table(row(cell(made)))
    with pytest.raises(RefusedError):
        read_word(word_file(made))


def large(times: int) -> bytes:
    """A report of ten pages, so many times."""
    lines = [
        p("一章", style="1"), *(p(r(LONG[:20]), r(LONG[20:30], BOLD), f"<w:ins>{r(LONG[30:])}</w:ins>", note(1)) for _ in range(90)),
        p("（一）小节"), p("1." + LONG, looks=listed(1)), table(*[row("甲", "乙", "丙")] * 30),
    ]  # fmt: skip
    return word_file(
        *lines * times,
        numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0),
        related={"rF": Related("footnotes", "footnotes.xml")},
        parts={"footnotes.xml": notes("footnote", p("注"))},
    )


def seconds(raw_: bytes) -> float:
    begun = time.process_time()
    read_word(raw_)
    return time.process_time() - begun


def test_a_large_report_takes_time_in_proportion_to_its_length() -> None:
    forty, four_times = large(4), large(16)
    least = min(seconds(forty) for _ in range(3))
    assert least < 1
    assert min(seconds(four_times) for _ in range(2)) < 10 * least


@pytest.mark.parametrize(
    "code", ["EQ ", "EQ \\o\\ac(", "\\o\\ac(○,", "NOTEREF a ", 'HYPERLINK "', "TOC "]
)
def test_the_code_of_a_field_takes_time_in_proportion_to_its_length(code: str) -> None:
    """A few hundred bytes of a file unpack to a code of any length."""
    once, fourfold = (word_file(p(field(code * times))) for times in (5_000, 20_000))
    least = max(min(seconds(once) for _ in range(3)), 0.01)
    assert min(seconds(fourfold) for _ in range(2)) < 10 * least


def test_notes_within_notes_have_no_end_and_are_left_out() -> None:
    """Each holds the mark of the next, of the other kind: Word has no such, and a reader no such depth."""
    many = 1_000

    def held(kind: str, other: str) -> str:
        return notes(kind, *(p(f"{kind}{at}", note(at, other)) for at in range(1, many)))

    brought = read_word(
        word_file(
            p("甲", note(1)),
            related={"rF": Related("footnotes", "footnotes.xml"), "rE": Related("endnotes", "endnotes.xml")},
            parts={"footnotes.xml": held("footnote", "endnote"), "endnotes.xml": held("endnote", "footnote")},
        )
    )  # fmt: skip
    assert brought.blocks == (Block("paragraph", "甲", notes=(Note(1, "footnote1"),)),)
