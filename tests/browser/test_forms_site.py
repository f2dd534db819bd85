"""Forms that change what is recorded, opened from the site: begun with it, as a clerk would click."""

import json
import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewTab, Served

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
