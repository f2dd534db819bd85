"""The register of a small site, approved, and the same with a figure corrected."""

from tests.samples.sample import FIGURES

A, PART = "data/volunteering/2024/20240305-a.yml", "docs/report/part-1.md"
HOURS = FIGURES.replace("    measure: count\n", "    measure: sum\n    field: services\n")
APPROVED = (
    HOURS.replace("complete_through:\n", "complete_through: 2025-12-31\n", 1)
    .replace("  prepared:\n    by:\n    date:\n", "  prepared:\n    by: 甲\n    date: 2026-01-05\n", 1)
    .replace("  reviewed:\n    by:\n    date:\n", "  reviewed:\n    by: 乙\n    date: 2026-01-06\n", 1)
    .replace("  approved:\n    by:\n    date:\n", "  approved:\n    by: 丙\n    date: 2026-01-07\n    value: 30\n", 1)
)  # fmt: skip
CORRECTED = APPROVED.replace(
    "  note:\nvisited:",
    "  revisions:\n    - kind: 更正\n      date: 2026-02-01\n      old: 30\n      new: 45\n"
    "      reason: 漏计一组\n      by: 丙\n  note:\nvisited:",
)
