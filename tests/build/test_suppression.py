"""Suppression as a proof: nothing hidden follows from what is public, and nothing is hidden needlessly."""

from collections.abc import Callable, Sequence
from datetime import date
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.build.editions.families import limits
from archive.build.editions.figures import register
from archive.build.editions.reasons import Suppression
from archive.build.editions.relations import guessed
from archive.build.editions.suppressed import summary
from archive.build.editions.suppression import suppression
from archive.facts.site import Site
from archive.schema.periods import named_span
from archive.schema.register import Figure
from tests.samples.oracle import needless, open_to, secondary
from tests.samples.tables import activity_record, counted, figure_entry, summed, table_site

KINDS = (
    "植树造林",
    "文明交通",
    "疫情防控",
    "学雷锋",
    "无偿献血",
    "社区服务",
    "爱国卫生",
    "文明宣传",
)


def by_kind(amounts: Sequence[int]) -> tuple[list[Any], dict[str, Figure]]:
    """A record and a figure for each kind, and the total."""
    records = [
        activity_record(f"r{at}", amount, kind=kind)
        for at, (kind, amount) in enumerate(zip(KINDS, amounts, strict=False))
    ]
    figures = {"total": figure_entry("合计", counted=summed())}
    for at, kind in enumerate(KINDS[: len(amounts)]):
        figures[f"k{at}"] = figure_entry(kind, counted=summed(kind=kind))
    return records, figures


def test_a_total_and_seven_of_eight_kinds_do_not_tell_the_eighth() -> None:
    records, figures = by_kind((40, 30, 20, 25, 50, 60, 70, 2))
    found = suppression(table_site(records, figures))
    assert list(found.figures) == ["k2", "k7"]  # the smallest number that is public, and the few
    assert {id_: why.kind for id_, why in found.figures.items()} == {"k2": "从属抑制", "k7": "主动抑制"}  # fmt: skip
    assert found.figures["k2"].protects == (("volunteering", "r7"),)
    assert [id_ for _, id_ in found.records] == ["r2", "r7"]


def test_without_the_eighth_nothing_more_is_masked() -> None:
    records, figures = by_kind((40, 30, 20, 25, 50, 60, 70, 12))
    assert suppression(table_site(records, figures)) == Suppression({}, {})


def test_two_years_and_their_sum_do_not_tell_the_third_of_an_entered_indicator() -> None:
    """Observations of one indicator: nobody says that the years are parts of the three."""

    def year(number: int, value: int) -> Figure:
        period = {"kind": "时期", "start": date(number, 1, 1), "end": date(number, 12, 31)}
        return figure_entry("来访", value=value, period=period)

    figures = {
        "visits@2023-2025": figure_entry("来访", value=72),
        "visits@2023": year(2023, 40),
        "visits@2024": year(2024, 2),
        "visits@2025": year(2025, 30),
    }
    found = suppression(table_site([], figures))
    assert {id_: why.kind for id_, why in found.figures.items()} == {
        "visits@2024": "主动抑制",
        "visits@2025": "从属抑制",
    }
    other = {key.replace("visits", "v" + key[-4:]): one for key, one in figures.items()}
    assert list(suppression(table_site([], other)).figures) == ["v2024@2024"]


def observations(**numbers: int) -> dict[str, Figure]:
    """Observations of one entered indicator by periods: y2024=40, y2024_H1=20, y2023_2025=100."""
    found = {}
    for written, number in numbers.items():
        name = written[1:].replace("_", "-")
        span = named_span(name)
        assert span
        period = {"kind": "时期", "start": span.start, "end": span.end}
        found[f"visits@{name}"] = figure_entry("来访", value=number, period=period)
    return found


@pytest.mark.parametrize(
    ("figures", "few", "more"),
    [
        pytest.param(
            {"y2023_2025": 100, "y2023": 40, "y2024_H1": 30, "y2024_H2": 4, "y2025": 26},
            "2024-H2",
            "2025",
            id="years and halves",
        ),
        pytest.param(
            {"y2024": 100, "y2024_H1": 40, "y2024_Q3": 4, "y2024_Q4": 56},
            "2024-Q3",
            "2024-H1",
            id="a half and quarters",
        ),
        pytest.param(
            {"y2023_2025": 104, "y2023_2024": 50, "y2024_2025": 58, "y2024": 4},
            "2024",
            "2023-2024",
            id="what two that overlap have in common",
        ),
        pytest.param(
            {"y2023_2025": 104, "y2023": 50, "y2024_2025": 54, "y2024": 50, "y2025": 4},
            "2025",
            "2024",
            id="a part of a part",
        ),
        pytest.param(
            {"y2023_2025": 100, "y2023": 40, "y2024": 35, "y2025_H1": 21},
            "",
            "2025-H1",
            id="what nobody has written",
        ),
    ],
)
def test_periods_of_any_lengths_do_not_tell_of_few(
    figures: dict[str, int], few: str, more: str
) -> None:
    found = suppression(table_site([], observations(**figures))).figures
    kinds = {id_.partition("@")[2]: why.kind for id_, why in found.items()}
    assert kinds == {more: "从属抑制"} | ({few: "主动抑制"} if few else {})


def test_an_indicator_that_is_none_to_be_summed_masks_nothing_more() -> None:
    """People who came in several years are one each in all."""
    figures = observations(y2023_2025=50, y2023=40, y2024=30, y2025=4)
    assert list(suppression(table_site([], figures)).figures) == ["visits@2025"]


def test_many_observations_take_time_with_their_number() -> None:
    def figures(many: int) -> dict[str, Figure]:
        years = {f"y{year}": 20 + year % 7 for year in range(2014, 2026)}
        return {
            key.replace("visits", f"v{at}"): one
            for at in range(many)
            for key, one in observations(**years).items()
        }

    few, many = (table_site([], figures(number)) for number in (20, 160))
    assert seconds(lambda: suppression(many)) < 30 * max(0.02, seconds(lambda: suppression(few)))


def seconds(run: Callable[[], object]) -> float:
    began = process_time()
    run()
    return process_time() - began


def test_two_overlapping_sums_with_few_people_between_them() -> None:
    """Neither is a part of the other; all that the one has more are two people."""
    spring = {"kind": "时期", "start": date(2024, 1, 1), "end": date(2024, 6, 30)}
    longer = {"kind": "时期", "start": date(2024, 2, 1), "end": date(2024, 7, 31)}
    records = [
        activity_record("a", 30, date=date(2024, 3, 1)),
        activity_record("b", 2, date=date(2024, 7, 1)),
        activity_record("c", 25, date=date(2024, 4, 1)),
    ]
    figures = {
        "spring": figure_entry("上半年", counted=summed(), period=spring),
        "longer": figure_entry("二至七月", counted=summed(), period=longer),
    }
    found = suppression(table_site(records, figures))
    assert secondary(found) == (["spring"], ["a", "c"])


def test_a_difference_is_few_people_though_its_sums_are_of_three_records_each() -> None:
    records = [
        activity_record("a", 30, kind="学雷锋", place="村"),
        activity_record("b", 12, kind="学雷锋", disclosure="内部"),
        activity_record("c", 1, place="村"),
        activity_record("d", 1, place="村"),
    ]
    figures = {
        "both": figure_entry("合计", counted=summed()),
        "of_kind": figure_entry("学雷锋", counted=summed(kind="学雷锋")),
    }
    found = suppression(table_site(records, figures))
    assert secondary(found)[0] == ["of_kind"]


def cube(corners: Sequence[int]) -> Site:
    """A table of two kinds, two places and two years with all its margins."""
    kinds, places, years = ("学雷锋", "其他"), ("村", "社区"), (2023, 2024)
    records, figures = [], {"total": figure_entry("合计", counted=summed())}
    spans = {year: {"kind": "时期", "start": date(year, 1, 1), "end": date(year, 12, 31)} for year in years}  # fmt: skip
    amounts = iter(corners)
    for k in (0, 1):
        figures[f"k{k}"] = figure_entry(f"k{k}", counted=summed(kind=kinds[k]))
        figures[f"p{k}"] = figure_entry(f"p{k}", counted=summed(place=places[k]))
        figures[f"y{k}"] = figure_entry(f"y{k}", counted=summed(), period=spans[years[k]])
        for p in (0, 1):
            figures[f"k{k}p{p}"] = figure_entry(f"k{k}p{p}", counted=summed(kind=kinds[k], place=places[p]))  # fmt: skip
            figures[f"k{k}y{p}"] = figure_entry(f"k{k}y{p}", counted=summed(kind=kinds[k]), period=spans[years[p]])  # fmt: skip
            figures[f"p{k}y{p}"] = figure_entry(f"p{k}y{p}", counted=summed(place=places[k]), period=spans[years[p]])  # fmt: skip
            for y in (0, 1):
                records.append(
                    activity_record(
                        f"{k}{p}{y}", next(amounts), kind=kinds[k], place=places[p], date=date(years[y], 5, 1),
                    )
                )  # fmt: skip
                figures[f"k{k}p{p}y{y}"] = figure_entry(
                    f"k{k}p{p}y{y}", counted=summed(kind=kinds[k], place=places[p]), period=spans[years[y]],
                )  # fmt: skip
    return table_site(records, figures, least=3)


def test_a_table_of_three_ways_with_one_small_cell() -> None:
    site = cube((1, 4, 3, 3, 5, 4, 3, 6))
    found = suppression(site)
    assert found.figures["k0p0y0"].kind == "主动抑制"
    assert open_to(site, found.figures, found.records, "participants", 3) == []
    assert needless(site, found, 3) == []
    cells = [id_ for id_ in site.values if len(id_) == 6]
    assert list(found.figures) == cells  # all eight, and no margin


def test_years_and_their_total() -> None:
    years = (2023, 2024, 2025)
    spans = [{"kind": "时期", "start": date(year, 1, 1), "end": date(year, 12, 31)} for year in years]  # fmt: skip
    records = [
        activity_record(f"r{at}", amount, date=date(year, 5, 1))
        for at, (year, amount) in enumerate(((2023, 20), (2023, 30), (2024, 40), (2025, 1), (2025, 3)))
    ]  # fmt: skip
    figures = {"total": figure_entry("合计", counted=summed())} | {
        f"y{year}": figure_entry(f"{year}年", counted=summed(), period=span)
        for year, span in zip(years, spans, strict=True)
    }
    found = suppression(table_site(records, figures))
    assert {id_: why.kind for id_, why in found.figures.items()} == {
        "y2024": "从属抑制",
        "y2025": "主动抑制",
    }


def entered(**values: int) -> dict[str, Figure]:
    """The entered figure `whole`, and others that are part of it."""
    return {
        id_: figure_entry(id_, value=value, part_of=None if id_ == "whole" else "whole")
        for id_, value in values.items()
    }


@pytest.mark.parametrize(
    ("values", "masked"),
    [
        ({"whole": 100, "a": 40, "b": 60}, []),
        ({"whole": 100, "a": 2, "b": 38, "c": 60}, ["a", "b"]),
        ({"whole": 100, "a": 40, "b": 57}, ["a"]),  # three are in neither
        ({"whole": 100, "a": 40, "b": 50}, []),
        ({"whole": 100, "a": 8, "b": 32, "c": 30}, ["a"]),  # thirty are in none of them
        ({"whole": 100, "a": 8, "b": 82, "c": 9}, ["a", "c"]),  # together 17, or 18 with one more
    ],
)
def test_entered_parts(values: dict[str, int], masked: list[str]) -> None:
    assert list(suppression(table_site([], entered(**values))).figures) == masked


def test_a_counted_part_of_an_entered_whole() -> None:
    """Its records are in no public sum; the whole and the other part would tell it."""
    figures = entered(whole=64, b=60)
    figures["a"] = figure_entry("a", counted=summed(), part_of="whole")
    found = suppression(table_site([activity_record("r", 4)], figures))
    assert {id_: why.kind for id_, why in found.figures.items()} == {"b": "从属抑制", "a": "主动抑制"}  # fmt: skip
    assert not found.figures["b"].before


def test_what_words_allow_limits_the_other_part() -> None:
    """Of a hundred, 近90 are the one part: 81 to 89, so the other is at most 19; enough of 10."""
    figures = entered(whole=100, a=0, b=4)
    figures["a"] = figure_entry("a", approximation="近90", part_of="whole")
    assert list(suppression(table_site([], figures)).figures) == ["b"]
    figures["whole"] = figure_entry("whole", value=89)  # then it is at most eight
    assert list(suppression(table_site([], figures)).figures) == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("近百", (90, 99)),
        ("约15", (15, 15)),
        ("约320", (315, 325)),
        ("百余", (101, 149)),
        ("上百", (100, 200)),
        ("300以上", (300, 399)),
        ("300以下", (200, 300)),
        ("十几", (11, 19)),
        ("超5", (6, 6)),  # no whole number; the one that it can only mean
        ("…余", None),
        (None, None),
    ],
)
def test_what_words_tell_readers(words: str | None, within: tuple[int, int] | None) -> None:
    figure = figure_entry("a", approximation=words)
    found = limits(table_site([], {"a": figure}).values["a"])
    assert (found and tuple(map(int, found))) == within
    known = figure_entry("a", approximation=words, value=95)
    assert limits(table_site([], {"a": known}).values["a"]) is None


def revised(old: int, new: int) -> dict[str, Figure]:
    change = {"kind": "更正", "date": date(2026, 2, 1), "old": old, "new": new, "reason": "示例"}
    return {"a": figure_entry("a", value=new, revisions=[change])}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (30, 50, None),
        (30, 32, "修订前后相差的人数小于可公开的最小人数"),
        (4, 50, "人数小于可公开的最小人数"),
    ],
)
def test_the_old_number_of_a_revision(old: int, new: int, why: str | None) -> None:
    found = suppression(table_site([], revised(old, new))).figures
    assert [one.why for one in found.values()] == ([why] if why else [])


def with_change(old: int, new: int) -> list[dict[str, Any]]:
    return [{"kind": "修订", "date": date(2026, 2, 1), "old": old, "new": new, "reason": "漏计"}]


FEW = [("few", 2), ("too", 5)]


@pytest.mark.parametrize(
    ("hidden", "unit", "rule", "old", "new", "left_out"),
    [
        (FEW, "次", counted(), 71, 72, True),
        (FEW, "小时", summed("hours"), 140, 144, True),
        (FEW, "次", summed("services"), 2105, 2107, True),
        (FEW, "次", counted(kind="学雷锋"), 69, 70, True),  # it may be of another kind now
        ([], "次", counted(), 69, 70, False),
        ([], "小时", summed("hours"), 136, 140, False),
        ([], "次", summed("services"), 2098, 2100, True),  # two people were left out, or deleted
        ([], "次", summed("services"), 2050, 2100, False),
    ],
)
def test_the_revisions_of_a_counted_figure(
    hidden: list[tuple[str, int]],
    unit: str,
    rule: dict[str, Any],
    old: int,
    new: int,
    left_out: bool,
) -> None:
    """The number stays, but what it was before does not tell a hidden record."""
    records = [
        *(activity_record(f"public-{at}", 30, kind="学雷锋") for at in range(70)),
        *(activity_record(id_, people) for id_, people in hidden),
    ]
    figures = {"a": figure_entry("a", unit, counted=rule, revisions=with_change(old, new))}
    site = table_site(records, figures)
    entry = register(site, frozenset())["a"]
    assert (entry["value"], entry["revisions"] == []) == (new, left_out)
    line = "不列修订：指标 a（a）：修订前后一减，可能就是一条隐去的记录"
    assert (line in summary(site)) == left_out


def test_hours_of_one_hidden_record_are_not_told() -> None:
    records = [
        activity_record("a", 2, hours_total=8),
        activity_record("b", 30, hours_total=40),
        activity_record("c", 30, hours_total=50),
    ]
    figures = {"hours": figure_entry("时长", "小时", counted=summed("hours"))}
    assert secondary(suppression(table_site(records, figures))) == ([], ["b"])


def test_figures_of_a_release_are_judged_without_their_records() -> None:
    """The tree of a release has no records; the kinds are parts of the total by their rules."""
    records, figures = by_kind((40, 30, 20, 25, 50, 60, 70, 2))
    site = table_site(records, figures)
    values = dict(site.values)
    bare = table_site([], figures)
    bare.values = values
    assert list(suppression(bare).figures) == ["k2", "k7"]


def test_the_number_of_records_may_be_told_but_not_a_masked_number() -> None:
    records = [activity_record("a", 2), activity_record("b", 30, kind="学雷锋"), activity_record("c", 30)]  # fmt: skip
    figures = {"n": figure_entry("次数", "次", counted=counted())}
    assert secondary(suppression(table_site(records, figures))) == ([], [])
    figures["k"] = figure_entry("学雷锋", "次", counted=counted(kind="学雷锋"), disclosure="内部")
    assert secondary(suppression(table_site(records, figures))) == ([], [])  # two are not listed


@pytest.mark.parametrize(
    ("people", "number", "more"),
    [
        ((1, 1, 1, 30), True, ["r3"]),  # three people, and three records: one each
        ((1, 1, 1, 30), False, []),  # it may be one record of three
        ((2, 2, 2, 30), True, []),  # one of them may be four
        ((2, 1, 30), True, ["r2"]),
    ],
)
def test_the_number_of_hidden_records_limits_what_each_holds(
    people: tuple[int, ...], number: bool, more: list[str]
) -> None:
    records = [activity_record(f"r{at}", one) for at, one in enumerate(people)]
    figures = {"people": figure_entry("参加", counted=summed())}
    if number:
        figures["n"] = figure_entry("次数", "次", counted=counted())
    assert secondary(suppression(table_site(records, figures, least=3))) == ([], more)


def test_a_masked_nought_is_no_cover_if_the_numbers_of_records_tell_it() -> None:
    """Without them, what is hidden in 2023 may be in the village, or in the community."""
    year = {"kind": "时期", "start": date(2023, 1, 1), "end": date(2023, 12, 31)}
    records = [
        activity_record("a", 3, place="社区", date=date(2024, 9, 1)),
        activity_record("b", 6, place="社区", date=date(2023, 9, 1)),
        activity_record("c", 50, place="社区", date=date(2025, 3, 1)),
    ]
    figures = {
        "year": figure_entry("2023年", counted=summed(), period=year),
        "place": figure_entry("社区", counted=summed(place="社区")),
    }
    inside = {"x": figure_entry("村", counted=summed(place="村"), period=year, disclosure="内部")}
    alone = secondary(suppression(table_site(records, figures, least=5)))
    assert alone == ([], ["c"])
    covered = secondary(suppression(table_site(records, {**figures, **inside}, least=5)))
    assert covered == ([], ["b"])
    # None in the village; or one in all and one in the community, which is the same.
    none = {"n": figure_entry("村", "次", counted=counted(place="村"), period=year)}
    less = {
        "all": figure_entry("次数", "次", counted=counted(), period=year),
        "one": figure_entry("社区", "次", counted=counted(place="社区"), period=year),
    }
    for numbers in (none, less):
        site = table_site(records, {**figures, **inside, **numbers}, least=5)
        assert secondary(suppression(site)) == alone


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(("学雷锋", "其他")), st.sampled_from(("村", "社区")), st.booleans()),
    min_size=1, max_size=5,
)  # fmt: skip
RULES: list[dict[str, str]] = [{}, {"kind": "学雷锋"}, {"kind": "其他"}, {"place": "村"}, {"place": "社区"}, {"kind": "其他", "place": "村"}]  # fmt: skip


@given(ROWS, st.lists(st.sampled_from(range(len(RULES))), unique=True, max_size=5), st.integers(0, 5))  # fmt: skip
def test_no_small_table_tells_anything_and_nothing_is_hidden_needlessly(
    rows: list[tuple[int, str, str, bool]], rules: list[int], internal: int
) -> None:
    records = [
        activity_record(f"r{at}", amount, kind=kind, place=place, disclosure="内部" if hidden else None)
        for at, (amount, kind, place, hidden) in enumerate(rows)
    ]  # fmt: skip
    figures = {
        f"f{one}": figure_entry(
            f"f{one}",
            counted=summed(**RULES[one]),
            disclosure="内部" if one == internal else "公开",
        )
        for one in rules
    }
    site = table_site(records, figures, least=3)
    found = suppression(site)
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    assert open_to(site, found.figures.keys(), chosen, "participants", 3) == []
    assert needless(site, found, 3) == []


@given(ROWS, st.lists(st.sampled_from(range(len(RULES))), unique=True, max_size=5))
def test_no_small_table_with_its_numbers_of_records_tells_anything(
    rows: list[tuple[int, str, str, bool]], rules: list[int]
) -> None:
    """Each record is of at least one person, so that what it holds above that is tried."""

    def made(above: int) -> list[Any]:
        return [
            activity_record(f"r{at}", amount + above, kind=kind, place=place, disclosure="内部" if hidden else None)
            for at, (amount, kind, place, hidden) in enumerate(rows)
        ]  # fmt: skip

    figures = {f"f{one}": figure_entry(f"f{one}", counted=summed(**RULES[one])) for one in rules}
    numbers = {f"n{one}": figure_entry(f"n{one}", "次", counted=counted(**RULES[one])) for one in rules}  # fmt: skip
    found = suppression(table_site(made(1), {**figures, **numbers}, least=3))
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    above = table_site(made(0), figures, least=3)
    told = open_to(above, found.figures.keys(), chosen, "participants", 3)
    assert [one for one in told if one.startswith("record")] == []


@pytest.mark.deep
def test_sixty_figures_of_twenty_thousand_records() -> None:
    """About two seconds of one core, half of them to select the records."""
    kinds, places = (*KINDS, "其他"), ("村", "社区", "广场", "学校")
    records = [
        activity_record(
            f"r{at}",
            3 + at % 7 if at % 9_999 == 0 else 10 + at * 7 % 50,
            kind=kinds[at * 5 % 9],
            place=places[at * 3 // 7 % 4],
            date=date(2023 + at % 3, 1 + at % 12, 5),
        )
        for at in range(20_000)
    ]
    wheres = [{}, *({"kind": one} for one in kinds), *({"place": one} for one in places)]
    rules = [summed(field, **one) for field in ("participants", "services", "hours") for one in wheres]  # fmt: skip
    rules += [counted(**one) for one in wheres] + [summed(kind="其他", place=one) for one in places]
    units = {"participants": "人次", "services": "人次", "hours": "小时", None: "次"}
    figures = {
        f"f{at}": figure_entry(f"f{at}", units[rule.get("field")], counted=rule)
        for at, rule in enumerate(rules)
    }
    site = table_site(records, figures)
    assert len(figures) == 60
    assert len(site.values) == 60
    start = process_time()
    found = suppression(site)
    assert process_time() - start < 8  # four times as long as it takes
    assert (secondary(found)[0], len(secondary(found)[1])) == ([], 3)


@pytest.mark.parametrize(
    ("unit", "people"),
    [
        *((unit, True) for unit in ["人", "名", "人次", "户", "位", "个人", "例", "口", "人·次", "人/次", "人（次）", "户次", "万人", "对", "员", "家"]),
        *((unit, False) for unit in ["次", "篇", "期", "万元", "亿元", "元", "%", "个", "届", "星级", "斤", "小时", "册", "万亩", "百分点"]),
    ],
)  # fmt: skip
def test_a_unit_counts_people_unless_it_is_one_of_things(unit: str, people: bool) -> None:
    figures = {"a": figure_entry("a", unit, value=2), "b": figure_entry("b", unit, value=2, people=False)}  # fmt: skip
    assert list(suppression(table_site([], figures)).figures) == (["a"] if people else [])


def year(number: int) -> dict[str, Any]:
    return {"kind": "时期", "start": date(number, 1, 1), "end": date(number, 12, 31)}


def test_entered_parts_by_year_are_a_family_beside_those_by_kind() -> None:
    figures = {
        "whole": figure_entry("合计", value=100),
        **{
            id_: figure_entry(id_, value=value, part_of="whole", period=year(at))
            for at, (id_, value) in enumerate((("y23", 48), ("y24", 50), ("y25", 2)), 2023)
        },
        "men": figure_entry("men", value=40, part_of="whole"),
        "women": figure_entry("women", value=60, part_of="whole"),
    }
    assert list(suppression(table_site([], figures)).figures) == ["y23", "y25"]


@pytest.mark.parametrize(
    ("changes", "guesses"),
    [
        ({}, [("c", "whole", ["a", "b"])]),
        ({"c": {"part_of": "whole"}}, []),  # it is said
        ({"a": {"value": 41}}, []),  # no sum
        ({"a": {"name": "图书"}}, []),  # of another matter
        ({"a": {"unit": "户"}}, []),
        ({"a": {"period": year(2023)}}, []),  # neither by kind nor by time
        ({id_: {"period": year(at)} for at, id_ in enumerate("abc", 2023)}, [("c", "whole", ["a", "b"])]),
        ({id_: {"period": year(2023)} for id_ in "abc"}, []),
    ],
)  # fmt: skip
def test_what_a_reader_may_guess_of_figures_that_are_not_said_to_be_parts(
    changes: dict[str, dict[str, Any]], guesses: list[tuple[str, str, list[str]]]
) -> None:
    values = {"whole": 82, "a": 40, "b": 40, "c": 2}
    figures = {
        id_: figure_entry(**{"name": f"困难职工{id_}", "value": value, **changes.get(id_, {})})
        for id_, value in values.items()
    }
    found = guessed(table_site([], figures))
    assert [(small.id, whole.id, [one.id for one in parts]) for small, whole, parts in found] == guesses  # fmt: skip


def test_sums_are_tried_for_a_few_seconds_whatever_the_register(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = {"whole": 82, "a": 40, "b": 40, "c": 2}
    figures = {id_: figure_entry(f"困难职工{id_}", value=value) for id_, value in values.items()}
    for most, found in ((3, 1), (1, 0)):
        monkeypatch.setattr("archive.build.editions.relations._ALL", most)
        assert len(list(guessed(table_site([], figures)))) == found
