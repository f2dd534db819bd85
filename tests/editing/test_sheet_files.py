"""Whatever file is handed in: a workbook of ours, or one line that says what it is instead."""

import io
import json
import os
import re
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.print_settings import PrintTitles

from archive.editing.sheet import exported_state, opening
from archive.editing.sheet.exported_state import _digest
from archive.files import bounds
from archive.files.bounds import MAX_ATTACHMENT, MAX_ENTRIES
from tests.samples.desk import LABEL, NOTHING, Desk, repacked, zipped
from tests.samples.endless import for_ever


def beside(raw: bytes, name: str, content: bytes) -> bytes:
    """The file with a further part."""
    with ZipFile(io.BytesIO(raw)) as file:
        return zipped({one: file.read(one) for one in file.namelist()} | {name: content})


def part_renamed(raw: bytes, old: str, new: str) -> bytes:
    """The file with a part under another name, also where other parts name it."""
    with ZipFile(io.BytesIO(raw)) as file:
        return zipped(
            {
                name.replace(old, new): file.read(name).replace(old.encode(), new.encode())
                for name in file.namelist()
            }
        )


def in_sheet(raw: bytes, sheet: int, end: bytes) -> bytes:
    """The file with `end` in place of the end of a sheet's cells."""
    of = f"sheet{sheet}.xml"
    return repacked(
        raw, lambda name, part: part.replace(b"</sheetData>", end) if name.endswith(of) else part
    )


def listed_again(raw: bytes, times: int) -> bytes:
    """The file with its second sheet under further names."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = b"".join(
        b'<sheet xmlns:r="%b" name="a%d" sheetId="%d" r:id="rId2"/>' % (office, at, at + 9)
        for at in range(times)
    )
    return repacked(
        raw,
        lambda name, part: (
            part.replace(b"</sheets>", more + b"</sheets>")
            if name.endswith("workbook.xml")
            else part
        ),
    )


def related_again(raw: bytes, times: int) -> bytes:
    """The file with its second sheet as the comments on the first, again and again."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    one = b'<Relationship Id="c%d" Type="%b" Target="sheet2.xml"/>'
    whole = b"".join(one % (at, kind) for at in range(times))
    space = b"http://schemas.openxmlformats.org/package/2006/relationships"
    listed = b'<Relationships xmlns="%b">%b</Relationships>' % (space, whole)
    return beside(raw, "xl/worksheets/_rels/sheet1.xml.rels", listed)


def shared(raw: bytes, text: str, cells: int) -> bytes:
    """The file with one shared text in so many cells more."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    row = b'<row r="80">%b</row></sheetData>' % (b'<c t="s"><v>0</v></c>' * cells)
    strings = f'<sst xmlns="{space}"><si><t>{text}</t></si></sst>'.encode()
    listed = repacked(
        in_sheet(raw, 2, row),
        lambda name, one: (
            one.replace(b"</Types>", part.encode()) if name == "[Content_Types].xml" else one
        ),
    )
    return beside(listed, "xl/sharedStrings.xml", strings)


def commented(raw: bytes, at: str) -> bytes:
    """The file with the first comment of its first sheet at another place."""
    place = f'<comment ref="{at}"'.encode()
    return repacked(
        raw,
        lambda name, part: (
            re.sub(rb'<comment ref="\w+"', place, part, count=1)
            if name.endswith("comment1.xml")
            else part
        ),
    )


def styled(raw: bytes, count: int, encoding: str = "utf-8", before: str = "") -> bytes:
    """The file with so many empty looks of cells, written so that not every parser reads them."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<styleSheet xmlns="{space}">{before}<cellXfs>{"<xf/>" * count}</cellXfs></styleSheet>'
    styles = text.encode(encoding)
    return repacked(raw, lambda name, part: styles if name == "xl/styles.xml" else part)


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
BROKEN = "文件须完好，现不完整或已损坏；请重新另存或重新传送"
NO_BOOK = "须为完好的 Excel 工作簿，现已损坏，或者不是；请重新另存为 .xlsx"
LARGE = "文件须不超过 5000 个部分、解压后 {} MB，现在超过；请重新导出再填"
CSV = "须为 .xlsx 文件，现为{}；CSV 等不带格式的文件会丢掉编号和日期，请填导出的表"
HIDDEN = "导出时附带的隐藏工作表须原样保留，现已被改动，或者不是这一版程序导出的；请重新导出再填"
MANY = "文件里的单元格须少得多，现在太多；请重新导出再填"
MERGED = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD99999"/></mergeCells>'
BLANKS = b'</sheetData><mergeCells count="1"><mergeCell x=\' ref="A1:A2"\' ref = "A80&#58;XFD99999"/></mergeCells>'
LINKED = b'</sheetData><hyperlinks><hyperlink ref="A80:XFD99999" location="a"/></hyperlinks>'
ROWS = b'<row ht="1"/>' * 1_000_001 + b"</sheetData>"
SHARED = (
    b'<row><c r="ZZ80"><f t="shared" ref="ZZ80:ZZ999" si="0">' + b"+A1" * 10_000 + b"</f></c></row>"
    + b'<row><c><f t="shared" si="0"/></c></row>' * 400 + b"</sheetData>"
)  # fmt: skip
MERGED_ONE_BY_ONE = b"</sheetData><mergeCells>%b</mergeCells>" % (
    b'<mergeCell ref="A80"/>' * 17_000
)
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda raw: b"", "须为 .xlsx 文件，现为空文件；请重新另存或重新传送"),
        (lambda raw: "编号,日期\n".encode(), CSV.format("别的内容")),
        (lambda raw: OLE, "须为 .xlsx 文件，现为旧式的 .xls 或者 WPS 的 .et；请在 Excel 或 WPS 中另存为 .xlsx"),
        (lambda raw: OLE + "EncryptedPackage".encode("utf-16-le"), "文件须不设打开密码，现设有；请取消密码后另存"),
        (lambda raw: raw[: len(raw) // 2], BROKEN),
        (lambda raw: raw[:-10], BROKEN),
        (lambda raw: raw[:300] + b"\0" * 40 + raw[340:], BROKEN),
        (lambda raw: zipped({"a.txt": b"a"}), "须为 .xlsx 文件，现为别的压缩文件；请填导出的表"),
        (lambda raw: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "须为 .xlsx 文件，现为 OpenDocument 表格；请另存为 .xlsx"),
        (lambda raw: beside(raw, "xl/vbaProject.bin", b""), "文件须不含宏，现含有；请另存为不含宏的 .xlsx"),
        (lambda raw: zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a"}), NO_BOOK),
        (lambda raw: part_renamed(in_sheet(raw, 2, MERGED), "sheet2.xml", "sheet2.dat"), MANY),
        (lambda raw: repacked(raw, lambda name, part: part[:90] if name.endswith("sheet2.xml") else part), NO_BOOK),
        *((lambda raw, end=end: in_sheet(raw, 2, end), MANY) for end in (MERGED, BLANKS, LINKED, ROWS, SHARED, MERGED_ONE_BY_ONE)),
        (lambda raw: commented(raw, "A80:XFD99999"), MANY),
        *((lambda raw, at=at: commented(raw, at), BROKEN) for at in ("A", "A:XFD", "80")),
        (lambda raw: styled(raw, 1_000_001, "utf-32-be"), MANY),
        (lambda raw: styled(raw, 1_000_001, before="<\U00010000/>"), MANY),
        (lambda raw: listed_again(in_sheet(raw, 2, ROWS[-100_000:]), 150), MANY),
        (lambda raw: related_again(in_sheet(raw, 2, ROWS[-100_000:]), 150), MANY),
        (lambda raw: styled(raw, 1, before=f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 32_000}"/></numFmts>'), MANY),
        (lambda raw: in_sheet(raw, 2, b'</sheetData><a:b xmlns:a="%b"/>' % (b"b" * 501)), BROKEN),
        (lambda raw: shared(raw, "甲" * 32_000, 626), "各单元格的文字合起来须不超过 20000000 个字，现在超过；请重新导出再填"),
        (lambda raw: listed_again(raw, 200), "文件须不超过 200 张工作表，现有 203 张；请删去多余的再填"),
        (lambda raw: repacked(raw, lambda name, part: ENTITIES + part if name.endswith("sheet2.xml") else part), "文件须不含 DOCTYPE 声明，现含有；请重新导出再填"),
        (lambda raw: repacked(raw, lambda name, part: (ENTITIES.decode() + "<a/>").encode("utf-16") if name.endswith("sheet2.xml") else part), "文件须不含 DOCTYPE 声明，现含有；请重新导出再填"),
        (lambda raw: zipped({str(number): b"" for number in range(MAX_ENTRIES + 1)}), LARGE.format(200)),
    ],
)  # fmt: skip
def test_what_is_no_workbook(filled: Desk, change: Callable[[bytes], bytes], message: str) -> None:
    filled.sheet.write_bytes(change(filled.sheet.read_bytes()))
    assert filled.unwritten("--write") == (1, [], f"sheet.xlsx：{message}。没有导入。\n")


def test_a_bomb_is_not_unpacked(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_UNPACKED", 10_000_000)
    bomb = beside(filled.sheet.read_bytes(), "xl/media/a.png", b"\0" * 10_000_000)
    filled.sheet.write_bytes(bomb)
    assert len(bomb) < 100_000
    assert filled.unwritten() == (1, [], f"sheet.xlsx：{LARGE.format(10)}。没有导入。\n")


def test_other_suffixes_folders_and_no_file(filled: Desk) -> None:
    (filled.root / "a.csv").write_bytes(b"\xb1\xe0\xba\xc5,1\n")
    (filled.root / "b.xlsx").mkdir()
    os.mkfifo(filled.root / "d.xlsx")
    names = ("a.csv", "b.xlsx", "c.xlsx", "d.xlsx")
    messages = [filled.run("import", name).stderr for name in names]
    assert messages == [
        f"a.csv：{CSV.format('.csv')}。没有导入。\n",
        "b.xlsx：文件须能读取，现为：是目录，不是文件；请写对文件名，或者换一个读得出来的文件。没有导入。\n",
        "c.xlsx：文件须能读取，现为：没有这个文件或目录；请写对文件名，或者换一个读得出来的文件。没有导入。\n",
        "d.xlsx：文件须能读取，现为：是管道或者设备，不是文件；请写对文件名，或者换一个读得出来的文件。没有导入。\n",
    ]


def test_no_file_is_too_large_to_be_refused(filled: Desk) -> None:
    with filled.sheet.open("r+b") as file:
        file.truncate(MAX_ATTACHMENT + 1_000_000)
    assert filled.unwritten() == (
        1,
        [],
        "sheet.xlsx：文件须不超过 50 MB，现为 51 MB；请重新导出再填。没有导入。\n",
    )


def without_column(book: Any) -> None:
    book[LABEL].delete_cols(16)


def renamed(book: Any) -> None:
    book[LABEL]["P1"].value = "备考"


def twice(book: Any) -> None:
    book[LABEL]["R1"].value = "备注"


def merged(book: Any) -> None:
    book[LABEL].merge_cells("E2:E3")
    book[LABEL].merge_cells("A8:C8")


def sheet_renamed(book: Any) -> None:
    book[LABEL].title = "活动"


def foreign(book: Any) -> None:
    book.remove(book["_archive"])


def tampered(book: Any) -> None:
    cell = book["_archive"]["B2"]
    cell.value = cell.value.replace("社区", "林场")


def mislabelled(book: Any) -> None:
    cell = book["_archive"]["B1"]
    cell.value = cell.value.replace("volunteering", "cadres")


def emptied(book: Any) -> None:
    for cell in book["_archive"][1][1:]:
        cell.value = None


def older(book: Any) -> None:
    sheet = book["_archive"]
    known = exported_state.read(
        [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]
    )
    described = [[name, "场所" if name == "place" else label, "lines" if name == "note" else form] for name, label, form in known.fields]  # fmt: skip
    for number, row in enumerate(exported_state.rows(replace(known, fields=described)), 1):
        for column, piece in enumerate(row, 1):
            sheet.cell(number, column).value = piece


@pytest.mark.parametrize(
    ("change", "expected", "message"),
    [
        (without_column, [f"{LABEL} 第 1 行：第一行须有标题“备注”；请恢复原来的标题"], ""),
        (renamed, [f"{LABEL} 第 1 行：第一行须有标题“备注”，现有不认识的标题“备考”；请恢复原来的标题"], ""),
        (twice, [f"{LABEL} 第 1 行 R 列（备注）：同一标题须只有一列，现有 P、R 列；请删去多出的列，或改它的标题"], ""),
        (merged, [f"{LABEL} 第 2 行：须没有合并的单元格，现有 E2:E3；请取消合并，逐格填写", f"{LABEL} 第 8 行：须没有合并的单元格，现有 A8:C8；请取消合并，逐格填写"], ""),
        (sheet_renamed, ["注意：多出的工作表不读取：活动", f"{LABEL}：须有这个名称的工作表，现有 说明、活动；请恢复它的名称"], ""),
        (foreign, [], "须用导出的表来填，此表没有导出时附带的隐藏工作表；请在网站上下载填报表，或者用 .venv/bin/archive sheet export 导出再填"),
        (tampered, [], HIDDEN),
        (mislabelled, [], HIDDEN),
        (emptied, [], HIDDEN),
        (older, [], "字段须与导出时一样，现有变动：场所、备注、地点；请重新导出再填"),
    ],
)  # fmt: skip
def test_what_was_done_to_the_sheets(
    filled: Desk, change: Callable[[Any], None], expected: list[str], message: str
) -> None:
    filled.fill(change)
    faults = sum(not line.startswith("注意") for line in expected)
    summary = (
        f"sheet.xlsx：{message}。没有导入。\n"
        if message
        else f"问题 {faults} 处。有问题，一条也没有写入；改好后再导入。\n"
    )
    assert filled.unwritten("--write") == (1, expected, summary)


@pytest.mark.parametrize(("sheet", "cell"), [(2, "XFD99999"), (3, "XFD1048576")])
def test_a_cell_far_out_takes_no_room(filled: Desk, sheet: int, cell: str) -> None:
    """Nothing is made of the cells between: in the records' sheet, and in the hidden one."""
    row = cell.removeprefix("XFD")
    far = f'<row r="{row}"><c r="{cell}"><v/></c></row></sheetData>'.encode()
    filled.sheet.write_bytes(in_sheet(filled.sheet.read_bytes(), sheet, far))
    tracemalloc.start()
    try:
        assert filled.unwritten() == (0, [], NOTHING)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_names_of_ranges_are_not_read(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library takes time with the square of what the titles to be printed are said to be."""
    monkeypatch.setattr(PrintTitles, "from_string", lambda _: pytest.fail("read"))
    name = b'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">\'</definedName></definedNames>'
    raw = filled.sheet.read_bytes()
    titled = repacked(raw, lambda part, content: re.sub(b"(?:<definedNames.*</definedNames>|<definedNames */>)?(?=<calcPr)", name, content) if part == "xl/workbook.xml" else content)  # fmt: skip
    assert name in ZipFile(io.BytesIO(titled)).read("xl/workbook.xml")
    assert opening.opened(titled).book.sheetnames == opening.opened(raw).book.sheetnames


def test_too_many_rows(filled: Desk) -> None:
    filled.fill(lambda book: book[LABEL].cell(100_001, 3, "远"))
    expected = [f"{LABEL}：须不超过 100000 行，现为 100001 行；下面的空行请整行删去"]
    assert filled.unwritten()[:2] == (1, expected)


def test_formats_and_drawings_do_not_matter(filled: Desk) -> None:
    def dress(book: Any) -> None:
        sheet = book[LABEL]
        sheet.auto_filter.add_filter_column(3, ["学雷锋"])
        sheet["E2"].number_format = "0.00%"
        sheet["C2"].font = openpyxl.styles.Font(bold=True)
        sheet.sheet_state = "visible"

    filled.fill(dress)
    assert filled.unwritten("--write") == (0, [], NOTHING)


@given(data=st.data())
def test_a_file_spoilt_anywhere_is_answered(filled: Desk, data: st.DataObject) -> None:
    """Bytes of a part of the workbook changed or cut: never a traceback, never a byte written."""
    raw = filled.sheet.read_bytes()
    with ZipFile(io.BytesIO(raw)) as file:
        spoilt = data.draw(st.sampled_from(sorted(file.namelist())))
        length = len(file.read(spoilt))
    at = data.draw(st.integers(0, length - 1))
    trouble = data.draw(
        st.binary(max_size=4) | st.sampled_from([b"<", b"&#0;", b'"', b"</c>", b"1e999"])
    )
    drop = data.draw(st.integers(0, 40))
    before = filled.files()
    changed = repacked(
        raw, lambda name, part: part[:at] + trouble + part[at + drop :] if name == spoilt else part
    )
    filled.sheet.write_bytes(changed)
    try:
        assert filled.run("import", "sheet.xlsx").exit_code in (0, 1)
        assert filled.files() == before
    finally:
        filled.sheet.write_bytes(raw)


def forged(book: Any, about: str, records: list[list[str]]) -> None:
    """Put these into the hidden sheet, with the digest that goes with them."""
    book["_archive"].delete_rows(1, book["_archive"].max_row)
    for row in [[_digest([[about], *records]), about], *records]:
        book["_archive"].append(row)


def hidden(book: Any) -> tuple[dict[str, Any], list[list[str]]]:
    """The description in the hidden sheet, and the rows of the records."""
    (_, *about), *records = (
        [text for text in row if text] for row in book["_archive"].values if row[0]
    )
    return json.loads("".join(about)), records


def test_a_format_that_a_workbook_does_not_have_says_nothing(filled: Desk) -> None:
    before = filled.unwritten()
    other = repacked(
        filled.sheet.read_bytes(),
        lambda name, part: (
            re.sub(rb'(<xf [^>]*?numFmtId=")(?:\d|49)"', rb'\g<1>999"', part)
            if name == "xl/styles.xml"
            else part
        ),
    )
    assert other != filled.sheet.read_bytes()
    filled.sheet.write_bytes(other)
    assert filled.unwritten() == before


OTHER_ABOUT: list[dict[str, Any]] = [
    {"collection": ["volunteering"]}, {"fields": 5}, {"fields": [[]]}, {"fields": ["x"]}, {"fields": None},
    {"demonstration": "no"}, {"version": "1"}, {"more": 1},
]  # fmt: skip
OTHER_RECORDS = [
    "5", "null", "[]", "{}", '"x"', "{", "[" * 29_000 + "]" * 29_000, '{"date":"2024-03-05"}', '{"a":1e400}', '{"a":NaN}',
]  # fmt: skip


@pytest.mark.parametrize("change", OTHER_ABOUT, ids=str)
def test_a_forged_description_is_refused(filled: Desk, change: dict[str, Any]) -> None:
    def forge(book: Any) -> None:
        about, records = hidden(book)
        forged(book, json.dumps(about | change), records)

    filled.fill(forge)
    assert filled.unwritten("--write") == (1, [], f"sheet.xlsx：{HIDDEN}。没有导入。\n")


@pytest.mark.parametrize("id_", ["20240305-a", "没有的"])
@pytest.mark.parametrize("record", OTHER_RECORDS, ids=[one[:20] for one in OTHER_RECORDS])
def test_a_forged_record_is_refused(filled: Desk, record: str, id_: str) -> None:
    def forge(book: Any) -> None:
        about, records = hidden(book)
        forged(book, json.dumps(about), [*(one for one in records if one[0] != id_), [id_, record]])

    filled.fill(forge)
    assert filled.unwritten("--write") == (1, [], f"sheet.xlsx：{HIDDEN}。没有导入。\n")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


@given(data=st.data())
def test_any_json_in_the_hidden_sheet_is_answered(filled: Desk, data: st.DataObject) -> None:
    """The whole of the description or of a record, or one value in it: never a traceback, never a byte written."""

    def forge(book: Any) -> None:
        about, records = hidden(book)
        texts = [json.dumps(about), *(record[1] for record in records)]
        index = data.draw(st.integers(0, len(texts) - 1))
        value = json.loads(texts[index])
        path = []
        while isinstance(value, dict | list) and value and data.draw(st.booleans()):
            key = data.draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))  # fmt: skip
            path.append((value, key))
            value = value[key]
        instead = data.draw(ANY_JSON)
        if path:
            path[-1][0][path[-1][1]] = instead
            instead = path[0][0]
        texts[index] = json.dumps(instead)
        ids = [data.draw(st.sampled_from([record[0], "没有的", "../x"])) for record in records]
        forged(book, texts[0], [list(row) for row in zip(ids, texts[1:], strict=True)])

    raw, before = filled.sheet.read_bytes(), filled.files()
    filled.fill(forge)
    try:
        assert filled.run("import", "sheet.xlsx").exit_code in (0, 1)
        assert filled.files() == before
    finally:
        filled.sheet.write_bytes(raw)


def test_what_takes_a_minute_to_read(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_SECONDS", 0.01)
    monkeypatch.setattr(opening, "_judge", for_ever)
    message = "文件须在一分钟里读完，现在没有读完；请分成几份，或者另存一份再试"
    assert filled.unwritten("--write") == (1, [], f"sheet.xlsx：{message}。没有导入。\n")
