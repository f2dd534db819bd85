"""Rules for data/criteria.yml: what is asked for and what is said of it."""

from collections.abc import Iterator

from archive.checks.numerals import find_numbers
from archive.facts.criteria import length, split
from archive.facts.places import REPORT
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Loc, Problem
from archive.schema.criteria import MOST_CHARACTERS, Criterion


def problem(site: Site, id_: str, loc: Loc, message: str) -> Problem:
    """A problem with an item, at a place within it."""
    title = site.archive.criteria[id_].title
    return site.archive.problem("criteria", (id_, *loc), f"{id_}（{title}）{message}")


def items_are_told_apart(site: Site) -> Iterator[Problem]:
    """No two items have the same code."""
    seen: dict[str, str] = {}
    for id_, criterion in site.archive.criteria.items():
        if criterion.code in seen:
            message = f"的 code（项目编号）须唯一，“{criterion.code}”已用于 {seen[criterion.code]}"
            yield problem(site, id_, ("code",), message)
        seen.setdefault(criterion.code, id_)


def items_name_a_section_of_the_report(site: Site) -> Iterator[Problem]:
    """An item that goes back to the report names a page of it and a heading on that page."""
    for id_, criterion in site.archive.criteria.items():
        if criterion.report is None:
            continue
        path, _, anchor = criterion.report.partition("#")
        page = site.archive.pages.get(path)
        if path not in REPORT or page is None or anchor not in page.anchors:
            rule = f"须是报告的一个小节，写作 {REPORT[1]}#标题编号"
            yield problem(
                site, id_, ("report",), f"的 report（报告小节）{rule}，没有 {criterion.report}"
            )


def statements_are_short(site: Site) -> Iterator[Problem]:
    """A 说明报告 has at most 500 characters, figures filled in, blanks not counted."""
    for id_, criterion in site.archive.criteria.items():
        found = length(criterion.statement or "", site.values)
        if found > MOST_CHARACTERS:
            message = f"的 statement（说明报告）须不超过 {MOST_CHARACTERS} 字，现为 {found} 字"
            yield problem(site, id_, ("statement",), message)


def statements_take_numbers_from_the_register(site: Site) -> Iterator[Problem]:
    """In a 说明报告 a number is a figure's id in braces or stands in a set phrase; no mask is typed."""
    for id_, criterion in site.archive.criteria.items():
        for fault in _statement_faults(site, criterion):
            yield problem(site, id_, ("statement",), f"的 statement（说明报告）{fault}")


def _statement_faults(site: Site, criterion: Criterion) -> Iterator[str]:
    archive = site.archive
    parts = split(criterion.statement or "")
    figures = archive.ids("figures")
    for id_, after in zip(parts[1::2], parts[2::2], strict=True):
        if figures and id_ not in figures:
            yield f"的花括号里须是指标编号，没有指标 {id_}{suggestion(id_, figures)}"
        elif id_ in site.values and after.startswith(site.values[id_].figure.unit):
            yield f"里的指标 {id_} 已带单位，其后不得再写“{site.values[id_].figure.unit}”"
    text = "　".join(parts[::2])
    if "*" in text or "{" in text or "}" in text:
        yield "不得手写星号，花括号须成对：不公开的数写作 {指标编号}"
    if not archive.documents["phrases"].problems:
        for number in find_numbers(text, [phrase.text for phrase in archive.phrases]):
            rule = "中的数须写作 {指标编号}，或者是固定用语（data/phrases.yml）"
            yield f"{rule}，现有手写的“{number.text}”"
