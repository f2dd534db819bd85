"""The texts a regulation had: which days each was in force, how the page of one is put together."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.facts.articles import article_title
from archive.facts.versions import (
    MOST_CHARACTERS,
    MOST_TEXTS,
    article_changes,
    article_spans,
    versions,
)
from archive.files.pages import Page, read_page
from archive.schema.regulations import Regulation
from tests.samples.regulations import LEAVE, RECORDED, amended
from tests.samples.sample import REGULATION, problems, read


def test_the_days_of_each_text(tmp_path: Path) -> None:
    site = read(tmp_path, amended())
    assert [
        (page, version.start, version.until, set(version.wordings))
        for page, (_, version) in site.versions.items()
    ] == [
        (
            "regulations/versions/leave-2023-03-01.md",
            date(2023, 3, 1),
            date(2024, 5, 5),
            {"2", "1-1", "1"},
        ),
        (
            "regulations/versions/leave-2024-05-06.md",
            date(2024, 5, 6),
            date(2024, 12, 31),
            {"1"},
        ),
        ("regulations/leave.md", date(2025, 1, 1), None, set()),
    ]


def test_a_former_text_as_a_page(tmp_path: Path) -> None:
    site = read(tmp_path, amended())
    page = site.archive.pages["regulations/versions/leave-2023-03-01.md"]
    assert page.front == (
        "title: 请销假制度（2023-03-01至2024-05-05的文本）\n"
        "search:\n  exclude: true\nprint: 不打印\n"
    )
    assert [line for line in page.text.split("\n") if line] == [
        "# 请销假制度",
        "## 第一章 总则 { #ch-1 }",
        "### 第一条 { #art-1 }",
        "制定本制度。",
        "### 第二条 { #art-2 }",
        "事假依照[第一条](#art-1)办理。",
        "病假见[《请销假制度》](../leave.md)。",
    ]
    source = amended()[LEAVE]
    assert isinstance(source, str)
    lines = source.split("\n")
    told = {line: lines[page.in_file(at) - 1] for at, line in enumerate(page.text.split("\n"), 1)}
    assert told["### 第二条 { #art-2 }"] == "### 第二条 { #art-2 }"
    assert (
        told["病假见[《请销假制度》](../leave.md)。"].strip()
        == "病假见[《请销假制度》](leave.md)。"
    )
    assert told["制定本制度。"].strip() == "- {article: 1, text: 制定本制度。}"


def test_a_former_text_is_checked_where_it_is_written(tmp_path: Path) -> None:
    wrong = RECORDED.replace("(#art-1)", "(#art-7)").replace("制定本制度。}", '"见[甲](b.md)。"}')
    assert problems(tmp_path, amended(wrong)) == [
        f"{LEAVE}:24: 链接所指标题须在 regulations/leave.md 中，没有 #art-7，是否为 art-2？",
        f"{LEAVE}:31: 链接所指须在 docs/ 下，没有 regulations/b.md，是否为 regulations/leave.md？",
    ]


@pytest.mark.parametrize("heading", ["甲\n          ===", "> ## 甲"])
def test_a_former_text_has_no_heading_of_any_form(tmp_path: Path, heading: str) -> None:
    wrong = RECORDED.replace("病假见", f"{heading}\n\n          病假见", 1)
    assert problems(tmp_path, amended(wrong))[0] == (
        f"{LEAVE}:23: 修改前的条文须没有标题，现有“{heading.split(chr(10))[0]}”；请只写这一条的正文"
    )


def test_a_chapter_that_was_added_whole_is_not_in_the_former_text(tmp_path: Path) -> None:
    chapter = "\n## 第二章 附则 { #ch-2 }\n\n### 第三条 { #art-3 }\n\n自印发之日起施行。\n"
    text = REGULATION.replace("[2, 1-1]", "[3]") + chapter
    site = read(tmp_path, amended("    added: [3]\n", text))
    page = site.archive.pages["regulations/versions/leave-2023-03-01.md"]
    assert [heading.id for heading in page.headings] == [
        "请销假制度", "ch-1", "art-1", "art-1-1", "art-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("", ["", "regulations/leave.md"], id="nothing recorded"),
        pytest.param(
            "    added: [1-1]\n",
            ["regulations/versions/leave-2023-03-01.md", "regulations/leave.md"],
            id="one article of two",
        ),
        pytest.param(
            "    added: [1-1]\n  - {date: 2025-01-01, articles: [], summary: 多处改动}\n",
            ["", "", "regulations/leave.md"],
            id="a later one that names no article",
        ),
        pytest.param(
            "    added: [1-1]\n  - {date: 2024-05-06, articles: [1], summary: 同一天又改}\n",
            ["regulations/versions/leave-2023-03-01.md", "regulations/leave.md"],
            id="two on a day",
        ),
    ],
)
def test_a_text_has_a_page_only_if_enough_is_recorded(
    tmp_path: Path, more: str, expected: list[str]
) -> None:
    page = read(tmp_path, amended(more)).archive.pages["regulations/leave.md"]
    assert isinstance(page.meta, Regulation)
    assert [version.page for version in versions(page, page.meta)] == expected


def _often(number: int, text: str = "甲") -> str:
    """So many amendments of one article, each a day after the one before."""
    days = (date(2025, 1, 1) + timedelta(days=at) for at in range(number))
    return "".join(
        f"  - date: {day}\n    articles: [1]\n    summary: 改\n    before: [{{article: 1, text: {text}{at}}}]\n"
        for at, day in enumerate(days)
    )


@pytest.mark.parametrize(
    ("more", "shown", "all_"),
    [
        pytest.param(_often(80), MOST_TEXTS, 81, id="many"),
        pytest.param(_often(60, "甲" * 1900), 50, 61, id="long ones"),
    ],
)
def test_former_texts_have_pages_while_there_is_room(
    tmp_path: Path, more: str, shown: int, all_: int
) -> None:
    page = read(tmp_path, amended(f"    added: [1-1]\n{more}")).archive.pages[
        "regulations/leave.md"
    ]
    assert isinstance(page.meta, Regulation)
    texts = versions(page, page.meta)[:-1]
    assert [bool(one.page) for one in texts] == [False] * (all_ - shown) + [True] * shown
    assert {one.recorded for one in texts} == {True}


def test_the_former_texts_of_a_long_regulation_have_room_together(tmp_path: Path) -> None:
    long = REGULATION + "\n" + "甲乙丙丁。\n\n" * 20_000
    site = read(tmp_path, amended(f"    added: [1-1]\n{_often(9)}", long))
    made = [page for page in site.archive.made if page.startswith("regulations/versions/")]
    assert sorted(made) == [f"regulations/versions/leave-2025-01-0{day}.md" for day in (6, 7, 8)]
    size = sum(len(site.archive.pages[page].text) for page in made)
    assert size <= MOST_CHARACTERS + 2000  # the lines beside its text


def test_what_is_not_recorded_is_said_and_not_guessed(tmp_path: Path) -> None:
    site = read(tmp_path, amended("    added: [1-1]\n"))
    page = site.archive.pages["regulations/versions/leave-2023-03-01.md"]
    assert page.text.rstrip().endswith("### 第二条 { #art-2 }\n\n（未记录原文）")


def test_a_text_that_no_day_had_in_force_is_none(tmp_path: Path) -> None:
    early = REGULATION.replace("effective: 2023-03-01", "effective: 2025-03-01")
    page = read(tmp_path, amended("    added: [1-1]\n", early)).archive.pages[
        "regulations/leave.md"
    ]
    assert isinstance(page.meta, Regulation)
    assert [(one.page, one.start) for one in versions(page, page.meta)] == [
        ("regulations/leave.md", date(2025, 3, 1))
    ]


def test_no_file_stands_where_the_program_makes_pages(tmp_path: Path) -> None:
    there = {"docs/regulations/versions/a.md": "---\ntitle: 甲\n---\n\n甲\n"}
    assert problems(tmp_path, {**amended(), **there})[0] == (
        "docs/regulations/versions/a.md:1: docs/regulations/versions/ 里的页面须由程序按制度的修改记录生成，"
        "现有自己放的 regulations/versions/a.md；请移到别的目录"
    )


def regulation(texts: dict[str, str], steps: list[dict[str, object]]) -> tuple[Page, Regulation]:
    """A regulation of these articles and amendments."""
    body = "".join(
        f"### {article_title(id_)} {{ #art-{id_} }}\n\n{text}\n\n" for id_, text in texts.items()
    )
    page = read_page(f"---\ntitle: 甲\n---\n\n# 甲\n\n{body}".encode(), "regulations/a.md", "a")
    data = Regulation.model_validate(
        {
            "title": "甲", "category": "行政管理", "number": "无文号", "issuing_body": None,
            "office": None, "adopted": {"by": None, "date": None}, "issued": None,
            "effective": date(2020, 1, 1), "expires": None, "review_due": None, "replaces": [],
            "replaced_by": None, "amendments": steps, "draft": False,
        }
    )  # fmt: skip
    return page, data


_TEXT = st.text("甲乙丙", min_size=1, max_size=6)


@given(
    first=st.lists(_TEXT, min_size=1, max_size=5),
    steps=st.lists(st.dictionaries(st.integers(0, 5), _TEXT, min_size=1), max_size=4),
)
def test_every_text_is_found_again_by_undoing_what_came_later(
    first: list[str], steps: list[dict[int, str]]
) -> None:
    """Amend a regulation step by step, keeping each text; the versions are those texts."""
    texts = [{str(number): text for number, text in enumerate(first, 1)}]
    amendments: list[dict[str, object]] = []
    for number, step in enumerate(steps):
        old, new = texts[-1], dict(texts[-1])
        for at, text in step.items():
            id_ = str(min(at + 1, len(new) + 1))
            new[id_] = text
        changed = [id_ for id_ in new if new[id_] != old.get(id_)]
        if not changed:
            continue
        amendments.append(
            {
                "date": date(2021 + number, 1, 1),
                "articles": changed,
                "summary": "改",
                "added": [id_ for id_ in changed if id_ not in old],
                "before": [{"article": id_, "text": old[id_]} for id_ in changed if id_ in old],
            }
        )
        texts.append(new)
    page, data = regulation(texts[-1], amendments)
    found = []
    for version in versions(page, data):
        now = dict(texts[-1])
        for id_, wording in version.wordings.items():
            assert wording.text is not None
            now[id_] = wording.text
            if not wording.exists:
                del now[id_]
        found.append(now)
    assert found == texts
    assert {one.article for one in article_changes(page, data)} <= set(article_spans(page))
