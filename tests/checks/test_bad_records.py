"""Bad input in every collection and every kind of page that is a record: all that is then said of it.

Of each kind four documents: one with every fault a field can have (a wrong type, a value out of range,
a word that is not offered, a field too few, one too many), one that refers to what is not there, one
whose id is taken, one that is no record at all.
"""

import re
from pathlib import Path

import pytest

from archive.files.corrections import example
from archive.schema.criteria import Criterion
from archive.schema.fields import fields
from archive.schema.page_models import PAGE_MODELS
from tests.samples.collections import COLLECTIONS
from tests.samples.examples import BASE as EXAMPLES
from tests.samples.examples import DEED, HERO, HERO_TEXT
from tests.samples.honours import CIVILISED
from tests.samples.honours import LEVEL as NAME
from tests.samples.measures import TASK
from tests.samples.records import RECORDS
from tests.samples.sample import EXAMPLE, FILES, RECORD, REGULATION, UNIT, problems

Changes = dict[str, str | bytes | None]

TEXTS = {
    **RECORDS,
    "volunteering": RECORD.replace("学雷锋进社区", "植树"),
    "honours": CIVILISED,
    "measures": TASK,
}
WITHOUT_YEARS = {"honours", "measures"}
ITEMS, LEAVE = "data/criteria.yml", "docs/regulations/leave.md"


def spoilt(text: str, **values: str | None) -> str:
    """A document with fields given other values, left out (None) or, where it has none, added."""
    for field, value in values.items():
        line = "" if value is None else f"{field}: {value}\n"
        text, there = re.subn(rf"^{field}:.*\n(?:[ -].*\n)*", line, text, count=1, flags=re.M)
        if not there:
            text += line
    return text


def path(name: str, id_: str = "a", year: int = 2024) -> str:
    return f"data/{name}/{id_}.yml" if name in WITHOUT_YEARS else f"data/{name}/{year}/{id_}.yml"


FIELDS: dict[str, Changes] = {
    name: {path(name): spoilt(TEXTS[name], **values)}
    for name, values in {
        "volunteering": {"date": "2024-02-30", "title": "12", "kind": "植树", "participants": "-1", "hours_each": "24.5", "services": "1.5", "evidence": "签到表", "recorder": None, "organizer": "办公室"},
        "publications": {"date": "三月", "kind": "简报", "number": "3", "endorsed": "有", "office": "[综合科]", "title": None, "instruction": "有"},
        "assistance": {"date": "1949-09-30", "kind": "慰问品", "amount": "1.23456", "unit": "千克", "beneficiaries": "某人", "place": None, "name": "某人"},
        "party_members": {"date": "2024", "stage": "党员", "people": "1000001", "source": "2024-01-01", "reviewer": None, "names": "某人"},
        "cadres": {"date": "2100-01-01", "stage": "提拔", "people": "两人", "evidence": "[1]", "source": None, "names": "某人"},
        "activities": {"date": "2024-3-12", "kind": "晚会", "session": "例会", "participants": "true", "title": "''", "organiser": None, "topic": "主题"},
        "community": {"date": "no", "kind": "共建", "participants": "-5", "state": "完成", "finished": "四月", "partner": None, "partners": "社区"},
        "enterprise_services": {"date": "12:30", "kind": "处罚", "enterprises": "0.5", "occasion": "{a: b}", "office": None, "enterprise": "某企业"},
        "honours": {"title": "2023", "recipient": "单位", "level": "国级", "date": "2023-02-29", "certificate": "证书.jpg", "term": "长期", "term_end": "明年", "reviews": "有", "body": None, "award": "某决定"},
        "reviews": {"date": "2024-03", "stage": "二审", "edition": "内部", "commit": "最近一次", "by": None, "evidence": "审签单", "reviewer": "某人"},
        "measures": {"measure": "数据", "title": None, "due": "2100-01-01", "state": "完成", "evidence": "小结", "owner": "办公室"},
    }.items()
}  # fmt: skip
FIELDS["examples"] = {
    **EXAMPLES,
    DEED: EXAMPLE.replace("kind: 做法", "kind: 办法")
    .replace("description: 一种做法。\n", "")
    .replace("office: 法规科", "office: 3")
    .replace("  start:\n", "  start: 去年\n")
    .replace("  end:\n", "")
    .replace("status: 不需要", "status: 同意")
    .replace("honour:\n", "honours:\n"),
}
FIELDS["regulations"] = {
    LEAVE: REGULATION.replace("category: 行政管理", "category: 行政")
    .replace("〔2023〕4号", "[2023]4号")
    .replace("office:\n", "")
    .replace("issued: 2023-02-02", "issued: 2023-02-30")
    .replace("expires:", "expires: 长期")
    .replace("replaces: []", "replaces: 无")
    .replace("articles: [2, 1-1]", "articles: [第二条]")
    .replace("draft: false", "draft: 否\nreviewed: true"),
}
FIELDS["criteria"] = {
    ITEMS: FILES[ITEMS]
    .replace("code: 一（一）", "code: 1")
    .replace("asks:", "ask:")
    .replace("wanted: [说明报告, 数据表格]", "wanted: [报告]")
    .replace("to: volunteering}", "years: [24], to: }")
}

DAY = "须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为"
MISSING = "：不知道的可以空着，这一行不能没有"
REQUIRED = "：必填"
FIELDS_SAID = {
    "volunteering": [
        f"1: date（日期）{DAY} 2024-02-30（YAML 会读作日期，但没有这一天）；例如：date: 2024-03-05",
        f"1: 须有字段 recorder（记录人）{REQUIRED}；请加一行，如 recorder: 办公室",
        "2: title（活动名称）须为文字，现为 12；请改为：title: \"12\"",
        '3: kind（类别）须为 植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他 之一，现为 "植树"；请改为：kind: 植树造林',
        "5: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 -1；例如：participants: 12",
        "6: hours_each（人均时长）须为不小于 0、不超过 24 的数，小数不超过 2 位，现为 24.5；例如：hours_each: 2.5",
        "7: services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 1.5；例如：services: 12",
        '10: evidence（佐证材料）须为列表，现为 "签到表"；请改为：evidence: [签到表]',
        "12: 不认识字段 organizer；请改为：organiser: 办公室",
    ],
    "publications": [
        f'1: date（编发日期）{DAY} "三月"；例如：date: 2024-03-05',
        f"1: 须有字段 title（题目）{REQUIRED}；请加一行，如 title: 工业生产形势分析",
        '2: kind（种类）须为 专报、信息、动态、预警、手册、一图读懂 之一，现为 "简报"；请改为：kind: 专报',
        "3: number（期号）须为文字，现为 3；请改为：number: \"3\"",
        '4: endorsed（是否获批示）须为 true 或 false，现为 "有"；请改为：endorsed: true',
        "5: office（编发科室）须为文字，现为列表；请改为：office: 综合科",
        "10: 不认识字段 instruction，可用：date、kind、number、title、endorsed、office、source、evidence、recorder、reviewer、disclosure、note、distinct_from；请改用其中一个，或者删去这一行",
    ],
    "assistance": [
        f"1: date（日期）{DAY} 1949-09-30；例如：date: 2024-03-05",
        f"1: 须有字段 place（地点）{REQUIRED}；请加一行，如 place: 帮扶村",
        '3: kind（类别）须为 资金、物品、销售、走访、慰问 之一，现为 "慰问品"；请改为：kind: 慰问',
        "5: amount（数量）须为不小于 0 的数，小数不超过 4 位，现为 1.23456；例如：amount: 120.5",
        '6: unit（单位）须为 万元、件、斤、人、人次 之一，现为 "千克"；例如：unit: 万元',
        '7: beneficiaries（帮扶对象）须为 困难家庭、困难群众、困难党员、困难职工、共建社区居民、村民、村集体、其他 之一，现为 "某人"；例如：beneficiaries: 困难家庭',
        "12: 不认识字段 name，可用：date、title、kind、goods、amount、unit、place、beneficiaries、source、evidence、recorder、reviewer、disclosure、note、distinct_from；请改用其中一个，或者删去这一行",
    ],
    "party_members": [
        f"1: date（统计截止日）{DAY} 2024；例如：date: 2024-03-05",
        f"1: 须有字段 reviewer（复核人）{MISSING}；请加一行，如 reviewer:",
        '2: stage（阶段）须为 入党积极分子、发展对象、发展党员、预备党员转正 之一，现为 "党员"；请改为：stage: 发展党员',
        "3: people（人数）须为不小于 0、不超过 1000000 的整数，现为 1000001；例如：people: 12",
        "4: source（原始资料）须为文字，现为 2024-01-01；请改为：source: \"2024-01-01\"",
        "7: 不认识字段 names，可用：date、stage、people、source、evidence、recorder、reviewer、disclosure、note；请改用其中一个，或者删去这一行",
    ],
    "cadres": [
        f"1: date（统计截止日）{DAY} 2100-01-01；例如：date: 2024-03-05",
        f"1: 须有字段 source（原始资料）{REQUIRED}；请加一行，如 source: 签到表",
        '2: stage（培养环节）须为 提拔科级干部、推荐处级干部、选派参加巡视巡察、选派参加专项检查、选派参加信访维稳 之一，现为 "提拔"；请改为：stage: 提拔科级干部',
        '3: people（人数）须为不小于 0、不超过 1000000 的整数，现为 "两人"；请改为：people: 2',
        "4: evidence.1（佐证材料）须为文字，现为 1；请改为：- \"1\"",
        "7: 不认识字段 names，可用：date、stage、people、source、evidence、recorder、reviewer、disclosure、note；请改用其中一个，或者删去这一行",
    ],
    "activities": [
        f'1: date（日期）{DAY} "2024-3-12"；请改为：date: 2024-03-12',
        f"1: 须有字段 organiser（组织科室）{REQUIRED}；请加一行，如 organiser: 办公室",
        '2: kind（类别）须为 三会一课、主题党日、道德讲堂、讲座、竞赛、文体 之一，现为 "晚会"；例如：kind: 三会一课',
        '3: session（会议形式）须为 党员大会、支部委员会、党小组会、党课 之一，现为 "例会"；例如：session: 党员大会',
        '4: title（主题）须为文字，现为 ""；例如：title: 读书分享会',
        "6: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 true；例如：participants: 12",
        "12: 不认识字段 topic，可用：date、kind、session、title、place、participants、result、organiser、source、evidence、recorder、reviewer、disclosure、note、distinct_from；请改用其中一个，或者删去这一行",
    ],
    "community": [
        f"1: date（日期）{DAY} no（YAML 会读作 false）；例如：date: 2024-03-05",
        '2: kind（类别）须为 双报到、共驻共建、一书三单 之一，现为 "共建"；请改为：kind: 共驻共建',
        "4: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 -5；例如：participants: 12",
        '5: state（办理状态）须为 已完成、办理中、未开始 之一，现为 "完成"；请改为：state: 已完成',
        f'6: finished（完成日期）{DAY} "四月"；例如：finished: 2024-03-05',
        "11: 不认识字段 partners；请改为：partner: 社区",
    ],
    "enterprise_services": [
        f"1: date（日期）{DAY} 12:30（YAML 会读作 750）；例如：date: 2024-03-05",
        f"1: 须有字段 office（承办科室）{REQUIRED}；请加一行，如 office: 办公室",
        '2: kind（类别）须为 普法、提示单、诚信承诺、行政指导、行政约谈、行政告诫、行政建议 之一，现为 "处罚"；例如：kind: 普法',
        "4: occasion（服务场合）须为文字，现为一组字段；例如：occasion: 上门走访",
        "5: enterprises（企业数）须为不小于 0、不超过 1000000 的整数，现为 0.5；例如：enterprises: 12",
        "10: 不认识字段 enterprise；请改为：enterprises: 某企业",
    ],
    "honours": [
        "1: title（荣誉名称）须为文字，现为 2023；请改为：title: \"2023\"",
        f"1: 须有字段 body（授予单位）{MISSING}；请加一行，如 body:",
        '3: recipient（获奖主体）须为 集体、个人 之一，现为 "单位"；例如：recipient: 集体',
        '4: level（级别）须为 国家级、自治区级、市级、县区级、系统、机关工委 之一，现为 "国级"；请改为：level: 国家级',
        f"5: date（授予日期）{DAY} 2023-02-29（YAML 会读作日期，但没有这一天）；例如：date: 2024-03-05",
        '7: certificate（证书扫描件）须为以 files/ 开头、不含空格的文件路径，现为 "证书.jpg"；请改为：certificate: files/证书.jpg',
        '8: term（期限方式）须为 一次性、届满失效、届满复查 之一，现为 "长期"；例如：term: 一次性',
        f'9: term_end（有效期至）{DAY} "明年"；例如：term_end: 2024-03-05',
        '10: reviews（复查）须为列表，现为 "有"；例如：reviews: []',
        "11: 不认识字段 award，可用：title、prefix、recipient、level、body、date、basis、certificate、term、term_end、reviews、withdrawn、disclosure、note、distinct_from；请改用其中一个，或者删去这一行",
    ],
    "measures": [
        '1: measure（所属举措）须为 政治引领、队伍建设、监测分析、数据质量、依法统计 之一，现为 "数据"；请改为：measure: 数据质量',
        f"1: 须有字段 title（任务）{REQUIRED}；请加一行，如 title: 开展数据质量核查",
        f"3: due（完成时限）{DAY} 2100-01-01；例如：due: 2024-03-05",
        '4: state（进展）须为 未开始、进行中、已完成 之一，现为 "完成"；请改为：state: 已完成',
        '5: evidence（佐证材料）须为列表，现为 "小结"；请改为：evidence: [小结]',
        "6: 不认识字段 owner，可用：report、measure、title、office、due、state、evidence、note；请改用其中一个，或者删去这一行",
    ],
    "reviews": [
        f'1: date（签字日期）{DAY} "2024-03"；例如：date: 2024-03-05',
        f"1: 须有字段 by（签字岗位）{REQUIRED}；请加一行，如 by: 办公室主任",
        '2: stage（审次）须为 初审、复审、终审 之一，现为 "二审"；请改为：stage: 终审',
        '3: edition（版本）须为 内部版、公开版 之一，现为 "内部"；请改为：edition: 内部版',
        '4: commit（提交）须为Git 提交的完整编号，现为 "最近一次"；例如：commit: 0123456789abcdef0123456789abcdef01234567',
        '5: evidence（佐证材料）须为列表，现为 "审签单"；请改为：evidence: [审签单]',
        "6: 不认识字段 reviewer；请改为：evidence: 某人",
    ],
    "examples": [
        f"2: 须有字段 description（页面说明）{REQUIRED}；请加一行，如 description: 志愿服务队上门为居民服务",
        '3: kind（类别）须为 个人、集体、做法 之一，现为 "办法"；请改为：kind: 做法',
        "5: 不认识字段 honours；请改为：honour:",
        '6: office（责任科室）须为文字，现为 3；请改为：office: "3"',
        f"7: 须有字段 period.end（截止日）{MISSING}；请加一行，如 end:",
        f'8: period.start（起始日）{DAY} "去年"；例如：start: 2024-03-05',
        '10: consent.status（本人同意）须为 已取得、不需要、未取得 之一，现为 "同意"；例如：status: 已取得',
    ],
    "regulations": [
        f"2: 须有字段 office（责任科室）{MISSING}；请加一行，如 office:",
        '3: category（类别）须为 党的建设、行政管理、统计业务、法治监督 之一，现为 "行政"；请改为：category: 行政管理',
        '4: number（文号）须为待补（还不知道）、无文号（没有），或者文号，年份用六角括号，如 〔2024〕5号，现为 "样例发[2023]4号"；请改为：number: 样例发〔2023〕4号',
        f"9: issued（印发日期）{DAY} 2023-02-30（YAML 会读作日期，但没有这一天）；例如：issued: 2024-03-05",
        f'11: expires（有效期至）{DAY} "长期"；例如：expires: 2024-03-05',
        '13: replaces（所代替的制度）须为列表，现为 "无"；请改为：replaces: []',
        '17: amendments.1.articles.1（修改的条）须为条的编号，第十二条写作 12，第三条之一写作 3-1，现为 "第二条"；请改为：- "2"',
        '19: draft（是否示范文本）须为 true 或 false，现为 "否"；请改为：draft: false',
        "20: 不认识字段 reviewed；请改为：review_due: true",
    ],
    "criteria": [
        '2: planning.code（项目编号）须为文字，现为 1；请改为：code: "1"',
        "4: 不认识字段 planning.ask；请改为：asks: 有活动，有制度",
        '6: planning.wanted.1（材料种类）须为 说明报告、正式文件、会议记录、方案、总结、图片、数据表格、链接 之一，现为 "报告"；请改为：- 说明报告',
        "9: planning.evidence.1.to（所指）须为文字，现为空；例如：to: report/work.md#planning",
        "9: planning.evidence.1.years.1（年份）须为四位数的年份，如 2024，现为 24；例如：- 2024",
    ],
}  # fmt: skip


REFERENCES: dict[str, Changes] = {
    name: {path(name): spoilt(text, evidence="[存档, files/无.pdf]")}
    for name, text in TEXTS.items()
    if name != "honours"
}
REFERENCES["honours"] = {
    path("honours"): spoilt(CIVILISED, prefix="unit_levels", certificate="files/无.jpg"),
    "data/unit.yml": UNIT + NAME,
}
REFERENCES["examples"] = {
    **EXAMPLES,
    HERO: HERO_TEXT.replace("person: hero", "person: heroe").replace(
        "honour: smoke", "honour: smok"
    ),
}
REFERENCES["regulations"] = {
    LEAVE: REGULATION.replace("replaces: []", "replaces: [leaves]")
    .replace("replaced_by:", "replaced_by: leave")
    .replace("articles: [2, 1-1]", "articles: [3]")
    .replace("(#art-1-1)", "(#art-1-2)")
}
REFERENCES["criteria"] = {
    ITEMS: FILES[ITEMS].replace("#planning", "#plan").replace("to: volunteering", "to: volunteer")
}
REFERENCES_SAID = {
    **{
        name: [f"{line}: evidence（佐证材料）所列文件须在 docs/ 下，没有 files/无.pdf；请放进这个文件，或者写材料的名称"]
        for name, line in {"publications": 8, "assistance": 10, "party_members": 5, "cadres": 5, "activities": 10, "community": 9, "enterprise_services": 8, "volunteering": 10, "measures": 6, "reviews": 6}.items()
    },
    "honours": [
        "2: prefix（名称前缀）须是 data/unit.yml 中的名称，没有 unit_levels，是否为 unit_level？",
        "8: certificate（证书扫描件）须在 docs/files/ 下，没有 files/无.jpg；请放进这个文件，或者写 certificate:",
    ],
    "examples": [
        "5: person（人物）须是 data/unit.yml 中的人名，没有 heroe，是否为 hero？",
        "6: honour（所获荣誉）须是 data/honours/ 中的荣誉，没有 smok，是否为 smoke？",
    ],
    "regulations": [
        "14: 没有制度 leaves，是否为 leave？",
        "15: 制度须由别的制度代替，现为自身 leave；请改为别的制度的编号，没有的删去",
        "18: 修改的条须在本制度中，没有第三条，可用：1、1-1、2；请改用其中一个",
        "41: 链接所指标题须在 regulations/leave.md 中，没有 #art-1-2，是否为 art-1-1？",
        "41: 链接文字须与所指一致，第一条之一须通到 #art-1-1，现为 #art-1-2；请改为 leave.md#art-1-1",
    ],
    "criteria": [
        "5: planning（统筹）的 report（报告小节）须是报告的一个小节，写作 report/页面.md#标题编号，没有 report/part-1.md#plan，是否为 report/part-1.md#planning？",
        "9: planning（统筹）的 to（所指）须是站内已有的页面、docs/files/ 下的文件，或者荣誉、制度、台账、指标的编号，没有 volunteer，是否为 volunteering？",
    ],
}  # fmt: skip


TWICE: dict[str, Changes] = {
    name: {path(name): text, path(name, year=2025): spoilt(text, date="2025-01-02")}
    for name, text in TEXTS.items()
    if name not in WITHOUT_YEARS
}
TWICE["community"] = {
    **TWICE["community"],
    path("community", year=2025): spoilt(
        TEXTS["community"], date="2025-01-02", finished="2025-02-01"
    ),
}
TWICE["reviews"] = {
    path("reviews"): TEXTS["reviews"],
    path("reviews", year=2025): spoilt(TEXTS["reviews"], date="2025-01-02", edition="公开版"),
}
TWICE["honours"] = {
    path("honours"): CIVILISED,
    "data/honours/2024/a.yml": spoilt(CIVILISED, title="别的", date="2024-01-02"),
    "data/unit.yml": UNIT + NAME,
}
TWICE["measures"] = {path("measures"): TASK, "data/measures/2024/a.yml": spoilt(TASK, title="别的")}
TWICE_IN = {name: (f"data/{name}/2024/a.yml", f"data/{name}/a.yml") for name in WITHOUT_YEARS}
TWICE["criteria"] = {ITEMS: FILES[ITEMS] * 2}

NO_RECORD: dict[str, Changes] = {name: {path(name): "- 一条\n- 两条\n"} for name in COLLECTIONS}
NO_RECORD["examples"] = {**EXAMPLES, DEED: "---\n- 一条\n---\n\n# 提示单\n"}
NO_RECORD["regulations"] = {LEAVE: "# 请销假制度\n"}
NO_RECORD["criteria"] = {ITEMS: "planning: 一项\n"}


def file(name: str) -> str:
    """The file of which something is said."""
    return {"examples": DEED, "regulations": LEAVE, "criteria": ITEMS}.get(name) or path(name)


def test_every_kind_of_record_is_tried() -> None:
    assert (
        FIELDS.keys()
        == REFERENCES.keys()
        == NO_RECORD.keys()
        == {*COLLECTIONS, *PAGE_MODELS, "criteria"}
    )
    # A page's id is its file's name in the one folder there is: none can be there twice.
    assert TWICE.keys() == {*COLLECTIONS, "criteria"}


@pytest.mark.parametrize("name", FIELDS)
def test_faults_of_fields(tmp_path: Path, name: str) -> None:
    assert problems(tmp_path, FIELDS[name]) == [
        f"{file(name)}:{said}" for said in FIELDS_SAID[name]
    ]


@pytest.mark.parametrize("name", REFERENCES)
def test_references_to_what_is_not_there(tmp_path: Path, name: str) -> None:
    path = HERO if name == "examples" else file(name)
    expected = [f"{path}:{said}" for said in REFERENCES_SAID[name]]
    assert problems(tmp_path, REFERENCES[name]) == expected


@pytest.mark.parametrize("name", TWICE)
def test_ids_that_are_taken(tmp_path: Path, name: str) -> None:
    if name == "criteria":
        expected = f"{ITEMS}:10: 同一字段须只写一次，planning 已写在第 1 行；请删去其中一行"
    else:  # folders are read in their order, and before the files beside them
        first, again = TWICE_IN.get(name, (path(name), path(name, year=2025)))
        expected = f"{again}:1: 编号（文件名）须唯一，a 已用于 {first}；请换一个文件名"
    assert problems(tmp_path, TWICE[name]) == [expected]


@pytest.mark.parametrize("name", NO_RECORD)
def test_what_is_no_record(tmp_path: Path, name: str) -> None:
    if name == "regulations":
        said = "1: 页面须以前置信息开头，它的前后各有单独的一行 ---；请改为三行：---、title: 页面标题、---，其下写正文"
    elif name == "criteria":
        said = f'1: planning须为一组字段（{"、".join(Criterion.model_fields)}），现为 "一项"；例如：code: 一（一）'
    else:
        model = PAGE_MODELS[name] if name in PAGE_MODELS else COLLECTIONS[name].model
        line = 2 if name in PAGE_MODELS else 1
        first = example(next(iter(fields(model).values())))
        said = (
            f"{line}: 内容须为一组字段（{'、'.join(model.model_fields)}），现为列表；例如：{first}"
        )
    assert problems(tmp_path, NO_RECORD[name]) == [f"{file(name)}:{said}"]
