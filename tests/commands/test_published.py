"""The next public edition compared with what is deployed: from the commit, the downloads, the command."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.build.downloads import write_downloads
from archive.commands.cli import main
from archive.commands.comparing import former_editions
from archive.facts.project import Project
from archive.facts.site import Site, load
from tests.samples.editions import COMPLETE, PATHS, PUBLIC_UNIT, activity
from tests.samples.observations import YEAR, observed, with_visits
from tests.samples.sample import AS_OF, FILES, REPORT, git, write

Run = Callable[..., Result]
SERVICES = COMPLETE.replace("measure: count", "measure: sum\n    field: services").replace(
    "unit: 次", "unit: 人次"
)
HELD = "从属抑制：指标 activities（开展活动）：若公开，与已发布的公开版比较，可由公开的数推出记录 data/volunteering/2024/{}.yml"
TOTAL = "公开版共主动抑制 1 个指标、3 条记录，从属抑制 1 个指标、2 条记录。"


def services(day: int, number: int, participants: int = 20) -> dict[str, str]:
    """An activity with so many services; one of few people is hidden."""
    made = activity(day, participants)
    return {
        name: text.replace("services: 30", f"services: {number}") for name, text in made.items()
    }


def make(site: Site, out: Path, *_: object) -> list[Any]:
    """Instead of a whole site: its downloads."""
    out.mkdir()
    write_downloads(site, out, "示例")
    return []


def invoke(*args: str) -> Result:
    return CliRunner().invoke(main, [*args, "--as-of", "2026-03-01"], catch_exceptions=False)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a repository, `site`, whose public edition is published in `www`: four activities."""
    folder = tmp_path_factory.mktemp("deployed")
    root = folder / "site"
    root.mkdir()
    changes: dict[str, Any] = {**PUBLIC_UNIT, PATHS[0]: None, "data/figures.yml": SERVICES}
    for made in (services(1, 30), services(2, 40), services(3, 5, 4), services(4, 7, 4)):
        changes |= made
    write(root, changes)
    (root / ".gitignore").write_text("site-public/\n.cache/\n.site-public*\n")
    commit(root)
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.chdir(root)
        meanwhile.setattr("archive.build.site._build", make)
        assert invoke("publish", "../www", "--edition", "public").exit_code == 0
    return folder


@pytest.fixture
def run(deployed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a copy of that repository, beside a copy of what is published."""
    shutil.copytree(deployed, tmp_path, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setattr("archive.build.site._build", make)
    return invoke


def commit(root: Path) -> None:
    if not (root / ".git").exists():
        git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "示例")


def add(*made: dict[str, str]) -> None:
    for files in made:
        for name, text in files.items():
            Path(name).write_text(text, "utf-8")
    commit(Path())


def rows(name: str, folder: str = "site-public") -> list[Any]:
    """The rows of a table among the downloads; none if it is not offered."""
    file = Path(folder, "download", f"{name}.json")
    found: list[Any] = json.loads(file.read_text("utf-8")) if file.exists() else []
    return found


def shown(folder: str = "site-public") -> Any:
    return next(row["数值"] for row in rows("figures", folder) if row["编号"] == "activities")


BUILD = ("build", "--edition", "public", "--published", "../www")


def test_one_more_hidden_record_is_held(run: Run) -> None:
    assert shown("../www/current") == 82
    add(services(5, 2, 2))
    result = run(*BUILD)
    assert (result.exit_code, result.stdout.splitlines()) == (0, [HELD.format("05"), TOTAL])
    assert shown() is None
    assert run("build", "--edition", "public").exit_code == 0
    assert shown() == 84  # without comparison


def test_publishing_compares_by_itself(run: Run) -> None:
    add(services(5, 2, 2))
    result = run("publish", "../www", "--edition", "public")
    assert (result.exit_code, HELD.format("05") in result.stdout) == (0, True)
    assert shown("../www/current") is None


def test_what_was_not_compared_is_not_published(run: Run) -> None:
    add(services(5, 2, 2))
    assert run("build", "--edition", "public").exit_code == 0
    result = run("publish", "../www", "--site", "site-public")
    assert (result.exit_code, result.stderr) == (
        1,
        "公开版须与发布目录里已发布的各次比较过，site-public 现在列出了应隐去的 activities、volunteering；"
        "请用 .venv/bin/archive build --edition public --published 发布目录 重新生成\n",
    )
    assert run(*BUILD).exit_code == 0
    assert run("publish", "../www", "--site", "site-public").exit_code == 0


def test_what_was_not_compared_is_known_by_its_rows_not_by_their_number(run: Run) -> None:
    assert run(*BUILD).exit_code == 0
    table = Path("site-public/download/volunteering.json")
    found = json.loads(table.read_text("utf-8"))
    found[0] |= {"参加人数": 4, "服务人次": 5}  # those of a hidden record
    table.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    result = run("publish", "../www", "--site", "site-public")
    assert (result.exit_code, len(found)) == (1, 2)
    assert "site-public 现在列出了应隐去的 volunteering；" in result.stderr


def test_what_was_built_of_other_sources_is_not_published(run: Run) -> None:
    assert run("build", "--edition", "public").exit_code == 0
    add(services(5, 30))
    result = run("publish", "../www", "--site", "site-public")
    assert (result.exit_code, result.stderr) == (
        1,
        "site-public 的数须与现在的资料一致，现在 activities 不一致；"
        "请用 .venv/bin/archive build --edition public --published 发布目录 重新生成\n",
    )


def test_the_numbers_of_a_release_are_compared_too(run: Run) -> None:
    add(services(5, 2, 2))
    assert run("freeze", "2025年度").exit_code == 0
    commit(Path())
    release = ("build", "--edition", "public", "--release", "2025年度")
    assert run(*release).exit_code == 0
    assert shown() == 84
    result = run("publish", "../www", "--site", "site-public")
    assert (result.exit_code, result.stderr) == (
        1,
        "公开版须与发布目录里已发布的各次比较过，site-public 现在列出了应隐去的 activities；"
        "请用 .venv/bin/archive build --edition public --release 2025年度 --published 发布目录 重新生成\n",
    )
    assert run(*release, "--published", "../www").exit_code == 0
    assert shown() is None
    assert run("publish", "../www", "--site", "site-public").exit_code == 0


def test_nothing_is_held_if_it_is_public_or_if_enough_changed(run: Run) -> None:
    add(services(5, 30))
    assert run(*BUILD).exit_code == 0
    assert shown() == 112
    add(services(6, 4, 2), services(7, 9, 2))
    assert run(*BUILD).exit_code == 0
    assert shown() == 125


def test_a_changed_and_a_deleted_record_are_read_from_the_commit(run: Run) -> None:
    add(services(3, 7, 4))
    assert run(*BUILD).exit_code == 0
    assert shown() is None
    add(services(3, 5, 4))
    assert run(*BUILD).exit_code == 0
    assert shown() == 82
    Path("data/volunteering/2024/03.yml").unlink()
    commit(Path())
    assert run(*BUILD).exit_code == 0
    assert shown() is None


def test_the_list_says_what_is_held(run: Run) -> None:
    add(services(5, 2, 2))
    found = json.loads(run("suppression", "--published", "../www", "--json").stdout)
    (entry,) = (one for one in found["figures"] if one["id"] == "activities")
    assert (entry["compared"], entry["protects"]) == (True, [{"collection": "volunteering", "id": "05"}])  # fmt: skip


def test_a_deployment_that_was_changed_is_not_compared_with(run: Run) -> None:
    name = Path("../www/current").resolve().name
    Path("../www/current/download/figures.json").write_text("[]")
    result = run(*BUILD)
    assert (result.exit_code, result.stdout) == (
        1, f"{name}/download/figures.json:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布\n",
    )  # fmt: skip


def test_a_folder_that_is_not_one_of_public_editions_is_not_compared_with(run: Run) -> None:
    for inside in ("current", "releases"):
        result = run("build", "--edition", "public", "--published", f"../www/{inside}")
        assert (result.exit_code, result.stderr) == (
            1, f"须与公开版的发布目录（里面有 releases/ 和 current）比较，../www/{inside} 是它里面的；请写上一层的发布目录\n",
        )  # fmt: skip
    assert run("publish", "../internal").exit_code == 0
    result = run("suppression", "--published", "../internal")
    assert (result.exit_code, result.stderr) == (
        1, "须与公开版的发布目录比较，../internal 现为内部版的；请写公开版的发布目录\n",
    )  # fmt: skip
    Path("../new").mkdir()
    assert run("suppression", "--published", "../new").exit_code == 0


def line_of(commit: str, name: str) -> str:
    return (
        f"未逐条比较：2026-03-01 的公开版（{name}）：仓库里须有它的提交 {commit}，现在没有，"
        "由记录核对不了的合计，变了的都隐去；请运行 git fetch --unshallow，或者 git fetch 原来的仓库"
    )


@pytest.mark.parametrize("shallow", [True, False])
def test_without_the_commit_the_published_rows_and_numbers_are_compared(
    run: Run, shallow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty are public, and two are the difference; the clone is shallow, or the history is new."""
    name = Path("../www/current").resolve().name
    was = git(Path(), "rev-parse", "HEAD")[:12]
    add(services(5, 2, 2), services(6, 40, 40))
    if shallow:
        git(Path("..").resolve(), "clone", "-q", "--depth", "1", Path().resolve().as_uri(), "copy")
        monkeypatch.chdir("../copy")
    else:
        shutil.rmtree(".git")
        commit(Path())
    result = run(*BUILD)
    assert (result.exit_code, shown(), line_of(was, name) in result.stdout) == (0, None, True)
    found = run("suppression", "--published", "../www")
    assert line_of(was, name) in found.stdout.splitlines()
    assert json.loads(run("suppression", "--published", "../www", "--json").stdout)["without_records"] == [name]  # fmt: skip


def test_a_trial_is_compared_record_by_record(run: Run) -> None:
    """What was not committed then is known by its rows."""
    for path, text in services(6, 40, 40).items():
        Path(path).write_text(text, "utf-8")
    assert run("publish", "../www", "--edition", "public", "--trial").exit_code == 0
    assert shown("../www/current") == 122
    add(services(5, 2, 2))
    result = run(*BUILD)
    assert (result.exit_code, HELD.format("05") in result.stdout, shown()) == (0, True, None)
    assert "未逐条比较" not in result.stdout


def test_a_release_is_compared_with_the_records_of_its_commit(run: Run) -> None:
    assert run("freeze", "2025年度").exit_code == 0
    commit(Path())
    release = ("build", "--edition", "public", "--release", "2025年度", "--published", "../www")
    assert run(*release).exit_code == 0
    assert run("publish", "../www", "--site", "site-public").exit_code == 0
    shutil.rmtree(sorted(Path("../www/releases").iterdir())[0])  # only the release is left
    revised = "  revisions:\n    - {kind: 修订, date: 2026-03-01, old: 82, new: 129, reason: 补录资料, by: 办公室}\n"
    register = {"data/figures.yml": SERVICES.replace("  note:", f"{revised}  note:", 1)}
    add(services(5, 2, 2), services(6, 45, 45), register)
    result = run(*BUILD)
    assert (result.exit_code, shown(), "未逐条比较" in result.stdout) == (0, 129, False)
    assert 45 not in [row["服务人次"] for row in rows("volunteering")]  # it hides the two


def test_a_renamed_file_is_the_record_it_was(run: Run) -> None:
    git(Path(), "mv", "data/volunteering/2024/02.yml", "data/volunteering/2024/02-更正.yml")
    add(services(5, 2, 2))
    result = run(*BUILD)
    assert (result.exit_code, HELD.format("05") in result.stdout, shown()) == (0, True, None)


def test_a_period_that_is_no_longer_in_the_register_is_known_to_readers(run: Run) -> None:
    """The sum of three years less the two that are public now is the third, of which few are."""
    line = '接待来访{{ fig("visits", period="2025") }}。'
    years = observed(y2023=40, y2024=4, y2025=56)
    whole = YEAR.format(year="2023-2025", value=100, next=2026)

    def visits() -> dict[str, Any]:
        return {
            one["参照期"]: one["数值"] for one in rows("figures") if one["指标编号"] == "visits"
        }

    for observations, expected in (
        (whole + years, {"2023-2025": 100, "2023": None, "2024": None, "2025": 56}),
        (years, {"2023": None, "2024": None, "2025": 56}),
    ):
        changes = with_visits(observations, line)
        register = changes["data/figures.yml"].replace(FILES["data/figures.yml"], SERVICES)
        add({**changes, "data/figures.yml": register})
        assert run("publish", "../www", "--edition", "public").exit_code == 0
        assert visits() == expected


def test_observations_that_only_a_report_asked_for_are_known_of_an_edition(run: Run) -> None:
    """They are in no register; the downloads say of which days they are."""
    asked = REPORT.replace("start: 2023-01-01", "start: 2024-03-02").replace("汇报", "专题", 1)
    Path("data/reports/spring.yml").write_text(
        asked.replace("part-1", "spring").replace("overview", "of-spring")
    )
    for name in ("spring", "of-spring"):
        Path(f"docs/report/{name}.md").write_text(f"---\ntitle: {name}\n---\n\n# {name}\n")
    text = Path("mkdocs.yml").read_text("utf-8")
    named = "      - report/part-1.md\n"
    more = "      - report/spring.md\n      - report/of-spring.md\n"
    Path("mkdocs.yml").write_text(text.replace(named, named + more), "utf-8")
    add()
    assert run("publish", "../www", "--edition", "public").exit_code == 0
    Path("data/reports/spring.yml").unlink()
    site = load(Project(Path.cwd(), Path.cwd() / "data", AS_OF))
    assert "activities@spring" not in site.values
    (*_, last) = former_editions(site.archive, Path("../www"))
    assert last.values["activities@spring"] == 52
    period = last.figures["activities@spring"].period
    assert (period.start, period.end) == (date(2024, 3, 2), date(2025, 12, 31))


def test_two_publications_at_once_are_not_compared_with_each_other(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one has been compared before the first one was there."""

    def meanwhile(*_: object) -> None:
        first = sorted(Path("../www/releases").iterdir())[0]
        shutil.copytree(first, first.with_name(f"20991231T000000Z-{first.name.rpartition('-')[2]}"))

    monkeypatch.setattr("archive.commands.publishing.require_comparison", meanwhile)
    result = run("publish", "../www", "--edition", "public")
    assert result.exit_code == 1
    assert result.stderr.endswith(
        "公开版须与发布目录里已发布的各次比较过，../www 在核对以后又发布过一次；请再运行一次\n"
    )


ELSEWHERE = COMPLETE.replace("collection: volunteering", "collection: activities")
"""A register in which no figure is counted from the ledger of volunteering."""


def test_rows_shown_before_any_figure_counted_them_are_known(run: Run) -> None:
    """No figure of the edition is counted from the ledger; the first that is tells the one that is hidden."""
    shutil.rmtree("../www")
    Path("data/volunteering/2024/04.yml").unlink()
    add({"data/figures.yml": ELSEWHERE})
    assert run("publish", "../www", "--edition", "public").exit_code == 0
    assert sorted(row["服务人次"] for row in rows("volunteering", "../www/current")) == [30, 40]
    add({"data/figures.yml": SERVICES})
    result = run(*BUILD)
    assert (result.exit_code, shown()) == (0, None)


def test_of_a_ledger_under_another_name_any_change_of_a_sum_is_held(run: Run) -> None:
    """Nothing describes the records of the old name any more; its numbers stay known."""
    Path("data/volunteering").rename("data/helping")
    Path("data/ledgers/volunteering.yml").rename("data/ledgers/helping.yml")
    Path("docs/records/volunteering.md").rename("docs/records/helping.md")
    renamed = ("data/figures.yml", "data/criteria.yml", "docs/records/helping.md")
    add({name: Path(name).read_text().replace("volunteering", "helping") for name in renamed})
    assert (run(*BUILD).exit_code, shown()) == (0, 82)
    add({name.replace("volunteering", "helping"): text for name, text in services(5, 2, 2).items()})
    assert (run(*BUILD).exit_code, shown()) == (0, None)


OF_ONE = SERVICES.split("visited:")[0]
for _old, _new in (
    ("activities:", "planting:"),
    ("开展活动", "植树活动"),
    ("field: services", "field: services\n    where: {kind: 植树造林}"),
):
    OF_ONE = OF_ONE.replace(_old, _new, 1)
LEDGER = FILES["data/ledgers/volunteering.yml"]
NOT_PUBLIC = LEDGER.replace("  services:\n", "  services:\n    public: false\n")


def publish_two(with_services: str) -> None:
    """Two records that are shown, one of a kind of its own, and the sum of a field described so."""
    shutil.rmtree("../www")
    for name in ("03", "04"):
        Path(f"data/volunteering/2024/{name}.yml").unlink()
    planted = services(1, 30)[FIRST].replace("kind: 学雷锋", "kind: 植树造林")
    add({FIRST: planted, "data/ledgers/volunteering.yml": with_services})


FIRST = "data/volunteering/2024/01.yml"


def test_an_internal_field_of_a_row_that_was_shown_stays_unknown(run: Run) -> None:
    """The row had no such column: a figure of this record alone tells what it says."""
    publish_two(NOT_PUBLIC)
    assert run("publish", "../www", "--edition", "public").exit_code == 0
    assert shown("../www/current") == 70
    page = Path("docs/report/part-1.md").read_text("utf-8").rstrip()
    add({"data/figures.yml": SERVICES + OF_ONE, "docs/report/part-1.md": f'{page}植树{{{{ fig("planting") }}}}。\n'})  # fmt: skip
    assert run(*BUILD).exit_code == 0
    assert {row["编号"]: row["数值"] for row in rows("figures")} == {
        "activities": 70, "visited": None, "planting": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        pytest.param(NOT_PUBLIC, [], id="it had no such column"),
        pytest.param(LEDGER, [40], id="it had one"),
        pytest.param(
            LEDGER.replace("label: 服务人次", "label: 人次"), [40], id="under another name"
        ),
    ],
)
def test_what_a_row_that_is_hidden_now_held_is_known_if_it_was_shown(
    run: Run, then: str, expected: list[int]
) -> None:
    """Beside the sum of both, which was shown, the other row would tell it."""
    publish_two(then)
    assert run("publish", "../www", "--edition", "public").exit_code == 0
    hidden = f"{Path(FIRST).read_text('utf-8').rstrip()}\ndisclosure: 内部\n"
    add({FIRST: hidden, "data/ledgers/volunteering.yml": LEDGER})
    assert (run(*BUILD).exit_code, shown()) == (0, 70)
    assert [row["服务人次"] for row in rows("volunteering")] == expected


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("{label: 学习, type: 引用, of: activities, need: 可以不写}", "learning"),
        ("{label: 附列, type: 列表, need: 可以不写}", "[files/a.txt, 登记簿]"),
    ],
)
def test_a_row_that_does_not_say_all_that_is_recorded_is_known(
    run: Run, field: str, held: str
) -> None:
    """A reference is to another id there, and a list has no paths of attachments."""
    publish_two(LEDGER.replace("  organiser: {", f"  more: {field}\n  organiser: {{"))
    recorded = f"{Path(FIRST).read_text('utf-8').rstrip()}\nmore: {held}\n"
    learning = services(1, 30)[FIRST].replace("place:", "result:\nplace:")
    learning = learning.replace("kind: 学雷锋", "kind: 主题党日")
    learning = "".join(
        f"{line}\n" for line in learning.splitlines() if not line.startswith(("hours", "services"))
    )
    Path("data/activities/2024").mkdir(parents=True)
    Path("docs/files").mkdir()
    more = {"data/activities/2024/learning.yml": learning, "docs/files/a.txt": "甲"}
    add({FIRST: recorded, "data/figures.yml": ELSEWHERE, **more})
    for _ in range(2):
        assert run("publish", "../www", "--edition", "public").exit_code == 0
    add({"data/figures.yml": SERVICES}, services(3, 5, 4))
    assert (run(*BUILD).exit_code, shown()) == (0, None)


def test_a_row_is_known_although_a_choice_has_another_name_now(run: Run) -> None:
    """The records of the commit cannot be read as today's; readers know the numbers of their rows."""
    publish_two(LEDGER)
    add({"data/figures.yml": ELSEWHERE})
    assert run("publish", "../www", "--edition", "public").exit_code == 0
    for name in (FIRST, "data/volunteering/2024/02.yml"):
        text = Path(name).read_text("utf-8")
        Path(name).write_text(text.replace("kind: ", "kind: 某").replace("某学雷锋", "某植树造林"))
    renamed = LEDGER.replace("choices: [植树造林", "choices: [某植树造林")
    few = services(3, 5, 4)
    few = {name: text.replace("kind: 学雷锋", "kind: 某植树造林") for name, text in few.items()}
    add({"data/ledgers/volunteering.yml": renamed, "data/figures.yml": SERVICES}, few)
    assert (run(*BUILD).exit_code, shown()) == (0, None)


def test_of_an_edition_only_the_revisions_are_known_that_it_showed(run: Run) -> None:
    """What a sum was before, while records of few people are hidden, was left out."""
    revised = "  revisions:\n    - {kind: 修订, date: 2026-02-01, old: 60, new: 82, reason: 补录资料, by: 办公室}\n"
    approved = SERVICES.replace("  note:", f"{revised}  note:", 1)
    for step in ("reviewed", "approved"):
        approved = approved.replace(f"  {step}:\n    by:\n    date:\n", f"  {step}:\n    by: {step}\n    date: 2026-01-06\n", 1)  # fmt: skip
    approved = approved.replace(
        "date: 2026-01-06\n  revisions", "date: 2026-01-06\n    value: 60\n  revisions"
    )
    add({"data/figures.yml": approved})
    assert run("publish", "../www", "--edition", "public").exit_code == 0
    site = load(Project(Path.cwd(), Path.cwd() / "data", AS_OF))
    (*_, last) = former_editions(site.archive, Path("../www"))
    assert last.values["activities"] == 82
    assert not last.figures["activities"].revisions
    assert len(site.archive.figures["activities"].revisions) == 1
