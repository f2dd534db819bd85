"""Dry run of an import: make the files and check the site with them; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.checks import check
from archive.editing.headings import by_heading, called
from archive.editing.revising import Decision, MovedFigure, moved_figures, revised
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.editing.sheet.entry_rows import entry_fault, write_entries
from archive.editing.sheet.fields import Fault, SheetField
from archive.editing.sheet.plan import MergePlan
from archive.editing.sheet.sources import ENTRIES
from archive.facts.gather import gather
from archive.facts.site import Site
from archive.files.writing import plain_data, record
from archive.files.yaml import Problem, parse_bytes
from archive.schema.fields import fields


@dataclass(slots=True)
class DryRun:
    """Result of a dry run; `drafts` is file from the root → content, None for a file to delete."""

    drafts: dict[str, bytes | None] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)
    """Files that would change → their content when read."""
    faults: list[Fault] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """New problems in other files."""
    moved: list[MovedFigure] = field(default_factory=list)
    """Figures that would change."""
    existing_problems: int = 0
    """Number of problems the site has already; they do not prevent the import."""


def run_dry(site: Site, merged: MergePlan, decision: Decision | None = None) -> DryRun:
    """Run the import dry: make the files, and check the site as it would be with them.

    With a `decision`, approved figures that move are recorded as revised.
    """
    trial = DryRun()
    rows = _draw_up(site, merged, trial)
    if not trial.drafts:
        return trial
    after = Site(gather(site.archive.project, trial.drafts))
    trial.moved = moved_figures(site, after)
    if decision and any(one.is_revised for one in trial.moved):
        after = _revise(site, merged, trial, decision)
    _judge(site, after, merged, trial, rows)
    return trial


def _revise(site: Site, merged: MergePlan, trial: DryRun, decision: Decision) -> Site:
    """Add the register with its revisions to the drafts; returns the site with all of them."""
    path = site.archive.documents["figures"].path
    try:
        drafts = revised(site, trial.moved, decision)
        trial.before[path] = (site.archive.project.root / path).read_bytes()
        trial.drafts |= drafts
    except (OSError, UnchangeableError):
        message = f"须为程序能改的写法，{path} 写法特殊，或者刚被改动；请在文件里手工记下修订"
        trial.faults.append(Fault(merged.filled.label, 0, "", message))
    return Site(gather(site.archive.project, trial.drafts))


def _draw_up(site: Site, merged: MergePlan, trial: DryRun) -> dict[str, int]:
    """Fill `trial.drafts`; returns file → the row it comes from."""
    filled = merged.filled
    model = filled.collection.model
    order = list(fields(model))
    rows: dict[str, int] = {}
    if filled.base.collection in ENTRIES:
        write_entries(site, merged, trial)
        return rows
    for edit in merged.edits:
        path = edit.record.path
        try:
            raw = (site.archive.project.root / path).read_bytes()
            draft = edited(raw, plain_data(edit.record.data), edit.values, order)
        except (OSError, UnchangeableError):
            message = f"须为程序能改的写法，{path} 写法特殊，或者刚被改动；请在文件里手工修改"
            trial.faults.append(Fault(filled.label, edit.row, "", message))
            continue
        trial.before[path] = raw
        trial.drafts[edit.path], rows[edit.path] = draft, edit.row
        if edit.path != path:  # listed after the new file, so deleted only once that is written
            trial.drafts[path] = None
    for new in merged.added:
        trial.drafts[new.path] = record(new.values, model).encode()
        rows[new.path] = new.row
    return rows


def _judge(
    site: Site, after: Site, merged: MergePlan, trial: DryRun, rows: Mapping[str, int]
) -> None:
    """Add the problems of the site `after` that are new: as faults by row if in a draft, else as they are."""
    moved = {edit.record.path: edit.path for edit in merged.edits}
    old = {(moved.get(one.path, one.path), one.message) for one in check(site)}
    trial.existing_problems = len(old)
    filled = merged.filled
    for one in check(after):
        if (one.path, one.message) in old:
            continue
        if fault := entry_fault(merged, one):
            trial.faults.append(fault)
        elif one.path in rows:
            draft = parse_bytes(trial.drafts[one.path] or b"", one.path)
            place = (filled.label, rows[one.path], draft.field_at(one.line))
            trial.faults.append(_fault(place, filled.shape, one.message))
        elif not merged.faults:  # with faults, rows left out may be the only cause
            trial.problems.append(one)


def _fault(place: tuple[str, int, str], shape: tuple[SheetField, ...], message: str) -> Fault:
    """The problem of a record's file as a fault of its row and field, with fields named by their headings."""
    label, row, field_ = place
    named = {f"{one.name}（{one.label}）": one.label for one in shape}
    first = called(message, named)
    columns = {one.name: one.label for one in shape}
    column = columns.get(first["name"] if first else field_, "")
    if first and first.start() == 0 and message[first.end() :].startswith(("须", "所")):
        message = message[first.end() :]
    return Fault(label, row, column, by_heading(message, named))
