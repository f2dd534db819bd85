"""Records with a fault each, and what the check says of it."""

from typing import Any

import pytest

from tests.samples.sample import AS_OF, RECORD, edited

UNIT, A = "data/unit.yml", "data/volunteering/2024/20240305-a.yml"

# Collection, the text that stands in its sound record, what takes its place, and the message.
ONE_FAULT = [
    ("publications", "kind: 专报", "kind: 简报", '2: kind（种类）须为 专报、信息、动态、预警、手册、一图读懂 之一，现为 "简报"；请改为：kind: 专报'),
    ("publications", "number: 2024年第3期", "number: 3", "3: number（期号）须为文字，现为 3；请改为：number: \"3\""),
    ("publications", "endorsed: true", "endorsed: yes", "5: endorsed（是否获批示）须为 true 或 false，现为 yes（YAML 会读作 true）；请改为：endorsed: true"),
    ("publications", "endorsed: true", "endorsed:", "5: endorsed（是否获批示）须为 true 或 false，现为空；例如：endorsed: true"),
    ("publications", "office: 综合科\n", "", "1: 须有字段 office（编发科室）：必填；请加一行，如 office: 办公室"),
    ("publications", "title: 题目", "title: 批示要求抓好落实", "4: 批示只记有无，不得录入内容，title（题目）现有“批示要求抓好落实”；请删去"),
    ("publications", "evidence: []", "evidence: [批示原文复印件]", "8: 批示只记有无，不得录入内容，evidence（佐证材料）现有“批示原文复印件”；请删去"),
    ("assistance", "unit: 斤", "unit: 千克", '6: unit（单位）须为 万元、件、斤、人、人次 之一，现为 "千克"；例如：unit: 万元'),
    ("assistance", "unit: 斤", "unit: 万元", "6: 销售的 unit（单位）须为斤，现为万元；请改为：unit: 斤"),
    ("assistance", "amount: 120.5", "amount: -1", "5: amount（数量）须为不小于 0 的数，小数不超过 4 位，现为 -1；例如：amount: 120.5"),
    ("assistance", "goods: 水果\n", "", "1: kind（类别）为物品、销售时，goods（货物）须填写，现为空；请填上 goods"),
    ("assistance", "beneficiaries: 困难家庭", "beneficiaries: 某人", '8: beneficiaries（帮扶对象）须为 困难家庭、困难群众、困难党员、困难职工、共建社区居民、村民、村集体、其他 之一，现为 "某人"；例如：beneficiaries: 困难家庭'),
    ("assistance", "kind: 销售\ngoods: 水果\namount: 120.5\nunit: 斤", "kind: 走访\namount: 12.5\nunit: 人", "4: 以人计的 amount（数量）须为整数，现为 12.5；例如：amount: 12"),
    ("assistance", "kind: 销售\ngoods: 水果\namount: 120.5\nunit: 斤", "kind: 资金\ngoods: 水果\namount: 12.5\nunit: 万元", "4: goods（货物）只在 kind（类别）为物品、销售时填写，此外须空着，现为 水果；请改为：goods:"),
    ("party_members", "stage: 发展党员", "stage: 党员", '2: stage（阶段）须为 入党积极分子、发展对象、发展党员、预备党员转正 之一，现为 "党员"；请改为：stage: 发展党员'),
    ("party_members", "people: 2", "people: 2.5", "3: people（人数）须为不小于 0、不超过 1000000 的整数，现为 2.5；例如：people: 12"),
    ("party_members", "people: 2", "people: 2\nname: 某人", "4: 不认识字段 name，可用：date、stage、people、source、evidence、recorder、reviewer、disclosure、note；请改用其中一个，或者删去这一行"),
    ("party_members", "date: 2024-12-31", "date: 2024", "1: date（统计截止日）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 2024；例如：date: 2024-03-05"),
    ("cadres", "stage: 提拔科级干部", "stage: 提拔", '2: stage（培养环节）须为 提拔科级干部、推荐处级干部、选派参加巡视巡察、选派参加专项检查、选派参加信访维稳 之一，现为 "提拔"；请改为：stage: 提拔科级干部'),
    ("cadres", "people: 2", "people: 两人", '3: people（人数）须为不小于 0、不超过 1000000 的整数，现为 "两人"；请改为：people: 2'),
    ("activities", "session: 党课\n", "", "1: kind（类别）为三会一课时，session（会议形式）须填写，现为空；请填上 session（党员大会、支部委员会、党小组会、党课 之一）"),
    ("activities", "kind: 三会一课", "kind: 讲座", "3: session（会议形式）只在 kind（类别）为三会一课时填写，此外须空着，现为 党课；请改为：session:"),
    ("activities", "session: 党课", "session: 例会", '3: session（会议形式）须为 党员大会、支部委员会、党小组会、党课 之一，现为 "例会"；例如：session: 党员大会'),
    ("activities", "date: 2024-03-12", "date: 2026-03-12", "1: date（日期）须不晚于今天（2026-03-01），现为 2026-03-12；请改为今天或以前的日期，还没有发生的先不写"),
    ("community", "state: 已完成\nfinished: 2024-04-01\n", "", "1: kind（类别）为一书三单时，state（办理状态）须填写，现为空；请填上 state（已完成、办理中、未开始 之一）"),
    ("community", "finished: 2024-04-01\n", "", "1: state（办理状态）为已完成时，finished（完成日期）须填写，现为空；请填上 finished"),
    ("community", "state: 已完成", "state: 办理中", "7: finished（完成日期）只在 state（办理状态）为已完成时填写，此外须空着，现为 2024-04-01；请改为：finished:"),
    ("community", "finished: 2024-04-01", "finished: 2024-03-11", "7: finished（完成日期）须在 2024-03-12 至今天（2026-03-01）之间，现为 2024-03-11；请改正，还没有完成的写 finished:"),
    ("community", "kind: 一书三单", "kind: 共建", '2: kind（类别）须为 双报到、共驻共建、一书三单 之一，现为 "共建"；请改为：kind: 共驻共建'),
    ("enterprise_services", "enterprises: 8", "enterprises: [甲, 乙]", "5: enterprises（企业数）须为不小于 0、不超过 1000000 的整数，现为列表；例如：enterprises: 12"),
    ("enterprise_services", "title: 宣讲", "title: 走进样例制造有限公司", "3: 企业只记家数，不得写企业名称，title（服务内容）现有“走进样例制造有限公司”；请删去"),
    ("enterprise_services", "occasion: 核查", "occasion: 核查\nnote: 样例（集团）股份公司", "5: 企业只记家数，不得写企业名称，note（备注）现有“样例（集团）股份公司”；请删去"),
]  # fmt: skip

# What is changed in the sample, and all that is then said of it.
SPOILT_RECORDS: list[Any] = [
    pytest.param(
        edited(A, "date: 2024-03-05", "date: 2022-12-31"),
        [
            f"{A}:1: date（日期）须在建档期间 2023-01-01 至 2025-12-31 之内，现为 2022-12-31；请改正日期，期间以外的不记",
            f"{A}:1: 记录须放在日期所在年份的目录 2022/ 下，现在 2024/ 下；请移到 2022/ 下，或者改正日期",
        ],
        id="outside the archive period",
    ),
    pytest.param(
        {
            A: RECORD.replace("2024-03-05", "2024-03-06"),
            **edited(UNIT, "  end: 2025-12-31", "  end:"),
            "data/volunteering/2026/x.yml": RECORD.replace("2024-03-05", "2026-03-02"),
        },
        [f"data/volunteering/2026/x.yml:1: date（日期）须不晚于今天（{AS_OF}），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写"],
        id="in the future",
    ),
    pytest.param(
        {"data/volunteering/其他/b.yml": RECORD.replace("学雷锋进", "走进")},
        ["data/volunteering/其他/b.yml:1: 记录须放在日期所在年份的目录 2024/ 下，现在 其他/ 下；请移到 2024/ 下，或者改正日期"],
        id="folder that is no year",
    ),
    pytest.param(
        edited(A, "hours_each: 2.5", "hours_each: 2.5\nhours_total: 30"),
        [f"{A}:6: hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在都填了；请清空一个，如 hours_total:"],
        id="both lengths",
    ),
    pytest.param(
        edited(A, "hours_each: 2.5\n", ""),
        [f"{A}:1: hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在都空着；请填上一个"],
        id="no length",
    ),
    pytest.param(
        edited(A, "hours_each: 2.5", "hours_total: 289"),
        [f"{A}:6: hours_total（总时长）须不超过参加人数 12 × 24 小时，现为 289；请改正，跨几天的一天记一条"],
        id="more hours than a day has",
    ),
    pytest.param(
        edited(A, "evidence: []", "evidence:\n  - 小结\n  - files/没有.jpg"),
        [f"{A}:12: evidence（佐证材料）所列文件须在 docs/ 下，没有 files/没有.jpg；请放进这个文件，或者写材料的名称"],
        id="evidence missing",
    ),
    pytest.param(
        edited(A, "place: 社区", f"place: {'长' * 2001}"),
        [f"{A}:4: place（地点）须不超过 2000 个字符，现有 2001 个；请删短，或者写进页面"],
        id="text too long",
    ),
    pytest.param(
        edited(A, "evidence: []", "evidence:" + f"\n  - {'长' * 2000}" * 17),
        [f"{A}:10: evidence（佐证材料）须合起来不超过 32767 个字符（XLSX 一个单元格的上限），现有 34016 个；请写短些，或者移到附件里"],
        id="list too long for a cell",
    ),
    pytest.param(
        {"data/volunteering/2024/20240306-b.yml": RECORD.replace("学雷锋进", "走进"), "data/volunteering/20240306-b.yml": RECORD},
        ["data/volunteering/20240306-b.yml:1: 编号（文件名）须唯一，20240306-b 已用于 data/volunteering/2024/20240306-b.yml；请换一个文件名"],
        id="one id twice",
    ),
    pytest.param(
        {"data/volunteering/2024/a b.yml": RECORD.replace("学雷锋进", "走进")},
        ["data/volunteering/2024/a b.yml:1: 文件名须由汉字、字母、数字、点、短横、下划线组成，现为 a b.yml；请改名为 a-b.yml"],
        id="file name",
    ),
    pytest.param(
        {"data/volunteering/2024/a.yaml": RECORD, "data/volunteer/a.yml": RECORD, "data/unit.yaml": UNIT},
        [
            "data/unit.yaml:1: data/ 下须只有 unit.yml、figures.yml、kinds.yml、phrases.yml、synonyms.yml、criteria.yml、allowed.yml 和各台账目录；请移到 docs/files/，或者删去",
            "data/volunteer/a.yml:1: 台账目录须是已有的，没有 volunteer，是否为 volunteering？是新台账的，请先写说明 data/ledgers/volunteer.yml，不要这个台账的，请删去目录",
            "data/volunteering/2024/a.yaml:1: 台账文件名须以 .yml 结尾，现为 a.yaml；请改名，照片、表格移到 docs/files/",
        ],
        id="files nothing reads",
    ),
    pytest.param(
        edited(A, "organiser: 办公室", "organizer: 办公室"),
        [
            f"{A}:8: 不认识字段 organizer；请改为：organiser: 办公室",
        ],
        id="mistyped field",
    ),
    pytest.param(
        edited(A, "organiser: 办公室", 'organiser: 办公室\n"组织\\n者": 办公室'),
        [
            f"{A}:9: 不认识字段 组织 者，可用：date、title、kind、place、participants、hours_each、"
            "hours_total、services、organiser、source、evidence、recorder、reviewer、disclosure、note、distinct_from；请改用其中一个，或者删去这一行"
        ],
        id="a field's name over two lines",
    ),
    pytest.param(
        edited(A, "participants: 12", "participants: -12"),
        [f"{A}:5: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 -12；例如：participants: 12"],
        id="negative",
    ),
    pytest.param(
        edited(A, "participants: 12", "participants: 12000000"),
        [f"{A}:5: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 12000000；例如：participants: 12"],
        id="absurd",
    ),
    pytest.param(
        edited(A, "hours_each: 2.5", "hours_each: 两小时"),
        [f"{A}:6: hours_each（人均时长）须为不小于 0、不超过 24 的数，小数不超过 2 位，现为 \"两小时\"；请改为：hours_each: 2"],
        id="words for a number",
    ),
    pytest.param(
        edited(A, "title: 学雷锋进社区\n", "title: no\n"),
        [f"{A}:2: title（活动名称）须为文字，现为 no（YAML 会读作 false）；请改为：title: \"no\""],
        id="no",
    ),
    pytest.param(
        edited(A, "hours_each: 2.5", "hours_each: 12:30"),
        [f"{A}:6: hours_each（人均时长）须为不小于 0、不超过 24 的数，小数不超过 2 位，现为 12:30（YAML 会读作 750）；请改为：hours_each: 12.5"],
        id="sexagesimal",
    ),
    pytest.param(
        edited(A, "services: 30", "services: 010"),
        [f"{A}:7: services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 010（YAML 会读作 8）；请改为：services: 10"],
        id="octal",
    ),
    pytest.param(
        edited(A, "place: 社区", "place: 1.10"),
        [f"{A}:4: place（地点）须为文字，现为 1.10；请改为：place: \"1.10\""],
        id="decimal for text",
    ),
    pytest.param(
        edited(A, "date: 2024-03-05", "date: 2024-02-30"),
        [f"{A}:1: date（日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 2024-02-30（YAML 会读作日期，但没有这一天）；例如：date: 2024-03-05"],
        id="a day there is not",
    ),
    pytest.param(
        edited(A, "date: 2024-03-05", "date: 2024-3-5"),
        [f"{A}:1: date（日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 \"2024-3-5\"；请改为：date: 2024-03-05"],
        id="date written short",
    ),
    pytest.param(
        edited(A, "kind: 学雷锋", "kind: 雷锋"),
        [f"{A}:3: kind（类别）须为 植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他 之一，现为 \"雷锋\"；请改为：kind: 学雷锋"],
        id="kind",
    ),
    pytest.param(
        edited(A, "services: 30", "services: 30\nservices: 31"),
        [f"{A}:8: 同一字段须只写一次，services 已写在第 7 行；请删去其中一行"],
        id="field twice",
    ),
    pytest.param({A: "- 1\n"}, [f"{A}:1: 内容须为一组字段（date、title、kind、place、participants、hours_each、hours_total、services、organiser、source、evidence、recorder、reviewer、disclosure、note、distinct_from），现为列表；例如：date: 2024-03-05"], id="no mapping"),
    pytest.param({A: ""}, [f"{A}:1: 文件不得为空；请填写，或者删去这个文件"], id="empty"),
    pytest.param({A: "# 待补\n"}, [f"{A}:1: 文件不得为空；请填写，或者删去这个文件"], id="comment only"),
    pytest.param({A: RECORD.encode("gbk")}, [f"{A}:2: 文件编码须为 UTF-8，现似为 GBK（GB18030）；请在编辑器中另存为 UTF-8"], id="GBK"),
    pytest.param({A: RECORD.encode("utf-16")}, [f"{A}:1: 文件编码须为 UTF-8，现似为 UTF-16；请在编辑器中另存为 UTF-8"], id="UTF-16"),
    pytest.param({A: RECORD.replace("社区\n", "社\x07区\n", 1)}, [f"{A}:2: 不得含看不见的控制字符，现有 U+0007；请删去重打"], id="control character"),
    pytest.param({A: RECORD + "title 丢了冒号\n"}, [f"{A}:13: 字段名后须为英文冒号，冒号后空一格，现为：title 丢了冒号；请改为：title: 丢了冒号"], id="syntax"),
    pytest.param({A: RECORD + "\tnote: x\n"}, [f"{A}:13: 缩进须用空格，现有制表符（Tab）；请改为 2 个空格"], id="tab"),
    pytest.param({A: RECORD.replace("title: 学", "title：学")}, [f"{A}:2: 字段名后须为英文冒号，冒号后空一格，现为：title：学雷锋进社区；请改为：title: 学雷锋进社区"], id="full-width colon"),
]  # fmt: skip
