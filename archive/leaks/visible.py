"""Text as a reader sees it: entities and escapes decoded, what is invisible left out."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from archive.files.html import unescaped
from archive.files.patterns import late
from archive.leaks.leak import TextLeak


def _by_category(*asked: str) -> dict[str, set[int]]:
    """Return the characters of these categories of Unicode, but for Han, Hangul and private ones.

    Those without a shape, marks and digits are all below 0x20000.
    """
    found: dict[str, set[int]] = {one: set() for one in asked}
    codes = [*range(128, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x20000)]
    for code, category in zip(codes, map(unicodedata.category, map(chr, codes)), strict=True):
        if category in found:
            found[category].add(code)
    return found


def _class(codes: Iterable[int]) -> str:
    """Return characters as the inner part of a class of a pattern."""
    ordered = sorted(codes)
    begins = [code for code in ordered if code - 1 not in codes]
    ends = [code for code in ordered if code + 1 not in codes]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(begins, ends, strict=True))


_EMPTY = {
    0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2065, 0x2800, 0x3164, *range(0xFE00, 0xFE10),
    0xFFA0, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000),
}  # fmt: skip
"""Characters without a shape that are not of the category of such (Cf)."""
_CATEGORIES = _by_category("Cf", "Mn", "Me", "Nd", "No")
_UNSEEN = _CATEGORIES["Cf"] | _EMPTY
UNSEEN = _class(_UNSEEN)
"""Characters that no reader sees, as a class of a pattern."""
_MARKS = (_CATEGORIES["Mn"] | _CATEGORIES["Me"]) - _UNSEEN
MARKS = _class(_MARKS)
"""Marks drawn on the character before, such as an accent or the frame of a key."""
# Full-width letters and digits, and characters encoded once more for old character sets or radicals.
_WIDE_LOW = "０-９Ａ-Ｚａ-ｚ＠．－\u2e80-\u2fd5\uf900-\ufaff"
_WIDE = f"{_WIDE_LOW}\U0002f800-\U0002fa1f"
# Digits of any other kind; those that count (①, ²) are no part of the digits of a number beside them.
_OTHER = [
    one
    for one in map(chr, sorted(_CATEGORIES["Nd"] | _CATEGORIES["No"]))
    if unicodedata.digit(one, None) is not None
]
_DECIMAL = "".join(c for c in _OTHER if unicodedata.decimal(c, None) is not None)
_COUNTING = "".join(c for c in _OTHER if unicodedata.decimal(c, None) is None)
_TURNED = "\u202e"
_STRAIGHT = "\u202d"
_BEGIN = f"{_TURNED}{_STRAIGHT}\u202a\u202b\u2066-\u2068"
_END = "\u202c\u2069"
_SIDES = "\u200f\u061c"
"""Marks that say on which side a text begins."""
"""Characters between which others are turned around; most of those that begin turn only groups."""
_SHAPELESS = _UNSEEN - {0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_LEFT_ALONE = _class(_SHAPELESS)
_LOW = _class({c for c in _SHAPELESS | _MARKS | set(map(ord, _OTHER)) if c < 0x10000})
# All but the first plane are one range: a pattern tries range after range for every character.
_FIRST = late(rf"[{_LOW}{_WIDE_LOW}\U00010000-\U0010ffff&\\%*_]")
_WRITTEN = late(
    rf"(?P<unseen>[{_LEFT_ALONE}]+|(?<=[0-9０-９])(?:\*{{1,3}}|__)(?=[0-9０-９])|(?<=[0-9])[{MARKS}]+)"
    rf"|(?P<decimal>[{_DECIMAL}]+)|(?P<counting>[{_COUNTING}]+)|(?P<wide>[{_WIDE}]+)"
    r"|(?P<entity>&(?:#0*+[0-9]{1,7}|#[xX]0*+[0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});?)"
    r"|(?P<codes>(?:\\u[0-9A-Fa-f]{4})+)|(?P<octets>(?:%[0-9A-Fa-f]{2}){2,}|%[2-7][0-9A-Fa-f])|(?P<old>%u[0-9A-Fa-f]{4})"
    r"|(?P<at>\\@)|(?P<style>\\[0-9A-Fa-f]{4,6} ?)|(?P<cell>_x[0-9A-Fa-f]{4}_)"
)
_SPACES = late(r"\s++")
_LINE_ENDS = late(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TURNING = late(f"[{_BEGIN}{_END}{_SIDES}]")
_UNIT = late(f"</?[A-Za-z][^<>{_BEGIN}{_END}{_SIDES}]{{0,400}}+>|.", re.DOTALL)
_LEFTWARD = late("[\u200f\u061c\u202b\u2067\u2068\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Characters beside which groups of digits are shown from right to left."""
_GROUP = late(r"[^\S\n]+|\n|\S+")
_RTL = late(r"[RrBb](?<!\w.)(?:(?<=[Rr])(?:[Tt][Ll]|[Ll]-[Tt][Bb])|(?<=[Bb])[Dd][Oo])\b")
"""Mark-up that turns the order of characters around."""
_DEEPEST = 125
"""How deep pieces that are turned around may lie in each other (UAX #9, max_depth)."""
_FIRST_HAN, _LAST_HAN = 0x2E80, 0x9FFF
_ROUNDS = 4
"""How often what was decoded is decoded again: an address within an entity within an escape."""


@dataclass(frozen=True, slots=True)
class VisibleText:
    """What a reader sees of a text, and pairs of offsets that lead from it back to what is written.

    Each pair holds an offset in the visible text and the offset in the written one that corresponds
    to it, up to the next pair; there is a list of pairs for each round of decoding.
    """

    text: str
    written: str = ""
    rounds: tuple[list[tuple[int, int]], ...] = ()
    order: Sequence[int] = ()
    """Where the characters are turned around: the place of each in the text without that."""

    def written_at(self, at: int) -> int:
        """Return the offset in the text as written of offset `at` in the visible text."""
        if at < len(self.order):
            at = self.order[at]
        for pairs in reversed(self.rounds):
            index = bisect_right(pairs, at, key=lambda pair: pair[0])
            if index:
                visible, written = pairs[index - 1]
                at = written + at - visible
            if index < len(pairs):  # what is shown may be longer than what is written
                at = min(at, pairs[index][1] - 1)
        return at


def visible_text(text: str) -> VisibleText:
    """Return `text` as a reader sees it, but for what is turned around.

    Invisible characters and emphasis between digits are removed; full-width letters and digits,
    entities and escapes are replaced by what they show, also if they were escaped more than once.
    """
    return _visible(text)[0]


def _visible(text: str) -> tuple[VisibleText, str]:
    """Return a text as a reader sees it, and the same with the characters that turn others around."""
    written, rounds = text, list[list[tuple[int, int]]]()
    for _ in range(_ROUNDS):
        text, pairs = _decoded_once(text)
        if not pairs:
            break
        rounds.append(pairs)
    plain, pairs = _without_turning(text)
    if pairs:
        rounds.append(pairs)
    return VisibleText(plain, written, tuple(rounds)), text


def searched(text: str, search: Callable[[VisibleText], Iterable[TextLeak]]) -> Iterator[TextLeak]:
    """Yield what `search` finds in each reading of a text, once, at its offset in the text as written."""
    told = set[tuple[str, str, int]]()
    for reading in _readings(text):
        for leak in search(reading):
            at = reading.written_at(leak.at)
            if (key := (leak.kind, leak.original or leak.found, at)) not in told:
                told.add(key)
                yield leak._replace(at=at)


def _readings(text: str) -> Iterator[VisibleText]:
    """Yield a text as a reader sees it, then, if something in it is turned around, in that order."""
    plain, turning = _visible(text)
    yield plain
    orders: list[Sequence[int]] = []
    if _TURNED in turning:
        orders.append(_order_on_screen(turning))
    if _LEFTWARD.search(turning):
        orders.append(_groups_backwards(plain.text))
    if _RTL.search(plain.text):
        orders += _backwards(plain.text)
    for order in orders:
        yield replace(plain, text="".join(map(plain.text.__getitem__, order)), order=order)


def backwards(text: str) -> list[str]:
    """Return a text from right to left: each character, and each group of characters of a line."""
    return ["".join(map(text.__getitem__, order)) for order in _backwards(text)]


def _backwards(text: str) -> list[Sequence[int]]:
    return [range(len(text) - 1, -1, -1), _groups_backwards(text)]


def _order_on_screen(turning: str) -> list[int]:
    """Return the places of the characters of a text in the order in which they are shown; tags are whole."""
    units: list[tuple[int, int]] = []
    begun: list[tuple[int, bool]] = []
    at, leftward = 0, False

    def close() -> None:
        nonlocal leftward
        start, inner = begun.pop()
        leftward = begun[-1][1] if begun else False
        if inner != leftward:
            units[start:] = units[start:][::-1]

    for found in _UNIT.finditer(turning):
        unit = found[0]
        if unit in _END:
            if begun:
                close()
        elif _TURNING.match(unit):
            if unit not in _SIDES and len(begun) < _DEEPEST:
                leftward = unit == _TURNED or (leftward and unit != _STRAIGHT)
                begun.append((len(units), leftward))
        else:
            units.append((at, at + len(unit)))
            at += len(unit)
    while begun:
        close()
    return [place for start, end in units for place in range(start, end)]


def _groups_backwards(text: str) -> list[int]:
    """Return the places of the characters of a text, each line from its last word to its first."""
    order: list[int] = []
    line: list[re.Match[str]] = []
    for group in chain(_GROUP.finditer(text), (None,)):
        if group is not None and group[0] != "\n":
            line.append(group)
            continue
        order += [place for one in reversed(line) for place in range(*one.span())]
        line.clear()
        if group is not None:
            order.append(group.start())
    return order


def _without_turning(text: str) -> tuple[str, list[tuple[int, int]]]:
    pieces: list[str] = []
    pairs: list[tuple[int, int]] = []
    done = length = 0
    for found in _TURNING.finditer(text):
        pieces.append(text[done : found.start()])
        length += found.start() - done
        done = found.end()
        pairs.append((length, done))
    return "".join([*pieces, text[done:]]), pairs


def single_spaced(text: str) -> str:
    """Return `text` with one space or end of line for each run of white space, as programs show it."""
    return _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text)


def side_by_side(values: Iterable[str]) -> str:
    """Return the few letters that each value holds, as one text: a name may be split over two values.

    Only letters beyond ASCII, as digits beside digits would be numbers that nobody wrote; and no long values,
    whose last letter has nothing to do with the first of the next.
    """
    letters = (_ASCII.sub("", value) for value in values)
    return "\n".join(one for one in letters if 0 < len(one) <= _FEW)


_ASCII = re.compile("[\x00-\x7f]++")
_FEW = 4
"""Letters of a part of a name."""


def _decoded_once(text: str) -> tuple[str, list[tuple[int, int]]]:
    pieces: list[str] = []
    pairs: list[tuple[int, int]] = []
    done = looked = length = 0
    for first in _FIRST.finditer(text):
        if first.start() < looked:
            continue
        written = _WRITTEN.match(text, first.start())
        if written is None:
            continue
        shown, looked = _shown(str(written.lastgroup), written[0]), written.end()
        if shown == written[0]:
            continue
        pieces += (text[done : written.start()], shown)
        length += written.start() - done + len(shown)
        done = written.end()
        pairs.append((length, done))
    return "".join([*pieces, text[done:]]), pairs


@lru_cache(maxsize=10_000)
def _shown(kind: str, written: str) -> str:
    """Return what a reader sees for what is written; `kind` is its group in `_WRITTEN`. Most recur."""
    if kind == "unseen":
        return ""
    if kind == "decimal":
        return _digits(written)
    if kind == "counting":
        return f" {_digits(written)} "
    if kind == "wide":
        return unicodedata.normalize("NFKC", written)
    if kind == "codes":
        codes = bytes.fromhex(written.replace("\\u", ""))
        return codes.decode("utf-16-be", "replace")
    if kind == "octets":
        return bytes.fromhex(written.replace("%", "")).decode("utf-8", "backslashreplace")
    if kind == "old":
        return chr(int(written[2:], 16))
    if kind in ("style", "cell"):  # as styles and as cells of a workbook have them
        code = int(written.strip(" \\_x"), 16)
        return chr(code) if _FIRST_HAN <= code <= _LAST_HAN else written
    if kind == "at":
        return "@"
    return _LINE_ENDS.sub(" ", unescaped(written))  # an entity ends no line on the screen


def _digits(written: str) -> str:
    return "".join(str(unicodedata.digit(letter)) for letter in written)
