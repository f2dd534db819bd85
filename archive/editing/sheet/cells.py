"""Read a cell as a value of its field; undo what Excel changed if certain, else refuse it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from archive.editing.sheet.fields import NO, REFILL, YES, SheetField, canonical, clean, display_text
from archive.files.corrections import MAX_IN_A_GUESS, hours, likely
from archive.files.excerpts import one_line, shorten
from archive.files.validation import fits
from archive.files.workbooks import text_from
from archive.files.writing import shortest
from archive.files.yaml import decode
from archive.schema.fields import fields as described
from archive.schema.types import is_placeholder

PERCENT = "%"
"""The type of a number that is shown as a percentage."""

_QUOTED = re.compile(r'"[^"]*+"|\\.')
"""Text in a number format, which says nothing of how the number is shown."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The type of a cell as in the file (s, n, b, d, e or f; `PERCENT`), and its value."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class InvalidCell:
    """A cell with no valid value for its field; `message` says what must hold and what is there."""

    message: str


EMPTY = SheetCell("n", None)


def sheet_cell(cell: Any) -> SheetCell:
    """A cell of the library as what is read of it; one of white space is empty."""
    value = cell.value
    if isinstance(value, str) and cell.data_type == "s" and not clean(text_from(value)):
        return EMPTY
    if isinstance(value, int | float) and "%" in _QUOTED.sub("", _shown_as(cell)):
        return SheetCell(PERCENT, value)
    return SheetCell(cell.data_type, value)


def _shown_as(cell: Any) -> str:
    """The format of a cell's number; empty where the workbook does not have the one that it names."""
    try:
        return str(cell.number_format)
    except IndexError:  # looked up only now
        return ""


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月|([0-9]{2})(?=[0-9]{2}$))"
    r"([0-9]{1,2})日?"
)
_DAY_PART = re.compile(r"[0-9](?:[年月]|[-/.][0-9])")
_MIDNIGHT = re.compile(r" 0?0:00(?::00)?$")
_COUNTED = re.compile(r"([0-9.,]++)(?:人次|人|次|小时|个小时|元|件|篇|册|场|期|个|份|家|名|户|h)")
_TRUE, _FALSE = {YES, "true"}, {NO, "false"}


def cell_value(field: SheetField, cell: SheetCell) -> Any:
    """The cell as a value of its field; None (`[]` for lines) if empty, `InvalidCell` if invalid."""
    if cell.kind == "f":
        formula = str(getattr(cell.value, "text", cell.value))  # an array formula is wrapped
        if "DISPIMG(" in formula:  # as WPS puts a picture into a cell
            return InvalidCell(f"{field.must}，现为放进格子的图片；图片不读取，请删去")
        return InvalidCell(f"须填写结果，不能用公式，现为 {shorten(formula)}；请复制后只粘贴数值")
    if cell.kind == "e":
        # openpyxl gives an error value for a number that is no date in a cell formatted as a date.
        day = "，填作 20240305 的改为 2024-03-05" if field.form == "date" else ""
        return InvalidCell(f"{field.must}，现为错误值 {one_line(str(cell.value))}；请重新填写{day}")
    if isinstance(cell.value, str):
        return _from_text(field, cell.value)
    if cell.kind == PERCENT:
        return _unfit(
            field, f" {value_text(cell.value * 100)}%", "；请把单元格设为“常规”后重新填写"
        )
    if cell.value is None:
        return [] if field.form == "lines" else None
    if field.form in ("text", "choice", "lines"):
        return _made_by_excel(field, cell.value)
    if field.form == "boolean":
        if isinstance(cell.value, bool):
            return cell.value
        return _unfit(field, _found(cell.value), _meant(field, cell.value))
    if field.form == "date":
        return _day(field, cell.value)
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return _unfit(field, _found(cell.value), _in_hours(field, cell.value))
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
    if isinstance(value, time | timedelta):
        hours, minutes, seconds = _clock(value)
        return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def _unfit(field: SheetField, found: str, hint: str = "") -> InvalidCell:
    return InvalidCell(f"{field.must}，现为{found}{hint or REFILL}")


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
        several = sum(one in plain for one in match) > 1
        return _unfit(field, _quoted(text), "；请只选一个" if several else _meant(field, text))
    if field.form == "boolean":
        known = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
        if plain.lower() in known:
            return known[plain.lower()]
        return _unfit(field, _quoted(text), _meant(field, text))
    if field.form == "date":
        return _written_day(field, _MIDNIGHT.sub("", plain), text)
    if not _NUMBER.fullmatch(plain):
        return _unfit(field, _quoted(text), _number_hint(field, plain))
    return _exact(field, Decimal(plain.replace(",", "")), text)


def _number_hint(field: SheetField, plain: str) -> str:
    """What to type where a text is no number but says one: 2:30, 12人; empty if that is not sure."""
    said = hours(plain)
    if said is not None:
        return f"{_HOURS} {shortest(said)}" if field.form == "number" else ""
    if is_placeholder(plain):
        return "；没有的请填 0" if field.required else "；没有的请清空"
    counted = _COUNTED.fullmatch(plain)
    if counted and _NUMBER.fullmatch(counted[1]):
        return f"；请只填 {counted[1]}"
    return _meant(field, plain)


_HOURS = "；时长以小时计，请填"


def _in_hours(field: SheetField, value: Any) -> str:
    """How a time of the clock is written as a number of hours; empty for anything else."""
    if field.form != "number" or not isinstance(value, time | timedelta):
        return ""
    whole, minutes, seconds = _clock(value)
    exact = Decimal(whole * 3600 + minutes * 60 + seconds) / 3600
    return f"{_HOURS} {shortest(round(exact, 2))}"


def _meant(field: SheetField, found: Any) -> str:
    """What to type in place of a value, as files are told it too; empty if what was meant is not plain."""
    if field.owner is None or len(str(found)) > MAX_IN_A_GUESS:
        return ""
    one = described(field.owner)[field.name]
    meant = next(filter(fits(field.owner, one), likely(one.value, found)), None)
    return "" if meant is None else f"；请改为：{display_text(field, canonical(meant))}"


def _clock(value: time | timedelta) -> tuple[int, int, int]:
    """Hours, minutes and seconds."""
    if isinstance(value, time):
        return value.hour, value.minute, value.second
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return *divmod(minutes, 60), seconds


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
    if isinstance(value, time | timedelta):
        return f"时刻 {value_text(value)}"
    return f"{'数' if isinstance(value, int | float) else '日期'} {value_text(value)}"


def _day(field: SheetField, value: Any) -> Any:
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date()
        return _unfit(field, _found(value), "；请只填日期，不带时刻")
    if isinstance(value, date):
        return value
    # Eight digits are a date such as 20240305; the day numbers of a spreadsheet are shorter.
    if isinstance(value, int) and len(str(value)) == 8:
        return _written_day(field, str(value), str(value))
    return _unfit(field, _found(value), _meant(field, value) or "；请把单元格设为“日期”后重新填写")


def _written_day(field: SheetField, plain: str, text: str) -> Any:
    found = _DAY.fullmatch(plain.replace(" ", ""))
    if found:
        year, *months, day = found.groups()
        try:
            return date(int(year), int(next(filter(None, months))), int(day))
        except ValueError:
            return _unfit(field, _quoted(text), f"，没有这一天{REFILL}")
    return _unfit(field, _quoted(text), _meant(field, text) or _part_of_a_day(plain))


def _part_of_a_day(plain: str) -> str:
    """What to type where only a part of a day, or more than one, is written; empty for anything else."""
    return "；请写全年、月、日，只写一天" if _DAY_PART.search(plain) else ""


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
