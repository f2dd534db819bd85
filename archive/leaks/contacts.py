"""How somebody is reached or recognised: fixed telephones, QQ and WeChat accounts, number plates."""

import re
from collections.abc import Iterator, Mapping

from archive.files.patterns import late
from archive.leaks.leak import TextLeak, masked
from archive.schema.allowed import LeakKind

_DASH = r"[-\u2010-\u2015\u2212]"
_BLANK = r"[ \t\xa0\u2000-\u200a\u202f\u3000]"
# Area codes: 010 and 02x with eight digits of a number, all others with seven or eight.
_AREA = r"(?<=0)(?<![0-9A-Za-z._/]0)(?:10|2[0-57-9]|[3-9][0-9]{2})"
_LOCAL = rf"[2-8][0-9]{{2,3}}(?:{_DASH}|{_BLANK})?[0-9]{{4}}"
_END = r"(?![0-9A-Za-z_]|[.,][0-9]|[年月万亿千百元吨人户个家次])"
_GAP = r"(?:[^\S\n]{0,2}(?:\n(?!\n)[^\S\n]{0,2})?)"
"""Between a label and what it labels: never the end of a paragraph."""
_LABEL = r"(?<=[电座传热])(?:话|机|真|线)(?:号码|号)?(?:[为是]|[:：])?[\s（(]{0,3}"
# Each begins with one of few characters, so that a text without them is passed over quickly.
PATTERNS: Mapping[LeakKind, re.Pattern[str]] = {
    "固定电话": late(
        rf"[0电座传热](?:{_AREA}(?:{_BLANK}?{_DASH}{_BLANK}?|{_BLANK}?[)）]{_BLANK}?|{_BLANK}){_LOCAL}"
        rf"|{_LABEL}(?P<labelled>(?:0(?:10|2[0-57-9]|[3-9][0-9]{{2}}))?{_LOCAL})){_END}"
    ),
    "QQ号": late(
        rf"[Qq扣](?:(?<=扣)扣|(?<=[Qq])[Qq](?<![A-Za-z]..)){_GAP}(?:群号?|号码?)?{_GAP}[:：为是]?{_GAP}(?P<labelled>[1-9][0-9]{{4,10}})"
        r"(?![0-9A-Za-z]|[.,][0-9]|[年月日万亿千百人户个家次条])"
    ),
    "微信号": late(
        r"[微Ww](?:(?:(?<=微)信|(?<=[Ww])e(?:[Cc]hat|ixin))(?:账号|帐号|号|[Ii][Dd])?\s{0,2}[:：为是]|(?<=微)信号\s{0,2})\s{0,2}"
        r"(?P<labelled>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_.@-])"
    ),
    "车牌号": late(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]\s?[·•・-]?\s?"
        r"(?=[A-Z]{0,2}[0-9]{3}|[0-9]+[A-Z])(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警领港澳])"
        r"(?![0-9A-Za-z]|[.-][0-9]|[年月万亿千百元吨人户个家])"
    ),
}  # fmt: skip
"""Each kind, and how it is written."""


def contacts(text: str) -> Iterator[TextLeak]:
    """Yield the fixed telephones, the QQ and WeChat accounts and the number plates in `text`."""
    for kind, pattern in PATTERNS.items():
        for found in pattern.finditer(text):
            group = "labelled" if found.groupdict().get("labelled") else 0
            yield TextLeak(kind, masked(found[group], 3, 2), found.start(group), found[group])
