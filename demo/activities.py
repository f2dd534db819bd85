"""Study and cultural activities of the demonstration bureau, invented, alike every year."""

from collections.abc import Iterator
from datetime import date
from typing import Any

# Month, kind, form of the session, title, place, result.
_YEAR = (
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


def records(years: tuple[int, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each session or event in `years`."""
    for index, year in enumerate(years):
        for number, (month, kind, session, title, place, result) in enumerate(_YEAR):
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
                    "source": "示例会议记录",
                    "evidence": ["示例签到表", "示例活动小结"],
                    "recorder": "示例党务记录员",
                    "reviewer": "示例党务负责人",
                },
            )
