"""What is known of figures that are parts of others by what is written, today and before."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from archive.build.editions.families import Family, limits
from archive.build.editions.intervals import Protected
from archive.build.editions.states import Number, PastFamily
from archive.build.editions.unknowns import BEFORE, FIGURE, REST, Unknowns
from archive.facts.figures import Value
from archive.schema.register import Figure

if TYPE_CHECKING:
    from archive.build.editions.reader import Reader

Sum = dict[int, int] | None
"""A number as a sum of unknowns, with their factors; None if a reader knows no limit of it."""


class Parts:
    """What is known of figures that are parts of others by what is written."""

    def __init__(
        self,
        reader: "Reader",
        found: Unknowns,
        masked: frozenset[str],
        recalled: frozenset[str],
        of_masked: Mapping[str, Sum],
    ) -> None:
        """`of_masked` says what the masked figures are that are sums over records."""
        self.reader, self.found = reader, found
        self.masked, self.recalled = masked, recalled
        self.own: dict[str, Sum] = {id_: one for id_, one in of_masked.items() if id_ in masked}
        self.before: dict[Number, Sum] = {}
        self.rests: dict[object, int] = {}
        self.small: set[tuple[int, ...]] = set()
        """What is left of a whole and is few people, as a sum of unknowns."""

    def add(self) -> None:
        """Add the families of today, then those of the registers before."""
        for family in self.reader.families:
            self._today(family)
        for past in self.reader.past:
            self._past(past)

    def _today(self, family: Family) -> None:
        terms: dict[int, int] = {}
        known = True
        for id_, factor in ((family.whole, -1), *((part, 1) for part in family.parts)):
            value = self.reader.site.values[id_]
            if id_ not in self.masked and value.exact is not None:
                continue
            if id_ not in self.own:
                self.own[id_] = self._own(value, id_ in self.masked)
            known &= _add(terms, self.own[id_], factor)
        self._rest(family, terms, self.reader.site.values[family.whole].figure, "")
        if known:
            self.found.know(terms, (FIGURE, family.whole))
            self._loosened_by(
                terms, [id_ for id_ in (*family.parts, family.whole) if id_ not in self.masked]
            )

    def _past(self, past: PastFamily) -> None:
        """Add what was known of a family once; what a figure still is, is the same unknown."""
        terms: dict[int, int] = {}
        known, shown = True, []
        for number, factor in past.members():
            id_ = number[0]
            if number in self.reader.seen:
                continue
            if id_ not in self.masked and number in self.reader.printed:
                shown.append(id_)
                continue
            known &= _add(terms, self._number(number, past.state.figures[id_]), factor)
        self._rest(past.family, terms, past.state.figures[past.family.whole], BEFORE)
        if known:
            self.found.know(terms, None)
            self._loosened_by(terms, shown)

    def _loosened_by(self, terms: Mapping[int, int], public: list[str]) -> None:
        """Each of these figures may be masked to loosen the relation."""
        for id_ in public:
            self.found.know(dict.fromkeys(terms, 0), (FIGURE, id_))

    def _rest(self, family: Family, terms: dict[int, int], whole: Figure, mark: str) -> None:
        """Add what is in none of the parts; while it does not change it is one unknown."""
        people = whole.counts_people
        id_ = f"{family.whole} {family.left}" if mark else family.whole
        owner = REST + mark, id_
        pieces: dict[int, int] = {}
        for question in family.rest.items():
            if question not in self.rests:
                self.rests[question] = self.found.add(question[1], people, people, (owner,))
            pieces[self.rests[question]] = 1
        if people and 0 < family.left < self.reader.least and tuple(pieces) not in self.small:
            self.small.add(tuple(pieces))
            self._secret(pieces, family.left, whole, owner)
        terms.update(pieces)

    def _number(self, number: Number, figure: Figure) -> Sum:
        """A number that a figure had, as a sum of unknowns."""
        id_, exact = number
        if id_ in self.masked and self.reader.numbers.get(id_) == exact:
            if id_ not in self.own:
                self.own[id_] = self._own(self.reader.site.values[id_], masked=True)
            return self.own[id_]
        if number not in self.before:
            people = figure.counts_people
            owner = FIGURE + BEFORE, f"{id_} {exact}"
            one = self.found.add(exact, people or not figure.decimals, people, (owner,))
            self.before[number] = {one: 1}
            if figure.disclosure != "公开" or (people and exact < self.reader.least):
                self._secret({one: 1}, exact, figure, owner)
        return self.before[number]

    def _secret(
        self, terms: Mapping[int, int], exact: Decimal, figure: Figure, owner: tuple[str, str]
    ) -> None:
        people = figure.counts_people
        width = self.reader.width(exact, people, people or not figure.decimals)
        self.found.secrets.append((Protected(terms, width), frozenset({owner})))

    def _own(self, value: Value, masked: bool) -> dict[int, int]:
        """Add a figure that is no sum over records, or is known in words alone."""
        people = value.figure.counts_people
        exact = self.reader.numbers.get(value.id, Decimal(0))
        whole = people or not value.figure.decimals
        one = self.found.add(exact, whole, people and masked, ((FIGURE, value.id),))
        if masked:
            self.reader.secret(self.found, value, {one: 1})
            if value.id in self.recalled:
                self.found.know({one: 1}, None)
        elif within := limits(value):
            below = self.found.add(within[1] - exact, True, False, ())
            above = self.found.add(exact - within[0], True, False, ())
            self.found.know({one: 1, below: 1}, (FIGURE, value.id))
            self.found.know({below: 1, above: 1}, (FIGURE, value.id))
        return {one: 1}


def _add(terms: dict[int, int], more: Sum, factor: int) -> bool:
    """Add a sum to the terms of a relation; returns whether it has a limit."""
    for one, times in (more or {}).items():
        terms[one] = terms.get(one, 0) + times * factor
    return more is not None
