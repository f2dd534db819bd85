"""一图读懂: a report at a glance: its sub-sections with their figures, and its honours."""

import re
from collections.abc import Sequence

from archive.facts.figures import Value
from archive.facts.observations import anchor_of, indicator_page
from archive.facts.places import HONOURS
from archive.facts.reported import shown_on_page
from archive.facts.site import Site
from archive.files.addresses import href
from archive.render.figures import large
from archive.render.honours import named, state_mark
from archive.render.text import plain_text
from archive.schema.honours import Honour
from archive.schema.reports import ICONS, ReportPage

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")

_BEHIND = ("records/", "examples/", "regulations/")
"""Folders of the pages that a card without figures lists instead."""


def glance(site: Site, page: str, ids: Sequence[str]) -> str:
    """HTML of the pages in order of the reports named, of the current one if none is.

    Each page has its sub-sections, honours and figures.
    """
    reports = site.archive.reports
    parts = [
        _part(site, page, one)
        for id_ in ids or list(reports)[:1]
        for one in reports[id_].pages
        if one.page in site.archive.pages
    ]
    return f'<div class="glance">{"".join(parts)}</div>'


def _part(site: Site, page: str, one: ReportPage) -> str:
    """A page of a report: title, honours and figures before its sub-sections, a card for each."""
    path = one.page
    own = site.archive.pages[path]
    title = _NUMBER.sub("", own.meta.title) if own.meta else path
    outline = f'<path d="{ICONS[one.icon]}"/>' if one.icon else ""
    drawing = f'<svg viewBox="0 0 24 24" aria-hidden="true">{outline}</svg>' if outline else ""
    link = f'<a href="{href(page, path)}">{plain_text(title)}</a>'
    sections = [heading for heading in own.headings if heading.level == 2]
    cards = [
        _card(site, page, path, heading.id, _NUMBER.sub("", heading.text)) for heading in sections
    ]
    lead = _honours(site, page, path) + _tiles(site, page, path, "")
    shown = f'<div class="glance-cards">{"".join(cards)}</div>' if cards else ""
    return f"<section><h2>{drawing}{link}</h2>{lead}{shown}</section>"


def _card(site: Site, page: str, path: str, anchor: str, text: str) -> str:
    """A card for a sub-section: its heading, then its figures, or the pages it links to."""
    first, comma, rest = text.partition("，")
    label = f"<strong>{plain_text(first)}</strong>{comma}{plain_text(rest)}"
    link = f'<a href="{href(page, path, anchor)}">{label}</a>'
    shown = _tiles(site, page, path, anchor) or _behind(site, page, path, anchor)
    return f"<div><h3>{link}</h3>{shown}</div>"


def _behind(site: Site, page: str, path: str, anchor: str) -> str:
    """A list of the records, examples and regulations that a sub-section links to; may be empty."""
    shown = [
        f'<li><a href="{href(page, target)}">{plain_text(meta.title)}</a></li>'
        for target, places in site.citations.items()
        if target.startswith(_BEHIND)
        and not target.endswith("/index.md")
        and any((place.page, place.anchor) == (path, anchor) for place in places)
        and (meta := site.archive.pages[target].meta)
    ]
    return f'<ul class="glance-behind">{"".join(shown)}</ul>' if shown else ""


def _tiles(site: Site, page: str, path: str, anchor: str) -> str:
    """The figures in a sub-section, or before the first one if `anchor` is empty."""
    tiles = [
        _tile(site, page, shown_on_page(site, value, path))
        for id_, value in site.values.items()
        if any(
            place.page == path and (place.anchor if place.heading else "") == anchor
            for place in site.places.get(id_, [])
        )
    ]
    return f'<ul class="glance-figures">{"".join(tiles)}</ul>' if tiles else ""


def _tile(site: Site, page: str, value: Value) -> str:
    """A figure: its number and unit, its name, and its state unless it is approved or revised."""
    state = "" if value.state.is_settled else f' <span class="glance-state">{value.state}</span>'
    name = f'<span class="glance-name">{plain_text(value.figure.name)}{state}</span>'
    return f'<li><a href="{href(page, indicator_page(value.id), anchor_of(value.id))}">{large(site, value)}{name}</a></li>'


def _honours(site: Site, page: str, path: str) -> str:
    """The honours that a page of the report names before its sub-sections."""
    shown = [
        f'<li><a href="{href(page, HONOURS, record.id)}">{named(site, record.data)}</a>{state_mark(site, record)}</li>'
        for record in site.archive.of(Honour)
        if any(
            place.page == path and not place.heading for place in site.honoured.get(record.id, [])
        )
    ]
    return f'<ul class="glance-honours">{"".join(shown)}</ul>' if shown else ""
