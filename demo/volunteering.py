"""Volunteer activities of the demonstration bureau: two a month for three years, invented."""

from collections.abc import Iterator
from datetime import date
from typing import Any

YEARS = (2023, 2024, 2025)

# Kind, title, place; `_activity` picks one by its running number.
_ACTIVITIES = (
    ("爱国卫生", "示例小区环境整治", "示例小区"),
    ("文明交通", "示例路口文明劝导", "示例大道路口"),
    ("学雷锋", "学雷锋志愿服务进社区", "示例社区甲"),
    ("植树造林", "义务植树", "示例林场"),
    ("社区服务", "走访独居老人", "示例社区乙"),
    ("无偿献血", "无偿献血", "示例市献血站"),
    ("疫情防控", "入户排查", "示例社区甲"),
    ("文明宣传", "统计法治宣传", "示例广场"),
    ("疫情防控", "楼栋值守", "示例社区乙"),
    ("社区服务", "社区书屋整理", "示例社区甲"),
    ("爱国卫生", "示例街巷清扫", "示例街巷"),
)
_OFFICES = ("示例办公室", "示例综合科", "示例工业科", "示例法规科")


def activities() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each activity in order of time."""
    number = 0
    for year in YEARS:
        for month in range(1, 13):
            for half, day in enumerate((6, 20)):
                yield _activity(number, date(year, month, day + (number * 5) % 7), half)
                number += 1


def _activity(number: int, day: date, half: int) -> tuple[str, dict[str, Any]]:
    # Step and length of the list share no factor, so every activity is picked.
    kind, title, place = _ACTIVITIES[(number * 4 + half) % len(_ACTIVITIES)]
    people = 6 + (number * 7) % 19
    office = _OFFICES[number % len(_OFFICES)]
    length: dict[str, Any] = (
        {"hours_total": people * 3 - 2} if number % 5 == 0 else {"hours_each": 2 + number % 3}
    )
    record = {
        "date": day,
        "title": title,
        "kind": kind,
        "place": place,
        "participants": people,
        **length,
        "services": people,
        "organiser": office,
    }
    return f"{day:%Y%m%d}-{title}", record
