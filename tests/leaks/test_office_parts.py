"""Every part of an office file is read, or the file is refused."""

import io
import re
import struct
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from lxml import etree

from archive.leaks.files import file
from archive.leaks.leak import FileLeak
from archive.leaks.office_part import read_part
from archive.leaks.text import private_search
from archive.leaks.zip_entries import ZipError
from tests.samples.attachments import changed, document, sheet, word
from tests.samples.leaks import without_digests

PHONE = "电话13912345678"
PNG = b"\x89PNG\r\n\x1a\n"
TOLD = "139******78"


def found(raw: bytes) -> list[FileLeak]:
    return without_digests(file(".docx", raw, private_search(["示例人物"])))


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


@pytest.mark.parametrize(
    "name",
    ["word/media/a.png", "word/media/b.jpg", "ppt/media/c.GIF", "word/media/d.mp4", "xl/media/e.tiff",
     "Thumbnails/thumbnail.png", "word/media/f.webp"],
)  # fmt: skip
@pytest.mark.parametrize(
    "raw",
    [word(PHONE), PHONE.encode("utf-16-le"), f"<svg>{PHONE}</svg>".encode(), b"%PDF-1.4 a", PNG + word(PHONE)],
)  # fmt: skip
def test_a_part_that_is_no_picture_though_it_says_so_is_refused(name: str, raw: bytes) -> None:
    assert found(with_entries((name, raw))) == refused("内容与后缀不符的文件", name)


@pytest.mark.parametrize(
    ("name", "raw", "is_refused"),
    [
        ("mimetype", b"application/vnd.oasis.opendocument.text", False),
        ("mimetype", PHONE.encode(), True),
        ("x/mimetype", b"application/vnd.oasis.opendocument.text", True),
        ("layout-cache", b"\1\2\3\0\xff", False),
        ("layout-cache", b"\1" + word(PHONE), True),
        ("layout-cache", b"\1" * 1_100_000, True),
        ("xl/printerSettings/printerSettings1.bin", b"\1" + word(PHONE), True),
    ],
)
def test_parts_that_hold_no_text_hold_none(name: str, raw: bytes, is_refused: bool) -> None:
    told = refused("内嵌的文件或宏", name) if is_refused else []
    assert found(with_entries((name, raw))) == told


@pytest.mark.parametrize(
    "name", ["layout-cache", "Object 1/layout-cache", "xl/printersettings1.bin"]
)
@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_parts_of_bytes_are_read_in_any_code(name: str, code: str) -> None:
    raw = b"\1\0" + f" {PHONE} ".encode(code) + b"\0\0"
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
        b"<a xmlns:b='%b'/>" % (b"b" * 501),
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


WIDE_NUMBER = "1.3912345678E10"
CELL = "<worksheet><sheetData><row><c{}>{}</c></row></sheetData></worksheet>"


@pytest.mark.parametrize(
    "part",
    [
        f'<a any="{PHONE}"/>',
        '<a b="tel 13912345678"/>',
        '<a b="13912345678"/>',
        '<a b="139-1234-5678"/>',
        '<a xmlns:q="q"><b q:val="139 1234 5678"/></a>',
        CELL.format("", f"<v>{WIDE_NUMBER}</v>"),
        CELL.format("", "<v>13912345678.000002</v>"),
        CELL.format("", "<v>139123456.78E2</v>"),
        CELL.format(' t="str"', "<f>A1</f><v>13912345678</v>"),
        CELL.format("", '<f>"139"&amp;"1234"&amp;"5678"</f><v/>'),
        CELL.format("", '<f>CONCATENATE("139","1234","5678")</f><v/>'),
        CELL.format("", "<f>139&amp;1234&amp;5678</f><v/>"),
        "<w:p xmlns:w='w'><w:t>电话1391234_x0035_678</w:t></w:p>",
        "<a b='_x0031_3912345678'/>",
        "<w:p xmlns:w='w'><w:t>电话\uf031\uf033\uf0391234\uf0355678</w:t></w:p>".replace("\uf0355678", "5678"),
        "<w:p xmlns:w='w'><w:r><w:sym w:char='F031'/><w:sym w:char='F033'/></w:r><w:t>912345678</w:t></w:p>",
        "<w:p xmlns:w='w'><w:bdo><w:r><w:t>87654321931话电</w:t></w:r></w:bdo></w:p>",
        "<w:p xmlns:w='w'><w:r><w:rPr><w:rtl/></w:rPr><w:t>87654321931话电</w:t></w:r></w:p>",
        "<a:p xmlns:a='a'><a:pPr rtl='1'/><a:t>87654321931话电</a:t></a:p>",
        "<w:ruby xmlns:w='w'><w:rt><w:t>139</w:t></w:rt><w:rubyBase/><w:rt><w:t>12345678</w:t></w:rt></w:ruby>",
    ],
)  # fmt: skip
def test_numbers_however_a_part_has_them(part: str) -> None:
    assert found(with_entries(("xl/worksheets/sheet9.xml", part.encode()))) == [
        FileLeak("手机号", TOLD, place="xl/worksheets/sheet9.xml")
    ]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


HIDDEN, SHOWN = "<w:vanish/>", "<w:vanish w:val='0'/>"
RAISED = "<w:vertAlign w:val='superscript'/>"
SHAPE = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
BOX = "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>附图</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
ANCHOR = (
    "<w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>3810000</wp:posOffset></wp:positionH><wp:positionV>"
    "<wp:posOffset>57150</wp:posOffset></wp:positionV>{}<wp14:pctWidth>0</wp14:pctWidth></wp:anchor></w:drawing></w:r>"
)
NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>"
FRAME = "<draw:frame><svg:title>IMG_2031</svg:title><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame>"
HEADER = "<worksheet><headerFooter><{0}>{1}</{0}></headerFooter></worksheet>"


@pytest.mark.parametrize("number", ["13912345678", "110101199003071233", "6222021234567890128"])
@pytest.mark.parametrize(
    "part",
    [
        # beside it
        f"<w:p>{ANCHOR.format('')}{run('{}')}</w:p>",
        f"<w:p>{run('{}')}{ANCHOR.format('')}</w:p>",
        f"<w:p>{ANCHOR.format(SHAPE)}</w:p>",
        f"<w:p>{run('{}')}{run('1', RAISED)}</w:p>",
        f"<w:p>{run('1', HIDDEN)}{run('{}')}</w:p>",
        "<a:p><a:r><a:t>{}</a:t></a:r><a:r><a:rPr baseline='30000'/><a:t>1</a:t></a:r></a:p>",
        "<xdr:wsDr><xdr:row>3</xdr:row><xdr:rowOff>76200</xdr:rowOff><xdr:sp><a:p><a:t>{}</a:t></a:p></xdr:sp></xdr:wsDr>",
        "<xml><v:shape><v:textbox><div>{}</div></v:textbox><x:Row>5</x:Row></v:shape></xml>",
        "<xml><x:Anchor>1, 15</x:Anchor><v:textbox><div><font>{}</font></div></v:textbox></xml>",
        "<xml><v:shape><div>x</div><x:Row>5</x:Row><v:textbox><font>{}</font></v:textbox></v:shape></xml>",
        "<a><b>1</b><e>{}</e><d>2</d></a>",
        "<list><b>1</b><e>{}</e><d>2</d></list>",
        "<workbook><definedName>5</definedName><definedName>{}</definedName></workbook>",
        "<e><cell><v>5</v></cell><cell t='str'><v>{}</v></cell></e>",
        f"<text:p>{{}}{NOTE}</text:p>",
        f"<text:p>{FRAME}{{}}</text:p>",
        "<ofd><TextCode>12</TextCode><TextCode>{}</TextCode><TextCode>20</TextCode></ofd>",
        HEADER.format("oddHeader", "&amp;L{}&amp;R第&amp;P页"),
        HEADER.format("firstFooter", "&amp;C{}"),
        HEADER.format("evenHeader", "&amp;C&amp;&quot;宋体,常规&quot;&amp;14{}"),
        HEADER.format("oddFooter", "&amp;8&amp;K01+000&amp;B{}"),
    ],
)
def test_a_number_is_read_without_what_is_not_shown_in_line(part: str, number: str) -> None:
    raw = part.format(number)
    assert {one.kind for one in in_part(raw)} == {
        11: {"手机号"}, 18: {"身份证号"}, 19: {"银行卡号"}
    }[len(number)]  # fmt: skip


@pytest.mark.parametrize(
    "between",
    [
        BOX,
        ANCHOR.format(""),
        ANCHOR.format("<wps:txbx><w:txbxContent><w:p><w:r><w:t>附图</w:t></w:r></w:p></w:txbxContent></wps:txbx>"),
        run("甲乙", HIDDEN),
        run("甲乙", "<w:webHidden w:val='1'/>"),
        run("12", RAISED),
        "<w:r><w:fldChar/><w:instrText> PAGE </w:instrText><w:fldChar/></w:r>",
        "<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>",
    ],
)  # fmt: skip
def test_nothing_that_is_not_shown_in_line_parts_a_text(between: str) -> None:
    body = f"<w:p>{run('139')}{between}{run('12345678，示例')}{between}{run('人物')}</w:p>"
    assert {("手机号", TOLD), ("姓名", "示***")} <= {(one.kind, one.found) for one in in_part(body)}


@pytest.mark.parametrize(
    "between",
    [NOTE, FRAME, "<text:hidden-text>甲乙</text:hidden-text>", "<office:annotation><text:p>注</text:p></office:annotation>",
     "<draw:custom-shape><text:p>图</text:p></draw:custom-shape>"],
)  # fmt: skip
def test_nothing_that_is_anchored_in_an_open_document_parts_a_text(between: str) -> None:
    body = f"<text:p>139{between}12345678，示例{between}<text:span>人</text:span>物</text:p>"
    assert {("手机号", TOLD), ("姓名", "示***")} <= {(one.kind, one.found) for one in in_part(body)}


@pytest.mark.parametrize(
    "part",
    [
        f"<w:p>{run('139')}{run('12345678', RAISED)}</w:p>",
        f"<w:p>{run('13912345678', HIDDEN)}</w:p>",
        f"<w:p>{run('139', HIDDEN)}{run('12345678', HIDDEN)}</w:p>",
        f"<w:p>{run('1')}{run('39', SHOWN)}{run('12345678')}</w:p>",
        '<w:p><w:r><w:instrText> QUOTE "139</w:instrText></w:r><w:r><w:instrText>12345678"</w:instrText></w:r></w:p>',
        "<ofd><TextCode>139</TextCode><TextCode>1234</TextCode><TextCode>5678</TextCode></ofd>",
        "<text:p>139<text:date>1234</text:date>5678</text:p>",
        "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>5678 1234 139</w:t></w:r></w:p>",
        "<w:p><w:dir><w:r><w:t>12345678 139</w:t></w:r></w:dir></w:p>",
        "<w:p><w:r><w:t>值班\u202e87654321931</w:t></w:r></w:p>",
    ],
)  # fmt: skip
def test_what_is_hidden_or_raised_is_read_too(part: str) -> None:
    assert [(one.kind, one.found) for one in in_part(part)] == [("手机号", TOLD)]


@pytest.mark.parametrize(("cells", "size"), [(2_000, 5_000), (20_000, 200), (1_000, 50)])
def test_a_shared_text_that_many_cells_show_is_read_as_often_as_there_is_room(
    cells: int, size: int
) -> None:
    long = read_part(
        "<c t='s'><v>0</v></c>".join(["<a>", *[""] * cells, "</a>"]).encode(), ["示" * size]
    )
    assert long.text.count("示") == (size if size > 100 else cells * size + size)


def test_cells_that_show_very_much_are_refused() -> None:
    cell = "<c t='s'><v>0</v></c>"
    with pytest.raises(ZipError, match="内容过大"):
        read_part(f"<a>{cell * 300}</a>".encode(), ["示" * 100], room=29_999)
    assert read_part(f"<a>{cell * 300}</a>".encode(), ["示" * 100], room=30_000).room == 0


def in_part(body: str) -> list[FileLeak]:
    spaces = {name for name in re.findall(r"([\w]+):", body) if name.isascii()}
    root = " ".join(f"xmlns:{name}='{name}'" for name in sorted(spaces))
    raw = f"<root {root}>{body}</root>".encode()
    written = io.BytesIO()
    with ZipFile(written, "w") as parts:
        parts.writestr("a/part.xml", raw)
    return [one for one in found(written.getvalue()) if one.kind != "修订批注"]


def indented(raw: bytes) -> bytes:
    """The part as programs write it that set its elements on lines of their own."""
    tree = etree.fromstring(raw)
    etree.indent(tree, "      ")
    return etree.tostring(tree)


def test_white_space_is_read_as_programs_show_it() -> None:
    """Indentation stands between two runs and is not shown; within a text it is one space."""
    for texts, told in (
        (("示", "例人物"), "示***"), (("电话139", "12345678"), TOLD), (("示\n\n例   人物",), "示***"),
    ):  # fmt: skip
        runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)
        raw = changed(word(), {"word/document.xml": indented(document(f"<w:p>{runs}</w:p>"))})
        assert [one.found for one in found(raw)] == [told]
    shared = "<sst><si><r><t>示例</t></r><r><t>人物</t></r></si></sst>".encode()
    cell = CELL.format(' t="s"', "<v>0</v>").encode()
    raw = with_entries(
        ("xl/sharedStrings.xml", indented(shared)), ("xl/worksheets/sheet1.xml", indented(cell))
    )
    assert found(raw) == [FileLeak("姓名", "示***", place="xl/worksheets/sheet1.xml")]


def test_what_stands_above_a_text_does_not_cut_it() -> None:
    ruby = "<w:ruby><w:rt><w:r><w:t>甲</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>例</w:t></w:r></w:rubyBase></w:ruby>"
    body = f"<w:p><w:r><w:t>示</w:t></w:r><w:r>{ruby}</w:r><w:r><w:t>人物</w:t></w:r></w:p>"
    raw = changed(word(), {"word/document.xml": document(body)})
    assert [one.found for one in found(raw)] == ["示***"]
    shared = "<sst><si><r><t>示例</t></r><rPh><t>甲</t></rPh><r><t>人物</t></r></si></sst>".encode()
    cell = CELL.format(' t="s"', "<v>0</v>").encode()
    raw = with_entries(("xl/sharedStrings.xml", shared), ("xl/worksheets/sheet1.xml", cell))
    assert found(raw) == [FileLeak("姓名", "示***", place="xl/worksheets/sheet1.xml")]


@pytest.mark.parametrize(
    "part",
    [
        '<a id="{00000000-0008-0000-0000-000002000000}" b="{13912345-1391-2345-6789-139123456789}"/>',
        '<a x="914400" y="1391234" z="5678"/>',
        '<a path="m0,0l21600,21600xe" coordsize="21600,21600" b="_x0031_2"/>',
        CELL.format("", "<v>1.3912345678E-10</v>"),
        CELL.format("", "<v>139123456.78</v>"),
        CELL.format("", "<v>1.5E3</v>"),
        CELL.format("", "<f>SUM(A1:A139)*12345678</f><v>1E99</v>"),
        "<w:p xmlns:w='w'><w:t>87654321931话电</w:t></w:p>",
        "<a b='_xD83D_'/>",
    ],
)  # fmt: skip
def test_sizes_and_identifiers_are_no_numbers_of_people(part: str) -> None:
    assert found(with_entries(("xl/worksheets/sheet9.xml", part.encode()))) == []


FORMULA_ELEMENTS = ("f", "definedName", "formula", "formula1", "calculatedColumnFormula")


@pytest.mark.parametrize("element", FORMULA_ELEMENTS)
@pytest.mark.parametrize(
    "formula",
    ['"示例"&amp;"人物"', "_xlfn.UNICHAR(31034)&amp;UNICHAR( 20363 )&amp;\"人物\"", "CHAR(51902)&amp;CHAR(49405)&amp;\"人物\""],
)  # fmt: skip
def test_what_formulas_put_together(element: str, formula: str) -> None:
    part = f"<worksheet><{element}>{formula}</{element}></worksheet>"
    raw = changed(sheet(), {"xl/worksheets/sheet1.xml": part.encode()})
    found = file(".xlsx", raw, private_search(["示例人物"]))
    assert [(one.kind, one.found) for one in found] == [("姓名", "示***")]


def test_names_split_over_attributes() -> None:
    search = private_search(["示例人物"])
    part = '<r><s v="示例"/><s v="人物"/></r>'
    raw = changed(sheet(), {"xl/pivotCache/pivotCacheRecords1.xml": part.encode()})
    assert [one.kind for one in file(".xlsx", raw, search)] == ["姓名"]
    for inside in (
        '<g id="示例" class="人物"/>',
        '<g aria-label="示"/><g data-a="例人"/><g id="a物"/>',
    ):
        raw = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
        assert [one.kind for one in file(".svg", raw, search)] == ["姓名"]


@pytest.mark.parametrize(
    ("cell", "refused"),
    [
        ("<c><f>139*10^8+12345678</f></c>", True),
        ('<c t="str"><f>SUBSTITUTE("示x例","x","")</f></c>', True),
        ('<c><f t="shared" si="0"/></c>', True),
        ("<c><v>1</v></c><c><f>A1</f></c>", True),
        ("<c><f>1+1</f><v>2</v></c>", False),
        ('<c t="str"><f>""</f><v></v></c><c/>', False),
    ],
)
def test_a_formula_without_its_result_is_refused(cell: str, refused: bool) -> None:
    """Who opens the workbook has it computed, and reads what nobody has searched."""
    part = f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    raw = changed(sheet(), {"xl/worksheets/sheet1.xml": part.encode()})
    found = file(".xlsx", raw, private_search([]))
    assert [(one.kind, one.found) for one in found] == [
        ("无法检查", "没有算出结果的公式")
    ] * refused
