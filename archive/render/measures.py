"""The next steps: each measure with its tasks, their progress, and which are overdue."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from archive.facts.gather import Record
from archive.facts.places import next_steps
from archive.facts.site import Site
from archive.files.addresses import address
from archive.render.edit_links import edit_mark
from archive.render.records import item
from archive.render.text import UNKNOWN, day, plain_text, wide_table
from archive.schema.fields import fields
from archive.schema.measures import MEASURES, Task

_STATES = (*fields(Task)["state"].value.choices[::-1], None)
_COLUMNS = ("state", "title", "office", "due", "evidence")

MAX_TASKS = 120
"""Most rows in a measure's table; keeps the page under 300 KB."""


def measures(site: Site, page: str) -> str:
    """Markdown of the page: progress of all measures, then each measure's tasks under a heading."""
    tasks: dict[str, list[Record[Task]]] = {measure: [] for measure in MEASURES}
    for record in site.archive.of(Task):
        tasks[record.data.measure].append(record)
    as_of = site.archive.project.as_of
    steps = next_steps(site.archive)
    headings = {heading.id: heading.text for heading in site.archive.pages[steps].headings}
    parts = [f"截至{day(as_of)}，各项举措的任务进展（项）：", _overview(tasks, headings, as_of)]
    for measure, found in tasks.items():
        anchor = MEASURES[measure]
        parts += [
            f"## {headings[anchor]} {{ #{anchor} }}",
            f"{progress(found, as_of)}。"
            f"见报告：[{headings[anchor]}]({'../' * page.count('/')}{steps}#{anchor})",
            _table(site, measure, found, page),
        ]
    return "\n\n".join(parts)


def _overview(tasks: dict[str, list[Record[Task]]], headings: dict[str, str], as_of: date) -> str:
    """A table with a row for each measure and one for all: tasks, tasks by state, tasks overdue."""
    whole = [record for found in tasks.values() for record in found]
    states = [one for one in _STATES if one or any(record.data.state is None for record in whole)]

    def row(head: str, found: Sequence[Record[Task]]) -> tuple[str, ...]:
        counts: Counter[str | None] = Counter(record.data.state for record in found)
        late = sum(overdue(record.data, as_of) for record in found)
        late_cell = f"<strong>{late}</strong>" if late else "0"
        return (head, str(len(found)), *(str(counts[state]) for state in states), late_cell)

    rows = [
        row(f'<a href="#{anchor}">{plain_text(headings[anchor])}</a>', tasks[measure])
        for measure, anchor in MEASURES.items()
    ]
    rows.append(row("合计", whole))
    heads = ("举措", "任务", *(state or f"进展{UNKNOWN}" for state in states), "其中逾期")
    return wide_table(heads, rows, {*range(1, len(heads))}, "任务进展")


def progress(tasks: Sequence[Record[Task]], as_of: date) -> str:
    """A sentence on the tasks: how many there are, how many in each state, how many are overdue."""
    counts: Counter[str | None] = Counter(record.data.state for record in tasks)
    if not counts:
        return "尚未分解任务"
    parts = [f"共 {counts.total()} 项任务，已完成 {counts['已完成']} 项"]
    parts += [
        f"{state or f'进展{UNKNOWN}'} {counts[state]} 项" for state in _STATES[1:] if counts[state]
    ]
    late = sum(overdue(record.data, as_of) for record in tasks)
    return "，".join(parts) + (f"；其中已逾期 {late} 项" if late else "")


def overdue(task: Task, as_of: date) -> bool:
    """Whether the due date of an unfinished task is before `as_of`."""
    return task.state != "已完成" and task.due is not None and task.due < as_of


def _table(site: Site, measure: str, tasks: list[Record[Task]], page: str) -> str:
    if not tasks:
        return "尚无任务。添加办法见 `data/measures/README.md`。"
    up = "../" * address(page).count("/")
    rows = [
        (
            _state(record.data, site.archive.project.as_of),
            plain_text(record.data.title) + edit_mark(site, record, "任务"),
            plain_text(record.data.office or UNKNOWN),
            day(record.data.due),
            "、".join(item(one, up) for one in record.data.evidence) or "无",
        )
        for record in _pressing(tasks)
    ]
    heads = [Task.label_of(column) for column in _COLUMNS]
    table = wide_table(heads, rows, set(), f"{measure}的任务")
    if len(rows) == len(tasks):
        return table
    note = f"任务较多，只列 {len(rows)} 项，未完成的、期限近的在先；其余见上面的下载文件。"
    return f"{note}\n\n{table}"


def _pressing(tasks: list[Record[Task]]) -> list[Record[Task]]:
    """All tasks in their order; if there are too many, the unfinished and earliest due ones."""
    if len(tasks) <= MAX_TASKS:
        return tasks
    return sorted(
        tasks, key=lambda one: (one.data.state == "已完成", one.data.due or date.max, one.id)
    )[:MAX_TASKS]


def _state(task: Task, as_of: date) -> str:
    late = "<br><strong>已逾期</strong>" if overdue(task, as_of) else ""
    return f"{task.state or UNKNOWN}{late}"
