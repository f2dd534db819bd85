"""Read a cell as a value of its field; undo what Excel changed if certain, else refuse it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from archive.editing.sheet.fields import NO, YES, SheetField, clean
from archive.files.excerpts import one_line, shorten
from archive.files.workbooks import text_from
from archive.files.yaml import decode


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The type of a cell as in the file (s, n, b, d, e or f), and its value."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class InvalidCell:
    """A cell with no valid value for its field; `message` says what must hold and what is there."""

    message: str


EMPTY = SheetCell("n", None)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月|([0-9]{2})(?=[0-9]{2}$))"
    r"([0-9]{1,2})日?"
)
_TRUE, _FALSE = {YES, "true"}, {NO, "false"}


def cell_value(field: SheetField, cell: SheetCell) -> Any:
    """The cell as a value of its field; None (`[]` for lines) if empty, `InvalidCell` if invalid."""
    if cell.kind == "f":
        formula = getattr(
            cell.value, "text", cell.value
        )  # an array formula is wrapped in an object
        return InvalidCell(
            f"须填写结果，不能用公式，现为 {shorten(str(formula))}；请复制后只粘贴数值"
        )
    if cell.kind == "e":
        # openpyxl gives an error value for a number that is no date in a cell formatted as a date.
        hint = "；填作 20240305 的，请改为 2024-03-05" if field.form == "date" else ""
        return InvalidCell(f"{field.must}，现为错误值 {one_line(str(cell.value))}{hint}")
    if isinstance(cell.value, str):
        return _from_text(field, cell.value)
    if cell.value is None:
        return [] if field.form == "lines" else None
    if field.form in ("text", "choice", "lines"):
        return _made_by_excel(field, cell.value)
    if field.form == "boolean":
        return cell.value if isinstance(cell.value, bool) else _unfit(field, _found(cell.value))
    if field.form == "date":
        return _day(field, cell.value)
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return _unfit(field, _found(cell.value))
    return _number(field, cell.value)


def cell_text(cell: SheetCell) -> str:
    """The cell as text of an id or heading, full-width letters and digits made half-width."""
    return (
        unicodedata.normalize("NFKC", clean(text_from(value_text(cell.value))))
        if cell.value
        else ""
    )


def value_text(value: Any) -> str:
    """The value of a cell as text for a message, as a spreadsheet would show it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _unfit(field: SheetField, found: str, hint: str = "") -> InvalidCell:
    return InvalidCell(f"{field.must}，现为{found}{hint}")


def _quoted(text: str) -> str:
    return f' "{shorten(text)}"'


def _from_text(field: SheetField, raw: str) -> Any:
    text = clean(text_from(raw))
    if field.form == "lines":
        items = [clean(one) for one in text.split("\n")]
        return _visible([one for one in items if one])
    if not text:
        return None
    if field.form == "text":
        return _visible(text)
    plain = unicodedata.normalize("NFKC", text).strip()
    if field.form == "choice":
        match = {unicodedata.normalize("NFKC", one): one for one in field.choices}
        if plain in match:
            return match[plain]
        return _unfit(field, _quoted(text))
    if field.form == "boolean":
        known = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
        return known.get(plain.lower(), _unfit(field, _quoted(text)))
    if field.form == "date":
        return _written_day(field, plain, text)
    if not _NUMBER.fullmatch(plain):
        return _unfit(field, _quoted(text))
    return _exact(field, Decimal(plain.replace(",", "")), text)


def _visible(value: str | list[str]) -> Any:
    """The text, or `InvalidCell` if it holds control characters, which files must not."""
    text = value if isinstance(value, str) else "\n".join(value)
    faults = decode(text.encode("utf-8", "surrogatepass"), "").problems
    return InvalidCell(faults[0].message) if faults else value


def _made_by_excel(field: SheetField, value: Any) -> InvalidCell:
    """The message for a number, date or boolean in a text field; what was typed is lost."""
    advice = "；Excel 可能改动了原来的内容，请把单元格设为“文本”后重新填写"
    return _unfit(field, _found(value), advice)


def _found(value: Any) -> str:
    """A value that is not text, with its type, for a message."""
    if isinstance(value, bool):
        return f"逻辑值 {value_text(value)}"
    return f"{'数' if isinstance(value, int | float) else '日期或时刻'} {value_text(value)}"


def _day(field: SheetField, value: Any) -> Any:
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date()
        return _unfit(field, _found(value), "；只填日期，不带时刻")
    if isinstance(value, date):
        return value
    # Eight digits are a date such as 20240305; the day numbers of a spreadsheet are shorter.
    if isinstance(value, int) and len(str(value)) == 8:
        return _written_day(field, str(value), str(value))
    return _unfit(field, _found(value), "；请把单元格设为“日期”后重新填写")


def _written_day(field: SheetField, plain: str, text: str) -> Any:
    found = _DAY.fullmatch(plain.replace(" ", ""))
    if found:
        year, *months, day = found.groups()
        try:
            return date(int(year), int(next(filter(None, months))), int(day))
        except ValueError:
            return _unfit(field, _quoted(text), "，没有这一天")
    return _unfit(field, _quoted(text))


def _number(field: SheetField, value: int | float) -> Any:
    """The number rounded to the 15 digits a spreadsheet keeps; more digits are noise (0.1+0.2)."""
    try:
        exact = Decimal(f"{value:.15g}")
        exact = exact if isinstance(value, float) else Decimal(value)
        return _exact(field, exact, value_text(value))
    except (ValueError, ArithmeticError):
        return _unfit(field, f" {value}")


def _exact(field: SheetField, number: Decimal, text: str) -> Any:
    """The number as int or Decimal by the field's form; its limits are checked by the schema."""
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return _unfit(field, f" {shorten(text)}")
    whole = number == number.to_integral_value()
    if field.form == "integer":
        return int(number) if whole else _unfit(field, f" {shorten(text)}")
    return Decimal(int(number)) if whole else number
