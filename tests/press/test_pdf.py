"""Documents as PDF: every character there, whatever it means to a typesetter; the standards; the bytes."""

import io
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.high_level import extract_text, extract_text_to_fp
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import LIT

from archive.press.article import Article
from archive.press.document import Document, book, document, whole
from archive.press.faces import faces
from archive.press.pdf import Typesetter, UnprintableError
from archive.press.tree import Block, Cell
from tests.conftest import FROZEN
from tests.samples.frozen import HERE

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    found, problems = faces(HERE)
    assert problems == []
    return Typesetter(found, FROZEN / "docs")


def paragraph(words: str) -> Block:
    return {"kind": "paragraph", "runs": [{"text": words}]}


def of(*blocks: Block, title: str = "样例") -> Document:
    return document(Article(title, "", list(blocks)), "", [])


def seen(pdf: bytes) -> Counter[str]:
    """The characters of a PDF without its page numbers, spaces and joiners."""
    # Without an analysis of the layout: it takes minutes for a table of thousands of cells.
    with io.StringIO() as text:
        extract_text_to_fp(io.BytesIO(pdf), text, laparams=None)
        pages = text.getvalue().split("\f")[:-1]
    found = Counter(re.sub(r"[\s\u2060]", "", "".join(pages)))
    found.subtract("".join(f"—{number}—" for number in range(1, len(pages) + 1)))
    return +found


def spoken_texts(made: Document) -> Counter[str]:
    return Counter(re.sub(r"\s", "", whole(made)))


TYPST = "#let x = 1 $a^2$ *粗* _斜_ `码` <标签> @引用 \\u{4e00} // 注 /* */ = 题 - 项 + 项 / 词: 义 ~ -- --- ... \"引\" 'a' [b] {c} #emit()"
HTML = "<script>alert(1)</script> &amp; &#x4e00; <!-- --> ]]>"
JSON = '"}],"kind":"raw" \\n \\" \u2028'


@pytest.mark.parametrize(
    "words", [TYPST, HTML, JSON, "1,234.5 ％ ℃ ½ ① Ⅳ ㎡", "A" * 300, "喆堃祎𠮷龘"]
)
def test_text_is_printed_as_it_stands(setter: Typesetter, words: str) -> None:
    everywhere: list[Block] = [
        {"kind": "heading", "level": 1, "face": 1, "id": "", "runs": [{"text": words}]},
        paragraph(words),
        {"kind": "paragraph", "runs": [{"text": words, "face": "strong"}, {"text": "注", "note": [{"text": words}]}]},
        {"kind": "list", "ordered": False, "start": 1, "items": [[paragraph(words)]]},
        {"kind": "code", "text": words},
        {"kind": "quote", "blocks": [paragraph(words)]},
    ]  # fmt: skip
    made = document(Article(words, words, everywhere), words, [words])
    found = seen(setter.pdf(made, DAY))
    missing = {c for c in spoken_texts(made) if c not in found}
    assert missing == set()


_ALPHABET = "统计局文明创建单位，。、；：！？“”‘’（）《》—…·～0123456789,.-+%abcXYZ#$*_`@<>[]{}\\~^&=|/\"'喆堃"
_TEXTS = st.text(st.sampled_from(_ALPHABET), min_size=1, max_size=40)
_RUNS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"text": _TEXTS}),
        st.fixed_dictionaries({"text": _TEXTS, "face": st.sampled_from(["strong", "code", "sup", "sub", "lead"])}),
        st.fixed_dictionaries({"text": st.text(st.sampled_from(_ALPHABET), min_size=1, max_size=12), "keep": st.just(True)}),
        st.just({"text": "", "line": True}),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
_PARAGRAPHS = st.fixed_dictionaries({"kind": st.just("paragraph"), "runs": _RUNS})


def _listing(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {
            "kind": st.just("list"),
            "ordered": st.just(False),
            "start": st.just(1),
            "items": st.lists(st.lists(inside, min_size=1, max_size=2), min_size=1, max_size=2),
        }
    )


def _table(rows: list[list[list[Any]]]) -> Block:
    columns = max(len(row) for row in rows)
    body: list[list[Cell]] = [
        [
            {"runs": row[at] if at < len(row) else [], "head": False, "number": False, "across": 1, "down": 1}
            for at in range(columns)
        ]
        for row in rows
    ]  # fmt: skip
    return {
        "kind": "table",
        "head": [],
        "body": body,
        "widths": [1 / columns] * columns,
        "wide": False,
    }


_TABLES = st.lists(st.lists(_RUNS, min_size=1, max_size=4), min_size=1, max_size=3).map(_table)
_BLOCKS: st.SearchStrategy[Block] = st.recursive(
    st.one_of(_PARAGRAPHS, _TABLES),
    lambda inside: st.one_of(
        _listing(inside),
        st.fixed_dictionaries(
            {"kind": st.just("quote"), "blocks": st.lists(inside, min_size=1, max_size=2)}
        ),
    ),
    max_leaves=6,
)


@given(blocks=st.lists(_BLOCKS, min_size=1, max_size=4))
def test_no_character_is_lost(setter: Typesetter, blocks: list[Block]) -> None:
    made = of(*blocks)
    found, wanted = seen(setter.pdf(made, DAY)), spoken_texts(made)
    del found["·"], wanted["·"]  # it marks the items of a list
    assert found == wanted


def test_long_and_deep_things_are_set(setter: Typesetter) -> None:
    def cell(words: str) -> Cell:
        return {"runs": [{"text": words}], "head": False, "number": False, "across": 1, "down": 1}

    deep = paragraph("深")
    for _ in range(4):
        deep = {"kind": "list", "ordered": True, "start": 1, "items": [[deep]]}

    def table(rows: int, columns: int) -> Block:
        head, body = [cell("头")] * columns, [cell("文")] * columns
        widths = [1 / columns] * columns
        return {
            "kind": "table",
            "head": [head],
            "body": [body] * rows,
            "widths": widths,
            "wide": False,
        }

    broad: Block = {"kind": "across", "blocks": [table(60, 20)]}
    found = seen(setter.pdf(of(paragraph("统" * 10000), deep, table(2000, 2), broad), DAY))
    assert (found["统"], found["深"], found["文"]) == (10000, 1, 2 * 2000 + 20 * 60)
    assert found["续"] > 40  # the head and the mark again on each page of a table but its first
    assert 2 * found["续"] < found["头"] < 20 * found["续"]


def catalogue(pdf: bytes) -> dict[str, Any]:
    document_ = PDFDocument(PDFParser(io.BytesIO(pdf)))
    return {key: resolve1(value) for key, value in document_.catalog.items()}


def test_the_file_says_what_it_is(setter: Typesetter) -> None:
    heading: Block = {
        "kind": "heading",
        "level": 1,
        "face": 1,
        "id": "",
        "runs": [{"text": "一、甲"}],
    }
    pdf = setter.pdf(of(heading, paragraph("文"), title="请销假制度"), DAY)
    root = catalogue(pdf)
    assert root["Lang"] == b"zh-CN"
    assert root["MarkInfo"] == {"Marked": True, "Suspects": False}
    assert root["ViewerPreferences"] == {"DisplayDocTitle": True, "Direction": LIT("L2R")}
    metadata = root["Metadata"].get_data().decode()
    for said in (
        "请销假制度",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
        "2026-03-01",
    ):
        assert said in metadata
    assert resolve1(root["Outlines"])["Count"] == 1


def test_a_book_has_contents_with_the_pages(setter: Typesetter) -> None:
    def article(n: int) -> Article:
        heading: Block = {
            "kind": "heading",
            "level": 1,
            "face": 0,
            "id": "",
            "runs": [{"text": f"第{n}章"}],
        }
        return Article(f"制度{n}", "", [heading, paragraph("文" * 28 * 30)])

    made = book("汇编", [article(n) for n in (1, 2, 3)], 2, "演示", ["末行"])
    pages = extract_text(io.BytesIO(setter.pdf(made, DAY))).split("\f")
    listed = re.findall(r"(制度\d|第\d章)\s*[. ]+\s*(\d+)", pages[0])
    assert listed == [
        ("制度1", "2"), ("第1章", "2"), ("制度2", "4"), ("第2章", "4"), ("制度3", "6"), ("第3章", "6"),
    ]  # fmt: skip
    assert [page.count("演示") for page in pages if page] == [1] * 7
    assert ["制度2" in page for page in pages][3] is True


def test_what_cannot_be_set_is_said_and_no_file_is_made(setter: Typesetter) -> None:
    spoilt: Block = {
        "kind": "picture",
        "svg": "<svg",
        "file": "",
        "alt": "坏图",
        "width": 9,
        "height": 9,
    }
    with pytest.raises(UnprintableError):
        setter.pdf(of(spoilt), DAY)
    with pytest.raises(UnprintableError, match="font"):
        setter.pdf(of(paragraph("文👍")), DAY)


def test_a_picture_is_kept_with_its_words(setter: Typesetter) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="100" height="20"><text y="12" font-size="10">图中字</text></svg>'
    picture: Block = {
        "kind": "picture",
        "svg": svg,
        "file": "",
        "alt": "说明",
        "width": 100.0,
        "height": 50.0,
    }
    assert "图中字" in extract_text(io.BytesIO(setter.pdf(of(picture), DAY)))


def test_the_same_document_gives_the_same_bytes(setter: Typesetter) -> None:
    made = of(*[paragraph(f"第{n}段，内容。") for n in range(50)])
    first = setter.pdf(made, DAY)
    again = Typesetter(faces(HERE)[0], FROZEN / "docs")
    assert again.pdf(made, DAY) == first
    assert again.pdf(made, date(2026, 3, 2)) != first
