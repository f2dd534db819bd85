"""Read an approximation as the register has it, compare it with the exact value, and print it.

The words are those of `archive.schema.approximation`, without the unit: 近百, 300余, 300以上 (printed
300人以上), 3多 (printed 3年多). With … for the number they are open: the number is made from the exact value,
rounded to two leading digits (to one below a hundred) to the side that the words speak of (1987: …余 gives
1900余, 近… gives 近2000), and the words must then be true of the value.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from archive.schema.approximation import (
    FORMS,
    HALF,
    HALF_WORDS,
    WORDS_AFTER_NUMBER,
    WORDS_AFTER_UNIT,
    WORDS_BEFORE,
    Limits,
    Rule,
    about,
    above,
)
from archive.schema.numerals import PLACES, parse_amount, parse_chinese_number

_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
_AMOUNT = (
    r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,4})?[百千万亿]{0,2}"
    rf"|{_NUMERAL}++|{'|'.join(HALF_WORDS)}|…++"
)


def _any(words: dict[str, Rule]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WITH_NUMBER = re.compile(
    rf"(?P<before>{_any(WORDS_BEFORE)})(?P<limit>{_AMOUNT})|(?P<base>{_AMOUNT})(?:"
    rf"(?P<middle>{_any(WORDS_AFTER_NUMBER)})(?P<myriad>[万亿]?)|(?P<after>{_any(WORDS_AFTER_UNIT)}))"
)
_UPWARDS = re.compile("上([十百千万亿]+)")
_SPAN = re.compile(
    f"({_NUMERAL}*)([几数]|一两|一二|两三|二三|三四|四五|五六|六七|七八|八九|三五)([十百千万亿]*)"
)


@dataclass(frozen=True, slots=True)
class BoundedApproximation:
    """Words with their number, such as 近百 or 300以上, and the values they allow."""

    before: str
    """What is printed before the unit."""
    after: str
    """What is printed after the unit."""
    limits: Limits
    says_unit: bool = False
    """Whether the words stand for the unit too, as 过半 does."""

    def allows(self, value: Decimal) -> bool:
        """Return whether the words are true of this value."""
        return self.limits.allow(value)

    def rule(self, value: Decimal) -> str:
        """Return what must hold of the exact value, in Chinese, after 确数须."""
        return self.limits.text()

    def printed(self, value: Decimal | None, mask: str) -> str:
        """Return what is printed up to the unit: always the words as written."""
        return self.before


@dataclass(frozen=True, slots=True)
class OpenApproximation:
    """Words with … for their number, such as …余 or 近…, which is made from the exact value."""

    before: str
    """What is printed before the unit, … for the number."""
    after: str
    """What is printed after the unit."""
    rounding: str
    says_unit = False

    def _made(self, value: Decimal) -> tuple[str, Limits | None]:
        """Return the number made from the value, and what the words with it allow; None below eleven."""
        place = Decimal(10) ** max(1, len(str(int(value))) - 2)
        near = (value / place).to_integral_value(self.rounding) * place
        # Digits are grouped from five on, as in every number of the site.
        number = f"{near:,f}" if near >= 10_000 else f"{near:f}"
        # Below eleven no number of one leading digit says less than the value itself.
        words = _read(self.before.replace("…", number) + self.after, "") if value >= 11 else None
        return number, words.limits if isinstance(words, BoundedApproximation) else None

    def allows(self, value: Decimal) -> bool:
        """Return whether the words are true of this value, with the number made from it."""
        _, limits = self._made(value)
        return limits is not None and limits.allow(value)

    def rule(self, value: Decimal) -> str:
        """Return what must hold of the exact value, in Chinese, after 确数须."""
        number, limits = self._made(value)
        words = self.before.replace("…", number) + self.after
        return f"合于由它得出的“{words}”（{limits.text()}）" if limits else "不小于 11"

    def printed(self, value: Decimal | None, mask: str) -> str:
        """Return what is printed up to the unit: the words with their number, or with the mask if it is None.

        Nothing where there is neither a value nor a mask. A value that the words do not allow leaves
        them as they are.
        """
        number = mask
        if value is not None:
            number = self._made(value)[0] if self.allows(value) else "…"
        return number and self.before.replace("…", number)


Approximation = BoundedApproximation | OpenApproximation


def parse(words: str, unit: str) -> Approximation:
    """Return the approximation that the words state; raises ValueError, in Chinese, if they state none."""
    if found := _read(words, unit):
        return found
    bare = words.replace(unit, "") if unit else words
    if bare != words and _read(bare, unit):
        raise ValueError(
            f"计量单位自会印出，约数里不得再写，须写作“{bare}”，现为“{words}”；请改为：{bare}"
        )
    if any(_read(words, other) for other in HALF):
        raise ValueError(
            f"“半”须是计量单位为{'、'.join(HALF)}的数，现为“{words}”，计量单位为“{unit}”；请改写约数"
        )
    raise ValueError(
        f"约数须写作以下一种：{FORMS}；“…”处写数（300、1.2万、三百），"
        f"也可以照写“…”，由确数得出，现为“{words}”；请改写为其中一种"
    )


def _read(words: str, unit: str) -> Approximation | None:
    """Return the approximation that the words state of the unit; None if they state none."""
    if found := _WITH_NUMBER.fullmatch(words):
        return _with_number(found, unit)
    limits = None
    if words in HALF_WORDS[:2]:
        limits = about(*HALF[unit]) if unit in HALF else None
    elif found := _UPWARDS.fullmatch(words):
        place = Decimal(parse_chinese_number(found[1]) or 0)
        limits = Limits(place, place * 2, True, True) if place else None
    elif found := _SPAN.fullmatch(words):
        limits = _span(*found.groups())
    return BoundedApproximation(words, "", limits, "半" in words) if limits else None


def _span(head: str, digits: str, places: str) -> Limits | None:
    """Return what 十几, 数百 or 七八十 allow: from the first digit to all that begins with the last."""
    if len(digits) == 1:
        digits = "一九" if head else "二九"
    low, high = (parse_chinese_number(head + digit + places) for digit in digits)
    first, last = (parse_chinese_number(digit) or 0 for digit in digits)
    if low and high:
        step = (high - low) // (last - first)
        return Limits(Decimal(low), Decimal(high + step), True, False)
    return None


def _with_number(found: re.Match[str], unit: str) -> Approximation | None:
    before, limit, base, middle, myriad, after = found.groups(default="")
    text = limit or base
    rule = WORDS_BEFORE.get(before) or WORDS_AFTER_NUMBER.get(middle) or WORDS_AFTER_UNIT[after]
    if text.startswith("…"):
        shown = f"{before}…{middle}"
        return None if myriad else OpenApproximation(shown, after, rule.rounding)
    if "半" in text:
        if middle or unit not in HALF:
            return None
        return BoundedApproximation(found[0], "", rule.limits(*HALF[unit]), says_unit=True)
    number = parse_amount(text)
    if not number:
        return None
    step = _step(number)
    if middle and text[-1] in "万亿":
        step = min(step, Decimal(PLACES[text[-1]]))
    limits = rule.limits(number, step)
    if middle and number % 10 and text[-1] not in PLACES:
        # After ones, 余 and 多 stand behind the unit (3年多); 来 and 3余万 are not said.
        if myriad or rule.limits is not above:
            return None
        return BoundedApproximation(text, middle, limits)
    shown = found[0].removesuffix(after)
    return BoundedApproximation(shown, after, limits.times(PLACES.get(myriad, 1)))


def _step(number: Decimal) -> Decimal:
    """Return one of the lowest place of a number that is not nought (1900 → 100, 1.5 → 0.1)."""
    return Decimal(10) ** int(number.normalize().as_tuple().exponent)
