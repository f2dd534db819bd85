"""The signatures before the demonstration bureau's publication."""

from collections.abc import Iterator
from datetime import date
from typing import Any

_COMMIT = "0" * 40
"""What Git itself writes where there is no commit."""
_SIGNED = (
    (date(2026, 2, 9), "初审", "示例综合科"),
    (date(2026, 2, 10), "复审", "示例办公室主任"),
    (date(2026, 2, 11), "终审", "示例分管领导"),
)


def reviews() -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and fields of each signature: the internal edition, once."""
    for day, stage, by in _SIGNED:
        yield (
            f"{day:%Y%m%d}-01",
            {
                "date": day,
                "stage": stage,
                "edition": "内部版",
                "commit": _COMMIT,
                "by": by,
                "evidence": [],
                "note": "示例",
            },
        )
