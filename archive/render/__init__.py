"""Values as the Markdown and HTML that macros return.

In: a `Site` and the arguments of a macro. Out: text for a page; nothing here knows an engine. `press`,
`editing` and every room after them may use it.
"""

from collections.abc import Callable

from archive.facts.changes import Change, change
from archive.facts.figures import Value
from archive.facts.reported import shown_on_page
from archive.facts.site import Site
from archive.facts.tables import REGISTER
from archive.render.criteria import criteria, topics
from archive.render.dictionary import dictionary
from archive.render.downloads import downloads, with_downloads
from archive.render.examples import example, examples
from archive.render.figures import changed, fig, name
from archive.render.glance import glance
from archive.render.honour_list import honour_list
from archive.render.honours import honours
from archive.render.indicator import indicator
from archive.render.measures import became, measures
from archive.render.names import with_names
from archive.render.overview import collections, messages, report, reports
from archive.render.records import records, table
from archive.render.register import register, states
from archive.render.regulations import regulation_changes, regulation_reviews, regulations
from archive.render.releases import changed_mark, releases
from archive.render.report_changes import compared
from archive.render.standing import missing, standing


def macros(site: Site, page: str) -> dict[str, Callable[..., str]]:
    """Name → function of each macro, for the page `page` (its path in docs/).

    The functions return Markdown or HTML. Their links are Markdown links between pages, so that each
    engine can turn them into addresses in its own way.
    """
    root = "../" * page.count("/")
    functions: dict[str, Callable[..., str]] = {
        "fig": lambda id_, period="", written="": _fig(
            site, site.value(id_, page, str(period)), page, root, str(written)
        ),
        "change": lambda id_, period="", against="", form="": _change(
            site, site.value(id_, page, str(period)), str(against), form, page, root
        ),
        "name": lambda id_: name(site.archive.unit.names[id_]) if site.archive.unit else "",
        "table": lambda collection, **where: table(site, collection, where, page),
        "records": lambda collection: with_downloads(
            site, collection, records(site, collection, page), page
        ),
        "collections": lambda: collections(site, root),
        "register": lambda: with_names(
            site, with_downloads(site, REGISTER, register(site, page), page), page
        ),
        "indicator": lambda id_: indicator(site, id_, page, root),
        "states": lambda: states(site.current),
        "releases": lambda: releases(site, page),
        "report": lambda id_: report(site, id_, page, functions),
        "compared": lambda *ids: compared(site, ids, root),
        "reports": lambda: reports(site, root),
        "honours": lambda *ids, **where: honours(site, ids, where, root),
        "honour_list": lambda: with_downloads(site, "honours", honour_list(site, page), page),
        "example": lambda: example(site, page, root),
        "examples": lambda: examples(site, root),
        "standing": lambda: standing(site, page),
        "missing": lambda: missing(site, page),
        "criteria": lambda: criteria(site, root),
        "topics": lambda: topics(site, root),
        "measures": lambda *ids: (
            "\n\n".join(became(site, id_, page) for id_ in ids)
            if ids
            else with_downloads(site, "measures", measures(site, page), page)
        ),
        "glance": lambda *ids: glance(site, page, ids),
        "regulations": lambda: regulations(site, root),
        "regulation_changes": lambda: regulation_changes(site, page),
        "regulation_reviews": lambda: regulation_reviews(site, root),
        "downloads": lambda: downloads(site, page),
        "dictionary": lambda: dictionary(site, root),
        "messages": lambda: messages(site, root),
    }
    return functions


def _change(site: Site, value: Value | None, against: str, form: str, page: str, root: str) -> str:
    found = change(site, value, against, form) if value else None
    if found is None:
        return ""
    now, before = (shown_on_page(site, one, page) for one in (found.now, found.before))
    return changed(Change(now, before, form), root)


def _fig(site: Site, value: Value | None, page: str, root: str, written: str) -> str:
    if value is None:
        return ""
    return fig(shown_on_page(site, value, page), root, changed_mark(site, value), written)
