"""From the built site to what is printed: each article as a tree of blocks, set as PDF and Word."""

from itertools import groupby
from pathlib import Path

from archive.places import address
from archive.press.actions import with_actions
from archive.press.faces import faces
from archive.press.make import make
from archive.press.plan import Imprint, plan, unprintable
from archive.site import Site
from archive.source import Problem


def press(site: Site, out: Path, name: str) -> list[Problem]:
    """Write the print files of the built site `out`, called `name`, and lead to them from its pages.

    A missing face, character or picture, and whatever else cannot be set, is a problem; then the
    site is not to be used.
    """
    project = site.archive.project
    found, problems = faces(project.root)
    if problems:
        return problems
    jobs = plan(site, out, Imprint(name, project.as_of, _banner(site)))
    problems = unprintable(site, jobs, found, out)
    if problems:
        return problems
    failed = make(jobs, found, out, project.as_of, project.root / ".cache" / "press")
    if failed:
        return [
            Problem(f"docs/{job.page}", 1, f"须能排成版面，现在排不成：{why}")
            for job, why in failed
        ]
    for job in jobs:
        for kind, content in job.made.items():
            path = out / f"{job.file}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for page, of_page in groupby(sorted(jobs, key=lambda job: job.page), lambda job: job.page):
        file = out / address(page) / "index.html"
        file.write_text(with_actions(file.read_text("utf-8"), page, of_page), "utf-8")
    return []


def _banner(site: Site) -> str:
    return "演示：人员、数字和事项均为虚构" if site.archive.demonstration else ""
