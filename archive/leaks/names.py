"""Occurrences of given names in a text, however they are written: as a reader would see them.

A reader sees a name although a tag, a mark of emphasis, a space or the end of a line stands between
its characters, or they stand in a list or in the cells of a row. What separates two sentences or two
paragraphs also separates characters.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache

from archive.files.traditional import traditional_forms
from archive.leaks.leak import FileLeak, Search, TextLeak, masked
from archive.leaks.visible import MARKS, UNSEEN, VisibleText, searched

_BLOCKS = (
    "p|div|section|article|header|footer|nav|main|aside|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot"
    "|tr|td|th|caption|blockquote|pre|figure|figcaption|hr|form|fieldset|details|summary|address|body|html"
)
_UNREAD = (
    rf"[^\S\n]|\\[nrt](?![A-Za-z])|\n(?![^\S\n]*\n)|[{UNSEEN}\x00-\x08\x0e-\x1f\x7f-\x9f{MARKS}"
    r"*_~^=+>`'\"\u2018-\u201f\u300c-\u300f\\.\u00b7\u2010-\u2015\u2022\u2027\u30fb\uff65\uff0e-]"
    r"|[\u2600-\u27bf\U0001f000-\U0001faff]|<r[pt]\b[^<>]*+>[^<>]{0,40}+</r[pt]>"
    rf"|<!--(?:(?!<!--|-->)[\s\S])*+-->|<(?!/?(?:{_BLOCKS})[\s/>])/?[A-Za-z][^<>]*+>"
)
_GAP = rf"(?:{_UNREAD})*+"
"""What may stand between two characters of a name."""
_WIDE_GAP = rf"(?:{_UNREAD}|[、,，;；:：/|()（）〔〕【】《》〈〉]|</?t[dh](?=[\s/>])[^<>]*+>)*+"
"""The same where the characters are items of a list or cells of a row, or some stand in brackets."""
_LONG = 3
"""Characters of a name that hardly ever stand one after the other in a list by chance."""
_HAN = "[\u3400-\u9fff]"


_RADICALS = "\u2e80-\u2ef3"
"""Characters that look like others and have no form they could be compared by: each may be any letter."""
_LOOK_ALIKE = frozenset(map(chr, range(0x2E80, 0x2EF4)))

_CODES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "big5", "utf-7")


_MOST_NAMES = 100_000
"""More names than an archive withholds, for caches."""


@lru_cache(_MOST_NAMES)
def _letters(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", name) if letter.isalnum())


@lru_cache(_MOST_NAMES)
def _needed(name: str) -> frozenset[str]:
    """Return the letters without which no text holds the name: those that have no capitals."""
    return frozenset(one for one in _letters(name) if one.lower() == one.upper())


def _forms(letter: str) -> str:
    """The letter, and the traditional ones that are written so."""
    return letter + traditional_forms().get(letter, "")


@lru_cache(_MOST_NAMES)
def _pattern(name: str) -> re.Pattern[str]:
    letters = _letters(name)
    written = [
        letter if letter.isascii() else f"[{_forms(letter)}{_RADICALS}]" for letter in letters
    ]
    # A word in Latin letters is no part of a longer one.
    before = r"(?<![A-Za-z0-9])" if letters and letters[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if letters and letters[-1].isascii() else ""
    gap = _GAP if letters.isascii() or len(letters) < _LONG else _WIDE_GAP
    forms = [f"{before}{gap.join(written) or '(?!)'}{after}"]
    if gap is _GAP and not letters.isascii():  # two items of a list make many a short name
        forms.append(f"(?<!{_HAN}){_WIDE_GAP.join(written)}(?!{_HAN})")
    return re.compile("|".join(forms), re.IGNORECASE)


def named(visible: VisibleText, names: Iterable[str]) -> Iterator[TextLeak]:
    """Yield each occurrence of one of `names` in a reading of a text, at its offset there."""
    for name in _possible(visible, names):
        for found in _pattern(name).finditer(visible.text):
            yield TextLeak("姓名", masked(name, 1, 0), found.start(), name)


def _possible(visible: VisibleText, names: Iterable[str]) -> list[str]:
    """Return those of `names` whose letters all stand in a text: to look for each takes very long."""
    there = set(visible.text)
    if not there.isdisjoint(_LOOK_ALIKE):
        return list(names)
    return [
        name
        for name in names
        if all(one in there or not there.isdisjoint(_forms(one)) for one in _needed(name))
    ]


def named_in_bytes(raw: bytes, names: Mapping[str, str]) -> list[FileLeak]:
    """Return the names (id → name) that stand as they are in the bytes of a file, in any usual code.

    This finds them in what no reader of the file's kind looks at: a picture's rarer fields, padding.
    """
    return [
        FileLeak("未公开的名称", f"{masked(name, 1, 0)}（{id_}）")
        for id_, name in names.items()
        if not name.isascii() and any(one in raw for one in _encoded(name))
    ]


def _encoded(name: str) -> Iterator[bytes]:
    for code in _CODES:
        with suppress(UnicodeEncodeError):  # a character that the code does not have
            yield name.encode(code)


def withheld_search(names: Mapping[str, str], shown: Iterable[str] = ()) -> Search:
    """Return a search for the names (id → name) that the public edition does not show.

    `shown` are the names that it shows: what stands within one of these is not found.
    """
    around = {name: [one for one in shown if name in one] for name in names.values()}

    def search(visible: VisibleText) -> Iterator[TextLeak]:
        possible = set(_possible(visible, names.values()))
        for id_, name in names.items():
            if name not in possible:
                continue
            found = f"{masked(name, 1, 0)}（{id_}）"
            within = Counter(at for one in around[name] for at in _inside(visible, one, name))
            for leak in named(visible, [name]):
                if within[leak.at]:
                    within[leak.at] -= 1
                else:
                    yield leak._replace(kind="未公开的名称", found=found)

    return lambda text: searched(text, search)


def _inside(visible: VisibleText, whole: str, part: str) -> Iterator[int]:
    """Yield where `part` stands in each occurrence of `whole`."""
    for found in _pattern(whole).finditer(visible.text):
        for inner in _pattern(part).finditer(visible.text, *found.span()):
            yield inner.start()
