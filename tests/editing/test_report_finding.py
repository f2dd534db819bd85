"""The figures and masked names of a brought report: found whole, each as what it is."""

import re
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.editing.report.finding import Find, find
from archive.editing.report.measuring import Kind, value_of
from archive.facts.honours import honour_title
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.schema.honours import Honour
from tests.samples.frozen import lay_out

KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
START, END = date(2024, 1, 1), date(2024, 12, 31)
HERE = Path(__file__)


def expected(name: str) -> list[tuple[str, list[Find]]]:
    """The sentences of a file, without marks, and what is to be found in each."""
    sentences: list[tuple[str, list[Find]]] = []
    spans: list[tuple[int, int]] = []
    for line in HERE.with_name(name).read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith("  "):
            plain, spans = "", []
            for number, piece in enumerate(re.split("[【】]", line)):
                if number % 2:
                    spans.append((len(plain), len(plain) + len(piece)))
                plain += piece
            sentences.append((plain, []))
            continue
        kind, digits, value, unit, approximation, named, period = (
            field.strip() for field in f"{line} | | | | |".split("|")[:7]
        )
        text, finds = sentences[-1]
        start, end = spans[len(finds)]
        first = text.rfind("。", 0, start) + 1
        last = text.find("。", end) + 1 or len(text)
        days = [date.fromisoformat(day) for day in period.split("—") if day]
        finds.append(
            Find(
                0, start, end, KINDS[kind], digits, Decimal(value) if value else None, unit, approximation, named,
                (days[0], days[1]) if days else None, (first, last),
            )
        )  # fmt: skip
    return sentences


SENTENCES = [*expected("report_finds.txt"), *expected("report_finds_later.txt")]


@pytest.mark.parametrize(("text", "finds"), SENTENCES, ids=[text[:20] for text, _ in SENTENCES])
def test_what_is_found_in_a_sentence(text: str, finds: list[Find]) -> None:
    assert find([text], START, END) == finds


UNNAMED = [
    line
    for line in HERE.with_name("report_unnamed.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("text", UNNAMED)
def test_what_proves_no_name_is_left_without_one(text: str) -> None:
    names = [one.name for one in find([text], START, END)]
    assert names
    assert names == [""] * len(names)


VERBS = [
    "助力",
    "赋能",
    "护航",
    "推动",
    "整改",
    "销号",
    "入库",
    "开户",
    "惠及",
    "对接",
    "摸排",
    "化解",
    "办理",
    "处置",
    "收集",
    "回馈",
    "发运",
    "新建",
]


@given(
    st.lists(st.sampled_from(["有效", "积极", "累计", "完成", "现场", "全年"]), max_size=2),
    st.sampled_from(VERBS),
    st.sampled_from(["个", "家", "件", "项", "处", "条", "份"]),
    st.sampled_from(["", "企业", "，覆盖面扩大"]),
)
def test_a_lone_verb_is_no_name(before: list[str], verb: str, unit: str, after: str) -> None:
    (found,) = find([f"{''.join(before)}{verb}36{unit}{after}。"], START, END)
    assert found.name in ("", f"{verb}企业数")


PLANNED = """\
2024年工作总结和2025年工作打算
现有党员43名。
三、存在的问题
人均藏书只有0.8册。
四、下一步打算
（一）硬件
新建驿站5座，目前已有驿站33座。
接待***人次。
小标题
配备设备20台
（二）队伍
招录干部6名。
五、经费
支出12万元。
明年目标
培训3期。
有关数据
培训4期。
六、2025年工作要点
培训5期。
"""


def test_what_stands_under_a_heading_of_plans_is_no_result() -> None:
    lines = PLANNED.splitlines()
    found = [lines[one.text][one.start : one.end] for one in find(lines, START, END)]
    assert found == ["43名", "0.8册", "33座", "***人次", "12万元", "4期"]


TOGETHER = """\
四、自评结论与努力方向
自评得分96.2分。下一步建设驿站8座。接待访客320人次，已有驿站33座。
五、下半年安排
完成调研36篇。
六、有关情况
今后三年，新建学校6所。
"""


def test_a_plan_in_a_paragraph_lasts_to_its_end() -> None:
    lines = TOGETHER.splitlines()
    found = [lines[one.text][one.start : one.end] for one in find(lines, START, END)]
    assert found == ["96.2分", "33座"]


TYPED_TABLE = """\
表1　抽检情况
（单位：万元）
类别　　　　抽检（批次）　合格率（%）　罚没　　备注数
粮油制品　　1,260　　　　98.7　　　　　36.2　　—
合　　计　　1,260　　　　98.7　　　　　36.2　　12
会后走访　　36户
站点  巡查（次）  里程（公里）
东桥  26          8.5
"""


def test_a_table_that_is_typed_with_blanks_tells_units_and_names() -> None:
    told = [
        ("1,260", "批次", "粮油制品抽检批次"),
        ("98.7", "%", "粮油制品合格率"),
        ("36.2", "万元", "粮油制品罚没金额"),
        ("1,260", "批次", ""),
        ("98.7", "%", ""),
        ("36.2", "万元", ""),
        ("12", "", ""),
        ("36", "户", "会后走访户数"),
        ("26", "次", "东桥巡查次数"),
        ("8.5", "公里", "东桥里程"),
    ]
    for texts in (TYPED_TABLE.splitlines(), [TYPED_TABLE]):
        assert [(one.number, one.unit, one.name) for one in find(texts, START, END)] == told


def test_every_text_is_read_by_itself() -> None:
    texts = [text for text, _ in SENTENCES]
    found = find(texts, START, END)
    assert [(one.text, one.start) for one in found] == [
        (number, one.start) for number, (_, finds) in enumerate(SENTENCES) for one in finds
    ]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = lay_out(tmp_path_factory.mktemp("bureau"))
    return load(Project(root, root / "data", date(2026, 6, 30)))


CALL = re.compile(r"\{\{ (?P<macro>\w+)\((?P<ids>[^)]*)\) \}\}")


def shown(site: Site, text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The prose of a page as a reader sees it, and where its figures and masks stand."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r" \{ #[\w-]+ \}|^#+ ", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^()\s]*\)", r"\1", text)
    names = site.archive.unit.names if site.archive.unit else {}
    honours = {
        one.id: one.data for one in site.archive.records["honours"] if isinstance(one.data, Honour)
    }
    plain, wanted, at = "", [], 0
    for call in CALL.finditer(text):
        plain += text[at : call.start()]
        at = call.end()
        ids = re.findall(r'"([^"]+)"', call["ids"])
        if call["macro"] == "fig":
            value = site.values[ids[0]]
            wanted.append((len(plain), len(plain + value.number + value.unit), "figure"))
            plain += value.number + value.unit
        elif call["macro"] == "name":
            mask = names[ids[0]].mask
            wanted.append((len(plain), len(plain) + len(mask), "name"))
            plain += mask
        elif call["macro"] == "honours":
            for number, id_ in enumerate(ids):
                honour = honours[id_]
                title = honour_title(honour, names)
                plain += "、" * bool(number)
                if title != honour.title:
                    wanted.append((len(plain), len(plain) + len(title) - len(honour.title), "name"))
                plain += title
    return plain + text[at:], wanted


def test_every_hidden_number_and_name_of_the_report_is_found_again(bureau: Site) -> None:
    found, wanted = [], []
    for page in sorted((bureau.archive.project.docs / "report").glob("*.md")):
        text, masks = shown(bureau, page.read_text("utf-8"))
        found += [(page.name, one.start, one.end, one.kind) for one in find([text], START, END)]
        wanted += [(page.name, *one) for one in masks]
    assert found == wanted
    assert len(found) == 43


PIECES = """
增长 下降 % 3.5 万元 亿千瓦时 1,256 三十六 百分之三十 *** ** * 近 余 多 人次 个百分点 、 ， 。 ； 和 分别 占 比重 由 提高到
2024年 上半年 到2030年 年末 产值 常住人口 志愿服务活动 开展 发展 党员 3—5 19.1:28.3:52.6 第 次 届 ( ) ９０％ ¥ -4 半 一半 数十
几百 三五 成 倍 万 亿 / 立方米 其中 从 到 叁万 ① 比上年 2023—2024年 13月 2月30日 10万
"""
TEXTS = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=24).map("".join)


@given(TEXTS | st.text(max_size=60))
def test_a_find_is_what_stands_there(text: str) -> None:
    found = find([text, text], START, END)
    assert [(one.text, one.start) for one in found] == sorted(
        (one.text, one.start) for one in found
    )
    half = len(found) // 2
    assert [one.start for one in found[:half]] == [one.start for one in found[half:]]
    last = 0
    for one in found[:half]:
        assert last <= one.start < one.end <= len(text)
        last = one.end
        assert one.sentence[0] <= one.start
        assert one.end <= one.sentence[1] <= len(text)
        assert one.number
        assert one.number in text[one.start : one.end]
        if one.value is not None:
            written = value_of(one.number, one.unit)
            assert written is not None
            assert abs(one.value) == abs(written)
        if one.kind == "name":
            assert set(one.number.translate({ord("＊"): "*"})) == {"*"}
        if one.period:
            assert one.period[0] <= one.period[1]


def test_a_long_report_is_read_at_once() -> None:
    """40 pages; the limit is wide, for a machine that does other work too."""
    texts = [text for text, _ in SENTENCES]
    while sum(map(len, texts)) < 60_000:
        texts += texts
    started = time.process_time()
    find(texts, START, END)
    assert time.process_time() - started < 6
