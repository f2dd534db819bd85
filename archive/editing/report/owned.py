"""Entries of the register and names that only one report shows, written when it was brought: they may be written anew."""

from collections.abc import Iterator

from archive.editing.report.entries import COUNTED_METHOD, METHOD
from archive.facts.criteria import item_locations
from archive.facts.observations import indicator_of, keys_of
from archive.facts.places import keys_of_call
from archive.facts.reported import DRAFTED
from archive.facts.site import Site
from archive.files.spans import Call
from archive.schema.honours import Honour
from archive.schema.register import Figure


def own_figures(site: Site, report: str) -> frozenset[str]:
    """Return the indicators that nothing but the drafts of a report rests on."""
    archive = site.archive
    if not _is_draft(site, report):
        return frozenset()
    used = {indicator_of(key) for one, call in _calls(site, report) for key in keys_of_call(archive, one, call)}  # fmt: skip
    used |= {*item_locations(archive)}
    used |= {indicator_of(one.part_of) for one in archive.indicators.values() if one.part_of}
    used |= {indicator_of(key) for one in archive.releases.values() for key in one.figures}
    return frozenset(
        id_
        for id_, one in archive.register.indicators.items()
        if id_ not in used and _is_as_brought(one) and [*keys_of(archive.figures, id_)] == [id_]
    )


def own_names(site: Site, report: str) -> frozenset[str]:
    """Return the masked names that stand in the drafts of a report alone."""
    if not _is_draft(site, report) or site.archive.unit is None:
        return frozenset()
    used = {str(*call.args[:1]) for _, call in _calls(site, report) if call.name == "name"}
    used |= {one.data.prefix or "" for one in site.archive.of(Honour)}
    names = site.archive.unit.names.items()
    shown = {str(*call.args[:1]) for page in site.archive.pages_of(report) for call in page.calls if call.name == "name"}  # fmt: skip
    return frozenset(id_ for id_, one in names if id_ in shown - used and not one.value)


def _is_draft(site: Site, report: str) -> bool:
    there = site.archive.reports.get(report)
    return there is not None and there.state == DRAFTED


def _is_as_brought(one: Figure) -> bool:
    """Whether an entry is as it was written when a report was brought: nobody has reviewed it since."""
    signed = one.reviewed.by or one.approved.by or one.revisions or one.retired
    return one.method in (METHOD, COUNTED_METHOD) and not signed


def _calls(site: Site, report: str) -> Iterator[tuple[str, Call]]:
    """Yield the calls on the pages that are no part of a report, each after the report it stands in."""
    own = site.archive.reports[report].paths
    for path, page in site.archive.pages.items():
        if path not in own:
            for call in page.calls:
                yield site.report_by_page.get(path, ""), call
