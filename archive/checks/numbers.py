"""The central rule: in the report, a number comes from the register or is part of a set phrase."""

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.checks.declared import declared_words, is_declared
from archive.checks.number_dress import typed_on
from archive.checks.problems import repeated
from archive.checks.shown import shown_texts
from archive.facts.figures import Value, format_decimal
from archive.facts.gather import Archive
from archive.facts.site import Site, once
from archive.files.pages import Page
from archive.files.yaml import Problem
from archive.leaks.visible import VisibleText

SOURCED = {"report/": "报告", "examples/": "典型事例"}
"""Folders of docs/ in which every number must have a source → what messages call their pages."""


def sourced_pages(archive: Archive) -> Iterator[tuple[str, Page]]:
    """Yield the pages in which every number must have a source, each after what messages call it."""
    for path, page in archive.written.items():
        for folder, label in SOURCED.items():
            if path.startswith(folder):
                yield label, page


@once
def _shown(site: Site) -> Mapping[str, Sequence[VisibleText]]:
    """The sourced pages, by their paths, as a reader sees them."""
    return {page.path: shown_texts(page) for _, page in sourced_pages(site.archive)}


def numbers_are_not_typed(site: Site) -> Iterator[Problem]:
    """A number in the report or an example comes from `fig(…)`, is part of a set phrase, or is declared none.

    What a report declares to be no figure (`typed`) holds on its own pages alone.
    """
    if site.archive.documents["phrases"].problems:
        return  # without the set phrases every number in them would be reported
    phrases = tuple(phrase.text for phrase in site.archive.phrases)
    for label, page in sourced_pages(site.archive):
        rule = f"{label}中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的"
        typed = declared_words(site, page)
        for shown in shown_texts(page):
            for found in typed_on(site, shown.text, phrases):
                if is_declared(shown.text, found.start, found.end, typed):
                    continue
                way_out = in_place_of(site, found.text, '{{{{ fig("{}") }}}}')
                message = f"{rule}“{found.text}”；{way_out}"
                yield page.problem(shown.written_at(found.start), message)
        for name in ("title", "description"):
            said = getattr(page.meta, name, None) or ""
            for found in typed_on(site, said, phrases):
                if is_declared(said, found.start, found.end, typed):
                    continue
                message = f"{rule}“{found.text}”；请删去这个数，{_NO_FIGURE}"
                yield page.front_problem(message, name)


_NO_FIGURE = "是名称的把整个名称列入 data/phrases.yml，是日期、届次的写作 2024年3月5日、第三届"
"""What to do about a number that is none of a figure."""


def in_place_of(site: Site, number: str, written: str) -> str:
    """What to type in place of a number typed by hand; `written` is how a figure is shown there, `{}` its id."""
    same = [
        f"{written.format(id_)}（{name}）" for id_, name in _figures_printed(site).get(number, ())
    ]
    figure = f"改为 {'或 '.join(same)}" if same else f"登记为指标，再写 {written.format('编号')}"
    return f"请{figure}，{_NO_FIGURE}"


@once
def _figures_printed(site: Site) -> Mapping[str, list[tuple[str, str]]]:
    """A number with its unit → the figures that are printed so, each with its name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for id_, value in site.values.items():
        for printed in dict.fromkeys(_printed(value)):
            found.setdefault(printed, []).append((id_, value.figure.name))
    return found


def _printed(value: Value) -> Iterator[str]:
    """A figure with its unit, as it is shown and as it would be once its records are complete."""
    yield f"{value.number}{value.unit}"
    if value.provisional_count is not None:
        yield f"{format_decimal(value.provisional_count, value.figure.decimals)}{value.unit}"


def phrases_are_needed(site: Site) -> Iterator[Problem]:
    """A set phrase must occur in the report, in an example or in the statement of an item."""
    archive = site.archive
    if archive.unread & {"phrases", "criteria"} or archive.unread_pages():
        return
    statements = (criterion.statement or "" for criterion in site.archive.criteria.values())
    shown = (text.text for texts in _shown(site).values() for text in texts)
    text = "\n".join([*shown, *statements])
    where = f"{'、'.join(SOURCED.values())}或考评项目的说明报告"
    for index, phrase in enumerate(site.archive.phrases):
        if phrase.text not in text:
            yield site.archive.problem(
                "phrases",
                f"固定用语须在{where}中出现，“{phrase.text}”没有出现，请删去这一条",
                index,
            )


def phrases_are_no_numbers(site: Site) -> Iterator[Problem]:
    """A set phrase is more than a number with its unit, for it would let every such number pass."""
    for index, phrase in enumerate(site.archive.phrases):
        for found in typed_on(site, phrase.text):
            rest = phrase.text[: found.start] + phrase.text[found.end :]
            if len(_LETTERS.findall(rest)) < 2 or phrase.text.endswith(found.text):
                rule = "固定用语须是带有数字的名称，不得是数本身，也不得以数结尾"
                message = f"{rule}，现为“{phrase.text}”；本单位的数请登记为指标，用 fig 显示"
                yield site.archive.problem("phrases", message, index, "text")
                break


_LETTERS = re.compile(r"[^\W\d_]")


def phrases_stand_once(site: Site) -> Iterator[Problem]:
    """No set phrase is listed twice."""
    listed = enumerate(site.archive.phrases)
    for (index, phrase), _ in repeated(listed, lambda item: item[1].text):
        message = f"固定用语须只列一次，“{phrase.text}”已经列过；请删去这一条"
        yield site.archive.problem("phrases", message, index, "text")
