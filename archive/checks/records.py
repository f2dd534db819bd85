"""Rules for the records of the collections."""

import re
from collections.abc import Iterator, Sequence

from archive.checks.problems import NOT_YET, repeated
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.schema.assistance import UNITS, Assistance
from archive.schema.cadres import Cadres, PartyMembers
from archive.schema.collections import COLLECTIONS
from archive.schema.columns import MAX_IN_A_CELL, size
from archive.schema.community import Community
from archive.schema.fields import fields
from archive.schema.publications import Publication
from archive.schema.types import Model, yaml_text
from archive.schema.volunteering import Volunteering


def lie_in_the_archive_period(site: Site) -> Iterator[Problem]:
    """A record's date is not after today and, in a bounded collection, within the archive's period."""
    archive = site.archive
    period = archive.unit.record_period if archive.unit else None
    as_of = archive.project.as_of
    start = period.start if period else None
    end = period.end if period else None
    if start and end and end < start:
        start = end = None  # one of them is at fault, which is told
    for name, records in archive.records.items():
        for record in records:
            day = record.day
            if day is None:
                continue
            field = f"date（{COLLECTIONS[name].label_of('date')}）"
            if day > as_of:
                yield site.archive.record_problem(
                    record, f"{field}须不晚于今天（{as_of}），现为 {day}；{NOT_YET}", "date"
                )
            elif COLLECTIONS[name].bounded and ((start and day < start) or (end and day > end)):
                span = f"{start or '…'} 至 {end or '…'}"
                yield site.archive.record_problem(
                    record,
                    f"{field}须在建档期间 {span} 之内，现为 {day}；请改正日期，期间以外的不记",
                    "date",
                )


def stand_in_the_folder_of_their_year(site: Site) -> Iterator[Problem]:
    """A record stands in the folder of its year; in none only if its collection has no such folders."""
    start = len(site.archive.project.name(site.archive.project.data)) + 1
    for name, records in site.archive.records.items():
        folders = {
            record.id: record.path[start + len(name) + 1 :].rpartition("/")[0] for record in records
        }
        by_year = COLLECTIONS[name].bounded and any(folders.values())
        for record in records:
            folder, day = folders[record.id], record.day
            if day is None or folder == str(day.year) or not (folder or by_year):
                continue
            if day > site.archive.project.as_of:
                continue  # the date is at fault, which is told
            where = f" {folder}/ 下" if folder else "目录外"
            yield site.archive.record_problem(
                record,
                f"记录须放在日期所在年份的目录 {day.year}/ 下，现在{where}；请移到 {day.year}/ 下，或者改正日期",
                "date",
            )


def have_one_length(site: Site) -> Iterator[Problem]:
    """An activity has either its hours per person or its total hours, not both."""
    for record in site.archive.of(Volunteering):
        each, total = record.data.hours_each, record.data.hours_total
        if (each is None) == (total is None):
            found = "都空着" if each is None else "都填了"
            way_out = "请填上一个" if each is None else "请清空一个，如 hours_total:"
            yield site.archive.record_problem(
                record,
                f"hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在{found}；{way_out}",
                "hours_each",
            )


def hours_fit_the_people(site: Site) -> Iterator[Problem]:
    """An activity has at most 24 hours per person; several days need several records."""
    for record in site.archive.of(Volunteering):
        total, people = record.data.hours_total, record.data.participants
        if total is not None and total > 24 * people:
            yield site.archive.record_problem(
                record,
                f"hours_total（总时长）须不超过参加人数 {people} × 24 小时，现为 {total}；请改正，跨几天的一天记一条",
                "hours_total",
            )


def lists_fit_a_cell(site: Site) -> Iterator[Problem]:
    """A list or group as a whole is no longer than the cell of a spreadsheet may be."""
    for name, records in site.archive.records.items():
        for record in records:
            for field in fields(type(record.data)):
                value = getattr(record.data, field)
                if isinstance(value, tuple | Model) and size(value) > MAX_IN_A_CELL:
                    label = f"{field}（{COLLECTIONS[name].label_of(field)}）"
                    rule = f"须合起来不超过 {MAX_IN_A_CELL} 个字符（XLSX 一个单元格的上限）"
                    yield site.archive.record_problem(
                        record,
                        f"{label}{rule}，现有 {size(value)} 个；请写短些，或者移到附件里",
                        field,
                    )


def evidence_exists(site: Site) -> Iterator[Problem]:
    """Evidence given as a file (files/…) exists."""
    for records in site.archive.records.values():
        for record in records:
            for index, item in enumerate(getattr(record.data, "evidence", ())):
                if item.startswith("files/") and item not in site.archive.docs:
                    message = f"evidence（佐证材料）所列文件须在 docs/ 下，没有 {item}；请放进这个文件，或者写材料的名称"
                    yield site.archive.record_problem(record, message, "evidence", index)


def fields_fit_their_kind(site: Site) -> Iterator[Problem]:
    """A field that belongs to some kinds of record is filled in for them and empty for all others."""
    for name, collection in COLLECTIONS.items():
        for field, (other, values) in collection.only.items():
            label = f"{field}（{collection.label_of(field)}）"
            when = f"{other}（{collection.label_of(other)}）为{'、'.join(values)}"
            for record in site.archive.records[name]:
                value = getattr(record.data, field)
                wanted = yaml_text(getattr(record.data, other)) in values
                if wanted and value is None:
                    words = "、".join(fields(collection.model)[field].value.words)
                    way_out = f"请填上 {field}" + (f"（{words} 之一）" if words else "")
                    yield site.archive.record_problem(
                        record, f"{when}时，{label}须填写，现为空；{way_out}", field
                    )
                elif not wanted and value is not None:
                    yield site.archive.record_problem(
                        record,
                        f"{label}只在 {when}时填写，此外须空着，现为 {value}；请改为：{field}:",
                        field,
                    )


def amounts_bear_the_unit_of_their_kind(site: Site) -> Iterator[Problem]:
    """Each kind of assistance has its unit, funds 万元 for instance; people and pieces are whole numbers."""
    for record in site.archive.of(Assistance):
        kind, unit, amount = record.data.kind, record.data.unit, record.data.amount
        if unit != UNITS[kind]:
            yield site.archive.record_problem(
                record,
                f"{kind}的 unit（单位）须为{UNITS[kind]}，现为{unit}；请改为：unit: {UNITS[kind]}",
                "unit",
            )
        elif unit in ("件", "人", "人次") and amount != int(amount):
            yield site.archive.record_problem(
                record,
                f"以{unit}计的 amount（数量）须为整数，现为 {amount}；例如：amount: {int(amount)}",
                "amount",
            )


def a_year_is_counted_once(site: Site) -> Iterator[Problem]:
    """A yearly count is recorded once: one record for each year and stage."""
    for model in (PartyMembers, Cadres):
        label = model.label_of("stage")
        records: Sequence[Record[PartyMembers | Cadres]] = site.archive.of(model)
        for again, first in repeated(records, lambda it: (it.data.date.year, it.data.stage)):
            year, stage = again.data.date.year, again.data.stage
            rule = f"一年一个{label}须只有一条记录，{year} 年“{stage}”已见 {first.path}；请删去一条，或者改正日期"
            yield site.archive.record_problem(again, rule, "stage")


def issues_are_numbered_once(site: Site) -> Iterator[Problem]:
    """No two publications of one kind have the same number in the same year."""
    records = site.archive.of(Publication)
    numbered = (record for record in records if record.data.number is not None)
    for again, first in repeated(
        numbered, lambda it: (it.data.date.year, it.data.kind, it.data.number)
    ):
        data = again.data
        message = f"{data.kind}的 number（期号）一年内须唯一，“{data.number}”已见 {first.path}；请改正期号，没有的写 number:"
        yield site.archive.record_problem(again, message, "number")


def finished_items_have_begun(site: Site) -> Iterator[Problem]:
    """A joint-work item is not finished before it was agreed, nor after today."""
    as_of = site.archive.project.as_of
    for record in site.archive.of(Community):
        begun, finished = record.data.date, record.data.finished
        if finished and not begun <= finished <= as_of:
            yield site.archive.record_problem(
                record,
                f"finished（完成日期）须在 {begun} 至今天（{as_of}）之间，现为 {finished}；请改正，还没有完成的写 finished:",
                "finished",
            )


_INSTRUCTION = re.compile(r"批示(?:内容|原文|精神|指出|要求|强调|如下|：|:|“).{0,12}")
_ENTERPRISE = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{2,30}?(?:有限(?:责任)?公司|股份公司|集团公司|总公司|分公司)"
)


def instructions_are_not_quoted(site: Site) -> Iterator[Problem]:
    """The archive records that a leader gave an instruction (批示), never what it says."""
    yield from _without(site, "publications", _INSTRUCTION, "批示只记有无，不得录入内容")


def enterprises_have_no_names(site: Site) -> Iterator[Problem]:
    """Services to enterprises are counted; the enterprises are not named."""
    yield from _without(site, "enterprise_services", _ENTERPRISE, "企业只记家数，不得写企业名称")


def _without(site: Site, name: str, wrong: re.Pattern[str], rule: str) -> Iterator[Problem]:
    collection = COLLECTIONS[name]
    for record in site.archive.records[name]:
        for field in fields(collection.model):
            value = getattr(record.data, field)
            texts = value if isinstance(value, tuple) else (value,)
            found = next((m for text in texts if (m := wrong.search(yaml_text(text)))), None)
            if found:
                label = f"{field}（{collection.label_of(field)}）"
                yield site.archive.record_problem(
                    record, f"{rule}，{label}现有“{found[0]}”；请删去", field
                )
