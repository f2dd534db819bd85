"""The HTML of a built page, held against the list: all that stands in it, however it came there.

A page is read by a grammar so strict that every browser reads it the same, and anything else in it is a
fault. So nothing is looked for: what is not on the list is refused.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from archive.build.elements import ARTICLE, FURNITURE, PRINT_STYLE, VALUES
from archive.files.excerpts import shorten
from archive.files.html import COMMENT, SCHEMES, VOID, scheme, unescaped

ARTICLE_TAG = '<article class="md-content__inner md-typeset">'
_SKIP_TAG = '<a id="__skip" tabindex="-1">'
"""Where the link that skips the navigation leads: Zensical puts it into the article."""

_NAME = "[A-Za-z][A-Za-z0-9:._-]*"
_VALUE = """(?:"[^"]*"|'[^']*'|[^\\s"'=<>`]+)"""
_HAS = rf"(?:[ \t\n]+{_NAME}(?:={_VALUE})?)*"
TAG = rf"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>{_HAS})[ \t\n]*(?P<closed>/?)>"
START = rf"<[a-z][a-z0-9]*{_HAS}[ \t\n]*/?>"
"""The same of start tags, without groups."""
_TOKEN = re.compile(rf"{TAG}|{COMMENT.pattern}|<(?=[A-Za-z/!?])")
ATTRIBUTE = re.compile(rf"""({_NAME})(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)

_RAW = {"script", "style", "title"}
"""Elements whose content is read by rules of its own, unless it holds no `<`: then every rule agrees."""
_DRAWN = {"circle", "line", "path", "rect"}
_LIST = "网页里的 HTML 须在准许之列（archive/build/elements.py）"
PAGE = "docs/ 里的这一页（a/index.html 写在 a.md 或 a/index.md）"
"""What messages call the source of a built page."""
WAYS_OUT = {
    True: f"请改写 {PAGE}里的这一处；那里没有写的，请维护人员看 archive/render/ 和主题的版本",
    False: "请维护人员看 archive/design/templates/、mkdocs.yml 和主题的版本，须有的列入 archive/build/elements.py",
}
"""Whether a fault stands in an article → what to do about it."""
_LINK_WAY_OUT = "请改为站内的路径或 https:// 开头的网址；正文里没有写的，请维护人员看 mkdocs.yml 和 archive/design/templates/"
_REMOTE_WAY_OUT = "请把文件放进 docs/files/ 或 docs/assets/，写站内的路径；正文里没有写的，请维护人员看 mkdocs.yml 和 archive/design/templates/"
_SCRIPT_WAY_OUT = "请从 archive/design/templates/ 移到 archive/design/assets/ 的文件里；主题写的，在 archive/design/templates/ 里换掉那一块"
_STYLE_WAY_OUT = "请从 archive/design/templates/ 移到 archive/design/assets/ 的样式文件里"
_CONFIG_TAG = '<script id="__config" type="application/json">'
_FETCHING = {"src", "href"}
_OWN_CLASSES = {
    "md-content__button", "md-content__inner", "md-icon", "md-source-file", "md-source-file__fact", "md-typeset",
}  # fmt: skip
"""The theme's classes that stand in an article; others lay a text over the page, or hide it."""


def faults(source: str) -> list[str]:
    """What is wrong with the HTML of a page, in order, each once."""
    return list(dict.fromkeys("；".join(fault) for fault in _faults(source)))


_Fault = tuple[str, str]
"""What must hold and what was found; and what to do about it."""


def _faults(source: str) -> Iterator[_Fault]:
    doctype = _DOCTYPE.match(source)
    if doctype is None:
        yield "网页须以 <!doctype html> 开头", WAYS_OUT[False]
    opened: list[str] = []
    article = articles = 0  # how deep the article stands, and how many there were
    raw_from = -1
    own: set[str] = set()
    for token in _TOKEN.finditer(source, doctype.end() if doctype else 0):
        name, way_out = token["name"], WAYS_OUT[article > 0]
        if raw_from >= 0:
            if not token["end"] or name != opened[-1]:
                yield (
                    f"<{opened[-1]}> 里不得有小于号，现有：{_shown(source, token.start())}",
                    way_out,
                )
                return
            yield from _raw_faults(source, opened[-1], raw_from, token.start())
            raw_from = -1
        if name is None:
            if token[0] != "<":
                yield f"网页里不得有注释，现有：{_shown(source, token.start())}", way_out
            else:
                yield (
                    f"HTML 须写得各种浏览器都读成一样，现有：{_shown(source, token.start())}",
                    way_out,
                )
                return
            continue
        if token["end"]:
            if not opened or opened.pop() != name or token["attributes"] or token["closed"]:
                yield f"标签须一层套一层，现有：{_shown(source, token.start())}", way_out
                return
            if len(opened) < article:
                article = 0
            continue
        said, id_ = _judged(token[0], bool(article))
        yield from said
        if id_ and id_ in own:
            yield f"主题的编号须只有一处，现有两处 {id_}", WAYS_OUT[False]
        own.add(id_)
        if name in VOID or (token["closed"] and name in _DRAWN):
            continue
        if token["closed"]:
            yield f"标签须成对，现有：{shorten(token[0], 80)}", way_out
        opened.append(name)
        if token[0] == ARTICLE_TAG and not article:
            article = len(opened)
            articles += 1
        if name in _RAW:
            raw_from = token.end()
    for name in opened:
        yield f"标签须成对，<{name}> 没有结束", WAYS_OUT[article > 0]
    if articles > 1:
        yield f"网页里须只有一篇正文，现有 {articles} 篇", WAYS_OUT[False]


@lru_cache(maxsize=100_000)
def _judged(tag: str, in_article: bool) -> tuple[tuple[_Fault, ...], str]:
    """The faults of a start tag, and its id if the theme looks for it; most tags recur on other pages."""
    found = re.match(TAG, tag)
    elements = ARTICLE if in_article else FURNITURE
    if tag == ARTICLE_TAG and not in_article:
        return (), ""
    if tag == _SKIP_TAG:
        return (), "__skip"
    if found is None or found["name"] not in elements:
        return ((f"{_LIST}，现有：{shorten(tag, 80)}", WAYS_OUT[in_article]),), ""
    given = [
        (name, unescaped("".join(values)))
        for name, *values in ATTRIBUTE.findall(found["attributes"])
    ]
    faults = tuple(_attribute_faults(found["name"], given, in_article, elements[found["name"]]))
    return faults, next((id_ for name, id_ in given if name == "id" and id_.startswith("__")), "")


def _attribute_faults(
    name: str, given: list[tuple[str, str]], in_article: bool, allowed: frozenset[str]
) -> Iterator[_Fault]:
    seen = set()
    for attribute, value in given:
        shown = f"<{name} {attribute}={shorten(value, 60)}>"
        pattern = VALUES.get((name, attribute))
        if attribute not in allowed or attribute in seen:
            yield f"{_LIST}，现有：{shown}", WAYS_OUT[in_article]
        elif pattern and not pattern.fullmatch(value):
            yield (
                f"属性的值须在准许之列（archive/build/elements.py），现有：{shown}",
                WAYS_OUT[in_article],
            )
        elif attribute in _FETCHING and ("rel", "canonical") not in given:
            yield from _address_faults(name, value, shown)
        elif in_article and not _harmless(attribute, value):
            yield f"编号和样式不得是网站自己的，现有：{shown}", WAYS_OUT[in_article]
        seen.add(attribute)


def _address_faults(name: str, value: str, shown: str) -> Iterator[_Fault]:
    led = scheme(value)
    if name == "a" and led not in {"", *SCHEMES}:
        yield (
            f"链接须通到网站里面，或以 https、http、mailto、tel 开头，现有：{shown}",
            _LINK_WAY_OUT,
        )
    elif name != "a" and led:
        yield f"不得向别的主机取内容，现有：{shown}", _REMOTE_WAY_OUT


def _harmless(attribute: str, value: str) -> bool:
    """Whether an id or a class in an article is none that the theme or the search looks for."""
    if attribute == "class":
        return all(
            one in _OWN_CLASSES or not one.startswith(("md-", "archive-", "press-out"))
            for one in value.split()
        )
    return attribute != "id" or not value.startswith(("__", "archive-search", "archive-results"))


def _raw_faults(source: str, name: str, start: int, end: int) -> Iterator[_Fault]:
    content = source[start:end]
    if name == "style" and not PRINT_STYLE.fullmatch(content):
        yield f"样式须放在文件里，现有：{shorten(content, 80)}", _STYLE_WAY_OUT
    opening = source[source.rfind("<", 0, start) : start]
    if name == "script" and content.strip() and opening != _CONFIG_TAG:
        yield (
            f"脚本须放在文件里（服务器不许运行写在页面里的），现有：{shorten(content, 80)}",
            _SCRIPT_WAY_OUT,
        )


def _shown(source: str, at: int) -> str:
    return shorten(source[at : at + 100], 80)
