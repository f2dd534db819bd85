"""Every part of an office file is read, or the file is refused."""

import io
import struct
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from archive.leaks.files import file
from archive.leaks.leak import FileLeak
from archive.leaks.text import private_search
from tests.samples.attachments import changed, document, word

PHONE = "电话13912345678"
TOLD = "139******78"


def found(raw: bytes) -> list[FileLeak]:
    return file(".docx", raw, private_search(["示例人物"]))


def refused(why: str, place: str = "") -> list[FileLeak]:
    return [FileLeak("无法检查", why, place=place)]


def with_entries(*entries: tuple[str, bytes]) -> bytes:
    written = io.BytesIO(word())
    with ZipFile(written, "a") as parts:
        for name, raw in entries:
            parts.writestr(name, raw)
    return written.getvalue()


@pytest.mark.parametrize(
    "name",
    ["word/afchunk.html", "word/afchunk.mht", "word/afchunk.rtf", "word/afchunk.txt", "word/a.xhtml",
     "word/fonts/font1.odttf", "word/media/image1.emf", "word/media/image1.wmf", "word/a.bin", "word/a",
     "word/embeddings/oleObject1.bin", "word/embeddings/a.doc", "word/activeX/activeX1.bin", "word/a.js"],
)  # fmt: skip
def test_parts_of_kinds_that_are_not_read_are_refused(name: str) -> None:
    assert found(with_entries((name, PHONE.encode()))) == refused("内嵌的文件或宏", name)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("word/document2.XML", document(f"<w:p><w:t>{PHONE}</w:t></w:p>")),
        ("customXml/item9.xml", f"<a><b>{PHONE}</b></a>".encode()),
        ("customXml/item2.xml", f"<a><!-- {PHONE} --></a>".encode()),
        ("customXml/item3.xml", f"<a><?b {PHONE}?></a>".encode()),
        ("customXml/item4.xml", f'<a b="{PHONE}"/>'.encode()),
        ("customXml/item5.xml", f"<a><![CDATA[{PHONE}]]></a>".encode()),
        ("word/a.xml", f"<a>{PHONE}</a>".encode("utf-16")),
        ("word/embeddings/a.docx", word(PHONE)),
        ("word/media/a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><text>{PHONE}</text></svg>'.encode()),
        ("xl/printerSettings/printerSettings1.bin", PHONE.encode("utf-16-le")),
    ],
)  # fmt: skip
def test_parts_that_are_read(name: str, raw: bytes) -> None:
    assert found(with_entries((name, raw))) == [FileLeak("手机号", TOLD, place=name)]


def test_names_of_parts_and_remarks_of_the_zip_file() -> None:
    assert found(with_entries(("word/示例人物.xml", b"<a/>"))) == [
        FileLeak("姓名", "示***", place="部件的名称")
    ]
    written = io.BytesIO(word())
    with ZipFile(written, "a") as parts:
        parts.comment = PHONE.encode()
    assert found(written.getvalue()) == [FileLeak("手机号", TOLD, place="压缩包的说明")]


def test_a_name_in_several_runs_and_in_attributes() -> None:
    runs = "".join(f"<w:r><w:rPr/><w:t>{letter}</w:t></w:r>" for letter in "示例人物")
    for body in (
        f"<w:p>{runs}</w:p>",
        '<w:docVar w:val="示例人物"/>',
        "<w:instrText>示例人物</w:instrText>",
    ):
        raw = changed(word(), {"word/document.xml": document(body)})
        assert [one.found for one in found(raw)] == ["示***"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "names",
    [("word/a.xml", "word/a.xml"), ("word/a.xml", "word/A.xml"), ("word/a.xml", "word\\a.xml")],
)
def test_two_parts_of_one_name_are_refused(names: tuple[str, str]) -> None:
    assert found(with_entries(*((name, b"<a/>") for name in names))) == refused("同名的部件")


def test_what_stands_around_and_between_the_parts_is_refused() -> None:
    raw = word("甲")
    for spoilt in (PHONE.encode() + raw, raw + PHONE.encode(), raw + raw):
        assert [one.kind for one in found(spoilt)] == ["无法检查"]
    assert found(raw + b"x") == refused("部件之外的内容")


def test_an_entry_that_is_not_listed_is_refused() -> None:
    """A program that reads the entries from the front finds it, one that reads the list does not."""
    hidden = io.BytesIO()
    with ZipFile(hidden, "w") as parts:
        parts.writestr("word/document.xml", document(f"<w:p><w:t>{PHONE}</w:t></w:p>"))
    first = hidden.getvalue()[: hidden.getvalue().index(b"PK\1\2")]
    raw = word("甲")
    start, size = raw.index(b"PK\1\2"), len(first)
    listed = bytearray(raw[start:])
    at = 0
    while listed.startswith(b"PK\1\2", at):
        (offset,) = struct.unpack_from("<I", listed, at + 42)
        struct.pack_into("<I", listed, at + 42, offset + size)
        at += 46 + sum(struct.unpack_from("<HHH", listed, at + 28))
    (begin,) = struct.unpack_from("<I", listed, at + 16)
    struct.pack_into("<I", listed, at + 16, begin + size)
    assert found(first + raw[:start] + bytes(listed)) == refused("部件之外的内容")


def test_encrypted_entries_are_refused() -> None:
    raw = bytearray(word("甲"))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    assert found(bytes(raw)) == refused("已加密或损坏")


def test_entries_of_unknown_size_are_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    written = Pipe()
    with ZipFile(written, "w", ZIP_DEFLATED) as parts:
        parts.writestr(ZipInfo("word/document.xml"), document(f"<w:p><w:t>{PHONE}</w:t></w:p>"))
        parts.writestr(ZipInfo("word/a.xml"), b"<a/>")
    assert found(written.getvalue()) == [FileLeak("手机号", TOLD, place="word/document.xml")]


@pytest.mark.parametrize(
    "part",
    [
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///x'><a/>",
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16"),
        b"<a>" * 1000 + b"</a>" * 1000,
    ],
)  # fmt: skip
def test_xml_that_is_not_read_as_others_read_it_is_refused(part: bytes) -> None:
    assert found(with_entries(("word/a.xml", part))) == refused("内容无法读取")


def test_bombs() -> None:
    assert found(with_entries(*((f"word/{n}.xml", b"<a/>") for n in range(5000))))[0].found == (
        f"{5000 + len(ZipFile(io.BytesIO(word())).namelist())} 个部件，须不超过 5000 个"
    )

    def packed(raw: bytes) -> bytes:
        written = io.BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as parts:
            parts.writestr("word/document.xml", raw)
        return written.getvalue()

    assert found(packed(b"<a>" + b" " * 20_000_000 + b"</a>")) == refused("内容过大")
    assert found(packed(b"<a>" + b"<b/>" * 1_000_000 + b"</a>")) == refused("内容过大")
    inner = packed(b"<a>" + b" " * 9_000_000 + b"</a>")
    many = with_entries(*((f"word/embeddings/{n}.docx", inner) for n in range(4)))
    assert {one.found for one in found(many)} == {"内容过大"}
