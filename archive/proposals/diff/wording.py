"""The Chinese wording of changes as plain text, which each output format escapes in its own way."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import accumulate
from typing import Any

from archive.facts.alike import differing, shared_ends
from archive.facts.figures import Value
from archive.files.excerpts import shorten
from archive.leaks.visible import UNSEEN
from archive.proposals.diff.figures import Cause, FigureChange
from archive.proposals.diff.records import EntryChange, FieldChange
from archive.proposals.diff.states import StateChange
from archive.render.figures import number_text
from archive.render.text import day, exact_number_text
from archive.schema.columns import exact_text

MAX_CAUSES = 20
"""The most records listed for one figure; thousands may have changed it."""

# A reviewer must see each character, and all of them in their order.
_UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{UNSEEN}]")

_LONG = 40
"""The most characters shown of a value; of longer values, the parts that differ."""
_MOST_PARTS = 20
_LONGEST = 400
"""The most parts that are shown, and the most characters of each."""
_AROUND = 8
_CLAUSE = re.compile(r"[^，。；、：！？,;]+[，。；、：！？,;]*|[，。；、：！？,;]+")


def quote(text: str) -> str:
    """`text` on one line, with invisible and control characters written as U+XXXX."""
    return _UNSEEN.sub(lambda found: f"U+{ord(found[0]):04X}", text.replace("\n", " "))


def number(value: Value | None) -> str:
    """A figure as `number_text` tells it."""
    return "无" if value is None else number_text(value)


def difference(change: FigureChange) -> str:
    """How much a figure changed, exactly and in per cent; empty if it did not, or it is unknown."""
    found, percent = change.difference, change.percent
    if not found:
        return ""
    share = f"（{percent:+f}%）" if percent is not None else ""
    return f"{'增加' if found > 0 else '减少'} {exact_number_text(abs(found))}{share}"


def describe_state_change(change: FigureChange) -> str:
    """The state of a figure, as old → new if it changed."""
    return arrow(*(str(side.state) if side else None for side in (change.old, change.new)))


def arrow(old: str | None, new: str | None) -> str:
    """`old → new`, or one text if they are the same; 无 stands for None."""
    return str(new or "无") if old == new else f"{old or '无'} → {new or '无'}"


def still_led(change: StateChange) -> Iterator[str]:
    """Where pages still lead to a regulation that ends, so that somebody looks whether they should."""
    if change.led:
        more = f"等 {len(change.led)} 处" if len(change.led) > MAX_CAUSES else ""
        yield f"还链接着它，看看要不要改：{'、'.join(change.led[:MAX_CAUSES])}{more}"


def change_notes(change: FigureChange) -> Iterator[str]:
    """A line for each new 修订 or 更正, and one if a change should have had one."""
    for one in change.recorded:
        moved = f"由 {exact_number_text(one.old)} 改为 {exact_number_text(one.new)}"
        yield f"{one.kind}（{day(one.date)}）：{moved}，{one.reason}"
    if change.is_unexplained:
        yield "核定过的数改动，须记为修订或更正（revisions），现没有记"


def cause(one: Cause) -> str:
    """What happened to a record, and how it counts for the figure before and after."""
    happened = str(one.change.kind) if one.change else "计数规则或时期改变"
    counts = f"{_signed(one.old)} → {_signed(one.new)}"
    fields = "；".join(map(describe_field_change, one.change.fields)) if one.change else ""
    return f"{happened}，{one.why}（{counts}）" + (f"：{fields}" if fields else "")


def _signed(value: Decimal | None) -> str:
    return "不计" if value is None else exact_number_text(value)


def describe_field_change(change: FieldChange) -> str:
    """The label of a field and its old → new value; of long values the part that differs."""
    old, new = _contrast(_value(change.old), _value(change.new))
    return f"{change.label} {old} → {new}"


def _value(value: Any) -> str:
    return " ".join(exact_text(value).split()) or "空"


def _contrast(old: str, new: str) -> tuple[str, str]:
    """Both texts; of long ones every part that differs, with some of what stands around it."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    parts = list(_differing(old, new))
    more = f"（另有 {len(parts) - _MOST_PARTS} 处不同）" if len(parts) > _MOST_PARTS else ""
    shown = parts[:_MOST_PARTS]
    return (
        _around(old, [(i, j) for i, j, _, _ in shown]),
        _around(new, [(i, j) for _, _, i, j in shown]) + more,
    )


def _differing(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """The parts that differ, as spans of both texts: from clause to clause, without what is the same."""
    texts = _CLAUSE.findall(old), _CLAUSE.findall(new)
    starts = [[0, *accumulate(map(len, clauses))] for clauses in texts]
    for i, j, k, m in differing(*texts):
        one, two = old[starts[0][i] : starts[0][j]], new[starts[1][k] : starts[1][m]]
        before, after = shared_ends(one, two)
        yield (
            starts[0][i] + before,
            starts[0][j] - after,
            starts[1][k] + before,
            starts[1][m] - after,
        )


def _around(text: str, spans: list[tuple[int, int]]) -> str:
    """The spans of a text, each with what stands around it; … for what is left out."""
    told, end = "", 0
    for i, j in spans:
        begin = max(end, i - _AROUND)
        told += "…" if begin > end else ""
        told += shorten(text[begin:j], _LONGEST)
        end = min(len(text), j + _AROUND)
        told += text[j:end]
    return told + ("…" if end < len(text) else "")


def describe_entry(change: EntryChange) -> Iterator[str]:
    """A line for each: the former file, the changed fields, the sections with another text or place."""
    if change.moved_from:
        yield f"原在 {change.moved_from}"
    yield from map(describe_field_change, change.fields)
    if change.sections:
        yield f"正文：{_headings(change.sections)}"
    if change.order:
        yield f"次序：{_headings(change.order)}"


def _headings(headings: Iterable[str]) -> str:
    return "、".join(f"“{one}”" if one else "开头" for one in headings)
