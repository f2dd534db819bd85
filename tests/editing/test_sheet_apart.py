"""What has a sheet to itself: reviews and the withdrawal of an honour."""

from datetime import datetime
from typing import Any

import pytest

from tests.samples.desk import NOTHING, WRITTEN, Desk
from tests.samples.honours import CIVILISED
from tests.samples.sample import write

HONOUR = "data/honours/civilised.yml"


@pytest.fixture
def honoured(desk: Desk) -> Desk:
    write(desk.root, {HONOUR: CIVILISED})
    desk.export("honours")
    return desk


def test_what_has_a_sheet_to_itself(honoured: Desk) -> None:
    assert honoured.unwritten("--write") == (0, [], NOTHING)
    rows = honoured.text(HONOUR).count("result:")
    number = rows + 2
    honoured.row(number, {"编号": "civilised", "复查日期": datetime(2025, 12, 1), "复查结果": "确认保留"}, "复查")  # fmt: skip
    exit_, lines, summary = honoured.import_lines("--write")
    assert (exit_, summary) == (0, f"修改 1 条。{WRITTEN}")
    assert lines[0].startswith(f"修改 {HONOUR}")
    assert lines[1].endswith("（复查日期 2025-12-01，复查结果 确认保留）")
    assert (
        "  - date: 2025-12-01\n    document:\n    result: 确认保留\n    until:\n"
        in honoured.text(HONOUR)
    )
    assert honoured.unwritten("--write")[0] == 0


def test_a_column_of_its_own_sheet_sorted_alone(desk: Desk) -> None:
    for number in range(1, 5):
        reviewed = CIVILISED.replace("2025-01-05", f"2025-01-0{number}")
        write(
            desk.root,
            {f"data/honours/h{number}.yml": reviewed.replace("title: ", f"title: {number}")},
        )
    desk.export("honours")

    def back(book: Any) -> None:
        rows = [row for row in book["复查"].iter_rows(min_row=2) if row[2].value]
        for row, value in zip(rows, [row[2].value for row in rows][::-1], strict=True):
            row[2].value = value

    desk.fill(back)
    exit_, lines, _ = desk.unwritten()
    (question,) = [line for line in lines if "整行排序" in line]
    assert (exit_, question) == (
        1,
        "复查 C 列（复查日期）：须整行排序、整行移动，现有 4 条记录换成了别的记录原来的值，"
        "像是只排了这几列，或者只把格子上移、下移",
    )


def test_a_new_honour_with_what_belongs_to_it(honoured: Desk) -> None:
    honoured.row(
        3,
        {"编号": "new-honour", "荣誉名称": "示例荣誉", "获奖主体": "集体", "期限方式": "届满复查"},
        "荣誉",
    )
    honoured.row(2, {"编号": "new-honour", "撤销日期": None}, "撤销")
    honoured.row(9, {"编号": "new-honour", "复查结果": "限期整改"}, "复查")
    honoured.row(4, {"荣誉名称": "另一荣誉", "获奖主体": "个人"}, "荣誉")
    exit_, lines, _ = honoured.import_lines("--write")
    assert (exit_, [line for line in lines if line.startswith("新增")]) == (
        0,
        [
            "新增 data/honours/new-honour.yml（示例荣誉，第 3 行）",
            "新增 data/honours/honours-01.yml（另一荣誉，第 4 行）",
        ],
    )
    assert honoured.text("data/honours/new-honour.yml") == (
        "title: 示例荣誉\nrecipient: 集体\nlevel:\nbody:\ndate:\nbasis:\ncertificate:\nterm: 届满复查\nterm_end:\n"
        "reviews:\n  - date:\n    document:\n    result: 限期整改\n    until:\n"
        "withdrawn:\n  date:\n  reason:\n"
    )


def test_faults_in_a_sheet_apart(honoured: Desk) -> None:
    honoured.row(6, {"编号": "civilised", "复查日期": "昨天", "复查结果": "通过"}, "复查")
    honoured.row(7, {"编号": "civilised"}, "复查")
    honoured.row(8, {"复查结果": "确认保留"}, "复查")
    honoured.row(2, {"编号": "civilised"}, "撤销")
    honoured.row(3, {"编号": "civilised", "撤销原因": "错"}, "撤销")
    honoured.row(4, {"编号": "nobody"}, "撤销")
    exit_, lines, _ = honoured.unwritten("--write")
    day = "确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年）"
    assert (exit_, lines) == (
        1,
        [
            f'复查 第 6 行 C 列（复查日期）：须为{day}，现为 "昨天"；请重新填写',
            '复查 第 6 行 E 列（复查结果）：须为 确认保留、限期整改 之一，现为 "通过"；请重新填写',
            "复查 第 8 行 A 列（编号）：须为工作表“荣誉”里的编号，现为空；新增的记录请先在那里填写编号",
            "撤销 第 3 行 A 列（编号）：一条记录须只有一行，civilised 已见第 2 行；请并成一行",
            "撤销 第 4 行 A 列（编号）：须为工作表“荣誉”里的编号，现为 nobody；请照那里的编号填写",
        ],
    )
