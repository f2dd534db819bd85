"""Rules for the records of single collections: what belongs together, and what must not stand there."""

import re
from collections.abc import Iterator

from archive.checks.records import problem
from archive.schema.assistance import UNITS
from archive.schema.collections import COLLECTIONS
from archive.schema.types import written
from archive.site import Site
from archive.source import Problem


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
                    yield problem(site, record, field, f"{when}时，{called}须填写，现为空")
                elif not wanted and value is not None:
                    yield problem(
                        site, record, field, f"{called}只在 {when}时填写，此外须空着，现为 {value}"
                    )


def amounts_bear_the_unit_of_their_kind(site: Site) -> Iterator[Problem]:
    """Funds are counted in 万元, goods sold in 斤, and so on; people and pieces are whole."""
    for record in site.archive.records["assistance"]:
        kind, unit, amount = record.data.kind, record.data.unit, record.data.amount
        if unit != UNITS[kind]:
            yield problem(
                site, record, "unit", f"{kind}的 unit（单位）须为{UNITS[kind]}，现为{unit}"
            )
        elif unit in ("件", "人", "人次") and amount != int(amount):
            yield problem(
                site, record, "amount", f"以{unit}计的 amount（数量）须为整数，现为 {amount}"
            )


def a_year_is_counted_once(site: Site) -> Iterator[Problem]:
    """A yearly count stands once: one record a year and stage."""
    for name in ("party_members", "cadres"):
        seen: dict[tuple[int, str], str] = {}
        for record in site.archive.records[name]:
            year, stage = record.data.date.year, record.data.stage
            if (year, stage) in seen:
                label = COLLECTIONS[name].label_of("stage")
                yield problem(
                    site,
                    record,
                    "stage",
                    f"一年一个{label}须只有一条记录，{year} 年“{stage}”已见 {seen[year, stage]}",
                )
            seen.setdefault((year, stage), record.path)


def issues_are_numbered_once(site: Site) -> Iterator[Problem]:
    """No two publications of one kind bear the same number in the same year."""
    seen: dict[tuple[int, str, str], str] = {}
    for record in site.archive.records["publications"]:
        if record.data.number is None:
            continue
        key = (record.data.date.year, record.data.kind, record.data.number)
        if key in seen:
            yield problem(
                site,
                record,
                "number",
                f"{record.data.kind}的 number（期号）一年内须唯一，“{key[2]}”已见 {seen[key]}",
            )
        seen.setdefault(key, record.path)


def finished_items_have_begun(site: Site) -> Iterator[Problem]:
    """An item is not finished before it was agreed, nor after the day called today."""
    as_of = site.archive.project.as_of
    for record in site.archive.records["community"]:
        begun, finished = record.data.date, record.data.finished
        if finished and not begun <= finished <= as_of:
            yield problem(
                site,
                record,
                "finished",
                f"finished（完成日期）须在 {begun} 至今天（{as_of}）之间，现为 {finished}",
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
                yield problem(site, record, field, f"{rule}，{called}现有“{found[0]}”")
