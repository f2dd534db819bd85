"""A form that changes a record, as the record's new file; nothing is written.

Opened by a reader's 改, the form holds the record as the site shows it, and the commit that this was. So
three versions are known: what others have changed since stays, and where both have, it is told.
"""

from collections.abc import Mapping
from typing import Any

from archive.editing.merging import ValueChange, changes, clashing, moved_path
from archive.editing.questions import Form
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.files.validation import show, suggestion, validate
from archive.files.writing import plain_data
from archive.files.yaml import Document, parse_bytes
from archive.proposals.pulls.repository import Repository
from archive.schema.collections import RECORD
from archive.schema.fields import fields
from archive.schema.honours import Review
from archive.schema.types import Model

Files = dict[str, bytes | None]


def changed(
    site: Site, form: Form, values: Mapping[str, Any], repository: Repository
) -> Files | list[str]:
    """The record's file with what the form changes: file → content, None to delete; or the faults.

    Without a commit beside its id, what was not answered stays as it is.
    """
    id_, _, commit = values[RECORD].partition("#")
    records = {one.id: one for one in site.archive.records[form.collection]}
    record = records.get(id_)
    if record is None:
        label = site.archive.collections[form.collection].label
        return [
            f"“{form.beside[0].label}”须是“{label}”里已有的，没有 {id_}{suggestion(id_, records, _titles(site, form.collection))}"
        ]
    now = plain_data(record.data)
    if form.model is Review:
        return _written(
            site, form, record, now, {"reviews": [*(now.get("reviews") or []), _review(values)]}
        )
    base = now
    if commit:
        raw = repository.record(commit, form.collection, id_)
        if raw is None:
            return [f"{AS_NOW}，找不到 {commit} 那时的 {id_}；请在网站上重新点那条记录的“改”"]
        base = parse_bytes(raw, "").data
    new = {**base, **_answered(form, values, base, whole=bool(commit))}
    found = list(changes(base, now, new))
    clashes = clashing(found)
    if clashes:
        return [clash_text(form, one) for one in clashes]
    if not found:
        return [NO_CHANGE]
    return _written(site, form, record, now, {one.field: one.new for one in found})


def _titles(site: Site, collection: str) -> dict[str, str]:
    """Record → what it is called by."""
    named_by = site.archive.collections[collection].named_by
    return {one.id: str(getattr(one.data, named_by)) for one in site.archive.records[collection]}


def _answered(
    form: Form, values: Mapping[str, Any], base: Mapping[str, Any], *, whole: bool
) -> dict[str, Any]:
    """Field → its answer. Where the form held the `whole` record, an empty answer empties the field.

    Not so a list of choices: not every forge begins it with what is recorded.
    """
    own = fields(form.model)
    answered: dict[str, Any] = {}
    for question in form.questions:
        name = question.field
        if name not in own:
            continue
        if name in values:
            answered[name] = values[name]
        elif whole and name in base and not question.options:
            answered[name] = [] if question.shape == "list" else None
    return answered


def _review(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in fields(Review) if name in values}


def _written(
    site: Site, form: Form, record: Record[Model], now: Mapping[str, Any], values: dict[str, Any]
) -> Files | list[str]:
    """The record's file with these values, in the folder of its year; or what is wrong with them."""
    model = site.archive.collections[form.collection].model
    document = Document("", {**now, **values})
    validate(model, document)
    if document.problems:
        return [problem.message for problem in document.problems]
    raw = (site.archive.project.root / record.path).read_bytes()
    try:
        done = edited(raw, now, values, list(fields(model)))
    except UnchangeableError:
        return [f"{record.path} 写法特殊，程序不能改；请在文件里手工修改"]
    path = moved_path(record, values)
    return {path: done} if path == record.path else {path: done, record.path: None}


def clash_text(form: Form, clash: ValueChange) -> str:
    """The message for a field that others have changed since the form was opened."""
    labels = {one.field: one.label for one in form.questions}
    rule = f"“{labels.get(clash.field, clash.field)}”他人已改为{show(clash.now)}，表中改为{show(clash.new)}"
    return f"{rule}，没有写入；请在网站上重新点那条记录的“改”，看过现在的再改"


AS_NOW = "这份表须照网站现在的样子填"
NO_CHANGE = "表里须有改动，现与记录相同；请改了再保存"
