"""Rules for the records of the collections."""

from collections.abc import Iterator

from archive.columns import MOST_IN_A_CELL, size
from archive.gather import Record, reread
from archive.schema.collections import COLLECTIONS
from archive.schema.types import Model
from archive.site import Site
from archive.source import Problem


def problem(site: Site, record: Record, field: str, message: str) -> Problem:
    """A problem with a field of a record; its file is read again for the line."""
    return site.archive.record_problem(record, (field,), message)


def lie_in_the_archive_period(site: Site) -> Iterator[Problem]:
    """A record's date must lie in the archive's period and not after the day called today."""
    archive = site.archive
    period = archive.unit.record_period if archive.unit else None
    as_of = archive.project.as_of
    start = period.start if period else None
    end = period.end if period else None
    for name, records in archive.records.items():
        for record in records:
            day = record.data.date
            if day is None:
                continue
            field = f"date（{COLLECTIONS[name].label_of('date')}）"
            if day > as_of:
                yield problem(site, record, "date", f"{field}须不晚于今天（{as_of}），现为 {day}")
            elif COLLECTIONS[name].bounded and ((start and day < start) or (end and day > end)):
                span = f"{start or '…'} 至 {end or '…'}"
                yield problem(site, record, "date", f"{field}须在建档期间 {span} 之内，现为 {day}")


def stand_in_the_folder_of_their_year(site: Site) -> Iterator[Problem]:
    """A record in a year's folder must be of that year; folders are named by years."""
    for records in site.archive.records.values():
        for record in records:
            folder, day = record.path.split("/")[-2], record.data.date
            if folder in site.archive.records or day is None or folder == str(day.year):
                continue
            yield problem(
                site,
                record,
                "date",
                f"记录须放在日期所在年份的目录 {day.year}/ 下，现在 {folder}/ 下",
            )


def have_one_length(site: Site) -> Iterator[Problem]:
    """An activity gives its hours a person or its hours in all, one of them."""
    for record in site.archive.records["volunteering"]:
        each, total = record.data.hours_each, record.data.hours_total
        if (each is None) == (total is None):
            found = "都空着" if each is None else "都填了"
            yield problem(
                site,
                record,
                "hours_each",
                f"hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在{found}",
            )


def hours_fit_the_people(site: Site) -> Iterator[Problem]:
    """Nobody serves more than 24 hours a day; several days are several records."""
    for record in site.archive.records["volunteering"]:
        total, people = record.data.hours_total, record.data.participants
        if total is not None and total > 24 * people:
            yield problem(
                site,
                record,
                "hours_total",
                f"hours_total（总时长）须不超过参加人数 {people} × 24 小时，现为 {total}",
            )


def lists_fit_a_cell(site: Site) -> Iterator[Problem]:
    """What a field holds in all, a list or a group, is no longer than a spreadsheet's cell may be."""
    for name, records in site.archive.records.items():
        for record in records:
            for field in type(record.data).model_fields:
                value = getattr(record.data, field)
                if isinstance(value, tuple | Model) and size(value) > MOST_IN_A_CELL:
                    label = f"{field}（{COLLECTIONS[name].label_of(field)}）"
                    rule = f"须合起来不超过 {MOST_IN_A_CELL} 个字符（XLSX 一个单元格的上限）"
                    yield problem(site, record, field, f"{label}{rule}，现有 {size(value)} 个")


def evidence_exists(site: Site) -> Iterator[Problem]:
    """Evidence named as a file (files/…) must be there."""
    docs = site.archive.project.docs
    for records in site.archive.records.values():
        for record in records:
            for index, item in enumerate(getattr(record.data, "evidence", ())):
                if item.startswith("files/") and not (docs / item).is_file():
                    line = reread(site.archive, record).line(("evidence", index))
                    yield Problem(
                        record.path, line, f"evidence（佐证材料）所列文件须在 docs/ 下，没有 {item}"
                    )
