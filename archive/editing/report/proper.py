"""Words that no name of an indicator holds: pronouns, negations, times, figures, connectives, halves of quotes.

What stands in quotes is a name that others gave (“首违不罚”) and may hold any of them.
"""

import re

from archive.checks.number_frames import any_of
from archive.checks.number_words import NAMED

_TELLING = """
坚持 围绕 通过 按照 根据 为了 对于 关于 由于 因 使 让 被 把 将 给 向 从 不断 进一步 得到 成为 作为 率先 连续 名列 位居 位列
排名 超额 提前 比 较 其 此 该 这 那 之一 以下 左右 上下 约 超过 突破 高于 低于 不足 至少 以内 等 得 达 仅 只 均 已 都 还
也 又 再 就 才 若 但 却 而 因此 所以 每 由 经 据 为 是 有 若干 许多 先后 陆续 共同 受到 同比 环比 按 万元 亿元 倍 增长
下降 减少 上升 提高 回落 降低 历时 耗时 为期 用时 过 到 至 第 同期 一致 显著 明显 稳步 持续 保持 达到 不 没有 没 未 如 像 后者 前者 二者 两者 我 我们 咱们 加上
似 居 列 排 来自 用于 属于 帮助解决 位于 折合
因为 但是 而且 并且 不仅 不但 从而 进而 以便 同时 此外 然而 如果 虽然 即使 无论 甚至 乃至 随着 其中 另外 另 于是 尽管 除 除了 截至
截止 对此 为此 因而 以及其 刚 刚刚 正在 曾 曾经 一直 始终 经常 往往 逐步 逐渐 日益 更 更加 很 十分 非常 尤其 极其 比较 几乎 大约 大概
可能 必须 能够 可以 需要 务必 切实 真正 仍 仍然 依然 依旧 还是 即将 立即 立刻 马上 随即 随后 然后 接着 最终 终于 最后 首先 其次 再次
例如 比如 诸如 包括 合计 共计 总计 一共 分别 当时 现在 目前 如今 当前 今后 日前 近日 昨天 今天 明天 去年 今年 明年 前年 这里 那里 哪里
这些 那些 这个 那个 自己 他 她 它 他们 她们 它们 你 你们 您 俺 谁 什么 换来 带来 迎来 博得 怎样 如何 多少 几
"""
NOT_IN_NAMES = frozenset(_TELLING.split())
"""Words that tell more than a name does."""
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》|「[^「」]*」|『[^『』]*』")
_HALF = re.compile("[“”《》「」『』（）()‘’]")
_PRONOUN = re.compile(
    "(?<!自)我(?!国)|[你您她它咱俺谁]|(?<![其吉利])他(?!人|项)|[这那某哪]|本人|(?<!应)该|此|什么"
)
_TO_WHOM = re.compile(
    "(?:[给为向对]予?每|面向|针对|围绕|通过|依托|借助|利用|结合|按照|根据|对于|关于|随着)"
)
_COMPARED = re.compile(
    "较(?!大|小|重|好|长|高|低|强)|比(?!赛|武|例|重|选|对|学|价|表|特|亚)|相[比较]|对比|超(?!限|载|员|市|声|高|大|重|算|级|低|长)"
)
"""What begins a comparison: 较前一年少用."""
_WITH_ANOTHER_TIME = re.compile("相[比较]|同期|上年|去年|[往历常]年|前一?年|年[初末]")
_NEGATION = re.compile(
    "不(?!动产|良|合格|可移动|达标|锈|孕|法|文明|规范|胜任|慎|稳定|满|捕|诉|予|起诉|见面|罚|公开|当|实|力|昧)"
    "|(?<![罚埋淹沉])没(?!收)|未(?!成年|来|婚|保|检|病|遂|成|结|就业|决)"
    "|无(?!人(?!员?伤|死|受|员伤)|偿|障碍|线|烟|害|主|物业|证|公害|形|纸|缝|感|疫|违建|照|接触|废|核|锡|极|机|土|抗|犯罪|讼|诉|刑|欠薪|毒|黑|邪|访|党派|子女|劳动能力|忧)"
    "|非(?!遗|公|法|机动车|税|电|农|营利|国有|标|现场|户籍|洲|接触|企业|诉|全日|学历|居民|道路|常规|物质|煤|化石|粮|正常|凡|金属|银行|金融|住宅|油|共|经营|羁押|固定|重点|处方)"
    "|勿"
)  # fmt: skip
_FIGURE = re.compile(
    "[两三四五六七八九十几数多半]+余?(?:个|家|户|名|位|件|条|场|次|批|轮|项|公里|米|亩|元|倍|期|块|本|部|座|所|套|辆|台|份|篇|人)"
    "|只[花需要收用]|一[顿趟餐]|一个[人家]|各[存有派设配建发抽选占出]|[多少][交跑花用走等排缴填带]|一(?:批|些|系列|天|年|个月)(?!一|次|级|制)"
    "|[两三四五六七八九十几数多半]+余?(?:年|个月|天|周|小时|学期|季度)(?!级|制|生|行动|计划|规划|期|工程|方案|攻坚)"
)
_BY_SO_MANY = re.compile(
    "^每?(?:[百千万亿]+|[十百千]?万)(?:人口?|元|户|车|台|吨|辆|公里|客户|床|次|名)"
)
"""What a quantity is counted by belongs to its name: 万元GDP能耗."""
_ORDER = re.compile(
    "第[一二三四五六七八九十百]+(?:个|家|名|位|次|批|轮|期|届|块|部|季度|代|产业|课堂)?"
)
_CALLED = re.compile(any_of([*NAMED.split(), "两项补贴"]))
_TIME_AT_END = re.compile(
    "(?:(?<![少老青成中百千周幼壮])年|(?<!岁)月|季度|上午|下午|晚上?|夜间?|凌晨|期间|前夕|以来|之[前后]|以[前后]|当[日天晚]|[昨今明]日|日前|年[初底末中]|[月期]末|假期?|[一-龥]节)$"
)
_HEAD_LEFT_OUT = re.compile(
    "(?<![大小微新重中典类原体转户定])(?:型|类|式|性|化)$|(?<![年班等上下层])级$|(?:领域|方面|环节)$|(?<!以)(?:内|里|外|旁|边)$|(?<![初高集])中$"
    "|[多少早晚快慢][用花跑了出办]?$|[首多几每整半单两]+[批轮期场次届项件个名家户]$"
)
"""Ends of what a noun should follow: 噪声类."""


def holds_no_name(phrase: str) -> bool:
    """Return whether a phrase has words that a name does not have, or lacks its head or half of its quotes."""
    plain = _QUOTED.sub("甲", phrase)
    plain = _ORDER.sub("甲", _CALLED.sub("甲", _BY_SO_MANY.sub("甲", plain)))
    return bool(
        _HALF.search(plain)
        or _CALLED.fullmatch(phrase)
        or _TO_WHOM.match(plain)
        or _COMPARED.match(plain)
        or _WITH_ANOTHER_TIME.search(plain)
        or _PRONOUN.search(plain)
        or _NEGATION.search(plain)
        or _FIGURE.search(plain)
        or _TIME_AT_END.search(plain)
    )


def lacks_head(phrase: str) -> bool:
    """Return whether a phrase ends before the noun it belongs to: 噪声类, 注销“僵尸型”."""
    return bool(_HEAD_LEFT_OUT.search(phrase.rstrip("”》」』")))
