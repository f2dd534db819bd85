"""The days that a text means by 2024年上半年, 1—6月, 年末, 去年, 三年来: of its numbers, and of itself."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from archive.schema.numerals import parse_chinese_number

Period = tuple[date, date]

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)(?: ?[-—–~至到]{1,2} ?(?P<last>(?:19|20)\d\d))?年度?|(?P<word>今年|本年度?|当年|去年|上年|前年))"
_PART = (
    r"(?P<half>[上下]半年)|前(?P<first>[二三四2-4两])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<from>\d{1,2})月?(?:份)?[-—–~至到]{1,2}(?P<to>\d{1,2})月份?|前(?P<months>\d{1,2})个月"
    r"|(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})日|(?P<close>末|底))?"
)
_SAID = re.compile(
    rf"(?P<from_year>(?:19|20)\d\d)年[-—–~至到]{{1,2}}(?P<to_year>(?:19|20)\d\d)年"
    rf"|{_YEAR}(?:(?P<end>[年]?[末底])|{_PART})?|{_PART.replace('?P<', '?P<_')}"
    r"|(?P<only_end>(?<![一二三四五六七八九十\d])年[末底]|期末)"
)
_NOT_SAID = re.compile(r"(?:比|较|于|自|从|自从|与|同|和|由|早在|以)$")
_NOT_MEANT = re.compile("同期|以来|以前|至今|相比|起|的?水平|基数|之前|版|级|新增?任")
_BACK = {"去年": 1, "上年": 1, "前年": 2}
_QUARTERS = {one: number % 4 + 1 for number, one in enumerate("一二三四1234")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Said:
    """From `at` of a text on, numbers are of a period; of None if the words do not tell which days."""

    at: int
    period: Period | None


def periods(text: str, sentence: tuple[int, int], report: Period) -> Iterator[Said]:
    """Yield the periods that a sentence of a folded text says, in order."""
    year = report[0].year if report[0].year == report[1].year else None
    for found in _SAID.finditer(text, *sentence):
        before = text[max(sentence[0], found.start() - 2) : found.start()]
        if _NOT_SAID.search(before) or _NOT_MEANT.match(text, found.end()):
            continue
        if before.endswith(("近", "过去", "每")):
            continue
        if found["year"] and not found["last"]:
            year = int(found["year"])
        yield Said(found.start(), _days(found, year, report))


def _days(found: re.Match[str], year: int | None, report: Period) -> Period | None:
    if found["from_year"]:
        return _span(int(found["from_year"]), 1, int(found["to_year"]), 12)
    if found["last"]:
        return _span(int(found["year"]), 1, int(found["last"]), 12)
    if found["word"]:
        year = report[1].year - _BACK.get(found["word"], 0)
    if year is None and found["only_end"]:
        year = report[1].year
    if year is None:
        return None
    if found["end"] or found["only_end"]:
        return date(year, 12, 31), date(year, 12, 31)
    part = {
        name: found[name] or found[f"_{name}"]
        for name in ("half", "first", "quarter", "from", "to", "months", "month", "day", "close")
    }
    if part["half"]:
        return _span(year, 1, year, 6) if part["half"][0] == "上" else _span(year, 7, year, 12)
    if part["first"]:
        return _span(year, 1, year, 3 * _QUARTERS[part["first"]])
    if part["quarter"]:
        number = _QUARTERS[part["quarter"]]
        return _span(year, 3 * number - 2, year, 3 * number)
    if part["from"]:
        return _span(year, int(part["from"]), year, int(part["to"]))
    if part["months"]:
        return _span(year, 1, year, int(part["months"]))
    if part["month"]:
        whole = _span(year, int(part["month"]), year, int(part["month"]))
        if whole is None or not (part["day"] or part["close"]):
            return whole
        day = int(part["day"] or whole[1].day)
        if not 1 <= day <= whole[1].day:
            return None
        return date(year, whole[1].month, day), date(year, whole[1].month, day)
    return _span(year, 1, year, 12)


def _span(year: int, month: int, last_year: int, last_month: int) -> Period | None:
    """Return the days from one month to another; None if there are no such months."""
    if not (1 <= month <= 12 and 1 <= last_month <= 12) or (year, month) > (last_year, last_month):
        return None
    end = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return date(year, month, 1), end


@dataclass(frozen=True, slots=True)
class Meant:
    """Words of a text from `start` to `end`, and the days that they mean in a report."""

    start: int
    end: int
    days: Period


_COUNT = r"十[一二三四五六七八九]|[两二三四五六七八九十]|[1-9]\d?"
_YEARS = re.compile(
    rf"(?:(?<![附邻将临接靠])(?:最近|近)|过去)(?P<near>{_COUNT})年(?P<tail>以来|来)?"
    rf"|(?<![一二三四五六七八九十百千万零〇两几数第每多余近\d])(?P<count>{_COUNT})年(?:以来|来)"
)
_WITHIN = {
    "今年": ("至当如现古而迄", "轻代龄富薪"),
    "去年": ("过失逝老", ""),
    "上年": ("以线网路身马晚早史世场会街海榜版", "纪限级"),
    "前年": ("一二三四五六七八九十几数以之目先从0123456789", "均"),
    "本年": ("成资基日文样版根书课原", "均"),
    "本年度": ("成资基日文样版根书课原", ""),
}
"""A word → the characters before it and after it with which it is a part of other words."""
_IN_TURN = "每各历年第月度上下本"
"""Before 上半年, 一季度: then it is that of another year than the report's, or of each."""
_STARTS = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在对从自的局市区部院委我])$")


def meant(text: str, sentence: tuple[int, int], report: Period) -> Iterator[Meant]:
    """Yield the words of a sentence that mean days only by the period of the report, in order.

    What could mean other days, or is a part of another word, is left out.
    """
    found = [*_relative(text, sentence, report), *_past_years(text, sentence, report)]
    done = sentence[0]
    for one in sorted(found, key=lambda it: (it.start, -it.end)):
        if one.start >= done:
            done = one.end
            yield one


def _relative(text: str, sentence: tuple[int, int], report: Period) -> Iterator[Meant]:
    """今年, 去年上半年, and 上半年 where the report is of one year and the sentence names no other."""
    year = report[0].year if report[0].year == report[1].year else None
    for found in _SAID.finditer(text, *sentence):
        if found["from_year"] or found["year"] or found["only_end"]:
            year = None  # 2024年……，上半年: of that year, and it is said already
            continue
        before, after = text[sentence[0] : found.start()][-1:], text[found.end() : found.end() + 1]
        if text.startswith("同期", found.end()):
            continue
        if found["word"]:
            parts = _WITHIN.get(found["word"])
            if parts is None or before in (*parts[0],) or after in (*parts[1],):
                continue
        elif not (found["_half"] or found["_first"] or found["_quarter"]) or before in (*_IN_TURN,):
            continue
        days = _days(found, year, report)
        if days and days[0] <= report[1]:
            yield Meant(found.start(), found.end(), (days[0], min(days[1], report[1])))


def _past_years(text: str, sentence: tuple[int, int], report: Period) -> Iterator[Meant]:
    """三年来, 近三年: the years up to the last day of the report."""
    for found in _YEARS.finditer(text, *sentence):
        after = text[found.end() : found.end() + 1]
        sure = found["count"] or found["tail"]
        if after in (*"访电信函往自历宾",) if sure else after in (*"期制级内多余行计规生半间左",):
            continue
        if not sure and not _STARTS.search(text[max(0, found.start() - 1) : found.start()]):
            continue  # 工作近三年: nearly three years
        written = found["near"] or found["count"]
        count = int(written) if written.isdecimal() else parse_chinese_number(written)
        following = report[1] + timedelta(days=1)
        if count and following.year - count >= 1900:
            first = following - timedelta(days=following.month == 2 and following.day == 29)
            first = first.replace(year=following.year - count)
            yield Meant(found.start(), found.end(), (first, report[1]))
