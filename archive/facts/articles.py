"""Articles of a regulation: 第三条之一 ↔ art-3-1, the articles of a page, references to articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.files.pages import Heading, Page

_DIGITS = "零一二三四五六七八九"
_NUMERAL = f"[十百{_DIGITS}]+"
_HEAD = re.compile(rf"第({_NUMERAL})条(?:之({_NUMERAL}))?")
_NUMBERED = re.compile(r"第\S*?(?P<kind>[条章])")
_CHAPTER = re.compile(rf"第({_NUMERAL})章")
_NAMED = re.compile(rf"《(?P<title>[^《》\n]+)》|第{_NUMERAL}条(?:之{_NUMERAL})?")
# The text that may stand between the title of an outside law, or one of its articles, and the next
# article named, if that belongs to the same law.
_JOINT = re.compile(
    r"(?:\]\([^)\n]*\))?"  # the title may be a link out of the site
    rf"(?:第{_NUMERAL}[款项章节]|（{_NUMERAL}）项?|[、和及与至或，])*(?:以及|或者|规定的)?"
)


def chinese(number: int) -> str:
    """Return a number from 1 to 999 in Chinese: 12 → 十二, 105 → 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


_NUMBERS = {chinese(number): number for number in range(1, 1000)}


def article_title(id_: str) -> str:
    """Return the title of an article by its id (without `art-`): 3-1 → 第三条之一."""
    number, _, inserted = id_.partition("-")
    return f"第{chinese(int(number))}条" + (f"之{chinese(int(inserted))}" if inserted else "")


def article_id(title: str) -> str | None:
    """Return the id of an article by its title, 第三条之一 → 3-1; None if the title is not well formed."""
    found = _HEAD.fullmatch(title)
    if found is None or found[1] not in _NUMBERS:
        return None
    if found[2] is None:
        return str(_NUMBERS[found[1]])
    return f"{_NUMBERS[found[1]]}-{_NUMBERS[found[2]]}" if found[2] in _NUMBERS else None


def chapter_number(title: str) -> int | None:
    """Return the number of a chapter by its title, 第二章 总则 → 2; None if it is not well formed."""
    found = _CHAPTER.match(title)
    return _NUMBERS.get(found[1]) if found else None


def numbered(page: Page, kind: str) -> Iterator[Heading]:
    """Yield the headings that begin like an article (`kind` 条) or a chapter (章), well formed or not."""
    for heading in page.headings:
        found = _NUMBERED.match(heading.text)
        if found and found["kind"] == kind:
            yield heading


def article_ids(page: Page) -> list[str]:
    """Return the ids of a page's articles, in order."""
    return [id_ for heading in numbered(page, "条") if (id_ := article_id(heading.text))]


def next_article_ids(id_: str | None) -> tuple[str, ...]:
    """Return the ids that may follow an article: the next one, and the next one inserted after it.

    None as `id_` stands for the beginning of the regulation.
    """
    if id_ is None:
        return ("1",)
    number, _, inserted = id_.partition("-")
    return (str(int(number) + 1), f"{number}-{int(inserted or 0) + 1}")


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """A reference to an article, or to a regulation by its title in 《》, at offset `start`."""

    start: int
    text: str
    title: str | None
    """The title without 《》; None for an article."""
    outside: bool
    """Whether it is an article of the regulation that a 《》 before it names."""


def article_references(text: str) -> Iterator[ArticleReference]:
    """Yield every reference to an article and every title in 《》 of a text, in order."""
    after = -1  # an article named at this offset belongs to the 《》 before it
    for found in _NAMED.finditer(text):
        outside = not found["title"] and found.start() == after
        yield ArticleReference(found.start(), found[0], found["title"], outside)
        if found["title"] or outside:
            joint = _JOINT.match(text, found.end())
            after = joint.end() if joint else found.end()
