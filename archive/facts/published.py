"""Read a public edition published before: what readers saw of it, and the records as they were then.

What readers saw is read from the deployment itself, from its downloads. The records, hidden ones
included, are read from Git at the commit that the deployment was built from.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from archive.facts.former import FormerEdition
from archive.facts.gather import Archive, Record
from archive.facts.history import blobs, source_digests
from archive.facts.ledgers import FOLDER as LEDGERS
from archive.facts.observations import Register, observed
from archive.facts.tables import FOLDER, ID, REGISTER, TO_SUM
from archive.files.git import blob_id
from archive.files.validation import validate
from archive.files.yaml import Document, parse_bytes
from archive.schema.collections import Collection
from archive.schema.columns import columns, exact_text, labelled
from archive.schema.fields import fields
from archive.schema.ledgers import shown_texts
from archive.schema.register import MARK, Figure, Observation, Period, model_of
from archive.schema.releases import short
from archive.schema.types import Model, Span

_VALUE = columns(Figure)["value"].label
_REVISIONS = columns(Figure)["revisions"].label
_DATES = {name: columns(Period)[name].label for name in ("start", "end")}


def read_former(
    archive: Archive, folder: Path, name: str, commit: str, as_of: date, digests: dict[str, str]
) -> FormerEdition:
    """Read the public edition in `folder`, built from that commit; `archive` is the site of today.

    `digests` keeps what is found out of the files of today, for the next edition.

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
    records: dict[str, list[Record[Model]]] = {}
    public: set[tuple[str, str]] = set()
    unshown: set[tuple[str, str]] = set()
    # Of a ledger that there is no more nothing tells how to read the records: sums over them are compared by number.
    for one in sorted(counted & archive.collections.keys()):
        rows = shown_rows(folder, one)
        there = list(_records(archive, one, then, digests)) if then else []
        known, left = _matched(rows, there, archive.collections[one])
        ids = {record.id for record in there}
        others = [record for record in archive.records.get(one, []) if record.id not in ids]
        # Of others, which were not committed, or no commit is at hand; then of those whose words of today
        # are others, in which the old ones cannot be read: a value of a choice has another name.
        for by_numbers in (False, True):
            more, left = _matched(left, others, archive.collections[one], by_numbers)
            known, there = [*known, *more], [*there, *more]
            ids |= {record.id for record in more}
            others = [record for record in others if record.id not in ids]
        records[one] = there
        public |= {(one, record.id) for record in known}
        unshown |= {(one, field) for row in rows[:1] for field in _unshown(archive, one, then, row)}
    missing = None if then else short(commit)
    return FormerEdition(
        name, as_of, figures, values, records, frozenset(public), frozenset(unshown), missing
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
    return bool(_matched(shown_rows(folder, name), records, collection)[1])


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


def _records(
    archive: Archive, name: str, then: Mapping[str, str], digests: dict[str, str]
) -> Iterator[Record[Model]]:
    """The records of a collection at a commit; those that are unchanged are those of today."""
    project = archive.project
    folder = project.name(project.data / name) + "/"
    now = {record.path: record for record in archive.records.get(name, [])}
    read: dict[str, str] = {}
    for path, blob in then.items():
        if not path.startswith(folder) or not path.endswith(".yml"):
            continue
        if path in now and path not in digests:
            digests[path] = blob_id((project.root / path).read_bytes(), blob)
        if path in now and digests[path] == _object(blob):
            yield now[path]
        else:
            read[path] = _object(blob)
    raw = blobs(project.root, read.values())
    for path, blob in read.items():
        document = parse_bytes(raw.get(blob, b""), path)
        data = None if document.problems else validate(archive.collections[name].model, document)
        if data is not None:
            yield Record(path.rpartition("/")[2].removesuffix(".yml"), path, data)


def _unshown(
    archive: Archive, name: str, then: Mapping[str, str], row: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the fields of a collection of which its table, of which this is a row, had no column.

    They were not public then, or not there. A field may have been called otherwise. What is derived is
    known to readers too if all that it follows from is.
    """
    collection = archive.collections[name]
    labels = {field: column.label for field, column in columns(collection.model).items()}
    missing = {
        one for one, label in {**labels, **_labels(archive, name, then)}.items() if label not in row
    }
    yield from missing
    for one, label in collection.derived.items():
        terms = collection.ledger.derived[one].factors if collection.ledger else []
        if f"{label}{TO_SUM}" not in row and any(not missing.isdisjoint(term) for term in terms):
            yield one


def _labels(archive: Archive, name: str, then: Mapping[str, str]) -> dict[str, str]:
    """Field → its label in the description of a ledger at a commit; none if that is not at hand."""
    project = archive.project
    path = f"{project.name(project.data)}/{LEDGERS}/{name}.yml"
    found: dict[str, str] = {}
    for raw in blobs(project.root, [_object(then[path])] if path in then else []).values():
        described = parse_bytes(raw, path).data
        entries = described.get("fields") if isinstance(described, dict) else None
        for field, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("label"), str):
                found[field] = entry["label"]
    return found


def _object(listed: str) -> str:
    """The object id in an entry of `git ls-tree`: mode, type, id."""
    return listed.split()[-1]


_Rows = list[dict[str, Any]]


def _matched(
    rows: _Rows, records: list[Record[Model]], collection: Collection, by_numbers: bool = False
) -> tuple[list[Record[Model]], _Rows]:
    """The records that published rows are of, which have other ids; and the rows that are of none.

    A reference is to one of these other ids, so that nothing is known by it. `by_numbers` only the day and
    the numbers are compared, if there are any.
    """
    own = collection.ledger.fields if collection.ledger else {}
    labels = {
        name: columns(collection.model)[name].label
        for name, field in fields(collection.model).items()
        if field.public
        and not (name in own and own[name].type == "引用")
        and (not by_numbers or field.value.is_number or name == "date")
    }
    labels = {name: label for name, label in labels.items() if rows and label in rows[0]}
    if not labels or (by_numbers and labels.keys() <= {"date"}):
        return [], rows
    waiting: dict[tuple[str, ...], _Rows] = defaultdict(list)
    for row in reversed(rows):
        waiting[tuple(_text(row[label]) for label in labels.values())].append(row)
    found = []
    for record in records:
        held = {name: getattr(record.data, name) for name in labels}
        lists = {
            name: tuple(shown_texts(held[name]))
            for name in own.keys() & held.keys()
            if own[name].type == "列表"
        }
        there = waiting.get(tuple(_text(_as_read(one)) for one in {**held, **lists}.values()))
        if there:
            there.pop()
            found.append(record)
    return found, [row for there in waiting.values() for row in there]


def _as_read(value: Any) -> Any:
    """A value as it comes back from a download."""
    if isinstance(value, tuple):
        return [_as_read(one) for one in value]
    if isinstance(value, Model):
        return {label: _as_read(one) for label, one in labelled(value).items()}
    return value if value is None or isinstance(value, bool) else exact_text(value)


def _text(value: Any) -> str:
    return json.dumps(cast(Any, value), ensure_ascii=False, sort_keys=True)
