"""An indicator and its observations: what is refused, and what each report means."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.samples.observations import PART, VISITS, YEAR, observed, with_visits
from tests.samples.sample import FIGURES, FILES, SUMMARY, problems, read

F = "data/figures.yml"
YEARS = observed(y2023=20, y2024=24, y2025=30)


def test_an_indicator_with_three_years_passes(tmp_path: Path) -> None:
    assert problems(tmp_path, with_visits(YEARS)) == []


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        (
            YEARS + "visit@2022:\n  value:\n",
            f"{F}:83: visit@2022 的 @ 之前须是指标编号，没有 visit，是否为 visits？",
        ),
        (
            YEARS + "visits@2022上半年:\n  value: 3\n",
            f"{F}:83: visits@2022上半年 的 @ 之后须是时期，写作 2024、2023-2025、2024-H1（上半年）、2024-Q1（一季度）、2024-03、2024-03-05，现为 2022上半年；请照写，别的时期（如一次活动）另写 period（起止日期）",
        ),
        (
            YEARS + "visits@运动会:\n  value: 3\n",
            f"{F}:83: visits@运动会 的 @ 之后须是时期，写作 2024、2023-2025、2024-H1（上半年）、2024-Q1（一季度）、2024-03、2024-03-05，现为 运动会；请照写，别的时期（如一次活动）另写 period（起止日期）",
        ),
        (
            YEARS + "visits@2022:\n  period: {start: 2022-01-01, end: 2022-12-30}\n",
            f"{F}:84: visits@2022 的 period（起止日期）须与 2022 一致，为 2022-01-01 至 2022-12-31，现为 2022-01-01 至 2022-12-30；请删去 period",
        ),
        (
            YEARS + "visits@全年:\n  period: {start: 2025-01-01, end: 2025-12-31}\n",
            f"{F}:83: visits@全年（接待来访）同一时期须只有一段，2025-01-01 至 2025-12-31 已见 visits@2025；请删去其中一段，或者改正时期",
        ),
        (
            YEARS.replace("value: 24", "value: 24.5"),
            f"{F}:74: visits@2024（接待来访）按修约位数须为 0 位小数，现为 24.5；请改为：value: 24，或者改 decimals",
        ),
        (
            YEARS.replace("by: 办公室\n    date: 2024-01-05", "by:\n    date:"),
            f"{F}:68: visits@2023（接待来访）已有数值，须写明填报，现为空；请填上 prepared",
        ),
        (
            YEARS.replace("date: 2025-01-05", "date: 2024-05-05"),
            f"{F}:77: visits@2024（接待来访）的填报日期须不早于时期的截止日 2024-12-31，现为 2024-05-05；请改为 2024-12-31 或以后的日期",
        ),
        (
            YEARS.replace("value: 24", "value: 24\n  approved: {by: 局长, date: 2025-02-01, value: 23}")
            .replace("2025-01-05\n", "2025-01-05\n  reviewed: {by: 科长, date: 2025-01-06}\n"),
            f"{F}:75: visits@2024（接待来访）核定的数是 23，须仍是它，现为 24；改动有据的，请在 revisions 下加一项 - {{kind: 修订, date: 2026-03-01, old: 23, new: 24, reason: , by: }}，填上原因和核定岗位，原来错了的，kind 写更正；不该变的，改回去",
        ),
        (
            YEARS + "visits@2022:\n  complete_through: 2022-12-31\n",
            f"{F}:84: visits@2022（接待来访）不由台账计数，complete_through（资料齐全至）须空着；请改为：complete_through:",
        ),
    ],
)  # fmt: skip
def test_faults_of_observations(tmp_path: Path, observations: str, expected: str) -> None:
    assert problems(tmp_path, with_visits(observations)) == [expected]


def test_what_the_indicator_lacks_is_told_once(tmp_path: Path) -> None:
    visits = VISITS.replace("source: 接待登记", "source:")
    assert problems(tmp_path, with_visits(YEARS, visits=visits)) == [
        f"{F}:55: visits（接待来访）已有数值，须写明数据来源，现为空；请填上 source"
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '{{ fig("visits") }}',
            '指标 visits 没有报告整个期间的数，有 2023、2024、2025 的，须写明用哪一个；例如：{{ fig("visits", period="2025") }}',
        ),
        (
            '{{ fig("visits", period="2022") }}',
            "指标 visits 须有所写时期的数，没有 2022 的；请在 data/figures.yml 里加上 visits@2022: 一段，或者改为已有的 2023、2024、2025",
        ),
        ('{{ fig("visit", period="2025") }}{{ fig("visits", period="2025") }}', "没有指标 visit，是否为 visits？"),
        (
            '{{ change("visits", period="2023") }}',
            "指标 visits 须有所比时期的数，没有 2022 的；请在 data/figures.yml 里加上 visits@2022: 一段，或者改为已有的 2023、2024、2025",
        ),
        (
            '{{ change("visits", period="2025", against="2021") }}',
            "指标 visits 须有所比时期的数，没有 2021 的；请在 data/figures.yml 里加上 visits@2021: 一段，或者改为已有的 2023、2024、2025",
        ),
        (
            '{{ change("visits", period="2025", form="倍数") }}',
            "form（写法）须为 增减、增长 之一，现为 倍数；请改正，或者删去",
        ),
        (
            '比上年增长{{ change("visits", period="2025") }}',
            "宏 change 自己写增减，其前不得再写“增长”；请删去“增长”",
        ),
        ('{{ change("visits", period="2025") }}个百分点', "宏 change 已带单位，其后不得再写“个百分点”；请删去“个百分点”"),
        (
            '{{ fig("visits", year="2025") }}{{ fig("visits", period="2025") }}',
            '宏 fig 须写作 {{ fig("指标编号") }}',
        ),
    ],
)  # fmt: skip
def test_faults_of_calls(tmp_path: Path, line: str, expected: str) -> None:
    assert problems(tmp_path, with_visits(YEARS, line)) == [f"{PART}:9: {expected}"]


def test_what_is_not_of_one_definition_is_not_compared(tmp_path: Path) -> None:
    observations = YEARS.replace("visits@2024:", "visits@2024:\n  definition: 只计上门的人次")
    line = '{{ change("visits", period="2025") }}'
    assert problems(tmp_path, with_visits(observations, line)) == [
        f"{PART}:9: 所比的两个时期口径须相同，接待来访（2025年）与 visits@2024 的口径、计算方法或单位不同，不可比；"
        "请删去宏 change，或者用 against 写口径相同的时期"
    ]


NAV = FILES["mkdocs.yml"].replace(
    "      - report/part-1.md\n", "      - report/part-1.md\n      - report/2024/index.md\n"
)
REPORTS = {
    "mkdocs.yml": NAV,
    "data/reports/2024.yml": (
        "title: 总结\nkind: 年度总结\nperiod: {start: 2024-01-01, end: 2024-12-31}\nstate: 起草\n"
        "pages: [{page: report/2024/index.md}]\n"
    ),
    "docs/report/2024/index.md": (
        '---\ntitle: 总结\n---\n\n# 总结\n\n接待来访{{ fig("visits") }}，比上年{{ change("visits") }}。\n'
    ),
}


def test_each_report_means_its_own_period(tmp_path: Path) -> None:
    changes = {**with_visits(YEARS), **REPORTS}
    assert problems(tmp_path, changes) == []
    site = read(tmp_path, changes)
    assert site.archive.meant == {
        ("summary", "activities"): "activities",
        ("2024", "activities"): "activities@2024",
        ("", "activities"): "activities",
        ("summary", "visited"): "visited",
        ("2024", "visited"): "visited",
        ("", "visited"): "visited",
        ("summary", "visits"): "visits@2025",
        ("2024", "visits"): "visits@2024",
        ("", "visits"): "visits@2025",
    }
    # A counted indicator has an observation for each period that a report declares.
    counted = site.values["activities@2024"]
    assert [counted.exact, counted.provisional_count, counted.number] == [None, Decimal(1), "***"]
    assert {key: [place.page for place in places] for key, places in site.places.items()} == {
        "activities": ["report/part-1.md"],
        "visited": ["report/part-1.md"],
        "visits@2023": ["report/2024/index.md"],
        "visits@2024": ["report/2024/index.md"],
        "visits@2025": ["report/part-1.md"],
    }


def test_a_report_without_the_number_shows_its_mask(tmp_path: Path) -> None:
    reports = {
        name.replace("2024", "2022"): text.replace("2024", "2022").replace('，比上年{{ change("visits") }}', "")
        for name, text in REPORTS.items()
    }  # fmt: skip
    changes = {**with_visits(YEARS), **reports}
    assert problems(tmp_path, changes) == []
    found = read(tmp_path, changes).values["visits@2022"]
    assert (found.number, found.state, found.title) == ("**", "未填报", "接待来访（2022年）")


def test_completeness_said_once_counts_for_every_period_until_then(tmp_path: Path) -> None:
    figures = FIGURES.replace("complete_through:", "complete_through: 2024-12-31")
    changes = {**REPORTS, F: figures, "docs/report/2024/index.md": '---\ntitle: 总结\n---\n\n# 总结\n\n活动{{ fig("activities") }}。\n'}  # fmt: skip
    assert problems(tmp_path, changes) == []
    values = read(tmp_path, changes).values
    assert {key: value.exact for key, value in values.items()} == {"activities": None, "activities@2024": 1, "visited": None}  # fmt: skip
    late = {**changes, F: figures.replace("  complete_through", "  complete_from: 2024-03-01\n  complete_through")}  # fmt: skip
    assert read(tmp_path, late).values["activities@2024"].exact is None


def test_records_of_any_declared_period_are_in_place(tmp_path: Path) -> None:
    """A new period of the archive makes no old record invalid while a report is about the old one."""
    unit = {"data/unit.yml": read(tmp_path).archive.project.data.joinpath("unit.yml").read_text("utf-8").replace("2023-01-01", "2026-01-01").replace("2025-12-31", "2026-12-31")}  # fmt: skip
    assert problems(tmp_path, unit) == []
    other = {SUMMARY: None, **unit, F: FIGURES.replace("2023-01-01", "2026-01-01").replace("2025-12-31", "2026-12-31"), "docs/report/overview.md": None}  # fmt: skip
    found = [one for one in problems(tmp_path / "other", other) if "volunteering" in one]
    assert found == [
        "data/volunteering/2024/20240305-a.yml:1: date（日期）须在建档期间 2026-01-01 至 2026-12-31 之内，现为 2024-03-05；请改正日期，期间以外的不记"
    ]


def test_a_year_is_what_its_entry_says(tmp_path: Path) -> None:
    """An event has its own dates; a period written out is that of its name."""
    event = YEAR.format(year="运动会", value=3, next=2026) + "  period: {start: 2025-10-01, end: 2025-10-03}\n"  # fmt: skip
    site = read(tmp_path, with_visits(YEARS + event))
    assert [key for key in site.values if key.startswith("visits")] == ["visits@2023", "visits@2024", "visits@2025", "visits@运动会"]  # fmt: skip
