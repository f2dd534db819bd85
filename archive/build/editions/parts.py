"""What is known of figures that are parts of others by what is written."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from archive.build.editions.families import limits
from archive.build.editions.intervals import Protected
from archive.build.editions.unknowns import FIGURE, REST, Unknowns
from archive.facts.figures import Value

if TYPE_CHECKING:
    from archive.build.editions.reader import Reader


def add_families(
    reader: "Reader",
    found: Unknowns,
    masked: frozenset[str],
    of_masked: Mapping[str, dict[int, int] | None],
) -> None:
    """Add what is known of figures that are parts of others by what is written."""
    own: dict[str, dict[int, int]] = {}
    for family in reader.families:
        terms: dict[int, int] = {}
        known = True
        for id_, factor in ((family.whole, -1), *((part, 1) for part in family.parts)):
            value = reader.site.values[id_]
            if id_ in masked and id_ in of_masked:
                more = of_masked[id_]
            elif id_ in masked or value.exact is None:
                if id_ not in own:
                    own[id_] = _own(reader, found, value, id_ in masked)
                more = own[id_]
            else:
                continue
            known = known and more is not None
            for one, times in (more or {}).items():
                terms[one] = terms.get(one, 0) + times * factor
        if not family.exhaustive:
            people = reader.site.values[family.whole].figure.counts_people
            owner = (REST, family.whole)
            rest = found.add(family.rest, people, people, (owner,))
            if people and 0 < family.rest < reader.least:
                width = reader.width(family.rest, people, True)
                found.secrets.append((Protected({rest: 1}, width), frozenset({owner})))
            terms[rest] = 1
        if known:
            public = [id_ for id_ in (*family.parts, family.whole) if id_ not in masked]
            found.know(terms, (FIGURE, family.whole))
            for id_ in public:  # each of them may be masked to loosen the relation
                found.know(dict.fromkeys(terms, 0), (FIGURE, id_))


def _own(reader: "Reader", found: Unknowns, value: Value, masked: bool) -> dict[int, int]:
    """Add a figure that is no sum over records, or is known in words alone."""
    people = value.figure.counts_people
    exact = reader.numbers.get(value.id, Decimal(0))
    whole = people or not value.figure.decimals
    one = found.add(exact, whole, people and masked, ((FIGURE, value.id),))
    if masked:
        reader.secret(found, value, {one: 1})
    elif within := limits(value):
        below = found.add(within[1] - exact, True, False, ())
        above = found.add(exact - within[0], True, False, ())
        found.know({one: 1, below: 1}, (FIGURE, value.id))
        found.know({below: 1, above: 1}, (FIGURE, value.id))
    return {one: 1}
