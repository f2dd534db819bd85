"""Search a text with every detector that reads texts."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

import yaml

from archive.files.excerpts import shorten
from archive.files.line_breaks import between
from archive.files.spans import replaced_with_offsets
from archive.leaks.addresses import addresses
from archive.leaks.contacts import contacts
from archive.leaks.leak import FileLeak, Search, TextLeak, leaks_by_line
from archive.leaks.names import named
from archive.leaks.numbers import numbers
from archive.leaks.people import people
from archive.leaks.visible import VisibleText, searched

_DRAFT_BEGINS = re.compile(
    r"[待TtFfX{](?:(?<=待)[定查核补完修确商]|(?<=T)(?:ODO|BD|odo)|(?<=t)odo|(?<=F)(?:IXME|ixme)|(?<=f)ixme|(?<=X)XX"
    r"|(?<=\{)(?:\+\+|--|~~|==|>>))"
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
            yield TextLeak("草稿标记", shorten(mark[0], 20), mark.start(), mark[0])


def find_private(text: str, data: bool = False, names: Collection[str] = ()) -> Iterator[TextLeak]:
    """Yield what is private in `text`, `names` included; `data` says that it is YAML, CSV or JSON."""

    def search(visible: VisibleText) -> Iterator[TextLeak]:
        shown = visible.text
        yield from numbers(shown, data)
        yield from contacts(shown)
        yield from addresses(shown)
        yield from people(shown, data)
        yield from named(visible, names)

    return searched(text, search)


def without_private_numbers(message: str) -> str:
    """Return what is told of a text, with the private numbers that it quotes masked as leaks are."""
    if sum(map(str.isdigit, message)) < _FEWEST_DIGITS:
        return message

    def search(visible: VisibleText) -> Iterator[TextLeak]:
        yield from numbers(visible.text, False)
        yield from contacts(visible.text)

    for leak in sorted(searched(message, search), key=attrgetter("at"), reverse=True):
        end, left = leak.at, sum(map(str.isalnum, leak.original))
        while left > 0 and end < len(message):
            left -= message[end].isalnum()
            end += 1
        message = f"{message[: leak.at]}{leak.found}{message[end:]}"
    return message


_FEWEST_DIGITS = 5
"""Digits of the shortest private number, an account of QQ."""


def private_search(names: Collection[str], data: bool = False, marks: bool = True) -> Search:
    """Return a search for what is private, `names` included, and with `marks` for draft marks too."""

    def search(text: str) -> Iterator[TextLeak]:
        yield from find_private(text, data, names)
        if marks:
            yield from draft_marks(text)

    return search


_FOLD = re.compile(r"(?<=[^\s:>|-])[ \t]*+\n[ \t]++(?=[^\s#-])(?!\S++:(?:\s|$))")
"""A line break within a value of YAML: the next line is indented, and begins no field and no item."""


def leaks_in_lines(
    text: str, search: Search, breaks: Iterable[tuple[int, int]] | None = None
) -> list[FileLeak]:
    """Return what `search` finds in `text`, and also what it finds where a value or paragraph goes on.

    `breaks` are the line breaks (begin, end) at which it goes on; without them `text` is YAML.
    """
    if breaks is None:
        breaks = (fold.span() for fold in _FOLD.finditer(text))
    found = leaks_by_line(text, search(text))
    edits = [
        (start, end, between(text[start - 1 : start], text[end : end + 1])) for start, end in breaks
    ]
    joined, pairs = replaced_with_offsets(text, edits)
    if not pairs:
        return found
    back = VisibleText(joined, text, (pairs,))
    known = {(leak.kind, leak.line) for leak in found}  # one cause, one message
    broken = (leak._replace(at=back.written_at(leak.at)) for leak in search(joined))
    added = [leak for leak in leaks_by_line(text, broken) if (leak.kind, leak.line) not in known]
    return sorted([*found, *added], key=attrgetter("line"))


_COMMENT = re.compile(r"^[ \t]*+#[^\n]*", re.MULTILINE)


def _not_as_written(text: str) -> Iterator[tuple[int, str]]:
    """Yield where the quoted texts of a YAML file stand that are written with escapes, and what they say."""
    if "\\" not in text:
        return
    try:
        for token in yaml.scan(text, yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style == '"':
                at, end = token.start_mark.index, token.end_mark.index
                if "\\" in text[at:end]:
                    yield at, token.value
    except yaml.YAMLError:  # which is told where the file is read
        return


@lru_cache(maxsize=200)
def in_yaml(text: str, marks: bool = True) -> tuple[FileLeak, ...]:
    """Return the leaks in a YAML file. Draft marks are allowed in comments, which are not published.

    Two states of an archive, or its two editions, have most of their files alike.
    """

    def search(text: str) -> Iterator[TextLeak]:
        yield from find_private(text, data=True)
        if marks:
            yield from draft_marks(_COMMENT.sub(lambda comment: " " * len(comment[0]), text))

    found = leaks_in_lines(text, search)
    known = {leak.what for leak in found}
    escaped = [
        leak._replace(at=at) for at, value in _not_as_written(text) for leak in find_private(value)
    ]
    added = [leak for leak in leaks_by_line(text, escaped) if leak.what not in known]
    return tuple(sorted([*found, *added], key=attrgetter("line")))


def decoded(raw: bytes) -> str:
    """Decode a text as UTF-16 if it has a byte order mark, else as UTF-8 or GB18030."""
    return next(readings(raw))


def readings(raw: bytes) -> Iterator[str]:
    """Yield what programs may show of a text, the likeliest first: one that is no UTF-8 may be taken for GB18030 or not.

    A line in another encoding, or half a character, must not hide the rest.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield raw.decode("utf-16", "replace")
        return
    try:
        yield raw.decode("utf-8-sig")
        return
    except UnicodeDecodeError:
        pass
    try:
        yield raw.decode("gb18030")
    except UnicodeDecodeError:
        yield raw.decode("utf-8-sig", "replace")
        yield raw.decode("gb18030", "replace")
    else:
        yield raw.decode("utf-8-sig", "replace")
