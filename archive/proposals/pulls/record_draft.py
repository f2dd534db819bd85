"""Turn a filed form into the contents of the files it changes; nothing is written."""

from collections.abc import Iterator, Mapping
from typing import Any

from archive.editing.questions import FORMS
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.facts.naming import FreeIds
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.writing import record
from archive.files.yaml import parse_bytes
from archive.schema.collections import COLLECTIONS
from archive.schema.fields import fields
from archive.schema.register import Figure, Revision

RecordDraft = dict[str, bytes]
"""File from the project's root → its new content."""


def draft(site: Site, kind: str, values: Mapping[str, Any], number: int) -> RecordDraft | list[str]:
    """The files changed by the form `kind` with `values`, filed in issue `number`; or faults."""
    if FORMS[kind].model is Revision:
        return _corrected(site, values)
    return _recorded(site, kind, values, number)


def _recorded(
    site: Site, kind: str, values: Mapping[str, Any], number: int
) -> RecordDraft | list[str]:
    """A new record, named with the issue's number so that two forms never write the same file."""
    model = FORMS[kind].model
    collection = next(name for name, one in COLLECTIONS.items() if one.model is model)
    names = FreeIds(site, collection, [])
    id_ = names.form_id(values, f"issue-{number}")
    if names.is_taken(id_):
        return [f"此表已登记为 {id_}，须直接改那条记录，不再由表单更新"]
    return {names.file_path(id_, values): record(values, model).encode()}


def _corrected(site: Site, values: Mapping[str, Any]) -> RecordDraft | list[str]:
    """The register with the correction, and with the new value unless the figure is counted."""
    faults = list(_misfits(site, values))
    if faults:
        return faults
    id_ = values["figure"]
    path = site.archive.documents["figures"].path
    raw = (site.archive.project.root / path).read_bytes()
    held = parse_bytes(raw, path).data
    entry = {name: held[id_].get(name) for name in fields(Figure) if name in held[id_]}
    revision = {name: values[name] for name in fields(Revision)}
    changes: dict[str, Any] = {"revisions": [*(entry.get("revisions") or []), revision]}
    if not site.archive.figures[id_].counted:
        changes["value"] = values["new"]
    whole = {**dict.fromkeys(fields(Figure)), **entry, **changes}
    new = {name: one for name, one in whole.items() if name in entry or name in changes}
    try:
        return {path: edited(raw, held, {id_: new}, list(held))}
    except UnchangeableError:
        return [f"{path} 里 {id_} 这一段写法特殊，程序不能改；请在文件里手工更正"]


def _misfits(site: Site, values: Mapping[str, Any]) -> Iterator[str]:
    """Messages for everything that prevents the correction."""
    id_, archive = values["figure"], site.archive
    figure = archive.figures.get(id_)
    if figure is None:
        broken = id_ in archive.ids("figures")
        near = "，它在登记里的写法有问题" if broken else suggestion(id_, archive.ids("figures"))
        yield f"“指标编号”须是登记里有的，没有 {id_}{near}"
        return
    exact = site.values[id_].exact
    if exact is None or not figure.approved.date:
        state = "还没有数值" if exact is None else "还没有核定"
        yield f"此表只更正已经核定的数，{figure.name}{state}，须直接在登记里填写"
        return
    if figure.counted and values["new"] != exact:
        label = COLLECTIONS[figure.counted.collection].label
        rule = f"{figure.name}由台账“{label}”计数得出，须先改台账里的记录，再用此表记下更正"
        yield f"{rule}：“新数”须是现在计得的 {exact:f}，现为 {values['new']}"
    elif not figure.counted and values["old"] != exact:
        yield f"“原数”须是登记里现在的数值 {exact:f}，现为 {values['old']}"
    if values["new"] == values["old"]:
        yield f"“新数”须与“原数”不同，现在都是 {values['new']}"
