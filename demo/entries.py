"""Invented evidence for the bureau's own criteria, progress of its tasks, and the sign-offs."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from demo import attached
from demo.volunteering import YEARS

# Id of a criterion → kind, page and years of its evidence; no years: undated evidence.
_MORE: Mapping[str, tuple[tuple[str, str, list[int]], ...]] = {
    "planning": (("方案", "measures/index.md", [2024, 2025]),),
    "management": (("正式文件", "regulations/shili-archives.md", []),),
    "enterprises": (("正式文件", "regulations/shili-provision.md", []),),
    "carriers": (("总结", "examples/index.md", list(YEARS)),),
    "volunteering": (("总结", "examples/epidemic-volunteers.md", list(YEARS)),),
}


def criteria(items: dict[str, Any], docs: Path) -> dict[str, Any]:
    """The criteria `items`, each with an office, statements marked as examples and more evidence in `docs`."""
    return {
        id_: _item(id_, item, docs) | {"office": _OFFICES[number % len(_OFFICES)]}
        for number, (id_, item) in enumerate(items.items())
    }


def _item(id_: str, item: dict[str, Any], docs: Path) -> dict[str, Any]:
    pages = [{"kind": kind, "to": to, "years": years} for kind, to, years in _MORE.get(id_, ())]
    more = [
        one
        for one in (*pages, *attached.proofs(id_))
        if one["kind"] in item["wanted"] and (docs / one["to"]).is_file()
    ]
    own = [
        one | ({"years": list(YEARS)} if one["to"].endswith(".md") else {})
        for one in item["evidence"]
    ]
    statement = f"（示例文本）{item.get('statement') or ''}"
    return {
        **item,
        # The schema allows 500 characters.
        "statement": statement if len("".join(statement.split())) <= 500 else "（示例文本）",
        "evidence": own + more,
    }


_OFFICES = ("示例办公室", "示例综合科", "示例法规科", "示例普查中心")
# State and due day: of six, one is overdue and one has no day yet.
_PROGRESS = (
    ("已完成", date(2026, 3, 31)),
    ("进行中", date(2026, 12, 31)),
    ("未开始", date(2027, 6, 30)),
    ("进行中", date(2026, 2, 27)),
    ("已完成", date(2025, 12, 31)),
    ("未开始", None),
)


def progress(number: int, task: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `task` with office, due day and state by its `number` in the list."""
    state, due = _PROGRESS[number % len(_PROGRESS)]
    return {
        **task,
        "office": _OFFICES[number % len(_OFFICES)],
        "due": due,
        "state": state,
        "evidence": ["示例工作小结"] if state == "已完成" else [],
    }


_COMMIT = "0" * 40
"""The id that Git writes where there is no commit."""
_SIGNED = (
    (date(2026, 2, 9), "初审", "示例综合科"),
    (date(2026, 2, 10), "复审", "示例办公室主任"),
    (date(2026, 2, 11), "终审", "示例分管领导"),
)


def reviews() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of each sign-off, all for one state of the internal edition."""
    for day, stage, by in _SIGNED:
        yield (
            f"{day:%Y%m%d}-01",
            {
                "date": day,
                "stage": stage,
                "edition": "内部版",
                "commit": _COMMIT,
                "by": by,
                "evidence": [],
                "note": "示例",
            },
        )
