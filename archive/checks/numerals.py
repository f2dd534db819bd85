"""Find figures typed by hand in prose: every numeral, but for those that are known to count nothing.

The text is read from left to right. What begins with a numeral is read in this order:

1. a frame (`archive.checks.number_frames`): a date, a clock time, an edition (第十三次党代会), a period
   (过去五年), a name (5G, 二期工程), an article, the text's own counts (三个方面);
2. a word with a numeral: of `archive.checks.number_words`, or of the dictionary by which the text is
   cut into words (三心二意, 七台河市), unless it is itself a numeral with its measure word;
3. a number: digits in any dress; a Chinese numeral with a measure word or a noun that is counted
   without one (三镇五村); fractions, multiples, ranks, streaks; a numeral that ends its clause. 一 counts
   only in a context of counting (`archive.checks.counting`): 慰问一名党员, but not 是一场硬仗.

Words that approximate (近, 约, 以上) and both ends of a range belong to the number. 多次, 若干, 几个, 零容忍
and units without a number are no numbers. In short quotation marks a numeral is part of a name (“五个一”),
unless it is approximate or stands with a unit of counting. A number inside a set phrase is left out.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archive.checks.counting import (
    APPROACHING,
    bare_counts,
    goes_on,
    is_zero,
    noun_end,
    one_counts,
    place_pair,
    rank_end,
    short_period,
    sums_up,
    takes_part,
)
from archive.checks.number_frames import (
    CHINESE,
    END,
    MEASURE,
    PLACES,
    SMALL,
    UNIT_LETTERS,
    any_of,
    frame_end,
)
from archive.checks.number_words import COUNTED_NOUNS, NAMED, ORDINARY
from archive.files.patterns import late


class Found(NamedTuple):
    """A number, from offset `start` to `end` of the text."""

    start: int
    end: int
    text: str


# -- characters -----------------------------------------------------------------------------------

_FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
# Signs that are a number by themselves: fractions, Roman, circled and bracketed numbers, the numerals
# of Suzhou, hours and days written as one character.
_SIGNS = "¼-¾⅐-ↂↅ-↉①-⒛⓪-⓿❶-➓〡-〩〸-〺㆒-㆕㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿㋀-㋋㍘-㍰㏠-㏾\U0001f100-\U0001f10c\U0001f51f"
_RAISED = "²³¹⁰⁴-⁹₀-₉"


class _Fold(dict[int, str]):
    """One character for each: full-width forms as plain ones, radicals and variants as the usual signs."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = character
        if (digit := unicodedata.decimal(character, None)) is not None:
            folded = str(digit)
        elif unicodedata.category(character) not in ("No", "Nl"):
            plain = unicodedata.normalize("NFKC", character)
            folded = plain if len(plain) == 1 else character
        self[code] = folded
        return folded


FOLD = _Fold(
    {ord(a): b for a, b in zip("○兩萬億−﹣∶︰℅", "〇两万亿--::%", strict=True)}
    | {ord(blank): " " for blank in "\u00a0\u2009\u202f\u3000\t"}
)
"""For `str.translate`: a folded text has the offsets of the text."""

# -- words ----------------------------------------------------------------------------------------

_LISTED = late(any_of({*ORDINARY.split(), *NAMED.split()}))
_PLAIN = rf"[^{CHINESE}\d\s,。;、:!?|]"
_OF_ONE = late(
    "|".join(
        (
            rf"一({_PLAIN})(?:又?一)?\1",  # 一次次, 一项又一项
            rf"一[年月周日季天人户企家事案岗村校乡县市区科室类车桌企线表证校店院站队组班岗][一双多][^{CHINESE}\s等次人名个篇期场元日号件份项]",  # 一人一档
            r"一\w{1,2}[也都](?:不|没|未|别)",
            r"一(?P<of>个|件|桩|项|批|户|处)[、,]?\w{1,2}一(?P=of)",  # 干一件成一件
            r"一\w{1,2}(?:接|连|胜|挨|更?比|盯|带|帮|对|抓)着?一\w",
            r"一\w不[漏落少剩]",
        )
    )
)
_PATTERN = late(
    rf"([{SMALL}十百]{{1,4}}[年载])[^{CHINESE}\d\s,。;、]{{4}}[,、]?\1|一次(?:验收|交验|审核|报送|检测|申报)?(?:通过|合格|成功|到位|过关|达标|办结|解决|入库)(?={END}|[率验审])|[{SMALL}2-9]?人一[组岗班]|发现一\w[、,]?(?:查处|处理|整改|纠正|通报|解决)一\w|不[漏落少]一\w|[{SMALL}]人制(?!度)|四周(?=布|是|都|的|围|墙|环|有)"
)
_FOUR = late(
    rf"[{SMALL}十百千万][^{CHINESE}\d\s,。;、:!?|几余多来半成块元角分倍年月日时的名%至到比]"
    rf"[{SMALL}百千万][^{CHINESE}\d\s,。;、:!?|的了是在和与以人名%]"
)
"""三会一课: two numerals, each with one character that they do not count."""
_PLACE_NAME = late(
    "(?!.[条扇]).{2,}[区县市镇乡村山河湖桥路街沟口店屯庄铺堡坡坪岭湾塘营泉峡岛江海门社寨渠洲]$"
)
_QUANTITY = late(rf"第?[{CHINESE}几数]+[余多来几]?(?:{MEASURE})")
_PERSONS = late(f"[{CHINESE}几数]+(?:[人名元次户]|分之)")
_COUNTED = late(rf"[{CHINESE}]+(?:{any_of(COUNTED_NOUNS.split())}|[条扇])")
_ONLY_NUMERAL = late(rf"[第破满近上超逾过达]?[{CHINESE}几数]+[余多来几]*|.*连[冠胜增丰].*")
_ANY_CHINESE = late(f"[{CHINESE}]")


@lru_cache(10_000)
def _is_ordinary(word: str, tag: str) -> bool:
    """Return whether a word of the dictionary counts nothing although it holds a numeral."""
    import rjieba  # loading its dictionary takes a tenth of a second; most commands need none

    if tag in ("m", "mq", "q", "t", "eng") or not rjieba.has_word(word):
        return False
    if _ONLY_NUMERAL.fullmatch(word):
        return False
    if (tag == "ns" and len(word) > 2) or _PLACE_NAME.match(word):
        return True
    if tag == "i" and len(word) > 3:
        return not _PERSONS.match(word)
    return not (_QUANTITY.match(word) or _COUNTED.match(word))


class _Words:
    """The words of a text that hold a numeral and count nothing, and its verbs, by their offsets."""

    def __init__(self, text: str) -> None:
        import rjieba  # as above

        self._starts: list[int] = []
        self._ends: list[int] = []
        self._verbs: set[int] = set()
        self._predicates: set[int] = set()
        at = 0
        for word, tag in rjieba.tag(text) if _ANY_CHINESE.search(text) else ():
            end = at + len(word)
            if tag == "v" or tag == "vn":
                self._verbs.add(end)
            if tag == "v" or tag == "d" or tag == "p":
                self._predicates.add(at)
            if len(word) > 1 and _ANY_CHINESE.search(word) and _is_ordinary(word, tag):
                self._starts.append(at)
                self._ends.append(end)
            at = end

    def at(self, at: int) -> tuple[int, int]:
        """Return the word that covers `at`; (0, 0) if there is none."""
        index = bisect_right(self._starts, at) - 1
        found = index >= 0 and self._ends[index] > at
        return (self._starts[index], self._ends[index]) if found else (0, 0)

    def predicate_at(self, at: int) -> bool:
        """Return whether a verb, or a word that stands before one, begins at `at`."""
        return at in self._predicates

    def verb_before(self, text: str, at: int) -> bool:
        """Return whether a verb ends at `at`, perhaps with 了 or the like after it."""
        return at in self._verbs or (text[at - 1 : at] in {*"了过出有到"} and at - 1 in self._verbs)


# -- numbers --------------------------------------------------------------------------------------

_DIGITS = (
    r"\d+(?:,\d{3}(?!\d)){0,6}(?: \d{3}(?!\d)){0,6}(?: \d(?!\d)){0,9}(?:[._]\d+){0,6}"
    r"(?:[×x*]10[²³¹⁰⁴-⁹]+|e\d+)?"
)
_SEVERAL = (
    f"(?:(?<![人次总户件篇份期项天倍个名基系指参分多少大计函负无度])数|几)(?=[{PLACES}])[{PLACES}]+"
)
_INNER = f"(?:[余多来几好][{PLACES}]*|[{PLACES}]+[余多来几]?[万亿]*)?"
_AFTER = r"(?:以上|以下|以内|之上|左右|上下|有余|不等|开外|强(?=[,。;、的]))?"
_UNIT = rf"[ *_~]{{0,3}}(?:[大小](?=[箱袋包盒桶瓶摞捆沓筐]|本(?![领色事])|车(?!间)))?(?:[%‰℃]|{UNIT_LETTERS}|路(?=[^{CHINESE}\d\s,。;、]{{0,4}}[组队]|人马)|{MEASURE}(?:/{MEASURE})?)"
_SPECIAL = "|".join(
    (
        rf"(?:[{SMALL}十百]{{1,4}}(?:[省市县区镇乡村街科室队园校院站所金银铜死伤男女战胜负平升降]|中心)[、和]?){{2,9}}(?!格局|模式|布局|体系|联动|合一|[{CHINESE}])",
        rf"[{CHINESE}]{{1,20}}分之(?:[{CHINESE}]{{1,20}}(?:点[{CHINESE}]{{1,20}})?|\d+(?:\.\d+)?)(?:至[{CHINESE}]{{1,20}})?",
        rf"百分百|一半(?!是)|成百上千|成千上万(?=[人名户])|数以[十百千万亿]计|百[十把](?:来|个)?{MEASURE}",
        rf"[{_FINANCIAL}{PLACES}零]{{0,20}}[{_FINANCIAL}][{_FINANCIAL}{PLACES}零]{{1,20}}(?:{MEASURE})?整?",
        rf"\d{{1,9}}(?:\.\d{{1,9}})?(?:[:/]\d{{1,9}}(?:\.\d{{1,9}})?){{1,4}}(?![\d:/])|[{SMALL}]比[{SMALL}](?=的|获|胜|战|领|大|完|{END})|\d+比\d+",
        rf"[{SMALL}十\d]{{1,3}}连[冠增丰升降涨跌胜败]|[{SMALL}十\d]{{1,3}}[金银铜](?=\d|{END})",
        "(?:(?<=提前)|(?<=推迟)|(?<=缩短)|(?<=历时)|(?<=耗时)|(?<=为期))半(?:年|个?月|天)",
        "(?<![近去过这那])一(?:个月|周|个工作日|天)之?内",
        rf"(?<![上下前后大多过])半(?:个?(?:百分点|多?小时|工作日|学时|课时|天|日)|年(?={END}|以上)|个?月(?={END}|以上)|成(?!品)|价(?=[,。;]))",
    )
)
_NUMBER = late(
    "|".join(
        (
            f"(?P<special>{_SPECIAL}){_AFTER}",
            f"(?P<signs>[{_SIGNS}]|(?<![A-Za-z])[{_RAISED}]+)(?:{_UNIT})?",
            f"(?P<digits>{_DIGITS}){_INNER}(?P<unit>{_UNIT}[半多]?|[省市县区镇乡村街校](?![级内外])|街道)?{_AFTER}",
            f"(?P<core>{_SEVERAL}{_INNER}|[{CHINESE}]++(?:点[零〇{SMALL}]++)?{_INNER})"
            f"(?P<measure>{_UNIT}(?:多|[半{SMALL}](?![{CHINESE}]|{MEASURE}))?)?{_AFTER}",
        )
    )
)
_WITHOUT_NUMERAL = late(
    rf"翻了?[{SMALL}]番|翻[番倍]|(?<=[年现均])倍增{END}|(?<![在于])首位(?!度|数)|榜首|居首(?!位|都|府|页)"
    "|半数|(?<=[超近过减])半(?!年|个|天|小时|月|百|日|价|径|成)|过半|减半|大半(?!天|年|辈|夜|个)"
    rf"|(?<=[减少对折])半{END}|(?<![妻哥姐子女他们我你弟妹兄母父])[俩仨](?!儿)"
    rf"|(?<![以之先提此目从日生])前(?:\d{{1,9}}|[{SMALL}{PLACES}]{{1,5}})(?:[名位强](?!的)|(?=的|{END}|行列|水平))"
)
_TO = late(rf" ?(?:[-—–~]{{1,2}}|至|到) ?(?=[\d{CHINESE}])")
_START = late(
    f"[\\d{CHINESE}{_SIGNS}{_RAISED}{_FINANCIAL}第数几成半俩仨首榜居翻倍过半减大前发不"
    f"{''.join(sorted({word[0] for word in [*ORDINARY.split(), *NAMED.split()]}))}]"
)
"""The characters with which a word or a number can begin; the search skips all others."""
_NUMERAL = late(f"[\\d{CHINESE}{_SIGNS}{_RAISED}{_FINANCIAL}数几成半]")
_RUN = late(rf"[{CHINESE}]++|[\d.,]{{1,40}}")
_QUOTED = late(
    r"\"[^\"\n]{1,24}\"|“[^“”\n]{1,24}”|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」|《[^《》\n]{1,60}》"
)
_COUNTING_UNIT = late(
    rf"[%‰]|人次?|名|元|户次?|家次?|次|场次?|万元|亿元|件|个百分点|[{PLACES}]*[元人名次]"
)
_TIMES = frozenset(["年", "天", "日", "月", "周年", "周", "分钟", "小时", "个月", "载"])
_NAMED_SECOND = frozenset("类组级期档层号班队版章节卷")
"""Measure words that make a name of 二; a count of two is 两类."""
_TITLE_ENDS = late(
    r"\w?[条则问讲课招策法句字例论]?[^》]{0,2}(?:(?<=[条则问讲课招策法句字例论])|制度|措施|办法|规定|要求|标准|准则|行动|工程)》"
)
"""What a title ends in that tells how much there is in it, from the last sign of the number."""
_SHARE = frozenset("分半比:/数连")
_ENDS = late(END)
_AMONG = late("[^,。;:!?\n]*[中里],")
_ANY_END = late("[,。;!?\n]")


class _Reading:
    """One reading of a folded text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _Words(text)
        self.ends = deque([0], maxlen=4)
        """The ends of the last numbers found, the nearest first."""
        self.quotes = [found.span() for found in _QUOTED.finditer(text)]

    def numbers(self) -> Iterator[tuple[int, int, int]]:
        """Yield every number as three offsets: of its approximating word, its start, its end."""
        text = self.text
        at = taken = 0  # the text before `taken` belongs to a word or number already read
        while start := _START.search(text, at):
            at = start.start()
            near = APPROACHING.search(text, max(taken, at - 4), at)
            first = near.start() if near else at
            end, counts = self._read(at, near is not None)
            if counts:
                self.ends.appendleft(end)
                yield first, at, end
            taken = max(taken, end)
            at = max(end, at + 1)

    def _read(self, at: int, approximated: bool) -> tuple[int, bool]:
        """Return the end of what begins at `at`, and whether it is a number; the end is 0 if nothing does."""
        text = self.text
        if found := _WITHOUT_NUMERAL.match(text, at):
            return found.end(), True
        word = self._word_end(at)
        if text[at] == "第":
            end, rank = rank_end(text, at)
            return (word, False) if word >= end else (end, rank)
        if not _NUMERAL.match(text, at):
            return word, False
        number = _NUMBER.match(text, at)
        frame = 0 if number and self._of_those(at, number) else frame_end(text, at)
        end = number.end() if number else 0
        if number and number["special"] and end > max(frame, word):
            return end, not (_SHARE.isdisjoint(number["special"]) and self._names(at, end, "", ""))
        if frame and frame >= word:
            return frame, False
        begins, ends = self.words.at(at)
        if (
            begins < at
            and ends
            and not approximated
            and not _ANY_CHINESE.search(text, ends - 1, ends + 1)
        ):
            return ends, False  # the numeral is not the beginning of its word: 进一步, 长三角
        word = max(word, ends)
        # If both end at the same place the word is taken, but not after 近 or 上: 近百年 is a number.
        if word and word >= end + (approximated and number is not None and bool(number["core"])):
            return word, False
        if number is None:
            run = _RUN.match(text, at)
            return (run.end() if run else 0), False
        if not self._counts(at, number, approximated):
            return end, False
        if number["core"] and not number["measure"]:
            end = max(end, noun_end(text, end))
        return self._range_end(end), True

    def _word_end(self, at: int) -> int:
        """Return the end of the listed word, or pattern of words, that begins at `at`; 0 if none does."""
        text = self.text
        end = 0
        for pattern in (_LISTED, _PATTERN, _OF_ONE):
            if found := pattern.match(text, at):
                end = max(end, found.end())
        if not end and (four := _FOUR.match(text, at)) and not place_pair(text, at):
            end = four.end()
        return end

    def _range_end(self, end: int) -> int:
        """Return where a range ends whose first number ends at `end`; `end` if there is no range."""
        joined = _TO.match(self.text, end)
        other = _NUMBER.match(self.text, joined.end()) if joined else None
        return other.end() if other else end

    def _counts(self, at: int, number: re.Match[str], approximated: bool) -> bool:
        """Return whether a match of the grammar is a number in its context."""
        text, end = self.text, number.end()
        core = number["core"] or ""
        unit = (number["unit"] or number["measure"] or "").strip(" *_~")
        if not approximated and self._names(at, end, core, unit):
            return False
        if number["special"] or number["signs"]:
            return True
        if unit == "年" and short_period(text, at, end, core or number["digits"]):
            return False
        ranged = self._range_end(end) > end
        if not approximated and not ranged and sums_up(text, at, core or number["digits"], unit):
            return False
        if number["digits"] or ranged:
            return True
        if set(core) <= {*"零〇"}:
            return not unit and is_zero(text, at, end)
        if core == "一":
            verb = self.words.verb_before(text, at)
            return bool(unit) and (
                (approximated and text[at - 1] != "上")
                or one_counts(text, at, end, unit, verb=verb, listed=self._listed(at, unit))
            )
        if not unit:
            return bare_counts(text, at, end, core)
        if core == "二" and unit in _NAMED_SECOND:
            counted = _ENDS.match(text, end) and text[at - 1 : at] not in {*"为是属于列入"}
            return bool(counted) or text[at - 1 : at] in {*"共有计"}
        return not (core == "二" and unit == "次") or _ENDS.match(text, end) is not None

    def _listed(self, at: int, unit: str) -> bool:
        """Return whether what begins at `at` goes on a list that begins with another number."""
        text, last = self.text, self.ends[0]
        near = 0 < last < at < last + 24 and text[at - 1] in {*"、和及"}
        if near and not _ANY_END.search(text, last, at):
            return True
        end = at + 1 + len(unit)
        for other in self.ends:  # 三个乡镇提前五天完成，一个乡镇推迟
            if at < other + 32 and text.endswith(unit, 0, other) and goes_on(text[other:at]):
                same_noun = text[other : other + 2] == text[end : end + 2]
                predicate = same_noun or self.words.predicate_at(end)
                return takes_part(text, end, unit, predicate=predicate)
        return False

    def _of_those(self, at: int, number: re.Match[str]) -> bool:
        """Return whether a number tells how many of those before it: 五个县区中，四个实现增长."""
        unit = number["unit"] or number["measure"]
        last = self.ends[0]
        if not unit or at >= last + 20 or not self.text.endswith(unit, 0, last):
            return False
        return _AMONG.fullmatch(self.text, last, at) is not None

    def _names(self, at: int, end: int, core: str, unit: str) -> bool:
        """Return whether a number in quotation marks is part of a name: “五个一”, “1345”思路."""
        index = bisect_right(self.quotes, at, key=lambda quote: quote[0]) - 1
        if index < 0 or end > self.quotes[index][1] or core[-1:] in {*"余多几"}:
            return False
        opened, closed = self.quotes[index]
        if self.text[opened] == "《" and at > opened + 1 and _TITLE_ENDS.match(self.text, end - 1):
            return True
        if _ANY_END.search(self.text, opened, closed):
            return False  # a clause that is quoted, and no name
        alone = at == opened + 1 and end == closed - 1
        if unit in _TIMES:
            return True
        if not core and _COUNTING_UNIT.fullmatch(unit):
            return False
        counted = _COUNTING_UNIT.fullmatch(unit) or (unit and len(core) != 1 and at > opened + 1)
        round_word = bool(core) and set(core) <= {*"百千万亿"}
        return core == "一" or round_word or not (counted and (at > opened + 1 or alone))


@lru_cache(maxsize=4)
def _by_beginning(phrases: tuple[str, ...]) -> Mapping[str, list[tuple[str, int]]]:
    """Return every two characters of the phrases → the phrases that hold them, and where."""
    index: dict[str, list[tuple[str, int]]] = {}
    for phrase in phrases:
        for at in range(len(phrase)):
            index.setdefault(phrase[at : at + 2], []).append((phrase, at))
    return index


def find_numbers(text: str, phrases: Iterable[str]) -> list[Found]:
    """Return the numbers typed by hand in prose, without those inside one of the set phrases.

    The end of a line ends a clause, as does the edge of a table cell. The caller must have taken out
    all that is not prose: macro calls, addresses, attributes, the numbering of headings.
    """
    index = _by_beginning(tuple(phrases))  # made once for all pages

    def is_in_phrase(start: int, end: int) -> bool:
        found = [*index.get(text[start : start + 2], ()), *index.get(text[start : start + 1], ())]
        return any(
            start - at + len(phrase) >= end and text.startswith(phrase, start - at)
            for phrase, at in found
            if at <= start
        )

    return [
        Found(first, end, text[first:end])
        for first, start, end in _Reading(text.translate(FOLD)).numbers()
        if not is_in_phrase(start, end)
    ]
