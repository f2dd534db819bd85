"""A report that is brought with a review sheet: the sheet is written, and what was filled in is taken."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archive.editing.report.brought import Brought
from archive.editing.report.columns import Terms
from archive.editing.report.deciding import LABELS, Clash, Decided, decided, proposed
from archive.editing.report.planning import Plan, plan
from archive.editing.report.review import Review, review
from archive.editing.report.review_reading import Filled, read_review
from archive.editing.report.review_sheet import workbook
from archive.facts.site import Site


def new_sheet(site: Site, brought: Brought, terms: Terms, file: str) -> tuple[bytes, int]:
    """Return a review sheet that nobody has filled in, and how many finds it has."""
    # What cannot be brought needs no review; what is recorded otherwise does.
    plan(site, brought, terms, lambda found: replace(proposed(found), changed=[]))
    found = review(site, brought, terms)
    return workbook(site, terms, found, file), len(found.items)


def by_sheet(site: Site, brought: Brought, terms: Terms, sheet: Path) -> Plan:
    """Return what bringing a report writes as a review sheet says; raises RefusedError of the sheet's too."""
    outcome: list[tuple[Filled, Decided]] = []

    def decide(review: Review) -> Decided:
        filled = read_review(site, terms.report, sheet, review)
        outcome.append((filled, decided(site, terms, review, filled.rows)))
        return outcome[0][1]

    made = plan(site, brought, terms, decide)
    filled, what = outcome[0]
    made.clashes = [line for one in what.clashes for line in _clash(filled, one)]
    made.clashes += [_ADVICE] if made.clashes else []
    made.notes = [f"注意：{note}" for note in filled.sheets.notes]
    unread = {(one.sheet, one.row, one.column) for one in filled.sheets.faults}
    further = [one for one in what.faults if (one.sheet, one.row, one.column) not in unread]
    made.faults = filled.sheets.told((*filled.sheets.faults, *further))
    if made.faults:
        made.asked = []  # rows that cannot be read would be asked for
    return made


_ADVICE = "冲突的要用现在的，请把表中这一格改成与它相同；要用表中的，请重新导出后再改。"


def _clash(filled: Filled, clash: Clash) -> Iterator[str]:
    """The lines about what a row and somebody else have changed differently."""
    yield f"冲突 {filled.sheets.place(clash.row.label, clash.row.number)}，这一处不照表："
    for one in clash.changes:
        base, now, new = (value or "空" for value in (one.base, one.now, one.new))
        yield f"  {LABELS[one.field]}：导出时 {base}，现已改为 {now}，表中改为 {new}"
