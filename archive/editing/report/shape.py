"""What of the headings of a brought report a person should look at: none, two alike, one without a text."""

from collections import Counter
from itertools import pairwise

from archive.editing.report.brought import Block, Brought
from archive.editing.report.pages import top_level
from archive.files.excerpts import shorten


def doubts(brought: Brought) -> list[str]:
    """Return a sentence for each, with what to do; what is brought is right as it stands."""
    top = top_level(brought)
    if not top:
        return [
            "文件里没有标题，全文写成一页；要分成几部分的，请在 Word 里给各部分的题目设标题样式，再导入"
        ]
    headings = [one for one in brought.blocks if one.kind == "heading"]
    parts = Counter(
        one.text.removeprefix(one.number).strip() or one.text
        for one in headings
        if one.level == top
    )
    return [
        *(
            f"{number} 个部分的标题都是“{shorten(text)}”；请在文件里改成不同的，或者合成一部分，再导入"
            for text, number in parts.items()
            if number > 1
        ),
        *(
            f"标题“{shorten(one.text)}”下面没有文字；请在文件里补上文字，或者删去标题，再导入"
            for one, after in pairwise([*brought.blocks, None])
            if one is not None and _is_bare(one, after)
        ),
    ]


def _is_bare(one: Block, after: Block | None) -> bool:
    """Return whether a heading has neither a text nor a heading below it."""
    if one.kind != "heading":
        return False
    return after is None or (after.kind == "heading" and after.level <= one.level)
