"""A page that the engine cannot read is a message at the page, not a traceback."""

from pathlib import Path

import pytest

from archive.build.site import build
from archive.facts.project import Project
from archive.files.yaml import Problem
from tests.conftest import AS_OF
from tests.samples.frozen import lay_out

BODIES = {
    "a list nested 300 deep": "".join(f"{'    ' * level}- 甲\n" for level in range(300)),
    "an id without value": "<p id>\n",
    "quotes nested 300 deep": f"{'> ' * 300}甲\n",
    "elements nested 300 deep": f"{'<div>' * 300}甲\n",
}


def built(folder: Path, body: str) -> list[Problem]:
    root = lay_out(folder)
    page = root / "docs/index.md"
    page.write_text(f"{page.read_text('utf-8')}\n{body}", "utf-8")
    return build(Project(root, root / "data", AS_OF), folder / "out", "never")


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
