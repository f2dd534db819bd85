"""Rules for Markdown that is not shown as its author means it, here or in a forge's preview."""

import re
from collections.abc import Iterator
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from archive.checks.declared import declared_stars
from archive.checks.problems import each_page
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.html import TAG, unescaped
from archive.files.markdown import ALERTS, NOTE, NOTE_END, UNPAIRED, by_lines, visible
from archive.files.pages import Page, once_each
from archive.files.spans import fill
from archive.files.yaml import Problem


class _Text(NamedTuple):
    """A paragraph, heading or cell: its first line from 0, its token, and what it is."""

    line: int
    token: Token
    paragraph: bool
    in_note: bool


_HASH = re.compile(r"#{1,6}[^\s#]")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?")
_ROW = re.compile(r"\|.*\|")
_ALERT = re.compile(r"\[!\w{0,30}\]")
_MARK = re.compile(r"\[\^[^\[\]\n]{0,100}\]")
_BARE = re.compile(r"(?<![A-Za-z0-9@/.])www\.[A-Za-z0-9]")
_GOES_ON = re.compile(r"[^\s!-~]")


_STARS = re.compile(
    r"(?P<emphasis>(?<![*\w])(?P<mark>\*{1,2})(?![\s*])[^*\n]+?(?<![\s*])(?P=mark)(?!\*))|[*＊∗✱]+"
)


def masks_are_not_typed(site: Site) -> Iterator[Problem]:
    """No asterisk is typed as a mask: `name` and `fig` print masks. The report has no emphasis either."""
    in_report = site.report_parts
    for page in site.archive.written.values():
        reported = page.path in in_report
        told: set[int] = set()
        declared = declared_stars(site, page)
        prose = fill(page.prose, [(at, at + 1) for at in sorted(declared)])
        found = list(_STARS.finditer(prose))
        told.update(page.line(at) for at in declared)
        emphasised = _emphasised(page) if found and not reported else set()
        for line, on_line in groupby(found, key=lambda stars: page.line(stars.start())):
            left = [it for it in on_line if line not in emphasised or not _is_mark(page, it)]
            masks = [stars for stars in left if reported or not stars["emphasis"]]
            told.update([line] if left else [])
            for stars in masks:
                message = f"掩码须由宏 name 或 fig 显示，不得手写星号，现有“{stars[0]}”；{_MASKED}"
                yield page.problem(stars.start(), message)
            for stars in left[: not masks]:  # one cause, one message
                yield page.problem(stars.start(), _UNPAIRED.format(stars["mark"]))
        for line, shown in _shown_stars(page):
            if line not in told:  # written as `&#42;`, or without effect within HTML
                told.add(line)
                message = (
                    f"掩码须由宏 name 或 fig 显示，不得手写星号，现有“{shorten(shown)}”；{_MASKED}"
                )
                yield page.line_problem(line, message)


_CELL = 4
"""The level at which the text of a cell stands, or deeper."""


@once_each
def _shown_stars(page: Page) -> tuple[tuple[int, str], ...]:
    """The lines, from 1, of texts that show an asterisk, with the text."""
    return tuple(_stars(page))


def _stars(page: Page) -> Iterator[tuple[int, str]]:
    for text in _texts(page):
        heading = not text.paragraph and text.token.level < _CELL  # it is quoted on other pages
        for line, child in by_lines(text.token):
            code = child.type == "code_inline" and not heading
            if not code and "*" in visible(child):
                yield text.line + 1 + line, child.content
    for token in page.tokens:
        if token.type == "html_block" and token.map:
            for number, shown in enumerate(unescaped(TAG.sub("", token.content)).split("\n")):
                if "*" in shown:
                    yield token.map[0] + 1 + number, shown


def _is_mark(page: Page, stars: re.Match[str]) -> bool:
    """Whether asterisks on a line with emphasis, on which each has its effect, belong to it."""
    typed = not stars[0].strip("*") and page.text[stars.start() - 1] != "\\"
    return bool(stars["emphasis"]) or typed


@once_each
def _emphasised(page: Page) -> set[int]:
    """The lines, from 1, on which asterisks emphasise, and none is without effect."""
    effect: set[int] = set()
    none: set[int] = set()
    for text in _texts(page):
        line = text.line + 1
        none.update(line + one for one in text.token.meta.get(UNPAIRED, {}).get("*", ()))
        effect.update(line + at for at, one in by_lines(text.token) if one.tag in ("em", "strong"))
    return effect - none


@each_page
def marks_have_their_effect(page: Page) -> Iterator[Problem]:
    """What begins a line like a heading, an item, a table or an alert is one; marks for bold text are paired."""
    told: set[int] = set()
    for line, message in sorted(_faults(page)):
        if line not in told:  # one cause, one message
            told.add(line)
            yield page.line_problem(line + 1, message)


@each_page
def notes_have_their_marks(page: Page) -> Iterator[Problem]:
    """Each note of a page has one text and at least one mark in front of it."""
    yield from _note_faults(page)


@each_page
def code_blocks_are_code_blocks(page: Page) -> Iterator[Problem]:
    """A fence is indented as far as the item of a list that it stands in, and stands outside of HTML."""
    read = {token.map[0] + 1 for token in page.tokens if token.type == "fence" and token.map}
    read |= {page.line(offset) for offset, _ in page.faults}  # one cause, one message
    for start, _ in page.fences:
        if page.line(start) not in read:
            message = (
                "代码块的首行须与所在的列表项的文字对齐，或者顶格，前面不得有没写完的 HTML；"
                "现在它不成代码块，请调整缩进，或者补全 HTML"
            )
            yield page.problem(start, message)


def _faults(page: Page) -> Iterator[tuple[int, str]]:
    for text in _texts(page):
        for line in text.token.meta.get(UNPAIRED, {}).get("~~", ()):
            yield text.line + line, _UNPAIRED.format("~~")
        if text.paragraph:
            yield from islice(_line_faults(text), 1)  # one cause, one message
        yield from _address_faults(text)
    tables = [token.map for token in page.tokens if token.type == "table_open" and token.map]
    lines = page.plain.split("\n") if tables else []
    for start, end in tables:
        yield from _row_faults(lines[start:end], start)


_MASKED = '写作 name("编号") 或 fig("编号")，要显示星号请写作 \\*'
_UNPAIRED = (
    "{} 须成对，里面不以空格开头、结尾；里面以标点开头或结尾的（如引号、书名号），外面须紧接标点、"
    "空格或行的头尾。现在它没有作用：请把标点移到记号外面，或者写作 <strong>文字</strong>、<del>文字</del>"
)


def _texts(page: Page) -> Iterator[_Text]:
    line = 0
    before = ""
    in_note = False
    for token in page.tokens:
        line = token.map[0] if token.map else line
        if token.type in (NOTE, NOTE_END):
            in_note = token.type == NOTE
        elif token.type == "inline":
            yield _Text(line, token, before == "paragraph_open", in_note)
        before = token.type


def _line_faults(text: _Text) -> Iterator[tuple[int, str]]:
    """What begins the lines of a paragraph and has no effect there."""
    lines = [line.strip(" \t") for line in text.token.content.split("\n")]
    for number, line in enumerate(lines):
        at = text.line + number
        if _HASH.match(line):
            yield (
                at,
                f"标题的 # 与文字之间须有一个空格，现为：{shorten(line)}；请加上空格，不是标题的 # 写作 \\#",
            )
        elif number and _ITEM.match(line):
            yield (
                at,
                (
                    f"列表的项须顶格，或与上一层的文字对齐，不从 1 开始的列表前面须空一行，现为：{shorten(line)}"
                    "；不是列表的，请与上一行接在一起"
                ),
            )
        elif number and "|" in line + lines[number - 1] and _DELIMITERS.fullmatch(line):
            yield at, f"表格第二行的格数须与第一行相同，现为：{shorten(line)}；请每格写 ---"
        elif _ROW.fullmatch(line) and not any(map(_DELIMITERS.fullmatch, lines)):
            yield (
                at,
                f"表格须有表头，现为：{shorten(line)}；请在表头下一行每格写 ---，如 | --- | --- |",
            )
        elif _ALERT.match(line):
            kinds = "、".join(f"[!{kind}]" for kind in ALERTS)
            yield (
                at,
                f"提示框须写作顶格的 > [!NOTE]，下一行另起一个 > 写文字，名称须是 {kinds} 之一，现为：{shorten(line)}",
            )


def _address_faults(text: _Text) -> Iterator[tuple[int, str]]:
    """Addresses that other readers of Markdown would end elsewhere, or would make links of."""
    depth = 0
    for (line, child), (_, after) in pairwise([*by_lines(text.token), (0, Token("text", "", 0))]):
        depth += child.nesting if child.type.startswith("link_") else 0
        if child.type == "link_close" and child.info == "bare":
            if _GOES_ON.match(visible(after)):
                yield text.line + line, _ADDRESS.format("后面紧接着汉字或中文标点")
        elif child.type == "text" and not depth and (found := _BARE.search(child.content)):
            yield (
                text.line + line,
                _ADDRESS.format(f"没有写全：{shorten(child.content[found.start() :])}"),
            )


_ADDRESS = "网址须写作 [文字](https://网址)，现有一处{}"


def _row_faults(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """The rows of a table that have more cells than its head: the rest would not be shown."""
    wanted = _cells(lines[0])
    for number, line in enumerate(lines):
        if number != 1 and (cells := _cells(line)) > wanted:
            yield (
                start + number,
                (
                    f"表格的一行须不多于表头的 {wanted} 格，现有 {cells} 格，多的不显示；"
                    "请删去多的格，文字里的竖线写作 \\|"
                ),
            )


def _cells(row: str) -> int:
    return len(escapedSplit(row.lstrip("> \t").strip().removeprefix("|").removesuffix("|")))


def _note_faults(page: Page) -> Iterator[Problem]:
    marked = {
        child.meta["label"]
        for token in page.tokens
        for child in token.children or ()
        if child.type == "mark"
    }
    known: dict[str, int] = {}
    for token in page.tokens:
        if token.type == NOTE and token.map:
            label, line = token.meta["label"], token.map[0] + 1
            if label in known:
                said = f"脚注 [^{label}] 须只写一次，已写在第 {known[label]} 行，请换一个编号"
                yield page.line_problem(line, said)
            elif label not in marked:
                said = f"脚注须有标记，现在没有，这条脚注不显示；请在正文里写 [^{label}]，或者删去这一条"
                yield page.line_problem(line, said)
            known.setdefault(label, line)
    for text in _texts(page):
        for at, child in by_lines(text.token):
            line = text.line + 1 + at
            if child.type == "mark" and text.in_note:
                said = f"脚注的文字里不得再有脚注的标记，现有 [^{child.meta['label']}]，请写成一条"
                yield page.line_problem(line, said)
            elif child.type == "text" and (found := _MARK.search(child.content)):
                said = f"脚注须有文字，现在没有 {found[0]} 这一条；请另起一段写 {found[0]}: 文字，编号里没有空格"
                yield page.line_problem(line, said)
