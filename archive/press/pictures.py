"""Make the pictures of a document ready for paper: upright, in a format that PDF and Word show, in their size."""

from copy import deepcopy
from hashlib import blake2b
from pathlib import Path

import typst
from lxml import etree

from archive.files.pictures import Measured, measure, parse_svg, printable
from archive.files.storing import replace_file
from archive.press.document import Document
from archive.press.geometry import PAGE, PIXEL
from archive.press.pdf import UnprintableError
from archive.press.tree import Picture, pictures


def ready(document: Document, root: Path, folder: Path) -> Document:
    """The document with its pictures, addressed from `root`, ready to be set; addressed from `folder`.

    Raises `UnprintableError` if the file of one is missing or shows nothing on paper.
    """
    if not any(True for part in document["parts"] for _ in pictures(part["blocks"])):
        return document
    done = deepcopy(document)
    for part in done["parts"]:
        for picture in pictures(part["blocks"]):
            if picture["file"]:
                _read(picture, root, folder)
            _fit(picture)
    return done


def _read(picture: Picture, root: Path, folder: Path) -> None:
    """Replace the file of a picture by one to print, or by the text of a drawing; set its size."""
    path = root / picture["file"]
    try:
        raw = path.read_bytes()
    except OSError:
        raise UnprintableError(
            f"图片须是网站里的文件，找不到 {picture['file']}；请放进这个文件，或者改正路径"
        ) from None
    measured = measure(raw, path.suffix.lower())
    if not isinstance(measured, Measured):
        raise UnprintableError(f"图片 {picture['file']} {measured}")
    natural = PAGE.picture_width if measured.fills else measured.width * PIXEL
    picture["width"] = picture["width"] or natural
    picture["height"] = picture["width"] * measured.height / measured.width
    svg = parse_svg(raw) if measured.is_drawing else ""
    if isinstance(svg, str):
        picture["file"] = _printable(raw, folder)
    else:
        # Typst and Word do not make out a side that is missing or relative as browsers do.
        svg.set("width", f"{measured.width:g}")
        svg.set("height", f"{measured.height:g}")
        picture["file"], picture["svg"] = "", etree.tostring(svg, encoding="unicode")


def _printable(raw: bytes, folder: Path) -> str:
    """The name in `folder` of the picture to print, made once for all documents."""
    name = blake2b(raw, digest_size=16).hexdigest()
    for suffix in ("png", "jpg"):
        if (folder / f"{name}.{suffix}").is_file():
            return f"{name}.{suffix}"
    content, suffix = printable(raw)
    file = folder / f"{name}.{suffix}"
    replace_file(file, content, lasting=False)
    try:
        typst.Compiler(root=str(folder)).compile(f'#image("{file.name}")'.encode(), format="svg")
    except typst.TypstError:  # it is stricter with a small damage than browsers and Word are
        replace_file(file, printable(raw, anew=True)[0], lasting=False)
    return file.name


def _fit(picture: Picture) -> None:
    """Make a picture no wider and no higher than a page has room for."""
    width, height = picture["width"], picture["height"]
    shrunk = min(1, PAGE.picture_width / width, PAGE.picture_height / height)
    picture["width"], picture["height"] = width * shrunk, height * shrunk
