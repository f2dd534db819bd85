"""Which pages and reports are public, and which observations are there for the other reports alone.

Every counted indicator has an observation for the period of each report, others where a page of it shows
them. Those for a report that is not public are no part of the edition: their keys would tell its period or
the name of its file, and what would be hidden for their sake would tell it too.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

from archive.build.editions.fields import public
from archive.build.editions.pages import public_calls
from archive.facts.observations import OUTSIDE, due_name, period_of
from archive.facts.places import in_reports, keys_of_call, shown_whole
from archive.facts.reported import ITSELF
from archive.facts.site import Site, once
from archive.files.pages import Page
from archive.schema.page_models import is_public
from archive.schema.periods import named_span
from archive.schema.register import MARK, Figure
from archive.schema.types import Span


@once
def public_pages(site: Site) -> dict[str, Page]:
    """The pages that are public; of one that shows a report whole, a page of that must be."""
    written = site.archive.pages.keys() - site.archive.made
    pages = {
        path: page
        for path, page in site.archive.pages.items()
        if path in written and is_public(path, page.meta)
    }
    hidden = {
        path
        for path, id_ in _whole_reports(site, pages).items()
        if not pages.keys() & {*site.archive.reports[id_].paths}
    }
    return {path: page for path, page in pages.items() if path not in hidden}


@once
def listed_collections(site: Site) -> frozenset[str]:
    """The ledgers, and the honours, of which a public line of a public page lists the records."""
    calls = [call for page in public_pages(site).values() for call in public_calls(page)]
    ledgers = {str(call.args[0]) for call in calls if call.name == "records" and call.args}
    return frozenset(ledgers | {"honours" for call in calls if call.name == "honour_list"})


def _whole_reports(site: Site, pages: Mapping[str, Page]) -> dict[str, str]:
    """Page → the report that it shows whole, on a line that is public."""
    calls = {path: public_calls(pages[path]) for path in site.whole_reports if path in pages}
    return {path: id_ for path, these in calls.items() for id_ in shown_whole(these)}


def public_reports(site: Site, there: Mapping[str, Page]) -> dict[str, dict[str, Any]]:
    """Id → fields of each report with its public pages; a report that has none is left out."""
    found = {}
    for id_, report in site.archive.reports.items():
        fields = public(report)
        fields["pages"] = [one for one in fields["pages"] if one["page"] in there]
        kept = {ITSELF, *there}
        fields["corrections"] = [one for one in fields["corrections"] if one["page"] in kept]
        if report.next_steps not in there:
            fields["next_steps"] = None
        if fields["pages"]:
            found[id_] = fields
    return found


@once
def left_out(site: Site) -> frozenset[str]:
    """The observations that are there for a report that is not public, and that no public page shows."""
    pages = public_pages(site)
    return frozenset(_left_out(site, pages, public_reports(site, pages)))


@once
def without_left_out(site: Site) -> Site:
    """The site without the observations that are left out; itself if there are none."""
    gone = left_out(site)
    if not gone:
        return site
    archive = copy(site.archive)
    archive.figures = {
        id_: _without_part_of(one, gone) for id_, one in archive.figures.items() if id_ not in gone
    }
    found = Site(archive, former=site.former)
    found.values = {
        id_: replace(site.values[id_], figure=one) for id_, one in archive.figures.items()
    }
    return found


def _without_part_of(figure: Figure, gone: Container[str]) -> Figure:
    """The figure, part of none of these."""
    return figure.model_copy(update={"part_of": None}) if figure.part_of in gone else figure


def _left_out(site: Site, pages: Mapping[str, Page], reports: Container[str]) -> Iterator[str]:
    """Yield what nobody has written and no public report asks for, and what is of days without a name."""
    known = site.archive.reports
    public_names = {due_name(id_, one) for id_, one in known.items() if id_ in reports}
    public_days = {_days(one.period) for id_, one in known.items() if id_ in reports}
    others = {id_: one for id_, one in known.items() if id_ not in reports}
    names = {due_name(id_, one) for id_, one in others.items()} - public_names
    days = {_days(one.period) for one in others.values() if one.period.end} - public_days
    shown, asked = set(_shown(site, pages)), set(_asked(site))
    for key, value in site.values.items():
        name = period_of(key)
        if not name or key in shown:
            continue
        if name in public_names and (value.figure.counted or key not in asked):
            continue
        of_other = name in names or _days(value.figure.period) in days
        if key in asked or (of_other and named_span(name) is None):
            yield key


def _days(span: Span) -> tuple[date | None, date | None]:
    return span.start, span.end


def _asked(site: Site) -> Iterable[str]:
    """The observations that a report asks for and nobody has written, of a release at that time or since."""
    archive = site.archive
    if archive.is_derived:
        return archive.asked
    names = {due_name(id_, one) for id_, one in archive.reports.items()}
    new = site.values.keys() - archive.register.observations.keys()
    return (key for key in new if period_of(key) in names)


def _shown(site: Site, pages: Mapping[str, Page]) -> Iterator[str]:
    """Yield the observations that these pages show: those of their reports, and those that they name.

    What else they show is of the current report, which is another where that is not public.
    """
    reports = _whole_reports(site, pages) | in_reports(site.archive)
    for path, page in pages.items():
        report = reports.get(path, OUTSIDE)
        for call in public_calls(page):
            named = any(name in ("period", "against") for name, _ in call.options)
            if report or named or any(MARK in str(one) for one in call.args):
                yield from keys_of_call(site.archive, report, call)
