"""What a camera reads on paper: the codes on the pages of a PDF file or on a picture."""

import io

import pypdfium2
import zxingcpp
from PIL import Image

SHARP = 150
"""Dots per inch of a phone held over a page: no better than an old printer."""


def codes(pdf: bytes) -> list[list[str]]:
    """The texts of the QR codes on each page of a PDF file."""
    with pypdfium2.PdfDocument(pdf) as read:
        return [_printed(page) for page in read]


def last_codes(pdf: bytes) -> list[str]:
    """The same of the last page alone."""
    with pypdfium2.PdfDocument(pdf) as read:
        return _printed(read[len(read) - 1])


def codes_of_picture(raw: bytes) -> list[str]:
    """The texts of the QR codes on a picture."""
    return _read(Image.open(io.BytesIO(raw)).convert("L"))


def _printed(page: pypdfium2.PdfPage) -> list[str]:
    return _read(page.render(scale=SHARP / 72, grayscale=True).to_pil())


def _read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]
