"""The control that prints, beside the title of a page and of each section printed alone."""

import re
from collections.abc import Iterable
from html import escape

import lxml.html

from archive.files.addresses import address
from archive.files.cache import Cache
from archive.press.codes import Codes, packed, svg
from archive.press.document import formats, last_lies_across
from archive.press.inline import Inline
from archive.press.plan import Job
from archive.press.table import table

_LABELS = {"docx": "Word", "png": "PNG"}
_SCROLLING = re.compile(r'<div class="scroll"(?=[^>]*>(<table\b.*?</table>))', re.S)


def with_actions(
    html: str, page: str, jobs: Iterable[Job], codes: Codes, kept: Cache | None = None
) -> str:
    """The HTML of the built page with print links for its documents and the closing lines of the print.

    Whether a table lies across is taken from `kept` (`kept_articles`) if it was asked before.
    """
    up = "../" * address(page).count("/")
    jobs = list(jobs)
    books = "".join(_book(job, up) for job in jobs if job.book)
    for job in jobs:
        if job.book:
            continue
        if job.section:
            id_ = re.escape(escape(job.section))
            heading = re.search(rf'<(h[2-6])( id="{id_}">.*?</\1>)', html, re.S)
            if heading:
                led = f'<{heading[1]} class="pressed"{heading[2]}{_actions(job, up, codes)}'
                html = html[: heading.start()] + led + html[heading.end() :]
        else:
            html = _laid_across(_lined(html, job.document["lines"]), kept)
            html = html.replace("</h1>", f"</h1>{_actions(job, up, codes, books)}", 1)
            if job.document["sheets"]:
                continue  # the sheet says itself where it is from
            last = "".join(f"<p>{escape(line)}</p>" for line in job.document["end"])
            code = _code(job, codes)
            led = "press-end press-coded" if code else "press-end"
            if last_lies_across(job.document):
                led += " wide"  # there is room on that page
            end = f'<div class="{led}" data-search-skip>{code}{last}</div>'
            before, article, after = html.rpartition("</article>")
            html = before + end + article + after
    return html


def _lined(html: str, lines: list[str]) -> str:
    """The page with its title split into the lines it has in print; a screen wraps it as usual."""
    if len(lines) < 2:
        return html
    title = re.compile(rf"(<h1[^>]*>){_loosely(lines)}(?=<)")
    spans = "".join(f'<span class="title-line">{escape(line)}</span>' for line in lines)
    return title.sub(lambda found: found[1] + spans, html, count=1)


def _laid_across(html: str, kept: Cache | None) -> str:
    """The page, with the class `wide` on each table that is printed on a turned page."""

    def is_wide(source: str) -> bool:
        return table(lxml.html.fragment_fromstring(source), Inline({}).text)["wide"]

    def marked(found: re.Match[str]) -> str:
        known = kept and kept.made(kept.key(found[1].encode()), lambda: is_wide(found[1]))
        wide = is_wide(found[1]) if known is None else known
        return '<div class="scroll wide"' if wide else found[0]

    return _SCROLLING.sub(marked, html)


def _loosely(lines: list[str]) -> str:
    """A pattern for the title in the page's HTML: a space may stand where a line ends."""
    return r"\s*".join(re.escape(escape(line, quote=False)) for line in lines)


def _code(job: Job, codes: Codes) -> str:
    """The code of where a document is printed from, drawn; empty if that is not known."""
    address = job.document["address"]
    code = codes.of(address) if address else []
    return svg(code, address) if code else ""


def _section(job: Job, codes: Codes) -> str:
    """What the script that prints a section is told of it: its id, the closing lines, its code as bits.

    The first of the lines is the page's, with the section behind the address: the script makes it.
    """
    told = f' data-section="{escape(job.section)}"'
    if last := "\n".join(job.document["end"][1:]):
        told += f' data-end="{escape(last)}"'
    address = job.document["address"]
    code = codes.of(address) if address else []
    return f'{told} data-code="{packed(code)}"' if code else told


def _actions(job: Job, up: str, codes: Codes, books: str = "") -> str:
    """The control beside a title: opened, it prints, and leads to the files; a script adds how to cite."""
    title = job.document["title"]
    section = _section(job, codes) if job.section else ""
    button = f'<button type="button" class="press-print" hidden{section}>打印</button>'
    return (
        '<details class="press screen-only" data-search-skip>'
        f'<summary aria-label="打印、引用：{escape(title)}"><span>打印、引用</span></summary>'
        f'<div class="press-menu">{button}{_files(job, up, title)}{books}</div></details>'
    )


def _files(job: Job, up: str, title: str, of: str = "") -> str:
    named = escape(title)
    pdf = f'<a href="{up}{job.file}.pdf" download="{named}.pdf" aria-label="{named} {of}PDF">{of}PDF</a>'
    other = next(kind for kind in formats(job.document) if kind != "pdf")
    label = _LABELS[other]
    return (
        f'{pdf}<a href="{up}{job.file}.{other}" download="{named}.{other}"'
        f' aria-label="{named} {of}{label}">{of}{label}</a>'
    )


def _book(job: Job, up: str) -> str:
    return _files(job, up, f"{job.document['title']}（成册）", "成册，有目录 ")
