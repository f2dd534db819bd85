"""Changes as JSON for programs, with stable names and complete values.

    {"figures": [{"id", "name", "unit", "path", "line",
                  "old": {"shown", "exact", "running", "state"} | null, "new": the same,
                  "difference", "percent",
                  "fields": [{"field", "label", "old", "new"}],
                  "recorded": [{"kind", "date", "old", "new", "reason"}],
                  "unexplained": true if an approved value changed without 修订 or 更正,
                  "causes": [{"path", "why", "old", "new", "change": 新增 | 删去 | 改动 | null}],
                  "places": [{"page", "anchor", "title", "heading"}]}],
     "states": [{"what": "figures" | "regulations" | "honours", "id", "title", "old", "new",
                 "led": ["docs/…:7"]}],
     "entries": [{"group", "id", "kind": 新增 | 删去 | 改动, "path", "line", "title",
                  "moved_from", "fields", "sections", "order"}]}

or, if a revision cannot be read (the exit code is then 1):

    {"problems": {"<revision as named>": [{"path", "line", "message"}]}}

Exact numbers are strings, so that no reader rounds them; dates are strings like 2023-01-02. `old`
is null for what was added, `new` for what was removed. `exact` is null while a figure is 未填报;
`difference` then compares the running counts. Values of fields are as recorded. Keys may be added
to this format; none is renamed or dropped.
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
    """The whole comparison as the text of one JSON object."""
    members = {
        "figures": [_figure(one, changes.register) for one in changes.figures],
        "states": [
            {
                "what": one.what,
                "id": one.id,
                "title": one.title,
                "old": one.old,
                "new": one.new,
                "led": list(one.led),
            }
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
                "order": list(one.order),
            }
            for one in changes.entries
        ],
    }
    return _json_text(members)


def broken_json(problems: Mapping[str, Sequence[Problem]]) -> str:
    """The problems that keep revisions from being read, by the name of each, as JSON text."""
    problems_by_name = {
        name: [{"path": one.path, "line": one.line, "message": one.message} for one in found]
        for name, found in problems.items()
    }
    return _json_text({"problems": problems_by_name})


def _json_text(value: Any) -> str:
    return json.dumps(plain_values(value), ensure_ascii=False, indent=2) + "\n"


def plain_values(value: Any) -> Any:
    """The value in types of JSON: decimals and dates as strings, models as dicts."""
    if isinstance(value, Model):
        return {name: plain_values(getattr(value, name)) for name in fields(type(value))}
    if isinstance(value, dict):
        return {name: plain_values(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain_values(one) for one in value]
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
        "shown": value.shown,
        "exact": value.exact,
        "running": value.provisional_count,
        "state": value.state,
    }


def _field(change: FieldChange) -> dict[str, Any]:
    return {"field": change.name, "label": change.label, "old": change.old, "new": change.new}
