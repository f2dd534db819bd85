"""Study, culture, communities, party members and cadres of the demonstration bureau, invented."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

# Month, kind, form of the session, title, place, result.
_ACTIVITIES = (
    (1, "三会一课", "党员大会", "示例：支部年度工作部署", "示例会议室", "示例：通过年度学习计划"),
    (2, "主题党日", None, "示例：改进作风", "示例党建活动室", None),
    (3, "道德讲堂", None, "示例：统计人的职业道德", "示例会议室", None),
    (4, "三会一课", "党课", "示例：专题党课", "示例党建活动室", None),
    (4, "讲座", None, "示例：统计分析方法", "示例会议室", None),
    (5, "文体", None, "示例：趣味运动会", "示例体育馆", "示例：评出优胜小组"),
    (5, "主题党日", None, "示例：提升质效", "示例村", None),
    (6, "三会一课", "支部委员会", "示例：研究发展党员工作", "示例会议室", "示例：形成会议纪要"),
    (7, "主题党日", None, "示例：重温入党誓词", "示例展览馆", None),
    (8, "竞赛", None, "示例：统计业务技能竞赛", "示例会议室", "示例：评出优胜选手"),
    (9, "三会一课", "党小组会", "示例：交流学习体会", "示例会议室", None),
    (9, "道德讲堂", None, "示例：家风家训", "示例会议室", None),
    (10, "讲座", None, "示例：统计法治讲座", "示例会议室", None),
    (11, "文体", None, "示例：职工书画展", "示例阅览室", "示例：展出职工作品"),
    (12, "主题党日", None, "示例：服务基层", "示例社区甲", None),
)


def activities(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each session or event in `years`."""
    for index, year in enumerate(years):
        for number, (month, kind, session, title, place, result) in enumerate(_ACTIVITIES):
            yield (
                f"{year}{month:02}{8 + number}-{kind}",
                {
                    "date": date(year, month, 8 + number),
                    "kind": kind,
                    **({"session": session} if session else {}),
                    "title": title,
                    "place": place,
                    "participants": 18 + (number * 5 + index * 3) % 17,
                    "result": result,
                    "organiser": "示例机关党支部",
                },
            )


# Month, kind, title, participants. `_progress` decides how far an agreed item has come.
_COMMUNITY = (
    (2, "共驻共建", "示例：签订年度共建协议", None),
    (3, "双报到", "示例：党员到社区报到", 16),
    (4, "一书三单", "示例：捐建社区书架", None),
    (6, "一书三单", "示例：开展统计知识宣讲", 12),
    (9, "双报到", "示例：党员参加社区服务", 14),
    (11, "一书三单", "示例：改善社区活动室", None),
)


def community(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each activity, agreement or agreed item in `years`."""
    for year in years:
        for number, (month, kind, title, people) in enumerate(_COMMUNITY):
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
                },
            )


def _progress(year: int, month: int, *, last: bool) -> dict[str, Any]:
    """The state of an agreed item: all are finished except the two latest."""
    if last and month > 4:
        return {"state": "未开始" if month > 6 else "办理中"}
    return {"state": "已完成", "finished": date(year, month + 1, 20)}


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


def people(counts: Counts, years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each yearly count in `years`; `counts` is stage → number per year."""
    for index, year in enumerate(years):
        for stage, people in counts.items():
            yield (
                f"{year}-{stage}",
                {
                    "date": date(year, 12, 31),
                    "stage": stage,
                    "people": people[index],
                },
            )
