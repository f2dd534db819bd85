"""What a reader clicks to print: beside the title of a page, and of each section printed alone."""

import re
from collections.abc import Iterable
from html import escape

from archive.places import address
from archive.press.plan import Job


def with_actions(html: str, page: str, jobs: Iterable[Job]) -> str:
    """The built page with the actions of its documents, and with what stands last on paper."""
    up = "../" * address(page).count("/")
    books: list[Job] = []
    for job in jobs:
        if job.book:
            books.append(job)
            continue
        name = re.escape(escape(job.section))
        heading = rf'<h([2-6]) id="{name}">.*?</h\1>' if job.section else r"<h1\b.*?</h1>"
        found = re.search(heading, html, re.S)
        if found:
            html = html[: found.end()] + _actions(job, up) + html[found.end() :]
        if not job.section:
            last = "".join(f"<p>{escape(line)}</p>" for line in job.document["end"])
            before, article, after = html.rpartition("</article>")
            html = f'{before}<div class="press-end" data-search-skip>{last}</div>{article}{after}'
    for job in books:
        links = _files(job, up, f"{job.document['title']}（成册）")
        line = f'<p class="press screen-only" data-search-skip>成册，有目录：{links}</p>'
        at = html.index("</p>", html.index('class="press')) + len("</p>")
        html = html[:at] + line + html[at:]
    return html


def _actions(job: Job, up: str) -> str:
    """打印 works with a script, and is shown by it; the files need none."""
    last = escape("\n".join(job.document["end"]))
    section = f' data-section="{escape(job.section)}" data-end="{last}"' if job.section else ""
    button = f'<button type="button" class="press-print" hidden{section}>打印</button>'
    links = _files(job, up, job.document["title"])
    return f'<p class="press screen-only" data-search-skip>{button}{links}</p>'


def _files(job: Job, up: str, title: str) -> str:
    named = escape(title)
    return f'<a href="{up}{job.file}.pdf" aria-label="{named} PDF">PDF</a>'
