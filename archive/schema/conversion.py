"""Units of one measure: 亿元 are ten thousand 万元, a 吨 is a thousand 公斤."""

import re
from decimal import Decimal
from fractions import Fraction

_PLACES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_OF: dict[str, tuple[str, Decimal | int]] = {
    "克": ("克", 1), "千克": ("克", 10**3), "公斤": ("克", 10**3), "斤": ("克", 500), "吨": ("克", 10**6),
    "厘米": ("米", Decimal("0.01")), "米": ("米", 1), "公里": ("米", 10**3), "千米": ("米", 10**3),
    "平方米": ("平方米", 1), "公顷": ("平方米", 10**4), "平方公里": ("平方米", 10**6), "平方千米": ("平方米", 10**6),
    "毫升": ("升", Decimal("0.001")), "升": ("升", 1), "立方米": ("升", 10**3),
    "瓦": ("瓦", 1), "千瓦": ("瓦", 10**3), "千瓦时": ("千瓦时", 1), "兆瓦": ("瓦", 10**6),
    "分钟": ("分钟", 1), "小时": ("分钟", 60), "个小时": ("分钟", 60),
}  # fmt: skip
"""Unit → the unit of its measure, and how many of those it is."""
_WITH_PLACES = re.compile("(?P<places>[百千万亿]+)(?P<unit>.+)")


def measure(unit: str) -> tuple[str, Decimal]:
    """Return the unit of a unit's measure, and how many of those it is; of another unit itself, and 1."""
    if unit in _OF:
        base, times = _OF[unit]
        return base, Decimal(times)
    found = _WITH_PLACES.fullmatch(unit)
    if not found:
        return unit, Decimal(1)
    base, times_ = measure(found["unit"])
    for place in found["places"]:
        times_ *= _PLACES[place]
    return base, times_


def converted(value: Decimal, unit: str, other: str) -> Decimal | None:
    """Return a value of one unit in another one, exactly; None if they are not of one measure."""
    (base, times), (other_base, other_times) = measure(unit), measure(other)
    if not unit or not other or base != other_base:
        return None
    exact = Fraction(value) * Fraction(times) / Fraction(other_times)
    rest = exact.denominator
    for prime in (2, 5):  # of others no decimal has an end
        while rest % prime == 0:
            rest //= prime
    return Decimal(exact.numerator) / exact.denominator if rest == 1 else None


def is_convertible(unit: str, other: str) -> bool:
    """Return whether two units are different ones of one measure."""
    return unit != other and bool(unit and other) and measure(unit)[0] == measure(other)[0]
