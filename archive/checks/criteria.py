"""Rules for data/criteria.yml: codes, sections of the report, statements."""

import re
from collections.abc import Iterator

from archive.checks.counting import unit_again
from archive.checks.number_dress import typed_on
from archive.checks.numbers import in_place_of
from archive.checks.problems import item_problem, repeated
from archive.facts.criteria import length, split, stated
from archive.facts.gather import REPORTS
from archive.facts.macros import anchors_known
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.criteria import MAX_CHARACTERS, Criterion

_MACRO = re.compile(r"\{\{[^{}\w]*(?:fig\W*)?(?P<id>\w*)[^{}]*\}\}")


def items_are_told_apart(site: Site) -> Iterator[Problem]:
    """No two items have the same code."""
    items = site.archive.criteria.items()
    for (id_, criterion), (first, _) in repeated(items, lambda item: item[1].code):
        message = f"的 code（项目编号）须唯一，“{criterion.code}”已用于 {first}；请换一个编号"
        yield item_problem(site, id_, message, "code")


def items_name_a_section_of_the_report(site: Site) -> Iterator[Problem]:
    """The section of the report that an item names is a page of the report and a heading on it."""
    if REPORTS in site.archive.unread:
        return  # which pages are theirs is not known
    parts = site.report_parts
    for id_, criterion in site.archive.criteria.items():
        if criterion.report is None:
            continue
        path, _, anchor = criterion.report.partition("#")
        there = site.archive.pages.get(path)
        if (there and not anchors_known(site, there)) or (
            path.startswith("report/") and (there is None) != (path not in parts)
        ):
            continue  # a page that cannot be read, or that is not where its report says, has been told
        page = there if path in parts else None
        if page is None or anchor not in page.anchors:
            known = [f"{path}#{one}" for one in sorted(page.anchors)] if page else []
            hint = suggestion(criterion.report, known)
            rule = "须是报告的一个小节，写作 report/页面.md#标题编号"
            yield item_problem(
                site, id_, f"的 report（报告小节）{rule}，没有 {criterion.report}{hint}", "report"
            )


def statements_are_short(site: Site) -> Iterator[Problem]:
    """A statement has at most 500 characters, figures filled in, blanks not counted."""
    for id_, criterion in site.archive.criteria.items():
        found = length(stated(site.archive, criterion.statement or ""), site.values)
        if found > MAX_CHARACTERS:
            message = f"的 statement（说明报告）须不超过 {MAX_CHARACTERS} 字，现为 {found} 字；请删去 {found - MAX_CHARACTERS} 字"
            yield item_problem(site, id_, message, "statement")


def statements_take_numbers_from_the_register(site: Site) -> Iterator[Problem]:
    """In a statement a number is a figure's id in braces or part of a set phrase; no mask is typed."""
    for id_, criterion in site.archive.criteria.items():
        for fault in _statement_faults(site, criterion):
            yield item_problem(site, id_, f"的 statement（说明报告）{fault}", "statement")


def _statement_faults(site: Site, criterion: Criterion) -> Iterator[str]:
    archive = site.archive
    if macro := _MACRO.search(criterion.statement or ""):
        yield f"里的指标须写作 {{编号}}，不写宏，现有 {shorten(macro[0])}；请改为 {{{macro['id'] or '编号'}}}"
        return
    parts = split(criterion.statement or "")
    figures = archive.ids("figures")
    for id_, after in zip(parts[1::2], parts[2::2], strict=True):
        if figures and id_ not in figures:
            yield f"的花括号里须是指标编号，没有指标 {id_}{suggestion(id_, figures)}"
        elif id_ in site.archive.indicators and (
            typed := unit_again(after, site.archive.indicators[id_].unit)
        ):
            yield f"里的指标 {id_} 已带单位，其后不得再写“{typed}”；请删去“{typed}”"
    text = "　".join(parts[::2])
    if re.search("[{}｛｝]", text):
        yield "的花括号须成对，用英文的；请写作 {指标编号}"
    if not archive.documents["phrases"].problems:
        for number in typed_on(site, text, tuple(phrase.text for phrase in archive.phrases)):
            rule = "中的数须写作 {指标编号}，或者是固定用语（data/phrases.yml）"
            way_out = in_place_of(site, number.text, "{{{}}}")
            yield f"{rule}，现有手写的“{number.text}”；{way_out}"
