"""Entries of the register for figures of a report that is brought: an indicator, or one more period of one."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from archive.checks.number_dress import typed_numbers
from archive.editing.report.columns import UNNAMED, Columns, Terms
from archive.editing.report.finding import Find
from archive.facts.observations import period_of
from archive.files.excerpts import shorten
from archive.files.spans import Span
from archive.files.writing import shortest
from archive.schema.periods import named_span
from archive.schema.register import Counted, Period

METHOD, COUNTED_METHOD = "照报告原文录入。", "由台账计数，与报告原文核对。"
"""How a figure that was entered here is made."""
_UNKNOWN_MASK = "***"
_LONG = 2000
"""Characters of a sentence, from which what is shown of it is taken."""
_CLAUSE_END = re.compile("[，,；;：:。、]")


class Entries:
    """What is written of a figure, from what a person or the report says of it."""

    def __init__(self, terms: Terms, texts: Sequence[str], finds: Iterable[Find]) -> None:
        self._terms, self._texts = terms, texts
        self._finds: dict[int, list[Find]] = defaultdict(list)
        for one in finds:
            self._finds[one.text].append(one)
        self._numbers: dict[tuple[int, Span], list[tuple[int, int, str]]] = {}
        self._clauses: dict[tuple[int, Span], list[int]] = {}

    def blanked(self, find: Find) -> str:
        """Return what the sentence says up to a figure whose name is not sure, in brackets."""
        marks = self._marks(find)
        clause = marks[bisect_right(marks, find.start) - 1]
        said = self._without_numbers(find, clause, min(find.start, clause + _LONG))
        return f"{UNNAMED}{shorten(said.strip(), 20)}…{find.unit}）"

    def _marks(self, find: Find) -> list[int]:
        """Where each clause of a figure's sentence begins; a sign within a number ends none."""
        if (find.text, find.sentence) not in self._clauses:
            start, end = find.sentence
            cuts = self._cuts(find)
            ends = [one.end() for one in _CLAUSE_END.finditer(self._texts[find.text], start, end)]
            inside = [bisect_left(cuts, (at,)) for at in ends]
            marks = [
                at for at, cut in zip(ends, inside, strict=True) if not cut or cuts[cut - 1][1] < at
            ]
            self._clauses[find.text, find.sentence] = [start, *marks]
        return self._clauses[find.text, find.sentence]

    def _cuts(self, find: Find) -> list[tuple[int, int, str]]:
        """The numbers and masks of a figure's sentence, each with what stands in its place, none over another."""
        if (find.text, find.sentence) not in self._numbers:
            start, end = find.sentence
            said = self._texts[find.text][start:end]
            cuts = [(one.start, one.end, one.unit) for one in self._finds.get(find.text, ())]
            cuts += [(start + one.start, start + one.end, "") for one in typed_numbers(said, ())]
            apart: list[tuple[int, int, str]] = []
            for first, last, unit in sorted(cuts, key=lambda cut: (cut[0], -len(cut[2]))):
                if start <= first and last <= end and (not apart or first >= apart[-1][1]):
                    apart.append((first, last, f"…{unit}"))
            self._numbers[find.text, find.sentence] = apart
        return self._numbers[find.text, find.sentence]

    def _without_numbers(self, find: Find, start: int, end: int) -> str:
        """What a figure's sentence says from `start` to `end`, without its numbers and masks.

        What is said of an indicator is public, also where its number is not.
        """
        cuts, text = self._cuts(find), self._texts[find.text]
        pieces, at = [], start
        for first, last, instead in cuts[bisect_left(cuts, (start,)) : bisect_left(cuts, (end,))]:
            pieces += [text[at:first], instead]
            at = last
        return "".join([*pieces, text[at:end]]).replace("*", "…")

    def _signed(self, value: Decimal | None) -> dict[str, Any]:
        signed = {"by": self._terms.by, "date": self._terms.day}
        return signed if value is not None and self._terms.by else {"by": None, "date": None}

    def of_period(
        self, find: Find, key: str, period: Period, value: Decimal | None
    ) -> dict[str, Any]:
        """Return the entry of one more period of an indicator."""
        span = {"start": period.start, "end": period.end}
        return {
            **({} if named_span(period_of(key)) else {"period": span}),
            **({"approximation": find.approximation} if find.approximation else {}),
            **({} if value is None else {"value": value}),
            "prepared": self._signed(value),
        }

    def of_indicator(
        self,
        find: Find,
        columns: Columns,
        period: Period,
        value: Decimal | None,
        counted: Counted | None,
    ) -> dict[str, Any]:
        """Return the entry of an indicator, with its value."""
        start, end = find.sentence
        sentence = self._without_numbers(find, start, min(end, start + _LONG))
        nothing = {"by": None, "date": None}
        return {
            "name": columns.name,
            "unit": columns.unit,
            "mask": find.number if find.number.strip("*") == "" else _UNKNOWN_MASK,
            "definition": f"报告原文：{shorten(sentence, 200)}",
            "method": COUNTED_METHOD if counted else METHOD,
            **({"counted": _rule(counted)} if counted else {}),
            "period": {"kind": period.kind, "start": period.start, "end": period.end},
            "source": columns.source or None,
            "office": columns.office or None,
            "decimals": _decimals(find, value),
            "disclosure": self._terms.disclosure,
            **({"approximation": find.approximation} if find.approximation else {}),
            **({} if value is None or counted else {"value": value}),
            # Records that give the number which the report says are complete.
            **({"complete_through": period.end} if counted and value is not None else {}),
            "prepared": nothing if counted else self._signed(value),
            "reviewed": nothing,
            "approved": nothing,
            "note": None,
        }


def _rule(counted: Counted) -> dict[str, Any]:
    return {name: one for name, one in counted.model_dump().items() if one not in (None, {})}


def _decimals(find: Find, value: Decimal | None) -> int:
    """How many decimals a figure is printed with: as many as are written."""
    written = find.number.partition(".")[2]
    if value is None or not written:
        return 0
    # Places behind the digits, as in 348.9万, are part of the value.
    return min(len(written if written.isascii() else shortest(value).partition(".")[2]), 4)
