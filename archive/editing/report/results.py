"""Whether a number of a report tells a result: aims, limits, deadlines, time spent and idioms are none.

What is none stays as it is typed until a person says otherwise: it is asked for, and never entered by itself.
"""

from archive.editing.report.measuring import Amount
from archive.files.patterns import late

_FAR = 160
"""How much of what stands before a number is looked at."""
_TIME = late("秒|分钟|个?小时|课时|天|日|夜|个?工作日|个?星期|周|个?月|个?季度|年|一?刻钟")
_AIM = late(
    "力争|争取(?=在|把|使|到|实现|完成|达|进入|年|新)|务必|恳请|但愿|希望|下一?步|明年|来年|未来|即将|拟(?=[新建在于投开用])|预计(?=到|明|将|可|新)|确保(?!了)|打算|目标(?:是|为|:)"
    "|原计划|要求(?=[^,;的”]{0,8}$|\\d)|(?<!行动|生育|年度|工作)计划(?=[新建投在于用到把明将全再完引培改扩]|安排|开展|组织|实施)"
    "|将(?=继续|进一步|推动|持续|全面|重点|努力|在|于|达|新建|新增|开展|实施|启动|加大|加快|深化|聚焦|围绕|着力|大力|积极|再)"
    "|规定:|明文规定|标准为|及格线|要(?=办好|抓好|完成|力|达到|新)|(?:[年月]底|季度)前|再(?=[降增减建装新压添]|提(?!速))"
)
"""Words after which a sentence tells what shall be."""
_DONE = late("已经?(?!达)|实际|实现了|完成了|(?<!力争)超额")
"""Words after which it tells what is, again."""
_NUMBERED = late(r"\d+\s")
"""A heading with its number: 6　人员."""
_LIMIT = late("不[少低]于|不[高多大]于|不超过|至[少多]|最[多少]|[低高]于")
_REFUSING = late("(?:不|不得|不能|不应|不要|不可|不准)$")
_MAY = (
    "可续?[借享评报申领]|(?<!必)须|(?<![响相适供反效对])应(?![急用对届收付诉答])|(?<![特急亟刚])需(?![求要])"
    "|(?<![时期年上下权界极有无超受局])限|不得|至少|最多"
)
_THRESHOLD = late(
    "(?:(?:要求|规定|法定|标准|目标|限值|限额|上限|下限|红线|及格线|控制数|最大承载量)(?:的|为|是)?"
    f"|(?:{_MAY})[^,。;、:\\d]{{0,3}}|满|可?处|满分|[省国市县]定|优于|承诺为?|逾期|欠费)$"
)
_OF_A_LIMIT = late("不得|不[低少高多]于|不超过|[上下]限|额度|限额(?!以上|内)|首付")
"""In the clause of a number that is a limit: 借书上限由10册提高到20册."""
_OF_A_RULE = late(
    "(?:及|或)以[上下]|(?:以[上下])?(?:罚款|的[^,。;]{0,6}(?:标准|规定|要求|限值|均值))|台阶|停借"
)
"""What follows a number of a rule: 2000万元及以上, 4.5米的标准, 50元罚款."""
_RANKED_AMONG = late("[^,。;、\\d]{0,7}中[^,。;、\\d]{0,4}第")
"""After the number of those among whom a rank is held: 15家公司中排第3."""
_BEYOND = late("以[上下内外]$")
_KIND_OF = late("[\u4e00-\u9fff\\d]")
"""After a number that parts one kind from another: 20万元以上的村, 35岁以下干部, 50元以上500元以下."""
_WITHIN = late("(?:之|以)?内")
_NAMED = late("[\u4e00-\u9fff]{2,4}率")
"""After a number that belongs to the name of a rate: 30秒接通率, 500米覆盖率."""
_LISTED = late(
    "(?:[\u4e00-\u9fff]{0,2})(?:准则|规定|制度|措施|机制|任务|行动|内容|要求|举措|清单|工程|标准)"
)
"""What a text lists, after a number in Chinese: 九项准则, 三张清单."""
_MEASURED = late(
    "平均|人均|日均|时长|时间|天数|时限|周期|期限|日数|年限|年龄|寿命|住院日|[降升缩][到至]|由$|缩短|压缩|压减|减少|增加|延长|提速|多|少|累计|优良|日照|较|比|服务(?!队|站|中心|点|岗|窗|员)|培训|课时|教育|达"
)
"""Words with which a time is a result: 平均等候时间12分钟, 优良天数302天."""
_NEAR = 14
_EACH_TIME = late("每[一\\d]{0,2}(?:天|日|周|月|季度?|年|学期)[^,。;、\\d]{0,8}$")
_EACH = late("每[一\\d]?[个名户家所条处][^,。;、\\d]{1,8}$")
"""Before what each has by a rule: 每个网格配备一名."""
_RARELY = late("[1-9]|[一两二三四五六七八九半]")
_VAGUE = late("[几数]")
_IDIOM = late("[百千万亿]")
_FEW = late("[一两二三八半]")
_OWN_COUNT = late("项|条|个|句|座|轮|番|尺|米|方面|件事|节|层|盏|根|把|颗|扇|天|大类")
"""What a text counts of itself, or what stands with a small number in a figure of speech: 三项数据, 一条线."""
_NEVER = frozenset(["番", "届", "刻钟", "一刻钟", "连丰", "周岁", "岁", "尺", "点", "旬"])
"""Units of what is no result, unless it is a mean."""


def tells_result(text: str, sentence: tuple[int, int], amount: Amount) -> bool:
    """Return whether a number in a sentence of a folded text tells what there is, or was done."""
    before = text[max(sentence[0], amount.start - _FAR) : amount.start]
    after = text[amount.end : amount.end + 12]
    shown = text[amount.start : amount.end]
    clause = before.rpartition(",")[2]
    if "*" in amount.number:
        return True  # somebody has masked what there is
    if amount.number == "半" or (
        amount.unit in _NEVER and "平均" not in (before if amount.unit.endswith("岁") else clause)
    ):
        return False
    if amount.start == sentence[0] and _NUMBERED.match(shown):
        return False
    if _LIMIT.match(shown) or (amount.approximation and _REFUSING.search(before)):
        return False
    apart = "百分点" not in amount.unit and amount.unit != "项"  # 低于标准0.1个百分点, 制定标准3项
    if is_aim(before) or (apart and _THRESHOLD.search(before)):
        return False
    if (
        _RANKED_AMONG.match(after)
        or _OF_A_RULE.match(after)
        or _NAMED.match(after)
        or _OF_A_LIMIT.search(clause)
    ):
        return False
    if amount.approximation and after.startswith("的") and shown[:1] in "超不低高多少大":
        return False  # 超过5万立方米的用水户
    chinese = not amount.number[:1].isdigit()
    if chinese and (_VAGUE.search(amount.number) or _LISTED.match(after)):
        return False
    if _TIME.fullmatch(amount.unit) and (
        _WITHIN.match(after)
        or shown.endswith("以内")
        or chinese
        or not (_MEASURED.search(clause[-_NEAR:]) or _is_a_sum(clause, after, amount))
    ):
        return False
    if _is_rank(shown, before, amount) or _is_speech(text, sentence, amount):
        return False
    if (
        (shown.endswith(("以内", "之内")) and amount.unit not in ("%", "‰"))
        or _KIND.match(after)
        or (amount.unit in _LENGTHS and _FROM.search(clause))
        or (chinese and amount.unit == "分" and after.startswith("类"))
        or _ALL_BEYOND.search(before[-6:] + shown[:3])
    ):
        return False
    if _AROUND.match(after) and amount.unit in _LENGTHS:
        return False
    if _BEYOND.search(shown) and _KIND_OF.match(after):
        return False
    if _EACH_TIME.search(before) and _RARELY.fullmatch(amount.number):
        return False
    if chinese and _EACH.search(before):
        return False
    if not amount.approximation and _IDIOM.fullmatch(amount.number):
        return False
    return not (_FEW.fullmatch(amount.number) and _OWN_COUNT.fullmatch(amount.unit))


def is_plan(heading: str) -> bool:
    """Return whether a heading is above what shall be done: 下一步工作打算."""
    return bool(_PLAN.search(heading)) and not _LOOKING_BACK.search(heading)


_PLAN = late(
    "下一?(?:步|阶段)|今后|来年|明年|打算|工作(?:思路|安排|计划|目标|要点|部署|设想|构想)|目标任务|(?:主要|奋斗|预期|发展)目标|努力方向|展望"
    "|20\\d\\d年(?:工作|主要|重点)*(?:目标|思路|安排|计划|打算|重点|任务|要点|部署|设想|构想)"
)
_LOOKING_BACK = late("问题|不足|困难|差距|短板|总结|回顾|情况|汇报|报告|完成|成效|进展")


def tells_what_is(text: str, sentence: tuple[int, int], amount: Amount) -> bool:
    """Return whether a sentence among what shall be done tells what is: 目前已有33个."""
    clause = text[max(sentence[0], amount.start - _FAR) : amount.start].rpartition(",")[2]
    return bool(_BY_NOW.search(clause))


_BY_NOW = late("已经?|目前|现有|截至|实际|以来|上年|去年")


def _is_a_sum(clause: str, after: str, amount: Amount) -> bool:
    """Return whether a long time ends its clause: 录制130小时, 停运19天; not what something took."""
    long = amount.value is not None and amount.value >= _LONG and amount.unit[-1] in "天日时"
    running = "连续" in clause and amount.value < 10 * _LONG if amount.value else False
    return long and not running and bool(_ENDS.match(after)) and not _TOOK.search(clause)


_LONG = 10
_ENDS = late(r"\s*(?:[,。;、!?)]|$)")
_TOOK = late(
    "(?:可[^,]{0,6}|停岗学习|(?:坚守|驻守|蹲守|值守|奋战|停课)[^,]{0,4}|为期|历时|耗时|[用花]时?|仅|提前|奋战|公示|期限|时限|拘留|满|期间?|[每各]|大约|约|[前后隔]|内)[^,]{0,4}$"
)
"""Words with which a time is how long something took, or may take."""


def _is_rank(shown: str, before: str, amount: Amount) -> bool:
    """Return whether a number is a rank: 居全省第4位."""
    return amount.unit in _RANKS and (
        shown.startswith("第") or before.endswith("第") or bool(_RANKED.search(before))
    )


_LENGTHS = ("米", "公里", "千米", "里", "海里")
_FROM = late(
    "(?:(?<![站间车行轴焦差])距离?(?![为约达到至])|相距|(?<![隔脱撤分])离(?![退职婚岗心]))[^,。;率比]{0,10}$"
)
"""Before how far it is: 距县城46公里."""
_RANKS = ("位", "名", "")
_RANKED = late(
    "(?:排名?|列|居|进入|跻身|名列|位列)[^,。;]{0,12}前$|(?:上升|前进|前移|提升|下降|后退|跃升|进)了?$"
)
_KIND = late("[级型](?!联)")
"""After a number that is a name of a kind: 10万吨级泊位."""
_AROUND = late("(?:范围)?[之以]?内|范围|半径")
"""After how far something reaches: 校园周边100米内."""
_ALL_BEYOND = late(r"(?:全部|(?<![人日平生户亩年月周])均|都)(?:超过?|突破)\d")
"""Before a number that is less than each of many."""
_SPEECH = late("[,。;!?:我你他她咱您]")
"""What in quotes tells that somebody speaks."""


def _is_speech(text: str, sentence: tuple[int, int], amount: Amount) -> bool:
    """Return whether a number is said by somebody: “周六来一趟,工作日不请假”."""
    opened = text.rfind("“", sentence[0], amount.start)
    if opened < 0 or "”" in text[opened : amount.start]:
        return False
    closed = text.find("”", amount.end, sentence[1])
    return bool(_SPEECH.search(text[opened : closed if closed >= 0 else sentence[1]]))


def is_aim(before: str) -> bool:
    """Return whether what stands before tells of what shall be."""
    aims = [found.end() for found in _AIM.finditer(before)]
    return bool(aims) and not _DONE.search(before, aims[-1])
