"""What a person may say of a figure that is brought, and what is answered where the register cannot hold it so."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count

from archive.editing.report.finding import Find
from archive.editing.report.following import Earlier
from archive.editing.report.measuring import value_of
from archive.facts.brought import letters
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.writing import shortest
from archive.schema.conversion import converted
from archive.schema.numerals import says
from archive.schema.register import Counted
from archive.schema.types import Span

UNNAMED = "未定名（"
"""How the name of an indicator begins that only a person can name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person says of the report that is brought."""

    report: str
    kind: str
    period: Span
    day: date
    """The day on which its figures are entered."""
    title: str = ""
    source: str | None = None
    office: str | None = None
    by: str | None = None
    disclosure: str = "内部"
    replace: bool = False
    earlier: Earlier | None = None
    """The report that it follows."""
    criteria: bool = False
    """Whether assessment items are tied to its sections."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a person may say of a figure: of which indicator it is, and what that is."""

    id: str = ""
    name: str = ""
    unit: str = ""
    start: date | None = None
    end: date | None = None
    source: str = ""
    office: str = ""
    counted: str = ""
    """What it is counted by, as `counts` names it; empty if it is entered."""


HEADINGS = {
    "id": "编号", "name": "名称", "unit": "单位", "start": "起始日", "end": "截止日",
    "source": "来源", "office": "科室", "counted": "由台账计数",
}  # fmt: skip
"""What people call the columns."""
NUMBER, CONFIRMED = "数值或掩码", "确认"
"""What they call the number itself, and what is decided of it."""


Wrong = tuple[str, str]
"""A column, and what is wrong there: why, and what to do."""


class UnfitError(ValueError):
    """The register cannot hold a figure so; `faults` are all that is wrong."""

    def __init__(self, *faults: Wrong) -> None:
        super().__init__(*faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a figure, and what only a person can know of it."""

    columns: Columns
    missing: str = ""
    """What is missing, in a few words."""
    asked: str = ""
    """The same in a sentence."""
    refused: bool = False
    """Whether the figure cannot be entered before a person has decided."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure, a name or an honour that is recorded, with the macro that shows it; empty if it stays typed."""

    find: Find
    macro: str
    key: str
    text: str


def is_unnamed(name: str) -> bool:
    """Return whether a name is only what stands for one until a person says it."""
    return name.startswith(UNNAMED)


def counts(site: Site) -> Mapping[str, Counted]:
    """Return what may be counted of the ledgers, by what people call it: the records, and sums of numbers."""
    found: dict[str, Counted] = {}
    for name, one in site.archive.collections.items():
        if one.ledger is None:
            continue
        found[f"{one.label}：条数"] = Counted(collection=name, measure="count")
        for number in one.numbers():
            rule = Counted(collection=name, measure="sum", field=number)
            found[f"{one.label}：{one.label_of(number)}合计"] = rule
    return found


def fitted(text: str, find: Find, unit: str) -> Find:
    """Return a figure as one of another unit, as far as the text has it so; raises UnfitError if it has not.

    The unit may be longer or shorter than was found (件次, 吨公里), stand without its places (348.9万元
    in 元), or be left out in the text.
    """
    if unit == find.unit:
        return find
    at = text.find(find.number, find.start, find.end)
    after = at + len(find.number)
    if at >= 0 and text.startswith(unit, after) and not find.approximation:
        value = None if find.value is None else value_of(find.number, unit)
        falls = find.value is not None and find.value < 0
        value = -value if value is not None and falls and value > 0 else value
        return replace(find, end=after + len(unit), unit=unit, value=value)
    shown = text[find.start : find.end]
    number = shown.removesuffix(unit) if unit else shown
    value = value_of(number, unit) if number and find.value is not None else None
    if value is not None and not find.approximation and says(letters(shown), abs(value), unit):
        value = Decimal(shortest(value))
        falls = find.value is not None and find.value < 0 < value
        return replace(find, number=number, unit=unit, value=-value if falls else value)
    other = None if find.value is None else converted(find.value, find.unit, unit)
    if other is not None and not find.approximation:
        return replace(find, number=shortest(other), unit=unit, value=Decimal(shortest(other)))
    raise UnfitError(
        (HEADINGS["unit"], f"单位须与原文“{shown}”相配，现为“{shorten(unit)}”；请照原文改正")
    )


def free(wanted: str, taken: Container[str]) -> str:
    """The id, with a number behind it if it is taken."""
    return wanted if wanted not in taken else numbered(wanted, taken, 2)


def numbered(wanted: str, taken: Container[str], first: int = 1) -> str:
    """The id with the first number behind it, from `first` on, that is free."""
    return next(one for at in count(first) if (one := f"{wanted}_{at}") not in taken)
