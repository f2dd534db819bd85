"""What is wrong with the description of a ledger beyond the form of its fields."""

import keyword
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.facts.ledger_fields import (
    NAME,
    NUMBERS,
    Fault,
    empty,
    field_faults,
    of_types,
    twice,
    unfit_name,
    unknown,
    words_of,
)
from archive.files.validation import suggestion
from archive.files.yaml import Loc
from archive.schema.collections import BUILT_IN, SINGLE
from archive.schema.fields import fields
from archive.schema.form_models import WHERE
from archive.schema.ledgers import (
    COMMON,
    MAX_FACTORS,
    MAX_FIELDS,
    MAX_LISTED,
    RULES,
    TIMES,
    Ledger,
)
from archive.schema.page_models import PAGE_MODELS
from archive.schema.types import Model

_TAKEN = frozenset(
    [
        *BUILT_IN,
        *SINGLE,
        *PAGE_MODELS,
        *WHERE,
        "sheet",
        "correction",
        "honour_reviews",
        "ledgers",
        "releases",
        "reports",
        "pages",
        "index",
        "download",
    ]
)
"""Names of ledgers that would be those of another file, folder, form, page or heading."""


def faults(id_: str, ledger: Ledger) -> Iterator[Fault]:
    """Yield the faults of a description by itself; of one that is too long, nothing else is told."""
    if too_long := [*_too_long((), ledger)]:
        yield from too_long
        return
    if not NAME.fullmatch(id_) or keyword.iskeyword(id_):
        yield (
            (),
            f"台账的文件名须由小写英文字母、数字、下划线组成、以字母开头，现为 {id_}；请改名，如 petitions.yml",
        )
    elif id_ in _TAKEN:
        yield (), f"台账的文件名须与程序已用的不同，{id_} 另有所指；请改名，如 {id_}_ledger.yml"
    day = ledger.fields.get("date")
    if day is None or day.type != "日期" or day.need != "必填":
        found = "没有" if day is None else f"现为{day.type}、{day.need}"
        yield (
            ("fields", *(("date",) if day else ())),
            (
                f"fields（字段）里须有必填的日期 date，{found}；请写 date: {{label: 日期, type: 日期}}"
            ),
        )
    elif not day.is_public and ledger.public_names:
        shown = "、".join(name for name in ledger.fields if name in ledger.public_names)
        yield (
            ("fields", "date", "public"),
            f"date（日期）须公开，现为不公开，公开的却有 {shown}；请删去这一行，或者各字段都写 public: false",
        )
    yield from field_faults(ledger)
    for name in ledger.common:
        yield from unknown(("common", name), "common", name, COMMON, "各台账都有的字段")
    yield from _derived(ledger)
    yield from _named(ledger)
    yield from _totals(ledger)
    yield from _units(ledger)
    for index, rule in enumerate(ledger.rules):
        for name, types in RULES[rule].items():
            kept = ledger.fields.get(name)
            if kept is None or kept.type not in types:
                found = "没有" if kept is None else f"现为{kept.type}"
                yield (
                    ("rules", index),
                    f"规则“{rule}”须有{'或'.join(types)}字段 {name}，{found}；请删去这条规则，或者改字段",
                )


def _too_long(loc: Loc, value: object) -> Iterator[Fault]:
    """Yield a fault for each list or mapping in `value` with more items than anybody reads."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, Model):
        items = [(name, getattr(value, name)) for name in fields(type(value))]
    elif isinstance(value, Mapping):
        items = list(value.items())
    elif isinstance(value, tuple):
        items = list(enumerate(value))
    what, most = ".".join(map(str, loc)), MAX_LISTED
    if loc == ("fields",):
        what, most = "fields（字段）", MAX_FIELDS
    if not isinstance(value, Model) and len(items) > most:
        unit, way_out = ("个", "拆成几个台账") if loc == ("fields",) else ("项", "删减")
        yield loc, f"{what}须不超过 {most} {unit}，现有 {len(items)} {unit}；请{way_out}"
        return
    for name, one in items:
        yield from _too_long((*loc, name), one)


def is_taken(id_: str) -> bool:
    """Return whether a ledger of this name would be mistaken for something else."""
    return id_ in _TAKEN


def faults_together(
    described: Mapping[str, Ledger], known: Iterable[str]
) -> Iterator[tuple[str, Loc, str]]:
    """Yield the faults of descriptions with each other: the ledger, the place in it, the message.

    `described` are those without faults of their own, `known` the names of all.
    """
    names = [*known, *BUILT_IN]
    labels = {one.label: id_ for id_, one in BUILT_IN.items()}
    reached = {id_: _reached(described, id_) for id_ in described}
    for id_, ledger in described.items():
        first = labels.setdefault(ledger.label, id_)
        if first != id_:
            yield (
                id_,
                ("label",),
                f"label（台账名称）须与别的台账不同，{first} 已用“{ledger.label}”；请换一个名称",
            )
        for name, one in ledger.fields.items():
            loc, label = ("fields", name, "of"), f"{name}（{one.label}）所引台账"
            if one.of is None:
                continue
            if one.of not in names:
                yield id_, loc, f"{label}须是已有的，没有 {one.of}{suggestion(one.of, names)}"
            elif id_ == _first_of_circle(reached, id_, one.of):
                yield id_, loc, f"{label}须不引回 {id_}，{one.of} 直接或者间接地引用它；请改用文字"


def _first_of_circle(reached: Mapping[str, set[str]], id_: str, of: str) -> str | None:
    """Return the ledger at which a circle is told of, through `id_` and what it refers to; else None."""
    there = reached.get(of, set())
    circle = [one for one in there if id_ in reached.get(one, ())] if id_ in there else []
    return min(circle, default=None)


def _reached(described: Mapping[str, Ledger], start: str) -> set[str]:
    """Return the ledgers to which references lead from `start`, itself included."""
    reached: set[str] = set()
    pending = [start]
    while pending:
        id_ = pending.pop()
        if id_ not in reached:
            reached.add(id_)
            of = described[id_].fields.values() if id_ in described else ()
            pending += [one.of for one in of if one.of]
    return reached


def _derived(ledger: Ledger) -> Iterator[Fault]:
    numbers = of_types(ledger, *NUMBERS)
    for name, one in ledger.derived.items():
        loc = ("derived", name)
        yield from unfit_name(loc, name)
        if name in ledger.fields:
            yield loc, f"推算的数须不与字段同名，现为 {name}；请换一个名称"
        yield from empty((*loc, "first"), f"{name} 的 first", one.first)
        for index, factors in enumerate(one.factors):
            at = (*loc, "first", index)
            if len(factors) > MAX_FACTORS:
                yield (
                    at,
                    f"{name} 的 first 里一项须不超过 {MAX_FACTORS} 个字段之积，现有 {len(factors)} 个；请改为另填一个数",
                )
                continue
            for factor in factors:
                what = f"整数、小数字段，或者用“{TIMES}”连接的几个"
                yield from unknown(at, f"{name} 的 first", factor, numbers, what)


def _named(ledger: Ledger) -> Iterator[Fault]:
    """Yield the faults of what is a list of fields, or one field."""
    own, chosen = list(ledger.fields), of_types(ledger, "选择")
    texts = [
        n
        for n, one in ledger.fields.items()
        if one.type not in ("列表", "起止日期") and n != "date"
    ]
    common = [name for name in COMMON if name != "distinct_from" or ledger.key]
    for key, names, known, what in (
        ("key", ledger.key, texts, "本台账 date 以外单个的字段"),
        ("columns", ledger.columns, [*own, *common, *ledger.derived], "字段或推算的数"),
        ("one_of", ledger.one_of, own, "本台账的字段"),
    ):
        yield from twice((key,), key, names)
        for index, name in enumerate(names):
            yield from unknown((key, index), key, name, known, what)
    if len(ledger.one_of) not in (0, 2):
        found = "、".join(ledger.one_of)
        yield ("one_of",), f"one_of（只填一个）须有两个字段，现为 {found}；请改成两个，或者删去"
    for index, name in enumerate(ledger.one_of):
        one = ledger.fields.get(name)
        if one and (one.need == "必填" or one.type == "列表"):
            yield (
                ("one_of", index),
                f"one_of（只填一个）的字段须可以不写，{name} 现为{one.need}的{one.type}；请给它加一行 need: 可以不写",
            )
    if ledger.yearly:
        yield from unknown(("yearly",), "yearly", ledger.yearly, chosen, "选择字段")
    if ledger.numbered:
        yield from unknown(("numbered", "number"), "numbered", ledger.numbered.number, texts)
        yield from unknown(("numbered", "by"), "numbered", ledger.numbered.by, chosen, "选择字段")


def _totals(ledger: Ledger) -> Iterator[Fault]:
    numbers = [*of_types(ledger, *NUMBERS), *ledger.derived]
    chosen = of_types(ledger, "选择")
    for index, one in enumerate(ledger.totals):
        loc = ("totals", index)
        if bool(one.each) == bool(one.label):
            found = "都写了" if one.each else "都没有写"
            yield (
                loc,
                f"totals（各年合计）的一项须写 label（名称）和 each（分列字段）中的一个，现在{found}；请改正",
            )
        if one.each:
            yield from unknown((*loc, "each"), "totals 的 each", one.each, chosen, "选择字段")
        if one.sums:
            yield from unknown(
                (*loc, "sums"), "totals 的 sums", one.sums, numbers, "数的字段或推算的数"
            )
        units = ledger.units
        by_kind = units and one.each == units.by and one.sums == units.number
        if not one.unit and not by_kind:
            yield loc, "totals（各年合计）的一项须有 unit（单位），现没有；请加上，如 unit: 次"
        for name, value in one.where.items():
            field = ledger.fields.get(name)
            yield from unknown((*loc, "where", name), "totals 的 where", name, ledger.fields)
            words = words_of(field) if field and field.type in ("选择", "是否") else []
            if words and value not in words:
                yield (
                    (*loc, "where", name),
                    f"totals 的 where 里须是 {name} 的取值，没有 {value}{suggestion(value, words)}",
                )


def _units(ledger: Ledger) -> Iterator[Fault]:
    units = ledger.units
    if units is None:
        return
    chosen = of_types(ledger, "选择")
    named_wrong = [
        *unknown(
            ("units", "number"),
            "units 的 number",
            units.number,
            of_types(ledger, *NUMBERS),
            "数的字段",
        ),
        *unknown(("units", "unit"), "units 的 unit", units.unit, chosen, "选择字段"),
        *unknown(("units", "by"), "units 的 by", units.by, chosen, "选择字段"),
    ]
    yield from named_wrong
    if named_wrong:
        return
    by, unit_field = ledger.fields[units.by], ledger.fields[units.unit]
    if unit_field.is_public and not by.is_public:
        yield (
            ("fields", units.unit),
            f"{units.unit}（{unit_field.label}）随 {units.by}（{by.label}）而定，须与它一样不公开，现为公开；请加一行 public: false",
        )
    kinds, words = words_of(ledger.fields[units.by]), words_of(ledger.fields[units.unit])
    for kind in kinds:
        if kind not in units.of:
            yield (
                ("units", "of"),
                f"units 的 of 须有 {units.by} 的每个取值，没有 {kind}；请加上它的单位",
            )
    for kind, unit in units.of.items():
        yield from unknown(("units", "of", kind), "units 的 of", kind, kinds, f" {units.by} 的取值")
        yield from unknown(
            ("units", "of", kind), "units 的 of", unit, words, f" {units.unit} 的取值"
        )
    for index, unit in enumerate(units.whole):
        yield from unknown(
            ("units", "whole", index), "units 的 whole", unit, words, f" {units.unit} 的取值"
        )
