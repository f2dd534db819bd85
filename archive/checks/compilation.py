"""Rules for the front matter of regulations: titles, numbers, dates, replacements."""

from collections.abc import Iterator
from datetime import date

from archive.checks.problems import Dated, Fault, out_of_order, repeated, still_to_come
from archive.facts.regulations import FOLDER, RegulationEntry
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.regulations import Adoption, Amendment, Regulation

_PLACEHOLDERS = ("待补", "无文号")


def titles_and_numbers_are_distinct(site: Site) -> Iterator[Problem]:
    """A regulation's title is its only heading of level 1; titles and document numbers are unique."""
    labels = (
        (entry.page, field, value)
        for entry in site.regulations.values()
        for field, value in (("title", entry.data.title), ("number", entry.data.number))
        if value not in _PLACEHOLDERS
    )
    for (page, field, value), (first, *_) in repeated(labels, lambda label: label[2]):
        yield page.front_problem(
            f"制度的名称和文号须唯一，“{value}”已用于 {first.file}；请改正其中一个", field
        )
    for entry in site.regulations.values():
        data = entry.data
        titles = [heading for heading in entry.page.headings if heading.level == 1]
        if [heading.text for heading in titles] != [data.title]:
            start = titles[0].start if titles else 0
            found = "、".join(heading.text for heading in titles) or "没有"
            message = f"一级标题须只有一个，与 title 一致（{data.title}），现为{found}；请改为：# {data.title}"
            yield entry.page.problem(start, message)


def drafts_are_not_dated(site: Site) -> Iterator[Problem]:
    """A draft has no number, no dates and no history; any other regulation has an effective day."""
    for entry in site.regulations.values():
        if not entry.data.draft:
            if entry.data.effective is None:
                message = "正式文本须写明 effective（施行日期），否则说不出是否有效，现为空；例如：effective: 2024-03-05"
                yield entry.page.front_problem(message, "effective")
            continue
        for loc, label, filled in _settled(entry.data):
            if filled:
                message = f"示范文本（draft: true）须尚无{label}；请删去，已审定的改为 draft: false"
                yield entry.page.front_problem(message, *loc)


def _settled(data: Regulation) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Yield the fields that only an adopted regulation may fill in: place, label, whether it is filled."""
    yield ("number",), "文号", data.number not in _PLACEHOLDERS
    yield ("adopted", "by"), Adoption.label_of("by"), data.adopted.by is not None
    yield ("adopted", "date"), Adoption.label_of("date"), data.adopted.date is not None
    for field in ("issued", "effective", "expires", "repealed", "review_due"):
        yield (field,), Regulation.label_of(field), getattr(data, field) is not None
    yield ("amendments",), Regulation.label_of("amendments"), bool(data.amendments)


def dates_follow_each_other(site: Site) -> Iterator[Problem]:
    """The dates of a regulation are in order; adoption and issue are not after today.

    The order is: adopted, issued, effective, then expired, repealed or due for review; amendments come
    after the issue, each not before the one ahead of it.
    """
    for entry in site.regulations.values():
        for loc, message in _misdated(entry.data, site.archive.project.as_of):
            yield entry.page.front_problem(message, *loc)


def _misdated(data: Regulation, today: date) -> Iterator[Fault]:
    adopted = Dated(("adopted", "date"), Adoption.label_of("date"), data.adopted.date)
    issued, effective = _dated(data, "issued"), _dated(data, "effective")
    yield from still_to_come(today, adopted, issued)
    yield from out_of_order(adopted, issued, effective)
    for field in ("expires", "repealed", "review_due"):
        yield from out_of_order(effective, _dated(data, field))
    label = Amendment.label_of("date")
    amended = (
        Dated(("amendments", index, "date"), label, amendment.date)
        for index, amendment in enumerate(data.amendments)
    )
    yield from out_of_order(issued, *amended)


def _dated(data: Regulation, field: str) -> Dated:
    return Dated((field,), Regulation.label_of(field), getattr(data, field))


def replacements_agree(site: Site) -> Iterator[Problem]:
    """`replaces` of one regulation and `replaced_by` of the other agree; a replaced one has no `repealed`.

    `replaced_by` need not be written: it is then that of the one regulation whose `replaces` names it.
    """
    known = site.regulations
    for entry in known.values():
        data = entry.data
        for index, id_ in enumerate(data.replaces):
            other = known.get(id_)
            agrees = other is not None and other.data.replaced_by in (None, entry.id)
            message = f"replaced_by: {entry.id}"
            yield from _replacement(entry, site, id_, agrees, message, "replaces", index)
        if data.replaced_by:
            other = known.get(data.replaced_by)
            agrees = other is not None and entry.id in other.data.replaces
            message = f"replaces: [{entry.id}]"
            yield from _replacement(entry, site, data.replaced_by, agrees, message, "replaced_by")
            if data.repealed:
                message = "repealed（废止日期）须空着：有代替的制度，就从它施行之日起废止；请改为：repealed:"
                yield entry.page.front_problem(message, "repealed")


def _replacement(
    entry: RegulationEntry,
    site: Site,
    id_: str,
    agrees: bool,
    message: str,
    *loc: str | int,
) -> Iterator[Problem]:
    known, unread = site.regulations, site.archive.unread
    if id_ == entry.id:
        yield entry.page.front_problem(
            f"制度须由别的制度代替，现为自身 {id_}；请改为别的制度的编号，没有的删去", *loc
        )
    elif f"{FOLDER}{id_}.md" in unread:
        return
    elif id_ not in known:
        yield entry.page.front_problem(f"没有制度 {id_}{suggestion(id_, known)}", *loc)
    elif not agrees:
        yield entry.page.front_problem(
            f"代替关系须两边一致：{known[id_].page.file} 与此不合；请在它的前置信息里写 {message}",
            *loc,
        )
