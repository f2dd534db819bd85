"""Honours level by level and year by year: a row each, with all that is recorded and what is not."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from archive.facts.gather import Record
from archive.facts.honours import written
from archive.facts.places import address, href
from archive.facts.site import Site
from archive.facts.tables import shown
from archive.render.honours import named, standing
from archive.render.mend import mark
from archive.render.records import item
from archive.render.text import UNKNOWN, day, plain
from archive.schema.examples import Example
from archive.schema.fields import fields
from archive.schema.honours import LEVELS as ALL_LEVELS
from archive.schema.honours import Honour, Review, Withdrawal

LEVELS = (*ALL_LEVELS, "级别待补")
NO_YEAR = "年度待补"

_FIELDS = ("recipient", "body", "date", "basis", "term", "term_end")
_MISSED = ("level", "body", "date", "basis", "certificate", "term", "term_end")
"""What a row tells where it is known, and what it says is missing; its heading tells the level."""


def level_of(record: Record[Honour]) -> str:
    """The level under which an honour stands."""
    return record.data.level or LEVELS[-1]


def year_of(record: Record[Honour]) -> str:
    """The year under which an honour stands."""
    return f"{record.data.date.year}年" if record.data.date else NO_YEAR


def anchor(level: str, year: str) -> str:
    """Where a level's year stands; no honour's id holds such a dot."""
    return f"{level}·{year.removesuffix('年')}"


def grouped(
    records: Iterable[Record[Honour]],
    key: Callable[[Record[Honour]], str],
    order: Iterable[str] = (),
) -> dict[str, list[Record[Honour]]]:
    """Group → its records; the groups as `order` has them, else as they come, none empty."""
    groups: dict[str, list[Record[Honour]]] = {group: [] for group in order}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return {group: found for group, found in groups.items() if found}


def levels(site: Site, records: list[Record[Honour]], listed: set[str], page: str) -> Iterator[str]:
    """Each level under its heading, the years of it as groups of rows; of the rest the number."""
    for level, found in grouped(records, level_of, LEVELS).items():
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
    told = f"{year}（{len(records)} 项{f'，其中 {rest} 项没有列出' if rest else ''}）"
    head = f'<tr><th scope="rowgroup" colspan="2" id="{id_}">{told}</th></tr>'
    return f"<tbody>{head}{''.join(rows)}</tbody>"


def _row(site: Site, record: Record[Honour], page: str) -> str:
    """One honour: its title and state, what is recorded under its labels, where to go from there."""
    names = site.archive.unit.names if site.archive.unit else {}
    title = plain(written(record.data, names))
    return (
        f'<tr id="{record.id}" data-search-section="{title}">'
        f'<th scope="row">{named(site, record.data)}'
        f'<br><strong class="state">{standing(site, record)}</strong>{mark(site, record, "荣誉")}'
        f'<a class="headerlink" href="#{record.id}">¶</a></th>'
        f"<td>{'<br>'.join(_told(site, record, page))}</td></tr>"
    )


def _told(site: Site, record: Record[Honour], page: str) -> Iterator[str]:
    """What is known of an honour, line by line; what is not, in one line."""
    honour: Honour = record.data
    known = [field for field in _FIELDS if getattr(honour, field)]
    yield "；".join(f"{Honour.label_of(field)}：{_cell(getattr(honour, field))}" for field in known)
    for review in honour.reviews:
        yield f"{Honour.label_of('reviews')}：{_event(review)}"
    if honour.withdrawn:
        yield f"{Honour.label_of('withdrawn')}：{_event(honour.withdrawn)}"
    if honour.note:
        yield f"{Honour.label_of('note')}：{plain(honour.note)}"
    told = shown(site, Honour)
    missing = [
        Honour.label_of(field) for field in _MISSED if field in told and _wanting(honour, field)
    ]
    if missing:
        yield f"{UNKNOWN}：{'、'.join(missing)}"
    yield from _ways_on(site, record, page)


def _wanting(honour: Honour, field: str) -> bool:
    """Whether a field is still to be filled in; a one-time honour has no end."""
    once = field == "term_end" and honour.term == "一次性"
    return getattr(honour, field) is None and not once


def _ways_on(site: Site, record: Record[Honour], page: str) -> Iterator[str]:
    """The scan of the certificate, the examples that tell of the honour, where it is named."""
    if record.data.certificate:
        scan = item(record.data.certificate, "../" * address(page).count("/"))
        yield f"{Honour.label_of('certificate')}：{scan}"
    told = [
        _link(page, one.path, one.meta.title)
        for one in site.archive.pages.values()
        if isinstance(one.meta, Example) and one.meta.honour == record.id
    ]
    if told:
        yield f"典型事例：{'、'.join(told)}"
    places = site.honoured.get(record.id, [])
    if places:
        where = (
            _link(page, one.page, one.label, one.anchor if one.heading else "") for one in places
        )
        yield f"所在位置：{'；'.join(where)}"


def _link(page: str, target: str, text: str, at: str = "") -> str:
    return f'<a href="{href(page, target, at)}">{plain(text)}</a>'


def _cell(value: object) -> str:
    return day(value) if isinstance(value, date) else plain(str(value or UNKNOWN))


def _event(event: Review | Withdrawal) -> str:
    """Everything recorded of a re-inspection or withdrawal, by label."""
    return "；".join(
        f"{event.label_of(field)}：{_cell(getattr(event, field))}"
        for field in fields(type(event))
        if not (field == "until" and getattr(event, "result", "") == "限期整改")
    )
