"""The sign-offs of the demonstration bureau."""

from collections.abc import Iterator
from datetime import date
from typing import Any

_COMMIT = "0" * 40
"""The id that Git writes where there is no commit."""
_SIGNED = (
    (date(2026, 2, 9), "初审", "示例综合科"),
    (date(2026, 2, 10), "复审", "示例办公室主任"),
    (date(2026, 2, 11), "终审", "示例分管领导"),
)


def reviews() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each sign-off, all for one state of the internal edition."""
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
