"""Changes as text for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.files.yaml import Problem
from archive.proposals.diff import wording
from archive.proposals.diff.compare import Changes
from archive.proposals.diff.figures import FigureChange
from archive.proposals.diff.states import STATED

NOTHING = "指标、记录和页面的内容没有改动。"


def text(changes: Changes) -> str:
    """The whole comparison as text with a heading per part, without control characters."""
    lines = list(_lines(changes)) or [NOTHING]
    return _joined(lines)


def broken_text(problems: Mapping[str, Sequence[Problem]]) -> str:
    """The problems that keep revisions from being read, by the name of each, as text."""
    return _joined(
        line
        for name, found in problems.items()
        if found
        for line in (f"{name} 的数据须能读取，现有 {len(found)} 处问题：", *map(str, found))
    )


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{wording.quote(line)}\n" for line in lines)


def _lines(changes: Changes) -> Iterator[str]:
    if changes.figures:
        yield f"指标（{len(changes.figures)} 个）"
        for one in changes.figures:
            yield from _figure(one, changes.register)
    if changes.states:
        yield f"状态（{len(changes.states)} 处）"
        for state in changes.states:
            yield f"  {STATED[state.what]} {state.title}：{wording.arrow(state.old, state.new)}"
            yield from (f"    {line}" for line in wording.still_led(state))
    if changes.entries:
        yield f"记录和页面（{len(changes.entries)} 处）"
        for entry in changes.entries:
            name = entry.title or entry.id
            yield f"  {entry.kind} {entry.path}:{entry.line} {entry.group_label} {name}".rstrip()
            yield from (f"    {line}" for line in wording.describe_entry(entry))


def _figure(change: FigureChange, register: str) -> Iterator[str]:
    head = f"  {change.id} {change.value.figure.name}"
    if change.shows_otherwise:
        values = wording.arrow(wording.number(change.old), wording.number(change.new))
        parts = (values, wording.difference(change), wording.describe_state_change(change))
        head += f"：{'，'.join(filter(None, parts))}"
    yield head
    yield from (f"    {note}" for note in wording.change_notes(change))
    for one in change.causes[: wording.MAX_CAUSES]:
        yield f"    {one.path}：{wording.cause(one)}"
    if len(change.causes) > wording.MAX_CAUSES:
        yield f"    另有 {len(change.causes) - wording.MAX_CAUSES} 条记录"
    if change.fields:
        yield f"    {register}:{change.line}：{'；'.join(map(wording.describe_field_change, change.fields))}"
    for place in change.places:
        yield f"    见 {place.label}（{place.target}）"
