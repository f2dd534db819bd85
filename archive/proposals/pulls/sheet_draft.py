"""Turn a filled workbook into the contents of the files it changes; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.editing.forms import DECIDED
from archive.editing.sheet.attached import AttachedFiles
from archive.editing.sheet.dry_run import DryRun, run_dry
from archive.editing.sheet.fields import Fault
from archive.editing.sheet.merge import merge
from archive.editing.sheet.messages import conflicts, format_import
from archive.editing.sheet.opening import RefusedError, opened
from archive.editing.sheet.plan import MergePlan
from archive.editing.sheet.reading import read_workbook
from archive.facts.site import Site
from archive.files.bounds import TOO_LONG, TooLongError, gc_paused, in_time
from archive.proposals.pulls.record_draft import Draft, undecided
from archive.schema.fields import fields


def sheet_draft(
    site: Site, raw: bytes, values: Mapping[str, Any], attached: Mapping[str, str]
) -> Draft | list[str]:
    """The files changed by the workbook `raw`, uploaded with the other `values` of the form; or faults.

    `attached` is name → path of the files that are uploaded with it, and that its rows name. All of it or nothing: a conflict is a fault here, since nobody is there to be asked.
    """
    try:
        with gc_paused(), in_time():
            filled = read_workbook(site, opened(raw))
            filled.attached = AttachedFiles(attached)
            merged = merge(site, filled)
    except RefusedError as error:
        return [str(error)]
    except TooLongError:
        return [TOO_LONG]
    decision = values.get(DECIDED)
    trial = run_dry(site, merged, decision)
    faults = list(_faults(site, merged, trial, values))
    order = list(fields(merged.filled.collection.model))
    notes = [*format_import(merged, trial), *_shown_at(site, trial)]
    return faults or Draft(trial.drafts, order, notes)


def _faults(
    site: Site, merged: MergePlan, trial: DryRun, values: Mapping[str, Any]
) -> Iterator[str]:
    """All that keeps the workbook from being taken as it is."""
    confirmed = values.get("rearranged")
    told = [one for one in merged.faults if confirmed or not _is_left_empty(one, merged.rearranged)]
    yield from merged.filled.told((*told, *trial.faults))
    for name in merged.filled.attached.unnamed() if merged.filled.attached else ():
        rule = f"“照片和文件”一栏里的 {name} 须写在表里某一行的“佐证材料”里，现在没有一行写它"
        yield f"{rule}；请在那一格写上文件名，或者把它从这一栏删去"
    for lines in conflicts(merged):
        yield f"{''.join(lines)}；{_EITHER}"
    if not confirmed:
        yield from (f"{one}；{_MEANT}" for one in merged.rearranged)
    sound = not (merged.faults or trial.faults or merged.conflicts)
    if sound and not trial.drafts:
        passed_over = f"（{'；'.join(merged.notes)}）" if merged.notes else ""
        yield f"表里须有改动，现与记录相同{passed_over}；请看是否传错了文件，或者填好以后没有保存"
    moved = [one for one in trial.moved if one.is_revised]
    undecided_ = undecided(moved, values.get(DECIDED), "这份表") if sound and trial.drafts else []
    yield from undecided_
    # What the check says of figures that lack a revision is told by that one message.
    register = site.archive.documents["figures"].path
    yield from (str(one) for one in trial.problems if not (undecided_ and one.path == register))


def _is_left_empty(fault: Fault, rearranged: Sequence[str]) -> bool:
    """Whether a cell is empty since those of its column were moved, which is told."""
    moved = any(f"（{fault.column}）" in one for one in rearranged)
    return moved and fault.is_of_empty


_EITHER = "要用他人的值，把表中这一格改成与它相同；要用表中的值，重新下载填报表再填"
_MEANT = "排错、移错的，请在表里撤销；确是这样改的，在“许多值换到了别的记录”一栏选“确要这样改”"


def _shown_at(site: Site, trial: DryRun) -> Iterator[str]:
    """Where the pages show each figure that moves."""
    for one in trial.moved:
        places = "、".join(place.label for place in site.places.get(one.old.id, ()))
        if places:
            yield f"{one.old.figure.name}所在：{places}"
