"""The workbook as a clerk finds it: headings, prompts, lists, room for new rows; and what cannot be told."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from archive.editing.sheet.export import export
from archive.editing.sheet.fields import SheetField, sheet_fields
from archive.editing.sheet.guidance import MAX_IN_A_PROMPT, field_guidance
from tests.samples.collections import COLLECTIONS
from tests.samples.desk import LABEL, Desk
from tests.samples.honours import CIVILISED
from tests.samples.sample import RECORD, edited, read, write

SHAPES = {name: sheet_fields(kind.model) for name, kind in COLLECTIONS.items()}
CHANGES = {
    "data/volunteering/2024/20240305-a.yml": RECORD.replace(
        "evidence: []", "evidence: [照片, =1+1]"
    )
    .replace("2.5", "2.50")
    .replace("reviewer:", 'reviewer: "007"\nnote: "_x0041_"'),
    "data/honours/civilised.yml": CIVILISED,
}


@pytest.fixture
def book(tmp_path: Path) -> Any:
    return openpyxl.load_workbook(io.BytesIO(export(read(tmp_path, CHANGES), "volunteering")))


def test_the_first_sheet_says_in_five_lines_what_to_do(book: Any) -> None:
    lines = [row[0].value for row in book["说明"].iter_rows()]
    assert lines == [
        "怎样填这份表",
        "一、这是台账“志愿服务活动”，一行一条记录，在工作表“志愿服务活动”里。",
        "二、改记录：直接改单元格。黄色标题的须填，蓝色标题的可以空着；选中单元格会出现填写提示。",
        "三、加记录：在最后一行下面接着填，编号留空；不要合并单元格，不要改标题和工作表的名称。",
        "四、删记录：表格不能删除记录；删去的行导入时只会列出来，由维护人员处理。",
        "五、填好后另存为 .xlsx，运行 .venv/bin/archive sheet import 文件名，核对列出的改动，再加 --write 写入；"
        "一份表写入以后须重新导出（.venv/bin/archive sheet export volunteering 文件名）。",
    ]


def test_rows_hold_exact_values_as_text_numbers_and_dates(book: Any) -> None:
    assert book.sheetnames == ["说明", LABEL, "_archive"]
    assert book["_archive"].sheet_state == "veryHidden"
    heads, row = (list(row) for row in book[LABEL].iter_rows())
    assert [cell.value for cell in heads] == [
        "编号",
        *(one.label for one in SHAPES["volunteering"]),
    ]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in row] == [
        ("20240305-a", "s", "@"),
        (datetime(2024, 3, 5), "d", "yyyy\\-mm\\-dd"),
        ("学雷锋进社区", "s", "@"),
        ("学雷锋", "s", "@"),
        ("社区", "s", "@"),
        (12, "n", "0"),
        (2.5, "n", "General"),
        (None, "n", "General"),
        (30, "n", "0"),
        ("办公室", "s", "@"),
        ("签到表", "s", "@"),
        ("照片\n=1+1", "s", "@"),
        ("办公室", "s", "@"),
        ("007", "s", "@"),
        (None, "n", "General"),
        ("_x005F_x0041_", "s", "@"),
        (None, "n", "General"),
    ]


def test_headings_stay_in_sight_and_explain_themselves(book: Any) -> None:
    sheet = book[LABEL]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:Q2")
    assert sheet["A1"].comment.text == (
        "由程序填写，请勿改动。新增的行留空，写入时自动编号；复制的行须先清空此格。"
    )
    assert sheet["G1"].comment.text == (
        "单位：小时；与总时长填一个。须为不小于 0、不超过 24 的数，小数不超过 2 位。可以空着。"
    )
    assert sheet["L1"].comment.text == (
        "以 files/ 开头的，须在 docs/files/ 下有这个文件。一行一项，单元格内换行按 Alt+Enter。可以空着。"
    )
    assert all(sheet.column_dimensions[letter].width >= 10 for letter in "ABCDEFGHIJKLMNO")
    formats = [sheet.column_dimensions[letter].number_format for letter in "ABCFGIL"]
    assert formats == ["@", "yyyy\\-mm\\-dd", "@", "0", "General", "0", "@"]


def rules(sheet: Any) -> dict[str, DataValidation]:
    return {str(one.sqref): one for one in sheet.data_validations.dataValidation}


def test_cells_take_what_the_schema_takes_a_thousand_rows_on(book: Any) -> None:
    found = rules(book[LABEL])
    shapes = [
        (area, one.type, one.operator, one.formula1, one.formula2, bool(one.allow_blank))
        for area, one in found.items()
        if area[0] in "BDFGL"
    ]
    kinds = '"植树造林,文明交通,疫情防控,学雷锋,无偿献血,社区服务,爱国卫生,文明宣传,其他"'
    assert shapes == [
        ("B2:B1002", "date", "between", "DATE(1949,10,1)", "DATE(2099,12,31)", False),
        ("D2:D1002", "list", None, kinds, None, False),
        ("F2:F1002", "whole", "between", "0", "1000000", False),
        ("G2:G1002", "decimal", "between", "0", "24", True),
        ("L2:L1002", None, None, None, None, True),
    ]
    hours = found["G2:G1002"]
    assert (hours.promptTitle, hours.prompt, hours.errorTitle, hours.error) == (
        "人均时长",
        "单位：小时；与总时长填一个。须为不小于 0、不超过 24 的数，小数不超过 2 位。可以空着。",
        "人均时长填写有误",
        "单位：小时；与总时长填一个。须为不小于 0、不超过 24 的数，小数不超过 2 位。可以空着。",
    )


def test_lists_of_records_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(read(tmp_path, CHANGES), "honours")))
    assert book.sheetnames == ["说明", "荣誉", "复查", "撤销", "_archive"]
    heads = [cell.value for cell in book["复查"][1]]
    assert heads == ["编号", "荣誉名称·对照", "复查日期", "复查文件", "复查结果", "保留至"]
    assert [cell.value for cell in book["复查"][2]][:2] == ["civilised", book["荣誉"]["B2"].value]
    lists = [one.formula1 for one in rules(book["复查"]).values() if one.type == "list"]
    assert lists == ['"确认保留,限期整改"']


def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    first, second = (export(read(tmp_path / name, CHANGES), "honours") for name in "ab")
    assert first == second


@pytest.mark.parametrize("shape", [one for shape in SHAPES.values() for one in shape])
def test_every_field_fits_into_a_sheet(shape: SheetField) -> None:
    """What spreadsheets allow (ECMA-376-1, 18.3.1.32 and Excel's own limits)."""
    inner = shape.inner if shape.own_sheet else (shape,)
    assert inner
    for one in inner:
        assert not one.own_sheet
        assert len(f"{one.label}填写有误") <= 32
        assert len(field_guidance(one)) <= MAX_IN_A_PROMPT
        assert len(",".join(one.choices)) <= MAX_IN_A_PROMPT
        assert not any("," in word for word in one.choices)
        assert one.least is not None or one.form not in ("integer", "number")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_heading_stands_twice(name: str) -> None:
    labels = ["编号", *(one.label for one in SHAPES[name])]
    assert len(set(labels)) == len(labels)
    assert len(
        {COLLECTIONS[name].label, *(one.label for one in SHAPES[name] if one.own_sheet)}
    ) == (1 + sum(one.own_sheet for one in SHAPES[name]))


def test_export_tells_what_it_wrote_and_writes_over_nothing(desk: Desk) -> None:
    first = desk.run("export", "volunteering", "a.xlsx")
    assert (first.exit_code, first.output) == (0, "已导出 3 条记录到 a.xlsx。\n")
    raw = (desk.root / "a.xlsx").read_bytes()
    for args, message in {
        ("volunteering", "a.xlsx"): "文件须还不存在，a.xlsx 已有，不会覆盖；请换一个名字\n",
        ("volunteering", "a.csv"): "文件名须以 .xlsx 结尾，现为 a.csv；请写作 a.xlsx\n",
        (
            "volunteering",
            "b/a.xlsx",
        ): "须能写入 b/a.xlsx，现为：没有这个文件或目录；请换一个目录或文件名\n",
        ("volunteer", "b.xlsx"): "台账须是已有的，没有 volunteer，是否为 volunteering？\n",
        ("志愿服务", "b.xlsx"): "台账须是已有的，没有 志愿服务，是否为 志愿服务活动？\n",
    }.items():
        result = desk.run("export", *args)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", message)
    assert (desk.root / "a.xlsx").read_bytes() == raw
    assert not (desk.root / "b.xlsx").exists()
    assert desk.run("export", LABEL, "b.xlsx").exit_code == 0
    assert (desk.root / "b.xlsx").read_bytes() == raw


def test_help_names_each_collection(desk: Desk) -> None:
    lines = {line.strip() for line in desk.run("export", "--help").output.splitlines()}
    assert lines >= {f"{name} {kind.label}" for name, kind in COLLECTIONS.items()}


def test_what_no_cell_can_tell_is_refused_by_file_and_line(desk: Desk) -> None:
    name = "data/volunteering/2024/20240305-a.yml"
    lists = 'evidence: ["甲\\n乙"]'
    write(
        desk.root, {**edited(name, "evidence: []", lists), "data/volunteering/2024/b.yml": "a: b\n"}
    )
    result = desk.run("export", "volunteering", "a.xlsx")
    messages = result.stdout.splitlines()
    assert messages[0] == (
        f"{name}:10: evidence（佐证材料）的各项须在一行之内且不为空白，电子表格里一行是一项；请合成一行，空的删去"
    )
    assert messages[1].startswith("data/volunteering/2024/b.yml:1: ")
    assert (result.exit_code, result.stderr) == (1, f"共 {len(messages)} 处问题，没有导出。\n")
    assert not (desk.root / "a.xlsx").exists()
