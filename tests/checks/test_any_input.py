"""Whatever bytes a file holds, the answer is messages with a line of that file, never a traceback."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import load
from tests.samples.criteria import CRITERIA
from tests.samples.examples import HERO, HERO_TEXT
from tests.samples.honours import CIVILISED
from tests.samples.measures import TASK
from tests.samples.records import RECORDS, path
from tests.samples.sample import FIGURES, FILES, PHRASES, RECORD, UNIT, write
from tests.samples.spoiling import TEXTS, spoilt


def holds(project: Project, name: str, raw: bytes) -> None:
    """Check the sample with `raw` in the file `name`; every message names a line there is."""
    root = project.root
    (root / name).write_bytes(raw)
    for problem in check(load(project)):
        lines = (root / problem.path).read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        assert 1 <= problem.line <= lines.count(b"\n") + 1, problem
        assert problem.message
        assert "\n" not in problem.message


@pytest.fixture
def answered(tmp_path: Path) -> Callable[[str, bytes], None]:
    return partial(holds, write(tmp_path, {**DATA, **PAGES}))


ALLOWED = """\
- file: docs/report/part-1.md
  kind: 手机号
  found: 139******78
  reason: 对外公布
  reviewer: 主任
"""
DATA = {
    "data/unit.yml": UNIT,
    "data/figures.yml": FIGURES,
    "data/phrases.yml": PHRASES,
    "data/criteria.yml": CRITERIA,
    "data/allowed.yml": ALLOWED,
    "data/measures/a.yml": TASK,
    "data/volunteering/2024/20240305-a.yml": RECORD,
    path("assistance"): RECORDS["assistance"],
    "data/honours/civilised.yml": CIVILISED,
}
PAGES = {
    name: FILES[name]
    for name in ("docs/report/part-1.md", "docs/figures/index.md", "docs/regulations/leave.md")
} | {HERO: HERO_TEXT}


FEWER = settings(max_examples=settings().max_examples // 4)
"""Each input is a whole site checked, and each of the files is given its own."""


@pytest.mark.parametrize("name", [*DATA, *PAGES, "mkdocs.yml"])
@FEWER
@given(raw=st.binary(max_size=80))
def test_any_bytes(answered: Callable[[str, bytes], None], name: str, raw: bytes) -> None:
    answered(name, raw)


@pytest.mark.parametrize("name", [*DATA, *PAGES])
@FEWER
@given(data=st.data())
def test_files_spoilt_somewhere(
    answered: Callable[[str, bytes], None], name: str, data: st.DataObject
) -> None:
    text = data.draw(spoilt({**DATA, **PAGES}[name]))
    answered(name, text.encode("utf-8", "surrogatepass"))


@given(front=TEXTS, body=TEXTS)
def test_front_matter_and_body(
    answered: Callable[[str, bytes], None], front: str, body: str
) -> None:
    answered("docs/report/part-1.md", f"---\n{front}\n---\n{body}".encode("utf-8", "surrogatepass"))
