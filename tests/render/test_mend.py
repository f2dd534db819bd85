"""From what is shown to where it is recorded: links in entries and rows, none without a repository."""

import json
import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from archive.build.engine.source import write_source
from archive.build.search.pages import search_page as indexed
from archive.facts.gather import gather
from archive.facts.site import Site
from archive.press.inline import Inline
from archive.press.tree import runs_text
from archive.render import macros
from archive.render.edit_links import form_url
from archive.schema.unit import Repository
from tests.samples.attachments import point
from tests.samples.collections import LEDGER_FILES
from tests.samples.criteria import CRITERIA
from tests.samples.history import git
from tests.samples.honours import CIVILISED
from tests.samples.measures import SITE, TASK
from tests.samples.sample import RECORD, edited, read

HOST = "https://git.example/ju/dangan"
SET = edited(
    "data/unit.yml",
    "  forge:\n  address:\n  branch:\n",
    f"  forge: gitea\n  address: {HOST}\n  branch: main\n",
)
IN_GITLAB = {path: str(text).replace("gitea", "gitlab") for path, text in SET.items()}
RECORDS = {
    "data/volunteering/2024/20240305-a.yml": None,
    "data/volunteering/2024/20240305-学雷锋.yml": RECORD,
    "data/honours/civilised.yml": CIVILISED.replace("prefix: unit_level\n", ""),
    "data/measures/甲.yml": TASK,
    "data/criteria.yml": CRITERIA,
    **SITE,
}
SHOWN = {
    "indicators/activities.md": ("indicator", ("activities",)),
    "criteria/index.md": ("criteria", ()),
    "records/volunteering.md": ("records", ("volunteering",)),
    "report/part-1.md": ("table", ("volunteering",)),
    "honours/index.md": ("honour_list", ()),
    "measures/index.md": ("measures", ()),
}
LINK = re.compile(
    r'href="?(https://git\.example[^" >]*)"?(?: aria-label="([^"]*)")?(?: data-answers="[^"]*")?>([^<]*)<'
)


def links(
    root: Path, page: str, changes: dict[str, str | bytes | None]
) -> list[tuple[str | None, ...]]:
    macro, args = SHOWN[page]
    text = macros(read(root, {**RECORDS, **changes}), page)[macro](*args)
    return [found.groups() for found in LINK.finditer(text)]


REGISTER = f"{HOST}/-/edit/main/data/figures.yml#L1"
FORM = f"{HOST}/issues/new?template=.gitea/issue_template/"
CHANGE = f"{FORM}volunteering.yml&amp;field%3Arecord=20240305-%E5%AD%A6%E9%9B%B7%E9%94%8B"
UPLOAD = (f"{FORM}sheet.yml", None, "上传")


def new(form: str) -> list[tuple[str | None, ...]]:
    """The links above a table: to the form for a record, and to where a workbook is uploaded."""
    return [(f"{FORM}{form}.yml", None, "填表单"), UPLOAD]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "indicators/activities.md",
            [
                (CHANGE, "修改2024-03-05", "\u2060改"),
                (f"{HOST}/src/branch/main/data/figures.yml#L1", None, "修改数据"),
            ],
        ),
        (
            "criteria/index.md",
            [
                (f"{HOST}/src/branch/main/data/criteria.yml#L{line}", None, "修改数据")
                for line, text in enumerate(CRITERIA.split("\n"), 1)
                if re.match("[a-z]", text)
            ],
        ),
        ("records/volunteering.md", [*new("volunteering"), (CHANGE, "修改2024-03-05", "\u2060改")]),
        ("report/part-1.md", [(CHANGE, "修改2024-03-05", "\u2060改")]),
        (
            "honours/index.md",
            [
                *new("honours"),
                (f"{FORM}honours.yml&amp;field%3Arecord=civilised", "修改荣誉", "\u2060改"),
                (f"{FORM}honour_reviews.yml&amp;field%3Arecord=civilised", None, "复查"),
            ],
        ),
        (
            "measures/index.md",
            [
                *new("measures"),
                (f"{FORM}measures.yml&amp;field%3Arecord=%E7%94%B2", "修改任务", "\u2060改"),
            ],
        ),
    ],
)
def test_each_thing_leads_to_where_it_is_recorded(
    tmp_path: Path, page: str, expected: list[tuple[str, ...]]
) -> None:
    assert links(tmp_path, page, SET) == expected


def test_a_counted_figure_leads_to_the_ledger_where_it_is_changed(tmp_path: Path) -> None:
    page = {"docs/records/volunteering.md": "---\ntitle: 志愿服务\n---\n\n# 志愿服务\n"}
    site = read(tmp_path, {**RECORDS, **SET, **page})
    last = [
        macros(site, f"indicators/{id_}.md")["indicator"](id_).rsplit("</a>", 2)[-2]
        for id_ in ("activities", "visited")
    ]
    assert last[0].endswith('<a href="../../records/volunteering/">改台账的记录')
    assert "台账" not in last[1]


@pytest.mark.parametrize("page", SHOWN)
def test_without_a_repository_nothing_leads_anywhere(tmp_path: Path, page: str) -> None:
    assert links(tmp_path, page, {}) == []


@pytest.mark.parametrize("page", SHOWN)
def test_they_are_neither_printed_nor_found(tmp_path: Path, page: str) -> None:
    macro, args = SHOWN[page]
    text = macros(read(tmp_path, {**RECORDS, **SET}), page)[macro](*args)
    html = f'<article class="md-content__inner"><h1>甲</h1>{text}</article>'
    found = indexed(html, "x/")
    assert found
    words = " ".join(section.text for section in found.sections)
    assert "修改数据" not in words
    assert not re.search("(^| )改( |$)", words)
    for link in lxml.html.fragment_fromstring(html).iter("a"):
        if link.text in ("\u2060改", "修改数据", "复查"):
            line = link.getparent()
            assert line is not None
            assert "for-editors" in {link.get("class"), *(line.get("class") or "").split()}
            assert not runs_text(Inline({}).text(line)).endswith("改")


def test_a_site_in_a_folder_of_a_repository_is_edited_there(tmp_path: Path) -> None:
    root = tmp_path / "各站" / "档案"
    site = read(root, {**RECORDS, **IN_GITLAB})
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "x")
    text = macros(site, "indicators/activities.md")["indicator"]("activities")
    folder = "main/%E5%90%84%E7%AB%99/%E6%A1%A3%E6%A1%88/"
    assert [found[1] for found in LINK.finditer(text)][1:] == [REGISTER.replace("main/", folder)]
    write_source(site, tmp_path / "rendered")
    page = (tmp_path / "rendered" / "index.md").read_text("utf-8")
    assert json.loads(page.split("\n")[1])["edit_url"] == f"{HOST}/-/edit/{folder}docs/index.md"


def test_data_that_lie_elsewhere_are_edited_in_the_repository(tmp_path: Path) -> None:
    site = read(tmp_path, {**RECORDS, **IN_GITLAB})
    moved = tmp_path / "build" / "data"
    moved.parent.mkdir()
    (tmp_path / "data").rename(moved)
    elsewhere = Site(gather(replace(site.archive.project, data=moved)))
    text = macros(elsewhere, "indicators/activities.md")["indicator"]("activities")
    assert [found[1] for found in LINK.finditer(text)][1:] == [REGISTER]


def test_a_link_is_called_by_the_text_of_a_cell_that_holds_a_link(tmp_path: Path) -> None:
    name = "data/ledgers/volunteering.yml"
    ledger = LEDGER_FILES[name].replace("columns: [", "columns: [evidence, ")
    record = RECORD.replace("evidence: []", "evidence: [files/照片.jpg, 签到表]")
    changes: dict[str, str | bytes | None] = {
        **SET,
        name: ledger,
        "docs/files/照片.jpg": point("JPEG"),
        "data/volunteering/2024/20240305-学雷锋.yml": record,
    }
    found = links(tmp_path, "records/volunteering.md", changes)
    assert found == [*new("volunteering"), (CHANGE, "修改照片&#46;jpg、签到表", "\u2060改")]


def test_an_address_with_a_sign_that_ends_a_bare_value_is_in_quotes(tmp_path: Path) -> None:
    text = SET["data/unit.yml"]
    assert isinstance(text, str)
    text = text.replace("gitea", "gitlab").replace(HOST, f"{HOST}=`b")
    site = read(tmp_path, {**RECORDS, "data/unit.yml": text})
    shown = macros(site, "records/volunteering.md")["records"]("volunteering")
    form = f"{HOST}=`b/-/issues/new?issuable_template={CHANGE.partition('issue_template/')[2]}"
    form = form.replace(".yml", "").replace("field%3A", "")
    assert re.findall(r'class=for-editors [^>]* href=("https://git[^ ]+)', shown) == [f'"{form}"']


@pytest.mark.parametrize(
    ("forge", "address"),
    [
        ("github", "issues/new?template=honours.yml&title=%E7%94%B2%26%E4%B9%99"),
        ("gitea", "issues/new?template=.gitea/issue_template/honours.yml&field%3Atitle=%E7%94%B2%26%E4%B9%99"),
        ("forgejo", "issues/new?template=.forgejo/issue_template/honours.yml&field%3Atitle=%E7%94%B2%26%E4%B9%99"),
        ("gitlab", "-/issues/new?issuable_template=honours&title=%E7%94%B2%26%E4%B9%99"),
    ],
)  # fmt: skip
def test_a_form_opens_with_its_answers(forge: str, address: str) -> None:
    repository = Repository.model_validate({"forge": forge, "address": HOST, "branch": "main"})
    assert form_url(repository, "honours", {"title": "甲&乙", "body": ""}) == f"{HOST}/{address}"
    unset = Repository.model_validate({"forge": None, "address": None, "branch": None})
    assert form_url(unset, "honours", {}) is None
