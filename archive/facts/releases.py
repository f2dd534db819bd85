"""Figures as they were reported: the file of a release, and how figures changed since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from archive.facts.figures import Value
from archive.facts.gather import Archive
from archive.facts.observations import counterpart
from archive.facts.site import Site
from archive.files.writing import block, plain_data, shortest
from archive.schema.register import Revision
from archive.schema.releases import Release, ReportedFigure

FILE_HEADER = "# 报送时的指标登记，由 archive freeze 写出，不得改动。\n"


class ChangeSinceRelease(StrEnum):
    """How a figure changed since it was reported; the value is the word a reader sees."""

    SAME = "未变"
    RETOLD = "约数写法已改"
    REVISED = "已改"
    UNEXPLAINED = "已改，没有说明"
    OTHER = "口径或时期已变，不相比较"
    GONE = "已不在登记里"
    NOTHING = "当时未填报"


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """A figure as it was reported in a release, and how it changed since."""

    name: str
    release: Release
    reported: ReportedFigure
    since: ChangeSinceRelease
    revisions: tuple[Revision, ...]
    """The revisions (修订 and 更正) recorded since."""
    difference: Decimal | None
    """What it is now less what was reported; None if the two cannot be compared."""


def freeze_register(values: Mapping[str, Value], day: date, commit: str | None) -> str:
    """Return the text of a release's YAML file: every figure of the register as it is today."""
    figures = {id_: _reported(value) for id_, value in values.items()}
    content = {"date": day, "commit": commit, "figures": figures}
    fields = {"date": day, "commit": commit, "digest": release_digest(content), "figures": figures}
    return FILE_HEADER + "".join(block(*field) for field in fields.items())


def _reported(value: Value) -> dict[str, Any]:
    return {
        "shown": value.shown,
        "value": value.exact,
        "state": str(value.state),
        "running": value.provisional_count,
        "records": value.records,
        "entry": plain_data(value.figure),
    }


def release_digest(data: Mapping[str, Any]) -> str:
    """Return `sha256:` and the digest of a release's values, its field `digest` left out.

    It does not depend on how the file is laid out.
    """
    content = _canonical({name: value for name, value in data.items() if name != "digest"})
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text_digest(text)


def text_digest(text: str) -> str:
    """Return `sha256:` and the digest of a text."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _canonical(value: Any) -> Any:
    """Return a value ready for JSON: numbers as text without trailing zeros, days as text."""
    if isinstance(value, Mapping):
        return {name: _canonical(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return shortest(Decimal(value))
    return value.isoformat() if isinstance(value, date) else value


def in_order(archive: Archive) -> list[tuple[str, Release]]:
    """Return the releases as (name, release), the earliest first."""
    return sorted(archive.releases.items(), key=lambda item: (item[1].date, item[0]))


def reported_values(
    archive: Archive, values: Mapping[str, Value], id_: str
) -> Iterator[ReportedValue]:
    """Yield a figure as each release reported it, the earliest first."""
    for name, release in in_order(archive):
        reported, now = release.figures.get(id_), archive.figures.get(id_)
        if reported is None and now:  # it may have had another key then
            entries = {key: one.entry for key, one in release.figures.items()}
            reported = release.figures.get(counterpart(id_, now, entries))
        if reported:
            value = values.get(id_)
            since, revisions = _since(reported, value)
            difference = _difference(reported, value, since)
            yield ReportedValue(name, release, reported, since, revisions, difference)


def times_reported(archive: Archive, values: Mapping[str, Value], id_: str) -> list[ReportedValue]:
    """Return a figure as each release reported it that had a value of it, the earliest first."""
    return [one for one in reported_values(archive, values, id_) if one.reported.has_value]


def _difference(
    reported: ReportedFigure, now: Value | None, since: ChangeSinceRelease
) -> Decimal | None:
    if now is None or now.exact is None or reported.value is None:
        return None
    return None if since is ChangeSinceRelease.OTHER else now.exact - reported.value


def settled_value(site: Site, id_: str) -> Decimal | None:
    """Return the value from which a figure changes by a revision alone; None if there is none.

    It is the one approved or revised to last; of a figure that is not approved, the one reported last.
    """
    settled = site.archive.figures[id_].settled
    if settled is not None:
        return settled
    other = (ChangeSinceRelease.OTHER, ChangeSinceRelease.NOTHING)
    found = [
        one.reported.value
        for one in reported_values(site.archive, site.values, id_)
        if one.since not in other
    ]
    return found[-1] if found else None


def _since(
    reported: ReportedFigure, now: Value | None
) -> tuple[ChangeSinceRelease, tuple[Revision, ...]]:
    if not reported.has_value:
        return ChangeSinceRelease.NOTHING, ()
    if now is None:
        return ChangeSinceRelease.GONE, ()
    known = reported.entry
    if (known.period, known.unit, known.definition) != (
        now.figure.period, now.figure.unit, now.figure.definition,
    ):  # fmt: skip
        return ChangeSinceRelease.OTHER, ()
    if reported.value is None:
        return (
            ChangeSinceRelease.SAME if now.shown == reported.shown else ChangeSinceRelease.RETOLD
        ), ()
    if now.exact == reported.value:
        return ChangeSinceRelease.SAME, ()
    added = tuple(one for one in now.figure.revisions if one not in known.revisions)
    explained = bool(added) and (added[0].old, added[-1].new) == (reported.value, now.exact)
    return (ChangeSinceRelease.REVISED if explained else ChangeSinceRelease.UNEXPLAINED), added
