"""Eight tasks of a clerk, each from a page of the site to a green pull request in six steps at most.

A step is one click (a link, a switch, a button), one group of fields filled in (the cells of a workbook, the
answers of a form, the sentence in an editor), one dragging of files into a form, or one submission. No step is a
command or a line of YAML. Each task begins on the page where the thing stands, with the editing mode still off.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from archive.build.site import build
from archive.checks import check
from archive.facts.project import Project
from archive.facts.releases import freeze_register
from archive.facts.site import load
from tests.browser.conftest import NewTab, Served, serving
from tests.conftest import once
from tests.samples.approvals import ENTERED
from tests.samples.desk import LABEL, ROW, put
from tests.samples.forge_pages import HOST, ForgePages
from tests.samples.honours import CIVILISED
from tests.samples.measures import SITE, TASK
from tests.samples.office import Office
from tests.samples.pictures import fields, saved
from tests.samples.random_site import page
from tests.samples.releases import COMMIT
from tests.samples.sample import FIGURES, FILES, UNIT, read
from tests.samples.standin import Forge
from tests.samples.standin import serving as answering

MOST = 6
PART = "docs/report/part-1.md"
TODAY = date(2026, 3, 1)
REGISTER, HONOUR, AGREED = "data/figures.yml", "data/honours/civilised.yml", "data/measures/甲.yml"
CORRECTED = ENTERED.replace("visited:", "helped:").replace("走访居民", "帮扶企业")
PHOTO = saved("JPEG", fields(60, 40))


def _files(root: Path) -> dict[str, str | bytes | None]:
    """The sample with a page of each kind, on a forge, its figures reported once."""
    where = f"  forge: gitea\n  address: {HOST}\n  branch: main\n"
    settings = str(SITE["mkdocs.yml"]).partition("markdown_extensions:")[
        0
    ]  # as the program has them
    nav = "  - 荣誉: honours/index.md\n  - 志愿服务: records/volunteering.md\n  - 指标登记"
    files: dict[str, str | bytes | None] = {
        **SITE,
        "data/unit.yml": UNIT.replace("  forge:\n  address:\n  branch:\n", where),
        "mkdocs.yml": settings.replace("  - 指标登记", nav),
        REGISTER: FIGURES + CORRECTED,
        PART: str(FILES[PART]).replace("。\n", '，帮扶企业{{ fig("helped") }}。\n'),
        HONOUR: CIVILISED.replace("prefix: unit_level\n", ""),
        AGREED: TASK,
        "docs/honours/index.md": page("荣誉", "{{ honour_list() }}"),
        "docs/records/volunteering.md": page(LABEL, '{{ records("volunteering") }}'),
    }
    frozen = freeze_register(read(root / "frozen", files).values, date(2026, 2, 6), COMMIT)
    return {**files, "data/releases/2025年度.yml": frozen}


def _make(root: Path) -> None:
    """The site, built from the commit that every office of these tests begins with."""
    root.mkdir()
    office = Office(root, Forge(root), _files(root))
    clone = office.clone("main")
    project = Project(clone, clone / "data", TODAY)
    assert [str(one) for one in check(load(project))] == []
    assert [str(one) for one in build(project, root / "site", "never")] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(once(tmp_path_factory, "clerk-tasks", _make) / "site") as served:
        yield served


@dataclass
class Clerk:
    """Somebody at work on the site and the forge, and how many steps that has taken."""

    tab: Page
    base: str
    office: Office
    steps: int = 0

    def begin(self, page: str) -> None:
        """Open a page and turn the editing mode on, which is the first step."""
        self.tab.goto(f"{self.base}{page}")
        self.click(self.tab.get_by_role("button", name="编辑模式"))

    def click(self, what: Locator) -> None:
        self.steps += 1
        what.click()

    def follow(self, name: str) -> None:
        self.click(self.tab.locator("article").get_by_role("link", name=name, exact=True).first)

    def fill(self, answers: dict[str, str]) -> None:
        """Fill in fields by their labels: one group of them."""
        self.steps += 1
        for label, answer in answers.items():
            control = self.tab.get_by_label(label, exact=True)
            if control.evaluate("one => one.tagName") == "SELECT":
                control.select_option(answer)
            else:
                control.fill(answer)

    def drag(self, files: Sequence[tuple[str, str, bytes]]) -> None:
        """Drag files, each (label, name, content), into a form: the forge writes a link to each there."""
        self.steps += 1
        for label, name, raw in files:
            control = self.tab.get_by_label(label, exact=True)
            link = f"{'!' * name.endswith('.jpg')}{self.office.forge.attach(name, raw)}"
            control.fill("\n".join(filter(None, [control.input_value(), link])))

    def submit(self) -> None:
        self.click(self.tab.get_by_role("button"))
        expect(self.tab.locator("h1")).to_have_text(re.compile("^(工单|合并请求) [0-9]+$"))

    def is_done(self) -> set[str]:
        """The workflows answer; returns the files that the green pull request changes."""
        office, first = self.office, max(self.office.forge.issues)
        if "branch" not in office.forge.issues[first]:
            reply = office.formed(first)
            assert reply.startswith("已生成拉取请求 #"), reply
        (pull,) = office.forge.pulls()
        assert office.is_green(pull), [one.output for one in office.checked(pull)]
        assert self.steps <= MOST
        return office.changed(office.forge.issues[pull]["branch"])

    def text(self, path: str) -> str:
        (pull,) = self.office.forge.pulls()
        return self.office.text(self.office.forge.issues[pull]["branch"], path)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | bytes | None]:
    return _files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def clerk(
    tmp_path: Path, new_tab: NewTab, built: Served, files: dict[str, str | bytes | None]
) -> Iterator[Clerk]:
    with answering(Forge(tmp_path, "gitea")) as forge:
        office = Office(tmp_path, forge, files)
        tab = new_tab()
        ForgePages(office, tab)
        yield Clerk(tab, built.base, office)


def test_1_a_figure_is_entered(clerk: Clerk) -> None:
    clerk.begin("figures/")
    clerk.follow("走访居民")
    clerk.follow("填报")
    clerk.fill({
        "数值": "96", "时期起始日": "2023-01-01", "时期截止日": "2025-12-31", "数据来源": "走访记录",
        "责任科室": "办公室", "公开属性": "公开", "填报岗位": "办公室", "填报日期": "2026-02-01",
    })  # fmt: skip
    clerk.submit()
    assert clerk.is_done() == {REGISTER}
    assert "  value: 96\n" in clerk.text(REGISTER).partition("visited:")[2]


def test_2_five_records_come_by_sheet_with_two_photographs(clerk: Clerk) -> None:
    clerk.begin("records/volunteering/")
    with clerk.tab.expect_download() as found:
        clerk.follow("填报表")
    book = openpyxl.load_workbook(io.BytesIO(found.value.path().read_bytes()))
    clerk.steps += 1
    rows: dict[tuple[int, str], Any] = {}
    for row in range(3, 8):
        held = {
            **ROW,
            "日期": datetime(2025, 3, row),
            "佐证材料": "合影.jpg\n签到表.jpg" if row == 3 else "签到表",
        }
        rows |= {(row, head): value for head, value in held.items()}
    put(book[LABEL], rows)
    filled = io.BytesIO()
    book.save(filled)
    clerk.follow("上传")
    clerk.drag([
        ("表格", "填报表.xlsx", filled.getvalue()),
        ("照片和文件", "合影.jpg", PHOTO),
        ("照片和文件", "签到表.jpg", PHOTO),
    ])  # fmt: skip
    clerk.submit()
    records = {f"data/volunteering/2025/202503{day:02}-01.yml" for day in range(3, 8)}
    photos = {f"docs/files/2026/issue-1-{number}.jpg" for number in (1, 2)}
    assert clerk.is_done() == records | photos


def test_3_a_record_comes_by_form_with_a_photograph(clerk: Clerk) -> None:
    clerk.begin("records/volunteering/")
    clerk.follow("填表单")
    clerk.fill({
        "日期": "2025-03-12", "活动名称": "植树", "类别": "植树造林", "地点": "林场", "参加人数": "3",
        "总时长": "6.5", "服务人次": "4", "组织科室": "办公室", "原始资料": "签到表", "记录人": "办公室",
    })  # fmt: skip
    clerk.drag([("佐证材料", "合影.jpg", PHOTO)])
    clerk.submit()
    record = "data/volunteering/2025/20250312-issue-1.yml"
    assert clerk.is_done() == {record, "docs/files/2025/issue-1-1.jpg"}
    assert "evidence:\n  - files/2025/issue-1-1.jpg\n" in clerk.text(record)


@pytest.mark.deep
def test_4_a_sentence_is_changed(clerk: Clerk) -> None:
    clerk.begin("report/part-1/")
    clerk.click(clerk.tab.get_by_role("link", name="编辑此页"))
    text = clerk.tab.get_by_label(PART).input_value()
    clerk.fill({PART: text.replace("开展活动", "共开展活动")})
    clerk.submit()
    assert clerk.is_done() == {PART}
    assert clerk.text(PART) == text.replace("开展活动", "共开展活动")


@pytest.mark.deep
def test_5_a_regulation_is_replaced(clerk: Clerk) -> None:
    clerk.begin("regulations/leave/")
    clerk.follow("换成新的一项")
    clerk.fill({
        "制度名称": "请销假管理规定", "文号": "样例发〔2026〕1号", "审议机构": "样例会议", "审议通过日期": "2026-01-12",
        "印发日期": "2026-01-15", "施行日期": "2026-02-01", "条文": "第一条 依照第二条办理。\n第二条 请假应当事先提出。",
    })  # fmt: skip
    clerk.submit()
    new, old = "docs/regulations/issue-1.md", "docs/regulations/leave.md"
    assert clerk.is_done() == {new, old, "mkdocs.yml"}
    assert "category: 行政管理\n" in clerk.text(new)
    assert "replaced_by: issue-1\n" in clerk.text(old)


@pytest.mark.deep
def test_6_an_approved_figure_is_corrected_after_a_release(clerk: Clerk) -> None:
    clerk.begin("indicators/helped/")
    clerk.follow("修订或更正")
    clerk.fill(
        {"种类": "更正", "日期": "2026-02-20", "新数": "97", "原因": "漏计一户", "核定岗位": "丙"}
    )
    clerk.submit()
    assert clerk.is_done() == {REGISTER}
    entry = clerk.text(REGISTER).partition("helped:")[2]
    assert ("  value: 97\n" in entry, "      old: 96\n      new: 97\n" in entry) == (True, True)


@pytest.mark.deep
def test_7_an_honour_is_examined_again(clerk: Clerk) -> None:
    clerk.begin("honours/")
    clerk.follow("复查")
    clerk.fill(
        {
            "复查日期": "2026-01-05",
            "复查文件": "某通报",
            "复查结果": "确认保留",
            "保留至": "2028-12-31",
        }
    )
    clerk.submit()
    assert clerk.is_done() == {HONOUR}
    assert "  - date: 2026-01-05\n    document: 某通报\n" in clerk.text(HONOUR)


@pytest.mark.deep
def test_8_a_task_is_done(clerk: Clerk) -> None:
    clerk.begin("measures/")
    clerk.follow("修改任务")
    clerk.fill({"进展": "已完成", "佐证材料": "验收单"})
    clerk.submit()
    assert clerk.is_done() == {AGREED}
    assert "state: 已完成\n" in clerk.text(AGREED)
