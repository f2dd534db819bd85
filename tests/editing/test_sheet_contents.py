"""What stands in a sheet that no export put there: read as it is meant, or told, with sheet, row and column."""

import io
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from PIL import Image as Picture

from archive.commands import sheet as command
from tests.samples.desk import (
    FIRST,
    LABEL,
    NOTHING,
    ROW,
    SECOND,
    THIRD,
    WRITTEN,
    Desk,
    put,
    repacked,
)
from tests.samples.sample import RECORD, write

LETTERS = {
    head: letter
    for letter, head in zip(
        "ABCDEFGHIJKLMNOP",
        ["编号", "日期", "活动名称", "类别", "地点", "参加人数", "人均时长", "总时长", "服务人次",
         "组织科室", "原始资料", "佐证材料", "记录人", "复核人", "别有一次", "备注"],
        strict=True,
    )
}  # fmt: skip
HOURS = "须为不小于 0、不超过 24 的数，小数不超过 2 位，现为"
COUNT = "须为不小于 0、不超过 1000000 的整数，现为"
DAY = "须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为"
FORMULA = "须填写结果，不能用公式，现为"
TOTAL = "须一行是一条记录，现为合计的一行"


def at(row: int, head: str) -> str:
    return f"{LABEL} 第 {row} 行 {LETTERS[head]} 列（{head}）"


def cells(values: dict[tuple[int, str], Any]) -> Callable[[Any], None]:
    return lambda book: put(book[LABEL], values)


def styled(row: int, head: str, value: Any, **looks: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell = book[LABEL][f"{LETTERS[head]}{row}"]
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)

    return change


def row(number: int, **values: Any) -> Callable[[Any], None]:
    return cells({(number, head): value for head, value in values.items()})


def picture(book: Any) -> None:
    for place in ("E3", "X9"):
        raw = io.BytesIO()
        Picture.new("RGB", (2, 2)).save(raw, "png")
        book[LABEL].add_image(Image(raw), place)


def hidden_columns(book: Any) -> None:
    for letter in "CE":
        book[LABEL].column_dimensions[letter].hidden = True


SPACES = {(5, head): "\u3000 \xa0" for head in LETTERS}
"""A row of spaces, in every column."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # The whole row is of spaces: it is empty, with or without a line break.
        (cells(SPACES), []),
        (row(6, 编号=" ", 活动名称="\n \n"), []),
        (row(3, 备注=" \u3000"), []),
        # A total is told to be one, once, whatever else is in its row.
        (row(5, 日期="合计", 参加人数="=SUM(F2:F4)"), [f"{at(5, '日期')}：{TOTAL}（合计）；请整行删去"]),
        (row(5, 编号="小 计", 参加人数=36), [f"{at(5, '编号')}：{TOTAL}（小 计）；请整行删去"]),
        (row(6, 活动名称="2024年总计：", 服务人次=90), [f"{at(6, '活动名称')}：{TOTAL}（2024年总计:）；请整行删去"]),
        (row(5, **ROW | {"活动名称": "小计算机进社区"}), [
            "新增 data/volunteering/2025/20250312-01.yml（小计算机进社区，第 5 行）",
            "因此改变的指标（1 个）",
        ]),
        # A remark below the table.
        (row(6, 编号="注：不含周末"), [f"注意：{at(6, '编号')}：这一行别处是空的，不读取：注:不含周末"]),
        # Times of the clock, as cells and as text.
        (row(3, 人均时长=time(2, 30)), [f"{at(3, '人均时长')}：{HOURS}时刻 2:30；时长以小时计，请填 2.5"]),
        (row(3, 人均时长=timedelta(hours=2, minutes=20)), [f"{at(3, '人均时长')}：{HOURS}时刻 2:20；时长以小时计，请填 2.33"]),
        (row(3, 人均时长="2:30"), [f'{at(3, "人均时长")}：{HOURS} "2:30"；时长以小时计，请填 2.5']),
        (row(3, 人均时长="２：３０"), [f'{at(3, "人均时长")}：{HOURS} "２：３０"；时长以小时计，请填 2.5']),
        (row(3, 人均时长="1小时45分钟"), [f'{at(3, "人均时长")}：{HOURS} "1小时45分钟"；时长以小时计，请填 1.75']),
        (row(3, 人均时长="90分钟"), [f'{at(3, "人均时长")}：{HOURS} "90分钟"；时长以小时计，请填 1.5']),
        (row(3, 参加人数=time(2, 30)), [f"{at(3, '参加人数')}：{COUNT}时刻 2:30；请重新填写"]),
        # Numbers.
        (row(3, 参加人数="12人"), [f'{at(3, "参加人数")}：{COUNT} "12人"；请只填 12']),
        (row(3, 人均时长="2.5小时"), [f'{at(3, "人均时长")}：{HOURS} "2.5小时"；请只填 2.5']),
        (row(3, 参加人数="12"), []),
        (row(3, 参加人数="１２ "), []),
        (styled(3, "人均时长", 0.5, number_format="0%"), [f"{at(3, '人均时长')}：{HOURS} 50%；请把单元格设为“常规”后重新填写"]),
        (styled(3, "参加人数", 12, number_format='0"%"'), []),
        (row(3, 人均时长="50%"), [f'{at(3, "人均时长")}：{HOURS} "50%"；请重新填写']),
        # Formulas are not read, whether or not their result is stored.
        (row(3, 参加人数="=12"), [f"{at(3, '参加人数')}：{FORMULA} =12；请复制后只粘贴数值"]),
        (row(3, 地点='=DISPIMG("ID_1",1)'), [f"{at(3, '地点')}：须为文字，现为放进格子的图片；图片不读取，请删去"]),
        # Dates as text.
        (row(3, 日期="2024年4月6日"), []),
        (row(3, 日期="2024/4/6 "), []),
        (row(3, 日期="2024-04-06 00:00:00"), []),
        (row(3, 日期="4月6日"), [f'{at(3, "日期")}：{DAY} "4月6日"；请写全年、月、日，只写一天']),
        (row(3, 日期="2024-04-06 09:30"), [f'{at(3, "日期")}：{DAY} "2024-04-06 09:30"；请改为：2024-04-06']),
        (row(3, 日期=datetime(2024, 4, 6, 9, 30)), [f"{at(3, '日期')}：{DAY}日期 2024-04-06 09:30；请只填日期，不带时刻"]),
        # What a sheet can hold beside values.
        (picture, [f"注意：{LABEL}：图片、图形不读取，要用的请另存为文件：第 3 行 E 列（地点）、第 9 行 X 列"]),
        (styled(3, "地点", "社区", comment=Comment("待核", "甲")), [f"注意：{LABEL}：批注不读取，要记的请写进格子里：第 3 行 E 列（地点）"]),
        (styled(3, "地点", "社区", hyperlink="https://a.example/"), [f"注意：{LABEL}：超链接不读取，只读格子里的文字：第 3 行 E 列（地点）"]),
        (styled(3, "地点", "社区", font=Font(strike=True)), [f"注意：{LABEL}：删除线不读取，不要的请删去文字：第 3 行 E 列（地点）"]),
        (lambda book: book[LABEL].cell(3, 18, "待核"), [f"注意：{LABEL}：第一行没有标题的列不读取：第 3 行 R 列"]),
        (hidden_columns, [f"注意：{LABEL}：隐藏的列照样读取：C 列（活动名称）、E 列（地点）"]),
    ],
)  # fmt: skip
def test_what_stands_in_a_sheet(
    filled: Desk, change: Callable[[Any], None], expected: list[str]
) -> None:
    filled.fill(change)
    exit_, lines, _ = filled.unwritten()
    assert [line for line in lines if not line.startswith("  ")] == expected
    faults = [line for line in expected if line.startswith(LABEL)]
    assert exit_ == bool(faults)


def test_a_shape_that_the_library_leaves_out_is_told(filled: Desk) -> None:
    filled.fill(picture)
    raw = filled.sheet.read_bytes()
    shape = (
        b'<xdr:sp xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    )

    def drawn(name: str, part: bytes) -> bytes:
        if not name.startswith("xl/drawings/drawing"):
            return part
        start, _, rest = part.partition(b"<xdr:pic>") if b"<xdr:pic>" in part else part.partition(b"<pic>")  # fmt: skip
        end = b"</xdr:pic>" if b"</xdr:pic>" in rest else b"</pic>"
        return start + shape + rest.partition(end)[2]

    filled.sheet.write_bytes(repacked(raw, drawn))
    note = (
        f"注意：{LABEL}：图片、图形不读取，要用的请另存为文件：第 3 行 E 列（地点）、第 9 行 X 列"
    )
    assert filled.unwritten() == (0, [note], NOTHING)


def test_of_many_places_ten_are_named(filled: Desk) -> None:
    def remark(book: Any) -> None:
        for number in range(2, 14):
            book[LABEL].cell(number, 18, "待核")

    filled.fill(remark)
    named = "、".join(f"第 {number} 行 R 列" for number in range(2, 12))
    note = f"注意：{LABEL}：第一行没有标题的列不读取：{named}等 12 处"
    assert filled.unwritten() == (0, [note], NOTHING)


MANY = 9
UNDO = "没有写入；排错、移错的，请在表里撤销，或者重新导出再填；确要这样改的，加 --write --rearranged 写入。\n"


@pytest.fixture
def many(desk: Desk) -> Desk:
    """Nine records, with places in no order, few numbers of people."""
    records: dict[str, str | None] = {
        f"data/volunteering/2024/r{number}.yml": RECORD.replace("2024-03-05", f"2024-05-0{number}")
        .replace("学雷锋进社区", f"活动{number}")
        .replace("place: 社区", f"place: 第{number * 4 % MANY}社区")
        .replace("participants: 12", f"participants: {10 + number // 3}")
        for number in range(1, MANY + 1)
    }
    write(desk.root, records)
    for name in (FIRST, SECOND, THIRD):
        (desk.root / name).unlink()
    desk.export()
    return desk


def column(book: Any, head: str, change: Callable[[list[Any]], list[Any]], first: int = 2) -> None:
    """Change the values of a column from a row on, as a whole."""
    sheet = book[LABEL]
    block = [sheet[f"{LETTERS[head]}{number}"] for number in range(first, MANY + 2)]
    values = change([cell.value for cell in block])
    for cell, value in zip(block, values, strict=True):
        cell.value = value


def each(heads: Iterable[str], change: Callable[[list[Any]], list[Any]]) -> Callable[[Any], None]:
    def columns(book: Any) -> None:
        for head in heads:
            column(book, head, change)

    return columns


def back(values: list[Any]) -> list[Any]:
    return values[::-1]


def asked(where: str, count: int) -> str:
    return (
        f"{LABEL} {where}：须整行排序、整行移动，现有 {count} 条记录换成了别的记录原来的值，"
        "像是只排了这几列，或者只把格子上移、下移"
    )


def up(values: list[Any]) -> list[Any]:
    return [*values[1:], None]


def down(values: list[Any]) -> list[Any]:
    return ["新的", *values[:-1]]


@pytest.mark.parametrize(
    ("change", "questions"),
    [
        (lambda book: column(book, "地点", sorted), [asked("第 2～10 行 E 列（地点）", 9)]),
        (lambda book: column(book, "地点", up, 4), [asked("第 4～10 行 E 列（地点）", 7)]),
        (lambda book: column(book, "地点", down), [asked("第 2～10 行 E 列（地点）", 9)]),
        (each([*LETTERS][1:], back), [
            asked("第 2～10 行 B 列（日期）、C 列（活动名称）、E 列（地点）、F 列（参加人数）", 8),
        ]),
        # Rows sorted whole, two values swapped, one value for all, a name that changes: what people do.
        (each(LETTERS, back), []),
        (lambda book: column(book, "地点", lambda values: [values[1], values[0], *values[2:]]), []),
        (lambda book: column(book, "地点", lambda values: ["社区"] * MANY), []),
        (lambda book: column(book, "参加人数", lambda values: [value + 1 for value in values]), []),
        (lambda book: column(book, "备注", lambda values: ["无误"] * MANY), []),
    ],
)  # fmt: skip
def test_values_that_moved_to_other_records_are_asked_about(
    many: Desk, change: Callable[[Any], None], questions: list[str]
) -> None:
    many.fill(change)
    _, lines, summary = many.unwritten()
    assert [line for line in lines if line.startswith(LABEL) and "整行排序" in line] == questions
    assert summary.endswith((UNDO, "有问题，一条也没有写入；改好后再导入。\n")) == bool(questions)


def test_moved_values_are_written_only_when_that_is_confirmed(
    many: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many.fill(lambda book: column(book, "地点", sorted))
    question = asked("第 2～10 行 E 列（地点）", 9)
    exit_, lines, summary = many.unwritten("--write")
    assert (exit_, lines[-1], summary) == (1, question, f"修改 9 条。{UNDO}")
    monkeypatch.setattr(command, "_confirmed", lambda: False)
    assert many.unwritten("--write")[0] == 1
    exit_, lines, summary = many.import_lines("--write", "--rearranged")
    assert (exit_, lines[-1], summary) == (0, question, f"修改 9 条。{WRITTEN}")
    assert many.unwritten("--write") == (0, [], NOTHING)


def test_at_a_terminal_the_answer_decides(many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    many.fill(lambda book: column(book, "地点", sorted))
    monkeypatch.setattr(command, "_confirmed", lambda: True)
    exit_, _, summary = many.import_lines("--write")
    assert (exit_, summary) == (0, f"修改 9 条。{WRITTEN}")
