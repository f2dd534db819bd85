"""The fonts of headings: each level has that of most headings on it, as its style."""

from collections import Counter
from collections.abc import Iterable, Mapping

from docx.document import Document

from archive.press.document import Part
from archive.press.tree import walk
from archive.press.word.text import fonts

FACES = ("黑体", "黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312")
"""GB/T 9704—2012, 7.3.3: the font of a heading, by its `face` in the tree."""
LEVELS = 9
"""Of headings, in Word."""


def common_fonts(parts: Iterable[Part], above: int) -> dict[int, str]:
    """Level → font; `above` is how many levels stand above the headings in the parts."""
    used: dict[int, Counter[str]] = {}
    for part in parts:
        for block in walk(part["blocks"]):
            if block["kind"] == "heading":
                level = min(block["level"] + above, LEVELS)
                used.setdefault(level, Counter())[FACES[block["face"]]] += 1
    return {level: count.most_common(1)[0][0] for level, count in used.items()}


def set_fonts(document: Document, levels: Mapping[int, str]) -> None:
    """Give the styles of headings their fonts."""
    for level, font in levels.items():
        looks = document.styles[f"Heading {level}"].element.get_or_add_rPr()
        looks[:] = [fonts(font)]
