"""The quantity that a phrase is counted or measured by, named only where the phrase proves it.

A phrase that names a quantity keeps its name if that is measured in the number's unit. Another is given one by
the unit, 次数 for 次 and 场, 人数 for 人 and 名, 金额 for 元, 数 for other things counted, if it can be counted so.
"""

import re

from archive.editing.report.countable import counted, stands
from archive.editing.report.phrases import RATE
from archive.editing.report.proper import lacks_head

QUANTITY = re.compile(
    "(?:率|[产价总净市]?值|额|(?<![质力])量|(?<![多少])数|(?<!评)价|(?:满意|知晓|参与|速|温|湿|浓|密|依存|高|长|深|强|宽|厚|坡|认可|盖|机械化|自由|贡献|活跃|热)度"
    "|(?<![对评])比|收入|支出|(?<!奖)金|款|损失|动力|(?:化|工资|收入|消费|产出)水平|外资|投资|人口|面积|余额|价格|比重|比例|里程|时长|时间|GDP|利润|税收|贷款|存款|补贴|经费|规模|得分|总分|成绩"
    "|能力|产出|增速|增幅|降幅|年龄|工资|薪酬|资产|负债|成本|费用|消费|出口|进口|储蓄|预算|能耗|寿命|人次|均分|距离|天数|时限|期限|周期|名次|位次"
    "|单产|总产|毛利|结余|库容|总长|[站间]距|债务|赤字|盈余|[差顺逆]差|净利|电量|缺口|年限|营收|税费|罚款|捐款|善款|定额|标准|系数|税|贷款|装机|气温|积分|[水潮]位|水深|雪深|海拔|[直口胸]径|株高|净高)$"
)
_MONEY = re.compile("(?:金|款|补贴|经费|收入|投资|税|费|成本|消费|资产|工资|出口|进口)$")
_IN_COUNTS = re.compile("人次?|名|户次?|家次?|个|件|笔|次|项")
_FLOWS = ("出口", "进口", "消费", "投资", "收入", "支出")
_NEVER_MONEY = re.compile("小时|分钟|秒|天|公里|米|平方米|亩|个?工作日")
_SUFFIXES = (
    (re.compile("人次|人·?天"), "人次"),
    (re.compile("(?:人|名|位|口)"), "人数"),
    (re.compile("(?:户次|家次|场次|批次|架次|班次|车次|台次|辆次|项次|件次|例次|册次)"), None),
    (re.compile("(?:次|场|趟|回|轮)"), "次数"),
    (re.compile("批"), "批次"),
    (re.compile("户"), "户数"),
    (re.compile("(?:元|美元|欧元|港元|日元)"), "金额"),
    (re.compile("(?:亩|公顷|平方米|平方公里|平方千米|平方|平米|㎡)"), "面积"),
    (re.compile("(?:公里|千米|米|里|km|海里)"), "长度"),
    (re.compile("(?:吨|公斤|千克|克|斤|公吨|升|毫升|立方米|立方|千瓦时|吨标准煤|t|kg|KG)"), "量"),
    (re.compile("(?:小时|分钟|课时|学时|个小时)"), "时长"),
    (re.compile("(?:天|日|个工作日)"), "天数"),
    (
        re.compile(
            "(?:个|家|项|件|篇|期|份|条|只|头|座|所|处|台|套|辆|支|本|册|部|张|幅|面|枚|株|棵|间|栋|片|组|类|种|门|堂|节|起|宗|例|笔|盏|块|羽|枚|副|艘|架|列"
            "|把|桶|箱|袋|盒|瓶|包|根|款|集|首|届|人份|剂|针|单元|课|讲|版|封|尾|枝|对|颗|粒|朵|卷|期次|幢|顶|床|双|扇|眼)"
        ),
        "数",
    ),
)  # fmt: skip

_SCALE = re.compile("^[十百千]?[万亿]+(?=.)|[(（].*")


def quantity(phrase: str, unit: str) -> str:
    """Return the name of the quantity that a phrase is counted or measured by; empty if none is known."""
    unit = _SCALE.sub("", unit)
    if phrase[-2:] in _FLOWS and _NEVER_MONEY.fullmatch(unit):
        return ""
    if QUANTITY.search(phrase) and not (_MONEY.search(phrase) and _IN_COUNTS.fullmatch(unit)):
        return phrase if measured(phrase, unit) else ""
    for units, suffix in _SUFFIXES:
        if units.fullmatch(unit):
            suffix = suffix if suffix is not None else unit
            if not counted(phrase, suffix, unit):
                return ""
            if (suffix == "天数" and phrase.endswith("日")) or phrase.endswith("全长"):
                return phrase
            if suffix in ("人数", "户数") and phrase.endswith(("人员", "人", "户")):
                return phrase + "数"
            return phrase if phrase.endswith(suffix) else phrase + suffix
    return ""


_PLAIN = re.compile("人|名|户|元|亩|公里|米|吨|公斤|小时|分钟|平方米|家|所|座|辆|头|册|篇")
_OF_MONEY = re.compile(
    "(?:金|款|费用?|收入|支出|投资|工资|薪酬|补贴|经费|资产|负债|利润|债务|税费?|产值|总值|增加值|销售额|零售额|成本|GDP|价格?|[售单]价)$"
)
_IN_MONEY = re.compile(".*元|.*块钱|.*分|%|‰|倍|成|.*/.*|")
_UNITS_OF = (
    (re.compile("(?:面积)$"), re.compile("亩.*|公顷|平方.*|平米|㎡")),
    (re.compile("(?:里程|距离|总长|[站间]距)$"), re.compile(".*[公里米]|km|里程")),
    (re.compile("(?:时长|时间|天数|时限|期限|周期|年限|寿命)$"), re.compile("小时|分钟|秒|天|日|年|个?月|周|个?工作日|课时|学时|.*小时.*|小时/户|.*/.*")),
    (re.compile("(?:年龄)$"), re.compile("周?岁")),
    (re.compile("人口$"), re.compile("人|户|名|口")),
    (re.compile("(?:得分|总分|成绩|均分|积分)$"), re.compile("分|个?百分点")),
    (re.compile("人次$"), re.compile("人次|人")),
    (re.compile("人数$"), re.compile("人次?|名|位|口|个|%|‰|倍")),
    (re.compile("户数$"), re.compile("户|家|个|%|‰|倍")),
    (re.compile("金额$"), _IN_MONEY),
    (re.compile("[起件]数$"), re.compile("起|件|宗|%|‰|倍")),
)  # fmt: skip


def measured(phrase: str, unit: str) -> bool:
    """Return whether the quantity that a phrase names is one that has the unit: no 得分 in 人, no 比例 in 户."""
    unit = _SCALE.sub("", unit)
    if not unit.strip("十百千万亿"):
        return True
    if unit.endswith("%") and not (
        RATE.search(phrase) or phrase.endswith(("度", "率", "比", "水平"))
    ):
        return False
    for ends, units in _UNITS_OF:
        if ends.search(phrase):
            return bool(units.fullmatch(unit))
    if RATE.search(phrase) and not phrase.endswith("产率"):
        return not _PLAIN.fullmatch(unit)
    return not (_OF_MONEY.search(phrase) and not _IN_MONEY.fullmatch(unit))


def grows(phrase: str) -> bool:
    """Return whether the 增长率 of what a phrase names is a name: no verb by itself grows."""
    return bool(QUANTITY.search(phrase)) or (not lacks_head(phrase) and stands(phrase, "增长率"))
