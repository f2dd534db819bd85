"""What the page of a regulation shows of its amendments, and what is said over a text not in force."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.facts import versions as known_versions
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.render.amendments import additions, differences, first_words, marked
from archive.render.page_context import page_context
from tests.samples.regulations import amended
from tests.samples.sample import REGULATION, write

OWN, FIRST, SECOND = (
    "regulations/leave.md",
    "regulations/versions/leave-2023-03-01.md",
    "regulations/versions/leave-2024-05-06.md",
)


def site_of(root: Path, day: date, regulation: str = REGULATION) -> Site:
    project = write(root, amended(regulation=regulation))
    return load(Project(project.root, project.data, day))


def shown(site: Site, path: str) -> str:
    page = site.archive.pages[path]
    return page.rendered({}, path, additions(site, page))


BESIDE_2 = (
    '<p><a href="#amended-1">2024年5月6日修改</a></p>'
    "<details><summary>第二条修改前后对照</summary>"
    '<div class="beside"><div class="before"><p class="beside-head">修改前</p>'
    "<p>事假依照第一条办理。</p>"
    '<p><del><span class="unseen">（删去：）</span>病假见《请销假制度》。</del></p></div>'
    '<div class="after"><p class="beside-head">修改后</p>'
    '<p>事假依照第一条<ins><span class="unseen">（增加：）</span>之一第一项</ins>办理。</p>'
    "</div></div></details>"
)
BESIDE_1 = (
    '<p><a href="#amended-2">2025年1月1日修改</a></p>'
    "<details><summary>第一条修改前后对照</summary>"
    '<div class="beside"><div class="before"><p class="beside-head">修改前</p><p>制定本制度。</p></div>'
    '<div class="after"><p class="beside-head">修改后</p>'
    '<p><ins><span class="unseen">（增加：）</span>根据《某某法》第九条、第十条，</ins>制定本制度。</p>'
    "</div></div></details>"
)
LIST = (
    '<div class="amendments screen-only" data-search-skip><h2 id="amendments">修改记录</h2><ol>'
    '<li id="amended-1"><strong>2024年5月6日</strong>　<a href="#art-2">第二条</a>、'
    '<a href="#art-1-1">第一条之一</a>（增加）：增加一条</li>'
    '<li id="amended-2"><strong>2025年1月1日</strong>　<a href="#art-1">第一条</a>：改依据</li></ol></div>'
)


def fence(html: str) -> str:
    return f"~~~~ html-as-is\n{html}\n~~~~"


def block(marks: str) -> str:
    return fence(f'<div class="amended screen-only" data-search-skip>{marks}</div>')


def test_a_regulation_amended_twice(tmp_path: Path) -> None:
    text = shown(site_of(tmp_path, date(2026, 3, 1)), OWN)
    assert (
        [line for line in text.split("\n") if line]
        == f"""\
# 请销假制度
## 第一章 总则 {{ #ch-1 }}
### 第一条 {{ #art-1 data-toc-label="第一条　根据《某某法》第九条" }}
根据《某某法》第九条、第十条，制定本制度。
{block(BESIDE_1)}
### 第一条之一 {{ #art-1-1 data-toc-label="第一条之一　请假是指" }}
请假是指：
（一）事假；
（二）病假。
{block('<p><a href="#amended-1">2024年5月6日增加</a></p>')}
### 第二条 {{ #art-2 data-toc-label="第二条　事假依照第一条之一第一项…" }}
事假依照[第一条之一](#art-1-1)第一项办理。
{block(BESIDE_2)}
{fence(LIST)}""".split("\n")
    )


def test_what_is_not_recorded_or_still_to_come_is_said(tmp_path: Path) -> None:
    project = write(tmp_path, amended("    added: [1-1]\n"))
    text = shown(load(Project(project.root, project.data, date(2024, 5, 5))), OWN)
    assert block('<p><a href="#amended-1">2024年5月6日修改</a>，尚未施行，未记录原文</p>') in text
    assert "<strong>2024年5月6日</strong>（尚未施行）　" in text


def test_a_former_text_has_contents_and_no_marks(tmp_path: Path) -> None:
    text = shown(site_of(tmp_path, date(2026, 3, 1)), FIRST)
    assert [line for line in text.split("\n") if line] == [
        "# 请销假制度",
        "## 第一章 总则 { #ch-1 }",
        '### 第一条 { #art-1 data-toc-label="第一条　制定本制度" }',
        "制定本制度。",
        '### 第二条 { #art-2 data-toc-label="第二条　事假依照第一条办理" }',
        "事假依照[第一条](#art-1)办理。",
        "病假见[《请销假制度》](../leave.md)。",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为了规范干部职工请假、销假管理，保障权利", "为了规范干部职工请假"),
        ("本制度适用于本局干部职工，包括借调的人员。", "本制度适用于本局干部职工"),
        ("干部职工可以按照国家和自治区有关规定申请", "干部职工可以按照国家和自…"),
        ("下列时段，科室应当错开", "下列时段"),
        ("一、二", "一、二"),
        ('他说"甲"}，', "他说甲"),
        ("", ""),
    ],
)
def test_the_first_words_of_an_article(text: str, expected: str) -> None:
    assert first_words(text) == expected


@given(st.text(max_size=60))
def test_first_words_can_stand_in_a_label(text: str) -> None:
    found = first_words(text)
    assert len(found) <= 13
    assert not set('"{}<>&\\\n') & set(found)


@given(st.text("甲乙丙的\n", max_size=40), st.text("甲乙丙的\n", max_size=40))
def test_the_differences_give_both_texts(old: str, new: str) -> None:
    found = list(differences(old, new))
    assert "".join(gone + same for gone, _, same in found) == old
    assert "".join(come + same for _, come, same in found) == new


def test_a_sign_of_html_stays_text() -> None:
    assert marked("a<b", "c<b") == (
        '<del><span class="unseen">（删去：）</span>a</del>&lt;b',
        '<ins><span class="unseen">（增加：）</span>c</ins>&lt;b',
    )


def listed(*items: str) -> str:
    return (
        '<div class="versions screen-only" role="navigation" aria-label="历次文本" data-search-skip>'
        f"<p>历次文本</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></div>"
    )


def over(site: Site, page: str) -> tuple[str, str, str]:
    found = page_context(site, page)
    return found.get("standing", ""), found.get("banner", ""), found["versions"]


def test_what_stands_over_each_text(tmp_path: Path) -> None:
    site = site_of(tmp_path, date(2026, 3, 1))
    own = '<a href="../../leave/">'
    assert over(site, OWN) == (
        "",
        "",
        listed(
            "<strong>2025年1月1日起</strong>（现行，本页）",
            '<a href="../../regulations/versions/leave-2024-05-06/">2024年5月6日至2024年12月31日</a>（已被修改）',
            '<a href="../../regulations/versions/leave-2023-03-01/">2023年3月1日至2024年5月5日</a>（已被修改）',
        ),
    )
    own = '<a href="../../../regulations/leave/">'
    assert over(site, FIRST) == (
        "已被修改，不是现行文本",
        f"本页是2023年3月1日至2024年5月5日的文本。见{own}现行文本</a>。",
        listed(
            f"{own}2025年1月1日起</a>（现行）",
            '<a href="../../../regulations/versions/leave-2024-05-06/">2024年5月6日至2024年12月31日</a>（已被修改）',
            "<strong>2023年3月1日至2024年5月5日</strong>（已被修改，本页）",
        ),
    )


def test_a_text_still_to_come_leads_to_the_one_in_force(tmp_path: Path) -> None:
    site = site_of(tmp_path, date(2024, 7, 1))
    to_second = '<a href="../../regulations/versions/leave-2024-05-06/">'
    assert over(site, OWN)[:2] == (
        "尚未施行，不是现行文本",
        f"本页是自2025年1月1日起施行的文本。见{to_second}现行文本</a>。",
    )
    assert over(site, SECOND)[:2] == (
        "",
        '本页是现行文本，自2025年1月1日起修改。见<a href="../../../regulations/leave/">修改后的文本</a>。',
    )
    assert over(site, FIRST)[:2] == (
        "已被修改，不是现行文本",
        "本页是2023年3月1日至2024年5月5日的文本。"
        '见<a href="../../../regulations/versions/leave-2024-05-06/">现行文本</a>。',
    )


@pytest.mark.parametrize(
    ("day", "ended", "own", "first"),
    [
        (
            date(2026, 3, 1),
            "expires:\nrepealed: 2026-02-01",
            ("已废止", "2026年2月1日起不再有效。"),
            (
                "已被修改，不是现行文本",
                "本页是2023年3月1日至2024年5月5日的文本。这项制度已废止。"
                '见<a href="../../../regulations/leave/">最后的文本</a>。',
            ),
        ),
        (
            date(2026, 3, 1),
            "expires: 2026-01-31",
            ("已失效", "2026年2月1日起不再有效。"),
            (
                "已被修改，不是现行文本",
                "本页是2023年3月1日至2024年5月5日的文本。这项制度已失效。"
                '见<a href="../../../regulations/leave/">最后的文本</a>。',
            ),
        ),
        (
            date(2023, 2, 20),
            "expires:",
            ("尚未生效", "自2025年1月1日起施行。"),
            ("尚未生效", "自2023年3月1日起施行。"),
        ),
    ],
)
def test_what_is_not_or_no_longer_in_force_is_unmistakable(
    tmp_path: Path, day: date, ended: str, own: tuple[str, str], first: tuple[str, str]
) -> None:
    site = site_of(tmp_path, day, REGULATION.replace("expires:", ended, 1))
    assert (over(site, OWN)[:2], over(site, FIRST)[:2]) == (own, first)


def test_texts_too_long_to_compare_are_wholly_changed_between_what_they_share() -> None:
    old, new = "甲乙" * 1500, "乙甲" * 1500
    assert list(differences(f"头{old}尾", f"头{new}尾")) == [("", "", "头"), (old, new, "尾")]


def test_what_differs_in_the_middle_of_a_long_text_is_compared_alone() -> None:
    """To compare all of it would take hours: each of its characters is like every other."""
    same = "甲" * 60_000
    assert list(differences(f"{same}乙丙丁戊{same}", f"{same}己丙丁庚{same}")) == [
        ("", "", same), ("乙", "己", "丙丁"), ("戊", "庚", ""), ("", "", same),
    ]  # fmt: skip


def test_a_text_without_room_for_a_page_is_listed_as_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_versions, "MOST_TEXTS", 1)
    site = site_of(tmp_path, date(2026, 3, 1))
    assert (
        "<li>2023年3月1日至2024年5月5日（已被修改，太长，没有另成一页）</li>" in over(site, OWN)[2]
    )
    assert FIRST not in site.archive.pages


def test_texts_that_repeat_themselves_are_wholly_changed() -> None:
    old, new = "甲甲乙" * 80, "甲乙" * 120
    assert list(differences(f"头{old}尾", f"头{new}尾")) == [
        ("", "", "头甲"), (old[1:-2], new[1:-2], "甲乙尾"),
    ]  # fmt: skip


def test_an_article_that_is_only_a_drawing_has_no_first_words(tmp_path: Path) -> None:
    drawn = REGULATION.replace("事假依照[第一条之一](#art-1-1)第一项办理。", "{{ standing() }}")
    site = site_of(tmp_path, date(2026, 3, 1), drawn)
    made = [text for _, _, text in additions(site, site.archive.pages[OWN])]
    assert [text.split("　")[0] for text in made if "data-toc-label" in text] == [
        ' data-toc-label="第一条',
        ' data-toc-label="第一条之一',
    ]
