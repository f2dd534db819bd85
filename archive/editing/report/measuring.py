"""What a number in prose is made of: its digits, value, unit and the words by which it approximates.

A text is read that `FOLD` has folded, so that its offsets are those of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from archive.checks.counting import APPROACHING
from archive.checks.number_frames import CHINESE, MEASURE, PLACES, SMALL, UNIT_LETTERS
from archive.checks.numerals import FOLD, Found
from archive.facts.approximation import parse
from archive.schema.numerals import PLACES as WORTHS
from archive.schema.numerals import parse_chinese_number, parse_composed

Kind = Literal["figure", "ratio", "range", "name", "honour"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at `start` to `end` of a text, its sign left out unless it is typed as one."""

    start: int
    end: int
    kind: Kind
    number: str
    value: Decimal | None = None
    unit: str = ""
    approximation: str = ""


UNIT = (
    rf"(?:[%‰℃]|{UNIT_LETTERS}|(?:连[冠增丰升降涨跌胜败])|[大小](?=[箱袋包盒桶瓶摞捆沓筐])|{MEASURE}"
    r"|(?:省份|城市|区县|县区|市县|乡镇|街道|社区|部门|支部|[省市县区镇乡村街校企岗厅室站院馆园证会金银铜死伤女男]))"
)
_MORE = rf"(?:标准煤|油当量|公里|当量|次(?![数要序品第级月日于生重]))?(?: ?/ ?(?:[{PLACES}]{{0,2}}{MEASURE}|人|{UNIT_LETTERS}))?"
"""What a unit goes on with that a number ends before: 吨标准煤, 吨公里, 微克/立方米."""
_DIGITS = r"\d+(?:,\d{3}(?!\d))*(?: \d{3}(?!\d))*(?:\.\d+)?"
_MIXED = rf"{_DIGITS}[{PLACES}]+{_DIGITS}[{PLACES}]*"
_NUMERAL = f"[{CHINESE}]+(?:点[零〇{SMALL}]+)?"
_BEFORE = (
    "不超过|不多于|不低于|不少于|不下于|不足|不到|不满|不下|将近|接近|低于|少于|高于|多于|至多|最多|至少|多达"
    "|大约|超过|突破|近|约|超|逾|上"
)
_AFTER = "以上|以下|以内|左右|上下"
_AFTER_ODD = "之上|有余|不等|开外|强"
_SIGN = "-|负|零下"
_PLAIN = re.compile(
    rf"(?P<before>(?:{_BEFORE})?)(?:倒数)?(?P<sign>{_SIGN})?[+±]?[¥￥$]?(?:第|前|翻了?)?"
    rf"(?P<number>{_MIXED}|{_DIGITS}|[{CHINESE}]*[几数][{CHINESE}]*|{_NUMERAL}|半)"
    rf"(?P<middle>[余多来]?)(?P<places>[{PLACES}]*)(?P<later>[余多来]?)"
    rf" ?(?P<unit>(?:{UNIT}{_MORE})?)(?P<last>[多半{SMALL}]?)(?P<after>(?:{_AFTER}|{_AFTER_ODD})?)"
)
_RANGE = re.compile(
    rf"(?P<before>(?:{_BEFORE})?)(?P<number>-?(?:{_DIGITS}|{_NUMERAL})[{PLACES}]* ?{UNIT}?"
    rf" ?(?:[-—–~]{{1,2}}|至|到) ?-?(?:{_DIGITS}|[{CHINESE}]+?))"
    rf"(?P<places>[百千万亿]*) ?(?P<unit>(?:{UNIT}{_MORE})?)(?P<after>(?:{_AFTER}|{_AFTER_ODD})?)"
)
_RATIO = re.compile(
    rf"(?P<before>(?:{_BEFORE})?)(?P<number>[\d.]+(?: ?[:/] ?[\d.]+)+|[{CHINESE}\d]+比[{CHINESE}\d]+"
    rf"|[{CHINESE}]+分之[{CHINESE}\d.]+(?:点[{CHINESE}]+)?|百分百)(?P<after>(?:{_AFTER}|{_AFTER_ODD})?)"
)
_PARTS = {"百分之": "%", "千分之": "‰"}
_SEVERAL = re.compile(
    rf"(?P<number>[{CHINESE}])(?P<unit>[省市县区镇乡村街科室队园校院站所金银铜死伤男女战胜负平升降]|中心)[、和]?"
)
_AFTER_IT = re.compile(_AFTER)
_BEFORE_IT = re.compile(rf"(?:{_BEFORE})\Z")
_REACHING = re.compile("(?:[高达]|低至)达?(?=[\\d{CHINESE}])".replace("{CHINESE}", CHINESE))
"""Words that the number rule takes for a part of a number."""
_HALVES = re.compile("(?:过|近|超|逾|约|超过)?半数?(?:以上)?|一半")
_MASK_AMOUNT = re.compile(
    rf"(?P<number>\*+(?:\.\*+)?)(?P<middle>[余多来几]?)(?P<places>[百千万亿]*)"
    rf"(?: ?(?P<unit>(?:[%‰℃]|{MEASURE}){_MORE}))?(?P<last>多?)(?P<after>(?:{_AFTER})?)"
)
FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CLIMBED = frozenset("跨迈站登跃冲攀踏")
"""Verbs that 上 belongs to."""
_LONGEST = 100
"""Characters of the longest number that is read."""
_TO_GO_ON = re.compile(rf"\d[{PLACES}]+")


def value_of(number: str, unit: str) -> Decimal | None:
    """Return the value of the digits of a figure as written, 百分之三十 as 30; None if it has no one value."""
    text = number.translate(FOLD)
    if composed := parse_composed(text):
        return composed[0]
    text = text.translate(FINANCIAL).replace(",", "").replace(" ", "")
    for words in _PARTS:
        text = text.removeprefix(words)
    negative = text.startswith("-")
    value = Decimal(100) if text == "百分百" else _value(text.removeprefix("-"), unit)
    return -value if negative and value is not None else value


def _value(text: str, unit: str) -> Decimal | None:
    if text == "半":
        return {"%": Decimal(50), "成": Decimal(5)}.get(unit, Decimal("0.5"))
    whole, found, part = text.partition("点")
    if found:
        head = parse_chinese_number(whole)
        digits = [parse_chinese_number(one) for one in part]
        if head is None or None in digits:
            return None
        return Decimal(f"{head}.{''.join(map(str, digits))}")
    if text[-1:] == "半" or ("成" in text and text[-1:] in SMALL):  # 一倍半, 三成五
        first = re.match(rf"[{CHINESE}]+|[\d.]+", text)
        base = _value(first[0], "") if first else None
        last = Decimal("0.5") if text[-1] == "半" else Decimal(_value(text[-1], "") or 0) / 10
        return base + last if base is not None else None
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    pieces = re.findall(rf"(\d+(?:\.\d+)?)([{PLACES}]*)", text)
    if pieces and "".join(a + b for a, b in pieces) == text:
        worths = [Decimal(WORTHS.get(places, 0) or _product(places)) for _, places in pieces]
        falling = all(a > b for a, b in pairwise(worths))
        values = (Decimal(a) * worth for (a, _), worth in zip(pieces, worths, strict=True))
        return sum(values, Decimal(0)) if falling else None
    value = parse_chinese_number(text)
    return None if value is None else Decimal(value)


def _product(places: str) -> int:
    worth = 1
    for place in places:
        worth *= WORTHS[place]
    return worth


def joined(text: str, found: list[Found]) -> list[Found]:
    """Return the numbers with those made one that are one amount: 3万5千元, 2分48秒."""
    done: list[Found] = []
    for one in found:
        last = done[-1] if done else None
        if (
            last
            and last.end == one.start
            and len(last.text) < 16
            and (
                _TO_GO_ON.fullmatch(text, last.end - 2, last.end)
                or _composed(text, last.start, one.end)
            )
        ):
            done[-1] = Found(last.start, one.end, text[last.start : one.end])
        else:
            done.append(one)
    return done


def _composed(text: str, start: int, end: int) -> tuple[re.Match[str], Decimal, str] | None:
    """Return where an amount in several units stands, its value and its unit, if one stands there."""
    found = _IN_UNITS.fullmatch(text, start, end)
    made = parse_composed(found["number"]) if found else None
    return (found, *made) if found and made else None


_IN_UNITS = re.compile(
    rf"(?P<before>(?:{_BEFORE})?)(?P<number>\d+[^\d\s]{{1,3}}\d[^\s]*?)(?P<after>(?:{_AFTER})?)"
)


def sharing_units(text: str, found: list[Amount]) -> list[Amount]:
    """Return the amounts of a folded text, those of a list with the unit that stands after the last of them."""
    done: list[Amount] = []
    for one in reversed(found):
        later = done[-1] if done else None
        if (
            later
            and one.kind == later.kind == "figure"
            and later.unit
            and one.unit != later.unit
            and later.unit.startswith(one.unit)
            and one.unit in _SHARED
            and "*" not in one.number + later.number
            and not one.approximation
            and one.number[:1].isdigit()
            and _LISTED.fullmatch(text, one.end, later.start)
        ):
            # What is not the whole unit is no part of what is shown.
            one = replace(one, end=one.end - len(one.unit), unit=later.unit)
            one = replace(one, value=value_of(one.number, one.unit))
        done.append(one)
    return done[::-1]


_SHARED = frozenset(("", "个", "万", "亿", "千", "百"))
"""What may stand for a unit where the whole of it stands later: 3.1个、2.7个百分点, 26万、18万人次."""
_LISTED = re.compile(" ?(?:、|和|与|及|或) ?")


def amounts(text: str, found: Found, written: str) -> Iterator[Amount]:
    """Yield what a number of a folded text is, `written` being the text itself; 四金三银 are two."""
    start, end = found.start, found.start + len(text[found.start : found.end].rstrip())
    if more := _AFTER_IT.match(text, end):
        end = more.end() if text[end - 1] not in "上下内右" else end
    if lead := _REACHING.match(text, start, end):
        start = lead.end()
    if text[start] == "上" and text[start - 1 : start] in _CLIMBED:
        start += 1  # 跨上百亿元台阶: not some hundred
    before = _BEFORE_IT.search(text, max(0, start - 4), start)
    first = before.start() if before and not APPROACHING.match(text[start:end]) else start
    if text[first : first + 1] == "约" and _is_in_a_word(text[max(0, first - 3) : first + 1]):
        first = start = max(start, first + 1)  # 签约11个
    if text[first:start] in ("上", "近", "约", "超"):  # the number rule would have taken them
        first = start
    several = list(_SEVERAL.finditer(text, start, end))
    if (
        len(several) > 1
        and several[-1].end() == end
        and "".join(s[0] for s in several) == text[start:end]
    ):
        for one in several:
            yield Amount(
                *(one.start(), one.end("unit")), "figure", *_number(one, written), one["unit"]
            )
        return
    # What is longer is no number that a report holds, and reading it may take time with its square.
    amount = _read(text, first, end, written) if end - first <= _LONGEST else None
    amount = amount and _with_rare_unit(text, amount, written)
    if amount and amount.value and text.endswith("零下", 0, amount.start):
        amount = replace(amount, value=-abs(amount.value))
    yield amount or Amount(start, end, "figure", written[start:end])


@lru_cache(maxsize=1024)
def _is_in_a_word(words: str) -> bool:
    """Return whether the last sign is the end of a word: 签约, 村规民约."""
    import rjieba  # loading its dictionary takes a tenth of a second; most commands need none

    last = rjieba.cut(words)[-1]
    return len(last) > 1 or words[-2:-1] in "签预违节公履特续邀解毁"


def _number(found: re.Match[str], written: str) -> tuple[str, Decimal | None]:
    number = written[slice(*found.span("number"))]
    return number, value_of(number, found["unit"])


def _read(text: str, first: int, end: int, written: str) -> Amount | None:
    if found := _HALVES.fullmatch(text, first, end):
        return _approximated(Amount(first, end, "figure", "半", Decimal(50), "%"), found[0])
    if composed := _composed(text, first, end):
        found, exact, several = composed
        return Amount(first, end, "figure", written[slice(*found.span("number"))], exact, several)
    if found := _RATIO.fullmatch(text, first, end):
        number = written[slice(*found.span("number"))]
        if number.endswith("/10") and text.startswith("万", end):  # 182.6/10万
            rate = number[:-3]
            return Amount(first, end + 1, "figure", rate, value_of(rate, ""), "/10万")
        words = (found["before"], found["after"])
        unit = "%" if number == "百分百" else _PARTS.get(number[:3], "")
        if not unit:
            return Amount(first, end, "ratio", number, approximation="".join(words))
        value = value_of(number, unit)
        made = Amount(first, end, "figure", number, value, unit)
        if any(words) and value is not None:
            made = _approximated(made, f"{words[0]}{value.normalize():f}{words[1]}")
        return made
    if found := _RANGE.fullmatch(text, first, end):
        number = written[slice(*found.span("number"))]
        unit = found["places"] + found["unit"]
        return _longer(text, Amount(first, end, "range", number, unit=unit))
    if (found := _PLAIN.match(text, first, end)) and found.end("number") > found.start("number"):
        return _plain(text, found, end, written)
    return None


def _plain(text: str, found: re.Match[str], end: int, written: str) -> Amount | None:
    start, close = found.span("number")
    number, places, unit = text[start:close], found["places"], found["unit"]
    middle, later, last = found["middle"], found["later"], found["last"]
    if number[0].isdigit() and later:  # 30万余人
        close, places, middle = found.end("places"), "", later
    elif not number[0].isdigit() and not middle and not places:  # 三百万元
        head = number.rstrip("万亿")
        if head and {*head}.isdisjoint("万亿") and (not unit or head[-1] not in "几数"):
            close, places = start + len(head), number[len(head) :]
    if unit.startswith(("个半", "个多")):
        if unit[1] == "半":
            number, unit = written[start : close + 2], unit[2:]
            return Amount(start, end, "figure", number, value_of(number, unit), unit)
        middle, unit = "多", "个" + unit[2:] if unit[2:] in ("百分点", "月") else unit[2:]
    if last == "多":
        middle = last
    elif last:  # 两年半
        close, places = found.end("last"), ""
    number = written[start:close]
    sign = found["sign"] or ""
    value = value_of(number, places + unit)
    begin = found.start("number") if not found["before"] else found.start()
    if sign:
        begin = start - (sign == "-")
        number = written[begin:close]
        value = -value if value is not None else None
    amount = Amount(begin, end, "figure", number, value, places + unit)
    plain = text[start:close]
    words = found["before"] + plain + middle
    for one in (words + found["after"], words, plain + middle + found["after"]):
        if not amount.approximation and (one != plain or value is None):
            amount = _approximated(amount, one)
    return _longer(text, amount) if close <= end else amount


def _approximated(amount: Amount, words: str) -> Amount:
    """Return the amount with words of approximation, if the register knows them."""
    try:
        parse(words, amount.unit)
    except ValueError:
        return amount
    return replace(amount, approximation=words)


_ENDS = re.compile(r"\s*(?:[,。;、!?)和与]|$)")
_UNIT_GOES_ON = re.compile(_MORE)


_RARE_UNIT = re.compile(
    "[\u4e00-\u9fff](?<![年月日号时分秒点多余等的是为了中上下内外间后前起来至到在和与及或也已均则个第之其全无未还又再才就都不元])"
    "(?=\\s*(?:[,。;、!?)]|$))|[A-Z][A-Za-z]{1,4}(?![A-Za-z])|[MGT](?![A-Za-z\\d])|案(?=\\d)"
)
"""A unit that is in no list, at the end of its clause: 4730叶, 1620席, 36.5万单, 0.16NTU."""
_OR_UNIT = re.compile(rf"\(({MEASURE})\)")
"""Another unit of the same number: 万册(件)."""


def _with_rare_unit(text: str, amount: Amount, written: str) -> Amount:
    """Return a number without a unit with the sign that stands for one, or with a second unit in brackets."""
    at = amount.end
    if amount.kind != "figure" or amount.approximation or not amount.number[:1].isdigit():
        return amount
    if amount.unit.strip("百千万亿"):
        found = _OR_UNIT.match(text, at)
    else:
        whole = len(amount.number) > 1 or bool(amount.unit)
        found = _RARE_UNIT.match(text, at) if whole and not _OF_DATE.match(text, at) else None
    if found is None:
        return amount
    return replace(amount, end=found.end(), unit=amount.unit + written[at : found.end()])


_OF_DATE = re.compile("[年月日号]")


def _longer(text: str, amount: Amount) -> Amount:
    """Return the amount with all of its unit."""
    more = _UNIT_GOES_ON.match(text, amount.end) if amount.unit else None
    if more is None or not more[0] or not text.endswith(amount.unit, 0, amount.end):
        return amount
    if more[0] == "公里" and amount.unit[-1] not in "吨人":
        return amount
    if (
        more[0] == "次"
        and amount.unit[-1] not in "册台辆项架期场"
        and not _ENDS.match(text, more.end())
    ):
        return amount
    return replace(amount, end=more.end(), unit=amount.unit + more[0].replace(" ", ""))


def masked(text: str, start: int) -> Amount | None:
    """Return the number that the stars at `start` stand for if a unit follows them; None if none does."""
    import rjieba  # loading its dictionary takes a tenth of a second; most commands need none

    found = _MASK_AMOUNT.match(text, start)
    if found is None:
        return None
    before = _BEFORE_IT.search(text, max(0, start - 4), start)
    unit, end = found["places"] + (found["unit"] or ""), found.end()
    if found["unit"]:
        # The unit must be a word of its own: 次, but not the beginning of 次序.
        rest = text[found.start("unit") : found.start("unit") + 12]
        size, at = len(found["unit"]), 0
        for word in rjieba.cut(rest) if not rest.startswith(("%", "‰")) else ():
            if at >= size:
                break
            at += len(word)
        if at > size and rest[size : size + 1] not in "以多左上":
            return None
    words = f"{before[0] if before else ''}…{found['middle'] or found['last']}{found['after']}"
    amount = Amount(before.start() if before else start, end, "figure", found["number"], unit=unit)
    return _approximated(amount, words) if words != "…" else amount
