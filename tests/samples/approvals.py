"""The two figures of the sample, approved: one counted from its record, one entered by hand."""

from tests.samples.sample import FIGURES

UNSIGNED = FIGURES[FIGURES.index("visited:") :]
PREPARED = "  prepared:\n    by: 甲\n    date: 2026-01-05\n"
REVIEWED = "  reviewed:\n    by: 乙\n    date: 2026-01-06\n"
APPROVED = "  approved:\n    by: 丙\n    date: 2026-01-07\n"
_STEPS = PREPARED + REVIEWED + APPROVED
NOBODY = "".join(
    f"  {step}:\n    by:\n    date:\n" for step in ("prepared", "reviewed", "approved")
)
FILLED = (
    UNSIGNED.replace("    start:\n    end:\n", "    start: 2023-01-01\n    end: 2025-12-31\n")
    .replace("  source:\n  office:\n", "  source: 走访记录\n  office: 办公室\n")
    .replace("  disclosure:\n", "  disclosure: 公开\n")
    .replace("  approximation: 近百\n  value:\n", "  value: 96\n")
)
ENTERED = FILLED.replace(NOBODY, f"{_STEPS}    value: 96\n")
"""A figure entered by hand and approved."""
ACTIVITIES = FIGURES[: FIGURES.index("visited:")]
COUNTED = ACTIVITIES.replace("complete_through:\n", "complete_through: 2025-12-31\n").replace(
    NOBODY, f"{_STEPS}    value: 1\n"
)
"""A figure counted from one record and approved."""

_ITEM = "- {{kind: 修订, date: 2026-03-01, old: {0}, new: {1}, reason: , by: }}"
_MOVED = (
    "的数是 {0}，须仍是它，现为 {1}；改动有据的，请在 revisions 下加一项 "
    + _ITEM
    + "，填上原因和核定岗位，原来错了的，kind 写更正；不该变的，改回去"
)


def moved(old: int, new: int) -> str:
    """What the check says of a value that was approved and is another now, from the number on."""
    return _MOVED.format(old, new)
