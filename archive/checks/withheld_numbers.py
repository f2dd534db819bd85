"""The rule that what is said of an indicator does not tell a number that is not public."""

from collections.abc import Iterator
from decimal import Decimal

from archive.checks.number_dress import typed_numbers
from archive.checks.problems import figure_problem
from archive.facts.figures import Value
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.schema.fields import fields
from archive.schema.numerals import parse_amount, says
from archive.schema.register import Figure

_SAID = ("name", "definition", "method", "source")
"""The texts that the public edition shows of an indicator whatever its disclosure."""
_LONGEST = 40
"""Characters of the longest number that is compared."""


def withheld_numbers_are_not_told(site: Site) -> Iterator[Problem]:
    """Name, definition, method and source of a figure that is masked do not tell its number."""
    phrases = [phrase.text for phrase in site.archive.phrases]
    told: set[tuple[str, str, str]] = set()
    for id_, value in site.values.items():
        numbers = _numbers(value)
        if not (_is_withheld(site, value, numbers) and (numbers or value.figure.approximation)):
            continue
        held = site.archive.register.observations.get(id_)
        for name in _SAID:
            own = getattr(held, name, None) is not None
            at = id_ if own else indicator_of(id_)
            for found in _telling(getattr(value.figure, name) or "", value, numbers, phrases):
                if (at, name, found) not in told:
                    told.add((at, name, found))
                    label = f"{name}（{fields(Figure)[name].label}）"
                    message = f"的数不公开，{label}须不写出它，现有“{found}”；请删去这个数，可以公开的写明 disclosure: 公开"
                    yield figure_problem(site, at, message, name)


def _is_withheld(site: Site, value: Value, numbers: set[Decimal]) -> bool:
    """Whether the public edition masks a figure for what it says itself."""
    if value.figure.disclosure != "公开":
        return True
    least = site.archive.unit.least_people if site.archive.unit else None
    few = least is None or min(numbers, default=least) < least
    return value.figure.counts_people and few


def _numbers(value: Value) -> set[Decimal]:
    """The numbers that a figure has and had."""
    revised = (one for each in value.figure.revisions for one in (each.old, each.new))
    return {*revised, *([] if value.exact is None else [value.exact])}


def _telling(text: str, value: Value, numbers: set[Decimal], phrases: list[str]) -> Iterator[str]:
    """Yield the numbers typed in a text that are one of `numbers`, or approximate as the figure does."""
    words = value.figure.approximation
    for typed in typed_numbers(text, phrases):
        around = text[max(0, typed.start - len(words or "")) : typed.end + len(words or "")]
        exact = any(says(typed.text, one, value.unit) for one in numbers)
        if (
            (exact and (value.unit in typed.text or typed.text.startswith(("百分之", "千分之"))))
            or _amount(text[typed.start : typed.start + _LONGEST], value.unit) in numbers
            or (words and words in around)
        ):
            yield typed.text


def _amount(text: str, unit: str) -> Decimal | None:
    """The value of the first number in a text that this unit follows; None if there is none."""
    head = text.partition(unit)[0].rstrip()
    amounts = (parse_amount(head[start:]) for start in range(len(head)))
    return next((one for one in amounts if one is not None), None) if unit in text else None
