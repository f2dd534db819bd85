"""Rules for the reports: every page of a report belongs to one of them, and is there."""

from collections.abc import Iterator

from archive.checks.approvals import POST_RULE, POST_WAY_OUT
from archive.checks.pages import calls
from archive.checks.problems import Dated, out_of_order, repeated, still_to_come
from archive.checks.shown import shown_texts
from archive.facts.brought import page_digest
from archive.facts.gather import RELEASES, REPORT_PAGES, REPORTS
from archive.facts.macros import MACROS
from archive.facts.reported import DRAFTED, ITSELF, due_seals, seals
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.leaks.leak import masked
from archive.leaks.posts import person_in
from archive.schema.reports import Report


def pages_of_reports_are_there(site: Site) -> Iterator[Problem]:
    """Each page that a report names exists and is a part of no other; one of them has the next steps."""
    archive = site.archive
    named = [
        (id_, index, path)
        for id_, report in archive.reports.items()
        for index, path in enumerate(report.paths)
    ]
    free = sorted(
        path
        for path in archive.pages
        if path.startswith(REPORT_PAGES) and path not in site.report_parts
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
    for path, page in archive.written.items():
        lists = any(call.name in ("reports", "compared") for call in page.calls)
        if path.startswith(REPORT_PAGES) and path not in placed and page.known and not lists:
            message = (
                "docs/report/ 下的页面须属于一个报告，这一页不在任何报告的 pages（各页）里；"
                f"请在 {where} 的 pages 里加一行：  - page: {path}"
            )
            yield Problem(page.file, 1, message)


def reports_are_compared_in_twos(site: Site) -> Iterator[Problem]:
    """`compared` names two reports, or none."""
    for page, call in calls(site):
        if call.name == "compared" and (len(call.args) not in (0, 2) or len({*call.args}) == 1):
            shown = "、".join(map(str, call.args))
            message = f"宏 compared 须写两个报告的编号，旧的在前，或者都不写，现为 {shown}；请写作 {MACROS['compared'].written}"
            yield page.problem(call.start, message)


def reports_are_told_apart(site: Site) -> Iterator[Problem]:
    """No two reports of one kind are about the same period."""
    reports = (item for item in site.archive.reports.items() if item[1].period.end)
    for (id_, report), (first, _) in repeated(
        reports, lambda item: (item[1].kind, item[1].period.start, item[1].period.end)
    ):
        other = site.archive.documents[f"{REPORTS}/{first}"].path
        message = f"同一种类、同一期间须只有一个报告，{report.kind}（{report.period.start} 至 {report.period.end}）已见 {other}；请改正 kind 或者 period"
        yield site.archive.problem(f"{REPORTS}/{id_}", message, "period")


def reported_texts_stay_as_they_were(site: Site) -> Iterator[Problem]:
    """Once a report was reported, it and its pages change only by a correction that is recorded."""
    archive = site.archive
    for id_, report in archive.reports.items():
        file = f"{REPORTS}/{id_}"
        if report.state == DRAFTED:
            if report.sealed or report.corrections or report.release:
                message = "起草中的报告不得有 release、sealed、corrections；请删去，报送时运行 .venv/bin/archive freeze 写出"
                yield archive.problem(file, message, "sealed" if report.sealed else "state")
            continue
        if report.release and report.release not in archive.record_ids(RELEASES):
            hint = suggestion(report.release, archive.record_ids(RELEASES))
            message = f"release（所用报送）须是已有的报送，没有 {report.release}{hint}"
            yield archive.problem(file, message, "release")
        if not report.sealed or not report.reported:
            message = (
                f"{report.state}的报告须封存（sealed）、有报送日期（reported），现在没有；请把 state 改回 起草，"
                f"提交以后运行 .venv/bin/archive freeze 报送名称 --report {id_}"
            )
            yield archive.problem(file, message, "state")
            continue
        yield from _unlike_sealed(site, file, report)


def _unlike_sealed(site: Site, file: str, report: Report) -> Iterator[Problem]:
    due = due_seals(report)
    for name, digest in seals(site.archive, report).items():
        if due.get(name) == digest:
            continue
        what = "报告的名称、种类、期间、各页" if name == ITSELF else f"{name}"
        item = f"- {{date: {site.archive.project.as_of}, page: {name}, digest: {digest}, reason: , by: }}"
        message = (
            f"{report.state}的报告须与报送时一样，{what}现已不同；请从 Git 恢复，确须更正的，"
            f"在 {site.archive.documents[file].path} 的 corrections 下加一项 {item}，填上原因和核定岗位"
        )
        if name == ITSELF:
            yield site.archive.problem(file, message, "pages")
        else:
            yield Problem(site.archive.pages[name].file, 1, message)


def brought_texts_stay(site: Site) -> Iterator[Problem]:
    """A page of a report that was brought as a file says what that said, until it is declared edited."""
    for id_, report in site.archive.reports.items():
        file = f"{REPORTS}/{id_}"
        for path, digest in report.brought.items():
            page = site.archive.pages.get(path)
            if path not in report.paths:
                message = (
                    f"brought（带来的文字）里须是报告的页面（pages），现有 {path}；请删去这一行"
                )
                yield site.archive.problem(file, message, "brought", path)
            elif page and page.known and not page.faults and page_digest(page) != digest:
                message = (
                    "这一页的文字须与带来的报告一字不差，现不同；请从 Git 恢复，确要改写的，"
                    f"在 {site.archive.documents[file].path} 的 brought 下删去 {path} 一行"
                )
                yield Problem(page.file, 1, message)


def typed_words_are_needed(site: Site) -> Iterator[Problem]:
    """What a report declares to be no figure stands on one of its pages."""
    for id_, report in site.archive.reports.items():
        paths = [path for path in report.paths if path in site.archive.pages]
        if not report.typed or site.archive.unread & {*report.paths}:
            continue
        pages = (site.archive.pages[path] for path in paths)
        shown = "\n".join(text.text for page in pages for text in shown_texts(page))
        for index, words in enumerate(report.typed):
            if words not in shown:
                message = (
                    f"typed（照写的数）须在报告的页面里，现没有“{shorten(words)}”；请删去这一项"
                )
                yield site.archive.problem(f"{REPORTS}/{id_}", message, "typed", index)


def corrections_are_in_order(site: Site) -> Iterator[Problem]:
    """A correction is of a page of the report, made by a post, after the report and not in the future."""
    for id_, report in site.archive.reports.items():
        file, last = f"{REPORTS}/{id_}", report.reported
        for index, one in enumerate(report.corrections):
            if one.page not in (ITSELF, *report.paths):
                known = [*report.paths, ITSELF]
                message = (
                    f"更正的 page（页面）须是本报告的，没有 {one.page}{suggestion(one.page, known)}"
                )
                yield site.archive.problem(file, message, "corrections", index, "page")
            if not one.by:
                message = f"更正须写明核定岗位（by），现为空；{POST_WAY_OUT}"
                yield site.archive.problem(file, message, "corrections", index)
            elif person := person_in(one.by):
                message = f"更正的 by（核定岗位）{POST_RULE}，现有“{masked(person, 1, 0)}”；{POST_WAY_OUT}"
                yield site.archive.problem(file, message, "corrections", index, "by")
            steps = (
                Dated(("reported",), "报送日期（或上一次更正）", last),
                Dated(("date",), "更正日期", one.date),
            )
            for loc, fault in (
                *out_of_order(*steps),
                *still_to_come(site.archive.project.as_of, steps[1]),
            ):
                yield site.archive.problem(file, fault, "corrections", index, *loc)
            last = one.date


def reports_say_when_they_were_reported(site: Site) -> Iterator[Problem]:
    """A report has the day on which it was reported once it was, not before; that day has come."""
    for id_, report in site.archive.reports.items():
        file, drafted = f"{REPORTS}/{id_}", report.state == DRAFTED
        if drafted and report.reported:
            message = f"reported（报送日期）在起草时须空着，现为 {report.reported}；请清空，报送时运行 .venv/bin/archive freeze 报送名称 --report {id_}，由它写上"
            yield site.archive.problem(file, message, "reported")
        for loc, fault in still_to_come(
            site.archive.project.as_of, Dated(("reported",), "报送日期", report.reported)
        ):
            yield site.archive.problem(file, fault, *loc)
