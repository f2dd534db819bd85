"""Rules for the records of the collections."""

import re
from collections.abc import Iterator

from archive.checks.problems import repeated
from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.schema.assistance import UNITS
from archive.schema.collections import COLLECTIONS
from archive.schema.columns import MOST_IN_A_CELL, size
from archive.schema.types import Model, written


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
                yield site.archive.record_problem(
                    record, f"{field}须不晚于今天（{as_of}），现为 {day}", "date"
                )
            elif COLLECTIONS[name].bounded and ((start and day < start) or (end and day > end)):
                span = f"{start or '…'} 至 {end or '…'}"
                yield site.archive.record_problem(
                    record, f"{field}须在建档期间 {span} 之内，现为 {day}", "date"
                )


def stand_in_the_folder_of_their_year(site: Site) -> Iterator[Problem]:
    """A record in a year's folder must be of that year; folders are named by years."""
    for records in site.archive.records.values():
        for record in records:
            folder, day = record.path.split("/")[-2], record.data.date
            if folder in site.archive.records or day is None or folder == str(day.year):
                continue
            yield site.archive.record_problem(
                record, f"记录须放在日期所在年份的目录 {day.year}/ 下，现在 {folder}/ 下", "date"
            )


def have_one_length(site: Site) -> Iterator[Problem]:
    """An activity gives its hours a person or its hours in all, one of them."""
    for record in site.archive.records["volunteering"]:
        each, total = record.data.hours_each, record.data.hours_total
        if (each is None) == (total is None):
            found = "都空着" if each is None else "都填了"
            yield site.archive.record_problem(
                record,
                f"hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在{found}",
                "hours_each",
            )


def hours_fit_the_people(site: Site) -> Iterator[Problem]:
    """Nobody serves more than 24 hours a day; several days are several records."""
    for record in site.archive.records["volunteering"]:
        total, people = record.data.hours_total, record.data.participants
        if total is not None and total > 24 * people:
            yield site.archive.record_problem(
                record,
                f"hours_total（总时长）须不超过参加人数 {people} × 24 小时，现为 {total}",
                "hours_total",
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
                    yield site.archive.record_problem(
                        record, f"{label}{rule}，现有 {size(value)} 个", field
                    )


def evidence_exists(site: Site) -> Iterator[Problem]:
    """Evidence named as a file (files/…) must be there."""
    docs = site.archive.project.docs
    for records in site.archive.records.values():
        for record in records:
            for index, item in enumerate(getattr(record.data, "evidence", ())):
                if item.startswith("files/") and not (docs / item).is_file():
                    message = f"evidence（佐证材料）所列文件须在 docs/ 下，没有 {item}"
                    yield site.archive.record_problem(record, message, "evidence", index)


def fields_fit_their_kind(site: Site) -> Iterator[Problem]:
    """A field that belongs to some kinds of record is filled in for those, and empty for all others."""
    for name, collection in COLLECTIONS.items():
        for field, (other, values) in collection.only.items():
            called = f"{field}（{collection.label_of(field)}）"
            when = f"{other}（{collection.label_of(other)}）为{'、'.join(values)}"
            for record in site.archive.records[name]:
                value = getattr(record.data, field)
                wanted = written(getattr(record.data, other)) in values
                if wanted and value is None:
                    yield site.archive.record_problem(
                        record, f"{when}时，{called}须填写，现为空", field
                    )
                elif not wanted and value is not None:
                    yield site.archive.record_problem(
                        record, f"{called}只在 {when}时填写，此外须空着，现为 {value}", field
                    )


def amounts_bear_the_unit_of_their_kind(site: Site) -> Iterator[Problem]:
    """Funds are counted in 万元, goods sold in 斤, and so on; people and pieces are whole."""
    for record in site.archive.records["assistance"]:
        kind, unit, amount = record.data.kind, record.data.unit, record.data.amount
        if unit != UNITS[kind]:
            yield site.archive.record_problem(
                record, f"{kind}的 unit（单位）须为{UNITS[kind]}，现为{unit}", "unit"
            )
        elif unit in ("件", "人", "人次") and amount != int(amount):
            yield site.archive.record_problem(
                record, f"以{unit}计的 amount（数量）须为整数，现为 {amount}", "amount"
            )


def a_year_is_counted_once(site: Site) -> Iterator[Problem]:
    """A yearly count stands once: one record a year and stage."""
    for name in ("party_members", "cadres"):
        label = COLLECTIONS[name].label_of("stage")
        records = site.archive.records[name]
        for again, first in repeated(records, lambda one: (one.data.date.year, one.data.stage)):
            year, stage = again.data.date.year, again.data.stage
            rule = f"一年一个{label}须只有一条记录，{year} 年“{stage}”已见 {first.path}"
            yield site.archive.record_problem(again, rule, "stage")


def issues_are_numbered_once(site: Site) -> Iterator[Problem]:
    """No two publications of one kind bear the same number in the same year."""
    numbered = (one for one in site.archive.records["publications"] if one.data.number is not None)
    for again, first in repeated(
        numbered, lambda one: (one.data.date.year, one.data.kind, one.data.number)
    ):
        data = again.data
        message = f"{data.kind}的 number（期号）一年内须唯一，“{data.number}”已见 {first.path}"
        yield site.archive.record_problem(again, message, "number")


def finished_items_have_begun(site: Site) -> Iterator[Problem]:
    """An item is not finished before it was agreed, nor after the day called today."""
    as_of = site.archive.project.as_of
    for record in site.archive.records["community"]:
        begun, finished = record.data.date, record.data.finished
        if finished and not begun <= finished <= as_of:
            yield site.archive.record_problem(
                record,
                f"finished（完成日期）须在 {begun} 至今天（{as_of}）之间，现为 {finished}",
                "finished",
            )


_INSTRUCTION = re.compile(r"批示(?:内容|原文|精神|指出|要求|强调|如下|：|:|“).{0,12}")
_ENTERPRISE = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{2,30}?(?:有限(?:责任)?公司|股份公司|集团公司|总公司|分公司)"
)


def instructions_are_not_quoted(site: Site) -> Iterator[Problem]:
    """Of an instruction by a leader the archive keeps that there was one, never what it says."""
    yield from _without(site, "publications", _INSTRUCTION, "批示只记有无，不得录入内容")


def enterprises_have_no_names(site: Site) -> Iterator[Problem]:
    """Services to enterprises are counted; the enterprises are not named."""
    yield from _without(site, "enterprise_services", _ENTERPRISE, "企业只记家数，不得写企业名称")


def _without(site: Site, name: str, wrong: re.Pattern[str], rule: str) -> Iterator[Problem]:
    collection = COLLECTIONS[name]
    for record in site.archive.records[name]:
        for field in collection.model.model_fields:
            value = getattr(record.data, field)
            texts = value if isinstance(value, tuple) else (value,)
            found = next((m for text in texts if (m := wrong.search(written(text)))), None)
            if found:
                called = f"{field}（{collection.label_of(field)}）"
                yield site.archive.record_problem(
                    record, f"{rule}，{called}现有“{found[0]}”", field
                )
