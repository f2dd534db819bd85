"""Search a text with every detector that reads texts."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from html import unescape

from archive.files.yaml import shorten
from archive.leaks.addresses import addresses
from archive.leaks.leak import FileLeak, Search, TextLeak, leaks_by_line
from archive.leaks.numbers import numbers
from archive.leaks.people import named, people

_DRAFT_BEGINS = re.compile(
    r"待[定查核补完修确商]|TODO|FIXME|TBD|XXX|[Tt]odo|[Ff]ixme|\{\+\+|\{--|\{~~|\{==|\{>>"
)
_LATIN = "[A-Za-z0-9_]"
_DRAFT = re.compile(
    rf"(?<!{_LATIN})(?:(?:TODO|FIXME|TBD|XXX)(?!{_LATIN})|(?:[Tt]odo|[Ff]ixme)(?=\s?[:：]))"
    r"|(?<=[【\[（(])待(?:定|查|核|补充|完善|修改|确认|商榷)[^】\]）)\n]{0,12}(?=[】\]）)])"
    r"|待核(?:实|对)?(?![\u4e00-\u9fff])"
    # CriticMarkup: what was added, deleted, replaced, marked or commented on.
    r"|\{\+\+.{0,400}?\+\+\}|\{--.{0,400}?--\}|\{~~.{0,400}?~~\}|\{==.{0,400}?==\}|\{>>.{0,400}?<<\}",
    re.DOTALL,
)


def draft_marks(text: str) -> Iterator[TextLeak]:
    """Yield the draft marks in `text`, such as TODO or 【待定】."""
    for first in _DRAFT_BEGINS.finditer(text):
        mark = _DRAFT.match(text, first.start())
        if mark:
            yield TextLeak("草稿标记", shorten(mark[0], 20), mark.start())


# Characters that are invisible, and those that show as others than they are written.
_UNSEEN = (
    "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_WIDE = "０-９Ａ-Ｚａ-ｚ＠．－"
_FIRST = re.compile(rf"[{_UNSEEN}{_WIDE}&\\%*_]")
_WRITTEN = re.compile(
    rf"(?P<unseen>[{_UNSEEN}]+|(?<=[0-9０-９])(?:\*{{1,3}}|__)(?=[0-9０-９]))|(?P<wide>[{_WIDE}])"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|\\u(?P<code>[0-9A-Fa-f]{4})|(?P<at>%40|\\@)"
)


def visible_text(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` as a reader sees it, and pairs of offsets that map it back to `text`.

    Invisible characters and emphasis between digits are removed; full-width letters and digits,
    entities and escapes are replaced by what they show. Each pair holds an offset in the visible text
    and the offset in `text` that corresponds to it, up to the next pair.
    """
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    done = length = 0
    for first in _FIRST.finditer(text):
        written = _WRITTEN.match(text, first.start())
        if written and written.start() >= done:
            shown = _shown(written)
            pieces += (text[done : written.start()], shown)
            length += written.start() - done + len(shown)
            done = written.end()
            offsets.append((length, done))
    return "".join([*pieces, text[done:]]), offsets


def _shown(written: re.Match[str]) -> str:
    if written["unseen"]:
        return ""
    if written["wide"]:
        return unicodedata.normalize("NFKC", written[0])
    if written["code"]:
        return chr(int(written["code"], 16))
    return "@" if written["at"] else re.sub(f"[{_UNSEEN}]", "", unescape(written[0]))


def find_private(text: str, data: bool = False, names: Collection[str] = ()) -> Iterator[TextLeak]:
    """Yield what is private in `text`, `names` included; `data` says that it is YAML, CSV or JSON."""
    visible, offsets = visible_text(text)
    for detected in (
        numbers(visible, data), addresses(visible), people(visible), named(visible, names),
    ):  # fmt: skip
        for leak in detected:
            yield leak._replace(at=_written_at(offsets, leak.at))


def _written_at(offsets: list[tuple[int, int]], at: int) -> int:
    """Return the offset in the text as written of offset `at` in the visible text."""
    index = bisect_right(offsets, at, key=lambda pair: pair[0])
    if not index:
        return at
    visible, written = offsets[index - 1]
    return written + at - visible


def private_search(names: Collection[str], data: bool = False, marks: bool = True) -> Search:
    """Return a search for what is private, `names` included, and with `marks` for draft marks too."""

    def search(text: str) -> Iterator[TextLeak]:
        yield from find_private(text, data, names)
        if marks:
            yield from draft_marks(text)

    return search


_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


def in_yaml(text: str, marks: bool = True) -> list[FileLeak]:
    """Return the leaks in a YAML file. Draft marks are allowed in comments, which are not published."""
    found = [*find_private(text, data=True)]
    if marks:
        found += draft_marks(_COMMENT.sub(lambda comment: " " * len(comment[0]), text))
    return leaks_by_line(text, found)


def decoded(raw: bytes) -> str:
    """Decode a text as UTF-16 if it has a byte order mark, else as UTF-8 or GB18030."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for code in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
