"""A page that the engine cannot read is a message at the page, not a traceback."""

from pathlib import Path

import pytest

from archive.build.site import build
from archive.files.yaml import Problem
from tests.samples.random_site import write_base

BODIES = {
    "a list nested 300 deep": "".join(f"{'    ' * level}- 甲\n" for level in range(300)),
    "an id without value": "<p id>\n",
    "quotes nested 300 deep": f"{'> ' * 300}甲\n",
    "elements nested 300 deep": f"{'<div>' * 300}甲\n",
}


def built(folder: Path, body: str) -> list[Problem]:
    return build(write_base(folder, f"\n{body}"), folder / "out", "never")


@pytest.mark.slow
@pytest.mark.parametrize("name", BODIES)
def test_no_page_ends_the_build_with_a_traceback(tmp_path: Path, name: str) -> None:
    found = built(tmp_path, BODIES[name])
    assert found
    assert {one.path for one in found} <= {"docs/index.md", "site/index.html"}


@pytest.mark.slow
def test_an_entity_of_many_digits_is_no_character_and_ends_no_build(tmp_path: Path) -> None:
    assert built(tmp_path, f"&#{'1' * 5000};\n") == []
    assert f"&amp;#{'1' * 5000};" in (tmp_path / "out/index.html").read_text("utf-8")
