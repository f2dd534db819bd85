"""What a reader can know of a site: the sums that are public, and how sure he may be of what is not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from archive.build.editions.compared import is_recalled
from archive.build.editions.counting import Key
from archive.build.editions.families import Family, families, is_part_of_count, limits, state
from archive.build.editions.intervals import Protected
from archive.build.editions.numbered import RecordCounts
from archive.build.editions.parts import Parts
from archive.build.editions.primary import suppression_threshold
from archive.build.editions.quantities import Pattern, Quantity, quantities
from archive.build.editions.states import PastFamily, numbers_printed, numbers_seen, past_families
from archive.build.editions.unknowns import BEFORE, BOUND, FIGURE, NOUGHT, Group, Layers, Unknowns
from archive.facts.figures import Value
from archive.facts.site import Site


class Reader:
    """What a reader can know of a site, whatever is suppressed in it."""

    def __init__(self, site: Site) -> None:
        """Gather the sums of a site."""
        self.site = site
        self.quantities: list[Quantity] = quantities(site)
        self.summed = {value.id for one in self.quantities for value in one.figures}
        now = state(site)
        self.numbers = now.numbers
        self.families: list[Family] = families(now, self.summed)
        self.past: list[PastFamily] = past_families(site, now, self.summed)
        self.seen = numbers_seen(site)
        """The numbers of figures that editions before showed."""
        self.printed = numbers_printed(site)
        """Those that this edition shows of a figure that is not masked."""
        self.recalled = frozenset(
            id_
            for id_, value in site.values.items()
            if is_recalled(site, value, id_ in self.summed)
        )
        """The figures whose number readers know from an edition before, masked or not."""
        self.related = {
            id_
            for one in (*self.families, *(past.family for past in self.past))
            for id_ in (one.whole, *one.parts)
        }
        self.least = Decimal(suppression_threshold(site) or 1)

    def width(self, amount: Decimal | Fraction, people: bool, whole: bool) -> Fraction:
        """How uncertain a number must stay: by the threshold for people, else by a tenth of it."""
        if people:
            return Fraction(self.least)
        return max(abs(Fraction(amount)) / 10, Fraction(1) if whole else Fraction(1, 10_000))

    def unknowns(
        self, masked: frozenset[str], layers: Layers, recalled: frozenset[str]
    ) -> Unknowns:
        """What is unknown if these figures are masked and these amounts hidden.

        `recalled` are those whose number a reader knows although they are masked.
        """
        found = Unknowns()
        of_masked: dict[str, dict[int, int] | None] = {}
        numbered = {
            one.collection: RecordCounts(one, hidden, masked - recalled)
            for one, hidden in zip(self.quantities, layers, strict=True)
            if one.name is None
        }
        for at, (quantity, hidden) in enumerate(zip(self.quantities, layers, strict=True)):
            of_masked |= self._of_quantity(
                found, at, quantity, hidden, masked, recalled, numbered.get(quantity.collection)
            )
        Parts(self, found, masked, recalled, of_masked).add()
        return found

    def _of_quantity(
        self,
        found: Unknowns,
        at: int,
        quantity: Quantity,
        hidden: Mapping[Pattern, Group],
        masked: frozenset[str],
        recalled: frozenset[str],
        numbered: RecordCounts | None,
    ) -> dict[str, dict[int, int] | None]:
        """Add what is unknown of a quantity; returns each masked figure as a sum, None if unlimited."""
        told, kept = 0, 0
        for bit, value in enumerate(quantity.figures):
            if value.id in masked:
                kept |= 1 << bit
                told |= (value.id in recalled) << bit
            elif value.exact is not None or limits(value):
                told |= 1 << bit
        former = range(len(quantity.figures), len(quantity.figures) + len(quantity.former))
        told |= sum(1 << bit for bit in former)
        merged: dict[Pattern, list[Group]] = defaultdict(list)
        for pattern, group in hidden.items():
            if group.amounts:
                merged[pattern & (told | kept)].append(group)
        if quantity.name is None:
            numbered = None
        for id_, pattern in self._noughts(quantity, kept).items():
            if numbered and numbered.tells_nought(self.site.values[id_].figure):
                continue
            merged[pattern].append(Group({(NOUGHT, id_): Decimal(0)}))
        reach = sum((group.total for groups in merged.values() for group in groups), Decimal(0))
        reach += sum(within[1] for value in quantity.figures if (within := limits(value)))
        # Below that, the most that a record may hold tells a reader more than the sums do.
        most = quantity.highest if quantity.highest and quantity.highest < reach else None
        related = sum(
            1 << bit for bit, value in enumerate(quantity.figures) if value.id in self.related
        )
        unknown = {
            pattern: self._unknown(found, at, pattern, groups, numbered)
            for pattern, groups in sorted(merged.items())
            if pattern & (told | kept & related)
        }
        for bit, value in enumerate(quantity.figures):
            terms = {one: 1 for pattern, one in unknown.items() if 1 << bit & pattern}
            if 1 << bit & told:
                within = limits(value)
                if within and terms:  # more may not be recorded yet, so that only the top is told
                    room = within[1] - self.numbers[value.id]
                    terms[found.add(max(room, Decimal(0)), True, False, ())] = 1
                found.know(terms, None if 1 << bit & kept else (FIGURE, value.id))
        for bit in former:
            found.know({one: 1 for pattern, one in unknown.items() if 1 << bit & pattern}, None)
        if quantity.name is not None:
            each = {
                one: self._one_of(found, quantity, merged[pattern], one, tops)
                for pattern, one in unknown.items()
                if (tops := _tops(quantity, merged[pattern], most))
                and _are_known(quantity, merged[pattern], numbered)
            }
            self._of_records(found, merged, unknown, each, Fraction(-quantity.lowest))
        return {
            value.id: self._masked(found, value, 1 << bit, merged, unknown)
            for bit, value in enumerate(quantity.figures)
            if 1 << bit & kept
        }

    def _of_records(
        self,
        found: Unknowns,
        merged: Mapping[Pattern, list[Group]],
        unknown: Mapping[Pattern, int],
        each: Mapping[int, int],
        below: Fraction,
    ) -> None:
        """Make a secret of what each hidden record holds, and of what it held before it changed.

        Of several that are alike, each may be anything from 0 to what they are together, or is what `each`
        says. What may be as far `below` 0 must stay as uncertain as that.
        """
        layers: dict[Key, list[int]] = defaultdict(list)
        several: set[int] = set()
        # The sums that a later version is part of are among those of what it has in common with
        # an earlier one, so that this order is from the first layer to the last.
        for pattern in sorted(unknown, key=lambda one: (-one.bit_count(), one)):
            number = unknown[pattern]
            owners = frozenset(key for key in found.owners[number] if not _is_nought(key))
            for name, id_ in owners:
                layers[name.removesuffix(BEFORE), id_].append(number)
            if owners and len(found.owners[number]) > 1:
                several.add(number)
                amount = max(below, self._largest(merged[pattern]))
                one = each.get(number, number)
                people = number in found.people
                self._record(found, owners, [one], amount, one == number, people)
        for own in layers.values():
            for last in range(1, len(own) + 1):
                if own[last - 1] in several:
                    break  # with this layer it is one of several, which are a secret already
                amount = sum((found.true[one] for one in own[:last]), Fraction(0))
                people = not found.people.isdisjoint(own[:last])
                owners = found.owners[own[last - 1]]
                self._record(found, owners, own[:last], max(below, amount), False, people)

    def _one_of(
        self,
        found: Unknowns,
        quantity: Quantity,
        groups: list[Group],
        together: int,
        tops: Mapping[Key, Decimal],
    ) -> int:
        """Bound what is hidden of one set of sums by the most that each record may hold.

        Returns the unknown that stands for any one of the records: the largest, which must stay the most uncertain.
        """
        amounts = {key: one for group in groups for key, one in group.amounts.items()}
        whole, bound = found.whole[together], sum(tops.values(), Decimal(0))
        if len(amounts) == 1:
            self._at_most(found, together, bound)
            return together
        least = min(map(quantity.least, amounts))
        largest = max(amounts, key=lambda key: amounts[key])
        one = found.add(amounts[largest], whole, False, (), least)
        rest = found.true[together] - found.true[one]
        others = found.add(rest, whole, False, (), sum(map(quantity.least, amounts), -least))
        found.know({together: 1, one: -1, others: -1}, BOUND)
        self._at_most(found, one, tops[largest])
        self._at_most(found, others, bound - tops[largest])
        return one

    def _at_most(self, found: Unknowns, one: int, most: Decimal) -> None:
        left = found.add(Fraction(most) - found.true[one], found.whole[one], False, ())
        found.know({one: 1, left: 1}, BOUND)

    def _largest(self, groups: Iterable[Group]) -> Fraction:
        return Fraction(max(group.largest for group in groups))

    def _record(
        self,
        found: Unknowns,
        owners: frozenset[Key],
        numbers: list[int],
        amount: Fraction,
        several: bool,
        people: bool,
    ) -> None:
        width = self.width(amount, people, found.whole[numbers[0]])
        terms = dict.fromkeys(numbers, 1)
        found.secrets.append((Protected(terms, width, several), owners))

    def _noughts(self, quantity: Quantity, kept: Pattern) -> Mapping[str, Pattern]:
        """For each figure that is masked, or was, and counts nothing: the sums that tell so.

        These are the sums that whatever it counts must be part of, by its rule.
        """
        found: dict[str, Pattern] = defaultdict(int)
        for bit, value in enumerate(quantity.figures):
            if 1 << bit & kept & ~quantity.filled:
                found[value.id] = 1 << bit
                for other, whole in enumerate(quantity.figures):
                    found[value.id] |= is_part_of_count(value.figure, whole.figure) << other
        for other, former in enumerate(quantity.former, len(quantity.figures)):
            for id_ in former.noughts:
                found[id_] |= 1 << other
        return found

    def _unknown(
        self,
        found: Unknowns,
        at: int,
        pattern: Pattern,
        groups: list[Group],
        numbered: RecordCounts | None,
    ) -> int:
        """Add what is hidden of one set of sums."""
        quantity = self.quantities[at]
        today = pattern & ((1 << len(quantity.figures)) - 1)
        mark = "" if today else BEFORE
        owners = {(name + mark, id_) for group in groups for name, id_ in group.amounts}
        people = any(group.people for group in groups) or any(
            1 << bit & pattern and value.figure.counts_people
            for bit, value in enumerate(quantity.figures)
        )
        total = sum((group.total for group in groups), Decimal(0))
        whole = quantity.name is None or people or quantity.whole
        known = (key for one in groups for key in one.amounts if _is_known(quantity, key, numbered))
        least = sum(map(quantity.least, known), Decimal(0))
        one = found.add(total, whole, people, owners, least)
        lifted = sum(quantity.above_nothing(group.amounts) for group in groups)
        found.lifted[one] = Fraction(-quantity.lowest) * lifted
        found.sums[one] = at
        return one

    def _masked(
        self,
        found: Unknowns,
        value: Value,
        bit: Pattern,
        merged: Mapping[Pattern, list[Group]],
        unknown: Mapping[Pattern, int],
    ) -> dict[int, int] | None:
        patterns = [pattern for pattern in merged if bit & pattern]
        if not all(pattern in unknown for pattern in patterns):
            return None
        terms = {unknown[pattern]: 1 for pattern in patterns}
        self.secret(found, value, terms)
        return terms

    def secret(self, found: Unknowns, value: Value, terms: Mapping[int, int]) -> None:
        """Make a secret of the number of a masked figure, which is the sum of these terms."""
        exact = self.numbers.get(value.id)
        if exact is not None and terms and (value.exact is not None or value.figure.counted):
            whole = all(found.whole[one] for one in terms)
            width = self.width(exact, value.figure.counts_people, whole)
            found.secrets.append((Protected(terms, width), frozenset({(FIGURE, value.id)})))


def _is_known(quantity: Quantity, key: Key, numbered: RecordCounts | None) -> bool:
    """Whether a reader knows that there is a record: he sees those of which a field alone is internal."""
    return quantity.internal or quantity.missed or (numbered is not None and numbered.tells_of(key))


def _tops(quantity: Quantity, groups: list[Group], most: Decimal | None) -> dict[Key, Decimal]:
    """The most that each record in these groups may hold; empty if a reader knows it not of all."""
    keys = [key for group in groups for key in group.amounts]
    found = {key: top for key in keys if (top := quantity.tops.get(key, most)) is not None}
    return found if len(found) == len(keys) else {}


def _are_known(quantity: Quantity, groups: list[Group], numbered: RecordCounts | None) -> bool:
    """Whether a reader knows how many records are hidden of one set of sums at most, each with all that it holds."""
    keys = [key for group in groups for key in group.amounts]
    return bool(keys) and all(
        (quantity.yearly or _is_known(quantity, key, numbered)) and quantity.is_unchanged(key)
        for key in keys
    )


def _is_nought(key: Key) -> bool:
    return key[0].removesuffix(BEFORE) == NOUGHT
