"""Find numbers typed by hand in prose.

These count as a number:

1. anything in digits: 12, １２, 3.5%, ①, Ⅳ;
2. a Chinese numeral with its measure word (三百人次, 第三名, 二〇二三年), perhaps with 余, 多, 来
   or 几 between them (十余篇);
3. without a measure word: a fraction (百分之三十, 三分之二), an approximation (近百, 上千, 数十,
   百余, 成百上千), and a numeral that ends its clause (达三百。 · 名列第三，).

These do not, in this order:

1. a number that lies wholly inside a set phrase, numeral and measure word together: 第四次全国经济
   普查 covers that one 第四次 and no other, and never 第四次 as a part of 第十四次;
2. an ordinary word of the lists below: the text is read from left to right, and where a word and a
   number begin at the same place the longer one is taken (十分 is a word, 十分钟 a number);
3. 一 that counts nothing: 一种, 一批; 这一年, 每一户 after a pointing word; and 一个, 一项, 一名,
   unless a word of counting precedes it (荣获一项, 其中一名) or it ends its clause (锦旗一面。).
   二次 (once more) is treated in the same way.

So these are no numbers: 多次, 若干, 几个, 半数; 零 alone (零容忍); 周一, 五一, 十四五, 三县, 五大行动,
which have no measure word; 万元, 千克 without a number before them, which are units.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """A number, from offset `start` to `end` of the text."""

    start: int
    end: int
    text: str


MEASURES = """
人次 户次 家次 件次 场次 批次 架次 班次 车次 台次 辆次 项次 篇次 例次 剂次 届次 位次 名次 档次
人 名 位 口 户 家 个 只 头 匹 羽 尾 条 根 支 枝 枚 粒 颗 株 棵 朵 片 块 张 幅 面 本 册 卷 部 套 件 份 篇 期
章 节 款 项 则 段 句 字 页 版 封 批 组 级 星级 年级 类 门类 大类 中类 小类 种 样 门 堂 集 首 场 次 回 趟 遍 番
轮 届 任 代 所 座 栋 幢 间 处 楼 层 单元 台 架 辆 艘 列 盏 把 桶 箱 袋 包 瓶 盒 车 捆 筐 副 双 对 笔 票 宗 起
例 剂 号 点 步 道 股 大项 方面 个百分点 课时 学时 成 折 倍 等奖 等功 等次 等级 等品
世纪 年代 年度 年 载 周年 周岁 岁 季度 个月 个多月 个半月 月 旬 周 星期 天 日 夜 昼夜 时 小时 个小时 个多小时
个半小时 分钟 刻钟 分 秒 元 美元 欧元 港元 日元 圆 块钱
米 公里 厘米 分米 毫米 微米 纳米 海里 华里 里 平方米 平方公里 平方千米 平方厘米 平方 平米 公顷 亩 立方米
立方厘米 立方 升 毫升 公斤 克 毫克 微克 吨 公吨 斤 吨标准煤 瓦时 瓦 瓦特 兆瓦 度 摄氏度 字节 比特
安培 伏特 欧姆 焦耳 牛顿 帕斯卡 赫兹 兆赫 库仑 法拉 西门子 韦伯 特斯拉 亨利 开尔文 摩尔 坎德拉 流明 勒克斯
贝可勒尔 戈瑞 希沃特 弧度 球面度 电子伏 分贝
"""

# A measure word does not count before a character that makes another word of it: 期间, 成立.
OTHER_WORD_BEFORE = """
期:间待望盼许 时:期代间刻候常段效令限而 成:立果效员为本绩功熟长品就都人分才交型套形年份册群 部:署门分队委
组:织长 支:部队 所:有在属以需得谓作 处:理置罚级长室 家:庭乡园属国 门:诊户 类:似型别 集:体中团成合聚市结
分:之局队会点比制率位支公百 点:滴评击赞名 座:谈 场:所地馆景面 户:籍外口 面:临向对貌积 头:脑 口:径岸罩
道:德路理 条:例件 套:话路 把:握关控 包:括容含 车:间辆站 票:据 例:如会外行 首:先次要位批 起:来到草步
对:照标比外内应接口象策于待 双:报向重方边拥 副:主局书处科市县区校会院职 层:面级 代:表替码价 任:务职何命免
版:本面权 间:隙断接隔 周:边密围全期转到 章:程 节:约能水日点俗假目庆气 号:召称码 轮:流换岗 折:叠射旧扣算
步:伐调骤 样:本品式板子 字:样体 元:旦素化宵首老复 升:级学旗温华高降至入格任值 克:服难隆己制 度:过假量数
夜:间晚校市 里:程面外应 载:体入重 列:入为出席举
"""

# Words that contain a numeral but count nothing: those the grammar would take for a number, and those
# whose last character it would take for the beginning of one (统一|部署, 队伍|人员).
ORDINARY = """
统一 唯一 惟一 单一 逐一 万一 之一 始终如一 表里如一 队伍 入伍 退伍 落伍 大陆 登陆 内陆 着陆
收拾 捡拾 第一步 第一把手 第一道防线 第一粒扣子 第一桶金 第一人民 第二人民 第三人民 第四人民 第五人民
最后一公里 老一套 一家人 一家亲 一家之言 一对一 一本通 一本账 一本正经 一件事 一号文件 一票否决
一成不变 一分为二 一分部署 九分落实 一枝独秀 一波三折 一日千里 一日三餐 一日之功 日复一日 年复一年
一砖一瓦 一字不差 入木三分 一字一句 一字之差 一年四季 一年之计 一年到头 一天到晚 一夜之间 一级抓一级
一次性 一次办 一次告知 最多跑一次 空无一人 独当一面 欢聚一堂 齐聚一堂 济济一堂 人手一册 二元 两张皮
两面人 两面派 两回事 两口子 两点一线 两点论 两步走 三步走 三步并作两步 三次产业 三位一体 四位一体
五位一体 三番五次 三天两头 三轮车 三字经 三支一扶 门前三包 三门峡 约法三章 货比三家 四面八方 四分五裂
四处 五花八门 三八节 五一节 六一节 八字方针 八股文 十分 十字 十里八乡 十年如一日 数十年如一日 几十年如一日
十年树木 十年寒窗 十年磨一剑 百姓 百年 百度 百家争鸣 百家讲坛 百家姓 百日攻坚 百日行动 百日会战
百日整治 百花齐放 百业 百般 百倍努力 信心百倍 精神百倍 百折不挠 百里挑一 百尺竿头 百废待兴 百战百胜
百炼成钢 百科 百货 百强 百分点 百分比 百分制 千家万户 千方百计 千头万绪 千篇一律 千人一面 千千万万
千千万万个 千言万语 千山万水 千军万马 千变万化 千丝万缕 千锤百炼 千秋 千古 千年 千百年 千里 千载
千辛万苦 千斤顶 千克 千米 千瓦 千瓦时 千公顷 万家灯火 进万家 入万家 暖万家 万众一心 万事 万物 万象
万里 万水千山 万无一失 万分 万年 万古 万全 万能 万般 万千 万元 亿元 万吨 万亩 亿斤 亿万 亿万人民
半年报 半年度 半月刊 半月谈
"""

_PLACES = "十百千万亿拾佰仟萬億"
_NUMERALS = "零〇○一二两兩三四五六七八九廿卅卌壹贰叁肆伍陆柒捌玖" + _PLACES
# Decimal digits of any script, fractions, Roman, circled and bracketed numbers, the numerals of
# Suzhou, hours and days written as one character.
_DIGITS = r"\d¼-¾⅐-ↂↅ-↉①-⒛⓪-⓿❶-➓〡-〩〸-〺㆒-㆕㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿㋀-㋋㍘-㍰㏠-㏾🄀-🄌"
_RAISED = "²³¹⁰⁴-⁹₀-₉"

# Ordinary words that follow a pattern.
_PATTERNS = (
    rf"一([^{_NUMERALS}\s])(?:又?一)?\1",  # 一次次, 一项又一项
    rf"一[年月周日季天人户企家事案岗]一[^{_NUMERALS}\s次人名个篇期场元日号件份项]",  # 一人一档, 一年一度
    r"发现一\w[、，,]?(?:查处|处理|整改|纠正|通报|解决)一\w",
    r"不[漏落少]一\w|一\w不[漏落少]",  # 不落一户, 一项不漏
    r"[一二三四]级(?:高级)?(?:主任科员|调研员|巡视员|主办)",  # ranks of office
    r"[一二三四五六七八九十]+届[一二三四五六七八九]中全会",
)

# 一 before a vague measure word never counts, before an indefinite one only in a context of counting.
_VAGUE = {*"种批股番片段样点道块步时度代层口头回起", "方面"}
_INDEFINITE = {*"个项名位支条套张面座把颗份章页句笔粒盏门幅首堂"}
_COUNTED = re.compile(
    "(?:共计?|仅|只|(?<![传表送下抵])达到?|合计|总计|累计|其中|各|增加|新增|减少|增至|降至|荣?获得?"
    "|夺得|取得|完成|开展|举办|承办|编发|编印|印发|刊发|发表|报送|发展|转正|提拔|推荐|选派|派驻|查处"
    "|立案|受理|办结|建成)[了过出有]?$"
)
# Words before a numeral without a measure word: after the first it is an amount, after the others a rank.
_AMOUNTS = re.compile("[至到达为于约逾超过近上共计仅]$")
_RANKS = re.compile("(?:[居列获夺得]|排名|排在?)(?:全[国区市省县]|全系统)?$")
# 这一年, 新一届, 上一级: 一 after a pointing word.
_POINTED = re.compile(
    "(?:[这那每某另再又任何哪]|(?<!共)同|(?<![更刷创革翻])新)一|[上下]一[年届级期轮季]"
)
# 近百, 约三百: 近 or 约 belongs to the number unless it ends another word (附近, 节约).
_APPROACHING = re.compile(
    "(?:(?<![附最临邻接亲贴靠走])近|(?<![节条合公制契])约|(?<![线网会以身台])上|逾|超过?|不足)$"
)
_CLAUSE_END = re.compile(r"[^\S\n]*(?:[，。；、：！？）,;!?)|\n]|$)")


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first, lookaheads after them not counted."""
    return "(?:" + "|".join(sorted(words, key=lambda word: -len(word.partition("(")[0]))) + ")"


def _measure_words() -> str:
    """Return a pattern for any measure word that does not begin another word."""
    others = dict(entry.split(":") for entry in OTHER_WORD_BEFORE.split())
    return _one_of(
        f"{word}(?![{others[word]}])" if word in others else word for word in MEASURES.split()
    )


def _number() -> str:
    """Return the pattern of a number. Its runs are possessive, so the time is linear in the text."""
    run = f"[{_NUMERALS}]++"
    several = f"(?:(?<![人次总户件篇份期项天倍个名基系指参分多少大计函负无])数|几)(?=[{_PLACES}])"
    myriads = "(?:[余多来几]?[万亿]+)?"
    gap = "[ \u00a0\u2009\u202f*_~]{0,3}"  # a space, or marks of emphasis
    measure = _measure_words()
    digits = rf"\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d)|[{_DIGITS}]++"
    return "|".join(
        (
            rf"第?(?:{digits})(?:[,，]\d{{3}}(?!\d))*(?:[.．]\d++)?(?:{run})?{myriads}[余多来几]?"
            rf"(?:[%％‰]|{gap}{measure})?",
            rf"(?<![A-Za-zＡ-Ｚａ-ｚ])[{_RAISED}]++",  # after a letter: part of m² or CO₂
            f"{run}分之{run}(?:点{run})?|百分百|一半|(?<=翻)一番|(?:(?<=案件)|(?<=查处)|(?<=发生))一起",
            f"成[百千][上成][千万](?:{gap}{measure})?|数以[十百千万亿]计",
            f"(?<![上下前后])半{gap}(?:个|年|天|小时|月|日)",
            rf"(?P<ordinal>第)?(?P<core>(?:{several})?{run}(?:点{run})?{myriads})"
            rf"(?:(?<=[{_PLACES}])[余多来几])?{gap}(?P<measure>{measure})",
            f"{several}{run}{myriads}",  # 数十, 几百万
            f"{run}(?<=[{_PLACES}])[余多](?![彩姿样])|{run}(?<=十)几",  # 百余, 一百多, 十几
            f"(?<=[近上])[一二两三四五六七八九]?[百千万亿][{_NUMERALS}]*+",  # 近百, 上千
            rf"(?=[一二三四五六七八九〇○零]{{4}}){run}",  # 二〇二三
            rf"(?P<last>第?{run})(?=以[上下内]|左右|上下|{_CLAUSE_END.pattern})",
        )
    )


_NUMBER = re.compile(_number())
_WORD = re.compile("|".join((*_PATTERNS, _one_of(ORDINARY.split()))))
# The characters with which a word or a number can begin; the search skips all others.
_START = re.compile(
    f"[{_NUMERALS}{_DIGITS}{_RAISED}第数几成半不发{''.join({word[0] for word in ORDINARY.split()})}]"
)
_RUN = re.compile(f"第?[{_NUMERALS}]++")


def _counts_one(text: str, number: re.Match[str]) -> bool:
    """Return whether 一 (or 二 in 二次) before a measure word counts something here."""
    start, measure = number.start(), number["measure"]
    if number["ordinal"]:
        return measure != "位" or _RANKS.search(text[max(0, start - 6) : start]) is not None
    if measure in _VAGUE or (start and _POINTED.match(text, start - 1)):
        return False
    if measure not in _INDEFINITE and number["core"] == "一":
        return True
    before = text[max(0, start - 6) : start]
    if _CLAUSE_END.match(text, number.end()):
        return not before.endswith("的")
    # 达到一个新高度, 取得一项新突破: praise, not a count.
    return _COUNTED.search(before) is not None and not text.startswith("新", number.end())


def _counts_last(text: str, number: re.Match[str]) -> bool:
    """Return whether a numeral that ends its clause is an amount or a rank, not the end of a name."""
    before = text[max(0, number.start() - 6) : number.start()]
    if number["last"].startswith("第"):
        return _RANKS.search(before) is not None
    if _AMOUNTS.search(before) or not _CLAUSE_END.match(text, number.end()):
        return not set(_PLACES).isdisjoint(number["last"])
    return len(number["last"]) > 2 and not {*"百千万亿"}.isdisjoint(number["last"])


def _counts(text: str, number: re.Match[str]) -> bool:
    """Return whether a match of the grammar is a number in its context."""
    if number["last"]:
        return _counts_last(text, number)
    core = number["core"]
    if core == "一" or (core == "二" and number["measure"] == "次" and not number["ordinal"]):
        return _counts_one(text, number)
    return core is None or (bool(core.strip("零〇○")) and core not in {*"伍陆拾肆"})


def _numbers(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield every number as three offsets: of its approximating word (近, 约 …), its start, its end.

    Without such a word the first two are the same.
    """
    position = 0  # the offset at which reading goes on
    taken = 0  # the text before this offset belongs to a word or number already read
    while start := _START.search(text, position):
        at = start.start()
        word, number = _WORD.match(text, at), _NUMBER.match(text, at)
        near = _APPROACHING.search(text, max(taken, at - 3), at)
        # If both end at the same place the word is taken, but not after 近 or 上: 近百年 is a number.
        if word and (number is None or word.end() >= number.end() + bool(near)):
            position = taken = word.end()
        elif number:
            if _counts(text, number):
                yield at - len(near[0]) if near else at, at, number.end()
            position = taken = number.end()
        else:
            position = run.end() if (run := _RUN.match(text, at)) else at + 1


def find_numbers(text: str, phrases: Iterable[str]) -> list[Found]:
    """Return the numbers typed by hand in prose, without those inside one of the set phrases.

    The end of a line ends a clause, as does the edge of a table cell. The caller must have blanked out
    all that is not prose: macro calls, addresses, attributes, the numbering of headings.
    """
    present = [phrase for phrase in phrases if phrase in text]
    return [
        Found(first, end, text[first:end])
        for first, start, end in _numbers(text)
        if not any(
            text.find(phrase, max(0, end - len(phrase)), start + len(phrase)) >= 0
            for phrase in present
        )
    ]
