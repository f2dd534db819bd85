"""Rules for what stands in braces, and for definitions of links: attributes, macros half typed."""

import re
from collections.abc import Iterator

from archive.checks.markup import line_at
from archive.checks.problems import each_page
from archive.facts.macros import MACROS
from archive.files.attribute_lists import WITHOUT_EFFECT, parts
from archive.files.excerpts import shorten
from archive.files.html import ATTRIBUTE_LIST, LISTED, value_fault
from archive.files.markdown import by_lines, visible
from archive.files.pages import MACRO, Page
from archive.files.spans import fill
from archive.files.yaml import Problem
from archive.leaks.visible import visible_text

_LIST = re.compile(ATTRIBUTE_LIST)
_DEFINITION = re.compile(r"(?<!\\)\]:")


_BRACKETED = re.compile(
    rf"(?<![A-Za-z0-9_.])(?P<name>{'|'.join(sorted(MACROS))})[ \t]{{0,9}}(?:\(|（(?=[ \t]{{0,9}}[\"'“”‘’）A-Za-z0-9_]))|[｛｝]"
)


@each_page
def macros_are_not_half_typed(page: Page) -> Iterator[Problem]:
    """Outside code and raw blocks no name of a macro with a bracket and no full-width brace stands in a page."""
    told = {page.line(offset) for offset, _ in page.faults}  # one cause, one message
    text = fill(page.plain, [(raw[0], raw[-1]) for raw in page.raws])
    for found in _BRACKETED.finditer(text):
        if page.line(found.start()) in told:
            continue
        told.add(page.line(found.start()))
        if name := found["name"]:
            rule = f"宏须写在两对英文花括号里，写作 {MACROS[name].written}"
            yield page.problem(found.start(), f"{rule}，现有花括号外的 {name}(")
        else:
            way_out = '请改为英文的 { }，如 {{ fig("指标编号") }}、{ #planning }'
            message = f"花括号须是英文的，现有全角的“{found[0]}”；{way_out}"
            yield page.problem(found.start(), message)


@each_page
def attribute_lists_are_on_the_list(page: Page) -> Iterator[Problem]:
    """What stands in braces is a list of attributes that the list of the site allows."""
    view = page.plain
    faults = {offset for offset, _ in page.faults}
    refused = -1
    for at in _braces(view):
        if at < refused or not faults.isdisjoint((at, at - 1)):
            continue  # in what has been reported: a list, or what was meant for a macro
        written = _LIST.match(view, at)
        if written is None or written[0] != page.text[at : written.end()]:
            refused = view.find("\n", at)
            if _BRACKETED.search(view, at, refused if refused >= 0 else len(view)):
                continue  # a macro half typed, which is told so
            message = (
                f"花括号里须是属性，写作 {{ #编号 .样式 width=720 }}，现有：{line_at(page, at)}；"
                "要显示花括号请放进反引号"
            )
            yield page.problem(at, message)
            continue
        for message in _faults(written[0]):
            yield page.problem(at, message)


_SIZES = ("width=", "height=", "loading=")


@each_page
def attribute_lists_have_their_effect(page: Page) -> Iterator[Problem]:
    """A list in braces stands where it gives its attributes to something, a size or so right after a picture."""
    if "{" not in page.plain:
        return
    told = {page.line(at) for at in _braces(page.plain) if not _LIST.match(page.plain, at)}
    pictures = {link.end for link in page.links if link.embedded}
    plain = {it.end: it for it in page.calls if it.name in MACROS and not MACROS[it.name].homes}
    for found in _LIST.finditer(page.plain):
        sized = any(size in found[0] for size in _SIZES)
        if sized and found.start() not in pictures:
            message = f"width、height、loading 须紧接在图片后面，写作 ![说明](路径){{ width=300 }}，现有：{found[0]}"
            yield page.problem(found.start(), message)
        elif call := plain.get(found.start()):  # what it writes is no link
            way_out = f"请加上强调，写作 *{{{{ {call.name}(…) }}}}*{found[0]}，标题、单元格的末尾请前面空一格"
            message = f"属性须紧接在链接、图片、强调的文字后面，现紧接在宏 {call.name} 后面：{found[0]}；{way_out}"
            yield page.problem(found.start(), message)
    for line, written in _without_effect(page):
        if line in told:  # one cause, one message
            continue
        message = (
            "属性须紧接在链接、图片、强调的文字后面，或在标题末尾空一格，或在一段下面另起一行，"
            f"现有：{shorten(written)}；请移过去，或者删去"
        )
        yield page.line_problem(line, message)


def _without_effect(page: Page) -> Iterator[tuple[int, str]]:
    """The lists that the engine shows as they are written, with their lines from 1."""
    for token in page.tokens:
        start, before = token.map[0] + 1 if token.map else 1, ""
        for line, child in by_lines(token):
            if child.info == WITHOUT_EFFECT and not before.endswith(MACRO):
                yield start + line, child.content
            before = child.content


@each_page
def definitions_stand_alone(page: Page) -> Iterator[Problem]:
    """A link is defined on one line of its own."""
    read = {link.tail[0] - 1 for link in page.links}
    for found in _DEFINITION.finditer(page.plain):
        at = found.start()
        label = page.plain[max(0, at - 100) : at].rpartition("[")[2]
        if label.startswith("^") and not re.search(r"\s", label):
            continue  # a footnote
        if at not in read:
            message = f"链接的定义须自成一行，写作 [文字]: 路径，现有：[{label}{line_at(page, at)}"
            yield page.problem(at, " ".join(message.split()))


_USER = re.compile(r"(?:https?:)?//[^/?#]*@", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//([^/?#:]*)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:\A\s*+(?://)?|https?://)((?:[\w-]{1,63}\.){1,9}"
    r"(?:com|cn|org|net|gov|edu|info|io|top|xyz|vip|example))(?![\w.@-])",
    re.IGNORECASE,
)


@each_page
def links_say_where_they_lead(page: Page) -> Iterator[Problem]:
    """An address of another site holds no user and is in plain letters; a link whose text is an address leads there."""
    for link in page.links:
        host = _HOST.match(link.to.written)
        if host and (_USER.match(link.to.written) or not _is_plain(host[1])):
            message = (
                "别的网站的网址须只用英文字母、数字，不带用户名（@），写作 https://网站/路径，"
                f"现为 {shorten(link.to.written)}"
            )
            yield page.problem(link.start, message)
    for line, shown, target in _shown_links(page):
        host, named = _HOST.match(target), _NAMED.search(visible_text(shown).text)
        if host and named and _site(host[1]) != _site(named[1]):
            message = (
                "链接的文字写的是网址的，须通到同一个网站，"
                f"现写 {shorten(named[1])}，通到 {shorten(host[1])}；请写对网址，或者写网站的名称"
            )
            yield page.line_problem(line, message)


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")


def _is_plain(host: str) -> bool:
    labels = host.lower().split(".")
    return host.isascii() and not any(label.startswith("xn--") for label in labels)


def _shown_links(page: Page) -> Iterator[tuple[int, str, str]]:
    """Each link of a page: its line, its text as it is shown, and its target; HTML links too."""
    for token in page.tokens:
        start, shown, target = token.map[0] + 1 if token.map else 1, "", ""
        for line, child in by_lines(token):
            if child.type == "link_open":
                shown, target = "", str(child.attrs.get("href", ""))
            elif child.type == "html_inline" and (opened := _ANCHOR.match(child.content)):
                shown, target = "", opened[1]
            elif child.type == "link_close" or (
                child.type == "html_inline" and child.content.startswith("</a")
            ):
                yield start + line, shown, target
                target = ""
            else:
                shown += visible(child)


_ANCHOR = re.compile(r"""<a\s[^>]{0,400}?href=["']?([^"'\s>]{1,400})""", re.IGNORECASE)


def _braces(view: str) -> Iterator[int]:
    """The offsets of the braces that may open a list: it ends on the same line."""
    start = 0
    for line in view.split("\n"):
        last = line.rfind("}")
        at = line.find("{", 0, max(0, last))
        while at >= 0:
            yield start + at
            at = line.find("{", at + 1, last)
        start += len(line) + 1


def _faults(written: str) -> Iterator[str]:
    for attribute, value in parts(written):
        if attribute not in LISTED:
            known = "、".join(sorted(LISTED))
            yield f"花括号里的属性须是 {known} 之一，现有 {attribute}，请删去"
        elif said := value_fault(attribute, value):
            yield f"属性 {attribute} 须是{said}，现为 {shorten(value)}；请改正，或者删去 {attribute}"
