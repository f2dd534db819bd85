"""Read a public edition published before: what readers saw of it, and the records as they were then.

What readers saw is read from the deployment itself, from its downloads. The records, hidden ones
included, are read from Git at the commit that the deployment was built from.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from archive.facts.former import FormerEdition
from archive.facts.gather import Archive, Record
from archive.facts.history import blobs, source_digests
from archive.facts.kinds import FILE as KINDS
from archive.facts.kinds import sound_lists
from archive.facts.ledgers import ledger_files, read_ledgers
from archive.facts.observations import Register, observed
from archive.facts.published_rows import Rows, has_columns, matched, unshown
from archive.facts.tables import FOLDER, ID, REGISTER
from archive.files.git import blob_id
from archive.files.validation import validate
from archive.files.yaml import Document, parse_bytes
from archive.schema.collections import Collection, with_kinds
from archive.schema.columns import columns
from archive.schema.register import MARK, Figure, Observation, Period, model_of
from archive.schema.releases import short
from archive.schema.types import Model, Span

_VALUE = columns(Figure)["value"].label
_REVISIONS = columns(Figure)["revisions"].label
_DATES = {name: columns(Period)[name].label for name in ("start", "end")}


@dataclass(frozen=True, slots=True)
class Read:
    """What was found out for one edition, for the next."""

    digests: dict[str, str] = field(default_factory=dict)
    """File of today → its object id in Git."""
    records: dict[tuple[str, str, type[Model]], Record[Model] | None] = field(default_factory=dict)
    """File, object id and model → the record; None if it is none."""


def read_former(
    archive: Archive, folder: Path, name: str, commit: str, as_of: date, read: Read
) -> FormerEdition:
    """Read the public edition in `folder`, built from that commit; `archive` is the site of today.

    The records are read as they were described at that commit, so that the edition says what it said
    then, whatever a field, a word or a number is called or allowed to be today.

    Without such a commit, its records are those of today that it shows, and its register is that of
    today. Raises ValueError if its downloads cannot be read.
    """
    values = shown_numbers(folder)
    then = source_digests(archive.project, commit) if commit else {}
    rows = shown_rows(folder, REGISTER)
    figures = dict(_register(archive, then, rows) or archive.figures)
    for id_ in values.keys() & archive.figures.keys() - figures.keys():  # it was not committed
        figures[id_] = archive.figures[id_]
    told = set(shown_revised(folder))
    figures = {
        id_: one if id_ in told or not one.revisions else one.model_copy(update={"revisions": ()})
        for id_, one in figures.items()
    }
    # Readers know the rows of a ledger of which no figure was counted then, but is today.
    of_either = (*figures.values(), *archive.figures.values())
    counted = {one.counted.collection for one in of_either if one.counted}
    described = _collections(archive, then)
    # Of a ledger that there is no more nothing is summed today: sums over it are compared by number.
    seen = {
        one: _seen(archive, one, described.get(one), shown_rows(folder, one), then, read)
        for one in sorted(counted & archive.collections.keys())
    }
    missing = None if then else short(commit)
    return FormerEdition(
        name,
        as_of,
        figures,
        values,
        {one: ledger.records for one, ledger in seen.items()},
        frozenset((one, id_) for one, ledger in seen.items() for id_ in ledger.public),
        frozenset((one, field_) for one, ledger in seen.items() for field_ in ledger.unshown),
        missing,
    )


def shown_numbers(folder: Path) -> dict[str, Decimal]:
    """Figure → the number that a built or deployed site shows of it, from its downloads."""
    return {
        str(row[ID.label]): Decimal(row[_VALUE])
        for row in shown_rows(folder, REGISTER)
        if row.get(_VALUE) is not None
    }


def shown_revised(folder: Path) -> list[str]:
    """The figures whose revisions a built or deployed site shows, from its downloads."""
    return [str(row[ID.label]) for row in shown_rows(folder, REGISTER) if row.get(_REVISIONS)]


def is_of_others(
    folder: Path, name: str, records: list[Record[Model]], collection: Collection
) -> bool:
    """Whether a table among the downloads has a row that is of none of these records."""
    return bool(matched(shown_rows(folder, name), records, collection)[1])


def shown_rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table among the downloads, numbers as text; none if it is not offered."""
    file = folder / FOLDER / f"{name}.json"
    if not file.is_file() and name != REGISTER:
        return []
    try:
        found = json.loads(file.read_bytes(), parse_float=str, parse_int=str)
    except (OSError, ValueError):
        found = None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise ValueError(f"{file} 须能读取，现在不能；请用 .venv/bin/archive verify 核对发布目录")
    return found


def _register(
    archive: Archive, then: Mapping[str, str], rows: Iterable[dict[str, Any]]
) -> dict[str, Figure]:
    """The register at a commit: key → observation, also those that reports alone asked for.

    Of these the downloads (`rows`) say the dates.
    """
    project = archive.project
    path = project.name(project.data / "figures.yml")
    register = Register()
    for raw in blobs(project.root, [_object(then[path])] if path in then else []).values():
        document = parse_bytes(raw, path)
        data = document.data if isinstance(document.data, dict) else {}
        for id_, entry in data.items():
            found = validate(model_of(id_, entry), Document(path, data), (id_,))
            if isinstance(found, Observation):
                register.observations[id_] = found
            elif isinstance(found, Figure):
                register.indicators[id_] = found
    for row in rows if register.indicators else ():
        key = str(row[ID.label])
        if MARK in key and key not in register.observations:
            span = {name: row.get(label) for name, label in _DATES.items()}
            register.observations[key] = Observation(period=Span.model_validate(span, strict=False))
    return observed(register, {}, lambda _: ())


@dataclass(frozen=True, slots=True)
class _Seen:
    """A ledger of an edition: all its records, the ids of those shown, the fields that were not."""

    records: list[Record[Model]]
    public: set[str]
    unshown: set[str]


def _seen(
    archive: Archive,
    name: str,
    of_then: Collection | None,
    rows: Rows,
    then: Mapping[str, str],
    read: Read,
) -> _Seen:
    """What readers saw of a ledger; `of_then` is how it was described at the commit."""
    today = archive.collections[name]

    def known(described: Collection) -> tuple[list[Record[Model]], list[Record[Model]], Rows]:
        there = list(_records(archive, name, described.model, then, read))
        return there, *matched(rows, there, described)

    described = of_then or today
    there, shown, left = known(described)
    # What was published may have been made of a description that was not committed.
    if described.model is not today.model and (left or not has_columns(described, rows)):
        other = known(today)
        if (not has_columns(today, rows), len(other[2])) < (not has_columns(described, rows), len(left)):  # fmt: skip
            described, (there, shown, left) = today, other
    # What was not committed, or of which no commit is at hand, is known as it is today: by all that
    # it says, then by its numbers, where its words are others today.
    for by_numbers in (False, True):
        ids = {record.id for record in (there if by_numbers else shown)}
        others = [record for record in archive.records.get(name, []) if record.id not in ids]
        more, left = matched(left, others, today, by_numbers)
        ids = {record.id for record in more}
        shown += more
        there = [*(record for record in there if record.id not in ids), *more]
    since = today.labels.keys() - described.labels.keys() if rows else ()
    return _Seen(there, {record.id for record in shown}, {*unshown(rows, described), *since})


def _records(
    archive: Archive, name: str, model: type[Model], then: Mapping[str, str], read: Read
) -> Iterator[Record[Model]]:
    """The records of a collection at a commit; those that are unchanged are those of today.

    They are so too only if what describes them is: else their words mean something else.
    """
    project = archive.project
    folder = project.name(project.data / name) + "/"
    same = model is archive.collections[name].model
    now = {record.path: record for record in archive.records.get(name, []) if same}
    wanted: dict[str, str] = {}
    for path, blob in then.items():
        if not path.startswith(folder) or not path.endswith(".yml"):
            continue
        if path in now and path not in read.digests:
            read.digests[path] = blob_id((project.root / path).read_bytes(), blob)
        if path in now and read.digests[path] == _object(blob):
            yield now[path]
        else:
            wanted[path] = _object(blob)
    new = [blob for path, blob in wanted.items() if (path, blob, model) not in read.records]
    raw = blobs(project.root, new)
    for path, blob in wanted.items():
        key = path, blob, model
        if key not in read.records:
            read.records[key] = _record(path, raw.get(blob, b""), model)
        if record := read.records[key]:
            yield record


def _record(path: str, raw: bytes, model: type[Model]) -> Record[Model] | None:
    document = parse_bytes(raw, path)
    data = None if document.problems else validate(model, document)
    id_ = path.rpartition("/")[2].removesuffix(".yml")
    return None if data is None else Record(id_, path, data)


def _collections(archive: Archive, then: Mapping[str, str]) -> Mapping[str, Collection]:
    """The collections as they are described at a commit, each the same as today's if nothing changed."""
    project = archive.project
    data = f"{project.name(project.data)}/"
    inside = [path.removeprefix(data) for path in then if path.startswith(data)]
    wanted = [*ledger_files(inside), f"{KINDS}.yml"]
    ids = {one: _object(then[data + one]) for one in wanted if data + one in then}
    raw = blobs(project.root, ids.values())
    found = {one: raw[id_] for one, id_ in ids.items() if id_ in raw}
    kinds = sound_lists(parse_bytes(found.pop(f"{KINDS}.yml", b""), KINDS))
    read = read_ledgers(found, data.removesuffix("/"))
    sound = {name: one for name, one in read.collections.items() if name not in read.faulty}
    return with_kinds(sound, kinds)


def _object(listed: str) -> str:
    """The object id in an entry of `git ls-tree`: mode, type, id."""
    return listed.split()[-1]
