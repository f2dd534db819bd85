"""Attachments that are nothing, and those that are too large."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfWriter

from archive.checks import attachments, leaks
from archive.files import bounds
from archive.leaks.whole import MAIN_PARTS, is_whole
from tests.samples.attachments import changed, point, sheet, word
from tests.samples.endless import for_ever
from tests.samples.sample import UNIT, problems

NOISE = Image.effect_noise((60, 40), 50).convert("RGB")
KINDS = {
    "JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "BMP": ".bmp", "TIFF": ".tif", "ICO": ".ico",
    "AVIF": ".avif",
}  # fmt: skip
SAID = "附件须有内容，现为{}；请重新导出、重新扫描，换下这个文件"
BROKEN = "打不开或者没有内容的文件"


def drawn(kind: str, picture: Image.Image = NOISE, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_goes_on_to_its_end(kind: str) -> None:
    raw, suffix = drawn(kind), KINDS[kind]
    assert is_whole(suffix, raw)
    assert is_whole(suffix, raw + b"\0")
    junk = (bytes(range(255, 0, -1)) * len(raw))[: len(raw) // 4]
    for spoilt in (raw[:12], raw[: len(raw) // 2], raw[:60] + junk, b"", b"\0" * 99):
        assert not is_whole(suffix, spoilt)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_sort_of_png(mode: str) -> None:
    grey = NOISE.convert("L") if mode in ("LA", "I;16") else NOISE
    raw = drawn("PNG", grey.convert(mode))
    assert is_whole(".png", raw)
    assert not is_whole(".png", raw[:60] + bytes([raw[60] ^ 1]) + raw[61:])


@pytest.mark.parametrize("options", [{"progressive": True}, {"quality": 95, "subsampling": 0}])
def test_every_sort_of_jpeg(options: dict[str, Any]) -> None:
    assert is_whole(".jpg", drawn("JPEG", **options))


def test_an_animation() -> None:
    frames = [NOISE, NOISE.rotate(90)]
    assert is_whole(".gif", drawn("GIF", NOISE, save_all=True, append_images=frames))
    assert is_whole(".webp", drawn("WEBP", NOISE, save_all=True, append_images=frames))


@pytest.mark.parametrize("suffix", MAIN_PARTS)
def test_an_office_file_has_its_main_part(suffix: str) -> None:
    for part, whole in ((MAIN_PARTS[suffix], True), ("other.xml", False)):
        written = io.BytesIO()
        with ZipFile(written, "w") as parts:
            parts.writestr(part, "<a/>")
        assert is_whole(suffix, written.getvalue()) == whole


def pageless() -> bytes:
    written = io.BytesIO()
    PdfWriter().write(written)
    return written.getvalue()


def test_what_the_check_says(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "a.jpg": b"", "b.csv": b"", "c.jpg": point("JPEG")[:20] + b"x" * 99, "d.png": point("PNG")[:-20],
        "e.pdf": pageless(), "f.docx": changed(word("甲"), {"word/document.xml": b""}), "g.txt": " \n",
        "h.jpg": point("JPEG"), "i.docx": word("甲"), "j.xlsx": sheet("甲"), "k.csv": "甲,1\n",
    }  # fmt: skip
    found = {"a.jpg": "空文件", "b.csv": "空文件"} | dict.fromkeys(("c.jpg", "d.png", "e.pdf", "f.docx", "g.txt"), BROKEN)  # fmt: skip
    changes = {f"docs/files/{name}": content for name, content in files.items()}
    expected = [f"docs/files/{name}:1: {SAID.format(what)}" for name, what in found.items()]
    assert problems(tmp_path, changes) == expected
    assert problems(tmp_path, changes) == expected  # from the cache


def test_how_large_an_attachment_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_MEGABYTE", 1_000)  # to search 20 MB takes its time
    files: dict[str, str | bytes | None] = {
        "docs/files/a.txt": b"1\n" * 10_000, "docs/files/b.txt": b"2\n" * 10_001,
    }  # fmt: skip
    rule = "附件须不超过 {} MB（data/unit.yml 的 largest_attachment，附件的上限），现有 0 MB；请压缩图片，或者拆成几个文件"
    assert problems(tmp_path, files) == [f"docs/files/b.txt:1: {rule.format(20)}"]
    for most, told in ((21, ""), (19, "ab")):
        unit = {"data/unit.yml": f"{UNIT}largest_attachment: {most}\n"}
        assert problems(tmp_path, {**files, **unit}) == [
            f"docs/files/{name}.txt:1: {rule.format(most)}" for name in told
        ]


def test_what_takes_a_minute_to_search_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in ({"MOST_SECONDS": 0.01}, {"USUAL_SECONDS": 0.01, "MOST_TOGETHER": 0.0}):
        with monkeypatch.context() as patched:
            for name, seconds in most.items():
                patched.setattr(bounds, name, seconds)
            patched.setattr(leaks, "_in_file", for_ever)
            found = problems(tmp_path, {"docs/files/a.txt": "文字"})
        assert found == [TOO_SLOW]


TOO_SLOW = (
    "docs/files/a.txt:1: 附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密），"
    "现有 没有按时读完的文件（一个一分钟，慢的合起来五分钟）；请删去或改正，确可公开的，在 data/allowed.yml 写明"
)
