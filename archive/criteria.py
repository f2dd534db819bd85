"""What stands behind each assessment item: where its evidence is, and in which years it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive import honours, regulations
from archive.figures import State, Value, select
from archive.gather import Archive
from archive.places import HONOURS, REGISTER, Place
from archive.schema.collections import COLLECTIONS
from archive.schema.criteria import Criterion, Proof
from archive.schema.kinds import page_model
from archive.schema.register import Counted, Period
from archive.schema.regulations import Regulation

CRITERIA = "criteria/index.md"
"""The page of the items."""

Year = int | None
"""A year, or None where none is known."""


class Sort(StrEnum):
    """What a piece of evidence is; the word messages use."""

    PAGE = "页面"
    FILE = "文件"
    HONOUR = "荣誉"
    REGULATION = "制度"
    COLLECTION = "台账"
    FIGURE = "指标"


@dataclass(frozen=True, slots=True)
class Target:
    """Something of the archive: its id among its like, and where it is shown, from docs/."""

    sort: Sort
    id: str
    address: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence. `years` are those it counts in, none if they are not known; `lacks`
    says why it does not count yet, or is empty.
    """

    proof: Proof
    target: Target
    years: tuple[int, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class Item:
    """An assessment item with its evidence."""

    id: str
    criterion: Criterion
    evidence: tuple[Evidence, ...]

    def has(self, kind: str, year: Year) -> bool:
        """Whether there is evidence of a kind for a year, of whatever year if that is None.

        A 说明报告 speaks of every year.
        """
        if kind == "说明报告":
            return self.criterion.statement is not None
        counting = (one for one in self.evidence if one.proof.kind == kind and not one.lacks)
        return any(year is None or year in one.years for one in counting)

    def undated(self, kind: str) -> bool:
        """Whether there is evidence of a kind whose year is not known."""
        of_kind = (one for one in self.evidence if one.proof.kind == kind)
        return any(not one.lacks and not one.years for one in of_kind)


def years(archive: Archive) -> tuple[int, ...]:
    """The years of the archive's period; none as long as that is not known."""
    span = archive.unit.record_period if archive.unit else None
    if span is None or span.start is None or span.end is None:
        return ()
    return tuple(range(span.start.year, span.end.year + 1))


def split(statement: str) -> list[str]:
    """A statement as text and figures in turn: every second part is the id between braces."""
    # Where a line ends in the file YAML puts a blank; between Chinese characters none belongs.
    whole = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", statement)
    return re.split(r"\{([^{}]*)\}", whole)


def length(statement: str, values: Mapping[str, Value]) -> int:
    """The characters of a statement with its figures filled in: punctuation counts, blanks do not."""
    parts = split(statement)
    for index in range(1, len(parts), 2):
        value = values.get(parts[index])
        parts[index] = value.number + value.figure.unit if value else ""
    return sum(not c.isspace() for c in "".join(parts))


def shown(archive: Archive) -> dict[str, list[Place]]:
    """Figure → the items whose statement shows it."""
    found: dict[str, list[Place]] = {}
    page = archive.pages.get(CRITERIA)
    if page is None:
        return found
    title = page.meta.title if page.meta else CRITERIA
    for id_, criterion in archive.criteria.items():
        for figure in dict.fromkeys(split(criterion.statement or "")[1::2]):
            place = Place(CRITERIA, title, f"{criterion.code} {criterion.title}", id_)
            found.setdefault(figure, []).append(place)
    return found


def resolve(archive: Archive, to: str) -> list[Target]:
    """What `to` may mean, a page, a file or an id: nothing, or several where one id is used twice."""
    path, _, anchor = to.partition("#")
    if to.startswith("files/"):
        return [Target(Sort.FILE, to, to)] if (archive.project.docs / to).is_file() else []
    if not path.endswith(".md"):
        return _named(archive, to)
    if path not in archive.pages:
        return []
    # The page of something kept stands for it: it counts as that does.
    stem = path.rpartition("/")[2].removesuffix(".md")
    if page_model(path) is Regulation:
        return [Target(Sort.REGULATION, stem, to)]
    id_ = anchor if path in (HONOURS, REGISTER) else stem if path.startswith("records/") else ""
    kept = [target for target in _named(archive, id_) if target.address == to]
    return kept or [Target(Sort.PAGE, path, to)]


def _named(archive: Archive, id_: str) -> list[Target]:
    regulation = f"{regulations.FOLDER}{id_}.md"
    page = f"records/{id_}.md"
    shown = page if page in archive.pages else f"{id_}/index.md"
    there = (
        (id_ in archive.record_ids("honours"), Target(Sort.HONOUR, id_, f"{HONOURS}#{id_}")),
        (
            regulation in archive.pages and page_model(regulation) is Regulation,
            Target(Sort.REGULATION, id_, regulation),
        ),
        (id_ in COLLECTIONS, Target(Sort.COLLECTION, id_, shown)),
        (id_ in archive.ids("figures"), Target(Sort.FIGURE, id_, f"{REGISTER}#{id_}")),
    )
    return [target for found, target in there if found]


def items(archive: Archive, values: Mapping[str, Value]) -> dict[str, Item]:
    """Every assessment item with what could be found of its evidence, in the order of the file."""
    found = {}
    for id_, criterion in archive.criteria.items():
        evidence = []
        for proof in criterion.evidence:
            targets = resolve(archive, proof.to)
            if len(targets) == 1:
                counted, lacks = _standing(archive, values, proof, targets[0])
                if counted and not lacks and years(archive) and not {*counted} & {*years(archive)}:
                    lacks = "不在建档期间"
                evidence.append(Evidence(proof, targets[0], counted, lacks))
        found[id_] = Item(id_, criterion, tuple(evidence))
    return found


def _standing(
    archive: Archive, values: Mapping[str, Value], proof: Proof, target: Target
) -> tuple[tuple[int, ...], str]:
    """The years something counts in as evidence, and why it does not count yet."""
    if target.sort is Sort.HONOUR:
        return _honour(archive, proof, target.id)
    if target.sort is Sort.REGULATION:
        return _regulation(archive, target.id)
    if target.sort is Sort.COLLECTION:
        return _collection(archive, proof, target.id)
    if target.sort is Sort.FIGURE:
        return _figure(values.get(target.id))
    return proof.years, ""


def _honour(archive: Archive, proof: Proof, id_: str) -> tuple[tuple[int, ...], str]:
    for record in archive.records["honours"]:
        if record.id == id_:
            awarded = (record.data.date.year,) if record.data.date else ()
            withdrawn = honours.State.WITHDRAWN
            if honours.state(record.data, archive.project.as_of) is withdrawn:
                return awarded, str(withdrawn)
            if proof.kind == "正式文件" and record.data.basis is None:
                return awarded, "依据文件待补"
            return awarded, ""
    return (), "记录有误"


def _regulation(archive: Archive, id_: str) -> tuple[tuple[int, ...], str]:
    known = {name: data for name, (_, data) in regulations.texts(archive).items()}
    as_of = archive.project.as_of
    if id_ not in known:
        return (), "记录有误"

    def state(day: date) -> regulations.State:
        return regulations.state(known[id_], known, min(day, as_of))

    now = state(as_of)
    if now is regulations.State.DRAFT:
        return (), "示范文本，审定后才作数"
    past = (year for year in years(archive) if year <= as_of.year)
    valid = tuple(year for year in past if state(date(year, 12, 31)) in regulations.VALID)
    return valid, "" if valid or now in regulations.VALID else str(now)


def _collection(archive: Archive, proof: Proof, name: str) -> tuple[tuple[int, ...], str]:
    rule = Counted(collection=name, measure="count", where=proof.where)
    chosen = select(rule, Period(kind="时期", start=None, end=None), archive.records[name])
    if not chosen:
        return (), "尚无这样的记录" if proof.where else "尚无记录"
    return tuple(sorted({record.data.date.year for record in chosen if record.data.date})), ""


def _figure(value: Value | None) -> tuple[tuple[int, ...], str]:
    if value is None:
        return (), "登记有误"
    if value.state in (State.UNFILLED, State.RETIRED):
        return (), str(value.state)
    span = value.figure.period
    first = span.end if span.kind == "时点" else span.start
    if first is None or span.end is None:
        return (), ""
    return tuple(range(first.year, span.end.year + 1)), ""
