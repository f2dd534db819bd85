"""Redaction of a page: without internal lines, comments, and links to what is left out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markdown_it.common.utils import normalizeReference

from archive.build.editions.fields import public
from archive.facts.articles import article_id, numbered
from archive.facts.listed import is_row_anchor
from archive.facts.macros import MACROS
from archive.facts.observations import INDICATORS
from archive.facts.places import HONOURS
from archive.facts.regulations import FOLDER, INDEX
from archive.facts.versions import article_spans
from archive.files.addresses import markdown_address
from archive.files.links import Link
from archive.files.pages import Page, once_each, read_page
from archive.files.spans import Call, Span, fill, joined, overlaps, replaced
from archive.files.writing import block
from archive.schema.collections import Collection
from archive.schema.examples import Example
from archive.schema.fields import fields
from archive.schema.regulations import Regulation

_MASK = '<span class="mask">&#42;&#42;&#42;</span>'
_TRAILING = re.compile(r"\{[^{}\n]*\}")
_TITLE = re.compile(r"[ \t]*\n?[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^()]*\))[ \t]*$", re.MULTILINE)
_NOT_WORDS = re.compile(r"[\W_]+")
_CLOSING = re.compile(r"</a\s*>", re.IGNORECASE)

_MADE = ("records/", INDICATORS)
"""The folders of pages whose macros make an anchor for what may have been left out: a record, a value."""

PageEdit = tuple[int, int, str]
"""Start and end offset in a text, and the text to put there instead."""


def _as_written(collection: str, where: Mapping[str, Any]) -> Mapping[str, Any]:
    return where


@dataclass(frozen=True, slots=True)
class PublicPages:
    """What the new tree holds: pages, honours, files of docs/, collections and reports.

    A link may lead to the first three; a macro may select from a collection, or show a report.
    """

    pages: Mapping[str, Page]
    honours: frozenset[str]
    files: frozenset[str]
    collections: Mapping[str, Collection]
    reports: frozenset[str] = frozenset()
    ended: Mapping[str, date] = field(default_factory=dict)
    """Page of a regulation → the day on which one that the tree does not hold has replaced it."""
    where: Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None] = _as_written
    """Returns the conditions of a call on the records of a collection as the tree has them; None if it has not."""


def redact_page(page: Page, kept: PublicPages) -> Page:
    """The page without what is not public, read again from its new text.

    Internal lines and comments are found in one reading and go together: taking out one of them first
    could leave half of another. Notes and definitions of links go with their first line, and where
    nothing that is left uses them.
    """
    front = "".join(block(*field) for field in _front(page, kept).items())
    notes = [note for note in page.notes if overlaps(page.internal, note[1][0], note[1][0] + 1)]
    gone = joined([*page.internal, *page.comments, *(lines for _, lines in notes)])
    links = [link for link in page.links if overlaps(page.internal, link.begin, link.end)]
    edits = [*_edits(page, kept), *_marks(page, notes), *_references(page, links)]
    # What would change a text of which a part goes is left to the check of the new tree.
    edits = [edit for edit in edits if not overlaps(gone, edit[0], edit[1])]
    text = replaced(page.text, [*((*span, "") for span in gone), *edits])
    left = _without_unused(_read(page, front, text.lstrip("\n")))
    # A file is public because a reader is led to it, not because it is named within HTML.
    # And what its calls ask for has been written for the new tree by now.
    return remove_links(left, replace(kept, files=kept.files & left.leads_to, where=_as_written))


@once_each
def public_calls(page: Page) -> list[Call]:
    """The calls on a public page that are left without its internal lines, apart from those of honours."""
    if not page.internal:
        return page.calls
    return redact_page(page, PublicPages({}, frozenset(), frozenset(), {})).calls


def _without_unused(page: Page) -> Page:
    """The page without the notes and definitions that nothing uses, nor what only these used."""
    while page.unused:
        edits = [(*lines, "\n") for lines in page.unused]  # what they part stays apart
        page = _read(page, page.front, replaced(page.text, edits).lstrip("\n"))
    return page


def remove_links(page: Page, kept: PublicPages) -> Page:
    """The page with links to what is left out replaced by their text."""
    return _read(page, page.front, replaced(page.text, list(_edits(page, kept))).lstrip("\n"))


def _front(page: Page, kept: PublicPages) -> dict[str, Any]:
    """The public fields of a page's front matter, without ids of what is left out."""
    if page.meta is None:
        return {}
    found = public(page.meta)
    if isinstance(page.meta, Regulation):
        there = [id_ for id_ in page.meta.replaces if f"{FOLDER}{id_}.md" in kept.pages]
        found["replaces"] = there
        if f"{FOLDER}{page.meta.replaced_by}.md" not in kept.pages:
            found["replaced_by"] = None
        if page.path in kept.ended:
            found["repealed"] = min(page.meta.repealed or date.max, kept.ended[page.path])
        found["amendments"] = list(_amendments(page, page.meta, found["amendments"], kept))
    if isinstance(page.meta, Example) and page.meta.honour not in kept.honours:
        found["honour"] = None
    return found


def _amendments(
    page: Page, data: Regulation, amendments: list[dict[str, Any]], kept: PublicPages
) -> Iterator[dict[str, Any]]:
    """Yield the amendments without internal articles and lines, those of internal articles alone not at all."""
    former = _FormerTexts.of(page, data)
    gone = {
        article_id(heading.text)
        for heading in numbered(page, "条")
        if overlaps(page.internal, heading.start, heading.start + 1)
    }
    for index, one in enumerate(amendments):
        before = [
            {**each, "text": text}
            for at, each in enumerate(one["before"])
            if each["article"] not in gone and (text := former.public(index, at, kept))
        ]
        left = {
            name: [id_ for id_ in one[name] if id_ not in gone] for name in ("articles", "added")
        }
        if left["articles"] or not one["articles"]:
            yield {**one, **left, "before": before}


@dataclass(frozen=True, slots=True)
class _FormerTexts:
    """What the articles of a regulation said before, and what is not public of them at any time."""

    texts: Mapping[tuple[int, int], Page]
    """Positions in `amendments` and `before` → the text, as a page."""
    marked: Mapping[tuple[int, int], int]
    """The same → the most lines of that article that are marked as internal in any text, today's among them."""
    words: frozenset[str]
    """What stands in the marked lines of all these texts."""

    @classmethod
    def of(cls, page: Page, data: Regulation) -> "_FormerTexts":
        """Those of a regulation."""
        # Read as another page of the folder, its own articles need not be found: it may name one that is gone.
        front = f"---\ntitle: {FOLDER}\n---\n\n"
        texts = {
            (index, at): read_page(f"{front}{one.text}".encode(), INDEX, page.file)
            for index, amendment in enumerate(data.amendments)
            for at, one in enumerate(amendment.before)
        }
        most = _marked_lines(page)
        article = {place: data.amendments[place[0]].before[place[1]].article for place in texts}
        for place, text in texts.items():
            most[article[place]] = max(most[article[place]], len(set(text.internal)))
        lines = (
            fill(one.text, one.comments)[slice(*span)]
            for one in (page, *texts.values())
            for span in one.internal
        )
        words = frozenset(filter(None, map(_words, lines)))
        return cls(texts, {place: most[article[place]] for place in texts}, words)

    def public(self, index: int, at: int, kept: PublicPages) -> str:
        """A former text without what is not public; empty if nothing is left.

        Where fewer of its lines are marked than in another text of the article, or one says what a marked
        line says, a mark may have been forgotten: nothing of it is public.
        """
        text = self.texts[index, at]
        if len(set(text.internal)) < self.marked[index, at]:
            return ""
        left = redact_page(text, replace(kept, pages={**kept.pages, INDEX: text})).text.strip()
        return "" if any(_words(line) in self.words for line in left.split("\n")) else left


def _marked_lines(page: Page) -> dict[str, int]:
    """Article → how many of its lines are marked as internal."""
    lines = {page.line(start) - 1 for start, _ in page.internal}
    spans = article_spans(page)
    found = {id_: sum(first <= at < end for at in lines) for id_, (first, end) in spans.items()}
    return defaultdict(int, found)


def _words(line: str) -> str:
    """What a line says, without marks and white space."""
    return _NOT_WORDS.sub("", line)


def page_bytes(page: Page) -> bytes:
    """The page as the bytes of its file."""
    return f"---\n{page.front}---\n{page.text.lstrip(chr(10))}".encode()


def _read(page: Page, front: str, body: str) -> Page:
    return read_page(f"---\n{front}---\n\n{body}".encode(), page.path, page.file)


def _edits(page: Page, kept: PublicPages) -> Iterator[PageEdit]:
    """The edits by which nothing leads to what is left out, nor is asked of what is not public."""
    missing = [link for link in page.links if link.to.file and not _is_there(link, kept)]
    for link in missing:
        yield from _unlinked(page, link)
    yield from _references(page, missing)
    for link in page.links:
        to = link.to
        # A record has another id there, and what another record is called may be that of this one.
        made = to.anchor and (to.file.startswith(_MADE) or is_row_anchor(to.anchor))
        if made and to.file in kept.pages and to.anchor not in kept.pages[to.file].anchors:
            yield *link.address, markdown_address(page.path, replace(to, anchor=""))
    for call in page.calls:
        macro = MACROS[call.name]
        collection, options = macro.collection(call, kept.collections), dict(call.options)
        where = kept.where(collection, options)
        if where is None or _asks_for_internal(kept.collections.get(collection), call):
            yield call.start, call.end, _MASK
        elif where != options:
            yield call.start, call.end, _written(call, where)
        elif macro.any_number:
            known = kept.honours if macro.of == "honours" else kept.reports
            if not known.issuperset(call.args):
                yield call.start, call.end, _with_known(call, known)


def _asks_for_internal(collection: Collection | None, call: Call) -> bool:
    """Whether a macro call selects records by a field that is not public."""
    known = fields(collection.model) if collection else {}
    return any(name in known and not known[name].public for name, _ in call.options)


def _written(call: Call, options: Mapping[str, object]) -> str:
    """The call with these options."""
    given = [f"{name}={_literal(value)}" for name, value in options.items()]
    return f"{{{{ {call.name}({', '.join([*map(_literal, call.args), *given])}) }}}}"


def _literal(value: object) -> str:
    if not isinstance(value, str):
        return str(value)
    return f"'{value}'" if '"' in value else f'"{value}"'


def _with_known(call: Call, known: frozenset[str]) -> str:
    """The call with those of its ids that are known; a mask if none is, or one of two to be compared is not."""
    left = [f'"{id_}"' for id_ in call.args if id_ in known]
    if call.name == "compared":
        return _MASK
    return f"{{{{ {call.name}({', '.join(left)}) }}}}" if left else _MASK


def _is_there(link: Link, kept: PublicPages) -> bool:
    to = link.to
    if to.file == HONOURS and to.anchor:
        return to.file in kept.pages and to.anchor in kept.honours | kept.pages[to.file].anchors
    return to.file in kept.files or to.file in kept.pages


def _unlinked(page: Page, link: Link) -> Iterator[PageEdit]:
    if link.form == "html":  # the element goes, what is in it stays
        yield link.begin, link.end, ""
        closing = _CLOSING.search(page.text, link.end)
        if closing and not link.embedded:
            yield *closing.span(), ""
        return
    trailing = _TRAILING.match(page.text, link.end)
    end = trailing.end() if trailing else link.end
    if link.form == "definition":
        titled = _TITLE.match(page.text, link.end)
        yield link.begin, titled.end() if titled else link.end, ""
    elif link.embedded:
        yield link.begin, end, ""
    else:  # two edits, because the text between may need edits of its own
        yield link.begin, link.text[0], ""
        yield link.text[1], end, ""


def _marks(page: Page, notes: Iterable[tuple[str, Span]]) -> Iterator[PageEdit]:
    """Edits that take out the marks of the notes."""
    labels = {label for label, _ in notes}
    for found in re.finditer(r"\[\^(?P<label>[^\s\[\]]{1,100}+)\]", page.plain):
        if found["label"] in labels:
            yield *found.span(), ""


def _references(page: Page, links: Iterable[Link]) -> Iterator[PageEdit]:
    """Edits that leave only the text where the definitions among `links` are used."""
    defined = [link for link in links if link.form == "definition"]
    labels = {normalizeReference(page.text[slice(*link.text)]) for link in defined}
    for found in re.finditer(r"\[(?P<text>[^\[\]\n]*)\]\[(?P<label>[^\[\]\n]*)\]", page.plain):
        if normalizeReference(found["label"] or found["text"]) in labels:
            yield *found.span(), page.text[slice(*found.span("text"))]
