"""Work of the demonstration bureau with communities, invented."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Month, kind, title, participants. `_progress` decides how far an agreed item has come.
_YEAR = (
    (2, "共驻共建", "示例：签订年度共建协议", None),
    (3, "双报到", "示例：党员到社区报到", 16),
    (4, "一书三单", "示例：捐建社区书架", None),
    (6, "一书三单", "示例：开展统计知识宣讲", 12),
    (9, "双报到", "示例：党员参加社区服务", 14),
    (11, "一书三单", "示例：改善社区活动室", None),
)


def records(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each activity, agreement or agreed item in `years`."""
    for year in years:
        for number, (month, kind, title, people) in enumerate(_YEAR):
            yield (
                f"{year}{month:02}{10 + number}-{kind}",
                {
                    "date": date(year, month, 10 + number),
                    "kind": kind,
                    "title": title,
                    "partner": "示例社区乙",
                    "participants": people,
                    **(
                        _progress(year, month, last=year == years[-1]) if kind == "一书三单" else {}
                    ),
                    "source": "示例共建台账",
                    "evidence": ["示例活动小结"],
                    "recorder": "示例党务记录员",
                    "reviewer": "示例党务负责人",
                },
            )


def _progress(year: int, month: int, *, last: bool) -> dict[str, Any]:
    """The state of an agreed item: all are finished except the two latest."""
    if last and month > 4:
        return {"state": "未开始" if month > 6 else "办理中"}
    return {"state": "已完成", "finished": date(year, month + 1, 20)}
