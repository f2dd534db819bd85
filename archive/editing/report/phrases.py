"""Words before a number as a name: what is told in them beside the name is taken off at both ends.

What is left must be a noun phrase, or a verb with its object, and nothing else.
"""

import re
from functools import lru_cache

from archive.checks.number_frames import any_of
from archive.editing.report.proper import NOT_IN_NAMES, holds_no_name

_VERBS = """
开展 组织开展 组织 举办 召开 完成 实现 进行 取得 拥有 现有 共有 编发 印发 撰写 刊发 发布 报送 编印 推出 提供 举行 承办 主办
制作 落实 涌现出 涌现 评出 达到 有 设有 编写 形成 刊播 推送 报道 累计完成 累计实现
"""
LIGHT = tuple(sorted(_VERBS.split(), key=len, reverse=True))
"""Verbs that add nothing to their object: 开展活动12次 tells 活动次数."""
_LEVEL = re.compile(
    "(?:(?:已经?|仍旧?|尚|还|均|都|共|总共|分别|累计|合计|共计|总计|也|仅|只|就|约)?"
    "(?:首次)?(?:达到了?|达|为|是|有|共有|计|突破|实现|完成|创|收获|在|居|位居|排名|排在|列|位列|升至|降至|增至|减至|提高[到至]|提升[到至]|上升[到至]|下降[到至]|降低[到至]"
    "|增加[到至]|减少[到至]|扩大[到至]|迈|(?:迈|站|登|跃|冲|跨)[上入过]|跨越|越过|逼近|接近|缩短[到至]|压缩[到至]|压减[到至]|增长[到至]|(?:缩小|收窄|上调|下调|调整|回落|下滑|攀升|提|压|缩减|优化|转变)[到至为]|稳定在|保持在|控制在|维持在)"
    "|已经?|均|都|共|总共|累计|合计|共计|总计|仅|只|各|约|分别|先后|首次|预计|:)$"
)
_LEAD = re.compile(
    r"(?:[,、:;\s①-⒛❶-❿]|其中:?|另外|另有|此外|同时|并且?|且|以及|及|和|与|目前|眼下|当下|时下|迄今|至今|近[期来]|现|到?全年|今年以?来?|去年|上年|当年|本年度?|年内|年末|年底|期末|全年度"
    r"|上半年|下半年|前[一二三四1234]个?季度|第?[一二三四1-4]季度|(?:19|20)\d\d年?(?:[-—–~至到]{1,2}(?:19|20)\d\d)?年?(?:度|末|底|初|上半年|下半年)?"
    r"|截[至止](?:目前|[^,]{0,12}(?:末|底|日|止|年|月))|(?:[\d一二三四五六七八九十]{1,3}[-—–~至到]{1,2})?[\d一二三四五六七八九十]{1,3}月(?:份|末|底)?"
    r"|(?:近|过去|这)?[\d一二两三四五六七八九十]{1,3}年(?:来|以来|间|里)|[^,]{0,12}以来|[^,]{1,10}期间|初步核算|预计|(?:[一二三四五六]|[①-⑨])是|一共|[本全]学[年期]|一年(?:下来|到头)?|[据经][^,]{2,10}(?:核算|测算|计算|调查|评估|推算)"
    r"|按[^,]{1,12}(?:计算|算|口径|分|看)|[从在][^,]{1,16}(?:看|来看|方面)|共|累计|总共|共计|合计|总计|先后|已经?|我[局市县区省委院处校厅镇乡]|本[局市县区院单处校]位?"
    r"|(?:全[市县区州局镇乡院校])(?=..)|共有|分别|均|各(?![项级类])|通过努力|一年来"
    r"|(?:全力|积极|扎实|深入|大力|认真|持续|广泛|及时|主动|成功|严格|有效|集中|常态化|定期|统筹|切实|着力|不断|组织)(?=开展|召开|举办|编|推进|实施|完成|组织|落实|走访|慰问))"
)
RATE = re.compile(
    "(?:率|比重|占比|比例|增速|增幅|降幅|指数|覆盖面|系数|份额|合格率|贡献|程度|满意度|密度|纯度|参与度|知晓度)$"
)
_STRANGE = re.compile(
    r"平均水平|均值|[一二三四五六七八九十年月]年前|无人[死受伤员亡]|^最.(?:的|$)|^放在|一共$|(?:下设|下辖|平均|人均|户均|日均|月均|年均|每)$|(?:每(?:人|户|家|个|天|月|年|学期|学年|季))+$|[,。;:!?\n\d*()\[\]=<>]|^[的和与及、]|[的和与及、对达至到占]$|(?<!行)为$|^(?:大关|新?台阶)|旬|^[了过着]|会议研究|传达|听取|审议|赴"
)
_QUALIFIER = re.compile(
    "^(?:全[局市县区省州国院校系统镇乡村行业街道社公司域]{1,3}|(?:全国|国家|省|市|县|区|校)级|[红橙黄蓝绿黑白]色|线上|线下|前者|后者|男|女|男性|女性|城镇|乡村|农村|城市|其他|其余|全部|同期|当年|年初|实际|实有|实到|本地|外地|省内|省外|境内|境外|国内|国外)$"
)


@lru_cache(maxsize=4096)
def tagged(phrase: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a phrase, each with the tag of its kind."""
    import rjieba  # loading its dictionary takes a tenth of a second; most commands need none

    return tuple(rjieba.tag(phrase))


_MARKS = re.compile(r"^(?:[^\w\s“”《》〈〉「」『』+\-*,、]+|[-+*]\s+)")
"""Marks of a list before a text: ▲, ●, ※."""


def cleaned(words: str) -> str:
    """Return what stands before a number without conjunctions, times and the like at its beginning."""
    words = _MARKS.sub("", _IN_BRACKETS.sub("", words).strip())
    while found := _LEAD.match(words):
        # 共 is taken from 共召开, but not from 共建单位; 我市 not from 我市场.
        mine = found[0][0] in "我本" or len(found[0]) == 1
        if mine and found[0].isalnum() and not _parts(words, found.end()):
            break
        words = words[found.end() :]
    return words


def without_level(words: str) -> str:
    """Return words without the verbs at their end after which a number stands."""
    while found := _LEVEL.search(words):
        if (
            found.end() - found.start() == 1
            and words[-1] != ":"
            and not _parts(words, found.start())
        ):
            break
        words = words[: found.start()]
    return words.rstrip("、:")


def _parts(words: str, at: int) -> bool:
    """Return whether a word begins or ends at `at`."""
    if at == 0 or (words[at - 1] in "率值量额数重例" and words[at:] in ("为", "达")):
        return True  # 率为 is taken for one word
    start = 0
    for word, _ in tagged(words):
        start += len(word)
        if start >= at:
            return start == at
    return False


_IN_BRACKETS = re.compile(r"\([^()]*\)")


def bare(words: str) -> str:
    """Return words without a verb that adds nothing, perhaps with who does it before it."""
    words = _without_time(FOR_WHOM.sub("", words))
    if "每" in words or _OF_SO_MANY.match(words) or not _ANY_LIGHT.search(words):
        return words
    for light in LIGHT:
        head, found, tail = words.partition(light)
        tail = tail.removeprefix("了")
        if (
            not found
            or len(tail) < 2
            or not (_parts(words, len(head)) and _parts(words, len(words) - len(tail)))
        ):
            continue
        if not head or (light not in _OF_A_SUBJECT and _is_subject(head)):
            return cleaned(tail)
        if light in _OF_A_SUBJECT and is_name(head) and is_name(tail):
            return head + tail
    return words


_OF_SO_MANY = re.compile("[十百千万]+(?:[人户车元辆家台吨]|公里)")
"""万人拥有消防员: of how many belongs to the name."""
_TIME_INSIDE = re.compile("(?:去年|今年|全年|(?<![前上近后同每])一年|累计|一共|共)(?=..)")


def _without_time(words: str) -> str:
    """Return words without a time in them: 科普馆全年接待参观者."""
    found = _TIME_INSIDE.search(words, 2)
    if found and _parts(words, found.start()) and _parts(words, found.end()):
        return words[: found.start()] + words[found.end() :]
    return words


_ANY_LIGHT = re.compile(any_of(LIGHT))
_OF_A_SUBJECT = ("实现", "完成")
"""Verbs of which the subject belongs to the name: 工业企业实现利润."""
FOR_WHOM = re.compile(
    "^(?:为|给|向|在|对|与|从)[^,、为给向在对与从]{2,12}?(?=落实|提供|解决|减免|开展|举办|争取|发放|捐赠|捐款|赠送|新建|建设|协调|送去|送上|办理|募集|筹集|推送|推荐)"
)


def _is_subject(head: str) -> bool:
    return all(tag[0] in "nljdabqmrsz" for _, tag in tagged(head))


def is_name(phrase: str) -> bool:
    """Return whether words are a noun phrase, or a verb with its object, and so may be a name."""
    if not 2 <= len(phrase) <= 26 or _QUALIFIER.fullmatch(phrase):
        return False
    if _STRANGE.search(_NAMED_BY_NUMBER.sub("甲", phrase)) or phrase.count("的") > 1:
        return False
    if holds_no_name(phrase):
        return False
    phrase = phrase.removeprefix("万元")
    if len(phrase) < 2:
        return False
    if phrase.endswith(("收入比", "存贷比", "性别比", "分担比", "师生比", "生师比", "占比")):
        phrase = phrase[:-1]  # 比 alone is taken for 比 of 比上年
    tags = tagged(phrase)
    words = [word for word, _ in tags]
    if words[0] in _CUT or (
        not NOT_IN_NAMES.isdisjoint(words) and not phrase.startswith("规模以上")
    ):
        return False
    if any(tag in _LOOSE and word[0] not in "各每本与" for word, tag in tags):
        return False
    short = len(phrase) <= 8 and bool(RATE.search(phrase))
    second = tags[1][1] if len(tags) > 1 else ""
    adverb = tags[0][1] == "d" and (len(words[0]) == 1 or second == "v")
    if (tags[0][1] == "c" or adverb) and not short:
        return False
    verbs = sum(tag == "v" for _, tag in tags)
    if (verbs > 2 or (verbs == len(tags) and len(tags) > 2)) and not short:
        return False
    last = tags[-1][1]
    if ("每" in phrase and last == "v") or [tag for _, tag in tags[-2:]] == ["m", "q"]:
        return False
    return phrase[-1] in "”》" or not (last[0] in "dcpur" or last in ("m", "x"))


_CUT = frozenset("内里间后来起末底初进到去")
"""What is left of a time that was taken off, 一年内, or of several things done: 进学校、进企业."""
_LOOSE = frozenset(("r", "p", "y", "e", "o", "ul", "uz", "ug", "ud"))
"""Tags of words that join a clause together: pronouns, prepositions, particles."""
_NAMED_BY_NUMBER = re.compile(r"PM(?:2\.5|10)|[2-6]G|[1-5]A级?|AAA+级?")
