"""The audit of a public edition: which secrets follow from what is public, and from which figures."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from archive.build.editions.counting import Key
from archive.build.editions.groups import small_groups
from archive.build.editions.intervals import Protected, Relation, told
from archive.build.editions.unknowns import BOUND, Unknowns


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a reader can work out, or almost."""

    of: frozenset[Key]
    """The records or figures that it tells of."""
    figures: tuple[str, ...]
    """The public figures that it follows from, and perhaps others linked to them."""
    quantities: tuple[int, ...]
    """The positions of the quantities that it is about."""
    before: bool
    """Whether an edition published before has a part in it."""


_Question = tuple[object, ...]
A = TypeVar("A")


class Audit:
    """Audits of many variants of an edition; what they have in common is audited once."""

    def __init__(self) -> None:
        """Begin without results."""
        self._answers: dict[_Question, list[Any]] = {}

    def _once(self, question: _Question, answer: Callable[[_Question], list[A]]) -> list[A]:
        """The answer to a question, from the first time that it was asked."""
        if question not in self._answers:
            self._answers[question] = answer(question)
        return self._answers[question]

    def told(
        self, unknowns: Unknowns, least: Decimal, about: frozenset[Key] | None = None
    ) -> list[Told]:
        """What can be worked out, in the order of the secrets; small groups of people last.

        With `about`, only of what concerns one of these, which takes a fraction of the time.
        """
        found: list[Told] = []
        for part in _parts(unknowns):
            if about is not None:
                part.secrets = [
                    at for at in part.secrets if not about.isdisjoint(unknowns.secrets[at][1])
                ]
            found += self._told(unknowns, part, int(least))
        return found

    def _told(self, unknowns: Unknowns, part: "_Part", least: int) -> Iterator[Told]:
        number = {one: at for at, one in enumerate(part.unknowns)}

        def renumbered(terms: object) -> dict[int, int]:
            assert isinstance(terms, dict)
            return {number[one]: factor for one, factor in terms.items() if factor}

        relations = [
            Relation(terms)
            for at in part.relations
            if (terms := renumbered(unknowns.relations[at][0].terms))
        ]
        secrets = [unknowns.secrets[at][0] for at in part.secrets]
        protected = [Protected(renumbered(one.terms), one.width, one.from_zero) for one in secrets]
        true = [unknowns.true[one] for one in part.unknowns]
        above = [unknowns.true[one] - unknowns.least[one] for one in part.unknowns]
        held = [unknowns.true[one] - unknowns.lifted.get(one, 0) for one in part.unknowns]
        people = [number[one] for one in part.unknowns if one in unknowns.people]
        whole = all(unknowns.whole[one] for one in part.unknowns)
        rows = tuple(tuple(one.terms.items()) for one in relations)
        sums = tuple((tuple(one.terms.items()), one.width, one.from_zero) for one in protected)
        whole = whole and all(one.denominator == 1 for one in true)
        known = self._once(
            (rows, tuple(above), sums, whole),
            lambda _: told(relations, above, protected, whole),  # what each is above its least
        )
        groups = self._once(
            (rows, tuple(held), tuple(people)),
            lambda _: small_groups(relations, held, people, least),
        )
        sources = [unknowns.relations[at][1] for at in part.relations]
        figures = tuple(dict.fromkeys(one[1] for one in sources if one not in (None, BOUND)))
        kinds = tuple(sorted({unknowns.sums[one] for one in part.unknowns if one in unknowns.sums}))
        for at in known:
            owners = unknowns.secrets[part.secrets[at]][1]
            yield Told(owners, figures, kinds, None in sources)
        for group in groups:
            members = (unknowns.owners[part.unknowns[one]] for one in group)
            yield Told(frozenset().union(*members), figures, kinds, None in sources)


@dataclass(slots=True)
class _Part:
    """Unknowns that are linked with each other, and with no others."""

    unknowns: list[int]
    relations: list[int]
    secrets: list[int]


def _parts(unknowns: Unknowns) -> list[_Part]:
    above = list(range(len(unknowns.true)))

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    relations = [list(relation.terms) for relation, _ in unknowns.relations]
    secrets = [list(secret.terms) for secret, _ in unknowns.secrets]
    for linked in (*relations, *secrets):
        for one in linked[1:]:
            above[top(one)] = top(linked[0])
    parts: dict[int, _Part] = defaultdict(lambda: _Part([], [], []))
    for one in range(len(above)):
        parts[top(one)].unknowns.append(one)
    for at, linked in enumerate(relations):
        parts[top(linked[0])].relations.append(at)
    for at, linked in enumerate(secrets):
        parts[top(linked[0])].secrets.append(at)
    return [part for part in parts.values() if part.relations]
