"""Changes as Markdown for a comment on a pull request: tables whose content is plain text.

Tags, pipes, backticks and other characters with a meaning in Markdown are written as entities. That
does not stop a forge from finding mentions and references, as it looks for them in the rendered
text; a zero-width space after the sign does (`@`, `#`, `!`, `$`, `%`, `&`, `~`, `^`, `GH-`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.files.yaml import Problem
from archive.proposals.diff import wording
from archive.proposals.diff.as_text import NOTHING
from archive.proposals.diff.compare import Changes
from archive.proposals.diff.figures import FigureChange
from archive.proposals.diff.states import STATED
from archive.render.text import markdown_table, plain_text

_SIGN = re.compile(r"[@#!$%&~^:](?=[\w\"+-]|$)|(?<![A-Za-z0-9])GH(?=-[0-9])", re.IGNORECASE)
MAX_COMMENT_CHARACTERS = 60_000
"""The most characters of a comment; GitHub takes 65,536."""


def markdown(changes: Changes) -> str:
    """The whole comparison as Markdown, cut to the length of a comment."""
    return fitting("\n\n".join(_parts(changes)) or NOTHING)


def broken_markdown(problems: Mapping[str, Sequence[Problem]]) -> str:
    """The problems that keep revisions from being read, by the name of each, as Markdown."""
    parts = []
    for name, found in problems.items():
        if found:
            lines = (f"- {code(f'{one.path}:{one.line}')} {safe(one.message)}" for one in found)
            head = f"{code(name)} 的数据须能读取，现有 {len(found)} 处问题："
            parts.append("\n".join([head, "", *lines]))
    return fitting("\n\n".join(parts))


def fitting(text: str) -> str:
    """`text` cut at a line end to the length of a comment, with a last line that says so if cut."""
    if len(text) <= MAX_COMMENT_CHARACTERS:
        return f"{text}\n"
    kept = text[: text.rindex("\n", 0, MAX_COMMENT_CHARACTERS)]
    return f"{kept}\n\n内容太多，以下略去；全部内容请在本地运行 `.venv/bin/archive diff`。\n"


def safe(text: str) -> str:
    """`text` as Markdown that renders as exactly this text."""
    separated = _SIGN.sub(lambda found: f"{found[0]}\u200b", wording.quote(text))
    return plain_text(separated).replace("\u200b", "&#8203;")


def code(text: str) -> str:
    """`text` as HTML code, where a forge looks for no references; it can be copied unchanged."""
    return f"<code>{plain_text(wording.quote(text))}</code>"


def _parts(changes: Changes) -> Iterator[str]:
    shown = [one for one in changes.figures if one.shows_otherwise]
    if shown:
        yield "### 指标"
        heads = ("指标", "原来", "现在", "增减", "状态", "所在位置")
        yield markdown_table(heads, map(_figure, shown))
        yield from filter(None, map(_why, shown))
    entries = [one for one in changes.figures if one.fields]
    if entries:
        yield "### 指标登记"
        rows = (
            (
                code(one.id),
                code(f"{changes.register}:{one.line}"),
                _list(map(wording.describe_field_change, one.fields)),
            )
            for one in entries
        )
        yield markdown_table(("指标", "位置", "改动"), rows)
    if changes.states:
        yield "### 状态"
        states = (
            (
                STATED[one.what],
                safe(one.title),
                _list((wording.arrow(one.old, one.new), *wording.still_led(one))),
            )
            for one in changes.states
        )
        yield markdown_table(("种类", "名称", "状态"), states)
    if changes.entries:
        yield "### 记录和页面"
        changed = (
            (
                str(one.kind),
                safe(f"{one.group_label} {one.title or one.id}"),
                code(f"{one.path}:{one.line}"),
                _list(wording.describe_entry(one)),
            )
            for one in changes.entries
        )
        yield markdown_table(("改动", "内容", "位置", "说明"), changed)


def _figure(change: FigureChange) -> tuple[str, ...]:
    return (
        f"{safe(change.value.figure.name)} {code(change.id)}",
        safe(wording.number(change.old)),
        safe(wording.number(change.new)),
        safe(wording.difference(change)) or "—",
        safe(wording.describe_state_change(change)),
        _list(place.label for place in change.places) or "无",
    )


def _why(change: FigureChange) -> str:
    """The records that made a figure change and the notes on it, as a Markdown list or ""."""
    lines = [f"- {safe(note)}" for note in wording.change_notes(change)]
    lines += [
        f"- {code(one.path)}：{safe(wording.cause(one))}"
        for one in change.causes[: wording.MAX_CAUSES]
    ]
    if len(change.causes) > wording.MAX_CAUSES:
        lines.append(f"- 另有 {len(change.causes) - wording.MAX_CAUSES} 条记录")
    head = f"**{safe(change.value.figure.name)}**："
    return "\n".join([head, "", *lines]) if lines else ""


def _list(texts: Iterable[str]) -> str:
    return "<br>".join(map(safe, texts))
