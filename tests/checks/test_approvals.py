"""What was approved stays approved: the rules for signatures, approved values and revisions."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.leaks.posts import person_in, same_post
from tests.samples.approvals import (
    ACTIVITIES,
    APPROVED,
    COUNTED,
    ENTERED,
    FILLED,
    NOBODY,
    PREPARED,
    REVIEWED,
    UNSIGNED,
    moved,
)
from tests.samples.releases import FILE, NAME, frozen_text
from tests.samples.sample import RECORD, UNIT, problems, read

F = "data/figures.yml"
V, A = "visited（走访居民）", "activities（开展活动）"


def revisions(*items: str) -> str:
    """The field of a figure with these revisions, each as it stands between braces."""
    return "  revisions:\n" + "".join(f"    - {{{one}}}\n" for one in items) + "  note:\n"


def entered(*changes: tuple[str, str], text: str = ENTERED) -> dict[str, str | bytes | None]:
    """The register with pieces of the entry `visited`, each once in it, replaced."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {F: ACTIVITIES + text}


def counted(*changes: tuple[str, str]) -> dict[str, str | bytes | None]:
    text = COUNTED
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {F: text + UNSIGNED}


MORE = {
    f"data/volunteering/2024/more-{n}.yml": RECORD.replace("学雷锋进社区", f"活动{n}")
    for n in range(5)
}
ONE = "kind: 修订, date: 2026-02-01, old: 96, new: 98, reason: 补报, by: 丙"
SAME = "one_post_signs: true"
ALLOW = f"请改为另一个岗位，人手少、准许同一岗位的，在 data/unit.yml 写 {SAME}"

CASES = [
    pytest.param(entered(), [], id="approved"),
    pytest.param(counted(), [], id="counted and approved"),
    pytest.param(
        counted() | MORE,
        [f"{F}:25: {A}核定{moved(1, 6)}"],
        id="five records added to an approved collection",
    ),
    pytest.param(
        counted(("  note:\n", revisions("kind: 修订, date: 2026-02-01, old: 1, new: 6, reason: 补录, by: 丙"))) | MORE,
        [],
        id="recorded as a revision",
    ),
    pytest.param(
        counted(("  note:\n", revisions("kind: 修订, date: 2026-02-01, old: 1, new: 5, reason: 补录, by: 丙"))) | MORE,
        [f"{F}:30: {A}最近一次修订{moved(5, 6)}"],
        id="revised to another value",
    ),
    pytest.param(
        {**counted(), "data/volunteering/2024/20240305-a.yml": RECORD.replace("place: 社区\n", "")},
        ["data/volunteering/2024/20240305-a.yml:1: 须有字段 place（地点）：必填；请加一行，如 place: 共建社区"],
        id="a record that cannot be read is the one cause",
    ),
    pytest.param(
        entered(("  value: 96\n  prepared", "  value: 97\n  prepared")),
        [f"{F}:50: {V}核定{moved(96, 97)}"],
        id="entered anew",
    ),
    pytest.param(
        entered(("  value: 96\n  prepared", "  value:\n  prepared"), ("  mask:\n", '  mask: "***"\n')),
        [f"{F}:50: {V}核定的数是 96，须仍是它，现在没有数值；请恢复数值或 complete_through（资料齐全至）"],
        id="the value is gone",
    ),
    pytest.param(
        counted(("complete_through: 2025-12-31", "complete_through: 2025-06-30")),
        [f"{F}:25: {A}核定的数是 1，须仍是它，现在没有数值；请恢复数值或 complete_through（资料齐全至）"],
        id="no longer complete",
    ),
    pytest.param(
        entered(("    value: 96\n", "")),
        [f"{F}:50: {V}已经核定，须写明核定数，现为空；现在的数是 96，请在 approved 下写 value: 96"],
        id="approved without a value",
    ),
    pytest.param(
        entered(("    value: 96\n", ""), ("  note:\n", revisions(ONE)), ("  value: 96\n  pre", "  value: 98\n  pre")),
        [f"{F}:50: {V}已经核定，须写明核定数，现为空；revisions 里核定时的数是 96，请在 approved 下写 value: 96"],
        id="approved without a value and revised",
    ),
    pytest.param(
        entered(("  value: 96\n  prepared", "  value:\n  prepared"), ("    value: 96\n", ""), ("  mask:\n", '  mask: "***"\n')),
        [f"{F}:50: {V}已经核定，须有数值，现为空；请填上数值，还不能核定的，把 approved 下各项清空"],
        id="nothing approved",
    ),
    pytest.param(
        entered(("    by: 丙\n    date: 2026-01-07\n", "    by:\n    date:\n")),
        [f"{F}:53: {V}的核定数须与核定的岗位、日期一起写，现在只有 96；请在 approved 下填上 by 和 date，还没有核定的在 approved 下写 value:"],
        id="a value approved by nobody",
    ),
    pytest.param(
        entered(("  note:\n", revisions(ONE.replace("old: 96", "old: 95"))), ("  value: 96\n  pre", "  value: 98\n  pre")),
        [f"{F}:53: {V}的核定数须与修订首尾相接，revisions 里核定时的数是 95，现为 96；请改为：value: 95"],
        id="revised from another value",
    ),
    pytest.param(
        entered(
            ("  note:\n", revisions(ONE.replace("2026-02-01", "2026-01-06"), ONE.replace("old: 96, new: 98", "old: 98, new: 97").replace("2026-02-01", "2026-03-02"))),
            ("  value: 96\n  pre", "  value: 97\n  pre"),
        ),
        [
            f"{F}:55: {V}的修订日期须不早于核定（或报送）日期 2026-01-07，现为 2026-01-06；请改为 2026-01-07 或以后的日期",
            f"{F}:56: {V}的修订日期须不晚于今天，现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写",
        ],
        id="revised before the approval, and in the future",
    ),
    pytest.param(
        entered(("  note:\n", revisions(ONE.replace("丙", ""))), ("  value: 96\n  pre", "  value: 98\n  pre")),
        [f"{F}:55: {V}的修订须写明核定岗位（by），现为空；例如：by: 办公室主任"],
        id="a revision that nobody approved",
    ),
    pytest.param(
        entered((APPROVED + "    value: 96\n", "  approved:\n    by:\n    date:\n"), ("  note:\n", revisions(ONE)), ("  value: 96\n  pre", "  value: 98\n  pre")),
        [f"{F}:53: {V}的修订与更正须是核定以后的改动，核定现为空；请填上核定，还没有核定的，直接改数，不记 revisions"],
        id="revised and never approved",
    ),
    pytest.param(
        entered(
            ("  note:\n", revisions("kind: 修订, date: 2026-02-01, old: 96, new: 93, reason: 补报, by: 丙", "kind: 更正, date: 2026-02-02, old: 92, new: 95, reason: 重复, by: 丙")),
        ),
        [
            f"{F}:56: {V}最近一次更正{moved(95, 96)}",
            f"{F}:56: {V}的修订须按时间先后、首尾相接，上一次为 2026-02-01 改为 93；请在它之后写，old: 93",
        ],
        id="revisions that do not follow each other",
    ),
    pytest.param(
        entered(("  note:\n", revisions(*[f"kind: 更正, date: 2026-02-01, old: 96, new: 96, reason: {'长' * 2000}, by: 丙"] * 17))),
        [f"{F}:54: {V}的修订与更正须合起来不超过 32767 个字符（XLSX 一个单元格的上限），现有 34730 个；请把原因写短些"],
        id="revisions too long for a cell",
    ),
    pytest.param(
        entered(("by: 乙", "by: 甲"), ("by: 丙", 'by: "甲\u3000"')),
        [f"{F}:51: {V}的填报、审核、核定须由不同的岗位，现在填报、审核、核定都是“甲\u3000”；{ALLOW}"],
        id="all by one post",
    ),
    pytest.param(
        {**entered(("by: 乙", "by: 甲"), ("by: 丙", "by: 甲")), "data/unit.yml": f"{SAME}\n{UNIT}"},
        [],
        id="all by one post, as the bureau allows",
    ),
    pytest.param(
        entered(("by: 丙", "by: 乙"), ("  note:\n", revisions(ONE.replace("丙", "甲"))), ("  value: 96\n  pre", "  value: 98\n  pre")),
        [
            f"{F}:51: {V}的填报、审核、核定须由不同的岗位，现在审核、核定都是“乙”；{ALLOW}",
            f"{F}:55: {V}的修订须由填报以外的岗位核定，现在都是“甲”；{ALLOW}",
        ],
        id="two steps by one post, and a revision",
    ),
    pytest.param(
        entered(("by: 甲", "by: 王小明"), ("by: 乙", "by: 综合科科长李四"), ("  note:\n", revisions(ONE.replace("丙", "张局长"))), ("  value: 96\n  pre", "  value: 98\n  pre")),
        [
            f"{F}:45: {V}的填报须写岗位，不写姓名，现有“王**”；例如：by: 办公室主任",
            f"{F}:48: {V}的审核须写岗位，不写姓名，现有“李*”；例如：by: 办公室主任",
            f"{F}:55: {V}的修订须写岗位，不写姓名，现有“张**”；例如：by: 办公室主任",
        ],
        id="people sign",
    ),
    pytest.param(
        entered(("    date: 2026-01-05\n", "    date: 2025-12-30\n")),
        [f"{F}:46: {V}的填报日期须不早于时期的截止日 2025-12-31，现为 2025-12-30；请改为 2025-12-31 或以后的日期"],
        id="prepared before the end of its period",
    ),
    pytest.param(
        entered((NOBODY, "  prepared:\n    by:\n    date:\n" + REVIEWED + "  approved:\n    by:\n    date:\n"), text=UNSIGNED),
        [f"{F}:48: {V}须先填报后审核，填报现为空；请先填填报，或者清空审核"],
        id="reviewed before prepared",
    ),
    pytest.param(
        entered((REVIEWED, "  reviewed:\n    by:\n    date:\n")),
        [f"{F}:50: {V}须先审核后核定，审核现为空；请先填审核，或者清空核定"],
        id="approved before reviewed",
    ),
    pytest.param(
        entered(("    date: 2026-01-06\n", "    date: 2026-01-04\n")),
        [f"{F}:49: {V}的审核日期须不早于填报日期 2026-01-05，现为 2026-01-04；请改为 2026-01-05 或以后的日期"],
        id="reviewed too early",
    ),
    pytest.param(
        entered((NOBODY, PREPARED.replace("2026-01-05", "2026-03-02") + NOBODY.partition("  prepared:\n    by:\n    date:\n")[2]), text=FILLED),
        [f"{F}:46: {V}的填报日期须不晚于今天，现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写"],
        id="signed in the future",
    ),
    pytest.param(
        entered((NOBODY, PREPARED.replace(" 甲", "") + NOBODY.partition("  prepared:\n    by:\n    date:\n")[2]), text=FILLED),
        [f"{F}:44: {V}的填报须同时写明岗位和日期，现在只有一项；请在 prepared 下填上 by，还没有填报的两项都空着"],
        id="signed by nobody",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_approvals(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected


def test_the_line_that_is_told_mends_it(tmp_path: Path) -> None:
    """Pasted as it stands, it asks for what only people know; with that filled in, nothing is said."""
    (message,) = problems(tmp_path / "moved", {**counted(), **MORE})
    (item,) = re.findall(r"加一项 (- \{.*?\})", message)
    pasted, filled = (
        counted(("  note:\n", f"  revisions:\n    {text}\n  note:\n"))
        for text in (item, item.replace("reason: , by: ", "reason: 补录五次, by: 丙"))
    )
    told = problems(tmp_path / "pasted", {**pasted, **MORE})
    assert (
        f"{F}:30: activities.revisions.1.reason（原因）须为文字，现为空；例如：reason: 漏计一组"
        in told
    )
    assert problems(tmp_path / "filled", {**filled, **MORE}) == []


def test_what_moved_is_approved_no_more(tmp_path: Path) -> None:
    """The site of a preview, which is shown with its problems, does not say 核定 of another value."""
    states = {
        name: str(read(tmp_path / name, {**counted(), **more}).values["activities"].state)
        for name, more in (("as approved", {}), ("moved", MORE))
    }
    assert states == {"as approved": "核定", "moved": "初步"}


def test_a_figure_reported_before_its_approval(tmp_path: Path) -> None:
    """It is revised from the day it was reported; the approval is then of what it was revised to."""
    preliminary = ACTIVITIES + FILLED.replace(NOBODY, PREPARED + NOBODY.partition("date:\n")[2])
    frozen = frozen_text(tmp_path / "then", {F: preliminary}).replace("2026-03-01", "2026-01-20")
    revision = revisions("kind: 修订, date: 2026-02-01, old: 96, new: 98, reason: 补报, by: 丙")
    later = preliminary.replace("  value: 96\n  prepared", "  value: 98\n  prepared")
    approved = later.rpartition("  reviewed:")[0] + REVIEWED.replace("01-06", "02-02")
    approved += f"{APPROVED.replace('01-07', '02-03')}    value: VALUE\n{revision}"
    told = [
        [
            one
            for one in problems(tmp_path / f"{at}", {F: text, FILE: frozen})
            if "校验值" not in one
        ]
        for at, text in enumerate(
            (later, approved.replace("VALUE", "98"), approved.replace("VALUE", "96"))
        )
    ]
    rule = "须记为修订或更正（revisions），从报送的数起，首尾相接，现为 98；请在 revisions 下加一项 - {kind: 修订, date: 2026-03-01, old: 96, new: 98, reason: , by: }，填上原因和核定岗位，不该变的，改回去"
    assert told == [
        [f"{F}:43: {V}与“{NAME}”报送的 96 不同，{rule}"],
        [],
        [
            f"{F}:53: {V}的核定数须与修订首尾相接，revisions 里核定时的数是 98，现为 96；请改为：value: 98"
        ],
    ]


POSTS = [
    "综合科负责人",
    "办公室主任",
    "办公室",
    "综合科",
    "分管领导",
    "局长",
    "副局长",
    "总统计师",
    "办公室经办人",
    "党组书记",
    "机关党支部",
    "金融科",
    "管理科科长",
    "史志科",
    "史志科长",
    "高新区统计站",
    "江南分局",
    "安全员",
    "文书",
    "会计",
    "档案员",
    "普查办",
    "办公室A岗",
    "单位领导",
    "单位负责人",
    "方志办",
    "项目办",
    "成本调查队",
    "马坊镇统计站",
    "石嘴山调查队",
    "局长助理",
    "科室成员",
    "办公室文书",
    "金融科长",
    "文秘科长",
    "常务副局长",
    "办公室记录员",
    "统计员",
    "程序员",
    "江苏调查总队",
    "白银路社区",
    "服务业科",
    "法规科（执法监督科）",
    "文件起草人",
    "党组",
    "局党组会议",
    "局长办公会",
    "田野调查员",
    "路长",
    "甲",
    "示例填报人",
]
PEOPLE = {
    "张三": "张三", "王小明": "王小明", "李四科长": "李四科长", "张科长": "张科长", "办公室王小明": "王小明",
    "办公室主任张三": "张三", "王小明（办公室）": "王小明", "办公室（李立国）": "李立国", "科员马明": "马明",
    "欧阳修": "欧阳修", "张三同志": "张三同志", "于海洋": "于海洋", "李副局长": "李副局长", "综合科，赵一曼": "赵一曼",
    "王 小明": "王小明", "王\u200b小明": "王小明", "李立人": "李立人", "办公室 江主任": "江主任",
}  # fmt: skip


def test_posts_are_told_from_people() -> None:
    assert {post: person_in(post) for post in POSTS} == dict.fromkeys(POSTS, "")
    assert {post: person_in(post) for post in PEOPLE} == PEOPLE


@given(
    text=st.text(
        st.sampled_from("张王小明三科长主任员办公室（、 \u200b") | st.characters(), max_size=20
    )
)
def test_a_name_that_is_found_stands_there(text: str) -> None:
    person = person_in(text)
    assert same_post(person) in same_post(text)
    assert person_in(person) == person


def test_one_post_however_it_is_written() -> None:
    written = ("办公室A岗", "办公室A岗 ", "办公室Ａ岗", "办公室\u200ba岗\u3000", "办公室（A岗）")
    assert {same_post(one) for one in written} == {"办公室a岗"}
