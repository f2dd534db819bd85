"""The site unpacked from its zip file and opened from disk: it works, and loads nothing but itself."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, Request, expect

from archive.publish.offline import POLICY, write_offline
from tests.browser.conftest import NewTab, hear, leave
from tests.samples.published import whole_site


@pytest.fixture(scope="module")
def home(demo_site: Path, demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("offline") / "在 U 盘 #1"
    folder.mkdir()
    site = whole_site(demo_site, demo_data, folder / "site")
    assert write_offline(site, folder / "a.zip") == []
    with ZipFile(folder / "a.zip") as read:
        read.extractall(folder)
    return (folder / "archive" / "index.html").as_uri()


@pytest.fixture
def tab(new_tab: NewTab) -> Iterator[Page]:
    faults: list[str] = []
    page = new_tab()
    hear(page, "console", lambda said: faults.append(said.text))
    hear(page, "pageerror", lambda error: faults.append(str(error)))
    hear(page, "requestfailed", lambda failed: faults.extend(_missing(failed)))
    hear(
        page,
        "request",
        lambda asked: faults.extend([asked.url] * (not asked.url.startswith(("file:", "data:")))),
    )
    yield page
    leave(page)
    assert faults == []


def _missing(failed: Request) -> Iterator[str]:
    """Its address, unless the page was left before it had come."""
    if failed.failure != "net::ERR_ABORTED":
        yield failed.url


def test_from_page_to_page(home: str, tab: Page) -> None:
    tab.goto(home)
    tab.get_by_role("link", name="报告全文").first.click()
    expect(tab).to_have_url(re.compile("/report/full/index.html$"))
    tab.get_by_role("link", name="3176小时").click()
    tab.get_by_role("dialog").get_by_role("link", name="出处和各期的数").click()
    expect(tab).to_have_url(re.compile("/indicators/volunteer_hours/index.html$"))
    expect(tab.get_by_role("heading", level=1)).to_have_text(re.compile("志愿服务总时长"))
    tab.go_back()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()


def test_search_from_disk(home: str, tab: Page) -> None:
    tab.goto(home.replace("index.html", "report/part-3/index.html"))
    tab.keyboard.press("Control+k")
    tab.get_by_role("combobox").fill("请假")
    expect(tab.get_by_role("option").first).to_contain_text("请销假制度")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/index\.html(#.*)?$"))
    expect(tab.get_by_role("heading", level=1)).to_contain_text("请")


def test_the_scheme_is_kept(home: str, tab: Page) -> None:
    tab.goto(home)
    tab.get_by_title("切换到深色").click()
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
    tab.goto(home.replace("index.html", "figures/index.html"))
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_every_kind_of_page_keeps_its_policy(home: str, tab: Page) -> None:
    """The tab's fixture fails for whatever the browser says of the policy."""
    folder = Path(unquote(urlsplit(home).path)).parent
    kinds = {page.relative_to(folder).parts[0]: page for page in sorted(folder.rglob("*.html"))}
    assert {"index.html", "report", "figures", "regulations", "guide", "glance"} <= set(kinds)
    for page in kinds.values():
        tab.goto(page.as_uri())
        expect(tab.locator(".archive-search-open")).to_be_visible()
        style = "getComputedStyle(document.querySelector('.md-header')).position"
        assert tab.evaluate(style) == "sticky", page
        pictures = "[...document.images].every((one) => one.loading === 'lazy' || one.naturalWidth)"
        assert tab.evaluate(pictures), page


def test_a_page_and_a_section_are_printed(home: str, tab: Page) -> None:
    tab.goto(home.replace("index.html", "report/part-3/index.html"))
    tab.evaluate("() => { window.print = () => { window.printed = true; } }")
    tab.locator(".press summary").first.click()
    tab.locator(".press-print").first.click()
    assert tab.evaluate("window.printed")
    tab.locator(".press summary").first.click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Word").first.click()
    assert download.value.suggested_filename.endswith(".docx")


ELSEWHERE = "http://127.0.0.1:9/x"
INLINE = "<script>window.harm = true</script>"
INJECTED = (
    (INLINE, "Executing inline script"),
    ("<img src=no.png onerror='window.harm = true'>", "Executing inline event handler"),
    (f"<script src={ELSEWHERE}.js></script>", f"Loading the script '{ELSEWHERE}.js'"),
    (f"<img src={ELSEWHERE}.png>", f"Loading the image '{ELSEWHERE}.png'"),
    (f"<link rel=stylesheet href={ELSEWHERE}.css>", f"Loading the stylesheet '{ELSEWHERE}.css'"),
    (f"<p style='background:image-set(\"{ELSEWHERE}.gif\" 1x)'>x</p>", f"Loading the image '{ELSEWHERE}.gif'"),
    (f"<iframe src={ELSEWHERE}></iframe>", f"Framing '{ELSEWHERE.removesuffix('x')}'"),
    ("<iframe srcdoc='<script>parent.harm = true</script>'></iframe>", "Executing inline script"),
    (f"<object data={ELSEWHERE}></object>", f"Loading plugin data from '{ELSEWHERE}'"),
    (f"<form action={ELSEWHERE}><button class=go>x</button></form>", f"Sending form data to '{ELSEWHERE}?'"),
    (f"<base href={ELSEWHERE}>", f"Setting the document's base URI to '{ELSEWHERE}'"),
    ("<a class=go href='javascript:void(window.harm = true)'>x</a>", "Running the JavaScript URL"),
    ("", f"Connecting to '{ELSEWHERE}'"),
)  # fmt: skip
"""What is put into a page, and what the browser says it did not do; at last a script asks another host."""


def test_what_is_put_into_a_copy_is_blocked(home: str, new_tab: NewTab) -> None:
    """All in one page, for nothing is done that would change what becomes of another."""
    copy = _with(home, "".join(piece for piece, _ in INJECTED))
    asked: list[str] = []
    said: list[str] = []
    tab = new_tab()
    hear(tab, "console", lambda one: said.append(one.text))
    hear(tab, "request", lambda one: asked.append(one.url))
    hear(tab, "requestfailed", lambda one: asked.remove(one.url) if one.failure == "csp" else None)
    tab.goto(copy.as_uri())
    tab.evaluate("document.querySelectorAll('.go').forEach((one) => one.click())")
    tab.evaluate(f"fetch('{ELSEWHERE}').catch(() => 0)")
    for _ in range(300):  # until the browser has said so and dropped every request, however busy
        if len(_told(said)) >= len(INJECTED) and not _elsewhere(asked):
            break
        tab.wait_for_timeout(100)
    assert tab.url == copy.as_uri()
    assert tab.evaluate("window.harm") is None
    assert tab.evaluate("document.baseURI") == copy.as_uri()
    copy.unlink()
    assert _elsewhere(asked) == []
    assert _told(said) == sorted(blocked for _, blocked in INJECTED)


def _with(home: str, pieces: str, policy: str = POLICY) -> Path:
    """A copy of a page with pieces in it, and a policy of its own."""
    folder = Path(unquote(urlsplit(home).path)).parent / "examples"
    page = (folder / "index.html").read_text("utf-8")
    page = page.replace(f'content="{POLICY}"', f'content="{policy}"')
    copy = folder / "copy.html"
    copy.write_text(page.replace("<h1", f"{pieces}<h1", 1), "utf-8")
    return copy


def _elsewhere(asked: list[str]) -> list[str]:
    return [one for one in asked if not one.startswith(("file:", "data:"))]


def _told(said: list[str]) -> list[str]:
    """What was not done for the policy."""
    parts = (one.partition(" violates the following Content Security Policy directive") for one in said)  # fmt: skip
    return sorted(done for done, policy, _ in parts if policy)


def test_without_the_policy_it_would_not_be(home: str, new_tab: NewTab) -> None:
    copy = _with(home, INLINE, "")
    tab = new_tab()
    tab.goto(copy.as_uri())
    assert tab.evaluate("window.harm") is True
    copy.unlink()
