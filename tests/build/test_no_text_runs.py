"""No text is a program: templates of attack wherever somebody may write, none of which runs."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from archive.build.engine.source import write_source
from archive.build.site import build
from archive.checks import check
from archive.editing.forms import parse_form
from archive.facts.project import Project
from archive.facts.site import load
from tests.samples.collections import Volunteering
from tests.samples.desk import SECOND, Desk
from tests.samples.forms import ACTIVITY, FORMS, body
from tests.samples.random_site import write_base
from tests.samples.sample import AS_OF as SAMPLE_DAY
from tests.samples.sample import FILES, MKDOCS, RECORD, problems, read
from tests.samples.templates import RAN, SETTINGS, SHOWN, TEMPLATES

PART, INDEX = "docs/report/part-1.md", "docs/index.md"
A = "data/volunteering/2024/20240305-a.yml"


@pytest.fixture(autouse=True)
def nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """After each test, no command of a template has made its file."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    yield
    assert not [path for path in tmp_path.rglob(RAN) if path.name == RAN]


def test_there_are_about_a_hundred() -> None:
    assert len(set(TEMPLATES)) == len(TEMPLATES) > 100
    assert len(set(SETTINGS)) == len(SETTINGS) > 40


PLACES = (PART, INDEX, "title", "description", "navigation")
"""Where each template is a message."""


def tried(place: str) -> list[Any]:
    """The templates in one of the places; a run that is not deep tries each in one of them, in turn."""
    found = []
    for number, template in enumerate(TEMPLATES):
        # A text of several lines stands in a page alone.
        there = PLACES[:2] if "\n" in template else PLACES
        if place in there:
            here = there[number % len(there)] == place
            found.append(pytest.param(place, template, marks=() if here else pytest.mark.deep))
    return found


@pytest.mark.parametrize(("place", "template"), [*tried(PART), *tried(INDEX)])
def test_in_a_page_it_is_a_message(tmp_path: Path, place: str, template: str) -> None:
    text = f"{FILES[place]}\n{template}\n"
    assert [one for one in problems(tmp_path, {place: text}) if one.startswith(f"{place}:")]


@pytest.mark.parametrize("template", SHOWN)
def test_what_no_engine_of_ours_knows_is_shown_or_a_message(tmp_path: Path, template: str) -> None:
    site = read(tmp_path, {INDEX: f"{FILES[INDEX]}\n{template}\n"})
    if not check(site):
        write_source(site, tmp_path / "out")
        assert f"\n{template}\n" in (tmp_path / "out" / "index.md").read_text("utf-8")


@pytest.mark.parametrize(("field", "template"), [*tried("title"), *tried("description")])
def test_in_front_matter_it_is_a_message(tmp_path: Path, field: str, template: str) -> None:
    quoted = template.replace("'", "''")
    front = {"title": "首页", "description": "说明", field: f"'{quoted}'"}
    text = "".join(f"{name}: {value}\n" for name, value in front.items())
    told = problems(tmp_path, {INDEX: f"---\n{text}---\n\n# 首页\n"})
    assert [one for one in told if f"{field}（" in one]


@pytest.mark.parametrize(("_", "template"), tried("navigation"))
def test_in_the_navigation_it_is_a_message(tmp_path: Path, _: str, template: str) -> None:
    quoted = template.replace("'", "''")
    settings = MKDOCS.replace("- 首页: index.md", f"- '{quoted}': index.md")
    assert [one for one in problems(tmp_path, {"mkdocs.yml": settings}) if "导航里的标题" in one]


@pytest.mark.parametrize("more", SETTINGS)
def test_in_the_settings_it_is_a_message_before_the_engine_sees_it(
    tmp_path: Path, more: str
) -> None:
    kept = MKDOCS.partition("plugins:")[0]
    text = f"{more}{kept}" if more.startswith("%") else f"{kept}{more}"
    site = read(tmp_path / "site", {"mkdocs.yml": text})
    assert [one for one in check(site) if one.path == "mkdocs.yml"]
    assert build(site.archive.project, tmp_path / "out", "never")
    assert not (tmp_path / "out").exists()


FIELDS = ("title: 学雷锋进社区", "place: 社区广场", "organiser: 办公室", "source: 签到表")


def shown(site_root: Path, changes: Mapping[str, str | bytes | None]) -> str | None:
    """Everything that goes to the engine, as a reader sees it; None if the check refuses it."""
    site = read(site_root, changes)
    if check(site):
        return None
    write_source(site, site_root / "for the engine")
    pages = (site_root / "for the engine").rglob("*.md")
    return unescape(re.sub("<[^>]*>", "", "\n".join(page.read_text("utf-8") for page in pages)))


ON_A_LINE = [
    pytest.param(template, marks=[pytest.mark.deep] * (number % 2))
    for number, template in enumerate(one for one in TEMPLATES if "\n" not in one)
]


@pytest.mark.parametrize("template", ON_A_LINE)
def test_in_a_record_it_stands_as_it_is(tmp_path: Path, template: str) -> None:
    record = RECORD
    for field in FIELDS:
        name, _, _ = field.partition(":")
        if field in RECORD:
            quoted = template.strip().replace("'", "''")
            record = record.replace(field, f"{name}: '{quoted}'")
    table = f'{FILES[INDEX]}\n{{{{ table("volunteering") }}}}\n'
    text = shown(tmp_path, {A: record, INDEX: table})
    assert text is None or template.strip() in text


@pytest.mark.parametrize("template", [one for one in TEMPLATES if "\n" not in one])
def test_in_a_form_it_is_text(template: str) -> None:
    answered = parse_form(
        body("volunteering", {**ACTIVITY, "活动名称": template.strip()}), FORMS["volunteering"]
    )
    assert isinstance(answered, list) or answered["title"] == " ".join(template.split())


@pytest.mark.parametrize("template", [one.strip() for one in TEMPLATES[::9] if "\n" not in one])
def test_in_a_sheet_it_is_text(filled: Desk, template: str) -> None:
    filled.cells({(3, "活动名称"): template})
    status, *_ = filled.import_lines("--write")
    if status == 0:
        site = load(Project(filled.root, filled.root / "data", SAMPLE_DAY))
        titles = [record.data.title for record in site.archive.of(Volunteering)]
        assert template in titles
        assert template.split("\n")[0] in filled.text(SECOND).replace("''", "'").replace('\\"', '"')


@pytest.mark.slow
def test_a_whole_site_of_them_is_built_and_none_has_run(tmp_path: Path) -> None:
    """Raw blocks show them; records hold them; the engine itself gets every one of them."""
    inside = [one for one in TEMPLATES if "raw" not in one and "`" not in one and "<" not in one]
    texts = [" ".join(one.split()) for one in inside if not re.search(r"[{][^{}%]*#|\]\(", one)]
    listed = "\n\n".join(f"```\n{{% raw %}}{one}{{% endraw %}}\n```" for one in texts)
    project = write_base(tmp_path / "site", f"\n{listed}\n")
    assert build(project, tmp_path / "out", "never") == []
    built = unescape(re.sub("<[^>]*>", "", (tmp_path / "out" / "index.html").read_text("utf-8")))
    assert [one for one in texts if one not in built] == []
