"""The collections: a sound record of each, one fault at a time, and all that is then said of it."""

from pathlib import Path

import pytest

from archive.schema.collections import COLLECTIONS
from tests.samples.sample import problems

END = "source: 原始记录\nevidence: []\nrecorder: 办公室\nreviewer:\n"
RECORDS = {
    "publications": (
        "date: 2024-03-12\nkind: 专报\nnumber: 2024年第3期\ntitle: 题目\nendorsed: true\n"
        "office: 综合科\n" + END
    ),
    "assistance": (
        "date: 2024-03-12\ntitle: 销售水果\nkind: 销售\ngoods: 水果\namount: 120.5\nunit: 斤\n"
        "place: 村\nbeneficiaries: 困难家庭\n" + END
    ),
    "party_members": "date: 2024-12-31\nstage: 发展党员\npeople: 2\n" + END,
    "cadres": "date: 2024-12-31\nstage: 提拔科级干部\npeople: 2\n" + END,
    "activities": (
        "date: 2024-03-12\nkind: 三会一课\nsession: 党课\ntitle: 主题\nplace: 会议室\n"
        "participants: 20\nresult:\norganiser: 办公室\n" + END
    ),
    "community": (
        "date: 2024-03-12\nkind: 一书三单\ntitle: 事项\npartner: 社区\nparticipants:\n"
        "state: 已完成\nfinished: 2024-04-01\n" + END
    ),
    "enterprise_services": (
        "date: 2024-03-12\nkind: 普法\ntitle: 宣讲\noccasion: 核查\nenterprises: 8\n"
        "office: 法规科\n" + END
    ),
    "reviews": (
        f"date: 2024-03-12\nstage: 初审\nedition: 内部版\ncommit: {'abcdef0123' * 4}\n"
        "by: 办公室经办人\nevidence: []\n"
    ),
}  # fmt: skip


def path(name: str, id_: str = "a") -> str:
    return f"data/{name}/2024/{name}-{id_}.yml"


def changed(name: str, old: str, new: str) -> str:
    assert RECORDS[name].count(old) == 1, (name, old)
    return RECORDS[name].replace(old, new)


def test_a_sound_record_of_each_collection(tmp_path: Path) -> None:
    assert RECORDS.keys() <= COLLECTIONS.keys()
    assert problems(tmp_path, {path(name): text for name, text in RECORDS.items()}) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("publications", "kind: 专报", "kind: 简报", '2: kind（种类）须为 专报、信息、动态、预警、手册、一图读懂 之一，现为 "简报"'),
        ("publications", "number: 2024年第3期", "number: 3", "3: number（期号）须为文字，现为 3；如是文字须加引号"),
        ("publications", "endorsed: true", "endorsed: yes", "5: endorsed（是否获批示）须为 true 或 false，现为 yes（YAML 会读作 true）"),
        ("publications", "endorsed: true", "endorsed:", "5: endorsed（是否获批示）须为 true 或 false，现为空"),
        ("publications", "office: 综合科\n", "", "1: 须有字段 office（编发科室）：必填"),
        ("publications", "title: 题目", "title: 批示要求抓好落实", "4: 批示只记有无，不得录入内容，title（题目）现有“批示要求抓好落实”"),
        ("publications", "evidence: []", "evidence: [批示原文复印件]", "8: 批示只记有无，不得录入内容，evidence（佐证材料）现有“批示原文复印件”"),
        ("assistance", "unit: 斤", "unit: 千克", '6: unit（单位）须为 万元、件、斤、人、人次 之一，现为 "千克"'),
        ("assistance", "unit: 斤", "unit: 万元", "6: 销售的 unit（单位）须为斤，现为万元"),
        ("assistance", "amount: 120.5", "amount: -1", "5: amount（数量）须为不小于 0 的数，小数不超过 4 位，现为 -1"),
        ("assistance", "goods: 水果\n", "", "1: kind（类别）为物品、销售时，goods（货物）须填写，现为空"),
        ("assistance", "beneficiaries: 困难家庭", "beneficiaries: 某人", '8: beneficiaries（帮扶对象）须为 困难家庭、困难群众、困难党员、困难职工、共建社区居民、村民、村集体、其他 之一，现为 "某人"'),
        ("assistance", "kind: 销售\ngoods: 水果\namount: 120.5\nunit: 斤", "kind: 走访\namount: 12.5\nunit: 人", "4: 以人计的 amount（数量）须为整数，现为 12.5"),
        ("assistance", "kind: 销售\ngoods: 水果\namount: 120.5\nunit: 斤", "kind: 资金\ngoods: 水果\namount: 12.5\nunit: 万元", "4: goods（货物）只在 kind（类别）为物品、销售时填写，此外须空着，现为 水果"),
        ("party_members", "stage: 发展党员", "stage: 党员", '2: stage（阶段）须为 入党积极分子、发展对象、发展党员、预备党员转正 之一，现为 "党员"'),
        ("party_members", "people: 2", "people: 2.5", "3: people（人数）须为不小于 0、不超过 1000000 的整数，现为 2.5"),
        ("party_members", "people: 2", "people: 2\nname: 某人", "4: 不认识字段 name，是否为 note？"),
        ("party_members", "date: 2024-12-31", "date: 2024", "1: date（统计截止日）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 2024"),
        ("cadres", "stage: 提拔科级干部", "stage: 提拔", '2: stage（培养环节）须为 提拔科级干部、推荐处级干部、选派参加巡视巡察、选派参加专项检查、选派参加信访维稳 之一，现为 "提拔"'),
        ("cadres", "people: 2", "people: 两人", '3: people（人数）须为不小于 0、不超过 1000000 的整数，现为 "两人"'),
        ("activities", "session: 党课\n", "", "1: kind（类别）为三会一课时，session（会议形式）须填写，现为空"),
        ("activities", "kind: 三会一课", "kind: 讲座", "3: session（会议形式）只在 kind（类别）为三会一课时填写，此外须空着，现为 党课"),
        ("activities", "session: 党课", "session: 例会", '3: session（会议形式）须为 党员大会、支部委员会、党小组会、党课 之一，现为 "例会"'),
        ("activities", "date: 2024-03-12", "date: 2026-03-12", "1: date（日期）须不晚于今天（2026-03-01），现为 2026-03-12"),
        ("community", "state: 已完成\nfinished: 2024-04-01\n", "", "1: kind（类别）为一书三单时，state（办理状态）须填写，现为空"),
        ("community", "finished: 2024-04-01\n", "", "1: state（办理状态）为已完成时，finished（完成日期）须填写，现为空"),
        ("community", "state: 已完成", "state: 办理中", "7: finished（完成日期）只在 state（办理状态）为已完成时填写，此外须空着，现为 2024-04-01"),
        ("community", "finished: 2024-04-01", "finished: 2024-03-11", "7: finished（完成日期）须在 2024-03-12 至今天（2026-03-01）之间，现为 2024-03-11"),
        ("community", "kind: 一书三单", "kind: 共建", '2: kind（类别）须为 双报到、共驻共建、一书三单 之一，现为 "共建"'),
        ("enterprise_services", "enterprises: 8", "enterprises: [甲, 乙]", "5: enterprises（企业数）须为不小于 0、不超过 1000000 的整数，现为列表"),
        ("enterprise_services", "title: 宣讲", "title: 走进样例制造有限公司", "3: 企业只记家数，不得写企业名称，title（服务内容）现有“走进样例制造有限公司”"),
        ("enterprise_services", "occasion: 核查", "occasion: 核查\nnote: 样例（集团）股份公司", "5: 企业只记家数，不得写企业名称，note（备注）现有“样例（集团）股份公司”"),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    expected = [f"{path(name)}:{message}"]
    if "2026-03-12" in new:
        folder = "记录须放在日期所在年份的目录 2026/ 下，现在 2024/ 下"
        expected.append(f"{path(name)}:1: {folder}")
    assert problems(tmp_path, {path(name): changed(name, old, new)}) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("party_members", "2: 一年一个阶段须只有一条记录，2024 年“发展党员”已见 "),
        ("cadres", "2: 一年一个培养环节须只有一条记录，2024 年“提拔科级干部”已见 "),
        ("publications", "3: 专报的 number（期号）一年内须唯一，“2024年第3期”已见 "),
    ],
)
def test_what_must_stand_once(tmp_path: Path, name: str, message: str) -> None:
    changes: dict[str, str | bytes | None] = {path(name, id_): RECORDS[name] for id_ in "ab"}
    assert problems(tmp_path, changes) == [f"{path(name, 'b')}:{message}{path(name)}"]


def test_publications_without_a_number_are_not_the_same(tmp_path: Path) -> None:
    text = changed("publications", "number: 2024年第3期", "number:")
    assert problems(tmp_path, {path("publications", id_): text for id_ in "ab"}) == []
