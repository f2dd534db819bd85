"""Which pictures a page may show, and how large they are: the one answer for check, PDF and Word.

A picture is known by its content; its suffix must only be one by which a browser shows it. Whatever is
good here is shown whole and upright by every browser; `printable` makes it so for print.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from lxml import etree

from archive.files.bounds import MAX_ATTRIBUTES, MAX_ELEMENTS, MAX_PIXELS, MAX_SCANS
from archive.files.namespaces import MAX_NAMESPACE, has_long_namespace

if TYPE_CHECKING:  # slow to import
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_SIDE = 30_000
"""Points along one side of a picture: browsers and print programs stop at 32,767."""
TALLEST = 4
"""How many times its width a picture may be high: on paper it still has four tenths of the line."""
SHORT = 760
"""The height in points that fits a printed page in natural size, so that a narrow picture stays readable."""

_FORMATS = ("PNG", "JPEG", "WEBP")
ATTACHED = (*_FORMATS, "GIF", "BMP", "TIFF", "ICO", "AVIF")
"""The formats of pictures that may be attached, as far as Pillow knows them."""
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
PICTURE_SUFFIXES = (*_SUFFIXES, ".svg")
"""How the names of pictures end that a page may show."""
_FILM = "影片"
_KINDS = (
    (rb"\x89PNG", "PNG"), (rb"\xff\xd8", "JPEG"), (rb"RIFF....WEBP", "WebP"), (rb"GIF8", "GIF"), (rb"BM", "BMP"),
    (rb"II\*\0|MM\0\*", "TIFF"), (rb"....ftyp(?:hei|hev|mif|msf)", "HEIC"), (rb"....ftypavi", "AVIF"),
    (rb"....ftyp|....moov", _FILM), (rb"\0\0\x01\0", "ICO"), (rb"%PDF", "PDF"), (rb"\0\0\0\x0cjP", "JPEG 2000"),
)  # fmt: skip
"""How a file begins → what it is called."""
_GOOD = ("PNG", "JPEG", "WebP", "SVG")
_ORIENTATION = 0x0112
_SVG = "{http://www.w3.org/2000/svg}svg"
_SVG_BEGINS = re.compile(rb"(?:[^<]|<[!?])*+<(?:svg:)?svg\b", re.IGNORECASE)
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])", re.DOTALL)
"""The beginning of a part of a JPEG; in the points 0xFF is followed by 0, or by one of the eight signs of a new start."""
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_LENGTH = re.compile(r"\+?(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(px|pt|pc|mm|cm|in)?")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}

Edges = tuple[float, float, float, float]
"""What is cut off a picture on the left, above, on the right, below: shares of its width and height."""

_REPLACE = "请{}，换下这个文件"
_SAVE = _REPLACE.format("用看图软件另存为 PNG")


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture that can be shown, `width` × `height` CSS pixels when upright.

    One that `fills` the line has no size of its own, only the ratio of its sides.
    """

    width: float
    height: float
    is_drawing: bool = False
    fills: bool = False


def fault(raw: bytes, suffix: str) -> str:
    """Return what must hold of a picture, what was found and what to do; empty if it can be shown.

    `suffix` is that of its file, with the dot, in lower case.
    """
    measured = measure(raw, suffix)
    if isinstance(measured, str) or measured.is_drawing:
        return measured if isinstance(measured, str) else ""
    try:
        with opened(raw) as image:
            if image.format == "PNG":
                image.verify()  # the checksums; the picture must be opened anew afterwards
        with opened(raw) as image:
            # A JPEG is read to its end, but made an eighth as large, which takes a third of the time.
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
    except Exception:  # whatever the library says of a damaged file
        return _broken(kind(raw))
    return ""


def measure(raw: bytes, suffix: str) -> Measured | str:
    """Return the size of a picture from the head of its file, or what is wrong with it as `fault` does."""
    what = kind(raw)
    if what not in _GOOD:
        found = f"是 {what}" if what else "不是图片"
        way_out = _REPLACE.format("截取一帧另存为 PNG") if what == _FILM else _SAVE
        return f"须是 PNG、JPEG、WebP 或者 SVG（看内容，不看后缀），现在{found}；{way_out}"
    if (what == "SVG") != (suffix == ".svg") or (what != "SVG" and suffix not in _SUFFIXES):
        rule = "以 .svg 结尾" if what == "SVG" else f"以 {'、'.join(_SUFFIXES)} 之一结尾"
        return f"的文件名和内容须一致，{what} 图须{rule}，现在不是；请改文件名，页面里的路径一起改"
    measured = _drawing(raw) if what == "SVG" else _raster(raw, what)
    if isinstance(measured, Measured) and measured.height > max(SHORT, TALLEST * measured.width):
        return (
            f"的高须不超过宽的 {TALLEST} 倍，印在一页纸上才看得清，现为 {_size(measured)}；"
            "请裁成几张，依次放在页面里"
        )
    return measured


def kind(raw: bytes) -> str:
    """Return what a file is by its content: PNG, JPEG, …; empty if it is no picture that is known here."""
    for begins, name in _KINDS:
        if re.match(begins, raw, re.DOTALL):
            return name
    is_drawing = _SVG_BEGINS.match(raw[:2000]) or not isinstance(parse_svg(raw), str)
    return "SVG" if is_drawing else ""


def parse_svg(raw: bytes) -> "etree._Element | str":
    """Return the root of a drawing, or what else the file is."""
    if raw.count(b"<") > 2 * MAX_ELEMENTS:
        return "内容过大"
    # The library takes time with the square of an element's attributes.
    if any(one.partition(b">")[0].count(b"=") > MAX_ATTRIBUTES for one in raw.split(b"<")):
        return f"一个元素的属性多于 {MAX_ATTRIBUTES} 个的 svg 文件"
    if has_long_namespace(raw):
        return f"命名空间的名称多于 {MAX_NAMESPACE} 字的 svg 文件"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "内容无法读取的 svg 文件"
    # The server says that it is UTF-8, and browsers believe that before the file.
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in (
        "UTF-8",
        "US-ASCII",
        "ASCII",
    ):
        return "不是以 UTF-8 编码的 svg 文件"
    return root if root.tag == _SVG else "内容与后缀不符的文件"


def printable(raw: bytes, anew: bool = False, longest: int = 0) -> tuple[bytes, str]:
    """Return the content of a good picture, no drawing, as PDF and Word show it, and its suffix: png or jpg.

    It is left as it is where it can be; a JPEG that is to be turned, and a WebP, are made anew, or
    any other picture if `anew`: then without what cameras and programs write into it, and no side longer
    than `longest` pixels, if that is given.
    """
    from PIL import Image

    with opened(raw) as image:
        turn = _orientation(image)
        if image.format == "PNG" and not anew:
            return raw, "png"
        if image.format not in ("PNG", "WEBP") and turn == 1 and not anew:
            return raw, "jpg"
        methods = {
            2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_90,
        }  # fmt: skip
        upright: Image.Image = image.transpose(methods[turn]) if turn > 1 else image
        # A picture without loss is a screenshot, which JPEG would blur; a photograph as PNG is huge.
        exact = (
            image.format == "PNG"
            or image.mode == "RGBA"
            or (image.format == "WEBP" and b"VP8L" in raw[:64])
        )
        if longest and max(upright.size) > longest:
            # Grey levels of 16 bits, as scanners write them, cannot be made smaller as they are.
            upright = _in_eight_bits(upright) if upright.mode[0] == "I" else upright.copy()
            upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        profile = {"icc_profile": image.info["icc_profile"]} if "icc_profile" in image.info else {}
        # What a camera has written stands in here too, and some of it is saved unless it goes; not so which
        # colour of a picture is transparent.
        upright.info = {name: one for name, one in upright.info.items() if name == "transparency"}
        made = io.BytesIO()
        if exact:
            upright.save(made, "PNG", **profile)
        else:
            upright.save(made, "JPEG", quality=95, subsampling=0, **profile)
        return made.getvalue(), "png" if exact else "jpg"


def cropped(raw: bytes, edges: Edges) -> tuple[bytes, str] | None:
    """Return what is left of a good picture, no drawing, and its suffix; None if nothing is, or nobody knows what.

    Programs differ in whether they cut a picture before or after they turn it.
    """
    from PIL import Image

    with opened(raw) as image:
        wide, high = image.size
        left, top, right, bottom = edges
        # Outwards in no case: a point that is seen in part shows what was cut off.
        box = (
            ceil(wide * left),
            ceil(high * top),
            floor(wide * (1 - right)),
            floor(high * (1 - bottom)),
        )
        if _orientation(image) > 1 or box[0] >= box[2] or box[1] >= box[3]:
            return None
        made = io.BytesIO()
        part: Image.Image = image.crop(box)
        part.info = {
            name: one for name, one in image.info.items() if name in ("transparency", "icc_profile")
        }
        if image.format in ("JPEG", "MPO"):
            part.save(made, "JPEG", quality=95, subsampling=0)
            return made.getvalue(), "jpg"
        part.save(made, "PNG")
        return made.getvalue(), "png"


def _in_eight_bits(image: "Image") -> "Image":
    return image.convert("I").point(lambda grey: grey / 257).convert("L")


@contextmanager
def opened(raw: bytes, formats: tuple[str, ...] = _FORMATS) -> "Iterator[ImageFile]":
    """While entered, a picture of one of these formats; its head alone has been read."""
    from PIL import Image, WebPImagePlugin  # noqa: F401  slow to import; the latter registers WebP

    Image.MAX_IMAGE_PIXELS = None  # our own bound is looked at before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of metadata that the picture does without
        with Image.open(io.BytesIO(raw), formats=formats) as image:
            yield image


def _raster(raw: bytes, what: str) -> Measured | str:
    try:
        with opened(raw) as image:
            width, height = image.size
            frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
            mode, turn = image.mode, _orientation(image)
    except Exception:  # whatever the library says of a damaged file
        return _broken(what)
    size = f"{width} × {height}"
    if not width or not height:
        return _broken(what)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        rule = f"须不超过 {MAX_PIXELS // 1_000_000} 百万像素、每边不超过 {MAX_SIDE} 像素"
        return f"{rule}，现为 {size}；{_REPLACE.format('用看图软件缩小')}"
    if what == "JPEG" and _scans(raw) > MAX_SCANS:
        return f"须分不超过 {MAX_SCANS} 遍显示完整（渐进式 JPEG），现在更多；{_SAVE}"
    if frames > 1:
        return f"须是不动的，PDF 和 Word 里动不了，现有 {frames} 帧；{_REPLACE.format('截取一帧另存为 PNG')}"
    if mode == "CMYK":
        return f"须是 RGB 或者灰度的，屏幕和纸上颜色才一样，现为 CMYK（印刷用的）；{_SAVE}"
    if turn > 1 and what != "JPEG":  # browsers differ
        return f"须是转正了的，现在只在文件里记着要转；{_REPLACE.format('用看图软件转正以后另存为 PNG')}"
    return Measured(height, width) if turn >= 5 else Measured(width, height)


def _scans(raw: bytes) -> int:
    """Count how often a JPEG goes over its points, up to one more than may be; what its parts hold is not looked at."""
    found, at = 0, 0
    while found <= MAX_SCANS and (marker := _MARKER.search(raw, at)):
        what, at = marker[1][0], marker.end()
        if what == _END:
            break
        found += what == _SCAN
        at += 0 if what in (0x01, _START) else int.from_bytes(raw[at : at + 2])
    return found


def _orientation(image: "Image") -> int:
    """Return the Exif orientation (1 to 8) as browsers read it, who ignore what XMP says."""
    from PIL.Image import Exif

    exif = Exif()
    try:
        exif.load(image.info.get("exif") or b"")
        turn = exif.get(_ORIENTATION, 1)
    except Exception:  # no directory that can be read
        return 1
    return turn if turn in range(1, 9) else 1


def _drawing(raw: bytes) -> Measured | str:
    root = parse_svg(raw)
    if isinstance(root, str):
        return _broken("SVG")
    width, height = (_length(root.get(side) or "") for side in ("width", "height"))
    if width and height:
        return Measured(width, height, is_drawing=True)
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    sides = [_length(side) for side in box[2:]]
    if len(box) != 4 or not all(sides):
        rule = '须在 <svg> 上写明大小，写作 viewBox="0 0 宽 高"'
        return f"{rule}，现在没有写明；{_REPLACE.format('在画图软件里重新导出')}"
    wide, high = (side or 0.0 for side in sides)
    if width or height:
        return Measured(
            width or (height or 0) * wide / high,
            height or (width or 0) * high / wide,
            is_drawing=True,
        )
    return Measured(wide, high, is_drawing=True, fills=True)


def _length(written: str) -> float | None:
    """Return a length in CSS pixels; None if it is none, not above 0, or relative."""
    found = _LENGTH.fullmatch(written.strip())
    return float(found[1]) * _UNITS[found[2] or ""] or None if found else None


def _size(measured: Measured) -> str:
    return f"{measured.width:.0f} × {measured.height:.0f}"


def _broken(what: str) -> str:
    return f"须打得开、是完整的，现在的 {what} 打不开或者不完整；请重新导出、重新截图，换下这个文件"
