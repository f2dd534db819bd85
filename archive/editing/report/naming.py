"""The name of an indicator, proposed from the clause in which its number stands; a name not sure is none.

What the clause tells is taken apart by its last words (增长, 达到, 占…比重, 分别). 增长5% is the …增长率 and
增加5人 the …增量 of what stands before it, 提高0.5个百分点 its …变动.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.checks.number_frames import any_of
from archive.checks.number_words import ACTIONS
from archive.editing.report.measuring import Amount
from archive.editing.report.phrases import (
    FOR_WHOM,
    LIGHT,
    RATE,
    bare,
    cleaned,
    is_name,
    tagged,
    without_level,
)
from archive.editing.report.quantities import QUANTITY, grows, measured, quantity

_RISES = "增长 增加 上升 提高 提升 上涨 扩大 回升 攀升 加快 增 升 涨 多 快"
_FALLS = "下降 减少 降低 回落 下跌 缩小 收窄 下滑 减小 缩短 压缩 压减 缩减 放缓 减缓 减 降 跌 少 慢"
_DOWN = tuple(_FALLS.split())
_GROWTH = re.compile(
    rf"(?P<before>.*?)(?:速度|幅度)?(?P<verb>{any_of((*_RISES.split(), *_DOWN))})(?:了|幅度?为|幅度?达|速度?为|速度?达)?$"
)
_COMPARED = re.compile(
    r"(?:分别|同比|环比|同口径|可比口径|名义|实际|累计|年均|平均|每年|再|又|(?<![人户亩年月日村生平])均|都|净|仅|共|大幅|持续|稳步|明显|有所|总体|略|小幅|进一步|可比价|继续|偏"
    r"|[比较与](?:全市|我局|本局|同口径)?(?:上年|去年|上月|上季度?|上期|上半年|上一年度?|上学年|上学期|常年|前一年|前年|年初|\d{4}年|同期|前三年|上一轮|上届"
    r"|[^,比较与]{2,4}前)(?:同期|末|底|初|度|水平|相比|的)*+"
    r"|按[^,按]{1,10}计算|,|的)++$"
)
_SHARE = re.compile(
    r"(?P<before>.*?)(?:所|约|仅)?占(?!地(?:面积|[约达]|$))(?P<of>[^,、占]{0,16}?)(?:的)?(?P<kind>比重|比例|份额|比)?(?:分别|均|已|仅|超过)?(?:为|达到?|是)?$"
)


@dataclass
class Context:
    """What a sentence has told so far, from which the name of a later number is taken."""

    topic: str = ""
    """The phrase of the last name, without what its unit adds."""
    base: str = ""
    """The name of the last quantity itself: what grows."""
    verb: str = ""
    """The verb that governs the list in which the last number stands."""
    items: tuple[str, ...] = ()
    """The things told last by 分别."""
    bases: list[str] = field(default_factory=list)
    """The names of all quantities, in order; empty where one is not sure."""
    parts: int = 0
    """How many quantities were told since 其中."""

    def tell(self, topic: str, base: str) -> None:
        """Remember of what the last number is."""
        self.topic, self.base = topic, base
        self.bases.append(base)

    def grows(self, amount: Amount) -> str:
        """Return the quantity of which a growth without a subject is told; empty if that is not sure."""
        if self.parts > 1 and not RATE.search(self.base):
            return ""  # 其中甲3亿元,乙4亿元,增长5%: of the last or of them all
        if self.base.endswith(("比重", "占比")) and amount.unit in _RELATIVE:
            return self.bases[-1] if self.bases else ""
        return self.base

    def forget(self) -> None:
        """Remember that it is not known of what the last number is."""
        self.verb = ""
        self.tell("", "")


_CHANGED = re.compile("[增减](?:收|产|支|加|少)(?:金额|量|数)?$")
_RANK = re.compile("(?:名次|位次|排名|排位)$")
_RELATIVE = ("%", "‰", "倍", "成", "番")


def _grown(base: str, amount: Amount) -> str:
    unit = amount.unit
    if not base or (not unit and "*" not in amount.number) or _RANK.search(base):
        return ""  # 压缩一半以上; 名次上升3位: that is no more of it
    if unit in _RELATIVE:
        if base.endswith(("增速", "增长率", "增幅")):
            return base
        if _CHANGED.search(base):
            return ""  # 增收1.06亿元,增长6.3%: what grows is the income
        return base + "增长率"
    if unit.endswith("分点"):
        return base + "变动"
    if RATE.search(base):
        # 优良率82.7%,同比多11天: the days are of something else.
        return base + "变动" if unit.startswith("分") else ""
    return base + "增量" if measured(base, unit) else ""


def name(
    words: str, after: str, amount: Amount, context: Context, *, listed: bool, apart: bool = True
) -> tuple[str, bool]:
    """Return the name for a number and whether it is told to fall, from what stands before and after it.

    `words` begin at the number before; `listed` is whether they begin with 、 or 和, `apart` whether with
    any sign at all. Changes the context for the numbers that follow.
    """
    made, falls = _name(words, after, amount, context, listed=listed, apart=apart)
    wordy = amount.value is None and not amount.unit and amount.kind == "figure"
    if (
        amount.unit.startswith("连")
        or (after.startswith("的") and amount.kind == "figure")
        or (wordy and "*" not in amount.number)
    ):
        made = ""  # 翻番, 榜首
    return made, falls


def _name(
    words: str, after: str, amount: Amount, context: Context, *, listed: bool, apart: bool
) -> tuple[str, bool]:
    head, comma, local = words.rpartition(",")
    if "其中" in words:
        context.parts = 1
    elif context.parts and not _GROWTH.fullmatch(cleaned(local)):
        context.parts += 1
    local = _WITH_THEN.sub("比上年", local)
    together = not listed and local and tagged(local)[0][0] in _TOGETHER
    local = cleaned(local)
    if comma and not head and not local:
        context.forget()  # 19个行政村,8124户
        return "", False
    if not apart and not head and local and not _begins_again(local):
        context.forget()
        return "", False
    if origin := _ORIGIN.match(local):
        context.forget()
        subject = cleaned(origin["what"]) or _earlier(head)
        if is_name(subject):
            context.tell(subject, quantity(subject, amount.unit))
        return "", False
    if _COMPARISON.search(local):
        return "", False
    if found := _GROWTH.fullmatch(local):
        before, compared = _without_comparison(found["before"])
        if len(found["verb"]) > 1 or compared or not before:
            return _growth(cleaned(before), head, amount, context), found["verb"] in _DOWN
    if found := _SHARE.fullmatch(without_level(local)):
        return _share(found, amount, context), False
    if together:
        context.forget()  # 与乡镇3所薄弱园结对
        return "", False
    return _level(local, head, after, amount, context, listed=listed), False


_ORIGIN = re.compile("(?P<what>.*?)(?<![自来经理])(?:由|从)(?!事|业|严|来|于|此)[^,]*$")
"""Before the value that something had: 收入比由上年的2.23."""
_WITH_THEN = re.compile(
    "^(?:与|同|和)(?:去年|上年|前年|上月|上期|往年|常年|年初|\\d{4}年)(?:同期|末|底|初)?(?:相比|比较|相较)"
)
_TOGETHER = ("与", "同", "跟", "和")
_COMPARISON = re.compile(
    "(?:高于|低于|快于|慢于|好于|优于|高出|低出|相当于|同比减收|同比增收)[^,]*$"
)
_AGAIN = re.compile("其中|参加|参与|培训|覆盖(?!率)|受益|惠及|共|累计|[^,]{1,3}[到至为]$")


def _begins_again(local: str) -> bool:
    """Return whether words right after a number tell of something else."""
    if _AGAIN.match(local):
        return True
    first = tagged(local)[0][0] if local else ""
    return any(local.startswith(one) and (len(one) > 1 or one == first) for one in LIGHT)


def _without_comparison(before: str) -> tuple[str, bool]:
    compared = False
    while found := _COMPARED.search(before):
        before, compared = before[: found.start()], True
    return before, compared


def _share(found: re.Match[str], amount: Amount, context: Context) -> str:
    subject, of = bare(cleaned(found["before"])) or context.topic, found["of"]
    if of:
        named = is_name(subject) and (of[0] == "全" or is_name(of))
    else:
        named = bool(subject) and is_name(f"{subject}占比") and subject[-1] != "的"
    if of and of.removeprefix("全") in subject:
        return ""  # 总投资12亿元,已完成8亿元,占总投资的66%: of what is done
    if not named or not grows(subject) or amount.unit not in ("%", "‰", "成", ""):
        return ""
    context.base = f"{subject}占{of}比重" if of else f"{subject}占比"
    return context.base


_OF_SOMETHING = """
增速 增幅 降幅 涨幅 占比 比重 产量 产值 总额 面积 总面积 金额 总金额 数量
总量 比例 其中 同比 规模 资金 价格 余额 单价 总值 总数 年均 人均 增长率 人数 户数 份额 强度 密度 年均降幅 年均增速 缺口 差错
时长 时间 天数 次数 长度 人次 周期 期限
"""
_GENERIC = frozenset(_OF_SOMETHING.split())
"""Words that name a quantity only together with what has it."""


def _growth(subject: str, head: str, amount: Amount, context: Context) -> str:
    subject = bare(subject)
    if subject.startswith("占") and context.topic:
        subject = context.topic + subject.replace("的", "")
    if subject in _GENERIC:
        if not context.topic or subject not in ("增速", "增幅", "降幅", "涨幅", "占比", "比重"):
            return ""
        subject = context.topic + subject
        return _grown(subject, amount) if is_name(subject) else ""
    if not subject:
        subject = (
            _earlier(head) if _tells_of_else(head) else context.grows(amount) or _earlier(head)
        )
        if subject.startswith(_DOWN) and len(subject) > 2 and subject[:2] in _DOWN:
            return ""  # 压减经费860万元,下降9.1%
    elif (not QUANTITY.search(subject) and _is_doing(subject)) or not is_name(subject):
        context.forget()
        return ""
    elif amount.unit in _RELATIVE or amount.unit.endswith("分点"):
        if not grows(subject):
            context.forget()
            return ""
        context.tell(subject, subject)
    else:
        context.tell(subject, quantity(subject, amount.unit))
        subject = context.base
    return _grown(subject, amount)


def _tells_of_else(head: str) -> bool:
    """Return whether the clauses since the last number have a subject of their own."""
    words = cleaned(head.partition(",")[2])  # what stands before is told of the last number
    return len(words) > 1 and not _WITHOUT_SUBJECT.match(words)


_WITHOUT_SUBJECT = re.compile(
    "同比|环比|比|较|与|按|扣除|受|均|连续|其中|高于|低于|位居|居|排|剔除|增速|增幅|降幅|为|是|实现|首次|创|突破"
)


def _is_doing(subject: str) -> bool:
    """Return whether words before a verb that grows are themselves what is done: 改造提升."""
    tags = tagged(subject)
    return (bool(tags) and tags[-1][1] == "v") or subject in ("改造", "优化", "巩固", "整合")


def _earlier(head: str) -> str:
    """Return the quantity of which the clause before tells, without a number: 城镇化率稳步提高."""
    words = cleaned(head.rpartition(",")[2])
    at = 0
    for word, tag in tagged(words):
        if tag in ("v", "d", "a", "p", "ad", "z", "i"):
            break
        at += len(word)
    return words[:at] if QUANTITY.search(words[:at]) and is_name(words[:at]) else ""


def _level(
    local: str, head: str, after: str, amount: Amount, context: Context, *, listed: bool
) -> str:
    phrase = without_level(local)
    told = phrase != local
    plain = bare(phrase)
    verb, light = _first_verb(plain) if plain == FOR_WHOM.sub("", phrase) else ("", False)
    plain_words = FOR_WHOM.sub("", phrase)
    phrase = _AND_OTHERS.sub(verb if _SOLVED.match(verb) else "", plain)
    if local in _PREPOSITIONS or (_FOR.fullmatch(local) and _counts_what_follows(after, amount)):
        context.forget()
        return ""  # 为32名老党员颁发纪念章
    if not phrase or light or phrase == verb:
        before = [*context.bases]
        made = _from_after(verb, after, amount, context, head, told=told, light=light)
        return "" if _PART.search(local) and made in before else made
    if _is_rank(local) or _BOTH.search(local) or _counts_what_follows(after, amount):
        context.forget()
        return ""
    if not is_name(phrase) or phrase in _GENERIC:
        context.forget()
        return ""
    each = listed and context.topic.startswith("每") and not phrase.startswith("每")
    if each or (_is_broken(amount) and not _MEAN_OF.search(phrase)):
        return ""  # 每千人口床位6.4张、护士3.2人: of each thousand too
    if phrase in _FLOWS and phrase != plain_words:
        phrase = plain_words
        if len(phrase) > _SHORT or not is_name(phrase):
            context.forget()  # 带动汽车、家电等消费
            return ""
    own = local.startswith(_DEEDS) or _first_verb(local)[0] or QUANTITY.search(phrase)
    if listed and context.verb and not own:
        phrase = context.verb + phrase
    elif not listed:
        context.verb = verb
    phrase = _with_quantity(phrase, context)
    if not phrase:
        context.forget()
        return ""
    if amount.kind == "ratio":
        made = phrase if _RATIO.search(phrase) else ""  # 拔河比赛3:1
    else:
        made = quantity(phrase, amount.unit)
    if made == f"{phrase}金额" and phrase.endswith("业"):
        made = ""  # 餐饮业6亿元: whether it is what it makes or sells is not told
    if context.parts and len(phrase) < 3 and made == f"{phrase}数" and phrase[-1] not in _BODIES:
        made = ""  # 其中餐饮12家: the class alone is no name of what is counted
    context.tell(phrase, made)
    return context.base


def _is_broken(amount: Amount) -> bool:
    """Return whether a number of persons or things is no whole one, so that it is a mean."""
    whole = amount.value is None or amount.value == int(amount.value)
    return not whole and bool(_WHOLE.fullmatch(amount.unit))


_WHOLE = re.compile("[人名户家个件项篇份条只所处台辆次场]|人次")
_MEAN_OF = re.compile("每|均|[十百千万]+[人户]")


def _with_quantity(phrase: str, context: Context) -> str:
    """Return a sector with the quantity that the one before it was told with: 第一产业增加值3亿元,第二产业4亿元."""
    if not _SECTOR.fullmatch(phrase):
        return phrase
    for base in reversed(context.bases):
        if found := _OF_SECTOR.fullmatch(base):
            return phrase + found["quantity"]
    return ""


_SECTOR = re.compile("第[一二三]产业")
_OF_SECTOR = re.compile("第[一二三]产业(?P<quantity>(?:总?产值|增加值|投资|用电量|税收))")
_BODIES = frozenset("院校村镇乡县区市店厂社园站馆所队组部局企岗车桥路船机房楼书报课会案户家人员点")
"""Last signs of words for what is counted by itself: 医院; 餐饮 is but a class."""
_PART = re.compile("(?:完成|办结|实现|落实|整改|解决|兑现|销号)了?$")
"""Before a part of what was told before: 认领心愿68个,已完成66个."""
_RATIO = re.compile("(?:比例?|结构|构成|率|占比|比重|配比)$")
_BEFORE_NOUNS = "在 给 对 向 把 将 被 让 由 从 与 和 跟 同 以 用 面向 针对 围绕 通过 帮"
_PREPOSITIONS = frozenset(_BEFORE_NOUNS.split())
_FOR = re.compile("为|.*[,、]为")
_FLOWS = frozenset(("消费", "投资", "收入", "支出", "利润"))
"""What says little without its verb: 完成投资."""
_SHORT = 6
_BOTH = re.compile("[、和与及][^、]+[均都各](?:为|是|达到?)?$")
_ITS_OWN = frozenset(("元", "人次", "吨", "亩"))


def _counts_what_follows(after: str, amount: Amount) -> bool:
    """Return whether a noun right after the unit is counted: 全局56名干部."""
    unit = re.sub("^[万亿]+", "", amount.unit)
    if not unit or unit in _ITS_OWN or not after[:1].isalpha():
        return False
    word, tag = tagged(after[:6])[0]
    if word in _ALL_OF_THEM:
        return False
    if tag[0] in "abd":  # 63个偏远村
        return any(one[0] == "n" for _, one in tagged(after[:8])[1:3])
    return tag[0] == "n" or (len(word) == 1 and not after[1:2].isalnum())  # 2个村,


_ALL_OF_THEM = ("全部", "全都", "一起")
_SOLVED = re.compile("解决|化解|办理|受理|整改|排查|处理|协调")
"""What is done with what is named by examples: 解决经费、场地等具体问题."""
_AND_OTHERS = re.compile("^[^,]+、[^,]+等(?=[^级候待][^,])")
"""What is but an example: 篮球赛、乒乓球赛等文体活动."""


def _is_rank(local: str) -> bool:
    return any(word in _RANKS for word, _ in tagged(local)) or local.endswith(("第", "前"))


_RANKS = frozenset(("居", "位居", "位列", "排名", "名列", "列", "排在", "跻身", "列居"))


_DOINGS = """
服务 培训 救助 惠及 帮助 资助 覆盖 宣传 检查 调研 指导 捐赠 奖励 补贴 改造 治理 建设 投资 带动 赔付
"""
_DEEDS = tuple(_DOINGS.split())
"""Deeds that begin what a list goes on with, whatever the dictionary makes of them: 发放资金3万元、惠及企业8家."""


def _first_verb(phrase: str) -> tuple[str, bool]:
    """Return the verb with which a phrase begins, and whether the phrase is but one that adds nothing."""
    if phrase in LIGHT:
        return "", True
    if found := _ACTION.match(phrase):
        return found[0], False
    tags = tagged(phrase) if phrase else ()
    is_verb = (
        bool(tags)
        and (len(tags) > 1 or len(phrase) < 3)
        and tags[0][1] == "v"
        and tags[0][0][-1] != "级"
    )
    return (tags[0][0], False) if is_verb else ("", False)


_ACTION = re.compile(any_of(one for one in ACTIONS.split() if len(one) > 1))


def _from_after(
    verb: str, after: str, amount: Amount, context: Context, head: str, *, told: bool, light: bool
) -> str:
    """Return the name told by what follows the number: 慰问12名党员; or by what stands before."""
    noun = _FOLLOWING.match(after)
    if noun and (verb or told or light):
        phrase = verb + noun[0]
        if not _is_noun(noun[0]) or not is_name(phrase):
            context.forget()
            return ""
        context.tell(phrase, quantity(phrase, amount.unit))
        context.verb = verb
        return context.base
    if verb in _SUFFERED and quantity(verb, amount.unit) == verb + "人数":
        context.tell(verb, verb + "人数")
        return context.base
    if verb or noun:
        context.forget()
        return ""
    if not head and context.topic:  # 6期20人次; 由3家增加到8家
        made = quantity(context.topic, amount.unit)
        return made if told or made != context.base else ""
    if told and head and (head.startswith((",", "、")) or not context.bases):
        clause = bare(cleaned(head.rpartition(",")[2]))
        proved = QUANTITY.search(clause) or not amount.unit.endswith("元")
        if is_name(clause) and len(clause) <= 12 and proved:
            context.tell(clause, quantity(clause, amount.unit))
            return context.base
    context.forget()
    return ""


_SUFFERED = ("死亡", "受伤", "失踪", "获奖", "参与", "参加", "培训", "报名")
_FOLLOWING = re.compile(r"[^,。;:、!?\n()\d*]{2,9}?(?=[,。;、!?\n]|和|$)")


def _is_noun(phrase: str) -> bool:
    tags = [tag for _, tag in tagged(phrase)]
    clause = any(tag in ("v", "d", "p", "r", "c", "uj", "ul", "m") for tag in tags)
    return not clause and (tags[-1][0] in "nljz" or tags[-1] == "vn")


_AND = re.compile("、|以及|及|和|与")


def respective(
    words: str, numbers: Sequence[Amount], context: Context
) -> list[tuple[str, bool]] | None:
    """Return the names of the numbers that 分别 takes apart, in order; None if it stands not before them."""
    before, there, verb = words.rpartition("分别")
    verb = verb.strip()
    if not there or not _VERB_ONLY.fullmatch(verb):
        return None
    falls = any(verb.startswith(one) for one in _DOWN) and not verb.endswith(("到", "至", "为"))
    nothing = [("", falls)] * len(numbers)
    local = bare(_without_comparison(cleaned(before.rpartition(",")[2]))[0])
    mean = found[0] if (found := _MEAN.search(local)) else ""
    local = local.removesuffix(mean)
    items = tuple(one for one in _AND.split(local) if one) if local else context.items
    items = _with_tail(items) if local else items
    if not local and not items:
        items = tuple(context.bases[-len(numbers) :])
    if len(items) != len(numbers):
        context.forget()
        return nothing
    verb = mean + verb.removeprefix("有")
    if not items or not all(is_name(one) for one in items):
        context.forget()
        return nothing
    context.items = items
    made = [
        name(one + verb, "", number, Context(), listed=False)
        for one, number in zip(items, numbers, strict=True)
    ]
    return made if all(one for one, _ in made) else nothing


_MEAN = re.compile("[人户亩年月日村生]均$")
"""What belongs to what is told of all: 小麦、玉米亩均分别增产."""
_SEVERAL = re.compile("(?P<last>.+?)[两二三四五六七八九十]大?(?:货种|[类项个种家])(?P<tail>.+)")


_PAIRED = 2
"""Signs of words that stand in pairs, whatever words the dictionary makes of them: 城镇、农村居民."""


def _with_tail(items: tuple[str, ...]) -> tuple[str, ...]:
    """Return things that are told with one tail, each with it: 城镇、农村居民收入; nothing if it is not sure where it begins."""
    *others, last = items
    if found := _SEVERAL.fullmatch(last):  # 婚姻家庭、邻里、损害赔偿三类纠纷
        return tuple(one + found["tail"] for one in (*others, found["last"]))
    if not others or any(QUANTITY.search(one) for one in others):
        return items
    sign, size = others[0][-1], len(others[0])
    ends = [at for at, _ in _words_at(last)]
    shared = last.find(sign, 0, size + 2) + 1  # 国控、省控断面水质优良比例
    alike = all(one[-1] == sign for one in others)
    later = last.find(sign) + 1 if alike else 0  # 工业、建筑业、批发零售业增加值
    if alike and 0 < shared < len(last):
        tail = last[shared:]
    elif later and QUANTITY.fullmatch(last, later):
        tail = last[later:]
    elif later and later < len(last):
        return ()
    elif QUANTITY.search(last) and size < len(last) and (size in ends or size == _PAIRED):
        tail = last[size:]
    elif QUANTITY.search(last) and len(ends) > 1:
        tail = last[ends[-2] :]
        if len(ends) > 2 and len(tail) < 3:
            return ()  # where the tail begins is not sure
    else:
        return items
    return (*(one + tail for one in others), last)


def _words_at(phrase: str) -> list[tuple[int, str]]:
    """Where each word of a phrase ends, and the word."""
    found, at = [], 0
    for word, _ in tagged(phrase):
        at += len(word)
        found.append((at, word))
    return found


_VERB_ONLY = re.compile("[^,、]{0,8}")
