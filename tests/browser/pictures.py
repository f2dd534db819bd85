"""The pictures of the guide, taken of the demonstration site: what to press has a frame around it.

`make pictures` takes them anew.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, ViewportSize, sync_playwright

from demo.write import write
from tests.browser.conftest import serving
from tests.conftest import CHROMIUM, OPTIONS, ROOT, built

FOLDER = ROOT / "archive" / "guide" / "pictures"
WIDTH = 720
"""Of every picture, in pixels: what the text of a page is wide, so that it is shown as it was."""
VIEW = ViewportSize(width=WIDTH, height=900)
_QUALITY = 60
"""Of WebP, from 0 to 100."""
_STILL = ".md-header { position: static }"
"""The bar at the top stays there: it would lie across whatever is further down."""
_FRAME = """frame => {
  frame.style.outline = "3px solid #d32f2f";
  frame.style.outlineOffset = "1px";
}"""


def _search(page: Page) -> None:
    page.locator(".archive-search-open").click()
    page.locator("dialog input").fill("须在建档期间")
    page.get_by_role("option").first.wait_for()


def _nothing(page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: of which page, what is framed, how far above that it begins, how high it is."""

    name: str
    page: str
    framed: str
    above: int
    height: int
    act: Callable[[Page], None] = _nothing


PICTURES = (
    Picture("edit-page", "report/part-1/", "a:has(> .edit-label)", 160, 420),
    Picture("figure", "indicators/games_events_placed/", ".mend a", 700, 740),
    Picture("record", "records/volunteering/", "tbody a[aria-label^=修改]", 220, 380),
    Picture("regulation", "regulations/leave/", ".ways a[href*=new_regulation]", 160, 480),
    Picture("search", "", "dialog input", 20, 420, _search),
)


def take(page: Page, base: str, picture: Picture) -> bytes:
    """One picture, as WebP, taken in a tab of the size `VIEW`; an error if what it frames is not there."""
    page.goto(f"{base}{picture.page}")
    if not page.locator(".editing").count():
        page.locator(".edit-switch").click()
    page.add_style_tag(content=_STILL)
    picture.act(page)
    framed = page.locator(picture.framed).first
    framed.scroll_into_view_if_needed()
    framed.evaluate(_FRAME)
    box = framed.bounding_box()
    assert box, picture.name
    top = max(0, page.evaluate("scrollY") + box["y"] - picture.above)
    clip = {"x": 0, "y": top, "width": WIDTH, "height": picture.height, "scale": 1}
    shot = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": _QUALITY, "clip": clip, "captureBeyondViewport": True},
    )
    return base64.b64decode(shot["data"])


def main() -> None:
    """Build the demonstration site and take every picture anew."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo, site = Path(folder) / "demo", Path(folder) / "site"
        write(ROOT, demo)
        built(demo / "data", site)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        FOLDER.mkdir(exist_ok=True)
        with serving(site) as served:
            for picture in PICTURES:
                page = browser.new_page(viewport=VIEW, color_scheme="light", locale="zh-CN")
                (FOLDER / f"{picture.name}.webp").write_bytes(take(page, served.base, picture))
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
