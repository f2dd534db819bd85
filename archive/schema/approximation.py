"""Approximations (约数): the words people write, and which exact values they allow.

GB/T 15835—2011 rules how they are written (4.2.2 and 5.2.1: 几 and neighbouring digits in Chinese
numerals, no mark between the two digits), but not which values they allow. That is a convention of this
program. With X the number written, and a step one of the lowest place written in it that is not nought
(三百 and 300: 100; 320: 10; 1.2万: 1000; 40%: 10):

- 近X: below X, by at most a step and at most a tenth of X (近百: 90 ≤ n < 100);
- 不足X, 不到X: below X, by at most a step and at most half of X (不足百: 50 ≤ n < 100); X以下, 至多X: the
  same, or X itself, as 以上, 以下 and 以内 include their number (民法典, article 1259);
- 约X, X左右, X来: within half a step of X on either side, and within a tenth of X (约1.2亿: 1.15亿 to
  1.25亿; 约300: 270 to 330);
- 超X, 突破X, X余, X多: above X, by less than a step and less than half of X, or than ten if that is more
  (百余: 100 < n < 150; 三百余: 300 < n < 400; 十余: 10 < n < 20); X以上, 不少于X, 达X: the same, or X itself;
- 余 and 多 after 万 or 亿 are less than one of it (30余万: 30 to 40 万; 30万余: 30 to 31 万);
- 上X: from X to twice X (上百: 100 ≤ n ≤ 200);
- 数X, 几X: from two of X to all that begins with nine of it (数十: 20 ≤ n < 100); after a number from one
  of it on (十几: 11 ≤ n < 20; 一百几十: 110 ≤ n < 200);
- 两三X, 七八X: from the first to all that begins with the second (两三百: 200 ≤ n < 400; 三五: 3 ≤ n < 6);
- 半: half of 100 for the unit %, of 10 for 成, and it stands for the unit too; a step is half of it (过半:
  50 < n < 75); 一半 alone is 约 (45 to 55).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal


@dataclass(frozen=True, slots=True)
class Limits:
    """The values that words allow."""

    low: Decimal
    high: Decimal
    low_included: bool
    high_included: bool

    def allow(self, value: Decimal) -> bool:
        """Return whether the words are true of this value."""
        not_less = self.low <= value if self.low_included else self.low < value
        return not_less and (value <= self.high if self.high_included else value < self.high)

    def times(self, factor: int) -> "Limits":
        """Return the limits of so many times the value."""
        return Limits(self.low * factor, self.high * factor, self.low_included, self.high_included)

    def whole(self) -> tuple[Decimal, Decimal]:
        """Return the lowest and highest whole number allowed; the next above both, if there is none."""
        low = self.low.to_integral_value(ROUND_CEILING)
        high = self.high.to_integral_value(ROUND_FLOOR)
        low += low == self.low and not self.low_included
        high -= high == self.high and not self.high_included
        return low, max(low, high)

    def text(self) -> str:
        """Return the values allowed, in Chinese, for a message to the editor."""
        low, high = (f"{end.normalize():f}" for end in (self.low, self.high))
        return (
            f"{'不小于' if self.low_included else '大于'} {low}、"
            f"{'不大于' if self.high_included else '小于'} {high}"
        )


def near(number: Decimal, step: Decimal) -> Limits:
    """近: below, by at most a step and a tenth."""
    return Limits(number - min(step, number / 10), number, True, False)


def below(number: Decimal, step: Decimal) -> Limits:
    """不足: below, by at most a step and a half."""
    return Limits(number - min(step, number / 2), number, True, False)


def at_most(number: Decimal, step: Decimal) -> Limits:
    """以下: as 不足, or the number itself."""
    return Limits(below(number, step).low, number, True, True)


def about(number: Decimal, step: Decimal) -> Limits:
    """约: on either side, by at most half a step and a tenth."""
    slack = min(step / 2, number / 10)
    return Limits(number - slack, number + slack, True, True)


def above(number: Decimal, step: Decimal) -> Limits:
    """超, 余: above, by less than a step, and less than half or ten, whichever is more."""
    return Limits(number, number + min(step, max(number / 2, Decimal(10))), False, False)


def at_least(number: Decimal, step: Decimal) -> Limits:
    """以上, 达: as 超, or the number itself."""
    return Limits(number, above(number, step).high, True, False)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that allow the same values, by where they stand."""

    limits: Callable[[Decimal, Decimal], Limits]
    """From the number written and a step of its lowest place."""
    rounding: str
    """To which side the number of open words is rounded."""
    before: tuple[str, ...]
    """Words before the number: 近百人."""
    after_number: tuple[str, ...] = ()
    """Words between the number and its unit: 300余人; after the unit if the number ends in ones: 3年多."""
    after_unit: tuple[str, ...] = ()
    """Words after the unit: 300人以上."""


RULES = (
    Rule(near, ROUND_CEILING, ("近", "将近", "接近")),
    Rule(below, ROUND_CEILING, ("不足", "不到", "不满", "低于", "少于")),
    Rule(at_most, ROUND_CEILING, ("不超过", "不多于", "至多", "最多"), (), ("以下", "以内")),
    Rule(about, ROUND_HALF_EVEN, ("约", "大约"), ("来",), ("左右", "上下")),
    Rule(above, ROUND_FLOOR, ("超", "超过", "逾", "突破", "过", "破", "高于", "多于"), ("余", "多")),
    Rule(
        at_least,
        ROUND_FLOOR,
        ("达", "达到", "已达", "多达", "高达", "不少于", "不低于", "不下", "不下于", "至少"),
        (),
        ("以上",),
    ),
)  # fmt: skip
"""Every word that goes with a number, which is written, or … to be made from the exact value."""

WITHOUT_NUMBER = ("上百", "数十", "几百", "十几", "两三百", "七八十", "三五", "一半")
"""One of each kind of words that hold their number themselves."""

WORDS_BEFORE = {word: rule for rule in RULES for word in rule.before}
WORDS_AFTER_NUMBER = {word: rule for rule in RULES for word in rule.after_number}
WORDS_AFTER_UNIT = {word: rule for rule in RULES for word in rule.after_unit}

HALF_WORDS = ("一半", "半数", "半")
"""Words for the number of a half; the first two also stand alone."""

HALF = {"%": (Decimal(50), Decimal(25)), "成": (Decimal(5), Decimal("2.5"))}
"""Unit → half of the whole, and its step, which is half of it: 半 is written in no place."""

FORMS = "；".join(
    [
        "、".join(
            [f"{word}…" for word in rule.before]
            + [f"…{word}" for word in (*rule.after_number, *rule.after_unit)]
        )
        for rule in RULES
    ]
    + ["、".join(WITHOUT_NUMBER)]
)
"""All forms, for editors; those of one rule stand together."""
