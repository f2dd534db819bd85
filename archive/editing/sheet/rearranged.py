"""Find columns whose values have moved to other records: sorted alone, or shifted up or down.

Such a sheet is valid throughout, and wrong throughout: every value is one that some record had.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.editing.sheet.reading import FilledWorkbook

LEAST = 3
"""Fewer new values than this in a column are taken for what somebody typed."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of an exported record: its canonical values as exported and as they are to be."""

    number: int
    base: Mapping[str, Any]
    new: Mapping[str, Any]


def rearranged(filled: FilledWorkbook, rows: Iterable[FilledRow]) -> Iterator[str]:
    """Say of each sheet which columns hold values that other records had when exported."""
    found: dict[str, tuple[list[str], list[FilledRow]]] = {}
    rows = list(rows)
    for one in filled.shape:
        for name, label in [(part.name, part.label) for part in one.inner] or [("", one.label)]:
            moved = _moved(rows, one.name, name)
            if moved:
                sheet = one.label if name else filled.label
                columns, all_rows = found.setdefault(sheet, ([], []))
                columns.append(f"{filled.letters[sheet][label]} 列（{label}）")
                all_rows += moved
    for sheet, (columns, moved) in found.items():
        numbers = {row.number for row in moved}
        where = f" 第 {min(numbers)}～{max(numbers)} 行" if sheet == filled.label else ""
        yield (
            f"{sheet}{where} {'、'.join(columns)}：须整行排序、整行移动，"
            f"现有 {len(numbers)} 条记录换成了别的记录原来的值，像是只排了这几列，或者只把格子上移、下移"
        )


def _moved(rows: list[FilledRow], field: str, inner: str) -> list[FilledRow]:
    """The rows whose values of a field have moved: three in four of the new ones are old ones of others."""
    changed = []
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for row in rows:
        before, after = (_values(values[field], inner) for values in (row.base, row.new))
        if before != after:
            changed.append(row)
            old += before - after
            new += after - before
    return changed if new.total() >= LEAST and 3 * new.total() <= 4 * (old & new).total() else []


def _values(value: Any, inner: str) -> Counter[str]:
    """The values of a field, or of a column of its own sheet, that are not empty."""
    items = value if inner and isinstance(value, list) else [value]
    each = (item[inner] if inner and item else item for item in items)
    return Counter(json.dumps(one, ensure_ascii=False) for one in each if one not in (None, []))
