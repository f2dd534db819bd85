"""Forms that change what is recorded, opened from the site: begun with it, as a clerk would click."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from archive.build.downloads import _forms
from archive.editing.forms import parse_form
from archive.render.edit_links import form_url
from archive.schema.unit import Repository
from tests.browser.conftest import NewTab, Served
from tests.samples.forge_pages import HOST
from tests.samples.forms import FORMS, TITLE
from tests.samples.sample import edited, read

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FORGE = re.compile(r"/issues/new\?")


def edits(tab: Page, address: str) -> Page:
    """The page, with the editing mode on, of a site made from a commit."""

    def with_commit(route: Route) -> None:
        about = json.loads(route.fetch().text())
        route.fulfill(json={**about, "commit": COMMIT})

    tab.route("**/download/forms.json", with_commit)
    tab.route(FORGE, lambda route: route.fulfill(body="asked"))
    tab.goto(address)
    tab.get_by_role("button", name="编辑模式").click()
    return tab


def asked(tab: Page) -> dict[str, list[str]]:
    """What the address of the form says, once the browser is there."""
    expect(tab.locator("body")).to_have_text("asked")
    return parse_qs(urlsplit(tab.url).query)


def test_a_record_is_changed_in_a_form_that_holds_it(demo: Served, new_tab: NewTab) -> None:
    tab = edits(new_tab(), f"{demo.base}records/volunteering/")
    row = tab.locator("tr[id^='r-']").first
    day, title, kind, place = row.locator("td").all_inner_texts()[:4]
    row.get_by_role("link", name="修改").click()
    found = asked(tab)
    assert found["template"] == [".gitea/issue_template/volunteering.yml"]
    (record,) = found["field:record"]
    assert record.partition("#")[2] == COMMIT
    assert found["field:date"] == [day[:10]]
    assert found["field:title"] == [title]
    assert found["field:kind"] == [kind]
    assert found["field:place"] == [place]
    assert found["field:evidence"][0].splitlines()[:2] == ["示例活动小结", "示例签到表"]


@pytest.mark.deep
def test_without_what_is_recorded_the_form_begins_with_the_record(
    demo: Served, new_tab: NewTab
) -> None:
    tab = new_tab()
    tab.route("**/download/*.json", lambda route: route.abort())
    tab.route(FORGE, lambda route: route.fulfill(body="asked"))
    tab.goto(f"{demo.base}measures/")
    tab.get_by_role("button", name="编辑模式").click()
    tab.get_by_role("link", name="修改任务").first.click()
    found = asked(tab)
    assert found.keys() == {"template", "field:record"}
    assert "#" not in found["field:record"][0]


def test_what_is_recorded_goes_to_the_bureaus_forms_alone(demo: Served, new_tab: NewTab) -> None:
    """A link that somebody wrote into a page looks like that of a form, and leads elsewhere."""
    tab = edits(new_tab(), f"{demo.base}records/volunteering/")
    row = tab.locator("tr[id^='r-']").first
    link = row.get_by_role("link", name="修改")
    address = link.get_attribute("href") or ""
    written = re.sub("^https://[^/]+", "https://elsewhere.example", address)
    assert written != address
    link.evaluate("(link, written) => { link.href = written; }", written)
    link.click()
    expect(tab.locator("body")).to_have_text("asked")
    assert tab.url == written


@pytest.mark.deep
def test_on_gitlab_the_answers_stand_in_the_text_of_the_issue(
    demo: Served, new_tab: NewTab, tmp_path: Path
) -> None:
    in_gitlab = edited(
        "data/unit.yml",
        "  forge:\n  address:\n  branch:\n",
        f"  forge: gitlab\n  address: {HOST}\n  branch: main\n",
    )
    about = {**json.loads(_forms(read(tmp_path, in_gitlab))), "commit": COMMIT}
    tab = new_tab()
    tab.route("**/download/forms.json", lambda route: route.fulfill(json=about))
    tab.route(FORGE, lambda route: route.fulfill(body="asked"))
    tab.goto(f"{demo.base}records/volunteering/")
    tab.get_by_role("button", name="编辑模式").click()
    row = tab.locator("tr[id^='r-']").first
    day, title, kind, place = row.locator("td").all_inner_texts()[:4]
    link = row.get_by_role("link", name="修改")
    (record,) = parse_qs(urlsplit(link.get_attribute("href") or "").query)["field:record"]
    repository = Repository(forge="gitlab", address=HOST, branch="main")
    written = form_url(repository, "volunteering", {"record": record})
    link.evaluate("(link, written) => { link.href = written; }", written)
    link.click()
    found = asked(tab)
    assert found.keys() == {"issue[title]", "issue[description]"}
    assert found["issue[title]"] == [TITLE["volunteering"]]
    answers = parse_form(found["issue[description]"][0], FORMS["volunteering"])
    assert isinstance(answers, dict)
    assert answers["record"] == f"{record}#{COMMIT}"
    assert (f"{answers['date']}", *(answers[name] for name in ("title", "kind", "place"))) == (
        day[:10], title, kind, place,
    )  # fmt: skip
    tab.go_back()
    other = form_url(repository, "correction", {"figure": "games_events_placed", "old": "5"})
    tab.locator("article a").first.evaluate(
        "(link, to) => { link.href = to; link.click(); }", other
    )
    found = asked(tab)
    assert found["issue[title]"] == [TITLE["correction"]]
    assert "### 指标编号\n\ngames_events_placed\n\n### 种类\n\n\n" in found["issue[description]"][0]
    assert "### 原数\n\n5\n" in found["issue[description]"][0]


def test_a_name_and_a_regulation_are_changed_in_forms_that_hold_them(
    demo: Served, new_tab: NewTab
) -> None:
    tab = edits(new_tab(), f"{demo.base}figures/")
    row = tab.locator("div.for-editors tbody tr").first
    value = row.locator("td").nth(1).inner_text()
    row.get_by_role("link", name="改").click()
    found = asked(tab)
    assert found["template"] == [".gitea/issue_template/names.yml"]
    assert value == f"{found['field:value'][0]}改"
    tab.goto(f"{demo.base}regulations/shili-provision/")  # the mode is kept
    tab.get_by_role("link", name="改文号、日期").click()
    found = asked(tab)
    assert found["template"] == [".gitea/issue_template/regulations.yml"]
    assert found["field:record"] == [f"shili-provision#{COMMIT}"]
    assert found["field:draft"] == ["否"]
    tab.go_back()
    tab.get_by_role("link", name="换成新的一项").click()
    found = asked(tab)
    assert found["template"] == [".gitea/issue_template/new_regulation.yml"]
    assert found["field:replaces"] == ["shili-provision"]
    tab.goto(f"{demo.base}examples/veteran-member/")
    tab.get_by_role("link", name="改概况").click()
    found = asked(tab)
    assert found["template"] == [".gitea/issue_template/examples.yml"]
    assert found["field:record"] == [f"veteran-member#{COMMIT}"]
    assert {"field:title", "field:kind", "field:consent_status"} <= found.keys()


def test_an_approved_figure_is_revised_in_a_form(demo: Served, new_tab: NewTab) -> None:
    tab = edits(new_tab(), f"{demo.base}indicators/games_events_placed/")
    tab.get_by_role("link", name="修订或更正").click()
    found = asked(tab)
    assert found == {
        "template": [".gitea/issue_template/correction.yml"],
        "field:figure": ["games_events_placed"],
        "field:old": ["5"],
    }


def test_the_workbook_of_a_ledger_is_offered_to_editors(demo: Served, new_tab: NewTab) -> None:
    tab = new_tab()
    tab.goto(f"{demo.base}records/volunteering/")
    offered = tab.get_by_role("link", name="填报表")
    expect(offered).not_to_be_visible()
    tab.get_by_role("button", name="编辑模式").click()
    with tab.expect_download() as found:
        offered.click()
    assert found.value.suggested_filename == "志愿服务活动（演示）填报表.xlsx"
    assert found.value.path().read_bytes()[:2] == b"PK"
