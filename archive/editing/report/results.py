"""Whether a number of a report tells a result: aims, limits, deadlines, rates of a rule and idioms are none.

What is none stays as it is typed until a person says otherwise: it is asked for, and never entered by itself.
"""

import re

from archive.editing.report.measuring import Amount
from archive.files.patterns import late

_FAR = 160
"""How much of what stands before a number is looked at."""
_TIME_UNITS = "秒|分钟|个?小时|课时|天|日|夜|个?工作日|个?星期|周|个?月|个?季度|年|一?刻钟"
_TIME = late(_TIME_UNITS)
_PUNISHING = late(f".*元|倍|{_TIME_UNITS}")
_AIM = late(
    "(?<![为对])(?:今后|接下来|下阶段)(?!的)|新的一年|力争|争取(?=在|把|使|到|实现|完成|达|进入|年|新)|务必|恳请|但愿|希望|下一?步|明年|来年|未来|即将|拟(?=[新建在于投开用])|预计(?=到|明|将|可|新)|确保(?!了)|打算|目标(?:是|为|:)"
    "|原计划|要求(?=[^,;的”]{0,8}$|\\d)|(?<!行动|生育|年度|工作)计划(?=[新建投在于用到把明将全再完引培改扩]|安排|开展|组织|实施)"
    "|将(?=继续|严格|一如既往|始终|坚持|以此|不断|进一步|推动|持续|全面|重点|努力|在|于|达|新建|新增|开展|实施|启动|加大|加快|深化|聚焦|围绕|着力|大力|积极|再)"
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
    "可续?[借享评报申领]|(?<![必胡])须|(?<![响相适供反效对回呼照顺答感])应(?![急用对届收付诉答聘邀征试战约变激])|(?<![特急亟刚内供必军])需(?![求要])"
    "|(?<![时期年上下权界极有无超受局])限(?![额价产制塑]|[上下](?![传报交]))|不得|至少(?!的)|最多(?!的)"
)
_THRESHOLD = late(
    "(?:(?:要求|规定|法定|标准|目标|限值|限额|上限|下限|红线|及格线|控制数|最大承载量)(?:的|为|是)?"
    f"|(?:{_MAY})[^,。;、:\\d]{{0,3}}|满|满分|[省国市县]定|优于|承诺为?|逾期|欠费)$"
)
_PENALTY = late("(?<![查惩])处$")
"""Before a penalty of money or time: 处5000元罚款; but 立案查处8起."""
_SO_MUCH_OF = late("(?:完成|占|达到?|实现|相当于|超过?)[^,。;、]{0,10}的$")
"""Before what part of an aim is reached: 完成年度目标的120%."""
_OF_A_LIMIT = late("不得|不[低少高多]于|不超过|[上下]限|额度|限额(?!以上|内)|首付")
"""In the clause of a number that is a limit: 借书上限由10册提高到20册."""
_OF_A_RULE = late(
    "(?:及|或)以[上下]|(?:以[上下])?(?:罚款|的[^,。;]{0,6}(?:标准|规定|要求|限值|均值)|的[^,。;]{0,3}(?:目标|红线|控制线|[上下]限))|台阶|停借|及格(?!率)"
    "|[两二三四五六]个?(?:档次?|类|种)的?[^,。;]{0,4}标准|的[^,。;、\\d]{0,4}任务(?:[数量]|指标|目标)?[^,。;、\\d]{0,8}完成"
)
"""What follows a number of a rule or of a task: 2000万元及以上, 4.5米的标准, 50元罚款, 300份的任务提前完成."""
_OF_A_TASK = late("的[^,。;、\\d]{0,4}任务")
_ASSIGNED = late("(?:下达|分配|分解|(?:超额|提前|如期|按期)[^,。;、\\d]{0,3}完成)[^,。;]{0,12}$")
"""Before what is a task's and not yet a result: 下达1300份的任务, 超额完成造林3万亩的任务."""
_TASK = late(
    "(?:(?<!承接|承担|完成|落实)(?:下达|分配|分解)[^,。;、\\d]{0,8}任务|(?<!完成)(?:目标|年度)任务)(?:[数量]|指标)?(?:为|是)?$"
)
"""Right before a task's number: 下达任务300份."""
_RANK = "(?:第[\\d一二三四五六七八九十]|前[\\d一二三四五六七八九十]+[名位]|[首榜]位|榜首|前列|名列|位列|位居|排名?第|脱颖而出|突围|胜出|夺[得冠魁]|[摘折]桂|[冠亚季]军|[特一二三]等奖|[金银铜]奖)"
_RANKED_AMONG = late(
    f"[^,。;、\\d]{{0,12}}{_RANK}|[^,。;、\\d]{{0,14}}[中里内][,、]?[^,。;、\\d]{{0,14}}{_RANK}"
    f"|[^,。;、\\d]{{0,10}}(?:评比|考核|竞赛|比赛|评选|测评|评估|评议|角逐|比拼|排名|大赛|赛事)[^,。;、\\d]{{0,2}}中[,、].{{0,24}}{_RANK}"
)
"""After the number of those among whom a rank is held: 12个街道考核中,一季度列第6."""
_OUT_OF = late("[^,。;、\\d]{0,7}中[^,。;、\\d]{0,4}第|[^,。;、\\d]{1,16}之一(?![^,。;、\\s])")
"""The same, whatever stands before: 15家公司中排第3, 27个试点之一."""
_SCOPE = late("(?:[在从居列]|[全本][国省市县区州局校院行系镇乡])[^,。;、\\d]{0,6}$")
"""Before that number: 在全区, 居."""
_STEPS = ("台阶", "大关", "关口", "门槛")
_REACHED = late("(?:[迈跨站登跃冲攀踏]|突破|越)[上过入到至]?了?$")
"""Before a number that was reached: 首次迈上20亿千瓦时台阶."""
_OF_A_DOCUMENT = late("(?:对照|对标|按照|依据|根据|参照|围绕|落实)[^,。;]{0,40}》[^,。;》]{0,8}$")
"""Before how much there is in a document: 对照《体系》7大类36项指标."""
_RATE_OF_EACH = late(
    "每[^,。;、\\d]{1,6}(?:补贴|补助|资助|奖励|收费|收取|优惠|报销|只需|仅需|只要|只收)(?:标准)?(?:为|是)?$"
    "|满[^,。;]{1,8}(?:立?减|返|赠|送)$|可以?(?:兑换?|换取?|抵扣?|领取?)[^,。;、:\\d]{1,6}$"
)
"""Before what a rule gives or takes for each, or for enough: 每餐补贴3元, 可换门票一张."""
_ENOUGH = late("(?:[攒积集凑存][够满齐到]?|满|够|凡|每[^,。;、]{0,4}|消费|达到?)$")
_MAY_THEN = late("(?:就|便|即|方|才)?(?:可以?|能够?|享受?)")
"""Around a number of a rule: 攒够100分可换门票."""
_BEYOND = late("以[上下内外]$")
_KIND_OF = late("[\u4e00-\u9fff\\d]")
"""After a number that parts one kind from another: 20万元以上的村, 35岁以下干部, 50元以上500元以下."""
_COURSE = late(
    "标准|[塑橡]胶|环形|[^,。;、\\d]{0,4}(?:跑道|泳池|赛道|跑(?!了)|[蛙蝶仰]泳|自由泳|接力)"
)
"""After a length that is a name: 400米跑道, 100米自由泳."""
_OF_A_RATE = late("[率比度重](?:达到?|在|为|超过?)?$")
"""Before the share of such a kind: 入住率60%以上的酒店; but 九成以上的农户."""
_WITHIN = late("(?:之|以)?内")
_NAMED = late("[\u4e00-\u9fff]{2,4}率")
"""After a number that belongs to the name of a rate: 30秒接通率, 500米覆盖率."""
_LISTED = late(
    "(?:[\u4e00-\u9fff]{0,2})(?:准则|规定|制度|措施|机制|任务|行动|内容|要求|举措|清单|工程|标准)"
)
"""What a text lists, after a number in Chinese: 九项准则, 三张清单."""
_MEASURED = late(
    "平均|人均|日均|时长|时间|天数|时限|周期|期限|日数|年限|年龄|寿命|住院日|[降升缩][到至]|由$|缩短|压缩|压减|减少|增加|下降|上升|延长|提速|多|少|累计|优良|日照|较|比|服务(?!队|站|中心|点|岗|窗|员)|培训|课时|教育|达"
)
"""Words with which a time is a result: 平均等候时间12分钟, 优良天数302天."""
_SPENT = late(
    "(?:(?:仅|只|共)(?:[用花]时?)了?|[用花耗历]时|连续(?:奋战|作战|鏖战|施工|搜救|救援|抢修|抢险|搜寻|运行|运转|工作|生产))(?:仅|只|约|近|达|超|长达|共)?了?$"
)
"""Right before a time that something took: 仅用45天, 连续奋战31个小时."""
_CUT_TO = late(
    "(?:压缩|缩短|压减|缩减|缩小|降低|下降|减少|[减缩降压]|压降|提速|优化|精简)(?:至|到|为)了?$"
)
"""Right before what a time or a number came down to: 压缩至20分钟以内."""
_NEAR = 14
_EACH_TIME = late("每[一\\d]{0,2}(?:天|日|周|月|季度?|年|学期)[^,。;、\\d]{0,8}$")
_EACH = late("每[一\\d]?[个名户家所条处][^,。;、\\d]{1,8}$")
"""Before what each has by a rule: 每个网格配备一名."""
_RARELY = late("(?:[1-9]|[一两二三四五六七八九半])(?:(?:[-—~]|至|到)\\d{1,2})?")
_VAGUE = late("[几数]")
_IDIOM = late("[百千万亿]")
_FEW = late("[一两二三八半]")
_OWN_COUNT = late("项|条|个|句|座|轮|番|尺|米|方面|件事|节|层|盏|根|把|颗|扇|天|大类")
"""What a text counts of itself, or what stands with a small number in a figure of speech: 三项数据, 一条线."""
_BODIES = late(
    "[^,。;、\\d的]{0,3}(?:党?支部|党总支|党委|村|社区|乡镇|街道|县区|小区|单位|企业|学校|医院|科室|基地|合作社|工作[组队]|班组)[^,。;、\\d]"
)
"""Bodies of which a clause tells at its beginning how many did something: 三个机关党支部按期换届."""
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
    if is_aim(before) or (
        apart
        and _THRESHOLD.search(before)
        and not (amount.unit in ("%", "倍", "成") and _SO_MUCH_OF.search(clause))
    ):
        return False
    listed = _list_end(text, amount)
    rest = text[listed : listed + 24]
    if (
        _OUT_OF.match(after)
        or (_SCOPE.search(before) and _RANKED_AMONG.match(text, amount.end, sentence[1]))
        or (_OF_A_RULE.match(rest) and not (after[:2] in _STEPS and _REACHED.search(before)))
        or (_OF_A_TASK.match(rest) and _ASSIGNED.search(clause))
        or (apart and _TASK.search(clause))
        or (_PENALTY.search(clause) and _PUNISHING.fullmatch(amount.unit))
        or _NAMED.match(after)
        or _OF_A_LIMIT.search(clause)
    ):
        return False
    if amount.approximation and after.startswith("的") and shown[:1] in "超不低高多少大":
        return False  # 超过5万立方米的用水户
    if (
        _OF_A_DOCUMENT.search(clause)
        or _RATE_OF_EACH.search(clause)
        or (_ENOUGH.search(clause) and _MAY_THEN.match(after))
    ):
        return False
    chinese = not amount.number[:1].isdigit()
    if chinese and (_VAGUE.search(amount.number) or _LISTED.match(after)):
        return False
    cut = bool(_CUT_TO.search(clause))
    if _TIME.fullmatch(amount.unit) and (
        chinese
        or (not cut and (_WITHIN.match(after) or shown.endswith("以内")))
        or not (
            _MEASURED.search(clause[-_NEAR:])
            or _SPENT.search(clause)
            or _is_a_sum(clause, after, amount)
        )
    ):
        return False
    if _is_rank(shown, before, amount):
        return False
    if is_spoken(text, sentence, amount) and not (
        amount.approximation or _TOLD.search(amount.number)
    ):
        return False
    if (
        (shown.endswith(("以内", "之内")) and amount.unit not in ("%", "‰") and not cut)
        or _KIND.match(after)
        or (amount.unit in _LENGTHS and _FROM.search(clause))
        or (chinese and amount.unit == "分" and after.startswith("类"))
        or (_ALL_BEYOND.search(before[-6:] + shown[:3]) and not _TIME.fullmatch(amount.unit))
    ):
        return False
    if _AROUND.match(after) and amount.unit in _LENGTHS:
        return False
    share = amount.unit in ("%", "‰", "成") and not _OF_A_RATE.search(clause)
    if amount.unit == "米" and _COURSE.match(after):
        return False
    if _BEYOND.search(shown) and _KIND_OF.match(after) and not share:
        return False
    if _EACH_TIME.search(before) and _RARELY.fullmatch(amount.number):
        return False
    if chinese and _EACH.search(before):
        return False
    round_word = not amount.approximation and bool(_IDIOM.fullmatch(amount.number))
    if round_word and not _REACHED.search(before):
        return False
    if amount.unit == "个" and not clause.strip() and _BODIES.match(after):
        return True
    return not (_FEW.fullmatch(amount.number) and _OWN_COUNT.fullmatch(amount.unit))


def _list_end(text: str, amount: Amount) -> int:
    """Return the end of a list of numbers with one unit, of which a number is one: 60元、120元."""
    more = re.compile(rf"(?: ?(?:、|以及|[和与及或]) ?\d[\d.,]*{re.escape(amount.unit)}){{1,8}}")
    found = more.match(text, amount.end) if amount.number[:1].isdigit() else None
    return found.end() if found else amount.end


def is_plan(heading: str) -> bool:
    """Return whether a heading is above what shall be done: 下一步工作打算."""
    found = _PLAN.search(heading)
    if found is None or _LOOKING_BACK.search(heading):
        return False
    return not _AND.search(heading, 0, found.start())  # 自查结论与努力方向: of both


_AND = late("[与和及]")
_PLAN = late(
    "下一?(?:步|阶段|季度|年度)|(?:下半年|后续|近期|第[二三四]季度)(?:工作|主要|重点)*(?:目标|思路|安排|计划|打算|重点|任务|要点|部署|设想|构想)|(?:整改|改进)(?:措施|方向|思路)|今后|来年|明年|打算|工作(?:思路|安排|计划|目标|要点|部署|设想|构想)|目标任务|(?:主要|奋斗|预期|发展)目标|努力方向|展望"
    "|20\\d\\d年(?:工作|主要|重点)*(?:目标|思路|安排|计划|打算|重点|任务|要点|部署|设想|构想)"
)
_LOOKING_BACK = late("问题|不足|困难|差距|短板|总结|回顾|情况|汇报|报告|完成|成效|进展")


def opens_plan(sentence: str) -> bool:
    """Return whether a sentence begins what is told of a time to come, to the end of its paragraph."""
    return bool(_OPENS_PLAN.match(sentence))


_OPENS_PLAN = late("\\s*(?:下一?步|下一?阶段|今后|明年|来年|接下来|新的一年|未来[^,]{0,4}年)(?!的)")


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
_RANKED = late("(?:排名?|列|居|进入|跻身|名列|位列)[^,。;]{0,12}前$")
_KIND = late("[级型](?!联)")
"""After a number that is a name of a kind: 10万吨级泊位."""
_AROUND = late("(?:范围)?[之以]?内|范围|半径")
"""After how far something reaches: 校园周边100米内."""
_ALL_BEYOND = late(r"(?:全部|(?<![人日平生户亩年月周])均|都)(?:超过?|突破)\d")
"""Before a number that is less than each of many; a time that all reached is told of them: 驻村均超过220天."""
_SPEECH = late("[,。;!?:我你他她咱您]")
"""What in quotes tells that somebody speaks."""
_TOLD = late("\\d[\\d.,]|\\d[百千万亿]|[一-龥][百千万亿]|[百千万亿][一-龥]")
"""A number that a speaker counted: 跑了118场, 挣了一万八; not 跑一趟, 两件事."""


def is_spoken(text: str, sentence: tuple[int, int], amount: Amount) -> bool:
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
