"""A form that changes an entry of a file of many: a figure, a name; or the facts of a regulation."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from archive.editing.entries import (
    FILES,
    Entry,
    entries,
    entry_of,
    figure_faults,
    file_of,
    with_entries,
)
from archive.editing.merging import changes, clashing, put, value_at
from archive.editing.questions import Form
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.facts.regulations import FOLDER
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import parse_bytes
from archive.proposals.pulls.record_change import AS_NOW, NO_CHANGE, clash_text
from archive.proposals.pulls.repository import Repository
from archive.schema.examples import Example
from archive.schema.fields import fields
from archive.schema.form_models import SECTION
from archive.schema.regulations import Regulation
from archive.schema.types import Model

PAGES: Mapping[str, tuple[str, type[Model]]] = {
    "regulations": (FOLDER, Regulation),
    "examples": ("examples/", Example),
}
"""Kind of a form of what stands in the front matter of pages → their folder in docs/, and its model."""


def entered(
    site: Site, form: Form, values: Mapping[str, Any], repository: Repository
) -> dict[str, bytes | None] | list[str]:
    """The file with what a form enters: file → content; or the faults.

    Without a commit beside the id, what was not answered stays as it is.
    """
    asked = form.beside[0]
    id_, _, commit = values[asked.field].partition("#")
    path, known = _place(site, form, id_)
    raw = (site.archive.project.root / path).read_bytes() if id_ in known else b""
    entry = _entry(form, raw, id_)
    if entry is None:
        called = {one: figure.name for one, figure in site.archive.figures.items()}
        return [f"“{asked.label}”须是已有的，没有 {id_}{suggestion(id_, known, called)}"]
    if form.kind == "figures" and (faults := list(_counted(site, id_))):
        return faults
    base = entry
    if commit:
        then = repository.content(commit, path) if repository.commit_of(commit) else None
        former = _entry(form, then or b"", id_)
        if former is None:
            return [f"{AS_NOW}，找不到 {commit} 那时的 {id_}；请在网站上重新打开这张表"]
        base = former
    if any(name.startswith(SECTION) for name in values):
        return ["已有的事例，正文须点那一页的“编辑此页”改；请把表里正文的各栏清空"]
    found = list(changes(base, entry, _answered(form, values, base, bool(commit)), levels=2))
    clashes = clashing(found)
    if clashes:
        named = {way: name for name, way in form.where.items()}
        told = (replace(one, at=(named.get(one.at, one.field),)) for one in clashes)
        return [clash_text(form, one) for one in told]
    if not found:
        return [NO_CHANGE]
    whole = entry
    for one in found:
        whole = put(whole, one.at, one.new)
    if form.kind == "figures" and (faults := list(figure_faults(site, id_, entry, whole))):
        return faults
    try:
        return {path: _written(form, raw, id_, entry, whole)}
    except UnchangeableError:
        return [f"{path} 里这一段写法特殊，程序不能改；请在文件里手工填写"]


def _place(site: Site, form: Form, id_: str) -> tuple[str, list[str]]:
    """The file of an entry, and the ids that there are."""
    if form.kind in PAGES:
        folder, model = PAGES[form.kind]
        pages = site.archive.pages.items()
        known = [
            path[len(folder) : -len(".md")] for path, one in pages if isinstance(one.meta, model)
        ]
        return f"docs/{folder}{id_}.md", known
    data = site.archive.documents[FILES[form.kind]].data
    return file_of(site, form.kind), list(entries(form.kind, data))


def _entry(form: Form, raw: bytes, id_: str) -> Entry | None:
    """What a file holds of an entry; None if it has none of that id."""
    if form.kind not in PAGES:
        return entry_of(form.kind, raw, id_)
    found = parse_bytes(_front(raw)[0], "").data
    return found if isinstance(found, dict) else None


def _written(form: Form, raw: bytes, id_: str, entry: Entry, whole: Entry) -> bytes:
    """The file with the entry changed, every other byte as it was. Raises UnchangeableError."""
    if form.kind not in PAGES:
        return with_entries(form.kind, raw, {id_: whole})
    changed = {name: one for name, one in whole.items() if one is not entry.get(name)}
    return with_front(raw, changed, PAGES[form.kind][1])


def with_front(raw: bytes, changed: Mapping[str, Any], model: type[Model]) -> bytes:
    """Return a page with fields of its front matter changed. Raises UnchangeableError."""
    front, rest = _front(raw)
    held = parse_bytes(front, "").data
    if not isinstance(held, dict):
        raise UnchangeableError
    return b"---\n" + edited(front, held, changed, list(fields(model))) + rest


def _front(raw: bytes) -> tuple[bytes, bytes]:
    """The front matter of a page, and what follows it from the line that ends it; empty if it has none."""
    front, found, rest = raw.removeprefix(b"---\n").partition(b"\n---\n")
    if not raw.startswith(b"---\n") or not found:
        return b"", raw
    return front + b"\n", b"---\n" + rest


def _answered(form: Form, values: Mapping[str, Any], base: Entry, whole: bool) -> Entry:
    """The entry as the form has it. Where the form held the `whole` entry, an empty answer empties a field."""
    new = base
    where = form.where
    for question in form.questions:
        way = where.get(question.field)
        if way and question.field in values:
            new = put(new, way, values[question.field])
        elif way and whole and not question.options and value_at(base, way) is not None:
            new = put(new, way, None)
    return new


def _counted(site: Site, id_: str) -> Iterator[str]:
    counted = site.archive.figures[id_].counted if id_ in site.archive.figures else None
    if counted:
        label = site.archive.collections[counted.collection].label
        yield f"这个指标由台账“{label}”计数得出，须改台账的记录，不直接填数"
