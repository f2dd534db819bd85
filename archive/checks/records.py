"""Rules for the records of the collections."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from archive.checks.problems import NOT_YET, repeated
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.files.pages import once_each
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.columns import MAX_IN_A_CELL, size
from archive.schema.fields import fields
from archive.schema.ledgers import Ledger, RuleName
from archive.schema.types import FAR, MODELS, Model, yaml_text


def lie_in_the_archive_period(site: Site) -> Iterator[Problem]:
    """A record's date is not after today and, in a bounded collection, within a period that is declared.

    That of the archive, of a report, or of an observation: so a new year makes no old record invalid.
    """
    archive = site.archive
    period = archive.unit.record_period if archive.unit else None
    as_of = archive.project.as_of
    start = period.start if period else None
    end = period.end if period else None
    if start and end and end < start:
        start = end = None  # one of them is at fault, which is told
    declared = [report.period for report in archive.reports.values()]
    declared += [figure.period for figure in archive.figures.values()]
    spans = {(one.start, one.end) for one in declared if one.start and one.end}
    for name, records in archive.records.items():
        for record in records:
            day = record.day
            if day is None:
                continue
            field = site.archive.collections[name].called("date")
            if day > as_of:
                yield site.archive.record_problem(
                    record, f"{field}须不晚于今天（{as_of}），现为 {day}；{NOT_YET}", "date"
                )
            elif (
                site.archive.collections[name].bounded
                and ((start and day < start) or (end and day > end))
                and not any(first <= day <= last for first, last in spans)
            ):
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
        by_year = site.archive.collections[name].bounded and any(folders.values())
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


def one_of_two_fields_is_filled(site: Site) -> Iterator[Problem]:
    """Of the two fields of which a ledger wants one filled in (`one_of`), a record has one, not both."""
    for name, ledger in _described(site):
        labels = list(map(site.archive.collections[name].called, ledger.one_of))
        for record in site.archive.records[name] if labels else ():
            filled = [one for one in ledger.one_of if getattr(record.data, one) is not None]
            if len(filled) == 1:
                continue
            found = "都填了" if filled else "都空着"
            way_out = f"请清空一个，如 {filled[-1]}:" if filled else "请填上一个"
            rule = f"{'与 '.join(labels)}须填其中一个，现在{found}；{way_out}"
            yield site.archive.record_problem(record, rule, ledger.one_of[0])


def hours_fit_the_people(site: Site) -> Iterator[Problem]:
    """An activity has at most 24 hours per person; several days need several records."""
    for name in _listing(site, "每人不超过 24 小时"):
        collection = site.archive.collections[name]
        total_label, people_label = map(collection.label_of, ("hours_total", "participants"))
        for record in site.archive.records[name]:
            data: Any = record.data
            total, people = data.hours_total, data.participants
            if total is not None and people is not None and total > 24 * people:
                yield site.archive.record_problem(
                    record,
                    f"hours_total（{total_label}）须不超过{people_label} {people} × 24 小时，现为 {total}；请改正，跨几天的一天记一条",
                    "hours_total",
                )


def what_is_derived_is_no_larger_than_what_is_filled_in(site: Site) -> Iterator[Problem]:
    """A number derived from a record stays below the largest that a field may hold."""
    for name, collection in site.archive.collections.items():
        for derived, label in collection.derived.items():
            for record in site.archive.records[name]:
                found = getattr(record.data, derived)
                if found is not None and abs(found) >= FAR:
                    message = f"推算的{label}须小于 {FAR}，现为 {found:.2E}；请改正相乘的数"
                    yield site.archive.record_problem(record, message)


def lists_fit_a_cell(site: Site) -> Iterator[Problem]:
    """A list or group as a whole is no longer than the cell of a spreadsheet may be."""
    for name, records in site.archive.records.items():
        for record in records:
            for field, large in _too_large(record):
                label = site.archive.collections[name].called(field)
                rule = f"须合起来不超过 {MAX_IN_A_CELL} 个字符（XLSX 一个单元格的上限）"
                yield site.archive.record_problem(
                    record, f"{label}{rule}，现有 {large} 个；请写短些，或者移到附件里", field
                )


@once_each
def _too_large(record: Record[Model]) -> list[tuple[str, int]]:
    """The lists and groups of a record that are too large for a cell, each with its characters."""
    values = ((field, getattr(record.data, field)) for field in _several(type(record.data)))
    sizes = (
        (field, size(value))
        for field, value in values
        if value and isinstance(value, tuple | Model)
    )
    return [(field, large) for field, large in sizes if large > MAX_IN_A_CELL]


@lru_cache(MODELS)
def _several(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model that hold a list or a group."""
    found = fields(model).items()
    return tuple(name for name, field in found if field.value.shape in ("list", "group"))


_OWN_MACHINE = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|mnt|Volumes)/")
"""How the place of a file on somebody's own machine, or on a share, begins."""


def evidence_exists(site: Site) -> Iterator[Problem]:
    """Evidence given as a file (files/…) exists, and none is a place on somebody's own machine."""
    for records in site.archive.records.values():
        for record in records:
            for index, item in enumerate(getattr(record.data, "evidence", ())):
                if _OWN_MACHINE.match(item):
                    message = f"evidence（佐证材料）须是别人也打得开的，不写自己电脑里的位置，现为 {item}；请写材料的名称，或者把文件放进 docs/files/（在表单里拖进来）"
                    yield site.archive.record_problem(record, message, "evidence", index)
                if item.startswith("files/") and item not in site.archive.docs:
                    message = f"evidence（佐证材料）所列文件须在 docs/ 下，没有 {item}；请放进这个文件，或者写材料的名称"
                    yield site.archive.record_problem(record, message, "evidence", index)


def fields_fit_their_kind(site: Site) -> Iterator[Problem]:
    """A field that belongs to some kinds of record is filled in for them and empty for all others."""
    for name, collection in site.archive.collections.items():
        for field, (other, values) in collection.only.items():
            label = collection.called(field)
            when = f"{collection.called(other)}为{'、'.join(values)}"
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
    """Each kind has its unit, funds 万元 for instance; people and pieces are whole numbers (`units`)."""
    for name, ledger in _described(site):
        units, collection = ledger.units, site.archive.collections[name]
        if not units:
            continue
        unit_field = collection.called(units.unit)
        number_field = collection.called(units.number)
        for record in site.archive.records[name]:
            kind, unit, number = (
                getattr(record.data, field) for field in (units.by, units.unit, units.number)
            )
            if kind is not None and unit != units.of[kind]:
                fit = units.of[kind]
                yield site.archive.record_problem(
                    record,
                    f"{kind}的 {unit_field}须为{fit}，现为{unit or '空'}；请改为：{units.unit}: {fit}",
                    units.unit,
                )
            elif unit in units.whole and number is not None and number != int(number):
                yield site.archive.record_problem(
                    record,
                    f"以{unit}计的 {number_field}须为整数，现为 {number}；例如：{units.number}: {int(number)}",
                    units.number,
                )


def a_year_is_counted_once(site: Site) -> Iterator[Problem]:
    """A yearly count is recorded once: one record for each year and value of a field (`yearly`)."""
    for name, ledger in _described(site):
        field = ledger.yearly
        if not field:
            continue
        label = site.archive.collections[name].label_of(field)
        for again, first in _repeated_in_a_year(site, name, field):
            year, found = again.day and again.day.year, getattr(again.data, field)
            rule = f"一年一个{label}须只有一条记录，{year} 年“{found}”已见 {first.path}；请删去一条，或者改正日期"
            yield site.archive.record_problem(again, rule, field)


def issues_are_numbered_once(site: Site) -> Iterator[Problem]:
    """No two records of one kind have the same number in the same year (`numbered`)."""
    for name, ledger in _described(site):
        rule, collection = ledger.numbered, site.archive.collections[name]
        if not rule:
            continue
        label = collection.label_of(rule.number)
        nullable = fields(collection.model)[rule.number].value.nullable
        way_out = f"请改正{label}" + (f"，没有的写 {rule.number}:" if nullable else "")
        for again, first in _repeated_in_a_year(site, name, rule.number, rule.by):
            kind, found = getattr(again.data, rule.by), getattr(again.data, rule.number)
            message = f"{kind}的 {rule.number}（{label}）一年内须唯一，“{found}”已见 {first.path}；{way_out}"
            yield site.archive.record_problem(again, message, rule.number)


def _repeated_in_a_year(
    site: Site, name: str, *names: str
) -> Iterator[tuple[Record[Model], Record[Model]]]:
    """Yield each record that has these fields, all filled in, alike with one before of its year."""

    def key(record: Record[Model]) -> tuple[Any, ...] | None:
        values = [getattr(record.data, one) for one in names]
        return None if None in values or not record.day else (record.day.year, *values)

    yield from repeated(site.archive.records[name], key)


def finished_items_have_begun(site: Site) -> Iterator[Problem]:
    """An item is not finished before it was agreed, nor after today."""
    as_of = site.archive.project.as_of
    for name in _listing(site, "完成不早于开始"):
        label = site.archive.collections[name].label_of("finished")
        for record in site.archive.records[name]:
            data: Any = record.data
            if data.finished and not data.date <= data.finished <= as_of:
                yield site.archive.record_problem(
                    record,
                    f"finished（{label}）须在 {data.date} 至今天（{as_of}）之间，现为 {data.finished}；请改正，还没有完成的写 finished:",
                    "finished",
                )


def references_lead_to_a_record(site: Site) -> Iterator[Problem]:
    """What a field names as a record of another collection is one of its records."""
    for name, ledger in _described(site):
        for field, one in ledger.fields.items():
            if one.type != "引用" or not one.of:
                continue
            ids = frozenset(site.archive.record_ids(one.of))
            for record in site.archive.records[name]:
                id_ = getattr(record.data, field)
                if id_ is not None and id_ not in ids:
                    label = site.archive.collections[one.of].label
                    message = f"{field}（{one.label}）须是台账“{label}”里记录的编号，没有 {id_}{suggestion(id_, ids)}"
                    yield site.archive.record_problem(record, message, field)


def attachments_of_records_are_there(site: Site) -> Iterator[Problem]:
    """What a field names as an attachment is a file in docs/files/."""
    for name, ledger in _described(site):
        for field, one in ledger.fields.items():
            for record in site.archive.records[name] if one.type == "附件" else ():
                file = getattr(record.data, field)
                if file is not None and file not in site.archive.docs:
                    way_out = "" if one.need == "必填" else f"，或者写 {field}:"
                    message = f"{field}（{one.label}）须在 docs/files/ 下，没有 {file}；请放进这个文件{way_out}"
                    yield site.archive.record_problem(record, message, field)


_INSTRUCTION = re.compile(r"批示(?:内容|原文|精神|指出|要求|强调|如下|：|:|“).{0,12}")
_ENTERPRISE = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{2,30}?(?:有限(?:责任)?公司|股份公司|集团公司|总公司|分公司)"
)


def instructions_are_not_quoted(site: Site) -> Iterator[Problem]:
    """The archive records that a leader gave an instruction (批示), never what it says."""
    for name in _listing(site, "不录批示内容"):
        yield from _without(site, name, _INSTRUCTION, "批示只记有无，不得录入内容")


def enterprises_have_no_names(site: Site) -> Iterator[Problem]:
    """Services to enterprises are counted; the enterprises are not named."""
    for name in _listing(site, "不写企业名称"):
        yield from _without(site, name, _ENTERPRISE, "企业只记家数，不得写企业名称")


def _described(site: Site) -> Iterator[tuple[str, Ledger]]:
    """Yield the ledgers whose description is faultless."""
    for name, collection in site.archive.collections.items():
        if collection.ledger:
            yield name, collection.ledger


def _listing(site: Site, rule: RuleName) -> list[str]:
    """Return the ledgers whose description lists the rule."""
    return [name for name, ledger in _described(site) if rule in ledger.rules]


def _without(site: Site, name: str, wrong: re.Pattern[str], rule: str) -> Iterator[Problem]:
    collection = site.archive.collections[name]
    for record in site.archive.records[name]:
        for field in fields(collection.model):
            value = getattr(record.data, field)
            texts = value if isinstance(value, tuple) else (value,)
            found = next((m for text in texts if (m := wrong.search(yaml_text(text)))), None)
            if found:
                label = collection.called(field)
                yield site.archive.record_problem(
                    record, f"{rule}，{label}现有“{found[0]}”；请删去", field
                )
