"""What a built site holds, as files."""

from datetime import date
from pathlib import Path

from archive.facts.project import Project
from archive.press import make_deferred
from tests.conftest import archive_of

PLACE = Project(Path("/build/place"), Path("/build/place/data"), date(2026, 6, 30))
"""A project that is nowhere, for what needs its paths alone."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(article: str, head: str = "", around: str = "") -> str:
    """A page as it is built, with the article, and more of the head and around the article."""
    return (
        f'<!doctype html><html><head><title>x</title>{head}</head><body>{around}<article class="md-content__inner'
        f' md-typeset">{article}</article></body></html>'
    )


def print_file(site: Path, data: Path, name: str) -> Path:
    """A print file of the real or the demonstration site, made where nobody asked for it before."""
    file = site / "print" / f"{name}.pdf"
    if not file.stat().st_size:
        assert make_deferred(archive_of(data), file) == []
    return file
