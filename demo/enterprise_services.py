"""Services of the demonstration bureau to enterprises, invented; no enterprise is named."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Month, kind, title, occasion, number of enterprises reached.
_YEAR = (
    (2, "诚信承诺", "示例：组织签订统计诚信承诺", "示例年报布置会", 30),
    (3, "普法", "示例：宣讲统计法律法规", "示例数据现场核查", 8),
    (4, "提示单", "示例：制发易错指标提示单", "示例季报审核", 22),
    (5, "行政指导", "示例：指导健全统计台账", "示例数据现场核查", 3),
    (6, "普法", "示例：讲解报表填报要求", "示例业务培训", 35),
    (7, "行政约谈", "示例：约谈迟报企业", "示例执法检查", 2),
    (8, "行政建议", "示例：建议完善内部管理制度", "示例执法检查", 4),
    (9, "普法", "示例：线上宣传统计法律法规", "示例线上宣传", 60),
    (10, "提示单", "示例：制发易错指标提示单", "示例季报审核", 25),
    (11, "行政告诫", "示例：告诫轻微违法行为", "示例执法检查", 1),
    (12, "行政指导", "示例：指导改正差错", "示例数据现场核查", 5),
)


def records(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each service in `years`."""
    for index, year in enumerate(years):
        for number, (month, kind, title, occasion, enterprises) in enumerate(_YEAR):
            yield (
                f"{year}{month:02}{10 + number}-{kind}",
                {
                    "date": date(year, month, 10 + number),
                    "kind": kind,
                    "title": title,
                    "occasion": occasion,
                    "enterprises": enterprises + index * (number % 3),
                    "office": "示例法规科",
                    "source": "示例工作记录",
                    "evidence": ["示例工作小结"],
                    "recorder": "示例法规科记录员",
                    "reviewer": "示例法规科负责人",
                },
            )
