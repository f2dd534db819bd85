"""The redacted tree: what it has of figures, names, records and pages, and what it has not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.build.editions.fields import has_public, mask
from archive.build.editions.pages import PublicPages, redact_page
from archive.build.editions.reported import reported_tree
from archive.build.editions.suppressed import summary
from archive.build.editions.tree import redacted_tree
from archive.build.editions.writing import settings
from archive.build.site import build
from archive.checks import check
from archive.commands.cli import main
from archive.facts.releases import freeze_register
from archive.facts.site import Site, load
from archive.facts.tables import offered
from archive.files.pages import Page, read_page
from archive.render import macros
from archive.schema import ledger_model
from archive.schema.fields import fields
from archive.schema.register import MARK
from archive.schema.types import Model
from tests.samples.approvals import COUNTED, UNSIGNED
from tests.samples.collections import COLLECTIONS, LEDGER_FILES
from tests.samples.editions import (
    COMPLETE,
    LISTED,
    PATHS,
    PUBLIC_UNIT,
    Changes,
    activity,
    data,
    figure,
    parts,
    people,
    records,
    tree,
)
from tests.samples.examples import HONOUR
from tests.samples.observations import VISITS, observed, with_visits
from tests.samples.regulations import LEAVE, OUT, two
from tests.samples.sample import (
    AS_OF,
    FILES,
    MKDOCS,
    RECORD,
    REGULATION,
    SUMMARY,
    edited,
    problems,
    read,
    write,
)


def models(model: type[Model] = Model) -> Iterator[type[Model]]:
    for sub in model.__subclasses__():
        # Models made of descriptions are whatever tests describe.
        made = sub.__module__ == ledger_model.__name__
        if sub.__module__.startswith("archive.") and not made:
            yield sub
            yield from models(sub)


def test_every_field_says_whether_it_is_public() -> None:
    found = {*models(), *(one.model for one in COLLECTIONS.values())}
    assert len(found) > 25
    silent = [
        (model.__name__, name)
        for model in found
        for name, field in fields(model).items()
        if len(field.marks) != 1
    ]
    assert silent == []


def test_something_can_stand_for_every_internal_field() -> None:
    for model in {*models(), *(one.model for one in COLLECTIONS.values())}:
        if has_public(model):
            for field in fields(model).values():
                if field.required and not field.public:
                    assert mask(field) in (None, [], "不公开")


def test_a_number_has_no_mask() -> None:
    with pytest.raises(TypeError, match="参加人数"):
        mask(fields(COLLECTIONS["activities"].model)["participants"])


def test_what_the_tree_holds(tmp_path: Path) -> None:
    found = tree(tmp_path, {**PUBLIC_UNIT, "docs/files/a.txt": "甲", "docs/guide/x.md": None})
    assert found.keys() == {
        "data/criteria.yml",
        "data/figures.yml",
        "data/kinds.yml",
        "data/phrases.yml",
        SUMMARY,
        *LEDGER_FILES,
        "data/unit.yml",
        "data/volunteering/2024/2024-001.yml",
        "docs/figures/index.md",
        "docs/index.md",
        "docs/records/volunteering.md",
        "docs/regulations/leave.md",
        "docs/report/overview.md",
        "docs/report/part-1.md",
        "edition.yml",
        "mkdocs.yml",
    }
    assert found["edition.yml"] == 'edition: public\npartial: []\nrelease: ""\n'
    assert found["data/criteria.yml"] == "{}\n"
    assert data(found["data/volunteering/2024/2024-001.yml"]) == {
        "date": data("2024-03-05"),
        "title": "学雷锋进社区",
        "kind": "学雷锋",
        "place": "社区",
        "participants": 12,
        "hours_each": data("2.5"),
        "hours_total": None,
        "services": 30,
        "organiser": "办公室",
        "source": "不公开",
        "evidence": [],
        "recorder": "不公开",
        "reviewer": None,
    }


def test_what_is_allowed_in_the_sources_is_allowed_in_what_is_made_of_them(tmp_path: Path) -> None:
    entry = {"file": "docs/index.md", "kind": "手机号", "found": "139******78", "code": 4171}
    lines = [*entry.items(), ("reason", "对外公布的电话"), ("reviewer", "某某")]
    text = "- " + "\n  ".join(f"{name}: {value}" for name, value in lines) + "\n"
    files = tree(tmp_path, {"data/allowed.yml": text})
    assert data(files["data/allowed.yml"]) == [{**entry, "reason": "不公开", "reviewer": "不公开"}]


def test_synonyms_are_public(tmp_path: Path) -> None:
    text = "# 说明\n- words: [志愿者, 义工]\n- words: [工时, 时长]\n"
    assert data(tree(tmp_path, {"data/synonyms.yml": text})["data/synonyms.yml"]) == [
        {"words": ["志愿者", "义工"]},
        {"words": ["工时", "时长"]},
    ]


def test_sources_that_people_work_in_are_no_redacted_tree(tmp_path: Path) -> None:
    marked = {"edition.yml": "edition: public\n", ".git": "gitdir: x\n"}
    wrong = edited("data/figures.yml", "name: 走访居民", "name: 开展活动")
    found = problems(tmp_path, {**marked, **wrong})
    assert found[-1] == "edition.yml:1: 须只在程序制作的副本里，请删去这个文件"
    assert "的指标名称须与别的指标不同" in found[0]


def test_names_are_shown_where_they_are_said_to_be_public(tmp_path: Path) -> None:
    def value(changes: Changes) -> Any:
        return data(tree(tmp_path, changes)["data/unit.yml"])["names"]["bureau"]["value"]

    unit = str(PUBLIC_UNIT["data/unit.yml"])
    assert value({**PUBLIC_UNIT}) is None
    assert value({"data/unit.yml": f"{unit}    disclosure: 内部\n"}) is None
    assert value({"data/unit.yml": f"{unit}    disclosure: 公开\n"}) == "样例市"


def test_names_that_are_not_public_are_not_written_out(tmp_path: Path) -> None:
    unit = str(PUBLIC_UNIT["data/unit.yml"])
    more = "".join(
        f"  {id_}:\n    meaning: 样例\n    person: false\n    value: {value}\n    mask: '***'\n{shown}"
        for id_, value, shown in (
            ("city", "甲乙市", "    disclosure: 公开\n"),
            ("within", "甲乙", ""),  # told by the city's
            ("short", "丙", ""),
            ("river", "丁戊河", ""),
            ("unknown", "", ""),
        )
    )
    changes: Changes = {
        **LISTED,
        "data/unit.yml": unit + more,
        "docs/index.md": FILES["docs/index.md"]
        + "\n甲乙市，丙，{{ name('river') }}。\n\n丁戊河的水。\n\n丁戊河 <!-- 内部 -->\n",
        "docs/guide/x.md": "---\ntitle: 指南\n---\n\n# 指南\n\n丁戊河。\n",
        **edited(
            "mkdocs.yml", "  - 首页: index.md\n", "  - 首页: index.md\n  - 丁戊河: guide/x.md\n"
        ),
        PATHS[0]: RECORD.replace("organiser: 办公室", "organiser: 丁戊河协会"),
    }
    site = read(tmp_path, changes)
    assert check(site) == ()
    line = str(changes["docs/index.md"]).split("\n").index("丁戊河的水。") + 1
    rule = (
        "公开版里不得有没有公开的名称，现有 丁**（river）；请在页面里用 name 宏，台账、附件里换一种写法，"
        "可以公开的，在 data/unit.yml 里写明公开"
    )
    expected = [f"{PATHS[0]}:8: {rule}", f"docs/index.md:{line}: {rule}"]
    out = tmp_path / "out"
    assert [str(one) for one in build(site.archive.project, out, "never", "public")] == expected
    assert not out.exists()


def test_the_repository_is_not_told(tmp_path: Path) -> None:
    unit = str(PUBLIC_UNIT["data/unit.yml"])
    for field, value in (("forge", "gitea"), ("address", "http://a.invalid/b"), ("branch", "c")):
        unit = unit.replace(f"  {field}:\n", f"  {field}: {value}\n")
    found = data(tree(tmp_path, {"data/unit.yml": unit})["data/unit.yml"])
    assert found["repository"] == {"forge": None, "address": None, "branch": None}


SHOWN: Changes = {**PUBLIC_UNIT, "data/figures.yml": COMPLETE}
SECOND = RECORD.replace("2024-03-05", "2024-03-06")


def test_a_counted_figure_keeps_its_value_and_its_rule(tmp_path: Path) -> None:
    found = tree(tmp_path, {**SHOWN, PATHS[1]: f"{SECOND}disclosure: 内部\n"})
    entry = figure(found)
    assert (entry["value"], entry["counted"]["collection"]) == (2, "volunteering")
    assert entry["prepared"] == {"by": None, "date": data("2026-01-05")}
    assert "note" not in entry or entry["note"] is None
    assert [name for name in found if "/2024/" in name] == ["data/volunteering/2024/2024-001.yml"]
    assert data(found["edition.yml"])["partial"] == ["volunteering"]


@pytest.mark.parametrize("said", ["内部", ""])
def test_a_figure_that_is_not_said_to_be_public_is_masked_and_its_records_are_left_out(
    said: str, tmp_path: Path
) -> None:
    figures = COMPLETE.replace("disclosure: 公开", f"disclosure: {said}")
    if not said:  # a value needs a word on that; what is not complete has none
        figures = figures.replace("complete_through: 2025-12-31", "complete_through:")
    found = tree(tmp_path, {**PUBLIC_UNIT, "data/figures.yml": figures})
    entry = figure(found)
    hidden = (entry["value"], entry["complete_through"], entry["disclosure"], entry["mask"])
    assert hidden == (None, None, "内部", "***")
    assert not any("/2024/" in name for name in found)


def test_what_is_known_in_words_is_masked_too(tmp_path: Path) -> None:
    entry = figure(tree(tmp_path, PUBLIC_UNIT), "visited")
    assert (entry["approximation"], entry["mask"]) == (None, "***")


@pytest.mark.parametrize(("number", "shown"), [(1, None), (2, None), (3, 3)])
def test_a_rule_with_internal_conditions_is_not_told(
    number: int, shown: int | None, tmp_path: Path
) -> None:
    """Nor what it counts if these are so few that it says of which records they hold."""
    figures = COMPLETE.replace("    measure: count\n", "    measure: count\n    where: {recorder: 办公室}\n")  # fmt: skip
    changes: Changes = {**PUBLIC_UNIT, PATHS[0]: None, "data/figures.yml": figures}
    for day in range(1, 6):
        for name, text in activity(day, 20).items():
            other = text.replace("recorder: 办公室", "recorder: 宣传科")
            changes[name] = text if day <= number else other
    entry = figure(tree(tmp_path, changes))
    assert (entry["value"], entry["counted"]) == (shown, None)


REVISED = """  revisions:
    - {kind: 更正, date: 2026-02-01, old: 4, new: 30, reason: 漏记}
"""


@pytest.mark.parametrize(
    ("value", "least", "more", "shown"),
    [
        (10, "10", "", 10),
        (9, "10", "", None),
        (0, "10", "", None),
        (9, "", "", None),
        (9000, "", "", None),
        (9, "10", "  people: false\n", 9),
        (30, "10", REVISED, None),
        (30, "3", REVISED, 30),
    ],
)
def test_small_numbers_of_people_are_masked(
    value: int, least: str, more: str, shown: int | None, tmp_path: Path
) -> None:
    entry = figure(tree(tmp_path, people(value, least, more)), "visited")
    assert entry["value"] == shown
    assert bool(entry["revisions"]) == (shown is not None and more == REVISED)


REVISED_ONCE = COUNTED.replace(
    "    value: 1\n",
    "    value: 7319\n  revisions:\n"
    "    - {kind: 更正, date: 2026-02-03, old: 7319, new: 2, reason: 重计, by: 丁}\n",
)


@pytest.mark.parametrize(
    ("disclosure", "record", "told"),
    [
        pytest.param("公开", "", True, id="shown, with its revision"),
        pytest.param("公开", "disclosure: 内部\n", False, id="shown without its revision"),
        pytest.param("内部", "", False, id="masked"),
    ],
)
def test_what_was_approved_is_told_where_its_revision_is_and_by_whom_never(
    disclosure: str, record: str, told: bool, tmp_path: Path
) -> None:
    register = REVISED_ONCE.replace("disclosure: 公开", f"disclosure: {disclosure}") + UNSIGNED
    more = {
        "data/figures.yml": register,
        "data/volunteering/2024/b.yml": RECORD.replace("学雷锋进社区", "植树") + record,
    }
    assert problems(tmp_path / "whole", {**PUBLIC_UNIT, **more}) == []
    found = tree(tmp_path / "tree", {**PUBLIC_UNIT, **more})
    assert figure(found, "activities")["approved"] == {"by": None, "date": data("2026-01-07")}
    assert {name for name, text in found.items() if "7319" in text} == (
        {"data/figures.yml"} if told else set()
    )
    assert not any("丁" in text or "丙" in text for text in found.values())


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((10, 20), [30, 10, 20]),
        ((4, 10, 16), [30, None, None, 16]),  # one alone could be had by subtraction
        ((4, 3, 23), [30, None, None, 23]),
        ((4,), [30, None]),  # the part and what is left of the whole are both unknown
    ],
)
def test_no_part_can_be_had_by_subtraction(
    values: tuple[int, ...], shown: list[int | None], tmp_path: Path
) -> None:
    found = data(tree(tmp_path, parts(*values))["data/figures.yml"])
    ids = ("visited", *(f"part_{index}" for index in range(len(values))))
    assert [found[id_]["value"] for id_ in ids] == shown


def test_what_is_said_of_a_figure_does_not_tell_a_number_masked_for_the_sake_of_another(
    tmp_path: Path,
) -> None:
    changes = parts(4, 10, 16)
    head, _, rest = str(changes["data/figures.yml"]).partition("part_1:")
    method = "  method: 逐户登记，当年为 10 人，上年为 9 人。\n"
    rest = re.sub(r"  method: .*\n", method, rest, count=1)
    changes |= {"data/figures.yml": f"{head}part_1:{rest}"}
    found = tree(tmp_path, changes)
    assert figure(found, "part_1")["method"] == "逐户登记，当年为（不公开），上年为 9 人。"
    assert [one for one in summary(read(tmp_path, changes)) if one.startswith("写作")] == [
        "写作（不公开）：指标 part_1（其中1）的 method（计算方法）里的“10 人”：是隐去的数（part_1）"
    ]


SUMMED = COMPLETE.replace("measure: count", "measure: sum\n    field: participants").replace(
    "unit: 次", "unit: 人次"
)


@pytest.mark.parametrize(
    ("participants", "left"),
    [
        ((12, 20, 30), [12, 20, 30]),
        ((12, 5, 30), [30]),  # one hidden record would be the whole less the others
        ((12, 6, 5), [12]),
        ((12, 2, 3), []),  # together fewer than ten
    ],
)
def test_no_record_can_be_had_by_subtraction(
    participants: tuple[int, ...], left: list[int], tmp_path: Path
) -> None:
    changes: Changes = {**PUBLIC_UNIT, PATHS[0]: None, "data/figures.yml": SUMMED}
    for day, number in enumerate(participants, 1):
        changes |= activity(day, number)
    assert records(tree(tmp_path, changes)) == left


def test_a_public_figure_shows_no_record(tmp_path: Path) -> None:
    hidden = {**activity(1, 50, "disclosure: 内部\n"), **activity(2, 40, "disclosure: 内部\n")}
    found = tree(tmp_path, {**SHOWN, PATHS[0]: None, **hidden})
    assert (figure(found)["value"], records(found)) == (2, [])


def test_a_call_names_an_indicator_of_which_there_are_observations_alone(tmp_path: Path) -> None:
    line = '来访{{ fig("visits", period="2025") }}，{{ change("visits", period="2025") }}。'
    found = tree(tmp_path, {**with_visits(observed(y2024=24, y2025=30), line), **PUBLIC_UNIT})
    assert [figure(found, f"visits@{year}")["value"] for year in (2024, 2025)] == [24, 30]
    assert line in found["docs/report/part-1.md"]


HIDDEN_REPORT: Changes = {
    "data/reports/merger.yml": (
        "title: 合并方案\nkind: 专题\nperiod: {start: 2024-02-03, end: 2024-07-09}\nstate: 起草\n"
        "pages: [{page: report/merger.md}]\n"
    ),
    "docs/report/merger.md": (
        "---\ntitle: 合并\ndisclosure: 内部\n---\n\n# 合并\n\n## 概况 { #merging }\n\n"
        '来访{{ fig("visits") }}，活动{{ fig("activities") }}。\n'
    ),
    **edited(
        "mkdocs.yml",
        "      - report/part-1.md\n",
        "      - report/part-1.md\n      - report/merger.md\n",
    ),
}


def test_an_internal_line_makes_nothing_public_of_another_report(tmp_path: Path) -> None:
    page = FILES["docs/index.md"] + '\n整合{{ fig("activities", period="merger") }}。{}\n'
    changes = {**with_visits(observed(y2025=30)), **PUBLIC_UNIT, **HIDDEN_REPORT}
    for name, mark in (("shown", ""), ("internal", " <!-- 内部 -->")):
        text = page.replace("{}", mark)
        found = tree(tmp_path / name, {**changes, "docs/index.md": text})
        keys = [one for one in data(found["data/figures.yml"]) if one.endswith("@merger")]
        assert keys == (["activities@merger"] if name == "shown" else [])


def test_a_report_that_is_not_public_leaves_no_observation_behind(tmp_path: Path) -> None:
    """Every counted indicator has an observation for its period, others where a page of it shows them."""
    changes = {**with_visits(observed(y2025=30)), **PUBLIC_UNIT, **HIDDEN_REPORT}
    site = read(tmp_path / "site", changes)
    auto = [key for key in site.values if key.endswith("@merger")]
    assert auto == ["activities@merger", "visits@merger"]
    released = freeze_register(site.values, AS_OF, None)
    assert "merger" in released
    found = tree(tmp_path / "public", changes)
    assert [name for name, text in found.items() if "merger" in f"{name}{text}"] == []
    assert figure(found, "visits@2025")["value"] == 30
    today = {**with_visits(observed(y2025=30)), **PUBLIC_UNIT}
    for name, since in (("released", changes), ("it is there no more", today)):
        whole = read(tmp_path / name, {**since, "data/releases/第一次.yml": released})
        with reported_tree(whole, "第一次") as then, redacted_tree(load(then)) as project:
            register = data((project.data / "figures.yml").read_text("utf-8"))
            assert [one for one in register if MARK in one] == ["visits@2025"]
            assert check(load(project)) == ()


@pytest.mark.parametrize("key", ["visits@merger", "visits@专项"])
def test_nor_does_it_leave_what_was_entered_for_it(key: str, tmp_path: Path) -> None:
    """The period of the report has no name, so that nothing else is of these days."""
    entered = (
        f"{key}:\n  period: {{start: 2024-02-03, end: 2024-07-09}}\n  value: 31\n"
        "  prepared: {by: 办公室, date: 2026-01-05}\n"
    )
    changes = {**with_visits(observed(y2025=30) + entered), **PUBLIC_UNIT, **HIDDEN_REPORT}
    assert [one for one in data(tree(tmp_path, changes)["data/figures.yml"]) if MARK in one] == [
        "visits@2025"
    ]


def test_nor_its_period_where_it_is_the_current_report(tmp_path: Path) -> None:
    """Pages outside of the reports mean its figures, unless they name a period."""
    changes = {**with_visits(observed(y2025=30)), **PUBLIC_UNIT, **HIDDEN_REPORT}
    described = str(changes["data/reports/merger.yml"])
    changes["data/reports/merger.yml"] = described.replace("2024-02-03", "2026-01-01").replace(
        "2024-07-09", "2026-06-30"
    )
    index = FILES["docs/index.md"] + '\n活动{{ fig("activities") }}。\n'
    found = tree(tmp_path / "site", {**changes, "docs/index.md": index})
    assert "2026-H1" not in found["data/figures.yml"]
    index = index.replace('")', '", period="2026-H1")')
    found = tree(tmp_path / "named", {**changes, "docs/index.md": index})
    assert "activities@2026-H1" in data(found["data/figures.yml"])


def test_nor_does_it_hide_anything(tmp_path: Path) -> None:
    """What few people are of its period alone is published nowhere; a page of a public report asks for no more."""
    first = COMPLETE[: COMPLETE.index("visited:")]
    people = first.replace("activities:", "people:").replace("unit: 次", "unit: 人")
    more = {f"data/volunteering/2025/{day}.yml": RECORD.replace("2024-03-05", f"2025-03-{day}") for day in (11, 12)}  # fmt: skip
    changes = {
        **with_visits(observed(y2025=30)),
        "data/unit.yml": PUBLIC_UNIT["data/unit.yml"].replace("least_people: 10", "least_people: 2"),
        "data/figures.yml": COMPLETE + people.replace("开展活动", "参加人员") + VISITS + observed(y2025=30),
        **more,
    }  # fmt: skip
    shown = {
        **HIDDEN_REPORT,
        SUMMARY: FILES[SUMMARY] + "  - page: report/inner.md\n",
        "docs/report/inner.md": str(HIDDEN_REPORT["docs/report/merger.md"]),
        "mkdocs.yml": str(HIDDEN_REPORT["mkdocs.yml"]).replace(
            "      - report/merger.md\n", "      - report/merger.md\n      - report/inner.md\n"
        ),
    }
    before = tree(tmp_path / "without", changes)
    assert figure(before, "people")["value"] == 3
    assert tree(tmp_path / "with", {**changes, **shown}) == before


def test_an_indicator_of_which_only_another_report_has_an_observation_stays(tmp_path: Path) -> None:
    page = FILES["docs/index.md"].replace(
        "见", '来访{{ fig("visits") }}，[指标](figures/index.md#visits)，见'
    )
    changes = {**with_visits("", "。"), **PUBLIC_UNIT, **HIDDEN_REPORT, "docs/index.md": page}
    changes[SUMMARY] = FILES[SUMMARY].replace(
        "2025-12-31", "2023-12-31"
    )  # the other is the current one
    found = tree(tmp_path, changes)
    assert [key for key in data(found["data/figures.yml"]) if key.startswith("visits")] == [
        "visits"
    ]
    assert figure(found, "visits")["value"] is None


def test_files_of_records_have_numbers_for_names(tmp_path: Path) -> None:
    found = tree(tmp_path, {**SHOWN, PATHS[1]: SECOND.replace("12", "13")})
    assert [name for name in found if "/2024/" in name] == [
        f"data/volunteering/2024/2024-00{number}.yml" for number in (1, 2)
    ]
    assert records(found) == [12, 13]


PAGE = "report/part-1.md"
HEAD = "---\ntitle: 一\n---\n\n"


def shown(text: str, pages: tuple[str, ...] = (), honours: tuple[str, ...] = ()) -> str:
    """What becomes of a page's text where these pages and honours, and files/a.jpg, are public."""
    page = read_page(f"{HEAD}{text}".encode(), PAGE, f"docs/{PAGE}")
    assert page.problems == []
    others = {path: Page(path, path, text="# 甲\n\n## 乙 { #b }\n") for path in pages}
    kept = PublicPages(
        {PAGE: page, **others}, frozenset(honours), frozenset({"files/a.jpg"}), COLLECTIONS
    )
    return redact_page(page, kept).text.strip("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("看[指南](../guide/index.md)。", "看指南。"),
        ("看[指南](../guide/index.md#b){ .x }。", "看指南。"),
        ('看[指南](<../guide/index.md> "密")。', "看指南。"),
        ("看[指南][g]、[g]。\n\n[g]: ../guide/index.md '密'", "看指南、[g]。"),
        ("看[G][]。\n\n[g]: ../guide/index.md\n    \"密\"", "看G。"),
        ('看<a class="x" href="../guide/index.md">指<b>南</b></a>。', "看指<b>南</b>。"),
        ("看![图](../files/b.jpg){ width=5 }。", "看。"),
        ('看[指南](../guide/index.md){ title="密" }。', "看指南。"),
        ("看[^1]。\n\n[^1]: 见[指南](../guide/index.md)。", "看[^1]。\n\n[^1]: 见指南。"),
        ('看<img src="../files/b.jpg" alt="密">。', "看。"),
        ("看![图](../files/a.jpg)。", "看![图](../files/a.jpg)。"),
        ("看[网站](https://a.invalid/b)。", "看[网站](https://a.invalid/b)。"),
        ("看[本节](#b)。", "看[本节](#b)。"),
        ("甲<!-- 密 -->乙\n\n<!--\n密\n-->\n\n丙", "甲乙\n\n\n\n丙"),
        ("甲\n\n<!-- 密", "甲"),
        ("{% raw %}<!-- 密 -->{% endraw %}", "{% raw %}{% endraw %}"),
        ("```\n<!-- 看得见 -->\n```", "```\n<!-- 看得见 -->\n```"),
        ("甲\n密 <!-- 内部 -->\n乙", "甲\n乙"),
        ("甲\n密<!--内部-->\n密 <!--\u3000内部：未定 -->\n乙", "甲\n乙"),
        ("甲\n乙<!-- 内部会议后再补 -->", "甲\n乙"),
        ("甲\n密 <!-- 内部\n密 -->\n乙", "甲\n乙"),
        ("甲\n密 <!-- 内部 --> <!-- 待办：\n密\n密 -->\n乙", "甲\n\n乙"),
        ("甲\n<!-- 密\n密 --> 密 <!-- 内部 -->\n乙", "甲\n乙"),
        ("甲\n[密](../guide/x.md) <!-- 内部 --> [密](../guide/x.md)\n乙", "甲\n乙"),
        ("看[^1]。\n密[^2] <!-- 内部 -->\n\n[^1]: 甲\n[^2]: 密，见[丙](../files/a.jpg)。\n    续\n\n乙", "看[^1]。\n\n[^1]: 甲\n\n乙"),
        ("密[密][x]。 <!-- 内部 -->\n\n[x]: ../files/a.jpg\n[y]: ../files/a.jpg '密'\n乙", "乙"),
        ("看[甲][x]。\n\n[x]: ../files/a.jpg <!-- 内部 -->\n[X]: ../files/a.jpg", "看甲。"),
        ("看[^1]。[^2]\n\n[^1]: 密 <!-- 内部 -->\n    密[x]\n\n[^2]: 乙\n\n[x]: ../files/a.jpg", "看。[^2]\n\n[^2]: 乙"),
        ("看[x]。\n\n[x]: ../files/a.jpg\n[X]: ../files/a.jpg '密'", "看[x]。\n\n[x]: ../files/a.jpg"),
        ("看![图][x]。\n\n[x]: ../files/a.jpg", "看![图][x]。\n\n[x]: ../files/a.jpg"),
        ("甲\n[^a]: 密\n---\n乙", "甲\n\n---\n乙"),
        ('{{ honours("a", "b") }}', '{{ honours("a") }}'),
        ('{{ honours("b", "c") }}', '<span class="mask">&#42;&#42;&#42;</span>'),
        ('[看{{ honours("b") }}](../guide/x.md)', '看<span class="mask">&#42;&#42;&#42;</span>'),
        ("{{ honours(level='市级') }}", "{{ honours(level='市级') }}"),
        ('{{ table("volunteering", year=2024) }}', '{{ table("volunteering", year=2024) }}'),
        ('{{ table("volunteering", recorder="密") }}', '<span class="mask">&#42;&#42;&#42;</span>'),
        ("[甲](../honours/index.md#a)和[乙](../honours/index.md#b)", "[甲](../honours/index.md#a)和[乙](../honours/index.md#b)"),
        ("[甲](../honours/index.md#c)", "甲"),
        ("[甲](../records/volunteering.md#y2024)", "[甲](../records/volunteering.md)"),
        ("[甲](../records/volunteering.md#b)", "[甲](../records/volunteering.md#b)"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_page(text: str, expected: str) -> None:
    pages = ("honours/index.md", "records/volunteering.md")
    assert shown(text, pages, ("a",)) == expected


@pytest.mark.parametrize("reports", [set(), {"a"}, {"b"}, {"a", "b"}])
def test_two_reports_are_compared_if_both_are_public(reports: set[str]) -> None:
    text = '{{ compared("a", "b") }}'
    page = read_page(f"---\ntitle: 甲\n---\n\n{text}\n".encode(), "index.md", "docs/index.md")
    kept = PublicPages({}, frozenset(), frozenset(), COLLECTIONS, frozenset(reports))
    expected = text if len(reports) == 2 else '<span class="mask">&#42;&#42;&#42;</span>'
    assert redact_page(page, kept).text.strip() == expected


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("docs/report/part-1.md", ("title: 一、组织\n", "title: 一、组织\ndisclosure: 内部\n")),
        ("docs/regulations/leave.md", ("draft: false", "draft: false\ndisclosure: 内部")),
    ],
)
def test_a_page_that_says_so_is_left_out(
    path: str, change: tuple[str, str], tmp_path: Path
) -> None:
    assert FILES[path].count(change[0]) == 1
    found = tree(tmp_path, {path: FILES[path].replace(*change)})
    assert path not in found
    assert path.removeprefix("docs/") not in found["mkdocs.yml"]
    assert "看[报告" not in found["docs/index.md"]


def test_a_draft_is_left_out_and_an_internal_folder_cannot_be_made_public(tmp_path: Path) -> None:
    draft = FILES["docs/regulations/leave.md"]
    for old, new in (
        ("number: 样例发〔2023〕4号", "number: 待补"), ("  by: 样例会议\n  date: 2023-02-01", "  by:\n  date:"),
        ("issued: 2023-02-02", "issued:"), ("effective: 2023-03-01", "effective:"), ("review_due: 2026-02-01", "review_due:"),
        ("amendments:\n  - date: 2024-05-06\n    articles: [2, 1-1]\n    summary: 增加一条", "amendments: []"),
        ("draft: false", "draft: true"),
    ):  # fmt: skip
        assert draft.count(old) == 1, old
        draft = draft.replace(old, new)
    guide = {"docs/guide/index.md": "---\ntitle: 指南\n---\n\n# 指南\n"}
    nav = edited(
        "mkdocs.yml", "  - 首页: index.md\n", "  - 首页: index.md\n  - 指南: guide/index.md\n"
    )
    found = tree(tmp_path, {**guide, **nav, "docs/regulations/leave.md": draft})
    assert not {"docs/regulations/leave.md", "docs/guide/index.md"} & found.keys()
    said = "---\ntitle: 指南\ndisclosure: 公开\n---\n\n# 指南\n"
    assert problems(tmp_path, {**nav, "docs/guide/index.md": said}) == [
        'docs/guide/index.md:3: disclosure（公开属性）须为 内部 之一，现为 "公开"；例如：disclosure: 内部'
    ]


def test_files_that_no_public_page_shows_are_left_out(tmp_path: Path) -> None:
    page = FILES["docs/index.md"] + "\n![图](files/a.svg)\n"
    other = {f"docs/{name}": "<svg/>" for name in ("files/a.svg", "files/b.svg", "assets/x.svg")}
    found = tree(tmp_path, {"docs/index.md": page, **other, "docs/assets/密.docx": "密"})
    files = [name for name in found if name.startswith("docs/") and not name.endswith(".md")]
    assert files == ["docs/files/a.svg"]


@pytest.mark.parametrize(
    "text",
    [
        "密[密][x]。 <!-- 内部 -->\n\n[x]: files/a.csv",
        "密[^1]。 <!-- 内部 -->\n\n[^1]: 密，见[密](files/a.csv)。",
        "甲。[^1]\n\n[^1]: 密，见[密](files/a.csv)。 <!-- 内部 -->",
        "看[甲][x]。\n\n[x]: files/a.csv <!-- 内部 -->",
        "看[首页][x]。\n\n[x]: index.md\n[x]: files/a.csv",
        "[x]: files/a.csv",
        "<div>\n[甲](files/a.csv)\n</div>",
    ],
)
def test_a_file_that_only_internal_lines_or_nothing_leads_to_is_left_out(
    text: str, tmp_path: Path
) -> None:
    page = f"{FILES['docs/index.md']}\n{text}\n"
    found = tree(tmp_path, {"docs/index.md": page, "docs/files/a.csv": "密\n"})
    assert "docs/files/a.csv" not in found
    assert "密" not in found["docs/index.md"]


@pytest.mark.parametrize(
    "text",
    [
        "看[甲][x]。\n\n[x]: files/a.csv",
        "看[^1]。\n\n[^1]: 见[甲](files/a.csv)。",
        '看<a href="files/a.csv">甲</a>。',
        '<div>\n<a href="files/a.csv">甲</a>\n</div>',
    ],
)
def test_a_file_that_a_public_page_leads_to_is_kept(text: str, tmp_path: Path) -> None:
    page = f"{FILES['docs/index.md']}\n{text}\n"
    assert "docs/files/a.csv" in tree(tmp_path, {"docs/index.md": page, "docs/files/a.csv": "甲\n"})


SETTINGS = """\
site_name: 甲
nav:
  - 首页: index.md
  - 密:  # 说明
      - guide/index.md
      - 深: [guide/x.md]
  - 报告:
      - report/a.md
      - 乙: report/b.md
  - guide/y.md
theme:
  name: x
extra: {a: !ENV [B, c]}
"""


def test_the_navigation_names_the_pages_there_are() -> None:
    expected = """\
site_name: 甲
nav:
- 首页: index.md
- 报告:
  - report/a.md
  - 乙: report/b.md

theme:
  name: x
extra: {a: !ENV [B, c]}
"""
    assert settings(SETTINGS, {"index.md", "report/a.md", "report/b.md"}) == expected


def public_site(root: Path, changes: Changes) -> Iterator[Site]:
    with redacted_tree(read(root, changes)) as project:
        yield load(project)


def test_what_is_shown_of_a_masked_figure_and_of_a_collection_in_part(tmp_path: Path) -> None:
    hidden = f"{SECOND}disclosure: 内部\n"
    records_page = '---\ntitle: 台账\n---\n\n# 台账\n\n{{ records("volunteering") }}\n'
    nav = edited(
        "mkdocs.yml", "  - 首页: index.md\n", "  - 首页: index.md\n  - records/volunteering.md\n"
    )
    changes: Changes = {
        **SHOWN,
        **nav,
        PATHS[1]: hidden,
        "docs/records/volunteering.md": records_page,
    }
    (site,) = public_site(tmp_path, changes)
    shown = "".join(
        macros(site, f"indicators/{id_}.md")["indicator"](id_) for id_ in site.archive.indicators
    )
    assert '<th scope="row">状态</th><td><strong class="state">不公开</strong></td>' in shown
    assert "已宣布齐全至2025年12月31日</td>" in shown
    assert "备注" not in shown
    of_records = macros(site, "records/volunteering.md")["records"]("volunteering")
    assert "以下只是公开的记录，故不列合计" in of_records
    assert "各年合计" not in of_records
    assert "修改" not in of_records


def test_problems_stop_the_public_edition_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, edited("data/volunteering/2024/20240305-a.yml", "services: 30", "services: 三"))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["build", "--edition", "public", "--as-of", "2026-03-01"])
    assert (result.exit_code, result.stdout) == (
        1,
        "data/volunteering/2024/20240305-a.yml:7: "
        'services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 "三"；请改为：services: 3\n',
    )


FORMER = """\
    summary: 增加一条
    added: [1-1]
    before:
      - article: 2
        text: |
          事假依照[第一条](#art-1)办理，见[《外出报备制度》](going-out.md)。<!-- 甲注 -->

          由乙批准。 <!-- 内部 -->
"""


@pytest.mark.parametrize(
    ("day", "seen", "ended"),
    [
        ("2026-03-01", "disclosure: 内部", "2026-03-01"),
        ("2026-03-02", "disclosure: 内部", None),
        ("2026-03-01", "description: 外出", None),
    ],
    ids=[
        "over since today",
        "over tomorrow, which is not told",
        "its successor is public and says so",
    ],
)
def test_a_regulation_whose_successor_is_not_public_is_over(
    tmp_path: Path, day: str, seen: str, ended: str | None
) -> None:
    """Readers must not take for valid what is not, and learn no more of what has replaced it."""
    later = (
        ("title: 外出报备制度", f"title: 外出报备制度\n{seen}"), ("number: 待补", "number: 样例发〔2026〕1号"),
        ("effective:", f"effective: {day}"), ("issued:", "issued: 2026-02-02"), ("draft: true", "draft: false"),
        ("replaces: []", "replaces: [leave]"), ("  by:\n  date:", "  by: 样例会议\n  date: 2026-02-01"),
        ("issuing_body:", "issuing_body: 样例局"),
    )  # fmt: skip
    found = tree(tmp_path, two(*((OUT, old, new) for old, new in later)))
    front = data(found[LEAVE].split("---\n")[1])
    assert (OUT in found) == (seen != "disclosure: 内部")
    assert (front.get("repealed"), front["replaced_by"]) == (ended and data(ended), None)


def test_former_texts_are_public_as_the_regulation_is(tmp_path: Path) -> None:
    leave = FILES["docs/regulations/leave.md"].replace("    summary: 增加一条\n", FORMER)
    changes = {
        **two(),
        "docs/regulations/leave.md": leave,
        "docs/index.md": FILES["docs/index.md"]
        + "\n见[旧文本](regulations/versions/leave-2023-03-01.md#art-2)。\n",
    }
    found = tree(tmp_path / "public", changes)
    front = data(found["docs/regulations/leave.md"].split("---\n")[1])
    assert front["amendments"] == [
        {
            "date": data("2024-05-06"),
            "articles": ["2", "1-1"],
            "summary": "增加一条",
            "added": ["1-1"],
            "before": [
                {"article": "2", "text": "事假依照[第一条](#art-1)办理，见《外出报备制度》。"}
            ],
        }
    ]
    assert not [name for name in found if "versions" in name]
    assert "[旧文本](regulations/versions/leave-2023-03-01.md#art-2)" in found["docs/index.md"]
    internal = {
        **changes,
        "docs/regulations/leave.md": leave.replace(
            "draft: false", "draft: false\ndisclosure: 内部"
        ),
    }
    found = tree(tmp_path / "internal", internal)
    assert "docs/regulations/leave.md" not in found
    assert "见旧文本。" in found["docs/index.md"]


def test_a_former_text_of_which_nothing_is_public_is_not_recorded(tmp_path: Path) -> None:
    inner = FORMER.partition("          事假")[0] + "          由乙批准。 <!-- 内部 -->\n"
    regulation = FILES["docs/regulations/leave.md"].replace("    summary: 增加一条\n", inner)
    found = tree(tmp_path, {"docs/regulations/leave.md": regulation})
    front = data(found["docs/regulations/leave.md"].split("---\n")[1])
    assert front["amendments"][0]["before"] == []


@pytest.mark.parametrize("folder", ["records", "honours"])
@pytest.mark.parametrize("id_", ["2024-001", "某甲"])
def test_no_link_leads_to_another_record_or_tells_its_id(
    tmp_path: Path, folder: str, id_: str
) -> None:
    """Records are numbered anew: what is 2024-002 there may be 2024-001 here."""
    page = f"{folder}/volunteering.md"
    table = '---\ntitle: 台账\n---\n\n# 台账\n\n{{ records("volunteering") }}\n'
    links = f"[甲]({page}#r-{id_})，[乙][x]。\n\n[x]: {page}#r-{id_}\n"
    earlier = "data/volunteering/2024/2024-009.yml"
    found = tree(
        tmp_path,
        {
            **PUBLIC_UNIT,
            PATHS[0]: None,
            f"data/volunteering/2024/{id_}.yml": RECORD,
            earlier: RECORD.replace("2024-03-05", "2024-03-01").replace("进社区", "进学校"),
            f"docs/{page}": table,
            "mkdocs.yml": MKDOCS.replace("  - 制度", f"  - 台账: {page}\n  - 制度"),
            "docs/index.md": f"{FILES['docs/index.md']}\n{links}",
        },
    )
    assert f"[甲]({page})，[乙][x]。\n\n[x]: {page}\n" in found["docs/index.md"]
    assert "进学校" in found["data/volunteering/2024/2024-001.yml"]


def test_a_former_text_of_an_article_with_an_internal_line_is_not_public(tmp_path: Path) -> None:
    """The mark may have been forgotten in what the article said before."""
    former = "    summary: 增加一条\n    before:\n      - {article: 2, text: 由乙批准。}\n"
    leave = FILES["docs/regulations/leave.md"].replace("    summary: 增加一条\n", former)
    for marked, left in ((" <!-- 内部 -->", []), ("", ["由乙批准。"])):
        lines = leave.split("\n")
        at = next(number for number, line in enumerate(lines) if "第二条" in line) + 2
        lines[at] += marked
        changes: Changes = {"docs/regulations/leave.md": "\n".join(lines)}
        found = tree(tmp_path / (marked.strip(" <>!-") or "shown"), changes)
        front = data(found["docs/regulations/leave.md"].split("---\n")[1])
        assert [one["text"] for one in front["amendments"][0]["before"]] == left


def test_amendments_name_no_internal_article(tmp_path: Path) -> None:
    """Of one that changed nothing else, it is not told that there was one."""
    leave = FILES["docs/regulations/leave.md"]
    start = leave.index("### 第一条之一")
    article = leave[start : leave.index("### 第二条")]
    marked = "".join(f"{line} <!-- 内部 -->\n" if line else "\n" for line in article.splitlines())
    amended = "  - {date: 2025-06-07, articles: [1-1], summary: 修改涉密的一条}\ndraft: false"
    text = leave.replace(article, marked).replace("draft: false", amended)
    text = text.replace("[第一条之一](#art-1-1)第一项", "规定")
    found = tree(tmp_path, {**PUBLIC_UNIT, "docs/regulations/leave.md": text})
    front = data(found["docs/regulations/leave.md"].split("---\n")[1])
    assert [(one["articles"], one["summary"]) for one in front["amendments"]] == [
        (["2"], "增加一条")
    ]


FORMER_MARKS = {
    "one of two marked lines is not marked in it": (
        "乙。 <!-- 内部 -->\n\n由丙代。 <!-- 内部 -->",
        ["甲批。\n\n乙。 <!-- 内部 -->\n\n由丙代。"],
        [[]],
    ),
    "the line is gone today, and marked in a later one": (
        "由员批准。",
        ["由乙批准。\n\n由丙代。", "由甲批准。\n\n由丙代。 <!-- 内部 -->"],
        [[], ["由甲批准。"]],
    ),
    "the line of another article": (
        "由员批准。 <!-- 内部 -->\n\n由乙批准。",
        ["由甲批准。 <!-- 内部 -->\n\n- 由员批准"],
        [[]],
    ),
    "as many marked, in other words": (
        "由员批准。 <!-- 内部 -->\n\n由乙批准。",
        ["由甲批准。 <!-- 内部 -->\n\n由丙批准。"],
        [["由丙批准。"]],
    ),
}


@pytest.mark.parametrize("case", FORMER_MARKS)
def test_a_line_that_is_internal_in_one_text_of_a_regulation_is_in_none_public(case: str) -> None:
    now, former, left = FORMER_MARKS[case]
    front, _, _ = REGULATION.partition("amendments:")
    before = "".join(
        f"  - date: 202{year}-01-01\n    articles: [1]\n    summary: 改\n"
        f"    before: [{{article: 1, text: {json.dumps(text)}}}]\n"
        for year, text in enumerate(former, 3)
    )
    text = f"{front}amendments:\n{before}draft: false\n---\n\n# 请假\n\n## 第一条 {'{ #art-1 }'}\n\n{now}\n"
    page = read_page(text.encode(), "regulations/leave.md", LEAVE)
    kept = PublicPages({page.path: page}, frozenset(), frozenset(), {})
    found = data(redact_page(page, kept).front)["amendments"]
    assert [[each["text"] for each in one["before"]] for one in found] == left


@pytest.mark.parametrize("seen", ["", "disclosure: 内部\n"])
def test_the_rows_of_a_ledger_are_public_as_the_page_that_lists_them(
    tmp_path: Path, seen: str
) -> None:
    table = f'---\ntitle: 台账\n{seen}---\n\n# 台账\n\n{{{{ records("volunteering") }}}}\n'
    changes: Changes = {
        **SHOWN,
        "docs/records/volunteering.md": table,
        "mkdocs.yml": MKDOCS.replace("  - 制度", "  - 台账: records/volunteering.md\n  - 制度"),
    }
    with redacted_tree(read(tmp_path, changes)) as project:
        site = load(project)
        assert check(site) == ()
        found = len(site.archive.records["volunteering"]), "volunteering" in offered(site)
    assert found == ((0, False) if seen else (1, True))


@pytest.mark.parametrize("seen", ["", "disclosure: 内部\n"])
def test_honours_are_public_as_the_page_that_lists_them(tmp_path: Path, seen: str) -> None:
    line = '我局获{{ honours("smoke") }}，见[荣誉](honours/index.md#smoke)。'
    changes: Changes = {
        **SHOWN,
        "data/honours/smoke.yml": HONOUR,
        "docs/honours/index.md": f"---\ntitle: 荣誉\n{seen}---\n\n# 荣誉\n\n{{{{ honour_list() }}}}\n",
        "mkdocs.yml": MKDOCS.replace("  - 制度", "  - 荣誉: honours/index.md\n  - 制度"),
        "docs/index.md": f"{FILES['docs/index.md']}\n{line}\n",
    }
    with redacted_tree(read(tmp_path, changes)) as project:
        site = load(project)
        assert check(site) == ()
        there = bool(site.archive.records["honours"])
        said = site.archive.pages["index.md"].text.strip().rpartition("\n")[2]
        assert (there, "honours" in offered(site)) == (not seen, not seen)
    mask = '<span class="mask">&#42;&#42;&#42;</span>'
    assert said == (f"我局获{mask}，见荣誉。" if seen else line)


@pytest.mark.parametrize(
    ("old", "new"),
    [("disclosure: 公开", "disclosure: 内部"), ("unit: 次", "unit: 次\n  people: true")],
    ids=["not public since then", "known to count people since then"],
)
def test_what_is_public_of_a_release_is_what_the_register_of_today_says(
    tmp_path: Path, old: str, new: str
) -> None:
    then = freeze_register(read(tmp_path / "then", SHOWN).values, AS_OF, None)
    today = str(SHOWN["data/figures.yml"])
    for name, text in {"same": today, "changed": today.replace(old, new, 1)}.items():
        changes = {**SHOWN, "data/figures.yml": text, "data/releases/第一次.yml": then}
        with (
            reported_tree(read(tmp_path / name, changes), "第一次") as reported,
            redacted_tree(load(reported)) as project,
        ):
            register = data((project.data / "figures.yml").read_text("utf-8"))
        assert register["activities"]["value"] == (1 if name == "same" else None)


def test_what_a_release_said_of_a_figure_does_not_tell_a_number_masked_since(
    tmp_path: Path,
) -> None:
    today = str(SHOWN["data/figures.yml"])
    told = re.sub(r"  method: .*\n", "  method: 逐次登记，共 1 次。\n", today, count=1)
    sealed = read(tmp_path / "then", {**SHOWN, "data/figures.yml": told})
    text = today.replace("disclosure: 公开", "disclosure: 内部", 1)
    release = {"data/releases/第一次.yml": freeze_register(sealed.values, AS_OF, None)}
    whole = read(tmp_path / "now", {**SHOWN, "data/figures.yml": text, **release})
    with reported_tree(whole, "第一次") as reported, redacted_tree(load(reported)) as project:
        register = data((project.data / "figures.yml").read_text("utf-8"))
    assert register["activities"]["method"] == "逐次登记，共（不公开）。"
