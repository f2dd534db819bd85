"""Publications, services to enterprises and assistance of the demonstration bureau, invented."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Kind, months of issue, day, title.
_PUBLICATIONS = (
    ("专报", range(1, 13), 12, "示例专报：示例市{month}月份经济运行"),
    ("信息", range(1, 13), 18, "示例信息：示例市{month}月份主要指标"),
    ("动态", range(1, 13), 25, "示例动态：示例市统计局{month}月份工作"),
    ("预警", (3, 6, 9, 12), 28, "示例预警：示例行业{month}月份走势"),
    ("手册", (6,), 30, "示例统计简明手册"),
    ("一图读懂", (4,), 15, "一图读懂示例市统计公报"),
)


def publications(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each publication in `years`."""
    for year in years:
        for kind, months, day, title in _PUBLICATIONS:
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
                    },
                )


# Month, kind, title, occasion, number of enterprises reached.
_ENTERPRISE_SERVICES = (
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


def enterprise_services(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each service in `years`."""
    for index, year in enumerate(years):
        for number, (month, kind, title, occasion, enterprises) in enumerate(_ENTERPRISE_SERVICES):
            yield (
                f"{year}{month:02}{10 + number}-{kind}",
                {
                    "date": date(year, month, 10 + number),
                    "kind": kind,
                    "title": title,
                    "occasion": occasion,
                    "enterprises": enterprises + index * (number % 3),
                    "office": "示例法规科",
                },
            )


# Month, kind, title, goods, unit, place, beneficiaries, the amounts of the three years.
_ASSISTANCE = (
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


def assistance(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each record of assistance in `years`, which are three."""
    for index, year in enumerate(years):
        for number, (month, kind, title, goods, unit, place, whom, amounts) in enumerate(
            _ASSISTANCE
        ):
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
                },
            )
