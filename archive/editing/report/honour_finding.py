"""Find the honours that a report says were received: in sentences, in tables and in lists under a heading of them.

A title in quotes is told by the verb before it (荣获“…”); one without quotes must also end as titles do
(被评为全省先进集体). What is aimed at, applied for or given to others is none.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.checks.numerals import FOLD
from archive.editing.report.numbers import typed_number
from archive.editing.report.results import is_aim
from archive.files.patterns import late


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text of a report stands: of a cell also in which table, row and column."""

    kind: Literal["heading", "cell", "text", "note"]
    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Award:
    """An honour named at `start` to `end` of the text of that index, and what else is told of it."""

    text: int
    start: int
    end: int
    title: str
    about: str
    """The words right before and in the title, by which its level is told."""
    body: str
    """Who awarded it; empty if that is not told."""
    day: date | None
    told_day: str
    """The year, or the year and the month, where the day is not told."""
    to: str
    """Who received it, as far as the clause says."""
    sentence: tuple[int, int]


_FAR = 160
"""How much of what stands before a verb is looked at."""
_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*")
_RECEIVED = late(
    "(?P<sure>喜?荣获|荣膺|荣摘|获评|获授|获颁|喜获|斩获|摘得|夺得|捧回|当选|入选|创建?成"
    "|被[^,。;“]{0,30}?(?:授予|评选为|评为|评定为|命名为|表彰为|表扬为|认定为|确定为|列为)"
    "|(?:评选|评|评定|命名|表彰|认定)为|授予)|(?P<loose>获得|取得|获)"
)
"""Words before what is received; after the `loose` ones stand many things that are no honours."""
_BY = late(
    "被(?P<body>[^,。;“被]{2,30}?)(?:联合|共同|再次|一并|正式)?(?:授予|评选|评定|评|命名|表彰|表扬|认定|确定|列)"
)
_ACTIVE = late("(?:评选|评|评定|命名|表彰|认定)为|授予")
_PASSIVE = late("(?:被|获|荣|先后|再次|连续|多次|继续|[我本])[^;。]{0,40}$")
_OWN = late("(?:给)?(?P<to>[我本][^,。;“、]{1,10}?)(?=“|全|国|省|[市县区](?:级|直)|优|先|文明|模)")
_NOT = late("(?:未|没有|尚未|不|申报|申请|推荐|争创|争取|参评|拟|候选|入围|有望|确保)[^,。;]{0,6}$")
_GIVER = late("(?P<body>[^“,。;]{2,30}?)(?:授予|颁发|命名|表彰|评选|评定)的")
_TO_SKIP = late("(?:了|过|得|到|的|为|:|[一二三四五六七八九十\\d]+[项个次]|多项|各项|以下)+")
_JOINS = late("(?:、|和|及|以及|与|并|,(?=“))*")
_QUOTED = late(
    "(?P<before>[^“”,。;:、!?\n]{0,24})“(?P<quoted>[^“”\n]{2,40})”(?P<after>[^“”,。;:、!?\n]{0,20})"
)
_PLAIN = late("[^“”,。;:、!?\n]{3,40}")
_ENDS = late("(?:等)?(?:项)?(?:荣誉)?(?:称号|荣誉|殊荣|奖项|名单|以[来后]|的|等)+$")
_ONLY_LEVEL = late(
    "(?:(?:19|20)\\d\\d(?:[-—–~至](?:19|20)\\d\\d)?年?度?|第[零〇一二三四五六七八九十百\\d]+[届批轮]|全[国省市县区州](?:系统|直机关)?"
    "|国家级?|自治[区州县]级?|[省市县区州](?:级|直机关|直)?|系统级?|首届|首批|的|了|为)*"
)
"""What before a title in quotes is no part of it: 全省“最美阅读空间”."""
_IS_TITLE = late(
    "(?:单位|集体|个人|机关|标兵|标兵岗|文明岗|示范(?:岗|点|单位|窗口|机关|社区|村|乡镇?|基地|企业|学校|站|区)|等奖|[金银铜]奖|大奖|[^得中颁]奖|奖章"
    "|[^账编型符称讯]号|能手|模范|先进[\u4e00-\u9fff]{0,6}|优秀[\u4e00-\u9fff]{2,8}|文明[\u4e00-\u9fff]{1,5}|奖状|奖杯|红旗|之星|工作者|突击队|先锋队?|窗口"
    "|家庭|工人|青年|党支部|党组织|党员|党务工作者|人物|好人|楷模|样板|典型|品牌|案例)$"
)
"""How titles end that stand without quotes."""
_IS_NONE = late(
    "批示|肯定|好评|资金|专利|授权|支持|认可|成效|成绩|进展|突破|收入|满意|资格|许可|证书$|名次|感谢|锦旗|点赞|重视"
    "|[%‰]|[\\d*]+(?:[^\\d年届]|$)"
)
_ABOUT_MANY = late("以上|各级|各类")
_DAY = late(
    "(?P<year>(?:19|20)\\d\\d)年(?:度|(?P<month>1[0-2]|0?[1-9])月(?:份|(?P<day>[12]\\d|3[01]|0?[1-9])日)?)?"
    "|(?P<y>(?:19|20)\\d\\d)(?:[-./](?P<m>1[0-2]|0?[1-9])(?:[-./](?P<d>[12]\\d|3[01]|0?[1-9]))?)?"
)
_HEADS = {
    "title": late("(?:所获|获得)?(?:荣誉|奖项|获奖|称号)(?:名称|称号|项目|情况)?(?:[(].*[)])?|荣誉\\(?奖项\\)?"),
    "body": late("(?:授予|颁发|颁奖|授奖|表彰|命名|评选|发证|主办|授牌)(?:单位|机关|部门|机构)"),
    "day": late("(?:授予|获奖|获得|颁发|表彰|命名)?(?:时间|日期|年份|年度)"),
    "to": late("(?:获奖|受奖|获得|表彰)(?:主体|者|人|单位|对象|个人|集体|单位\\(?个人\\)?)"),
    "level": late("(?:荣誉|奖项|获奖)?(?:级别|等级|层级)"),
}  # fmt: skip
"""What stands above the columns of a table of honours."""
_LIST_OF = late("荣誉|获奖|表彰|奖项")
_LISTED = late(
    "(?:\\d{1,2}[.、] ?)?(?:[(]?(?P<when>(?:19|20)\\d\\d(?:年(?:\\d{1,2}月(?:\\d{1,2}日)?)?|[-./]\\d{1,2}(?:[-./]\\d{1,2})?)?度?)[)]?[,:、]? ?)?"
    "(?P<title>“[^“”\n]{2,40}”|[^“”,。;:!?\n()]{3,40}?)(?:称号|荣誉称号)?(?:[(](?P<body>[^()\\d]{2,30})[)])?[。;,]?"
)


_MARKS = str.maketrans("「」『』《》", "“”“”“”")
_STRAIGHT = late('"([^"\n]*)"')


def _folded(text: str) -> str:
    """A text with one form of each sign and of quotes."""
    return _STRAIGHT.sub(r"“\1”", text.translate(FOLD).translate(_MARKS))


def awards(texts: Sequence[str], spots: Sequence[Spot]) -> list[Award]:
    """Return the honours of a report's texts, in order; `spots` say where each text stands."""
    found: list[Award] = []
    listing = False
    for at, (text, spot) in enumerate(zip(texts, spots, strict=True)):
        folded = _folded(text)
        if spot.kind == "heading":
            listing = bool(_LIST_OF.search(folded))
        elif spot.kind == "text":
            told = [*_told(at, text, folded)]
            found += told or (_listed(at, text, folded) if listing else ())
    for rows in _tables(spots):
        found += _tabled(rows, texts)
    return sorted(found, key=lambda one: (one.text, one.start))


def _told(at: int, text: str, folded: str) -> Iterator[Award]:
    """Yield the honours that the sentences of a text tell of."""
    for sentence in _SENTENCE.finditer(folded):
        first, last = sentence.start(), sentence.start() + len(sentence[0].rstrip())
        done = first
        for verb in _RECEIVED.finditer(folded, first, last):
            before = folded[max(first, verb.start() - _FAR) : verb.start()]
            clause = before.rpartition(",")[2]
            if verb.start() < done or _NOT.search(before) or is_aim(before):
                continue
            begin, own = verb.end(), None
            if _ACTIVE.fullmatch(verb[0]):
                own = _OWN.match(folded, begin)
                if not own and not _PASSIVE.search(before):
                    continue
                begin = own.end() if own else begin
            by = _BY.match(verb[0])
            body = by["body"] if by else clause if own else ""
            for start, end, title, about, giver in _titles(folded, begin, last, bool(verb["sure"])):
                day, told_day = _day(f"{before},{about}")
                yield Award(
                    at, start, end, text[start:end], f"{about}{title}", _body(giver or body), day, told_day, own["to"] if own else clause,
                    (first + len(sentence[0]) - len(sentence[0].lstrip()), last),
                )  # fmt: skip
                done = end


def _titles(
    folded: str, at: int, last: int, sure: bool
) -> Iterator[tuple[int, int, str, str, str]]:
    """Yield the titles that stand one after another: where, the title, what stands before it, who gave it."""
    skipped = _TO_SKIP.match(folded, at, last)
    at = skipped.end() if skipped else at
    about = ""
    while at < last:
        if joins := _JOINS.match(folded, at, last):
            at = joins.end()
        giver = _GIVER.match(folded, at, last)
        at = giver.end() if giver else at
        by = giver["body"] if giver else ""
        if found := _QUOTED.match(folded, at, last):
            before, after = found["before"], _ENDS.sub("", found["after"])
            start, end = found.start("quoted"), found.end("quoted")
            plain = after and not _IS_TITLE.search(after)
            if not _ONLY_LEVEL.fullmatch(before) or (after and not plain):
                start, end = found.start("before"), found.end("quoted") + 1
                end += 0 if plain else len(after)
                more = _ONLY_YEAR.match(folded, start, end)
                start = more.end() if more else start
            title = folded[start:end]
            if _IS_NONE.search(title) or (
                plain and (_GOES_ON.match(after) or _IS_NONE.search(after))
            ):
                return
            about = before or about
            yield start, end, title, about, by
            at = found.end()
        elif found := _PLAIN.match(folded, at, last):
            title = _ENDS.sub("", found[0])
            parts = [
                part for part in _AND.finditer(title) if _IS_TITLE.search(title[: part.start()])
            ]
            whole = title if not parts else title[: parts[0].start()]
            start, end = at, at + len(whole)
            if before := _BEFORE_TITLE.match(folded, at, end):
                start = before.end()
            named = bool(_IS_TITLE.search(whole))
            if sure:
                named = named or title != found[0] or bool(_LEVELLED.match(whole))
            title = folded[start:end]
            if not named or len(title) < 4 or _IS_NONE.search(title) or _ABOUT_MANY.search(title):
                return
            yield start, end, title, whole, by
            at = end if parts else found.end()
        else:
            return


_AND = late("和|及|以及|与")
_BEFORE_TITLE = late("(?:(?:19|20)\\d\\d年度?(?![-—–~至])|\\*+)+")
_LEVELLED = late("(?:(?:19|20)\\d\\d年度?)?(?:第\\S{1,3}届)?(?:全[国省市县区]|国家级|[省市县区]级)")
_ONLY_YEAR = late("(?:19|20)\\d\\d年度?(?![-—–~至])")
_GOES_ON = late("的|[^\\s]{0,4}(?:活动|工作|行动|主题|专题)")
"""What goes on after a quote that is no title: 获“七五”普法工作…"""


def _body(told: str) -> str:
    """Who awarded an honour, without what is said of when and how."""
    told = _DAY.sub("", told).strip(",、 ")
    told = re.sub(
        r"^(?:今年|去年|近日|日前|年初|年底|先后|同时|分别|再次|连续\S{1,3}年|由|经|被)+", "", told
    )
    return told if 2 <= len(told) <= 30 and not re.search(r"[\d*我本]", told) else ""


def _day(told: str) -> tuple[date | None, str]:
    """The day told last; or else its year, or year and month, in words."""
    days = [*_DAY.finditer(told)]
    if not days:
        return None, ""
    last = days[-1]
    year, month, day = (
        last[a] or last[b] for a, b in (("year", "y"), ("month", "m"), ("day", "d"))
    )
    if month and day and int(day) <= monthrange(int(year), int(month))[1]:
        return date(int(year), int(month), int(day)), ""
    return None, f"{year}年{int(month)}月" if month else f"{year}年"


def _listed(at: int, text: str, folded: str) -> Iterator[Award]:
    """Yield the honour that a line under a heading of honours is."""
    number = typed_number(text)
    first = len(number.number) if number else 0
    first += len(folded[first:]) - len(folded[first:].lstrip())
    found = _LISTED.fullmatch(folded, first)
    if found is None:
        return
    start, end = found.span("title")
    quoted = folded[start] == "“"
    if quoted:
        start, end = start + 1, end - 1
    title = folded[start:end]
    if (quoted or _IS_TITLE.search(title)) and not _IS_NONE.search(title):
        day, told_day = _day(found["when"] or "")
        yield Award(at, start, end, text[start:end], title, _body(found["body"] or ""), day, told_day, "", (first, len(folded.rstrip())))  # fmt: skip


def _tables(spots: Sequence[Spot]) -> Iterator[list[dict[int, int]]]:
    """Yield each table as rows of column → text."""
    tables: dict[int, dict[int, dict[int, int]]] = {}
    for at, spot in enumerate(spots):
        if spot.kind == "cell":
            tables.setdefault(spot.table, {}).setdefault(spot.row, {})[spot.column] = at
    yield from ([rows[row] for row in sorted(rows)] for rows in tables.values())


def _tabled(rows: Sequence[dict[int, int]], texts: Sequence[str]) -> Iterator[Award]:
    """Yield the honours of a table whose first row says that it lists them."""
    columns: dict[str, int] = {}
    for column, at in rows[0].items():
        head = re.sub(r"\s", "", _folded(texts[at]))
        for name, pattern in _HEADS.items():
            if name not in columns and pattern.fullmatch(head):
                columns[name] = column
                break
    if "title" not in columns or len(columns) < 2:
        return
    for row in rows[1:]:
        if columns["title"] not in row:
            continue
        at = row[columns["title"]]
        text = texts[at]
        folded = _folded(text)
        start, end = len(folded) - len(folded.lstrip()), len(folded.rstrip())
        if folded[start : start + 1] == "“" and folded[end - 1 : end] == "”":
            start, end = start + 1, end - 1
        if not 2 <= end - start <= 60 or "\n" in text:
            continue
        said = {name: _folded(texts[row[one]]).strip() if one in row else "" for name, one in columns.items()}  # fmt: skip
        day, told_day = _day(said.get("day", ""))
        about = said.get("level", "") + folded[start:end]
        yield Award(at, start, end, text[start:end], about, _body(said.get("body", "")), day, told_day, said.get("to", ""), (0, len(folded.rstrip())))  # fmt: skip
