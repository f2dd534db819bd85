"""A text, searched by every detector that reads texts."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from html import unescape

from archive.files.yaml import shorten
from archive.leaks.addresses import addresses
from archive.leaks.finding import Finding, Found, Search, in_lines
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


def drafts(text: str) -> Iterator[Finding]:
    """Draft marks in `text`."""
    for first in _DRAFT_BEGINS.finditer(text):
        mark = _DRAFT.match(text, first.start())
        if mark:
            yield Finding("草稿标记", shorten(mark[0], 20), mark.start())


# What shows as nothing, or as something else than it is written.
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


def as_read(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` as a reader sees it, and from which offsets on it runs beside which of `text`.

    Without what shows as nothing (zero-width characters, emphasis amid digits); full-width letters
    and digits, entities and escapes as what they stand for.
    """
    pieces: list[str] = []
    beside: list[tuple[int, int]] = []
    done = length = 0
    for first in _FIRST.finditer(text):
        one = _WRITTEN.match(text, first.start())
        if one and one.start() >= done:
            shown = _shown(one)
            pieces += (text[done : one.start()], shown)
            length += one.start() - done + len(shown)
            done = one.end()
            beside.append((length, done))
    return "".join([*pieces, text[done:]]), beside


def _shown(one: re.Match[str]) -> str:
    if one["unseen"]:
        return ""
    if one["wide"]:
        return unicodedata.normalize("NFKC", one[0])
    if one["code"]:
        return chr(int(one["code"], 16))
    return "@" if one["at"] else re.sub(f"[{_UNSEEN}]", "", unescape(one[0]))


def private(text: str, data: bool = False, names: Collection[str] = ()) -> Iterator[Finding]:
    """What is private in `text`, `names` included; `data` says that it is YAML, CSV or JSON."""
    read, beside = as_read(text)
    for detected in (numbers(read, data), addresses(read), people(read), named(read, names)):
        for one in detected:
            yield one._replace(at=_written_at(beside, one.at))


def _written_at(beside: list[tuple[int, int]], at: int) -> int:
    index = bisect_right(beside, at, key=lambda pair: pair[0])
    if not index:
        return at
    read, written = beside[index - 1]
    return written + at - read


def searching(names: Collection[str], data: bool = False, marks: bool = True) -> Search:
    """A search for what is private, `names` included, and (`marks`) for draft marks."""

    def search(text: str) -> Iterator[Finding]:
        yield from private(text, data, names)
        if marks:
            yield from drafts(text)

    return search


_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


def in_yaml(text: str, marks: bool = True) -> list[Found]:
    """What must not stand in a YAML file. Draft marks may stand in its comments, which nobody publishes."""
    found = [*private(text, data=True)]
    if marks:
        found += drafts(_COMMENT.sub(lambda comment: " " * len(comment[0]), text))
    return in_lines(text, found)


def decoded(raw: bytes) -> str:
    """A text of unknown encoding, as offices write them."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for code in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
