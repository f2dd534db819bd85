"""Regulations of the sample: a second one beside it, and what is recorded of its amendments."""

from tests.samples.sample import MKDOCS, REGULATION

LEAVE, OUT = "docs/regulations/leave.md", "docs/regulations/going-out.md"

_DRAFT = """\
---
title: {title}
category: 行政管理
number: 待补
issuing_body:
office:
adopted:
  by:
  date:
issued:
effective:
expires:
review_due:
replaces: []
replaced_by:
amendments: []
draft: true
---

# {title}

{text}"""


def draft(title: str, text: str) -> str:
    """A regulation of which nothing is known but its text."""
    return _DRAFT.format(title=title, text=text)


DRAFT = draft(
    "外出报备制度",
    "### 第一条 { #art-1 }\n\n外出须报备，请假见[《请销假制度》](leave.md)。\n",
)


def two(*changes: tuple[str, str, str]) -> dict[str, str | bytes | None]:
    """A second regulation beside the sample's, each change made where its text stands once."""
    texts = {LEAVE: REGULATION, OUT: DRAFT}
    for name, old, new in changes:
        assert texts[name].count(old) == 1, (name, old)
        texts[name] = texts[name].replace(old, new)
    nav = MKDOCS.replace("  - 指标登记", "  - 外出: regulations/going-out.md\n  - 指标登记")
    return {**texts, "mkdocs.yml": nav}


RECORDED = """\
    added: [1-1]
    before:
      - article: 2
        text: |
          事假依照[第一条](#art-1)办理。

          病假见[《请销假制度》](leave.md)。
  - date: 2025-01-01
    articles: [1]
    summary: 改依据
    before:
      - {article: 1, text: 制定本制度。}
"""


def amended(more: str = RECORDED, regulation: str = REGULATION) -> dict[str, str | bytes | None]:
    """The sample, its regulation with more written of its amendment, and further ones."""
    return {LEAVE: regulation.replace("    summary: 增加一条\n", f"    summary: 增加一条\n{more}")}
