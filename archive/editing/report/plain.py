"""Read a text file (.txt, .md) as a report.

In a text, each line is a paragraph; headings are known by their numbers, and the title is the first line,
if it is short. In Markdown, all is as the pages of a site have it.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from archive.editing.report.brought import Block, Brought, Cell, RefusedError
from archive.editing.report.headings import Entry, Line, Look, arranged, is_short
from archive.editing.report.numbers import typed_number
from archive.editing.report.passages import ADDRESS, Builder, Passage, joined
from archive.editing.report.word_package import OLE, SAVE
from archive.files.excerpts import shorten
from archive.files.html import unescaped
from archive.files.markdown import LABEL, NOTE, NOTE_END, parse, visible
from archive.files.yaml import split_front_matter

_LINES = re.compile(r"\r\n?|[\n\f\v\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_USUAL = re.compile("[\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_TAGS = re.compile(rf"{_COMMENT.pattern}|<[^<>]*+>")
_NOT_PUBLIC = re.compile(r"^disclosure:[ \t]*+\S", re.MULTILINE)
_TITLE = re.compile(r"^title:(.++)$", re.MULTILINE)
_OTHERS = {
    b"PK\3\4": " Word 或者压缩文件",
    OLE: "旧式的 .doc 或者 .wps",
    b"%PDF": " PDF",
    b"{\\rtf": " RTF",
}


def read_text(raw: bytes) -> Brought:
    """The report in a text file with this content; raises `RefusedError` if it is no text."""
    lines = [line for line in map(str.strip, _LINES.split(_decoded(raw))) if line]
    title = len(lines) > 1 and is_short(lines[0]) and not typed_number(lines[0])
    return arranged(
        [Line(Passage(line), title=title and not at) for at, line in enumerate(lines)], {}
    )


def read_markdown(raw: bytes) -> Brought:
    """The report in a Markdown file with this content; raises `RefusedError` if it is no text."""
    whole = "\n".join(_LINES.split(_decoded(raw)))
    _refuse_remarks(whole)
    front, text = split_front_matter(whole)
    if front and _NOT_PUBLIC.search(front):
        raise RefusedError(
            "页首须没有 disclosure（公开属性），导入的各页不会照它；请删去，导入以后写进各页的页首"
        )
    reader = _Markdown(parse(text))
    entries = reader.entries
    if front:
        reader.left_out["页首信息"] += 1
        titled = _TITLE.search(front)
        if titled and (title := _unquoted(titled[1].strip(" \t"))):
            entries.insert(0, Line(Passage(title), title=True))
    return arranged(entries, reader.left_out)


def _refuse_remarks(text: str) -> None:
    """Raise `RefusedError` for a comment beside other words: it may say that they are not public."""
    for found in _COMMENT.finditer(text):
        begin, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        before, after = text[begin : found.start()], text[found.end() : end if end >= 0 else None]
        if before.strip() or after.strip():
            line = text.count("\n", 0, found.start()) + 1
            raise RefusedError(
                f"注释须自成一行，现第 {line} 行的 {shorten(found[0])} 和别的字在一行，导入以后这一行不会是内部的；"
                "请删去注释，标明内部的连同这一行一起删去，导入以后再写进页面"
            )


def _unquoted(value: str) -> str:
    """A value without the quotation marks around it."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


def _decoded(raw: bytes) -> str:
    """The text of a file, in whichever of the usual encodings; raises `RefusedError` if it is none."""
    for begins, what in _OTHERS.items():
        if raw.startswith(begins):
            raise RefusedError(f"须为文字文件，现为{what}；{SAVE}")
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise RefusedError(
        "文字须是 UTF-8、UTF-16 或者 GB18030 编码，现在读不出来；请在记事本里打开，另存为 UTF-8 再导入"
    )


def _encodings(raw: bytes) -> Iterator[str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
    elif b"\0" in raw:  # the ends of lines have one in each two bytes
        wide = ("utf-16-le", "utf-16-be")
        yield max(wide, key=lambda one: len(_USUAL.findall(raw.decode(one, "replace"))))
    else:
        yield from ("utf-8-sig", "gb18030")


class _Markdown:
    """Turns what was read of a Markdown text into lines and tables."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.entries: list[Entry] = []
        self.left_out: Counter[str] = Counter()
        self._notes: dict[str, str] = {}
        self._lists: list[int | None] = []
        """Of each open list, the number of its next item; None if it has bullets."""
        self._begins = False
        """Whether an item has begun, whose text comes next."""
        self._rows: list[list[Cell]] = []
        self._outline: int | None = None
        outside: list[Token] = []
        label = ""
        for token in tokens:
            if token.type in (NOTE, NOTE_END):
                label = token.meta[LABEL] if token.type == NOTE else ""
            elif not label:
                outside.append(token)
            elif token.type == "inline":
                before = self._notes.get(label)
                text = self._passage(token).text
                self._notes[label] = text if before is None else f"{before}\n{text}"
        for token in outside:
            self._take(token)

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self._outline = int(token.tag[1]) - 1
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(int(token.attrs.get("start", 1)) if kind[0] == "o" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._begins = True
        elif kind == "table_open":
            self._rows = []
        elif kind == "tr_open":
            self._rows.append([])
        elif kind in ("th_open", "td_open"):
            self._rows[-1].append(Cell(""))
        elif kind == "table_close":
            self.entries.append(Block("table", rows=tuple(map(tuple, self._rows))))
            self._rows = []
        elif kind == "inline" and self._rows:
            passage = self._passage(token)
            self._rows[-1][-1] = Cell(passage.text, links=passage.links, notes=passage.notes)
        elif kind == "inline":
            self._line(self._passage(token), _is_strong(token))
        elif kind in ("fence", "code_block"):
            self._line(Passage(token.content.strip()), strong=False)
        elif kind == "html_block":
            self.left_out["HTML 标签"] += 1
            for line in unescaped(_TAGS.sub("", token.content)).split("\n"):
                self._line(Passage(line.strip()), strong=False)

    def _line(self, passage: Passage, strong: bool) -> None:
        """Add a line, as what the tokens before it have begun."""
        outline, self._outline = self._outline, None
        number, item = "", 0
        if self._begins and outline is None:
            item = len(self._lists)
            count = self._lists[-1]
            if count is not None:
                number = f"{count}."
                passage = joined([Passage(number), passage], "")
                self._lists[-1] = count + 1
        self._begins = False
        self.entries.append(Line(passage, number, outline, item=item, look=Look(strong=strong)))

    def _passage(self, token: Token) -> Passage:
        made = Builder()
        links: list[tuple[int, str]] = []
        for child in token.children or ():
            if child.type == "link_open":
                links.append((made.length, str(child.attrs.get("href", ""))))
            elif child.type == "link_close" and links:
                start, address = links.pop()
                if ADDRESS.fullmatch(address):
                    made.link(start, address)
                else:
                    self.left_out["不是网址的链接（只留文字）"] += 1
            elif child.type == "mark":
                made.note(self._notes.get(child.meta[LABEL], ""))
            elif child.type == "image":
                self.left_out["图片（不在文字文件里）"] += 1
            elif child.type == "html_inline":
                self.left_out["HTML 标签"] += 1
                made.add("\n" if child.content.startswith("<br") else "")
            elif child.type.endswith("break"):
                made.add("" if child.hidden else " " if child.type == "softbreak" else "\n")
            else:
                made.add(visible(child))
        return made.built()


def _is_strong(token: Token) -> bool:
    """Whether all of a line is strong."""
    depth, strong = 0, False
    for child in token.children or ():
        depth += child.nesting if child.type in ("strong_open", "strong_close") else 0
        if visible(child).strip():
            if not depth:
                return False
            strong = True
    return strong
