"""Marks of something unfinished, which a reader must not see."""

import re
from collections.abc import Iterator

from archive.leaks.finding import Finding
from archive.source import shorten

_FIRST = re.compile(
    r"待[定查核补完修确商]|TODO|FIXME|TBD|XXX|[Tt]odo|[Ff]ixme|\{\+\+|\{--|\{~~|\{==|\{>>"
)
_LETTER = "[A-Za-z0-9_]"
_MARK = re.compile(
    rf"(?<!{_LETTER})(?:(?:TODO|FIXME|TBD|XXX)(?!{_LETTER})|(?:[Tt]odo|[Ff]ixme)(?=\s?[:：]))"
    r"|(?<=[【\[（(])待(?:定|查|核|补充|完善|修改|确认|商榷)[^】\]）)\n]{0,12}(?=[】\]）)])"
    r"|待核(?:实|对)?(?![\u4e00-\u9fff])"
    # CriticMarkup: what was added, deleted, replaced, marked or commented on.
    r"|\{\+\+.{0,400}?\+\+\}|\{--.{0,400}?--\}|\{~~.{0,400}?~~\}|\{==.{0,400}?==\}|\{>>.{0,400}?<<\}",
    re.DOTALL,
)


def drafts(text: str) -> Iterator[Finding]:
    """Draft marks in `text`."""
    for first in _FIRST.finditer(text):
        mark = _MARK.match(text, first.start())
        if mark:
            yield Finding("草稿标记", shorten(mark[0], 20), mark.start())
