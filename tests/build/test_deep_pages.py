"""A page that the engine cannot read is a message at the page, not a traceback."""

from pathlib import Path

import pytest

from archive.build.site import build
from archive.facts.project import Project
from tests.conftest import AS_OF
from tests.samples.frozen import lay_out

BODIES = {
    "a list nested 300 deep": "".join(f"{'    ' * level}- 甲\n" for level in range(300)),
    "an id without value": "<p id>\n",
    "an entity of 5,000 digits": f"&#{'1' * 5000};\n",
    "quotes nested 300 deep": f"{'> ' * 300}甲\n",
    "elements nested 300 deep": f"{'<div>' * 300}甲\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BODIES)
def test_no_page_ends_the_build_with_a_traceback(tmp_path: Path, name: str) -> None:
    root = lay_out(tmp_path)
    page = root / "docs/index.md"
    page.write_text(f"{page.read_text('utf-8')}\n{BODIES[name]}", "utf-8")
    found = build(Project(root, root / "data", AS_OF), tmp_path / "out", "never")
    assert found
    assert {one.path for one in found} <= {"docs/index.md", "site/index.html"}
