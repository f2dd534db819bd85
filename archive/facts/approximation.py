"""Approximations: which exact values their words allow, and how an open one is printed.

近百 and 百余 are printed as they are written; once the exact value is known, they must agree with it.
Which values they allow is a convention of this program, since GB/T 15835—2011 rules only how such
numbers are written:

- 近X: at least nine tenths of X and less than X (近百: 90 ≤ n < 100);
- X余, X多: more than X and less than the next step in X's lowest written place (百余: 100 < n < 200;
  三百二十多: 320 < n < 330; 1900余: 1900 < n < 2000);
- 数X, 几X: more than X and less than ten times X (数十: 10 < n < 100); 上X: the same, X included;
- 不足X: less than X;
- …余, …多 are open: the number is made from the exact value, rounded down to two leading digits (to
  one if it is below a hundred), and must be below the value (1987 → 1900余), so that it never claims
  too much.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,4})?[百千万亿]{0,2}|[零〇一二两三四五六七八九十百千万亿]+"
_FORM = re.compile(
    rf"(?P<near>近|不足)(?P<limit>{_AMOUNT})"
    r"|(?P<several>[数几上])(?P<place>[十百千万亿]+)"
    rf"|(?P<base>{_AMOUNT})[余多](?P<myriad>[万亿]?)"
)
_OPEN = re.compile("…+([余多])")


def parse_chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral with places (三百二十 → 320, 百 → 100); None of other text."""
    for place, worth in _PLACES.items():
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


@dataclass(frozen=True)
class BoundedApproximation:
    """Fixed words, such as 近百, and the limits of the values they allow."""

    text: str
    low: Decimal
    high: Decimal
    low_included: bool

    def allows(self, value: Decimal) -> bool:
        """Return whether the words are true of this value."""
        return (self.low < value or (self.low_included and value == self.low)) and value < self.high

    def range_text(self) -> str:
        """Return the values the words allow, in Chinese, for a message to the editor."""
        return f"{'不小于' if self.low_included else '大于'} {self.low:f}、小于 {self.high:f}"

    def words(self, value: Decimal | None, mask: str) -> str:
        """Return what is printed before the unit: always the words as written."""
        return self.text


@dataclass(frozen=True)
class OpenApproximation:
    """…余 or …多, printed with a round number made from the exact value."""

    tail: str

    def allows(self, value: Decimal) -> bool:
        """Return whether there is a round number below this value."""
        return value >= 11 and _round_below(value) < value

    def range_text(self) -> str:
        """Return the values the words allow, in Chinese, for a message to the editor."""
        return (
            f"不小于 11，且大于所写的整数（1987 写作“1900{self.tail}”；恰为 40、360、1900 一类整数时"
            "须写确数）"
        )

    def words(self, value: Decimal | None, mask: str) -> str:
        """Return what is printed before the unit: the round number, or the mask if `value` is None.

        Raises ValueError for a value that the words do not allow.
        """
        if value is None:
            return mask + self.tail
        if not self.allows(value):
            raise ValueError(f"“…{self.tail}”的确数须{self.range_text()}，现为 {value:f}")
        round_number = _round_below(value)
        # Digits are grouped from five on, as in every number of the site.
        return (
            f"{round_number:,}{self.tail}"
            if round_number >= 10_000
            else f"{round_number}{self.tail}"
        )


Approximation = BoundedApproximation | OpenApproximation


def _round_below(value: Decimal) -> int:
    whole = int(value)
    step: int = 10 ** max(1, len(str(whole)) - 2)
    return whole // step * step


def _amount(text: str) -> int | None:
    """Return the value of digits, perhaps with 万 or 亿, or of a Chinese numeral; None below ten."""
    text = text.replace(",", "")
    digits = text.rstrip("百千万亿")
    if digits.isdecimal() or "." in digits:
        times = parse_chinese_number(text[len(digits) :]) if digits != text else 1
        value = Decimal(digits) * (times or 0)
    else:
        value = Decimal(parse_chinese_number(text) or 0)
    return int(value) if value >= 10 and value == int(value) else None


def _lowest_place(number: int) -> int:
    zeros = len(str(number)) - len(str(number).rstrip("0"))
    return int("1" + "0" * zeros)


def parse(words: str) -> Approximation:
    """Return the approximation that the words state; raises ValueError, in Chinese, if they state none."""
    if open_form := _OPEN.fullmatch(words):
        return OpenApproximation(open_form[1])
    form = _FORM.fullmatch(words)
    if form and form["limit"] and (limit := _amount(form["limit"])):
        low = Decimal(limit * 9) / 10 if form["near"] == "近" else Decimal(0)
        return BoundedApproximation(words, low, Decimal(limit), low_included=True)
    if form and form["place"] and (place := _amount(form["place"])):
        return BoundedApproximation(
            words, Decimal(place), Decimal(place * 10), form["several"] == "上"
        )
    if form and form["base"] and (base := _amount(form["base"])):
        times = _PLACES.get(form["myriad"], 1)
        high = (base + _lowest_place(base)) * times
        return BoundedApproximation(words, Decimal(base * times), Decimal(high), low_included=False)
    raise ValueError(
        "概数须写作“近百”“近300”“三百余”“1900余”“5000多”“数十”“上百”“不足百”一类，"
        f"或者写作“…余”“…多”，现为“{words}”"
    )
