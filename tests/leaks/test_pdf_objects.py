"""Every object of a PDF file is read, whatever refers to it, or the file is refused."""

import io
import zlib
from collections.abc import Callable
from functools import partial

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from archive.leaks.files import file
from archive.leaks.leak import FileLeak
from archive.leaks.text import private_search
from tests.samples import hostile
from tests.samples.typeset import typeset

NAME = "示例人物"
SEARCH = private_search([NAME])


PDF = typeset("a")


def written(change: Callable[[PdfWriter], object], *, packed: bool = False) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(PDF)))
    change(writer)
    if packed:
        writer.compress_identical_objects()
        for page in writer.pages:
            page.compress_content_streams()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def found(raw: bytes) -> list[tuple[str, str]]:
    return [(one.kind, one.found) for one in file(".pdf", raw, SEARCH)]


def dictionary(**fields: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in fields.items()})


def stream(raw: bytes, **fields: object) -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(raw)
    made.update(dictionary(**fields))
    return made.flate_encode() if raw else made


def in_root(key: str, value: PdfObject) -> Callable[[PdfWriter], object]:
    return lambda writer: writer._root_object.__setitem__(
        NameObject(f"/{key}"),
        writer._add_object(value),
    )


HELVETICA = dictionary(
    Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica")
)
TEXT = TextStringObject(NAME)
LEAK = ("姓名", "示***")


@pytest.mark.parametrize(
    "change",
    [
        in_root("Names", dictionary(Dests=dictionary(Names=ArrayObject([TEXT])))),
        in_root("OCProperties", dictionary(OCGs=ArrayObject([dictionary(Name=TEXT)]))),
        in_root("StructTreeRoot", dictionary(K=dictionary(Alt=TEXT, ActualText=TEXT))),
        in_root("Lang", TEXT),
        in_root("Any", NameObject(f"/{NAME}")),
        in_root("Metadata", stream(f"<x>{NAME}</x>".encode(), Type=NameObject("/Metadata"))),
        in_root("PieceInfo", dictionary(A=stream(NAME.encode("utf-16")))),
        lambda writer: writer._add_object(TEXT),
        lambda writer: writer._add_object(stream(NAME.encode())),
    ],
)  # fmt: skip
def test_texts_of_all_objects(change: Callable[[PdfWriter], object]) -> None:
    assert found(written(change)) == [LEAK]


def test_what_a_drawing_shows_that_no_page_refers_to() -> None:
    def change(writer: PdfWriter) -> None:
        font = dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
        )
        resources = dictionary(Font=dictionary(F1=font))
        shown = b"BT /F1 9 Tf (13912345678) Tj ET"
        writer._add_object(stream(shown, Subtype=NameObject("/Form"), Resources=resources))

    assert found(written(change)) == [("手机号", "139******78")]


def test_the_author_in_a_packed_description() -> None:
    xmp = "<dc:creator><rdf:Seq><rdf:li>张三丰</rdf:li></rdf:Seq></dc:creator>".encode()
    raw = written(in_root("Metadata", stream(xmp, Type=NameObject("/Metadata"))))
    assert found(raw) == [("文件属性", "作者：张**")]


FILE = "内嵌的文件或宏"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (in_root("OpenAction", dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("a"))), FILE),
        (in_root("A", dictionary(JS=stream(b"a"))), FILE),
        (in_root("OpenAction", dictionary(S=NameObject("/Launch"))), FILE),
        (in_root("A", dictionary(S=NameObject("/SubmitForm"))), FILE),
        (in_root("A", dictionary(Type=NameObject("/Filespec"), EF=dictionary())), FILE),
        (in_root("Collection", dictionary()), FILE),
        (in_root("A", dictionary(Subtype=NameObject("/RichMedia"))), FILE),
        (in_root("A", dictionary(Subtype=NameObject("/FileAttachment"))), FILE),
        (in_root("A", stream(b"x", Type=NameObject("/EmbeddedFile"))), FILE),
        (in_root("AcroForm", dictionary(XFA=ArrayObject())), "表单程序（XFA）"),
        (in_root("A", stream(b"(a) Tj", PatternType=NameObject("/1"))), "图案里的文字"),
    ],
)  # fmt: skip
def test_what_runs_or_holds_a_file_is_refused(
    change: Callable[[PdfWriter], object], expected: str
) -> None:
    assert ("无法检查", expected) in found(written(change))


IDENTITY = NameObject("/Identity-H")
UNREADABLE = [("无法检查", "读不出文字的字体（没有 ToUnicode）")]


def names(*glyphs: str) -> DictionaryObject:
    """An encoding in which the codes from 65 on are those of glyphs of these names."""
    return dictionary(Differences=ArrayObject([NumberObject(65), *map(NameObject, glyphs)]))


WINDOWS = "/WinAnsiEncoding"


@pytest.mark.parametrize("key", ["FontFile", "FontFile2", "FontFile3"])
@pytest.mark.parametrize(
    ("encoding", "readable"),
    [
        ({}, False),
        ({"Encoding": NameObject(WINDOWS)}, True),
        ({"Encoding": dictionary()}, False),
        ({"Encoding": dictionary(BaseEncoding=NameObject(WINDOWS))}, True),
        ({"Encoding": names("/a", "/b")}, True),
        ({"Encoding": names("/a")}, False),
        ({"Encoding": dictionary(BaseEncoding=NameObject(WINDOWS), Differences=ArrayObject([NameObject("/g1")]))}, False),
        ({"ToUnicode": stream(b"x")}, True),
    ],
)  # fmt: skip
def test_fonts_within_the_file(key: str, encoding: dict[str, object], readable: bool) -> None:
    described = dictionary(Type=NameObject("/FontDescriptor"), **{key: stream(b"\1\0\4")})
    font = dictionary(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), FontDescriptor=described,
        FirstChar=NumberObject(64), Widths=ArrayObject(map(NumberObject, (0, 500, 500))), **encoding,
    )  # fmt: skip
    assert found(written(in_root("A", font))) == ([] if readable else UNREADABLE)


@pytest.mark.parametrize(
    ("subtype", "encoding", "readable"),
    [
        ("/Type0", IDENTITY, False),
        ("/Type0", stream(b"x", Type=NameObject("/CMap")), False),
        ("/Type0", NameObject("/Other-H"), False),
        ("/Type0", NameObject("/GBK-EUC-H"), True),
        ("/Type0", NameObject("/UniGB-UCS2-H"), True),
        ("/TrueType", NameObject("/WinAnsiEncoding"), True),
        ("/Type1", NameObject("/Other"), False),
        ("/Type1", dictionary(Differences=ArrayObject([NameObject("/a"), NameObject("/germandbls")])), True),
        ("/Type1", dictionary(Differences=ArrayObject([NameObject("/g12")])), False),
        ("/Type3", dictionary(Differences=ArrayObject([NameObject("/C0_1")])), False),
        ("/Type1", names("/glyph"), False),
        ("/Type1", names("/Gabc12"), False),
        ("/Type1", names("/ab"), False),
        ("/Type1", names("/A.sc"), False),
        ("/Type1", names("/uni4E004E01"), False),
        ("/Type1", names("/uni4E00", "/u4E01", "/Zcaron"), True),
        ("/Type3", names("/a", "/b"), False),
        ("/Type3", names("/a"), False),
        ("/Type3", NameObject("/WinAnsiEncoding"), False),
    ],
)  # fmt: skip
def test_fonts_whose_text_cannot_be_read(subtype: str, encoding: object, readable: bool) -> None:
    font = dictionary(
        Type=NameObject("/Font"), Subtype=NameObject(subtype), Encoding=encoding,
        FirstChar=NumberObject(65), Widths=ArrayObject(map(NumberObject, (500, 500))),
    )  # fmt: skip
    assert found(written(in_root("A", font))) == ([] if readable else UNREADABLE)
    del font["/Type"]  # it is a font by its use
    assert found(written(in_root("A", font))) == ([] if readable else UNREADABLE)
    font[NameObject("/ToUnicode")] = stream(b"x")
    assert found(written(in_root("A", font))) == []


def letters(glyph: bytes, *, is_apart: bool, own: dict[str, PdfObject]) -> bytes:
    """A file with a font of one letter, which is drawn as `glyph` says."""

    def change(writer: PdfWriter) -> None:
        drawn = {key: writer._add_object(value) for key, value in own.items()}
        glyphs: PdfObject = dictionary(a=writer._add_object(stream(glyph)))
        font = dictionary(
            Subtype=NameObject("/Type3"), Encoding=names("/a"), ToUnicode=stream(b"x"),
            CharProcs=writer._add_object(glyphs) if is_apart else glyphs,
            Resources=dictionary(Font=dictionary(A=HELVETICA), XObject=dictionary(**drawn)),
        )  # fmt: skip
        in_root("A", font)(writer)

    return written(change)


IMAGE = stream(b"Tj (a) '", Subtype=NameObject("/Image"))
LINES = stream(b"0 0 m 9 9 l S", Subtype=NameObject("/Form"), Resources=dictionary())
WORDS = stream(
    b"BT /A 9 Tf (a) ' ET", Subtype=NameObject("/Form"), Resources=dictionary(Font=dictionary())
)


@pytest.mark.parametrize("is_apart", [False, True])
@pytest.mark.parametrize(
    ("glyph", "own", "is_read"),
    [
        (b"1000 0 d0 BT /A 800 Tf (139) Tj ET", {}, False),
        (b"1000 0 d0 BT /A 800 Tf [(139)]TJ ET", {}, False),
        (b"1000 0 d0 BT /A 800 Tf <31>' ET", {}, False),
        (b'1000 0 d0 BT /A 800 Tf 0 0 (1) " ET', {}, False),
        (b"1000 0 d0 (BI ID) pop BT /A 800 Tf (1)%c\nTj ET (EI)", {}, False),
        (b"1000 0 d0 /F Do", {"F": WORDS}, False),
        (b"1000 0 d0 /F Do", {"F": LINES}, True),
        (b"1000 0 d0 /F Do", {"F": IMAGE}, True),
        (b"1000 0 d0 /F Do", {}, False),
        (b"1000 0 d0 0 0 m 9 9 l S", {}, True),
        (b"1000 0 d0 BI /W 8 /H 4 /IM true ID \nTj' EI Q", {}, True),
        (b"1000 0 d0" + b" 0 0 m 9 9 l S % '\n" * 60_000, {}, False),
    ],
)  # fmt: skip
def test_letters_that_are_drawn_with_letters(
    glyph: bytes, own: dict[str, PdfObject], is_read: bool, is_apart: bool
) -> None:
    told = found(letters(glyph, is_apart=is_apart, own=own))
    assert told == ([] if is_read else [("无法检查", "字形里的文字")])


def test_a_file_with_a_password_is_refused_though_anybody_may_open_it() -> None:
    raw = written(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert found(raw) == [("无法检查", "已加密")]


def incremental(base: bytes, title: str = "a") -> bytes:
    writer = PdfWriter(io.BytesIO(base), incremental=True)
    writer.add_metadata({"/Title": title})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_an_earlier_version_that_cannot_be_read_is_refused() -> None:
    later = incremental(PDF)
    assert found(later) == []
    unread = b"%PDF-1.7\n1 0 obj\n(13912345678)\nendobj\n%%EOF\n"
    raw = later.replace(b"%PDF-1.7\n", unread, 1)
    leaks = file(".pdf", raw, SEARCH)
    assert FileLeak("无法检查", "已损坏或无法读取", place="以前的第 1 版") in leaks


def test_versions_are_read_up_to_a_bound() -> None:
    raw = PDF
    for number in range(6):
        raw = incremental(raw, str(number))
    assert found(raw) == [("无法检查", "6 个以前的版本，须不超过 5 个")]


def drawn(content: str) -> bytes:
    """A page that has this content and a font A."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        page[NameObject("/Resources")] = dictionary(Font=dictionary(A=HELVETICA))
        page[NameObject("/Contents")] = stream(content.encode())

    return written(change)


def moved(*texts: tuple[int, int, str], how: str = "cm") -> str:
    """Texts in places of a page, each by itself."""
    if how == "cm":
        return " ".join(
            f"q 1 0 0 1 {x} {y} cm BT /A 12 Tf ({text}) Tj ET Q" for x, y, text in texts
        )
    return " ".join(f"BT /A 12 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET" for x, y, text in texts)


def digits(number: str, step: int = 7) -> list[tuple[int, int, str]]:
    return [(50 + step * n, 700, digit) for n, digit in enumerate(number)]


@pytest.mark.parametrize("how", ["cm", "Tm"])
@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (digits("13912345678"), "手机号"),
        (digits("110101199003071233"), "身份证号"),
        (digits("110101199003071233", step=15), "身份证号"),
        (digits("6222021234567890128"), "银行卡号"),
        (digits("13912345678")[::-1], "手机号"),
        ([(50, 700, "139"), (50, 20, "page one"), (71, 700, "12345678")], "手机号"),
        ([(50, 700, "139"), (50, 650, "note"), (74, 700, "1234"), (104, 700, "5678")], "手机号"),
    ],
)
def test_a_number_is_read_as_it_is_placed(
    texts: list[tuple[int, int, str]], kind: str, how: str
) -> None:
    told = found(drawn(moved(*texts, how=how)))
    assert {one for one, _ in told} == {kind}


def test_the_cells_of_a_table_are_no_number() -> None:
    cells = [(50 + 60 * n, 700, text) for n, text in enumerate(("139", "1234", "5678", "2024"))]
    rows = [(50, 700 - 14 * n, text) for n, text in enumerate(("139", "1234", "5678", "2024"))]
    assert found(drawn(moved(*cells, *rows))) == []


def test_a_drawing_that_does_not_say_its_fonts_is_refused() -> None:
    def change(writer: PdfWriter, **more: object) -> None:
        form = stream(b"BT /A 12 Tf (a) Tj ET", Subtype=NameObject("/Form"), **more)
        in_root("A", form)(writer)

    assert found(written(change)) == [("无法检查", "没有写明字体的图形")]
    assert found(written(partial(change, Resources=dictionary(Font=dictionary(A=HELVETICA))))) == []


def test_what_stands_around_the_file_is_refused() -> None:
    for raw in (b"PK" + PDF, PDF + b"13912345678", PDF + b"\n<script>"):
        assert found(raw)[0] == ("无法检查", "内容与后缀不符的文件")
    assert found(b"\n" + PDF + b"\r\n\0") == []


def in_content(more: bytes) -> Callable[[PdfWriter], object]:
    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        content = page.get_contents()
        assert content is not None
        page[NameObject("/Contents")] = writer._add_object(stream(content.get_data() + more))

    return change


WIDE = NAME.encode("utf-16")
HEX = NAME.encode("utf-16-be").hex().encode()


@pytest.mark.parametrize(
    "change",
    [
        in_content(b"\n/Span <</ActualText <feff" + HEX + b">>> BDC EMC"),
        in_content(b"\n/Span <</Alt <FEFF" + HEX + b">>> BDC EMC"),
        in_content(b"\n/Span <</E (" + NAME.encode() + b")>> BDC EMC"),
        in_content(b"\n% " + NAME.encode()),
        *(
            in_root("A", stream(NAME.encode(), Type=NameObject(kind)))
            for kind in ("/XObject", "/CMap", "/ObjStm", "/XRef", "/Page", "/Font", "/Any")
            if kind not in ("/ObjStm", "/XRef")
        ),
        in_root("A", stream(NAME.encode(), FunctionType=NameObject("/4"))),
    ],
)  # fmt: skip
def test_texts_that_no_page_draws(change: Callable[[PdfWriter], object]) -> None:
    assert found(written(change)) == [LEAK]


def test_what_is_copied_though_each_letter_is_apart() -> None:
    shown = b"".join(b"/Span <</ActualText (%d)>> BDC EMC\n" % int(c) for c in "13912345678")
    assert found(written(in_content(b"\n" + shown))) == [("手机号", "139******78")]


@pytest.mark.parametrize(
    "more",
    [
        b"% tel 13912345678\n",
        b"99 0 obj\n<</Any (tel 13912345678)>>\nendobj\n",
        b"99 0 obj\n<</Any <74656c203133393132333435363738>>>\nendobj\n",
        b"99 0 obj\n<</Any (tel 139\\0612345678)>>\nendobj\n",
    ],
)
def test_what_stands_in_the_source_alone(more: bytes) -> None:
    at = PDF.rindex(b"startxref")
    assert ("手机号", "139******78") in found(PDF[:at] + more + PDF[at:])


def test_photographs_within_a_file() -> None:
    raw = b"\xff\xd8\xff\xfe\0\x11tel 13912345678\xff\xd9"
    image = DecodedStreamObject()
    image.set_data(raw)
    image.update(dictionary(Subtype=NameObject("/Image")))
    assert found(written(in_root("A", image))) == [("手机号", "139******78")]


def test_coordinates_of_a_drawing_are_no_numbers_of_people() -> None:
    def change(writer: PdfWriter) -> None:
        lines = stream(b"139 1234 5678 re f 13912345678 l")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(lines)

    assert found(written(change)) == []


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (hostile.forms(20, 2), False),
        (hostile.forms(2, 9), False),
        (hostile.forms(2, 30), True),
        (hostile.forms(70, 2), True),  # more drawings on a page than the library for PDF reads
        (hostile.one_content(50, 500), False),
        (hostile.one_content(500, 20_000), True),
        (hostile.one_content(500, 20_000).replace(b"/Contents 4 0 R", b"/Contents[4 0 R]"), True),
    ],
)
def test_what_draws_without_end_is_refused(raw: bytes, refused: bool) -> None:
    assert found(raw) == ([("无法检查", "内容过大")] if refused else [])


def _with_objects(raw: bytes, *more: bytes) -> bytes:
    """A PDF file whose table does not list these objects, which stand before it."""
    start = raw.rindex(b"xref", 0, raw.rindex(b"startxref"))
    told = int(raw[raw.rindex(b"startxref") + 9 :].split()[0])
    assert told == start
    added = b"".join(b"%d 0 obj\n%s\nendobj\n" % (900 + at, one) for at, one in enumerate(more))
    end = raw[start:].replace(b"startxref\n%d" % told, b"startxref\n%d" % (told + len(added)))
    return raw[:start] + added + end


CONTENT = b"BT /F 12 Tf 10 10 Td (13912345678) Tj ET"


@pytest.mark.parametrize(
    "one",
    [
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(CONTENT), CONTENT),
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (len(zlib.compress(CONTENT)), zlib.compress(CONTENT)),
        b"<</Type/Pages>>",
    ],
    ids=["content", "packed content", "any object"],
)
def test_an_object_that_no_table_lists_is_refused(one: bytes) -> None:
    """A program has deleted it, and left it where it stands: no program shows it, a search finds it."""
    raw = written(lambda _: None)
    assert _with_objects(raw) == raw
    assert ("无法检查", "已删去而仍在文件里的内容") in found(_with_objects(raw, one))


def test_what_earlier_versions_list_is_listed() -> None:
    writer = PdfWriter(io.BytesIO(written(lambda _: None)), incremental=True)
    writer.add_metadata({"/Title": "a"})
    made = io.BytesIO()
    writer.write(made)
    assert made.getvalue().count(b"%%EOF") == 2
    assert found(made.getvalue()) == []


def test_a_small_picture_of_a_page_is_told() -> None:
    """It shows the page as it was before something in it was covered."""

    def change(writer: PdfWriter) -> None:
        picture = stream(b"\0", Type=NameObject("/XObject"), Subtype=NameObject("/Image"))
        writer.pages[0][NameObject("/Thumb")] = writer._add_object(picture)

    assert found(written(change)) == [("图片信息", "缩略图")]
    hidden = in_root("A", dictionary(Thumb=stream(NAME.encode())))
    assert {*found(written(hidden))} == {LEAK, ("图片信息", "缩略图")}


def test_what_all_versions_draw_is_bound_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version draws all pages again: a small file would be read six times over."""
    raw = written(in_content(b"\n" + b"q Q " * 2_000))
    monkeypatch.setattr("archive.leaks.pdf_size.MAX_DRAWN", 15_000)
    assert found(raw) == []
    writer = PdfWriter(io.BytesIO(raw), incremental=True)
    writer.add_metadata({"/Title": "a"})
    made = io.BytesIO()
    writer.write(made)
    assert made.getvalue().count(b"%%EOF") == 2
    assert found(made.getvalue()) == [("无法检查", "内容过大")]
