"""Assistance by the demonstration bureau, invented."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Month, kind, title, goods, unit, place, beneficiaries, the amounts of the three years.
_YEAR = (
    (1, "慰问", "春节慰问困难群众", None, "人次", "示例社区甲", "困难群众", (12, 14, 15)),
    (3, "资金", "帮扶困难家庭", None, "万元", "示例村", "困难家庭", (3, 2.5, 4.5)),
    (4, "走访", "走访共建社区居民", None, "人", "示例社区乙", "共建社区居民", (14, 16, 18)),
    (5, "物品", "赠送图书", "图书", "件", "示例社区乙", "共建社区居民", (120, 80, 60)),
    (6, "资金", "配置健身器材", None, "万元", "示例村", "村集体", (5, 1.5, 2)),
    (7, "慰问", "七一慰问困难党员", None, "人次", "示例村", "困难党员", (9, 11, 10)),
    (8, "物品", "赠送学习用品", "文具", "件", "示例村", "困难家庭", (40, 45, 50)),
    (9, "销售", "帮助销售水果", "水果", "斤", "示例村", "困难家庭", (1280, 950, 1100)),
    (10, "走访", "重阳节走访共建社区居民", None, "人", "示例社区乙", "共建社区居民", (16, 15, 17)),
    (10, "销售", "帮助销售水果", "水果", "斤", "示例村", "困难家庭", (600, 720, 580)),
    (11, "销售", "帮助销售粮食", "粮食", "斤", "示例村", "村民", (300, 450, 500)),
    (12, "慰问", "入冬慰问困难家庭", None, "人次", "示例村", "困难家庭", (20, 22, 24)),
)


def records(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each record of assistance in `years`, which are three."""
    for index, year in enumerate(years):
        for number, (month, kind, title, goods, unit, place, whom, amounts) in enumerate(_YEAR):
            yield (
                f"{year}{month:02}{10 + number}-{title}",
                {
                    "date": date(year, month, 10 + number),
                    "title": f"示例：{title}",
                    "kind": kind,
                    **({"goods": goods} if goods else {}),
                    "amount": amounts[index],
                    "unit": unit,
                    "place": place,
                    "beneficiaries": whom,
                    "source": "示例帮扶记录",
                    "evidence": ["示例帮扶情况说明"],
                    "recorder": "示例办公室记录员",
                    "reviewer": "示例办公室负责人",
                },
            )
