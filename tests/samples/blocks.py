"""Blocks of a document for print, and how to read the file made of them."""

from datetime import date
from typing import Any, cast

from hypothesis import strategies as st

from archive.press.document import Document, Part
from archive.press.tree import Block, Cell, Run

DAY = date(2026, 6, 30)
BAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="9" height="9"/></svg>'
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4"
    "890000000b49444154789c636800020005050201ac53223a0000000049454e44"
    "ae426082"
)


def runs(*texts: str | Run) -> list[Run]:
    return [Run(text=one) if isinstance(one, str) else one for one in texts]


def paragraph(*texts: str | Run) -> Block:
    return {"kind": "paragraph", "runs": runs(*texts)}


def heading(level: int, face: int, words: str) -> Block:
    return {"kind": "heading", "level": level, "face": face, "id": "", "runs": runs(words)}


def cell(
    words: str, head: bool = False, number: bool = False, across: int = 1, down: int = 1
) -> Cell:
    return Cell(runs=runs(words), head=head, number=number, across=across, down=down)


def listing(ordered: bool, *items: list[Block], start: int = 1) -> Block:
    return {"kind": "list", "ordered": ordered, "start": start, "items": list(items)}


TABLE: Block = {
    "kind": "table",
    "head": [[cell("年份", True), cell("活动（次）", True, True), cell("备注", True)]],
    "body": [
        [cell("一组", True, across=3)],
        [cell("2024年", True, down=2), cell("12", number=True), cell("甲")],
        [cell("3", number=True, across=2)],
    ],
    "widths": [0.5, 0.25, 0.25],
    "wide": False,
}
EVERYTHING: list[Block] = [
    {"kind": "paragraph", "runs": runs("示范文本（待审定）"), "style": "mark"},
    {"kind": "paragraph", "runs": runs("文号：待补"), "style": "facts"},
    heading(1, 0, "第一章 总则"),
    heading(2, 1, "一、黑体"),
    heading(3, 2, "（一）楷体"),
    heading(3, 3, "1.仿宋"),
    paragraph(
        Run(text="第一条", face="lead"),
        "　服务",
        Run(text="1234小时", keep=True),
        Run(text="强调", face="strong"),
        Run(text="", note=runs("脚注<一>", Run(text="", line=True), "又一行")),
        "a" * 3 + "\tb",
        Run(text="", line=True),
        "H",
        Run(text="2", face="sub"),
        Run(text="3", face="sup"),
        Run(text="x = 1", face="code"),
    ),
    listing(
        True,
        [paragraph("甲"), listing(False, [paragraph("乙"), listing(True, [paragraph("丙")])])],
        [paragraph("丁"), paragraph("丁续")],
        start=3,
    ),
    {"kind": "quote", "blocks": [paragraph("引文"), listing(False, [paragraph("引文中")])]},
    {"kind": "code", "text": "if x:\n\t  y - 1"},
    paragraph("如图："),
    {
        "kind": "picture",
        "svg": BAR,
        "file": "",
        "alt": "柱形图：甲 9",
        "width": 100.0,
        "height": 50.0,
    },
    {"kind": "across", "blocks": [heading(2, 1, "二、横排"), TABLE]},
    paragraph("末段"),
]


def part(blocks: list[Block], title: str = "样例", source: str = "") -> Part:
    return {"title": title, "lines": [title], "source": source, "blocks": blocks}


def document(*parts: Part, **changes: Any) -> Document:
    first = parts[0]
    made: Any = {
        "title": first["title"],
        "lines": first["lines"],
        "banner": "",
        "parts": list(parts),
        "end": [],
        "contents": 0,
        "address": "",
        "sheets": [],
        "code": None,
        **changes,
    }
    return cast(Document, made)


_WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff")
)
_SPECIAL = st.sampled_from(
    ["<w:t>", "&amp;", "]]>", "\t", "\r", "\u202eשלום", "👩\u200d💻", "喆", "  "]
)
_TEXT = st.lists(_WORDS | _SPECIAL, max_size=3).map("".join)
_RUN: st.SearchStrategy[Any] = st.one_of(
    st.fixed_dictionaries(
        {"text": _TEXT},
        optional={
            "face": st.sampled_from(["strong", "code", "sup", "sub", "lead"]),
            "keep": st.just(True),
        },
    ),
    st.just({"text": "", "line": True}),
    st.fixed_dictionaries({"text": st.just(""), "note": _TEXT.map(lambda one: [{"text": one}])}),
)
_RUNS = st.lists(_RUN, max_size=4)
_CELLS = st.lists(
    st.lists(
        st.fixed_dictionaries(
            {
                "runs": _RUNS,
                "head": st.booleans(),
                "number": st.booleans(),
                "across": st.integers(1, 3),
                "down": st.integers(1, 3),
            }
        ),
        max_size=4,
    ),
    max_size=4,
)


def _containers(blocks: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(
            lambda ordered, items, start: listing(ordered, *items, start=start),
            st.booleans(),
            st.lists(blocks, max_size=3),
            st.integers(0, 10**12),
        ),
        st.builds(
            lambda kind, inside: {"kind": kind, "blocks": inside},
            st.sampled_from(["quote", "across"]),
            blocks,
        ),
    ).map(lambda block: [block])


BLOCKS: st.SearchStrategy[list[Block]] = st.recursive(
    st.lists(
        st.one_of(
            st.builds(lambda inside: {"kind": "paragraph", "runs": inside}, _RUNS),
            st.builds(
                lambda level, face, words: heading(level, face, words),
                st.integers(1, 12),
                st.integers(0, 4),
                _TEXT,
            ),
            st.builds(lambda words: {"kind": "code", "text": words}, _TEXT),
            st.builds(
                lambda head, body, widths: {
                    "kind": "table",
                    "head": head,
                    "body": body,
                    "widths": widths,
                    "wide": False,
                },
                _CELLS,
                _CELLS,
                st.lists(st.floats(0, 1), max_size=5),
            ),
        ),
        max_size=4,
    ),
    lambda blocks: st.lists(_containers(blocks), max_size=3).map(
        lambda found: [one for each in found for one in each]
    ),
    max_leaves=8,
)
"""Any blocks."""
