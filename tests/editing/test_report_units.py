"""A figure that next year's report tells in another unit of its measure: listed, asked, and kept in the indicator's."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.schema.conversion import converted, is_convertible
from tests.samples.brought import (
    bring_year,
    contents,
    copy_to_work_in,
    empty_archive,
    lines,
    read_year_later,
)
from tests.samples.review import fill, rows

OLD = """\
示例市某局2025年工作总结

一、工作

全年完成税收收入9500万元，帮扶资金320万元。实施绿化工程，清运垃圾8200公斤。

培训干部9000人次。

学习时长1200小时。
"""
NEW = """\
示例市某局2026年工作总结

一、工作

全年完成税收收入1.15亿元，帮扶资金350万元。实施绿化工程，清运各类垃圾9.1吨。

培训干部9万件。

学习时长1300小时。
"""
KEPT = {"税收收入@2026": Decimal(11500), "清运垃圾量@2026": Decimal(9100)}
SHEET = ("--sheet", "核对.xlsx")
TAXES, RUBBISH = "单位由万元改为亿元", "单位由公斤改为吨"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("begun")
    empty_archive(root)
    for number, text in (("2025", OLD), ("2026", NEW), ("2027", NEW.replace("2026", "2027"))):
        (root / f"{number}.txt").write_text(text, "utf-8")
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = copy_to_work_in(begun, tmp_path, monkeypatch)
    assert bring_year(2025, "--write").exit_code == 0
    return root


def values(root: Path) -> dict[str, Decimal | None]:
    found = read_year_later(root).values.items()
    return {key: one.exact for key, one in found if key.endswith("@2026")}


def test_another_unit_of_the_measure_is_asked_and_nothing_is_entered_before(root: Path) -> None:
    done = bring_year(2026, "--after", "2025", "--write")
    asked = [line for line in lines(done) if line.startswith("请定：")]
    page = "docs/report/2026/1.md:7"
    assert asked[:2] == [
        f"请定：{page} “全年完成税收收入1.15亿元，帮扶资金350万元。”里的“1.15亿元”像是指标 税收收入，{TAXES}（docs/report/2025/1.md:7）：是同一个的加 --same 税收收入，登记的数仍用万元，不是的加 --other 税收收入",
        f"请定：{page} “实施绿化工程，清运各类垃圾9.1吨。”里的“9.1吨”像是指标 清运垃圾量，{RUBBISH}（docs/report/2025/1.md:7）：是同一个的加 --same 清运垃圾量，登记的数仍用公斤，不是的加 --other 清运垃圾量",
    ]
    assert asked[2].startswith("请定：docs/report/2026/1.md:9 “培训干部9万件。")
    assert "的单位须与指标 培训干部人次 的一样，原为人次" in asked[2]
    assert asked[3] == "请定：改写的逐个看过、都是同一个的，加上 --same 税收收入,清运垃圾量"
    assert {*values(root)} == {"帮扶资金@2026", "学习时长@2026"}
    assert "税收收入1.15亿元" in (root / "docs/report/2026/1.md").read_text("utf-8")


def test_confirmed_it_is_kept_in_the_unit_of_the_indicator_and_shown_as_written(root: Path) -> None:
    said = ("--after", "2025", "--same", "税收收入,清运垃圾量", "--write")
    told = lines(bring_year(2026, *said))
    assert (
        told[0]
        == "新数：docs/report/2026/1.md:7 指标 税收收入@2026，9500万元 → 1.15亿元（登记用万元）"
    )
    assert (
        told[2]
        == "新数：docs/report/2026/1.md:7 指标 清运垃圾量@2026，8200公斤 → 9.1吨（登记用公斤）"
    )
    assert KEPT.items() <= values(root).items()
    page = (root / "docs/report/2026/1.md").read_text("utf-8")
    assert '税收收入{{ fig("税收收入", written="1.15亿元") }}，' in page
    assert '垃圾{{ fig("清运垃圾量", written="9.1吨") }}。' in page
    assert ["9万件" in one.message for one in check(read_year_later(root))] == [True]
    written = contents(root)
    bring_year(2026, "--after", "2025", "--write", "--replace")
    assert contents(root) == written
    # The year after that has the same unit in the same sentence.
    done = bring_year(2027, "--after", "2026")
    assert "未变：docs/report/2027/1.md:7 指标 税收收入@2027，仍为 1.15亿元" in lines(done)


def test_said_to_be_another_it_is_one(root: Path) -> None:
    bring_year(2026, "--after", "2025", "--other", "税收收入,清运垃圾量", "--write")
    site = read_year_later(root)
    units = {id_: one.unit for id_, one in site.archive.indicators.items()}
    assert (units["税收收入"], units["清运各类垃圾量"]) == ("万元", "吨")
    assert [unit for id_, unit in units.items() if id_.startswith("税收收入")] == ["万元", "亿元"]


def test_in_the_sheet(root: Path) -> None:
    assert bring_year(2026, *SHEET, "--after", "2025").exit_code == 0
    sheet = root / SHEET[1]
    found = {row[14].partition("【")[2].partition("】")[0]: (at, row) for at, row in enumerate(rows(sheet, "指标"), 1)}  # fmt: skip
    at, row = found["1.15亿元"]
    assert (row[1], row[4:7], row[15]) == (None, ("税收收入", "税收收入", "万元"), f"是不是 税收收入，{TAXES}")  # fmt: skip
    other, _ = found["9.1吨"]
    fill(sheet, {
        ("指标", at, "确认"): "对",
        ("指标", other, "确认"): "并入", ("指标", other, "编号"): "清运垃圾量",
    })  # fmt: skip
    bring_year(2026, *SHEET, "--after", "2025", "--write")
    assert KEPT.items() <= values(root).items()


UNITS = (
    "元",
    "万元",
    "亿元",
    "公斤",
    "吨",
    "米",
    "公里",
    "小时",
    "分钟",
    "人次",
    "万人次",
    "件",
    "%",
)


def test_which_units_are_of_one_measure() -> None:
    pairs = {(one, two) for one in UNITS for two in UNITS if is_convertible(one, two)}
    assert {pair for pair in pairs if pair[0] < pair[1]} == {
        tuple(sorted(pair))
        for pair in (
            ("元", "万元"), ("元", "亿元"), ("万元", "亿元"), ("公斤", "吨"), ("米", "公里"), ("小时", "分钟"), ("人次", "万人次"),
        )
    }  # fmt: skip
    assert converted(Decimal("1.15"), "亿元", "万元") == 11500
    assert converted(Decimal(100), "分钟", "小时") is None  # not exactly
    assert converted(Decimal(1), "", "") is None


@given(st.decimals(0, 10**9, places=2), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_there_and_back(value: Decimal, unit: str, other: str) -> None:
    there = converted(value, unit, other)
    assert there is None or converted(there, other, unit) == value
