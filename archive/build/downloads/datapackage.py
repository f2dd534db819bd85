"""The description of the CSV files for programs: a Data Package (specs.frictionlessdata.io, v1)."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from archive.facts.tables import ID, DataTable
from archive.schema.columns import Column

PACKAGE = "datapackage.json"
"""Name of the file that describes the tables; it lies in the same folder."""

_NOTE = (
    "文字以 = + - @（含全角，前面的空格和看不见的字不算）、制表符、换行或英文单引号开头的，前面另加一个英文单引号，以免电子表格当作公式；"
    "读取时去掉一个即可。列表一项一行；成组的值写作“名称：值”，以分号隔开；JSON 文件里是原样的列表和成组的值。"
)


def package(title: str, as_of: date, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The whole `datapackage.json` as a dict; `resources` are the results of `resource`."""
    return {
        "profile": "tabular-data-package",
        "name": "wenming-archive",
        "title": title,
        "description": _NOTE,
        "created": f"{as_of.isoformat()}T00:00:00Z",
        "resources": list(resources),
    }


def resource(made: DataTable, raw: bytes) -> dict[str, Any]:
    """The description of one table as a dict; `raw` is the content of its CSV file."""
    return {
        "profile": "tabular-data-resource",
        "name": made.name,
        "title": made.label,
        "path": f"{made.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_content(raw),
        "schema": {"fields": [_field(column) for column in made.columns], "primaryKey": ID.label},
    }


def parts_of(parts: Sequence[tuple[DataTable, bytes]]) -> dict[str, Any]:
    """The files of single years of a table, each with its content; their rows are those of the table."""
    listed = [
        {"title": made.label, "path": f"{made.name}.csv", **_content(raw)} for made, raw in parts
    ]
    return {"years": listed} if listed else {}


def _content(raw: bytes) -> dict[str, Any]:
    return {"bytes": len(raw), "hash": f"sha256:{sha256(raw).hexdigest()}"}


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.label, "title": column.label, "type": column.kind}
    if column.kind == "boolean":
        described |= {"trueValues": ["是"], "falseValues": ["否"]}
    if column.description:
        described["description"] = column.description
    if column.constraints:
        described["constraints"] = dict(column.constraints)
    return described
