"""Some forty edits of content as a bureau makes them in the course of a year, on the site frozen beside.

Each is what one pull request changes: file → (a piece that stands there once, what becomes of it); a
piece that is empty means a new file. Each leaves the check with nothing to say, singly and together.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.samples.regulations import draft

Changes = Mapping[str, tuple[str, str]]

REGISTER, UNIT, CRITERIA = "data/figures.yml", "data/unit.yml", "data/criteria.yml"
PART = "docs/report/part-1.md"


def _record(folder: str, name: str, text: str) -> Changes:
    return {f"data/{folder}/{name}.yml": ("", text)}


def _closing(source: str) -> str:
    return f"source: {source}\nevidence: []\nrecorder: 办公室\nreviewer: 办公室主任\nnote:\n"


_NEW_FIGURE = """\
books_bought:
  name: 新购图书
  unit: 册
  mask: "***"
  definition: 阅览室新购置的图书册数，期刊不计。
  method: 按入库登记逐册计数。
  period: {kind: 时期, start: 2025-01-01, end: 2025-12-31}
  source: 入库登记
  office: 办公室
  decimals: 0
  disclosure: 公开
  value: 120
  prepared: {by: 办公室, date: 2026-01-06}
  reviewed: {by: 综合科, date: 2026-01-08}
  approved: {by: 分管领导, date: 2026-01-10, value: 120}
  note:
"""
_READING_ROOM = "及时更新图书报刊，"
_HONOUR = """\
title: 五一劳动奖状
recipient: 集体
level: 市级
body: 示例市总工会
date: 2026-04-28
basis: 表彰决定
certificate:
term: 一次性
term_end:
note:
"""
_REVIEW = """\
date: 2026-05-20
stage: 初审
edition: 内部版
release:
commit: 0123456789abcdef0123456789abcdef01234567
by: 办公室主任
evidence: []
"""
_REGULATION = draft(
    "图书借阅管理规定",
    "## 第一章 总则 { #ch-1 }\n\n### 第一条 { #art-1 }\n\n借阅图书应当登记。\n",
)
_EXAMPLE = """\
---
title: 阅览室管理员
description: 义务管理阅览室的干部职工。
kind: 集体
person:
honour:
office: 办公室
period:
  start: 2025-01-01
  end: 2025-12-31
consent:
  status: 不需要
  date:
  reason: 不写到个人
---

# 阅览室管理员

{{ example() }}

## 背景 { #background }

阅览室藏书渐多，借还无人登记。

## 做法 { #practice }

干部职工轮流管理，借还逐本登记。

## 成效 { #result }

借还有序，图书无一遗失。
"""
_PAGE = """\
---
title: 阅览室
description: 阅览室的开放时间和借阅办法。
---

# 阅览室

工作日全天开放，借还逐本登记。
"""
_NAV_REGULATION = "          - regulations/hygiene.md\n"
_NAV_EXAMPLE = "      - examples/infographics.md\n"

EDITS: Mapping[str, Changes] = {
    "a name": {UNIT: ("写在“文明单位”之前\n    person: false\n    value:\n", "写在“文明单位”之前\n    person: false\n    value: 示例级\n")},
    "the bureau's name, and that it is public": {UNIT: ("  bureau:\n    meaning: 本单位名称中“统计局”之前的部分\n    person: false\n    value:\n", "  bureau:\n    meaning: 本单位名称中“统计局”之前的部分\n    person: false\n    disclosure: 公开\n    value: 示例市\n")},
    "the archive's period": {UNIT: ("record_period:\n  start:\n  end:\n", "record_period:\n  start: 2023-01-01\n  end: 2026-12-31\n")},
    "the repository": {UNIT: ("repository:\n  forge:\n  address:\n  branch:\n", "repository:\n  forge: gitea\n  address: https://git.example/wenming/archive\n  branch: main\n")},
    "the smallest number of people": {UNIT: ("\nleast_people:\n", "\nleast_people: 10\n")},
    "another time zone": {UNIT: ("time_zone: Asia/Shanghai", "time_zone: Asia/Urumqi")},
    "a figure registered and used": {REGISTER: ("games_session:\n", f"{_NEW_FIGURE}\ngames_session:\n"), PART: (_READING_ROOM, f'新购图书{{{{ fig("books_bought") }}}}，{_READING_ROOM}')},
    "a figure used outside the report": {"docs/examples/infographics.md": ("## 成效 { #result }\n\n", '## 成效 { #result }\n\n同期编印简明统计信息{{ fig("brief_bulletins") }}。\n\n')},
    "a note of a figure": {REGISTER: ("  note: 序数，写作“第…届”，", "  note: 届次是序数，写作“第…届”，")},
    "a definition told more closely": {REGISTER: ("  definition: 本单位当年参加的职工运动会是第几届。\n", "  definition: 本单位当年参加的职工运动会是第几届，以秩序册为准。\n")},
    "a set phrase": {"data/phrases.yml": ("", "- text: “六个一”活动\n  kind: 专名\n  note: 读书活动的名称\n"), PART: ("为干部职工学习提供良好条件。", "开展“六个一”活动，为干部职工学习提供良好条件。")},
    "an honour of a day to come": _record("honours", "labour", _HONOUR),
    "the day of an honour": {"data/honours/economical-organ.yml": ("date:\nbasis:\n", "date: 2024-11-05\nbasis: 认定通知\n")},
    "the level of an honour": {"data/honours/economic-census.yml": ("level:\n", "level: 国家级\n")},
    "a signature": _record("reviews/2026", "20260520-初审", _REVIEW),
    "who does a task, and by when": {"data/measures/101-学习重要指示精神.yml": ("office:\ndue:\nstate:\n", "office: 办公室\ndue: 2026-12-31\nstate: 进行中\n")},
    "a task done": {"data/measures/201-行风建设.yml": ("state:\nevidence: []\n", "state: 已完成\nevidence: [总结]\n")},
    "a task more": _record("measures", "107-读书分享", "measure: 政治引领\ntitle: 每季度组织读书分享\noffice: 机关党支部\ndue: 2026-12-31\nstate: 未开始\nevidence: []\n"),
    "an activity of volunteers": _record("volunteering/2025", "20250305-学雷锋", "date: 2025-03-05\ntitle: 学雷锋志愿服务\nplace: 示例社区\nkind: 学雷锋\nparticipants: 12\nhours_each: 2\nservices: 24\norganiser: 机关党支部\n" + _closing("签到表")),
    "a publication": _record("publications/2025", "2025-信息-12", "date: 2025-04-10\nkind: 信息\nnumber: 2025年第12期\ntitle: 示例经济运行简况\nendorsed: false\noffice: 综合科\n" + _closing("存档件")),
    "help given": _record("assistance/2025", "20250118-慰问", "date: 2025-01-18\ntitle: 春节慰问\nkind: 慰问\namount: 20\nunit: 人次\nplace: 示例村\nbeneficiaries: 困难群众\n" + _closing("发放表")),
    "a meeting": _record("activities/2025", "20250701-党课", "date: 2025-07-01\nkind: 三会一课\nsession: 党课\ntitle: 七一专题党课\nplace: 会议室\nparticipants: 30\nresult:\norganiser: 机关党支部\n" + _closing("签到表")),
    "what was done with the community": _record("community/2025", "20250506-报到", "date: 2025-05-06\nkind: 双报到\ntitle: 到社区报到\npartner: 天盛社区\nparticipants: 8\nstate:\nfinished:\n" + _closing("回执")),
    "a service to enterprises": _record("enterprise_services/2025", "20250612-培训", "date: 2025-06-12\nkind: 普法\ntitle: 新入统企业培训\noccasion: 培训\nenterprises: 15\noffice: 工业科\n" + _closing("签到表")),
    "party members of a year": _record("party_members", "2025-积极分子", "date: 2025-12-31\nstage: 入党积极分子\npeople: 3\n" + _closing("名册")),
    "a sentence": {PART: ("经常开展日常纪律检查，", "经常开展日常纪律检查和谈心谈话，")},
    "a sentence of the next part": {PART: ("让社会各界了解统计、支持统计。", "让社会各界了解统计、支持统计、参与统计。")},
    "a title told otherwise": {PART: ("# 一、加强组织领导，持续提升文明创建水平", "# 一、加强组织领导，不断提升文明创建水平")},
    "a description": {PART: ("汇报加强组织领导、持续提升文明创建水平的情况。", "汇报加强组织领导的情况。")},
    "an example": {"docs/examples/reading-room.md": ("", _EXAMPLE), "mkdocs.yml": (_NAV_EXAMPLE, f"{_NAV_EXAMPLE}      - examples/reading-room.md\n")},
    "a sentence of an example": {"docs/examples/first-secretary.md": ("- 加强村里的基础设施建设，硬化道路，改造灌溉渠道；", "- 加强村里的基础设施建设，硬化道路，改造灌溉渠道，整治村容；")},
    "a regulation": {"docs/regulations/borrowing.md": ("", _REGULATION), "mkdocs.yml": (_NAV_REGULATION, f"{_NAV_REGULATION}          - regulations/borrowing.md\n")},
    "a clause of a regulation": {"docs/regulations/leave.md": ("请假应当先批准、后离岗，假满到岗、及时销假。", "请假应当先批准、后离岗，假满按时到岗、及时销假。")},
    "a regulation's office": {"docs/regulations/hygiene.md": ("office:\n", "office: 办公室\n")},
    "a page more": {"docs/reading-room.md": ("", _PAGE), "mkdocs.yml": ("  - 荣誉: honours/index.md\n", "  - 荣誉: honours/index.md\n  - 阅览室: reading-room.md\n")},
    "a heading of the navigation": {"mkdocs.yml": ("  - 典型事例:\n", "  - 典型人物与事例:\n")},
    "the front page": {"docs/index.md": ("| 看个大概 |", "| 先看个大概 |")},
    "what is asked for": {CRITERIA: ("  asks: 领导班子重视创建工作，", "  asks: 领导班子高度重视创建工作，")},
    "evidence more": {CRITERIA: ("    - {kind: 正式文件, to: work-rules}\n", "    - {kind: 正式文件, to: work-rules}\n    - {kind: 正式文件, to: hygiene}\n")},
    "a link more": {PART: ("明确卫生责任，", "[明确卫生责任](../regulations/hygiene.md)，")},
    "a certificate's file": {"docs/files/说明.txt": ("", "证书原件存于档案室。\n")},
}  # fmt: skip


def apply(changes: Changes, root: Path) -> None:
    """Make the changes in the site at `root`; each piece must stand there just once."""
    for name, (old, new) in changes.items():
        path = root / name
        if not old and path.exists():  # to the end of a file
            path.write_text(path.read_text("utf-8") + new, "utf-8")
        elif not old:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, "utf-8")
        else:
            text = path.read_text("utf-8")
            assert text.count(old) == 1, (name, old)
            path.write_text(text.replace(old, new), "utf-8")
