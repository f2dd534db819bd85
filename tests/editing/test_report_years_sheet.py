"""`archive report import --after` with a review sheet: what the report before settles is filled in there."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.checks import check
from archive.commands.cli import main
from archive.editing.report.review_page import review_page
from archive.editing.report.standing import page_texts
from archive.facts.project import Project
from archive.facts.site import load
from tests.samples.brought import (
    bring_year,
    contents,
    copy_to_work_in,
    empty_archive,
    lines,
    read_year_later,
)
from tests.samples.review import confirm, fill, rows

SHEET = ("--sheet", "核对.xlsx")
OLD = """\
示例市某局2025年工作总结

一、工作

2025年，开展活动12次，参加人员三十六名。开展谈话45人次，发放手册500份。

举办培训班3期，培训干部256人次。

甲区走访群众30户。

张**同志获评先进。
"""
NEW = """\
示例市某局2026年工作总结

一、工作

开展谈话50人次，发放手册600份。2026年，开展活动15次，参加人员四十名。

举办业务培训班4期，培训干部300人次。

甲区走访群众33户。丁区走访群众20户。

张**同志获评先进。
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("begun")
    empty_archive(root)
    (root / "2025.txt").write_text(OLD, "utf-8")
    (root / "2026.txt").write_text(NEW, "utf-8")
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = copy_to_work_in(begun, tmp_path, monkeypatch)
    assert bring_year(2025, "--write").exit_code == 0
    return copied


def export(root: Path, *args: str) -> Path:
    done = bring_year(2026, *SHEET, *args)
    assert (done.exit_code, done.stdout) == (0, "")
    return root / "核对.xlsx"


def test_what_the_report_before_settles_is_filled_in(root: Path) -> None:
    sheet = export(root, "--after", "2025")
    assert [(row[1], row[4], row[7], row[15]) for row in rows(sheet, "指标")[1:]] == [
        ("对", "谈话人次", "50", None),
        ("对", "发放手册数", "600", None),
        ("对", "活动次数", "15", None),
        ("对", "参加人员数", "四十", None),
        (None, "培训班数", "4", "是不是 培训班数，句子有改动"),
        (None, "培训干部人次", "300", "是不是 培训干部人次，句子有改动"),
        ("对", "甲区走访群众户数", "33", None),
        (None, "丁区走访群众户数", "20", None),
    ]
    assert [(row[1], row[4]) for row in rows(sheet, "名称")[1:]] == [("对", "名称_1")]
    done = bring_year(2026, *SHEET, "--after", "2025")
    assert lines(done) == [
        "新数：docs/report/2026/1.md:7 指标 谈话人次@2026，45人次 → 50人次",
        "新数：docs/report/2026/1.md:7 指标 发放手册数@2026，500份 → 600份",
        "新数：docs/report/2026/1.md:7 指标 活动次数@2026，12次 → 15次",
        "新数：docs/report/2026/1.md:7 指标 参加人员数@2026，三十六名 → 四十名",
        "新数：docs/report/2026/1.md:11 指标 甲区走访群众户数@2026，30户 → 33户",
        "未变：docs/report/2026/1.md:13 名称 名称_1，仍为 **",
        "请定：指标 第 6、7、9 行还没有确认",
    ]
    confirm(sheet)
    assert bring_year(2026, *SHEET, "--after", "2025", "--write").exit_code == 0
    site = read_year_later(root)
    assert check(site) == ()
    assert {key: str(one.exact) for key, one in site.values.items() if "@2026" in key} == {
        "谈话人次@2026": "50",
        "发放手册数@2026": "600",
        "活动次数@2026": "15",
        "参加人员数@2026": "40",
        "培训班数@2026": "4",
        "培训干部人次@2026": "300",
        "甲区走访群众户数@2026": "33",
    }
    before = contents(root)
    for sheet_too in (SHEET, ()):
        again = bring_year(2026, *sheet_too, "--after", "2025", "--replace", "--write")
        assert (again.exit_code, contents(root)) == (0, before)
        assert [line for line in lines(again) if "新数" not in line and "未变" not in line] == [
            "新增：docs/report/2026/1.md:11 指标 丁区走访群众户数，20户"
        ]


def test_what_a_person_says_in_the_sheet_stands(root: Path) -> None:
    sheet = export(root, "--after", "2025")
    fill(sheet, {
        ("指标", 2, "确认"): "不是指标",
        ("指标", 3, "确认"): "以后再定",
        ("指标", 4, "编号"): "另一种活动", ("指标", 4, "名称"): "另一种活动次数",
        ("指标", 7, "确认"): "并入", ("指标", 7, "编号"): "谈话人次",
        ("指标", 9, "确认"): "对",
    })  # fmt: skip
    told = [
        "新增：docs/report/2026/1.md:7 指标 另一种活动，15次",
        "新数：docs/report/2026/1.md:7 指标 参加人员数@2026，三十六名 → 四十名",
        "新数：docs/report/2026/1.md:9 指标 谈话人次@2026，45人次 → 300人次",
        "新数：docs/report/2026/1.md:11 指标 甲区走访群众户数@2026，30户 → 33户",
        "新增：docs/report/2026/1.md:11 指标 丁区走访群众户数，20户",
        "未变：docs/report/2026/1.md:13 名称 名称_1，仍为 **",
    ]
    done = bring_year(2026, *SHEET, "--after", "2025", "--write")
    assert lines(done) == [
        *told,
        "不是指标：“开展谈话【50人次】，发放手册600份。”",
        "并入 谈话人次：“举办业务培训班4期，培训干部【300人次】。”",
        "请定：指标 第 3、6 行还没有确认",
    ]
    page = (root / "docs/report/2026/1.md").read_text("utf-8")
    assert '开展谈话50人次，发放手册600份。2026年，开展活动{{ fig("另一种活动") }}，' in page
    assert '培训干部{{ fig("谈话人次") }}。' in page
    before = contents(root)
    again = bring_year(2026, *SHEET, "--after", "2025", "--replace", "--write")
    assert (again.exit_code, contents(root)) == (0, before)
    # It was said already; nobody is asked to write what a person left out.
    assert [line for line in lines(again) if line not in told] == [
        "不再有：docs/report/2025/1.md:7 指标 活动次数，原为 12次；今后不再用的，请在 data/figures.yml 的 活动次数 下写停用日期 retired",
        "不再有：docs/report/2025/1.md:9 指标 培训干部人次，原为 256人次；今后不再用的，请在 data/figures.yml 的 培训干部人次 下写停用日期 retired",
        "请定：指标 第 3、6 行还没有确认",
    ]


def test_a_sheet_of_before_is_completed_by_the_report_before(root: Path) -> None:
    """It was exported without `--after`: what nobody has confirmed is what it was the year before."""
    sheet = export(root)
    assert {row[1] for row in rows(sheet, "指标")[1:]} == {None}
    fill(sheet, {("指标", 2, "确认"): "不是指标"})
    done = bring_year(2026, *SHEET, "--after", "2025")
    assert [line for line in lines(done) if "新数" not in line and "未变" not in line] == [
        "不是指标：“开展谈话【50人次】，发放手册600份。”",
        "请定：指标 第 6、7、9 行还没有确认",
    ]
    assert "指标 发放手册数@2026，500份 → 600份" in done.stdout


def test_what_is_recorded_otherwise_is_refused_in_a_sheet_too(root: Path) -> None:
    text = (root / "2026.txt").read_text("utf-8")
    (root / "2026.txt").write_text(f"{text}\n2025年，开展活动13次，参加人员三十六名。\n", "utf-8")
    sheet = export(root, "--after", "2025")
    before = contents(root)
    refused = bring_year(2026, *SHEET, "--after", "2025", "--write")
    assert refused.stderr.startswith(
        "2026.txt：同一时期已经记下的数不能悄悄改，有 1 处不同：docs/report/2026/1.md:15 指标 活动次数 已记 12次，文件里是“13次”。"
    )
    assert (refused.exit_code, contents(root)) == (1, before)
    why = ("--revise", "更正", "--reason", "漏计一次", "--revised-by", "分管领导")
    done = bring_year(2026, *SHEET, "--after", "2025", *why, "--write")
    assert "改数（尚未核定）：docs/report/2026/1.md:15 指标 活动次数，12次 → 13次" in lines(done)
    assert str(read_year_later(root).values["活动次数"].exact) == "13"
    # What a person says of it in the sheet comes first.
    fill(sheet, {("指标", 10, "确认"): "不是指标"})
    done = bring_year(2026, *SHEET, "--after", "2025", "--replace")
    assert (
        done.exit_code,
        "不是指标：“2025年，开展活动【13次】，参加人员三十六名。”" in lines(done),
    ) == (0, True)


def test_a_name_that_is_hidden_otherwise_is_a_new_one(root: Path) -> None:
    text = (root / "2026.txt").read_text("utf-8")
    (root / "2026.txt").write_text(text.replace("张**同志", "张***同志"), "utf-8")
    done = bring_year(2026, "--after", "2025", "--write")
    assert "新增：docs/report/2026/1.md:13 名称 名称_2，***" in lines(done)
    assert '张{{ name("名称_2") }}同志' in (root / "docs/report/2026/1.md").read_text("utf-8")


DEMO_DAY = date(2026, 6, 30)


def test_what_is_worked_out_stays_so_when_it_is_reviewed(
    demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a report shows, brought as a file after the report before, first with a sheet, then alone."""
    root = tmp_path.resolve() / "demo"
    shutil.copytree(demo_data.parent, root)
    monkeypatch.chdir(root)
    site = load(Project(root, root / "data", DEMO_DAY))
    texts = [
        one.written for page in site.archive.pages_of("2025") for one in page_texts(site, page)
    ]
    (root / "报告.txt").write_text("\n\n".join(filter(None, texts)), "utf-8")
    usual = ["--report", "再", "--kind", "再", "--period", "2025-01-01..2025-12-31", "--as-of", str(DEMO_DAY)]  # fmt: skip
    args = ["report", "import", "报告.txt", *usual]

    def run(*more: str) -> Result:
        return CliRunner().invoke(main, [*args, *more], catch_exceptions=False)

    assert run(*SHEET, "--after", "2024").exit_code == 0
    worked_out = [row for row in rows(root / "核对.xlsx", "指标") if "【5.2%】" in row[14]]
    assert [(row[1], row[4]) for row in worked_out] == [("对", None)]
    assert run(*SHEET, "--after", "2024", "--write").exit_code == 0
    page = (root / "docs/report/再/2.md").read_text("utf-8")
    assert '服务总时长{{ fig("volunteer_hours") }}，比上年{{ change("volunteer_hours") }}。' in page
    before = contents(root)
    assert run(*SHEET, "--after", "2024", "--replace", "--write").exit_code == 0
    assert contents(root) == before
    # By itself it is what stands on the page, in the preview too.
    assert run("--replace", "--write").exit_code == 0
    page = (root / "docs/report/再/2.md").read_text("utf-8")
    assert '服务总时长{{ fig("volunteer_hours") }}，比上年{{ change("volunteer_hours") }}。' in page
    shown = review_page(load(Project(root, root / "data", DEMO_DAY)), "再")
    assert shown
    assert '比上年下降<mark class="yes">5.2%</mark>' in shown


def enter(sheet: Path, number: str, name: str, year: int) -> None:
    """Type what a person says of a number that may be no figure."""
    row = next(at for at, one in enumerate(rows(sheet, "指标"), 1) if number in one)
    said = {"确认": "对", "名称": name, "起始日": date(year, 1, 1), "截止日": date(year, 12, 31)}
    fill(sheet, {("指标", row, head): value for head, value in said.items()})


def test_what_may_be_no_figure_is_one_where_it_was_one(root: Path) -> None:
    """A time may be a rule; in the sentence in which a person has entered it, it is what it was."""
    (root / "2025.txt").write_text(f"{OLD}\n全年集中学习为期200小时。\n", "utf-8")
    assert bring_year(2025, *SHEET, "--replace").exit_code == 0
    enter(root / "核对.xlsx", "200", "学习时长", 2025)
    assert bring_year(2025, *SHEET, "--replace", "--write").exit_code == 0
    (root / "2026.txt").write_text(
        f"{NEW}\n全年集中学习为期260小时。\n\n集中学习为期70小时。\n", "utf-8"
    )
    (root / "核对.xlsx").unlink()
    done = bring_year(2026, "--after", "2025", "--write")
    assert [line for line in lines(done) if "学习" in line] == [
        "新数：docs/report/2026/1.md:15 指标 学习时长@2026，200小时 → 260小时",
        "请定：“集中学习为期70小时。”里的“70小时”没有登记：须由人定是指标还是固定用语",
    ]
    page = (root / "docs/report/2026/1.md").read_text("utf-8")
    assert page.endswith('全年集中学习为期{{ fig("学习时长") }}。\n\n集中学习为期70小时。\n')
    # Entered by a person, it is told as well.
    sheet = export(root, "--after", "2025", "--replace")
    enter(sheet, "70", "另学时长", 2026)
    for _ in range(2):
        done = bring_year(2026, *SHEET, "--after", "2025", "--replace", "--write")
        assert [line for line in lines(done) if "学习" in line or "另学" in line] == [
            "新数：docs/report/2026/1.md:15 指标 学习时长@2026，200小时 → 260小时",
            "新增：docs/report/2026/1.md:17 指标 另学时长，70小时",
        ]
