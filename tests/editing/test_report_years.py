"""`archive report import --after`: the figures and names of a report are those of the one before."""

import random
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.commands.cli import main
from archive.editing.report import mentions
from archive.editing.report.brought import Block, Brought, Cell, Note, RefusedError
from archive.editing.report.columns import Terms
from archive.editing.report.finding import find
from archive.editing.report.following import Earlier
from archive.editing.report.likeness import other_name
from archive.editing.report.matching import match
from archive.editing.report.mentions import Mention, brought_mentions, mentions_of
from archive.editing.report.pages import texts_of
from archive.editing.report.plain import read_text
from archive.editing.report.planning import plan
from archive.editing.report.standing import page_texts, plain
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.yaml import parse
from archive.schema.register import model_of
from archive.schema.types import Span
from tests.samples.brought import contents, copy_to_work_in, empty_archive, lines

HERE = Path(__file__).with_name("years")
AS_OF = date(2027, 1, 20)
NAMES = ("water", "health", "transport", "culture")
"""Pairs of reports of invented bureaus; the last two were written after the rules."""
_MARK = re.compile(r"【(?P<id>\+?\w+):(?P<text>[^】]*)】")
"""What a figure or a name is: one number in both years; with + what is new."""


def year(number: int) -> Span:
    return Span(start=date(number, 1, 1), end=date(number, 12, 31))


def unmarked(text: str) -> str:
    return _MARK.sub(lambda mark: mark["text"], text)


def terms(number: int, earlier: Earlier | None = None, *, again: bool = False) -> Terms:
    return Terms(
        f"{number}", "年度总结", year(number), AS_OF, "", "年报", "办公室", "填报岗", replace=again, earlier=earlier
    )  # fmt: skip


def archive_with(root: Path, text: str) -> Site:
    """A new archive into which a report of 2025 was brought."""
    empty_archive(root)
    made = plan(read(root), read_text(text.encode()), terms(2025))
    for path, content in made.drafts.items():
        assert content is not None
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return read(root)


def read(root: Path) -> Site:
    return load(Project(root, root / "data", AS_OF))


def spoken_of(text: str, number: int) -> tuple[list[Mention], list[str]]:
    """The mentions of a marked text, and what each is."""
    brought = read_text(unmarked(text).encode())
    texts, span = texts_of(brought), year(number)
    assert span.start
    assert span.end
    finds = find(texts, span.start, span.end)
    before = [0]
    for one in texts:
        before.append(before[-1] + len("".join(one.split())))
    marked, last, plain = {}, 0, ""
    for mark in _MARK.finditer(text):
        plain += text[last : mark.start()]
        marked[len("".join(plain.split()))] = mark["id"]
        plain, last = plain + mark["text"], mark.end()
    ids = [
        marked.get(before[one.text] + len("".join(texts[one.text][: one.start].split())), "")
        for one in finds
    ]
    return brought_mentions(brought, texts, finds, span), ids


@dataclass(frozen=True)
class Measure:
    """How many pairs there are, and how many were matched rightly and wrongly."""

    pairs: int
    sure: int
    sure_wrong: int
    asked: int
    asked_wrong: int


def measured(name: str, tmp_path: Path) -> Measure:
    """How the second report of a pair is matched with the first."""
    old_text, new_text = ((HERE / f"{name}_{number}.txt").read_text("utf-8") for number in (2025, 2026))  # fmt: skip
    site = archive_with(tmp_path, unmarked(old_text))
    old = mentions_of(site, "2025")
    written, meant = spoken_of(old_text, 2025)
    # The two readings are one: of the file, and of the pages that were written from it.
    known = [(one, id_) for one, id_ in zip(written, meant, strict=True) if id_]
    by_id = {}
    for one, (there, id_) in zip(old, known, strict=True):
        assert replace(one, where="", id="", key="", title="") == there
        by_id[one.id] = id_
    new, ids = spoken_of(new_text, 2026)
    counts = [
        (one.outcome, by_id[one.old[0].id] == id_)
        for one, id_ in zip(match(new, old), ids, strict=True)
        if one.outcome in ("same", "reworded")
    ]
    return Measure(
        sum(id_ in by_id.values() for id_ in ids),
        counts.count(("same", True)),
        counts.count(("same", False)),
        counts.count(("reworded", True)),
        counts.count(("reworded", False)),
    )


def test_what_is_matched_is_right(tmp_path: Path) -> None:
    """Pairs of reports, reordered and reworded, with the right matching marked beforehand."""
    found = {name: measured(name, tmp_path / name) for name in NAMES}
    assert found == {
        "water": Measure(pairs=59, sure=42, sure_wrong=0, asked=16, asked_wrong=1),
        "health": Measure(pairs=53, sure=37, sure_wrong=0, asked=13, asked_wrong=0),
        "transport": Measure(pairs=58, sure=44, sure_wrong=0, asked=12, asked_wrong=0),
        "culture": Measure(pairs=58, sure=47, sure_wrong=0, asked=11, asked_wrong=0),
    }


def meant(text: str, site: Site) -> Mapping[str, str]:
    """Indicator or name → its mark in the text from which the report of 2025 was brought."""
    written, ids = spoken_of(text, 2025)
    known = ((one, id_) for one, id_ in zip(written, ids, strict=True) if id_)
    found = {}
    for one in mentions_of(site, "2025"):
        found[one.id] = next(id_ for there, id_ in known if there.stands == one.stands)
    return found


TRAPS = [
    ("面向企业开展服务。举办培训班【1:3期】。", "面向农户开展服务。举办培训班【+1:4期】。", "+1?1"),
    (
        "王【p:**】同志是业务骨干。先后发表论文【1:3篇】。",
        "李【+q:**】同志是业务骨干。先后发表论文【+1:5篇】。",
        "+q- +1-",
    ),
    (
        "王明同志是业务骨干。先后发表论文【1:3篇】。",
        "李强同志扎根基层三十年。先后发表论文【+1:5篇】。",
        "+1?1",
    ),
    ("粮食产量【1:12万吨】。", "油料产量【+1:13万吨】。", "+1-"),
    (
        "全市粮食产量达到【1:12万吨】，创历史新高。",
        "全市油料产量达到【+1:13万吨】，创历史新高。",
        "+1-",
    ),
    (
        "培训干部【1:120人】，其中女性【2:50人】。",
        "培训干部【1:130人】，其中党员【+2:60人】。",
        "1=1 +2-",
    ),
    (
        "甲科开展检查【1:3次】，乙科开展检查【2:5次】。",
        "乙科开展检查【2:6次】，甲科开展检查【1:4次】。",
        "2?2 1?1",
    ),
    ("上半年完成投资【1:3亿元】。", "2026年完成投资【+1:7亿元】。", "+1-"),
    (
        "（一）教育\n\n开展活动【1:3次】。\n\n（二）卫生\n\n开展活动【2:5次】。",
        "（一）卫生\n\n开展活动【2:6次】。\n\n（二）教育\n\n开展活动【1:4次】。",
        "2=2 1=1",
    ),
    (
        "（一）教育\n\n开展活动【1:3次】。\n\n（二）卫生\n\n开展活动【2:5次】。",
        "（一）文化\n\n开展活动【+1:6次】。\n\n（二）教育\n\n开展活动【1:4次】。",
        "+1?2 1=1",
    ),
    ("（一）教育\n\n开展活动【1:3次】。", "（一）文化\n\n开展活动【+1:6次】。", "+1?1"),
    ("收入增长【1:3.2%】。", "收入下降【+1:1.2%】。", "+1-"),
    (
        "红星小学招生【1:300人】。光明小学招生【2:400人】。",
        "光明小学招生【2:420人】。育才小学招生【+1:310人】。",
        "2=2 +1-",
    ),
    (
        "城镇居民人均可支配收入【1:3.2万元】，增长【2:5.1%】。农村居民人均可支配收入【3:1.8万元】，增长【4:6.2%】。",
        "农村居民人均可支配收入【3:1.9万元】，增长【4:6.0%】。城镇居民人均可支配收入【1:3.4万元】，增长【2:4.9%】。",
        "3=3 4=4 1=1 2=2",
    ),
    (
        "受理信访【1:30件】，办结【2:28件】。受理热线【3:900件】，办结【4:890件】。",
        "受理热线【3:950件】，办结【4:940件】。受理信访【1:25件】，办结【2:25件】。",
        "3=3 4=4 1=1 2=2",
    ),
    (
        "受理信访【1:30件】，办结【2:28件】。受理热线【3:900件】，办结【4:890件】。",
        "受理热线【3:950件】，办结【4:940件】。受理来访【+1:25件】，办结【+2:25件】。",
        "3=3 4=4 +1?1 +2?2",
    ),
    ("完成造林【1:3万亩】，抚育【2:5万亩】。", "完成抚育【2:6万亩】，造林【1:4万亩】。", "2- 1?1"),
    ("发展党员【1:3名】。", "发展党员【1:3名】，培养入党积极分子【+2:8名】。", "1=1 +2-"),
    (
        "一是建成站点【1:3个】。二是建成线路【2:5条】。",
        "一是建成线路【2:6条】。二是建成站点【1:4个】。",
        "2=2 1=1",
    ),
    (
        "张三获一等奖【1:2次】，李四获一等奖【2:3次】。",
        "王五获一等奖【+1:2次】，李四获一等奖【2:4次】。",
        "+1?1 2?2",
    ),
    (
        "第一季度完成【1:3亿元】，第二季度完成【2:4亿元】。",
        "第二季度完成【2:5亿元】，第一季度完成【1:6亿元】。",
        "2?2 1?1",
    ),
    ("男职工【1:30人】，女职工【2:40人】。", "女职工【2:42人】，男职工【1:31人】。", "2?2 1?1"),
    (
        "开展检查【1:30次】。开展检查的同时，发放材料【2:500份】。",
        "开展检查的同时，发放材料【2:600份】。开展检查【1:33次】。",
        "2=2 1=1",
    ),
    ("出口【1:3亿元】，进口【2:2亿元】。", "进口【2:3亿元】，出口【1:4亿元】。", "2?2 1?1"),
    ("出口【1:3亿元】。", "进口【+2:3亿元】。", "+2-"),
    ("为企业减税【1:3亿元】。", "为个体户减税【+1:2亿元】。", "+1-"),
    ("主城区新增绿地【1:3万平方米】。", "新城区新增绿地【+1:3万平方米】。", "+1?1"),
    (
        "面向企业开展政策宣传。全年组织开展各类培训班【1:3期】。",
        "面向农户开展政策宣传。全年组织开展各类培训班【+1:4期】。",
        "+1?1",
    ),
]
"""Old text, new text; each mark of the new, what becomes of it (= the same, ? asked, - new), and whose it is."""


@pytest.mark.parametrize(("old", "new", "said"), TRAPS)
def test_what_looks_alike_is_not_taken_for_the_same(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    old, new = (
        f"示例市某局{number}年工作总结\n\n{text}" for number, text in ((2025, old), (2026, new))
    )
    site = archive_with(tmp_path, unmarked(old))
    marks, signs = meant(old, site), {"same": "=", "reworded": "?", "several": "?", "new": "-"}
    mentions, ids = spoken_of(new, 2026)
    assert said == " ".join(
        f"{id_}{signs[found.outcome]}{','.join(marks[one.id] for one in found.old)}"
        for id_, found in zip(ids, match(mentions, mentions_of(site, "2025")), strict=True)
        if id_
    )


WATER = (HERE / "water_2025.txt").read_text("utf-8").strip().split("\n\n")
_IS_HEADING = re.compile(r"示例|[一二三四五六七]、|（")


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("water")
    archive_with(root, unmarked("\n\n".join(WATER)))
    return root


@cache
def shown_first(root: Path) -> tuple[list[Mention], Mapping[str, str]]:
    """What the report of the first year shows, and what each mark is in the archive."""
    old = mentions_of(read(root), "2025")
    _, meant = spoken_of("\n\n".join(WATER), 2025)
    return old, {id_: one.id for one, id_ in zip(old, filter(None, meant), strict=True)}


_PLACES = [at for at, one in enumerate(WATER) if not _IS_HEADING.match(one)]


@given(st.permutations(_PLACES), st.integers(0, 10**9))
def test_paragraphs_in_another_order_with_other_numbers_keep_all_ids(
    water: Path, order: list[int], seed: int
) -> None:
    chance = random.Random(seed)
    blocks = [*WATER]
    for at, other in zip(_PLACES, order, strict=True):
        blocks[at] = WATER[other]
    text = _MARK.sub(
        lambda mark: re.sub(r"\d", lambda _: f"{chance.randint(1, 9)}", mark[0].partition(":")[2]).join(
            (f"【{mark['id']}:", "")
        ),
        "\n\n".join(blocks).replace("2025", "2026"),
    )  # fmt: skip
    old, first = shown_first(water)
    new, ids = spoken_of(text, 2026)
    assert [(one.outcome, one.old[0].id) for one in match(new, old)] == [
        ("same", first[id_]) for id_ in ids
    ]


def test_a_long_report_is_matched_within_a_second() -> None:
    """400 figures against 400, of which each is reworded, so that each is compared with each."""
    texts = [(HERE / f"{name}_2025.txt").read_text("utf-8") for name in NAMES]
    mentions, _ = spoken_of("\n\n".join(texts), 2025)
    many = [
        replace(one, id=f"{round_}_{at}", before=f"{round_}{one.before}", unit="个")
        for round_ in range(2)
        for at, one in enumerate(mentions)
    ]
    new = [replace(one, before=f"其中{one.before}", later=f"，并且{one.later}") for one in many]
    assert len(many) > 400
    started = time.process_time()
    assert len(match(new, many)) == len(many)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("one", "other", "differ", "instead"),
    [
        ("甲区治理河道", "丁区治理河道", True, True),
        ("张*同志获评先进", "李*同志获评先进", True, True),
        ("红星小学开展活动", "光明小学开展活动", True, True),
        ("深入组织学习", "扎实组织学习", False, False),
        ("全年开展活动", "开展活动", False, False),
        ("推进示例市甲区改革", "推进示例市改革", True, False),
        ("打开新局面", "开创新局面", False, False),
        ("一样", "一样", False, False),
    ],
)  # fmt: skip
def test_names_tell_things_apart(one: str, other: str, differ: bool, instead: bool) -> None:
    assert (other_name(one, other), other_name(one, other, both=True)) == (differ, instead)


OLD = """\
示例市某局2025年工作总结

2025年，组织开展志愿服务活动12次，参加人员三十六名，完成专报8篇。

一、加强政治建设

（一）抓实学习

全年组织集中学习24次，党员参学率达98.5%。张**同志获评***优秀共产党员。

举办培训班3期，培训业务人员256人次，比上年增长12.5%。

（二）廉政建设

开展谈话45人次，下降3.2%；查处问题***件。印发手册500份。

甲区走访群众30户。乙区走访群众40户。丙区走访群众50户。
"""
NEW = """\
示例市某局2026年工作总结

2026年，组织开展志愿服务活动15次，参加人员四十名，完成专报8篇。

一、加强政治建设

（一）廉政建设

丙区走访群众55户。丁区走访群众20户。甲区走访群众33户。

开展谈话50人次，下降5.2%；查处问题3件。

（二）抓实学习

举办业务培训班4期，培训业务人员300人次，比上年增长10.1%。

全年组织集中学习26次，党员参学率达99.1%。李**同志获评***优秀共产党员。新建阅览室2个。
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("begun")
    archive_with(root, OLD)
    (root / "data/honours").mkdir(exist_ok=True)
    (root / "data/honours/优秀共产党员.yml").write_text(HONOUR, "utf-8")
    (root / "2025.txt").write_text(OLD, "utf-8")
    (root / "2026.txt").write_text(NEW, "utf-8")
    return root


HONOUR = "title: 优秀共产党员\nrecipient: 个人\nlevel:\nbody:\ndate:\nbasis:\ncertificate:\nterm:\nterm_end:\n"
"""One that the report tells of, so that it is not asked for."""


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return copy_to_work_in(begun, tmp_path, monkeypatch)


def bring(*args: str, file: str = "2026.txt", after: str = "2025") -> Result:
    usual = ["--report", "2026", "--period", "2026-01-01..2026-12-31", "--as-of", str(AS_OF)]
    usual += ["--source", "年报", "--office", "办公室", "--by", "填报岗", "--after", after]
    return CliRunner().invoke(main, ["report", "import", file, *usual, *args], catch_exceptions=False)  # fmt: skip


REWORDED = "培训班数,培训业务人员人次,培训业务人员人次增长率"
_SAID = "docs/report/2026/1.md:15 “举办业务培训班4期，培训业务人员300人次，比上年增长10.1%。”里的"
_WAS = "，原句“举办培训班3期，培训业务人员256人次，比上年增长12.5%。”（docs/report/2025/1.md:11）有改动"
LISTED = f"""\
新数：docs/report/2026/overview.md:7 指标 志愿服务活动次数@2026，12次 → 15次
新数：docs/report/2026/overview.md:7 指标 参加人员数@2026，三十六名 → 四十名
未变：docs/report/2026/overview.md:7 指标 专报数@2026，仍为 8篇
新数：docs/report/2026/1.md:9 指标 丙区走访群众户数@2026，50户 → 55户
新增：docs/report/2026/1.md:9 指标 丁区走访群众户数，20户
新数：docs/report/2026/1.md:9 指标 甲区走访群众户数@2026，30户 → 33户
新数：docs/report/2026/1.md:11 指标 谈话人次@2026，45人次 → 50人次
新数：docs/report/2026/1.md:11 指标 谈话人次降幅@2026，3.2% → 5.2%
新数：docs/report/2026/1.md:11 指标 查处问题数@2026，***件 → 3件
新数：docs/report/2026/1.md:17 指标 集中学习次数@2026，24次 → 26次
新数：docs/report/2026/1.md:17 指标 党员参学率@2026，98.5% → 99.1%
新增：docs/report/2026/1.md:17 名称 名称_3，**
未变：docs/report/2026/1.md:17 名称 名称_2，仍为 ***
新增：docs/report/2026/1.md:17 指标 新建阅览室数，2个
不再有：docs/report/2025/1.md:9 名称 名称_1；登记留着，从前的报告还用它
不再有：docs/report/2025/1.md:15 指标 手册数，原为 500份；今后不再用的，请在 data/figures.yml 的 手册数 下写停用日期 retired
不再有：docs/report/2025/1.md:17 指标 乙区走访群众户数，原为 40户；今后不再用的，请在 data/figures.yml 的 乙区走访群众户数 下写停用日期 retired
请定：{_SAID}“4期”像是指标 培训班数{_WAS}：是同一个的加 --same 培训班数，不是的加 --other 培训班数
请定：{_SAID}“300人次”像是指标 培训业务人员人次{_WAS}：是同一个的加 --same 培训业务人员人次，不是的加 --other 培训业务人员人次
请定：{_SAID}“10.1%”像是指标 培训业务人员人次增长率{_WAS}：是同一个的加 --same 培训业务人员人次增长率，不是的加 --other 培训业务人员人次增长率
请定：改写的逐个看过、都是同一个的，加上 --same {REWORDED}
"""


def test_each_figure_and_name_is_told_with_its_place(root: Path) -> None:
    before = contents(root)
    listed = bring()
    assert "\n".join(lines(listed)) + "\n" == LISTED
    assert listed.stderr == "共写 8 个文件，还没有写入；核对无误后加 --write 写入。\n"
    assert contents(root) == before
    assert bring("--write").stdout == listed.stdout
    site = read(root)
    assert {
        key: (str(value.exact), value.reference_period)
        for key, value in site.values.items()
        if key not in load(Project(root, root / "data", AS_OF)).archive.reports and "@" in key
    } == {
        "志愿服务活动次数@2026": ("15", "2026"),
        "参加人员数@2026": ("40", "2026"),
        "专报数@2026": ("8", "2026"),
        "丙区走访群众户数@2026": ("55", "2026"),
        "甲区走访群众户数@2026": ("33", "2026"),
        "谈话人次@2026": ("50", "2026"),
        "谈话人次降幅@2026": ("5.2", "2026"),
        "查处问题数@2026": ("3", "2026"),
        "集中学习次数@2026": ("26", "2026"),
        "党员参学率@2026": ("99.1", "2026"),
    }
    assert (root / "docs/report/2026/1.md").read_text("utf-8") == (
        "---\ntitle: 一、加强政治建设\n---\n\n# 一、加强政治建设 { #p1 }\n\n## （一）廉政建设 { #s1-1 }\n\n"
        '丙区走访群众{{ fig("丙区走访群众户数") }}。丁区走访群众{{ fig("丁区走访群众户数") }}。'
        '甲区走访群众{{ fig("甲区走访群众户数") }}。\n\n'
        '开展谈话{{ fig("谈话人次") }}，下降{{ fig("谈话人次降幅") }}；查处问题{{ fig("查处问题数") }}。\n\n'
        "## （二）抓实学习 { #s1-2 }\n\n"
        "举办业务培训班4期，培训业务人员300人次，比上年增长10.1%。\n\n"
        '全年组织集中学习{{ fig("集中学习次数") }}，党员参学率达{{ fig("党员参学率") }}。'
        '李{{ name("名称_3") }}同志获评{{ name("名称_2") }}优秀共产党员。新建阅览室{{ fig("新建阅览室数") }}。\n'
    )
    # What is not confirmed is typed, which the check tells; nothing else is amiss.
    assert [(one.path, one.line) for one in check(site)] == [("docs/report/2026/1.md", 15)] * 3


def test_the_comparison_is_a_page(root: Path) -> None:
    assert bring("--write").exit_code == 0
    assert (root / "docs/report/2026/compared.md").read_text("utf-8") == (
        "---\ntitle: 与上一个报告对照\nsearch:\n  exclude: true\n---\n\n"
        '# 与上一个报告对照\n\n{{ compared("2025", "2026") }}\n'
    )
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert (
        "      - 示例市某局2026年工作总结:\n          - report/2026/overview.md\n          - report/2026/1.md\n"
        "          - report/2026/full.md\n          - report/2026/compared.md\n"
    ) in settings
    # It stays in the navigation when the report is written again by itself.
    usual = ["--report", "2026", "--period", "2026-01-01..2026-12-31", "--as-of", str(AS_OF)]
    args = ["report", "import", "2026.txt", *usual, "--replace", "--write"]
    assert CliRunner().invoke(main, args, catch_exceptions=False).exit_code == 0
    assert (root / "mkdocs.yml").read_text("utf-8") == settings


def test_what_a_person_confirms_is_the_same_and_stays_so(root: Path) -> None:
    assert bring("--write", "--same", REWORDED).exit_code == 0
    site = read(root)
    assert check(site) == ()
    assert {key: str(site.values[f"{key}@2026"].exact) for key in REWORDED.split(",")} == {
        "培训班数": "4",
        "培训业务人员人次": "300",
        "培训业务人员人次增长率": "10.1",
    }
    assert '举办业务培训班{{ fig("培训班数") }}，' in (root / "docs/report/2026/1.md").read_text()
    before = contents(root)
    again = bring("--write", "--replace")
    assert contents(root) == before
    assert bring("--write", "--replace", "--same", REWORDED).stdout == again.stdout
    assert contents(root) == before
    # Told is what became of it since the year before, not since it was brought first.
    kept = LISTED.partition("请定：")[0].splitlines()
    assert [line for line in lines(again) if "1.md:15 " not in line or line in kept] == kept
    assert [line for line in lines(again) if line not in kept] == [
        "新数：docs/report/2026/1.md:15 指标 培训班数@2026，3期 → 4期",
        "新数：docs/report/2026/1.md:15 指标 培训业务人员人次@2026，256人次 → 300人次",
        "新数：docs/report/2026/1.md:15 指标 培训业务人员人次增长率@2026，12.5% → 10.1%",
    ]


def test_what_a_person_says_is_another_is_one(root: Path) -> None:
    done = bring("--write", "--other", f"{REWORDED},专报数")
    site = read(root)
    assert check(site) == ()
    assert {key: value.title for key, value in site.values.items() if "（2）" in value.title} == {
        "专报数_2": "专报数（2）",
        "培训业务人员人次_2": "培训业务人员人次（2）",
        "培训业务人员人次增长率_2": "培训业务人员人次增长率（2）",
    }
    # The first has another name by itself.
    assert site.values["业务培训班数"].figure.name == "业务培训班数"
    assert [line for line in lines(done) if line.startswith("请定：")] == [
        f"请定：“{shown}”与指标 {name} 同名，须由人定名称，暂作“{name}（2）”"
        for shown, name in (
            ("8篇", "专报数"),
            ("300人次", "培训业务人员人次"),
            ("10.1%", "培训业务人员人次增长率"),
        )
    ]
    before = contents(root)
    assert bring("--write", "--replace", "--other", f"{REWORDED},专报数").exit_code == 0
    assert contents(root) == before
    assert bring("--write", "--replace").exit_code == 0
    assert contents(root) == before


def test_the_same_report_again_changes_nothing(root: Path) -> None:
    """The file of the first year as another report of that year: the register stays as it is."""
    before = contents(root)
    usual = ["--report", "简本", "--kind", "简本", "--period", "2025-01-01..2025-12-31", "--as-of", str(AS_OF)]  # fmt: skip
    args = ["report", "import", "2025.txt", *usual, "--after", "2025", "--write"]
    done = CliRunner().invoke(main, args, catch_exceptions=False)
    assert done.exit_code == 0
    after = contents(root)
    assert {path for path in after if after[path] != before.get(path)} == {
        "data/reports/简本.yml",
        "mkdocs.yml",
        *(f"docs/report/简本/{name}.md" for name in ("overview", "1", "full", "compared")),
    }
    assert all(line.startswith("未变：") for line in lines(done))
    assert check(read(root)) == ()
    page = (root / "docs/report/2025/1.md").read_text("utf-8")
    assert (root / "docs/report/简本/1.md").read_text("utf-8") == page


def with_text(root: Path, old: str, new: str) -> None:
    text = (root / "2026.txt").read_text("utf-8")
    assert old in text
    (root / "2026.txt").write_text(text.replace(old, new), "utf-8")


REVISE = ("--revise", "更正", "--reason", "漏计一次", "--revised-by", "分管领导")


def test_a_recorded_value_changes_only_if_that_is_said(root: Path) -> None:
    with_text(root, "阅览室2个。", "阅览室2个。2025年，组织开展志愿服务活动13次。")
    before = contents(root)
    refused = bring("--write")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "2026.txt：同一时期已经记下的数不能悄悄改，有 1 处不同：docs/report/2026/1.md:17 指标 志愿服务活动次数 已记 12次，"
        "文件里是“13次”。文件里写错的，请改文件；资料更全了的，请加 --revise 修订，原来记错了的，请加 --revise 更正，"
        "连同 --reason 原因、--revised-by 核定岗位；不是同一个指标的，请加 --other 它的编号。没有导入。\n",
    )
    assert contents(root) == before
    done = bring("--write", "--same", REWORDED, *REVISE)
    assert lines(done)[-1] == (
        "改数（尚未核定）：docs/report/2026/1.md:17 指标 志愿服务活动次数，12次 → 13次"
    )
    site = read(root)
    figure = site.values["志愿服务活动次数"].figure
    assert (str(figure.value), figure.revisions, figure.prepared.date) == ("13", (), AS_OF)
    assert check(site) == ()
    page = (root / "docs/report/2026/1.md").read_text("utf-8")
    assert 'fig("志愿服务活动次数", period="2025")' in page


def test_an_approved_value_is_revised(root: Path) -> None:
    register = (root / "data/figures.yml").read_text("utf-8")
    start = register.index("志愿服务活动次数:")
    entry = register[start : register.index("参加人员数:")]
    signed = "  {}:\n    by: {}\n    date: 2027-01-20\n{}"
    approved = entry
    for step, post, more in (("reviewed", "审核岗", ""), ("approved", "分管领导", "    value: 12\n")):  # fmt: skip
        nothing = f"  {step}:\n    by:\n    date:\n"
        assert nothing in approved
        approved = approved.replace(nothing, signed.format(step, post, more))
    (root / "data/figures.yml").write_text(register.replace(entry, approved), "utf-8")
    assert check(read(root)) == ()
    with_text(root, "阅览室2个。", "阅览室2个。2025年，组织开展志愿服务活动13次。")
    done = bring("--write", "--same", REWORDED, *REVISE)
    assert lines(done)[-1] == (
        "记下修订或更正：docs/report/2026/1.md:17 指标 志愿服务活动次数，12次 → 13次"
    )
    site = read(root)
    (revision,) = site.values["志愿服务活动次数"].figure.revisions
    assert revision.model_dump() == {
        "kind": "更正", "date": AS_OF, "old": 12, "new": 13, "reason": "漏计一次", "by": "分管领导"
    }  # fmt: skip
    assert check(site) == ()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--after", "2024"), "2026.txt：--after 须是已有的报告，没有 2024，是否为 2025？。没有导入。"),
        (("--after", "2026"), "2026.txt：--after 须是上一个报告，不是要写的这一个，现为 2026；请写上一个报告的编号。没有导入。"),
        (("--period", "2024-01-01..2024-12-31"), "2026.txt：--after 的报告须不晚于要写的这一个，2025 到 2025-12-31，这一个到 2024-12-31；请改正 --after 或者 --period。没有导入。"),
        (("--same", "培训"), "2026.txt：--same 里的须是上一个报告用到的编号，没有 培训，是否为 培训班数？。没有导入。"),
        (("--other", "培训班数，培训人"), "2026.txt：--other 里的须是上一个报告用到的编号，没有 培训人，是否为 培训班数？。没有导入。"),
        (("--same", "培训班数", "--other", "培训班数"), "2026.txt：一个编号须只写在 --same、--other 之一里，培训班数 两边都有；请删去其中一处。没有导入。"),
        (("--revise", "修订"), "--revise、--reason、--revised-by 须一起写，现在只写了一部分；请补上其余的，或者都不写"),
        (("--after", "", "--same", "培训班数"), "--same、--other、--revise 须与 --after 一起写，现在没有；请加 --after 上一个报告的编号"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_one_sentence(root: Path, args: tuple[str, ...], said: str) -> None:
    before = contents(root)
    done = bring("--write", *args)
    assert (done.exit_code, done.stderr) == (1, f"{said}\n")
    assert contents(root) == before


@pytest.mark.parametrize(
    ("old", "new", "register", "asked"),
    [
        # another unit
        (
            "集中学习26次", "集中学习260人次", None,
            "docs/report/2026/1.md:17 “全年组织集中学习260人次，党员参学率达99.1%。”里的“260人次”的单位须与指标 集中学习次数 的一样，"
            "原为次（docs/report/2025/1.md:9），现为人次：请把文件里的数换算成次，另是一个指标的加 --other 集中学习次数",
        ),
        # retired
        (
            "集中学习26次", "集中学习26次", ("  approved:\n    by:\n    date:\n  note:\n党员参学率:", "  approved:\n    by:\n    date:\n  retired: 2026-01-01\n  note:\n党员参学率:"),
            "docs/report/2026/1.md:17 “全年组织集中学习26次，党员参学率达99.1%。”里的“26次”是指标 集中学习次数，已于 2026-01-01 停用："
            "仍用的，请先在 data/figures.yml 里删去它的 retired，不是的加 --other 集中学习次数",
        ),
        # more decimals than the register prints
        (
            "99.1%", "99.15%", None,
            "“99.15%”的小数位数须不多于指标 党员参学率 的修约位数 1：请先在 data/figures.yml 里改 党员参学率 的 decimals，再导入",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_the_same_is_asked(
    root: Path, old: str, new: str, register: tuple[str, str] | None, asked: str
) -> None:
    if register:
        text = (root / "data/figures.yml").read_text("utf-8")
        assert register[0] in text
        (root / "data/figures.yml").write_text(text.replace(*register), "utf-8")
    with_text(root, old, new)
    done = bring("--write")
    assert done.exit_code == 0
    told = [line.removeprefix("请定：") for line in lines(done) if line.startswith("请定：")]
    assert [line for line in told if _SAID not in line and "--same" not in line] == [asked]
    # It stays as it is typed.
    word = re.sub(r".*“(\d[^”]*)”.*", r"\1", asked)
    pages = "".join(path.read_text("utf-8") for path in (root / "docs/report/2026").glob("*.md"))
    assert word in pages


def test_cells_of_a_table_are_known_by_their_row_and_column(root: Path) -> None:
    def table(number: int, rows: str) -> str:
        head = "| 区 | 活动 | 人数 |\n|---|---|---|\n"
        return f"# 示例市某局{number}年报告\n\n## 一、各区\n\n{head}{rows}\n"

    usual = ["--source", "年报", "--office", "办公室", "--by", "填报岗", "--as-of", str(AS_OF), "--write"]  # fmt: skip
    first = table(2025, "| 甲区 | 12次 | 300人 |\n| 乙区 | 15次 | 420人 |\n| 丙区 | 9次 | 80人 |")
    second = table(2026, "| 乙区 | 16次 | 450人 |\n| 丁区 | 3次 | 90人 |\n| 甲区 | 14次 | 330人 |")
    (root / "表.md").write_text(first, "utf-8")
    args = ["report", "import", "表.md", "--kind", "表", *usual]
    before = ["--report", "表1", "--period", "2025-01-01..2025-12-31"]
    assert CliRunner().invoke(main, [*args, *before], catch_exceptions=False).exit_code == 0
    (root / "表.md").write_text(second, "utf-8")
    after = ["--report", "表2", "--period", "2026-01-01..2026-12-31", "--after", "表1"]
    done = CliRunner().invoke(main, [*args, *after], catch_exceptions=False)
    assert lines(done) == [
        "新数：docs/report/表2/1.md:9 指标 未定名_次_2@2026，15次 → 16次",
        "新数：docs/report/表2/1.md:9 指标 未定名_人_2@2026，420人 → 450人",
        "新增：docs/report/表2/1.md:10 指标 未定名_次_4，3次",
        "新增：docs/report/表2/1.md:10 指标 未定名_人_4，90人",
        "新数：docs/report/表2/1.md:11 指标 未定名_次@2026，12次 → 14次",
        "新数：docs/report/表2/1.md:11 指标 未定名_人@2026，300人 → 330人",
        *(
            f"不再有：docs/report/表1/1.md:11 指标 未定名_{unit}_3（未定名（…{unit}）（3）），原为 {shown}；"
            f"今后不再用的，请在 data/figures.yml 的 未定名_{unit}_3 下写停用日期 retired"
            for unit, shown in (("次", "9次"), ("人", "80人"))
        ),
        *(
            f"请定：“{shown}”与指标 未定名（…{unit}） 同名，须由人定名称，暂作“未定名（…{unit}）（4）”"
            for unit, shown in (("次", "3次"), ("人", "90人"))
        ),
    ]


def test_two_numbers_where_there_was_one_are_asked(root: Path) -> None:
    with_text(root, "志愿服务活动15次", "志愿服务活动15次。2026年，组织开展志愿服务活动16次")
    said = (
        "像是指标 志愿服务活动次数（docs/report/2025/overview.md:7），分不清是不是、是哪一处："
        "请在文件里照原来的句子写，或者写入以后在页面和登记里写明，都不是的加 --other 志愿服务活动次数"
    )
    assert [line for line in lines(bring()) if "志愿服务" in line] == [
        f"请定：docs/report/2026/overview.md:7 “2026年，组织开展志愿服务活动15次。”里的“15次”{said}",
        "请定：docs/report/2026/overview.md:7 “2026年，组织开展志愿服务活动16次，参加人员四十名，完成专报8篇。”里的"
        f"“16次”{said}",
    ]


_PIECES = [*re.findall(r"[^。；，]+[。；，]?", OLD.replace("\n", "")), "2025年", "2024年底", "***", "**同志", "12次", "0.123", "近", "万元", "甲区", "、", "。", "下降", "-3%", "数十人"]  # fmt: skip
_BROUGHT = st.lists(
    st.builds(
        lambda pieces, kind, note: Block(
            kind, "".join(pieces[: None if kind == "paragraph" else 1]).strip() or "无", 1, notes=(Note(1, note),) if note else ()
        ),
        st.lists(st.sampled_from([*_PIECES, "\n"]), min_size=1, max_size=6),
        st.sampled_from(["paragraph", "paragraph", "heading"]),
        st.sampled_from([*[""] * len(_PIECES), *_PIECES]),
    )
    | st.builds(
        lambda cells: Block("table", rows=((Cell("项目"), Cell("数")), tuple(map(Cell, cells)))),
        st.tuples(st.sampled_from(_PIECES), st.sampled_from(_PIECES)),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(_BROUGHT, st.booleans())
def test_whatever_follows_is_written_or_refused(
    begun: Path, blocks: list[Block], decided: bool
) -> None:
    site = site_at(begun)
    why = {"kind": "更正", "date": AS_OF, "reason": "漏计", "by": "分管领导"}
    earlier = Earlier("2025", decision=why if decided else None)
    try:
        made = plan(site, Brought("题目", tuple(blocks)), terms(2026, earlier))
    except RefusedError as error:
        refused = f"{error}"
        assert (decided, "请加 --revise" in refused) == (False, True)
        return
    path = "data/figures.yml"
    register = parse((made.drafts.get(path) or (begun / path).read_bytes()).decode(), path)
    assert register.problems == []
    # What is recorded stays, but for values that are changed in words.
    for key, figure in site.archive.indicators.items():
        entry = register.data[key]
        assert (entry["name"], entry["unit"], entry["period"]["end"]) == (
            figure.name, figure.unit, figure.period.end
        )  # fmt: skip
        assert decided or entry.get("value") == figure.value
    for key, entry in register.data.items():
        model_of(key, entry).model_validate(entry)


@cache
def site_at(root: Path) -> Site:
    return read(root)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("empty")
    empty_archive(root)
    return root


@given(_BROUGHT)
def test_a_report_is_read_from_its_pages_as_from_its_file(empty: Path, blocks: list[Block]) -> None:
    brought = Brought("题目", tuple(blocks))
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "档案"
        shutil.copytree(empty, root)
        made = plan(read(root), brought, terms(2025))
        for path, content in made.drafts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content or b"")
        shown = mentions_of(read(root), "2025")
    texts = texts_of(brought)
    finds = find(texts, date(2025, 1, 1), date(2025, 12, 31))
    written = brought_mentions(brought, texts, finds, year(2025))
    # A break in a heading is a blank there; a note stands at the end of its page, and there once.
    known = [replace(one, sentence="") for one in written]
    for one in shown:
        assert replace(one, sentence="", where="", id="", key="", title="", call="") in known


def demonstration(demo_data: Path, root: Path, id_: str) -> Site:
    """The demonstration, and in it as a file what one of its reports shows."""
    shutil.copytree(demo_data.parent, root)
    site = load(Project(root, root / "data", DEMO_DAY))
    texts = [text.written for page in site.archive.pages_of(id_) for text in page_texts(site, page)]
    (root / "报告.txt").write_text("\n\n".join(filter(None, texts)), "utf-8")
    return site


def bring_again(site: Site, id_: str, after: str) -> Result:
    """Bring what a report shows as another one of its period."""
    period = site.archive.reports[id_].period
    usual = ["--report", "再", "--kind", "再", "--period", f"{period.start}..{period.end}"]
    args = ["report", "import", "报告.txt", *usual, "--as-of", str(DEMO_DAY), "--after", after]
    return CliRunner().invoke(main, [*args, "--write"], catch_exceptions=False)


DEMO_DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("id_", "asked"),
    [
        ("civilised-unit", ["games_session"]),  # 第8届 is taken for an edition
        pytest.param("2023", [], marks=pytest.mark.deep),
        ("2024", ["brief_bulletins"]),  # revised since it was reported
        pytest.param("2025", [], marks=pytest.mark.deep),
    ],
)
def test_a_report_written_by_hand_and_counted_from_ledgers_is_its_own(
    demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, id_: str, asked: list[str]
) -> None:
    """What an archive shows, brought as a file: every figure and name is the one that it was."""
    root = tmp_path / "demo"
    site = demonstration(demo_data, root, id_)
    monkeypatch.chdir(root)
    register = (root / "data/figures.yml").read_bytes()
    done = bring_again(site, id_, id_)
    told = [line for line in lines(done) if not line.startswith("未变：")]
    assert [re.findall(r"指标 (\w+)", line) for line in told] == [[it] for it in asked]
    assert (root / "data/figures.yml").read_bytes() == register
    then, now = (
        [
            (call.name, call.args, call.options)
            for page in archive.pages_of(it)
            for call in page.calls
            if call.name in ("fig", "change")
            and call.args[0] not in asked
            and (call.name, call.args[0]) != ("change", "brief_bulletins")  # 持平 is no number
        ]
        for archive, it in (
            (site.archive, id_),
            (load(Project(root, root / "data", DEMO_DAY)).archive, "再"),
        )
    )
    assert now == then


def test_what_was_worked_out_is_worked_out_again(
    demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report of 2025 after that of 2024, in which hours rose where they fall now."""
    root = tmp_path / "demo"
    site = demonstration(demo_data, root, "2025")
    monkeypatch.chdir(root)
    done = bring_again(site, "2025", "2024")
    gone = "今后不再用的，请在 data/figures.yml 的"
    assert [line for line in lines(done) if not line.startswith("未变：")] == [
        "新数：docs/report/再/1.md:7 指标 brief_bulletins@2025，9篇 → 12篇",
        "新数：docs/report/再/2.md:7 指标 volunteer_hours@2025，1099小时 → 1042小时",
        "新增：docs/report/再/2.md:7 指标 志愿服务次数降幅，4.1%",
        "新数：docs/report/再/2.md:9 指标 people_helped@2025，47人次 → 49人次",
        "新增：docs/report/再/2.md:9 指标 走访共建社区居民人数，35人",
        f"不再有：docs/report/2024/summary.md:12 指标 work_updates（统计工作动态），原为 12篇；{gone} work_updates 下写停用日期 retired",
        f"不再有：docs/report/2024/summary.md:20 指标 assistance_funds（帮扶资金），原为 4万元；{gone} assistance_funds 下写停用日期 retired",
        f"不再有：docs/report/2024/summary.md:20 指标 fruit_sold（帮助销售水果），原为 1670斤；{gone} fruit_sold 下写停用日期 retired",
        "请定：docs/report/再/2.md:7 “志愿服务355次，比上年下降4.1%。”里的“355次”像是指标 volunteer_services，"
        "原句“志愿服务370次，自本年起临时登记的不再计入，与上年不能相比。”（docs/report/2024/summary.md:18）有改动："
        "是同一个的加 --same volunteer_services，不是的加 --other volunteer_services",
        "请定：改写的逐个看过、都是同一个的，加上 --same volunteer_services",
    ]
    page = (root / "docs/report/再/2.md").read_text("utf-8")
    assert '服务总时长{{ fig("volunteer_hours") }}，比上年{{ change("volunteer_hours") }}。' in page
    assert 'fig("people_helped") }}，比上年{{ change("people_helped", form="增减") }}。' in page


def test_a_change_that_the_register_reckons_otherwise_is_asked(
    demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "demo"
    site = demonstration(demo_data, root, "2025")
    monkeypatch.chdir(root)
    text = (root / "报告.txt").read_text("utf-8")
    assert "下降5.2%" in text
    (root / "报告.txt").write_text(text.replace("下降5.2%", "下降5.3%"), "utf-8")
    assert [line for line in lines(bring_again(site, "2025", "2025")) if "未变" not in line] == [
        "请定：“干部职工开展志愿活动24次，服务总时长1042小时，比上年下降5.3%。”里的数原来由 "
        '{{ change("volunteer_hours") }} 算出，照登记的数是“下降5.2%”，文件里是“5.3%”：请核对'
    ]


def test_a_sentence_of_many_numbers_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands between two numbers is around each of the sentence."""
    read: list[str] = []

    def counted(text: str) -> str:
        read.append(text)
        return plain(text)

    text = "".join(f"甲{at}个，" for at in range(100, 300))
    brought = read_text(text.encode())
    texts = texts_of(brought)
    finds = find(texts, date(2025, 1, 1), date(2025, 12, 31))
    assert len(finds) == 200
    monkeypatch.setattr(mentions, "plain", counted)
    assert len(brought_mentions(brought, texts, finds, year(2025))) == 200
    assert len("".join(read)) < 10 * len(text)
