"""A model and a collection made of the description of a ledger."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, create_model

from archive.schema.collections import Collection, Total
from archive.schema.disclosure import Disclosure
from archive.schema.honours import Scan
from archive.schema.ledgers import COMMON, DerivedOf, Ledger, LedgerField
from archive.schema.types import (
    DECIMALS,
    FAR,
    HEADS,
    Day,
    Expect,
    Flag,
    Model,
    Span,
    Text,
    exact,
    one_of,
)

_MOST = Decimal(1_000_000)
"""What a whole number does not exceed if nothing is said."""
_PLAIN = {
    "文字": Text, "长文字": Text, "地点": Text, "岗位": Text, "引用": Text, "附件": Scan,
    "日期": Day, "起止日期": Span, "是否": Flag, "列表": tuple[Text, ...],
}  # fmt: skip
_HELP = {"岗位": "写岗位，不写姓名"}
"""What is said of a field of such a type if its description says nothing."""


def collection(id_: str, ledger: Ledger) -> Collection:
    """Return the collection that a faultless description describes."""
    derived = ledger.derived.items()
    only = {name: dict(one.only) for name, one in ledger.fields.items() if one.only}
    return Collection(
        ledger.label,
        _model(id_, ledger),
        {name: one.label for name, one in derived},
        ledger.columns or tuple(ledger.fields),
        totals=tuple(_totals(ledger)) or (Total("记录", "条"),),
        only={name: (other, only[name][other]) for name in only for other in only[name]},
        event=ledger.key,
        how={name: one.how for name, one in derived},
        ledger=ledger,
    )


def annotation(field: LedgerField) -> Any:
    """Return what the values of a field are, apart from whether there must be one."""
    if field.type in ("整数", "小数"):
        return _number(field)
    if field.type == "选择":
        return one_of((one.label, one.retired) for one in field.choices)
    return _PLAIN[field.type]


def _number(field: LedgerField) -> Any:
    """Return the type of a number, its bounds told as an editor reads them."""
    whole = field.type == "整数"
    low = field.min or Decimal(0)
    high = _MOST if whole and field.max is None else field.max
    told = f"不小于 {low:f}" + ("" if high is None else f"、不超过 {high:f}")
    usual = Decimal(12 if whole else "2.5")
    if usual < low or (high is not None and usual > high):
        usual = low
    example = float(field.example or usual)
    shown = int(example) if example == int(example) else example
    bounds: dict[str, Any] = {"ge": low, **({"lt": FAR} if high is None else {"le": high})}
    if whole:
        bounds = {name: int(bound) for name, bound in bounds.items()}
        return Annotated[int, Field(**bounds), Expect(f"{told} 的整数", shown)]
    places = field.decimals or DECIMALS
    return Annotated[
        Decimal,
        BeforeValidator(exact),
        Field(**bounds, decimal_places=places),
        Expect(f"{told} 的数，小数不超过 {places} 位", shown),
    ]


def _model(id_: str, ledger: Ledger) -> type[Model]:
    base = type("Derived", (Model,), {
        "__module__": __name__,
        "__doc__": f"{ledger.label}：{ledger.record}",
        **{name: property(_first(one)) for name, one in ledger.derived.items()},
    })  # fmt: skip
    own = {name: _definition(one) for name, one in ledger.fields.items()}
    common = {name: _common(ledger, name) for name in COMMON if name != "distinct_from"}
    if ledger.key:
        common["distinct_from"] = _common(ledger, "distinct_from")
    made: Any = create_model  # its overloads know no fields that are named at run time
    model: type[Model] = made(
        id_.title().replace("_", ""), __base__=base, __module__=__name__, **own, **common
    )
    return model


_ONE = Decimal(1)


def _first(derived: DerivedOf) -> Callable[[Any], Any]:
    """Return a function: record → the first field or product of which all is filled in; else None."""
    terms = [[attrgetter(name) for name in names] for names in derived.factors]

    def first(record: Any) -> Any:
        for factors in terms:
            product: Any = _ONE
            for factor in factors:
                if (value := factor(record)) is None:
                    break
                product *= value
            else:
                return product
        return None

    return first


def _definition(field: LedgerField) -> tuple[Any, Any]:
    """Return a field as pydantic takes it: annotation, and what is said of it."""
    is_list = field.type == "列表"
    value = annotation(field)
    if field.need != "必填" and not is_list:
        value = value | None
    marks = [Disclosure.PUBLIC if field.is_public else Disclosure.INTERNAL]
    described = [f"单位：{field.unit}" if field.unit else "", field.help or _HELP.get(field.type)]
    said: dict[str, Any] = {
        "title": field.label,
        "description": "；".join(filter(None, described)) or None,
    }
    if field.example and field.type not in ("整数", "小数"):
        said["examples"] = [[field.example] if is_list else field.example]
    if field.need == "可以不写":
        said["default"] = () if is_list else None
    if is_list:
        said["strict"] = False
    kept: Any = Annotated[value, *marks, *([HEADS] if field.people else [])]
    return kept, Field(**said)


def _common(ledger: Ledger, name: str) -> tuple[Any, Any]:
    """Return one of the fields that every ledger has, with what the description says of it."""
    kept, default = COMMON[name]
    said = ledger.common.get(name)
    own: dict[str, Any] = {}
    if said and said.label:
        own["title"] = said.label
    if said and said.example:
        own["examples"] = [
            [said.example] if name in ("evidence", "distinct_from") else said.example
        ]
    return kept, Field(default, **own) if own else default


def _totals(ledger: Ledger) -> Iterator[Total]:
    for one in ledger.totals:
        if not one.each:
            yield Total(one.label or "", one.unit or "", one.sums, one.where)
            continue
        for choice in ledger.fields[one.each].choices:
            unit = one.unit or (ledger.units.of[choice.label] if ledger.units else "")
            yield Total(choice.label, unit, one.sums, {**one.where, one.each: choice.label})
