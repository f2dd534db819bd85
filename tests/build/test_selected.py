"""Figures that count by an internal field in the public edition: none tells what a record says in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.build.editions.revisions import without_revisions
from archive.build.editions.suppression import suppression
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.ledger_model import collection
from archive.schema.ledgers import Ledger
from archive.schema.types import Model
from tests.samples.tables import as_published, figure_entry, list_all, table_site

Rows = Sequence[tuple[str, int, bool]]
"""The kind, the amount, and what the internal field says."""


def ledger(amounts: bool = True) -> Any:
    """The ledger, its amounts public or not."""
    fields = {
        "date": {"label": "日期", "type": "日期"},
        "kind": {"label": "类别", "type": "选择", "choices": ["甲类", "乙类"]},
        "amount": {"label": "金额", "type": "整数", "unit": "元", "public": amounts},
        "secret": {"label": "涉密", "type": "是否", "public": False},
    }
    described = {"label": "收支", "record": "一笔", "fields": fields}
    return collection("money", Ledger.model_validate(described, strict=False))


LEDGER = ledger()
Rule = tuple[bool, str]
"""Whether amounts are summed, and of which kind; of all if empty."""


def entry(rule: Rule, **more: Any) -> Any:
    """A public figure of the records whose internal field says true."""
    summed, kind = rule
    where = {"secret": "true"} | ({"kind": kind} if kind else {})
    measure = {"measure": "sum", "field": "amount"} if summed else {"measure": "count"}
    counted = {"collection": "money", "where": where, **measure}
    return figure_entry(f"{rule}", "元" if summed else "次", counted=counted, **more)


def site(rows: Rows, *rules: Rule, before: Sequence[Rows] = (), **more: Any) -> Site:
    """A site with these records and figures, and its editions before."""
    common = {"source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}
    records: list[Record[Model]] = []
    for at, (kind, amount, secret) in enumerate(rows):
        own = {"date": date(2024, 3, 5), "kind": kind, "amount": amount, "secret": secret}
        data = LEDGER.model.model_validate({**own, **common}, strict=False)
        records.append(Record(f"r{at}", f"data/money/2024/r{at}.yml", data))
    figures = {name(rule): entry(rule, **more) for rule in rules}
    archive = table_site([], figures).archive
    archive.collections, archive.records = {"money": LEDGER}, {"money": records}
    list_all(archive)
    found = Site(archive)
    found.former = tuple(published(site(each, *rules)) for each in before)
    return found


def published(one: Site) -> Any:
    """The edition, which had no column for the internal field."""
    return replace(as_published(one), unshown=frozenset({("money", "secret")}))


def name(rule: Rule) -> str:
    return ("sum" if rule[0] else "count") + {"": "", "甲类": "_first", "乙类": "_second"}[rule[1]]


COUNT, FIRST, SUM = (False, ""), (False, "甲类"), (True, "")
MIXED: Rows = [("甲类", 10, True), ("甲类", 10, False), ("甲类", 10, True), ("甲类", 10, True)]


@pytest.mark.parametrize(
    ("rows", "rules", "masked"),
    [
        pytest.param(MIXED, [COUNT], [], id="three of four"),
        pytest.param([*MIXED[:1], *MIXED[2:]], [COUNT], ["count"], id="three of three"),
        pytest.param([("甲类", 10, False)] * 4, [COUNT], ["count"], id="none of four"),
        pytest.param([*MIXED, ("乙类", 10, True)], [COUNT, FIRST], ["count"], id="four, and three of the kind"),
        pytest.param([*MIXED, ("乙类", 10, True), ("乙类", 9, False)], [COUNT, FIRST], [], id="one of two of the other kind"),
        pytest.param(MIXED, [SUM, COUNT], [], id="a sum of alike"),
        pytest.param([("甲类", one, one > 40) for one in (10, 21, 43, 87, 170)], [SUM], ["sum"], id="a sum that only these make"),
        pytest.param([("甲类", one, one in (2, 3, 6)) for one in range(1, 7)], [SUM, COUNT], [], id="two for two others"),
        pytest.param([("甲类", one, one > 3) for one in range(1, 7)], [SUM], [], id="one for two others"),
        pytest.param([("甲类", one, one > 3) for one in range(1, 7)], [SUM, COUNT], ["count"], id="the largest three"),
    ],
)  # fmt: skip
def test_which_records_are_counted_is_not_told(
    rows: Rows, rules: list[Rule], masked: list[str]
) -> None:
    found = suppression(site(rows, *rules))
    assert list(found.figures) == masked
    assert found.records == {}


def test_the_one_new_record_is_not_told_by_the_edition_before() -> None:
    for new in (True, False):
        found = suppression(site([*MIXED, ("甲类", 10, new)], COUNT, before=[MIXED]))
        assert (list(found.figures), found.records) == (["count"], {})
    two: Rows = [*MIXED, ("甲类", 10, True), ("甲类", 10, False)]
    assert suppression(site(two, COUNT, before=[MIXED])).figures == {}


def test_what_an_edition_before_showed_in_the_field_is_known() -> None:
    """It was public then, so that only what a new record says in it is not known."""
    then = (as_published(site(MIXED, COUNT)),)
    one: Rows = [("甲类", 10, True)]
    two: Rows = [*one, ("甲类", 10, False)]
    for more, masked in ((one, ["count"]), (two, []), ([*two, ("甲类", 9, False)], [])):
        now = site([*MIXED, *more], COUNT)
        now.former = then
        assert list(suppression(now).figures) == masked


def test_a_field_that_is_summed_and_was_public_is_known_too() -> None:
    """All are counted now, as their sum says, though the amounts are not shown today."""
    then, now = (site([("甲类", one, one > most) for one in range(1, 7)], SUM) for most in (3, 0))
    for known, masked in ((True, ["sum"]), (False, [])):
        now.archive.collections = {"money": ledger(amounts=False)}
        later = Site(now.archive)
        gone = [("money", "secret"), *([] if known else [("money", "amount")])]
        later.former = (replace(as_published(then), unshown=frozenset(gone)),)
        assert list(suppression(later).figures) == masked


def test_what_an_edition_before_showed_does_not_vanish_with_a_figure_that_chose_it() -> None:
    """Else a reader would know by what is missing which records were counted."""
    now: Rows = [("甲类", 10, at < 2) for at in range(4)]
    assert len(suppression(site(now, COUNT)).records) == 2
    found = suppression(site(now, COUNT, before=[MIXED]))
    assert (list(found.figures), found.records) == (["count"], {})


def test_a_number_of_a_release_is_without_its_records() -> None:
    """What it counts is not known then, but readers know the records of the editions before."""
    now = site(MIXED, COUNT, before=[MIXED])
    for former, masked in (((), []), (now.former, ["count"])):
        bare = site([], COUNT)
        bare.values = now.values
        bare.former = tuple(replace(one, figures={}, values={}) for one in former)
        assert list(suppression(bare).figures) == masked


def test_nor_do_its_revisions_tell_one() -> None:
    change = {"kind": "修订", "date": date(2026, 2, 1), "old": 2, "new": 3, "reason": "漏计"}
    assert without_revisions(site(MIXED, COUNT, revisions=[change])) == {"count"}


ROWS = st.lists(st.tuples(st.sampled_from(["甲类", "乙类"]), st.integers(0, 5), st.booleans()), min_size=1, max_size=6)  # fmt: skip
RULES = [(summed, kind) for summed in (True, False) for kind in ("", "甲类", "乙类")]


def numbers(rows: Rows, told: Sequence[bool], rules: Sequence[Rule]) -> Mapping[Rule, int]:
    return {
        (summed, kind): sum(
            (row[1] if summed else 1)
            for row, one in zip(rows, told, strict=True)
            if one and kind in ("", row[0])
        )
        for summed, kind in rules
    }


@given(ROWS, st.lists(st.sampled_from(RULES), unique=True, min_size=1, max_size=4), st.integers(0, 2), st.booleans())  # fmt: skip
def test_no_small_table_tells_of_a_record_that_it_shows(
    rows: Rows, rules: list[Rule], new: int, was_public: bool
) -> None:
    """All that each record may say in the internal field is tried, with the edition before as well."""
    old = rows[: len(rows) - new]
    now = site(rows, *rules, before=[old] if old and new else [])
    if was_public:
        now.former = tuple(replace(one, unshown=frozenset()) for one in now.former)
    said = [
        at
        for one in now.former
        for at in range(len(old))
        if was_public and ("money", f"r{at}") in one.public
    ]
    masked = suppression(now)
    shown = [rule for rule in rules if name(rule) not in masked.figures]
    then = [rule for rule in rules for one in now.former if name(rule) in one.values]
    true = [secret for _, _, secret in rows]

    def worlds(now_shown: list[Rule]) -> list[tuple[bool, ...]]:
        found = (numbers(rows, true, now_shown), numbers(old, true[: len(old)], then))
        return [
            one
            for one in product((True, False), repeat=len(rows))
            if (numbers(rows, one, now_shown), numbers(old, one[: len(old)], then)) == found
            and all(one[at] == true[at] for at in said)
        ]

    def known(now_shown: list[Rule]) -> set[int]:
        every = worlds(now_shown)
        touched = {
            at
            for at, row in enumerate(rows)
            for summed, kind in shown
            if kind in ("", row[0]) and (row[1] or not summed)
        }
        return {at for at in touched if len({one[at] for one in every}) == 1}

    seen = {at for at in range(len(rows)) if ("money", f"r{at}") not in masked.records}
    assert known(shown) & seen <= known([])


@pytest.mark.parametrize(
    ("only", "one_of", "masked"),
    [({}, [], []), ({"kind": ["甲类"]}, [], ["all"]), ({}, ["kind", "grade"], ["all"])],
    ids=["of any", "of one kind", "of one that says no kind"],
)
def test_a_record_that_has_no_such_field_is_not_thought_to_be_counted(
    only: dict[str, list[str]], one_of: list[str], masked: list[str]
) -> None:
    """All records that can be counted are: what each of them says is told."""
    fields: dict[str, Any] = {
        "date": {"label": "日期", "type": "日期"},
        "kind": {"label": "类别", "type": "选择", "choices": ["甲类", "乙类"], "need": "可以不写"},
        "grade": {"label": "密级", "type": "选择", "choices": ["高", "低"], "need": "可以不写"},
    }
    fields["grade"] |= {"public": False, "only": only}
    described = {"label": "来件", "record": "一件", "fields": fields, "one_of": one_of}
    kept = collection("letters", Ledger.model_validate(described, strict=False))
    common = {"source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}
    records: list[Record[Model]] = []
    first = None if one_of else "甲类"
    for at, (kind, grade) in enumerate([(first, "高")] * 3 + [("乙类", None)] * 3):
        own = {"date": date(2024, 3, 5), "kind": kind, "grade": grade}
        data = kept.model.model_validate({**own, **common}, strict=False)
        records.append(Record(f"r{at}", f"data/letters/2024/r{at}.yml", data))
    counted = {"collection": "letters", "measure": "count", "where": {"grade": "高"}}
    archive = table_site([], {"all": figure_entry("all", "件", counted=counted)}).archive
    archive.collections, archive.records = {"letters": kept}, {"letters": records}
    list_all(archive)
    assert list(suppression(Site(archive)).figures) == masked


@pytest.mark.parametrize(
    ("named", "counted", "masked"),
    [
        ("aaa", "a", ["all"]),
        ("aaac", "a", ["all"]),
        ("aaab", "a", []),
        ("abbb", "a", ["all"]),
        ("aacc", "c", []),
    ],
    ids=["all there are", "all but one that names a public one", "three of four", "a single one", "a public one"],
)  # fmt: skip
def test_which_records_name_one_that_is_not_public_is_not_told(
    named: str, counted: str, masked: list[str]
) -> None:
    """They say 不公开 of it; `a` and `b` are internal, `c` is public."""
    assert list(suppression(letters(named, counted)).figures) == masked


def test_which_one_a_record_named_when_that_was_public_is_known() -> None:
    then = as_published(letters("aaab", "a", hidden="b"))
    for named, masked in (("aaaba", ["all"]), ("aaabb", ["all"]), ("aaabab", [])):
        now = letters(named, "a")
        now.former = (then,)
        assert list(suppression(now).figures) == masked


def letters(named: str, counted: str, hidden: str = "ab") -> Site:
    """A site with records that name others, and a figure that counts those that name one."""
    fields: dict[str, Any] = {
        "date": {"label": "日期", "type": "日期"},
        "event": {"label": "为哪一笔", "type": "引用", "of": "money"},
    }
    described = {"label": "来信", "record": "一封", "fields": fields}
    kept = collection("letters", Ledger.model_validate(described, strict=False))
    day = {"date": date(2024, 3, 5), "source": "账簿", "evidence": (), "recorder": "办公室", "reviewer": None}  # fmt: skip
    events: list[Record[Model]] = []
    for id_ in "abc":
        own = {
            **day,
            "kind": "甲类",
            "amount": 1,
            "secret": False,
            "disclosure": "内部" if id_ in hidden else None,
        }
        data = LEDGER.model.model_validate(own, strict=False)
        events.append(Record(id_, f"data/money/2024/{id_}.yml", data))
    letters: list[Record[Model]] = [
        Record(f"r{at}", f"data/letters/2024/r{at}.yml", kept.model.model_validate({**day, "event": one}, strict=False))
        for at, one in enumerate(named)
    ]  # fmt: skip
    rule = {"collection": "letters", "measure": "count", "where": {"event": counted}}
    archive = table_site([], {"all": figure_entry("all", "件", counted=rule)}).archive
    archive.collections = {"letters": kept, "money": LEDGER}
    archive.records = {"letters": letters, "money": events}
    list_all(archive)
    return Site(archive)
