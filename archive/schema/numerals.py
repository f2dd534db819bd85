"""Numbers as people write them, in digits or in Chinese numerals with places, as values."""

import re
from decimal import Decimal

from archive.schema.conversion import converted

_AMOUNT = re.compile(
    r"(?P<sign>[-−]?)(?P<digits>(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,8})?)(?P<places>[百千万亿]{0,2})"
)

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
PLACES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}


def parse_chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral with places (三百二十 → 320, 百 → 100); None of other text."""
    for place, worth in PLACES.items():
        head, found, tail = text.partition(place)
        if found:
            times = parse_chinese_number(head) if head else 1
            rest = parse_chinese_number(tail.lstrip("零〇")) if tail and place not in tail else 0
            # 零 must stand exactly where places are empty: 三百五 may be 350 or 305, so it is refused.
            if (
                not times
                or times >= (worth if worth >= 10**4 else 10)
                or rest is None
                or rest >= worth
                or bool(tail) != bool(rest)
                or tail.startswith(("零", "〇")) != (0 < rest * 10 < worth)
            ):
                return None
            return times * worth + rest
    return _DIGITS.get(text)


def parse_amount(text: str) -> Decimal | None:
    """Return the value of digits, perhaps with places behind (1.2万), or of a Chinese numeral; else None."""
    found = _AMOUNT.fullmatch(text)
    if not found:
        number = parse_chinese_number(text)
        return None if number is None else Decimal(number)
    times = parse_chinese_number(found["places"]) if found["places"] else 1
    value = Decimal(found["digits"].replace(",", "")) * (times or 0)
    return None if not times else -value if found["sign"] else value


_WITH_UNIT = re.compile(r"(?P<number>[\d.,]+) ?(?P<unit>[^\d\s.,][^\d\s]{0,9})")
_PARTS = {"百分之": "%", "千分之": "‰"}
"""How parts of a hundred and of a thousand are said before their number."""


def says(written: str, value: Decimal, unit: str) -> bool:
    """Return whether a number as written (三十六名, 百分之三十, 348912) is this value, with this unit or none.

    It may have another unit of the same measure: 1.15亿元 says 11500万元.
    """
    written = written.replace("％", "%").replace("，", ",")
    for words, part in _PARTS.items():
        if written.startswith(words):
            return unit == part and parse_amount(written.removeprefix(words)) == value
    numbers = {written, written.removesuffix(unit).rstrip(" \u00a0\u3000")}
    if any(parse_amount(one) == value for one in numbers):
        return True
    found = _WITH_UNIT.fullmatch(written)
    amount = parse_amount(found["number"]) if found else None
    if found is None or amount is None:
        return False
    return converted(amount, found["unit"], unit) == value
