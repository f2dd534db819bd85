"""Evidence for assessment items: what a reference points to, and for which years it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive.facts import honours, regulations
from archive.facts.figures import FigureState, Value, select
from archive.facts.gather import Archive
from archive.facts.observations import INDICATORS, target_of
from archive.facts.places import HONOURS, REGISTER
from archive.files.pictures import PICTURE_SUFFIXES
from archive.schema.criteria import Proof
from archive.schema.honours import Honour
from archive.schema.kinds import in_role
from archive.schema.page_models import page_model
from archive.schema.register import Counted, Period
from archive.schema.regulations import Regulation


class TargetKind(StrEnum):
    """What a piece of evidence is; the value is the word that messages use."""

    PAGE = "页面"
    FILE = "文件"
    HONOUR = "荣誉"
    REGULATION = "制度"
    COLLECTION = "台账"
    FIGURE = "指标"


@dataclass(frozen=True, slots=True)
class Target:
    """Something in the archive: its id within its sort, and the address that shows it, from docs/."""

    kind: TargetKind
    id: str
    address: str


@dataclass(frozen=True, slots=True)
class WeighedEvidence:
    """A piece of evidence and what it counts for.

    `years` are the years it counts for, empty if they are not known; `lacks` says, in Chinese, why it
    does not count yet, and is empty if it does.
    """

    proof: Proof
    target: Target
    years: tuple[int, ...]
    lacks: str


def years(archive: Archive) -> tuple[int, ...]:
    """Return the years of the archive's period; empty if the period is not known."""
    span = archive.unit.record_period if archive.unit else None
    if span is None or span.start is None or span.end is None:
        return ()
    return tuple(range(span.start.year, span.end.year + 1))


def resolve_evidence(archive: Archive, to: str) -> list[Target]:
    """Return what `to` may mean: a page, a file or an id.

    Empty if there is nothing of that name; several if one id is used for different things.
    """
    path, _, anchor = to.partition("#")
    if to.startswith("files/"):
        return [Target(TargetKind.FILE, to, to)] if to in archive.docs else []
    if not path.endswith(".md"):
        return _named(archive, to)
    if path not in archive.pages:
        return []
    # A page that shows a regulation, honour, figure or collection counts as the thing itself.
    stem = path.rpartition("/")[2].removesuffix(".md")
    if page_model(path) is Regulation:
        return [Target(TargetKind.REGULATION, stem, to)]
    if path == REGISTER:  # it lists the indicators, each of which has a page of its own
        to = target_of(anchor) if anchor in archive.ids("figures") else to
    elif path.startswith(INDICATORS):
        to = path
    id_ = anchor if path in (HONOURS, REGISTER) else stem
    shown = [target for target in _named(archive, id_) if target.address == to]
    return shown or [Target(TargetKind.PAGE, path, to)]


def _named(archive: Archive, id_: str) -> list[Target]:
    regulation = f"{regulations.FOLDER}{id_}.md"
    page = f"records/{id_}.md"
    shown = page if page in archive.pages else f"{id_}/index.md"
    candidates = (
        (id_ in archive.record_ids("honours"), Target(TargetKind.HONOUR, id_, f"{HONOURS}#{id_}")),
        (
            regulation in archive.pages and page_model(regulation) is Regulation,
            Target(TargetKind.REGULATION, id_, regulation),
        ),
        (id_ in archive.collections, Target(TargetKind.COLLECTION, id_, shown)),
        (id_ in archive.ids("figures"), Target(TargetKind.FIGURE, id_, target_of(id_))),
    )
    return [target for exists, target in candidates if exists]


def weigh_evidence(
    archive: Archive, values: Mapping[str, Value], proof: Proof
) -> WeighedEvidence | None:
    """Return a piece of evidence as it counts today; None if it points to nothing or several things."""
    targets = resolve_evidence(archive, proof.to)
    if len(targets) != 1:
        return None
    counted, lacks = _years_and_lacks(archive, values, proof, targets[0])
    if counted and not lacks and years(archive) and not {*counted} & {*years(archive)}:
        lacks = "不在建档期间"
    return WeighedEvidence(proof, targets[0], counted, lacks)


def _years_and_lacks(
    archive: Archive, values: Mapping[str, Value], proof: Proof, target: Target
) -> tuple[tuple[int, ...], str]:
    """Return the years something counts for as evidence, and why it does not count yet."""
    picture = in_role(archive.kinds, "evidence_kinds", "picture")
    if proof.kind == picture and not shows_a_picture(archive, target):
        return proof.years, "没有照片或图片"
    if target.kind is TargetKind.HONOUR:
        return _honour(archive, proof, target.id)
    if target.kind is TargetKind.REGULATION:
        return _regulation(archive, target.id)
    if target.kind is TargetKind.COLLECTION:
        return _collection(archive, proof, target.id)
    if target.kind is TargetKind.FIGURE:
        return _figure(values.get(archive.figure_key(target.id)))
    return proof.years, ""


def shows_a_picture(archive: Archive, target: Target) -> bool:
    """Return whether something is a picture, or a page whose text shows one; a page's furniture is none."""
    if target.kind is TargetKind.FILE:
        return target.id.lower().endswith(PICTURE_SUFFIXES)
    page = archive.pages.get(target.address.partition("#")[0])
    shown = page.links if page and target.kind is TargetKind.PAGE else []
    return any(link.embedded and link.to.file.startswith("files/") for link in shown)


def _honour(archive: Archive, proof: Proof, id_: str) -> tuple[tuple[int, ...], str]:
    for record in archive.of(Honour):
        if record.id == id_:
            awarded = (record.data.date.year,) if record.data.date else ()
            withdrawn = honours.HonourState.WITHDRAWN
            if honours.honour_state(record.data, archive.project.as_of) is withdrawn:
                return awarded, str(withdrawn)
            document = in_role(archive.kinds, "evidence_kinds", "document")
            if proof.kind == document and record.data.basis is None:
                return awarded, "依据文件待补"
            return awarded, ""
    return (), "记录有误"


def _regulation(archive: Archive, id_: str) -> tuple[tuple[int, ...], str]:
    known = {name: data for name, (_, data) in regulations.texts(archive).items()}
    as_of = archive.project.as_of
    if id_ not in known:
        return (), "记录有误"

    def state(day: date) -> regulations.RegulationState:
        return regulations.regulation_state(known[id_], known, min(day, as_of))

    now, in_force = state(as_of), regulations.RegulationState.IN_FORCE
    if now is regulations.RegulationState.DRAFT:
        return (), "示范文本，审定后才作数"
    past = (year for year in years(archive) if year <= as_of.year)
    valid = tuple(year for year in past if state(date(year, 12, 31)) is in_force)
    return valid, "" if valid or now is in_force else str(now)


def _collection(archive: Archive, proof: Proof, name: str) -> tuple[tuple[int, ...], str]:
    rule = Counted(collection=name, measure="count", where=proof.where)
    chosen = select(rule, Period(kind="时期", start=None, end=None), archive.records[name])
    if not chosen:
        return (), "尚无这样的记录" if proof.where else "尚无记录"
    return tuple(sorted({record.day.year for record in chosen if record.day})), ""


def _figure(value: Value | None) -> tuple[tuple[int, ...], str]:
    if value is None:
        return (), "登记有误"
    if value.state in (FigureState.UNFILLED, FigureState.RETIRED):
        return (), str(value.state)
    span = value.figure.period
    first = span.end if span.kind == "时点" else span.start
    if first is None or span.end is None:
        return (), ""
    return tuple(range(first.year, span.end.year + 1)), ""
