"""What is wrong with the fields that the description of a ledger gives its records."""

import keyword
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from archive.files.validation import suggestion
from archive.files.yaml import Loc
from archive.schema.ledger_model import annotation
from archive.schema.ledgers import COMMON, FieldType, Ledger, LedgerField
from archive.schema.types import Model

Fault = tuple[Loc, str]
"""The place of a fault in the description, and the message."""

NAME = re.compile(r"[a-z][a-z0-9_]*")
NUMBERS: tuple[FieldType, ...] = ("整数", "小数")
_OF_PEOPLE = frozenset(["人", "名", "位", "人次"])
"""Units of what is surely people."""
_USED = frozenset(["year"])
"""Names that mean something else where records are chosen by their fields."""
_ID = "编号"
"""The heading of the column of ids in every table."""


def field_faults(ledger: Ledger) -> Iterator[Fault]:
    """Yield the faults of the fields: their names, their labels, what is said of each."""
    for name in ledger.fields:
        yield from _name(ledger, name)
    yield from _labels(ledger)
    for name, one in ledger.fields.items():
        for loc, message in _field(ledger, name, one):
            yield ("fields", name, *loc), f"{name}（{one.label}）{message}"


def _name(ledger: Ledger, name: str) -> Iterator[Fault]:
    loc = ("fields", name)
    if name in COMMON:
        label = _common_label(ledger, name)
        yield (
            loc,
            f"字段 {name}（{label}）各台账都有，须不另写；请删去，另有名称、例子的写在 common 里",
        )
    else:
        yield from unfit_name(loc, name)


def unfit_name(loc: Loc, name: str) -> Iterator[Fault]:
    """Yield a fault if a field cannot have this name."""
    if not NAME.fullmatch(name):
        yield (
            loc,
            f"字段的名称须由小写英文字母、数字、下划线组成、以字母开头，现为 {name}；例如：channel",
        )
    elif (
        keyword.iskeyword(name)
        or hasattr(Model, name)
        or name in (*_USED, *COMMON)
        or name.startswith("revision_")
    ):
        yield loc, f"字段的名称须不是程序另有所用的词，现为 {name}；请换一个，如 {name}_of"


def _common_label(ledger: Ledger, name: str) -> str:
    said = ledger.common.get(name)
    kept, _ = COMMON[name]
    title = next(mark.title for mark in kept.__metadata__ if getattr(mark, "title", None))
    return str(said.label if said and said.label else title)


def _labels(ledger: Ledger) -> Iterator[Fault]:
    """Yield what has the name of another column."""
    seen = {_ID: "各表的第一列"}
    seen |= {_common_label(ledger, name): name for name in COMMON}
    named = [(("fields", name), one.label) for name, one in ledger.fields.items()]
    named += [(("derived", name), one.label) for name, one in ledger.derived.items()]
    for (part, name), label in named:
        if label in seen:
            yield (
                (part, name, "label"),
                f"{name} 的 label（名称）须与别的不同，“{label}”已用于 {seen[label]}；请换一个名称",
            )
        seen.setdefault(label, name)


_BELONGS: Mapping[str, tuple[FieldType, ...]] = {
    "people": ("整数",), "min": NUMBERS, "max": NUMBERS, "decimals": ("小数",),
    "choices": ("选择",), "of": ("引用",),
}  # fmt: skip
"""What is said of fields of some types only."""


def _field(ledger: Ledger, name: str, one: LedgerField) -> Iterator[Fault]:
    for key, types in _BELONGS.items():
        said = getattr(one, key) not in (None, False, ())
        if said and one.type not in types:
            yield (key,), f"的 {key} 须只在{'、'.join(types)}字段里写，现为{one.type}；请删去这一行"
        if not said and key in ("choices", "of") and one.type in types:
            example = "choices: [来访, 来信]" if key == "choices" else "of: volunteering"
            yield (), f"是{one.type}，须有 {key}；请加一行，如 {example}"
    labels = tuple(choice.label for choice in one.choices)
    yield from twice(("choices",), "的 choices", labels)
    if one.min is not None and one.max is not None and one.min > one.max:
        yield (
            ("min",),
            f"的 min（最小）须不大于 max（最大）{one.max:f}，现为 {one.min:f}；请改正其中一个",
        )
    if one.type == "整数":
        for key in ("min", "max"):
            bound = getattr(one, key)
            if bound is not None and bound != int(bound):
                yield (key,), f"的 {key} 须为整数，现为 {bound:f}；例如：{key}: {int(bound)}"
    if one.example is not None and not _fits(one):
        yield (
            ("example",),
            f"的 example（例子）须是可以填写的{one.type}，现为 {one.example}；请改正，或者删去这一行",
        )
    if one.only:
        yield from _only(ledger, name, one)
    if one.type == "整数" and one.unit in _OF_PEOPLE and not one.people:
        yield (
            ("unit",),
            f"的 unit（单位）为{one.unit}，须写明是人数，太小的数才不公开，现没有写；请加一行 people: true",
        )


def _fits(one: LedgerField) -> bool:
    """Return whether the example of a field could be filled in."""
    bare = one.model_copy(update={"example": None})
    if (one.type == "选择" and not one.choices) or one.type == "起止日期":
        return one.type == "选择"
    if one.type == "是否":
        return one.example in ("true", "false")
    value: object = [one.example] if one.type == "列表" else one.example
    try:
        if one.type in NUMBERS:
            value = Decimal(str(one.example))
            value = int(value) if one.type == "整数" and value == int(value) else value
        TypeAdapter(annotation(bare)).validate_python(value)
    except (ValidationError, ArithmeticError, ValueError):
        return False
    return True


def _only(ledger: Ledger, name: str, one: LedgerField) -> Iterator[Fault]:
    if len(one.only) > 1:
        yield ("only",), f"的 only 须只有一个字段，现有 {'、'.join(one.only)}；请留下一个"
        return
    if one.need == "必填" or one.type == "列表":
        yield (
            ("only",),
            f"有 only，须是可以不写的单个的值，现为{one.need}的{one.type}；请加一行 need: 可以不写",
        )
    others = {other: it for other, it in ledger.fields.items() if it.type in ("选择", "是否")}
    others.pop(name, None)
    for other, values in one.only.items():
        loc = ("only", other)
        if other in others and one.is_public and not others[other].is_public:
            found = f"only 看 {other}（{others[other].label}）而定，须与它一样不公开，现为公开"
            yield loc, f"的 {found}；请加一行 public: false"
        yield from unknown(loc, "的 only", other, others, "另一个选择字段")
        yield from empty(loc, f"的 only 里 {other}", values)
        for index, value in enumerate(values if other in others else ()):
            words = words_of(others[other])
            yield from unknown((*loc, index), "的 only", value, words, f" {other} 的取值")


def words_of(one: LedgerField) -> list[str]:
    """Return the values of a choice, as an editor writes them."""
    return ["true", "false"] if one.type == "是否" else [choice.label for choice in one.choices]


def unknown(
    loc: Loc, key: str, name: str, known: Collection[str], what: str = "本台账的字段"
) -> Iterator[Fault]:
    """Yield a fault if a name is not one of those that may be written there."""
    if name not in known:
        yield loc, f"{key} 里须是{what}，没有 {name}{suggestion(name, known)}"


def twice(loc: Loc, key: str, names: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for each name that stands there again."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*loc, index), f"{key} 里须各不相同，{name} 已有；请删去一个"


def empty(loc: Loc, key: str, names: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault if there are no names."""
    if not names:
        yield loc, f"{key} 须至少有一项，现为空；请补上，或者删去"


def of_types(ledger: Ledger, *types: FieldType) -> list[str]:
    """Return the fields of these types."""
    return [name for name, one in ledger.fields.items() if one.type in types]
