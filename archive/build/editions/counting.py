"""Which records each figure counts, and what each of them adds."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal

from archive.facts.figures import select
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.register import Counted
from archive.schema.types import Model, yaml_text

Key = tuple[str, str]
"""A record: its collection and its id."""


def summed_field(rule: Counted) -> str | None:
    """The field that a rule sums; None if it counts."""
    return rule.field if rule.measure == "sum" else None


def amount_of(name: str | None) -> Callable[[Record[Model]], Decimal]:
    """A function that returns what a record adds to a sum of the field; 1 where records are counted."""
    if name is None:
        return lambda record: Decimal(1)

    def amount(record: Record[Model]) -> Decimal:
        value = getattr(record.data, name, None)  # those of then may lack it
        return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)

    return amount


@once
def counted_records(site: Site) -> Mapping[str, list[Record[Model]]]:
    """Figure → the records that it counts."""
    buckets: dict[tuple[str, str], dict[str, list[Record[Model]]]] = {}

    def likely(rule: Counted) -> list[Record[Model]]:
        """The records that meet one of the conditions, that of the fewest records."""
        there = site.archive.records.get(rule.collection, [])
        for name, wanted in rule.where.items():
            if (rule.collection, name) not in buckets:
                by_value = buckets[rule.collection, name] = defaultdict(list)
                for record in site.archive.records.get(rule.collection, []):
                    by_value[yaml_text(getattr(record.data, name, None))].append(record)
            there = min(there, buckets[rule.collection, name].get(wanted, []), key=len)
        return there

    return {
        id_: select(rule, value.figure.period, likely(rule))
        for id_, value in site.values.items()
        if (rule := value.figure.counted)
    }
