"""Whatever stands on a page, it is read: what is wrong with it is a problem, never a traceback."""

import pytest

from archive.files.pages import Page, once_each, read_page

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


def test_of_what_a_page_is_asked_the_last_is_kept() -> None:
    asked: list[str] = []

    @once_each
    def has(page: Page, word: str) -> bool:
        asked.append(word)
        return word in page.text

    page = read_page("---\ntitle: 甲\n---\n\n甲".encode(), "a.md", "docs/a.md")
    assert [has(page, word) for word in "甲甲乙甲"] == [True, True, False, True]
    assert (asked, len(page.remembered)) == (["甲", "乙", "甲"], 1)
