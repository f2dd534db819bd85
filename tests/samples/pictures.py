"""Pictures as cameras, telephones and office programs make them: what of each is shown, or said.

A good one shows four fields: red, green, blue, white from the top left to the bottom right, once upright.
"""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image

FIELDS = Image.new("RGB", (2, 2))
for _place, _colour in zip(
    ((0, 0), (1, 0), (0, 1), (1, 1)),
    ((255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)),
    strict=True,
):
    FIELDS.putpixel(_place, _colour)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip
"""Exif orientation → how an upright picture is turned to be stored with it (6 and 8 undo each other)."""


@dataclass(frozen=True)
class Good:
    """A picture that is shown: its size on paper in points, and whether it has the colours."""

    raw: bytes
    size: tuple[int, int]
    coloured: bool = True


def fields(width: int = 400, height: int = 300) -> Image.Image:
    return FIELDS.resize((width, height), Image.Resampling.NEAREST)


def saved(kind: str, picture: Image.Image | None = None, **options: Any) -> bytes:
    written = io.BytesIO()
    (picture or fields()).save(written, kind, **options)
    return written.getvalue()


def exif(turn: int) -> bytes:
    made = Image.Exif()
    made[0x0112] = turn
    return made.tobytes()


def turned(kind: str, turn: int) -> bytes:
    return saved(kind, fields().transpose(_TURNS[turn]), exif=exif(turn))


def svg(attributes: str) -> bytes:
    inside = "".join(
        f'<rect x="{x}" y="{y}" width="200" height="150" fill="{colour}"/>'
        for x, y, colour in ((0, 0, "red"), (200, 0, "green"), (0, 150, "blue"))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""),
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def without_jfif(raw: bytes) -> bytes:
    """As programs leave it that strip metadata: the tables follow the beginning at once."""
    return raw[:2] + raw[4 + struct.unpack_from(">H", raw, 4)[0] :]


def in_scans(number: int) -> bytes:
    """A JPEG that goes over its points so often, the last time again and again, with metadata that looks like more."""
    raw = saved("JPEG", quality=95, progressive=True, comment=b"\xff\xda" * 100)
    usual = raw.count(b"\xff\xda") - 100
    last = raw[raw.rfind(b"\xff\xda") : -2]
    return raw[:-2] + last * (number - usual) + raw[-2:]


JPEG, PNG, WEBP = saved("JPEG", quality=95), saved("PNG"), saved("WEBP")
_FRAMES: dict[str, Any] = {
    "save_all": True,
    "append_images": [fields().transpose(Image.Transpose.ROTATE_180)],
}
_BLANK = Image.new("1", (1, 1), 1)

GOOD: dict[str, Good] = {
    "a.png": Good(PNG, (300, 225)),
    "alpha.png": Good(saved("PNG", fields().convert("RGBA")), (300, 225)),
    "palette.png": Good(saved("PNG", fields().quantize(8)), (300, 225)),
    "grey.png": Good(saved("PNG", fields().convert("L")), (300, 225), False),
    "grey-alpha.png": Good(saved("PNG", fields().convert("LA")), (300, 225), False),
    "two.png": Good(saved("PNG", fields().convert("1")), (300, 225), False),
    "deep.png": Good(saved("PNG", fields().convert("L").convert("I;16")), (300, 225), False),
    "a.jpg": Good(JPEG, (300, 225)),
    "A.JPG": Good(saved("JPEG", quality=94), (300, 225)),
    "progressive.jpeg": Good(saved("JPEG", quality=95, progressive=True), (300, 225)),
    "scans.jpeg": Good(in_scans(50), (300, 225)),
    "grey.jpg": Good(saved("JPEG", fields().convert("L")), (300, 225), False),
    "rgb.jpg": Good(saved("JPEG", quality=95, keep_rgb=True), (300, 225)),
    "density-0.jpg": Good(JPEG[:14] + b"\0\0\0\0" + JPEG[18:], (300, 225)),
    "density-600.jpg": Good(saved("JPEG", quality=95, dpi=(600, 600)), (300, 225)),
    "odd.jpg": Good(JPEG[: JPEG.find(b"\xff\xda") + 12] + b"\x40" + JPEG[JPEG.find(b"\xff\xda") + 13 :], (300, 225)),
    "stripped.jpg": Good(without_jfif(JPEG), (300, 225)),
    **{f"turn-{turn}.jpg": Good(turned("JPEG", turn), (300, 225)) for turn in _TURNS},
    "turn-no.jpg": Good(saved("JPEG", quality=95, exif=b"Exif\0\0MM\0*junk"), (300, 225)),
    "turn-9.jpg": Good(saved("JPEG", quality=95, exif=exif(9)), (300, 225)),
    "jpeg.png": Good(saved("JPEG", quality=93), (300, 225)),
    "png.jpg": Good(saved("PNG", optimize=True), (300, 225)),
    "a.webp": Good(WEBP, (300, 225)),
    "exact.webp": Good(saved("WEBP", fields().convert("RGBA"), lossless=True), (300, 225)),
    "phone.png": Good(saved("PNG", fields(1080, 1920)), (321, 571)),
    "screen.png": Good(saved("PNG", fields(1920, 1080)), (442, 249)),
    "panorama.jpg": Good(saved("JPEG", fields(4000, 500)), (442, 55)),
    "sign.png": Good(saved("PNG", fields(20, 10)), (15, 8)),
    "strip.png": Good(saved("PNG", fields(60, 760)), (45, 570)),
    "box.svg": Good(svg('viewBox="0 0 400 300"'), (442, 332)),
    "sides.svg": Good(svg('width="400" height="300"'), (300, 225)),
    "metric.svg": Good(svg('width="8cm" height="60mm" viewBox="0 0 400 300"'), (227, 170)),
    "one-side.svg": Good(svg('width="200" viewBox="0 0 400 300"'), (150, 112)),
    "relative.svg": Good(svg('width="100%" height="100%" viewBox="0,0,400,300"'), (442, 332)),
}  # fmt: skip
"""Name in a folder → a picture that is shown."""

_OTHER = "须是 PNG、JPEG、WebP 或者 SVG（看内容，不看后缀），现在{}；请用看图软件另存为 PNG，换下这个文件"
_STILL = "须是不动的，PDF 和 Word 里动不了，现有 2 帧；请截取一帧另存为 PNG，换下这个文件"
_TURNED = "须是转正了的，现在只在文件里记着要转；请用看图软件转正以后另存为 PNG，换下这个文件"
_BROKEN = "须打得开、是完整的，现在的 {} 打不开或者不完整；请重新导出、重新截图，换下这个文件"
_NAMED = "的文件名和内容须一致，{} 图须以 {}结尾，现在不是；请改文件名，页面里的路径一起改"
_ANY = ".png、.jpg、.jpeg、.webp 之一"
_LARGE = "须不超过 100 百万像素、每边不超过 30000 像素，现为 {}；请用看图软件缩小，换下这个文件"
_TALL = "的高须不超过宽的 4 倍，印在一页纸上才看得清，现为 {}；请裁成几张，依次放在页面里"
_SIZE = '须在 <svg> 上写明大小，写作 viewBox="0 0 宽 高"，现在没有写明；请在画图软件里重新导出，换下这个文件'

BAD: dict[str, tuple[bytes, str]] = {
    "a.bmp": (saved("BMP"), _OTHER.format("是 BMP")),
    "bmp.png": (saved("BMP"), _OTHER.format("是 BMP")),
    "a.tif": (saved("TIFF"), _OTHER.format("是 TIFF")),
    "a.gif": (saved("GIF"), _OTHER.format("是 GIF")),
    "moving.gif": (saved("GIF", **_FRAMES), _OTHER.format("是 GIF")),
    "a.avif": (saved("AVIF"), _OTHER.format("是 AVIF")),
    "heic.jpg": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", _OTHER.format("是 HEIC")),
    "page.png": (b"<!doctype html><html><svg></svg></html>", _OTHER.format("不是图片")),
    "text.jpg": ("文字".encode(), _OTHER.format("不是图片")),
    "moving.webp": (saved("WEBP", **_FRAMES), _STILL),
    "moving.png": (saved("PNG", **_FRAMES), _STILL),
    "turned.webp": (turned("WEBP", 6), _TURNED),
    "turned.png": (turned("PNG", 3), _TURNED),
    "cmyk.jpg": (saved("JPEG", fields().convert("CMYK")), "须是 RGB 或者灰度的，屏幕和纸上颜色才一样，现为 CMYK（印刷用的）；请用看图软件另存为 PNG，换下这个文件"),
    "scans.jpg": (in_scans(51), "须分不超过 50 遍显示完整（渐进式 JPEG），现在更多；请用看图软件另存为 PNG，换下这个文件"),
    "cut.png": (PNG[:-30], _BROKEN.format("PNG")),
    "spoilt.png": (PNG[:60] + bytes([PNG[60] ^ 1]) + PNG[61:], _BROKEN.format("PNG")),
    "head.png": (PNG[:20], _BROKEN.format("PNG")),
    "cut.jpg": (JPEG[: len(JPEG) // 2], _BROKEN.format("JPEG")),
    "head.jpg": (JPEG[:4], _BROKEN.format("JPEG")),
    "cut.webp": (WEBP[: len(WEBP) // 2], _BROKEN.format("WebP")),
    "cut.svg": (svg('viewBox="0 0 4 3"')[:-9], _BROKEN.format("SVG")),
    "nothing.png": (png_of_size(0, 0), _BROKEN.format("PNG")),
    "bomb.png": (png_of_size(20_000, 20_000), _LARGE.format("20000 × 20000")),
    "long.png": (png_of_size(90_000, 1), _LARGE.format("90000 × 1")),
    "long-screen.png": (saved("PNG", _BLANK.resize((1080, 12_000))), _TALL.format("1080 × 12000")),
    "tall.svg": (svg('viewBox="0 0 100 801"'), _TALL.format("100 × 801")),
    "sizeless.svg": (svg(""), _SIZE),
    "half.svg": (svg('width="100%" height="300"'), _SIZE),
    "flat.svg": (svg('viewBox="0 0 400 0"'), _SIZE),
    "svg.png": (svg('viewBox="0 0 4 3"'), _NAMED.format("SVG", ".svg ")),
    "png.svg": (PNG, _NAMED.format("PNG", _ANY)),
    "jpeg.bmp": (JPEG, _NAMED.format("JPEG", _ANY)),
}  # fmt: skip
"""Name in a folder → a picture that is not shown, and what is said after its path."""
