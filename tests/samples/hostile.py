"""Texts and files that are cheap to write and were dear to read: each is made in any size."""

import io
import struct
import zlib
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

from tests.samples.attachments import changed, document, sheet, word

TEXTS: dict[str, tuple[str, str, str]] = {
    "radicals": ("", "\u2e80\u2e99", ""),
    # characters turned around, spelt digits
    "turned again and again": ("", "\u202e\u202d丁", ""),
    "groups from right to left": ("\u200f", "1 ", ""),
    "turned tags": ("\u202e", "<b", ""),
    "spelt digits": ("", "一1 ", ""),
    "digits and many blanks": ("", "1" + " " * 50, ""),
    # HTML
    "an open tag and spaces": ("<a", " ", ""),
    "open tags": ("", "<a ", ""),
    "open tags without space": ("", "<a", ""),
    "tags": ("", "<b>", ""),
    "closing tags": ("", "</p>", ""),
    "nested elements": ("", "<div>", ""),
    "nested lists": ("", "<ul><li>", ""),
    "an attribute without value": ("", "<p id>", ""),
    "attributes": ("<a ", "b=c ", ">"),
    "open attributes": ("", '<p id="', ""),
    "quotes in an attribute": ('<a b="', "' ", ""),
    "open comments": ("", "<!--", ""),
    "open comments with words": ("", "<!-- 内部 ", ""),
    "instructions": ("", "<?a ", ""),
    "marked sections": ("", "<![CDATA[", ""),
    "scripts": ("", "<script>", ""),
    "styles": ("", "<style>", ""),
    "authors": ("", "<dc:creator>", ""),
    "authors and tags": ("<dc:creator>", "<a> ", ""),
    "data addresses": ("", "data:a;base64,", ""),
    "a long data address": ("data:image/png;base64,", "QUJD", ""),
    "addresses in styles": ("<p style='", "url(", "'>"),
    # Characters
    "entities": ("", "&amp;", ""),
    "entities within entities": ("&", "amp;", "#65;"),
    "open entities": ("", "&#", ""),
    "a long entity": ("&#", "1", ";"),
    "people who took part": ("参加人：", "张三丰、", ""),
    "lists of people": ("", "参加人：张三丰、", ""),
    "area codes": ("", "0951-", ""),
    "octets": ("", "%41", ""),
    "octets that are no text": ("", "%E4", ""),
    "octets within octets": ("%", "25", "41"),
    "escapes": ("", r"\u4e01", ""),
    "backslashes": ("", "\\", ""),
    "invisible characters": ("", "\u200b", ""),
    "byte order marks": ("", "\ufeff", ""),
    "spaces": ("", " ", ""),
    "wide spaces": ("甲", "\u3000", ""),
    "wide spaces alone": ("", "\u3000", ""),
    "empty lines": ("", "\n", ""),
    "lines of spaces": ("", " \n", ""),
    # Markdown
    "backticks": ("", "`", ""),
    "pairs of backticks": ("", "`a`` ", ""),
    "open links": ("", "[a](", ""),
    "open brackets": ("", "[", ""),
    "open references": ("", "[a]: <", ""),
    "open calls": ("", "{{ ", ""),
    "calls": ("", "{{ fig('a') }}", ""),
    "arguments of a call": ("{{ fig(", "1,", "1) }}"),
    "quotes in a call": ("{{ ", "'\"", ""),
    "open raw blocks": ("", "{% raw %}", ""),
    "open Jinja comments": ("", "{#", ""),
    "open attribute lists": ("", "{: #", ""),
    "a heading and braces": ("# ", " {", ""),
    "headings": ("", "# 甲\n\n", ""),
    "a heading and spaces": ("### 甲", " ", "\u3000"),
    "a question and spaces": ("### 甲", " ", "乙"),
    "small tables": ("", "|a\n|-\n\n", ""),
    "underlined headings": ("", "a\n=\n", ""),
    "dashed lines": ("", "a\n---\n", ""),
    "dashes and spaces": ("---", " ", "a"),
    "open fences": ("", "~~~a\n", ""),
    "fences": ("", "```\n", ""),
    "quoted lines": ("", "> ", ""),
    "marks of changes": ("", "{++", ""),
    "stars": ("", "* ", ""),
    "underscores": ("", "_", ""),
    "footnotes": ("", "[^1]", ""),
    "pictures": ("", "![a](b) ", ""),
    "pictures in a table": ("|", "![a](b.png)|", ""),
    "links": ("", "[a](b.md) ", ""),
    "links that are defined": ("", "[a][b] ", "\n\n[b]: c"),
    "braces": ("", "{", ""),
    "broken calls": ("", "{{ 1 }} ", ""),
    # Numbers and names
    "digits": ("", "1", ""),
    "numbers of one digit": ("", "4 ", ""),
    "digits and spaces": ("", "1 ", ""),
    "digits and tabs": ("", "1\t\t\t", ""),
    "digits and commas": ("", "1,", ""),
    "a digit on each line": ("", "1\n", ""),
    "telephone numbers almost": ("", "139-1234-", ""),
    "broken numbers": ("", "1234567\n 12", ""),
    "numerals": ("", "一", ""),
    "numerals of all kinds": ("", "一百万", ""),
    "dates": ("", "1-1-", ""),
    "amounts": ("", "1,1.1 ", ""),
    "ranks": ("", "第一、", ""),
    "spaces and lists": ("", "{ #a }    ", ""),
    "approximations": ("近", "近百", ""),
    "hundredths": ("", "百分之", ""),
    "ordinals": ("", "第", ""),
    "numbers and numbers in a dress": ("", "①人1个", ""),
    "powers of ten": ("", "1e5 1个", ""),
    "tens": ("", "十", ""),
    "tens of thousands": ("", "万", ""),
    "several": ("", "几", ""),
    "ratios": ("", "1:", "1"),
    "ranges": ("", "1至", ""),
    "ranges of numerals": ("", "十至", ""),
    "parts of numerals": ("", "十分之", "一"),
    "numerals and numerals": ("", "十比", ""),
    "units of numerals": ("", "十个", ""),
    "at signs": ("", "a@qq.", ""),
    "a long mailbox": ("", "a.", "@qq.com"),
    "houses": ("住", "1号楼", ""),
    "units of houses": ("", "1单元1", ""),
    "home addresses": ("", "住址:", ""),
    "roads": ("住址", "路", ""),
    "estates": ("", "小区", ""),
    "labels of names": ("", "联系人:", ""),
    "heads of columns": ("", "姓名|", "\n"),
    "tables of names": ("", "姓名|a\n丁小梅|a\n", ""),
    "columns before a name": ("", ",", "姓名\n,,,"),
    "surnames": ("", "王", ""),
    "titles": ("", "丁同志", ""),
    "people in need": ("", "困难群众:", ""),
    "begins of a name": ("", "示 ", ""),
    "begins of a name in tags": ("", "示<b ", ""),
    "begins of a name in comments": ("", "示<!--", ""),
    "a name over lines": ("示", "\n ", ""),
    "a name and one that holds it": ("", "示小丁纪念馆、示小丁。", ""),
    "folders": ("", "/home/", ""),
    "drafts": ("", "【待定", ""),
    # YAML
    "lists within lists": ("", "- ", "a"),
    "open lists": ("", "[", ""),
    "open mappings": ("", "{a: ", ""),
    "the same field": ("", "a: 1\n", ""),
    "wide colons": ("", "甲：\n", "a: [\n"),
    "anchors": ("", "- &a 1\n", ""),
    "tags of values": ("", "- !a 1\n", ""),
    "documents": ("", "---\n", ""),
    "a long number": ("a: ", "1", ""),
    "a long fraction": ("a: 1.", "0", "x"),
    "a long time": ("a: ", "1:", "1"),
    "quotes": ("a: '", "''", ""),
    "front matter without end": ("---\n", "a\n", ""),
    "dots": ("---\n", "...\n", ""),
}
"""Name → what stands before, what is repeated, what stands after."""


def text(name: str, times: int) -> str:
    before, unit, after = TEXTS[name]
    return f"{before}{unit * times}{after}"


def _zip(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as made:
        for name, raw in parts.items():
            made.writestr(name, raw)
    return written.getvalue()


def _word(body: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda times: _zip({"word/document.xml": document(body(times))})


def _sheet(times: int) -> bytes:
    cells = "<c t='s'><v>0</v></c>" * times
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet><row>{cells}</row></worksheet>".encode(),
        "xl/sharedStrings.xml": "<sst><si><t>甲</t></si></sst>".encode(),
    }
    return changed(sheet(), parts)


def _strings(times: int) -> bytes:
    return _zip({"xl/sharedStrings.xml": f"<sst>{'<si><t>甲</t></si>' * times}</sst>".encode()})


def _long_text(times: int) -> bytes:
    cells = "<c t='s'><v>0</v></c>" * times
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet><row>{cells}</row></worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst><si><t>{'甲' * times}</t></si></sst>".encode(),
    }
    return changed(sheet(), parts)


def _nested(times: int) -> bytes:
    return changed(
        word(), {f"word/embeddings/{n}.docx": b"PK\3\4" + b"x" * n for n in range(times)}
    )


OFFICE: dict[str, Callable[[int], bytes]] = {
    "runs": _word(lambda n: f"<w:p>{'<w:r><w:t>1</w:t></w:r>' * n}</w:p>"),
    "paragraphs": _word(lambda n: "<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * n),
    "empty elements": _word(lambda n: "<w:br/>" * n),
    "changes": _word(lambda n: "<w:ins w:author='x'/>" * n),
    "attributes": _word(lambda n: "<w:docPr descr='甲'/>" * n),
    "remarks": _word(lambda n: "<!-- 甲 -->" * n),
    "text": _word(lambda n: f"<w:p><w:t>{'甲 1' * n}</w:t></w:p>"),
    "parts": lambda n: _zip({f"word/{i}.xml": b"<a/>" for i in range(min(n, 4900))}),
    "broken files within": lambda n: _nested(min(n, 2000)),
    "cells": _sheet,
    "cells of one long text": _long_text,
    "shared texts": _strings,
    "elements that are not closed": _word(lambda n: "<w:a>" * n),
}

DRAWINGS: dict[str, Callable[[int], str]] = {
    "letters": lambda n: "<text>甲</text>" * n,
    "parts of a text": lambda n: f"<text>{'<tspan>1</tspan>' * n}</text>",
    "references": lambda n: "<use href='#a'/>" * n,
    "groups within groups": lambda n: "<g>" * n,
    "points": lambda n: f"<path d='{'M1 1' * n}'/>",
    "styles": lambda n: f"<style>{'a{fill:url(#a)}' * n}</style>",
    "open addresses": lambda n: f"<style>{'url(' * n}</style>",
    "a picture": lambda n: f"<image href='data:image/png;base64,{'QUJD' * n}'/>",
    "scripts": lambda n: "<script/>" * n,
}


def drawing(name: str, times: int) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{DRAWINGS[name](times)}</svg>'.encode()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


_PNG = b"\x89PNG\r\n\x1a\n"
PICTURES: dict[str, Callable[[int], bytes]] = {
    "segments": lambda n: b"\xff\xd8" + b"\xff\xfe\0\3a" * n,
    "fill bytes": lambda n: b"\xff\xd8" + b"\xff" * n,
    "marks of Exif": lambda n: b"\xff\xd8" + b"Exif\0\0II*\0" * n,
    "open fields": lambda n: b"\xff\xd8" + b"exif:Make>" * n,
    "open authors": lambda n: b"\xff\xd8" + b"<dc:creator><rdf:a><rdf:li>" * n,
    "texts": lambda n: _PNG + _chunk(b"tEXt", b"a\0b") * n,
    "packed texts": lambda n: _PNG + _chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * 9999)) * n,
    "profiles": lambda n: _PNG + b"\nexif\n 1\n" * n,
    "remarks": lambda n: b"GIF89a" + b"\x21\xfe\x01a\0" * n,
    "directories": lambda n: b"II*\0" + b"\x08\0\0\0" * n,
}


def pdf(objects: list[bytes]) -> bytes:
    """A PDF file of these objects; the first is its root."""
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(made),
    )
    return made + head + table + end


def _stream(raw: bytes, fields: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(raw), fields, raw)


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _page(content: bytes, *more: bytes) -> bytes:
    root = b"<</Type/Catalog/Pages 2 0 R>>"
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
    return pdf([root, pages, page, _stream(content), _FONT, *more])


PDFS: dict[str, Callable[[int], bytes]] = {
    "words": lambda n: _page(b"BT /F 9 Tf " + b"(1 ) Tj " * n + b"ET"),
    "texts": lambda n: _page(b"BT /F 9 Tf (a) Tj ET " * n),
    "states": lambda n: _page(b"q " * n),
    "objects": lambda n: _page(b"", *([b"(a)"] * n)),
    "arrays within arrays": lambda n: _page(b"", b"[" * min(n, 500) + b"]" * min(n, 500)),
    "a long array": lambda n: _page(b"", b"[" + b"(a) " * n + b"]"),
    "a packed stream": lambda n: _page(
        b"", _stream(zlib.compress(b"1 " * n), b"/Filter/FlateDecode")
    ),
    "ends": lambda n: _page(b"") + b"%%EOF\n" * n,
    "open authors": lambda n: _page(b"", _stream(b"<dc:creator><rdf:li" * n, b"/Type/Metadata")),
}


def forms(times: int, depth: int) -> bytes:
    """A PDF file of one page: it draws a form so many times, which draws another, to this depth."""
    root, font = b"<</Type/Catalog/Pages 2 0 R>>", _FONT
    pages = b"<</Type/Pages/Count 1/Kids[4 0 R]>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</D 6 0 R>>>>/Contents 5 0 R>>"
    text = _stream(
        b"BT /F 9 Tf (a) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 3 0 R>>>>",
    )
    within = [
        _stream(
            b"/D Do " * times,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</D %d 0 R>>>>"
            % (7 + n),
        )
        for n in range(depth - 1)
    ]
    return pdf([root, pages, font, page, _stream(b"/D Do " * times), *within, text])


def one_content(pages: int, words: int) -> bytes:
    """A PDF file of so many pages of one content, which has so many words."""
    root, font = b"<</Type/Catalog/Pages 2 0 R>>", _FONT
    kids = b"".join(b"%d 0 R " % (5 + n) for n in range(pages))
    tree = b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, kids)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R>>"
    content = _stream(b"BT /F 9 Tf " + b"(a) Tj " * words + b"ET")
    return pdf([root, tree, font, content, *([page] * pages)])
