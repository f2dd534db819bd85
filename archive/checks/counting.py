"""Whether a numeral counts something where it stands: 一, numerals without a measure word, ranks.

And what an editor types beside a figure that the figure says itself: its unit, an approximating word.
"""

from archive.checks.number_frames import CHINESE, DURATION, END, MEASURE, PLACES, SMALL, any_of
from archive.checks.number_words import (
    ACTIONS,
    COUNTED_NOUNS,
    EVENTS,
    HONOURABLE,
    INDEFINITE,
    LISTED_COUNTS,
    MEASURES,
    NEVER_ONE,
    NO_ACTIONS,
    NO_RANKS,
    OWN_COUNTS,
    PEOPLE,
    PRAISE,
    TIMES,
)
from archive.files.patterns import late
from archive.schema.numerals import parse_chinese_number

APPROACHING = late(
    "(?:(?<![附最临邻接亲贴靠走远])近|(?<![节条合公制契大规])约|大约|(?<![线网会以身台地墙])上|逾|(?<!治)超过?|不足|不到|将近|接近"
    r"|突破|不少于|不低于|不下|至少|多达|高达|倒数|-|(?<![减担自抱肩辜正])负|零下|\+|±|[¥￥$])\Z"
)
"""Words and signs that belong to the number after them."""
_ENDS = late(END)

# -- ranks ----------------------------------------------------------------------------------------

_ORDINAL = late(rf"第(?P<of>\d{{1,9}}|[{CHINESE}]{{1,9}})")
_SERIES = late(
    rf"第[\d{CHINESE}]{{1,9}}(?:(?:[、和与及]第[\d{CHINESE}]{{1,9}}){{1,9}}(?=[^\s,。;])|(?:[轮次批届][、和与及]第[\d{CHINESE}]{{1,9}}){{1,9}}|(?:[、和与及][\d{CHINESE}]{{1,9}}){{1,9}}(?=[届批期次轮季部章集]))"
)
_PLACED = late("(?:居|排|名列|位列)[^,。;、\\n]{0,6}$")
"""What stands before the places that several things take: 分别居全市第三、第八."""
_RANK = late(
    r"名|位(?!一体|的)|大(?=[^\s,。;、])|(?=升|降|跃|上升|下滑|提升|进位|的(?:位次|成绩|好成绩|被动|名次))"
    rf"|(?:次|年|个|度|届|批)(?:获|荣获|被|蝉联|入选|夺|登上|摘|跻身|进入|实现|突破|受到|得到|当选|上榜|登榜|荣登|位列|通过|组织|参加|来到|走进|前往|回归|上门|登上|献血|捐)|(?=全[国省市县区])|{END}"
)
_NO_RANK = late(f"(?:{any_of(NO_RANKS.split())}|其|(?<!倒)数|[摆放排挺]在[^,。;\n]{{1,12}}的)$")
_AMONG = (
    "全国",
    "国内",
    "省内",
    "市内",
    "全省",
    "全市",
    "全区",
    "全县",
    "全球",
    "世界",
    "我国",
    "我省",
)
_FIRST_OF_ITS_KIND = late('[个家](?! ?[“"]|[^,。;、\n]{0,10}[日周月节])')
_OPENS = late(r"(?:^|[。;:\n])\s{0,4}$")


def rank_end(text: str, at: int) -> tuple[int, bool]:
    """Return the end of the ordinal at `at` (第…), and whether it is a rank and no edition or name."""
    found = _ORDINAL.match(text, at)
    if not found:
        return at + 1, False
    before = text[max(0, at - 16) : at]
    if series := _SERIES.match(text, at):
        placed = _PLACED.search(before) or text.startswith(("位", "名"), series.end())
        return series.end(), bool(placed)
    rank = _RANK.match(text, found.end())
    if before.endswith(_AMONG) and _FIRST_OF_ITS_KIND.match(text, found.end()):
        return found.end() + 1, True
    if before.endswith("连续") and text.startswith(("年", "次", "届"), found.end()):
        return found.end() + 1, True
    if (
        rank is None
        or (not rank[0] and _OPENS.search(before))  # 第一，…；第二，…
        or (found["of"] in "一二" and _NO_RANK.search(before))
        or (found["of"] == "一" and rank[0].startswith(("次", "年", "个", "度", "届", "批")))
    ):
        return found.end(), False
    return rank.end(), True


# -- 一 -------------------------------------------------------------------------------------------

_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘范彭马袁柳史唐薛雷贺汤罗郝傅齐康余顾孟黄萧尹姚邵汪毛贝戴宋熊纪舒项董梁杜阮蓝闵季贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍柯卢莫房丁邓石崔龚程段侯武刘叶黎白乔谭申冉廖牛温庄晏柴阎艾古易肖曾付"
"""Before 某 these tell of a person: 张某一人."""
_POINTED = late(
    rf"(?:每[到逢去访]?|(?<![{_SURNAMES}])(?<![{_SURNAMES}]某)某|[这那另再又任何哪头首其]|(?<!提)前|(?<!共)同|(?<![更刷创革翻])新|(?<![以线网会])[上下])$"
)
_NEVER_ONE = frozenset(NEVER_ONE.split())
_INDEFINITE = frozenset(INDEFINITE.split())
_TIMES = frozenset(TIMES.split())
_PEOPLE = frozenset(PEOPLE.split())
_EVENTS = frozenset(EVENTS.split())
_HONOURABLE = frozenset(HONOURABLE.split())
_ACTION = late(f"(?:{any_of(ACTIONS.split())})[了过出有到为]?$")
_NO_ACTION = late(f"(?:{any_of(NO_ACTIONS.split())})[了过的]?$")
_NO_EVENT = late("(?:未|没有|无|不见|从未)(?:发生|出现|收到|有)?过?$")
_HONOURED = late("[^,。;、\n“]{0,10}?(?:被|获|当选|入选|评为|晋升|受)")
_PRAISE = late(f"[^,。;、\n]{{0,8}}?{any_of(PRAISE.split())}")
_DESCRIBED = late(r"[^,。;\n\d]{2,30}?的(?![,。;、])")
_HEART = late("[力爱情心光热]")
_PRIZES = late("锦旗|奖牌|奖杯|专利|奖章|证书|(?<=面)[^,。;\n]{1,30}锦旗")
_DONE_WELL = late("(?<![友更最良])好$")
_STORY = late(r"(?:^|[,。;:\n“])有$")
_REPEATED = late(
    "(?<!平均)每[^,。;、\n]{0,8}$|(?<!平均)每[0-9一二两三四五六七八九十半]?(?:个?季度|个?月|年|周|天|日)[^。;\n]{0,40}$"
)
_LEVELS = late("层[、,和及]?地下$")
_SLOGAN = late(
    r"[^,。;、\n]{1,6}?(?:[,、]|(?:就|便|都|也)?[是有])?(?<![第统唯单逐进])一[盏面座颗粒团束道张把扇块滴个支份片批方]"
)
_APPOINTED = late("(?:由|的|或者?|委托|明确)$")
_WHOLE_TIMES = frozenset(["年", "个月", "季度", "星期", "周", "天"])
_WHICH_TIME = late(
    r"(?:[的之这那每又是后头前上下同某新有首过]|关键|重要|开局|收官|攻坚|平凡|丰收|难忘|[多少晚早]\w|(?:^|[,。;:、!?\n(“])\s{0,4})$"
)
_TOWARDS = late("(?:(?<![成作身认评选称视列定变])为|[对向给])$")
_SPOKEN_FOR = late(r"[^,。;\n]{0,14}?(?:来说|而言|来讲|负责|看齐|学习)")
"""After 对一名 and the like: what holds for any such person."""
_TOLD = late(
    r"[^,。;、\n]{1,16}?(?:说|(?<![主演宣])讲(?![课授解党座])|感[慨叹]|告诉|回忆|表示|写道)"
)
_OF_CASE = late("[对就把因有以]$|关于$")
_CASE = late("[^,。;、\n]{0,16}?(?:案|事故|事件|纠纷|投诉|举报|信访|线索|火[灾情]|警情|险情)")
_CASE_ENDS = late("(?:案件?|事[故件]|纠纷|投诉|线索)$")
_CLAUSE_BEGINS = late(r"(?:^|[,。;:!?\n]|[仅只另]有?)\s{0,4}$")


def one_counts(text: str, at: int, end: int, measure: str, *, verb: bool, listed: bool) -> bool:
    """Return whether 一 at `at`, with its measure word up to `end`, counts something.

    `verb`: whether the word before it is a verb; `listed`: whether it goes on a list that begins with
    another number (三名干部、一名职工).
    """
    before = text[max(0, at - 10) : at]
    if measure == "层" and (_LEVELS.search(before) or text.startswith(("、地上", ",地上"), end)):
        return True
    if measure in _NEVER_ONE or _POINTED.search(before):
        return False
    if (
        _NO_EVENT.search(before)
        or _DONE_WELL.search(before)
        or (measure in _INDEFINITE and before.endswith("的"))
    ):
        return False
    if measure == "起":
        return listed or bool(
            _ACTION.search(before)
            or (_ENDS.match(text, end) and _CASE_ENDS.search(before))
            or (_OF_CASE.search(before) and _CASE.match(text, end))
        )
    if "多" in measure:
        return True
    if measure in _TIMES:
        ends = measure in _WHOLE_TIMES and _ENDS.match(text, end)
        return bool(DURATION.search(before) or (ends and not _WHICH_TIME.search(before)))
    if measure in {*"次回天"} and _STORY.search(before):
        return False
    if measure in {*"次回期场遍件届轮本篇"} and _REPEATED.search(text[max(0, at - 48) : at]):
        return False
    if measure == "名" and _CLAUSE_BEGINS.search(before) and _TOLD.match(text, end):
        return False  # one of many, who tells something
    if listed:
        return True
    if _ENDS.match(text, end):
        if before.endswith("只有") and text.startswith((":", ",就是", ",那就是"), end):
            return False
        return not before.endswith(("的", "之", "唯一")) and (
            measure not in _INDEFINITE or not _NO_ACTION.search(before)
        )
    if measure not in _INDEFINITE and measure not in _PEOPLE and measure not in _EVENTS:
        return not _NO_ACTION.search(before)  # 一吨, 一公里, 一个百分点
    if _PRIZES.match(text, end) or (measure in _HONOURABLE and _HONOURED.match(text, end)):
        return True
    if measure == "份" and _HEART.match(text, end):
        return False
    if _PRAISE.match(text, end):
        return False
    if measure in _INDEFINITE and _DESCRIBED.match(text, end):
        return False
    if _ACTION.search(before) or (verb and not _NO_ACTION.search(before)):
        return True
    if measure in {*"名家户"} and _TOWARDS.search(before):
        return not _SPOKEN_FOR.match(text, end)
    if measure == "名":
        return not (
            _NO_ACTION.search(before) or _APPOINTED.search(before) or _SLOGAN.match(text, end)
        )
    return measure in _PEOPLE and bool(_CLAUSE_BEGINS.search(before))


_GOES_ON = late("[^。!?\n]*[,;](?:还有|另有|另外?|其余|剩余|有)?")
_STATE = late("[^,。;、\n]{0,4}?(?:正|已|尚|仍|未|处于|被|属)|同比|环比|因|无|不(?:合格|达标|符)")


def goes_on(between: str) -> bool:
    """Return whether a clause begins after `between` that goes on what the sentence counts."""
    return _GOES_ON.fullmatch(between) is not None


def takes_part(text: str, end: int, measure: str, *, predicate: bool) -> bool:
    """Return whether 一 with its measure word is one of those counted before: 三个已开工，一个正在招标.

    `predicate`: whether a predicate follows.
    """
    return (measure in _EVENTS or measure in {*"件家户起人个项条支份"}) and (
        measure not in _INDEFINITE or predicate or _STATE.match(text, end) is not None
    )


# -- numerals without a measure word --------------------------------------------------------------

_NOUN = late(
    rf"(?:[省市县镇乡村街校岗厅室证金银铜](?![{CHINESE}]?[线经治级直委])|企(?!业)|{any_of(w for w in COUNTED_NOUNS.split() if len(w) > 1)})"
)
_CLASSIFIER = late(rf"[^\W\d_A-Za-z{CHINESE}]{END}")
"""Any character between a numeral and the end of its clause: 棉被八床。"""
_BOUND = late("以[上下内]|左右|上下")
_AMOUNT = late("(?:[至到达为于约逾超近上共计仅得获满男女增减第票对权成]|分别)$")
_REACHING = late("(?<![度难])(?:破|达到?|[超翻]?过|满)$")
_HUNDREDS = frozenset("百千万亿")
_PLACES = frozenset(PLACES)


def noun_end(text: str, end: int) -> int:
    """Return the end of the noun at `end` that is counted without a measure word; 0 if there is none."""
    found = _NOUN.match(text, end)
    return found.end() if found else 0


def bare_counts(text: str, at: int, end: int, numeral: str) -> bool:
    """Return whether a Chinese numeral without a measure word, from `at` to `end`, is a number."""
    before = text[max(0, at - 8) : at]
    if set(numeral) <= _HUNDREDS:  # 百姓, 万象 and other words begin so
        return bool(APPROACHING.search(before) or _REACHING.search(before))
    if numeral == "一" or set(numeral) <= {*"零〇"}:
        return False
    big = not _PLACES.isdisjoint(numeral)
    if (len(numeral) > 1 and (big or numeral[-1] in "余多来几")) or _NOUN.match(text, end):
        return True
    if _ENDS.match(text, end) or _BOUND.match(text, end):
        return bool(_AMOUNT.search(before))
    if _CLASSIFIER.match(text, end):
        return True
    return big and bool(APPROACHING.search(before))


_ZERO = late("(?<!几乎)(?:为|降[至到为])$")


def is_zero(text: str, at: int, end: int) -> bool:
    """Return whether 零 at `at` is what was counted: 事故起数为零."""
    return bool(_ZERO.search(text[max(0, at - 8) : at]) and _ENDS.match(text, end))


def short_period(text: str, at: int, end: int, numeral: str) -> bool:
    """Return whether a few years are a period of which is told (经过三年努力) and no duration."""
    before = text[max(0, at - 8) : at]
    if (
        len(numeral) > 1
        or text[end - 1] != "年"
        or DURATION.search(before)
        or _AGE.match(text, end)
    ):
        return False
    return not _ENDS.match(text, end) or before.endswith(("的", "过去", "这"))


_AGE = late("[党工教驾军]龄|历史|之久")


_OWN = frozenset(OWN_COUNTS.split())
_LISTED = frozenset(LISTED_COUNTS.split())
_ITEMS = late("、|以及|和|与|及")
_LEVEL = late("[级类等](?:、|以及|和|与|及|$)")
_QUOTES = late("”[、和与及]?“")
_CLAUSE = late("[^,。;:!?\n]*$")


def sums_up(text: str, at: int, numeral: str, measure: str) -> bool:
    """Return whether a small number only says how many the clause before it lists: 甲、乙、丙三类."""
    if measure not in _OWN and measure not in _LISTED and measure not in {*"项个"}:
        return False
    count = int(numeral) if numeral in {*"3456789"} else _small(numeral)
    clause = _CLAUSE.search(text[max(0, at - 100) : at])
    if not count or not clause or not clause[0]:
        return False
    listed = clause[0].removesuffix("等")
    if listed.endswith("”"):
        return len(_QUOTES.findall(listed)) + 1 == count
    if len(_ITEMS.findall(listed)) + 1 != count or listed.endswith(("、", "和", "与", "及")):
        return False
    return (measure in _OWN and not numeral.isdecimal()) or (
        measure in _LISTED and count > 2 and listed == clause[0] and not _LEVEL.search(listed)
    )


def _small(numeral: str) -> int:
    """Return the value of one Chinese numeral from 二 to 九; 0 for anything else."""
    return parse_chinese_number(numeral) or 0 if len(numeral) == 1 and numeral in SMALL[1:] else 0


def place_pair(text: str, at: int) -> bool:
    """Return whether two counts follow each other without a noun between (三镇五村, 两场三次)."""
    return _PAIR.match(text, at) is not None


_SINGLE = "|".join(word for word in MEASURES.split() if len(word) == 1)
_PAIR = late(rf"(?:[{SMALL}{PLACES}](?:[省市县区镇乡村街校企金银铜死伤男女]|{_SINGLE})){{2}}")

# -- beside a figure ------------------------------------------------------------------------------

_AFTER_FIGURE = late(
    rf"以上|以下|左右|上下|有余|余(?![下款额数])|多(?={END}|的|{MEASURE})|[来几](?={END}|{MEASURE})|几(?![乎经番何])"
)


def approximated_before(before: str) -> str:
    """Return the approximating word at the end of what stands before a figure; empty if there is none."""
    found = APPROACHING.search(before)
    return found[0] if found else ""


def approximated_after(after: str) -> str:
    """Return the approximating word at the beginning of what follows a figure; empty if there is none."""
    found = _AFTER_FIGURE.match(after)
    return found[0] if found else ""


def unit_again(after: str, unit: str) -> str:
    """Return the unit if what follows a figure begins with it as a word (次, but not 次日)."""
    if not after.startswith(unit):
        return ""
    import rjieba  # loading its dictionary takes a tenth of a second; most figures need none

    end = 0
    for word in rjieba.cut(after[: len(unit) + 8]):
        end += len(word)
        if end >= len(unit):
            break
    return unit if end == len(unit) else ""
