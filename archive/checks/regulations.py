"""Rules for the text of regulations: articles, chapters, references between them."""

import re
from collections.abc import Iterator

from archive.checks.problems import Fault
from archive.facts.articles import (
    article_id,
    article_ids,
    article_references,
    article_title,
    chapter_number,
    chinese,
    next_article_ids,
    numbered,
)
from archive.facts.regulations import FOLDER, RegulationEntry
from archive.facts.site import Site
from archive.facts.versions import article_changes
from archive.files.markdown import parse
from archive.files.pages import Heading, Page
from archive.files.spans import fill
from archive.files.validation import suggestion
from archive.files.yaml import Loc, Problem


def articles_run_on(site: Site) -> Iterator[Problem]:
    """A regulation has articles, numbered without a gap or repetition; 第三条之一 may follow 第三条."""
    for entry in site.regulations.values():
        page, last = entry.page, None
        for heading in numbered(page, "条"):
            id_ = article_id(heading.text)
            if id_ is None:
                message = "条的标题须只写第几条，如 第十二条、第三条之一"
                yield page.problem(
                    heading.start, f"{message}，现为“{heading.text}”；请把别的字移到下面的正文里"
                )
                continue
            if id_ not in next_article_ids(last):
                wanted = "或".join(map(article_title, next_article_ids(last)))
                message = f"条须依次编号，此处须为{wanted}，现为{heading.text}；请改正编号，或者补上缺的条"
                yield page.problem(heading.start, message)
            last = id_
        if last is None:
            yield page.problem(0, "制度须有条文，现没有一条；例如：### 第一条 { #art-1 }")


def chapters_run_on(site: Site) -> Iterator[Problem]:
    """The chapters of a regulation are numbered without a gap or repetition."""
    for entry in site.regulations.values():
        for expected, heading in enumerate(numbered(entry.page, "章"), 1):
            if chapter_number(heading.text) != expected:
                message = f"章须依次编号，此处须为第{chinese(expected)}章，现为“{heading.text}”；请改正编号，或者补上缺的章"
                yield entry.page.problem(heading.start, message)


def articles_have_their_ids(site: Site) -> Iterator[Problem]:
    """Articles are headings of level 3, chapters of level 2, each with the id made from its number."""
    for entry in site.regulations.values():
        for heading in numbered(entry.page, "条"):
            id_ = article_id(heading.text)
            if id_:
                yield from _heading_faults(entry.page, heading, 3, f"art-{id_}")
        for heading in numbered(entry.page, "章"):
            number = chapter_number(heading.text)
            if number:
                yield from _heading_faults(entry.page, heading, 2, f"ch-{number}")


def _heading_faults(page: Page, heading: Heading, level: int, id_: str) -> Iterator[Problem]:
    if heading.level != level:
        message = f"{heading.text}须为以 {'#' * level} 开头的标题，现为 {'#' * heading.level}；请改为：{'#' * level} {heading.text} {{ #{id_} }}"
        yield page.problem(heading.start, message)
    if not heading.explicit or heading.id != id_:
        found = f"现为 {{ #{heading.id} }}" if heading.explicit else "现没有写"
        message = f"{heading.text}的固定编号须写作 {{ #{id_} }}，{found}"
        yield page.problem(heading.start, message)


_ITEM = re.compile(
    r"^(?:(?P<heading>#+ )|（(?P<number>[十百零一二三四五六七八九]+)）)", re.MULTILINE
)


def items_run_on(site: Site) -> Iterator[Problem]:
    """The items (项) of an article, （一）（二）…, are numbered without a gap or repetition."""
    for entry in site.regulations.values():
        last = 0
        for found in _ITEM.finditer(entry.page.plain):
            if found["heading"]:
                last = 0
            elif found["number"] == chinese(1):
                last = 1
            else:
                last += 1
                if found["number"] != chinese(last):
                    message = f"项须依次编号，此处须为（{chinese(last)}）"
                    yield entry.page.problem(
                        found.start(), f"{message}，现为（{found['number']}）；请改正编号"
                    )


def articles_named_are_links(site: Site) -> Iterator[Problem]:
    """Where a regulation names an article or another regulation of the compilation, it links to it."""
    titles = {entry.data.title: entry for entry in site.regulations.values()}
    for entry in site.regulations.values():
        for naming in article_references(_without_links(entry.page)):
            named = titles.get(naming.title or "")
            if naming.title is None and not naming.outside:
                example = f"[{naming.text}](#art-{article_id(naming.text)})"
            elif named and named is not entry:
                example = f"[{naming.text}]({named.id}.md)"
            else:
                continue
            yield entry.page.problem(
                naming.start, f"提到的条和制度须有链接，写作 {example}，现为“{naming.text}”"
            )


def _without_links(page: Page) -> str:
    """Return the text with headings and links within the site blanked out; offsets stay the same."""
    text = re.sub(r"^#.*$", lambda found: " " * len(found[0]), page.plain, flags=re.MULTILINE)
    links = [
        (link.begin, link.end) for link in page.links if link.to.file and link.form == "markdown"
    ]
    return fill(text, links)


def links_say_what_they_lead_to(site: Site) -> Iterator[Problem]:
    """A link whose text names an article or a regulation leads there."""
    for entry in site.regulations.values():
        for link in entry.page.links:
            leads_to = site.regulations.get(link.to.file.removeprefix(FOLDER).removesuffix(".md"))
            if leads_to:
                text = entry.page.plain[slice(*link.text)]
                for message in _misled(text, leads_to, link.to.anchor):
                    yield entry.page.problem(link.begin, message)


def _misled(text: str, leads_to: RegulationEntry, anchor: str) -> Iterator[str]:
    for naming in article_references(text):
        if naming.title is not None:
            if naming.title != leads_to.data.title:
                yield f"链接文字须与所指一致，所指为《{leads_to.data.title}》，现为{naming.text}；请改正文字或者链接"
        elif anchor != f"art-{article_id(naming.text)}":
            found = f" #{anchor}" if anchor else "没有写条"
            wanted = f"#art-{article_id(naming.text)}"
            yield f"链接文字须与所指一致，{naming.text}须通到 {wanted}，现为{found}；请改为 {leads_to.id}.md{wanted}"


def former_texts_are_of_their_amendment(site: Site) -> Iterator[Problem]:
    """What an amendment added or changed is among its articles, once, and differs from what came of it.

    A former text has no headings. An article was not there for an amendment before the one that added it.
    """
    for entry in site.regulations.values():
        if any(one.added or one.before for one in entry.data.amendments):
            for loc, message in _former_faults(entry):
                yield entry.page.front_problem(message, *loc)


def _former_faults(entry: RegulationEntry) -> Iterator[Fault]:
    amendments = entry.data.amendments
    after = {(one.index, one.article): one.after for one in article_changes(entry.page, entry.data)}
    earlier: set[str] = set()
    """The articles of the amendments before."""
    for index, amendment in enumerate(amendments):
        places: list[tuple[Loc, str]] = [
            (("added", at), id_) for at, id_ in enumerate(amendment.added)
        ]
        places += [
            (("before", at, "article"), one.article) for at, one in enumerate(amendment.before)
        ]
        seen: set[str] = set()
        for place, id_ in places:
            title, loc = article_title(id_), ("amendments", index, *place)
            if id_ not in amendment.articles:
                message = f"增加的条、修改前的条文须是这次修改的条，articles 里没有{title}；请加进 articles，或者删去"
                yield loc, message
            elif id_ in seen:
                message = f"一条在一次修改里须只记一次，{title}已经记过；请删去多的一处，增加的条没有修改前的条文"
                yield loc, message
            seen.add(id_)
        for at, id_ in enumerate(amendment.added):
            if id_ in earlier:
                loc = "amendments", index, "added", at
                message = f"增加的条须是此前没有的，{article_title(id_)}在前面的修改里已有；请删去，或者改正前面的修改"
                yield loc, message
        for at, one in enumerate(amendment.before):
            there: Loc = ("amendments", index, "before", at, "text")
            now = after.get((index, one.article))
            if now and now.text == one.text.strip():
                message = f"修改前的条文须与修改后的不同，{article_title(one.article)}现在相同；请照修改前的文本改正，没有改的从 articles 删去"
                yield there, message
            if heading := next(_heading_lines(one.text), None):
                message = f"修改前的条文须没有标题，现有“{heading}”；请只写这一条的正文"
                yield there, message
        earlier.update(amendment.articles)


def _heading_lines(text: str) -> Iterator[str]:
    """Yield the first line of each heading of a text, however it is written."""
    lines = text.split("\n")
    for token in parse(text):
        if token.type == "heading_open" and token.map:
            yield lines[token.map[0]].strip()


def amendments_name_articles(site: Site) -> Iterator[Problem]:
    """An amendment names articles that the regulation has."""
    misnumbered = {problem.path for problem in articles_run_on(site)}
    for entry in site.regulations.values():
        known = article_ids(entry.page)
        if entry.page.file in misnumbered:
            continue
        for index, amendment in enumerate(entry.data.amendments):
            for position, id_ in enumerate(amendment.articles):
                if id_ not in known:
                    yield entry.page.front_problem(
                        f"修改的条须在本制度中，没有{article_title(id_)}{suggestion(id_, dict.fromkeys(known))}",
                        "amendments", index, "articles", position,
                    )  # fmt: skip
