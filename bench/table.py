"""The results as text: a table per case, with the ratio to the stock site and the aims."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.sites import Size

COUNT = "页面数"
BUILD, WARM, CHECK = "生成，无缓存", "生成，有缓存", "检查，无缓存"
MEMORY, BYTES = "生成，内存峰值", "站点大小"
RECORD, PAGE = "改一条记录到显示", "改一页到显示"
PAINT = "首次打开到显示"

HEAD = ("", "本站", "通行做法", "本站/通行", "目标", "")
WIDTHS = (26, 11, 11, 11, 13, 6)
NARROW = (34, 13, 13, 8)


@dataclass(frozen=True)
class Row:
    """One thing measured on our site and, if it has it, on the stock site."""

    ours: float
    stock: float | None
    unit: str

    @property
    def ratio(self) -> float | None:
        """Our amount divided by that of the stock site; None if it has none."""
        return None if self.stock is None else self.ours / self.stock


Rows = Mapping[str, Row]

Figures = dict[str, tuple[float, str]]
"""Label of what was measured on our site alone → (amount, unit)."""


@dataclass(frozen=True)
class Aim:
    """The limit `most`: a ratio to the stock site if `relative`, else in the row's unit."""

    most: float
    relative: bool


SMALL, LONG, RECORDS = Size(60, 2_000), Size(600, 2_000), Size(60, 100_000)
GIGABYTE = Aim(1e9, relative=False)
AIMS: Mapping[Size, Mapping[str, Aim]] = {
    SMALL: {
        BUILD: Aim(0.6, relative=True),
        CHECK: Aim(1, relative=False),
        MEMORY: GIGABYTE,
        PAINT: Aim(0.3, relative=False),
        RECORD: Aim(1, relative=False),
        PAGE: Aim(1, relative=False),
    },
    LONG: {BUILD: Aim(0.4, relative=True), MEMORY: GIGABYTE},
    RECORDS: {
        BUILD: Aim(0.5, relative=True),
        WARM: Aim(0.2, relative=True),
        MEMORY: GIGABYTE,
    },
}


def show(size: Size, rows: Rows) -> str:
    """The table of one case as text."""
    title = f"{size.name}：{rows[COUNT].ours:.0f} 页，{size.records:,} 条记录"
    return compared(title, HEAD, rows, AIMS[size])


def compared(title: str, head: Sequence[str], rows: Rows, aims: Mapping[str, Aim]) -> str:
    """A table with title and column heads: label, ours, theirs, ratio, aim, whether reached."""
    lines = [title, _line(head)]
    for label, row in rows.items():
        stock = "—" if row.stock is None else _amount(row.stock, row.unit)
        ratio = "—" if row.ratio is None else f"{row.ratio:.2f}"
        aim = _aim(row, aims.get(label))
        lines.append(_line((label, _amount(row.ours, row.unit), stock, ratio, *aim)))
    return "\n".join(lines)


def growth(cases: Mapping[Size, Rows]) -> str:
    """The larger cases as multiples of the smallest, beside the factor of linear growth."""
    lines = [_line((f"{SMALL.name} 的倍数", "本站", "通行做法", "线性即", "", ""))]
    for size in cases:
        if size == SMALL or SMALL not in cases:
            continue
        pages = cases[size][COUNT].ours / cases[SMALL][COUNT].ours
        factor = f"{pages * size.records / SMALL.records:.1f}"
        for label in (BUILD, CHECK, MEMORY, BYTES):
            large, small = cases[size][label], cases[SMALL][label]
            stock = f"{large.stock / small.stock:.1f}" if large.stock and small.stock else "—"
            ours = f"{large.ours / small.ours:.1f}"
            lines.append(_line((f"{size.name}：{label}", ours, stock, factor, "", "")))
    return "\n".join(lines) if len(lines) > 1 else ""


def beside(counts: Sequence[int], found: Sequence[Figures]) -> str:
    """A table of the amounts at each count of records, and the last as a multiple of the first."""
    heads = [f"{count:,} 条" for count in counts]
    lines = [_line(("", *heads, "倍数"), NARROW)]
    for label, (first, unit) in found[0].items():
        amounts = [amounts[label][0] for amounts in found]
        shown = [_amount(amount, unit) for amount in amounts]
        lines.append(_line((label, *shown, f"{amounts[-1] / first:.1f}"), NARROW))
    return "\n".join(lines)


def listed(title: str, found: Iterable[tuple[str, str]]) -> str:
    """The pairs (label, result) as text, one line each, under a title."""
    return "\n".join([title, *(_line(pair, (NARROW[0], 24)) for pair in found)])


def _aim(row: Row, aim: Aim | None) -> tuple[str, str]:
    if aim is None:
        return "", ""
    shown = f"≤ {aim.most:g}" if aim.relative else f"≤ {_amount(aim.most, row.unit)}"
    found = row.ratio if aim.relative else row.ours
    return shown, "达到" if found is not None and found <= aim.most else "未达"


def _amount(value: float, unit: str) -> str:
    if unit == "字节":
        scale, unit = (1e6, "MB") if value >= 1e6 else (1e3, "KB")
        return f"{value / scale:,.{1 if value < 1e8 else 0}f} {unit}"
    if unit == "秒":
        return f"{value:.{3 if value < 0.1 else 2}f} 秒"
    return f"{value:,.0f} {unit}"


def _line(cells: Sequence[str], widths: Sequence[int] = WIDTHS) -> str:
    """One line of a table, the first cell aligned left, the others right."""
    padding = [
        " " * max(0, width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    first, *rest = zip(cells, padding, strict=True)
    return "".join([*first, *(pad + cell for cell, pad in rest)]).rstrip()


def _width(text: Iterable[str]) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
