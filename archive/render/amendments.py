"""What the page of a regulation shows of its amendments: marks, old and new text, contents, a list."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from archive.facts.alike import can_be_compared, shared_ends
from archive.facts.articles import article_id, article_title, numbered
from archive.facts.regulations import RegulationEntry
from archive.facts.site import Site
from archive.facts.versions import ArticleChange, Wording, article_changes, article_spans
from archive.files.markdown import parse, shown_text
from archive.files.pages import MACRO, Page, read_page
from archive.render import macros
from archive.render.text import day, fenced
from archive.schema.regulations import Regulation

Addition = tuple[int, int, str]
"""Offsets in the text of a page, and what is put there."""

MAX_TITLE = 12
"""Most characters of an article's first words in the contents."""
_CLAUSE = re.compile(r"[，。；：、！？,;:]")
_ENDS = re.compile(r"[ \t]*\}[ \t]*$", re.MULTILINE)
_NOT_IN_LABEL = re.compile(r'["{}<>&\\\n]')


def additions(site: Site, page: Page) -> Iterator[Addition]:
    """What the program puts into the text of a regulation, that in force or a former one.

    The contents show the first words of each article; its text is not touched. An article that was
    amended is followed by its marks, the text by the list of amendments.
    """
    entry, version = site.versions.get(page.path, (None, None))
    if version or isinstance(page.meta, Regulation):
        yield from _labels(site, page)
    if entry and version and version.until is None and entry.data.amendments:
        yield from _amended(site, entry)


def _labels(site: Site, page: Page) -> Iterator[Addition]:
    texts, spans, lines = _first_paragraphs(page), article_spans(page), page.text.split("\n")
    for heading in numbered(page, "条"):
        closing = _ENDS.search(page.text, heading.start)
        text = texts.get(page.line(heading.start), "")
        if MACRO in text and (id_ := article_id(heading.text)):
            first, end = spans[id_]
            read = paragraphs(site, page, "\n".join(lines[first:end]))
            text = read[0] if read else ""  # a drawing, a table: nothing of it is a paragraph
        if text and closing and page.line(closing.start()) == page.line(heading.start):
            label = f' data-toc-label="{heading.text}　{first_words(text)}"'
            yield closing.start(), closing.start(), label


def _first_paragraphs(page: Page) -> dict[int, str]:
    """The line of each heading, from 1 → the first paragraph below it."""
    found: dict[int, str] = {}
    line, level = 0, ""
    for token in page.tokens:
        if token.type == "heading_open" and token.map:
            line = token.map[0] + 1
        if token.type == "inline" and level != "heading_open" and line:
            found.setdefault(line, shown_text(token))
        level = token.type
    return found


def first_words(text: str) -> str:
    """The first words of an article, up to a sign of punctuation if one comes soon; … where it is cut."""
    text = _NOT_IN_LABEL.sub("", text).strip()
    ends = [found.start() for found in _CLAUSE.finditer(text, 2, MAX_TITLE + 1)]
    if ends:
        return text[: ends[-1]]
    return text if len(text) <= MAX_TITLE else f"{text[:MAX_TITLE]}…"


def paragraphs(site: Site, page: Page, text: str) -> list[str]:
    """The paragraphs of a part of a page as they are shown, without marks and links."""
    read = read_page(f"---\ntitle: {page.path}\n---\n\n{text}".encode(), page.path, page.file)
    rendered = read.rendered(macros(site, page.path), page.path)
    return [
        shown
        for token in parse(rendered)
        if token.type == "inline" and (shown := shown_text(token))
    ]


def _amended(site: Site, entry: RegulationEntry) -> Iterator[Addition]:
    page = entry.page
    changes = article_changes(page, entry.data)
    starts = [0, *(found.end() for found in re.finditer("\n", page.text)), len(page.text)]
    spans = article_spans(page)
    by_article = sorted(changes, key=lambda one: one.article)
    for id_, found in groupby(by_article, key=lambda one: one.article):
        end = starts[min(spans[id_][1], len(starts) - 1)]
        marks = "".join(_mark(site, entry, one) for one in found)
        made = f'<div class="amended screen-only" data-search-skip>{marks}</div>'
        yield end, end, f"\n\n{fenced(made)}\n\n"
    end = len(page.text)
    yield end, end, f"\n\n{fenced(_list(site, entry, {one.article for one in changes}))}\n"


def _mark(site: Site, entry: RegulationEntry, change: ArticleChange) -> str:
    """That an article was amended, linked to the amendment, with the old and the new text to unfold."""
    amendment = entry.data.amendments[change.index]
    verb = "修改" if change.before.exists else "增加"
    to_come = "，尚未施行" if amendment.date > site.archive.project.as_of else ""
    link = f'<a href="#amended-{change.index + 1}">{day(amendment.date)}{verb}</a>{to_come}'
    if not change.before.exists:
        return f"<p>{link}</p>"
    if change.before.text is None:
        return f"<p>{link}，未记录原文</p>"
    title = article_title(change.article)
    return (
        f"<p>{link}</p><details><summary>{title}修改前后对照</summary>"
        f"{_beside(site, entry.page, change.before, change.after)}</details>"
    )


def _beside(site: Site, page: Page, before: Wording, after: Wording) -> str:
    old = "\n".join(paragraphs(site, page, before.shown))
    new = "\n".join(paragraphs(site, page, after.shown))
    known = after.text is not None
    left, right = marked(old, new) if known else (escape(old), escape(new))
    return beside(("修改前", left), ("修改后", right))


def beside(old: tuple[str, str], new: tuple[str, str]) -> str:
    """Two texts beside each other, each with its heading, as HTML."""
    return (
        f'<div class="beside"><div class="before"><p class="beside-head">{old[0]}</p>'
        f'{_in_paragraphs(old[1])}</div><div class="after"><p class="beside-head">{new[0]}</p>'
        f"{_in_paragraphs(new[1])}</div></div>"
    )


def _in_paragraphs(html: str) -> str:
    return "".join(f"<p>{line}</p>" for line in html.split("\n"))


_LEAST = 2
"""Characters that must be the same on both sides for a change to end there; 的 alone is chance."""


def marked(old: str, new: str) -> tuple[str, str]:
    """The two texts as HTML, what only the old has in `<del>`, what only the new has in `<ins>`."""
    left: list[str] = []
    right: list[str] = []
    for gone, come, same in differences(old, new):
        left += [_in("del", "删去", gone), escape(same)]
        right += [_in("ins", "增加", come), escape(same)]
    return "".join(left), "".join(right)


def differences(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield what went, what came in its place, and what stayed after it, to the ends of both texts.

    Of texts too long to be compared in time what is between their common beginning and end is, or is
    taken as wholly changed if it is too long even so.
    """
    if can_be_compared(old, new):
        yield from _compared(old, new)
        return
    head, end = shared_ends(old, new)
    left, right = old[head : len(old) - end], new[head : len(new) - end]
    yield "", "", old[:head]
    if can_be_compared(left, right):
        yield from _compared(left, right)
        yield "", "", old[len(old) - end :]
    else:
        yield left, right, old[len(old) - end :]


def _compared(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    gone = come = ""
    done_old = done_new = 0
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for at_old, at_new, size in blocks:
        gone += old[done_old:at_old]
        come += new[done_new:at_new]
        same = old[at_old : at_old + size]
        if size >= _LEAST or not (gone or come) or at_old + size == len(old):
            yield gone, come, same
            gone = come = ""
        else:
            gone, come = gone + same, come + same
        done_old, done_new = at_old + size, at_new + size
    if gone or come:
        yield gone, come, ""


def _in(element: str, said: str, text: str) -> str:
    """Each line of a text in an element, with a word for those who do not see the mark."""
    return "\n".join(
        f'<{element}><span class="unseen">（{said}：）</span>{escape(line)}</{element}>'
        if line
        else ""
        for line in text.split("\n")
    )


def _list(site: Site, entry: RegulationEntry, there: set[str]) -> str:
    """The amendments in order, each with links to the articles that it changed."""
    items = []
    for number, amendment in enumerate(entry.data.amendments, 1):
        links = "、".join(
            _article(id_, id_ in there) + ("（增加）" if id_ in amendment.added else "")
            for id_ in amendment.articles
        )
        to_come = "（尚未施行）" if amendment.date > site.archive.project.as_of else ""
        said = "：".join(filter(None, [links, escape(amendment.summary)]))
        items.append(
            f'<li id="amended-{number}"><strong>{day(amendment.date)}</strong>{to_come}　{said}</li>'
        )
    return (
        '<div class="amendments screen-only" data-search-skip>'
        f'<h2 id="amendments">修改记录</h2><ol>{"".join(items)}</ol></div>'
    )


def _article(id_: str, there: bool) -> str:
    title = article_title(id_)
    return f'<a href="#art-{id_}">{title}</a>' if there else title
