"""The next steps: each measure with its tasks, their progress, and which are overdue."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from archive.facts.gather import Archive, Record
from archive.facts.places import next_steps, with_next_steps
from archive.facts.site import Site
from archive.facts.standing import is_done, is_overdue
from archive.files.addresses import address
from archive.render.edit_links import edit_mark, editors_note
from archive.render.records import item
from archive.render.text import UNKNOWN, day, plain_text, wide_table
from archive.schema.kinds import Kinds, anchors, in_role, labels
from archive.schema.measures import Task

_COLUMNS = ("state", "title", "office", "due", "evidence")

MAX_TASKS = 120
"""Most rows in a measure's table; keeps the page under 300 KB."""


def measures(site: Site, page: str) -> str:
    """Markdown of the page: progress of all measures, then each measure's tasks under a heading."""
    kinds = site.archive.kinds
    order = anchors(kinds, "measures")
    tasks: dict[str, list[Record[Task]]] = {measure: [] for measure in order}
    for record in tasks_of(site.archive, with_next_steps(site.archive)):
        tasks[record.data.measure].append(record)
    as_of = site.archive.project.as_of
    steps = next_steps(site.archive)
    there = {heading.id: heading.text for heading in site.archive.pages[steps].headings}
    headings = {anchor: measure for measure, anchor in order.items()} | there
    parts = [
        f"截至{day(as_of)}，各项举措的任务进展（项）：",
        _overview(tasks, headings, kinds, as_of),
    ]
    for measure, found in tasks.items():
        anchor = order[measure]
        parts += [
            f"## {headings[anchor]} {{ #{anchor} }}",
            f"{progress(found, kinds, as_of)}。"
            + (
                f"见报告：[{headings[anchor]}]({'../' * page.count('/')}{steps}#{anchor})"
                if anchor in there
                else "报告里已没有这项举措。"
            ),
            _table(site, measure, found, page),
        ]
    return "\n\n".join(parts)


def tasks_of(archive: Archive, report: str) -> list[Record[Task]]:
    """The tasks that a report set; those that name none are of the newest report with next steps."""
    newest = with_next_steps(archive)
    return [one for one in archive.of(Task) if (one.data.report or newest) == report]


def became(site: Site, report: str, page: str) -> str:
    """What became of the tasks that a report set, for the report that follows it: a table of all of them."""
    kinds, found = site.archive.kinds, tasks_of(site.archive, report)
    title = plain_text(site.archive.reports[report].title)
    said = f"《{title}》定下的举措：{progress(found, kinds, site.archive.project.as_of)}。"
    return f"{said}\n\n{_table(site, f'《{title}》', found, page)}" if found else said


def _overview(
    tasks: dict[str, list[Record[Task]]], headings: dict[str, str], kinds: Kinds, as_of: date
) -> str:
    """A table with a row for each measure and one for all: tasks, tasks by state, tasks overdue."""
    whole = [record for found in tasks.values() for record in found]
    states = [
        one for one in _states(kinds) if one or any(record.data.state is None for record in whole)
    ]

    def row(head: str, found: Sequence[Record[Task]]) -> tuple[str, ...]:
        counts: Counter[str | None] = Counter(record.data.state for record in found)
        late = sum(is_overdue(record.data, kinds, as_of) for record in found)
        late_cell = f"<strong>{late}</strong>" if late else "0"
        return (head, str(len(found)), *(str(counts[state]) for state in states), late_cell)

    rows = [
        row(f'<a href="#{anchor}">{plain_text(headings[anchor])}</a>', tasks[measure])
        for measure, anchor in anchors(kinds, "measures").items()
    ]
    rows.append(row("合计", whole))
    heads = ("举措", "任务", *(state or f"进展{UNKNOWN}" for state in states), "其中逾期")
    return wide_table(heads, rows, {*range(1, len(heads))}, "任务进展")


def progress(tasks: Sequence[Record[Task]], kinds: Kinds, as_of: date) -> str:
    """A sentence on the tasks: how many there are, how many in each state, how many are overdue."""
    counts: Counter[str | None] = Counter(record.data.state for record in tasks)
    if not counts:
        return "尚未分解任务"
    done = in_role(kinds, "task_states", "done")
    parts = [f"共 {counts.total()} 项任务，{done} {counts[done]} 项"]
    parts += [
        f"{state or f'进展{UNKNOWN}'} {counts[state]} 项"
        for state in _states(kinds)
        if counts[state] and state != done
    ]
    late = sum(is_overdue(record.data, kinds, as_of) for record in tasks)
    return "，".join(parts) + (f"；其中已逾期 {late} 项" if late else "")


def _states(kinds: Kinds) -> tuple[str | None, ...]:
    """The states of a task, the furthest first; last, that it is not known."""
    return (*labels(kinds, "task_states")[::-1], None)


def _table(site: Site, measure: str, tasks: list[Record[Task]], page: str) -> str:
    if not tasks:
        return f"尚无任务。\n\n{editors_note('添加办法见 `data/measures/README.md`。')}"
    up, kinds = "../" * address(page).count("/"), site.archive.kinds
    rows = [
        (
            _state(record.data, kinds, site.archive.project.as_of),
            plain_text(record.data.title) + edit_mark(site, record, "任务"),
            plain_text(record.data.office or UNKNOWN),
            day(record.data.due),
            "、".join(item(site, one, up) for one in record.data.evidence) or "无",
        )
        for record in _pressing(tasks, kinds)
    ]
    heads = [Task.label_of(column) for column in _COLUMNS]
    table = wide_table(heads, rows, set(), f"{measure}的任务")
    if len(rows) == len(tasks):
        return table
    note = f"任务较多，只列 {len(rows)} 项，未完成的、期限近的在先；其余见上面的下载文件。"
    return f"{note}\n\n{table}"


def _pressing(tasks: list[Record[Task]], kinds: Kinds) -> list[Record[Task]]:
    """All tasks in their order; if there are too many, the unfinished and earliest due ones."""
    if len(tasks) <= MAX_TASKS:
        return tasks
    return sorted(
        tasks, key=lambda one: (is_done(one.data, kinds), one.data.due or date.max, one.id)
    )[:MAX_TASKS]


def _state(task: Task, kinds: Kinds, as_of: date) -> str:
    late = "<br><strong>已逾期</strong>" if is_overdue(task, kinds, as_of) else ""
    return f"{task.state or UNKNOWN}{late}"
