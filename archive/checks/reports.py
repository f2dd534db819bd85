"""Rules for the reports: every page of a report belongs to one of them, and is there."""

from collections.abc import Iterator

from archive.checks.problems import Dated, repeated, still_to_come
from archive.facts.gather import REPORTS
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem

FOLDER = "report/"
"""The folder of docs/ that holds the pages of all reports."""


def pages_of_reports_are_there(site: Site) -> Iterator[Problem]:
    """Each page that a report names exists and is a part of no other; one of them has the next steps."""
    archive = site.archive
    named = [
        (id_, index, path)
        for id_, report in archive.reports.items()
        for index, path in enumerate(report.paths)
    ]
    free = sorted(
        path for path in archive.pages if path.startswith(FOLDER) and path not in site.report_parts
    )
    for id_, index, path in named:
        if path not in archive.pages:
            hint = suggestion(path, free) if free else ""
            message = f"pages（各页）所列须是 docs/ 下的页面，没有 {path}；请恢复这一页、改正路径，或者删去这一项{hint}"
            yield archive.problem(f"{REPORTS}/{id_}", message, "pages", index, "page")
    for (id_, index, path), (first, _, _) in repeated(named, lambda one: one[2]):
        message = f"一页须只属于一个报告，{path} 已列在 {archive.documents[f'{REPORTS}/{first}'].path}；请删去其中一项"
        yield archive.problem(f"{REPORTS}/{id_}", message, "pages", index, "page")
    for id_, report in archive.reports.items():
        if not archive.pages.keys() >= {*report.paths}:
            continue  # the page meant may be the one that was told of
        if report.next_steps and report.next_steps not in report.paths:
            known = "、".join(report.paths)
            message = f"next_steps（举措所在页）须是本报告的一页，没有 {report.next_steps}；请改为 {known} 之一，没有举措的写 next_steps:"
            yield archive.problem(f"{REPORTS}/{id_}", message, "next_steps")


def pages_belong_to_a_report(site: Site) -> Iterator[Problem]:
    """A page in the folder of the reports is a part of one, shows one whole, or lists them.

    So no part can be in the navigation and not in the full text.
    """
    archive = site.archive
    if REPORTS in archive.unread:
        return
    parts = site.report_parts
    if parts.keys() - archive.pages.keys():
        return  # a page that is named wrong, which has been told
    placed = {*parts, *site.whole_reports}
    described = [archive.documents[f"{REPORTS}/{id_}"].path for id_ in archive.reports]
    where = "、".join(described) or "data/reports/"
    for path, page in archive.pages.items():
        lists = any(call.name == "reports" for call in page.calls)
        if path.startswith(FOLDER) and path not in placed and page.known and not lists:
            message = (
                "docs/report/ 下的页面须属于一个报告，这一页不在任何报告的 pages（各页）里；"
                f"请在 {where} 的 pages 里加一行：  - page: {path}"
            )
            yield Problem(page.file, 1, message)


def reports_are_told_apart(site: Site) -> Iterator[Problem]:
    """No two reports of one kind are about the same period."""
    reports = (item for item in site.archive.reports.items() if item[1].period.end)
    for (id_, report), (first, _) in repeated(
        reports, lambda item: (item[1].kind, item[1].period.start, item[1].period.end)
    ):
        other = site.archive.documents[f"{REPORTS}/{first}"].path
        message = f"同一种类、同一期间须只有一个报告，{report.kind}（{report.period.start} 至 {report.period.end}）已见 {other}；请改正 kind 或者 period"
        yield site.archive.problem(f"{REPORTS}/{id_}", message, "period")


def reports_say_when_they_were_reported(site: Site) -> Iterator[Problem]:
    """A report has the day on which it was reported once it was, not before; that day has come."""
    for id_, report in site.archive.reports.items():
        file, drafted = f"{REPORTS}/{id_}", report.state == "起草"
        if drafted and report.reported:
            message = f"reported（报送日期）在起草时须空着，现为 {report.reported}；已经报送的，请把 state 改为：state: 已报送"
            yield site.archive.problem(file, message, "reported")
        elif not drafted and not report.reported:
            message = f"{report.state}的报告须有 reported（报送日期），现为空；请填上，如 reported: {site.archive.project.as_of}"
            yield site.archive.problem(file, message, "reported")
        for loc, fault in still_to_come(
            site.archive.project.as_of, Dated(("reported",), "报送日期", report.reported)
        ):
            yield site.archive.problem(file, fault, *loc)
