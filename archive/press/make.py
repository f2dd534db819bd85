"""Make the files of documents: take them from the cache, or make them on all processors."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.press.codes import with_code
from archive.press.document import Document, formats
from archive.press.faces import Faces
from archive.press.pdf import Typesetter, UnprintableError
from archive.press.pictures import ready
from archive.press.plan import Job
from archive.press.print_cache import PrintCache
from archive.press.tree import pictures
from archive.press.word import docx

SERIAL_LIMIT = 8
"""Up to this many documents, one process is faster than starting others."""

Made = dict[str, bytes] | str
"""Suffix → content of the file, or the reason why the document cannot be set."""


class Maker:
    """Makes the files of documents as of a day.

    `root` is where pictures are addressed from, `folder` where they are put as they are printed.
    """

    def __init__(self, faces: Faces, root: Path, day: date, folder: Path) -> None:
        self.setter = Typesetter(faces, folder)
        self.faces, self.root, self.day, self.folder = faces, root, day, folder

    def made(self, document: Document) -> Made:
        """The files of a document, or the reason why it cannot be set."""
        try:
            if document["sheets"]:
                return self.setter.sheets(document, self.day)
            printed = with_code(ready(document, self.root, self.folder))
            pdf = self.setter.pdf(printed, self.day)
            return {"pdf": pdf, "docx": docx(printed, self.day, self.folder, self.faces)}
        except UnprintableError as error:
            return str(error)


def make(
    jobs: Sequence[Job], faces: Faces, root: Path, day: date, folder: Path
) -> list[tuple[Job, str]]:
    """Fill in `made` of each job, from the cache in `folder` where possible.

    Returns the jobs whose document cannot be set, each with the reason.
    """
    kept = PrintCache(folder, f"{faces.fingerprint} {day}")
    keys = {job.file: kept.key(job.document, _content(job.document, root)) for job in jobs}
    for job in jobs:
        found = {kind: kept.get(keys[job.file], kind) for kind in formats(job.document)}
        job.made = {kind: content for kind, content in found.items() if content}
    wanted = [job for job in jobs if len(job.made) < len(formats(job.document))]
    failed = []
    with TemporaryDirectory() as printed:
        results = _all_made(Maker(faces, root, day, Path(printed)), wanted) if wanted else ()
        for job, made in zip(wanted, results, strict=True):
            if isinstance(made, str):
                failed.append((job, made))
                continue
            job.made = made
            for kind, content in made.items():
                kept.put(keys[job.file], kind, content)
    kept.tidy()
    return failed


def _content(document: Document, root: Path) -> bytes:
    blocks = [block for part in document["parts"] for block in part["blocks"]]
    files = [picture["file"] for picture in pictures(blocks) if picture["file"]]
    return b"".join((root / file).read_bytes() for file in files)


_maker: Maker
"""The maker of a worker process, so that fonts are loaded once in each."""


def _all_made(maker: Maker, jobs: list[Job]) -> Iterable[Made]:
    documents = [job.document for job in jobs]
    if len(jobs) <= SERIAL_LIMIT:
        return map(maker.made, documents)
    return _in_parallel(maker, documents)


def _in_parallel(maker: Maker, documents: list[Document]) -> Iterator[Made]:
    # Not forked from this process: after Typst has run here, a fork would hang waiting for its threads.
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    workers = min(os.cpu_count() or 1, len(documents))
    fresh = (
        replace(maker.faces),
        maker.root,
        maker.day,
        maker.folder,
    )  # without the fonts loaded here, which cannot be pickled
    with ProcessPoolExecutor(workers, context, _begin, fresh) as pool:
        yield from pool.map(_made, documents, chunksize=2)


def _begin(faces: Faces, root: Path, day: date, folder: Path) -> None:
    global _maker
    _maker = Maker(faces, root, day, folder)


def _made(document: Document) -> Made:
    return _maker.made(document)
