"""Rules for the HTML in pages: elements and attributes on the list, written in the one strict way."""

import re
from collections.abc import Iterator
from functools import partial

from archive.checks.paragraphs import Paragraphs
from archive.checks.problems import each_page
from archive.files.elements import FLOWING
from archive.files.excerpts import shorten
from archive.files.html import ELEMENTS, TAG, VOID, attributes, value_fault
from archive.files.pages import Page
from archive.files.yaml import Problem

MAX_PARTED = 100
"""End tags without a beginning after which the tags of a page are read no further."""
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_NAME = re.compile(r"</?([A-Za-z][\w-]{0,30})?")

_GRAMMAR = (
    '标签须写作 <名称 属性="值">：小写，在一行内，值加引号，里面没有宏和代码，现有：{}；'
    "不是标签的小于号请写作 &lt;，网址请写作 [文字](网址)"
)
_ELEMENT = (
    "HTML 的标签须在准许之列（指南的“提示一览”里有），现有 <{}>；"
    "请改用 Markdown 的写法，要原样显示请放进反引号"
)
_NO_SOURCE = '<img> 须有 src，写作 <img src="路径" alt="说明">，现在没有；请加上 src'
_UNOPENED = "</{}> 前面须有配对的 <{}>，各个标签须一层套一层，现在没有；请补上，或者删去 </{}>"
_UNCLOSED = "<{}> 须有配对的 </{}>，现在没有；请补上 </{}>"
_PARTED = "<{}> 须与 </{}> 在同一段里，现在不在；请移到一段里，或者各段各写一对"
_CODE = "里面有小于号、星号的代码，所在的一段里不得有成块的 HTML，现有：{}；请把代码移到另一段"
_CODE_IN_TAG = "标签里面 Markdown 的代码不起作用，小于号请写作 &lt;，不用星号"
_SIGNS = re.compile("[<*]")


@each_page
def html_is_on_the_list(page: Page) -> Iterator[Problem]:
    """Tags in a page are written in the strict way, closed, and of elements and attributes on the list."""
    for offset, message in _tags(page):
        yield page.problem(offset, message)


@each_page
def headings_leave_the_site_its_ids(page: Page) -> Iterator[Problem]:
    """No heading gets an id by which the theme or the search finds a part of its own."""
    for heading in page.headings:
        if not heading.explicit and (said := value_fault("id", heading.id)):
            message = (
                f"由标题得出的编号须是{said}，现为 {heading.id}；请写明编号，如 {{ #planning }}"
            )
            yield page.problem(heading.start, message)


def _tags(page: Page) -> Iterator[tuple[int, str]]:
    """The faults of the tags and of code between them, as (offset, message)."""
    view = page.plain
    code = [
        start
        for start, end in page.hidden
        if page.text[start] != "<" and _SIGNS.search(page.text, start, end)
    ]
    within = {start for start, _ in page.codes}
    addresses = {link.start for link in page.links if link.form != "html"}  # `[甲](<a b.txt>)`
    tags = [at.start() for at in _OPENING.finditer(view) if at.start() not in addresses]
    html_lines = {
        line + 1
        for token in page.tokens
        if token.type == "html_block" and token.map
        for line in range(*token.map)
    }
    paragraphs = Paragraphs(page.text)
    uncertain = set(
        paragraphs.uncertain(
            filter(within.__contains__, code), filter(partial(_is_block, view), tags)
        )
    )
    # An element that has been reported has no offset, and its end tag is passed over.
    opened: list[tuple[int | None, str]] = []
    parted = 0
    for at in sorted([*code, *tags]):
        if view[at] != "<":
            if opened:
                yield at, _CODE_IN_TAG
            elif at in uncertain or page.line(at) in html_lines:
                yield at, _CODE.format(line_at(page, at))
            continue
        if view.endswith("\\", 0, at):  # to Markdown that is no tag
            yield at, _grammar(page, at)
            if (escaped := _NAME.match(view, at)) and escaped[1] and view[at + 1] != "/":
                opened.append((None, escaped[1].lower()))
            continue
        tag = TAG.match(view, at)
        strict = tag is not None and tag[0] == page.text[at : tag.end()]
        written = _NAME.match(view, at)
        name = (written[1] or "").lower() if written else ""
        if view[at + 1] == "/":
            while opened and opened[-1][0] is None and opened[-1][1] != name:
                opened.pop()
            if not opened or opened[-1][1] != name:
                yield at, _UNOPENED.format(name, name, name) if strict else _grammar(page, at)
                opened = [(None, other) for _, other in opened if other != name]
                parted += 1
                if parted == MAX_PARTED:  # each takes time with the number of open tags
                    return
                continue
            start, _ = opened.pop()
            if start is not None and not strict:
                yield at, _grammar(page, at)
            elif start is not None and name in FLOWING and not paragraphs.one(start, at):
                yield start, _PARTED.format(name, name)
            continue
        faults = list(_start_tag(tag)) if tag and strict else [_grammar(page, at)]
        for message in faults:
            yield at, message
        if name not in VOID:
            opened.append((None if faults else at, name))
    for start, name in opened:
        if start is not None:
            yield start, _UNCLOSED.format(name, name, name)


def _grammar(page: Page, at: int) -> str:
    return _GRAMMAR.format(line_at(page, at))


def _is_block(view: str, at: int) -> bool:
    """Whether the tag at `at` may begin a block, in which Markdown reads nothing."""
    written = _NAME.match(view, at)
    return not written or (written[1] or "").lower() not in FLOWING | {"br", "img"}


def _start_tag(tag: re.Match[str]) -> Iterator[str]:
    name = tag["start"]
    if name not in ELEMENTS:
        yield _ELEMENT.format(name)
        return
    if tag["closed"] and name not in VOID:
        yield f"<{name}> 须写成一对标签，现有 {shorten(tag[0])}；请改为 <{name}></{name}>"
    seen: set[str] = set()
    faulty = False
    for attribute, value in attributes(tag["attributes"]):
        if attribute not in ELEMENTS[name]:
            known = "、".join(sorted(ELEMENTS[name]))
            yield f"<{name}> 的属性须是 {known} 之一，现有 {attribute}，请删去"
        elif attribute in seen:
            yield f"<{name}> 的属性 {attribute} 须只写一次，现有两次；请删去一个"
        elif said := value_fault(attribute, value):
            yield f"属性 {attribute} 须是{said}，现为 {shorten(value)}；请改正，或者删去 {attribute}"
        elif not value and attribute in ("href", "src"):
            yield f'属性 {attribute} 须有值，写作 {attribute}="路径"'
        faulty |= attribute in seen or attribute not in ELEMENTS[name]
        seen.add(attribute)
    if name == "img" and "src" not in seen and not faulty:
        yield _NO_SOURCE


def line_at(page: Page, at: int) -> str:
    """The beginning of what stands on a line of the page from `at` on, as a message shows it."""
    return shorten(page.text[at : at + 60].split("\n", 1)[0])
