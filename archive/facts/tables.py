"""Collections and register as tables: typed columns and sorted rows, for any kind of file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from archive.facts.figures import State
from archive.facts.honours import state, written
from archive.facts.site import Site
from archive.schema.collections import COLLECTIONS
from archive.schema.columns import Column, columns
from archive.schema.fields import fields
from archive.schema.honours import Honour
from archive.schema.register import Figure, Period, Signature
from archive.schema.types import Model

FOLDER = "download/"
"""Where the files are, from the site's root: download/<table>.<format>."""

FORMATS = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX"}
"""Suffix of a file → what a reader calls the format."""

REGISTER = "figures"
"""The table of the register; every other table is named after its collection."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values as they were recorded: lists and records within a record among them."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]

    def beside(self, columns: tuple[Column, ...], cells: list[tuple[Any, ...]]) -> "Table":
        """The table with further columns on its right."""
        rows = [(*row, *more) for row, more in zip(self.rows, cells, strict=True)]
        return replace(self, columns=(*self.columns, *columns), rows=rows)


ID = Column("编号", constraints={"required": True, "unique": True})
MARK = Column("演示数据", description="本表是演示数据，全部虚构", constraints={"required": True})
MARKED = "虚构，仅供演示"
"""What every row of demonstration data says first."""


def catalogue() -> dict[str, str]:
    """The tables there are: name → label."""
    return {REGISTER: "指标登记", **{name: kind.label for name, kind in COLLECTIONS.items()}}


def offered(site: Site) -> list[str]:
    """The tables that are handed out: in the public edition none of which nothing is public.

    With the figures of a release none of the records, which are not of that day.
    """
    if site.archive.release:
        return [REGISTER, "honours"]
    models: dict[str, type[Model]] = {name: kind.model for name, kind in COLLECTIONS.items()}
    models[REGISTER] = Figure
    return [name for name in catalogue() if not site.archive.public or any(_public(models[name]))]


def _public(model: type[Model]) -> list[str]:
    return [name for name, field in fields(model).items() if field.public]


def shown(site: Site, model: type[Model]) -> list[str]:
    """The fields of a model that the site shows: in the public edition the public ones."""
    return _public(model) if site.archive.public else list(fields(model))


def table(site: Site, name: str) -> Table:
    """A table of the site, marked in its first column where the data are for demonstration."""
    made = register(site) if name == REGISTER else _collection(site, name)
    if not site.archive.demonstration:
        return made
    rows = [(MARKED, *row) for row in made.rows]
    return replace(made, label=f"{made.label}（演示）", columns=(MARK, *made.columns), rows=rows)


def _full_title(site: Site, honour: Honour) -> str:
    return written(honour, site.archive.unit.names if site.archive.unit else {})


def _standing(site: Site, honour: Honour) -> str:
    return str(state(honour, site.archive.project.as_of))


_ADDED: Mapping[str, Mapping[Column, Callable[[Site, Any], Any]]] = {
    "honours": {
        Column("荣誉全称", "string", "名称前缀（未公开的为星号）和荣誉名称"): _full_title,
        Column("状态", "string", "由有效期、复查和撤销推算到网站生成所依据的日期"): _standing,
    }
}
"""What is told of a record beside its fields and what can be counted of it."""


def _collection(site: Site, name: str) -> Table:
    kind = COLLECTIONS[name]
    added = _ADDED.get(name, {})
    derived = (Column(label, "number", kind.how[one]) for one, label in kind.derived.items())
    names = shown(site, kind.model)
    described = columns(kind.model)
    heads = (ID, *(described[name] for name in names), *derived, *added)
    values = attrgetter(*names, *kind.derived)
    records = sorted(site.archive.records[name], key=lambda record: record.id)
    rows = [
        (one.id, *values(one.data), *(tell(site, one.data) for tell in added.values()))
        for one in records
    ]
    return Table(name, kind.label, heads, rows)


_SHOWN = Column("显示", "string", "页面上的写法；未填报的为掩码（星号）", {"required": True})
_STATE = Column(
    "状态", "string", "由登记的内容推算", {"enum": [*map(str, State)], "required": True}
)


def _register_columns(site: Site) -> dict[str, Column]:
    """What the register's table tells of a figure: attribute of its `Value` → column."""
    figure, span, step = (
        {name: column for name, column in columns(model).items() if name in shown(site, model)}
        for model in (Figure, Period, Signature)
    )
    value = replace(figure["value"], description="未填报的为空")
    found = {"id": ID, "figure.name": figure["name"], "figure.unit": figure["unit"]}
    found |= {"number": _SHOWN, "exact": value, "state": _STATE}
    found |= {f"figure.period.{name}": span[name] for name in ("kind", "start", "end")}
    # What is left of an entry comes as it stands there; a step is told by two columns.
    for name, column in figure.items():
        if name in ("prepared", "reviewed", "approved"):
            for part, told_of in step.items():
                label = f"{column.label}{told_of.label}"
                found[f"figure.{name}.{part}"] = replace(told_of, label=label)
        elif name not in ("period", "value", "mask"):
            found.setdefault(f"figure.{name}", column)
    return found


def register(site: Site) -> Table:
    """The register in its order: what a figure shows, and what is recorded of it."""
    heads = _register_columns(site)
    cells = attrgetter(*heads)
    rows = [_plain(cells(value)) for value in site.values.values()]
    return Table(REGISTER, catalogue()[REGISTER], tuple(heads.values()), rows)


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(str(cell) if isinstance(cell, State) else cell for cell in row)
