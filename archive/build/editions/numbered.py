"""What public numbers of records tell of the sums over the same records.

Who knows that three records are hidden knows that they are of at least three people. And who knows
that no record is of a kind knows that a masked figure of this kind is 0.
"""

from collections.abc import Mapping
from fractions import Fraction

from archive.build.editions.counting import Key
from archive.build.editions.families import is_of_records
from archive.build.editions.intervals import Protected, Relation, told
from archive.build.editions.quantities import Pattern, Quantity
from archive.build.editions.unknowns import Group
from archive.schema.register import Figure


class RecordCounts:
    """The public numbers of records of a collection, if these amounts and figures are hidden.

    A reader is taken to know of each hidden record that is counted that there is one.
    """

    def __init__(
        self, counts: Quantity, hidden: Mapping[Pattern, Group], masked: frozenset[str]
    ) -> None:
        """Gather them of the quantity that counts records."""
        self._counts, self._hidden = counts, hidden
        self._figures = [
            (1 << bit, value.figure)
            for bit, value in enumerate(counts.figures)
            if value.exact is not None and value.id not in masked
        ]
        self._public = sum(bit for bit, _ in self._figures)

    def tells_of(self, key: Key) -> bool:
        """Whether a record is counted, or was counted or shown in an edition published before."""
        counts = self._counts
        counted = counts.patterns.get(key, 0) & self._public
        return bool(counted or key in counts.earlier or key in counts.shown)

    def tells_nought(self, figure: Figure) -> bool:
        """Whether they tell that no record is of the kind that a figure counts."""
        sums = sum(bit for bit, whole in self._figures if is_of_records(figure, whole))
        if not sums:
            return False
        true, patterns = [Fraction(0)], [sums]
        for pattern, group in self._hidden.items():
            if group.amounts and pattern & self._public:
                true.append(Fraction(group.total))
                patterns.append(pattern)
        relations = [
            Relation({one: 1 for one, pattern in enumerate(patterns) if bit & pattern})
            for bit, _ in self._figures
        ]
        known = [one for one in relations if one.terms]
        return bool(told(known, true, [Protected({0: 1}, Fraction(1))], whole=True))
