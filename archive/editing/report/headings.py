"""Which lines of a report are its title and its headings, and of what level.

A heading is a line that says so itself (a style, an outline level, #); a line that looks like no other
text and is short; or a short line with a number, if the lines numbered on with it are such too and have
text below them.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import NamedTuple

from archive.editing.report.brought import Block, Brought, Note
from archive.editing.report.numbers import ARTICLE, Kind, Numbered, typed_number
from archive.editing.report.passages import Passage
from archive.files.line_breaks import joins

_LONGEST = 60
"""Characters of the longest line that may be a heading without saying so."""
_LONGEST_SAID = 100
"""Those of the longest with a full stop in it, if it says so."""
_ENDS = "。；;，,、"
_SENTENCES = re.compile("[。；]")
_CAPTION = re.compile(r"(?:附?[表图]|图表|Table|Figure)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
_ATTACHED = re.compile(r"附件\s*[\d一二三四五六七八九十]*[:：]?")
"""A line above the title."""
_ASIDE = re.compile(
    r"[（(].*[)）]|[\d〇○零一二三四五六七八九十]{4}年(?:[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?)?|——.*"
)
"""A line that is no heading, however it looks: a day, a subtitle."""
_MEASURE = re.compile(r"[（(]?(?:计量)?单位[:：].*")
"""A line between a table and its title."""


class Look(NamedTuple):
    """How a line looks; of two, the greater one stands higher."""

    size: int = 0
    centred: bool = False
    strong: bool = False


_PLAIN = Look()


@dataclass(slots=True)
class Line:
    """A paragraph that may be a heading. `number` is one that Word has counted, and begins the text."""

    passage: Passage
    number: str = ""
    outline: int | None = None
    """Of a heading that says so, from 0."""
    title: bool = False
    item: int = 0
    """Of an item of a list, its level from 1."""
    look: Look = _PLAIN
    numbered_as: Numbered | None = None
    """Its number, Word's or a typed one, if it is one of a kind that headings have; set here."""
    level: int = 0
    """Of a heading, from 1; set here."""

    @property
    def text(self) -> str:
        """What is read of it, its number included."""
        return self.passage.text

    @property
    def kind(self) -> Kind | None:
        """The kind of its number."""
        return self.numbered_as.kind if self.numbered_as else None


Entry = Line | Block
"""A line, or a table or picture."""


def is_short(text: str) -> bool:
    """Whether a line may be a heading by its length and its end."""
    return (
        0 < len(text) <= _LONGEST
        and text[-1:] not in _ENDS
        and not _SENTENCES.search(text)
        and "\n" not in text
    )


def arranged(entries: Sequence[Entry], left_out: Mapping[str, int]) -> Brought:
    """The report with its title and headings told apart; lines without text and notes are left out."""
    entries = [one for one in entries if isinstance(one, Block) or one.text or one.passage.notes]
    _number([one for one in entries if isinstance(one, Line)])
    titles, rest = _title(entries)
    headings = _by_hand(rest)
    _levels([one for one in rest if isinstance(one, Line)], headings)
    title, notes = "", []
    for line in titles:
        between = "" if not title or joins(title[-1], line.text[:1]) else " "
        at = len(title) + len(between)
        title += between + _one_line(line.text)
        notes += [Note(min(one.at + at, len(title)), one.text) for one in line.passage.notes]
    return Brought(title, tuple(map(_block, rest)), dict(left_out), tuple(notes))


def _one_line(text: str) -> str:
    first, *others = [part.strip() for part in text.split("\n")]
    for other in others:
        first += other if joins(first[-1:], other[:1]) else f" {other}"
    return first


def _block(entry: Entry) -> Block:
    if isinstance(entry, Block):
        return entry
    passage, number = entry.passage, entry.number
    if entry.numbered_as:
        number = entry.numbered_as.number
    made = Block("paragraph", passage.text, 0, number, passage.links, passage.notes)
    if entry.level:
        return replace(made, kind="heading", level=entry.level)
    return replace(made, kind="item", level=entry.item) if entry.item else made


def _number(lines: list[Line]) -> None:
    """Set the number of each line that has one: Word's, or a typed one that counts on."""
    last: dict[Kind, int] = {}
    for line in lines:
        if line.item:
            continue
        found = typed_number(line.number, counted=True) if line.number else typed_number(line.text)
        if not found:
            continue
        before = last.get(found.kind, 0)
        most = found.value if is_short(line.text) else before + 2
        goes_on = found.value == 1 or 0 < before <= found.value <= most
        if found.number.isdecimal() and not line.number:
            sure = False
            goes_on = goes_on and is_short(line.text)  # 1 概况, but not 12 人
        else:
            sure = bool(line.number) or line.outline is not None or found.kind.depth > 1
        if sure or goes_on:
            last[found.kind] = found.value
            line.numbered_as = found._replace(number=line.number or found.number)


def _title(entries: list[Entry]) -> tuple[list[Line], list[Entry]]:
    """The lines of the title, and the other entries."""
    first = next(
        (at for at, one in enumerate(entries) if isinstance(one, Line) and one.title), None
    )
    above = entries[:first]
    if first is None or any(isinstance(one, Line) and one.outline is not None for one in above):
        first = sum(1 for one in entries[:1] if _ATTACHED.fullmatch(one.text))
        end = _end_of_title(entries, first)
    else:
        end = first
        while end < len(entries) and isinstance(one := entries[end], Line) and one.title:
            end += 1
    titles = [one for one in entries[first:end] if isinstance(one, Line)]
    return titles, entries[:first] + entries[end:]


def _end_of_title(entries: list[Entry], first: int) -> int:
    """Where the title ends that begins at `first` and has no style of its own; there if there is none."""
    lines = [one for one in entries if isinstance(one, Line)]
    line = entries[first] if first < len(entries) else None
    if not isinstance(line, Line) or line.item or line.kind or first + 1 == len(entries):
        return first
    if line.outline is not None:
        above = [one for one in lines if one.outline is not None and one.outline <= line.outline]
        others = [one for one in lines if one is not line and (one.outline is not None or one.kind)]
        return first + (len(above) == 1 and bool(others))
    body = _body(lines)
    end = first
    while end < len(entries) and _is_title(entries[end], line.look, body):
        end += 1
    # A line that looks as lines further down do is the first of the headings.
    later = {one.look for one in entries[end:] if isinstance(one, Line) and _is_bare(one)}
    while end > first and isinstance(one := entries[end - 1], Line) and one.look in later:
        end -= 1
    return end if end < len(entries) else first


def _is_title(entry: Entry, first: Look, body: Look) -> bool:
    """Whether a line goes on with a title of this look: it looks the same, or it is large, too."""
    if not isinstance(entry, Line) or not _is_bare(entry) or not _stands_out(entry.look, body):
        return False
    large = min(entry.look.size, first.size) > body.size and entry.look.centred == first.centred
    return entry.look == first or large


def _is_bare(line: Line) -> bool:
    """Whether a line may be a title or heading, and says nothing of it itself."""
    return not line.item and not line.kind and line.outline is None and is_short(line.text)


def _body(lines: list[Line]) -> Look:
    """The look of most of the text."""
    looks: Counter[Look] = Counter()
    for line in lines:
        if line.outline is None:
            looks[line.look] += len(line.text)
    return looks.most_common(1)[0][0] if looks else _PLAIN


def _stands_out(look: Look, body: Look) -> bool:
    return look.size > body.size or any(
        own and not usual for own, usual in zip(look[1:], body[1:], strict=True)
    )


@dataclass(slots=True)
class _Found:
    """Headings that do not say so themselves: those with a number, those known by their look alone."""

    numbered: list[Line] = field(default_factory=list)
    looking: list[Line] = field(default_factory=list)


def _by_hand(entries: list[Entry]) -> _Found:
    lines = [one for one in entries if isinstance(one, Line)]
    body = _body(lines)
    found = _Found()
    said = [line for line in lines if line.outline is not None or line.title]
    kinds = {line.kind for line in said}
    # What does not begin with 1 is a heading if others of its kind are.
    for run in sorted(_runs(entries), key=lambda run: run[0].value > 1):
        headings = _headings_in(run, body, bool(said))
        if (
            run[0].value == 1
            or run[0].kind in kinds
            or all(_stands_out(one.look, body) for one in headings)
        ):
            found.numbered += headings
            kinds.update(line.kind for line in headings)
    if not said:
        candidates = [
            (at, line)
            for at, line in enumerate(entries)
            if isinstance(line, Line) and _looks_alone(entries, at, body)
        ]
        again = Counter(line.look for _, line in candidates)
        for place, (at, line) in enumerate(candidates):
            # What stands right below the title is who wrote it and when, unless more lines look so.
            if at > place or again[line.look] > 1:
                found.looking.append(line)
    return found


class _Placed(NamedTuple):
    """A line with a number."""

    line: Line
    kind: Kind
    value: int
    after: Entry | None
    """What stands below it."""


def _runs(entries: list[Entry]) -> list[list[_Placed]]:
    """The lines that are numbered on from one to the next."""
    runs: list[list[_Placed]] = []
    open_: dict[Kind, list[_Placed]] = {}
    for line, after in zip_longest(entries, entries[1:]):
        if isinstance(line, Line) and line.numbered_as and line.outline is None:
            _, kind, value = line.numbered_as
            run = open_.get(kind)
            if run is None or value <= run[-1].value:
                run = open_[kind] = []
                runs.append(run)
            run.append(_Placed(line, kind, value, after))
    return runs


def _headings_in(run: list[_Placed], body: Look, said: bool) -> list[Line]:
    """Those lines of a run that are headings; `said`: others in the file say so themselves."""
    lines = [one.line for one in run]
    short = [line for line in lines if is_short(line.text) and _rest(line)]
    # One of several may end in a full stop.
    ended = [line for line in lines if line.text[-1] == "。" and is_short(line.text[:-1])]
    seen = [line for line in (*short, *ended) if _stands_out(line.look, body)]
    if short and all(_stands_out(line.look, body) for line in short):
        return seen
    ended = [line for line in ended if "，" not in line.text]
    fitting = len(short) + len(ended)
    if not short or run[0].kind == ARTICLE or (said and lines[0].number):
        return []  # the last: Word has counted a list
    if fitting * 3 < len(lines) * 2 or len(short) < len(ended):
        return []
    lists = sum(one.after is None or _kind(one.after) == one.kind for one in run)
    return [*short, *ended] if lists * 2 < len(lines) else []


def _kind(entry: Entry) -> Kind | None:
    return entry.kind if isinstance(entry, Line) else None


def _rest(line: Line) -> str:
    """The text without its number."""
    return line.text[len(line.numbered_as.number) :].strip() if line.numbered_as else line.text


def _looks_alone(entries: list[Entry], at: int, body: Look) -> bool:
    """Whether a line without a number is a heading by its look."""
    line = entries[at]
    after = entries[at + 1] if at + 1 < len(entries) else None
    if not isinstance(line, Line) or after is None or line.item or line.kind:
        return False
    if not is_short(line.text) or line.text[-1] in "：:" or not _stands_out(line.look, body):
        return False
    if (
        _CAPTION.match(line.text)
        or _ASIDE.fullmatch(line.text)
        or _is_titled(entries[at + 1 : at + 3], line)
    ):
        return False
    if line.look.size > body.size or line.look.strong > body.strong:
        return True
    # What is only in the middle may belong to a table or picture, or be one of several lines.
    before = entries[at - 1] if at else None
    return isinstance(after, Line) and not after.look.centred and not isinstance(before, Block)


def _is_titled(below: list[Entry], line: Line) -> bool:
    """Whether what stands below a line in the middle is a table or picture that it is the title of."""
    if below and _MEASURE.fullmatch(below[0].text):
        below = below[1:]
    return line.look.centred and bool(below) and isinstance(below[0], Block)


def _levels(lines: list[Line], found: _Found) -> None:
    """Set the level of each heading, the highest 1, none left out between."""
    said = [
        line for line in lines
        if line.title or (line.outline is not None and (len(line.text) <= _LONGEST_SAID or "。" not in line.text))
    ]  # fmt: skip
    known: dict[Kind, Counter[int]] = {}
    for line in said:
        line.level = 1 if line.title else 2 + (line.outline or 0)
        if line.kind:
            known.setdefault(line.kind, Counter())[line.level] += 1
    looks: dict[Kind, Counter[Look]] = {}
    for line in found.numbered:
        assert line.kind
        looks.setdefault(line.kind, Counter())[line.look] += 1
    usual = {kind: count.most_common(1)[0][0] for kind, count in looks.items()}
    order: list[Kind | Look] = [*sorted({*usual, *known})]
    place: dict[Look, Kind | Look] = {}
    for look in sorted({line.look for line in found.looking}):
        same = next(
            (kind for kind in order if isinstance(kind, Kind) and usual.get(kind) == look), None
        )
        below = next(
            (at for at, kind in enumerate(order) if _look_of(kind, usual) < look), len(order)
        )
        place[look] = look if same is None else same
        if same is None:
            order.insert(below, look)
    key = {id(line): line.kind for line in found.numbered} | {
        id(line): place[line.look] for line in found.looking
    }
    above: dict[Kind | Look | None, int] = {}
    last = 0
    for line in lines:
        last = line.level or last
        if id(line) in key:
            above.setdefault(key[id(line)], last)
    levels: dict[Kind | Look | None, int] = {}
    before: int | None = None
    for one in order:
        if isinstance(one, Kind) and one in known:
            before = known[one].most_common(1)[0][0]
        else:
            before = (above.get(one, 0) if before is None else before) + 1
        levels[one] = before
    for line in lines:
        if id(line) in key:
            line.level = levels[key[id(line)]]
    used = {
        level: rank
        for rank, level in enumerate(sorted({one.level for one in lines if one.level}), 1)
    }
    for line in lines:
        line.level = used.get(line.level, 0)


def _look_of(key: Kind | Look, usual: Mapping[Kind, Look]) -> Look:
    return key if isinstance(key, Look) else usual.get(key, _PLAIN)
