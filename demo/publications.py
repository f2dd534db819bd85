"""Publications (统计产品) of the demonstration bureau, invented."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Kind, months of issue, day, title.
_SERIES = (
    ("专报", range(1, 13), 12, "示例专报：示例市{month}月份经济运行"),
    ("信息", range(1, 13), 18, "示例信息：示例市{month}月份主要指标"),
    ("动态", range(1, 13), 25, "示例动态：示例市统计局{month}月份工作"),
    ("预警", (3, 6, 9, 12), 28, "示例预警：示例行业{month}月份走势"),
    ("手册", (6,), 30, "示例统计简明手册"),
    ("一图读懂", (4,), 15, "一图读懂示例市统计公报"),
)


def records(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each publication in `years`."""
    for year in years:
        for kind, months, day, title in _SERIES:
            for number, month in enumerate(months, 1):
                yield (
                    f"{year}{month:02}{day}-{kind}",
                    {
                        "date": date(year, month, day),
                        "kind": kind,
                        "number": f"{year}年第{number}期",
                        "title": title.format(month=month),
                        "endorsed": kind == "专报" and (year + month) % 3 == 0,
                        "office": "示例综合科",
                        "source": "示例印发件",
                        "evidence": ["示例印发件存档"],
                        "recorder": "示例综合科记录员",
                        "reviewer": "示例综合科负责人",
                    },
                )
