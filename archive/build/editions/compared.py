"""What readers know from public editions published before: sums of records hidden then, and numbers."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from archive.build.editions.counting import Key, amount_of, counted_records, summed_field
from archive.build.editions.families import is_part_of_count
from archive.build.editions.identity import former_editions
from archive.build.editions.primary import inner_conditions
from archive.facts.figures import Value, select
from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.register import Counted, Figure, Period
from archive.schema.types import Model

Amount = Callable[[Record[Model]], Decimal]
_MONTH = 31
"""Days: a number at the end of a month and one of the next day are one number."""


@dataclass(frozen=True, slots=True)
class FormerSum:
    """The sum that a figure showed in an edition published before, less the records shown then."""

    figure: Figure
    hidden: Mapping[Key, Decimal]
    """The records that were hidden then, with what they held then."""
    noughts: frozenset[str]
    """The figures that were masked then and counted nothing, which readers do not know."""


def former_sums(site: Site, collection: str, name: str | None, amount: Amount) -> list[FormerSum]:
    """The sums over a field of a collection in all editions before, each once.

    What another edition showed of a record is not hidden in them, whatever has become of it since.
    """
    sums: list[FormerSum] = []
    for edition in former_editions(site):
        if edition.missing is not None:
            continue
        noughts = _noughts(edition, collection)
        for figure, amounts in _sums(site, edition, collection, name, amount):
            then = None if name is None or figure.counted is None else figure.counted.field
            shown = edition.public if _shows(edition, collection, then) else frozenset()
            hidden = {key: one for key, one in amounts.items() if key not in shown}
            within = frozenset(
                id_ for id_ in noughts if is_part_of_count(edition.figures[id_], figure)
            )
            sums.append(FormerSum(figure, hidden, within))
    ids = {id_ for one in sums for _, id_ in one.hidden}
    known = set(_amounts_shown(site, collection, name, ids))
    found: dict[object, FormerSum] = {}
    for one in sums:
        hidden = {key: held for key, held in one.hidden.items() if (key, held) not in known}
        if hidden:
            found.setdefault((frozenset(hidden.items()), one.noughts), replace(one, hidden=hidden))
    return list(found.values())


def _shows(edition: FormerEdition, collection: str, name: str | None) -> bool:
    """Whether readers saw a field of the records that an edition showed, or can count them."""
    return name is None or (collection, name) not in edition.unshown


def _noughts(edition: FormerEdition, collection: str) -> list[str]:
    return [
        id_
        for id_, figure in edition.figures.items()
        if id_ not in edition.values
        and (rule := figure.counted)
        and rule.collection == collection
        and not select(rule, figure.period, edition.records.get(collection, []))
    ]


def _sums(
    site: Site, edition: FormerEdition, collection: str, name: str | None, amount: Amount
) -> Iterator[tuple[Figure, dict[Key, Decimal]]]:
    """The sums of an edition with their records; what is unchanged since is not counted again."""
    same, others = _unchanged(site, edition, collection)
    renamed = _of_another_field(site, edition, collection, name) if name else {}
    times = _times(site, edition, collection, name)
    for id_ in edition.values:
        figure = edition.figures.get(id_)
        rule = figure.counted if figure else None
        if figure is None or rule is None or rule.measure == "distinct":
            continue
        is_same = (rule.collection, summed_field(rule)) == (collection, name)
        if is_same or id_ in renamed:
            there = _counted_then(site, edition, id_, figure, same, others)
            held = amount if is_same else _amount(rule)
            amounts = {(collection, record.id): held(record) for record in there}
            if sum(amounts.values()) == edition.values[id_]:
                yield figure, {key: times.of(one) for key, one in amounts.items()}


def _summing(
    site: Site, edition: FormerEdition, collection: str, name: str
) -> Iterator[tuple[str, Figure, Figure]]:
    """The figures that sum this field today and that an edition had: id, as it is, as it was then."""
    for id_ in edition.values:
        now, then = site.values.get(id_), edition.figures.get(id_)
        rule = now.figure.counted if now else None
        if now and then and rule and (rule.collection, summed_field(rule)) == (collection, name):
            yield id_, now.figure, then


def _of_another_field(
    site: Site, edition: FormerEdition, collection: str, name: str
) -> dict[str, str]:
    """The figures that sum this field today and summed another one of the same ledger in an edition → that one.

    The field may have had that name then, or what is summed today be derived from it.
    """
    return {
        id_: before
        for id_, _, then in _summing(site, edition, collection, name)
        if then.counted
        and then.counted.collection == collection
        and (before := summed_field(then.counted)) not in (None, name)
    }


def _held(record: Record[Model], names: Iterable[str | None]) -> Decimal | None:
    """What a record held in the first of these fields that it had then; None if it had none of them."""
    there = (name for name in names if name is None or hasattr(record.data, name))
    return next((amount_of(name)(record) for name in there), None)


@dataclass(frozen=True, slots=True)
class _Times:
    """How many times what an edition said of a field it is today, as its unit is another."""

    now: Decimal = Decimal(1)
    then: Decimal = Decimal(1)

    def of(self, amount: Decimal) -> Decimal:
        """An amount of then in the unit of today."""
        return amount * self.now / self.then if self.now != self.then else amount


def _times(site: Site, edition: FormerEdition, collection: str, name: str | None) -> _Times:
    """What the records of then and of today say of it, if a figure that sums it has another unit now.

    Most of them must say the same: rounded ones are not known from others that have changed.
    """
    if name is None or all(
        now.unit == then.unit for _, now, then in _summing(site, edition, collection, name)
    ):
        return _Times()
    held = amount_of(name)
    names = (name, *_of_another_field(site, edition, collection, name).values())
    today = {record.id: held(record) for record in site.archive.records.get(collection, [])}
    there = edition.records.get(collection, [])
    both = Counter(
        Fraction(today[one.id]) / Fraction(then)
        for one in there
        if today.get(one.id) and (then := _held(one, names))
    )
    for often, many in both.most_common(1):
        if 2 * many > both.total():
            return _Times(Decimal(often.numerator), Decimal(often.denominator))
    return _Times()


def _counted_then(
    site: Site,
    edition: FormerEdition,
    id_: str,
    figure: Figure,
    same: set[str],
    others: list[Record[Model]],
) -> list[Record[Model]]:
    """The records that a figure counted in an edition."""
    now, rule = site.values.get(id_), figure.counted
    if rule is None:
        return []
    if now and (now.figure.counted, now.figure.period) == (rule, figure.period):
        unchanged = [one for one in counted_records(site)[id_] if one.id in same]
        return unchanged + select(rule, figure.period, others)
    return select(rule, figure.period, edition.records.get(rule.collection, []))


def _unchanged(
    site: Site, edition: FormerEdition, collection: str
) -> tuple[set[str], list[Record[Model]]]:
    """The ids of an edition's records that are as they were, and its other records."""
    now = {record.id: record for record in site.archive.records.get(collection, [])}
    same, others = set(), []
    for record in edition.records.get(collection, []):
        if now.get(record.id) is record:
            same.add(record.id)
        else:
            others.append(record)
    return same, others


def shown_before(
    site: Site, collection: str, name: str | None, amount: Amount
) -> dict[Key, Decimal]:
    """Record of today → the most of what it holds that an edition before showed."""
    now = {record.id: record for record in site.archive.records.get(collection, [])}
    found: dict[Key, Decimal] = {}
    for key, held in _amounts_shown(site, collection, name, now):
        if held <= amount(now[key[1]]):
            found[key] = max(held, found.get(key, held))
    return found


def _amounts_shown(
    site: Site, collection: str, name: str | None, ids: Container[str]
) -> Iterator[tuple[Key, Decimal]]:
    """What editions before showed that these records hold in a field."""
    done: set[int] = set()
    for edition in former_editions(site):
        others = _of_another_field(site, edition, collection, name).values() if name else ()
        names = [one for one in (name, *others) if _shows(edition, collection, one)]
        times = _times(site, edition, collection, name) if names else _Times()
        for record in edition.records.get(collection, []) if names else ():
            key = collection, record.id
            if record.id in ids and id(record) not in done and key in edition.public:
                done.add(id(record))
                held = _held(record, names)
                if held is not None:
                    yield key, times.of(held)


def why_held(site: Site, value: Value, summed: bool, least: int) -> str:
    """Why a figure is held back for what it was in an edition before, in Chinese; empty if not.

    This compares number with number: for figures that are not sums over records, and for editions
    whose records do not make their numbers or are not known. Of those, any change of a sum may be a
    single record. A number that readers saw before tells them nothing new.
    """
    if value.exact is None:
        return ""
    editions = former_editions(site)
    if any(
        _is_same(one, value.id, value) and one.values.get(value.id) == value.exact
        for one in editions
    ):
        return ""
    for edition in editions:
        for id_ in _before(site, edition, value):
            then, rule = edition.figures[id_], value.figure.counted
            change = abs(value.exact - edition.values[id_])
            if not change or (summed and _is_in_audit(site, edition, id_, value)):
                continue
            people = value.figure.counts_people or then.counts_people
            which = (
                edition.name if id_ == value.id else f"{edition.name}）里的指标 {id_}（{then.name}"
            )
            chosen = any(inner_conditions(site, one) for one in (then, value.figure))
            may_be = chosen or _may_be_a_record(then, people)
            if may_be and (rule or edition.missing is not None):
                return f"与 {edition.as_of} 的公开版（{which}）不同，当时的记录无从核对，差的可能就是一条隐去的记录"
            if people and change < least:
                return f"与 {edition.as_of} 的公开版（{which}）相差太小，须等变动够大再公开"
        if summed and (id_ := _changed_sum(site, edition, value)):
            which = f"{edition.name}）里的指标 {id_}（{edition.figures[id_].name}"
            return f"与 {edition.as_of} 的公开版（{which}）计的是同一些数，后者变了，当时的记录无从核对，变的可能就是一条隐去的记录"
    return ""


def printed(number: Decimal, figure: Figure | None) -> set[Decimal]:
    """The number of a figure, and those before and after its revisions, which are shown with it."""
    revised = figure.revisions if figure else ()
    return {number, *(each for one in revised for each in (one.old, one.new))}


def is_recalled(site: Site, value: Value, summed: bool) -> bool:
    """Whether an edition before showed the number of a figure, so that masking it takes nothing back.

    A reader takes it to be that still, or again if it was revised. Of a sum over records that are
    known he knows more than its number, namely what was hidden in it (`former_sums`).
    """
    return value.exact is not None and any(
        value.exact in printed(edition.values[id_], edition.figures[id_])
        and not (summed and _is_in_audit(site, edition, id_, value))
        for edition in former_editions(site)
        for id_ in _before(site, edition, value)
    )


def _is_in_audit(site: Site, edition: FormerEdition, id_: str, value: Value) -> bool:
    """Whether the audit knows what a figure of an edition was, and that this one is of the same amounts."""
    then, rule = edition.figures[id_].counted, value.figure.counted
    return (
        then is not None
        and rule is not None
        and (then.collection, then.measure) == (rule.collection, rule.measure)
        and (id_ == value.id or then.field == rule.field)
        and _is_sum(site, edition, id_)
    )


def _may_be_a_record(then: Figure, people: bool) -> bool:
    """Whether a figure was a sum of which a change may be what a single record holds."""
    rule = then.counted
    return rule is not None and (rule.measure == "sum" or (rule.measure == "count" and people))


def _changed_sum(site: Site, edition: FormerEdition, value: Value) -> str:
    """A sum of an edition over what this figure sums, whose records are not known, and that changed."""
    rule = value.figure.counted
    if rule is None or not _may_be_a_record(value.figure, value.figure.counts_people):
        return ""
    for id_, number in edition.values.items():
        then = edition.figures.get(id_)
        other = then.counted if then else None
        if then is None or other is None or other.measure != rule.measure:
            continue
        if (other.collection, other.field) != (rule.collection, rule.field):
            continue
        now = site.values.get(id_)
        if now is None or (now.figure.counted, now.figure.period) != (other, then.period):
            records = select(other, then.period, site.archive.records.get(other.collection, []))
            changed = sum(map(_amount(other), records)) != number
        else:
            changed = now.provisional_count != number
        if changed and not _is_sum(site, edition, id_):
            return id_
    return ""


def _before(site: Site, edition: FormerEdition, value: Value) -> list[str]:
    """The figures of an edition that this one may be: itself, or if it is new, those like it.

    A figure may have another id now, other words or another end of its period, and what was counted
    may be entered. Those that are still there with the same number are others.
    """
    if _is_same(edition, value.id, value):
        return [value.id] if value.id in edition.values else []
    return [
        id_
        for id_, number in edition.values.items()
        if id_ in edition.figures
        and (id_ == value.id or not _is_still_there(site, edition, id_, number))
        and is_like(edition.figures[id_], value.figure, id_ == value.id)
    ]


def _is_same(edition: FormerEdition, id_: str, value: Value) -> bool:
    """Whether a figure of an edition is this one by its id, unit, definition and period."""
    now, then = value.figure, edition.figures.get(id_)
    return (
        id_ == value.id
        and then is not None
        and (then.unit, then.definition, then.period) == (now.unit, now.definition, now.period)
    )


def _is_still_there(site: Site, edition: FormerEdition, id_: str, number: Decimal) -> bool:
    now = site.values.get(id_)
    return now is not None and now.exact == number and _is_same(edition, id_, now)


def is_like(then: Figure, now: Figure, same_id: bool) -> bool:
    """Whether a figure may be another one under a new id or in new words."""
    words = (then.name and then.name == now.name) or (
        then.definition and then.definition == now.definition
    )
    rule = then.counted is not None and then.counted == now.counted
    unit = then.unit == now.unit or (then.counts_people and now.counts_people)
    return bool(unit and (same_id or words or rule) and _at_one_time(then.period, now.period))


def _at_one_time(one: Period, other: Period) -> bool:
    """Whether two periods overlap; two days are as one if they are at most a month apart."""
    if one.kind == other.kind == "时点":
        return not (one.end and other.end) or abs((one.end - other.end).days) <= _MONTH
    return one.overlaps(other)


def _amount(rule: Counted) -> Amount:
    return amount_of(summed_field(rule))


@once
def _made_by_records(site: Site) -> dict[tuple[int, str], bool]:
    """The answers of `_is_sum`: id of the edition in memory and figure → whether it is one."""
    return {}


def _is_sum(site: Site, edition: FormerEdition, id_: str) -> bool:
    """Whether the records of an edition make the number that it showed."""
    figure = edition.figures[id_]
    rule = figure.counted
    if rule is None or rule.measure == "distinct":
        return False
    known, question = _made_by_records(site), (id(edition), id_)
    if question not in known:
        unchanged = _unchanged(site, edition, rule.collection)
        there = _counted_then(site, edition, id_, figure, *unchanged)
        known[question] = sum(map(_amount(rule), there)) == edition.values[id_]
    return known[question]
