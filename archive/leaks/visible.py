"""Text as a reader sees it: entities and escapes decoded, what is invisible left out."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180f\u2800\ufff0-\ufff8\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Characters that no reader sees, as a class of a pattern."""
# Full-width letters and digits, and characters encoded once more for old character sets or radicals.
_WIDE = "０-９Ａ-Ｚａ-ｚ＠．－\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
# Digits of any other kind; those that count (①, ²) are no part of the digits of a number beside them.
_OTHER = [
    chr(code) for code in range(128, 0x20000) if unicodedata.digit(chr(code), None) is not None
]
_DECIMAL = "".join(c for c in _OTHER if unicodedata.decimal(c, None) is not None)
_COUNTING = "".join(c for c in _OTHER if unicodedata.decimal(c, None) is None)
_MARKS = "\u0300-\u036f\u20d0-\u20ff"
"""Marks drawn on the character before, such as the frame of a key."""
_FIRST = re.compile(rf"[{UNSEEN}{_WIDE}{_DECIMAL}{_COUNTING}{_MARKS}&\\%*_]")
_WRITTEN = re.compile(
    rf"(?P<unseen>[{UNSEEN}]+|(?<=[0-9０-９])(?:\*{{1,3}}|__)(?=[0-9０-９])|(?<=[0-9])[{_MARKS}]+)"
    rf"|(?P<decimal>[{_DECIMAL}]+)|(?P<counting>[{_COUNTING}]+)|(?P<wide>[{_WIDE}]+)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});)"
    r"|(?P<codes>(?:\\u[0-9A-Fa-f]{4})+)|(?P<octets>(?:%[0-9A-Fa-f]{2}){2,})|(?P<old>%u[0-9A-Fa-f]{4})"
    r"|(?P<at>%40|\\@)|(?P<style>\\[0-9A-Fa-f]{4,6} ?)|(?P<cell>_x[0-9A-Fa-f]{4}_)|(?P<percent>%25(?=[0-9A-Fa-f]{2}))"
)
_SPACES = re.compile(r"\s++")
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

    def written_at(self, at: int) -> int:
        """Return the offset in the text as written of offset `at` in the visible text."""
        for pairs in reversed(self.rounds):
            index = bisect_right(pairs, at, key=lambda pair: pair[0])
            if index:
                visible, written = pairs[index - 1]
                at = written + at - visible
            if index < len(pairs):  # what is shown may be longer than what is written
                at = min(at, pairs[index][1] - 1)
        return at


def visible_text(text: str) -> VisibleText:
    """Return `text` as a reader sees it.

    Invisible characters and emphasis between digits are removed; full-width letters and digits,
    entities and escapes are replaced by what they show, also if they were escaped more than once.
    """
    written, rounds = text, list[list[tuple[int, int]]]()
    for _ in range(_ROUNDS):
        text, pairs = _decoded_once(text)
        if not pairs:
            break
        rounds.append(pairs)
    return VisibleText(text, written, tuple(rounds))


def single_spaced(text: str) -> str:
    """Return `text` with one space or end of line for each run of white space, as programs show it."""
    return _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text)


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
        shown, looked = _shown(written), written.end()
        if shown == written[0]:
            continue
        pieces += (text[done : written.start()], shown)
        length += written.start() - done + len(shown)
        done = written.end()
        pairs.append((length, done))
    return "".join([*pieces, text[done:]]), pairs


def _shown(written: re.Match[str]) -> str:
    """Return what a reader sees for what is written."""
    if written["unseen"]:
        return ""
    if written["decimal"]:
        return _digits(written[0])
    if written["counting"]:
        return f" {_digits(written[0])} "
    if written["wide"]:
        return unicodedata.normalize("NFKC", written[0])
    if written["codes"]:
        codes = bytes.fromhex(written[0].replace("\\u", ""))
        return codes.decode("utf-16-be", "replace")
    if written["octets"]:
        return bytes.fromhex(written[0].replace("%", "")).decode("utf-8", "backslashreplace")
    if written["old"]:
        return chr(int(written[0][2:], 16))
    if written["style"] or written["cell"]:  # as styles and as cells of a workbook have them
        code = int(written[0].strip(" \\_x"), 16)
        return chr(code) if _FIRST_HAN <= code <= _LAST_HAN else written[0]
    if written["percent"]:
        return "%"
    return "@" if written["at"] else unescape(written[0])


def _digits(written: str) -> str:
    return "".join(str(unicodedata.digit(letter)) for letter in written)
