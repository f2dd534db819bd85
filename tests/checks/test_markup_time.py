"""What reads HTML takes time in proportion to its text, whatever the text is."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from archive.build.markup import faults
from archive.build.styles import style_faults
from archive.checks import attributes, markup
from archive.facts.site import Site
from archive.files.bounds import gc_paused
from archive.files.pages import Page
from tests.samples.built import built
from tests.samples.sample import read

RULES = (
    markup.html_is_on_the_list,
    attributes.attribute_lists_are_on_the_list,
    attributes.definitions_stand_alone,
)
SHAPES = (
    ("<a", " "), ("", "<a "), ("", "<b>"), ("", "</b>"), ("<p>", "</a>"), ("", "<"), ("", "{"), ("", "{ .a"), ("", "}"),
    ("", "[a]: "), ("", "`<` "), ("", "`<"), ("", "`<`\n\n"), ("", "<!--"), ("<!--", " -"), ("<a ", 'title="x" '),
    ("<a", " a=b"), ("", '<a title="'), ("", "```\n<\n"), ("", "~"), ("", "`"), ("{ ", ".caption "), ("", "- "), ("", ">"),
    ("", "{% raw %}<b>{% endraw %}"), ("", "<hr>`<`\n"), ("", "&#60;"), ("", "\\`<"), ("", "<!--x--><?"),
)  # fmt: skip
TRIED = [
    pytest.param(*shape, marks=[pytest.mark.deep] * (number % 2))
    for number, shape in enumerate(SHAPES)
]
"""All shapes; a run that is not deep tries every other one."""
MOST = 3.2
"""Twice the text may take so many times the time: four times would be in proportion to its square."""


def doubled(work: Callable[[int], object]) -> float:
    """How many times longer twice the work takes: each at its best of several where once is too much."""
    best = [float("inf"), float("inf")]
    for _ in range(6):
        for at, amount in (
            (1, 2),
            (0, 1),
        ):  # what takes long only at first counts against twice the work
            with gc_paused():  # it runs when it likes, in one amount more than in the other
                start = process_time()
                work(amount)
                best[at] = min(best[at], process_time() - start)
        ratio = max(best[1], 0.01) / max(best[0], 0.01)
        if ratio < MOST:
            break
    return ratio


@pytest.mark.parametrize(("head", "piece"), TRIED)
def test_the_check_of_a_page(tmp_path: Path, head: str, piece: str) -> None:
    archive = read(tmp_path).archive

    def work(amount: int) -> None:
        page = Page("a.md", "docs/a.md", text=head + piece * (amount * 30_000 // len(piece)))
        # How a page is read is timed elsewhere.
        page.__dict__ |= {"hidden": [], "plain": "", "links": [], "headings": []}
        archive.pages = {"a.md": page}
        for rule in RULES:
            list(rule(Site(archive)))

    assert doubled(work) < MOST


@pytest.mark.parametrize(("head", "piece"), TRIED)
def test_the_scan_of_a_built_page(head: str, piece: str) -> None:
    def work(amount: int) -> None:
        faults(built(head + piece * (amount * 30_000 // len(piece))))

    assert doubled(work) < MOST


@pytest.mark.parametrize(
    "piece", ["url(", "a{", '"', "\\", "/*", "@import ", "[", "url(\\", "'\n", "x:y;"]
)
def test_the_scan_of_a_style_sheet(piece: str) -> None:
    def work(amount: int) -> None:
        style_faults(piece * (amount * 10_000 // len(piece)))

    assert doubled(work) < MOST
