"""Attachments that are only a picture are listed for a person, and are no problem."""

import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from PIL import Image

from archive.commands.cli import main
from archive.facts.scans import scans
from archive.leaks.scans import pictures_only
from tests.samples.attachments import sheet, word
from tests.samples.sample import problems, read
from tests.samples.typeset import typeset


def picture(size: int = 300, form: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (size, size)).save(written, form)
    return written.getvalue()


def pdf(*pages: str) -> bytes:
    return typeset("\n#pagebreak()\n".join(pages))


def pictured(text: str) -> bytes:
    made, written = docx.Document(), io.BytesIO()
    made.core_properties.author = made.core_properties.comments = ""
    made.add_paragraph(text)
    made.add_picture(io.BytesIO(picture()))
    made.save(written)
    return written.getvalue()


SCAN = f"#image(bytes(({','.join(map(str, picture()))})))"


@pytest.mark.parametrize(
    ("suffix", "raw", "places"),
    [
        (".png", picture(), [""]),
        (".jpg", picture(form="JPEG"), [""]),
        (".png", picture(16), []),
        (".heic", b"\0\0\0\x18ftypheic", [""]),
        (".mp4", b"\0\0\0\x18ftypisom", [""]),
        (".svg", b"<svg><image href='data:'/></svg>", [""]),
        (".svg", b"<svg><path/></svg>", []),
        (".pdf", pdf("a"), []),
        (".pdf", pdf(SCAN, "a", f"a {SCAN}", SCAN), ["第 1 页", "第 4 页"]),
        (".pdf", b"%PDF-", []),
        (".docx", pictured("附件一"), [""]),
        (".docx", pictured("示例市统计局关于开展文明单位创建工作的通知，" * 5), []),
        (".docx", word("甲"), []),
        (".xlsx", sheet("甲"), []),
        (".docx", b"PK", []),
        (".txt", "甲".encode(), []),
    ],
)  # fmt: skip
def test_what_only_a_person_can_read(suffix: str, raw: bytes, places: list[str]) -> None:
    assert [one.place for one in pictures_only(suffix, raw)] == places


FILES: dict[str, str | bytes | None] = {"docs/a.jpg": picture(form="JPEG"), "docs/files/b.PDF": pdf(SCAN, "a", SCAN), "docs/.c.png": picture(), "docs/d.txt": "甲"}  # fmt: skip


def test_they_are_listed_and_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {**FILES}) == []
    expected = {"docs/a.jpg": "", "docs/files/b.PDF": "第 1 页、第 3 页"}
    for _ in ("made", "kept"):
        assert scans(read(tmp_path, {**FILES}).archive.project) == expected


def test_the_check_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path, {**FILES})
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["check", "--as-of", "2026-03-01"])
    assert (ran.exit_code, ran.stderr) == (
        0,
        "只有图、程序读不了字的附件 2 个，请人看：\n"
        "  docs/a.jpg\n  docs/files/b.PDF（第 1 页、第 3 页）\n没有问题。\n",
    )
    ran = CliRunner().invoke(main, ["check", "--as-of", "2026-03-01", "--format", "github"])
    assert ran.stdout == (
        "::notice file=docs/a.jpg,line=1::只有图、程序读不了字的附件，请人看\n"
        "::notice file=docs/files/b.PDF,line=1::只有图、程序读不了字的附件（第 1 页、第 3 页），请人看\n"
    )
