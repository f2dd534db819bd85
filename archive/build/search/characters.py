"""The characters of the index: how common each is, how it is said."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from archive.files.cache import Cache, digest

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_SPARE = 500
"""Texts of other runs whose sounds are kept beside those of the last."""


def by_frequency(texts: Iterable[str]) -> list[str]:
    """The characters of the texts, the commonest first, equals by their numbers."""
    found = Counter[str]()
    for text in texts:
        found.update(text)
    return sorted(found, key=lambda char: (-found[char], char))


def spoken(texts: Sequence[str], cached: Path | None = None) -> dict[str, list[str]]:
    """Chinese character → the sounds it has in the words of these texts, without tones, sorted.

    The sounds are kept in the file `cached` by what is Chinese in a text: the dictionaries take time to
    load, and most edits change figures alone.
    """
    cache = Cache(cached, digest([Path(__file__)]), spare=_SPARE) if cached else None
    dictionary = version("pypinyin")
    found: dict[str, set[str]] = {}
    for text in texts:
        runs = sorted(set(_CHINESE.findall(text)))
        for char, sounds in _kept_sounds(runs, cache, dictionary).items():
            found.setdefault(char, set()).update(sounds)
    if cache:
        cache.save()
    return {char: sorted(sounds) for char, sounds in found.items()}


def _kept_sounds(
    runs: Sequence[str], cache: Cache | None, dictionary: str
) -> Mapping[str, Sequence[str]]:
    if cache is None:
        return _sounds(runs)
    key = cache.key("\0".join((dictionary, *runs)).encode())
    found: Mapping[str, Sequence[str]] = cache.made(key, lambda: _sounds(runs))
    return found


def _sounds(runs: Sequence[str]) -> dict[str, list[str]]:
    import rjieba  # loading its dictionary takes a tenth of a second

    found: dict[str, set[str]] = {}
    for run in runs:
        for word in rjieba.cut(run):
            for char, sound in zip(word, _word_sounds(word), strict=True):
                found.setdefault(char, set()).add(sound)
    # What is no sound is the character itself, which the dictionary does not know.
    return {char: sorted(filter(str.isascii, sounds)) for char, sounds in sorted(found.items())}


@cache
def _word_sounds(word: str) -> Sequence[str]:
    from pypinyin import lazy_pinyin  # takes a quarter of a second

    # One that the dictionary does not know is an entry by itself, as each character is.
    return lazy_pinyin(word, errors=cast(Any, list))
