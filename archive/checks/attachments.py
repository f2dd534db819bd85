"""Rules for the files that are attached: each holds something, and is not too large."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from archive.checks.pictures import refused_pictures
from archive.facts.site import Site
from archive.files.bounds import MAX_ATTACHMENT, megabytes
from archive.files.own_files import OWN_FILES
from archive.files.yaml import Problem
from archive.leaks.files import PAGE, READERS
from archive.leaks.leak import FileLeak
from archive.leaks.searched import SearchCache
from archive.leaks.whole import is_whole
from archive.schema.unit import USUAL_LARGEST

_MEGABYTE = 1_000_000


def attachments_hold_something(site: Site) -> Iterator[Problem]:
    """No attachment is empty, cut off, damaged, without pages or without its main part.

    Of one that a page shows as a picture, this is told where the page shows it.
    """
    elsewhere = refused_pictures(site)
    searched = SearchCache(site.archive.project.cache("whole"), ())
    for name, path in _attachments(site):
        suffix, size = path.suffix.lower(), path.stat().st_size
        if suffix not in READERS or size > MAX_ATTACHMENT:  # told with what is searched for
            continue
        if name.removeprefix("docs/") in elsewhere:
            continue
        if searched.found(suffix, path.read_bytes(), partial(_faults, suffix)):
            found = "打不开或者没有内容的文件" if size else "空文件"
            message = f"附件须有内容，现为{found}；请重新导出、重新扫描，换下这个文件"
            yield Problem(name, 1, message)
    searched.save()


def attachments_are_not_too_large(site: Site) -> Iterator[Problem]:
    """No attachment is larger than the bureau allows."""
    unit = site.archive.unit
    most = (unit.largest_attachment if unit else None) or USUAL_LARGEST
    for name, path in _attachments(site):
        size = path.stat().st_size
        if most * _MEGABYTE < size <= MAX_ATTACHMENT:
            rule = f"附件须不超过 {most} MB（data/unit.yml 的 largest_attachment，附件的上限）"
            yield Problem(name, 1, f"{rule}，现有 {megabytes(size)}；请压缩图片，或者拆成几个文件")


def _attachments(site: Site) -> Iterator[tuple[str, Path]]:
    for inside, path in site.archive.docs.items():
        if path.suffix != PAGE and path != OWN_FILES.get(inside):
            yield f"docs/{inside}", path


def _faults(suffix: str, raw: bytes, _: object) -> list[FileLeak]:
    return [] if is_whole(suffix, raw) else [FileLeak("无法检查", "")]
