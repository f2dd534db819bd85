"""How alike two sentences of reports are, and whether names tell that they are of different things."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from archive.editing.report.mentions import Mention
from archive.facts.alike import differing

LIKE = 0.65
"""How alike two must be, from 0 to 1, to be told as reworded."""
_NAME, _CLAUSE, _SENTENCE, _AROUND = 0.35, 0.3, 0.25, 0.1
"""What each part of two mentions counts for."""
_NAMED = 0.7
"""How alike two of one name are at least."""
_OTHER_NAME = 0.5
"""How alike the names of two are at least, if both have one."""
_LONG_NAME = 8
"""Letters of the longest name looked for."""


class Pairs(NamedTuple):
    """The pairs of letters of a text as bits of a number, and how many they are."""

    bits: int
    size: int


@lru_cache(maxsize=16384)
def pairs_of(text: str) -> Pairs:
    """Return the pairs of letters of a text; texts of one letter have some too."""
    bits = 0
    for a, b in pairwise(f"^{text}$"):
        bits |= 1 << (ord(a) * 31 + ord(b)) % 4093
    return Pairs(bits, bits.bit_count())


def alike(one: Pairs, other: Pairs) -> float:
    """Return how many pairs of letters two texts have in common, from 0 to 1."""
    whole = one.size + other.size
    return 2 * (one.bits & other.bits).bit_count() / whole if whole else 0.0


def overlap(one: Pairs, other: Pairs) -> float:
    """Return how much of the shorter of two texts is in the other, from 0 to 1."""
    least = min(one.size, other.size)
    return (one.bits & other.bits).bit_count() / least if least else 0.0


class Words(NamedTuple):
    """What two mentions are compared by."""

    names: tuple[Pairs, ...]
    """That proposed from the sentence, then that in the register."""
    clause: Pairs
    sentence: Pairs
    heading: Pairs
    around: Pairs
    """The other sentences of the paragraph."""


def words_of(one: Mention) -> Words:
    """Return what a mention is compared by."""
    around = "".join(sentence for at, sentence in enumerate(one.paragraph) if at != one.at)
    return Words(
        tuple(pairs_of(name) for name in (one.name, one.title) if name),
        pairs_of(one.clause),
        pairs_of(one.said),
        pairs_of(one.heading),
        pairs_of(around),
    )


def likeness(new: Words, old: Words) -> float:
    """Return how alike two mentions are, from 0 to 1; 0 for any that are less than `LIKE`."""
    named = new.names and old.names
    clause = -1.0 if named else alike(new.clause, old.clause)
    name = max((alike(new.names[0], one) for one in old.names), default=0.0) if named else clause
    most = _SENTENCE + _AROUND
    if (named and name < _OTHER_NAME) or (name < 1 and _NAME * name + _CLAUSE + most < LIKE):
        return 0.0
    clause = alike(new.clause, old.clause) if named else clause
    found = _NAME * name + _CLAUSE * clause
    if name < 1 and found + most < LIKE:
        return 0.0
    around = alike(new.heading, old.heading) + alike(new.around, old.around)
    found += _SENTENCE * alike(new.sentence, old.sentence) + _AROUND * around / 2
    if named and name == 1:
        found = max(found, _NAMED + 0.2 * found)
    return found if found >= LIKE else 0.0


@lru_cache(maxsize=4096)
def other_name(one: str, other: str, both: bool = False) -> bool:
    """Return whether two texts differ by the name of a place, a body or a person.

    With `both` only where a name stands in the place of another.
    """
    if one == other:
        return False
    for a, b, c, d in differing(one, other):
        named = [_is_name(one, a, b), _is_name(other, c, d)]
        if all(named) if both else any(named):
            return True
    return False


_BODY = (
    "街道|社区|支部|公司|同志|先生|女士|小学|中学|大学|学校|学院|医院|集团|中心(?!组)|协会|委员会"
    r"|区(?![域分间])|县|市(?![场值])|镇|乡|村(?!民)|局(?!面)|科(?![学技研目])|处(?![理置分])|室|组(?![织合建成])|班(?!子)|股(?![份东权])"
    r"|所(?![有以需])|站(?![位在])|队(?!伍)|院(?!士)|校|厂|馆|园|[甲乙丙丁戊己庚辛壬癸]|\*"
)
"""What a name ends with, or is followed by; a mask hides one."""
_ENDS = re.compile(f"(?:{_BODY})$")
_FOLLOWS = re.compile(_BODY)
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a piece of a text is a name, or a part of one that ends right behind it."""
    piece = text[start:end]
    if len(piece) > _LONG_NAME or not _WORD.search(piece):
        return False
    return bool(_ENDS.search(piece) or _FOLLOWS.match(text, end))
