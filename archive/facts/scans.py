"""Attachments that are only pictures, listed for the person who reviews."""

from collections.abc import Collection, Mapping
from functools import partial

from archive.facts.project import Project
from archive.files.bounds import MAX_ATTACHMENT
from archive.leaks.files import PAGE
from archive.leaks.leak import FileLeak
from archive.leaks.scans import pictures_only
from archive.leaks.searched import SearchCache

SCANS = "只有图、程序读不了字的附件"
"""What they are called where they are listed."""


def scans(project: Project) -> Mapping[str, str]:
    """Return the files of docs/ that show pictures without text, from the root → on which pages.

    The pages are named as in 第 1 页、第 3 页; the text is empty where it is the whole file.
    """
    searched = SearchCache(project.cache("searched"), ())
    found: dict[str, str] = {}
    for inside, path in project.docs_files().files.items():
        if path.suffix == PAGE:
            continue
        if path.stat().st_size > MAX_ATTACHMENT:
            continue
        suffix = path.suffix.lower()
        leaks = searched.found(f"scan {suffix}", path.read_bytes(), partial(_in, suffix))
        if leaks:
            found[f"docs/{inside}"] = "、".join(leak.place for leak in leaks)
    searched.save()
    return found


def _in(suffix: str, raw: bytes, _: Collection[str]) -> list[FileLeak]:
    return pictures_only(suffix, raw)
