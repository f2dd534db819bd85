"""Turn a filed form into the contents of the files it changes; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.editing.forms import DECIDED
from archive.editing.questions import DECISION, Form
from archive.editing.revising import MovedFigure, moved_figures, revised, with_revisions
from archive.editing.sheet.editing import UnchangeableError
from archive.facts.gather import gather
from archive.facts.naming import FreeIds
from archive.facts.releases import settled_value
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.writing import record
from archive.proposals.pulls.entry_change import entered
from archive.proposals.pulls.page_draft import new_page
from archive.proposals.pulls.record_change import changed
from archive.proposals.pulls.repository import Repository
from archive.schema.collections import RECORD
from archive.schema.fields import fields


@dataclass(frozen=True, slots=True)
class Draft:
    """What was filed, as the files it changes; nothing is written."""

    files: Mapping[str, bytes | None]
    """File from the project's root → its new content, None for a file to delete."""
    order: Sequence[str]
    """The fields of its records, in the order of the schema."""
    notes: Sequence[str] = ()
    """Lines that tell the author what it changes, beside what is filed."""


def draft(
    site: Site, form: Form, values: Mapping[str, Any], number: int, repository: Repository
) -> Draft | list[str]:
    """The files changed by a form with `values`, filed in issue `number`; or faults."""
    if not form.collection:
        register: Mapping[str, bytes | None] | list[str]
        if form.folder and not form.changes(values):
            register = new_page(site, form, values, number)
        elif form.where:
            register = entered(site, form, values, repository)
        else:
            register = _corrected(site, values)
        if isinstance(register, list):
            return register
        return Draft(register, list(fields(form.model)))
    collection = site.archive.collections.get(form.collection)
    if collection is None:
        return [f"台账须是已有的，没有 {form.collection}"]
    own: Mapping[str, bytes | None] | list[str]
    if RECORD in values:
        own = changed(site, form, values, repository)
    else:
        own = _added(site, form, values, number)
    if isinstance(own, list):
        return own
    files = _revised(site, own, values.get(DECIDED))
    return files if isinstance(files, list) else Draft(files, list(fields(collection.model)))


def _added(
    site: Site, form: Form, values: Mapping[str, Any], number: int
) -> dict[str, bytes | None] | list[str]:
    """A new record, named with the issue's number so that two forms never write the same file."""
    names = FreeIds(site, form.collection, [])
    id_ = names.form_id(values, f"issue-{number}")
    if names.is_taken(id_):
        return [f"此表已登记为 {id_}，须直接改那条记录，不再由表单更新"]
    return {names.file_path(id_, values): record(values, form.model).encode()}


def _revised(
    site: Site, files: Mapping[str, bytes | None], decision: Any
) -> Mapping[str, bytes | None] | list[str]:
    """These files of records, and the register if they move approved figures and it was decided why."""
    after = Site(gather(site.archive.project, files))
    moved = [one for one in moved_figures(site, after) if one.is_revised]
    faults = undecided(moved, decision, "这条记录")
    if faults:
        return faults
    try:
        return {**files, **(revised(site, moved, decision) if decision else {})}
    except UnchangeableError:
        return [_UNCHANGEABLE]


def undecided(moved: Sequence[MovedFigure], decision: Any, cause: str) -> list[str]:
    """The fault that approved figures move without a `decision`, or that none does though there is one."""
    labels = "、".join(f"“{question.label}”" for question in DECISION.values())
    if moved and not decision:
        return [f"已经核定的数因{cause}而变，须填写{labels}：{'；'.join(map(str, moved))}"]
    if decision and not moved:
        return [f"没有已经核定的数因{cause}而变，{labels}须空着"]
    return []


_UNCHANGEABLE = "data/figures.yml 里这个指标一段写法特殊，程序不能改；请在文件里手工记下修订或更正"


def _corrected(site: Site, values: Mapping[str, Any]) -> Mapping[str, bytes | None] | list[str]:
    """The register with the correction, and with the new value unless the figure is counted."""
    faults = list(_misfits(site, values))
    try:
        return faults or with_revisions(site, {values["figure"]: values})
    except UnchangeableError:
        return [_UNCHANGEABLE]


def _misfits(site: Site, values: Mapping[str, Any]) -> Iterator[str]:
    """Messages for everything that prevents the correction."""
    id_, archive = values["figure"], site.archive
    figure = archive.figures.get(id_)
    if figure is None:
        broken = id_ in archive.ids("figures")
        called = {one: known.name for one, known in archive.figures.items()}
        near = (
            "，它在登记里的写法有问题"
            if broken
            else suggestion(id_, archive.ids("figures"), called)
        )
        yield f"“指标编号”须是登记里有的，没有 {id_}{near}"
        return
    exact, settled = site.values[id_].exact, settled_value(site, id_)
    if exact is None or settled is None:
        state = "还没有数值" if exact is None else "还没有核定"
        yield f"此表只更正已经核定或报送过的数，{figure.name}{state}，须直接在登记里填写"
        return
    if figure.counted and exact == settled:
        label = archive.collections[figure.counted.collection].label
        rule = f"{figure.name}由台账“{label}”计数得出，须连同记录一起更正"
        yield (
            f"{rule}：补记录的，用登记记录的表，填写其中“{DECISION['kind'].label}”各栏；改记录的，"
            "在同一个拉取请求里改记录、在 data/figures.yml 里记下更正"
        )
        return
    if values["old"] != settled:
        yield f"“原数”须是核定的数 {settled:f}，现为 {values['old']}"
    if figure.counted and values["new"] != exact:
        yield f"“新数”须是现在计得的 {exact:f}，现为 {values['new']}"
    if values["new"] == values["old"]:
        yield f"“新数”须与“原数”不同，现在都是 {values['new']}"
