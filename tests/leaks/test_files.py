"""What is found in files people attach: pictures, office files, PDF, texts."""

import io
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link, Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from archive.leaks.files import file
from archive.leaks.leak import FileLeak
from archive.leaks.office import office
from archive.leaks.text import private_search
from archive.leaks.texts import markup
from tests.samples.attachments import (
    ascii_,
    camera,
    changed,
    document,
    jpeg,
    located,
    sheet,
    tiff,
    word,
)
from tests.samples.leaks import without_digests
from tests.samples.typeset import typeset

SEARCH = private_search(())
PHONE = "电话13912345678"
TOLD_PHONE = "139******78"


def found(suffix: str, raw: bytes) -> list[FileLeak]:
    return without_digests(file(suffix, raw, SEARCH))


# Pictures: TIFF directories as CIPA DC-008 has them, in every wrapping.


def png(name: bytes, data: bytes) -> bytes:
    chunk = name + data
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(data))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
    )


def webp(block: bytes) -> bytes:
    rest = b"WEBPVP8X\0\0\0\0EXIF" + struct.pack("<I", len(block)) + block
    return b"RIFF" + struct.pack("<I", len(rest)) + rest


def profile(block: bytes) -> bytes:
    text = f"\nexif\n    {len(block)}\n{block.hex()}\n".encode()
    return png(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(text))


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="1,2N" '
    b'tiff:Make="Camera Works"><aux:SerialNumber>12345678</aux:SerialNumber></rdf:Description></x:xmpmeta>'
)
PLACE = [FileLeak("图片信息", "拍摄地点")]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("suffix", "wrapped"),
    [
        (".jpg", jpeg),
        (".png", lambda block: png(b"eXIf", block)),
        (".png", profile),
        (".webp", webp),
        (".tif", lambda block: block),
        (".heic", lambda block: b"\0\0\0\x0cftypheic\0\0\0\0mdatExif\0\0" + block),
    ],
    ids=["jpeg", "png", "png of ImageMagick", "webp", "tiff", "heic"],
)
def test_place_and_camera_of_a_picture(order: str, suffix: str, wrapped: object) -> None:
    assert callable(wrapped)
    assert [one.found[:5] for one in found(suffix, wrapped(camera(order)))] == [
        "相机厂商：",
        "相机型号：",
    ]
    assert found(suffix, wrapped(located(order))) == PLACE


def test_what_is_told_of_a_camera_is_masked() -> None:
    assert found(".jpg", jpeg(camera())) == [
        FileLeak("图片信息", "相机厂商：Cam********s"),
        FileLeak("图片信息", "相机型号：Ma***7"),
    ]


def test_xmp_of_a_picture() -> None:
    assert found(".jpg", b"\xff\xd8" + XMP) == [
        FileLeak("图片信息", "拍摄地点"),
        FileLeak("图片信息", "相机厂商：Cam********s"),
        FileLeak("图片信息", "相机序列号：123****8"),
    ]


def image(form: str, **said: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, form, **said)
    return written.getvalue()


def chunks(key: str, text: str, packed: bool) -> PngInfo:
    made = PngInfo()
    made.add_itxt(key, text, zip=packed)
    return made


def latin(key: str, text: str, packed: bool) -> PngInfo:
    made = PngInfo()
    made.add_text(key, text, zip=packed)
    return made


def exif(tag: int, text: str) -> Image.Exif:
    made = Image.Exif()
    made[tag] = text
    return made


IPTC = b"\x1c\x02\x50\0\x09Zhang San\x1c\x02\x78\0\x0b13912345678"
PHOTOSHOP = b"Photoshop 3.0\0008BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC
BYLINE = jpeg(b"")[:2] + b"\xff\xed" + struct.pack(">H", len(PHOTOSHOP) + 2) + PHOTOSHOP
REMARK = FileLeak("手机号", TOLD_PHONE, place="图片说明")
AUTHOR = FileLeak("图片信息", "作者：张**")


@pytest.mark.parametrize(
    ("suffix", "raw", "expected"),
    [
        (".jpg", image("JPEG", comment=PHONE.encode()), [REMARK]),
        (".jpg", image("JPEG", comment=PHONE.encode("gbk")), [REMARK]),
        (".jpg", image("JPEG", exif=exif(0x010E, "tel 13912345678")), [REMARK]),
        (".tif", image("TIFF", tiffinfo={0x010E: "tel 13912345678"}), [REMARK]),
        (".jpg", BYLINE, [REMARK, FileLeak("图片信息", "作者：Z********")]),
        (".gif", image("GIF", comment=PHONE.encode()), [REMARK]),
        (".png", image("PNG", pnginfo=latin("Comment", "tel 13912345678", False)), [REMARK]),
        (".png", image("PNG", pnginfo=latin("Comment", "tel 13912345678", True)), [REMARK]),
        (".png", image("PNG", pnginfo=chunks("Description", PHONE, True)), [REMARK]),
        (".png", image("PNG", pnginfo=chunks("Author", "张三丰", False)), [AUTHOR]),
        (".png", image("PNG", pnginfo=chunks("XML:com.adobe.xmp", XMP.decode(), True)), [
            FileLeak("图片信息", "拍摄地点"),
            FileLeak("图片信息", "相机厂商：Cam********s"),
            FileLeak("图片信息", "相机序列号：123****8"),
        ]),
        (".avif", image("AVIF", exif=exif(0x0110, "Mark 7")), [FileLeak("图片信息", "相机型号：Ma***7")]),
        (".jpg", image("JPEG", comment="示例市统计局".encode()), []),
        (".jpg", image("JPEG"), []),
    ],
)  # fmt: skip
def test_what_stands_in_a_picture_beside_it(
    suffix: str, raw: bytes, expected: list[FileLeak]
) -> None:
    assert sorted(found(suffix, raw)) == sorted(expected)


def test_author_in_xmp() -> None:
    author = b"<dc:creator><rdf:Seq><rdf:li>\xe5\xbc\xa0\xe4\xb8\x89\xe4\xb8\xb0</rdf:li></rdf:Seq></dc:creator>"
    assert found(".jpg", b"\xff\xd8" + author) == [AUTHOR]


def test_place_of_a_film() -> None:
    assert found(".mp4", b"\0\0\0\x30moov\xa9xyz\0\x12\x15\xc7+38.1+106.2/") == PLACE


@pytest.mark.parametrize(
    "raw",
    [
        jpeg(tiff("<", [(0x0112, 3, 1, b"\1\0")])),  # how the picture is turned
        jpeg(tiff("<", [ascii_(0x010F, "")])),
        jpeg(tiff("<", [(0x8825, 4, 1, struct.pack("<I", 9999))])),
        jpeg(b"II*\0\xff\xff\xff\xff"),
        jpeg(b"MM\0*"),
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        png(b"tEXt", b"Software\0x"),
        png(b"zTXt", b"Comment\0\0cut off"),
        b"",
    ],
)
def test_pictures_that_tell_nothing(raw: bytes) -> None:
    assert found(".jpg", raw) == []


def test_directories_that_lead_to_each_other_end() -> None:
    assert found(".tif", tiff("<", [(0x8769, 4, 1, struct.pack("<I", 8))])) == []


# Office files.


def test_a_word_file_with_nothing_in_it() -> None:
    assert found(".docx", word("组织志愿服务。")) == []


def test_text_of_a_word_file_though_cut_into_runs() -> None:
    runs = "<w:r><w:t>电话139</w:t></w:r><w:r><w:t>1234</w:t></w:r><w:r><w:t>5678</w:t></w:r>"
    raw = changed(word(), {"word/document.xml": document(f"<w:p>{runs}</w:p>")})
    assert found(".docx", raw) == [FileLeak("手机号", TOLD_PHONE, place="word/document.xml")]


def test_paragraphs_are_not_read_together() -> None:
    assert found(".docx", word("139", "1234", "5678")) == []
    assert found(".docx", word("电话139", "个", "12345678")) == []


def test_header_footer_and_notes_of_a_word_file() -> None:
    part = document(f"<w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p>")
    raw = changed(word(), {"word/header9.xml": part, "word/footnotes9.xml": part})
    assert found(".docx", raw) == [
        FileLeak("手机号", TOLD_PHONE, place="word/header9.xml"),
        FileLeak("手机号", TOLD_PHONE, place="word/footnotes9.xml"),
    ]


def test_properties_of_a_word_file() -> None:
    raw = word("甲", author="张三丰", last_modified_by="李四")
    app = b"<Properties><Company>some shop</Company><Manager>x y</Manager></Properties>"
    assert found(".docx", changed(raw, {"docProps/app.xml": app})) == [
        FileLeak("文件属性", "作者：张**"),
        FileLeak("文件属性", "最后修改者：李*"),
        FileLeak("文件属性", "公司：s********"),
        FileLeak("文件属性", "主管：x**"),
    ]


@pytest.mark.parametrize(
    "author",
    [
        "",
        "python-docx",
        "Microsoft Office User",
        "微软用户",
        "Administrator",
        "示例市统计局",
        "办公室",
    ],
)
def test_programs_and_offices_are_no_authors(author: str) -> None:
    assert found(".docx", word("甲", author=author, last_modified_by=author)) == []


def test_changes_and_comments_left_in_a_word_file() -> None:
    body = (
        '<w:p><w:ins w:author="x"><w:r><w:t>增</w:t></w:r></w:ins>'
        '<w:del w:author="x"><w:r><w:delText>电话13912345678</w:delText></w:r></w:del></w:p>'
    )
    comment = document("<w:comment><w:p><w:r><w:t>问一下</w:t></w:r></w:p></w:comment>")
    raw = changed(word(), {"word/document.xml": document(body), "word/comments.xml": comment})
    assert found(".docx", raw) == [
        FileLeak("修订批注", "修订 2 处", place="word/document.xml"),
        FileLeak("手机号", TOLD_PHONE, place="word/document.xml"),
        FileLeak("修订批注", "批注 1 处", place="word/comments.xml"),
    ]


def test_draft_marks_in_a_word_file() -> None:
    assert found(".docx", word("人数待核。")) == [
        FileLeak("草稿标记", "待核", place="word/document.xml")
    ]


def test_pictures_in_a_word_file() -> None:
    raw = changed(word(), {"word/media/image1.jpeg": jpeg(located())})
    assert found(".docx", raw) == [FileLeak("图片信息", "拍摄地点", place="word/media/image1.jpeg")]


def test_cells_of_a_workbook_as_text_and_as_number() -> None:
    assert found(".xlsx", sheet("姓名：张三丰", 1)) == [
        FileLeak("姓名", "张**", place="xl/worksheets/sheet1.xml")
    ]
    assert found(".xlsx", sheet("电话", 13912345678)) == [
        FileLeak("手机号", TOLD_PHONE, place="xl/worksheets/sheet1.xml")
    ]
    assert office(sheet("数", 13912345678), SEARCH, numbers=False) == []
    assert found(".xlsx", sheet("甲", 13, 912345678)) == []


def test_names_in_columns_of_a_word_file_and_a_workbook() -> None:
    made = docx.Document()
    made.core_properties.author = made.core_properties.comments = ""
    table = made.add_table(2, 2)
    for row, filled in zip(table.rows, (("序号", "姓名"), ("1", "丁小梅")), strict=True):
        for cell, text in zip(row.cells, filled, strict=True):
            cell.text = text
    written = io.BytesIO()
    made.save(written)
    assert found(".docx", written.getvalue()) == [
        FileLeak("姓名", "丁**", place="word/document.xml")
    ]
    book = sheet()
    cells = "".join(f"<c t='s'><v>{at}</v></c>" for at in (0, 1))
    more = "".join(f"<c t='s'><v>{at}</v></c>" for at in (2, 3))
    texts = "".join(f"<si><t>{text}</t></si>" for text in ("人数", "姓名", "3", "丁小梅"))
    shared = {
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData><row>{cells}</row><row>{more}</row></sheetData></worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst>{texts}<si><t>{PHONE}</t></si></sst>".encode(),
    }
    assert found(".xlsx", changed(book, shared)) == [
        FileLeak("姓名", "丁**", place="xl/worksheets/sheet1.xml"),
        FileLeak("手机号", TOLD_PHONE, place="xl/sharedStrings.xml"),  # in no cell any more
    ]


def test_what_attributes_and_properties_say() -> None:
    links = (
        b'<R><R Target="mailto:abc@qq.com"/><R Target="file:///C:\\Users\\zhangsan\\a.xlsx"/></R>'
    )
    people = '<w:people xmlns:w="w"><w:person w:author="张三丰"/></w:people>'.encode()
    custom = b"<P><a>13912345678</a><b>2024</b></P>"
    raw = changed(
        word(),
        {
            "word/document.xml": document(f'<w:p><w:docPr descr="{PHONE}"/></w:p>'),
            "word/_rels/document.xml.rels": links,
            "word/people.xml": people,
            "docProps/custom.xml": custom,
        },
    )
    assert found(".docx", raw) == [
        FileLeak("手机号", TOLD_PHONE, place="word/document.xml"),
        FileLeak("私人邮箱", "a**@qq.com", place="word/_rels/document.xml.rels"),
        FileLeak("文件属性", "文件夹：z*******", place="word/_rels/document.xml.rels"),
        FileLeak("文件属性", "批注者：张**"),
        FileLeak("手机号", TOLD_PHONE, place="docProps/custom.xml"),
    ]


@pytest.mark.parametrize(
    ("name", "inside", "expected"),
    [
        ("word/embeddings/a.xlsx", sheet(PHONE), [("手机号", TOLD_PHONE)]),
        ("word/embeddings/a.docx", word(author="张三丰"), [("文件属性", "作者：张**")]),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", [("无法检查", "内嵌的文件或宏")]),
        ("word/vbaProject.bin", b"x", [("无法检查", "内嵌的文件或宏")]),
        ("word/embeddings/a.pdf", b"%PDF-1.7", [("无法检查", "内嵌的文件或宏")]),
        ("word/media/a.gif", image("GIF", comment=PHONE.encode()), [("手机号", TOLD_PHONE)]),
        ("xl/printerSettings/printerSettings1.bin", b"x", []),
        ("Configurations2/accelerator/current.xml", b"", []),
    ],
)  # fmt: skip
def test_files_inside_an_office_file(
    name: str, inside: bytes, expected: list[tuple[str, str]]
) -> None:
    leaks = found(".docx", changed(word(), {name: inside}))
    assert [(one.kind, one.found, one.place) for one in leaks] == [(*one, name) for one in expected]


def test_files_inside_files_are_opened_once() -> None:
    inner = changed(word(), {"word/embeddings/a.docx": word(PHONE)})
    assert [one.found for one in found(".docx", changed(word(), {"a.docx": inner}))] == [
        "内嵌的文件或宏"
    ]


def test_comments_of_a_workbook() -> None:
    assert [one.found for one in found(".xlsx", sheet("甲", comment="问"))] == ["批注 1 处"]


def test_an_open_document() -> None:
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    content = (
        f"<office:document-content {space}><office:body><text:tracked-changes><text:changed-region/>"
        f"</text:tracked-changes><text:p>{PHONE}<office:annotation/></text:p></office:body></office:document-content>"
    )
    meta = f"<office:document-meta {space}><meta:initial-creator>张三丰</meta:initial-creator></office:document-meta>"
    written = io.BytesIO()
    with ZipFile(written, "w") as parts:
        parts.writestr("content.xml", content)
        parts.writestr("meta.xml", meta)
    assert found(".odt", written.getvalue()) == [
        FileLeak("修订批注", "修订 1 处", place="content.xml"),
        FileLeak("修订批注", "批注 1 处", place="content.xml"),
        FileLeak("手机号", TOLD_PHONE, place="content.xml"),
        FileLeak("文件属性", "作者：张**"),
    ]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "已加密或损坏"),  # what Word makes with a password
        (word("甲")[:-30], "已加密或损坏"),
        (changed(word(), {"word/document.xml": b"<w:p>"}), "内容无法读取"),
        (
            changed(word(), {"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;&d;</a>"}),
            "内容无法读取",
        ),
    ],
)
def test_office_files_that_cannot_be_read(raw: bytes, why: str) -> None:
    assert found(".docx", raw) == [FileLeak("无法检查", why)]


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MAX_UNPACKED", "MAX_TEXT"):
        with monkeypatch.context() as lower:
            lower.setattr(f"archive.leaks.office.{limit}", 1000)
            assert found(".docx", word("甲")) == [FileLeak("无法检查", "内容过大")]


# PDF.


def pdf(text: str, author: str = "") -> bytes:
    head = f'#set document(author: "{author}")\n' if author else ""
    return typeset(head + text)


PDF = pdf("a")


def test_pages_of_a_pdf() -> None:
    assert found(".pdf", pdf("tel 13912345678 \n#pagebreak()\n a\\@qq.com TODO")) == [
        FileLeak("手机号", TOLD_PHONE, place="第 1 页"),
        FileLeak("私人邮箱", "*@qq.com", place="第 2 页"),
        FileLeak("草稿标记", "TODO", place="第 2 页"),
    ]


def test_author_of_a_pdf() -> None:
    assert found(".pdf", pdf("a", "Zhang San")) == [FileLeak("文件属性", "作者：Z********")]
    assert found(".pdf", pdf("a", "示例市统计局")) == []


def test_notes_on_a_pdf() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf("a"))))
    writer.add_annotation(0, Text(text="?", rect=(50, 50, 60, 60)))
    written = io.BytesIO()
    writer.write(written)
    assert found(".pdf", written.getvalue()) == [FileLeak("修订批注", "批注 1 处", place="第 1 页")]


def test_a_photograph_in_a_pdf() -> None:
    def change(writer: PdfWriter) -> None:
        photograph = StreamObject()
        photograph[NameObject("/Subtype")] = NameObject("/Image")
        photograph.set_data(jpeg(located()))
        writer._add_object(photograph)

    assert found(".pdf", rewritten(change)) == PLACE


def rewritten(change: Callable[[PdfWriter], object], incremental: bool = False) -> bytes:
    writer = (
        PdfWriter(io.BytesIO(pdf("tel 13912345678")), incremental=True)
        if incremental
        else PdfWriter(PdfReader(io.BytesIO(PDF)))
    )
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def emptied(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Contents")] = writer._add_object(StreamObject())


def with_form(writer: PdfWriter) -> None:
    field = DictionaryObject(
        {
            NameObject("/T"): TextStringObject("a"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/V"): TextStringObject(PHONE),
        }
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer._root_object[NameObject("/AcroForm")] = form


BESIDE = FileLeak("手机号", TOLD_PHONE, place="属性和表单")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (rewritten(lambda writer: writer.add_metadata({"/Title": PHONE})), [BESIDE]),
        (rewritten(lambda writer: writer.add_outline_item(title=PHONE, page_number=0)), [BESIDE]),
        (rewritten(with_form), [BESIDE]),
        (
            rewritten(
                lambda writer: writer.add_annotation(
                    0, Link(rect=(1, 1, 9, 9), url="mailto:abc@qq.com")
                )
            ),
            [FileLeak("私人邮箱", "a**@qq.com", place="第 1 页")],
        ),
        (
            rewritten(
                lambda writer: writer.add_annotation(0, FreeText(text=PHONE, rect=(1, 1, 9, 9)))
            ),
            [
                FileLeak("手机号", TOLD_PHONE, place="第 1 页"),
                FileLeak("修订批注", "批注 1 处", place="第 1 页"),
            ],
        ),
        (
            rewritten(lambda writer: writer.add_attachment("a.txt", b"a")),
            [FileLeak("无法检查", "内嵌的文件或宏")],
        ),
        (
            rewritten(emptied, incremental=True),
            [FileLeak("手机号", TOLD_PHONE, place="以前的第 1 版，第 1 页")],
        ),
    ],
    ids=["title", "bookmark", "form", "link", "note", "attachment", "earlier version"],
)
def test_what_stands_beside_the_pages_of_a_pdf(raw: bytes, expected: list[FileLeak]) -> None:
    assert found(".pdf", raw) == expected


def test_a_pdf_that_is_locked() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf("a"))))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    assert found(".pdf", written.getvalue()) == [FileLeak("无法检查", "已加密")]


# Texts, and what is none.


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".json", ".yml", ".svg"])
@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "more", ["另".encode("gb18030"), "另".encode()[:2], "另".encode(), b"\xff"]
)
def test_a_line_in_another_encoding_hides_no_name(suffix: str, code: str, more: bytes) -> None:
    """The server says UTF-8, a spreadsheet takes the rest for GB18030: either shows the name."""
    raw = b'["' + "示例人物".encode(code) + b'",\n"' + more + b'"]\n'
    found = [one.found for one in file(suffix, raw, private_search(["示例人物"]))]
    assert "示***" in found


def test_texts_have_lines_whatever_their_encoding() -> None:
    text = f"第一行\n{PHONE}\n"
    for code in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert found(".csv", text.encode(code)) == [FileLeak("手机号", TOLD_PHONE, 2)], code


SVG = "http://www.w3.org/2000/svg"
DRAWN = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" '
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>139<b>1234</b><!-- x -->5678</p>", [("手机号", TOLD_PHONE)]),
        ("<p>139&#49;234&nbsp;5678</p>", [("手机号", TOLD_PHONE)]),
        ("<td>139</td><td>12345678</td>", []),
        (r'<svg export="/home/user/a.png"/>', []),
    ],
)
def test_markup_as_it_is_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.found) for one in markup(text.encode(), SEARCH)] == expected


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".svg", f'<svg xmlns="{SVG}"><text>139<tspan x="1">1234</tspan>5678</text></svg>', [("手机号", TOLD_PHONE)]),
        (".svg", f'<svg xmlns="{SVG}"><path d="M 139 1234 5678"/><polygon points="139 1234 5678"/></svg>', []),
        (".svg", f'<svg xmlns="{SVG}" {DRAWN}><metadata><dc:creator><cc:Agent><dc:title>张三丰</dc:title></cc:Agent></dc:creator></metadata></svg>', [("文件属性", "作者：张**")]),
        (".svg", rf'<svg xmlns="{SVG}" {DRAWN} sodipodi:docname="C:\Users\zhangsan\a.svg"/>', [("文件属性", "文件夹：z*******")]),
        (".svg", f'<svg xmlns="{SVG}"><image href="data:image/jpeg;base64,{b64encode(jpeg(located())).decode()}"/></svg>', [("图片信息", "拍摄地点")]),
        (".svg", f'<svg xmlns="{SVG}"><image href="data:image/jpeg;base64,abc"/></svg>', [("无法检查", "内嵌的图片读不出来")]),
        (".json", '{"a": "\\u59d3\\u540d\\uff1a\\u4e01\\u5c0f\\u6885"}', [("姓名", "丁**")]),
    ],
)  # fmt: skip
def test_markup_and_escapes(suffix: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.found) for one in found(suffix, text.encode())] == expected


@pytest.mark.parametrize(
    ("suffix", "raw"),
    [
        (".jpg", b"PK\3\4"),
        (".png", PHONE.encode()),
        (".tif", b"II+\0"),
        (".jpg", jpeg(b"") + word("甲")),
        (".png", image("PNG") + word("甲")),
        (".gif", b"GIF89a" + PDF),
        (".txt", PDF + b"\0"),
        (".csv", PHONE.encode("utf-16-le")),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(suffix: str, raw: bytes) -> None:
    assert found(suffix, raw) == [FileLeak("无法检查", "内容与后缀不符的文件")]


def test_a_text_with_a_byte_that_is_none() -> None:
    assert [one.kind for one in found(".txt", f"姓名：丁小梅 {PHONE}".encode() + b"\xff")] == [
        "姓名",
        "手机号",
    ]


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".zip", ".rar", ".rtf", ".pps", ".mp3", ".exe"])
def test_what_cannot_be_looked_into_is_refused(suffix: str) -> None:
    assert found(suffix, b"x") == [FileLeak("无法检查", f"{suffix[1:]} 文件")]
    assert found("", b"x") == [FileLeak("无法检查", "没有后缀的文件")]


SUFFIXES = (
    ".docx", ".xlsx", ".pptx", ".odt", ".pdf", ".jpg", ".png", ".gif", ".webp", ".tif", ".heic", ".mp4",
    ".csv", ".html", ".svg", ".doc", ".zip", ".bin", "",
)  # fmt: skip


@given(st.sampled_from(SUFFIXES), st.binary(max_size=300))
def test_any_bytes_in_any_file(suffix: str, raw: bytes) -> None:
    for one in found(suffix, raw):
        assert one.line >= 1
        assert "\n" not in one.found


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_files_spoilt_somewhere(at: int, trouble: bytes) -> None:
    for suffix, raw in ((".jpg", jpeg(camera())), (".docx", word("甲")), (".pdf", PDF)):
        found(suffix, raw[:at] + trouble + raw[at + len(trouble) :])


NAME = "示例人物"
NAMED = private_search([NAME])
NAME_FOUND = ("姓名", "示***")
CODES = "".join(f"\\U{ord(one):08x}" for one in NAME)
FORMULA = "&".join(f"UNICHAR({ord(one)})" for one in NAME)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yml", f'a: "{CODES}"'),
        (".yaml", 'a: "\\u793a\\\n  \\u4f8b人物"'),
        (".yml", "姓: 示例\n名: 人物\n"),
        (".yml", "- {a: 示例, b: 人物}"),
        (".json", '{"姓": "示例", "名": "人物"}'),
        (".geojson", '[["示"], {"a": "例人", "b": "物"}]'),
        (".csv", '="示例"&"人物"'),
        (".csv", '"=""示例""&""人物"""'),
        (".tsv", f"甲\t={FORMULA}"),
        (".txt", '= "示例" & "人物"'),
    ],
)
def test_names_that_only_a_program_puts_together(suffix: str, text: str) -> None:
    assert [(one.kind, one.found) for one in file(suffix, text.encode(), NAMED)] == [NAME_FOUND]


def test_numbers_that_only_a_program_puts_together() -> None:
    mobile = ("手机号", "139******78")
    for suffix, text in (
        (".csv", '甲,="139"&"1234"&"5678"'),
        (".yml", 'a: "\\x31\\x33\\x39\\x31\\x32\\x33\\x34\\x35\\x36\\x37\\x38"'),
    ):
        found = file(suffix, text.encode(), NAMED)
        assert [(one.kind, one.found) for one in found] == [mobile], text
    for suffix, text in ((".yml", "a: 139\nb: 12345678\n"), (".json", '{"a": 139, "b": 12345678}')):
        assert file(suffix, text.encode(), NAMED) == []


def test_what_yaml_hides_in_a_tag_is_refused() -> None:
    coded = b64encode(NAME.encode()).decode()
    for text in (f"a: !!binary {coded}", f"a: [!!binary {coded}]", "- !a b"):
        assert [one.kind for one in file(".yml", text.encode(), NAMED)] == ["无法检查"]
    assert file(".yml", "a: 好！!b\n".encode(), NAMED) == []
