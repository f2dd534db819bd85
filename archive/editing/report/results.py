"""Whether a number of a report tells a result: aims, limits, deadlines, time spent and idioms are none.

What is none stays as it is typed until a person says otherwise: it is asked for, and never entered by itself.
"""

from archive.editing.report.measuring import Amount
from archive.files.patterns import late

_FAR = 160
"""How much of what stands before a number is looked at."""
_TIME = late("秒|分钟|个?小时|课时|天|日|夜|个?工作日|个?星期|周|个?月|个?季度|年|一?刻钟")
_AIM = late(
    "力争|争取|务必|恳请|但愿|希望|下一?步|明年|来年|未来|即将|拟(?=[新建在于投开用])|预计(?=到|明|将|可|新)|确保(?!了)|打算|目标(?:是|为|:)"
    "|原计划|要求(?=[\\d\u4e00-\u9fff])(?!的)|(?<!行动|生育|年度|工作)计划(?=[新建投在于用到把明将全再完引培改扩]|安排|开展|组织|实施)"
    "|将(?=继续|进一步|推动|持续|全面|重点|努力|在|于|达|新建|新增|开展|实施|启动|加大|加快|深化|聚焦|围绕|着力|大力|积极|再)"
    "|规定:|明文规定|标准为|及格线"
)
"""Words after which a sentence tells what shall be."""
_DONE = late("已经?(?!达)|实际|实现了|完成了|(?<!力争)超额")
"""Words after which it tells what is, again."""
_LIMIT = late("不[少低]于|不[高多大]于|不超过|至[少多]|最[多少]|[低高]于")
_REFUSING = late("(?:不|不得|不能|不应|不要|不可|不准)$")
_MAY = (
    "可续?[借用享评报申领]|(?<!必)须|(?<![响相适供反效对])应(?![急用对届收付])|需(?![求要])"
    "|(?<![时期年上下权界极有无超受局])限|不得|至少|最多"
)
_THRESHOLD = late(
    f"(?:(?:要求|规定|标准|目标|限值|红线|及格线|控制数)(?:的|为|是)?|(?:{_MAY})[^,。;、:\\d]{{0,3}}|满)$"
)
_BEYOND = late("以[上下内外]$")
_KIND_OF = late("的|[\u4e00-\u9fff]")
"""After a number that parts one kind from another: 20万元以上的村, 35岁以下干部."""
_WITHIN = late("(?:之|以)?内")
_NAMED = late("[\u4e00-\u9fff]{2,4}率")
"""After a time that belongs to the name of a rate: 30秒接通率."""
_SPENT = late(
    "(?:用了?|历时|为期|耗时|费时|盼了|等了|干了|守了|暂扣|借期|走过|(?<!时)长达|近|过去|结束了?连续|春运|长假|黄金周|除夕"
    r"|(?:奋战|连续|坚守|扎根|苦干|鏖战)[^,。;、\d]{0,4})$"
)
_EACH_TIME = late("每[一\\d]{0,2}(?:天|日|周|月|季度?|年|学期)[^,。;、\\d]{0,8}$")
_RARELY = late("[1-9]|[一两二三四五六七八九半]")
_IDIOM = late("[百千万亿]")
_FEW = late("[一两二三半]")
_OWN_COUNT = late("项|条|个|句|座|轮|番|尺|方面|件事|节|盏|根|把|颗|扇|天")
"""What a text counts of itself, or what stands with a small number in a figure of speech: 三项数据, 一条线."""
_NEVER = frozenset(["番", "届", "刻钟", "一刻钟", "连丰", "周岁", "岁", "尺"])
"""Units of what is no result, unless it is a mean."""


def tells_result(text: str, sentence: tuple[int, int], amount: Amount) -> bool:
    """Return whether a number in a sentence of a folded text tells what there is, or was done."""
    before = text[max(sentence[0], amount.start - _FAR) : amount.start]
    after = text[amount.end : amount.end + 12]
    if "*" in amount.number:
        return True  # somebody has masked what there is
    if amount.unit in _NEVER and "平均" not in before:
        return False
    shown = text[amount.start : amount.end]
    if _LIMIT.match(shown) or (amount.approximation and _REFUSING.search(before)):
        return False
    apart = "百分点" not in amount.unit  # 低于标准0.1个百分点 is a difference
    if _is_aim(before) or (apart and _THRESHOLD.search(before)):
        return False
    if _is_time(amount) and (
        _SPENT.search(before)
        or _WITHIN.match(after)
        or _NAMED.match(after)
        or not amount.number[:1].isdigit()
    ):
        return False
    if _BEYOND.search(shown) and _KIND_OF.match(after):
        return False
    if _EACH_TIME.search(before) and _RARELY.fullmatch(amount.number):
        return False
    if not amount.approximation and _IDIOM.fullmatch(amount.number):
        return False
    return not (_FEW.fullmatch(amount.number) and _OWN_COUNT.fullmatch(amount.unit))


def _is_aim(before: str) -> bool:
    aims = [found.end() for found in _AIM.finditer(before)]
    return bool(aims) and not _DONE.search(before, aims[-1])


def _is_time(amount: Amount) -> bool:
    return bool(_TIME.fullmatch(amount.unit))
