"""What formulas of spreadsheets show: texts that are put together, and characters given by their number."""

import re
from collections.abc import Iterator

from archive.leaks.office_text import character

_CODE = re.compile(r"(?:_xlfn\.)?(?P<wide>UNI)?CHAR\(\s{0,9}(?P<code>[0-9]{1,7})\s{0,9}\)", re.IGNORECASE)  # fmt: skip
_STRING = re.compile(r'"((?:[^"]|"")*+)"')
_JOINS = re.compile(r'["&\s]+')
_JOINED = re.compile(r'"{1,2}\s{0,9}&\s{0,9}"{1,2}')
"""Between two texts that a formula puts together; in a table as text their quotation marks are doubled."""
_BYTE = 0xFF


def formula_texts(formula: str) -> list[str]:
    """Return a formula, the texts in it as one, and all of it as one."""
    told = _told(formula)
    return [formula, "".join(_STRING.findall(told)), _JOINS.sub("", told)]


def joined_texts(text: str) -> Iterator[str]:
    """Yield a text in which formulas stand with what they put together as one, if there is such."""
    if "&" in text or "CHAR" in text.upper():
        joined = _JOINED.sub("", _told(text))
        if joined != text:
            yield joined


def _told(formula: str) -> str:
    return _CODE.sub(lambda found: f'"{_character(found)}"', formula)


def _character(found: re.Match[str]) -> str:
    code = int(found["code"])
    if found["wide"] or code <= _BYTE:
        return character(f"{code:x}")
    # In a Chinese spreadsheet it is a number of the national code.
    return code.to_bytes(3, "big").lstrip(b"\0").decode("gb18030", "ignore")
