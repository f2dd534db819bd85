"""Pictures on paper: each whole, upright and in its size, the same in PDF and Word."""

import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import docx as word
import pytest
from lxml import etree
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTFigure, LTImage, LTPage
from PIL import Image
from pypdf import PdfReader

from archive.press.faces import faces
from archive.press.geometry import PAGE, POINT
from archive.press.make import Maker
from archive.press.tree import Block, Picture
from tests.samples.blocks import BAR, DAY, document, listing, paragraph, part
from tests.samples.frozen import HERE
from tests.samples.pictures import FIELDS, GOOD

Placed = list[tuple[int, int]]
DRAWN = [name for name, good in GOOD.items() if not name.endswith(".svg")]


def picture(file: str = "", svg: str = "", width: float = 0, height: float = 0) -> Picture:
    return {
        "kind": "picture",
        "svg": svg,
        "file": file,
        "alt": "图",
        "width": width,
        "height": height,
    }


def printed(folder: Path, blocks: list[Block]) -> dict[str, bytes] | str:
    (folder / "made").mkdir()
    return Maker(faces(HERE)[0], folder, DAY, folder / "made").made(document(part(blocks)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("pictures")
    blocks: list[Block] = []
    for name, good in GOOD.items():
        (folder / name).write_bytes(good.raw)
        blocks += [paragraph(name), picture(name)]
    found = printed(folder, blocks)
    assert isinstance(found, dict)
    return found


def in_page(page: LTPage) -> Iterator[LTImage]:
    """The pictures of a page of a PDF, that is, what of it is drawn in pixels."""
    for one in page:
        if isinstance(one, LTFigure):
            yield from (inside for inside in one if isinstance(inside, LTImage))


def in_pdf(raw: bytes) -> list[LTImage]:
    return [one for page in extract_pages(io.BytesIO(raw)) for one in in_page(page)]


def colours(raw: bytes) -> list[tuple[int, ...]]:
    """The colours in the middle of the four fields."""
    with Image.open(io.BytesIO(raw)) as image:
        whole = image.convert("RGB")
    places = [(x, y) for y in (1, 3) for x in (1, 3)]
    found = [whole.getpixel((whole.width * x // 4, whole.height * y // 4)) for x, y in places]
    return [one for one in found if isinstance(one, tuple)]


def alike(found: list[tuple[int, ...]]) -> bool:
    expected = colours_of_fields()
    return all(
        abs(a - b) < 12
        for one, other in zip(found, expected, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def colours_of_fields() -> list[tuple[int, ...]]:
    written = io.BytesIO()
    FIELDS.resize((8, 8), Image.Resampling.NEAREST).save(written, "PNG")
    return colours(written.getvalue())


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_the_pdf_shows_each_whole_and_upright(made: dict[str, bytes]) -> None:
    pictures = in_pdf(made["pdf"])
    placed = [(round(one.width), round(one.height)) for one in pictures]
    assert dict(zip(DRAWN, placed, strict=True)) == {name: GOOD[name].size for name in DRAWN}
    assert min(one.y0 for one in pictures) >= PAGE.bottom / POINT
    assert max(one.y1 for one in pictures) <= (PAGE.height - PAGE.top) / POINT
    pages = PdfReader(io.BytesIO(made["pdf"])).pages
    shown = [
        pages[page.pageid - 1].images[f"/{one.name}"].data
        for page in extract_pages(io.BytesIO(made["pdf"]))
        for one in in_page(page)
    ]
    for name, raw in zip(DRAWN, shown, strict=True):
        assert alike(colours(raw)) or not GOOD[name].coloured, name


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_the_word_file_shows_each_whole_and_upright(made: dict[str, bytes]) -> None:
    document = word.Document(io.BytesIO(made["docx"]))
    inlines = list(document.element.body.iter("{*}inline"))
    placed = [
        tuple(round(int(one.extent.get(side)) / 12700) for side in ("cx", "cy")) for one in inlines
    ]
    assert dict(zip(GOOD, placed, strict=True)) == {name: good.size for name, good in GOOD.items()}
    for name, inline in zip(GOOD, inlines, strict=True):
        (pixels,) = inline.iter("{*}blip")
        raw = document.part.related_parts[pixels.embed].blob
        assert alike(colours(raw)) or not GOOD[name].coloured, name


@pytest.mark.parametrize(("width", "size"), [(20.0, (20, 15)), (2000.0, (442, 332))])
def test_the_page_may_give_a_width(tmp_path: Path, width: float, size: tuple[int, int]) -> None:
    (tmp_path / "a.png").write_bytes(GOOD["a.png"].raw)
    found = printed(tmp_path, [picture("a.png", width=width)])
    assert isinstance(found, dict)
    assert [(round(one.width), round(one.height)) for one in in_pdf(found["pdf"])] == [size]


def test_within_a_list_there_is_less_room(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(GOOD["screen.png"].raw)
    found = printed(tmp_path, [listing(False, [paragraph("甲"), picture("a.png")])])
    assert isinstance(found, dict)
    ((width, height),) = [(one.width, one.height) for one in in_pdf(found["pdf"])]
    with ZipFile(io.BytesIO(found["docx"])) as file:
        (extent,) = etree.fromstring(file.read("word/document.xml")).iter("{*}extent")
    assert width == pytest.approx(387, abs=1)
    assert int(extent.get("cx") or "") / 12700 == pytest.approx(width, abs=4)
    assert width / height == pytest.approx(1920 / 1080, abs=0.01)


def test_a_tall_drawing_of_a_page_fits_too(tmp_path: Path) -> None:
    tall = BAR.replace("0 0 40 20", "0 0 20 400")
    found = printed(tmp_path, [picture(svg=tall, width=400, height=8000)])
    assert isinstance(found, dict)
    with ZipFile(io.BytesIO(found["docx"])) as file:
        (extent,) = etree.fromstring(file.read("word/document.xml")).iter("{*}extent")
    assert (extent.get("cx"), extent.get("cy")) == ("362584", str(571 * 12700))


@pytest.mark.parametrize(
    ("file", "svg", "message"),
    [
        ("no.png", "", "图片须是网站里的文件，找不到 no.png；请放进这个文件，或者改正路径"),
        ("a.txt", "", "图片 a.txt 须是 PNG、JPEG、WebP 或者 SVG（看内容，不看后缀），现在不是图片"),
        ("", "<svg", "SVG"),
    ],
)
def test_pictures_that_cannot_be_shown(tmp_path: Path, file: str, svg: str, message: str) -> None:
    (tmp_path / "a.txt").write_text("甲")
    found = printed(tmp_path, [picture(file, svg, 9, 9)])
    assert isinstance(found, str)
    assert message in found
