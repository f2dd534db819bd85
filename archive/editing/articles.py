"""The text of a regulation, pasted from a document, as the articles of a page."""

import re
from collections.abc import Callable, Iterator

from archive.facts.articles import (
    article_id,
    article_references,
    chapter_number,
    next_article_ids,
)

_ARTICLE = re.compile(
    r"(?P<title>第[十百零一二三四五六七八九]+条(?:之[十百零一二三四五六七八九]+)?)(?P<gap>\s*)(?P<text>.*)"
)
_CHAPTER = re.compile(r"(?P<title>第[十百零一二三四五六七八九]+章)\s*(?P<text>.*)")


def articles_markdown(text: str, regulation: Callable[[str], str | None]) -> str:
    """Return the articles as Markdown: headings with their ids, links at articles and regulations named.

    `regulation` leads from a title to the id of the regulation of that title, None for none. A line that
    begins with an article's number begins it if the number is the next, or stands apart from what follows.
    """
    return "\n\n".join(_blocks(text, regulation)) + "\n"


def _blocks(text: str, regulation: Callable[[str], str | None]) -> Iterator[str]:
    last = None
    for line in filter(None, map(str.strip, text.splitlines())):
        chapter, article = _CHAPTER.fullmatch(line), _ARTICLE.fullmatch(line)
        id_ = article and article_id(article["title"])
        if chapter and (number := chapter_number(chapter["title"])):
            yield f"## {' '.join(filter(None, chapter.groups()))} {{ #ch-{number} }}"
        elif (
            article
            and id_
            and (id_ in next_article_ids(last) or article["gap"] or not article["text"])
        ):
            yield f"### {article['title']} {{ #art-{id_} }}"
            last = id_
            if article["text"]:
                yield _linked(article["text"], regulation)
        else:
            yield _linked(line, regulation)


def _linked(text: str, regulation: Callable[[str], str | None]) -> str:
    """A paragraph with links at the articles, and the regulations of the archive, that it names."""
    done, start, named = "", 0, ""
    for one in article_references(text):
        named = regulation(one.title) or "" if one.title else named if one.outside else ""
        page = named and f"{named}.md"
        article = "" if one.title else f"#art-{article_id(one.text)}"
        is_written = text[one.start - 1 : one.start] == "["
        if not is_written and (page or not (one.title or one.outside)):
            done += f"{text[start : one.start]}[{one.text}]({page}{article})"
            start = one.start + len(one.text)
    return done + text[start:]
