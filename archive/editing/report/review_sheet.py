"""The review sheet of a report: a workbook with a row for each find, in which a person confirms it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from archive.editing.report.columns import CONFIRMED, HEADINGS, NUMBER, Terms, counts
from archive.editing.report.deciding import (
    LATER,
    MERGED,
    NONE_OF,
    YES_IT_IS,
    Sheet,
    says_now,
    sheet_of,
)
from archive.editing.report.honours import COLLECTION
from archive.editing.report.honours import LABELS as HONOUR
from archive.editing.report.masked_names import MEANING, PERSON
from archive.editing.report.review import Item, Review
from archive.editing.sheet.export import add_guide, write_state
from archive.editing.sheet.exported_state import ExportedState, signature
from archive.editing.sheet.fields import NO, YES, SheetField, canonical, sheet_fields
from archive.editing.sheet.layout import add_sheet
from archive.facts.site import Site
from archive.files.workbooks import Book, Rows, as_bytes, look
from archive.schema.periods import period_name, spoken
from archive.schema.types import Span

SHEETS: Mapping[Sheet, str] = {"figures": "指标", "names": "名称", "honours": "荣誉"}
"""Sheet → its name."""
CHOICES = "可选"
"""The sheet that lists what there is to choose from."""
KEY = "序号"
KEY_NOTE = "由程序填写，请勿改动；凭它知道一行是哪一处。"
_MASKED = "*"


def shapes(site: Site) -> dict[Sheet, tuple[SheetField, ...]]:
    """Return the columns of each sheet, in order."""
    counted = len(counts(site))
    honour = {one.name: one for one in sheet_fields(site.archive.collections[COLLECTION].model)}
    listed = f"'{CHOICES}'!$F$2:$F${counted + 1}" if counted else ""
    return {
        "figures": (
            _confirmed("figures"),
            _fixed("kind", "种类", "找到的是什么", 8),
            _fixed("page", "页面", "在哪一部分", 22),
            _text("id", HEADINGS["id"], "指标的编号，定了不再改；空着的由名称得出；并入的填已有指标的编号", 20),
            _text("name", HEADINGS["name"], "指标的名称，一个指标一个", 24),
            _text("unit", HEADINGS["unit"], "计量单位，须与原文相配", 10),
            _fixed("number", NUMBER, "原文里的数，星号是隐去的", 12),
            _fixed("period", "报告所说时期", "这一句话说的时期", 16),
            _day("start", HEADINGS["start"], "时期的第一天；时点的空着"),
            _day("end", HEADINGS["end"], "时期的最后一天；时点的那一天"),
            _text("source", HEADINGS["source"], "数据来源", 16),
            _text("office", HEADINGS["office"], "责任科室", 14),
            _text("counted", HEADINGS["counted"], f"由台账计数的，从下拉中选；都列在工作表“{CHOICES}”里", 22, listed),
            _fixed("sentence", "原句", "原文的一句话，找到的在【】里", 60),
            _fixed("missing", "尚缺", "只有人知道的", 22),
        ),
        "names": (
            _confirmed("names"),
            _fixed("kind", "种类", "找到的是什么", 8),
            _fixed("page", "页面", "在哪一部分", 22),
            _text("id", HEADINGS["id"], "名称的编号，一个名称一个；并入的填已有名称的编号", 16),
            _text("meaning", MEANING, "隐去的是什么", 34),
            SheetField("person", PERSON, "choice", f"{YES}、{NO} 之一", "是不是人名，公开须本人同意", False, (YES, NO), (YES, NO), width=10),
            _fixed("number", "掩码", "原文里的星号", 10),
            _fixed("sentence", "原句", "原文的一句话，找到的在【】里", 60),
            _fixed("missing", "尚缺", "只有人知道的", 22),
        ),
        "honours": (
            _confirmed("honours"),
            _fixed("page", "页面", "在哪一部分", 22),
            _text("id", HEADINGS["id"], "荣誉的编号，定了不再改；空着的由名称得出；并入的填已有荣誉的编号", 20),
            _text("title", HONOUR["title"], "照证书或文件写全", 28),
            replace(honour["recipient"], required=False, width=10),
            replace(honour["level"], width=10),
            _text("body", HONOUR["body"], "授予的单位，写全称；不知道的空着", 22),
            _day("date", HONOUR["date"], "授予的那一天；不知道的空着"),
            _fixed("sentence", "原句", "原文的一句话，找到的在【】里", 60),
            _fixed("missing", "尚缺", "只有人知道的", 22),
        ),
    }  # fmt: skip


_PLACE = (
    SheetField("place_sentence", "", "text", "", "", True),
    SheetField("place_before", "", "integer", "", "", True),
    SheetField("place_text", "", "text", "", "", True),
    SheetField("place_nth", "", "integer", "", "", True),
)
"""What the hidden sheet has of a row beside its columns: where the find stands."""


def kept(shape: Sequence[SheetField]) -> tuple[SheetField, ...]:
    """Return what the hidden sheet has of a row."""
    return (*shape, *_PLACE)


def _confirmed(sheet: Sheet) -> SheetField:
    words = (YES_IT_IS, NONE_OF[sheet], MERGED, LATER)
    said = f"照这一行登记填“{YES_IT_IS}”，照写而不登记填“{NONE_OF[sheet]}”，就是已有的那个填“{MERGED}”并在编号里写它，空着同“{LATER}”"
    return SheetField("confirmed", CONFIRMED, "choice", f"{'、'.join(words)} 之一", said, False, words, words, width=12)  # fmt: skip


def _fixed(name: str, label: str, said: str, width: int) -> SheetField:
    return SheetField(name, label, "text", "文字", said, False, fixed=True, width=width)


def _text(name: str, label: str, said: str, width: int, listed: str = "") -> SheetField:
    return SheetField(name, label, "text", "文字", said, False, width=width, listed_in=listed)


def _day(name: str, label: str, said: str) -> SheetField:
    rule = "确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年）"
    return SheetField(name, label, "date", rule, said, False)


def workbook(site: Site, terms: Terms, review: Review, file: str) -> bytes:
    """Return the workbook in which the finds of a report are reviewed; `file` is the name of the report's file."""
    shape_of = shapes(site)
    book = Book(f"{terms.report} 核对表", site.archive.project.as_of)
    add_guide(book, _lines(site, terms, file))
    state: dict[str, Mapping[str, Any]] = {}
    for sheet, label in SHEETS.items():
        shape = shape_of[sheet]
        items = [one for one in review.items if sheet_of(one) == sheet]
        listed = [(f"{label}{at}", says_all(one)) for at, one in enumerate(items, 1)]
        values = ((key, [_cell(field, said) for field in shape]) for key, said in listed)
        add_sheet(book, label, shape, values, len(listed), key=(KEY, KEY_NOTE), blank_rows=0)
        for (key, said), one in zip(listed, items, strict=True):
            place = (*one.at, one.nth)
            state[key] = {**canonical(said), **{field.name: part for field, part in zip(_PLACE, place, strict=True)}}  # fmt: skip
    _choices(book, site)
    fields = [field for shape in shape_of.values() for field in shape]
    exported = ExportedState(
        source(terms.report), site.archive.demonstration, signature(fields), state
    )
    write_state(book, exported)
    return as_bytes(book)


def _cell(field: SheetField, said: Mapping[str, Any]) -> Any:
    value = said[field.name]
    return date.fromisoformat(value) if value and field.form == "date" else value


def source(report: str) -> str:
    """Return what the hidden sheet calls what it was made from."""
    return f"report/{report}"


def says_all(item: Item) -> dict[str, Any]:
    """Return all columns of a find's row, those that the program alone fills in among them."""
    said = says_now(item)
    find = item.find
    if sheet_of(item) == "honours":
        return {**said, "page": item.page, "sentence": item.sentence, "missing": item.missing}
    if sheet_of(item) == "names":
        person = said["person"] == YES
        kind = "人名" if person else "名称"
        return {
            **said, "kind": kind, "page": item.page, "number": find.number,
            "sentence": item.sentence, "missing": item.missing,
        }  # fmt: skip
    kinds = {"ratio": "比例", "range": "范围"}
    kind = kinds.get(find.kind) or (
        "掩码" if _MASKED in find.number else "约数" if find.approximation else "数"
    )
    span = find.period and Span(start=find.period[0], end=find.period[1])
    period = _spoken(span) if span else "报告期间"
    return {
        **said, "kind": kind, "page": item.page, "number": find.approximation or find.number, "period": period,
        "sentence": item.sentence, "missing": item.missing,
    }  # fmt: skip


def _spoken(span: Span) -> str:
    name = period_name(span)
    return spoken(name) if name else f"{span.start} 至 {span.end}"


def _choices(book: Any, site: Site) -> None:
    """Add the sheet that lists the indicators there are, and what may be counted."""
    sheet = book.create_sheet(CHOICES)
    for letter, width in zip("ABCDEF", (22, 30, 10, 16, 16, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    known = [
        (one.indicator, one.figure.name, one.figure.unit, one.reference_period, one.shown)
        for one in site.values.values()
    ]
    countable = list(counts(site))
    titles = ("已有指标的编号", "名称", "单位", "时期", "数值", "由台账计数")
    rows, head, body = Rows(sheet), look(sheet, bold=True), look(sheet)
    for line in _table(titles, known, countable):
        rows.append(map((head if line is titles else body).text, line))


def _table(
    titles: tuple[str, ...], known: Sequence[tuple[str, ...]], countable: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the lines of two lists side by side, below their titles."""
    yield titles
    blank = ("",) * (len(titles) - 1)
    for at in range(max(len(known), len(countable))):
        yield (
            *(known[at] if at < len(known) else blank),
            countable[at] if at < len(countable) else "",
        )


def _lines(site: Site, terms: Terms, file: str) -> list[str]:
    mark = "（演示数据，全部虚构）" if site.archive.demonstration else ""
    return [
        f"一、这是报告 {terms.report} 的核对表{mark}，由“{file}”得出：一行一处，数在工作表“指标”里，星号隐去的名称在“名称”里，获得的荣誉在“荣誉”里。",
        "二、逐行看原句，填“确认”：照这一行登记的填“对”；照写而不登记的填“不是指标”（名称填“不是名称”，荣誉填“不是荣誉”）；就是已有的那个的填“并入”，在编号里写它；"
        "拿不准的填“以后再定”，空着也一样，下次再问。许多行都对的，选中一片，输入“对”，按 Ctrl+Enter。",
        "三、蓝色标题的可以改，灰色的由程序填写。“尚缺”写着还缺什么，补在那一列里。同一个编号的几行，名称、单位等改一行，其余的跟着改。",
        f"四、已有的指标和台账里能计的数，列在工作表“{CHOICES}”里。请勿增加、删去行，勿改标题和工作表的名称；排序、筛选不要紧。",
        "五、填好后另存为 .xlsx，把导出时的命令再运行一次，核对列出的，再加 --write 写入。",
    ]
