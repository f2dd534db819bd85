"""What a reader of a page sees of it, as text: for whoever searches the page for what an editor typed.

Comments, marks of Markdown, tags, link targets and invisible characters are gone; entities and escapes
are what they show; the lines of a paragraph are one. Blocks, cells and forced line breaks are lines. A
macro call is one sign, `CALL`, for what it shows is not the editor's.
"""

import re
from collections.abc import Iterator, Mapping

from archive.checks.number_dress import counts
from archive.files.elements import FLOWING
from archive.files.html import ATTRIBUTE_LIST, TAG, attributes, unescaped
from archive.files.pages import Page, once_each
from archive.files.spans import fill, replaced_with_offsets
from archive.leaks.visible import UNSEEN, VisibleText

CALL = "\ufffc"
"""The sign that stands for a macro call."""

_SHOWN_ATTRIBUTES = frozenset({"alt", "title"})
_WRITTEN = re.compile(
    rf"(?P<tag>{TAG.pattern})"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    rf"|(?P<unseen>[{UNSEEN}]+)"
    r"|(?P<reference>\]\[[^\[\]\n]{0,200}+\]|!?\[(?!\^))"
    r"|(?P<note>\[\^(?P<label>[^\[\]\n]{1,100}+)\])"
    rf"|(?P<list>(?<=[)\]*_`>\0]){ATTRIBUTE_LIST}|(?<![ \t])[ \t]*+{ATTRIBUTE_LIST}[ \t]*$)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<emphasis>\*+|(?<!\w)_+|_+(?!\w)|__+)",
    re.MULTILINE,
)
_BEGINNING = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>(?:>[ \t]?)*(?:#{1,6}[ \t]+|(?:\d{1,2}[.)]|[*+-])[ \t]+|\[\^[^\[\]\n]{1,100}\]:[ \t]*)*)"
)
_BLOCK = re.compile(
    r"[ \t]*(?:#|>|\||[*+-][ \t]|\d{1,9}[.)][ \t]|\[\^|```|~~~|<|!!!|\?\?\?|[-=]{2,}[ \t]*$)"
)
_RULE = re.compile(r"[ \t|:=*_-]+$")


@once_each
def shown_texts(page: Page) -> tuple[VisibleText, ...]:
    """Return what a reader sees of a page: its text, then each text of an attribute or of a link's title.

    Offsets of these texts lead back to `page.text` by `written_at`.
    """
    others: list[tuple[int, str]] = []
    text, pairs = replaced_with_offsets(page.text, _edits(page, others))
    return (
        VisibleText(text, page.text, ([(0, 0), *pairs],)),
        *(
            VisibleText(unescaped(other), page.text, ([(0, start)],))
            for start, other in others
            if other
        ),
    )


def _edits(page: Page, others: list[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield what is not shown as it is written, as (start, end, what is shown); fill `others`."""
    text = page.text
    for start, end in page.comments:
        yield start, end, ""
    calls = [*((call.start, call.end) for call in page.calls), *page.refused]
    for span in calls:
        yield *span, CALL
    for begin, first, last, end in page.raws:
        yield begin, first, ""
        yield last, end, ""
    for start, end in page.codes:
        size = len(text[start:end]) - len(text[start:end].lstrip("`"))
        yield start, start + size, ""
        yield end - size, end, ""
    code = [*page.codes, *page.fences]
    unseen = [link.unseen for link in page.links if link.form != "html"]
    for start, end in unseen:
        yield start, end, ""
    others += [(link.title[0], text[slice(*link.title)]) for link in page.links]
    markup = fill(text, [*code, *page.comments, *calls, *unseen], "\0")
    yield from _lines(markup, dict(_list_numbers(page)))
    labels = set(re.findall(r"^ {0,3}\[\^([^\[\]\n]{1,100})\]:", markup, re.MULTILINE))
    for found in _WRITTEN.finditer(markup):
        shown = _shown(found, labels, others)
        if shown is not None:
            yield *found.span(), shown


def _shown(found: re.Match[str], labels: set[str], others: list[tuple[int, str]]) -> str | None:
    """Return what is shown for a piece of markup; None if it is text."""
    if found["tag"] or found["list"]:
        written = found["attributes"] or found["list"] or ""
        start = found.end("list") - len(written) if found["list"] else found.start("attributes")
        for key, value in attributes(written):
            if key in _SHOWN_ATTRIBUTES:
                others.append((start + max(0, written.find(value)), value))
    if found["tag"]:
        name = found["start"] or found["end"]
        return "" if name in FLOWING else "\n"
    if found["entity"]:
        plain = unescaped(found[0])
        return None if plain == found[0] else re.sub(f"[{UNSEEN}]", "", plain)
    if found["note"]:
        return "" if found["label"] in labels else None
    return found[0][1:] if found["escape"] else ""


def _list_numbers(page: Page) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Yield the lines, from 0, of the items of numbered lists: the number, and whether it is the text's.

    It is, where a list begins with another number than 1 and goes on from no list before it.
    """
    last: dict[int, int] = {}  # by level: the number of the last item of a list
    opened: list[tuple[int, bool]] = []
    for token in page.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            start = int(token.attrs.get("start", 1))
            typed = token.type[0] == "o" and start not in (1, last.get(token.level, 0) + 1)
            opened.append((start, typed))
        elif token.type == "list_item_open" and token.info and token.map:
            number, typed = opened.pop()
            yield token.map[0], (number, typed)
            opened.append((number + 1, typed))
        elif token.type == "ordered_list_close":
            last[token.level] = opened.pop()[0] - 1
        elif token.type == "bullet_list_close":
            opened.pop()


def _lines(markup: str, numbers: Mapping[int, tuple[int, bool]]) -> Iterator[tuple[int, int, str]]:
    """Yield the marks at the beginnings of lines, and the ends of lines that do not end a block."""
    at, lines = 0, markup.split("\n")
    for index, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        end = at + len(line)
        begins = _BEGINNING.match(line)
        if begins and begins["mark"]:
            number, typed = numbers.get(index, (0, False))
            typed = typed or (index in numbers and counts(line[begins.end() :].lstrip("*_")))
            yield (
                at + begins.start("mark"),
                at + begins.end("mark"),
                f"{number} " if typed else "",
            )
        goes_on = line.strip() and below.strip() and not _BLOCK.match(below)
        if goes_on and not _RULE.match(line) and not line.lstrip().startswith(("#", "|")):
            hard = line.endswith(("  ", "\\"))
            indent = len(below) - len(below.lstrip(" \t"))
            yield end, end + 1 + indent, "\n" if hard else ""
        at = end + 1
