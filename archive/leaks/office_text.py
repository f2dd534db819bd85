"""The texts of an office file as programs show them: codes and escapes read, numbers written out."""

import re
from decimal import Decimal

_SECTION = re.compile("&[LCR]")
_HEADER_CODE = re.compile(r'&(?:"[^"]*+"|K(?:[0-9A-F]{6}|[0-9]{2}[+-][0-9]{3})|[A-Z])')
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[Ee]\+?[0-9]{1,2})?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def character(code: str) -> str:
    """Return the character of this number, written in base sixteen; none if there is no such.

    A font of symbols has its characters in a private row, above their usual numbers.
    """
    try:
        number = int(code, 16)
        return chr(number - 0xF000 if 0xF020 <= number <= 0xF0FF else number)
    except (ValueError, OverflowError):
        return ""


def header_texts(text: str) -> list[str]:
    """Return the text of the head or foot of a sheet without its codes.

    Where digits follow the size of letters, nobody but the program knows where it ends.
    """
    text = _HEADER_CODE.sub("", _SECTION.sub("\n", text))
    sizes = (re.sub(rf"&[0-9]{{1,{most}}}", "", text) for most in (1, 2, 3))
    return list(dict.fromkeys(sizes))


def shown(text: str) -> str:
    """Return `text` as programs show it: escapes of characters and characters of symbol fonts replaced."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: _unescaped(found[0], int(found[1], 16)), text)
    return text.translate(_SYMBOLS)


_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}


def _unescaped(written: str, code: int) -> str:
    return written if 0xD800 <= code < 0xE000 else chr(code)


def plain_number(text: str) -> str:
    """Return the number of a cell as a whole number, if it is one but for its form: 1.39E10."""
    if not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    whole = round(number)
    return str(whole) if abs(number - whole) < _ROUNDING and whole < _LARGEST else text


_ROUNDING = Decimal("0.0001")
"""What calculating may add to a whole number."""
_LARGEST = 10**20
