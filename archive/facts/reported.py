"""Reports that were reported: their texts and figures as they were then, and what changed since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from archive.facts.figures import FigureState, Value, as_reported
from archive.facts.gather import Archive
from archive.facts.observations import MASK, OUTSIDE
from archive.facts.places import keys_of_call
from archive.facts.releases import text_digest
from archive.facts.site import Site
from archive.files.listing import read_regular
from archive.schema.reports import Correction, Report

DRAFTED = "起草"
ITSELF = "报告"
"""What stands for the report itself, its title, kind, period and pages, among what is sealed."""


def seals(archive: Archive, report: Report) -> dict[str, str]:
    """Return page, or `ITSELF` → the digest of what it says now; pages that are not there are left out."""
    span = report.period
    itself = [report.title, report.kind, f"{span.start}", f"{span.end}", *report.paths]
    found = {ITSELF: text_digest(json.dumps(itself, ensure_ascii=False))}
    there = (path for path in report.paths if path in archive.pages)
    return found | {path: text_digest(_written(archive, path)) for path in there}


def reporting(archive: Archive, report: Report, release: str) -> dict[str, Any]:
    """Return the fields of a drafted report that change when it is reported today with a release."""
    return {
        "state": "已报送",
        "reported": archive.project.as_of,
        "release": release,
        "sealed": seals(archive, report),
    }


def _written(archive: Archive, path: str) -> str:
    """All that an editor wrote in a page; how its lines are broken in a clone says nothing."""
    text = read_regular(archive.docs[path]).decode("utf-8-sig", "replace")
    return "\n".join(text.split("\r\n")).rstrip()


def due_seals(report: Report) -> Mapping[str, str]:
    """Return page, or `ITSELF` → the digest that it must have: as reported, or as corrected last."""
    corrected = {one.page: one.digest for one in report.corrections if one.digest}
    return dict(report.sealed) | corrected


def shown_in_report(site: Site, value: Value, report_id: str) -> Value:
    """Return a value as a report shows it: once it is reported, as it was then.

    That is what the release says that the report names; without it, what the revisions since lead back to.
    In a redacted tree, which has no release, it is masked where they lead elsewhere.
    """
    report = site.archive.reports.get(report_id)
    if report is None or report.state == DRAFTED or report.reported is None:
        return value
    if value.id in site.archive.untold.get(report_id, ()):
        hidden = {"approximation": None, "revisions": (), "mask": value.figure.mask or MASK}
        figure = value.figure.model_copy(update=hidden)
        return Value(value.id, figure, None, None, None, FigureState.WITHHELD)
    release = site.archive.releases.get(report.release or "")
    known = release.figures.get(value.id) if release else None
    if known:
        return as_reported(value.id, value.figure, known)
    return before_revisions(value, report.reported)


def before_revisions(value: Value, day: date) -> Value:
    """Return a value as it was on a day, as far as its revisions tell."""
    later = [one for one in value.figure.revisions if one.date > day]
    if not later or value.exact is None:
        return value
    before = tuple(one for one in value.figure.revisions if one not in later)
    approved = value.figure.approved.date
    settled = FigureState.REVISED if before else FigureState.APPROVED
    state = settled if approved and approved <= day else FigureState.PRELIMINARY
    figure = value.figure.model_copy(update={"revisions": before})
    old = later[0].old
    return replace(value, figure=figure, exact=old, provisional_count=old, state=state)


def shown_on_page(site: Site, value: Value, page: str) -> Value:
    """Return a value as a page shows it: that of a report that was reported, as it was then."""
    return shown_in_report(site, value, site.report_by_page.get(page, OUTSIDE))


@dataclass(frozen=True, slots=True)
class Since:
    """A figure that a report shows otherwise than it is now."""

    then: Value
    now: Value


def figures_since(site: Site, report_id: str) -> Iterator[Since]:
    """Yield the figures of a report that were revised after it was reported, in the order of the register."""
    calls = (call for page in site.archive.pages_of(report_id) for call in page.calls)
    shown = {key for call in calls for key in keys_of_call(site.archive, report_id, call)}
    for key, now in site.values.items():
        if key in shown and key not in site.archive.untold.get(report_id, ()):
            then = shown_in_report(site, now, report_id)
            if then.exact != now.exact or then.shown != now.shown:
                yield Since(then, now)


def corrections_of(report: Report, page: str) -> list[Correction]:
    """Return the recorded corrections of a page of a report, and of the report itself."""
    return [one for one in report.corrections if one.page in (page, ITSELF)]
