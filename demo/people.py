"""Yearly numbers of party members and cadres of the demonstration bureau, invented."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Counts = Mapping[str, tuple[int, ...]]

PARTY_MEMBERS: Counts = {
    "入党积极分子": (4, 3, 2),
    "发展对象": (2, 1, 1),
    "发展党员": (2, 1, 3),
    "预备党员转正": (1, 2, 2),
}
CADRES: Counts = {
    "提拔科级干部": (4, 3, 4),
    "推荐处级干部": (1, 0, 2),
    "选派参加巡视巡察": (1, 2, 1),
    "选派参加专项检查": (3, 2, 3),
    "选派参加信访维稳": (1, 1, 1),
}


def records(counts: Counts, years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each yearly count in `years`; `counts` is stage → number per year."""
    for index, year in enumerate(years):
        for stage, people in counts.items():
            yield (
                f"{year}-{stage}",
                {
                    "date": date(year, 12, 31),
                    "stage": stage,
                    "people": people[index],
                    "source": "示例年报",
                    "evidence": ["示例年报存档"],
                    "recorder": "示例人事科记录员",
                    "reviewer": "示例人事科负责人",
                },
            )
