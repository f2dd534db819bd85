"""How an indicator changed from one reference period to another, in the words of statistics."""

from dataclasses import dataclass

from archive.facts.figures import FigureState, Value, format_decimal, rounded
from archive.facts.observations import MASK, base, comparable
from archive.facts.site import Site

FORMS = ("增减", "增长")
"""How a change is told: as a difference in the indicator's unit, or as growth in per cent."""

POINTS = {"%": "个百分点", "‰": "个千分点", "百分点": "个百分点"}
"""Unit of a rate → the unit of the difference between two rates, which is no per cent of anything."""


@dataclass(frozen=True, slots=True)
class Change:
    """An observation and the one that it is compared with."""

    now: Value
    before: Value
    form: str
    """One of `FORMS`, or empty for growth where it can be told."""

    @property
    def state(self) -> FigureState:
        """The state of the less settled of the two."""
        return max(self.now.state, self.before.state, key=_LESS_SETTLED.index)

    @property
    def words(self) -> str:
        """增长12.3%, 减少5次, 提高0.5个百分点 or 持平; a mask if one of the two numbers is not shown.

        Growth is rounded to one decimal (GB/T 8170); of nought, and of rates, only the difference is told.
        """
        now, old = self.now.exact, self.before.exact
        if now is None or old is None or not comparable(self.now.figure, self.before.figure):
            return self.now.figure.mask or self.before.figure.mask or MASK
        if now == old:
            return "持平"
        more, unit = now > old, self.now.figure.unit
        if unit in POINTS or self.form == "增减" or not old:
            shown = format_decimal(abs(now - old), self.now.figure.decimals)
            if unit in POINTS:
                return f"{'提高' if more else '下降'}{shown}{POINTS[unit]}"
            return f"{'增加' if more else '减少'}{shown}{unit}"
        growth = rounded(abs(now - old) * 100 / old, 1)
        return f"{'增长' if more else '下降'}{growth}%" if growth else "基本持平"


_LESS_SETTLED = (
    FigureState.APPROVED,
    FigureState.REVISED,
    FigureState.RETIRED,
    FigureState.PRELIMINARY,
    FigureState.UNFILLED,
    FigureState.WITHHELD,
)


def change(site: Site, now: Value, against: str = "", form: str = "") -> Change | None:
    """Return how a value changed since the period before, or since `against`; None without such a value."""
    before = site.values.get(base(site.archive.figures, now.id, against))
    return Change(now, before, form) if before else None
