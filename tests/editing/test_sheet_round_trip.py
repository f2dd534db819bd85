"""Out and back: whatever is recorded, whoever edits meanwhile, and through LibreOffice."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.editing.sheet.editing import edited
from archive.editing.sheet.fields import display_text, sheet_fields
from archive.files.writing import plain_data, record
from archive.files.yaml import parse_bytes
from archive.schema.columns import exact_text
from tests.samples.collections import Volunteering
from tests.samples.desk import LABEL, NOTHING, Desk
from tests.samples.honours import CIVILISED
from tests.samples.libreoffice import convert
from tests.samples.sample import RECORD, write
from tests.samples.sheet_texts import TEXTS

SHAPES = {one.name: one for one in sheet_fields(Volunteering)}
ORDER = list(SHAPES)

LINES = st.lists(TEXTS.filter(lambda text: "\n" not in text and text.strip()), max_size=4)
KINDS = st.sampled_from(SHAPES["kind"].choices)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates(date(2023, 1, 1), date(2025, 12, 31)),
    "title": TEXTS,
    "kind": KINDS,
    "place": TEXTS,
    "participants": st.integers(0, 1_000_000),
    "hours_each": st.decimals(0, 24, places=2) | st.integers(0, 24),
    "hours_total": st.none(),
    "services": st.integers(0, 1_000_000),
    "organiser": TEXTS,
    "source": TEXTS,
    "evidence": LINES,
    "recorder": TEXTS,
    "reviewer": st.none() | TEXTS,
    "disclosure": st.none() | st.just("内部"),
    "note": st.none() | TEXTS,
}

FEWER = settings(max_examples=settings().max_examples // 2)
"""Each input is a workbook written, saved, opened and read again."""


def restart(desk: Desk, files: Mapping[str, bytes]) -> None:
    """The desk with just these records, and nothing exported."""
    shutil.rmtree(desk.root / "data", ignore_errors=True)
    desk.sheet.unlink(missing_ok=True)
    write(desk.root, {"data/volunteering/2024/20240305-a.yml": None, **files})


@FEWER
@given(records=st.lists(st.fixed_dictionaries(VALUES), max_size=4))
def test_whatever_is_recorded_comes_back_untouched(
    desk: Desk, records: list[dict[str, Any]]
) -> None:
    restart(
        desk,
        {
            f"data/volunteering/{one['date'].year}/r{number}.yml": record(one, Volunteering).encode()
            for number, one in enumerate(records)
        },
    )  # fmt: skip
    desk.export()
    assert desk.unwritten("--write") == (0, [], NOTHING)


WORDS = st.sampled_from(["甲", "乙", "no", "=1+1", "007", "一: 二 #三"])
EDITABLE: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS,
    "participants": st.integers(0, 3),
    "hours_each": st.sampled_from([Decimal("1.5"), Decimal(2), Decimal("0.25")]),
    "evidence": st.lists(WORDS, max_size=3),
    "reviewer": st.none() | WORDS,
    "note": st.none() | WORDS,
}
NAMES = {"data/volunteering/2024/20240305-a.yml": 2, "data/volunteering/2024/b.yml": 3}
"""The records → the row in which each stands."""

EDITS = st.fixed_dictionaries(
    {
        name: st.fixed_dictionaries({}, optional=EDITABLE)  # a field that is there, is changed
        for name in NAMES
    }
)


def values(raw: bytes) -> dict[str, Any]:
    """What a file says, optional fields that are left out among it."""
    said: dict[str, Any] = plain_data(Volunteering.model_validate(parse_bytes(raw, "").data))
    return said


def cell(value: Any) -> Any:
    """A value as a clerk types it."""
    if isinstance(value, Decimal):
        return float(value)
    return exact_text(tuple(value)) if isinstance(value, list) else value


def put(sheet: Any, row: int, name: str, value: Any) -> None:
    heads = {one.value: one.column for one in sheet[1]}
    target = sheet.cell(row, heads[SHAPES[name].label])
    target.value = cell(value)
    if isinstance(target.value, str) and target.value:
        target.data_type = "s"  # the cells are formatted as text: = begins no formula


@FEWER
@given(clerk=EDITS, others=EDITS)
def test_two_people_lose_nothing(
    desk: Desk, clerk: dict[str, dict[str, Any]], others: dict[str, dict[str, Any]]
) -> None:
    texts = {name: (RECORD + f"# {name}\n").replace("学雷锋进社区", f"名{row}").replace("-05\n", f"-{row:02}\n", 1) for name, row in NAMES.items()}  # fmt: skip
    restart(desk, {name: text.encode() for name, text in texts.items()})
    desk.export()
    base = {name: values(text.encode()) for name, text in texts.items()}
    book = openpyxl.load_workbook(desk.sheet)
    for name, changes in clerk.items():
        for field, value in changes.items():
            put(book[LABEL], NAMES[name], field, value)
    book.save(desk.sheet)
    for name, changes in others.items():
        raw = edited(texts[name].encode(), base[name], changes, ORDER)
        (desk.root / name).write_bytes(raw)
    exit_, lines, _ = desk.import_lines("--write")
    clashes = 0
    for name in NAMES:
        mine = {**base[name], **clerk[name]}
        theirs = {**base[name], **others[name]}
        clashing = [
            one for one in mine if base[name][one] not in (mine[one], theirs[one]) and mine[one] != theirs[one]
        ]  # fmt: skip
        merged = {one: mine[one] if mine[one] != base[name][one] else theirs[one] for one in mine}
        raw = (desk.root / name).read_bytes()
        assert values(raw) == (theirs if clashing else merged)
        assert f"# {name}\n".encode() in raw
        for one in clashing:
            told_ = [
                display_text(SHAPES[one], plain_of(each[one]))
                for each in (base[name], theirs, mine)
            ]
            line = f"  {SHAPES[one].label}：导出时 {told_[0]}，他人已改为 {told_[1]}，表中改为 {told_[2]}"
            assert line in lines
        clashes += len(clashing)
    assert sum("他人已改为" in line for line in lines) == clashes
    assert exit_ == (1 if clashes else 0)


def plain_of(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def test_through_libreoffice(desk: Desk) -> None:
    """LibreOffice writes the workbook anew: nothing changes; then a cell is changed, and that alone."""
    odd = RECORD.replace("evidence: []", 'evidence: [照片, "=1+1", "007"]').replace(
        "reviewer:", 'reviewer: "12345678901234567890"\nnote: "_x0041_ a\\tb\\n  第二行"'
    )
    restart(
        desk,
        {
            "data/volunteering/2024/20240305-a.yml": odd.encode(),
            "data/volunteering/2025/b.yml": RECORD.replace("2024-03-05", "2025-01-02")
            .replace("hours_each: 2.5", "hours_total: 9.95")
            .encode(),
            "data/honours/civilised.yml": CIVILISED.replace("unit_level", "bureau").encode(),
        },
    )
    for name in ("volunteering", "honours"):
        assert desk.run("export", name, f"{name}.xlsx").exit_code == 0
    converted(desk.root, desk.root / "volunteering.xlsx", desk.root / "honours.xlsx")
    for name in ("volunteering", "honours"):
        shutil.copy(desk.root / "out" / f"{name}.xlsx", desk.sheet)
        assert desk.unwritten("--write") == (0, [], NOTHING)
    shutil.copy(desk.root / "out" / "volunteering.xlsx", desk.sheet)
    desk.cells({(3, "日期"): datetime(2025, 2, 3), (3, "地点"): "林场"})
    converted(desk.root, desk.sheet)
    shutil.copy(desk.root / "out" / "sheet.xlsx", desk.sheet)
    assert desk.import_lines("--write")[:2] == (
        0,
        [
            "修改 data/volunteering/2025/b.yml（学雷锋进社区，第 3 行）",
            "  日期：2025-01-02 → 2025-02-03",
            "  地点：社区 → 林场",
        ],
    )


def converted(root: Path, *sheets: Path) -> None:
    """Open the workbooks in LibreOffice and save them in the folder `out`."""
    convert("xlsx", root / "out", *sheets, profile=root / "profile")
