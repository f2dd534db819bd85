"""The front page: how the archive stands today; and what is missing, by the office that owes it."""

from collections.abc import Iterator

from archive.facts.criteria import CRITERIA
from archive.facts.honours import level_of
from archive.facts.observations import anchor_of, indicator_page
from archive.facts.places import HONOURS
from archive.facts.site import Site
from archive.facts.standing import (
    TASKS,
    Headline,
    Owed,
    changed_since,
    headlines,
    honours_due,
    honours_in_force,
    lacks,
    owed,
    reviews_due,
    tasks_overdue,
)
from archive.files.addresses import href
from archive.render.figures import large
from archive.render.honours import honour_state_text, named, row_of, term
from archive.render.releases import PAGE as RELEASES
from archive.render.text import UNKNOWN, day, fenced, masked, plain_text, wide_table
from archive.schema.periods import spoken

MOST = 6
"""Most lines of a list; a link leads to the others."""
MOST_OWED = 300
"""Most rows of what one office owes."""


def standing(site: Site, page: str) -> str:
    """HTML of how the archive stands: its figures, honours, evidence and what is due, linked to each."""
    unit = site.archive.unit
    span = unit.record_period if unit else None
    known = span and (span.start or span.end)
    period = f"{day(span.start)}至{day(span.end)}" if span and known else UNKNOWN
    said = f"建档期间：{period}。数据截至{day(site.archive.project.as_of)}。"
    parts = [
        f'<p class="front-head">{plain_text(said)}</p>',
        _section("主要的数", _figures(site, page)),
        _section("现行的荣誉", _honours(site, page)),
        _section("考评材料", _evidence(site, page)),
        _section("待办和改动", _due(site, page)),
    ]
    return fenced(f'<div class="front">{"".join(parts)}</div>')


def _section(title: str, content: str) -> str:
    """A part of the front page; one without content is left out."""
    return f"<section><h2>{title}</h2>{content}</section>" if content else ""


def _list(lines: list[str], kind: str = "") -> str:
    named_ = f' class="{kind}"' if kind else ""
    return f"<ul{named_}>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def _more(page: str, target: str, count: int, site: Site) -> list[str]:
    """A link to all of a list of which only the first lines are shown."""
    if count <= MOST or target not in site.archive.pages:
        return []
    return [f'<a href="{href(page, target)}">全部 {count} 项</a>']


def _figures(site: Site, page: str) -> str:
    return _list([_figure(site, page, one) for one in headlines(site)], "front-figures")


def _figure(site: Site, page: str, one: Headline) -> str:
    value = one.value
    to = href(page, indicator_page(value.id), anchor_of(value.id))
    said = [str(value.state)]
    if one.change:
        year = spoken(one.change.now.reference_period)
        said.append(f"{year}比上年{one.change.words}")
    state = "front-state" if value.state.is_settled else "front-state front-state--open"
    return (
        f'<a href="{to}">{large(site, value)} {plain_text(value.figure.name)}</a>'
        f'<span class="{state}">{plain_text("，".join(said))}</span>'
    )


def _honours(site: Site, page: str) -> str:
    held = honours_in_force(site)
    lines = [
        f'<a href="{row_of(site, page, one.id)}">{named(site, one.data)}</a>'
        f'<span class="front-state">{plain_text(level_of(one))}，{term(site, one)}</span>'
        for one in held[:MOST]
    ]
    return _list(lines + _more(page, HONOURS, len(held), site))


def _evidence(site: Site, page: str) -> str:
    """A line for each assessment item: that it has all it asks for, or what it lacks."""
    if CRITERIA not in site.archive.pages:
        return ""
    missing: dict[str, list[str]] = {}
    for one in lacks(site):
        missing.setdefault(one.item.id, []).append(one.kind)
    lines = []
    for id_, item in site.criteria.items():
        name = plain_text(f"{item.criterion.code} {item.criterion.title}")
        lacking = missing.get(id_, [])
        said = f"缺{'、'.join(map(plain_text, lacking))}" if lacking else "齐全"
        if lacking and item.criterion.office:
            said += f"（{plain_text(item.criterion.office)}）"
        state = "front-state front-state--open" if lacking else "front-state"
        lines.append(
            f'<a href="{href(page, CRITERIA, id_)}">{name}</a><span class="{state}">{said}</span>'
        )
    return _list(lines, "front-items")


def _due(site: Site, page: str) -> str:
    return _list([*_late(site, page), *_changed(site, page)])


def _late(site: Site, page: str) -> Iterator[str]:
    """Lines for what is overdue: tasks, reviews of regulations, re-examinations of honours."""
    tasks = tasks_overdue(site) if TASKS in site.archive.pages else []
    for task in tasks[:MOST]:
        said = f"{task.data.office or UNKNOWN}，时限{day(task.data.due)}"
        link = f'<a href="{href(page, TASKS)}">{plain_text(task.data.title)}</a>'
        yield f"逾期任务：{link}{_state(said)}"
    yield from _more(page, TASKS, len(tasks), site)
    for entry in reviews_due(site)[:MOST]:
        link = f'<a href="{href(page, entry.page.path)}">《{plain_text(entry.data.title)}》</a>'
        yield f"到期复审：{link}{_state(f'应于{day(entry.data.review_due)}前复审')}"
    for record in honours_due(site)[:MOST]:
        link = f'<a href="{row_of(site, page, record.id)}">{named(site, record.data)}</a>'
        yield f"荣誉复查：{link}{_state(str(honour_state_text(site, record)))}"


def _changed(site: Site, page: str) -> Iterator[str]:
    """Lines for the figures that are otherwise than they were reported last."""
    found = changed_since(site)
    if found is None:
        return
    name, when, changed = found
    said = f"{day(when)}报送“{name}”以来，"
    if not changed:
        yield plain_text(f"{said}报送的数没有改动。")
        return
    shown = plain_text(f"{said}改动 {len(changed)} 个数")
    link = f'<a href="{href(page, RELEASES)}">{shown}</a>'
    yield f"{link}：" if RELEASES in site.archive.pages else f"{shown}："
    for value, one in changed[:MOST]:
        to = href(page, indicator_page(value.id), f"{value.indicator}-reported")
        yield (
            f'<a href="{to}">{plain_text(value.title)}</a>：报送 {masked(one.reported.shown)}，'
            f"现为 {masked(value.shown)}{plain_text(value.figure.unit)}"
        )


def _state(text: str) -> str:
    return f'<span class="front-state front-state--open">{plain_text(text)}</span>'


def missing(site: Site, page: str) -> str:
    """Markdown of all that is missing, under the office that owes it: to print and hand out."""
    found = owed(site)
    if not found:
        return "没有缺的。"
    parts = [f"数据截至{day(site.archive.project.as_of)}。"]
    for number, (office, things) in enumerate(found.items(), 1):
        parts.append(f"## {plain_text(office)}（{len(things)} 项） {{ #owed-{number} }}")
        shown = things[:MOST_OWED]
        rows = [(one.kind, _thing(site, page, one), plain_text(one.lacking)) for one in shown]
        if len(shown) < len(things):
            parts.append(f"较多，只列前 {len(shown)} 项。")
        parts.append(wide_table(("种类", "事项", "缺什么"), rows, set(), f"{office}所缺"))
    return "\n\n".join(parts)


def _thing(site: Site, page: str, one: Owed) -> str:
    honour = one.page == HONOURS
    to = row_of(site, page, one.anchor) if honour else href(page, one.page, one.anchor)
    return f'<a href="{to}">{masked(one.title)}</a>'
