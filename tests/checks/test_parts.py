"""Figures that are parts (其中) of another, and counting rules with conditions of every kind."""

from pathlib import Path

import pytest

from archive.checks.parts import parts_belong_to_a_whole
from archive.facts.figures import count_records, select
from archive.render import macros
from archive.render.figures import counting
from archive.schema.register import Counted, Figure, Period
from tests.samples.collections import Publication
from tests.samples.records import RECORDS, changed, path
from tests.samples.sample import FIGURES, problems, read

F = "data/figures.yml"
VISITED = FIGURES[FIGURES.index("visited:") :]
PERIOD = "    start: 2023-01-01\n    end: 2025-12-31\n"
WHOLE = (
    VISITED.replace("    start:\n    end:\n", PERIOD)
    .replace("source:\n", "source: 走访记录\n")
    .replace("office:\n", "office: 办公室\n")
    .replace("disclosure:\n", "disclosure: 公开\n")
    .replace("approximation: 近百\n", "part_of:\n")
    .replace("value:\n", "value: 96\n")
    .replace("  prepared:\n    by:\n    date:\n", "  prepared:\n    by: 甲\n    date: 2026-01-05\n")
)
PART = WHOLE.replace("visited:", "old_people:").replace("走访居民", "走访老人")
PART = PART.replace("part_of:\n", "part_of: visited\n").replace("value: 96", "value: 12")
PAGE = {
    "docs/report/part-1.md": (
        "---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹 { #planning }\n\n"
        '走访居民{{ fig("visited") }}，其中老人{{ fig("old_people") }}。\n'
    )
}


def messages(root: Path, whole: str, part: str) -> list[str]:
    return problems(root, {F: whole + part, **PAGE})


def test_a_sound_part(tmp_path: Path) -> None:
    assert messages(tmp_path, WHOLE, PART) == []
    assert messages(tmp_path, WHOLE, PART.replace("value: 12", "value: 96")) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "part_of: visited",
            "part_of: visit",
            "所属的指标须是登记里的，没有 visit，是否为 visited？",
        ),
        (
            "part_of: visited",
            "part_of: old_people",
            "不得绕回自己，现属于 old_people；请删去其中一个 part_of",
        ),
        (
            "unit: 人\n",
            "unit: 人次\n",
            "计量单位须与 visited（走访居民）相同，为“人”，现为“人次”；请改为同一单位，不是其中数的写 part_of:",
        ),
        (
            "start: 2023-01-01",
            "start: 2022-12-31",
            "时期须与 visited（走访居民）相同，或者是其中的一段，各段不重叠，现与 visited 的不合；请照它的 period 填，不是其中数的写 part_of:",
        ),
        (
            "value: 12",
            "value: 97",
            "数值须不大于 visited（走访居民）的 96，现为 97；请改正其中一个数，不是其中数的写 part_of:",
        ),
    ],
)
def test_a_part_that_does_not_fit(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert PART.count(old) == 1
    line = WHOLE.count("\n") + 1 + PART[: PART.index("  part_of")].count("\n")
    assert messages(tmp_path, WHOLE, PART.replace(old, new)) == [
        f"{F}:{line}: old_people（走访老人）是其中数，{message}"
    ]


def test_parts_of_each_other(tmp_path: Path) -> None:
    whole = WHOLE.replace("part_of:\n", "part_of: old_people\n").replace("96", "12")
    assert [line.partition("其中数，")[2] for line in messages(tmp_path, whole, PART)] == [
        "不得绕回自己，现属于 old_people；请删去其中一个 part_of",
        "不得绕回自己，现属于 visited；请删去其中一个 part_of",
    ]


def test_a_ring_of_many_is_walked_over_once(tmp_path: Path) -> None:
    """Four are parts of each other in a ring, and one of one of them; each is asked for its whole once."""
    ring = {"a": "b", "b": "c", "c": "d", "d": "a", "e": "b"}
    entries = [WHOLE.replace("visited:", f"{id_}:").replace("part_of:", f"part_of: {whole}") for id_, whole in ring.items()]  # fmt: skip
    site = read(tmp_path, {F: WHOLE + "".join(entries)})
    asked = list[str]()

    class Counting(dict[str, Figure]):
        def __getitem__(self, id_: str) -> Figure:
            asked.append(id_)
            return super().__getitem__(id_)

    site.archive.figures = Counting(site.archive.figures)
    told = [one.message.partition("（")[0] for one in parts_belong_to_a_whole(site)]
    assert told == ["a", "b", "c", "d"]
    assert sorted(asked) == ["a", "b", "c", "d", "e", "visited"]


def test_the_register_tells_the_whole(tmp_path: Path) -> None:
    site = read(tmp_path, {F: WHOLE + PART, **PAGE})
    whole, part = (
        macros(site, f"indicators/{id_}.md")["indicator"](id_) for id_ in ("visited", "old_people")
    )
    assert "\n\n属于：[走访居民](../indicators/visited.md)，是其中数。\n\n" in part
    assert "属于：" not in whole


ALL = Period(kind="时期", start=None, end=None)


@pytest.mark.parametrize(
    ("where", "expected", "words"),
    [
        ({"kind": "专报"}, 2, "，限种类为“专报”的记录"),
        ({"kind": "专报", "endorsed": True}, 1, "，限种类为“专报”、是否获批示为“是”的记录"),
        ({"endorsed": "false", "kind": "专报"}, 1, "，限是否获批示为“否”、种类为“专报”的记录"),
        ({"endorsed": True}, 2, "，限是否获批示为“是”的记录"),
        ({"kind": "手册", "endorsed": False}, 0, "，限种类为“手册”、是否获批示为“否”的记录"),
    ],
)
def test_all_conditions_must_hold(
    tmp_path: Path, where: dict[str, object], expected: int, words: str
) -> None:
    texts = [
        RECORDS["publications"],
        changed("publications", "endorsed: true", "endorsed: false").replace("第3期", "第4期"),
        changed("publications", "kind: 专报", "kind: 信息"),
    ]
    site = read(tmp_path, {path("publications", str(i)): text for i, text in enumerate(texts)})
    rule = {"collection": "publications", "measure": "count", "where": where}
    counted = Counted.model_validate(rule)
    assert count_records(counted, select(counted, ALL, site.archive.of(Publication))) == expected
    assert counting(site, counted) == f"由“统计产品”台账自动计算：计记录条数{words}"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            "endorsed: 是",
            "10: activities（开展活动）条件 endorsed 的取值须是台账里有的，没有 是，可用：true、false；请改用其中一个",
        ),
        (
            "endorsed: true, kind: 专刊",
            "10: activities（开展活动）条件 kind 的取值须是台账里有的，没有 专刊，是否为 专报？",
        ),
        (
            "endorsed: yes",
            '10: activities.counted.where.endorsed（条件）须为文字，或者 true、false，现为 yes（YAML 会读作 true）；请改为：endorsed: "yes"',
        ),
        ("title: 题目", None),
    ],
)
def test_conditions_are_checked(tmp_path: Path, condition: str, message: str | None) -> None:
    text = FIGURES.replace(
        "collection: volunteering\n    measure: count",
        f"collection: publications\n    measure: count\n    where: {{{condition}}}",
    )
    assert problems(tmp_path, {F: text}) == ([f"{F}:{message}"] if message else [])


def test_the_same_conditions_in_another_order_count_the_same(tmp_path: Path) -> None:
    one = "kind: 专报, endorsed: true"
    other = "endorsed: true, kind: 专报"
    texts = [
        FIGURES[: FIGURES.index("visited:")].replace(
            "collection: volunteering\n    measure: count",
            f"collection: publications\n    measure: count\n    where: {{{where}}}",
        )
        for where in (one, other)
    ]
    second = texts[1].replace("activities:", "visited:").replace("开展活动", "走访居民")
    assert [line.partition(": ")[2] for line in problems(tmp_path, {F: texts[0] + second})] == [
        "visited（走访居民）须与别的指标计数不同，activities 计的是同样的内容、同样的时期；请改用 activities，或者改正条件、时期"
    ]
