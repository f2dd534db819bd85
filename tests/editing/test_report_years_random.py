"""Reports of two years at random, the second reviewed in a sheet beside the first: what is decided stays decided."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.editing.report.columns import Terms
from archive.editing.report.following import Earlier
from archive.editing.report.planning import Plan, plan
from archive.editing.report.reading import read_report
from archive.editing.report.reviewing import by_sheet, new_sheet
from archive.editing.writing import write_all
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.schema.types import Span
from tests.samples.brought import contents, empty_archive
from tests.samples.review import Cells, fill, rows

AS_OF = date(2027, 1, 20)
SHEET = "核对.xlsx"
SENTENCES = (
    "开展活动{}次。", "参加人员{}名，满意率达{}%。", "完成税收{}000万元。", "清运垃圾{}000公斤。", "走访群众{}户。",
    "甲区走访群众{}户。", "发放手册{}份，惠及{}人次。", "张**同志获评先进。", "我局荣获“平安单位”称号。", "居全省第{}位。",
    "办理***件。", "印发方案{}份。",
)  # fmt: skip
CHANGES: dict[str, Callable[[str], str]] = {
    "same": lambda text: text,
    "reworded": lambda text: f"全年{text}".replace("群众", "困难群众").replace("手册", "宣传手册"),
    "another unit": lambda text: text.replace("000万元", "亿元").replace("000公斤", "吨"),
    "gone": lambda text: "",
}
NUMBERS = st.integers(2, 9)
OLD = st.lists(
    st.tuples(st.sampled_from(SENTENCES), NUMBERS, NUMBERS), min_size=1, max_size=8, unique_by=lambda one: one[0]
)  # fmt: skip
NEW = st.lists(st.tuples(st.sampled_from([*CHANGES]), NUMBERS, NUMBERS), min_size=8, max_size=8)
WORDS = st.lists(st.sampled_from(("对", "不是", "以后再定", None)), min_size=30, max_size=30)


def terms(year: int, *, replace: bool = False) -> Terms:
    span = Span(start=date(year, 1, 1), end=date(year, 12, 31))
    earlier = Earlier(f"{year - 1}") if year > 2025 else None
    return Terms(
        f"{year}", "年度总结", span, AS_OF, source="年报", office="办公室", by="填报岗", replace=replace, earlier=earlier
    )  # fmt: skip


def read(root: Path) -> Site:
    return load(Project(root, root / "data", AS_OF))


def write(root: Path, made: Plan) -> None:
    there = {path: (root / path).read_bytes() for path in made.drafts if (root / path).is_file()}
    write_all(root, root / "data", made.drafts, there)


def text(year: int, sentences: list[str]) -> str:
    return (
        f"示例市某局{year}年工作总结\n\n一、工作\n\n"
        + "\n\n".join(filter(None, sentences))
        + "\n\n完。\n"
    )


def fill_in(root: Path, words: list[str | None]) -> dict[tuple[str, int], str]:
    """Fill in the sheet at random; returns what is decided of which row."""
    said = iter(words)
    cells: dict[tuple[str, int, str], Any] = {}
    due: dict[tuple[str, int], str] = {}
    for label in ("指标", "名称", "荣誉"):
        heads, *there = rows(root / SHEET, label)
        at = {head: number for number, head in enumerate(heads)}
        for row, one in enumerate(there, 2):
            word = next(said)
            word = f"不是{label}" if word == "不是" else word
            kind = one[at["种类"]] if "种类" in at else ""
            if word == "对" and kind in ("比例", "范围"):
                word = "以后再定"
            cells[label, row, "确认"] = word
            if word == "对" and label == "指标" and not one[at["编号"]]:
                cells[label, row, "名称"] = f"名称{row}"
            if word == "对" and label == "荣誉" and not one[at["获奖主体"]]:
                cells[label, row, "获奖主体"] = "集体"
            if word and word != "以后再定":
                due[label, row] = word
    made: Cells = cells
    fill(root / SHEET, made)
    return due


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("begun")
    empty_archive(root)
    return root


@settings(max_examples=settings().max_examples // 4)
@given(old=OLD, new=NEW, words=WORDS, moved=st.booleans())
def test_what_is_decided_beside_the_year_before_stays_decided(
    begun: Path,
    tmp_path_factory: pytest.TempPathFactory,
    old: Any,
    new: Any,
    words: Any,
    moved: bool,
) -> None:
    root = tmp_path_factory.mktemp("years") / "档案"
    shutil.copytree(begun, root)
    first = [sentence.format(a, b) for sentence, a, b in old]
    second = [
        CHANGES[change](sentence.format(a, b))
        for (sentence, _, _), (change, a, b) in zip(old, new, strict=False)
    ]
    second = second[::-1] if moved else second
    (root / "2025.txt").write_text(text(2025, first), "utf-8")
    (root / "2026.txt").write_text(text(2026, second), "utf-8")
    write(root, plan(read(root), read_report(root / "2025.txt"), terms(2025)))
    values = {key: one.exact for key, one in read(root).values.items() if "@2026" not in key}
    brought = read_report(root / "2026.txt")
    raw, _ = new_sheet(read(root), brought, terms(2026), "2026.txt")
    (root / SHEET).write_bytes(raw)
    due = fill_in(root, words)
    made = by_sheet(read(root), brought, terms(2026), root / SHEET)
    assert made.clashes == []
    assert all(" 第 " in line for line in made.faults)
    if made.faults:
        return
    write(root, made)
    site = read(root)
    assert {key: site.values[key].exact for key in values if key in site.values} == values
    again, _ = new_sheet(site, brought, terms(2026, replace=True), "2026.txt")
    (root / "再.xlsx").write_bytes(again)
    for (label, row), word in due.items():
        assert rows(root / "再.xlsx", label)[row - 1][1] == word, (label, row)
    for _ in range(2):
        before = contents(root)
        made = by_sheet(read(root), brought, terms(2026, replace=True), root / SHEET)
        assert (made.faults, made.clashes) == ([], [])
        write(root, made)
        assert contents(root) == before
