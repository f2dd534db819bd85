"""The values of an indicator by reference period: register, links, changes, downloads."""

from decimal import Decimal
from pathlib import Path

import pytest

from archive.facts.changes import change
from archive.facts.tables import register as register_table
from archive.render import macros
from tests.samples.observations import PART, VISITS, observed, with_visits
from tests.samples.sample import read, unsized

YEARS = observed(y2023=20, y2024=24, y2025=30)
PAGE = "figures/index.md"


def shown(tmp_path: Path, line: str, observations: str = YEARS, visits: str = VISITS) -> str:
    """What the first macro in `line` gives on the page of the report."""
    site = read(tmp_path, with_visits(observations, line, visits))
    page = site.archive.pages["report/part-1.md"]
    call = next(one for one in page.calls if dict(one.options) and "visits" in one.args)
    return str(macros(site, page.path)[call.name](*call.args, **dict(call.options)))


def test_a_figure_of_another_period_leads_to_its_row(tmp_path: Path) -> None:
    assert shown(tmp_path, '{{ fig("visits", period="2024") }}') == (
        "[24人次](../indicators/visits.md#visits@2024 "
        '"接待来访&#10;口径：接待的来访人次&#10;计算方法：按次计数&#10;时期：2024年1月1日至2024年12月31日&#10;来源：接待登记&#10;责任科室：办公室&#10;状态：初步")'
        "{ .fig .fig--open }"
    )


def test_a_figure_is_shown_as_it_is_written(tmp_path: Path) -> None:
    written = shown(tmp_path, '{{ fig("visits", period="2024", written="二十四人次") }}')
    assert written.startswith("[二十四人次](../indicators/visits.md#visits@2024 ")


def test_a_value_that_may_not_be_shown_is_masked_however_it_is_written(tmp_path: Path) -> None:
    line = '{{ fig("visits", period="2024", written="二十四人次") }}'
    masked = shown(tmp_path, line, YEARS.replace("value: 24", "value:"))
    assert masked.startswith('[<span class="mask">&#42;&#42;</span>人次](')


def test_a_number_is_not_shown_as_what_another_is_written(tmp_path: Path) -> None:
    """As with the figures of a release, which are others than those that the page was written for."""
    line = '{{ fig("visits", period="2024", written="二人次") }}'
    assert shown(tmp_path, line).startswith("[24人次](../indicators/visits.md#visits@2024 ")


def test_a_change_says_both_numbers(tmp_path: Path) -> None:
    assert shown(tmp_path, '{{ change("visits", period="2025") }}') == (
        "[增长25&#46;0&#37;](../indicators/visits.md#visits@2025 "
        '"接待来访的变化&#10;口径：接待的来访人次&#10;相比：2025年1月1日至2025年12月31日 30人次，2024年1月1日至2024年12月31日 24人次'
        '&#10;来源：接待登记&#10;责任科室：办公室&#10;状态：初步"){ .fig .fig--open }'
    )


@pytest.mark.parametrize(
    ("old", "new", "unit", "decimals", "form", "words"),
    [
        ("24", "30", "次", 0, "", "增长25.0%"),
        ("30", "24", "次", 0, "", "下降20.0%"),
        ("30", "24", "次", 0, "增减", "减少6次"),
        ("1200", "13400", "次", 0, "增减", "增加12,200次"),
        ("24", "24", "次", 0, "", "持平"),
        ("24", "24", "%", 1, "增减", "持平"),
        ("95.5", "97.3", "%", 1, "", "提高1.8个百分点"),
        ("97.3", "95.5", "%", 1, "增长", "下降1.8个百分点"),
        ("0.5", "0.3", "‰", 1, "", "下降0.2个千分点"),
        ("0", "3", "次", 0, "", "增加3次"),
        ("3", "0", "次", 0, "", "下降100.0%"),
        ("100000", "100001", "次", 0, "", "基本持平"),
        ("2000", "2001", "次", 0, "", "基本持平"),  # 0.05% rounds to even
        ("2000", "2003", "次", 0, "", "增长0.2%"),  # 0.15% too
    ],
)
def test_words_of_a_change(
    tmp_path: Path, old: str, new: str, unit: str, decimals: int, form: str, words: str
) -> None:
    visits = VISITS.replace("unit: 人次", f'unit: "{unit}"').replace("decimals: 0", f"decimals: {decimals}")  # fmt: skip
    years = observed(y2024=1, y2025=2).replace("value: 1\n", f"value: {old}\n").replace("value: 2\n", f"value: {new}\n")  # fmt: skip
    site = read(tmp_path, with_visits(years, visits=visits))
    found = change(site, site.values["visits@2025"], form=form)
    assert found
    assert found.words == words


def test_a_change_without_one_of_its_numbers_is_a_mask(tmp_path: Path) -> None:
    site = read(tmp_path, with_visits(YEARS.replace("value: 24", "value:")))
    found = change(site, site.values["visits@2025"])
    assert found
    assert (found.words, found.state) == ("**", "未填报")


def test_a_quarter_is_compared_with_that_of_the_year_before(tmp_path: Path) -> None:
    names = ("2024-Q1", "2024-Q4", "2025-Q1")
    quarters = "".join(f"visits@{name}:\n  value: {10 * at}\n" for at, name in enumerate(names, 1))
    site = read(tmp_path, with_visits(quarters))
    value = site.values["visits@2025-Q1"]
    found, last = change(site, value), change(site, value, against="2024-Q4")
    assert found
    assert found.before.id == "visits@2024-Q1"
    assert last
    assert last.before.id == "visits@2024-Q4"


def test_the_page_of_an_indicator_shows_values_by_period(tmp_path: Path) -> None:
    observations = YEARS.replace(
        "visits@2023:", "visits@2023:\n  definition: 只计上门的人次\n  note: 当年口径"
    )
    site = read(tmp_path, with_visits(observations, '{{ fig("visits", period="2025") }}'))
    found = unsized(macros(site, "indicators/visits.md")["indicator"]("visits"))
    expected = Path(__file__).with_name("indicator_by_period.txt").read_text("utf-8")
    assert found + "\n" == expected


def test_downloads_have_one_row_an_observation(tmp_path: Path) -> None:
    table = register_table(read(tmp_path, with_visits(YEARS)))
    labels = [column.label for column in table.columns[:8]]
    assert labels == ["编号", "指标编号", "参照期", "指标名称", "计量单位", "显示", "数值", "状态"]
    assert [row[:8] for row in table.rows] == [
        ("activities", "activities", "2023-2025", "开展活动", "次", "***", None, "未填报"),
        ("visited", "visited", "", "走访居民", "人", "近百", None, "未填报"),
        ("visits@2023", "visits", "2023", "接待来访", "人次", "20", Decimal(20), "初步"),
        ("visits@2024", "visits", "2024", "接待来访", "人次", "24", Decimal(24), "初步"),
        ("visits@2025", "visits", "2025", "接待来访", "人次", "30", Decimal(30), "初步"),
    ]


def test_an_indicator_without_a_number_yet(tmp_path: Path) -> None:
    site = read(tmp_path, {**with_visits(""), PART: None})
    assert "尚无各期的数。" in macros(site, PAGE)["indicator"]("visits")
