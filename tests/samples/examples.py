"""Examples of persons and deeds without a fault."""

from tests.samples.sample import EXAMPLE, EXAMPLE_BODY, FILES, MKDOCS, UNIT

HERO, DEED, INDEX = "docs/examples/hero.md", "docs/examples/deed.md", "docs/examples/index.md"
PART, NAMES = "docs/report/part-1.md", "data/unit.yml"
HERO_TEXT = f"""\
---
title: 老党员
description: 一位榜样。
kind: 个人
person: hero
honour: smoke
office:
period:
  start: 2023-01-01
  end: 2025-12-31
consent:
  status: 未取得
  date:
  reason: 待本人答复
---

# 老党员

{{{{ example() }}}}
{EXAMPLE_BODY}"""
HONOUR = "".join(
    f"{field}: {value}".rstrip() + "\n"
    for field, value in {
        "title": "无烟党政机关", "recipient": "集体", "level": "", "body": "", "date": "",
        "basis": "", "certificate": "", "term": "", "term_end": "",
    }.items()
)  # fmt: skip
PERSON = '  hero:\n    meaning: 姓名\n    person: true\n    value:\n    mask: "***"\n'
NAV = "".join(f"  - examples/{page}.md\n" for page in ("index", "hero", "deed"))
BASE: dict[str, str | bytes | None] = {
    "mkdocs.yml": MKDOCS.replace("nav:\n", f"nav:\n{NAV}"),
    NAMES: UNIT + PERSON,
    "data/honours/smoke.yml": HONOUR,
    PART: FILES[PART] + '\n以[{{ name("hero") }}同志](../examples/hero.md)为榜样。\n',
    INDEX: "---\ntitle: 典型事例\n---\n\n# 典型事例\n\n{{ examples() }}\n",
    HERO: HERO_TEXT,
    DEED: EXAMPLE,
}
