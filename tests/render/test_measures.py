"""The next steps and their tasks: one fault at a time, and the whole page."""

import re
from datetime import date
from pathlib import Path

import pytest

from archive.facts.standing import is_overdue
from archive.render import macros
from archive.render.measures import MAX_TASKS, measures
from archive.schema.measures import Task
from tests.samples.collections import KINDS, LISTS
from tests.samples.measures import NEXT, SITE, TASK, Changes
from tests.samples.sample import FILES, problems, read, unsized


def path(id_: str) -> str:
    return f"data/measures/{id_}.yml"


def test_a_sound_task_and_links_to_the_measures(tmp_path: Path) -> None:
    index = f"{FILES['docs/index.md']}\n见[数据质量](measures/index.md#data-quality)。\n"
    assert problems(tmp_path, {**SITE, path("a"): TASK, "docs/index.md": index}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {path("a"): TASK.replace("数据质量", "数据质里")},
            ['data/measures/a.yml:1: measure（所属举措）须为 政治引领、队伍建设、监测分析、数据质量、依法统计 之一，现为 "数据质里"；请改为：measure: 数据质量'],
            id="unknown measure",
        ),
        pytest.param(
            {path("a"): TASK.replace("state:", "state: 完成")},
            ['data/measures/a.yml:5: state（进展）须为 未开始、进行中、已完成 之一，现为 "完成"；请改为：state: 已完成'],
            id="unknown state",
        ),
        pytest.param(
            {path("a"): TASK.replace("due:", "due: 年底")},
            ['data/measures/a.yml:4: due（完成时限）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "年底"；例如：due: 2024-03-05'],
            id="due in words",
        ),
        pytest.param(
            {path("a"): TASK + "date: 2026-01-01\n"},
            ["data/measures/a.yml:7: 不认识字段 date；请改为：state: 2026-01-01"],
            id="a date",
        ),
        pytest.param(
            {path("a"): TASK.replace("state:", "state: 已完成")},
            ["data/measures/a.yml:6: 已完成的任务须有 evidence（佐证材料），现为空；例如：evidence: [会议纪要]"],
            id="done without evidence",
        ),
        pytest.param(
            {path("a"): TASK.replace("evidence: []", "evidence: [files/无.pdf]")},
            ["data/measures/a.yml:6: evidence（佐证材料）所列文件须在 docs/ 下，没有 files/无.pdf；请放进这个文件，或者写材料的名称"],
            id="evidence not there",
        ),
        pytest.param(
            {path("a"): TASK, path("b"): TASK},
            ["data/measures/b.yml:2: 同一任务须只记一次，“审核数据”已见 data/measures/a.yml；请删去一个，或者改名称"],
            id="a task twice",
        ),
        pytest.param(
            {NEXT: str(SITE[NEXT]).replace("#team", "#teams")},
            ["docs/measures/index.md:7: 各项举措须是 report/next.md 的小节，没有 #team（队伍建设）；请在那一页加上，如 ## 队伍建设 { #team }，不再用的举措，在 data/kinds.yml 里写停用日期（retired）"],
            id="no such sub-section",
        ),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, changes: Changes, expected: list[str]) -> None:
    assert problems(tmp_path, {**SITE, **changes}) == expected


def task(state: str | None, due: date | None) -> Task:
    return Task.model_validate(
        {"measure": "数据质量", "title": "甲", "office": None, "due": due, "state": state, "evidence": []}
    )  # fmt: skip


def test_overdue() -> None:
    today, yesterday = date(2026, 3, 1), date(2026, 2, 28)
    assert is_overdue(task("进行中", yesterday), LISTS, today)
    assert is_overdue(task(None, yesterday), LISTS, today)
    assert not is_overdue(task("已完成", yesterday), LISTS, today)
    assert not is_overdue(task("进行中", today), LISTS, today)
    assert not is_overdue(task("未开始", None), LISTS, today)


def row(head: str, *counts: object) -> str:
    cells = "".join(f'<td class="number">{count}</td>' for count in counts)
    return f"<tr><td>{head}</td>{cells}</tr>"


def test_progress_not_known_has_a_column(tmp_path: Path) -> None:
    page = measures(read(tmp_path, {**SITE, path("a"): TASK}), "measures/index.md")
    assert re.findall(r">([^<>]+)</th>", page.partition("## ")[0]) == [
        "举措", "任务", "已完成", "进行中", "未开始", "进展待补", "其中逾期",
    ]  # fmt: skip
    assert row("合计", 1, 0, 0, 0, 1, 0) in page


def test_the_page(tmp_path: Path) -> None:
    done = TASK.replace("state:", "state: 已完成").replace("[]", "[小结]")
    late = TASK.replace("审核数据", "核查").replace("due:", "due: 2026-02-01")
    changes = {**SITE, path("a"): done, path("b"): late.replace("state:", "state: 进行中")}
    page = unsized(measures(read(tmp_path, changes), "measures/index.md"))
    overview, *sections = page.split("\n\n## ")
    summary = "共 2 项任务，已完成 1 项，进行中 1 项；其中已逾期 1 项"
    assert overview == (
        "截至2026年3月1日，各项举措的任务进展（项）：\n\n"
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="任务进展" tabindex="0"><table><thead><tr>'
        + "".join(
            f'<th scope="col"{kind}>{head}</th>'
            for head, kind in (
                ("举措", ""),
                *(
                    (one, ' class="number"')
                    for one in ("任务", "已完成", "进行中", "未开始", "其中逾期")
                ),
            )
        )
        + "</tr></thead><tbody>"
        + "".join(
            row(f'<a href="#{anchor}">{head}</a>', *counts)
            for anchor, head, *counts in (
                ("political-guidance", "（一）政治引领", 0, 0, 0, 0, 0),
                ("team", "（一）队伍建设", 0, 0, 0, 0, 0),
                ("monitoring", "（一）监测分析", 0, 0, 0, 0, 0),
                ("data-quality", "（一）数据质量", 2, 1, 1, 0, "<strong>1</strong>"),
                ("rule-of-law", "（一）依法统计", 0, 0, 0, 0, 0),
            )
        )
        + row("合计", 2, 1, 1, 0, "<strong>1</strong>")
        + "</tbody></table></div>\n~~~~"
    )
    assert sections[0] == (
        "（一）政治引领 { #political-guidance }\n\n尚未分解任务。"
        "见报告：[（一）政治引领](../report/next.md#political-guidance)\n\n"
        "尚无任务。\n\n添加办法见 `data/measures/README.md`。\n{: .for-editors data-search-skip=1 }"
    )
    assert sections[3] == (
        f"（一）数据质量 {{ #data-quality }}\n\n{summary}。"
        "见报告：[（一）数据质量](../report/next.md#data-quality)\n\n"
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="数据质量的任务" tabindex="0"><table><thead><tr>'
        '<th scope="col">进展</th><th scope="col">任务</th><th scope="col">责任科室</th>'
        '<th scope="col">完成时限</th><th scope="col">佐证材料</th></tr></thead><tbody>'
        "<tr><td>已完成</td><td>审核数据</td><td>待补</td><td>待补</td><td>小结</td></tr>"
        "<tr><td>进行中<br><strong>已逾期</strong></td><td>核查</td><td>待补</td>"
        "<td>2026年2月1日</td><td>无</td></tr></tbody></table></div>\n~~~~"
    )


def test_of_many_tasks_the_pressing_ones_are_listed(tmp_path: Path) -> None:
    many: Changes = {
        path(f"{number:03}"): TASK.replace("审核数据", f"审核第{number}项").replace(
            "state:\nevidence: []",
            "state: 已完成\nevidence: [小结]" if number < 100 else "state: 进行中\nevidence: []",
        )
        for number in range(MAX_TASKS + 1)
    }
    many[path("120")] = str(many[path("120")]).replace("due:", "due: 2026-02-01")
    shown = measures(read(tmp_path, {**SITE, **many}), "measures/index.md").split("\n\n## ")[4]
    assert (
        "\n\n任务较多，只列 120 项，未完成的、期限近的在先；其余见上面的下载文件。\n\n~~~~ html-as-is\n<div"
        in shown
    )
    cells = re.findall("<td>审核第([0-9]+)项</td>", shown)
    assert list(map(int, cells)) == [120, *range(100, 120), *range(99)]


def test_tasks_can_be_listed_and_belong_to_no_year(tmp_path: Path) -> None:
    call = macros(read(tmp_path, {**SITE, path("a"): TASK}), "index.md")["table"]
    assert call("measures", measure="数据质量").startswith("共 1 条。")
    assert call("measures", year=2026) == "（下一步任务：尚无记录。）"


def test_a_retired_measure_keeps_its_tasks_without_a_section(tmp_path: Path) -> None:
    kinds = KINDS.replace("anchor: team}", "anchor: team, retired: 2025-12-31}")
    page = str(SITE[NEXT]).replace("## （一）队伍建设 { #team }", "## （一）别的 { #other }")
    changes: Changes = {
        **SITE,
        NEXT: page,
        "data/kinds.yml": kinds,
        "data/measures/a.yml": TASK.replace("数据质量", "队伍建设"),
    }
    assert problems(tmp_path, changes) == []
    text = unsized(macros(read(tmp_path, changes), "measures/index.md")["measures"]())
    assert (
        "## 队伍建设 { #team }\n\n共 1 项任务，已完成 0 项，进展待补 1 项。报告里已没有这项举措。"
        in text
    )
