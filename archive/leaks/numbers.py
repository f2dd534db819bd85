"""Numbers of identity cards, mobile telephones and bank cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from archive.files.patterns import late
from archive.leaks.leak import TextLeak, masked
from archive.leaks.running import running

# The first two digits of an identity number: the province (GB/T 2260; 8x as in GB 11643—1999).
_REGION = late("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
# The remainder of the weighted sum → the check digit (GB 11643—1999, 4.2; ISO 7064, MOD 11-2).
_CHECK = "10X98765432"


def is_identity(digits: str) -> bool:
    """Return whether `digits` are an identity number of eighteen digits, check digit included."""
    if len(digits) != 18 or not _REGION.match(digits) or not digits[:17].isdigit():
        return False
    if not _is_birthday(digits[6:14]):
        return False
    total = sum(int(c) * 2 ** (17 - i) for i, c in enumerate(digits[:17]))
    return digits[17] == _CHECK[total % 11]


def is_old_identity(digits: str) -> bool:
    """Return whether fifteen `digits` can be an identity number issued before 1999 (GB 11643—1989)."""
    return bool(_REGION.match(digits)) and _is_birthday(f"19{digits[6:12]}")


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year < 2100


# What people put between digits: any sign that neither separates sentences and cells nor calculates,
# and any number of blanks, which a page shows as one.
_GAP = r"[^\s0-9A-Za-z\u3400-\u9fff\n\r\v\f\x85\u2028\u2029,，;；。！？!?|\"“”{}<>%‰￥¥$€=+×÷…]"
_HYPHEN = r"\u2010-\u2015\u2212-"
_BLANK = rf"[ \t\xa0\u2000-\u200a\u202f\u3000{_HYPHEN}]"
_HYPHENS = late(f"[{_HYPHEN}]")
_BLANKS = r"[^\S\n\r\v\f\x1c-\x1f\x85\u2028\u2029]*+"
_BETWEEN = rf"{_BLANKS}(?:{_GAP}{_BLANKS}){{0,3}}+"
_RUN = late(rf"[0-9](?:{_BETWEEN}[0-9]){{10,}}+(?:{_BETWEEN}[Xx](?![A-Za-z0-9]))?")
_SPELT = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两"
_FIGURES = str.maketrans(_SPELT, "00012345678912345678912")
# Digits written as words, among which figures may stand.
_SPELT_RUN = late(rf"[0-9{_SPELT}](?<![0-9{_SPELT}].)(?:[ \u3000·-]{{0,3}}+[0-9{_SPELT}]){{10,}}+")
_MAX_GROUPS = 6
"""Groups in which one number is written at most, unless each digit stands in a box of a form."""
_SHORTEST, _LONGEST = 11, 19
"""The fewest and the most digits of a number searched for."""
_GROUP = late(r"[0-9]+[Xx]?|[Xx]")
_HELD = 1000
"""Groups of a long run that are looked at together."""

# Two forms need a search of their own: a number broken by the end of a line, and the fifteen digits
# of before 1999, which have no check digit and count only after the word 身份证.
_END = rf"{_BLANK}{{0,3}}(?:\\|<br ?/?>)?[ \t]{{0,3}}\n[ \t>]{{0,20}}"
_LINE_END = late(rf"[0-9](?P<end>{_END})(?=[0-9])")
# Groups of one number with one and the same sign between them that also separates sentences and
# cells or calculates, or over three lines and more.
_JOIN = r"(?P<join> ?\\?[,，;；。！？!?+=×÷…<>%$\"“”xX转到至] ?|\\\|)"
_APART = late(
    rf"[1-8](?<![0-9A-Za-z.,，_|].)[0-9]{{0,16}}+"
    rf"(?:{_JOIN}[0-9]{{1,14}}+(?:(?P=join)[0-9]{{1,14}}+){{1,16}}+|(?:{_END}[0-9]{{1,14}}+){{2,17}}+)[Xx]?"
    r"(?![0-9A-Za-z_|]|[.,，][0-9]|[.、)）年月日]| ?[=＝])"
)
_BEFORE_END = late(
    rf"(?<![0-9A-Za-z.,_])(?<![0-9]{_BLANK})(?:(?:00)?86{_BLANK}?)?(1[3-9](?:{_BLANK}?[0-9])*)\Z"
)
_AFTER_END = late(rf"[0-9](?:{_BLANK}?[0-9])*(?![0-9A-Za-z_]|[.,][0-9]|[.、)）年月日])")
_MAX_BROKEN = 25
"""Characters on either side of the end of a line that are looked at."""
_ONLY_NUMBER = late(r"[0-9.,\s]*[0-9][0-9.,\s]*")
_BROKEN = late(r"([1-8](?<![0-9].)[0-9]{0,16})[ \t]*\n[ \t]*([0-9]{1,17}[Xx]?)(?![0-9A-Za-z])")
_OLD = late(r"身份证?[^0-9\n]{0,6}([0-9]{15})(?![0-9A-Za-z])")
# Chinese mobile numbers: the prefixes in use, then eight digits.
_MOBILE = late(r"1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}")
# How a number of a card, and of a mobile telephone with the prefixes used before it, begins.
_CARD_HEAD = late("62|601|4|5[1-5]|2[2-7]|3[457]|9558")
_PHONE_HEAD = late("(?:0086|86|0)?1[3-9]")
# An identity number: its region, then, after four more digits, the century of the birthday.
_IDENTITY_HEAD = late(rf"(?:{_REGION.pattern})[0-9]{{4}}(?:18|19|20)")
_LONGEST_HEAD = 8
_LONGEST_PHONE = 15
# The groups in which people write a mobile number, by their lengths.
_PHONE_GROUPS = {(3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5)}
_JOINERS = ("-", "/", "_", "·", ".")
"""Signs that join groups of any lengths to one number."""
_YEAR = late("(?:19|20)[0-9]{2}")
# The prefixes of card issuers, with the lengths of their numbers (ISO/IEC 7812-1).
_CARD = late(
    r"62\d{14,17}|601\d{13,16}|4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}|9558\d{15}"
)
# A unit after a number: the number is an amount.
_UNIT = late(
    rf"{_BLANK}{{0,2}}[（(]?[多余]?(?:[万亿千百]|[人户](?![员事力])|元|美元|家|个|吨|公斤|千克|斤|克|[毫厘]?米|[cm]m\b|公里|平方|立方"
    r"|公顷|亩|度|千瓦|次|件|台|辆|套|只|头|册|份|篇|期|条|项|倍|升|桶|箱|张|株|棵|羽|枚|字|笔|[%％‰]|[kKmMtT]\b|k[gmW]|[GMT]B)"
)
# Text before or after that makes a number part of a longer number, a word or a sum of money.
_GOES_BEFORE = late(r"\d\.\Z|[¥￥$€]\s?\Z")
# Thousands, and the three digits that then follow: more of them are the next column of a table.
_THOUSANDS = late(r"(?<!\d)\d{1,3},\Z")
_HUNDREDS = late(r"\d{3}(?!\d|[ -]\d)")
_GOES_ON = late(
    r"\.(?!0(?![0-9]))\d|_\d|_?(?!(?i:v(?![a-z0-9])|vx|wx|wechat|weixin|qq|tel|phone|mob|sms|call|line))[A-Za-z][A-Za-z0-9_]"
)
_ONE_LETTER = late(r"(?<![A-Za-z0-9_])[A-Za-z]\Z")
# The number of an item of a list without a blank after it.
_ITEM = late(r"[\n|][^\S\n]*(?:[-*+>|][^\S\n]*){0,3}[(（]?[1-9]\d?\.\Z")
# A label before a number: it is a telephone number even if a unit seems to follow.
_PHONE_LABEL = late(r"(?:电话|手机|[话机]号码?|联系方式|微信|致电|拨打)[为是:：\s(（+]*$")
# A word before a number with the form of a telephone's that makes it an amount; or its unit does.
_AMOUNT = late(r"[值额量数共计达约至为超过增减加入出款资产金率用有到于]\s?[:：]?\s?$")
_CLEAR_UNIT = late(
    rf"{_BLANK}{{0,2}}[（(]?(?:[多余](?=[^\W\d_])(?![的人](?!次))|[亿千百]|[%％‰]|美元|k[gmW]|[GMT]B)"
)
# In data, the text before a number that is a whole value: after its key, in a list, in a cell.
_VALUE_BEGINS = late(r"[ \t]*(?:- )?[A-Za-z_]+: |[ \t]*- |")
"""What stands before a value, from the beginning of its line."""
_AFTER_A_SIGN = late(r"[,:\[{]\s*\Z")
_MAX_BEFORE = 200
"""Characters of a line before a value that are looked at."""
_END_OF_NUMBER = late(r"\s*(?:[,\]}\n]|$)")
_LETTERS_BEFORE = late(
    r"(?:tel|phone|mobile|mob|cell|call|sms|chat|weixin|vx|qq|wx|[^A-Za-z_][tm])\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits without a gap between them, from offset `start` to `end` of the text."""

    digits: str
    start: int
    end: int


def numbers(text: str, data: bool = False) -> Iterator[TextLeak]:
    """Yield the numbers of identity cards, mobile telephones and bank cards in `text`.

    With `data` (the text is YAML, CSV or JSON) an unquoted whole value is taken for a number, not for
    a telephone; nor are the serial numbers of a table.
    """
    found = [leak for run in _RUN.finditer(text) for leak in _numbers_in(text, run, data)]
    serial = running(text) if any(leak.kind == "手机号" for leak in found) else frozenset()
    yield from (leak for leak in found if leak.at not in serial or leak.kind != "手机号")
    for pattern, is_number in ((_BROKEN, is_identity), (_OLD, is_old_identity)):
        for match in pattern.finditer(text):
            digits = "".join(match.groups()).upper()
            if is_number(digits):
                yield TextLeak("身份证号", masked(digits, 3, 2), match.start(1), digits)
    yield from _broken_phones(text, data)
    yield from _apart(text, data)
    for run in _SPELT_RUN.finditer(text):
        if (figures := run[0].translate(_FIGURES)) != run[0]:
            for leak in numbers(figures):
                yield leak._replace(at=run.start() + leak.at)


def _apart(text: str, data: bool) -> Iterator[TextLeak]:
    """Yield the numbers with such signs or ends of lines between their groups, but not lists of values."""
    for found in _APART.finditer(text):
        groups = re.findall("[0-9]+", found[0])
        groups[-1] += "X" * (found[0][-1] in "Xx")
        digits, (start, end) = "".join(groups), found.span()
        if data and _is_value(text, start, end):
            continue
        join = (found["join"] or "\n").strip(" \\") or ","
        if is_identity(digits):
            yield TextLeak("身份证号", masked(digits, 3, 2), start, digits)
        elif len(groups[0]) == 4 and _is_card(digits, [_Group(one, start, end) for one in groups]):
            yield TextLeak("银行卡号", masked(digits, 4, 4), start, digits)
        elif _MOBILE.fullmatch(digits) and (
            _PHONE_LABEL.search(text, max(0, start - 8), start)
            or (
                tuple(map(len, groups)) in _PHONE_GROUPS
                and not _UNIT.match(text, end)
                and not ((data or join in ",，\n") and _is_list(text, start, end))
            )
        ):
            yield TextLeak("手机号", masked(digits, 3, 4), start, digits)


def _is_list(text: str, start: int, end: int) -> bool:
    """Return whether numbers are a row or a column: nothing stands before them on their line."""
    before = text[max(0, start - _MAX_BROKEN) : start].rpartition("\n")[2]
    return not before.strip() or ("\n" in text[start:end] and _in_column(text, start, end))


def _broken_phones(text: str, data: bool) -> Iterator[TextLeak]:
    """Yield the mobile numbers broken by the end of a line, but not two values of a column."""
    for found in _LINE_END.finditer(text):
        start, end = found.start("end"), found.end()
        reach = max(0, start - _MAX_BROKEN)
        head = _BEFORE_END.search(text[reach:start])
        tail = _AFTER_END.match(text, end, end + _MAX_BROKEN)
        if not head or not tail:
            continue
        digits = "".join(c for c in head[1] + tail[0] if c.isdigit())
        at = reach + head.start(1)
        if (
            _MOBILE.fullmatch(digits)
            and not _UNIT.match(text, tail.end())
            and not _in_column(text, start, tail.end())
            and not (data and _is_value(text, at, start))
        ):
            yield TextLeak("手机号", masked(digits, 3, 4), at, digits)


def _in_column(text: str, start: int, end: int) -> bool:
    """Return whether the line before or after those from `start` to `end` is a number and no more."""
    line = text.rfind("\n", max(0, start - _HELD), start)
    before = text[
        max(0, text.rfind("\n", max(0, line - _MAX_BROKEN), max(0, line)) + 1) : max(0, line)
    ]
    next_line = text.find("\n", end, end + _HELD)
    after = (
        text[next_line + 1 : next_line + 1 + _MAX_BROKEN].partition("\n")[0]
        if next_line >= 0
        else ""
    )
    return any(_ONLY_NUMBER.fullmatch(one) for one in (before[-_MAX_BROKEN:], after))


def _numbers_in(text: str, run: re.Match[str], data: bool) -> Iterator[TextLeak]:
    """Yield the numbers in a run of digits; of a long one, only a few groups are held at a time."""
    coming = _GROUP.finditer(text, run.start(), run.end())
    groups: list[_Group] = []
    at = 0
    while True:
        if len(groups) - at < 2 * _LONGEST:
            del groups[: max(0, at - 1)]  # the one before may be joined to the next by a hyphen
            at = min(at, 1)
            groups += [
                _Group(match[0].upper(), match.start(), match.end())
                for match in islice(coming, _HELD)
            ]
        if at >= len(groups):
            return
        found = _number_at(text, groups, at, data)
        if found:
            yield found[0]
        at += found[1] if found else 1


def _number_at(text: str, groups: list[_Group], at: int, data: bool) -> tuple[TextLeak, int] | None:
    """Return the leak that begins with group number `at`, and of how many groups it consists."""
    head = groups[at].digits
    if len(head) < _LONGEST_HEAD:
        head = "".join([group.digits for group in groups[at : at + _LONGEST_HEAD]])
    may_be_identity, may_be_card = _IDENTITY_HEAD.match(head), _CARD_HEAD.match(head)
    may_be_phone = _PHONE_HEAD.match(head)
    if not (may_be_identity or may_be_card or may_be_phone):
        return None
    digits = ""
    for count, group in enumerate(groups[at : at + _LONGEST], 1):
        digits += group.digits
        # Many groups form one number only where each is a single digit: the second shows whether.
        if len(digits) > _LONGEST or (count > _MAX_GROUPS and len(groups[at + 1].digits) > 1):
            return None
        if len(digits) < _SHORTEST:
            continue
        window = groups[at : at + count]
        start, end = window[0].start, window[-1].end
        if may_be_identity and is_identity(digits):
            return TextLeak("身份证号", masked(digits, 3, 2), start, digits), count
        if "X" in digits:
            return None
        if may_be_card and _is_card(digits, window) and not _is_part(text, start, end):
            return TextLeak("银行卡号", masked(digits, 4, 4), start, digits), count
        if not may_be_phone or len(digits) > _LONGEST_PHONE:
            continue
        phone = _phone(digits, text, groups, at, count)
        if (
            phone
            and not _is_amount(text, start, end)
            and not (data and count == 1 and _is_value(text, start, end))
        ):
            return TextLeak("手机号", masked(phone, 3, 4), start, phone), count
    return None


def _is_card(digits: str, window: list[_Group]) -> bool:
    if not _CARD.fullmatch(digits):
        return False
    *heads, last = (len(group.digits) for group in window)
    split = all(n == 4 for n in heads) and last <= 4
    if heads and not split and heads != [6]:
        return False
    # The Luhn sum: every second digit from the right counts double (ISO/IEC 7812-1, annex B).
    doubled = (int(c) * (1 + i % 2) for i, c in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _phone(digits: str, text: str, groups: list[_Group], at: int, count: int) -> str | None:
    """Return the eleven digits of a mobile number, without a prefix such as 86; None if it is none."""
    lengths = [len(group.digits) for group in groups[at : at + count]]
    for before in ("86", "0086", "0", ""):
        number = digits.removeprefix(before)
        if len(digits) - len(before) != 11 or not _MOBILE.fullmatch(number):
            continue
        split, left = list[int](), len(before)
        for length in lengths:
            left, own = max(0, left - length), max(0, length - left)
            split += [own] * bool(own)
        if split == [11] or _is_split(number, tuple(split), text, groups, at, count):
            return number
    return None


def _is_split(
    number: str, split: tuple[int, ...], text: str, groups: list[_Group], at: int, count: int
) -> bool:
    """Return whether the groups are those of one number, and no groups beside them belong to it."""
    gaps = [
        _gap(text[left.end : right.start])
        for left, right in pairwise(groups[max(0, at - 1) : at + count + 1])
    ]
    first = min(at, 1)
    outer = {*gaps[:first], *gaps[count - 1 + first :]}
    inner = set(gaps[first : count - 1 + first][-len(split) + 1 :])
    only = next(iter(inner)) if len(inner) == 1 else ""
    if outer & inner or not (only or outer.isdisjoint(("", "-"))):
        return False
    labelled = _PHONE_LABEL.search(text, max(0, groups[at].start - 8), groups[at].start)
    if labelled or len(split) == 11:
        return bool(labelled) or len(inner) == 1
    if split in _PHONE_GROUPS:
        return len(split) > 2 or "." not in inner
    odd = split == (2, 4, 5) if inner == {""} else only in _JOINERS
    if not odd or len(split) < 3 or min(split) < 2 or set(split[1:]) == {3}:
        return False
    places = [sum(split[:n]) for n in range(len(split))]
    return not any(
        size == 4 and _YEAR.match(number, place) for size, place in zip(split, places, strict=True)
    )


def _gap(between: str) -> str:
    """Return the kind of what stands between two groups; nothing stands for space."""
    return _HYPHENS.sub("-", "".join(between.split()))


def _is_amount(text: str, start: int, end: int) -> bool:
    """Return whether the number from `start` to `end` is an amount or part of something longer."""
    if _is_part(text, start, end):
        return True
    before = max(0, start - 8)
    whole, end = end, end + 2 * text.startswith(".0", end)
    if not _UNIT.match(text, end) or _PHONE_LABEL.search(text, before, start):
        return False
    if whole - start > 11:  # groups, or a prefix such as 86
        return False
    return bool(_CLEAR_UNIT.match(text, end) or _AMOUNT.search(text, before, start))


def _is_part(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 8) : start], text[end : end + 10]
    lettered = re.search(r"[A-Za-z]\Z|[A-Za-z0-9]_\Z", before)
    # One letter does not make digits in a row part of a word, unless there is another at their other end.
    alone = _ONE_LETTER.search(before) and not re.match("[A-Za-z]", after)
    alone = alone and text[start:end].isdigit()
    if lettered and not alone and not _LETTERS_BEFORE.search(before):
        return True
    if _THOUSANDS.search(before) and _HUNDREDS.match(text, start):
        return True
    if _GOES_BEFORE.search(before) and not _ITEM.search(
        "\n" * (start < _MAX_BROKEN) + text[max(0, start - _MAX_BROKEN) : start]
    ):
        return True
    if _GOES_ON.match(after):
        return True
    return before.endswith(("/", "=")) and bool(re.match(r"[./?#&_-]", after))


def _is_value(text: str, start: int, end: int) -> bool:
    """Return whether the number is a whole unquoted value, which a telephone number would not be."""
    reach = max(0, start - _MAX_BEFORE)
    line = text.rfind("\n", reach, start) + 1
    begins = (line or not reach) and _VALUE_BEGINS.fullmatch(text, line, start)
    before = begins or _AFTER_A_SIGN.search(text, max(line, reach), start)
    return bool(before and _END_OF_NUMBER.match(text, end))
