"""A figure that sums a field of another name or unit than in an edition published before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from archive.build.editions.suppression import suppression
from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.ledger_model import collection
from archive.schema.ledgers import Ledger
from tests.samples.tables import as_published, figure_entry, list_all, table_site

Amounts = list[tuple[int, bool]]
"""The amount, and whether the record is internal."""
THEN: Amounts = [(20, False), (30, False), (11, True), (13, True)]


def money(
    amounts: Amounts,
    field: str = "amount",
    derived: str = "",
    ledger: str = "money",
    figure: str = "all",
    unit: str = "元",
    least: int = 0,
    former: tuple[FormerEdition, ...] = (),
) -> Site:
    """A site with the sum of these amounts, each in the `field`, or of what is derived from it alone."""
    fields: dict[str, Any] = {
        "date": {"label": "日期", "type": "日期"},
        field: {"label": "金额", "type": "整数", "unit": unit, "min": least},
    }
    described = {"label": "收支", "record": "一笔", "fields": fields}
    if derived:
        described["derived"] = {derived: {"label": "合计", "how": "就是", "first": [field]}}
    kept = collection(ledger, Ledger.model_validate(described, strict=False))
    records = []
    for at, (amount, hidden) in enumerate(amounts):
        own = {"date": date(2024, 3, 5), field: amount, "disclosure": "内部" if hidden else None}
        common = {"source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}
        data = kept.model.model_validate({**own, **common}, strict=False)
        records.append(Record(f"r{at}", f"data/{ledger}/2024/r{at}.yml", data))
    rule = {"collection": ledger, "measure": "sum", "field": derived or field, "where": {}}
    archive = table_site([], {figure: figure_entry(figure, unit, counted=rule)}).archive
    archive.collections, archive.records = {ledger: kept}, {ledger: records}
    list_all(archive)
    site = Site(archive)
    site.former = former
    return site


@pytest.mark.parametrize(
    ("amounts", "how", "masked"),
    [
        pytest.param([*THEN, (7, True)], {"field": "total"}, True, id="renamed, one hidden more"),
        pytest.param([*THEN, (7, True)], {"derived": "total"}, True, id="derived, one hidden more"),
        pytest.param([*THEN, (7, True)], {"ledger": "cash"}, True, id="another ledger"),
        pytest.param([*THEN, (7, True)], {"field": "total", "figure": "sum"}, True, id="both renamed"),
        pytest.param(THEN, {"field": "total"}, False, id="renamed alone"),
        pytest.param(THEN, {"derived": "total"}, False, id="derived alone"),
        pytest.param([*THEN, (7, False)], {"field": "total"}, False, id="renamed, one public more"),
        pytest.param([*THEN, (7, True), (9, True)], {"field": "total"}, False, id="two hidden more"),
        # 30 was public: who knows it still knows of the 7 that is hidden with it today.
        pytest.param(
            [(20, False), (30, True), (11, True), (13, True), (7, True)],
            {"field": "total"}, True, id="one hidden since",
        ),
    ],
)  # fmt: skip
def test_sums_of_another_name(amounts: Amounts, how: dict[str, Any], masked: bool) -> None:
    former = as_published(money(THEN))
    assert former.values == {"all": Decimal(74)}
    site = money(amounts, **how, former=(former,))
    assert (len(suppression(site).figures) == 1) is masked


def in_cents(amounts: Amounts) -> Amounts:
    """The amounts in a unit of which a hundred are one."""
    return [(amount * 100, hidden) for amount, hidden in amounts]


@pytest.mark.parametrize(
    ("amounts", "held"),
    [
        pytest.param(in_cents([*THEN, (7, True)]), True, id="one hidden more"),
        pytest.param([(25, False), *in_cents([*THEN, (7, True)])[1:]], True, id="a public one changed"),
        pytest.param(in_cents(THEN), False, id="another unit alone"),
        pytest.param(in_cents([*THEN, (7, True), (9, True)]), False, id="two hidden more"),
    ],
)  # fmt: skip
def test_sums_in_another_unit(amounts: Amounts, held: bool) -> None:
    former = as_published(money(THEN))
    site = money(amounts, unit="分", former=(former,))
    # A record that is public otherwise goes with the figure, or alone where it changed.
    assert (("money", "r0") in suppression(site).records) is held
    back = money([*THEN, (7, True)], former=(as_published(money(in_cents(THEN), unit="分")),))
    assert [*suppression(back).figures] == ["all"]


def test_what_was_shown_under_another_name_is_known_also_below_0() -> None:
    # Who knows the -3 that was public knows of the 12 that is hidden with it today.
    before = money([(-3, False), (7, False), (3, True), (6, True)], least=-10)
    after = [(-3, True), (7, False), (3, True), (6, True), (12, True)]
    site = money(after, "total", least=-10, former=(as_published(before),))
    assert [*suppression(site).figures] == ["all"]
