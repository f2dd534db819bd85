"""Two reports side by side, and what became of the tasks that the older one set."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.commands.cli import main
from archive.render import macros
from tests.samples.measures import SITE, TASK
from tests.samples.observations import VISITS, observed, with_visits
from tests.samples.sample import AS_OF, FILES, SUMMARY, problems, read, write

PAGE = "docs/report/index.md"
FIRST = "docs/report/2024/index.md"
SECOND = "docs/report/2025/index.md"


def report(year: int) -> str:
    return (
        f"title: 年度总结\nkind: 年度总结\nperiod: {{start: {year}-01-01, end: {year}-12-31}}\nstate: 起草\n"
        f"pages: [{{page: report/{year}/index.md}}]\n"
    )


def page(text: str) -> str:
    return f"---\ntitle: 总结\n---\n\n# 总结\n\n{text}\n"


OLD = '接待来访{{ fig("visits") }}。坚持“三会一课”。办事窗口已经开设。\n\n活动{{ fig("activities") }}。'
NEW = '接待来访{{ fig("visits") }}。坚持“三会一课”。窗口延时服务。\n\n走访{{ fig("calls") }}。'
CALLS = VISITS.replace("visits:", "calls:").replace("接待来访", "走访企业")
TWO = {
    **with_visits(observed(y2024=24, y2025=30) + CALLS),
    "data/reports/2024.yml": report(2024),
    "data/reports/2025.yml": report(2025),
    FIRST: page(OLD),
    SECOND: page(NEW),
    PAGE: page("{{ compared() }}"),
    SUMMARY: None,
    "docs/report/overview.md": None,
    "docs/report/part-1.md": None,
}


def test_two_reports_side_by_side(tmp_path: Path) -> None:
    shown = macros(read(tmp_path, TWO), "report/index.md")["compared"]()
    assert shown == macros(read(tmp_path, TWO), "report/index.md")["compared"]("2024", "2025")
    expected = Path(__file__).with_name("two_reports.txt").read_text("utf-8")
    assert f"{shown}\n" == expected


def test_a_sentence_is_the_same_in_another_year_and_at_another_place(tmp_path: Path) -> None:
    pages = {
        FIRST: page('## （二）来访\n\n2024年，接待来访{{ fig("visits") }}。2024年6月建成3.0版。'),
        SECOND: page('## （一）来访\n\n2025年，接待来访{{ fig("visits") }}。2025年7月建成3.0版。'),
    }
    shown = macros(read(tmp_path, {**TWO, **pages}), "report/index.md")["compared"]()
    assert "相同 3 句，不再有 1 句，新写 1 句。" in shown
    assert "- 2024年6月建成" in shown
    assert "- 2025年7月建成" in shown


def test_of_reports_that_end_on_one_day_the_longest_is_the_current_one(tmp_path: Path) -> None:
    """It has none of its kind before it, so the newest that has one is compared."""
    whole = report(2025).replace("年度总结", "创建汇报").replace("2025-01-01", "2023-01-01")
    changes = {
        **TWO,
        "data/reports/whole.yml": whole.replace("2025/index.md", "whole/index.md"),
        "docs/report/whole/index.md": page("多年的工作。"),
    }
    site = read(tmp_path, changes)
    assert list(site.archive.reports) == ["whole", "2025", "2024"]
    functions = macros(site, "report/index.md")
    assert functions["compared"]() == functions["compared"]("2024", "2025")


def test_as_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, TWO)
    monkeypatch.chdir(tmp_path)
    day = ["--as-of", AS_OF.isoformat()]
    found = CliRunner().invoke(main, ["diff", "--report", "2024", "2025", *day])
    assert (found.exit_code, found.output) == (
        0,
        "指标（2024 → 2025）\n"
        "  开展活动：***次 → 无，不再使用\n"
        "  接待来访：24人次 → 30人次，增长25.0%\n"
        "  走访企业：无 → **人次，新增\n"
        "文字：相同 3 句，不再有 2 句，新写 2 句\n"
        "  - 办事窗口已经开设。\n"
        "  - 活动〔数〕。\n"
        "  + 窗口延时服务。\n"
        "  + 走访〔数〕。\n",
    )
    wrong = CliRunner().invoke(main, ["diff", "--report", "2023", "2025", *day])
    assert (wrong.exit_code, wrong.output) == (1, "报告须是已有的，没有 2023，是否为 2025？\n")


def test_one_report_has_nothing_to_compare(tmp_path: Path) -> None:
    changes = {PAGE: page("{{ compared() }}")}
    shown = macros(read(tmp_path, changes), "report/index.md")["compared"]()
    assert shown == "尚无同一种类的两个报告，没有可比的。"


@pytest.mark.parametrize("written", ['compared("summary")', 'compared("summary", "summary")'])
def test_reports_are_compared_in_twos(tmp_path: Path, written: str) -> None:
    nav = FILES["mkdocs.yml"].replace("      - report/overview.md\n", "      - report/overview.md\n      - report/index.md\n")  # fmt: skip
    (found,) = problems(tmp_path, {PAGE: page(f"{{{{ {written} }}}}"), "mkdocs.yml": nav})
    assert found.startswith(
        f"{PAGE}:7: 宏 compared 须写两个报告的编号，旧的在前，或者都不写，现为 summary"
    )


def test_what_became_of_the_tasks_of_a_report(tmp_path: Path) -> None:
    """They belong to the report that set them; the newest with next steps has those that name none."""
    old = "title: 往年\nkind: 年度总结\nperiod: {start: 2022-01-01, end: 2022-12-31}\nstate: 起草\npages: [{page: report/index.md}]\n"  # fmt: skip
    done = TASK.replace("measure:", "report: 往年\nmeasure:").replace("审核数据", "建立台账")
    changes = {
        **SITE,
        "data/reports/往年.yml": old,
        PAGE: page('{{ measures("往年") }}'),
        "data/measures/a.yml": TASK,
        "data/measures/b.yml": done,
        "mkdocs.yml": str(SITE["mkdocs.yml"]).replace("      - report/next.md\n", "      - report/next.md\n      - report/index.md\n"),
    }  # fmt: skip
    assert problems(tmp_path, changes) == []
    functions = macros(read(tmp_path, changes), "report/index.md")
    became = functions["measures"]("往年")
    assert became.startswith("《往年》定下的举措：共 1 项任务，已完成 0 项，进展待补 1 项。\n\n")
    assert ("建立台账" in became, "审核数据" in became) == (True, False)
    assert ("建立台账" in functions["measures"](), "审核数据" in functions["measures"]()) == (
        False,
        True,
    )
    wrong = {**changes, "data/measures/b.yml": done.replace("report: 往年", "report: 去年")}
    assert problems(tmp_path / "wrong", wrong) == [
        "data/measures/b.yml:1: report（所属报告）须是已有的报告，没有 去年，是否为 往年？"
    ]
