"""A form that makes a page of docs/: a regulation with its articles, a typical example with its sections."""

import re
from collections.abc import Mapping
from typing import Any

from archive.editing.articles import articles_markdown
from archive.editing.entries import Entry
from archive.editing.merging import put
from archive.editing.questions import PAGE, Form
from archive.editing.sheet.editing import UnchangeableError
from archive.facts.site import Site
from archive.files.content import SETTINGS
from archive.files.validation import suggestion
from archive.files.writing import record
from archive.proposals.pulls.entry_change import with_front
from archive.schema.examples import Example
from archive.schema.form_models import SECTION
from archive.schema.kinds import anchors
from archive.schema.regulations import Regulation

Files = dict[str, bytes | None]

_NOT_YET = "待补。"


def new_page(site: Site, form: Form, values: Mapping[str, Any], number: int) -> Files | list[str]:
    """Return the new page, its line in the navigation, and what it replaces: file → content; or the faults."""
    id_ = values.get(PAGE) or f"issue-{number}"
    path = f"{form.folder}{id_}.md"
    if path in site.archive.docs:
        return [f"“网址的最后一段”须是还没有的，docs/{path} 已有；请换一个"]
    front: Mapping[str, Any] = {}
    for field, way in form.where.items():
        front = put(front, way, values.get(field))
    old = values.get("replaces")
    if form.kind == "new_regulation":
        made = _regulation(site, front, values, old)
    else:
        made = _example(site, front, values)
    replaced = _replaced(site, old, id_) if old else {}
    if isinstance(replaced, list):
        return replaced
    settings = (site.archive.project.root / SETTINGS).read_bytes().decode()
    listed = _listed(settings, path, [f"{form.folder}{old}.md"] if old else [])
    return {f"docs/{path}": made.encode(), **replaced, **listed}


def _regulation(site: Site, front: Entry, values: Mapping[str, Any], old: str | None) -> str:
    """The page of a regulation in force or to come, which replaces the `old` one, if any."""
    replaces = [old] if old else []
    whole = {**front, "replaces": replaces, "amendments": [], "draft": False}
    known = {one.data.title: one.id for one in site.regulations.values()}
    # A title that is its own is told by the check, and leads to none.
    known.pop(values["title"], None)
    text = articles_markdown(values["text"], known.get)
    return _page(record(whole, Regulation), values["title"], text)


def _example(site: Site, front: Entry, values: Mapping[str, Any]) -> str:
    """The page of an example, its sections without a text as still to be written."""
    parts = ["{{ example() }}"]
    sections = anchors(site.archive.kinds, "example_sections").items()
    for number, (label, anchor) in enumerate(sections, 1):
        text = values.get(f"{SECTION}{number}") or _NOT_YET
        parts += [f"## {label} {{ #{anchor} }}", *filter(None, map(str.strip, text.splitlines()))]
    return _page(record(front, Example), values["title"], "\n\n".join(parts) + "\n")


def _page(front: str, title: str, text: str) -> str:
    return f"---\n{front}---\n\n# {title}\n\n{text}"


def _replaced(site: Site, id_: str, by: str) -> Files | list[str]:
    """The page of a regulation, which says that another replaces it."""
    old = site.regulations.get(id_)
    if old is None:
        return [f"“所代替的制度”须是已有的，没有 {id_}{suggestion(id_, site.regulations)}"]
    raw = (site.archive.project.root / old.page.file).read_bytes()
    try:
        return {old.page.file: with_front(raw, {"replaced_by": by}, Regulation)}
    except UnchangeableError:
        return [
            f"{old.page.file} 开头的写法特殊，程序不能改；请在文件里写明 replaced_by: {by}，再编辑本议题"
        ]


_ENTRY = r"^(?P<pad> *)- (?:[^:\n]+: *)?{page} *(?=\r?$)"


def _listed(settings: str, path: str, beside: list[str]) -> Files:
    """mkdocs.yml with a page in its navigation, after a page `beside`, else after the last of its folder.

    Nothing where it lists no such page: then no page of the folder is listed.
    """
    folder = path.rpartition("/")[0]
    for page in (*map(re.escape, beside), rf"{re.escape(folder)}/[^\s:]+\.md"):
        found = list(re.finditer(_ENTRY.format(page=page), settings, re.MULTILINE))
        if found:
            end = found[-1].end()
            line = f"\n{found[-1]['pad']}- {path}"
            return {SETTINGS: (settings[:end] + line + settings[end:]).encode()}
    return {}
