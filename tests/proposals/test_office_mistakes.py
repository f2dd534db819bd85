"""Mistakes office people make, in an uploaded sheet or a form: one message each, or read as they are meant.

The mistakes stand in two tables beside this file, as data. Whatever is told, nothing of it is written.
"""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import yaml
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill

from archive.editing.sheet.export import export
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.git import git
from archive.proposals.diff.as_markdown import safe
from tests.samples.attachments import word
from tests.samples.desk import ROW, zipped
from tests.samples.forms import ACTIVITY, REFUSED, TITLE, body
from tests.samples.office import DAY, Office
from tests.samples.pictures import fields, saved
from tests.samples.sample import RECORD
from tests.samples.standin import Forge, serving

PLACES = ["社区", "公园", "学校", "林场", "车站", "广场"]
RECORDS: dict[str, str | bytes | None] = {
    f"data/volunteering/2024/202403{at:02}-a.yml": RECORD.replace("2024-03-05", f"2024-03-{at:02}")
    .replace("学雷锋进社区", f"学雷锋进{place}")
    .replace("place: 社区", f"place: {place}")
    for at, place in enumerate(PLACES, 5)
}
NEXT = len(RECORDS) + 2
"""The first free row of the ledger's sheet."""
OTHERS = {
    "assistance": {
        "日期": datetime(2025, 3, 12), "帮扶事项": "慰问", "类别": "慰问", "数量": 3, "单位": "人次", "地点": "某村",
        "帮扶对象": "村民", "原始资料": "签到表", "记录人": "办公室",
    },
    "community": {
        "日期": datetime(2025, 3, 12), "类别": "双报到", "事项": "清扫", "共建单位": "某社区", "原始资料": "签到表",
        "记录人": "办公室",
    },
    "publications": {
        "编发日期": datetime(2025, 3, 12), "种类": "信息", "题目": "某题", "是否获批示": "否", "编发科室": "办公室",
        "原始资料": "签到表", "记录人": "办公室",
    },
    "figures": {
        "数值": 96, "时期起始日": "2023-01-01", "时期截止日": "2025-12-31", "数据来源": "走访记录", "责任科室": "办公室",
        "公开属性": "公开", "填报岗位": "办公室", "填报日期": "2026-01-05",
    },
}  # fmt: skip
"""A row of each other ledger, whose sheet has none yet; and what is filled in for the register's one figure."""


class Table(yaml.CSafeLoader):
    """The tables of mistakes, with what YAML has no word for."""


Table.add_constructor("!datetime", lambda one, node: datetime.fromisoformat(node.value))
Table.add_constructor("!time", lambda one, node: time.fromisoformat(f"{node.value:0>5}"))
Table.add_constructor("!long", lambda one, node: "长" * int(node.value))


def mistakes(name: str) -> list[Any]:
    """The mistakes of a table; a run that is not deep makes the first of every other kind."""
    text = Path(__file__).with_name(f"{name}_mistakes.yml").read_text("utf-8")
    kinds: set[object] = set()
    found = []
    for one in yaml.load(text, Table):
        left_out = kind(one) in kinds or len(kinds) % 2
        kinds.add(kind(one))
        found.append(pytest.param(one, id=one["did"], marks=[pytest.mark.deep] * bool(left_out)))
    return found


_ITS_OWN = re.compile(r"^.*? 列|“[^”]*”|\"[^\"]*\"|[!-~]+|现[为有][^；]*|（[^）]*）")
"""What a message says of one place and what stands there."""


def kind(mistake: dict[str, Any]) -> object:
    """What those mistakes have in common that are told the same, or are read as they are meant in the same way."""
    if "told" in mistake:
        return mistake.get("file"), _ITS_OWN.sub("", mistake["told"])
    return frozenset(mistake) - {"read", "sheet"}, mistake.get("do", "").partition(" ")[0]


class OneClone(Office):
    """Its default branch never moves: every workflow runs in the same clone of it."""

    _main: Path | None = None

    def clone(self, branch: str) -> Path:
        if branch != "main":
            return super().clone(branch)
        self._main = self._main or super().clone(branch)
        shutil.rmtree(self._main / ".git/refs/remotes/origin/form", ignore_errors=True)
        return self._main


@pytest.fixture(scope="module")
def one_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with serving(Forge(folder)) as forge:
        yield OneClone(folder, forge, RECORDS)


@pytest.fixture
def office(one_office: Office) -> Iterator[Office]:
    """One office for all mistakes: nothing of them comes to its default branch."""
    main = one_office.forge.head("main")
    yield one_office
    assert one_office.forge.head("main") == main
    clear(one_office)


def clear(office: Office) -> None:
    """No issue was ever filed."""
    forge = office.forge
    forge.issues.clear()
    forge.comments.clear()
    forge.files.clear()
    shutil.rmtree(forge.bare / "refs/heads/form", ignore_errors=True)


@pytest.fixture(scope="module")
def books(one_office: Office) -> dict[str, bytes]:
    """Ledger → its workbook as the default branch has it."""
    root = one_office.clone("main")
    site = load(Project(root, root / "data", date.fromisoformat(DAY)))
    return {name: export(site, name) for name in ("volunteering", *OTHERS)}


# What people do to a sheet.


def column(sheet: Any, head: str) -> int:
    return int(next(cell.column for cell in sheet[1] if cell.value == head))


def merge(sheet: Any, area: str) -> None:
    sheet.merge_cells(area)


def quote(sheet: Any, row: str, head: str) -> None:
    cell = sheet.cell(int(row), column(sheet, head))
    cell.value, cell.quotePrefix = str(cell.value), True


def percent(sheet: Any, row: str, head: str) -> None:
    cell = sheet.cell(int(row), column(sheet, head))
    cell.value, cell.number_format = 0.35, "0%"


def error(sheet: Any, row: str, head: str) -> None:
    sheet.cell(int(row), column(sheet, head)).value = "#DIV/0!"


def insert_row(sheet: Any, at: str) -> None:
    sheet.insert_rows(int(at))
    sheet.cell(int(at), 1).value = "志愿服务活动登记表"


def delete_column(sheet: Any, head: str) -> None:
    sheet.delete_cols(column(sheet, head))


def rename_head(sheet: Any, head: str, new: str) -> None:
    sheet.cell(1, column(sheet, head)).value = new.replace("_", " ")


def swap_columns(sheet: Any, one: str, other: str) -> None:
    first, second = column(sheet, one), column(sheet, other)
    for row in range(1, NEXT + 1):
        a, b = sheet.cell(row, first), sheet.cell(row, second)
        a.value, b.value = b.value, a.value


def number_rows(sheet: Any) -> None:
    sheet.insert_cols(1)
    sheet.cell(1, 1).value = "序号"
    for row in range(2, NEXT + 1):
        sheet.cell(row, 1).value = row - 1


def number_ids(sheet: Any) -> None:
    for row in range(2, NEXT + 1):
        sheet.cell(row, 1).value = row - 1


def extra_column(sheet: Any, head: str) -> None:
    at = sheet.max_column + 1
    sheet.cell(1, at).value = head
    sheet.cell(NEXT, at).value = "晴"


def rename_sheet(sheet: Any, name: str) -> None:
    sheet.title = name


def second_sheet(sheet: Any) -> None:
    other = sheet.parent.create_sheet("Sheet2")
    for row in sheet.iter_rows(min_row=1, max_row=NEXT, values_only=True):
        other.append(row)
    sheet.delete_rows(NEXT)


def hide_rows(sheet: Any, *rows: str) -> None:
    for row in rows:
        sheet.row_dimensions[int(row)].hidden = True


def gap(sheet: Any) -> None:
    sheet.insert_rows(NEXT, 3)


def repeat_head(sheet: Any) -> None:
    sheet.insert_rows(NEXT)
    for cell in sheet[1]:
        sheet.cell(NEXT, cell.column).value = cell.value


def sort_rows(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=NEXT)]
    for number, row in enumerate(rows[::-1], 2):
        for at, value in enumerate(row, 1):
            sheet.cell(number, at).value = value


def sort_column(sheet: Any, head: str) -> None:
    at = column(sheet, head)
    values = [sheet.cell(row, at).value for row in range(2, NEXT)]
    for row, value in enumerate(sorted(values), 2):
        sheet.cell(row, at).value = value


def up(sheet: Any, head: str) -> None:
    at = column(sheet, head)
    for row in range(2, NEXT + 1):
        sheet.cell(row, at).value = sheet.cell(row + 1, at).value


def copy_row(sheet: Any) -> None:
    sheet.cell(NEXT, 1).value = sheet.cell(2, 1).value


def twice(sheet: Any) -> None:
    for cell in sheet[NEXT]:
        sheet.cell(NEXT + 1, cell.column).value = cell.value


def colour(sheet: Any, row: str) -> None:
    for cell in sheet[int(row)]:
        cell.fill = PatternFill("solid", fgColor="FF0000")


def comment(sheet: Any, row: str, head: str) -> None:
    sheet.cell(int(row), column(sheet, head)).comment = Comment("待核", "甲")


def strike(sheet: Any, row: str, head: str) -> None:
    sheet.cell(int(row), column(sheet, head)).font = Font(strike=True)


def picture(sheet: Any) -> None:
    sheet.add_image(Image(io.BytesIO(saved("PNG", fields(3, 2)))), "E3")


def delete_row(sheet: Any, row: str) -> None:
    sheet.delete_rows(int(row))


def clear_row(sheet: Any, row: str) -> None:
    for cell in sheet[int(row)]:
        cell.value = None


def example_row(sheet: Any) -> None:
    values = {"日期": "2023-01-02", "活动名称": "例：植树", "类别": "植树造林", "地点": "如：林场"}
    for head, value in values.items():
        sheet.cell(NEXT + 1, column(sheet, head)).value = value


DONE = {name: one for name, one in globals().items() if callable(one)}


def own_book(_: bytes) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Sheet1", 0).append(["日期", "活动名称"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(raw: bytes, name: str) -> bytes:
    with ZipFile(io.BytesIO(raw)) as file:
        return zipped({one: file.read(one) for one in file.namelist()} | {name: b""})


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
FILES: dict[str, Callable[[bytes], bytes]] = {
    "gbk.csv": lambda raw: "编号,日期\n".encode("gbk"),
    "old.xls": lambda raw: OLE,
    "wps.et": lambda raw: OLE,
    "open.ods": lambda raw: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    "a.pdf": lambda raw: b"%PDF-1.7\n",
    "renamed.xlsx": lambda raw: saved("JPEG", fields(3, 2)),
    "locked.xlsx": lambda raw: OLE + "EncryptedPackage".encode("utf-16-le"),
    "empty.xlsx": lambda raw: b"",
    "own.xlsx": own_book,
    "packed.zip": lambda raw: zipped({"填报表.xlsx": raw}),
    "half.xlsx": lambda raw: raw[: len(raw) // 2],
    "macro.xlsm": lambda raw: with_part(raw, "xl/vbaProject.bin"),
    "same.xlsx": lambda raw: raw,
    "a.docx": lambda raw: word("方案"),
}


def filled(raw: bytes, mistake: dict[str, Any]) -> bytes:
    """The workbook with a good new row, and the mistake."""
    ledger = mistake.get("sheet", "volunteering")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book[book.sheetnames[1]]
    row = NEXT if ledger == "volunteering" else 2
    good = {(row, head): value for head, value in (OTHERS.get(ledger) or ROW).items()}
    new = {(row, head): value for head, value in mistake.get("new", {}).items()}
    for (at, head), value in {**good, **new}.items():
        sheet.cell(at, column(sheet, head)).value = value
    for place, value in mistake.get("fill", {}).items():
        at, head = place.split()
        sheet.cell(int(at), column(sheet, head)).value = value
    if "do" in mistake:
        name, *words = mistake["do"].split()
        DONE[name](sheet, *words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(office: Office, name: str, content: bytes) -> int:
    answered = {"表格": office.forge.attach(name, content)}
    return office.forge.file(TITLE["sheet"], body("sheet", answered))


def changes(office: Office, number: int) -> list[str]:
    """The lines that the branch of an issue adds to files and takes away."""
    shown = git(office.forge.bare, "diff", "--unified=0", "main", f"form/{number}") or b""
    lines = (one for one in shown.decode().splitlines() if not one.startswith(("+++", "---")))
    return [one for one in lines if one.startswith(("+", "-"))]


def outcome(office: Office, number: int, good: list[str]) -> dict[str, Any]:
    """What became of an issue: the one message; or what is read otherwise than it was meant, and what is noted."""
    result = office.work("form", office.forge.issue_event(number))
    assert result.exit_code == 0, result.output
    (said,) = office.forge.said(number)
    reply = said.removeprefix("<!-- archive:form -->\n")
    lines = [one.removeprefix("- ") for one in reply.splitlines() if one.startswith("- ")]
    if not reply.startswith("已生成拉取请求"):
        assert reply.startswith(REFUSED.format(1)), reply
        assert (office.forge.head(f"form/{number}"), office.forge.pulls()) == ("", [])
        (told,) = lines
        return {"told": told}
    found = changes(office, number)
    read = [one for one in found if one not in good]
    lost = {one.partition(":")[0] for one in good if one not in found}
    assert lost <= {one.partition(":")[0] for one in read}  # nothing but for another value
    noted = [one for one in lines if one.startswith(("注意：", "表中没有"))]
    return {"read": read, "noted": noted}


def expected(mistake: dict[str, Any]) -> dict[str, Any]:
    """The same as the table has it."""
    if "told" in mistake:
        return {"told": safe(mistake["told"])}
    return {"read": mistake["read"], "noted": [safe(one) for one in mistake.get("noted", ())]}


def changes_taken(office: Office, number: int) -> list[str]:
    """The changes of an issue that is taken as it is."""
    reply = office.formed(number)
    assert reply.startswith("已生成拉取请求"), reply
    return changes(office, number)


@pytest.fixture(scope="module")
def good_sheets(one_office: Office, books: dict[str, bytes]) -> dict[str, list[str]]:
    """Ledger → the changes by a sheet without a mistake."""
    found = {}
    for name, raw in books.items():
        number = uploaded(one_office, "填报表.xlsx", filled(raw, {"sheet": name}))
        found[name] = changes_taken(one_office, number)
    clear(one_office)
    return found


@pytest.mark.parametrize("mistake", mistakes("sheet"))
def test_in_a_sheet(
    office: Office,
    books: dict[str, bytes],
    good_sheets: dict[str, list[str]],
    mistake: dict[str, Any],
) -> None:
    ledger = mistake.get("sheet", "volunteering")
    raw = books[ledger]
    name = mistake.get("file", "填报表.xlsx")
    content = FILES[name](raw) if "file" in mistake else filled(raw, mistake)
    number = uploaded(office, name, content)
    assert outcome(office, number, good_sheets[ledger]) == expected(mistake)


GOOD = {
    "volunteering": {
        **ACTIVITY, "日期": "2025-03-12", "活动名称": "植树", "类别": "植树造林", "地点": "林场", "参加人数": "3",
        "服务人次": "4",
    },
    "community": {"日期": "2025-03-12", "类别": "双报到", "事项": "清扫", "共建单位": "某社区", "原始资料": "签到表", "记录人": "办公室"},
    "publications": {"编发日期": "2025-03-12", "种类": "信息", "题目": "某题", "是否获批示": "否", "编发科室": "办公室", "原始资料": "签到表", "记录人": "办公室"},
    "figures": {"指标编号": "visited", "数值": "96", "时期起始日": "2023-01-01", "时期截止日": "2025-12-31", "数据来源": "走访记录", "责任科室": "办公室", "填报岗位": "办公室", "填报日期": "2026-01-05", "公开属性": "公开"},
}  # fmt: skip
PHOTO = saved("JPEG", fields(300, 200))
ATTACHED: dict[str, Callable[[], bytes]] = {
    "a.heic": lambda: b"\0\0\0\x18ftypheic",
    "large.jpg": lambda: PHOTO + bytes(40_000_000),
    "huge.jpg": lambda: PHOTO + bytes(51_000_000),
    "a.mp4": lambda: b"\0\0\0\x18ftypisom",
    "a.zip": lambda: zipped({"a.jpg": b""}),
    "a.jpg": lambda: PHOTO,
    "a.xlsx": lambda: b"PK",
    "b.xlsx": lambda: b"PK",
}


def form_text(office: Office, mistake: dict[str, Any]) -> str:
    """The text of an issue that was filed well, but for the mistake."""
    if "body" in mistake:
        return f"{mistake['body']}"
    kind = mistake.get("kind", "volunteering")
    answered = {**GOOD.get(kind, {}), **mistake.get("answers", {})}
    for label, names in mistake.get("attach", {}).items():
        each = names if isinstance(names, list) else [names]
        answered[label] = "\n".join(office.forge.attach(name, ATTACHED[name]()) for name in each)
    text: str = mistake.get("above", "") + body(
        kind, {label: f"{one}" for label, one in answered.items()}
    )
    if mistake.get("do") == "below":
        return text + "\n\n" + office.forge.attach("a.jpg", PHOTO)
    if "edit" in mistake:
        old, new = mistake["edit"]
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def good_forms(one_office: Office) -> dict[str, list[str]]:
    """Kind → the changes by a form without a mistake."""
    found = {}
    for kind, answered in GOOD.items():
        number = one_office.forge.file(TITLE[kind], body(kind, answered))
        found[kind] = changes_taken(one_office, number)
    clear(one_office)
    return found


@pytest.mark.parametrize("mistake", mistakes("form"))
def test_in_a_form(
    office: Office, good_forms: dict[str, list[str]], mistake: dict[str, Any]
) -> None:
    kind = mistake.get("kind", "volunteering")
    number = office.forge.file(mistake.get("title", TITLE[kind]), form_text(office, mistake))
    assert outcome(office, number, good_forms.get(kind, [])) == expected(mistake)
