"""The rule that what is said of an indicator does not tell a number that is not public."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from archive.checks.number_dress import typed_on
from archive.checks.numerals import FOLD, Found
from archive.checks.problems import figure_problem
from archive.facts.figures import Value
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.schema.fields import fields
from archive.schema.numerals import parse_amount
from archive.schema.register import Figure

_SAID = ("name", "definition", "method", "source")
"""The texts that the public edition shows of an indicator whatever its disclosure."""
_LONGEST = 40
"""Characters of the longest number that is compared."""
_UNIT = 8
"""Characters of the longest unit that is looked for behind a number."""
_LARGE = 100
"""From here on a whole number is hardly another's by chance."""


def withheld_numbers_are_not_told(site: Site) -> Iterator[Problem]:
    """Name, definition, method and source of a figure do not tell a number that is masked, their own or another."""
    told: dict[tuple[str, str, str], str] = {}
    for id_, name, text, typed, whose in told_numbers(site, set(_masked_by_themselves(site))):
        held = site.archive.register.observations.get(id_)
        at = id_ if getattr(held, name, None) is not None else indicator_of(id_)
        if told.setdefault((at, name, text), id_) != id_:
            continue
        message = (
            f"的 {said(name)}须不写出不公开的数，现有“{typed.text}”（{whose}）；"
            "请删去这个数，可以公开的写明 disclosure: 公开"
        )
        yield figure_problem(site, at, message, name)


def said(name: str) -> str:
    """What messages call such a text: its field and label."""
    return f"{name}（{fields(Figure)[name].label}）"


def told_numbers(site: Site, masked: Collection[str]) -> Iterator[tuple[str, str, str, Found, str]]:
    """Yield where what is said of a figure tells a number of the `masked` ones.

    Key, field, its text, the number as typed there, and the key of the figure that has it.
    """
    phrases = tuple(phrase.text for phrase in site.archive.phrases)
    withheld = _Withheld(site, masked)
    for id_, value in site.values.items() if masked else ():
        for name in _SAID:
            text = getattr(value.figure, name) or ""
            for typed in typed_on(site, text, phrases):
                if whose := withheld.told_by(text, typed, indicator_of(id_)):
                    yield id_, name, text, typed, whose


def _masked_by_themselves(site: Site) -> Iterator[str]:
    """The figures that the public edition masks for what they say themselves."""
    least = site.archive.unit.least_people if site.archive.unit else None
    for id_, value in site.values.items():
        few = least is None or min(_numbers(value), default=Decimal(least)) < least
        if value.figure.disclosure != "公开" or (value.figure.counts_people and few):
            yield id_


class _Withheld:
    """The numbers of figures that the public edition masks."""

    def __init__(self, site: Site, masked: Collection[str]) -> None:
        self.keys: dict[Decimal, list[tuple[str, str]]] = {}
        """Number → the keys and units of those that have it, or had it."""
        self._words: dict[str, list[tuple[str, str]]] = {}
        """Indicator → the keys and words of those that are approximated."""
        for id_, value in site.values.items():
            if id_ not in masked:
                continue
            for one in _numbers(value):
                self.keys.setdefault(one, []).append((id_, value.unit))
            if words := value.figure.approximation:
                self._words.setdefault(indicator_of(id_), []).append((id_, words))

    def told_by(self, text: str, typed: Found, indicator: str) -> str:
        """The key of the figure whose number is typed in what is said of an indicator; empty if none is.

        Of another indicator a small whole number may be anything.
        """
        own, others = list[str](), list[str]()
        for amount, rest in _amounts(
            text[typed.start : min(typed.end, typed.start + _LONGEST) + _UNIT]
        ):
            for id_, unit in self.keys.get(amount, ()):
                if rest.startswith(unit):
                    is_large = amount >= _LARGE or amount != amount.to_integral_value()
                    if indicator_of(id_) == indicator:
                        own.append(id_)
                    elif is_large:
                        others.append(id_)
        for id_, words in self._words.get(indicator, ()):
            if words in text[max(0, typed.start - len(words)) : typed.end + len(words)]:
                own.append(id_)
        return next(iter([*own, *others]), "")


def _numbers(value: Value) -> set[Decimal]:
    """The numbers that a figure has and had."""
    revised = (one for each in value.figure.revisions for one in (each.old, each.new))
    return {*revised, *([] if value.exact is None else [value.exact])}


def _amounts(text: str) -> list[tuple[Decimal, str]]:
    """What the first number in a text may be, each with what follows it, its unit first: 3万元 is 3 or 30000."""
    text = text.translate(FOLD)
    for words, unit in (("百分之", "%"), ("千分之", "‰")):
        if text.startswith(words):
            return [(one, unit + rest) for one, rest in _amounts(text.removeprefix(words))]
    for start in range(len(text)):
        read = ((parse_amount(text[start:end]), text[end:]) for end in range(len(text), start, -1))
        if found := [(one, rest.lstrip()) for one, rest in read if one is not None]:
            return found
    return []
