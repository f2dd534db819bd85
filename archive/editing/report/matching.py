"""Which figures and names of a new report are those of an earlier one.

What stands in the same sentence, numbers aside, is the same; where a name before the sentence differs, or the
sentence is worded otherwise, a person has to confirm it. What could be several is never guessed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.editing.report.likeness import (
    Words,
    alike,
    likeness,
    other_name,
    overlap,
    pairs_of,
    words_of,
)
from archive.editing.report.mentions import HERE, Mention
from archive.editing.report.standing import NAME
from archive.schema.conversion import measure

Outcome = Literal["same", "reworded", "several", "unit", "new"]

APART = 0.06
"""By how much more than any other."""
_SHORT = 12
"""Letters before a number that say little by themselves: 举办培训班."""
_SAME_PARAGRAPH = 0.5
"""How much of a paragraph is at least in the other, where a sentence has but been moved."""
_PARALLEL = 0.3
"""How alike sentences are at least that may be of different things: 面向企业服务, 面向农户服务."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a mention of the new report is; `old` are those of the earlier that it is or may be."""

    outcome: Outcome
    old: tuple[Mention, ...] = ()
    likeness: float = 0.0


NEW = Match("new")


def match(new: Sequence[Mention], old: Sequence[Mention]) -> list[Match]:
    """Return what each mention of a new report is, in order; one of the earlier is the same once."""
    return _Matching(new, old).matches


class _Matching:
    def __init__(self, new: Sequence[Mention], old: Sequence[Mention]) -> None:
        self.matches = [NEW] * len(new)
        self._new, self._old = new, old
        self._open = dict.fromkeys(range(len(new)))
        self._left = dict.fromkeys(range(len(old)))
        self._kept = ({one.heading for one in new}, {one.heading for one in old})
        self._unclear = self._told_twice()
        for key in (_with_heading, _with_paragraph, _in_sentence):
            self._exact(key)
        for news, olds in self._alike(_in_sentence):
            if not self._unclear.isdisjoint(news):
                found = {self._old[at].id: self._old[at] for at in olds}
                self._decide(news, Match("several", tuple(found.values()), 1.0))
        self._other_units()
        self._reworded()

    def _told_twice(self) -> set[int]:
        """Those that stand alike in one paragraph with other numbers, more than the earlier has of them."""
        ids: dict[object, set[str]] = {}
        for one in self._old:
            ids.setdefault(_in_sentence(one), set()).add(one.id)
        groups: dict[tuple[object, str, object], list[int]] = {}
        for at, one in enumerate(self._new):
            groups.setdefault((_in_sentence(one), one.heading, one.paragraph), []).append(at)
        found: set[int] = set()
        for (sentence, _, _), group in groups.items():
            numbers = {self._new[at].shown for at in group}
            if len(numbers) > max(1, len(ids.get(sentence, ()))):
                found |= {*group}
        return found

    def _exact(self, key: Callable[[Mention], object]) -> None:
        """Match those that stand alike, where all of one side are one and the same."""
        for news, olds in self._alike(key):
            one = len({self._old[at].id for at in olds}) == 1 and self._unclear.isdisjoint(news)
            if one and self._agree(news):
                first = self._old[olds[0]]
                found: set[Outcome] = {self._of_the_same(self._new[at], first) for at in news}
                if "new" in found:
                    continue
                outcome: Outcome = "same" if found == {"same"} else "reworded"
                self._decide(news, Match(outcome, (first,), 1.0))
                for at in olds:
                    del self._left[at]

    def _alike(self, key: Callable[[Mention], object]) -> Iterator[tuple[list[int], list[int]]]:
        groups: dict[object, tuple[list[int], list[int]]] = {}
        for side, (mentions, there) in enumerate(((self._new, self._open), (self._old, self._left))):  # fmt: skip
            for at in there:
                groups.setdefault(key(mentions[at]), ([], []))[side].append(at)
        return ((news, olds) for news, olds in groups.values() if news and olds)

    def _agree(self, news: Sequence[int]) -> bool:
        return len({self._new[at].shown for at in news}) == 1

    def _of_the_same(self, new: Mention, old: Mention) -> Outcome:
        """What two like sentences are, by what stands before and around them."""
        if (new.heading, new.paragraph) == (old.heading, old.paragraph):
            return "same"
        moved = old.heading in self._kept[0] and new.heading in self._kept[1]
        above = {_named(new.heading, old.heading, moved), _named(*_apart(new, old))}
        for worse in ("new", "reworded"):
            if worse in above:
                return worse
        if len(new.before) >= _SHORT or (new.earlier and new.earlier[-1:] == old.earlier[-1:]):
            return "same"
        if _parallel(new, old):
            return "reworded"
        if len(new.paragraph) > 1 and len(old.paragraph) > 1:
            around = overlap(words_of(new).around, words_of(old).around)
            return "same" if around >= _SAME_PARAGRAPH else "reworded"
        return "same" if moved or new.heading == old.heading else "reworded"

    def _other_units(self) -> None:
        """Tell of those that stand alike and have another unit."""
        for news, olds in self._alike(lambda one: (one.kind, one.period, one.stands)):
            new, old = self._new[news[0]], self._old[olds[0]]
            one = len({self._old[at].id for at in olds}) == 1 and self._agree(news)
            if one and old.unit != new.unit and self._of_the_same(new, old) != "new":
                self._decide(news, Match("unit", (old,), 1.0))
                for at in olds:
                    del self._left[at]

    def _reworded(self) -> None:
        """Match the rest by how alike they are, the likest first."""
        pairs = sorted(self._pairs(), key=lambda pair: (-pair[0], pair[1], pair[2]))
        by_new: dict[int, list[tuple[float, int]]] = {}
        by_old: dict[object, list[tuple[float, int]]] = {}
        for like, at, other in pairs:
            by_new.setdefault(at, []).append((like, other))
            by_old.setdefault(_observed(self._old[other]), []).append((like, at))
        taken: set[object] = set()
        for like, at, other in pairs:
            one = self._old[other]
            if at not in self._open or _observed(one) in taken:
                continue
            near = {
                self._old[rival].id: self._old[rival]
                for less, rival in by_new[at]
                if less > like - APART and _observed(self._old[rival]) not in taken
            }
            rivals = [
                rival
                for less, rival in by_old[_observed(one)]
                if less > like - APART and rival in self._open
            ]
            if len(near) > 1:
                self._decide([at], Match("several", tuple(near.values()), like))
                continue
            # Of two with one value it is told twice; of others it may be either.
            found: Outcome = "reworded" if self._agree(rivals) else "several"
            if found == "reworded" and self._new[at].unit != one.unit:
                found = "unit"
            self._decide(rivals, Match(found, (one,), like))
            taken.add(_observed(one))

    def _decide(self, news: Sequence[int], found: Match) -> None:
        for at in news:
            self.matches[at] = found
            del self._open[at]

    def _pairs(self) -> Iterator[tuple[float, int, int]]:
        matched = {_observed(one) for found in self.matches for one in found.old}
        rest: dict[object, list[tuple[int, Words]]] = {}
        for other in self._left:
            old = self._old[other]
            if _observed(old) not in matched:
                rest.setdefault(_comparable(old), []).append((other, words_of(old)))
        for at in self._open:
            new = self._new[at]
            there = rest.get(_comparable(new), ())
            words = words_of(new) if there else None
            for other, known in there:
                like = likeness(words, known) if words else 0.0
                if like and not _of_others(new, self._old[other]):
                    yield like, at, other


def _named(one: str, other: str, moved: bool = False) -> Literal["same", "reworded", "new"]:
    """What the names in what stands above two sentences say of them; it is `moved` if it is in both reports."""
    parallel = alike(pairs_of(one), pairs_of(other)) >= _PARALLEL
    if parallel and other_name(one, other, both=True):
        return "new"
    return "reworded" if (parallel or not moved) and other_name(one, other) else "same"


def _of_others(one: Mention, other: Mention) -> bool:
    """Whether names tell that two sentences are of different things."""
    said = one.said, other.said
    if one.kind == "name":
        said = one.said.replace(HERE, NAME), other.said.replace(HERE, NAME)
    return (
        other_name(*said, both=True)
        or _named(one.heading, other.heading) == "new"
        or _named(*_apart(one, other)) == "new"
    )


def _observed(one: Mention) -> object:
    return one.id, one.period


def _comparable(one: Mention) -> object:
    return one.kind, measure(one.unit)[0], one.falls, one.period


def _in_sentence(one: Mention) -> object:
    # Without what is above it and before it in its row a cell says nothing.
    return one.kind, one.unit, one.period, one.label, one.stands


def _with_paragraph(one: Mention) -> object:
    return _in_sentence(one), one.earlier


def _with_heading(one: Mention) -> object:
    return _in_sentence(one), one.earlier, one.heading


def _apart(one: Mention, other: Mention) -> tuple[str, str]:
    """What stands before two sentences, but for what is in both paragraphs."""
    return (
        "".join(sentence for sentence in one.earlier if sentence not in other.paragraph),
        "".join(sentence for sentence in other.earlier if sentence not in one.paragraph),
    )


def _parallel(one: Mention, other: Mention) -> bool:
    """Whether the sentences right before two are alike, but not the same: they may say of what the two are."""
    if not one.earlier or not other.earlier:
        return False
    here, there = one.earlier[-1], other.earlier[-1]
    elsewhere = here in other.paragraph or there in one.paragraph
    return not elsewhere and alike(pairs_of(here), pairs_of(there)) >= _PARALLEL
