"""Whatever stands in a picture beside its pixels is read, and nothing stands after its end."""

import io
import struct
import tracemalloc
import zlib
from zipfile import ZipFile

import pytest
from PIL import Image

from archive.leaks.files import file
from archive.leaks.leak import FileLeak
from archive.leaks.picture_blocks import Room
from archive.leaks.pictures import picture
from archive.leaks.text import private_search
from tests.samples.attachments import jpeg, tiff

PHONE = "电话13912345678"
WIDE = PHONE.encode("utf-16-le")
LEAK = ("手机号", "139******78")
MORE = ("无法检查", "图片之后的内容")


def found(suffix: str, raw: bytes) -> list[tuple[str, str]]:
    return [(one.kind, one.found) for one in file(suffix, raw, private_search(()))]


def image(form: str, **said: object) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((40, 40), 90).convert("RGB").save(written, form, **said)
    return written.getvalue()


JPEG, PNG, GIF, WEBP, BMP = (image(form) for form in ("JPEG", "PNG", "GIF", "WEBP", "BMP"))
PLAIN = [
    (".jpg", JPEG), (".jpg", image("JPEG", progressive=True)), (".png", PNG), (".gif", GIF), (".webp", WEBP),
    (".bmp", BMP), (".tif", image("TIFF")), (".avif", image("AVIF")),
    (".gif", image("GIF", save_all=True, append_images=[Image.new("RGB", (40, 40))], loop=0)),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "raw"), PLAIN)
def test_pictures_with_nothing_beside_them(suffix: str, raw: bytes) -> None:
    assert found(suffix, raw) == []


@pytest.mark.parametrize(("suffix", "raw"), PLAIN[:6])
def test_what_follows_the_end_of_a_picture_is_refused(suffix: str, raw: bytes) -> None:
    assert found(suffix, raw + raw) == [MORE]
    assert found(suffix, raw + b"\0\0\r\n") == []


def segment(marker: int, body: bytes, raw: bytes = JPEG) -> bytes:
    return raw[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + raw[2:]


@pytest.mark.parametrize("marker", [*range(0xE0, 0xF0), 0xFE])
@pytest.mark.parametrize("body", [PHONE.encode(), WIDE, PHONE.encode("gbk"), b"x\0\0\0" + WIDE])
def test_every_segment_of_a_jpeg(marker: int, body: bytes) -> None:
    assert found(".jpg", segment(marker, body)) == [LEAK]


def test_segments_between_scans_and_what_is_no_segment() -> None:
    end = JPEG.rindex(b"\xff\xd9")
    comment = b"\xff\xfe\0\x12" + b"tel 139 12345678"
    assert found(".jpg", JPEG[:end] + comment + JPEG[end:]) == [LEAK]
    assert found(".jpg", JPEG[:2] + PHONE.encode() + JPEG[2:]) == [LEAK]


def test_a_description_in_several_segments() -> None:
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40
    raw = segment(0xE1, head + b"5678", JPEG)
    assert found(".jpg", segment(0xE1, head + "电话1391234".encode(), raw)) == [LEAK]


@pytest.mark.parametrize(
    "entry",
    [
        (0x9286, 7, b"UNICODE\0" + WIDE),
        (0x9286, 7, b"UNICODE\0" + PHONE.encode("utf-16-be")),
        (0x9286, 7, b"ASCII\0\0\0tel 13912345678"),
        (0xA420, 2, b"tel 13912345678\0"),
        (0x9C9C, 1, WIDE),
        (0x1234, 7, PHONE.encode()),
        (0x013C, 2, PHONE.encode("gbk")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["<", ">"])
def test_every_field_of_exif(order: str, entry: tuple[int, int, bytes]) -> None:
    tag, kind, value = entry
    block = tiff(order, [(tag, kind, len(value), value)])
    assert found(".jpg", jpeg(block)) == [LEAK]
    assert found(".tif", block) == [LEAK]


def test_a_thumbnail_shows_the_picture_before_it_was_changed() -> None:
    block = tiff("<", [(0x0201, 4, 1, struct.pack("<I", 99))])
    assert found(".jpg", jpeg(block)) == [("图片信息", "缩略图")]
    assert found(".jpg", segment(0xE0, b"JFXX\0\x10abc")) == [("图片信息", "缩略图")]
    photoshop = b"Photoshop 3.0\0008BIM\x04\x0c\0\0\0\0\0\x04abcd"
    assert found(".jpg", segment(0xED, photoshop)) == [("图片信息", "缩略图")]


def xmp(text: str, prefix: str = "rdf") -> str:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><{prefix}:RDF><{prefix}:Description q:GPSLatitude="1">'
        f"<d:any>{text}</d:any><d:creator><{prefix}:Seq><{prefix}:li>张三丰</{prefix}:li></{prefix}:Seq></d:creator>"
        f"</{prefix}:Description></{prefix}:RDF></x:xmpmeta>"
    )


IN_XMP = [LEAK, ("图片信息", "作者：张**"), ("图片信息", "拍摄地点")]
COLOURS = "".join(f"&#{ord(letter)};" for letter in "13912345678")


def chunk(name: bytes, data: bytes, raw: bytes = PNG) -> bytes:
    made = struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return raw[:33] + made + raw[33:]


def riff(name: bytes, data: bytes) -> bytes:
    more = name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(WEBP) - 8 + len(more)) + WEBP[8:] + more


def extension(label: int, *pieces: bytes) -> bytes:
    blocks = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return GIF[:-1] + b"\x21" + bytes([label]) + blocks + b"\0;"


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


@pytest.mark.parametrize("text", ["电话13912345678", f"电话{COLOURS}"])
@pytest.mark.parametrize("prefix", ["rdf", "r"])
@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_description_in_any_picture(text: str, prefix: str, code: str) -> None:
    raw = xmp(text, prefix).encode(code)
    for suffix, made in (
        (".jpg", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + raw)),
        (".webp", riff(b"XMP ", raw)),
        (".tif", tiff("<", [(700, 1, len(raw), raw)])),
        (".mp4", box(b"ftyp", b"isom") + box(b"uuid", b"0" * 16 + raw)),
        (".png", chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(raw))),
    ):
        assert sorted(set(found(suffix, made))) == sorted(IN_XMP), suffix


@pytest.mark.parametrize(
    ("suffix", "raw"),
    [
        (".png", chunk(b"zTXt", b"any\0\0" + zlib.compress(b"tel 13912345678"))),
        (".png", chunk(b"iTXt", b"any\0\0\0zh\0" + PHONE.encode() + b"\0x")),
        (".png", chunk(b"iTXt", b"any\0\1\0zh\0x\0" + zlib.compress(PHONE.encode()))),
        (".png", chunk(b"iCCP", b"tel 13912345678\0\0" + zlib.compress(b"x"))),
        (".png", chunk(b"iCCP", b"x\0\0" + zlib.compress(PHONE.encode("utf-16-be")))),
        (".png", chunk(b"sPLT", b"tel 13912345678\0\x08")),
        (".png", chunk(b"prVt", PHONE.encode())),
        (".png", chunk(b"tEXt", b"13912345678\0x")),
        (".gif", extension(0xFE, "电话1391".encode(), b"2345678")),
        (".gif", extension(0x01, b"0" * 12, b"tel 1391", b"2345678")),
        (".gif", extension(0xFF, b"ANYTHING1.0", b"tel 1391", b"2345678")),
        (".gif", extension(0x77, b"tel 1391", b"2345678")),
        (".webp", riff(b"ABCD", PHONE.encode())),
        (".mp4", box(b"ftyp", b"isom") + box(b"moov", box(b"udta", box(b"\xa9nam", PHONE.encode())))),
        (".mp4", box(b"ftyp", b"isom") + box(b"free", PHONE.encode())),
    ],
)  # fmt: skip
def test_texts_beside_the_pixels(suffix: str, raw: bytes) -> None:
    assert found(suffix, raw) == [LEAK]


def iptc(field: int, text: bytes) -> bytes:
    return b"\x1c\x02" + struct.pack(">BH", field, len(text)) + text


def photoshop(body: bytes) -> bytes:
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(body)) + body


CAPTION = iptc(120, PHONE.encode())
BY = iptc(80, "张三丰".encode())
EXIF = b"Exif\0\0" + tiff("<", [(0x010E, 2, 15, b"tel 13912345678")])


@pytest.mark.parametrize("first", [b"\n%b\n%8d\n", b"x%b\n%8d\n", b"\n%b\n%d "])
@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        (b"iptc", CAPTION, [LEAK]),
        (b"iptc", b"Photoshop 3.0\0" + photoshop(CAPTION + BY), [LEAK, IN_XMP[1]]),
        (b"8bim", photoshop(iptc(120, PHONE.encode("gbk"))), [LEAK]),
        (b"8bim", photoshop(BY) + b"8BIM\x04\x0c\0\0\0\0\0\x04abcd", [IN_XMP[1], ("图片信息", "缩略图")]),
        (b"exif", EXIF, [LEAK]),
        (b"APP1", b"http://ns.adobe.com/xap/1.0/\0" + xmp(PHONE).encode(), IN_XMP),
        (b"xmp", xmp(PHONE).encode("utf-16-le"), IN_XMP),
        (b"icc", PHONE.encode("utf-16-be"), [LEAK]),
        (b"anything", PHONE.encode(), [LEAK]),
    ],
)  # fmt: skip
def test_a_block_of_another_format_written_in_digits(
    first: bytes, kind: bytes, body: bytes, told: list[tuple[str, str]]
) -> None:
    digits = body.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72)).encode()
    written = first % (kind, len(body)) + lines + b"\n"
    name = b"Raw profile type " + kind + b"\0"
    for made in (
        chunk(b"tEXt", name + written),
        chunk(b"zTXt", name + b"\0" + zlib.compress(written)),
        chunk(b"iTXt", name + b"\0\0\0\0" + written),
        chunk(b"iTXt", name + b"\1\0\0\0" + zlib.compress(written)),
    ):
        assert sorted(set(found(".png", made))) == sorted(told)


@pytest.mark.parametrize("code", ["utf-8", "gbk"])
@pytest.mark.parametrize("name", ["示丁", "示小丁"])
def test_a_text_that_is_a_short_name_and_nothing_else(name: str, code: str) -> None:
    search, written = private_search([name]), name.encode(code)
    caption = photoshop(iptc(5, b"\xff\xfe") + iptc(120, written) + iptc(90, b"\xff"))
    profile = b"\niptc\n      99\n" + caption.hex().encode()
    for suffix, raw in (
        (".jpg", segment(0xFE, written)),
        (".jpg", segment(0xED, b"Photoshop 3.0\0" + caption)),
        (".tif", tiff("<", [(0x8649, 7, len(caption), caption)])),
        (".png", chunk(b"zTXt", b"Comment\0\0" + zlib.compress(written))),
        (".png", chunk(b"tEXt", b"Comment\0" + written)),
        (".png", chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(profile))),
        (".gif", extension(0xFE, written)),
    ):
        assert [(one.kind, one.found) for one in file(suffix, raw, search)] == [
            ("姓名", f"示{'*' * (len(name) - 1)}")
        ], suffix


@pytest.mark.parametrize("kind", [1, 4, 7])
@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(
    ("tag", "body"), [(0x83BB, CAPTION + BY), (0x8649, photoshop(CAPTION + BY))]
)
def test_captions_in_a_tiff(kind: int, is_turned: bool, tag: int, body: bytes) -> None:
    body += bytes(-len(body) % 4)
    value = b"".join(body[at : at + 4][:: -1 if is_turned else 1] for at in range(0, len(body), 4))
    raw = tiff("<", [(tag, kind, len(value) // (4 if kind == 4 else 1), value)])
    for suffix, made in ((".tif", raw), (".jpg", jpeg(raw))):
        assert sorted(set(found(suffix, made))) == sorted([LEAK, IN_XMP[1]])


def test_a_chunk_that_unpacks_to_very_much_is_refused() -> None:
    raw = chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * 20_000_000))
    assert FileLeak("无法检查", "图片信息过多") in file(".png", raw, private_search(()))


def test_a_picture_with_very_many_blocks_of_exif_is_refused() -> None:
    raw = JPEG
    for _ in range(3):
        raw = segment(0xE1, (b"Exif\0\0II*\0\xff\xff\xff\xff" * 4000), raw)
    assert FileLeak("无法检查", "图片信息过多") in file(".jpg", raw, private_search(()))


TOO_MUCH = [("无法检查", "图片信息过多")]
MEGABYTE = 1_000_000
HEX = b"\nexif\n  9\n" + b"45" * 100_000


@pytest.mark.parametrize(
    "raw",
    [
        chunk(b"tEXt", b"Raw profile type exif\0" + 8 * HEX),
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(8 * HEX)),
        PNG[:33] + chunk(b"tEXt", b"", PNG)[33:45] * 11_000 + PNG[33:],
        JPEG[:2] + b"\xff\xfe\0\2" * 11_000 + JPEG[2:],
        GIF[:-1] + b"\x21\xfe\1a\0" * 11_000 + b";",
        box(b"ftyp", b"isom") + box(b"free", b"") * 11_000,
        box(b"ftyp", b"isom") + box(b"mdat", b"a:Make='1'" * 10_000),
    ],
    ids=["profile", "packed profile", "chunks", "segments", "extensions", "boxes", "fields"],
)
def test_what_a_picture_holds_beside_its_pixels_has_a_bound(raw: bytes) -> None:
    tracemalloc.start()
    try:
        leaks = picture(raw, private_search(()), room=Room(MEGABYTE))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [(one.kind, one.found) for one in leaks] == TOO_MUCH
    assert most < 10 * MEGABYTE


def test_the_bound_holds_for_all_pictures_of_an_office_file() -> None:
    raw = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(4 * MEGABYTE)))
    written = io.BytesIO()
    with ZipFile(written, "w") as parts:
        for number in range(4):
            parts.writestr(f"word/media/{number}.png", raw)
    leaks = file(".docx", written.getvalue(), private_search(()))
    assert [(one.kind, one.found, one.place) for one in leaks] == [
        (*TOO_MUCH[0], "word/media/2.png")
    ]


@pytest.mark.parametrize("form", ["TIFF", "AVIF", "ICO"])
@pytest.mark.parametrize("more", [PHONE.encode(), JPEG, b"\0\0\0\x10free" + b"a" * 30])
def test_what_follows_directories_and_boxes_is_refused(form: str, more: bytes) -> None:
    suffix = f".{form.lower()}" if form != "TIFF" else ".tif"
    assert MORE in found(suffix, image(form) + more)
    assert found(suffix, image(form) + b"\0\0") == []


@pytest.mark.parametrize("more", [{}, {"tiffinfo": {270: "活动"}}, {"save_all": True}])
@pytest.mark.parametrize("packed", ["raw", "tiff_lzw", "jpeg", "group4"])
def test_the_end_of_a_tiff_in_any_form(packed: str, more: dict[str, object]) -> None:
    written = io.BytesIO()
    page = Image.effect_noise((300, 200), 90).convert("1" if packed == "group4" else "RGB")
    pages = {"append_images": [page] * 60} if "save_all" in more else {}
    page.save(written, "TIFF", compression=packed, **more, **pages)
    raw = written.getvalue()
    assert found(".tif", raw) == []
    assert found(".tif", raw + raw) == [MORE]


def test_a_picture_in_an_icon_and_a_directory_far_behind() -> None:
    icon = image("ICO", sizes=[(16, 16), (32, 32)])
    png = icon.index(b"\x89PNG")
    size = struct.unpack("<I", icon[14:18])[0]
    told = chunk(b"tEXt", b"a\0" + PHONE.encode(), icon[png : png + size])
    made = icon[:6] + icon[6:14] + struct.pack("<II", len(told), len(icon)) + icon[22:] + told
    assert found(".ico", made) == [LEAK]
    last = tiff("<", [(0x9C9C, 1, len(WIDE), WIDE)])
    many = b"".join(struct.pack("<HI", 0, 14 + 6 * n) for n in range(80))
    apart = last[:4] + struct.pack("<I", 8) + many
    (value,) = struct.unpack("<I", last[18:22])
    moved = struct.pack("<I", value + len(many))
    assert found(".tif", apart + last[8:18] + moved + last[22:]) == [LEAK]
