"""An honour without a fault."""

CIVILISED = """\
title: 文明单位
prefix: unit_level
recipient: 集体
level: 市级
body: 某文明委
date: 2023-01-10
basis: 某决定
certificate:
term: 届满复查
term_end: 2025-01-10
reviews:
  - date: 2025-01-05
    document: 某通报
    result: 确认保留
    until: 2026-12-31
"""
LEVEL = '  unit_level:\n    meaning: 级别\n    person: false\n    value:\n    mask: "***"\n'
