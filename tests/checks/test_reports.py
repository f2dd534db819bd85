"""Reports are data: any number of them, with any number of pages, none of which is lost."""

from pathlib import Path

import pytest

from archive.build.editions.tree import redacted_tree
from archive.facts.gather import gather
from archive.facts.places import citations, next_steps
from archive.files.markdown import as_part
from archive.press.plan import books
from archive.render import macros
from tests.samples.sample import FILES, RECORD, SUMMARY, problems, read, report

Changes = dict[str, str | bytes | None]
HONOURS: Changes = {
    "docs/honours/index.md": "---\ntitle: 荣誉\n---\n\n# 荣誉\n\n{{ honour_list() }}\n"
}
OLDER = "data/reports/2022年度.yml"
OLD_PAGES = ("report/2022/甲.md", "report/2022/full.md")
OLD = (
    "title: 年度总结\nkind: 年度总结\nperiod:\n  start: 2022-01-01\n  end: 2022-12-31\n"
    "state: 存档\nreported: 2023-01-09\npages:\n  - page: report/2022/甲.md\n    icon: 书\n"
    "sealed:\n"
    "  报告: sha256:f5994ca82e7c7c74965fe5c7ad793e9392bef34001d00d9d27e1a0b4cde0faa9\n"
    "  report/2022/甲.md: sha256:0db271835881fe6a13160f9f2cfe13610731b525a485861a9c4dcf8292e2d4e7\n"
)
TWO: Changes = {
    OLDER: OLD,
    "docs/report/2022/甲.md": (
        "---\ntitle: 甲\n---\n\n# 甲\n\n## 乙 { #b }\n\n见[请销假制度](../../regulations/leave.md)。\n"
    ),
    "docs/report/2022/full.md": '---\ntitle: 全文\n---\n\n{{ report("2022年度") }}\n',
    "docs/report/full.md": '---\ntitle: 全文\n---\n\n{{ report("summary") }}\n',
    "docs/report/index.md": "---\ntitle: 历年报告\n---\n\n# 历年报告\n\n{{ reports() }}\n",
    "mkdocs.yml": FILES["mkdocs.yml"].replace(
        "      - report/overview.md\n",
        "".join(f"      - {page}\n" for page in ("report/index.md", "report/full.md", *OLD_PAGES))
        + "      - report/overview.md\n",
    ),
}


def test_two_reports(tmp_path: Path) -> None:
    site = read(tmp_path, TWO)
    assert problems(tmp_path / "again", TWO) == []
    assert list(site.archive.reports) == ["summary", "2022年度"]
    functions = macros(site, "report/index.md")
    assert functions["reports"]() == (
        "| 报告 | 种类 | 报告期间 | 状态 | 全文 |\n| --- | --- | --- | --- | --- |\n"
        "| [汇报](../report/overview.md) | 创建汇报 | 2023年1月1日至2025年12月31日 | 起草 | [全文](../report/full.md) |\n"
        "| [年度总结](../report/2022/甲.md) | 年度总结 | 2022年1月1日至2022年12月31日 | 存档，2023年1月9日 |"
        " [全文](../report/2022/full.md) |"
    )
    assert functions["report"]("2022年度") == as_part(
        "甲", "# 甲\n\n## 乙 { #b }\n\n见[请销假制度](../regulations/leave.md)。\n"
    )
    assert [(book.page, book.file) for book in books(site)][:2] == [
        ("report/2022/full.md", "print/book/report-2022"),
        ("report/full.md", "print/book/report"),
    ]
    (place,) = citations(site.archive)["regulations/leave.md"]
    assert (place.target, place.label) == ("report/2022/甲.md#b", "《年度总结》甲 · 乙")
    assert "甲" not in functions["glance"]()
    assert '<svg viewBox="0 0 24 24"' in functions["glance"]("2022年度")


def test_the_public_edition_has_the_public_pages_of_each(tmp_path: Path) -> None:
    hidden = {
        "docs/report/2022/甲.md": str(TWO["docs/report/2022/甲.md"]).replace(
            "title: 甲\n", "title: 甲\ndisclosure: 内部\n"
        ),
        "docs/report/part-1.md": FILES["docs/report/part-1.md"].replace(
            "title: 一、组织\n", "title: 一、组织\ndisclosure: 内部\n"
        ),
    }
    with redacted_tree(read(tmp_path, TWO | hidden)) as project:
        public = gather(project)
    assert {id_: one.paths for id_, one in public.reports.items()} == {
        "summary": ("report/overview.md",)
    }
    assert "report/2022/full.md" not in public.pages
    assert public.problems == []


def test_a_glance_in_the_public_edition_has_the_reports_that_are_there(tmp_path: Path) -> None:
    """Of a report that is left out nothing is shown; the others are, as they are in the archive."""
    hidden = str(TWO["docs/report/2022/甲.md"]).replace(
        "title: 甲\n", "title: 甲\ndisclosure: 内部\n"
    )
    shown = "".join(
        f"{{{{ glance({ids}) }}}}\n\n"
        for ids in ("", '"summary"', '"summary", "2022年度"', '"2022年度"')
    )
    front = FILES["docs/index.md"]
    changes = {"docs/report/2022/甲.md": hidden, "docs/index.md": front + shown, **HONOURS}
    with redacted_tree(read(tmp_path, TWO | changes)) as project:
        page = gather(project).pages["index.md"]
    assert page.text.rpartition("。\n")[2] == (
        '{{ glance() }}\n\n{{ glance("summary") }}\n\n{{ glance("summary") }}\n\n'
        '<span class="mask">&#42;&#42;&#42;</span>\n\n'
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: 年度总结", "title: 年度总结（139 1234 5678）", 1),
        ("state: 存档", "note: 联系 13912345678\nstate: 存档", 6),
        ("state: 存档", "# 13912345678\nstate: 存档", 6),
    ],
)
def test_what_a_report_says_is_searched(old: str, new: str, line: int, tmp_path: Path) -> None:
    text = OLD.replace(old, new)
    told = [one for one in problems(tmp_path, TWO | {OLDER: text}) if "与报送时一样" not in one]
    rule = (
        "不得公布个人手机号，现有 139******78；请删去或改正，确可公开的，在 data/allowed.yml 写明"
    )
    assert told == [f"{OLDER}:{line}: {rule}"]


@pytest.mark.parametrize(
    "file", ["data/reports/13912345678.yml", "data/volunteering/2024/某某139-1234-5678.yml"]
)
def test_the_name_of_a_file_of_data_is_searched(file: str, tmp_path: Path) -> None:
    """It is an id, in addresses and in downloads; a day and a number in it are none of somebody."""
    text = FILES[SUMMARY] if "reports" in file else RECORD.replace("03-05", "03-06")
    more: Changes = {"data/volunteering/2024/20240307-001-01.yml": RECORD.replace("03-05", "03-07")}
    told = problems(
        tmp_path, {file: text, **({SUMMARY: None} if "reports" in file else {}), **more}
    )
    rule = "不得公布个人手机号，现有 139******78（文件名）；请删去或改正，确可公开的，在 data/allowed.yml 写明"
    assert told == [f"{file}:1: {rule}"]


def test_the_next_steps_are_those_of_the_newest_report_that_has_them(tmp_path: Path) -> None:
    changes = TWO | {OLDER: f"{OLD}next_steps: report/2022/甲.md\n"}
    assert next_steps(read(tmp_path, changes).archive) == "report/2022/甲.md"


MORE = "docs/report/more.md"
PAGE = "---\ntitle: 补充\n---\n\n# 补充\n"
LISTED = FILES["mkdocs.yml"].replace(
    "      - report/part-1.md\n", "      - report/part-1.md\n      - report/more.md\n"
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {MORE: PAGE, "mkdocs.yml": LISTED},
            [
                f"{MORE}:1: docs/report/ 下的页面须属于一个报告，这一页不在任何报告的 pages（各页）里；"
                f"请在 {SUMMARY} 的 pages 里加一行：  - page: report/more.md"
            ],
        ),
        ({MORE: PAGE, "mkdocs.yml": LISTED, SUMMARY: report("report/more.md")}, []),
        (
            {MORE: PAGE, "mkdocs.yml": LISTED, SUMMARY: report("report/mor.md")},
            [
                f"{SUMMARY}:10: pages（各页）所列须是 docs/ 下的页面，没有 report/mor.md；"
                "请恢复这一页、改正路径，或者删去这一项，是否为 report/more.md？"
            ],
        ),
        (
            {SUMMARY: report("report/nxt.md", next_steps="report/next.md")},
            [
                f"{SUMMARY}:10: pages（各页）所列须是 docs/ 下的页面，没有 report/nxt.md；"
                "请恢复这一页、改正路径，或者删去这一项"
            ],
        ),
        (
            {SUMMARY: report("report/part-1.md")},
            [f"{SUMMARY}:10: 一页须只属于一个报告，report/part-1.md 已列在 {SUMMARY}；请删去其中一项"],
        ),
        (
            {SUMMARY: report(next_steps="report/next.md")},
            [
                f"{SUMMARY}:10: next_steps（举措所在页）须是本报告的一页，没有 report/next.md；"
                "请改为 report/overview.md、report/part-1.md 之一，没有举措的写 next_steps:"
            ],
        ),
        (
            {SUMMARY: report().replace("state: 起草", "state: 起草\nreported: 2026-02-01")},
            [
                f"{SUMMARY}:7: reported（报送日期）在起草时须空着，现为 2026-02-01；"
                "请清空，报送时运行 .venv/bin/archive freeze 报送名称 --report summary，由它写上"
            ],
        ),
        (
            {SUMMARY: report().replace("state: 起草", "state: 存档")},
            [
                f"{SUMMARY}:6: 存档的报告须封存（sealed）、有报送日期（reported），现在没有；请把 state 改回 起草，"
                "提交以后运行 .venv/bin/archive freeze 报送名称 --report summary"
            ],
        ),
        (
            {SUMMARY: report().replace("state: 起草", "state: 已报送\nreported: 2026-03-02")},
            [
                f"{SUMMARY}:6: 已报送的报告须封存（sealed）、有报送日期（reported），现在没有；请把 state 改回 起草，"
                "提交以后运行 .venv/bin/archive freeze 报送名称 --report summary",
                f"{SUMMARY}:7: reported（报送日期）须不晚于今天（2026-03-01），现为 2026-03-02；"
                "请改为今天或以前的日期，还没有发生的先不写"
            ],
        ),
        (
            {SUMMARY: report().partition("pages:")[0] + "pages: []\n"},
            [
                f"{SUMMARY}:7: pages（各页）须为报告各页的列表，按顺序，至少一页，现为空列表；"
                "例如：pages: [{page: report/work.md}]"
            ],
        ),
        (
            {"docs/index.md": '---\ntitle: 首页\n---\n\n# 首页\n\n{{ glance("summry") }}\n'},
            ["docs/index.md:7: 没有报告 summry，是否为 summary？"],
        ),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, changes: Changes, expected: list[str]) -> None:
    found = problems(tmp_path, changes)
    assert [one for one in found if "宏 glance 链接到" not in one] == expected


def test_one_period_and_kind_has_one_report(tmp_path: Path) -> None:
    again = OLD.replace("kind: 年度总结", "kind: 创建汇报")
    again = again.replace("2022-01-01", "2023-01-01").replace("2022-12-31", "2025-12-31")
    again = again.partition("sealed:")[0].replace(
        "state: 存档\nreported: 2023-01-09", "state: 起草"
    )
    newer = OLDER.replace("2022年度", "再报")
    assert problems(tmp_path, TWO | {OLDER: None, newer: again}) == [
        f"{newer}:3: 同一种类、同一期间须只有一个报告，创建汇报（2023-01-01 至 2025-12-31）已见 {SUMMARY}；"
        "请改正 kind 或者 period",
        "docs/report/2022/full.md:5: 没有报告 2022年度，可用：summary、再报；请改用其中一个",
    ]


@pytest.mark.parametrize(
    ("typed", "text", "told"),
    [
        ("两类之比为3:2", "两类之比为3:2，再办5次。", ["5次"]),
        ("两类之比为3:2", "两类之比为4:2。", ["typed（照写的数）须在报告的页面里，现没有“两类之比为3:2”", "4:2", "两类"]),
        ("查处***件", "查处\\*\\*\\*件，又\\*\\*件。", ["现有“*\\*”"]),
        # Words that are hardly more than the number stand for it only where it stands alone.
        ("15次", "| 办班 |\n| --- |\n| 15次 |", []),
        ("15次", "（15次）又办班15次。", ["15次"]),
        ("查处***件", "查处\\*\\*\\*件。", []),
        ("***。", "\\*\\*\\*。又", []),
        ("***。", "张\\*\\*\\*。又", ["现有“*\\*”", "现有“*”"]),
    ],
)  # fmt: skip
def test_numbers_that_a_report_declares_to_be_no_figures(
    tmp_path: Path, typed: str, text: str, told: list[str]
) -> None:
    page = "docs/report/part-1.md"
    changes: Changes = {
        SUMMARY: f'{report()}typed:\n  - "{typed}"\n',
        page: f"{FILES[page]}\n{text}\n",
    }
    found = problems(tmp_path, changes)
    assert len(found) == len(told), found
    assert [words for words in told if not any(words in one for one in found)] == []
    # They are declared for the pages of their report alone.
    elsewhere = problems(tmp_path / "elsewhere", {**changes, SUMMARY: report()})
    assert len(elsewhere) >= len([one for one in found if SUMMARY not in one])
