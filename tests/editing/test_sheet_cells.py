"""Cells as values: what is taken as it was meant, what is refused, and what is said then."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.editing.sheet.cells import InvalidCell, SheetCell, cell_value
from archive.editing.sheet.fields import SheetField, canonical, sheet_fields
from tests.samples.collections import COLLECTIONS

SHAPES = {
    (name, one.name): one for name, kind in COLLECTIONS.items() for one in sheet_fields(kind.model)
}
TEXT = SHAPES["volunteering", "title"]
CHOICE = SHAPES["volunteering", "kind"]
WHOLE = SHAPES["volunteering", "participants"]
HOURS = SHAPES["volunteering", "hours_each"]
AMOUNT = SHAPES["assistance", "amount"]
DAY = SHAPES["volunteering", "date"]
LINES = SHAPES["volunteering", "evidence"]
FLAG = SHAPES["publications", "endorsed"]
LEVEL = SHAPES["honours", "level"]

EXCEL = "；Excel 可能改动了原来的内容，请把单元格设为“文本”后重新填写"
KINDS = " 植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他 之一"
DATES = "确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年）"
COUNT = "不小于 0、不超过 1000000 的整数"


def cell(value: Any) -> SheetCell:
    """A cell as the library reads it from a file."""
    if isinstance(value, str):
        return SheetCell("s", value)
    if isinstance(value, bool):
        return SheetCell("b", value)
    return SheetCell("d" if isinstance(value, date | timedelta) else "n", value)


@pytest.mark.parametrize(
    ("field", "found", "value"),
    [
        (TEXT, None, None),
        (TEXT, "  \u3000\xa0", None),
        (TEXT, " 学雷锋\u3000", "学雷锋"),
        (TEXT, "甲\xa0乙", "甲 乙"),
        (TEXT, "甲\r\n乙", "甲\n乙"),
        (TEXT, "甲_x000D_\n乙", "甲\n乙"),
        (TEXT, "007", "007"),
        (TEXT, "12345678901234567890", "12345678901234567890"),
        (TEXT, "=1+1", "=1+1"),
        (TEXT, "ＡＢ１", "ＡＢ１"),
        (CHOICE, " 学雷锋 ", "学雷锋"),
        (LEVEL, "国家级\xa0", "国家级"),
        (WHOLE, 12, 12),
        (WHOLE, 12.0, 12),
        (WHOLE, 11.999999999999998, 12),
        (WHOLE, "１２", 12),
        (WHOLE, "1,234", 1234),
        (WHOLE, "1，234", 1234),
        (WHOLE, "12.0", 12),
        (HOURS, 2.5, Decimal("2.5")),
        (HOURS, 0.1 + 0.2, Decimal("0.3")),
        (HOURS, 9.95, Decimal("9.95")),
        (HOURS, "２．５", Decimal("2.5")),
        (HOURS, 3, Decimal(3)),
        (AMOUNT, "123456789012.1234", Decimal("123456789012.1234")),
        (AMOUNT, -1, Decimal(-1)),  # how large, the schema says
        (DAY, datetime(2024, 3, 5), date(2024, 3, 5)),
        (DAY, "2024-03-05", date(2024, 3, 5)),
        (DAY, "2024/3/5", date(2024, 3, 5)),
        (DAY, "2024.3.5", date(2024, 3, 5)),
        (DAY, "20240305", date(2024, 3, 5)),
        (DAY, 20240305, date(2024, 3, 5)),
        (DAY, "２０２４年３月５日", date(2024, 3, 5)),
        (DAY, "2024 年 3 月 5 日", date(2024, 3, 5)),
        (LINES, None, []),
        (LINES, "甲", ["甲"]),
        (LINES, "甲\r\n\n 乙 \n", ["甲", "乙"]),
        (FLAG, "是", True),
        (FLAG, "否", False),
        (FLAG, True, True),
        (FLAG, "ＴＲＵＥ", True),
    ],
)  # fmt: skip
def test_what_is_taken(field: SheetField, found: Any, value: Any) -> None:
    taken = cell_value(field, cell(found))
    assert (taken, type(taken)) == (value, type(value))


@pytest.mark.parametrize(
    ("field", "found", "message"),
    [
        (TEXT, cell(7), f"须为文字，现为数 7{EXCEL}"),
        (TEXT, cell(1.5), f"须为文字，现为数 1.5{EXCEL}"),
        (TEXT, cell(True), f"须为文字，现为逻辑值 TRUE{EXCEL}"),
        (TEXT, cell(datetime(2024, 1, 2)), f"须为文字，现为日期 2024-01-02{EXCEL}"),
        (TEXT, cell("甲\x07"), "不得含看不见的控制字符，现有 U+0007；请删去重打"),
        (TEXT, SheetCell("f", "=A1&B1"), "须填写结果，不能用公式，现为 =A1&B1；请复制后只粘贴数值"),
        (TEXT, SheetCell("e", "#N/A"), "须为文字，现为错误值 #N/A；请重新填写"),
        (LINES, cell(7), f"须为文字，一行一项，现为数 7{EXCEL}"),
        (LINES, cell("甲\n乙\x1b"), "不得含看不见的控制字符，现有 U+001B；请删去重打"),
        (CHOICE, cell("植树"), f'须为{KINDS}，现为 "植树"；请改为：植树造林'),
        (CHOICE, cell(1), f"须为{KINDS}，现为数 1{EXCEL}"),
        (WHOLE, cell("两小时"), f'须为{COUNT}，现为 "两小时"；请重新填写'),
        (WHOLE, cell("12人"), f'须为{COUNT}，现为 "12人"；请只填 12'),
        (WHOLE, cell("007"), f'须为{COUNT}，现为 "007"；请改为：7'),
        (WHOLE, cell("1,23"), f'须为{COUNT}，现为 "1,23"；请重新填写'),
        (WHOLE, cell("1e5"), f'须为{COUNT}，现为 "1e5"；请重新填写'),
        (WHOLE, cell(2.5), f"须为{COUNT}，现为 2.5；请重新填写"),
        (WHOLE, cell(float("inf")), f"须为{COUNT}，现为 inf；请重新填写"),
        (WHOLE, cell(10**40), f"须为{COUNT}，现为 {'1' + '0' * 38}…；请重新填写"),
        (WHOLE, cell(True), f"须为{COUNT}，现为逻辑值 TRUE；请重新填写"),
        (HOURS, cell(datetime(2024, 1, 2)), "须为不小于 0、不超过 24 的数，小数不超过 2 位，现为日期 2024-01-02；请重新填写"),
        (HOURS, cell(timedelta(hours=2)), "须为不小于 0、不超过 24 的数，小数不超过 2 位，现为时刻 2:00；时长以小时计，请填 2"),
        (DAY, cell("2024-02-30"), f'须为{DATES}，现为 "2024-02-30"，没有这一天；请重新填写'),
        (DAY, cell("三月五日"), f'须为{DATES}，现为 "三月五日"；请重新填写'),
        (DAY, cell("20240230"), f'须为{DATES}，现为 "20240230"，没有这一天；请重新填写'),
        (DAY, cell(20241301), f'须为{DATES}，现为 "20241301"，没有这一天；请重新填写'),
        (DAY, cell("202435"), f'须为{DATES}，现为 "202435"；请重新填写'),
        (DAY, cell("2024055日"), f'须为{DATES}，现为 "2024055日"；请重新填写'),
        (DAY, SheetCell("e", "#VALUE!"), f"须为{DATES}，现为错误值 #VALUE!；请重新填写，填作 20240305 的改为 2024-03-05"),
        (DAY, cell("2024-3/5"), f'须为{DATES}，现为 "2024-3/5"；请改为：2024-03-05'),
        (DAY, cell(45356), f"须为{DATES}，现为数 45356；请改为：2024-03-05"),
        (DAY, cell(12), f"须为{DATES}，现为数 12；请把单元格设为“日期”后重新填写"),
        (DAY, cell(datetime(2024, 3, 5, 9, 30)), f"须为{DATES}，现为日期 2024-03-05 09:30；请只填日期，不带时刻"),
        (FLAG, cell("有"), '须为是或否，现为 "有"；请改为：是'),
        (FLAG, cell(1), "须为是或否，现为数 1；请改为：是"),
    ],
)  # fmt: skip
def test_what_is_refused(field: SheetField, found: SheetCell, message: str) -> None:
    assert cell_value(field, found) == InvalidCell(message)


@given(
    field=st.sampled_from(list(SHAPES.values())),
    kind=st.sampled_from("snbdef"),
    value=st.none() | st.text() | st.booleans() | st.integers() | st.floats() | st.datetimes() | st.timedeltas() | st.times(),
)  # fmt: skip
def test_any_cell_is_a_value_or_a_message(field: SheetField, kind: str, value: Any) -> None:
    if not field.own_sheet:
        taken = cell_value(field, SheetCell(kind, value))
        if isinstance(taken, InvalidCell):
            assert taken.message
            assert "\n" not in taken.message
        else:
            assert canonical(taken) == canonical(canonical(taken))


@pytest.mark.parametrize(
    ("value", "same"),
    [
        (Decimal("2.50"), "2.5"),
        (Decimal("10"), "10"),
        (Decimal("0.00"), "0"),
        (Decimal("1E+2"), "100"),
        (date(2024, 3, 5), "2024-03-05"),
        (" 甲\r\n", "甲"),
        ("", None),
        (("甲 ", "乙"), ["甲", "乙"]),
        (None, None),
        (True, True),
    ],
)
def test_one_canonical_value_for_all_ways_to_write_it(value: Any, same: Any) -> None:
    assert canonical(value) == same
