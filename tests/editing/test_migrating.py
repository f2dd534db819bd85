"""`archive migrate`: the content as it once was, in the form that 0.1 read, becomes that of today."""

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.commands.cli import main
from archive.editing.editors.files import generated, outdated_files
from archive.editing.migrating import migration
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections
from archive.facts.project import Project
from archive.facts.site import load
from archive.files import yaml as reader
from archive.files.yaml import with_remarks_apart
from tests.samples.frozen import CONTENT
from tests.samples.full_disk import fill_disk_at
from tests.samples.history import git

FIRST_FORM = Path(__file__).parents[1] / "samples" / "first_form"
"""What 0.1 had: its mkdocs.yml, and of its JSON Schemas the names, choices and examples."""
SCHEMAS = json.loads((FIRST_FORM / "schemas.json").read_text("utf-8"))
BROUGHT = {
    "docs/assets/site.css": "p {}\n",
    "docs/guide/index.md": "# 指南\n",
    "docs/guide/messages/files.md": "# 文件\n",
    "overrides/main.html": "{% extends 'base.html' %}\n",
}
"""Some of the files that stood in the archive and are the program's."""
OWN = {"docs/files/表.csv": "甲\n", "overrides/own.html": "<p></p>\n"}


def lay_out(root: Path, schemas: Mapping[str, object] = SCHEMAS) -> Path:
    """An archive of the old form, committed."""
    shutil.copytree(CONTENT, root, dirs_exist_ok=True)
    for folder in ("ledgers", "reports"):
        shutil.rmtree(root / "data" / folder)
    (root / "data" / "kinds.yml").unlink()
    (root / "docs" / "report" / "index.md").unlink(missing_ok=True)
    shutil.copy(FIRST_FORM / "mkdocs.yml", root)
    full = root / "docs" / "report" / "full.md"
    full.write_text(
        full.read_text("utf-8").replace('report("civilised-unit")', "report()"), "utf-8"
    )
    files = {f"schema/{name}.json": json.dumps(one) for name, one in schemas.items()}
    for path, text in {**BROUGHT, **OWN, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    git(root, "init", "-q")
    git(root, "add", "-f", ".")
    git(root, "commit", "-q", "-m", "旧的")
    return root.resolve()


@pytest.fixture(scope="module")
def old_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("old"))


@pytest.fixture
def old(old_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path.resolve() / "档案"
    shutil.copytree(old_once, root, symlinks=True)
    monkeypatch.chdir(root)
    return root


def migrate(*args: str) -> Result:
    return CliRunner().invoke(
        main, ["migrate", "--report", "civilised-unit", *args], catch_exceptions=False
    )


def contents(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def data(path: Path) -> Any:
    return reader.read(path, path.name).data


def test_the_old_content_has_the_form_of_today_and_nothing_is_lost(old: Path) -> None:
    before = contents(old)
    done = migrate("--write")
    assert done.exit_code == 0
    assert done.stderr == "共 18 处，已写入。检查没有问题；看过以后提交。\n"
    after = contents(old)
    # Nothing but these has changed, and nothing but what the program brings is gone.
    assert before.keys() - after.keys() == BROUGHT.keys()
    changed = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    assert {path for path in changed if not path.startswith("schema/")} == {
        "mkdocs.yml", "docs/report/full.md",
    }  # fmt: skip
    # What was in the code is data, as the bureau has it today.
    today = [
        *CONTENT.glob("data/ledgers/*.yml"),
        CONTENT / "data/kinds.yml",
        *CONTENT.glob("data/reports/*.yml"),
    ]
    assert len(today) == 10
    for path in today:
        assert data(old / path.relative_to(CONTENT)) == data(path), path.name
    here = Project(old, old / "data", date(2026, 6, 30))
    assert check(load(here)) == ()
    assert (
        outdated_files(old, generated(read_collections(here).collections, read_kinds(here))) == []
    )
    assert not (old / "docs" / "guide").exists()


def test_the_settings_keep_the_names_the_navigation_and_what_is_ones_own(old: Path) -> None:
    given = (old / "mkdocs.yml").read_text("utf-8")
    own = given.replace("primary: custom", "primary: teal", 1)
    (old / "mkdocs.yml").write_text(own, "utf-8")
    git(old, "commit", "-qam", "自己的颜色")
    assert migrate("--write").exit_code == 0
    made = yaml.load((old / "mkdocs.yml").read_text("utf-8"), yaml.CSafeLoader)
    theme = made.pop("theme")
    assert "custom_dir" not in theme
    assert theme["palette"][0]["primary"] == "teal"
    nav = yaml.load(given[given.index("nav:") : given.index("theme:")], yaml.CSafeLoader)["nav"]
    nav[1]["创建报告"].insert(0, "report/index.md")
    assert made == {
        "site_name": "文明单位创建档案",
        "site_description": "统计局文明单位创建工作汇报，以及汇报中每个数、每项荣誉、每项制度的出处",
        "docs_dir": "rendered",
        "copyright": "本站所有数字取自指标登记，星号表示尚未填报或不公开。",
        "nav": nav,
    }
    assert "# The pages as `archive build` hands them to the engine" in (
        old / "mkdocs.yml"
    ).read_text("utf-8")


def test_it_says_what_it_would_do_and_does_it_once(old: Path) -> None:
    before = contents(old)
    listed = migrate()
    assert listed.stderr == "共 18 处，还没有写入；写入请加 --write。\n"
    assert listed.stdout.splitlines() == [
        "mkdocs.yml：删去程序自带的设置，导航里列入历年报告",
        "docs/report/index.md：历年报告一页",
        "data/kinds.yml：供选的类别，取自 schema/ 里原来的取值",
        "data/ledgers/README.md：台账说明怎样写",
        *(
            f"data/ledgers/{name}.yml：台账的说明，字段的名称、取值取自 schema/"
            for name in ("activities", "assistance", "cadres", "community", "enterprise_services", "party_members", "publications", "volunteering")
        ),
        "data/reports/civilised-unit.yml：报告，各页依导航的次序；种类、期间、状态请核对",
        "docs/report/full.md：全文写明是哪个报告",
        *(f"{path}：删去，程序自己带来" for path in BROUGHT),
    ]  # fmt: skip
    assert contents(old) == before
    assert migrate("--write").stdout == listed.stdout
    after = contents(old)
    again = migrate("--write")
    assert (again.exit_code, again.stdout, again.stderr) == (
        0,
        "",
        "没有要改的，已经是现在的写法。\n",
    )
    assert contents(old) == after


def test_what_the_bureau_had_changed_in_the_program_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schemas = json.loads(json.dumps(SCHEMAS))
    schemas["volunteering"]["properties"]["kind"]["enum"].append("助老")
    schemas["volunteering"]["properties"]["organiser"]["title"] = "组织处室"
    schemas["honours"]["properties"]["level"]["enum"].insert(1, "部级")
    root = lay_out(tmp_path / "a", schemas)
    monkeypatch.chdir(root)
    assert migrate("--write").exit_code == 0
    fields = data(root / "data/ledgers/volunteering.yml")["fields"]
    assert fields["kind"]["choices"][-2:] == ["其他", "助老"]
    assert fields["organiser"]["label"] == "组织处室"
    assert data(root / "data/kinds.yml")["honour_levels"] == [
        "国家级", "部级", "自治区级", "市级", "县区级", "系统", "机关工委",
    ]  # fmt: skip


def test_without_the_schemas_it_takes_the_lists_of_a_new_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay_out(tmp_path / "a", {})
    monkeypatch.chdir(root)
    done = migrate("--write")
    assert done.exit_code == 0
    assert done.stderr.startswith("共 10 处，已写入。还有 ")
    assert data(root / "data/kinds.yml")["honour_recipients"] == ["集体", "个人"]


def test_remarks_stand_above_their_values(old: Path) -> None:
    (old / "data" / "criteria.yml").write_text("# 头\na: 甲 # 乙\n", "utf-8")
    assert migrate("--write").exit_code == 0
    assert (old / "data" / "criteria.yml").read_text("utf-8") == "# 头\n# 乙\na: 甲\n"


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("a: 甲 # 乙\n", "# 乙\na: 甲\n"),
        ("a:\n  - b: 1 # c\n    d: 2  # e", "a:\n  # c\n  - b: 1\n    # e\n    d: 2"),
        ("a: [1, # b\n  2] # c\n", "# b\na: [1,\n  # c\n  2]\n"),
        ("a: 甲\n  乙 # 丙\n", "# 丙\na: 甲\n  乙\n"),
        ("a: '甲\n  乙' # 丙\nb: 1\n", "# 丙\na: '甲\n  乙'\nb: 1\n"),
        ("a: | # 丙\n  甲 # 乙\n", "# 丙\na: |\n  甲 # 乙\n"),
        ("a: '甲 # 乙'\nb: \"丙 # 丁\"\n", "a: '甲 # 乙'\nb: \"丙 # 丁\"\n"),
        ("a: 甲 # 一\nb: 乙 # 二\n", "# 一\na: 甲\n# 二\nb: 乙\n"),
    ],
)
def test_a_remark_behind_a_value_stands_above_it(text: str, apart: str) -> None:
    assert with_remarks_apart(text) == apart
    assert with_remarks_apart(apart) == apart


_VALUES = st.sampled_from(["甲", "1", "'甲 # 乙'", '"丙"', "[1, 2]", "{a: 1}", "甲\n    乙", "'甲\n    乙'", "|\n    甲 # 乙", ">\n    甲"])  # fmt: skip
_REMARKS = st.sampled_from(["", " # 说明", "  #再说", "\t# 又说"])


@given(st.lists(st.tuples(_VALUES, _REMARKS), min_size=1, max_size=8))
def test_the_values_and_the_remarks_are_those_there_were(
    lines: list[tuple[str, str]],
) -> None:
    text = "".join(f"k{at}: {value}{remark}\n" for at, (value, remark) in enumerate(lines))
    apart = with_remarks_apart(text)
    assert yaml.load(apart, yaml.CSafeLoader) == yaml.load(text, yaml.CSafeLoader)
    assert "须连值一起加引号" not in str(reader.parse(apart, "a").problems)
    assert sorted(apart.replace(" ", "").replace("\n", "").replace("\t", "")) == sorted(
        text.replace(" ", "").replace("\n", "").replace("\t", "")
    )


def test_only_what_is_committed_is_removed(old: Path) -> None:
    (old / "docs" / "assets" / "site.css").write_text("p { color: red }\n", "utf-8")
    before = contents(old)
    done = migrate("--write")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == (
        "docs/assets/site.css:1: 须是已经提交的，现在没有提交，或者改过；请运行 git add -f docs/assets/site.css，再提交"
    )
    assert (
        done.stderr == "要删去的须已提交，以后才找得回，现有 1 个没有，什么也没有写入；请先提交\n"
    )
    assert contents(old) == before


def test_a_failure_leaves_all_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk_at(monkeypatch, "main.html")
    before = contents(old)
    done = migrate("--write")
    assert done.exit_code == 1
    assert done.stderr.startswith("写入未成，已全部复原：")
    assert contents(old) == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mkdocs.yml", "nav: [\n"),
        ("mkdocs.yml", ""),
        ("mkdocs.yml", "- 甲\n"),
        ("mkdocs.yml", f"a: {'[' * 50_000}{']' * 50_000}\n"),
        ("data/unit.yml", "a: [\n"),
        ("data/unit.yml", "[]\n"),
        ("data/figures.yml", "a: 'b # c\n"),
        ("schema/honours.json", "{"),
        ("schema/honours.json", '{"properties": {"level": {"enum": ["\\ud800"]}}}'),
        ("schema/honours.json", '{"properties": 3, "title": []}'),
        ("schema/volunteering.json", '{"properties": {"kind": {"enum": 3, "title": null}}}'),
        ("schema/measures.json", '{"properties": {"measure": {"enum": ["甲"]}}}'),
        ("docs/report/full.md", "\x00"),
    ],
)
def test_whatever_is_broken_is_left_to_the_check(old_once: Path, path: str, text: str) -> None:
    before = (old_once / path).read_bytes()
    (old_once / path).write_text(text, "utf-8")
    try:
        changes = migration(Project(old_once, old_once / "data", date(2026, 6, 30)), "annual")
    finally:
        (old_once / path).write_bytes(before)
    assert {
        "data/kinds.yml",
        *(f"docs/guide/{name}" for name in ("index.md", "messages/files.md")),
    } <= {change.path for change in changes}
    written = {change.path for change in changes if change.content is not None}
    assert path not in written


def test_a_wrong_id_is_one_sentence(old: Path) -> None:
    done = CliRunner().invoke(main, ["migrate", "--report", "a b"])
    assert (done.exit_code, done.stderr) == (
        1, "--report 须是报告的编号，由汉字、小写英文字母、数字、短横组成，现为 a b；例如：--report annual\n",
    )  # fmt: skip


def test_a_page_outside_of_the_archive_is_none_of_the_report(old: Path) -> None:
    outside = old.parent / "outside.md"
    outside.write_text("# 不相干的题目\n\n{{ report() }}\n", "utf-8")
    settings = old / "mkdocs.yml"
    text = settings.read_text("utf-8")
    first = text.index("- report/overview.md")
    pad = first - text.rindex("\n", 0, first) - 1
    led = f"- report/../../../outside.md\n{' ' * pad}"
    settings.write_text(f"{text[:first]}{led}{text[first:]}", "utf-8")
    changes = migration(Project(old, old / "data", date(2026, 6, 30)), "report")
    assert not [one.path for one in changes if ".." in one.path]
    said = b"".join(one.content or b"" for one in changes if one.path.startswith("data/reports/"))
    assert said
    assert "不相干".encode() not in said
    assert b"outside" not in said


@pytest.mark.parametrize("line", ["#\n", "\n", "  - a\n", "- report/../a\n"])
def test_settings_of_any_length_are_read_in_proportion(old: Path, line: str) -> None:
    def took(times: int) -> float:
        (old / "mkdocs.yml").write_text(f"site_name: a\n{line * times}b\n", "utf-8")
        begun = process_time()
        migration(Project(old, old / "data", date(2026, 6, 30)), "report")
        return process_time() - begun

    took(10)
    assert took(40_000) < 10 * took(10_000) + 0.5


def test_a_long_name_from_the_environment_is_read_in_proportion(old: Path) -> None:
    def took(times: int) -> float:
        (old / "mkdocs.yml").write_text(f"site_name: !ENV [{'a' * times}\n", "utf-8")
        begun = process_time()
        migration(Project(old, old / "data", date(2026, 6, 30)), "report")
        return process_time() - begun

    took(10)
    assert took(40_000) < 10 * took(10_000) + 0.5


def test_nothing_is_read_through_a_link(old: Path) -> None:
    outside = old.parent / "outside.md"
    outside.write_text("# 不相干的题目\n\n{{ report() }}\n", "utf-8")
    page = old / "docs/report/full.md"
    page.unlink()
    page.symlink_to(outside)
    changes = migration(Project(old, old / "data", date(2026, 6, 30)), "report")
    assert "docs/report/full.md" not in {one.path for one in changes}


@pytest.mark.parametrize("unit", ["#a", "{#a"])
def test_a_heading_of_any_length_is_read_in_proportion(old: Path, unit: str) -> None:
    page = old / "docs/report/full.md"
    text = page.read_text("utf-8")

    def took(times: int) -> float:
        page.write_text(f"{text}\n## {{{unit * times}\n", "utf-8")
        begun = process_time()
        migration(Project(old, old / "data", date(2026, 6, 30)), "report")
        return process_time() - begun

    took(10)
    assert took(8_000) < 10 * took(2_000) + 0.5
