"""Honours of the demonstration bureau, in every state, also those named in the report."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any

# Id, title, recipient, level, date, term, end of the term.
_HONOURS = (
    ("population-census", "示例人口普查先进集体", "集体", "国家级", date(2023, 2, 10), "一次性", None),
    ("economical-organ", "示例节约型机关", "集体", "国家级", date(2023, 4, 18), "届满复查", date(2025, 12, 31)),
    ("economic-census", "示例经济普查先进集体", "集体", "国家级", date(2024, 11, 22), "一次性", None),
    ("civilised-unit", "文明单位", "集体", "自治区级", date(2023, 1, 16), "届满复查", date(2024, 12, 31)),
    ("smoke-free-organ", "示例无烟党政机关", "集体", "市级", date(2023, 6, 1), "届满复查", date(2028, 12, 31)),
    ("model-organ", "直属机关创建示例模范机关达标单位", "集体", "机关工委", date(2024, 7, 5), "届满失效", date(2028, 12, 31)),
    ("sportsmanship", "示例体育道德风尚奖", "集体", "市级", date(2025, 9, 26), "一次性", None),
    ("star-branch", "示例星级党支部", "集体", "机关工委", date(2025, 7, 1), None, None),
    ("statistics-model", "示例统计先进工作者", "个人", "系统", date(2024, 12, 20), "一次性", None),
    ("shili-reading", "示例书香机关", "集体", "市级", date(2023, 4, 23), "届满复查", date(2024, 4, 22)),
    ("shili-women", "示例巾帼文明岗", "集体", "县区级", date(2023, 3, 8), "届满失效", date(2025, 3, 7)),
    ("shili-youth", "示例青年文明号", "集体", "市级", date(2023, 5, 4), "届满复查", date(2028, 5, 3)),
    ("shili-law", "示例普法先进集体", "集体", "自治区级", date(2025, 12, 4), "届满失效", date(2028, 12, 3)),
)  # fmt: skip

# Id of an honour → id of the name that precedes its title.
_PREFIXES = {"civilised-unit": "unit_level", "model-organ": "city_organs"}
_REVIEWS: dict[str, list[tuple[date, str, date | None]]] = {
    "civilised-unit": [(date(2024, 12, 12), "确认保留", date(2028, 12, 31))],
    "shili-reading": [
        (date(2024, 4, 16), "确认保留", date(2025, 4, 22)),
        (date(2025, 4, 17), "限期整改", None),
    ],
}
_WITHDRAWN = {"shili-youth": (date(2025, 5, 20), "示例：复核不合格")}


def honours(own: Mapping[str, str], names: Container[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each honour, also of the bureau's `own` (id → title) not listed here.

    `names` holds the ids of names that exist; other prefixes are left out.
    """
    known = {id_ for id_, *_ in _HONOURS}
    added = tuple(
        (id_, f"示例{title}", "集体", "市级", date(2025, 6, 2), "一次性", None)
        for id_, title in own.items()
        if id_ not in known
    )
    for id_, title, recipient, level, day, term, end in _HONOURS + added:
        record: dict[str, Any] = {"title": title}
        if _PREFIXES.get(id_) in names:
            record["prefix"] = _PREFIXES[id_]
        record |= {
            "recipient": recipient,
            "level": level,
            "body": f"示例{level}授予单位",
            "date": day,
            "basis": f"示例表彰决定（示例〔{day.year}〕示例号）",
            "certificate": None,
            "term": term,
            "term_end": end,
        }
        if id_ in _REVIEWS:
            record["reviews"] = [
                {"date": held, "document": "示例复查结果通报", "result": result, "until": until}
                for held, result, until in _REVIEWS[id_]
            ]
        if id_ in _WITHDRAWN:
            record["withdrawn"] = dict(zip(("date", "reason"), _WITHDRAWN[id_], strict=True))
        yield id_, record
