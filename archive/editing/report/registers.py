"""The files of the register and of the names with what a report brings: entries added, changed and dropped."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from archive.editing.report.brought import RefusedError
from archive.editing.report.columns import Terms
from archive.editing.report.deciding import Decided
from archive.editing.report.recording import recorded
from archive.editing.sheet.editing import UnchangeableError, dropped, edited
from archive.facts.site import Site
from archive.files.writing import block, plain_data
from archive.files.yaml import parse_bytes

_REWRITTEN = (
    "name", "unit", "mask", "method", "counted", "period", "source", "office", "decimals", "approximation",
    "value", "complete_through", "meaning", "person",
)  # fmt: skip
"""Fields of an entry that is entered anew which follow from what is decided; the others stay as they are."""


def registers(site: Site, terms: Terms, decided: Decided) -> dict[str, bytes | None]:
    """Return the files that change, as paths from the root."""
    drafts: dict[str, bytes | None] = {}
    figures, unit = (site.archive.documents[name] for name in ("figures", "unit"))
    root = site.archive.project.root
    decision = terms.earlier and terms.earlier.decision
    if decided.figures or decided.figures_anew or decided.changed:
        raw = (root / figures.path).read_bytes()
        held = figures.data or {}
        if decided.changed and decision:
            raw = recorded(site, decided.changed, decision, terms.by)
            held = parse_bytes(raw, figures.path).data
        drafts[figures.path] = _with(
            raw, figures.path, (), held, decided.figures, decided.figures_anew
        )
    if decided.names or decided.names_anew:
        raw = (root / unit.path).read_bytes()
        held = unit.data or {}
        if list(held)[-1:] != ["names"] or not held["names"]:
            raise RefusedError(
                f"{unit.path} 里 names 一段须在最后，至少有一个名称；请移到文件末尾再导入"
            )
        drafts[unit.path] = _with(
            raw, unit.path, ("names",), held, decided.names, decided.names_anew
        )
    return {path: one for path, one in drafts.items() if one != (root / path).read_bytes()}


def _with(
    raw: bytes,
    path: str,
    at: tuple[str, ...],
    held: Mapping[str, Any],
    entries: Mapping[str, Mapping[str, Any]],
    anew: Collection[str],
) -> bytes:
    """The file with the entries added, or changed where they are entered anew; what is not entered again goes."""
    there: Mapping[str, Any] = held[at[0]] if at else held
    changed = {
        id_: {**there[id_], **_anew(there[id_], entry)}
        for id_, entry in entries.items()
        if id_ in anew
    }
    gone = [id_ for id_ in anew if id_ not in entries and id_ in there]
    try:
        if changed:
            whole = {at[0]: {**there, **changed}} if at else changed
            raw = edited(raw, held, whole, list(held))
        if gone:
            raw = dropped(raw, at, gone)
    except UnchangeableError as error:
        raise RefusedError(
            f"{path} 须为程序能改的写法，现写法特殊；请在这个文件里手工改好 {'、'.join([*changed, *gone])}，再导入"
        ) from error
    added = {id_: entry for id_, entry in entries.items() if id_ not in anew}
    if not added:
        return raw
    text = raw.decode("utf-8-sig")
    text = text if at else re.sub(r"^\{\}\s*\Z", "", text, flags=re.MULTILINE)  # an empty register
    gap = "" if text.endswith("\n") or not text else "\n"
    return (text + gap + "".join(block(*one, 2 * len(at)) for one in added.items())).encode()


def _anew(there: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entry that is entered anew which differ; all of them if it is another number now."""
    another = any(_differs(there, entry, name) for name in ("value", "approximation", "mask"))
    names = dict.fromkeys((*there, *entry)) if another else _REWRITTEN
    return {name: entry.get(name) for name in names if _differs(there, entry, name)}


def _differs(there: Mapping[str, Any], entry: Mapping[str, Any], name: str) -> bool:
    return bool(plain_data(there.get(name)) != plain_data(entry.get(name)))
