"""Secondary suppression: what else is not public, so that nothing hidden follows from what is.

All public numbers of the edition are relations among what is hidden (`unknowns`). The audit
(`intervals`, `groups`) says what a reader can work out from them. While that is anything, one more
record is hidden, the smallest that helps, or where no record helps, the figure with the smallest
number is masked. At the end whatever proved needless is shown again.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from archive.build.editions.asked import without_left_out
from archive.build.editions.audit import Audit, Told
from archive.build.editions.compared import why_held
from archive.build.editions.counting import Key, counted_records
from archive.build.editions.identity import former_editions
from archive.build.editions.layers import changed, layers
from archive.build.editions.primary import inner_conditions, why_figure, why_record
from archive.build.editions.quantities import Pattern, Quantity
from archive.build.editions.reader import Reader
from archive.build.editions.reasons import PRIMARY, SECONDARY, Reason, Suppression
from archive.build.editions.selected import telling_figures
from archive.build.editions.unknowns import BEFORE, FIGURE, Layers
from archive.facts.figures import Value
from archive.facts.site import Site, once

_TELLS = "按不公开的字段挑选，与公开的记录、别的数和已发布的公开版对照，看得出挑选的是哪几条"


@once
def suppression(site: Site) -> Suppression:
    """What the public edition of a site suppresses, primarily and secondarily."""
    found = _Search(without_left_out(site))
    found.suppress()
    found.show_needless()
    return found.result()


@dataclass
class _Choice:
    """Figures masked and records hidden, with what follows from that."""

    figures: frozenset[str]
    records: frozenset[Key]
    """Those hidden by themselves."""
    hidden: frozenset[Key]
    """Those and all that masked figures are counted from."""
    layers: Layers
    told: list[Told] = field(default_factory=list)
    """What it tells readers who have the editions before."""
    anew: list[Told] = field(default_factory=list)
    """What it tells of numbers shown before, which are masked now, to readers of this edition alone."""

    @property
    def all_told(self) -> list[Told]:
        """What it tells any reader."""
        return [*self.told, *self.anew]


class _Search:
    def __init__(self, site: Site) -> None:
        self.site, self.reader, self.audit = site, Reader(site), Audit()
        self.figures = {
            id_: Reason(PRIMARY, why)
            for id_, value in site.values.items()
            if (why := why_figure(site, value))
        }
        self.records = {
            (name, record.id): Reason(PRIMARY, why)
            for name, records in site.archive.records.items()
            for record in records
            if (why := why_record(site, name, record))
        }
        telling = telling_figures(site, self.figures, self.records)
        self.figures |= {id_: Reason(PRIMARY, _TELLS) for id_ in telling}
        self.order = {id_: at for at, id_ in enumerate(site.values)}
        self.counted = {
            id_: frozenset() if id_ in telling else _counted(site, value)
            for id_, value in site.values.items()
        }
        for id_, value in site.values.items():
            why = why_held(site, value, id_ in self.reader.summed, int(self.reader.least))
            if why and id_ not in self.figures:
                self.figures[id_] = Reason(SECONDARY, why, before=True)
        self.known: set[Key] = set()
        """What nothing that is public now tells any more than it is told already."""
        self.given_up: set[Key] = set()
        """The same of what is told anew."""
        start = _Choice(frozenset(), frozenset(), frozenset(), layers(self.reader.quantities))
        primary = frozenset(self.records)
        if site.former:  # what they tell by themselves cannot be taken back
            every = frozenset(
                (name, one.id) for name, all_ in site.archive.records.items() for one in all_
            )
            nothing = self._changed(start, frozenset(site.values), every)
            self.known = {key for one in nothing.told for key in one.of}
            self.given_up = {key for one in nothing.anew for key in one.of}
        self.now = self._changed(start, frozenset(self.figures), primary)

    def _changed(
        self,
        before: _Choice,
        figures: frozenset[str],
        records: frozenset[Key],
        about: frozenset[Key] | None = None,
    ) -> _Choice:
        """The choice with these figures and records, and what it tells (with `about`, of these alone)."""
        hidden = records.union(*(self.counted[id_] for id_ in figures))
        state = before.layers
        for keys, way in ((hidden - before.hidden, True), (before.hidden - hidden, False)):
            if keys:
                state = changed(state, self.reader.quantities, sorted(keys), way)
        unknowns = self.reader.unknowns(figures, state, self.reader.recalled)
        told = self.audit.told(unknowns, self.reader.least, about)
        found = _Choice(figures, records, hidden, state, [one for one in told if not one.of <= self.known])  # fmt: skip
        again = frozenset((FIGURE, id_) for id_ in figures & self.reader.recalled)
        if about is not None:
            again &= about
        if again:
            unknowns = self.reader.unknowns(figures, state, frozenset())
            told = self.audit.told(unknowns, self.reader.least, again)
            found.anew = [one for one in told if one.of & again and not one.of <= self.given_up]
        return found

    def _more(
        self,
        figures: Iterable[str] = (),
        records: Iterable[Key] = (),
        about: frozenset[Key] | None = None,
    ) -> _Choice:
        return self._changed(
            self.now, self.now.figures.union(figures), self.now.records.union(records), about
        )

    def suppress(self) -> None:
        """Hide and mask until nothing is told."""
        while self.now.all_told:
            told = self.now.all_told[0]
            better = self._better(told)
            if better is None:
                self.known |= told.of
                self.given_up |= told.of
                self.now = self._more()
                continue
            reason = Reason(SECONDARY, "", tuple(sorted(told.of)), told.before)
            for id_ in better.figures - self.now.figures:
                self.figures.setdefault(id_, reason)
            for key in better.records - self.now.records:
                self.records.setdefault(key, reason)
            self.now = better

    def _better(self, told: Told) -> _Choice | None:
        """The choice that suppresses least in addition so that this is not told; None if none can."""
        records = list(self._records(told))
        figures = sorted(
            self._linked(told) - self.now.figures,
            key=lambda id_: (
                (id_, self.reader.numbers.get(id_)) in self.reader.seen,
                self.reader.numbers.get(id_, Decimal(0)),
                self.order[id_],
            ),
        )
        tries: list[tuple[list[str], list[Key]]] = [([], [key]) for key in records]
        tries += [([], records)] if len(records) > 1 else []
        tries += [([id_], []) for id_ in figures]
        for more_figures, more_records in tries:
            choice = self._more(more_figures, more_records, told.of)
            if all(one.of.isdisjoint(told.of) for one in choice.all_told):
                return self._more(more_figures, more_records)
        # Several are needed: first those of few records, the cells of a table before its margins.
        figures.sort(key=lambda id_: (id_ in self.reader.recalled, len(self.counted[id_])))
        return self._more(figures[:1]) if figures else None

    def _linked(self, told: Told) -> set[str]:
        """The figures that it follows from, and those that share records with one of these."""
        found = set(told.figures)
        for quantity, near in self._near(told):
            for bit, value in enumerate(quantity.figures):
                if any(1 << bit & pattern and near & pattern for pattern in quantity.alike):
                    found.add(value.id)
        return found

    def _near(self, told: Told) -> Iterator[tuple[Quantity, Pattern]]:
        """The quantities that it is about, each with the sums that it follows from."""
        for at in told.quantities:
            quantity = self.reader.quantities[at]
            bits = {bit for bit, one in enumerate(quantity.figures) if one.id in told.figures}
            if told.before:
                bits.update(
                    range(len(quantity.figures), len(quantity.figures) + len(quantity.former))
                )
            yield quantity, sum(1 << bit for bit in bits)

    def _records(self, told: Told) -> Iterator[Key]:
        """Public records in the sums that tell it, the smallest first.

        Of those in the same sums it is the smallest, and the smallest of no small number of people; with them
        the one that is told of, which may help together with others.
        """
        own = {(name.removesuffix(BEFORE), id_) for name, id_ in told.of} - self.now.hidden
        found: dict[Key, Decimal] = {}
        for quantity, near in self._near(told):
            found |= {key: quantity.amounts[key] for key in own & quantity.amounts.keys()}
            for pattern, alike in quantity.alike.items():
                for least in (Decimal(0), self.reader.least) if pattern & near else ():
                    for amount, key in alike[bisect_left(alike, (least, ("", ""))) :]:
                        if key not in self.now.hidden and key not in own:
                            found.setdefault(key, amount)
                            break
        yield from sorted(found, key=lambda key: (found[key], key))

    def show_needless(self) -> None:
        """Show again what need not be suppressed, figures first, the largest first."""
        grows = True
        while grows:
            grows = False
            for id_ in sorted(self._chosen_figures(), key=lambda one: -self.reader.numbers.get(one, Decimal(0))):  # fmt: skip
                grows |= self._shown({id_}, set())
            for key in sorted(self._chosen_records(), reverse=True):
                grows |= self._shown(set(), {key})

    def _chosen_figures(self) -> list[str]:
        return [id_ for id_ in self.now.figures if self.figures[id_].protects]

    def _chosen_records(self) -> list[Key]:
        return [key for key in self.now.records if self.records[key].protects]

    def _shown(self, figures: set[str], records: set[Key]) -> bool:
        """Show these again if nothing is told then; returns whether they are shown."""
        choice = self._changed(self.now, self.now.figures - figures, self.now.records - records)
        if choice.all_told:
            return False
        self.now = choice
        return True

    def result(self) -> Suppression:
        """The choice with its reasons."""
        figures = {id_: self.figures[id_] for id_ in self.site.values if id_ in self.now.figures}
        by: dict[Key, str] = {}
        for id_ in figures:
            by |= dict.fromkeys(self.counted[id_], id_)
        records = {}
        for name, all_ in self.site.archive.records.items():
            for key in ((name, record.id) for record in all_):
                if key in self.now.records:
                    records[key] = self.records[key]
                elif key in self.now.hidden:
                    records[key] = Reason(figures[by[key]].kind, f"由隐去的指标 {by[key]} 所计")
        return Suppression(figures, records)


def _counted(site: Site, value: Value) -> frozenset[Key]:
    """The records that are hidden where a figure is: those that it is counted from.

    What it chooses by an internal field is not hidden where an edition before showed it: what a reader
    misses would be just what was chosen.
    """
    rule = value.figure.counted
    records = counted_records(site)[value.id] if rule else []
    found = frozenset((rule.collection, record.id) for record in records if rule)
    if inner_conditions(site, value.figure):
        found -= frozenset().union(*(one.public for one in former_editions(site)))
    return found
