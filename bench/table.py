"""The results as text: a table per case, with the ratio to the stock site and the aims."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.measure import Seconds
from bench.sites import Size

COUNT = "页面数"
BUILD, WARM, ONE_CHANGED = "生成，无缓存", "生成，有缓存，没有改动", "生成，有缓存，改了一条记录"
CHECK, CHECK_AGAIN = "检查，改了一条记录", "检查，没有改动"
MEMORY, BYTES = "生成，无缓存，内存峰值", "站点大小"
RECORD, PAGE = "预览，改一条记录到显示", "预览，改一页到显示"
PAINT = "首次打开到显示"

HEAD = ("", "本站", "通行做法", "本站/通行", "目标", "")
WIDTHS = (26, 19, 19, 11, 18, 6)
PEER = 19
"""The width of the column of a peer."""
NARROW = (34, 13, 13, 8)


@dataclass(frozen=True)
class Row:
    """One thing measured on our site, and on the stock site and those of its peers that have it."""

    ours: float
    stock: float | None
    unit: str
    peers: tuple[float | None, ...] = ()

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


Aims = Mapping[str, tuple[Aim, ...]]
"""Label of a row → all the limits that it is to keep."""

SMALL, LONG, RECORDS = Size(60, 2_000), Size(600, 2_000), Size(60, 100_000)


def _aims(
    cold: float, warm: float, changed: float, shown: float, check: float, memory: float
) -> Aims:
    return {
        BUILD: (Aim(cold, relative=True),),
        WARM: (Aim(warm, relative=True),),
        ONE_CHANGED: (Aim(changed, relative=True),),
        RECORD: (Aim(shown, relative=False),),
        PAGE: (Aim(shown, relative=False),),
        CHECK: (Aim(check, relative=False),),
        CHECK_AGAIN: (Aim(check, relative=False),),
        MEMORY: (Aim(memory, relative=False),),
    }


AIMS: Mapping[Size, Aims] = {
    SMALL: {
        **_aims(0.5, 0.15, 0.25, 0.3, 0.4, 150e6),
        BUILD: (Aim(0.5, relative=True), Aim(1.8, relative=False)),
        PAINT: (Aim(0.3, relative=False),),
    },
    LONG: _aims(0.35, 0.1, 0.15, 0.5, 0.8, 200e6),
    RECORDS: _aims(0.6, 0.12, 0.2, 0.6, 3, 600e6),
}


def show(size: Size, rows: Rows, peers: Sequence[str] = ()) -> str:
    """The table of one case as text; `peers` are the names of the columns beside ours and stock."""
    title = f"{size.name}：{size.records:,} 条记录；秒数是钟表时间，括号里是处理器用时"
    return compared(title, (*HEAD, *peers), rows, AIMS[size])


def compared(title: str, head: Sequence[str], rows: Rows, aims: Aims) -> str:
    """A table with title and column heads: label, ours, theirs, ratio, aim, whether reached, peers."""
    widths = (*WIDTHS, *[PEER] * (len(head) - len(HEAD)))
    lines = [title, _line(head, widths)]
    for label, row in rows.items():
        ratio = "—" if row.ratio is None else f"{row.ratio:.2f}"
        ours, stock, *peers = (_cell(one, row.unit) for one in (row.ours, row.stock, *row.peers))
        peers += ["—"] * (len(head) - len(HEAD) - len(peers))
        cells = (label, ours, stock, ratio, *_aim(row, aims.get(label, ())), *peers)
        lines.append(_line(cells, widths))
    return "\n".join(lines)


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


def _aim(row: Row, aims: Sequence[Aim]) -> tuple[str, str]:
    """The limits as text, and whether all of them are kept."""
    if not aims:
        return "", ""
    shown = [f"{aim.most:g}" if aim.relative else _amount(aim.most, row.unit) for aim in aims]
    found = [(row.ratio if aim.relative else row.ours, aim.most) for aim in aims]
    reached = all(amount is not None and amount <= most for amount, most in found)
    return f"≤ {'，'.join(shown)}", "达到" if reached else "未达"


def _cell(amount: float | None, unit: str) -> str:
    if amount is None:
        return "—"
    if isinstance(amount, Seconds):
        return f"{_amount(amount, unit)}（{amount.processor:.2f}）"
    return _amount(amount, unit)


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
