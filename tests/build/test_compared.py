"""The next public edition compared with those published before: no difference tells a hidden record."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from archive.build.editions.reasons import Reason
from archive.build.editions.suppressed import missing_lines
from archive.build.editions.suppression import suppression
from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.register import Figure
from archive.schema.types import Model
from tests.samples.oracle import needless, open_to, parts_open_to
from tests.samples.tables import (
    SPAN,
    activity_record,
    as_published,
    counted,
    figure_entry,
    summed,
    table_site,
)

FIGURES = {
    "activities": figure_entry("活动", "次", counted=counted()),
    "services": figure_entry("服务人次", counted=summed("services")),
    "hours": figure_entry("时长", "小时", counted=summed("hours")),
}
Records = list[Record[Model]]
BEFORE: Records = [
    *(activity_record(f"public-{at}", 20, hours_total=40) for at in range(70)),
    activity_record("few-1", 5, hours_total=8),
    activity_record("few-2", 7, hours_total=9),
]
FEW = activity_record("new", 2, hours_total=4)


def after(more: Records, *editions: Records, figures: dict[str, Figure] = FIGURES) -> Site:
    """A site with these records, and with an edition published before for each list of `editions`."""
    former: list[Any] = []
    for at, records in enumerate(editions):
        then = table_site(records, figures)
        then.former = tuple(former)
        former.append(as_published(then, f"第 {at + 1} 次"))
    site = table_site(more, figures)
    site.former = tuple(former)
    return site


def masked(site: Site) -> list[str]:
    return list(suppression(site).figures)


def also_hidden(site: Site) -> list[str]:
    return [id_ for (_, id_), why in suppression(site).records.items() if why.protects]


def test_one_more_hidden_record_is_not_told_by_what_changed() -> None:
    """72 activities become 73, services are 2 more and hours 4 more, all of them its own."""
    site = after([*BEFORE, FEW], BEFORE)
    assert [site.values[id_].exact for id_ in FIGURES] == [73, 1414, 2821]
    assert site.former[0].values == {"activities": 72, "services": 1412, "hours": 2817}
    assert suppression(site).figures == {
        "services": Reason("从属抑制", "", (("volunteering", "new"),), before=True),
        "hours": Reason("从属抑制", "", (("volunteering", "new"),), before=True),
    }


def test_without_an_edition_before_it_is_one_of_three() -> None:
    assert masked(after([*BEFORE, FEW])) == []


def test_nothing_is_held_when_nothing_hidden_changed() -> None:
    assert masked(after(BEFORE, BEFORE)) == []
    more = activity_record("more", 30, hours_total=60)
    assert masked(after([*BEFORE, more], BEFORE)) == []  # it is public itself


def test_nothing_is_held_when_enough_changed() -> None:
    site = after([*BEFORE, FEW, activity_record("too", 9, services=10, hours_total=3)], BEFORE)
    assert (masked(site), also_hidden(site)) == ([], [])


def test_a_new_public_record_may_hide_it() -> None:
    site = after([*BEFORE, FEW, activity_record("more", 30, hours_total=60)], BEFORE)
    assert (masked(site), also_hidden(site)) == ([], ["more"])


def test_what_is_held_is_shown_again_when_enough_changed_since_it_was_shown() -> None:
    """The last edition does not have it, so that the one before counts."""
    with_one = [*BEFORE, FEW]
    assert masked(after(with_one, BEFORE, with_one)) == ["services", "hours"]
    with_two = [*with_one, activity_record("too", 9, services=10, hours_total=3)]
    assert masked(after(with_two, BEFORE, with_one)) == []


def test_an_edition_earlier_than_the_last_counts_too() -> None:
    """Against the last alone eleven people are new, against the first only two of another kind."""
    kinds = {**FIGURES, "kind": figure_entry("学雷锋", counted=summed("services", kind="学雷锋"))}
    first = [*BEFORE, activity_record("k", 30, kind="学雷锋"), activity_record("k1", 6, kind="学雷锋"), activity_record("k2", 8, kind="学雷锋")]  # fmt: skip
    second = [one for one in first if one.id not in ("k1", "k2")]
    third = [*first, activity_record("k3", 2, kind="学雷锋")]
    site = after(third, first, second, figures=kinds)
    assert "kind" in site.former[0].values
    assert "kind" in masked(site)


@pytest.mark.parametrize(("people", "held"), [(5, []), (7, ["services"]), (3, ["services"]), (30, [])])  # fmt: skip
def test_a_hidden_record_that_changed(people: int, held: list[str]) -> None:
    changed = activity_record("few-1", people, hours_total=8, disclosure="内部")
    assert masked(after([one if one.id != "few-1" else changed for one in BEFORE], BEFORE)) == held


def test_a_hidden_record_that_was_deleted() -> None:
    assert masked(after(BEFORE[:-2] + BEFORE[-1:], BEFORE)) == ["services", "hours"]


def test_a_record_shown_before_does_not_hide_another() -> None:
    """Its numbers are known, though it is hidden now."""
    inside = [activity_record("public-0", 20, hours_total=40, disclosure="内部"), *BEFORE[1:], FEW]
    site = after(inside, BEFORE)
    assert masked(site) == ["services", "hours"]


@pytest.mark.parametrize("later", [None, 25], ids=["deleted", "changed"])
def test_nor_in_an_edition_that_hid_it_between(later: int | None) -> None:
    """Of three hidden records each edition has another two, and the second one the record that the first showed."""
    a, b, c = (
        activity_record(id_, 8, services=many) for id_, many in zip("abc", (6, 7, 8), strict=True)
    )
    rest = BEFORE[:3]
    first = [a, b, activity_record("x", 40), *rest]
    second = [b, c, activity_record("x", 40, disclosure="内部"), *rest]
    left = [activity_record("x", later)] if later else []
    figures = {"services": FIGURES["services"]}
    site = after([a, c, *left, *rest], first, second, figures=figures)
    assert [list(one.values) for one in site.former] == [["services"], ["services"]]
    assert len(masked(site)) + len(also_hidden(site)) > 0


@pytest.mark.parametrize(
    ("first", "others", "hidden"),
    [
        ((10, 5), [40], ["other"]),
        ((10, 20), [40], ["other"]),
        ((10, None), [40], ["other"]),
        ((10, 10), [40, 40], ["other"]),
    ],
    ids=["less than before", "more than before", "deleted", "hidden"],
)
def test_nor_is_the_one_told_by_a_sum_that_is_no_more(
    first: tuple[int, int | None], others: list[int], hidden: list[str]
) -> None:
    """All were hidden and their sum public; the others are shown today, but not all, and no figure sums them."""
    was, now = first
    names = ("one", "other", "third")
    then = [
        activity_record(id_, 20, hours_total=hours, disclosure="内部")
        for id_, hours in zip(names, (was, *others), strict=False)
    ]
    one = activity_record("one", 20, hours_total=now, disclosure="内部" if now == was else None)
    shown = [
        activity_record(id_, 20, hours_total=hours)
        for id_, hours in zip(names[1:], others, strict=False)
    ]
    site = table_site([*([one] if now else []), *shown], {})
    site.former = (as_published(table_site(then, {"hours": FIGURES["hours"]})),)
    assert site.former[0].values == {"hours": was + sum(others)}
    assert also_hidden(site) == hidden


def test_one_of_two_that_were_hidden_stays_hidden() -> None:
    """Their sum was public, so that the one would tell the other."""
    few = activity_record("few", 4)
    other = activity_record("other", 15, disclosure="内部")
    site = after([few, activity_record("other", 15), *BEFORE[:3]], [few, other, *BEFORE[:3]])
    assert (masked(site), also_hidden(site)) == ([], ["other"])


def test_a_longer_period() -> None:
    """The new figure has another rule, and the old one stays known."""
    year = {**SPAN, "end": date(2024, 12, 31)}
    then = {"services": figure_entry("服务人次", counted=summed("services"), period=year)}
    before = table_site(BEFORE, then)
    site = table_site([*BEFORE, activity_record("later", 2, date=date(2025, 3, 1))], FIGURES)
    site.former = (as_published(before),)
    assert masked(site) == ["services"]


@pytest.mark.parametrize(
    ("new", "held"), [(30, []), (32, ["a"]), (25, ["a"]), (40, []), (100, [])]
)  # fmt: skip
def test_an_entered_figure(new: int, held: list[str]) -> None:
    site = table_site([], {"a": figure_entry("a", value=new)})
    site.former = (as_published(table_site([], {"a": figure_entry("a", value=30)})),)
    found = suppression(site).figures
    assert list(found) == held
    why = "与 2026-03-01 的公开版（示例）相差太小，须等变动够大再公开"
    assert [one.why for one in found.values()] == [why for _ in held]


def test_what_readers_saw_before_is_masked_last() -> None:
    """Before, the smaller of the other parts was masked; today it is larger than the one shown."""

    def of(whole: int, **parts: int) -> Site:
        figures = {id_: figure_entry(id_, value=one, part_of="whole") for id_, one in parts.items()}
        return table_site([], {"whole": figure_entry("whole", value=whole), **figures}, least=5)

    then, now = of(100, a=3, b=47, c=50), of(105, a=3, b=52, c=50)
    assert (masked(then), masked(now)) == (["a", "b"], ["a", "c"])
    now = of(105, a=3, b=52, c=50)
    now.former = (as_published(then),)
    assert masked(now) == ["a", "b"]


def until(end: date) -> dict[str, Any]:
    return {**SPAN, "end": end}


ENTERED = figure_entry("走访", "人", value=100, definition="走访的人")


@pytest.mark.parametrize(
    ("id_", "now", "held"),
    [
        ("b", figure_entry("走访", "人", value=102, definition="另一种"), True),  # another id
        ("b", figure_entry("走访群众", "人", value=102, definition="走访的人"), True),
        ("a", figure_entry("走访", "人", value=102, definition="走访的人。"), True),
        ("a", figure_entry("走访", "名", value=102, definition="走访的人"), True),
        ("a", figure_entry("走访", "人", value=102, period=until(date(2025, 12, 30))), True),
        ("b", figure_entry("走访", "人", value=110, definition="走访的人"), False),
        ("b", figure_entry("走访", "人", value=100, definition="走访的人"), False),
        ("b", figure_entry("走访", "次", value=102, definition="走访的人"), False),
        ("b", figure_entry("走访群众", "人", value=102, definition="另一种"), False),
        ("a", figure_entry("走访", "人", value=102, period={**until(date(2026, 12, 31)), "start": date(2026, 1, 1)}), False),
    ],
)  # fmt: skip
def test_a_figure_under_another_id_or_in_other_words(id_: str, now: Figure, held: bool) -> None:
    site = table_site([], {id_: now})
    site.former = (as_published(table_site([], {"a": ENTERED})),)
    assert masked(site) == ([id_] if held else [])


def test_a_new_figure_beside_the_one_it_is_like() -> None:
    """The old one is still there with its number; if that is another, the new one may be the old."""
    new = figure_entry("走访", "人", value=102)
    site = table_site([], {"a": ENTERED, "b": new})
    site.former = (as_published(table_site([], {"a": ENTERED})),)
    assert masked(site) == []
    inside = figure_entry("走访", "人", value=102, definition="走访的人", disclosure="内部")
    site = table_site([], {"a": inside, "b": new})
    site.former = (as_published(table_site([], {"a": ENTERED})),)
    assert list(suppression(site).figures) == ["a", "b"]
    why = "与 2026-03-01 的公开版（示例）里的指标 a（走访）相差太小，须等变动够大再公开"
    assert suppression(site).figures["b"].why == why


def test_what_was_counted_is_entered_under_another_id() -> None:
    services = {"services": FIGURES["services"]}
    then = as_published(table_site(BEFORE, services))
    site = table_site([*BEFORE, FEW], {"new": figure_entry("服务人次", value=1414)})
    site.former = (then,)
    assert masked(site) == ["new"]
    site = table_site([*BEFORE, FEW], {"new": figure_entry("另一名", counted=summed("services"))})
    site.former = (type(then)(then.name, then.as_of, then.figures, then.values, {}, frozenset()),)
    assert masked(site) == ["new"]  # by the rule


@pytest.mark.parametrize(("day", "held"), [(date(2026, 1, 1), True), (date(2026, 12, 31), False)])
def test_a_number_of_another_day(day: date, held: bool) -> None:
    """Those of two ends of a year are two numbers."""
    then, now = (
        {"a": figure_entry("职工", "人", value=value, period={"kind": "时点", "start": None, "end": end})}
        for value, end in ((100, date(2025, 12, 31)), (102, day))
    )  # fmt: skip
    site = table_site([], now)
    site.former = (as_published(table_site([], then)),)
    assert masked(site) == (["a"] if held else [])


def test_an_edition_whose_records_are_not_known_any_more() -> None:
    """Number is compared with number; hours may be those of one record, so any change is held."""
    site = table_site([*BEFORE, activity_record("more", 9, hours_total=60)], FIGURES)
    former = as_published(table_site(BEFORE, FIGURES))
    site.former = (type(former)(former.name, former.as_of, former.figures, former.values, {}, frozenset()),)  # fmt: skip
    assert masked(site) == ["services", "hours"]


ROW = st.tuples(st.integers(0, 4), st.sampled_from(("学雷锋", "其他")), st.sampled_from(("村", "社区")), st.booleans())  # fmt: skip
RULES: list[dict[str, str]] = [{}, {"kind": "学雷锋"}, {"kind": "其他"}, {"place": "村"}]


@given(st.lists(ROW, max_size=4), st.lists(ROW, max_size=2), st.lists(st.sampled_from(range(4)), unique=True, min_size=1))  # fmt: skip
def test_no_two_small_editions_tell_anything(
    rows: list[tuple[int, str, str, bool]], more: list[tuple[int, str, str, bool]], rules: list[int]
) -> None:
    records = [
        activity_record(f"r{at}", amount, kind=kind, place=place, disclosure="内部" if hidden else None)
        for at, (amount, kind, place, hidden) in enumerate(rows + more)
    ]  # fmt: skip
    figures = {f"f{one}": figure_entry(f"f{one}", counted=summed(**RULES[one])) for one in rules}
    then, site = (table_site(one, figures, least=3) for one in (records[: len(rows)], records))
    site.former = (as_published(then),)
    found = suppression(site)
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    assert open_to(site, found.figures.keys(), chosen, "participants", 3) == []
    assert needless(site, found, 3) == []


@given(
    st.lists(ROW, min_size=1, max_size=4),
    st.lists(ROW, max_size=1),
    st.lists(
        st.tuples(st.sampled_from(range(4)), st.booleans()),
        unique_by=lambda one: one[0],
        min_size=1,
    ),
)
@example(
    [(3, "其他", "社区", False), (4, "学雷锋", "村", True)], [], [(2, False), (1, True), (0, True)]
)
def test_a_figure_that_is_internal_now_hides_nothing_it_does_not(
    rows: list[tuple[int, str, str, bool]],
    more: list[tuple[int, str, str, bool]],
    rules: list[tuple[int, bool]],
) -> None:
    """The first figure is masked though its records were shown; some figures are new."""
    records = [
        activity_record(
            f"r{at}", amount, kind=kind, place=place, disclosure="内部" if hidden else None
        )
        for at, (amount, kind, place, hidden) in enumerate(rows + more)
    ]
    figures = {f"f{one}": figure_entry(f"f{one}", counted=summed(**RULES[one])) for one, _ in rules}
    old = {f"f{one}": figures[f"f{one}"] for one, new in rules if not new}
    first = next(iter(figures))
    now = {**figures, first: figures[first].model_copy(update={"disclosure": "内部"})}
    then, site = table_site(records[: len(rows)], old, least=3), table_site(records, now, least=3)
    site.former = (as_published(then),)
    found = suppression(site)
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    told = set(open_to(site, found.figures.keys(), chosen, "participants", 3))
    if (
        told
    ):  # what follows though all is hidden, and a number that is the same, cannot be taken back
        every = [("volunteering", one.id) for one in records]
        told -= set(open_to(site, figures.keys(), every, "participants", 3))
        told -= {
            f"figure {id_}"
            for id_, one in site.former[0].values.items()
            if one == site.values[id_].exact
        }
    assert told == set()


@given(st.lists(ROW, max_size=4), st.lists(ROW, max_size=2), st.lists(st.sampled_from(range(4)), unique=True, min_size=1))  # fmt: skip
def test_no_two_small_editions_with_their_numbers_of_records_tell_anything(
    rows: list[tuple[int, str, str, bool]], more: list[tuple[int, str, str, bool]], rules: list[int]
) -> None:
    """Each record is of at least one person, so that what it holds above that is tried."""

    def made(above: int) -> Records:
        return [
            activity_record(f"r{at}", amount + above, kind=kind, place=place, disclosure="内部" if hidden else None)
            for at, (amount, kind, place, hidden) in enumerate(rows + more)
        ]  # fmt: skip

    sums = {f"f{one}": figure_entry(f"f{one}", counted=summed(**RULES[one])) for one in rules}
    all_ = sums | {f"n{one}": figure_entry(f"n{one}", "次", counted=counted(**RULES[one])) for one in rules}  # fmt: skip
    now, low = made(1), made(0)
    then, site = (table_site(one, all_, least=3) for one in (now[: len(rows)], now))
    site.former = (as_published(then),)
    then_above, above = (table_site(one, sums, least=3) for one in (low[: len(rows)], low))
    values = {id_: number for id_, one in then_above.values.items() if id_ in site.former[0].values and (number := one.exact) is not None}  # fmt: skip
    former = site.former[0]
    above.former = (FormerEdition(former.name, former.as_of, sums, values, then_above.archive.records, former.public),)  # fmt: skip
    found = suppression(site)
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    told = open_to(above, found.figures.keys(), chosen, "participants", 3)
    assert [one for one in told if one.startswith("record")] == []


@given(
    st.lists(ROW, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), ROW)), max_size=2),
    st.lists(st.sampled_from(range(4)), unique=True, min_size=1),
)
@example(
    [(0, "学雷锋", "村", False), (3, "学雷锋", "村", False)],
    [(1, (3, "学雷锋", "社区", False))],
    [3],
)
def test_no_change_of_records_tells_anything(
    rows: list[tuple[int, str, str, bool]],
    changes: list[tuple[int, tuple[int, str, str, bool] | None]],
    rules: list[int],
) -> None:
    """Records are changed, or deleted: what they were is as secret as what they are."""

    def made(at: int, row: tuple[int, str, str, bool]) -> Record[Model]:
        return activity_record(
            f"r{at}", row[0], kind=row[1], place=row[2], disclosure="内部" if row[3] else None
        )

    before = {at: made(at, row) for at, row in enumerate(rows)}
    now = dict(before)
    gone = {rows[at][:3] for at, row in changes if row is None and at < len(rows)}
    # One that says the same as a deleted one is taken for it.
    assume(gone.isdisjoint(row[:3] for _, row in changes if row))
    for at, row in changes:
        if row is None:
            now.pop(at, None)
        else:
            now[at] = made(at, row)
    figures = {f"f{one}": figure_entry(f"f{one}", counted=summed(**RULES[one])) for one in rules}
    then, site = (table_site(one.values(), figures, least=3) for one in (before, now))
    site.former = (as_published(then),)
    found = suppression(site)
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    # A number that was published and is the same today cannot be taken back.
    out = {
        f"figure {id_}"
        for id_, one in site.former[0].values.items()
        if one == site.values[id_].exact
    }
    assert set(open_to(site, found.figures.keys(), chosen, "participants", 3)) <= out


def test_a_record_whose_file_was_renamed_is_the_same() -> None:
    """Readers know it by what it says; it hides nothing that is new."""
    renamed = activity_record("renamed", 20, hours_total=40)
    site = after([renamed, *BEFORE[1:], FEW], BEFORE)
    assert (masked(site), also_hidden(site)) == (["services", "hours"], [])


def test_a_record_that_was_renamed_and_put_in_better_words_is_the_same() -> None:
    renamed = activity_record("renamed", 20, hours_total=40, title="示例活动（更名）")
    others = [activity_record(f"other-{at}", 21 + at, hours_total=41 + at) for at in range(3)]
    old = [activity_record("public", 20, hours_total=40), *others, *BEFORE[-2:]]
    site = after([renamed, *others, *BEFORE[-2:], FEW], old)
    assert (masked(site), also_hidden(site)) == (["services", "hours"], [])


def test_two_records_that_exchanged_their_files_are_the_same() -> None:
    one, two = activity_record("one", 15), activity_record("two", 30)
    changed = [activity_record("one", 30), activity_record("two", 15)]
    site = after([*changed, *BEFORE[-2:], FEW], [one, two, *BEFORE[-2:]])
    assert (masked(site), also_hidden(site)) == (["services", "hours"], [])


def test_of_two_records_that_say_the_same_one_was_shown() -> None:
    """A second one that says the same is another, so that it may hide what is new."""
    few = {"services": FIGURES["services"]}
    more = [*BEFORE[:1], *BEFORE[-2:], FEW, activity_record("again", 20, hours_total=40)]
    site = after(more, [*BEFORE[:1], *BEFORE[-2:]], figures=few)
    assert (masked(site), also_hidden(site)) == ([], ["again"])


def without_records(edition: FormerEdition, rows: Records) -> FormerEdition:
    """An edition whose commit is not at hand; its rows are those of these records of today."""
    public = frozenset(("volunteering", one.id) for one in rows)
    return replace(edition, records={"volunteering": rows}, public=public, missing="0123456789ab")


def test_without_the_commit_any_change_of_a_sum_is_held() -> None:
    """Forty are public, and two are the difference."""
    more = [*BEFORE, FEW, activity_record("more", 40)]
    site = table_site(more, {"services": FIGURES["services"]})
    site.former = (without_records(as_published(table_site(BEFORE, FIGURES)), BEFORE[:70]),)
    assert masked(site) == ["services"]
    assert suppression(site).figures["services"].why == (
        "与 2026-03-01 的公开版（示例）不同，当时的记录无从核对，差的可能就是一条隐去的记录"
    )
    assert list(missing_lines(site)) == [
        "未逐条比较：2026-03-01 的公开版（示例）：仓库里须有它的提交 0123456789ab，现在没有，"
        "由记录核对不了的合计，变了的都隐去；请运行 git fetch --unshallow，或者 git fetch 原来的仓库"
    ]


def test_without_the_commit_what_did_not_change_is_shown() -> None:
    site = table_site(BEFORE, FIGURES)
    site.former = (without_records(as_published(table_site(BEFORE, FIGURES)), BEFORE[:70]),)
    assert masked(site) == []


def test_without_the_commit_new_sums_do_not_make_up_an_old_one() -> None:
    """The total is no figure any more, and the kinds are new; together they tell it."""
    more = [*BEFORE, FEW, activity_record("more", 40, kind="学雷锋"), activity_record("too", 40, kind="学雷锋")]  # fmt: skip
    kinds = {
        "one": figure_entry("学雷锋", counted=summed("services", kind="学雷锋")),
        "two": figure_entry("其余", counted=summed("services", kind="其他")),
    }
    site = table_site(more, kinds)
    site.former = (without_records(as_published(table_site(BEFORE, FIGURES)), BEFORE[:70]),)
    assert masked(site) == ["one", "two"]


def test_without_the_commit_a_row_that_was_shown_is_known() -> None:
    """Though it is hidden now, it hides no other."""
    inside = [
        activity_record("public-0", 20, hours_total=40, disclosure="内部"),
        *BEFORE[1:70],
        FEW,
    ]
    site = table_site(inside, {"services": FIGURES["services"]})
    assert masked(site) == []
    site = table_site(inside, {"services": FIGURES["services"]})
    site.former = (without_records(as_published(table_site([], {})), inside[:-1]),)
    assert masked(site) == ["services"]


def parts_of(whole: Any, **parts: Any) -> Site:
    """A site with an entered whole and its parts: a number each, or a number and what else is said."""
    figures = {}
    for id_, one in {"whole": whole, **parts}.items():
        value, more = one if isinstance(one, tuple) else (one, {})
        part_of = None if id_ == "whole" else "whole"
        figures[id_] = figure_entry(id_, value=value, part_of=part_of, **more)
    return table_site([], figures, least=3)


def next_to(site: Site, *before: Site) -> Site:
    former: list[FormerEdition] = []
    for one in before:
        one.former = tuple(former)
        former.append(as_published(one))
    site.former = tuple(former)
    return site


@pytest.mark.parametrize(
    ("now", "held"),
    [
        ({"whole": 24, "a": 8, "b": 14, "c": 2}, ["b", "c"]),  # b + c = 16 is known from before
        ({"whole": 36, "a": 15, "b": 14, "c": 7}, ["b", "c"]),  # b would tell what c was
        ({"whole": 31, "a": 15, "b": 14, "c": 2}, ["b", "c"]),
        ({"whole": 60, "a": 15, "b": 20, "c": 25}, []),
    ],
)
def test_entered_parts_beside_those_of_an_edition_before(
    now: dict[str, int], held: list[str]
) -> None:
    before = parts_of(31, a=15, b=14, c=2)
    assert masked(before) == ["b", "c"]
    assert masked(next_to(parts_of(**now), before)) == held


def test_a_part_under_another_id_beside_an_edition_before() -> None:
    before = parts_of(31, a=15, b=(14, {"definition": "乙类"}), c=2)
    now = parts_of(24, a=8, other=(14, {"definition": "乙类"}), c=2)
    assert masked(next_to(now, before)) == ["other", "c"]


def revision(old: int, new: int) -> dict[str, Any]:
    change = {"kind": "修订", "date": date(2026, 2, 1), "old": old, "new": new, "reason": "补录"}
    return {"revisions": [change]}


@pytest.mark.parametrize(
    ("site", "held"),
    [
        (parts_of((35, revision(30, 35)), a=14, b=14), ["a"]),  # before, two were neither a nor b
        (parts_of((35, revision(32, 35)), a=14, b=14), []),
        (parts_of(30, a=(14, revision(18, 14)), b=11), ["b"]),
        (parts_of((35, revision(30, 35)), a=(14, revision(9, 14)), b=14), []),
    ],
)
def test_what_the_number_before_a_revision_tells_of_the_others(site: Site, held: list[str]) -> None:
    assert masked(site) == held


def test_a_revision_shown_before_beside_parts_that_are_shown_now() -> None:
    """What was printed stays known."""
    before = parts_of((35, revision(30, 35)), a=14, b=(14, {"disclosure": "内部"}))
    assert masked(before) == ["b"]
    assert masked(next_to(parts_of(35, a=14, b=14), before)) == ["b"]


INTERNAL = {"disclosure": "内部"}


@pytest.mark.parametrize(
    ("before", "held"),
    [
        (parts_of(9, a=1, b=2, c=2), ["whole", "a", "b"]),
        (parts_of((9, revision(5, 9)), a=1, b=2, c=2), ["whole", "a", "b"]),
        (parts_of((13, revision(9, 13)), a=1, b=2, c=2), ["whole", "a", "b"]),  # it is 9 again
        (parts_of((9, {"definition": "全部"}), a=1, b=2, c=2), ["whole", "a", "b"]),
        (parts_of(9, a=1, b=4, c=2), ["whole", "a", "c"]),  # b was shown as well
        (parts_of(12, a=1, b=2, c=2), ["whole", "a"]),  # a reader takes it to be 12
        (parts_of((9, {"period": until(date(2022, 12, 31)) | {"start": date(2022, 1, 1)}}), a=1, b=2, c=2), ["whole", "a"]),
        (parts_of((9, INTERNAL), a=1, b=2, c=2), ["whole", "a"]),
    ],
)  # fmt: skip
def test_a_whole_that_was_shown_before_hides_none_of_its_parts(
    before: Site, held: list[str]
) -> None:
    assert masked(next_to(parts_of((9, INTERNAL), a=0, b=4, c=4), before)) == held


def test_what_was_shown_two_editions_before_is_known() -> None:
    first, second = parts_of(9, a=1, b=2, c=2), parts_of((9, INTERNAL), a=1, b=2, c=2)
    assert masked(next_to(parts_of((9, INTERNAL), a=0, b=4, c=4), first, second)) == ["whole", "a", "b"]  # fmt: skip


def test_a_number_shown_before_stays_hidden_from_readers_of_this_edition_alone() -> None:
    """Its own secret is told to others already, but the new edition does not tell it again."""
    before = parts_of(50, a=8, b=14, c=28)
    assert masked(before) == []
    assert masked(next_to(parts_of(50, a=(8, INTERNAL), b=14, c=28), before)) == ["a", "b"]


def test_a_whole_of_several_years_that_was_shown_before_hides_none_of_them() -> None:
    def of(**numbers: int) -> Site:
        years = {"y": SPAN} | {
            f"y{year}": {"kind": "时期", "start": date(year, 1, 1), "end": date(year, 12, 31)}
            for year in (2023, 2024, 2025)
        }
        shown = {"disclosure": "公开" if numbers["y2024"] > 9 else "内部"}
        return table_site(
            [],
            {
                f"visits@{id_[1:] or '2023-2025'}": figure_entry(
                    "来访", value=one, period=years[id_], **(shown if id_ == "y" else {})
                )
                for id_, one in numbers.items()
            },
        )

    before, now = of(y=72, y2023=30, y2024=22, y2025=20), of(y=72, y2023=50, y2024=2, y2025=20)
    assert masked(next_to(now, before)) == ["visits@2023-2025", "visits@2023", "visits@2024"]


@pytest.mark.parametrize("at_hand", [True, False])
def test_a_counted_whole_that_was_shown_before_hides_none_of_its_parts(at_hand: bool) -> None:
    """Its records may not be at hand any more; readers took its number from the edition."""
    whole = figure_entry("服务人次", counted=summed("services"))
    parts = {
        "a": figure_entry("甲", value=2, part_of="whole"),
        "b": figure_entry("乙", value=1410, part_of="whole"),
    }
    then = as_published(table_site(BEFORE, {"whole": whole}))
    site = table_site(BEFORE, {"whole": whole.model_copy(update=INTERNAL), **parts})
    assert masked(site) == ["whole", "a"]
    site = table_site(BEFORE, {"whole": whole.model_copy(update=INTERNAL), **parts})
    site.former = (then if at_hand else without_records(then, BEFORE[:70]),)
    assert masked(site) == ["whole", "a", "b"]


PARTS = st.tuples(*(st.integers(0, 3) for _ in range(3)), st.sampled_from((0, 1, 3)))
"""The parts a, b and c, and the rest."""


@given(
    st.lists(
        st.tuples(PARTS, st.sampled_from((None, "whole", "a", "b", "c"))), min_size=1, max_size=3
    ),
    st.integers(0, 3),
    st.integers(0, 2),
)
@example([((1, 2, 2, 4), None), ((0, 4, 4, 1), None)], 1, 1)
@example([((2, 1, 3, 4), "c"), ((0, 3, 4, 0), "whole")], 3, 0)
def test_no_entered_parts_tell_anything_beside_editions_and_revisions_before(
    editions: list[tuple[tuple[int, ...], str | None]], change: int, revised: int
) -> None:
    """The editions follow each other; one figure of each is internal, the whole of one was revised."""
    sites = []
    for at, ((a, b, c, rest), internal) in enumerate(editions):
        whole = a + b + c + rest
        more: dict[str, dict[str, Any]] = {internal: INTERNAL} if internal else {}
        if at == revised and 0 < change <= rest:
            more["whole"] = more.get("whole", {}) | revision(whole - change, whole)
        parts = {id_: (one, more.get(id_, {})) for id_, one in {"a": a, "b": b, "c": c}.items()}
        sites.append(parts_of((whole, more.get("whole", {})), **parts))
    site = next_to(sites[-1], *sites[:-1])
    told = parts_open_to(site, masked(site), 3, 16)
    if told:  # what follows though all is masked cannot be taken back
        told -= parts_open_to(site, None, 3, 16) | parts_open_to(site, [*site.values], 3, 16)
    assert told == set()
