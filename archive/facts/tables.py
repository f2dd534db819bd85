"""Collections and register as tables of typed columns and sorted rows, for any file format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from archive.facts.figures import FigureState
from archive.facts.gather import Record
from archive.facts.honours import honour_state, honour_title
from archive.facts.places import home_of
from archive.facts.site import Site, once
from archive.schema.collections import Collection
from archive.schema.columns import Column, columns
from archive.schema.fields import fields
from archive.schema.honours import Honour
from archive.schema.register import Approval, Figure, Period, Signature
from archive.schema.types import Model

FOLDER = "download/"
"""The folder of the files in the site: download/<table>.<format>, download/<table>-<year>.<format>."""

FORMATS = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX"}
"""Suffix of a file, without the dot → the format's name for readers."""

FILL_IN = "-fill-in.xlsx"
"""The end of the name of a collection's workbook to fill in: download/<collection>-fill-in.xlsx."""

REGISTER = "figures"
"""The name of the register's table; every other table has the name of its collection."""
_REGISTER_LABEL = "指标登记"
NAMES = "names"
"""The name of the workbook of the site's names, of which there is no table."""
_NAMES_LABEL = "名称"


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table whose cells hold values as they were recorded, lists and nested records included."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]

    def with_columns(
        self, columns: tuple[Column, ...], cells: list[tuple[Any, ...]]
    ) -> "DataTable":
        """Return the table with `columns` added on its right, one row of `cells` for each row."""
        rows = [(*row, *more) for row, more in zip(self.rows, cells, strict=True)]
        return replace(self, columns=(*self.columns, *columns), rows=rows)


ID = Column("编号", constraints={"required": True, "unique": True})
MARK = Column("演示数据", description="本表是演示数据，全部虚构", constraints={"required": True})
MARKED = "虚构，仅供演示"
"""The first cell of every row of demonstration data."""


def catalogue(site: Site) -> dict[str, str]:
    """Return name → label of every table."""
    labels = {name: collection.label for name, collection in site.archive.collections.items()}
    return {REGISTER: _REGISTER_LABEL, **labels}


def offered(site: Site) -> list[str]:
    """Return the names of the tables that the site offers for download.

    The public edition leaves out tables without a public field, and those of which it has neither the page
    that lists them nor a record. A site with the figures of a release
    offers only the register and the honours, because the other records are not those of its day.
    """
    if site.archive.release:
        return [REGISTER, "honours"]
    models: dict[str, type[Model]] = {
        name: collection.model for name, collection in site.archive.collections.items()
    }
    models[REGISTER] = Figure
    return [
        name
        for name in catalogue(site)
        if site.archive.edition == "internal"
        or (any(_public(models[name])) and _is_there(site, name))
    ]


def _is_there(site: Site, name: str) -> bool:
    return (
        name == REGISTER
        or home_of(name) in site.archive.pages
        or bool(site.archive.records.get(name))
    )


def _public(model: type[Model]) -> list[str]:
    return [name for name, field in fields(model).items() if field.public]


def shown_columns(site: Site, model: type[Model]) -> list[str]:
    """Return the fields of a model that the site shows: in the public edition only public ones."""
    return _public(model) if site.archive.edition == "public" else list(fields(model))


@once
def _years(site: Site) -> dict[str, list[int]]:
    """Ledger → the years of its records, the latest first."""
    ledgers = [name for name, one in site.archive.collections.items() if one.ledger]
    found = {name: (record.day for record in site.archive.records[name]) for name in ledgers}
    return {
        name: sorted({day.year for day in days if day}, reverse=True)
        for name, days in found.items()
    }


def years(site: Site, name: str) -> list[int]:
    """Return the years that a table is also offered for alone, the latest first: those of a ledger."""
    return _years(site).get(name, [])


def file_name(name: str, year: int = 0) -> str:
    """Return the name of the files of a table, or of one year of it, without the suffix."""
    return f"{name}-{year}" if year else name


def title(site: Site, name: str, year: int = 0) -> str:
    """Return the name of a table for readers, or of one year of it, marked if it is demonstration."""
    marked = "（演示）" if site.archive.demonstration else ""
    label = _NAMES_LABEL if name == NAMES else catalogue(site)[name]
    return f"{label}{f'-{year}年' if year else ''}{marked}"


def table(site: Site, name: str) -> DataTable:
    """Return a table of the site; demonstration data are marked in a first column of their own."""
    plain = register(site) if name == REGISTER else _collection(site, name)
    return marked(site, replace(plain, label=title(site, name)))


def by_year(site: Site, name: str, whole: DataTable) -> dict[int, DataTable]:
    """Return the rows of each year of a `whole` table of the site, which is offered by years, as a table."""
    rows: dict[int, list[tuple[Any, ...]]] = {year: [] for year in years(site, name)}
    for record, row in zip(_by_id(site, name), whole.rows, strict=True) if rows else ():
        if record.day:
            rows[record.day.year].append(row)
    return {
        year: replace(
            whole, name=file_name(name, year), label=title(site, name, year), rows=of_year
        )
        for year, of_year in rows.items()
    }


def _by_id(site: Site, name: str) -> list[Record[Model]]:
    return sorted(site.archive.records[name], key=lambda record: record.id)


def marked(site: Site, plain: DataTable) -> DataTable:
    """Return the table with the mark of demonstration data in a first column, if it holds such."""
    if not site.archive.demonstration:
        return plain
    rows = [(MARKED, *row) for row in plain.rows]
    return replace(plain, columns=(MARK, *plain.columns), rows=rows)


def _full_title(site: Site, honour: Honour) -> str:
    return honour_title(honour, site.archive.unit.names if site.archive.unit else {})


def _state(site: Site, honour: Honour) -> str:
    return str(honour_state(honour, site.archive.project.as_of))


_ADDED: Mapping[str, Mapping[Column, Callable[[Site, Any], Any]]] = {
    "honours": {
        Column("荣誉全称", "string", "名称前缀（未公开的为星号）和荣誉名称"): _full_title,
        Column("状态", "string", "由有效期、复查和撤销推算到网站生成所依据的日期"): _state,
    }
}
"""Collection → further columns of its table, each with a function that returns a record's cell."""


TO_SUM = "（求和用此列）"
"""What the heading of a derived number says: the fields that it follows from are not all filled in."""


def _columns(site: Site, collection: Collection) -> dict[str, Column]:
    """Return field or derived number → its column; what is derived stands after what it follows from."""
    described = columns(collection.model)
    found = {name: described[name] for name in shown_columns(site, collection.model)}
    summed = {total.sums for total in collection.totals}
    for name, label in collection.derived.items():
        column = Column(f"{label}{TO_SUM}", "number", collection.how[name])
        terms = collection.ledger.derived[name].factors if collection.ledger else []
        factors = {factor for term in terms for factor in term}
        for factor in factors & found.keys() - summed:
            said = f"求和用“{column.label}”，不用这一列"
            told = "；".join(filter(None, [found[factor].description, said]))
            found[factor] = replace(found[factor], description=told)
        order = list(found)
        after = max(
            (order.index(factor) + 1 for factor in factors & found.keys()), default=len(order)
        )
        items = list(found.items())
        found = dict([*items[:after], (name, column), *items[after:]])
    return found


def _collection(site: Site, name: str) -> DataTable:
    collection = site.archive.collections[name]
    added = _ADDED.get(name, {})
    described = _columns(site, collection)
    heads = (ID, *described.values(), *added)
    values = [attrgetter(one) for one in described]
    rows = [
        (
            record.id,
            *(value(record.data) for value in values),
            *(cell(site, record.data) for cell in added.values()),
        )
        for record in _by_id(site, name)
    ]
    return DataTable(name, collection.label, heads, rows)


_INDICATOR = Column(
    "指标编号", "string", "同一指标各时期的数编号不同，这一列相同", {"required": True}
)
_PERIOD = Column("参照期", "string", "时期的名称，如 2024、2024-Q1；日期没有名称的为空")
_SHOWN = Column("显示", "string", "页面上的写法；未填报的为掩码（星号）", {"required": True})
_STATE = Column(
    "状态", "string", "由登记的内容推算", {"enum": [*map(str, FigureState)], "required": True}
)


def _register_columns(site: Site) -> dict[str, Column]:
    """Return the columns of the register's table: attribute of a `Value` → column."""
    figure, span, step, approval = (
        {
            name: column
            for name, column in columns(model).items()
            if name in shown_columns(site, model)
        }
        for model in (Figure, Period, Signature, Approval)
    )
    value = replace(figure["value"], description="未填报的为空")
    found = {
        "id": ID,
        "indicator": _INDICATOR,
        "reference_period": _PERIOD,
        "figure.name": figure["name"],
        "figure.unit": figure["unit"],
    }
    found |= {"number": _SHOWN, "exact": value, "state": _STATE}
    found |= {f"figure.period.{name}": span[name] for name in ("kind", "start", "end")}
    # The other fields follow in their order; a step such as 填报 takes a column for each of its parts.
    for name, column in figure.items():
        if name in ("prepared", "reviewed", "approved"):
            for part, part_column in (approval if name == "approved" else step).items():
                label = part_column.label.removeprefix(column.label)
                label = f"{column.label}{label}"
                found[f"figure.{name}.{part}"] = replace(part_column, label=label)
        elif name not in ("period", "value", "mask"):
            found.setdefault(f"figure.{name}", column)
    return found


def register(site: Site) -> DataTable:
    """Return the register as a table, in its order: a figure's value, then all that is recorded of it."""
    heads = _register_columns(site)
    cells = attrgetter(*heads)
    rows = [_plain(cells(value)) for value in site.values.values()]
    return DataTable(REGISTER, _REGISTER_LABEL, tuple(heads.values()), rows)


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(str(cell) if isinstance(cell, FigureState) else cell for cell in row)
