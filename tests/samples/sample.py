"""A small site without a fault, as text, for tests that break one thing at a time."""

import re
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import Site, load
from tests.samples.collections import KINDS, LEDGER_FILES

AS_OF = date(2026, 3, 1)

MKDOCS = """\
site_name: 样例
nav:
  - 首页: index.md
  - 报告:
      - report/overview.md
      - report/part-1.md
  - 制度: regulations/leave.md
  - 指标登记: figures/index.md
plugins: []
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {}
  - archive.render.commonmark
"""

UNIT = """\
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
    meaning: 本单位
    person: false
    value:
    mask: "***"
"""

FIGURES = """\
activities:
  name: 开展活动
  unit: 次
  mask: "***"
  definition: 三年来开展的志愿活动
  method: 按活动计数
  counted:
    collection: volunteering
    measure: count
  period:
    kind: 时期
    start: 2023-01-01
    end: 2025-12-31
  source: 台账
  office: 办公室
  decimals: 0
  disclosure: 公开
  complete_through:
  prepared:
    by:
    date:
  reviewed:
    by:
    date:
  approved:
    by:
    date:
  note:
visited:
  name: 走访居民
  unit: 人
  mask:
  definition: 走访的居民人数
  method: 按人计数
  period:
    kind: 时期
    start:
    end:
  source:
  office:
  decimals: 0
  disclosure:
  approximation: 近百
  value:
  prepared:
    by:
    date:
  reviewed:
    by:
    date:
  approved:
    by:
    date:
  note:
"""

PHRASES = """\
- text: 三会一课
  kind: 专名
  note:
"""

CRITERIA = """\
planning:
  code: 一（一）
  title: 统筹
  asks: 有活动，有制度
  report: report/part-1.md#planning
  wanted: [说明报告, 数据表格]
  statement: 组织健全。
  evidence:
    - {kind: 数据表格, to: volunteering}
"""

RECORD = """\
date: 2024-03-05
title: 学雷锋进社区
kind: 学雷锋
place: 社区
participants: 12
hours_each: 2.5
services: 30
organiser: 办公室
source: 签到表
evidence: []
recorder: 办公室
reviewer:
"""

REGULATION = """\
---
title: 请销假制度
category: 行政管理
number: 样例发〔2023〕4号
issuing_body: 样例局
office:
adopted:
  by: 样例会议
  date: 2023-02-01
issued: 2023-02-02
effective: 2023-03-01
expires:
review_due: 2026-02-01
replaces: []
replaced_by:
amendments:
  - date: 2024-05-06
    articles: [2, 1-1]
    summary: 增加一条
draft: false
---

# 请销假制度

## 第一章 总则 { #ch-1 }

### 第一条 { #art-1 }

根据《某某法》第九条、第十条，制定本制度。

### 第一条之一 { #art-1-1 }

请假是指：

（一）事假；

（二）病假。

### 第二条 { #art-2 }

事假依照[第一条之一](#art-1-1)第一项办理。
"""

EXAMPLE_BODY = (
    "\n## 背景 { #background }\n\n甲\n\n## 做法 { #practice }\n\n乙\n\n## 成效 { #result }\n\n丙\n"
)
EXAMPLE = f"""\
---
title: 提示单
description: 一种做法。
kind: 做法
person:
honour:
office: 法规科
period:
  start:
  end:
consent:
  status: 不需要
  date:
  reason: 不涉及个人姓名
---

# 提示单

{{{{ example() }}}}
{EXAMPLE_BODY}"""
"""A typical example, on a page that is none of the sample's own: what was done."""


SUMMARY = "data/reports/summary.yml"
REPORT = """\
title: 汇报
kind: 创建汇报
period:
  start: 2023-01-01
  end: 2025-12-31
state: 起草
pages:
  - page: report/overview.md
  - page: report/part-1.md
"""


def report(*pages: str, next_steps: str = "") -> str:
    """The sample's report with further pages (paths in docs/) at its end."""
    listed = "".join(f"  - page: {page}\n" for page in pages)
    return f"{REPORT}{listed}" + (f"next_steps: {next_steps}\n" if next_steps else "")


FILES = {
    "mkdocs.yml": MKDOCS,
    "data/unit.yml": UNIT,
    "data/figures.yml": FIGURES,
    "data/kinds.yml": KINDS,
    "data/phrases.yml": PHRASES,
    "data/criteria.yml": CRITERIA,
    SUMMARY: REPORT,
    **LEDGER_FILES,
    "data/volunteering/2024/20240305-a.yml": RECORD,
    "docs/index.md": "---\ntitle: 首页\n---\n\n# 首页\n\n见[报告](report/part-1.md#planning)。\n",
    "docs/report/overview.md": '---\ntitle: 概述\n---\n\n# 汇报\n\n{{ name("bureau") }}统计局落实“三会一课”。\n',
    "docs/report/part-1.md": (
        "---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹 { #planning }\n\n"
        '开展活动{{ fig("activities") }}，走访居民{{ fig("visited") }}。\n'
    ),
    "docs/regulations/leave.md": REGULATION,
    "docs/figures/index.md": "---\ntitle: 指标登记\n---\n\n# 指标登记\n\n{{ register() }}\n",
}


def git(folder: Path, *args: str) -> str:
    """What Git prints in a folder, as somebody whose settings count for nothing."""
    who = ("user.name=a", "user.email=a@example.invalid", "commit.gpgsign=false")
    options = [option for one in who for option in ("-c", one)]
    done = subprocess.run(
        ["git", *options, *args], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()


def write(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Project:
    """The sample in the folder `root`, with whole files changed, added or (None) left out."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Project(root, root / "data", AS_OF)


def read(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Site:
    """The sample, changed, as a site."""
    return load(write(root, changes))


def unsized(text: str) -> str:
    """HTML without the room that the columns of its tables want: tests/test_render.py tests that."""
    return re.sub(r' style="--room:[\d.]+"', "", text)


def problems(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> list[str]:
    """What the check says of the sample, changed."""
    return [str(problem) for problem in check(read(root, changes))]


def edited(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """A change of one file of the sample: `old`, which must stand in it once, becomes `new`."""
    assert FILES[name].count(old) == 1, (name, old)
    return {name: FILES[name].replace(old, new)}
