"""The guide to messages (archive/guide/messages/), read: its examples, and the site with each put in.

`python -m tests.samples.messages_guide` writes anew what each wrong example is told, after messages changed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.checks import check
from archive.facts.releases import freeze_register
from archive.facts.site import Site
from tests.conftest import ROOT
from tests.samples import sample
from tests.samples.attachments import camera, changed, document, jpeg, located, point, tiff, word
from tests.samples.leaks import CARD
from tests.samples.messages_site import FIGURES, SITE, TEMPLATES, VISITED
from tests.samples.pictures import BAD, GOOD

FOLDER = ROOT / "archive" / "guide" / "messages"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "index.md")

Files = dict[str, str | bytes | None]

FENCE = re.compile(
    r"(?:^\{% raw %\}\n)?"
    r'^(?P<fence>`{3,}) \{ \.(?P<lexer>\w+) \.\w+ title="(?P<title>[^"]+)" \}\n'
    r"(?P<text>.*?)^(?P=fence)\n(?:^\{% endraw %\}\n)?",
    re.MULTILINE | re.DOTALL,
)
_MESSAGE_BOX = '``` {{ .text .told title="提示" }}\n{said}```\n'
_HEADING = re.compile(r"^## (?P<title>.+?) \{ #(?P<id>[a-z0-9-]+) \}$", re.MULTILINE)
_TITLE = re.compile(r"(?P<role>[^：]+)：(?P<file>[^（]+)(?:（(?P<state>[^）]+)）)?")
_KEY = re.compile(r'\s*"?(?P<key>[\w.@-]+)"?[ ]*[:：]')


@dataclass(frozen=True, slots=True)
class Piece:
    """What an example says of one file; `state` is what no text can show, such as its encoding."""

    file: str
    text: str
    state: str
    front: bool
    """Whether it is front matter, of a page."""


@dataclass(slots=True)
class Case:
    """One wrong example and what is said of it; `span` is where that stands on the page."""

    wrong: list[Piece]
    message: str
    span: tuple[int, int]


@dataclass(slots=True)
class Section:
    """What one section of the guide says and shows: what was there before, wrong and right."""

    page: Path
    id: str
    title: str
    means: str
    before: list[Piece] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    rights: list[list[Piece]] = field(default_factory=list)


def sections(page: Path) -> Iterator[Section]:
    """The sections of a page, in order."""
    text = page.read_text("utf-8")
    shown = FENCE.sub(lambda found: re.sub(r"\S", " ", found[0]), text)
    heads = list(_HEADING.finditer(shown))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=True):
        first = FENCE.search(text, head.end(), end)
        assert first, head["title"]
        means = text[head.end() : first.start()].strip()
        section = Section(page, head["id"], head["title"], means)
        wrong: list[Piece] = []
        for found in FENCE.finditer(text, head.end(), end):
            if found["title"] == "提示":
                section.cases.append(Case(wrong, found["text"], found.span()))
                wrong = []
                continue
            title = _TITLE.fullmatch(found["title"])
            assert title, found["title"]
            front = title["file"].endswith(".md") and found["lexer"] == "yaml"
            piece = Piece(title["file"], found["text"], title["state"] or "", front)
            if title["role"] == "已有":
                section.before.append(piece)
            elif title["role"] == "错":
                wrong.append(piece)
            elif section.rights and piece.file not in {it.file for it in section.rights[-1]}:
                section.rights[-1].append(piece)
            else:
                section.rights.append([piece])
        assert not wrong, section.title
        yield section


def files(pieces: list[Piece]) -> Files:
    """The site with pieces put into it, one after the other."""
    site = dict(SITE)
    for piece in pieces:
        site[piece.file] = put(site.get(piece.file), piece)
    return site


_WHOLE = {
    "110*************2X": "11010519491231002X",  # the example of GB 11643—1999
    "139******78": "13912345678",
    f"6222***********{CARD[-4:]}": CARD,
    "057*******45": "0571-6012345",
    "12*****89": "123456789",
    "zha*****01": "zhangsan01",
    "京A****5": "京A12345",
    "z*******@qq.com": "zhangsan@qq.com",
    "3号*******室": "3号楼2单元502室",
    "张**": "张三丰",
    "王**": "王秀英",
}
"""What the guide shows masked, as the message does, for the guide is published too → the whole."""


def _whole(text: str) -> str:
    shown = [masked for masked in _WHOLE if masked in text]
    assert shown, text
    for masked in shown:
        text = text.replace(masked, _WHOLE[masked])
    return text


def _edited_word() -> bytes:
    body = '<w:p><w:ins w:author="x"><w:r><w:t>增</w:t></w:r></w:ins></w:p>'
    comment = document("<w:comment><w:p><w:r><w:t>问</w:t></w:r></w:p></w:comment>")
    return changed(word(), {"word/document.xml": document(body), "word/comments.xml": comment})


_PEOPLE = '<w:people xmlns:w="w"><w:person w:author="张三丰"/></w:people>'.encode()


@cache
def _reported() -> str:
    """What `archive freeze` writes of the site."""
    with TemporaryDirectory() as folder:
        return freeze_register(sample.read(Path(folder), SITE).values, sample.AS_OF, None)


_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


_STATES: dict[str, Callable[[str], str | bytes]] = {
    "星号处写全": _whole,
    "星号处是另一个号码": lambda text: text.replace("139******78", "13987654378"),
    "星号处是两个号码": lambda text: _whole(text.replace("139******78", "13987654378", 1)),
    "由 archive freeze 写出": lambda text: merged(_reported(), text),
    "带着拍摄地点": lambda text: jpeg(located()),
    "带着相机型号": lambda text: jpeg(camera()),
    "信息已去掉": lambda text: jpeg(tiff("<", [])),
    "正文里有电话": lambda text: word("电话13912345678"),
    "作者一栏是姓名": lambda text: word("甲", author="张三丰"),
    "有修订和批注": lambda text: _edited_word(),
    "照片说明里有电话": lambda text: (
        b"\xff\xd8\xff\xfe\0\x13" + "电话13912345678".encode() + point("JPEG")[2:]
    ),
    "一个字节也没有": lambda text: b"",
    "只剩文件头": lambda text: point("JPEG")[:20] + b"x" * 500,
    "一页也没有": lambda text: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    ),
    "大到 21 MB": lambda text: point("BMP", 2646),
    "一张照片": lambda text: point("JPEG"),
    "批注者的姓名还在": lambda text: changed(word(), {"word/people.xml": _PEOPLE}),
    "里面嵌着文件": lambda text: changed(word(), {"word/embeddings/oleObject1.bin": b"x"}),
    "其实是网页": lambda text: b"<html>",
    "图里有脚本": lambda text: _DRAWING.format("<script>1</script>"),
    "只有图形": lambda text: _DRAWING.format("<path d='M0 0'/>"),
    "其实是 BMP 图": lambda text: BAD["bmp.png"][0],
    "其实是 SVG 图": lambda text: BAD["svg.png"][0],
    "其实是 PNG 图": lambda text: BAD["png.svg"][0],
    "后一半没有": lambda text: BAD["cut.jpg"][0],
    "会动的": lambda text: BAD["moving.webp"][0],
    "印刷用的颜色": lambda text: BAD["cmyk.jpg"][0],
    "只记着要转": lambda text: BAD["turned.png"][0],
    "4 亿像素": lambda text: BAD["bomb.png"][0],
    "长截图": lambda text: BAD["long-screen.png"][0],
    "没有写明大小": lambda text: BAD["sizeless.svg"][0],
    "写明了大小": lambda text: GOOD["box.svg"].raw,
    "手机的截图": lambda text: GOOD["phone.png"].raw,
    "设了密码": lambda text: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "没有这些": lambda text: word("甲"),
    "大到 3 MB": lambda text: text + "#" * 3_000_000,
    "存成 GBK": lambda text: text.encode("gbk"),
    "存成 UTF-16": lambda text: text.encode("utf-16"),
    "有看不见的字符": lambda text: text.replace("，", "\x07，", 1),
    "太长的文字": lambda text: text.replace("长\n", f"{'长' * 2001}\n"),
    "太长的说明": lambda text: text.replace("长\n", f"{'长' * 501}\n"),
    "太长的一行": lambda text: text.replace("长", "长" * 20_001),
    "太多的方括号": lambda text: text.replace("（", "[" * 501),
    "太多的脚注": lambda text: text.replace("（", "[^1]\n\n" * 500 + "[^1]: 注。\n\n（"),
    "太多的表": lambda text: text.replace("（", '{{ table("activities") }}\n\n' * 101),
    "太宽的表": lambda text: text.replace(
        "（", "|甲" * 200 + "\n---" + "|---" * 200 + "\n" + "|甲|\n" * 99
    ),
    "又长又多的方括号": lambda text: text.replace("（", "[" * 400 + "\n乙" * 40_000),
    "合并后留着两份": lambda text: text.replace(
        "甲\n", f"{'<' * 7} HEAD\n甲\n{'=' * 7}\n乙\n{'>' * 7} main\n"
    ),
    "空行里有全角空格": lambda text: text + "\u3000\n",
    "六十个别的字段": lambda text: text.replace(
        "fields:\n",
        "fields:\n" + "".join(f"  f{n}: {{label: 第{n}栏, type: 文字}}\n" for n in range(60)),
    ),
    "多于二百个取值": lambda text: text.replace(
        "[晴]", f"[{', '.join(f'晴{n}' for n in range(201))}]"
    ),
    "太长的列表": lambda text: text.replace("  - 长\n", f"  - {'长' * 2000}\n" * 17),
    "太长的原因": lambda text: re.sub(
        "    - .*长}\n", lambda found: found[0].replace("长", "长" * 2000) * 17, text
    ),
}
"""What no page can show: how a file comes to be so."""


def put(there: str | bytes | None, piece: Piece) -> str | bytes | None:
    """The content of a file with a piece put into it."""
    base = there if isinstance(there, str) else ""
    if piece.state == "没有这个文件":
        return None
    if piece.state == "删去这一段":
        return _without(base, piece.text)
    if piece.state == "visited 的各期另写":
        return FIGURES.replace(VISITED, piece.text)
    if piece.state in ("空文件", "整个文件"):
        return piece.text
    if piece.file.endswith(".md"):
        text = _page(base, piece)
    elif not piece.file.startswith("data/") or not piece.file.endswith((".yml", ".yaml")):
        text = merged(base, piece.text)
    elif piece.text.startswith("- "):
        text = base + piece.text
    else:
        text = merged(base or TEMPLATES.get(piece.file.split("/")[1], ""), piece.text)
    return text if not piece.state else _STATES[piece.state](text)


def _page(base: str, piece: Piece) -> str:
    """A page with an example's front matter, its whole text (a first heading on), or a paragraph."""
    _, front, body = base.split("---\n", 2) if base else ("", "title: 新页面\n", "")
    if piece.front:
        return f"---\n{merged(front, piece.text)}---\n{body}"
    if piece.text.startswith("# "):
        return f"---\n{front}---\n\n{piece.text}"
    return f"{base}\n{piece.text}"


def _without(base: str, part: str) -> str:
    """`base` without the fields that `part` names."""
    gone = {key for key, _ in _blocks(part.splitlines(keepends=True))}
    kept = [lines for key, lines in _blocks(base.splitlines(keepends=True)) if key not in gone]
    return "".join(line for lines in kept for line in lines)


def merged(base: str, part: str) -> str:
    """`base` with the fields that `part` names as `part` has them, groups field by field."""
    return "".join(_merged(base.splitlines(keepends=True), part.splitlines(keepends=True)))


def _merged(base: list[str], part: list[str]) -> list[str]:
    blocks = _blocks(base)
    keys = [key for key, _ in blocks]
    done: list[str] = []
    for key, lines in _blocks(part):
        if key in keys and key not in done:
            at = keys.index(key)
            old = blocks[at][1]
            both = _is_group(old) and _is_group(lines)
            blocks[at] = (key, [lines[0], *_merged(old[1:], lines[1:])] if both else lines)
        else:
            at = keys.index(key) + 1 if key in keys else len(blocks)
            blocks.insert(at, (key, lines))
            keys.insert(at, key)
        done.append(key)
    return [line for _, lines in blocks for line in lines]


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Lines as fields, each with the lines that belong to it."""
    found: list[tuple[str, list[str]]] = []
    indent = len(lines[0]) - len(lines[0].lstrip(" ")) if lines else 0
    for line in lines:
        key = _KEY.match(line)
        own = len(line) - len(line.lstrip(" ")) == indent and not line.lstrip().startswith("- ")
        if not found or (key and own):
            found.append((key["key"] if key else "", [line]))
        else:
            found[-1][1].append(line)
    return found


def _is_group(lines: list[str]) -> bool:
    return (
        lines[0].rstrip().endswith(":") and len(lines) > 1 and not lines[1].lstrip().startswith("-")
    )


def site(root: Path, pieces: list[Piece]) -> Site:
    """The site with pieces put into it, read."""
    return sample.read(root, files(pieces))


def messages_of(found: Site) -> str:
    """What the check says of a site, a line each."""
    return "".join(f"{problem}\n" for problem in check(found))


def _fence(said: str) -> str:
    fence = _MESSAGE_BOX.format(said=said)
    return f"{{% raw %}}\n{fence}{{% endraw %}}\n" if re.search(r"\{[{%#]", said) else fence


def main() -> None:
    """Write anew what each wrong example is told; print what is said of a right one."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for section in reversed(list(sections(page))):
            for right in section.rights:
                with TemporaryDirectory() as folder:
                    said = messages_of(site(Path(folder), [*section.before, *right]))
                if said:
                    print(f"{page.name}#{section.id} 对：\n{said}")
            for case in reversed(section.cases):
                with TemporaryDirectory() as folder:
                    said = messages_of(site(Path(folder), [*section.before, *case.wrong]))
                text = text[: case.span[0]] + _fence(said) + text[case.span[1] :]
        page.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
