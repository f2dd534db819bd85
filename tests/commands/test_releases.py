"""What was reported: frozen once, kept as it was, compared with today, built again."""

import json
import os
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive.build.editions.reported import reported_tree
from archive.build.editions.tree import redacted_tree
from archive.build.site import build
from archive.checks import check
from archive.commands.cli import main
from archive.facts.gather import gather
from archive.facts.macros import anchors
from archive.facts.project import Project
from archive.facts.releases import freeze_register, release_digest, reported_values
from archive.facts.site import Site, load
from archive.files.writing import block
from archive.files.yaml import parse
from archive.press import make_deferred
from archive.press.plan import describe_location
from archive.render import macros
from tests.conftest import AS_OF as DEMO_DAY
from tests.samples.corrections import APPROVED, CORRECTED, A
from tests.samples.frozen import leave_out_guide
from tests.samples.releases import COMMIT, FILE, NAME, REPORTED, Changes, frozen_text
from tests.samples.sample import AS_OF, FILES, edited, git, problems, read, write
from tests.samples.sample import RECORD as VOLUNTEERING


@pytest.fixture
def reported(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    """The sample, approved, and what was reported of it."""
    return {**REPORTED, FILE: frozen_text(tmp_path_factory.mktemp("reported"))}


def test_a_release_holds_the_register_as_it_was(tmp_path: Path) -> None:
    text = frozen_text(tmp_path)
    assert text.startswith(
        "# 报送时的指标登记，由 archive freeze 写出，不得改动。\ndate: 2026-03-01\n"
    )
    data = parse(text, FILE).data
    assert data.keys() == {"date", "commit", "digest", "figures"}
    assert (data["commit"], data["digest"]) == (COMMIT, release_digest(data))
    activities = data["figures"]["activities"]
    shown = [activities[key] for key in ("shown", "value", "state", "running", "records")]
    assert shown == ["30", 30, "核定", 30, 1]
    assert activities["entry"]["definition"] == "三年来开展的志愿活动"
    assert data["figures"]["visited"]["shown"] == "近百"


def test_it_is_read_back_as_it_was(tmp_path: Path, reported: Changes) -> None:
    site = read(tmp_path, reported)
    assert check(site) == ()
    before = site.values
    for id_, one in site.archive.releases[NAME].figures.items():
        assert (one.entry, one.value, one.shown) == (before[id_].figure, before[id_].exact, before[id_].number)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 30", "value: 31"),
        ("state: 核定", "state: 初步"),
        ("shown: 近百", "shown: 百余"),
        ("definition: 走访的居民人数", "definition: 走访的人数"),
        ("commit: a", "commit: b"),
        ("date: 2026-03-01", "date: 2026-03-02"),
    ],
)
def test_whatever_is_changed_is_noticed(
    old: str, new: str, tmp_path: Path, reported: Changes
) -> None:
    text = str(reported[FILE])
    assert old in text
    found = problems(tmp_path, {**reported, FILE: text.replace(old, new, 1)})
    line = text[: text.index("digest:")].count("\n") + 1
    rule = (
        "报送数须与报送时一样（校验值不符）；请从 Git 恢复这个文件，更正写在指标登记的 revisions 里"
    )
    assert f"{FILE}:{line}: {rule}" in found


def test_how_it_is_written_does_not_matter(tmp_path: Path, reported: Changes) -> None:
    text = str(reported[FILE]).replace("value: 30", "value: 30.0\n# 准确数")
    assert problems(tmp_path, {**reported, FILE: text}) == []


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(0, 10**6) | st.text("甲乙 :#'\"\n", max_size=6)
    | st.decimals(0, 10**6, places=2) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(value=st.dictionaries(st.sampled_from("abcd"), PLAIN))
def test_what_is_written_has_the_digest_of_what_was_meant(value: dict[str, Any]) -> None:
    listed = {key: one for key, one in value.items() if _plain_lists(one)}
    read_back = parse("".join(block(*field) for field in listed.items()), "x.yml")
    assert read_back.problems == []
    assert release_digest(read_back.data or {}) == release_digest(listed)


def _plain_lists(value: Any) -> bool:
    """Whether no list stands in a list: no record has one, and none is written."""
    if isinstance(value, list):
        return not any(isinstance(one, list) for one in value) and all(map(_plain_lists, value))
    return all(map(_plain_lists, value.values())) if isinstance(value, dict) else True


SEVERAL: Changes = {A: VOLUNTEERING.replace("services: 30", "services: 45")}


def test_a_change_without_a_word_is_a_problem(tmp_path: Path, reported: Changes) -> None:
    found = problems(tmp_path, {**reported, **SEVERAL})
    rule = (
        "须仍是它，现为 45；改动有据的，请在 revisions 下加一项 - {kind: 修订, date: 2026-03-01, old: 30, new: 45, "
        "reason: , by: }，填上原因和核定岗位，原来错了的，kind 写更正；不该变的，改回去"
    )
    message = f"activities（开展活动）核定的数是 30，{rule}"
    assert [re.sub(r":\d+:", "::", one) for one in found] == [f"data/figures.yml:: {message}"]


def test_a_change_that_is_explained_is_none(tmp_path: Path, reported: Changes) -> None:
    changes = {**reported, **SEVERAL, "data/figures.yml": CORRECTED}
    assert problems(tmp_path, changes) == []
    wrong = CORRECTED.replace("old: 30", "old: 31")
    assert len(problems(tmp_path, {**changes, "data/figures.yml": wrong})) == 1


def test_a_value_that_is_gone_is_a_change(tmp_path: Path, reported: Changes) -> None:
    figures = APPROVED.replace("complete_through: 2025-12-31", "complete_through:")
    (found,) = problems(tmp_path, {**reported, "data/figures.yml": figures})
    assert found.endswith("现在没有数值；请恢复数值或 complete_through（资料齐全至）")


def test_another_definition_is_another_number(tmp_path: Path, reported: Changes) -> None:
    assert APPROVED.count("definition: 三年来") == 1
    figures = APPROVED.replace("definition: 三年来", "definition: 三年内")
    changes = {
        **reported,
        **SEVERAL,
        "data/figures.yml": figures.replace("value: 30", "value: 45"),
    }
    assert problems(tmp_path, changes) == []


def test_a_reported_number_does_not_vanish_into_another_period(
    tmp_path: Path, reported: Changes
) -> None:
    """The report still means the period that was reported, and its number is another one now."""
    period = "end: 2025-12-31\n  source"
    assert APPROVED.count(period) == 1
    figures = APPROVED.replace(period, "end: 2025-12-30\n  source").replace("value: 30", "value: 45")  # fmt: skip
    (found,) = problems(tmp_path, {**reported, **SEVERAL, "data/figures.yml": figures})
    assert found == (
        "data/figures.yml:1: activities@2023-2025（开展活动）与“2025年度”报送的 30 不同，须记为修订或更正（revisions），从报送的数起，首尾相接，现为 45；"
        "请在 revisions 下加一项 - {kind: 修订, date: 2026-03-01, old: 30, new: 45, reason: , by: }，填上原因和核定岗位，不该变的，改回去"
    )


def test_a_reported_number_is_found_under_the_key_of_its_period(
    tmp_path: Path, reported: Changes
) -> None:
    """The entry that held the indicator and its number is taken apart: the number stays what was reported."""
    alone = APPROVED[: APPROVED.index("visited:")]
    parts = alone.split("  prepared:")
    indicator = parts[0].replace("    start: 2023-01-01\n    end: 2025-12-31\n", "")
    signed = f"activities@2023-2025:\n  prepared:{parts[1]}".replace("  note:\n", "")
    apart = indicator + "  note:\n" + signed + APPROVED[APPROVED.index("visited:") :]
    assert problems(tmp_path, {**reported, "data/figures.yml": apart}) == []
    (found,) = problems(tmp_path, {**reported, **SEVERAL, "data/figures.yml": apart})
    assert "activities@2023-2025（开展活动）核定的数是 30，须仍是它，现为 45" in found


def test_a_figure_that_was_reported_stays_in_the_register(
    tmp_path: Path, reported: Changes
) -> None:
    figures = APPROVED.replace("activities:", "actions:")
    page = FILES["docs/report/part-1.md"].replace('fig("activities")', 'fig("actions")')
    found = problems(
        tmp_path, {**reported, "data/figures.yml": figures, "docs/report/part-1.md": page}
    )
    assert len(found) == 1
    assert found[0].endswith(
        "报送过的指标须留在登记里，没有 activities（开展活动）；不再用的请填停用日期"
    )


def test_files_that_are_no_release(tmp_path: Path, reported: Changes) -> None:
    (found,) = problems(tmp_path / "a", {**reported, "data/releases/a.yml": "date: 2026-03-01\n"})[
        :1
    ]
    assert (
        found
        == "data/releases/a.yml:1: 须有字段 commit（提交）：不知道的可以空着，这一行不能没有；请加一行，如 commit:"
    )
    assert problems(tmp_path / "b", {"data/releases/x.txt": "甲"}) == [
        "data/releases/x.txt:1: 台账文件名须以 .yml 结尾，现为 x.txt；请改名，照片、表格移到 docs/files/"
    ]


PAGE: Changes = {
    "docs/figures/releases.md": "---\ntitle: 历次报送\n---\n\n# 历次报送\n\n{{ releases() }}\n",
    **edited("mkdocs.yml", "  - 首页: index.md\n", "  - 首页: index.md\n  - figures/releases.md\n"),
}


def rows(page: str) -> list[list[str]]:
    """The rows of the tables for wide screens: the id, then the cells, signs written out."""
    found = re.findall(r'<tr(?: id="([^"]*)")?>((?:<td.*?</td>)+)</tr>', page)
    cells = ((id_, re.findall(r"<td[^>]*>(.*?)</td>", row)) for id_, row in found)
    return [
        [id_, *(re.sub(r"&#(\d+);", lambda one: chr(int(one[1])), cell) for cell in row)]
        for id_, row in cells
    ]


def test_the_page_tells_what_was_reported_and_what_became_of_it(
    tmp_path: Path, reported: Changes
) -> None:
    changes = {**reported, **SEVERAL, **PAGE, "data/figures.yml": CORRECTED}
    site = read(tmp_path, changes)
    assert check(site) == ()
    shown = macros(site, "figures/releases.md")["releases"]()
    digest = site.archive.releases[NAME].digest[7:17]
    assert rows(shown) == [
        ["", NAME, "2026年3月1日", "1", "<code>abcdef0123</code>", f"<code>{digest}…</code>"],
        [
            "activities", '<a href="../../indicators/activities/">开展活动</a>', "30次", "核定",
            "45次", "已修订", "+15", "<strong>已改</strong>：更正（2026年2月1日）由 30 改为 45，漏计一组",
        ],
        [
            "visited", '<a href="../../indicators/visited/">走访居民</a>', "近百人", "未填报",
            "近百人", "未填报", "—", "未变",
        ],
    ]  # fmt: skip
    assert "any-two" not in shown
    page = macros(site, "indicators/activities.md")["indicator"]("activities")
    assert f"<td>{NAME}</td><td>2026年3月1日</td>" in page
    assert (
        '<td class="number">30次</td><td class="number">45次</td><td class="number">+15</td>'
        in page
    )
    assert "[历次报送](../figures/releases.md)" in page
    hover = macros(site, "report/part-1.md")["fig"]("activities")
    assert f"“{NAME}”（2026年3月1日）报送 30次，此后更正" in hover


def test_words_that_were_reported_are_compared_too(tmp_path: Path, reported: Changes) -> None:
    changes = {**reported, **PAGE, "data/figures.yml": APPROVED.replace("近百", "百余")}
    site = read(tmp_path / "a", changes)
    assert problems(tmp_path / "a", changes) == []
    assert [str(one.since) for one in reported_values(site.archive, site.values, "visited")] == [
        "约数写法已改"
    ]
    shown = macros(site, "figures/releases.md")["releases"]()
    assert [row[-1] for row in rows(shown) if row[0] == "visited"] == [
        "<strong>约数写法已改</strong>：改了约数写法"
    ]
    hover = macros(site, "report/part-1.md")["fig"]("visited")
    assert f"“{NAME}”（2026年3月1日）报送 近百人，此后改了约数写法" in hover
    masked = APPROVED.replace("近百", "…余").replace(
        "mask:\n  definition: 走访", 'mask: "***"\n  definition: 走访'
    )
    site = read(tmp_path / "b", {"data/figures.yml": masked})
    kept = {FILE: freeze_register(site.values, AS_OF, COMMIT), "data/figures.yml": APPROVED}
    site = read(tmp_path / "b", kept)
    assert [str(one.since) for one in reported_values(site.archive, site.values, "visited")] == [
        "当时未填报"
    ]


@pytest.mark.parametrize(
    ("now", "shown", "since"),
    [("300以上", "300人以上", "未变"), ("300左右", "300人左右", "约数写法已改")],
)
def test_words_behind_the_unit_are_reported_too(
    tmp_path: Path, now: str, shown: str, since: str
) -> None:
    then = read(tmp_path / "a", {"data/figures.yml": APPROVED.replace("近百", "300以上")})
    assert "    shown: 300以上\n" in freeze_register(then.values, AS_OF, COMMIT)
    changes = {
        **PAGE,
        FILE: freeze_register(then.values, AS_OF, COMMIT),
        "data/figures.yml": APPROVED.replace("近百", now),
    }
    site = read(tmp_path / "b", changes)
    (one,) = reported_values(site.archive, site.values, "visited")
    assert (str(one.since), one.reported.has_value) == (since, True)
    page = macros(site, "figures/releases.md")["releases"]()
    (row,) = (row for row in rows(page) if row[0] == "visited")
    assert row[2:5] == ["300人以上", "未填报", shown]
    hover = macros(site, "report/part-1.md")["fig"]("visited")
    assert ("报送 300人以上，此后改了约数写法" in hover) == (since != "未变")


def test_before_anything_was_reported(tmp_path: Path) -> None:
    site = read(tmp_path, PAGE)
    assert macros(site, "figures/releases.md")["releases"]().startswith("尚未报送。")
    assert "报送" not in macros(site, "indicators/activities.md")["indicator"]("activities")


def test_several_occasions_stand_in_order(tmp_path: Path, reported: Changes) -> None:
    site = read(tmp_path / "a", {**reported, **SEVERAL, "data/figures.yml": CORRECTED})
    second = freeze_register(site.values, DEMO_DAY, None)
    changes = {
        **reported, **SEVERAL, **PAGE, "data/figures.yml": CORRECTED, "data/releases/a.yml": second,
    }  # fmt: skip
    site = read(tmp_path / "b", changes)
    assert check(site) == ()
    occasions = reported_values(site.archive, site.values, "activities")
    assert [(one.name, one.reported.value, str(one.since)) for one in occasions] == [
        (NAME, Decimal(30), "已改"), ("a", Decimal(45), "未变"),
    ]  # fmt: skip
    assert "报送" not in macros(site, "report/part-1.md")["fig"]("activities")
    page = macros(site, "figures/releases.md")["releases"]()
    against_now, _, any_two = page.partition("## 任意两次相比 { #any-two }")
    assert "报送的数是最近一次“a”的" in against_now
    assert [(row[0], *row[2:5]) for row in rows(against_now) if row[0]] == [
        ("activities", "45次", "已修订", "45次"),
        ("visited", "近百人", "未填报", "近百人"),
    ]
    assert rows(any_two) == [
        [
            "", '<a href="../../indicators/activities/">开展活动</a>',
            '<span data-group="0" data-exact="45">45次</span>',
            '<span data-group="0" data-exact="45">45次</span>',
            '<span data-group="0" data-exact="30">30次</span>',
        ],
        [
            "", '<a href="../../indicators/visited/">走访居民</a>',
            '<span data-group="0">近百人</span>', '<span data-group="0">近百人</span>',
            '<span data-group="0">近百人</span>',
        ],
    ]  # fmt: skip
    listed = site.archive.pages["figures/releases.md"]
    assert {"occasions", "figures", "any-two", "activities", "visited"} <= anchors(site, listed)


def test_what_is_of_another_definition_is_in_another_group(
    tmp_path: Path, reported: Changes
) -> None:
    other = APPROVED.replace("definition: 走访", "definition: 另一种走访")
    site = read(tmp_path, {**reported, **PAGE, "data/figures.yml": other})
    again = freeze_register(site.values, DEMO_DAY, None)
    changes = {**reported, **PAGE, "data/figures.yml": other, "data/releases/a.yml": again}
    site = read(tmp_path, changes)
    page = macros(site, "figures/releases.md")["releases"]()
    (row,) = (row for row in rows(page) if "data-group" in row[2] and "visited" in row[1])
    assert row[2:] == [
        '<span data-group="0">近百人</span>', '<span data-group="0">近百人</span>',
        '<span data-group="1">近百人</span>',
    ]  # fmt: skip


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a repository that holds the sample, approved and committed."""
    write(tmp_path, REPORTED)
    monkeypatch.chdir(tmp_path)
    git(Path(), "init", "-q")
    git(Path(), "add", "-A")
    git(Path(), "commit", "-qm", "a")

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(main, [*args, "--as-of", "2026-03-01"], catch_exceptions=False)

    return invoke


def test_freeze_writes_once(run: Run) -> None:
    result = run("freeze", NAME)
    assert (result.exit_code, result.stderr) == (0, f"已写入 {FILE}，2 个指标；请提交。\n")
    written = Path(FILE).read_bytes()
    assert parse(written.decode(), FILE).data["commit"] == git(Path(), "rev-parse", "HEAD")
    again = run("freeze", NAME)
    assert again.exit_code == 1
    assert again.stderr == f"报送过的不得改动，{FILE} 已有；请另用一个名称\n"
    assert Path(FILE).read_bytes() == written
    assert run("check").exit_code == 0


def test_what_cannot_be_written_leaves_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "年" * 100
    result = run("freeze", long)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"data/releases/{long}.yml 须能写入，现为：")

    def full(*_: Any, **__: Any) -> int:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("freeze", NAME)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{FILE} 须能写入，现为：没有空间；请除去这个原因再运行一次\n",
    )
    assert list(Path("data/releases").iterdir()) == []


def test_a_file_that_came_meanwhile_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(here: Project) -> Site:
        site = load(here)
        Path("data/releases").mkdir()
        Path(FILE).write_text("别人的", "utf-8")
        return site

    monkeypatch.setattr("archive.commands.freeze.load", meanwhile)
    result = run("freeze", NAME)
    message = f"{FILE} 须能写入，现为：已有同名的文件或目录；请除去这个原因再运行一次\n"
    assert (result.exit_code, result.stderr) == (1, message)
    assert [path.read_text("utf-8") for path in Path("data/releases").iterdir()] == ["别人的"]


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".a", "甲 乙", "-a"])
def test_names_that_are_none(run: Run, name: str) -> None:
    result = run("freeze", "--", name) if name.startswith("-") else run("freeze", name)
    assert result.exit_code != 0
    assert not Path("data/releases").exists()


def test_only_what_is_committed_and_without_fault_is_frozen(run: Run) -> None:
    Path(A).write_text(VOLUNTEERING.replace("services: 30", "services: 三"), "utf-8")
    result = run("freeze", NAME)
    assert result.stdout.startswith(f"{A}:1: 须是已经提交的，现在改了还没有提交；")
    assert result.stderr == "报送的须是已经提交的内容，现有 1 处还没有提交；请先提交\n"
    git(Path(), "commit", "-qam", "b")
    result = run("freeze", NAME)
    assert (result.exit_code, result.stderr) == (1, "报送的须没有问题，现有 1 处\n")
    assert result.stdout.startswith(f"{A}:7: services")
    assert not Path(FILE).exists()


def test_diff_with_what_was_reported(run: Run) -> None:
    run("freeze", NAME)
    assert run("diff", NAME).stdout == "指标、记录和页面的内容没有改动。\n"
    Path(A).write_text(VOLUNTEERING.replace("services: 30", "services: 45"), "utf-8")
    Path("data/figures.yml").write_text(CORRECTED, "utf-8")
    changes = json.loads(run("diff", NAME, "--format", "json").stdout)
    (figure,) = changes["figures"]
    assert (figure["old"]["exact"], figure["new"]["exact"], figure["difference"]) == ("30", "45", "15")  # fmt: skip
    assert [one["reason"] for one in figure["recorded"]] == ["漏计一组"]
    assert not figure["unexplained"]


def test_the_tree_of_a_release_has_its_figures(tmp_path: Path, reported: Changes) -> None:
    more = "later" + CORRECTED[CORRECTED.index("visited:") :].removeprefix("visited")
    more = more.replace("name: 走访居民", "name: 后来")
    page = FILES["docs/report/part-1.md"] + '\n又{{ fig("later") }}。\n'
    changes = {
        **reported, **SEVERAL, **PAGE, "data/figures.yml": f"{CORRECTED}{more}", "docs/report/part-1.md": page,
    }  # fmt: skip
    site = read(tmp_path, changes)
    assert check(site) == ()
    with reported_tree(site, NAME) as project:
        old = Site(gather(project))
        assert check(old) == ()
        assert [(one.id, one.number, str(one.state)) for one in old.values.values()] == [
            ("activities", "30", "核定"), ("visited", "近百", "未填报"), ("later", "***", "未填报"),
        ]  # fmt: skip
        assert old.edition_label == f"内部版（{NAME}）"
        assert "figures/releases.md" not in old.archive.pages
        with redacted_tree(old) as public:
            shown = Site(gather(public))
            assert (shown.values["activities"].number, shown.edition_label) == (
                "30",
                f"公开版（{NAME}）",
            )


def test_hidden_names_lead_nowhere(tmp_path: Path, reported: Changes) -> None:
    """The check passes over names that begin with a dot or ~; so does whatever copies or reads data/."""
    aside = tmp_path / "aside"
    aside.mkdir()
    (aside / "a.yml").write_text("机密", "utf-8")
    site = read(tmp_path / "site", reported)
    data = site.archive.project.data
    (data / ".all").symlink_to(aside)
    (data / "~a").symlink_to(aside)
    (data / ".a.yml").symlink_to(aside / "a.yml")
    site = load(site.archive.project)
    assert check(site) == ()
    with reported_tree(site, NAME) as project:
        copied = {path.relative_to(project.data).parts[0] for path in project.data.rglob("*")}
    assert copied == {path.name for path in data.iterdir()} - {
        ".all",
        "~a",
        ".a.yml",
        "volunteering",
    }
    assert describe_location(site, "index.md", "机密") == ("docs/index.md", 1)


def test_a_release_that_is_none(run: Run) -> None:
    run("freeze", NAME)
    result = run("build", "--release", "2025年")
    assert (result.exit_code, result.stderr) == (
        1, f"须是已有的报送，没有 2025年，是否为 {NAME}？\n",
    )  # fmt: skip


@pytest.mark.deep
def test_report_and_print_files_of_that_day(demo_data: Path, tmp_path: Path) -> None:
    """The demonstration, reported, then changed and retold: the release is built as it was."""
    root = shutil.copytree(demo_data.parent, tmp_path / "demo")
    leave_out_guide(root)
    data = root / "data"
    project = Project(root, data, DEMO_DAY)
    before = load(project).values["brief_bulletins"]
    (data / "releases" / "a.yml").write_text(
        freeze_register(load(project).values, DEMO_DAY, None), "utf-8"
    )
    text = (data / "figures.yml").read_text("utf-8")
    revised = "    new: 36\n    reason: 示例：补录三篇\n    by: 示例核定人\n"
    assert text.count(revised) == 1 == text.count("  old: 33\n")
    more = "  - kind: 更正\n    date: 2026-02-04\n    old: 36\n    new: 37\n    reason: 又补一篇\n    by: 示例核定人\n"
    year = "brief_bulletins@2025:\n"
    of_year = (
        f"{year}  revisions:\n{more.replace('old: 36', 'old: 12').replace('new: 37', 'new: 13')}"
    )
    text = text.replace(revised, revised + more).replace(year, of_year)
    (data / "figures.yml").write_text(text, "utf-8")
    first = sorted((data / "publications" / "2025").glob("*.yml"))
    copied = next(one for one in first if "kind: 信息\n" in one.read_text("utf-8"))
    number = re.sub(r"(?m)^number: .*$", "number: 2025年第99期", copied.read_text("utf-8"))
    copied.with_name("new.yml").write_text(number.replace("title: ", "title: 补录"), "utf-8")
    assert [str(one) for one in check(load(project))] == []
    assert load(project).values["brief_bulletins"].exact == 37
    out = tmp_path / "site"
    assert build(project, out, "late", "internal", "a") == []
    assert make_deferred(project, out / "print" / "report" / "part-3.pdf") == []
    page = (out / "report" / "part-3" / "index.html").read_text("utf-8")
    assert f">{before.number}篇</a>" in page
    assert "37篇" not in page
    assert "内部版（a）" in page
    assert (out / "print" / "report" / "part-3.pdf").read_bytes().startswith(b"%PDF")
    assert not (out / "records").exists()
