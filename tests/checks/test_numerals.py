"""Every number an editor may type by hand is found, and nothing else.

The sentences are in numbers.txt: one a line, each number in 【】 as it is to be found; lines that begin
with # name a kind, with ? a limit that is known. They keep to the register of a bureau's report;
whatever they count is made up for the test.
"""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.checks.number_words import MEASURES, NAMED, ORDINARY
from archive.checks.numerals import Found, find_numbers

_LIST = Path(__file__).with_name("numbers.txt").read_text("utf-8").splitlines()


def marked(text: str) -> str:
    """The text with the numbers that the rule finds in 【】."""
    parts, done = [], 0
    for number in find_numbers(text, ()):
        parts += [text[done : number.start], f"【{number.text}】"]
        done = number.end
    return "".join([*parts, text[done:]])


def plain(line: str) -> str:
    return line.replace("【", "").replace("】", "")


SENTENCES = [line for line in _LIST if line and not line.startswith(("# ", "? "))]
LIMITS = [line.removeprefix("? ") for line in _LIST if line.startswith("? ")]


def test_finds_every_number_of_the_list_and_nothing_else() -> None:
    assert [marked(plain(line)) for line in SENTENCES] == SENTENCES


def test_the_limits_are_still_limits() -> None:
    """A line that comes right moves up into the list."""
    assert [line for line in LIMITS if marked(plain(line)) == line] == []


def test_few_limits_are_known() -> None:
    """Recall and precision on the whole list, limits included."""
    wanted = found = both = 0
    for line in [*SENTENCES, *LIMITS]:
        expected, numbers = _spans(line), _spans(marked(plain(line)))
        wanted += len(expected)
        found += len(numbers)
        both += len(expected & numbers)
    assert both / wanted > 0.98
    assert both / found > 0.98


def _spans(line: str) -> set[tuple[int, int]]:
    spans, at, opened = set(), 0, 0
    for character in line:
        if character == "【":
            opened = at
        elif character == "】":
            spans.add((opened, at))
        else:
            at += 1
    return spans


PHRASES = (
    "两个确立",
    "“一书三单”",
    "第四次全国经济普查",
    "五十项惠民措施",
    "三十人行动",
    "党的二十大精神",
)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("落实五十项惠民措施，新增六十项惠民措施。", ["六十项"]),
        ("落实一百五十项惠民措施。", ["一百五十项"]),
        ("三十人行动启动，三十人参加。", ["三十人"]),
        ("开展近三十人行动。", []),
        ("坚持“两个确立”，学习党的二十大精神，二十大类指标。", ["二十大类"]),
        ("第四次全国经济普查和“一书三单”各有三十人。", ["三十人"]),
    ],
)
def test_a_set_phrase_protects_only_what_lies_inside_it(sentence: str, numbers: list[str]) -> None:
    assert [found.text for found in find_numbers(sentence, PHRASES)] == numbers


# With a numeral these are dates, clock times, floors, labels or places.
_NAMES = "楼 级 点 方面 号 年级 年代 世纪 周年 星级 单元"


def test_every_other_measure_word_makes_a_number() -> None:
    missed = [
        word
        for word in MEASURES.split()
        if find_numbers(f"共五{word}，", ()) != [Found(1, 2 + len(word), f"五{word}")]
    ]
    assert sorted(missed) == sorted(_NAMES.split())


# What a bureau counts, and the measure words it counts with, each with each: whether the two go together
# matters less than that no frame, word or name takes the numeral for its own.
_NOUNS = """
项目 工程 制度 机制 措施 举措 办法 规定 清单 标准 规范 流程 平台 系统 品牌 站点 服务站 服务点 示范点 示范岗 队伍 小组 专班
部门 科室 单位 企业 社区 乡镇 街道 学校 家庭 支部 党员 干部 群众 职工 志愿者 老人 儿童 学生 残疾人 困难户 农户 商户 用户
案件 线索 问题 隐患 建议 意见 提案 文件 报告 文章 信息 简报 课题 论文 专利 荣誉 称号 奖牌 证书 锦旗 会议 活动 培训 讲座 党课
演练 比赛 宣讲 调研 检查 督查 走访 座谈 论坛 展览 演出 图书 资料 视频 海报 展板 路灯 厕所 公园 广场 道路 桥梁 管网 水库 大棚
厂房 车间 门店 超市 市场 医院 诊所 床位 车位 岗位 名额 指标 任务 目标 事项 业务 手续 材料 表格 样本 数据 台账 档案 合同 协议
贷款 基金 资金 罚款 补贴 奖金 产品 设备 仪器 车辆 电脑 探头 阵地 窗口 热线 网格 楼栋 小区 院落 居民 商会 协会 基地 园区 景区
民宿 合作社 专家 律师 法官 民警 医生 教师 记者 先进个人 道德模范 身边好人 文明家庭 文明村镇 文明校园 文明单位 重点项目 重点企业
特色产业 特色村 主题公园 主题党日 亮点工程 现代化园区 优化项目 提升工程 要素市场 关键岗位 突出贡献奖 红线区 全面检查
"""
_MEASURES = (
    "个 项 条 家 名 位 人 次 场 篇 份 件 部 本 册 套 处 座 所 批 例 宗 笔 辆 台 间 栋 幅 块 门 堂"
)
_NAMES_AND_POLICIES = {
    "三座门店",
    "两项补贴",
    "八项规定",
    "三个全面检查",
    "四个全面检查",
    "四处走访",
}


@pytest.mark.parametrize("numeral", ["3", "12", "27", "三", "两", "五", "八", "四", "十二"])
def test_whatever_is_counted_is_found_with_any_measure_word(numeral: str) -> None:
    pairs = [measure + noun for measure in _MEASURES.split() for noun in _NOUNS.split()]
    text = "".join(f"全年新增{numeral}{pair}，" for pair in pairs)
    starts = {number.start for number in find_numbers(text, ())}
    missed, at = set(), 0
    for pair in pairs:
        if at + 4 not in starts:
            missed.add(numeral + pair)
        at += len(f"全年新增{numeral}{pair}，")
    assert missed <= _NAMES_AND_POLICIES


def test_an_ordinary_word_is_no_number_and_hides_none() -> None:
    wrong = [
        word
        for word in [*ORDINARY.split(), *NAMED.split()]
        if [found.text for found in find_numbers(f"{word}，{word}。共30人", ())] != ["30人"]
    ]
    assert wrong == []


def test_every_character_that_is_a_number_by_itself_is_found() -> None:
    numbers = [
        character
        for character in map(chr, range(0x3400))
        if unicodedata.category(character) == "Nd"
        or (
            unicodedata.category(character) in ("No", "Nl") and unicodedata.decomposition(character)
        )
    ]
    missed = [
        c for c in numbers if [found.text for found in find_numbers(f"共{c}人", ())] != [f"{c}人"]
    ]
    assert missed == []


# Text in which numbers, ordinary words and set phrases run into each other.
_PIECES = [
    *"一二两三十百千万亿〇伍半数几近上约第余多来点成分之 ，。12５①²²",
    *"人名次个项年月期位起度",
    *("分之", "百分之", "统一", "十分", "百姓", "队伍", "第一位", "三次产业", "四次", "小时", "新"),
]
prose = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@given(text=st.text() | prose, phrases=st.lists(st.text(min_size=1) | prose, max_size=4))
def test_finds_stand_in_the_text_in_order_and_apart(text: str, phrases: list[str]) -> None:
    found = find_numbers(text, phrases)
    assert [number.text for number in found] == [text[n.start : n.end] for n in found]
    edges = [edge for number in found for edge in (number.start, number.end)]
    assert edges == sorted(edges)
    assert all(number.text for number in found)


def holds_numeral(character: str) -> bool:
    # ㋀ is taken apart into 1月; the rest have no numeric value in Unicode.
    parts = unicodedata.normalize("NFKC", character)
    return character in "两半俩仨首翻榜夺冠亚季番" or any(
        unicodedata.numeric(part, None) is not None for part in parts
    )


@given(
    st.lists(
        st.sampled_from([*"数几成第约近上余多来点分之其中新 ，。", *MEASURES.split()])
        | st.characters()
    ).map("".join)
)
def test_text_without_numerals_has_no_numbers(text: str) -> None:
    plain = "".join(character for character in text if not holds_numeral(character))
    assert find_numbers(plain, ()) == []


_APPROXIMATING = re.compile(
    "^(?:大约|超过?|不足|不到|将近|接近|突破|不少于|不低于|不下|至少|多达|高达|倒数|零下|[近约上逾负+±¥￥$-])"
)


@given(text=prose, data=st.data())
def test_a_set_phrase_takes_out_what_lies_inside_it_and_nothing_else(
    text: str, data: st.DataObject
) -> None:
    before = find_numbers(text, ())
    phrase = data.draw(st.sampled_from([number.text for number in before] or ["人次"]))

    def inside(number: Found) -> bool:
        # 近, 约, 上 before a number need not be in the phrase: 三十人行动 protects 近三十人行动.
        bare = len(_APPROXIMATING.sub("", number.text))
        return any(
            text.startswith(phrase, at)
            for at in range(number.end - len(phrase), number.end - bare + 1)
            if at >= 0
        )

    assert find_numbers(text, [phrase]) == [number for number in before if not inside(number)]


_LABELS = [
    "图",
    "表",
    "附件",
    "附表",
    "附录",
    "专栏",
    "序号",
    "编号",
    "注",
    "版本",
    "热线",
    "电话",
    "国道",
    "文号",
    "邮编",
    "周",
    "星期",
    "正月",
    "农历",
    "初",
    "过去",
    "近",
    "最近",
    "未来",
    "以下",
    "这",
    "建党",
    "成立",
    "国庆",
    "上午",
    "凌晨",
    "分为",
    "人大",
    "项目",
    "园区",
    "平台",
]


@pytest.mark.parametrize("number", ["30", "110", "2023", "12345", "300", "三百", "三十五"])
def test_no_exemption_loses_a_figure(number: str) -> None:
    """After any word that makes a label of a number, a number with a unit of counting is found."""
    lost = [
        text
        for word in [*_LABELS, *ORDINARY.split(), *NAMED.split(), *"“《（〔：；。"]
        for unit in ("人", "余人", "次", "万元", "多户", "个百分点")
        for text in [f"共{word}{number}{unit}，"]
        if not any(
            found.end == len(text) - 1 and number in found.text for found in find_numbers(text, ())
        )
    ]
    assert lost == []


def test_a_word_of_approximation_stands_in_the_line_of_its_number() -> None:
    assert find_numbers("接近\n3人", ()) == [Found(3, 5, "3人")]
