"""The finds of a report as a page of the preview, so that a person sees each in its place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from archive.editing.report.deciding import says_now
from archive.editing.report.review import Item, Review, review_of_pages
from archive.facts.site import Site

_SHOWN = (
    "id", "name", "meaning", "unit", "source", "office", "title", "recipient", "level", "body", "date",
)  # fmt: skip
"""What is told of a find, as far as it is known."""
_STYLE = """
body { margin: 2em auto; max-width: 60em; padding: 0 1em; font: 16px/1.8 sans-serif; color: #222; }
mark { padding: 0 .15em; color: inherit; }
.yes { background: #dff0d8; } .none { background: #e7e6e6; } .later { background: #ffe08a; }
ol { margin: .2em 0 1.2em; padding-left: 2em; font-size: 14px; color: #444; }
"""


def review_page(site: Site, report: str) -> str | None:
    """Return the page of a report, or with no id that of all; None if there is none of it."""
    if not report:
        listed = [id_ for id_, one in site.archive.reports.items() if one.brought]
        links = "".join(
            f'<li><a href="{escape(id_)}">{escape(site.archive.reports[id_].title)}</a></li>'
            for id_ in listed
        )
        said = f"<ul>{links}</ul>" if listed else "<p>还没有由文件导入的报告。</p>"
        return _page("核对由文件导入的报告", said)
    review = review_of_pages(site, report)
    if review is None:
        return None
    return _page(f"核对：{site.archive.reports[report].title}", "".join(_body(review)))


def _body(review: Review) -> Iterator[str]:
    counted = Counter(_state(one)[1] for one in review.items)
    yield f"<p>{'，'.join(f'{what} {number} 处' for what, number in counted.items()) or '没有找到数和名称'}。"
    yield "黄的还没有确认，要填核对表（.venv/bin/archive report import 的 --sheet）；灰的照写，不登记。</p>"
    items: dict[int, list[Item]] = {}
    for one in review.items:
        items.setdefault(one.find.text, []).append(one)
    number = 0
    for title, group in groupby(enumerate(review.titles), key=lambda pair: pair[1]):
        yield f"<h2>{escape(title)}</h2>"
        for at, _ in group:
            there = items.get(at, [])
            if review.texts[at] == title and not there:
                continue  # its own heading
            yield f"<p>{_marked(review.texts[at], there, number)}</p>"
            if there:
                yield f'<ol start="{number + 1}">{"".join(map(_line, there))}</ol>'
            number += len(there)


def _marked(text: str, items: Sequence[Item], number: int) -> str:
    """The text with what is found in it marked and numbered."""
    made, last = "", 0
    for at, one in enumerate(items, number + 1):
        start, end = one.find.start, one.find.end
        if start >= last:
            shown = escape(text[start:end])
            made += f'{escape(text[last:start])}<mark class="{_state(one)[0]}">{shown}</mark><sup>{at}</sup>'
            last = end
    return (made + escape(text[last:])).replace("\n", "<br>")


def _line(item: Item) -> str:
    """What there is of a find: what is decided, of what it is, and what is missing."""
    said = says_now(item)
    known = (said.get(name) for name in _SHOWN)
    parts = [_state(item)[1], *dict.fromkeys(one for one in known if one)]
    missing = f"；尚缺：{item.missing}" if item.missing else ""
    return f"<li>{escape('，'.join(parts) + missing)}</li>"


def _state(item: Item) -> tuple[str, str]:
    """How a find is marked, and what is decided of it."""
    confirmed = says_now(item)["confirmed"]
    if confirmed is None:
        return "later", "还没有确认"
    return ("none" if item.typed else "yes"), confirmed


def _page(heading: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(heading)}</title><style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{escape(heading)}</h1>{body}</main></body>\n</html>\n"
    )
