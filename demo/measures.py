"""The progress of the tasks of the demonstration bureau, invented, in every state."""

from datetime import date
from typing import Any

_OFFICES = ("示例办公室", "示例综合科", "示例法规科", "示例普查中心")
# State and due day: of six, one is overdue and one has no day yet.
_PROGRESS = (
    ("已完成", date(2026, 3, 31)),
    ("进行中", date(2026, 12, 31)),
    ("未开始", date(2027, 6, 30)),
    ("进行中", date(2026, 2, 27)),
    ("已完成", date(2025, 12, 31)),
    ("未开始", None),
)


def progress(number: int, task: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `task` with office, due day and state by its `number` in the list."""
    state, due = _PROGRESS[number % len(_PROGRESS)]
    return {
        **task,
        "office": _OFFICES[number % len(_OFFICES)],
        "due": due,
        "state": state,
        "evidence": ["示例工作小结"] if state == "已完成" else [],
    }
