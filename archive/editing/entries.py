"""Entries of the files that hold many: a figure of the register, a name of the site; read, and changed in place."""

from collections.abc import Iterator, Mapping
from typing import Any

from archive.editing.sheet.editing import edited
from archive.facts.releases import settled_value
from archive.facts.site import Site
from archive.files.validation import validate
from archive.files.yaml import Document, parse_bytes
from archive.schema.register import model_of

Entry = Mapping[str, Any]

FILES = {"figures": "figures", "names": "unit"}
"""Kind of entry → the file of data/ that holds them all."""


def file_of(site: Site, kind: str) -> str:
    """Return the path of the file, from the root."""
    return site.archive.documents[FILES[kind]].path


def entries(kind: str, data: Any) -> Mapping[str, Any]:
    """Return id → entry of what such a file holds; empty where it holds none."""
    found = data.get("names") if kind == "names" and isinstance(data, dict) else data
    return found if isinstance(found, dict) else {}


def entry_of(kind: str, raw: bytes, id_: str) -> Entry | None:
    """Return an entry of such a file; None if it has none of that id."""
    found = entries(kind, parse_bytes(raw, "").data).get(id_)
    return found if isinstance(found, dict) else None


def with_entries(kind: str, raw: bytes, changed: Mapping[str, Entry]) -> bytes:
    """Return the file with entries changed, every other byte as it was. Raises UnchangeableError."""
    held = parse_bytes(raw, "").data
    if kind == "names":
        return edited(raw, held, {"names": {**held["names"], **changed}}, list(held))
    return edited(raw, held, changed, list(held))


def figure_faults(site: Site, id_: str, entry: Entry, whole: Entry) -> Iterator[str]:
    """Yield what is wrong with a figure that becomes `whole`."""
    settled = settled_value(site, id_)
    if settled is not None and whole.get("value") != entry.get("value"):
        yield f"{id_} 已经核定或报送为 {settled:f}，数值须用“修订或更正指标”表改"
        return
    document = Document("", whole)
    validate(model_of(id_, whole), document)
    yield from (problem.message for problem in document.problems)
