"""A clerk's five tasks, from the page to a green pull request, the way the guide has them."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.samples.desk import LABEL, ROW, put
from tests.samples.forms import ACTIVITY, body
from tests.samples.office import Office
from tests.samples.sample import FIGURES, RECORD, REGULATION
from tests.samples.standin import Forge, serving

VISITED = FIGURES[FIGURES.index("visited:") :]
FILLED = (
    VISITED.replace("    start:\n    end:\n", "    start: 2023-01-01\n    end: 2025-12-31\n")
    .replace("  source:\n  office:\n", "  source: 走访记录\n  office: 办公室\n")
    .replace("  disclosure:\n", "  disclosure: 公开\n")
    .replace("  value:\n", "  value: 96\n")
    .replace("  prepared:\n    by:\n    date:\n", "  prepared:\n    by: 办公室\n    date: 2026-02-01\n")
)  # fmt: skip
REGISTER, PART = "data/figures.yml", "docs/report/part-1.md"
NEW = "docs/regulations/leave-2026.md"
NEWER = (
    REGULATION.replace("4号", "1号")
    .replace("〔2023〕", "〔2026〕")
    .replace("  date: 2023-02-01", "  date: 2026-01-10")
    .replace("issued: 2023-02-02", "issued: 2026-01-12")
    .replace("effective: 2023-03-01", "effective: 2026-02-01")
    .replace("review_due: 2026-02-01", "review_due: 2029-02-01")
    .replace("replaces: []", "replaces: [leave]")
    .replace("amendments:\n  - date: 2024-05-06\n    articles: [2, 1-1]\n    summary: 增加一条\n", "amendments: []\n")
    .replace("请销假制度", "请销假办法")
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, {})


def row(text: str, begin: str) -> str:
    """The one line of a comment that begins so."""
    (found,) = [line for line in text.splitlines() if line.startswith(begin)]
    return found


def test_change_a_figure(office: Office) -> None:
    office.edit("甲-1", REGISTER, "  value:\n", "  value: 九十六\n")
    number = office.forge.open("甲-1")
    (annotated, in_step) = office.checked(number)
    line = FIGURES[: FIGURES.index("  value:\n")].count("\n") + 1
    fault = (
        'visited.value（数值）须为不小于 0 的数，小数不超过 4 位，现为 "九十六"；请改为：value: 96'
    )
    assert annotated.stdout.splitlines()[0] == f"::error file={REGISTER},line={line}::{fault}"
    assert (annotated.exit_code, in_step.exit_code) == (1, 0)
    comment = office.commented(number)
    assert row(comment, "- [第") == (
        f"- [第 {line} 行](https://git.example/ju/dangan/edit/%E7%94%B2-1/data/figures.yml#L{line})："
        "visited&#46;value（数值）须为不小于 0 的数，小数不超过 4 位，现为 &#34;九十六&#34;；请改为：value&#58; 96"
    )
    office.edit("甲-1", REGISTER, VISITED.replace("  value:\n", "  value: 九十六\n"), FILLED)
    assert office.is_green(number)
    comment = office.commented(number)
    assert "没有问题。" in comment
    assert row(comment, "| 走访居民") == (
        "| 走访居民 <code>visited</code> | 近百人 | 近百人（准确数 96） | — | 未填报 → 初步 | 一、组织 · （一）统筹 |"
    )
    assert office.changed("甲-1") == {REGISTER}


def test_add_a_record_by_sheet(office: Office) -> None:
    clone = office.clone("表")
    export = office.run(clone, "sheet", "export", LABEL, "out.xlsx")
    assert export.exit_code == 0
    book = openpyxl.load_workbook(clone / "out.xlsx")
    put(book[LABEL], {(3, head): value for head, value in ROW.items()})
    book.save(clone / "out.xlsx")
    assert office.run(clone, "sheet", "import", "out.xlsx").exit_code == 0
    assert office.run(clone, "sheet", "import", "out.xlsx", "--write").exit_code == 0
    office.upload(clone, "表")
    number = office.forge.open("表")
    assert office.is_green(number)
    assert office.changed("表") == {"data/volunteering/2025/20250312-01.yml"}
    assert row(office.commented(number), "| 新增").startswith("| 新增 | 志愿服务活动 植树 |")


def test_add_a_record_by_form(office: Office) -> None:
    issue = office.forge.file(
        "登记志愿服务活动：", body("volunteering", {**ACTIVITY, "活动名称": "植树"})
    )
    comment = office.formed(issue)
    (number,) = office.forge.pulls()
    assert comment.startswith(
        f"已生成拉取请求 #{number}，审核合并以后生效。检查和预览稍后出现在那里。\n"
    )
    assert office.forge.dispatched == [("check.yml", "form/1"), ("ci.yml", "form/1")]
    assert office.is_green(number)
    path = "data/volunteering/2024/20240305-issue-1.yml"
    assert office.changed("form/1") == {path}
    assert office.text("form/1", path) == RECORD.replace("学雷锋进社区", "植树")
    assert row(office.commented(number), "| 新增").startswith("| 新增 | 志愿服务活动 植树 |")
    assert f"Closes #{issue}\n" in office.forge.issues[number]["body"]
    office.merge(number)
    assert office.changed("form/1") == set()


def test_mend_a_sentence(office: Office) -> None:
    office.edit("句", PART, "开展活动{{", "共开展活动20次，即{{")
    number = office.forge.open("句")
    assert not office.is_green(number)
    assert "报告中的数须取自指标" in office.commented(number)
    office.edit("句", PART, "共开展活动20次，即{{", "共开展活动{{")
    assert office.is_green(number)
    comment = office.commented(number)
    assert row(comment, "| 改动 | 页面").startswith(
        "| 改动 | 页面 一、组织 | <code>docs&#47;report"
    )
    assert office.changed("句") == {PART}


def test_replace_a_regulation(office: Office) -> None:
    clone = office.clone("制度")
    (clone / NEW).write_text(NEWER, "utf-8")
    site = (clone / "mkdocs.yml").read_text("utf-8")
    entry = "  - 制度: regulations/leave.md\n"
    added = site.replace(entry, f"{entry}  - 新制度: regulations/leave-2026.md\n")
    (clone / "mkdocs.yml").write_text(added, "utf-8")
    office.upload(clone, "制度")
    number = office.forge.open("制度")
    assert office.is_green(number), [one.output for one in office.checked(number)]
    comment = office.commented(number)
    assert office.changed("制度") == {NEW, "mkdocs.yml"}
    assert row(comment, "| 制度 | 请销假制度").endswith("→ 已废止 |")
    assert "没有问题。" in comment
