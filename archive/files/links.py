"""Find the links of a page: Markdown links, pictures, definitions of references, `href` and `src` in HTML."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.common.utils import normalizeReference

from archive.files.addresses import (
    Address,
    html_address,
    markdown_address,
    read_address,
    without_escapes,
)
from archive.files.html import ATTRIBUTE, COMMENT, ELEMENTS, TAG
from archive.files.spans import Span, fill

_BARE = r"(?:[^\0-\x20()<>\\]|\\[^\n])"
_TO = rf"(?:<(?P<angled>[^<>\n]{{0,2000}}+)>|(?P<bare>(?!<)(?:{_BARE}|\({_BARE}{{0,2000}}+\)){{0,2000}}+))"
_TITLE = r"(?:\"(?P<double>[^\"\n]*+)\"|'(?P<single>[^'\n]*+)')"
_TEXT = r"\[(?P<text>(?:[^\[\]\n\\]|\\[^\n\[\]])*+)\]"
_LINK = re.compile(
    rf"(?<!\\)(?P<embeds>!)?{_TEXT}(?P<tail>\([ \t]*+{_TO}(?:[ \t]+{_TITLE})?+[ \t]*+\))"
)
_DEFINITION = re.compile(
    rf"^ {{0,3}}\[(?!\^)(?P<text>[^\[\]\n]+)\](?P<tail>:[ \t]*+(?=\S){_TO}(?:[ \t]+{_TITLE})?+)[ \t]*+$",
    re.MULTILINE,
)
_LEADING = re.compile(r"\]\(")


@dataclass(frozen=True, slots=True)
class Link:
    """A link from `begin` to `end`: what its address means, how it is written, where its parts are."""

    to: Address
    embedded: bool
    """Whether the page shows the target, as with a picture."""
    form: Literal["markdown", "definition", "html"]
    begin: int
    end: int
    text: Span
    """Its text, or the label of a definition; nothing in HTML."""
    tail: Span
    """The address with its title, signs included."""
    address: Span
    title: Span
    """The title without its quotation marks; empty if there is none."""

    @property
    def start(self) -> int:
        """Where the address begins."""
        return self.address[0]

    @property
    def unseen(self) -> Span:
        """What a reader does not see of a link in Markdown: the end of it, from `]` on; of a definition all."""
        return self.begin if self.form == "definition" else self.text[1], self.end

    def rewritten(self, page: str, to: Address, text: str) -> tuple[int, int, str]:
        """Return the edit of the page's text by which the engine finds `to` on the page `page`."""
        if self.form == "html":
            return *self.address, html_address(page, to)
        start, stop = self.title
        # No sign of a title can then end the link for any reader.
        title = re.sub(r"[\"'()<>\[\]\\`*_&]", lambda one: f"&#{ord(one[0])};", text[start:stop])
        if start == stop:
            return *self.address, markdown_address(page, to)
        return self.start, stop + 1, f'{markdown_address(page, to)} "{title}"'


def find_links(
    page: str, text: str, plain: str, embedding: Container[str]
) -> tuple[list[Link], list[int]]:
    """Return the links of the page `page` in order, and the offsets of links that cannot be read.

    `plain` is the text with macros, code and comments blanked out; in an address there are none.
    `embedding` has the labels by which Markdown shows pictures.
    """
    found = [*_in_html(page, text, plain)]
    view = fill(plain, [match.span() for match in TAG.finditer(plain)])
    matches = [*_LINK.finditer(view), *_DEFINITION.finditer(view)]
    for match in matches:
        begin, end = match.span("tail")
        rest = COMMENT.sub("", text[end : match.end()])
        if text[begin:end] == match["tail"] and not rest.strip():
            found.append(_in_markdown(page, match, embedding))
    found.sort(key=lambda link: link.begin)
    unread = fill(plain, [link.tail for link in found if link.form != "html"])
    return found, [match.start() for match in _LEADING.finditer(unread)]


def _in_markdown(page: str, match: re.Match[str], embedding: Container[str]) -> Link:
    angled = match["angled"] is not None
    group = "angled" if angled else "bare"
    defines = match["tail"][0] == ":"
    embedded = normalizeReference(match["text"]) in embedding if defines else bool(match["embeds"])
    title = next((match.span(one) for one in ("double", "single") if match[one]), (0, 0))
    return Link(
        read_address(page, without_escapes(match[group])),
        embedded,
        "definition" if defines else "markdown",
        *match.span(),
        match.span("text"),
        match.span("tail"),
        (match.start(group) - angled, match.end(group) + angled),
        title,
    )


def _in_html(page: str, text: str, plain: str) -> Iterator[Link]:
    for tag in TAG.finditer(plain):
        if tag["start"] and text.startswith(tag[0], tag.start()):
            for found in ATTRIBUTE.finditer(plain, *tag.span("attributes")):
                value = next((name for name in ("double", "single") if found[name] is not None), "")
                known = found["name"] in ELEMENTS.get(tag["start"], ())
                if found["name"] in ("href", "src") and known and value:
                    to = read_address(page, found[value])
                    places = (0, 0), found.span(), found.span(value), (0, 0)
                    yield Link(to, found["name"] == "src", "html", *tag.span(), *places)
