"""The guidance in a workbook: the first sheet, and the note and prompt of each column."""

from datetime import date
from typing import Any

from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from archive.editing.sheet.fields import SheetField
from archive.editing.sheet.sources import ENTRIES
from archive.schema.collections import Collection
from archive.schema.types import FIRST_DAY, LAST_DAY, MAX_CHARACTERS

MAX_IN_A_PROMPT = 255
"""The most characters of a prompt, an error message or a list of choices in Excel."""

ID_NOTE = "由程序填写，请勿改动。新增的行留空，写入时自动编号；复制的行须先清空此格。"


def lines(
    name: str, collection: Collection, own_sheets: list[SheetField], demonstration: bool
) -> list[str]:
    """The five lines of the first sheet; `apart` are the fields with their own sheets."""
    sheets = "".join(f"“{field.label}”" for field in own_sheets)
    more = f"；{sheets}在各自的工作表里，凭编号对应" if sheets else ""
    mark = "（演示数据，全部虚构）" if demonstration else ""
    if name in ENTRIES:
        return _of_entries(name, collection.label, mark)
    return [
        f"一、这是台账“{collection.label}”{mark}，一行一条记录，在工作表“{collection.label}”里{more}。",
        "二、改记录：直接改单元格。黄色标题的须填，蓝色标题的可以空着；选中单元格会出现填写提示。",
        "三、加记录：在最后一行下面接着填，编号留空；不要合并单元格，不要改标题和工作表的名称。",
        "四、删记录：表格不能删除记录；删去的行导入时只会列出来，由维护人员处理。",
        f"五、填好后另存为 .xlsx，运行 .venv/bin/archive sheet import 文件名，核对列出的改动，再加 --write 写入；"
        f"一份表写入以后须重新导出（.venv/bin/archive sheet export {name} 文件名）。",
    ]


def _of_entries(name: str, label: str, mark: str) -> list[str]:
    what = {
        "figures": "由台账计数的指标不在表里，改台账的记录",
        "names": "没有填的，页面上显示星号",
    }[name]
    return [
        f"一、这是“{label}”{mark}，一行一个，在工作表“{label}”里；{what}。",
        "二、直接在单元格里填写；选中单元格会出现填写提示。灰色标题的由程序填写，不要改。",
        "三、不能加行；不要合并单元格，不要改标题和工作表的名称。删去的行不受影响。",
        "四、已经核定或报送过的数，表里不能改，用“修订或更正指标”的表单。"
        if name == "figures"
        else "四、写“公开”的，公开版里才显示。",
        f"五、填好后另存为 .xlsx，在网站上点“上传”；或者运行 .venv/bin/archive sheet import 文件名，核对列出的改动，再加 --write 写入；"
        f"一份表写入以后须重新导出（.venv/bin/archive sheet export {name} 文件名）。",
    ]


def field_guidance(field: SheetField) -> str:
    """Description and rule of a field as text, for its note and its prompt."""
    if field.fixed:
        return f"{field.description}。由程序填写，请勿改动。"
    rule = "一行一项，单元格内换行按 Alt+Enter" if field.form == "lines" else field.must
    filled = "须填写" if field.required else "可以空着"
    return "。".join(filter(None, (field.description, rule, filled))) + "。"


def note(text: str) -> Comment:
    """A comment for a heading, large enough for its text."""
    comment = Comment(text, "档案")
    comment.width, comment.height = 300, 40 + 20 * (len(text) // 20 + 1)
    return comment


def validation(field: SheetField, area: str) -> DataValidation:
    """The validation rule and the prompt for the cells `area` (such as B2:B99) of a field."""
    prompt = field_guidance(field)
    rule = DataValidation(sqref=area, **_rule(field))
    rule.allow_blank = not field.required
    rule.showInputMessage = rule.showErrorMessage = True
    rule.promptTitle, rule.errorTitle = field.label, f"{field.label}填写有误"
    rule.prompt = rule.error = prompt[:MAX_IN_A_PROMPT]
    return rule


def _rule(field: SheetField) -> dict[str, Any]:
    if field.fixed:
        return {}
    if field.listed_in:
        return {"type": "list", "formula1": field.listed_in}
    if field.choices:
        listed = ",".join(field.offered)
        return {"type": "list", "formula1": f'"{listed}"'} if len(listed) <= MAX_IN_A_PROMPT else {}
    if field.form == "date":
        between = {"formula1": _serial(FIRST_DAY), "formula2": _serial(LAST_DAY)}
        return {"type": "date", "operator": "between", **between}
    if field.form in ("integer", "number"):
        number_type = "whole" if field.form == "integer" else "decimal"
        if field.most is None:
            return {
                "type": number_type,
                "operator": "greaterThanOrEqual",
                "formula1": str(field.least),
            }
        limits = {"formula1": str(field.least), "formula2": str(field.most)}
        return {"type": number_type, "operator": "between", **limits}
    if field.form == "text":
        return {
            "type": "textLength",
            "operator": "lessThanOrEqual",
            "formula1": str(MAX_CHARACTERS),
        }
    return {}


def _serial(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
