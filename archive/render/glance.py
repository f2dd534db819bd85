"""一图读懂: a report at a glance, for the screen as a page of cards, for paper as one drawn sheet."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise, zip_longest

from archive.facts.figures import Value
from archive.facts.gather import Record
from archive.facts.glance import Card, Glance, Headline, Part, glance_of
from archive.facts.honours import honour_title
from archive.facts.observations import anchor_of, indicator_page
from archive.facts.site import Site
from archive.files.addresses import address, href
from archive.files.markdown import visible
from archive.files.pages import MACRO
from archive.render.figures import large
from archive.render.honours import is_held, named, row_of, term
from archive.render.poster import poster
from archive.render.poster_text import SheetCard, SheetFigure, SheetPart, SheetText
from archive.render.text import UNKNOWN, day, fenced, plain_text
from archive.render.years import state_said, years_chart, years_told
from archive.schema.honours import Honour
from archive.schema.reports import ICONS

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")


def glance(site: Site, page: str, ids: Sequence[str]) -> str:
    """HTML of the reports named, of the current one if none is.

    Their figures with the years, the honours, then each page with its sub-sections and their figures;
    and the same as a sheet, which is shown on paper alone.
    """
    found = glance_of(site, ids)
    lead = "".join(f"<p>{plain_text(line)}</p>" for line in _lead(site, found))
    parts = [
        f'<div class="glance-lead">{lead}</div>',
        _headlines(site, page, found.headlines),
        _honours(site, page, found.honours),
        *(_part(site, page, part) for part in found.parts),
    ]
    sheet = poster(_sheet(site, page, found))
    return fenced(
        f'<div class="glance">{"".join(parts)}</div><div class="glance-sheet">{sheet}</div>'
    )


def _lead(site: Site, found: Glance) -> list[str]:
    """What the reports are, their periods, and the day of the figures."""
    as_of = f"数据截至{day(site.archive.project.as_of)}"
    spans = [
        f"{day(one.period.start)}至{day(one.period.end)}" if one.period.end else UNKNOWN
        for one in found.reports
    ]
    if len(found.reports) == 1:
        return [f"报告期间：{spans[0]}　{as_of}"]
    return [f"{one.title}：{span}" for one, span in zip(found.reports, spans, strict=True)] + [
        as_of
    ]


def _drawing(outline: str) -> str:
    return (
        f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{outline}"/></svg>'
        if outline
        else ""
    )


def _list(kind: str, items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{kind}">{lines}</ul>' if lines else ""


def _headlines(site: Site, page: str, shown: Sequence[Headline]) -> str:
    tiles = _list("glance-tiles", (_headline(site, page, one) for one in shown))
    return f"<section><h2>{_drawing(ICONS['柱'])}主要的数</h2>{tiles}</section>" if tiles else ""


def _headline(site: Site, page: str, one: Headline) -> str:
    said = f'<span class="glance-change">{plain_text(_change(one))}</span>' if one.change else ""
    return _figure(site, page, one.value) + said + _chart(one)


def _change(one: Headline) -> str:
    return f"{one.years[-1].reference_period}年{one.change.words}" if one.change else ""


def _chart(one: Headline) -> str:
    """The years as a drawing, which has them as text too."""
    if not one.years:
        return ""
    shapes = years_chart(one.years, (0, 0, 150, 66), 12)
    title = plain_text(f"{one.value.figure.name}（{one.value.figure.unit}）")
    return (
        f'<svg class="glance-years" role="img" viewBox="0 0 150 66"><title>{title}</title>'
        f"<desc>{plain_text(years_told(one.years))}</desc>{shapes}</svg>"
    )


def _figure(site: Site, page: str, value: Value) -> str:
    """A figure: its number and unit, its name, and its state unless it is approved."""
    state = state_said(value)
    mark = f' <span class="glance-state">{state}</span>' if state else ""
    name = f'<span class="glance-name">{plain_text(value.figure.name)}{mark}</span>'
    to = href(page, indicator_page(value.id), anchor_of(value.id))
    return f'<a href="{to}">{large(site, value)}{name}</a>'


def _honours(site: Site, page: str, shown: Sequence[Record[Honour]]) -> str:
    lines = _list(
        "glance-honours",
        (
            f'<a href="{row_of(site, page, one.id)}">{named(site, one.data)}</a>'
            f'<span class="{"glance-term" if is_held(site, one) else "glance-state"}">{term(site, one)}</span>'
            for one in shown
        ),
    )
    return f"<section><h2>{_drawing(ICONS['星'])}荣誉</h2>{lines}</section>" if lines else ""


def _part(site: Site, page: str, part: Part) -> str:
    """A page of a report: title, the figures before its sub-sections, a card for each of these."""
    path = part.entry.page
    outline = ICONS[part.entry.icon] if part.entry.icon else ""
    link = f'<a href="{href(page, path)}">{plain_text(_NUMBER.sub("", part.title))}</a>'
    lead = _list("glance-figures", (_figure(site, page, value) for value in part.figures))
    cards = "".join(_card(site, page, path, one) for one in part.cards)
    shown = f'<div class="glance-cards">{cards}</div>' if cards else ""
    return f"<section><h2>{_drawing(outline)}{link}</h2>{lead}{shown}</section>"


def _card(site: Site, page: str, path: str, one: Card) -> str:
    """A card for a sub-section: its heading, then its figures, or the pages it links to."""
    first, rest = _heading(one)
    label = f"<strong>{plain_text(first)}</strong>{plain_text(rest)}"
    link = f'<a href="{href(page, path, one.heading.id)}">{label}</a>'
    figures = _list("glance-figures", (_figure(site, page, value) for value in one.figures))
    behind = _list(
        "glance-behind",
        (f'<a href="{href(page, to)}">{plain_text(title)}</a>' for to, title in one.behind.items()),
    )
    return f"<div><h3>{link}</h3>{figures}{behind}</div>"


def _heading(one: Card) -> tuple[str, str]:
    """The heading without its number: what stands before its first comma, and the rest."""
    first, comma, rest = _NUMBER.sub("", one.heading.text).partition("，")
    return first, comma + rest


def _title(site: Site, page: str, found: Glance) -> str:
    """The title of the page as text, the names in it as they are shown; else those of the reports."""
    own = site.archive.pages.get(page)
    if own is None or not own.headings:
        return "、".join(one.title for one in found.reports)
    first = own.headings[0]
    end = own.text.find("\n", first.start)
    names = site.archive.unit.names if site.archive.unit else {}
    shown = [
        names[str(call.args[0])].value or names[str(call.args[0])].mask
        for call in own.calls
        if first.start <= call.start < end and call.name == "name"
    ]
    token = next(inline for opened, inline in pairwise(own.tokens) if opened.type == "heading_open")
    parts = "".join(map(visible, token.children or ())).split(MACRO)
    return "".join(chain.from_iterable(zip_longest(parts, shown, fillvalue="")))


def _sheet(site: Site, page: str, found: Glance) -> SheetText:
    """The same as plain text, for the sheet."""

    def figure(value: Value) -> SheetFigure:
        return SheetFigure("第" if value.indicator in site.ordinals else "", value)

    headlines = tuple(
        SheetFigure("", one.value, one.years, _change(one)) for one in found.headlines
    )
    names = site.archive.unit.names if site.archive.unit else {}
    honours = tuple(
        (honour_title(one.data, names), term(site, one), is_held(site, one))
        for one in found.honours
    )
    parts = tuple(
        SheetPart(
            _NUMBER.sub("", part.title),
            ICONS[part.entry.icon] if part.entry.icon else "",
            tuple(map(figure, part.figures)),
            tuple(
                SheetCard(
                    *_heading(one), tuple(map(figure, one.figures)), tuple(one.behind.values())
                )
                for one in part.cards
            ),
        )
        for part in found.parts
    )
    where = f"网址：{site.web_address}{address(page)}" if site.web_address else ""
    foot = (NOTE, where) if where else (NOTE,)
    return SheetText(
        _title(site, page, found),
        tuple(_lead(site, found)),
        site.paper_mark,
        headlines,
        honours,
        parts,
        foot,
    )


NOTE = "数后面的小字是它的状态，没有注明的已经核定；空心的柱尚未核定；星号表示尚未填报或不公开。"
"""What the marks on the sheet mean."""
