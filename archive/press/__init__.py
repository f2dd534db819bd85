"""From the built site to what is printed: each article as a tree of blocks, set as PDF and Word.

In: pages of the built site. Out: print files beside them, and the buttons that lead there. `build` and
`commands` may use it.
"""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from archive.facts.project import WAITING, Project
from archive.facts.site import Site
from archive.files.addresses import address
from archive.files.storing import replace_file
from archive.files.yaml import Problem
from archive.press.actions import with_actions
from archive.press.codes import Codes
from archive.press.document import formats
from archive.press.faces import Faces, faces
from archive.press.make import make
from archive.press.plan import Job, PrintFooter, find_unprintable, kept_articles, plan, plan_page


def press(site: Site, out: Path, name: str, at_once: bool = True) -> list[Problem]:
    """Write the print files of the built site `out`, called `name`, and link its pages to them.

    Unless `at_once`, the files stay empty until `late` makes them.

    Returns a problem for each missing font, character or picture, and for each document that cannot
    be set; with problems the site must not be used.
    """
    project = site.archive.project
    found, problems = faces(project)
    if problems:
        return problems
    kept = kept_articles(project)
    jobs = plan(site, out, _footer(site, name), kept)
    problems = find_unprintable(site, jobs, found, out)
    if problems:
        return problems
    if at_once:
        problems = _made(project, jobs, found, out)
    else:
        waiting = [{"page": job.page, "file": job.file, "document": job.document} for job in jobs]
        (out / WAITING).write_text(json.dumps(waiting), "utf-8")
    if problems:
        return problems
    _write(jobs, out)
    codes = Codes(project.cache("codes"))
    for page, of_page in groupby(sorted(jobs, key=lambda job: job.page), lambda job: job.page):
        file = out / address(page) / "index.html"
        file.write_text(with_actions(file.read_text("utf-8"), page, of_page, codes, kept), "utf-8")
    codes.save()
    kept.save()
    return []


def with_print_links(site: Site, page: str, html: bytes, name: str) -> bytes:
    """One page as `press` leaves it, of the page that was built as `html`; no print file is made."""
    jobs = plan_page(site, page, html, _footer(site, name))
    if not jobs:
        return html
    codes = Codes(site.archive.project.cache("codes"))
    return with_actions(html.decode(), page, jobs, codes).encode()


def _footer(site: Site, name: str) -> PrintFooter:
    return PrintFooter(name, site.archive.project.as_of, site.paper_mark, site.web_address)


def make_deferred(project: Project, file: Path) -> list[Problem]:
    """Make the print file `file`, empty until now, and the other formats of the same document.

    Returns a problem if the document cannot be set; does nothing where no files are outstanding.
    """
    out = next((folder for folder in file.parents if (folder / WAITING).is_file()), None)
    if not out:
        return []
    waiting = json.loads((out / WAITING).read_text("utf-8"))
    named = file.relative_to(out).with_suffix("").as_posix()
    wanted = [Job(**job, section="") for job in waiting if job["file"] == named]
    found, problems = faces(project)
    problems = problems or _made(project, wanted, found, out)
    if not problems:
        _write(wanted, out)
    return problems


def _made(project: Project, jobs: Sequence[Job], found: Faces, out: Path) -> list[Problem]:
    """Make the files of the jobs in memory; returns a problem for each document that cannot be set."""
    kept = project.cache("press")
    return [
        Problem(f"docs/{job.page}", 1, f"须能排成版面，现在排不成：{why}；请把这一页交维护人员")
        for job, why in make(jobs, found, out, project.as_of, kept)
    ]


def _write(jobs: Sequence[Job], out: Path) -> None:
    """Write the files of the jobs into `out`; a file that is not made yet is written empty."""
    for job in jobs:
        for kind in formats(job.document):
            # Replaced in one step: the preview server may be sending the old file right now.
            replace_file(out / f"{job.file}.{kind}", job.made.get(kind, b""), lasting=False)
