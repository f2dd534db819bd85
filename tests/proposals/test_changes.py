"""`archive diff`: every figure old and new, what made it change, in three forms; any content harmless."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archive.commands.cli import main
from archive.facts.gather import gather
from archive.facts.project import Project
from archive.facts.releases import release_digest
from archive.facts.site import Site
from archive.files.yaml import parse_bytes
from archive.proposals.diff import wording
from archive.proposals.diff.as_markdown import MAX_COMMENT_CHARACTERS, markdown, safe
from archive.proposals.diff.as_text import NOTHING
from archive.proposals.diff.compare import Changes, compare
from archive.proposals.diff.entries import groups
from archive.proposals.diff.report import report
from archive.proposals.diff.revisions import UnknownRevisionError
from archive.schema.collections import SINGLE
from tests.conftest import AS_OF as DEMO_DAY
from tests.samples.collections import COLLECTIONS, LEDGER_FILES
from tests.samples.corrections import APPROVED, CORRECTED, HOURS, PART, A
from tests.samples.history import git
from tests.samples.regulations import OUT, two
from tests.samples.releases import FILE, NAME, REPORTED, frozen_text
from tests.samples.sample import AS_OF, FIGURES, FILES, RECORD, edited, write
from tests.samples.sample import git as asked
from tests.samples.spoiling import spoilt

Files = dict[str, str | bytes | None]
HONOUR = """\
title: 文明单位
recipient: 集体
level: 市级
body: 某文明委
date: 2023-01-10
basis:
certificate:
term: 届满复查
term_end: 2026-06-30
"""
OLD: Files = {"data/figures.yml": APPROVED, "data/honours/a.yml": HONOUR}
NEW: Files = {
    "data/figures.yml": CORRECTED,
    A: RECORD.replace("services: 30", "services: 40"),
    "data/volunteering/2024/b.yml": RECORD.replace("services: 30", "services: 5"),
    "data/honours/a.yml": HONOUR.replace("term_end: 2026-06-30", "term_end: 2026-01-31"),
    PART: FILES[PART].replace("开展活动", "共开展活动"),
    "docs/regulations/leave.md": FILES["docs/regulations/leave.md"].replace(
        "expires:\n", "expires: 2026-01-31\n"
    ),
}


def sides(folder: Path, old: Files, new: Files) -> tuple[Path, Path]:
    """The sample in two folders, each changed in its own way."""
    for name, changes in (("old", old), ("new", new)):
        write(folder / name, changes)
    return folder / "old", folder / "new"


def report_of(folder: Path, old: Files, new: Files, form: str = "text") -> str:
    write(folder)
    sides(folder, old, new)
    told = report(folder, "old", "new", AS_OF, form)
    assert told.readable
    return told.text


def test_text(tmp_path: Path) -> None:
    assert (
        report_of(tmp_path, OLD, NEW)
        == """\
指标（1 个）
  activities 开展活动：30次 → 45次，增加 15（+50.00%），核定 → 已修订
    更正（2026年2月1日）：由 30 改为 45，漏计一组
    data/volunteering/2024/20240305-a.yml：改动，数值改变（30 → 40）：服务人次 30 → 40
    data/volunteering/2024/b.yml：新增，计入（不计 → 5）
    data/figures.yml:30：修订与更正 空 → 种类：更正；日期：2026-02-01；原数：30；新数：45；原因：漏计一组；核定岗位：丙
    见 一、组织 · （一）统筹（report/part-1.md#planning）
状态（3 处）
  指标 开展活动：核定 → 已修订
  制度 请销假制度：现行有效（2024年修改） → 已失效
  荣誉 文明单位：有效 → 待复查
记录和页面（5 处）
  改动 data/volunteering/2024/20240305-a.yml:7 志愿服务活动 学雷锋进社区
    服务人次 30 → 40
  新增 data/volunteering/2024/b.yml:1 志愿服务活动 学雷锋进社区
  改动 data/honours/a.yml:9 荣誉 文明单位
    有效期至 2026-06-30 → 2026-01-31
  改动 docs/regulations/leave.md:12 页面 请销假制度
    有效期至 空 → 2026-01-31
  改动 docs/report/part-1.md:7 页面 一、组织
    正文：“（一）统筹”
"""
    )


def test_json_is_stable(tmp_path: Path) -> None:
    found = json.loads(report_of(tmp_path, OLD, NEW, "json"))
    correction = {
        "kind": "更正",
        "date": "2026-02-01",
        "old": "30",
        "new": "45",
        "reason": "漏计一组",
        "by": "丙",
    }
    services = {"field": "services", "label": "服务人次", "old": 30, "new": 40}
    assert found["figures"] == [
        {
            "id": "activities",
            "name": "开展活动",
            "unit": "次",
            "path": "data/figures.yml",
            "line": 30,
            "old": {"shown": "30", "exact": "30", "running": "30", "state": "核定"},
            "new": {"shown": "45", "exact": "45", "running": "45", "state": "已修订"},
            "difference": "15",
            "percent": "50.00",
            "fields": [
                {"field": "revisions", "label": "修订与更正", "old": [], "new": [correction]}
            ],
            "recorded": [correction],
            "unexplained": False,
            "causes": [
                {"path": A, "why": "数值改变", "old": "30", "new": "40", "change": "改动"},
                {
                    "path": "data/volunteering/2024/b.yml",
                    "why": "计入",
                    "old": None,
                    "new": "5",
                    "change": "新增",
                },
            ],
            "places": [
                {
                    "page": "report/part-1.md",
                    "anchor": "planning",
                    "title": "一、组织",
                    "heading": "（一）统筹",
                }
            ],
        }
    ]
    assert found["states"] == [
        {
            "what": "figures",
            "id": "activities",
            "title": "开展活动",
            "old": "核定",
            "new": "已修订",
            "led": [],
        },
        {
            "what": "regulations",
            "id": "leave",
            "title": "请销假制度",
            "old": "现行有效（2024年修改）",
            "new": "已失效",
            "led": [],
        },
        {
            "what": "honours",
            "id": "a",
            "title": "文明单位",
            "old": "有效",
            "new": "待复查",
            "led": [],
        },
    ]
    assert found["entries"][0] == {
        "group": "volunteering",
        "id": "20240305-a",
        "kind": "改动",
        "path": A,
        "line": 7,
        "title": "学雷锋进社区",
        "moved_from": None,
        "fields": [services],
        "sections": [],
        "order": [],
    }
    assert [(one["kind"], one["path"], one["sections"]) for one in found["entries"][1:]] == [
        ("新增", "data/volunteering/2024/b.yml", []),
        ("改动", "data/honours/a.yml", []),
        ("改动", "docs/regulations/leave.md", []),
        ("改动", PART, ["（一）统筹"]),
    ]


def test_markdown(tmp_path: Path) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(
        report_of(tmp_path, OLD, NEW, "markdown")
    )
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 4
    headings = [tokens[i + 1].content for i, kind in enumerate(kinds) if kind == "heading_open"]
    assert headings == ["指标", "指标登记", "状态", "记录和页面"]
    first = report_of(tmp_path, OLD, NEW, "markdown").split("\n\n")[1]
    assert first == (
        "| 指标 | 原来 | 现在 | 增减 | 状态 | 所在位置 |\n| --- | --- | --- | --- | --- | --- |\n"
        "| 开展活动 <code>activities</code> | 30次 | 45次 | 增加 15（&#43;50&#46;00&#37;） "
        "| 核定 → 已修订 | 一、组织 · （一）统筹 |"
    )


ENTERED = edited("data/figures.yml", "  approximation: 近百\n  value:\n", "  value: {}\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            {},
            {"data/volunteering/2024/b.yml": RECORD},
            "activities 开展活动：***次（已计 1） → ***次（已计 2），增加 1（+100.00%），未填报\n"
            "    data/volunteering/2024/b.yml：新增，计入（不计 → 1）",
            id="running counts while nothing is declared complete",
        ),
        pytest.param(
            {},
            {"data/volunteering/2024/b.yml": RECORD, A: None},
            None,
            id="as many as before, others",
        ),
        pytest.param(
            {"data/figures.yml": APPROVED},
            {"data/figures.yml": APPROVED, A: RECORD.replace("services: 30", "services: 27")},
            "activities 开展活动：30次 → 27次，减少 3（-10.00%），核定 → 初步\n"
            "    核定过的数改动，须记为修订或更正（revisions），现没有记\n"
            "    data/volunteering/2024/20240305-a.yml：改动，数值改变（30 → 27）：服务人次 30 → 27",
            id="an approved value that changes without a word",
        ),
        pytest.param(
            {"data/figures.yml": APPROVED},
            {"data/figures.yml": APPROVED.replace("value: 30", "value: 27"), A: RECORD.replace("services: 30", "services: 27")},
            "activities 开展活动：30次 → 27次，减少 3（-10.00%），核定\n"
            "    核定过的数改动，须记为修订或更正（revisions），现没有记\n"
            "    data/volunteering/2024/20240305-a.yml：改动，数值改变（30 → 27）：服务人次 30 → 27\n"
            "    data/figures.yml:29：核定 · 核定数 30 → 27",
            id="an approved value that is retold with its approval",
        ),
        pytest.param(
            {},
            {"data/figures.yml": FIGURES.replace("  end: 2025-12-31\n", "  end: 2023-12-31\n", 1).replace("    end: 2025-12-31\n", "    end: 2023-12-31\n")},
            "activities 开展活动：***次（已计 1） → ***次（已计 0），减少 1（-100.00%），未填报\n"
            "    data/volunteering/2024/20240305-a.yml：计数规则或时期改变，不再计入（1 → 不计）\n"
            "    data/figures.yml:13：时期或时点 · 截止日 2025-12-31 → 2023-12-31",
            id="another period",
        ),
        pytest.param(
            {},
            {"data/figures.yml": FIGURES + FIGURES[FIGURES.index("visited:"):].replace("visited:", "new:").replace("走访居民", "新指标")},
            "new 新指标：无 → 近百人，无 → 未填报",
            id="a figure added",
        ),
        pytest.param(
            {},
            {"data/figures.yml": FIGURES[: FIGURES.index("visited:")]},
            "visited 走访居民：近百人 → 无，未填报 → 无\n"
            "    见 一、组织 · （一）统筹（report/part-1.md#planning）",
            id="a figure removed",
        ),
        pytest.param(
            {},
            {"data/figures.yml": FIGURES.replace("source: 台账", "source: 原始台账")},
            "activities 开展活动\n    data/figures.yml:14：数据来源 台账 → 原始台账",
            id="the register's entry alone",
        ),
        pytest.param(
            {"data/figures.yml": FIGURES.replace("  approximation: 近百\n  value:\n", "  value: 0\n")},
            {"data/figures.yml": FIGURES.replace("  approximation: 近百\n  value:\n", "  value: 0.5\n")},
            "visited 走访居民：0人 → 0人（准确数 0.5），增加 0.5，初步\n    data/figures.yml:43：数值 0 → 0.5",
            id="from nothing there is no per cent; exact, not as printed",
        ),
    ],
)  # fmt: skip
def test_a_figure(tmp_path: Path, old: Files, new: Files, expected: str | None) -> None:
    text = report_of(tmp_path, old, new)
    if expected is None:
        assert "指标（" not in text
    else:
        assert text.startswith(f"指标（1 个）\n  {expected}\n")


def test_what_else_is_recorded(tmp_path: Path) -> None:
    new: Files = {
        A: None,
        "data/volunteering/20240305-a.yml": RECORD,
        **edited("data/unit.yml", "    value:\n", "    value: 样例市\n"),
        **edited("data/phrases.yml", "kind: 专名", "kind: 惯用语"),
        "data/synonyms.yml": "- words: [义工, 志愿者]\n",
        **edited("data/criteria.yml", "有活动，有制度", "有活动，有制度，有记录"),
        "docs/x.md": "---\ntitle: 新页\n---\n\n# 新页\n",
        "docs/index.md": None,
    }
    assert (
        report_of(tmp_path, {}, new)
        == """\
记录和页面（7 处）
  改动 data/unit.yml:13 名称和设置 本单位
    名称 空 → 样例市
  改动 data/phrases.yml:2 固定用语 三会一课
    类别 专名 → 惯用语
  新增 data/synonyms.yml:1 同义词 义工
  改动 data/criteria.yml:4 考评项目 统筹
    要求 有活动，有制度 → 有活动，有制度，有记录
  改动 data/volunteering/20240305-a.yml:1 志愿服务活动 学雷锋进社区
    原在 data/volunteering/2024/20240305-a.yml
  删去 docs/index.md:1 页面 首页
  新增 docs/x.md:1 页面 新页
"""
    )


def test_a_report_that_is_changed_is_told_figure_by_figure(tmp_path: Path) -> None:
    frozen = frozen_text(tmp_path, REPORTED)
    entries = parse_bytes(frozen.encode(), FILE).data
    entries["figures"]["visited"]["shown"] = "9"
    entries["figures"]["visited"]["entry"]["definition"] = "本年走访的人数"
    old, new = entries["digest"], release_digest(entries)
    changed = frozen.replace("shown: 近百", 'shown: "9"').replace(
        "走访的居民人数", "本年走访的人数"
    )
    changed = changed.replace(old, new)
    told = report_of(tmp_path, {**REPORTED, FILE: frozen}, {**REPORTED, FILE: changed})
    assert told == (
        "记录和页面（1 处）\n"
        f"  改动 {FILE}:4 报送 {NAME}\n"
        f"    校验值 {old} → {new}\n"
        "    指标 · visited · 显示 近百 → 9\n"
        "    指标 · visited · 登记内容 · 口径 走访的居民人数 → 本年走访的人数\n"
    )
    gone = report_of(tmp_path / "gone", {**REPORTED, FILE: frozen}, REPORTED)
    assert gone == f"记录和页面（1 处）\n  删去 {FILE}:2 报送 {NAME}\n"


RESULTS = "docs/next.md"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("## 已过|### 甲|一|## 未过|### 乙|二", "## 已过|### 乙|二|## 未过|### 甲|一",
                     "    次序：“乙”、“未过”、“甲”\n", id="under another heading"),
        pytest.param("## 已过|### 申请|一|## 未过|### 申请|二", "## 已过|### 申请|一|### 申请|二|## 未过",
                     "    次序：“申请”、“未过”\n", id="a heading twice"),
        pytest.param("## 甲|一|## 乙|二|## 丙|三", "## 丁|四|## 乙|五|## 甲|一|## 丙|三",
                     "    正文：“丁”、“乙”\n    次序：“乙”、“甲”\n", id="with another text, and one added"),
        pytest.param("## 甲|一|## 乙|二", "## 丙|零|## 甲|一|## 乙|二", "    正文：“丙”\n", id="one added, none moved"),
    ],
)  # fmt: skip
def test_sections_that_change_places(tmp_path: Path, old: str, new: str, told: str) -> None:
    def page(text: str) -> Files:
        return {RESULTS: "\n\n".join(["---\ntitle: 结果\n---", "# 结果", *text.split("|"), ""])}

    text = report_of(tmp_path, page(old), page(new))
    assert "".join(text.splitlines(keepends=True)[2:]) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("甲" * 60 + "乙" + "甲" * 60, "甲" * 60 + "丙" + "甲" * 60,
         f"…{'甲' * 8}乙{'甲' * 8}… → …{'甲' * 8}丙{'甲' * 8}…"),
        ("以通知为准。" + "参加人员由办公室登记，" * 9 + "迟到的不计，餐费一百元，由工会支出",
         "以文件为准。" + "参加人员由办公室登记，" * 9 + "迟到的照计，餐费九千元，由财政支出",
         "以通知为准。参加人员由…公室登记，迟到的不计，餐费一百元，由工会支出"
         " → 以文件为准。参加人员由…公室登记，迟到的照计，餐费九千元，由财政支出"),
        ("第一句。" + "甲" * 50, "第一句。" + "甲" * 50 + "。不再执行", "…甲甲甲甲甲甲甲甲 → …甲甲甲甲甲甲甲甲。不再执行"),
        ("，".join(f"{n}甲" for n in range(60)), "，".join(f"{n}乙" for n in range(60)), None),
    ],
    ids=["one sign", "near both ends", "added at the end", "everywhere"],
)  # fmt: skip
def test_long_texts_show_everything_in_which_they_differ(
    tmp_path: Path, old: str, new: str, told: str | None
) -> None:
    changed = report_of(
        tmp_path,
        {A: RECORD.replace("学雷锋进社区", old)},
        {A: RECORD.replace("学雷锋进社区", new)},
    ).split("\n")[2]
    expected = told or f"{old} → {new}"
    assert changed == f"    活动名称 {expected}"


def test_what_nobody_sees_is_told_by_its_number() -> None:
    text = "甲\u3000乙\n\x1b[2J\u202e丙\ud800\U000e0041\ufe0f\xad"
    assert wording.quote(text) == "甲\u3000乙 U+001B[2JU+202E丙U+D800U+E0041U+FE0FU+00AD"


@pytest.fixture(scope="module")
def shown(demo_data: Path) -> Site:
    return Site(gather(Project(demo_data.parent, demo_data, DEMO_DAY)))


def test_a_revision_from_before_ledgers_and_kinds_were_described_can_be_compared(
    tmp_path: Path,
) -> None:
    for number, changes in enumerate([dict.fromkeys((*LEDGER_FILES, "data/kinds.yml")), {}]):
        write(tmp_path, changes)
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", str(number))
    told = report(tmp_path, "HEAD~1", "HEAD", AS_OF, "text")
    assert (told.readable, told.text) == (True, f"{NOTHING}\n")


def test_every_group_has_a_label(shown: Site) -> None:
    expected = {*SINGLE, *COLLECTIONS, "releases", "pages"} - {"figures"}
    assert groups(shown.archive).keys() == expected


def test_a_site_does_not_differ_from_itself(shown: Site) -> None:
    again = Site(gather(shown.archive.project))
    register = shown.archive.documents["figures"].path
    assert compare(shown, again) == Changes(register, [], [], [])
    assert markdown(compare(shown, again)) == f"{NOTHING}\n"


VALUES = st.fixed_dictionaries(
    {}, optional={id_: st.decimals(0, 10**6, places=2) for id_ in ("activities", "visited")}
)
SERVICES = st.lists(st.integers(0, 99), max_size=4)


def register(values: dict[str, Decimal]) -> str:
    """The sample's register with both figures entered by hand."""
    text = FIGURES.replace("  approximation: 近百\n  value:\n", "  value:\n").replace(
        "  complete_through:\n", "  value:\n"
    )
    text = text.replace("  counted:\n    collection: volunteering\n    measure: count\n", "")
    for id_, value in values.items():
        head, at, rest = text.partition(f"{id_}:\n")
        text = head + at + rest.replace("  value:\n", f"  value: {value:f}\n", 1)
    return text


@given(old=VALUES, new=VALUES)
def test_every_changed_value_is_told_with_its_difference(
    tmp_path: Path, old: dict[str, Decimal], new: dict[str, Decimal]
) -> None:
    text = report_of(
        tmp_path, {"data/figures.yml": register(old)}, {"data/figures.yml": register(new)}, "json"
    )
    found = {
        one["id"]: (one["old"]["exact"], one["new"]["exact"], one["difference"])
        for one in json.loads(text)["figures"]
    }

    def number(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    assert found == {
        id_: (number(a), number(b), None if a is None or b is None else number(b - a))
        for id_ in ("activities", "visited")
        if (a := old.get(id_)) != (b := new.get(id_))
    }


@given(old=SERVICES, new=SERVICES)
def test_causes_add_up_to_the_difference(tmp_path: Path, old: list[int], new: list[int]) -> None:
    def files(services: list[int]) -> Files:
        records: Files = {A: None, "data/figures.yml": HOURS}
        for number in range(4):
            name = f"data/volunteering/2024/{number}.yml"
            text = RECORD.replace("services: 30", f"services: {[*services, 0, 0, 0, 0][number]}")
            records[name] = text if number < len(services) else None
        return records

    for name in ("old", "new"):
        for path in (tmp_path / name / "data").rglob("volunteering/2024/*.yml"):
            path.unlink()
    write(tmp_path)
    roots = sides(tmp_path, files(old), files(new))
    first, second = (Site(gather(Project(root, root / "data", AS_OF))) for root in roots)
    changes = {one.id: one for one in compare(first, second).figures}
    assert ("activities" in changes) == (sum(old) != sum(new))
    if "activities" in changes:
        causes = changes["activities"].causes
        assert sum((one.new or 0) - (one.old or 0) for one in causes) == sum(new) - sum(old)
        assert changes["activities"].difference == sum(new) - sum(old)


@given(data=st.data(), name=st.sampled_from([A, PART, "data/figures.yml", "data/criteria.yml"]))
def test_whatever_a_file_holds_is_answered(tmp_path: Path, data: st.DataObject, name: str) -> None:
    write(tmp_path)
    text = data.draw(spoilt(FILES[name])).encode("utf-8", "surrogatepass")
    roots = sides(tmp_path, {}, {name: text})
    for form in ("text", "markdown", "json"):
        told = report(tmp_path, str(roots[0]), str(roots[1]), AS_OF, form)
        assert told.text.endswith("\n")
        assert told.readable or "problems" in told.text or "处问题" in told.text


MENTION = "@someone #12 !3 GH-4 owner/repo#5 ~label $6 `code` <b onclick=x> | a\n\n## 标题 [x](y) **z** \u202e"


def test_no_content_breaks_out(tmp_path: Path) -> None:
    record = RECORD.replace(
        "title: 学雷锋进社区", f"title: {json.dumps(MENTION, ensure_ascii=False)}"
    )
    record = record.replace("\u202e", "").replace("**z**", "z")
    text = report_of(tmp_path, {}, {"data/volunteering/2024/b.yml": record}, "markdown")
    line = next(line for line in text.split("\n") if "someone" in line)
    assert line.count("|") == 5
    assert (
        safe(MENTION)
        == "&#64;&#8203;someone &#35;&#8203;12 &#33;&#8203;3 GH&#8203;&#45;4 owner&#47;repo&#35;&#8203;5 "
        "&#126;&#8203;label &#36;&#8203;6 &#96;code&#96; &#60;b onclick&#61;x&#62; &#124; a  "
        "&#35;&#35; 标题 &#91;x&#93;&#40;y&#41; &#42;&#42;z&#42;&#42; U&#43;202E"
    )


@given(text=st.text())
def test_any_text_is_shown_as_text(text: str) -> None:
    """Parsed by a reader of GitHub's Markdown, a cell holds that text and nothing else."""
    [paragraph] = MarkdownIt("gfm-like", {"linkify": False}).parseInline(f"x{safe(text)}x")
    assert paragraph.children is not None
    assert {child.type for child in paragraph.children} <= {"text", "text_special"}
    shown = "".join(child.content for child in paragraph.children)
    assert not any(sign in shown for sign in ("@someone", "\n", "\u202e"))
    for sign in "@#!":
        index = shown.find(sign)
        while index >= 0:
            assert not shown[index + 1 : index + 2].isalnum()
            index = shown.find(sign, index + 1)


def test_too_much_for_a_comment_is_cut_at_a_row(tmp_path: Path) -> None:
    many: Files = {
        f"data/volunteering/2024/{number}.yml": RECORD.replace("学雷锋进社区", "很长的名称" * 40)
        for number in range(400)
    }
    text = report_of(tmp_path, {}, many, "markdown")
    assert len(text) <= MAX_COMMENT_CHARACTERS + 200
    assert text.endswith("内容太多，以下略去；全部内容请在本地运行 `.venv/bin/archive diff`。\n")
    assert "- 另有 380 条记录\n" in text
    assert "    另有 380 条记录\n" in report_of(tmp_path, {}, many)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with the sample, under version control, its data changed since."""
    write(tmp_path)
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "1")
    write(tmp_path, {"data/volunteering/2024/b.yml": RECORD})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "2")
    monkeypatch.chdir(tmp_path)

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(
            main, ["diff", *args, "--as-of", "2026-03-01"], catch_exceptions=False
        )

    return invoke


def test_revisions_and_the_work_tree(run: Run, tmp_path: Path) -> None:
    assert run("HEAD").stdout == f"{NOTHING}\n"
    between = run("main~1", "main")
    assert (between.exit_code, between.stdout.split("\n")[0]) == (0, "指标（1 个）")
    assert run("main", "main~1").stdout.count("删去") == 2
    (tmp_path / "data/volunteering/2024/b.yml").unlink()
    assert run("main~1").stdout == f"{NOTHING}\n"
    assert run("main", "--format", "markdown").stdout.startswith("### 指标\n")
    assert not (tmp_path / ".git" / "worktrees").exists()


def test_what_still_leads_to_a_regulation_that_ends(tmp_path: Path) -> None:
    """Not what its successor says of it."""
    new = two(
        (OUT, "replaces: []", "replaces: [leave]"),
        (OUT, "number: 待补", "number: 无文号"),
        (OUT, "effective:", "effective: 2026-02-01"),
        (OUT, "draft: true", "draft: false"),
    )
    led = {PART: f"{FILES[PART]}\n执行[请销假](../regulations/leave.md)制度。\n"}
    told = report_of(tmp_path, {**two(), **led}, {**new, **led})
    assert told.startswith(
        """\
状态（2 处）
  制度 请销假制度：现行有效（2024年修改） → 已废止
    还链接着它，看看要不要改：docs/report/part-1.md:11
  制度 外出报备制度：草案 → 现行有效
"""
    )
    html = report(tmp_path, "old", "new", AS_OF, "markdown").text
    assert "→ 已废止<br>还链接着它，看看要不要改：" in html


def test_pages_that_the_program_brings_are_not_told(run: Run, tmp_path: Path) -> None:
    """They lie in no revision: on one side in this folder, on the other as far from it as they are."""
    site = tmp_path / "mkdocs.yml"
    site.write_text(
        site.read_text("utf-8").replace("nav:\n", "nav:\n  - guide/clerk.md\n"), "utf-8"
    )
    git(tmp_path, "commit", "-am", "3")
    assert run("HEAD").stdout == f"{NOTHING}\n"
    assert "guide/" not in run("main~1").stdout


def test_a_side_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / A).write_text(RECORD.replace("services: 30", "services: 三十"), "utf-8")
    message = (
        'services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 "三十"；请改为：services: 30'
    )
    result = run("HEAD")
    assert (result.exit_code, result.stdout) == (
        1, f". 的数据须能读取，现有 1 处问题：\n{A}:7: {message}\n",
    )  # fmt: skip
    result = run("HEAD", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (
        1, {"problems": {"HEAD": [], ".": [{"path": A, "line": 7, "message": message}]}},
    )  # fmt: skip
    result = run("HEAD", "--format", "markdown")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "<code>&#46;</code> 的数据须能读取，现有 1 处问题：\n\n- <code>"
    )


@pytest.mark.parametrize("name", ["没有", "--output=x", "HEAD:data", "\0", "data"])
def test_what_is_no_side(run: Run, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownRevisionError, match="须是报送的名称、Git 的版本"):
        report(tmp_path, name, ".", AS_OF, "text")
    assert not (tmp_path / "x").exists()


def test_a_wrong_name_on_the_command_line(run: Run) -> None:
    result = run("没有")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "须是报送的名称、Git 的版本（提交、分支、标签），或者有 mkdocs.yml 的目录，现为 没有；请看 data/releases/ 和 git log，写其中有的\n"
    )


def test_a_revision_without_a_site(run: Run, tmp_path: Path) -> None:
    git(tmp_path, "rm", "-q", "mkdocs.yml")
    git(tmp_path, "commit", "-m", "3")
    write(tmp_path)
    with pytest.raises(UnknownRevisionError, match="其中没有 mkdocs"):
        report(tmp_path, "main", ".", AS_OF, "text")


def test_a_clone_that_has_lost_the_content_of_a_file(run: Run, tmp_path: Path) -> None:
    lost = asked(tmp_path, "rev-parse", "HEAD:docs/index.md").strip()
    (tmp_path / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    result = run("HEAD")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "里的 docs/index.md 须取得到，现在仓库里没有它的内容；请运行 git fsck" in result.stderr


@pytest.mark.parametrize(
    ("bound", "most", "said"),
    [
        ("MAX_FILES", 30, "的文件须不超过 30 个，现有 {} 个"),
        ("MAX_REPEATED", 5_000_000, "里内容相同的文件须不超过 5 MB，现有 5.1 MB"),
    ],
)
def test_a_revision_far_larger_than_what_was_pushed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: int, said: str
) -> None:
    """A few trees that name one file again and again make of some octets what fills any disk."""
    for number in range(52):
        page = tmp_path / "docs" / "files" / f"{number}.txt"
        page.parent.mkdir(exist_ok=True)
        page.write_bytes(b"1" * 100_000)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "3")
    assert run("HEAD").exit_code == 0
    monkeypatch.setattr(f"archive.proposals.diff.revisions.{bound}", most)
    count = sum(1 for path in tmp_path.rglob("*") if path.is_file() and ".git" not in path.parts)
    result = run("HEAD")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"版本 HEAD {said.format(count)}；请换一个版本，或者删去多余的文件再提交\n"
    )
