"""More evidence for the demonstration's criteria; some cells of the matrix stay empty."""

from collections.abc import Mapping
from typing import Any

_CAPTION = {
    "time": "示例时间",
    "place": "示例地点",
    "people": "示例人物",
    "theme": "示例主题",
    "background": "示例背景",
    "cause": "示例事由",
}

YEARS = [2023, 2024, 2025]

# Id of a criterion → kind, page and years of its evidence; no years: undated evidence.
_MORE: Mapping[str, tuple[tuple[str, str, list[int]], ...]] = {
    "planning": (("方案", "measures/index.md", [2024, 2025]),),
    "carriers": (("总结", "examples/index.md", YEARS),),
    "statistical-service": (("图片", "glance.md", [2025]),),
    "volunteering": (
        ("图片", "examples/epidemic-volunteers.md", [2023]),
        ("总结", "examples/epidemic-volunteers.md", []),
    ),
}


def criteria(items: dict[str, Any]) -> dict[str, Any]:
    """The criteria `items`, with statements marked as examples and more evidence: id → fields."""
    return {id_: _item(id_, item) for id_, item in items.items()}


def _item(id_: str, item: dict[str, Any]) -> dict[str, Any]:
    more = [
        {"kind": kind, "to": to, "years": years} | ({"caption": _CAPTION} if kind == "图片" else {})
        for kind, to, years in _MORE.get(id_, ())
    ]
    own = [
        one | ({"years": YEARS} if one["to"].endswith(".md") else {}) for one in item["evidence"]
    ]
    return {
        **item,
        "statement": f"（示例文本）{item['statement']}",
        "evidence": own + more,
    }
