"""Whatever bytes a file holds, the answer is messages with a line of that file, never a traceback."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import load
from tests.checks.test_collections import RECORDS, path
from tests.render.test_criteria import CRITERIA
from tests.render.test_examples import HERO, HERO_TEXT
from tests.render.test_honours import CIVILISED
from tests.render.test_measures import TASK
from tests.samples.sample import FIGURES, FILES, PHRASES, RECORD, UNIT, write

# Pieces of which trouble is made: what YAML, Jinja, Markdown, HTML and Chinese numerals look like.
PIECES = st.sampled_from(
    [
        "---",
        "\n",
        "...",
        "\n",
        ":",
        "：",
        ",",
        "[",
        "]",
        "{",
        "}",
        "{#",
        "#}",
        "{{",
        "}}",
        "{%",
        "%}",
        "raw",
        "endraw",
        "fig",
        "name",
        "table",
        "register",
        "(",
        ")",
        '"',
        "'",
        "`",
        "```",
        "~~~\n",
        "",
        "",
        "",
        "#",
        "##",
        "{",
        "#id",
        "}",
        "*",
        "**",
        "***",
        "-",
        "+",
        "|",
        ">",
        "&",
        "!",
        "!!",
        "%",
        "@",
        "?",
        "=",
        "<<",
        "~",
        "null",
        "no",
        "12:30",
        "010",
        "1.10",
        "2023-02-30",
        "2023-01-02",
        ".inf",
        "0x1F\n",
        "",
        "",
        "",
        "<!--",
        "-->",
        "<a",
        'href="x">',
        "</a>",
        "[链接](x.md#y)",
        "![图](x)",
        "[^1]",
        "title",
        "value",
        "unit",
        "year",
        "近百",
        "三百人次",
        "百余",
        "第四次",
        "…余\n",
        "",
        "",
        "",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ud7ff",
        "😀",
        "一",
        "两",
        "千",
        "万",
        "亿",
        "12",
        "３",
        "①",
        "\t",
        "\\",
        "\r",
        "\xa0",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


def spoilt(text: str) -> st.SearchStrategy[str]:
    """`text` with a piece of trouble put in, or in place of a stretch of it."""

    def spoil(at: tuple[int, int], trouble: str) -> str:
        start, end = sorted(at)
        return text[:start] + trouble + text[end:]

    position = st.integers(0, len(text))
    near = position.flatmap(lambda i: st.tuples(st.just(i), st.integers(i, min(len(text), i + 12))))
    return st.builds(spoil, near, TEXTS)


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


@pytest.mark.parametrize("name", [*DATA, *PAGES, "mkdocs.yml"])
@given(raw=st.binary(max_size=80))
def test_any_bytes(answered: Callable[[str, bytes], None], name: str, raw: bytes) -> None:
    answered(name, raw)


@pytest.mark.parametrize("name", [*DATA, *PAGES])
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
