"""Amounts with bounds in the public edition: a reader knows the least and the most that each may be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from archive.build.editions.suppression import suppression
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.ledger_model import collection
from archive.schema.ledgers import Ledger
from archive.schema.types import Model
from tests.samples.tables import as_published, figure_entry, list_all, table_site

Amounts = list[tuple[str, int, bool]]
"""The kind, the amount, and whether the record is internal."""
FIELDS: dict[str, Any] = {
    "date": {"label": "日期", "type": "日期"},
    "kind": {"label": "类别", "type": "选择", "choices": ["甲类", "乙类"]},
    "amount": {"label": "金额", "type": "整数", "unit": "元"},
}
RULES: dict[str, dict[str, str]] = {"all": {}, "first": {"kind": "甲类"}}


def money(
    amounts: Amounts,
    least: int,
    most: int = 1_000_000,
    numbers: bool = False,
    issues: dict[str, Any] | None = None,
    yearly: bool = False,
    **more: Any,
) -> Site:
    """A site with the sum of these amounts, each within these bounds, and the sum of those of the first kind.

    With their `numbers` of records, with `more` in the description of the amount, and each with a number of its
    own within the year, whose field `issues` describes, or the only one of its kind in a year (`yearly`).
    """
    fields = {**FIELDS, "amount": {**FIELDS["amount"], "min": least, "max": most, **more}}
    derived = {"twice": {"label": "两倍", "how": "相乘", "first": ["amount × amount"]}}
    described = {"label": "收支", "record": "一笔", "fields": fields, "derived": derived}
    described |= {"yearly": "kind"} if yearly else {}
    if issues is not None:
        fields["issue"] = {"label": "期号", "type": "文字", **issues}
        described["numbered"] = {"number": "issue", "by": "kind"}
    kept = collection("money", Ledger.model_validate(described, strict=False))
    common = {"source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}
    records: list[Record[Model]] = []
    for at, (kind, amount, hidden) in enumerate(amounts):
        day = date(2023 + at % 2, 3, 5) if yearly else date(2024, 3, 5)
        own: dict[str, Any] = {"date": day, "kind": kind, "amount": amount}
        own |= {} if issues is None else {"issue": f"第{at}期"}
        disclosure = "内部" if hidden else None
        data = kept.model.model_validate({**own, **common, "disclosure": disclosure}, strict=False)
        records.append(Record(f"r{at}", f"data/money/2024/r{at}.yml", data))
    counted = {"collection": "money", "measure": "sum", "field": "amount"}
    figures = {
        id_: figure_entry(id_, "元", counted={**counted, "where": where})
        for id_, where in RULES.items()
    }
    for id_, where in RULES.items() if numbers else ():
        rule = {"collection": "money", "measure": "count", "where": where}
        figures[f"n_{id_}"] = figure_entry(f"n_{id_}", "次", counted=rule)
    archive = table_site([], figures).archive
    archive.collections, archive.records = {"money": kept}, {"money": records}
    list_all(archive)
    return Site(archive)


def hidden(*amounts: int) -> Amounts:
    """Internal records: two of the first kind, the others of the second."""
    return [("甲类" if at < 2 else "乙类", one, True) for at, one in enumerate(amounts)]


@pytest.mark.parametrize(
    ("amounts", "least", "masked"),
    [
        pytest.param(hidden(-5, 5), -10, [], id="together 0, which says nothing of each"),
        pytest.param(hidden(-5, 9, 20, 3), -10, [], id="one below 0"),
        pytest.param(hidden(0, 0, 20, 3), 0, ["first"], id="0 each, as none is below"),
        pytest.param(hidden(0, 0, 20, 3), -10, [], id="together 0 only"),
        pytest.param(hidden(-3, -3, 20, 3), -3, ["first"], id="the least each, as none is below"),
        pytest.param([("甲类", -5, True), *hidden(0, 0, 9)[2:], ("乙类", 3, True)], -10, ["first"], id="one alone"),
    ],
)  # fmt: skip
def test_what_is_masked_where_amounts_may_be_below_0(
    amounts: Amounts, least: int, masked: list[str]
) -> None:
    assert list(suppression(money(amounts, least)).figures) == masked


@pytest.mark.parametrize(
    ("amounts", "bounds", "masked"),
    [
        pytest.param(hidden(100, 100, 70, 80), (0, 100), ["first"], id="the most each"),
        pytest.param(hidden(100, 98, 70, 80), (0, 100), ["first"], id="almost the most each"),
        pytest.param(hidden(90, 60, 70, 80), (0, 100), [], id="50 to 100 each"),
        pytest.param(hidden(100, 100, 70, 80), (0, 1000), [], id="far from the most"),
        pytest.param(hidden(20, 20, 40, 80), (20, 1000), ["first"], id="the least each"),
        pytest.param(hidden(20, 21, 40, 80), (20, 1000), ["first"], id="almost the least each"),
        pytest.param(hidden(20, 30, 40, 80), (20, 1000), [], id="20 to 30 each"),
        pytest.param(hidden(7, 7, 3, 2), (-7, 7), ["first"], id="the most each, of a range about 0"),
    ],
)  # fmt: skip
def test_the_numbers_of_records_tell_no_amount_by_its_bounds(
    amounts: Amounts, bounds: tuple[int, int], masked: list[str]
) -> None:
    assert list(suppression(money(amounts, *bounds, numbers=True)).figures) == masked
    unknown = money(amounts, *bounds)  # how many records make the sum
    assert bounds[0] < 0 or list(suppression(unknown).figures) == []


def test_records_that_are_shown_are_known_without_their_number() -> None:
    """Of an internal field, whose bounds everybody knows: the most of a mark is 100."""
    rows = [(kind, amount, False) for kind, amount, _ in hidden(100, 100, 70, 80)]
    assert list(suppression(money(rows, 0, 100, public=False)).figures) == ["first"]
    assert list(suppression(money(rows, 0, 1000, public=False)).figures) == []


def test_a_gap_in_the_numbers_that_records_have_tells_of_a_hidden_one() -> None:
    amounts = hidden(100, 100, 70, 80)
    assert list(suppression(money(amounts, 0, 100, issues={})).figures) == ["first"]
    assert list(suppression(money(amounts, 0, 100, issues={"public": False})).figures) == []
    assert list(suppression(money(amounts, 0, 1000, issues={})).figures) == []


def test_of_a_kind_no_more_records_are_hidden_than_a_year_can_have() -> None:
    amounts = hidden(100, 100, 70, 80)
    assert list(suppression(money(amounts, 0, 100, yearly=True)).figures) == ["first"]
    assert list(suppression(money(amounts, 0, 1000, yearly=True)).figures) == []


def test_an_amount_that_may_be_left_out_has_no_least() -> None:
    amounts = hidden(20, 20, 40, 80)
    site = money(amounts, 20, numbers=True, need="可以空着")
    assert list(suppression(site).figures) == []


def test_what_is_derived_is_bounded_by_its_factors() -> None:
    site = money(hidden(9, 9, 3, 2), 0, 9, numbers=True)
    rule = {"collection": "money", "measure": "sum", "field": "twice", "where": RULES["first"]}
    site.archive.figures = {
        **{id_: one for id_, one in site.archive.figures.items() if id_.startswith("n_")},
        "twice": figure_entry("twice", "元", counted=rule),
    }
    assert list(suppression(Site(site.archive)).figures) == ["twice"]


def test_one_more_amount_where_some_may_be_below_0_is_not_the_difference_of_two_editions() -> None:
    before = hidden(9, -4, 12, 5)
    now = money([*before, ("乙类", 11, True)], -10)
    now.former = (as_published(money(before, -10)),)
    assert list(suppression(now).figures) == ["all"]
    now = money([*before, ("甲类", 30, False)], -10)  # it is public itself
    now.former = (as_published(money(before, -10)),)
    assert list(suppression(now).figures) == []


def test_what_changed_of_an_amount_below_0_is_not_told() -> None:
    """The sum of the others is as it was, so that the difference is that of one record."""
    before, now = (money([*hidden(-5, 9), ("乙类", one, True)], -10) for one in (-4, 6))
    now.former = (as_published(before),)
    assert "all" in suppression(now).figures
    now = money([*hidden(-5, 9), ("乙类", -4, True)], -10)
    now.former = (as_published(before),)
    assert list(suppression(now).figures) == list(suppression(before).figures)


@pytest.mark.parametrize(
    ("done", "masked"),
    [((1, 1, 1), ["all"]), ((1, "0.97", 1), ["all"]), (("0.5", "0.9", "0.7"), [])],
    ids=["the most each", "almost the most each", "far from the most"],
)
def test_what_is_derived_is_bounded_by_the_factors_that_are_shown(
    done: tuple[str, ...], masked: list[str]
) -> None:
    """Each of these marks has a most of its own."""
    fields = {
        "date": FIELDS["date"],
        "marks": {"label": "分值", "type": "整数", "unit": "分"},
        "done": {"label": "完成度", "type": "小数", "max": 1, "public": False},
    }
    derived = {"score": {"label": "得分", "how": "相乘", "first": ["marks × done"]}}
    described = {"label": "测评", "record": "一项", "fields": fields, "derived": derived}
    kept = collection("items", Ledger.model_validate(described, strict=False))
    common = {"source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}
    records: list[Record[Model]] = []
    for at, (marks, share) in enumerate(zip((5, 10, 20), done, strict=True)):
        own = {"date": date(2024, 3, 5), "marks": marks, "done": Decimal(share)}
        data = kept.model.model_validate({**own, **common}, strict=False)
        records.append(Record(f"r{at}", f"data/items/2024/r{at}.yml", data))
    counted = {"collection": "items", "measure": "sum", "field": "score"}
    archive = table_site([], {"all": figure_entry("all", "分", counted=counted)}).archive
    archive.collections, archive.records = {"items": kept}, {"items": records}
    list_all(archive)
    assert list(suppression(Site(archive)).figures) == masked


HOURS = {"type": "小数", "need": "可以不写", "unit": "小时", "max": 1000, "decimals": 2}
KIND = FIELDS["kind"]


@pytest.mark.parametrize(
    ("own", "field", "rows"),
    [
        pytest.param(
            {
                "people": {"label": "件数", "type": "整数", "unit": "件"},
                "each": {**HOURS, "label": "每件时长", "public": False},
                "total": {**HOURS, "label": "总时长"},
            },
            "hours",
            [
                {"people": 5, "total": 10, "each": None},
                {"people": 12, "total": None, "each": 3},
                {"people": 0, "total": None, "each": 8},
            ],
            id="derived from a public field, or from none",
        ),
        pytest.param(
            {"kind": KIND, "total": {**HOURS, "label": "总时长", "public": False, "only": {"kind": ["甲类"]}}},
            "total",
            [{"kind": "甲类", "total": 36}, *[{"kind": "乙类", "total": None}] * 2],
            id="filled in for one kind alone",
        ),
        pytest.param(
            {"per": {**HOURS, "label": "人均时长"}, "total": {**HOURS, "label": "总时长", "public": False}},
            "total",
            [{"per": None, "total": 36}, *[{"per": 2, "total": None}] * 2],
            id="one of two, where the other is filled in",
        ),
    ],
)  # fmt: skip
def test_what_other_fields_tell_of_an_internal_one_is_known(
    own: dict[str, Any], field: str, rows: list[dict[str, Any]]
) -> None:
    """So the sum of all is not shown together with all of the others: it is known what the one holds."""
    found = suppression(work(own, rows, field))
    assert len(found.figures) + len(found.records) == 1


def test_so_is_what_other_fields_told_when_they_were_public() -> None:
    total = {**HOURS, "label": "总时长", "public": False, "only": {"kind": ["甲类"]}}
    rows: list[dict[str, Any]] = [{"kind": "甲类", "total": 36}, *[{"kind": "乙类", "total": None}] * 2]  # fmt: skip
    then = as_published(work({"kind": KIND, "total": total}, rows))
    now = work({"kind": {**KIND, "public": False}, "total": total}, rows, "total")
    found = suppression(now)
    assert (list(found.figures), list(found.records)) == ([], [])
    now = Site(now.archive)
    now.former = (replace(then, unshown=frozenset({("work", "total")})),)
    found = suppression(now)
    assert len(found.figures) + len(found.records) == 1


def work(own: dict[str, Any], rows: list[dict[str, Any]], field: str = "") -> Site:
    """A site with a ledger of these fields and rows, and a figure that sums one of the fields."""
    first = ["total", "each × people"]
    derived = {"hours": {"label": "时长", "how": "相乘", "first": first}} if "each" in own else {}
    described = {"label": "工时", "record": "一次", "fields": {"date": FIELDS["date"], **own}}
    described["one_of"] = ["per", "total"] if "per" in own else []
    kept = collection(
        "work", Ledger.model_validate({**described, "derived": derived}, strict=False)
    )
    common = {"source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}
    records: list[Record[Model]] = []
    for at, row in enumerate(rows):
        data = kept.model.model_validate({"date": date(2024, 3, 5), **row, **common}, strict=False)
        records.append(Record(f"r{at}", f"data/work/2024/r{at}.yml", data))
    counted = {"collection": "work", "measure": "sum", "field": field}
    figures = {"all": figure_entry("all", "小时", counted=counted)} if field else {}
    archive = table_site([], figures).archive
    archive.collections, archive.records = {"work": kept}, {"work": records}
    list_all(archive)
    return Site(archive)
