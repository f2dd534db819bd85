"""The site in which the examples of the guide to messages are wrong or right: small, and sound."""

from archive.files.own_files import OWN_FILES
from tests.samples.attachments import point
from tests.samples.collections import KINDS, LEDGER_FILES
from tests.samples.examples import HERO_TEXT
from tests.samples.measures import SITE as MEASURES
from tests.samples.measures import TASK
from tests.samples.records import RECORDS
from tests.samples.sample import AS_OF as AS_OF
from tests.samples.sample import EXAMPLE, FILES, MKDOCS, RECORD, REGULATION
from tests.samples.sample import FIGURES as SAMPLED

NAMES = """\
demonstration: false
record_period:
  start: 2023-01-01
  end: 2025-12-31
repository:
  forge:
  address:
  branch:
names:
  bureau:
    meaning: 本单位名称中“统计局”之前的部分
    person: false
    value:
    mask: "***"
  unit_level:
    meaning: 称号的级别
    person: false
    value:
    mask: "***"
  veteran_member:
    meaning: 老党员的姓名
    person: true
    value:
    mask: "***"
"""


def _changed(text: str, *pairs: tuple[str, str]) -> str:
    """`text` with each first of a pair, which is in it, replaced by the second."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


_COUNTED, _ENTERED = SAMPLED[: SAMPLED.index("visited:")], SAMPLED[SAMPLED.index("visited:") :]
VISITED = _changed(
    _ENTERED,
    ("mask:\n", 'mask: "***"\n'),
    ("start:\n    end:\n", "start: 2024-01-01\n    end: 2024-12-31\n"),
    ("source:\n  office:\n", "source: 走访记录\n  office: 办公室\n"),
    ("disclosure:\n", "disclosure: 公开\n"),
    ("value:\n", "value: 96\n"),
    ("prepared:\n    by:\n    date:\n", "prepared:\n    by: 办公室\n    date: 2025-01-06\n"),
)
FIGURES = "".join(
    [
        _changed(
            _COUNTED,
            ("activities:", "volunteer_activities:"),
            ("开展活动", "开展志愿活动"),
            ("按活动计数", "按记录计数"),
            ("source: 台账", "source: 志愿服务活动记录"),
        ),
        VISITED,
        _changed(
            VISITED,
            ("visited:", "visited_members:"),
            ("走访居民", "走访的困难党员"),
            ('"***"', '"**"'),
            ("走访的居民人数", "走访的居民中的困难党员人数"),
            ("  approximation: 近百\n", ""),
            ("value: 96", "value: 9"),
            (
                "reviewed:\n    by:\n    date:\n",
                "reviewed:\n    by: 综合科\n    date: 2025-01-08\n",
            ),
            (
                "approved:\n    by:\n    date:\n",
                "approved:\n    by: 分管领导\n    date: 2025-01-10\n    value: 9\n",
            ),
        ),
    ]
)

CRITERIA = """\
planning:
  code: 一（一）
  title: 统筹谋划
  asks: 有活动，有制度，有图片
  report: report/part-1.md#planning
  wanted: [说明报告, 正式文件, 图片, 数据表格]
  statement: 开展志愿活动{volunteer_activities}，落实“三会一课”。
  evidence:
    - {kind: 正式文件, to: leave}
    - {kind: 数据表格, to: volunteering}
"""

CIVILISED = """\
title: 文明单位
prefix: unit_level
recipient: 集体
level: 市级
body: 某市精神文明建设委员会
date: 2023-01-10
basis: 表彰决定
certificate:
term: 届满复查
term_end: 2026-01-10
"""

HERO = _changed(
    HERO_TEXT,
    ("person: hero", "person: veteran_member"),
    ("honour: smoke", "honour: civilised-unit"),
)

VOLUNTEERING = "data/volunteering/2024/20240305-学雷锋进社区.yml"
NAVIGATION = """\
  - 首页: index.md
  - 报告:
      - report/overview.md
      - report/part-1.md
      - report/next.md
  - 典型事例:
      - examples/hero.md
      - examples/slips.md
  - 制度:
      - regulations/leave.md
      - regulations/going-out.md
  - 荣誉: honours/index.md
  - 任务: measures/index.md
  - 指标登记: figures/index.md
"""
GOING_OUT = REGULATION.replace("请销假制度", "外出报备制度").replace("〔2023〕4号", "〔2023〕5号")

SITE: dict[str, str | bytes | None] = {
    "docs/files/通报#1.txt": "通报\n",
    "docs/assets/logo.svg": OWN_FILES["assets/logo.svg"].read_bytes(),
    **dict.fromkeys(FILES),
    **LEDGER_FILES,
    **MEASURES,
    "mkdocs.yml": f"site_name: 样例\nnav:\n{NAVIGATION}plugins:{MKDOCS.partition('plugins:')[2]}",
    "data/unit.yml": NAMES,
    "data/figures.yml": FIGURES,
    "data/kinds.yml": KINDS.replace("依法统计", "依法行政"),
    "data/phrases.yml": FILES["data/phrases.yml"],
    "data/criteria.yml": CRITERIA,
    VOLUNTEERING: RECORD.replace("学雷锋进社区", "学雷锋志愿服务进社区"),
    "data/honours/civilised-unit.yml": CIVILISED,
    "docs/index.md": FILES["docs/index.md"],
    "docs/figures/index.md": FILES["docs/figures/index.md"],
    "docs/honours/index.md": "---\ntitle: 荣誉\n---\n\n# 荣誉\n\n{{ honour_list() }}\n",
    "docs/report/overview.md": FILES["docs/report/overview.md"],
    "docs/report/part-1.md": (
        "---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹谋划 { #planning }\n\n"
        '开展志愿活动{{ fig("volunteer_activities") }}，走访居民{{ fig("visited") }}，'
        '其中困难党员{{ fig("visited_members") }}。\n'
    ),
    "docs/examples/hero.md": HERO,
    "docs/examples/slips.md": EXAMPLE,
    "docs/regulations/leave.md": REGULATION,
    "docs/regulations/going-out.md": GOING_OUT,
    "docs/files/证书.jpg": point("JPEG"),
    "docs/files/图片.jpg": point("JPEG"),
}
"""The files of the site; None for those of the tests' own sample that it does without."""

TEMPLATES = {**RECORDS, "volunteering": RECORD, "honours": CIVILISED, "measures": TASK}
"""A sound record of each collection, for an example that adds one."""
