"""The pictures of the guide can be taken anew: what each shows and frames is on the site."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Served
from tests.browser.pictures import FOLDER, PICTURES, Picture, take

_SIZE = """async bytes => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  return [picture.width, picture.height];
}"""


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_taken_as_the_guide_has_it(
    chromium: Browser, demo: Served, picture: Picture
) -> None:
    page = chromium.new_page()
    for content in (
        take(chromium, demo.base, picture),
        (FOLDER / f"{picture.name}.webp").read_bytes(),
    ):
        assert page.evaluate(_SIZE, list(content)) == [720, picture.height]
    page.close()
