"""The numbers of headings, paragraphs and lists: how Word writes them, which of them a person has typed."""

import re
from collections.abc import Callable
from typing import NamedTuple

from archive.facts.articles import chinese
from archive.schema.numerals import parse_chinese_number

_NUMERAL = "[零〇一二三四五六七八九十百]{1,7}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_IN_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_WITH_STOP = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = str.maketrans("〇一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 999
"""Above it, numbers are written in digits, whatever their form."""


class Kind(NamedTuple):
    """A kind of number: by its rank, a heading of a lower one stands above; by its depth, 1.1 below 1."""

    rank: int
    depth: int = 1


ARTICLE = Kind(3)
"""第一条: never by itself a sign of a heading."""
_UNITS = {"部分": 0, "篇": 0, "编": 0, "卷": 0, "章": 1, "节": 2, "条": ARTICLE.rank}
_CHINESE, _BRACKETED, _DECIMAL, _ENCLOSED, _SIGN = range(4, 9)
_TYPED = re.compile(
    rf"(?P<of>第(?P<ordinal>{_NUMERAL}|\d{{1,3}})(?P<unit>部分|[篇编卷章节]|条(?=\s|$)))"
    rf"|(?P<chinese>{_NUMERAL})(?:、|[.．](?!\d))"
    rf"|[（(](?P<bracketed>{_NUMERAL})[)）]、?"
    r"|(?P<deep>\d{1,2}(?:[.．]\d{1,2}){2,5}(?!\d)(?:[.．](?!\d)|、)?|\d{1,2}[.．]\d{1,2}(?:[.．](?!\d)|、|(?=\s|$)))"
    r"|(?P<decimal>\d{1,3})(?:[.．](?!\d)|、)|(?P<bare>\d{1,2})(?=\s+[^\d\s])"
    r"|[（(](?P<enclosed>\d{1,3})[)）]、?|(?P<half>\d{1,3})[)）]"
    rf"|(?P<sign>[{_CIRCLED}{_IN_PARENTHESES}{_WITH_STOP}])"
)
_BARE = re.compile(r"(?P<deep>\d{1,5}(?:[.．]\d{1,5}){1,8})|(?P<decimal>\d{1,5})")
"""What Word alone may count so."""


class Numbered(NamedTuple):
    """The number at the beginning of a text, its kind, and the value of its last part."""

    number: str
    kind: Kind
    value: int


def typed_number(text: str, counted: bool = False) -> Numbered | None:
    """The number with which a text begins, if it looks like one; `counted`: Word has counted it."""
    found = _TYPED.match(text) or (_BARE.fullmatch(text) if counted else None)
    if not found:
        return None
    groups = {name: value for name, value in found.groupdict().items() if value}
    if "unit" in groups:
        return Numbered(found[0], Kind(_UNITS[groups["unit"]]), _value(groups["ordinal"]))
    if "sign" in groups:
        row = next(row for row in (_CIRCLED, _IN_PARENTHESES, _WITH_STOP) if found[0] in row)
        return Numbered(found[0], Kind(_SIGN), row.index(found[0]) + 1)
    if "deep" in groups:
        parts = re.findall(r"\d+", groups["deep"])
        return Numbered(found[0], Kind(_DECIMAL, len(parts)), int(parts[-1]))
    ranks = {
        "chinese": _CHINESE, "bracketed": _BRACKETED, "decimal": _DECIMAL, "bare": _DECIMAL, "enclosed": _ENCLOSED, "half": _ENCLOSED,
    }  # fmt: skip
    ((name, digits),) = groups.items()
    return Numbered(found[0], Kind(ranks[name]), _value(digits))


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    value = parse_chinese_number(digits)
    return int(value) if value is not None else 0


def written(value: int, form: str) -> str:
    """The number as Word writes it in a form of `w:numFmt`; in digits if the form is not known."""
    write = _FORMS.get(form)
    return write(value) if write and 0 <= value <= _MOST else str(value)


def _counted(value: int) -> str:
    return chinese(value) or "〇"


def _below_hundred(value: int) -> str:
    return _counted(value) if value < 100 else _each_digit(value)


def _each_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _japanese(value: int) -> str:
    text = _counted(value).replace("零", "")
    return text.removeprefix("一") if value >= 100 and text.startswith("一百") else text


def _formal(value: int) -> str:
    text = _counted(value)
    return ("一" + text if text.startswith("十") else text).translate(_FORMAL)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def _letters(value: int) -> str:
    """A to Z, then AA, BB and so on."""
    times, letter = divmod(value - 1, 26)
    return chr(ord("A") + letter) * (times + 1) if value else ""


def _ordinal(value: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"} if value // 10 % 10 != 1 else {}
    return f"{value}{ends.get(value % 10, 'th')}"


def _row(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _each_digit,
    "taiwaneseDigital": _each_digit,
    "japaneseDigitalTenThousand": _each_digit,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _formal,
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "decimalEnclosedCircle": _row(_CIRCLED),
    "decimalEnclosedCircleChinese": _row(_CIRCLED),
    "decimalEnclosedParen": _row(_IN_PARENTHESES),
    "decimalEnclosedFullstop": _row(_WITH_STOP),
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalZero": lambda value: f"{value:02}",
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "ordinal": _ordinal,
    "none": lambda value: "",
}


def circled(digits: str) -> str:
    """The number in a circle, in parentheses if there is no such sign."""
    value = int(digits) if digits.isdecimal() and len(digits) < 3 else 0
    return _CIRCLED[value - 1] if 0 < value <= len(_CIRCLED) else f"（{digits}）"
