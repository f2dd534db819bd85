"""What two texts have in common, in time that grows with their length however often they repeat themselves.

`difflib` takes time with the cube of the length where most of one is found all over the other.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

Stretch = tuple[int, int, int]
"""Where what is the same begins in the one and in the other, and how long it is."""

MOST_COMPARED = 250_000
"""Most pairs of parts that are compared: five hundred characters against five hundred."""
MOST_ALIKE = 8_000
"""Most of these pairs that are of equal parts: a thousand characters of prose have half as many."""


def can_be_compared(old: Sequence[T], new: Sequence[T]) -> bool:
    """Return whether two sequences are short enough, and have enough in them that differs."""
    if len(old) * len(new) > MOST_COMPARED:
        return False
    there = Counter(old)
    return sum(there[one] for one in new) <= MOST_ALIKE


def shared_ends(old: Sequence[T], new: Sequence[T]) -> tuple[int, int]:
    """Return how much two sequences have in common at their beginning, and at the end of what is left."""
    head = _run(old, new)
    return head, _run(old[head:][::-1], new[head:][::-1])


def _run(one: Sequence[T], other: Sequence[T]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def alike(old: Sequence[T], new: Sequence[T]) -> list[Stretch]:
    """Return the stretches that two sequences have in common, in order, none of them empty.

    Between their common beginning and end, longer ones are parted at what each of them has once, and
    compared part by part; a part that is too long even so has nothing in common.
    """
    if can_be_compared(old, new):
        return _stretches(old, new, 0, 0)
    head, end = shared_ends(old, new)
    last = len(old) - end, len(new) - end
    found = [(0, 0, head)] if head else []
    at_old = at_new = head
    for here, there in [*_anchors(old[head : last[0]], new[head : last[1]], head), last]:
        left, right = old[at_old:here], new[at_new:there]
        if can_be_compared(left, right):
            found += _stretches(left, right, at_old, at_new)
        if here < last[0]:
            found.append((here, there, 1))
        at_old, at_new = here + 1, there + 1
    return [*found, (*last, end)] if end else found


def differing(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[int, int, int, int]]:
    """Yield what two sequences do not have in common, as the begin and end in the old and in the new."""
    at_old = at_new = 0
    for here, there, size in [*alike(old, new), (len(old), len(new), 0)]:
        if at_old < here or at_new < there:
            yield at_old, here, at_new, there
        at_old, at_new = here + size, there + size


def _stretches(old: Sequence[T], new: Sequence[T], at_old: int, at_new: int) -> list[Stretch]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(here + at_old, there + at_new, size) for here, there, size in blocks if size]


def _anchors(old: Sequence[T], new: Sequence[T], head: int) -> Iterator[tuple[int, int]]:
    """The places of what stands once in each, counted from `head`, as many as are in the same order."""
    once_old, once_new = (
        {one for one, times in Counter(side).items() if times == 1} for side in (old, new)
    )
    places = {one: at for at, one in enumerate(new) if one in once_new}
    pairs = [(at, places[one]) for at, one in enumerate(old) if one in once_old and one in places]
    # The longest run of them that rises: for each length the pair with the least end.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [number]
    chosen: list[int] = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(number)
        number = before[number]
    return ((pairs[one][0] + head, pairs[one][1] + head) for one in reversed(chosen))
