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


_MEASURES: tuple[dict[str, int], ...] = (
    {"天": 86400, "小时": 3600, "个小时": 3600, "分": 60, "分钟": 60, "秒": 1},
    {"元": 100, "角": 10, "分": 1},
    {"年": 12, "个月": 1},
)
_COMPOSED = re.compile("(?:[0-9]{1,6}(?:天|个?小时|分钟?|秒|元|角|年|个月)){2,4}")
_PIECE = re.compile("([0-9]+)([^0-9]+)")


def parse_composed(text: str) -> tuple[Decimal, str] | None:
    """Return an amount that is told in several units of one measure, in the last of them: 2分48秒 as 168秒."""
    if not _COMPOSED.fullmatch(text):
        return None
    pieces = [(int(number), unit) for number, unit in _PIECE.findall(text)]
    for worths in _MEASURES:
        if all(unit in worths for _, unit in pieces):
            worth = [worths[unit] for _, unit in pieces]
            falling = all(
                later < earlier and number * later < earlier
                for earlier, later, (number, _) in zip(worth, worth[1:], pieces[1:], strict=False)
            )
            total = sum(number * each for (number, _), each in zip(pieces, worth, strict=True))
            unit = "分钟" if "秒" in worths and pieces[-1][1] == "分" else pieces[-1][1]
            return (Decimal(total) / worth[-1], unit) if falling else None
    return None


_WITH_UNIT = re.compile(r"(?P<number>[\d.,]+) ?(?P<unit>[^\d\s.,][^\d\s]{0,9})")
_PARTS = {"百分之": "%", "千分之": "‰"}
"""How parts of a hundred and of a thousand are said before their number."""


def says(written: str, value: Decimal, unit: str) -> bool:
    """Return whether a number as written (三十六名, 百分之三十, 348912) is this value, with this unit or none.

    It may have another unit of the same measure: 1.15亿元 says 11500万元, 2分48秒 says 168秒.
    """
    written = written.replace("％", "%").replace("，", ",")
    for words, part in _PARTS.items():
        if written.startswith(words):
            return unit == part and parse_amount(written.removeprefix(words)) == value
    if composed := parse_composed(written):
        return converted(*composed, unit) == value
    numbers = {written, written.removesuffix(unit).rstrip(" \u00a0\u3000")}
    if any(parse_amount(one) == value for one in numbers):
        return True
    found = _WITH_UNIT.fullmatch(written)
    amount = parse_amount(found["number"]) if found else None
    if found is None or amount is None:
        return False
    return converted(amount, found["unit"], unit) == value
