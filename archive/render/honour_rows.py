"""Honours by level and year: a row for each, with its recorded facts and the fields still missing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from archive.facts.gather import Record
from archive.facts.honours import NO_LEVEL, anchor, honour_title, level_of, year_of
from archive.facts.site import Site
from archive.facts.tables import shown_columns
from archive.files.addresses import address, href
from archive.render.edit_links import edit_mark, form_link
from archive.render.honours import honour_state_text, named
from archive.render.records import item
from archive.render.text import UNKNOWN, day, plain_text
from archive.schema.collections import RECORD
from archive.schema.examples import Example
from archive.schema.fields import fields
from archive.schema.honours import Honour, Review, Withdrawal
from archive.schema.kinds import labels

_FIELDS = ("recipient", "body", "date", "basis", "term", "term_end")
_MISSED = ("level", "body", "date", "basis", "certificate", "term", "term_end")
"""Fields that a row shows if known, and fields it lists if missing; its heading gives the level."""


def level_order(site: Site) -> tuple[str, ...]:
    """The levels in their order, the highest first; last, that of honours without one."""
    return (*labels(site.archive.kinds, "honour_levels"), NO_LEVEL)


def grouped(
    records: Iterable[Record[Honour]],
    key: Callable[[Record[Honour]], str],
    order: Iterable[str] = (),
) -> dict[str, list[Record[Honour]]]:
    """Group → its records, without empty groups: those of `order` first, then in order of appearance."""
    groups: dict[str, list[Record[Honour]]] = {group: [] for group in order}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return {group: found for group, found in groups.items() if found}


def levels(site: Site, records: list[Record[Honour]], listed: set[str], page: str) -> Iterator[str]:
    """A heading and an HTML table for each level with listed honours, rows grouped by year.

    Of the honours that are not in `listed` only the number is given, at the year.
    """
    for level, found in grouped(records, level_of, level_order(site)).items():
        years = "".join(
            _year(site, anchor(level, year), year, group, listed, page)
            for year, group in grouped(found, year_of).items()
        )
        if years:
            yield f"## {level} {{ #{level} }}"
            yield (
                '<table class="honours"><thead><tr><th scope="col">荣誉</th>'
                f'<th scope="col">记录</th></tr></thead>{years}</table>'
            )


def _year(
    site: Site, id_: str, year: str, records: list[Record[Honour]], listed: set[str], page: str
) -> str:
    rows = [_row(site, record, page) for record in records if record.id in listed]
    if not rows:
        return ""
    rest = len(records) - len(rows)
    label = f"{year}（{len(records)} 项{f'，其中 {rest} 项没有列出' if rest else ''}）"
    head = f'<tr><th scope="rowgroup" colspan="2" id="{id_}">{label}</th></tr>'
    return f"<tbody>{head}{''.join(rows)}</tbody>"


def _row(site: Site, record: Record[Honour], page: str) -> str:
    """The table row of an honour: title, state and edit link, then its facts and links."""
    names = site.archive.unit.names if site.archive.unit else {}
    title = plain_text(honour_title(record.data, names))
    return (
        f'<tr id="{record.id}" data-search-section="{title}">'
        f'<th scope="row">{named(site, record.data)}'
        f'<br><strong class="state">{honour_state_text(site, record)}</strong>{edit_mark(site, record, "荣誉")}{_examined(site, record)}'
        f'<a class="headerlink" href="#{record.id}">¶</a></th>'
        f"<td>{'<br>'.join(_lines(site, record, page))}</td></tr>"
    )


def _examined(site: Site, record: Record[Honour]) -> str:
    """A link to the form that records that an honour was examined again; empty where none is."""
    if record.data.term == "一次性" or record.data.withdrawn:
        return ""
    return form_link(site, "honour_reviews", "复查", {RECORD: record.id}, {}, in_cell=True)


def _lines(site: Site, record: Record[Honour], page: str) -> Iterator[str]:
    """The known facts of an honour, then the missing fields in one line, then links."""
    honour: Honour = record.data
    known = [field for field in _FIELDS if getattr(honour, field)]
    yield "；".join(f"{Honour.label_of(field)}：{_cell(getattr(honour, field))}" for field in known)
    for review in honour.reviews:
        yield f"{Honour.label_of('reviews')}：{_event(review)}"
    if honour.withdrawn:
        yield f"{Honour.label_of('withdrawn')}：{_event(honour.withdrawn)}"
    if honour.note:
        yield f"{Honour.label_of('note')}：{plain_text(honour.note)}"
    public = shown_columns(site, Honour)
    missing = [
        Honour.label_of(field) for field in _MISSED if field in public and _wanting(honour, field)
    ]
    if missing:
        yield f"{UNKNOWN}：{'、'.join(missing)}"
    yield from _ways_on(site, record, page)


def _wanting(honour: Honour, field: str) -> bool:
    """Whether a field is still to be filled in; a one-time honour needs no end of its term."""
    once = field == "term_end" and honour.term == "一次性"
    return getattr(honour, field) is None and not once


def _ways_on(site: Site, record: Record[Honour], page: str) -> Iterator[str]:
    """Lines of links: the scan of the certificate, the examples of the honour, where it is named."""
    if record.data.certificate:
        scan = item(site, record.data.certificate, "../" * address(page).count("/"))
        yield f"{Honour.label_of('certificate')}：{scan}"
    links = [
        _link(page, one.path, one.meta.title)
        for one in site.archive.pages.values()
        if isinstance(one.meta, Example) and one.meta.honour == record.id
    ]
    if links:
        yield f"典型事例：{'、'.join(links)}"
    places = site.honoured.get(record.id, [])
    if places:
        where = (
            _link(page, one.page, one.label, one.anchor if one.heading else "") for one in places
        )
        yield f"所在位置：{'；'.join(where)}"


def _link(page: str, target: str, text: str, at: str = "") -> str:
    return f'<a href="{href(page, target, at)}">{plain_text(text)}</a>'


def _cell(value: object) -> str:
    return day(value) if isinstance(value, date) else plain_text(str(value or UNKNOWN))


def _event(event: Review | Withdrawal) -> str:
    """The fields of a re-examination or withdrawal as text, by label."""
    return "；".join(
        f"{event.label_of(field)}：{_cell(getattr(event, field))}"
        for field in fields(type(event))
        if not (field == "until" and getattr(event, "result", "") == "限期整改")
    )
