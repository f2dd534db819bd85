"""The site, served as a plain web server serves it, and the tabs it is read in."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from archive.files.own_files import TEMPLATES
from tests.conftest import PATIENCE, once
from tests.samples import changed as changes
from tests.samples.kinds import KINDS

SEARCH_BUTTON = next(
    line
    for line in (TEMPLATES / "partials/header.html").read_text("utf-8").splitlines()
    if "archive-search-open" in line
)
"""The button of the search as each page has it, for pages that tests make up."""


@dataclass(frozen=True)
class Served:
    """A folder on the web: its address, with a slash at the end."""

    base: str
    folder: Path


class _Handler(SimpleHTTPRequestHandler):
    """Quiet; what is not there is answered with the site's own page."""

    def log_message(self, format: str, *args: Any) -> None:
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """The folder, served on a port of its own."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Served(f"http://127.0.0.1:{server.server_port}/", folder)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def demo(demo_site: Path) -> Iterator[Served]:
    with serving(demo_site) as served:
        yield served


@pytest.fixture(scope="session")
def real(real_site: Path) -> Iterator[Served]:
    with serving(real_site) as served:
        yield served


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The bureau's site with ids in Chinese, an amended regulation and a report since its release."""
    with serving(once(tmp_path_factory, "changed", changes.make) / "site") as served:
        yield served


def leads_to(option: Locator, address: str) -> None:
    """Expect a result of the search to lead to an address, whatever is to be marked there."""
    page, _, anchor = address.partition("#")
    there = re.escape(page) + r"\?mark=[^#]+" + re.escape(anchor and f"#{anchor}")
    expect(option).to_have_attribute("href", re.compile(f"^{there}$"))


NewTab = Callable[..., Page]
SCHEMES: dict[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}
WIDE: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def shared_context(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One context in which a tab stays open on a server of this machine, and one on its disk.

    A page is given the process of an open page of the same site. To start a process whose cache is empty
    takes three times as long as to load a page, so no test starts one.
    """
    folder = tmp_path_factory.mktemp("open")
    (folder / "index.html").write_text("<!doctype html><link rel=icon href=data:,>", "utf-8")
    with serving(folder) as served, chromium.new_context(locale="zh-CN") as context:
        context.set_default_timeout(PATIENCE)
        for address in (served.base, (folder / "index.html").as_uri()):
            context.new_page().goto(address)
        yield context


@pytest.fixture(scope="module")
def idle_tabs() -> Iterator[list[Page]]:
    """The tabs that tests of one file have left: to open one takes longer than to load a page.

    What a test sets in a tab for good, such as a script or the scale, meets no test of another file.
    """
    tabs: list[Page] = []
    yield tabs
    for tab in tabs:
        tab.close()


_heard: list[tuple[Page, str, Callable[[Any], object]]] = []


def hear(tab: Any, event: str, handler: Callable[[Any], object]) -> None:
    """Call `handler` at each such event of a tab; `Page.on` would do so in the tests after this one too."""
    tab.on(event, handler)
    _heard.append((tab, event, handler))


def leave(tab: Page) -> None:
    """Leave the page that a tab shows: nothing more is heard of it, and nothing stays but what is stored."""
    if tab.url == "about:blank":  # it has been left
        return
    tab.evaluate("() => { try { sessionStorage.clear() } catch {} }")
    tab.goto("about:blank")


USUAL = dict.fromkeys(("media", "color_scheme", "reduced_motion", "forced_colors"), "null")
"""The media of a new tab, as Playwright asks for them."""


@pytest.fixture
def new_tab(shared_context: BrowserContext, idle_tabs: list[Page]) -> Iterator[NewTab]:
    """Opens tabs. After the test they are left, and what their pages have stored is deleted."""
    stay = shared_context.pages
    taken: list[Page] = []

    def opened(viewport: ViewportSize = WIDE, **media: Any) -> Page:
        tab = idle_tabs.pop() if idle_tabs else shared_context.new_page()
        taken.append(tab)
        tab.set_viewport_size(viewport)
        tab.emulate_media(**{**USUAL, **media})
        return tab

    yield opened
    for tab, event, handler in _heard:
        tab.remove_listener(event, handler)
    _heard.clear()
    for tab in taken:
        tab.unroute_all()
        tab.mouse.move(-1, -1)  # over nothing, as in a new tab
        leave(tab)
    for tab in shared_context.pages:
        if tab not in (*stay, *taken):
            tab.close()
    idle_tabs += taken
    shared_context.clear_cookies()
    storage = shared_context.new_cdp_session(stay[0])
    storage.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    storage.detach()


@pytest.fixture
def without_scripts(new_tab: NewTab) -> Iterator[Page]:
    """A tab in which no page runs a script."""
    tab = new_tab()
    switch = tab.context.new_cdp_session(tab)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield tab
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    switch.detach()


MOVED = """([selector, apart, by]) => {
  const before = window.boxes, {scrollX, scrollY} = window;
  scrollTo(0, 0);
  window.boxes = [...document.querySelectorAll(selector)]
    .filter((one) => one.getClientRects().length && !one.closest(apart))
    .flatMap((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; });
  scrollTo(scrollX, scrollY);
  return before && (before.length !== boxes.length || boxes.some((one, at) => Math.abs(one - before[at]) > by));
}"""


def moved(page: Page, selector: str, apart: str, by: float = 0.01) -> bool | None:
    """Whether what is selected, and stands not in what is `apart`, has moved since this was asked last."""
    told: bool | None = page.evaluate(MOVED, [selector, apart, by])
    return told


PHONE: ViewportSize = {"width": 390, "height": 800}
ON_A_PHONE = [
    pytest.param(WIDE, marks=pytest.mark.deep, id="wide"),
    pytest.param(PHONE, id="phone"),
]
ON_A_DESK = [
    pytest.param(WIDE, id="wide"),
    pytest.param(PHONE, marks=pytest.mark.deep, id="phone"),
]
"""One of the two screens, where the other shows it in another way at most; a run that is deep tries both."""
COVER = (
    "",
    "criteria/",
    "examples/first-secretary/",
    "figures/",
    "glance/",
    "guide/clerk/",
    "guide/messages/periods/",
    "honours/",
    "indicators/division_level_recommended/",
    "none/such/",
    "records/party_members/",
    "regulations/shili-provision/",
    "regulations/versions/shili-provision-2022-03-01/",
    "report/2023/next/",
    "report/part-2/",
)
"""Small pages of the demonstration that between them hold every kind of component, which a test sees to."""
EVERY_KIND = [
    *COVER,
    *(pytest.param(path, marks=pytest.mark.deep) for path in KINDS if path not in COVER),
]
"""What a test of each page opens: these, and if it is deep those of every kind of page."""
# What of that which is for editors is seen, and how much of it is reached by keyboard.
SHOWN = """() => [...document.querySelectorAll("a.for-editors, .for-editors a, p.for-editors:not(.mend)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.textContent.trim())"""
FOCUSED = """() => [...document.querySelectorAll("a.for-editors, .for-editors a")]
    .filter((one) => { one.focus(); return document.activeElement === one; }).length"""
ADDRESS = "https://wenming.example/"
"""Where the demonstration says that it is found."""
DAY = "数据截至2026年6月30日。"
# On an intranet without HTTPS a script may not write to the clipboard; it asks the browser to copy.
INSECURE = """
    Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true })
    window.copied = []
    document.addEventListener('copy', () => copied.push(String(document.activeElement.value)))
"""
