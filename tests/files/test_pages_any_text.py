"""Whatever stands on a page, it is read: what is wrong with it is a problem, never a traceback."""

import pytest

from archive.files.pages import read_page

PARTS = (
    "calls", "faults", "hidden", "comments", "plain", "prose", "headings", "links", "unread", "anchors",
)  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"{'  ' * level}- 甲\n" for level in range(300)),
        "> " * 300 + "甲",
        "<p id>\n\n<p id=>\n\n<a name>",
        "<ul><li>" * 300,
        f"&#{'1' * 5000};",
        f"[a]({'(' * 300}",
        "{{ " + "(" * 300 + ")" * 300 + " }}",
        "{{ fig(" + "[" * 300 + "]" * 300 + ") }}",
        "{{ fig(1" + "0" * 5000 + ") }}",
        "# 甲\n\n" * 300,
        "\ud7ff\ue000\U0010ffff",
    ],
)
def test_any_text_of_a_page(body: str) -> None:
    page = read_page(f"---\ntitle: 甲\n---\n\n{body}".encode(), "report/a.md", "docs/report/a.md")
    for part in PARTS:
        getattr(page, part)
