"""Running numbers: serial numbers of a table that have the form of mobile numbers, one after the other."""

import re

from archive.leaks.people import is_name

_NUMBER = re.compile(r"(?<![0-9A-Za-z.,])1[3-9][0-9]{9}(?![0-9A-Za-z.,])")
_FEWEST = 5
"""Numbers, each by one more than one before, that are a numbering: telephones hardly ever are."""
_OF_TELEPHONES = re.compile("电话|手机|联系|致电|拨打|来电|微信|号码|tel|phone|mob", re.IGNORECASE)
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NEAR = 30
"""Characters on either side of a number in which a name makes it somebody's."""


def running(text: str) -> frozenset[int]:
    """Return where the numbers of a numbering stand in `text`.

    None does in a text that speaks of telephones, and none of a numbering beside which a name stands.
    """
    runs: dict[int, list[int]] = {}
    for found in _NUMBER.finditer(text):
        number = int(found[0])
        run = runs.pop(number - 1, [])
        run.append(found.start())
        runs[number] = run
    long = [run for run in runs.values() if len(run) >= _FEWEST]
    if not long or _OF_TELEPHONES.search(text):
        return frozenset()
    return frozenset(
        at for run in long if not any(_is_somebodys(text, it) for it in run) for at in run
    )


def _is_somebodys(text: str, at: int) -> bool:
    """Return whether a name stands on the line of the number at `at`, near it."""
    before = text[max(0, at - _NEAR) : at].rpartition("\n")[2]
    after = text[at : at + 11 + _NEAR].partition("\n")[0]
    return any(is_name(word) for word in _WORD.findall(f"{before} {after}"))
