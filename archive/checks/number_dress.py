"""Numbers in a dress that prose does not use: enclosed signs, powers of ten, English words.

`archive.checks.numerals` reads prose, in which ① numbers a clause and letters are names. Here is what
counts all the same.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import chain

from archive.checks.numerals import Found, find_numbers
from archive.facts.site import Site, once
from archive.files.cache import Cache, Lately, code_of
from archive.files.patterns import late
from archive.files.spans import joined, overlaps

_MEASURES = late(
    "[人名位户家个件次场期项条篇份批册元例对支万亿]|[人户家件场批]次|[万亿](?:人次?|元)"
)
"""What counts where it stands at the beginning of a text as a word of its own."""
_ENCLOSED = late("[①-⒛⓪-⓿❶-➓㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿]+[ 多余]{0,2}")
_ENGLISH = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen"
)
_WRITTEN = late(
    r"(?<![A-Za-z0-9_.])(?:[0-9]{1,20}(?:\.[0-9]{1,20})?e[+-]?[0-9]{1,3}|0x[0-9a-f]{1,20}"
    rf"|(?:{_ENGLISH})s?(?:[ -](?:and )?(?:one|{_ENGLISH})s?){{0,20}})(?![A-Za-z0-9_])",
    re.IGNORECASE,
)


def typed_numbers(text: str, phrases: Iterable[str]) -> list[Found]:
    """Return the numbers typed by hand in a text, in whatever dress, but for those inside a set phrase."""
    phrases = tuple(phrases)
    found = find_numbers(text, phrases)
    done = joined((one.start, one.end) for one in found)
    plain = text
    for phrase in phrases if _is_dressed(text) else ():
        plain = plain.replace(phrase, " " * len(phrase))
    for one in _dressed(plain):
        if not overlaps(done, one.start, one.end):
            found.append(one)
    return sorted(found)


_MOST_OTHERS = 2000
"""Texts kept beyond those of the last check: an edit may be taken back."""
_LATELY: Lately = {}


@cache
def _code() -> bytes:
    return code_of("checks", "files", "schema") + version("rjieba").encode()[:16]


@once
def kept_numbers(site: Site) -> Cache:
    """The numbers found before in the texts of a site; whoever judges all of it saves them."""
    return Cache(site.archive.project.cache("numbers"), _code(), _MOST_OTHERS, _LATELY)


def typed_on(site: Site, text: str, phrases: tuple[str, ...] = ()) -> list[Found]:
    """Return the numbers typed by hand in a text of a site, which is judged again at every edit."""
    kept = kept_numbers(site)
    key = kept.key("\0".join((text, *phrases)).encode())
    return [
        Found(*one) for one in kept.made(key, lambda: [*map(tuple, typed_numbers(text, phrases))])
    ]


def counts(text: str) -> bool:
    """Return whether a text begins with a word by which things are counted: 人次, not 人员."""
    import rjieba  # loading its dictionary takes a tenth of a second; most commands need none

    return any(_MEASURES.fullmatch(word) for word in rjieba.cut(text[:8])[:1])


def _is_dressed(text: str) -> bool:
    return bool(_ENCLOSED.search(text) or _WRITTEN.search(text))


def _dressed(text: str) -> Iterator[Found]:
    enclosed = _ENCLOSED.finditer(text)
    counting = (one for one in enclosed if counts(text[one.end() : one.end() + 8]))
    for found in chain(counting, _WRITTEN.finditer(text)):
        yield Found(*found.span(), found[0].rstrip())
