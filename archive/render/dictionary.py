"""The data dictionary: every file people fill in, each field, what it must be and what it serves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from archive.facts.figures import Value, figures_counted_from
from archive.facts.site import Site
from archive.render.figures import named_link
from archive.render.text import plain_text, wide_table
from archive.schema.collections import SINGLE, Collection
from archive.schema.columns import MAX_IN_A_CELL
from archive.schema.fields import fields as described
from archive.schema.front import PageMeta
from archive.schema.kinds import bound
from archive.schema.page_models import PAGE_MODELS
from archive.schema.register import Observation
from archive.schema.reports import Report
from archive.schema.types import MAX_CHARACTERS

_LIMITS = (
    f"文字不超过 {MAX_CHARACTERS} 个字符；一个字段里的列表或成组的值，合起来不超过 {MAX_IN_A_CELL} 个字符，"
    "这是 XLSX 一个单元格的上限。"
)
_HEADS = ("字段", "名称", "填写", "是否必填", "说明")


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """A field as an editor meets it; `path` leads to it through the groups it stands in."""

    path: str
    label: str
    must: str
    need: str
    description: str


def dictionary(site: Site, root: str) -> str:
    """Every file under a heading of its own, with its fields as a table."""
    values, kinds = site.current, site.archive.kinds
    parts = [
        _part(name, f"data/{name}.yml", file.label, bound(file.model, kinds))
        for name, file in SINGLE.items()
    ]
    for name, collection in site.archive.collections.items():
        parts.append(_collection(name, collection, figures_counted_from(values, name), root))
    label = "指标的又一时期（编号写作 指标编号@时期）"
    parts.append(_part("observations", "data/figures.yml", label, Observation))
    parts.append(_part("reports", "data/reports/", "报告", Report))
    parts.append(_part("pages", "docs/", "各页开头的前置信息", PageMeta))
    for folder, model in PAGE_MODELS.items():
        index = site.archive.pages.get(f"{folder}/index.md")
        label = index.meta.title if index and index.meta else ""
        parts.append(_part(folder, f"docs/{folder}/", label, bound(model, kinds)))
    return "\n\n".join([_LIMITS, *parts])


def dictionary_rows(model: type[BaseModel], within: str = "") -> Iterator[DictionaryRow]:
    """The fields of a model and, after each, those of the groups in it."""
    for name, field in described(model).items():
        path, value = f"{within}{name}", field.value
        yield DictionaryRow(path, field.label, value.must, field.need, field.description)
        step = {"list": "序号.", "mapping": "编号."}.get(value.shape, "")
        inner = (value.item or value).model
        if inner:
            yield from dictionary_rows(inner, f"{path}.{step}")


def _part(name: str, file: str, label: str, model: type[BaseModel]) -> str:
    rows = [_row(field) for field in dictionary_rows(model)]
    return f"{_heading(name, file, label)}\n\n{_table(_HEADS, rows, label)}"


def _collection(name: str, collection: Collection, figures: list[Value], root: str) -> str:
    """A collection's fields, what is derived from them, and the figures that each goes into."""
    rows = []
    for field in dictionary_rows(collection.model):
        texts = [field.description, _only(collection, field.path)]
        rows.append((*_row(field)[:-1], plain_text("；".join(filter(None, texts))), field.path))
    for derived, label in collection.derived.items():
        how = plain_text(collection.how[derived])
        rows.append((_code(derived), plain_text(label), "推算得出", "不填写", how, derived))
    cells = [(*row[:-1], plain_text(_serves(row[-1], figures))) for row in rows]
    parts = [_heading(name, f"data/{name}/", collection.label)]
    if figures:
        links = (named_link(one, root) for one in figures)
        parts.append(f"由这些记录计算的指标：{'、'.join(links)}。")
    parts.append(_table((*_HEADS, "用于指标"), cells, collection.label))
    return "\n\n".join(parts)


def _heading(name: str, file: str, label: str) -> str:
    return f"## {plain_text(label)} `{file}` {{ #{name} }}"


def _row(field: DictionaryRow) -> tuple[str, ...]:
    # Asterisks as an example of what to write are code: elsewhere they would have to be a mask.
    words = re.split(r'("\*+")', field.must)
    must = "".join(_code(word) if '"*' in word else plain_text(word) for word in words)
    return (
        _code(field.path),
        plain_text(field.label),
        must,
        field.need,
        plain_text(field.description),
    )


def _code(text: str) -> str:
    return f"<code>{plain_text(text)}</code>"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]], label: str) -> str:
    """The table without the columns that nothing stands in."""
    used = [index for index in range(len(heads)) if any(row[index] for row in rows)]
    cells = [[row[index] for index in used] for row in rows]
    heads = tuple(heads[index] for index in used)
    return wide_table(heads, cells, set(), f"{label}的字段")


def _only(collection: Collection, name: str) -> str:
    """When a field is filled in at all, if that depends on another."""
    if name not in collection.only:
        return ""
    other, values = collection.only[name]
    return f"只在“{collection.label_of(other)}”为“{'、'.join(values)}”时填写"


def _serves(name: str, figures: list[Value]) -> str:
    """The figures that sum or count a field, or choose records by it."""
    served = [
        value.figure.name
        for value in figures
        if value.figure.counted
        and name in (value.figure.counted.field, *value.figure.counted.where)
    ]
    return "、".join(served)
