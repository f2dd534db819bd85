"""The codes of printed addresses: what they say, how large they are, and that a camera reads them."""

import base64
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.press.codes import (
    LEAST,
    LONGEST,
    QUIET,
    USUAL,
    Codes,
    encoded,
    modules,
    packed,
    side,
    svg,
    with_code,
)
from archive.press.document import Document
from archive.press.faces import faces
from archive.press.pdf import Typesetter
from archive.press.word import docx
from tests.samples import scanned
from tests.samples.blocks import DAY, document, paragraph, part
from tests.samples.frozen import HERE
from tests.samples.libreoffice import convert

HOME = "https://wenming.example/档案/"
CHINESE = f"{HOME}report/part-1/#（一）统筹"
LONG = "https://wenming.example/" + "制度" * 30
WRITTEN = "https://wenming.example/%E6%A1%A3%E6%A1%88/report/part-1/"


def printed(address: str) -> Document:
    line = f"打印自样例档案：{address}，以2026年3月1日的资料为准。"
    return with_code(
        document(part([paragraph("正文。")]), end=[line, "初步：甲。"], address=address)
    )


def pdf(address: str) -> bytes:
    return Typesetter(faces(HERE)[0], Path()).pdf(printed(address), DAY)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (HOME, "https://wenming.example/%E6%A1%A3%E6%A1%88/"),
        ("http://10.1.2.3:8080/a/#b", "http://10.1.2.3:8080/a/#b"),
        ("https://例.example/", "https://xn--fsq.example/"),
        ("https://wenming.example/#100%", "https://wenming.example/#100%25"),
    ],
)
def test_a_code_says_the_address_as_a_browser_sends_it(address: str, sent: str) -> None:
    assert encoded(address) == sent


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_every_part_of_an_address_comes_back_as_it_was(words: str) -> None:
    there = encoded(f"https://wenming.example/a/#{words}")
    assert there.isascii()
    assert unquote(there) == (
        f"https://wenming.example/a/#{words}" if words else "https://wenming.example/a/"
    )


@pytest.mark.parametrize("address", [HOME, CHINESE, LONG])
def test_a_code_is_large_enough_and_has_its_quiet_zone(address: str) -> None:
    code = modules(address)
    assert side(code) >= USUAL
    assert side(code) / (len(code) + 2 * QUIET) >= LEAST
    assert segno.make(encoded(address), error="m", micro=False).error in "MQH"
    rows, columns = drawn(svg(code, address))
    assert (min(rows), min(columns)) == (QUIET, QUIET)
    assert (max(rows), max(columns)) == (QUIET + len(code) - 1,) * 2


def drawn(made: str) -> tuple[list[int], list[int]]:
    """The rows and columns of the dark modules of a code that is drawn as strokes."""
    (path,) = re.findall(r' d="([^"]+)"', made)
    rows: list[int] = []
    columns: list[int] = []
    at = row = 0
    for move, x, y, length in re.findall(r"([Mm])(\d+) (\d+(?:\.5)?)h(\d+)", path):
        at, row = (int(x), int(float(y))) if move == "M" else (at + int(x), row)
        rows += [row] * int(length)
        columns += range(at, at + int(length))
        at += int(length)
    return rows, columns


def test_what_is_drawn_is_what_a_script_is_told() -> None:
    code = modules(CHINESE)
    rows, columns = drawn(svg(code, CHINESE))
    there = {(row - QUIET, column - QUIET) for row, column in zip(rows, columns, strict=True)}
    wide, bits = packed(code).split(" ")
    raw = base64.b64decode(bits)
    told = {divmod(at, int(wide)) for at in range(int(wide) ** 2) if raw[at // 8] & (128 >> at % 8)}
    assert told == there
    assert len(there) == sum(map(sum, code))


@pytest.mark.parametrize("address", [HOME, CHINESE, LONG, "http://10.1.2.3:8080/"])
def test_a_camera_reads_it_on_paper(address: str) -> None:
    made = pdf(address)
    assert scanned.codes(made) == [[encoded(address)]]
    assert pdf(address) == made


def test_who_does_not_see_it_is_told_the_address() -> None:
    read = pypdf.PdfReader(io.BytesIO(pdf(CHINESE)))
    size: Any = read.trailer["/Size"]
    objects: list[Any] = [read.get_object(number) for number in range(1, size)]
    tags = [one for one in objects if isinstance(one, dict) and one.get("/S") == "/Figure"]
    assert [one["/Alt"] for one in tags] == [f"二维码：{CHINESE}"]


def test_a_camera_reads_it_in_word(tmp_path: Path) -> None:
    raw = docx(printed(CHINESE), DAY, tmp_path, faces(HERE)[0])
    assert raw == docx(printed(CHINESE), DAY, tmp_path, faces(HERE)[0])
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        assert scanned.codes_of_picture(file.read("word/media/image1.png")) == [encoded(CHINESE)]
        assert f'descr="二维码：{CHINESE}"' in file.read("word/document.xml").decode()


@pytest.mark.deep
def test_a_camera_reads_it_on_paper_from_word(tmp_path: Path) -> None:
    raw = docx(printed(CHINESE), DAY, tmp_path, faces(HERE)[0])
    (tmp_path / "a.docx").write_bytes(raw)
    convert("pdf", tmp_path, tmp_path / "a.docx", profile=tmp_path / "office")
    assert scanned.codes((tmp_path / "a.pdf").read_bytes()) == [[encoded(CHINESE)]]


def test_an_address_too_long_for_a_code_is_printed_without_one() -> None:
    long = f"{HOME}{'长' * (LONGEST // 9)}"
    assert modules(long) == []
    assert with_code(document(part([]), address=long))["code"] is None
    assert scanned.codes(pdf(long)) == [[]]


def test_a_code_is_made_once_for_all_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Codes(tmp_path / "codes")
    made = kept.of(HOME)
    kept.save()
    monkeypatch.setattr("archive.press.codes.modules", lambda address: pytest.fail(address))
    assert Codes(tmp_path / "codes").of(HOME) == made


def test_a_picture_of_no_code_is_none() -> None:
    raw = io.BytesIO()
    Image.new("L", (200, 200), 255).save(raw, "png")
    assert scanned.codes_of_picture(raw.getvalue()) == []
