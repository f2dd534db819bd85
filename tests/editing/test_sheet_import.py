"""What a sheet changes, beside what others have changed since; and what it leaves alone."""

from datetime import datetime
from typing import Any

import pytest

from tests.samples.desk import (
    FILES,
    LABEL,
    LAST,
    NOTHING,
    OTHER,
    SECOND,
    THIRD,
    TO_WRITE,
    WRITTEN,
    Desk,
    put,
)
from tests.samples.records import RECORDS, path
from tests.samples.sample import UNIT, write


def test_an_untouched_sheet_changes_no_byte(filled: Desk) -> None:
    assert filled.unwritten("--write") == (0, [], NOTHING)


def test_a_cell_changes_one_line_of_one_file(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15, (3, "备注"): "补记\n第二行"})
    lines = [f"修改 {SECOND}（植树，第 3 行）", "  参加人数：12 → 15", "  备注：空 → 补记↵第二行"]
    assert filled.unwritten() == (0, lines, f"修改 1 条。{TO_WRITE}")
    before = filled.files()
    assert filled.import_lines("--write") == (0, lines, f"修改 1 条。{WRITTEN}")
    new = OTHER.replace("participants: 12", "participants: 15") + "note: |-\n  补记\n  第二行\n"
    assert filled.files() == {**before, SECOND: new.encode()}
    assert filled.unwritten("--write") == (0, [], NOTHING)


def test_comments_order_quotes_and_line_breaks_stay(desk: Desk) -> None:
    text = "# 抬头\r\n" + OTHER.replace("title: 植树", '# 名\ntitle:   "植树"').replace(
        "\n", "\r\n"
    )
    (desk.root / SECOND).write_bytes(text.encode())
    desk.export()
    desk.cells({(3, "活动名称"): "种树", (3, "佐证材料"): "照片\n签到表"})
    assert desk.import_lines("--write")[0] == 0
    new = (
        text.replace('"植树"', '"种树"')
        .replace("[]", "\r\n  - 照片\r\n  - 签到表")
        .replace("evidence: ", "evidence:")
    )
    assert desk.text(SECOND) == new


def test_others_change_another_field_meanwhile(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15})
    filled.edit(SECOND, "services: 30", "# 核对\nservices: 31")
    lines = [f"修改 {SECOND}（植树，第 3 行）", "  参加人数：12 → 15"]
    assert filled.import_lines("--write") == (0, lines, f"修改 1 条。{WRITTEN}")
    assert filled.text(SECOND) == OTHER.replace("services: 30", "# 核对\nservices: 31").replace(
        "participants: 12", "participants: 15"
    )


def test_others_make_the_same_change(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15})
    filled.edit(SECOND, "participants: 12", "participants: 15")
    assert filled.unwritten("--write") == (0, [], NOTHING)


def test_both_change_the_same_field(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15, (3, "服务人次"): 33, (4, "地点"): "路口"})
    filled.edit(SECOND, "participants: 12", "participants: 16")
    lines = [
        f"修改 {THIRD}（劝导，第 4 行）",
        "  地点：社区 → 路口",
        f"冲突 {SECOND}（植树，{LABEL} 第 3 行），这条记录不写入：",
        "  参加人数：导出时 12，他人已改为 16，表中改为 15",
    ]
    advice = "冲突的记录没有写入：要用他人的值，把表中这一格改成与它相同；要用表中的值，请重新导出后再改。\n"
    assert filled.import_lines("--write") == (
        1, lines, f"修改 1 条，冲突 1 条。{WRITTEN[:-1]}{advice}",
    )  # fmt: skip
    # Nothing of the record in conflict, not even the field that nobody else changed.
    assert filled.text(SECOND) == OTHER.replace("participants: 12", "participants: 16")
    assert filled.text(THIRD) == LAST.replace("place: 社区", "place: 路口")
    filled.cells({(3, "参加人数"): 16})
    assert filled.import_lines("--write") == (
        0, [f"修改 {SECOND}（植树，第 3 行）", "  服务人次：30 → 33"], f"修改 1 条。{WRITTEN}",
    )  # fmt: skip


def test_missing_rows_are_told_and_stay(filled: Desk) -> None:
    filled.fill(lambda book: book[LABEL].delete_rows(2))
    put_out = {(2, head): None for head in ("日期", "活动名称", "类别", "地点", "参加人数", "人均时长", "服务人次", "组织科室", "原始资料", "佐证材料", "记录人")}  # fmt: skip
    filled.cells(put_out)
    lines = ["表中没有、不会删除：20240305-a（学雷锋进社区）、b（植树）"]
    assert filled.unwritten("--write") == (0, lines, NOTHING)


def test_rows_in_another_order_and_columns_elsewhere(filled: Desk) -> None:
    def shuffle(book: Any) -> None:
        sheet = book[LABEL]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, first, second, third = ([row[3], *row[:3], *row[4:]] for row in rows)
        for number, row in enumerate([[*head, "核对"], [*third, "已核"], second, first], 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        book.create_sheet("草稿")

    filled.fill(shuffle)
    filled.cells({(2, "地点"): "路口"})
    lines = [
        f"修改 {THIRD}（劝导，第 2 行）",
        "  地点：社区 → 路口",
        f"注意：{LABEL}：多出的列不读取：核对",
        "注意：多出的工作表不读取：草稿",
    ]
    assert filled.unwritten() == (0, lines, f"修改 1 条。{TO_WRITE}")


def test_hidden_and_filtered_rows_are_read(filled: Desk) -> None:
    def hide(book: Any) -> None:
        book[LABEL].row_dimensions[3].hidden = True
        put(book[LABEL], {(3, "地点"): "林场"})

    filled.fill(hide)
    lines = [
        f"修改 {SECOND}（植树，第 3 行）", "  地点：社区 → 林场", f"注意：{LABEL}：隐藏或筛掉的 1 行照样读取",
    ]  # fmt: skip
    assert filled.unwritten() == (0, lines, f"修改 1 条。{TO_WRITE}")


def test_a_day_in_another_year_moves_the_file(filled: Desk) -> None:
    filled.cells({(3, "日期"): datetime(2025, 4, 6)})
    new = "data/volunteering/2025/b.yml"
    lines = [f"修改 {SECOND}（植树，第 3 行），移到 {new}", "  日期：2024-04-06 → 2025-04-06"]
    before = filled.files()
    assert filled.import_lines("--write") == (0, lines, f"修改 1 条。{WRITTEN}")
    text = before.pop(SECOND).replace(b"2024-04-06", b"2025-04-06")
    assert filled.files() == {**before, new: text}


@pytest.mark.parametrize("name", RECORDS)
def test_every_collection_there_and_back(desk: Desk, name: str) -> None:
    write(desk.root, {path(name): RECORDS[name]})
    desk.export(name)
    assert desk.unwritten("--write") == (0, [], NOTHING)


def test_demonstration_and_real_data_do_not_mix(filled: Desk) -> None:
    write(filled.root, {**FILES, "data/unit.yml": UNIT.replace("demonstration: false", "demonstration: true")})  # fmt: skip
    assert filled.unwritten("--write") == (
        1, [], "sheet.xlsx：此表导出自本单位的数据，不能导入演示数据；请重新导出。没有导入。\n",
    )  # fmt: skip
