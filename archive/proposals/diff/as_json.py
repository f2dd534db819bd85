"""Changes as JSON, for programs: stable names, everything in full.

    {"figures": [{"id", "name", "unit", "path", "line",
                  "old": {"shown", "exact", "running", "state"} | null, "new": the same,
                  "difference", "percent",
                  "fields": [{"field", "label", "old", "new"}],
                  "recorded": [{"kind", "date", "old", "new", "reason"}],
                  "unexplained": true where an approved value changed without 修订 or 更正,
                  "causes": [{"path", "why", "old", "new", "change": 新增 | 删去 | 改动 | null}],
                  "places": [{"page", "anchor", "title", "heading"}]}],
     "states": [{"what": "figures" | "regulations" | "honours", "id", "title", "old", "new"}],
     "entries": [{"group", "id", "kind": 新增 | 删去 | 改动, "path", "line", "title",
                  "moved_from", "fields", "sections"}]}

or, where a side cannot be read, and exit 1:

    {"problems": {"<side as named>": [{"path", "line", "message"}]}}

Exact numbers are strings, so that no reader rounds them; so are dates, written 2023-01-02. `old` is
null for what was not there before, `new` for what is no more. `exact` is null while a figure is
未填报; `difference` then compares the running counts. Values of fields are as they were recorded.
Names may be added to this; none is renamed or dropped.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from archive.facts.figures import Value
from archive.files.yaml import Problem
from archive.proposals.diff.compare import Changes
from archive.proposals.diff.figures import FigureChange
from archive.proposals.diff.records import FieldChange
from archive.schema.fields import fields
from archive.schema.types import Model


def as_json(changes: Changes) -> str:
    """The whole comparison as one JSON object."""
    told = {
        "figures": [_figure(one, changes.register) for one in changes.figures],
        "states": [
            {"what": one.what, "id": one.id, "title": one.title, "old": one.old, "new": one.new}
            for one in changes.states
        ],
        "entries": [
            {
                "group": one.group,
                "id": one.id,
                "kind": one.kind,
                "path": one.path,
                "line": one.line,
                "title": one.title,
                "moved_from": one.moved_from,
                "fields": list(map(_field, one.fields)),
                "sections": list(one.sections),
            }
            for one in changes.entries
        ],
    }
    return _written(told)


def broken_json(problems: Mapping[str, Sequence[Problem]]) -> str:
    """What keeps each side, by the name it was given, from being read."""
    told = {
        name: [{"path": one.path, "line": one.line, "message": one.message} for one in found]
        for name, found in problems.items()
    }
    return _written({"problems": told})


def _written(told: Any) -> str:
    return json.dumps(plain(told), ensure_ascii=False, indent=2) + "\n"


def plain(value: Any) -> Any:
    """A value as JSON can hold it, exact: decimals and dates as text, records as mappings."""
    if isinstance(value, Model):
        return {name: plain(getattr(value, name)) for name in fields(type(value))}
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _figure(change: FigureChange, register: str) -> dict[str, Any]:
    return {
        "id": change.id,
        "name": change.value.figure.name,
        "unit": change.value.figure.unit,
        "path": register,
        "line": change.line,
        "old": _value(change.old),
        "new": _value(change.new),
        "difference": change.difference,
        "percent": change.percent,
        "fields": list(map(_field, change.fields)),
        "recorded": change.recorded,
        "unexplained": change.is_unexplained,
        "causes": [
            {
                "path": one.path,
                "why": one.why,
                "old": one.old,
                "new": one.new,
                "change": one.change and one.change.kind,
            }
            for one in change.causes
        ],
        "places": [
            {"page": p.page, "anchor": p.anchor, "title": p.title, "heading": p.heading}
            for p in change.places
        ],
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "shown": value.number,
        "exact": value.exact,
        "running": value.running,
        "state": value.state,
    }


def _field(change: FieldChange) -> dict[str, Any]:
    return {"field": change.name, "label": change.label, "old": change.old, "new": change.new}
