"""Rules for the next steps and their tasks."""

from collections.abc import Iterator

from archive.checks.problems import repeated
from archive.facts.gather import REPORTS
from archive.facts.places import next_steps
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.kinds import anchors, in_role
from archive.schema.measures import Task


def tasks_are_recorded_once(site: Site) -> Iterator[Problem]:
    """A task is recorded once under its measure."""
    tasks = site.archive.of(Task)
    for again, first in repeated(tasks, lambda task: (task.data.measure, task.data.title)):
        message = (
            f"同一任务须只记一次，“{again.data.title}”已见 {first.path}；请删去一个，或者改名称"
        )
        yield site.archive.record_problem(again, message, "title")


def tasks_done_have_evidence(site: Site) -> Iterator[Problem]:
    """A task that is done has evidence."""
    done = in_role(site.archive.kinds, "task_states", "done")
    for record in site.archive.of(Task):
        if done and record.data.state == done and not record.data.evidence:
            message = f"{done}的任务须有 evidence（佐证材料），现为空；例如：evidence: [会议纪要]"
            yield site.archive.record_problem(record, message, "evidence")


def tasks_belong_to_a_report(site: Site) -> Iterator[Problem]:
    """The report that a task names as the one that set it exists."""
    if REPORTS in site.archive.unread:
        return
    for record in site.archive.of(Task):
        id_ = record.data.report
        if id_ is not None and id_ not in site.archive.reports:
            hint = suggestion(id_, site.archive.reports)
            message = f"report（所属报告）须是已有的报告，没有 {id_}{hint}"
            yield site.archive.record_problem(record, message, "report")


def measures_are_those_of_the_report(site: Site) -> Iterator[Problem]:
    """If a page shows the measures, the page of the next steps has a sub-section for each in force."""
    path = next_steps(site.archive)
    report = site.archive.pages.get(path)
    astray = any(
        one.next_steps and one.next_steps not in one.paths for one in site.archive.reports.values()
    )
    if astray or REPORTS in site.archive.unread or (report and not report.known):
        return  # what that rests on has been told
    measures = anchors(site.archive.kinds, "measures")
    known = report.anchors if report else set()
    retired = {
        one.label for one in site.archive.kinds.get("measures", ()) if getattr(one, "retired", None)
    }
    absent = {
        name: anchor
        for name, anchor in measures.items()
        if anchor not in known and name not in retired
    }
    missing = [f"#{anchor}（{name}）" for name, anchor in absent.items()]
    where = path or "next_steps"
    for page in site.archive.written.values():
        for call in page.calls:
            if call.name == "measures" and not call.args and missing:
                name, anchor = next(iter(absent.items()))
                message = f"各项举措须是 {where} 的小节，没有 {'、'.join(missing)}；请在那一页加上，如 ## {name} {{ #{anchor} }}，不再用的举措，在 data/kinds.yml 里写停用日期（retired）"
                yield page.problem(call.start, message)
