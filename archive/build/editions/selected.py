"""Figures that count by an internal field: which of them tell what a record says in it.

A reader sees the records and, of how many of them or of what sum of theirs, that it is counted. So he may
find out which: all of three, the one that the figure of its kind lacks, the only ones that make 1,286 together,
the new one since the edition before. A number is public only while, for each record that it may count, other
records could be counted in its place with all numbers the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice
from math import lcm

from archive.build.editions.counting import Key, amount_of, summed_field
from archive.build.editions.fields import has_public, public_names
from archive.build.editions.identity import former_editions
from archive.build.editions.intervals import Protected, Relation, told
from archive.build.editions.primary import inner_conditions, tells_reference
from archive.build.editions.said import names_known, was_said
from archive.build.editions.told import has_none
from archive.facts.figures import select
from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.register import Counted, Figure
from archive.schema.types import Model, yaml_text

_NEAR = 100
"""Groups of records alike that are tried in place of others; with more of them, the first ones."""
_FEW = 60
"""With more groups than this, only what can be put in place of few is tried."""

Bit = tuple[Key, frozenset[tuple[str, str]], bool]
"""A record, a condition on internal fields, and whether it meets it."""
Terms = tuple[tuple[int, Decimal], ...]
"""Position of a number → what a record adds to it if it is counted."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A public number: of each record that it may count, what it adds."""

    figure: str
    """The figure of today; empty if an edition before showed it."""
    amounts: Mapping[Bit, Decimal]


@dataclass(slots=True)
class _Alike:
    """The records that add the same to the same numbers: those that are counted, and the others."""

    counted: list[Bit]
    others: list[Bit]


def _chosen_by(
    site: Site, figure: Figure, editions: Iterable[FormerEdition]
) -> frozenset[tuple[str, str]]:
    """The same, where a reader knows of each record what it adds: by a public field, or one of these editions."""
    rule = figure.counted
    kept = site.archive.collections.get(rule.collection) if rule else None
    if rule is None or kept is None or rule.measure == "distinct" or not has_public(kept.model):
        return frozenset()
    sums, ledger = rule.field, rule.collection
    if sums is None or sums in public_names(kept):
        return inner_conditions(site, figure)
    known = any((ledger, sums) not in one.unshown for one in editions)
    return inner_conditions(site, figure) if known else frozenset()


def telling_figures(site: Site, masked: Collection[str], hidden: Collection[Key]) -> list[str]:
    """The figures that are to be masked too, so that none tells what a record says in an internal field.

    Readers see the records but those that are `hidden`. What editions before tell is told.
    """
    editions = former_editions(site)
    before = list(_before(site))
    shown = {key for edition in editions for key in edition.public}
    seen = {
        (name, one.id) for name, there in site.archive.records.items() for one in there
    }.difference(hidden) | shown
    now: dict[str, _Number] = {}
    there, unknown = site.archive.records, []
    for id_, value in site.values.items():
        inner = _chosen_by(site, value.figure, editions)
        if id_ in masked or value.exact is None or not inner:
            continue
        found = next(_number(site, id_, value.figure, inner, value.exact, there), None)
        rule = value.figure.counted
        if found:
            now[id_] = found
        elif rule and any(name == rule.collection for name, _ in seen):
            unknown.append(id_)  # the figures of a release are without their records
    if not now:
        return unknown
    known = _told(before, seen)
    left = dict(now)
    while news := _told([*before, *left.values()], seen) - known:
        near = [id_ for id_, one in left.items() if not news.isdisjoint(one.amounts)]
        if not near:
            break
        del left[min(near, key=lambda id_: (sum(bit[2] for bit in left[id_].amounts), id_))]
    for id_ in [one for one in now if one not in left]:
        more = {**left, id_: now[id_]}
        if _told([*before, *more.values()], seen) <= known:
            left = more
    return [*unknown, *(id_ for id_ in now if id_ not in left)]


def _before(site: Site) -> Iterator[_Number]:
    found: dict[object, _Number] = {}
    for edition in former_editions(site):
        for id_, number in edition.values.items():
            figure = edition.figures.get(id_)
            if figure is not None:
                inner = _chosen_by(site, figure, [edition])
                for one in _number(site, "", figure, inner, number, edition.records):
                    found.setdefault(frozenset(one.amounts.items()), one)
    yield from found.values()


def _number(
    site: Site,
    id_: str,
    figure: Figure,
    inner: frozenset[tuple[str, str]],
    number: Decimal,
    records: Mapping[str, Sequence[Record[Model]]],
) -> Iterator[_Number]:
    """The number of a figure if it counts by `inner` fields; none if these records do not make it.

    What an edition before showed that a record says in them is known.
    """
    rule = figure.counted
    if rule is None or not inner:
        return
    likely = rule.model_copy(update={"where": dict(rule.where.items() - inner)})
    kept = site.archive.collections[rule.collection]
    there = [
        one
        for one in select(likely, figure.period, records.get(rule.collection, []))
        if not any(
            has_none(kept, one.data, name, names_known(site, rule.collection, one))
            or tells_reference(site, kept, one.data, name)
            for name, _ in inner
        )
    ]
    met = {one.id for one in select(rule, figure.period, there)}
    amounts = _amounts(rule, there, inner, met)
    if sum(amount for bit, amount in amounts.items() if bit[2]) == number:
        known = {one.id for one in there if _is_known(site, rule, one, inner)}
        yield _Number(
            id_, {bit: amount for bit, amount in amounts.items() if bit[0][1] not in known}
        )


def _is_known(
    site: Site, rule: Counted, record: Record[Model], inner: frozenset[tuple[str, str]]
) -> bool:
    """Whether an edition before showed that a record meets the conditions, or one that it does not meet."""
    said = {one for one in inner if was_said(site, rule.collection, record, one[0])}
    return said == inner or any(
        yaml_text(getattr(record.data, name, None)) != word for name, word in said
    )


def _amounts(
    rule: Counted,
    records: Iterable[Record[Model]],
    inner: frozenset[tuple[str, str]],
    met: Collection[str],
) -> dict[Bit, Decimal]:
    amount = amount_of(summed_field(rule))
    return {((rule.collection, one.id), inner, one.id in met): amount(one) for one in records}


def _told(numbers: Sequence[_Number], seen: Collection[Key]) -> set[Bit]:
    """Of which records that readers see the numbers tell whether they meet a condition."""
    terms: dict[Bit, list[tuple[int, Decimal]]] = defaultdict(list)
    for at, number in enumerate(numbers):
        for bit, amount in number.amounts.items():
            if amount:
                terms[bit].append((at, amount))
    groups: dict[Terms, _Alike] = defaultdict(lambda: _Alike([], []))
    for bit, own in terms.items():
        (groups[tuple(own)].counted if bit[2] else groups[tuple(own)].others).append(bit)
    open_ = {one for one, group in groups.items() if not (group.counted and group.others)}
    open_ -= _exchanged(groups, open_)
    if open_ and len(groups) <= _FEW:
        open_ = _certain(groups, open_, len(numbers))
    bits = (bit for one in open_ for bit in (*groups[one].counted, *groups[one].others))
    return {bit for bit in bits if bit[0] in seen}


def _exchanged(groups: Mapping[Terms, _Alike], wanted: Collection[Terms]) -> set[Terms]:
    """The wanted groups of which a record can be put in place of one or two others, alone or with another."""
    sides = [
        {one: len(group.counted if counted else group.others) for one, group in groups.items()}
        for counted in (True, False)
    ]
    few = [list(islice((one for one, many in side.items() if many), _NEAR)) for side in sides]
    places = [dict(_sums(near, side)) for near, side in zip(few, sides, strict=True)]
    found: set[Terms] = set()
    for one in wanted:
        own = 0 if sides[0][one] else 1
        alone = [(one,)] + [(one, more) for more in few[own] if more != one or sides[own][one] > 1]
        for together in alone if one not in found else ():
            if others := places[1 - own].get(_together(together)):
                found.update(together, others)
                break
    return found


def _sums(
    near: Sequence[Terms], many: Mapping[Terms, int]
) -> Iterator[tuple[Terms, tuple[Terms, ...]]]:
    """What one or two records of these groups add together."""
    for one, other in combinations(near, 2):
        yield _together((one, other)), (one, other)
    for one in near:
        if many[one] > 1:
            yield _together((one, one)), (one, one)
        yield one, (one,)


def _together(several: Iterable[Terms]) -> Terms:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for terms in several:
        for at, amount in terms:
            found[at] += amount
    return tuple(sorted((at, amount) for at, amount in found.items() if amount))


def _certain(groups: Mapping[Terms, _Alike], wanted: Collection[Terms], numbers: int) -> set[Terms]:
    """The wanted groups of which no other number of records can be counted, whatever is counted of the others."""
    order = list(groups)
    times = lcm(*(Fraction(amount).denominator for one in order for _, amount in one))
    rows: list[dict[int, int]] = [{} for _ in range(numbers)]
    true: list[Fraction] = []
    for place, one in enumerate(order):
        for at, amount in one:
            rows[at][2 * place] = int(amount * times)
        rows.append({2 * place: 1, 2 * place + 1: 1})
        true += [Fraction(len(groups[one].counted)), Fraction(len(groups[one].others))]
    asked = [place for place, one in enumerate(order) if one in wanted]
    secrets = [Protected({2 * place: 1}, Fraction(1)) for place in asked]
    found = told([Relation(row) for row in rows if row], true, secrets, whole=True)
    return {order[asked[at]] for at in found}
