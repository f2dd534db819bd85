"""The pictures of the guide can be taken anew: what each shows and frames is on the site."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser.conftest import NewTab, Served
from tests.browser.pictures import FOLDER, PICTURES, VIEW, WIDTH, Picture, take


# Every other one where there is less time.
@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(one, id=one.name, marks=[pytest.mark.deep] * (number % 2))
        for number, one in enumerate(PICTURES)
    ],
)
def test_a_picture_is_taken_as_the_guide_has_it(
    new_tab: NewTab, demo: Served, picture: Picture
) -> None:
    page = new_tab(VIEW, color_scheme="light")
    for content in (
        take(page, demo.base, picture),
        (FOLDER / f"{picture.name}.webp").read_bytes(),
    ):
        assert Image.open(BytesIO(content)).size == (WIDTH, picture.height)
