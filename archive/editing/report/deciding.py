"""What is shown of each find of a report: as proposed, or as a person has decided in a review sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from archive.editing.merging import ValueChange, changes, clashing
from archive.editing.report.columns import (
    CONFIRMED,
    HEADINGS,
    Columns,
    Entered,
    Terms,
    UnfitError,
    Wrong,
    is_unnamed,
)
from archive.editing.report.following import Kept
from archive.editing.report.honours import LABELS as HONOUR
from archive.editing.report.honours import HonourColumns, Honours
from archive.editing.report.masked_names import MEANING, PERSON, NameColumns, Names
from archive.editing.report.mentions import Mention
from archive.editing.report.owned import own_figures, own_names
from archive.editing.report.placing import passage
from archive.editing.report.recording import Changed
from archive.editing.report.registering import Register
from archive.editing.report.review import Item, Review, overlapping, used
from archive.editing.sheet.fields import NO, YES, Fault
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.excerpts import shorten

Sheet = Literal["figures", "names", "honours"]
YES_IT_IS, MERGED, LATER = "对", "并入", "以后再定"
NONE_OF: Mapping[Sheet, str] = {"figures": "不是指标", "names": "不是名称", "honours": "不是荣誉"}
"""Sheet → what is typed of what stays as it was typed."""
LABELS: Mapping[str, str] = {
    "confirmed": CONFIRMED,
    **HEADINGS,
    "meaning": MEANING,
    "person": PERSON,
    **HONOUR,
}

Said = Mapping[str, Any]
"""What a row says: column → canonical value, None for an empty cell."""
_DEFINING = ("name", "unit", "source", "office", "counted", "meaning", "person", *HONOUR)
"""The columns that are the same for all places of one indicator or name."""
_KEPT: tuple[str, ...] = ("confirmed", "id", "start", "end")
"""The columns that count of what is merged."""
_MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a review sheet: the find that it is of, where it stands, and what it said and says."""

    item: int
    label: str
    number: int
    base: Said
    new: Said


@dataclass(frozen=True, slots=True)
class Clash:
    """What a row and somebody else have changed differently."""

    row: Row
    changes: list[ValueChange]


@dataclass(slots=True)
class Decided:
    """What is shown of the finds, and what the register and the names hold for it."""

    entered: list[Entered] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    """The words around what is no figure."""
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    honours: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The honours that are recorded: id → fields."""
    figures_anew: frozenset[str] = frozenset()
    """The entries of the register that are written anew; those that are not entered again go."""
    names_anew: frozenset[str] = frozenset()
    told: list[str] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    """What is recorded otherwise."""
    asked: list[str] = field(default_factory=list)
    """What only a person can know."""
    unrecorded: list[str] = field(default_factory=list)
    """The titles of honours that nobody has decided of."""
    by_rows: bool = False
    """Whether a person says row by row what is shown."""
    faults: list[Fault] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def proposed(review: Review) -> Decided:
    """Take what stands, and what is proposed."""
    entered = [one for one in review.items if one.entered]
    others = [one for one in review.items if not one.entered]
    return Decided(
        entered=[one.entered for one in entered if one.entered],
        typed=_passages(
            review,
            [one for one in others if one.typed],
            (one.entered for one in entered if one.entered),
        ),
        figures=review.register.added,
        names=review.names.added,
        told=[]
        if review.following
        else [*review.register.told.values(), *review.names.told.values()],
        changed=review.register.changed,
        asked=[one.asked for one in (*entered, *others) if one.asked],
        unrecorded=[*dict.fromkeys(_unrecorded(review, others))],
    )


def _unrecorded(review: Review, others: Iterable[Item]) -> Iterator[str]:
    """Yield the titles of the honours of which there is no record, and none that may be theirs."""
    for one in others:
        if sheet_of(one) == "honours" and not (one.typed or review.honours.knows(one.columns.id)):
            yield one.text


def _passages(review: Review, typed: Sequence[Item], entered: Iterable[Entered]) -> list[str]:
    """The words around what is no figure, and what is no honour, each once."""
    finds, shown = {one.find for one in typed}, {one.find for one in entered if one.macro}
    beside = review.in_texts(shown)
    found = (
        passage(review.texts[one.find.text], one.find, (other for other in beside[one.find.text] if other not in finds))
        for one in typed
        if one.find.kind != "honour"
    )  # fmt: skip
    # A number within a title is still to be declared by itself.
    titles = (one.text for one in typed if one.find.kind == "honour" and review.apart[one.find])
    return list(dict.fromkeys([*found, *titles]))


def sheet_of(item: Item) -> Sheet:
    """Return the sheet on which a find stands."""
    if isinstance(item.columns, HonourColumns):
        return "honours"
    return "names" if isinstance(item.columns, NameColumns) else "figures"


def says_now(item: Item) -> dict[str, Any]:
    """Return what the row of a find says as things are; what is not sure is left empty."""
    columns = item.columns
    if isinstance(columns, HonourColumns):
        sure = True
        said = {
            "id": columns.id,
            **columns.record(),
            "date": columns.date and columns.date.isoformat(),
        }
    elif isinstance(columns, NameColumns):
        sure = True
        said = {"id": columns.id, "meaning": columns.meaning, "person": (columns.person and YES) or NO}  # fmt: skip
    else:
        sure = item.settled is not None or item.carried or not is_unnamed(columns.name)
        days = {name: one and one.isoformat() for name, one in (("start", columns.start), ("end", columns.end))}  # fmt: skip
        said = {
            "id": sure and columns.id, "name": sure and columns.name, "unit": columns.unit, **days,
            "source": columns.source, "office": columns.office, "counted": columns.counted,
        }  # fmt: skip
    known = item.standing or (item.settled and item.entered)
    confirmed = NONE_OF[sheet_of(item)] if item.typed else YES_IT_IS if known and sure else None
    if item.typed:
        said |= {name: None for name in ("id", "name", "meaning", "person") if name in said}
    return {"confirmed": confirmed, **{name: one or None for name, one in said.items()}}


@dataclass(slots=True)
class _Choice:
    """A find with what is decided of it."""

    item: Item
    row: Row | None
    said: dict[str, Any]
    changed: set[str]
    """The columns that change."""

    @property
    def confirmed(self) -> str:
        return self.said["confirmed"] or LATER

    @property
    def is_kept(self) -> bool:
        """Whether nothing is said of it but that it is as it stands."""
        return self.confirmed in (YES_IT_IS, LATER) and not self.changed - {"confirmed"}

    @property
    def is_settled(self) -> bool:
        """Whether it is said to be what the report before settles, or proposes."""
        names = ("id", "start", "end") if self.confirmed == MERGED else self.said.keys()
        now = says_now(self.item)
        return self.item.settled is not None and all(
            self.said[name] == now[name] for name in names if name != "confirmed"
        )

    def faults(self, found: Iterable[Wrong]) -> Iterator[Fault]:
        """Yield what is wrong with it, where it stands."""
        for column, message in found:
            if self.row is None:
                about = f"“{shorten(self.item.sentence)}”不在表里，{column}{message}"
                yield Fault("报告", 0, "", about)
            else:
                yield Fault(self.row.label, self.row.number, column, message)


def decided(site: Site, terms: Terms, review: Review, rows: Sequence[Row]) -> Decided:
    """Take what the rows of a review sheet say, merged with what stands by now; all of it, or the faults."""
    made = Decided(by_rows=True)
    choices = _choices(made, review, rows)
    _follow(choices)
    made.figures_anew = _anew(choices, "figures", own_figures(site, terms.report))
    made.names_anew = _anew(choices, "names", own_names(site, terms.report))
    finds = [one.find for one in review.items if one.find.kind != "honour"]
    honours = Honours(site, review.honoured, review.apart)
    register = Register(site, terms, review.texts, finds, made.figures_anew)
    names = Names(site, terms.report, review.texts, made.names_anew)
    typed: list[Item] = []
    by_find: dict[int, Entered] = {}
    waiting: list[tuple[int, _Choice]] = []
    for at, one in enumerate(choices):
        item = one.item
        own = {"names": made.names_anew, "figures": made.figures_anew}.get(sheet_of(item), ())
        anew = _indicator(item) in own
        if one.confirmed in NONE_OF.values():
            typed.append(item)
        elif one.confirmed == MERGED:
            waiting.append((at, one))
        elif item.standing and one.is_kept and not anew:
            assert item.entered
            by_find[at] = item.entered
            register.used |= dict.fromkeys(used([item]))
        elif one.confirmed == YES_IT_IS or item.standing:
            waiting.append((at, one))
    for at, one in sorted(waiting, key=lambda pair: _order(pair[1])):
        try:
            by_find[at] = _enter(register, names, honours, one)
        except UnfitError as error:
            made.faults += one.faults(error.faults)
    made.entered = [by_find[at] for at in sorted(by_find)]
    for long in overlapping(made.entered):
        at = next(at for at, one in by_find.items() if one is long)
        message = f"单位须在下一个数以前结束，现为“{long.text}”；请改短"
        made.faults += choices[at].faults([(HEADINGS["unit"], message)])
    made.typed = _passages(review, typed, made.entered)
    made.figures, made.names, made.changed = register.added, names.added, register.changed
    made.honours = honours.added
    told = _told(site, made, register, names, follows=review.following is not None)
    made.told = [*told, *honours.told.values(), *_counted(choices)]
    made.asked = list(_asked(choices))
    return made


def _choices(made: Decided, review: Review, rows: Sequence[Row]) -> list[_Choice]:
    by_item = {row.item: row for row in rows}
    choices = []
    for at, item in enumerate(review.items):
        row, now = by_item.get(at), says_now(item)
        one = _Choice(item, row, now, set())
        if row:
            new = _settled(row, now)
            settled = item.settled and not item.standing
            # What the report before settles gives way to what the person says.
            there = {**now, "confirmed": row.base["confirmed"]} if settled else now
            found = list(changes(row.base, there, new))
            if not item.standing:
                # What is only proposed by now gives way to what the person saw and confirmed.
                found = [change for change in found if change.field == "confirmed"]
            clashes = clashing(found)
            if clashes:
                made.clashes.append(Clash(row, clashes))
                choices.append(one)
                continue
            untouched = settled and new == row.base
            said = now if item.standing or untouched else {**new, "confirmed": now["confirmed"]}
            one.said = {**said, **{change.field: change.new for change in found}}
            one.changed = {change.field for change in found}
            if not item.standing:
                filled = (name for name in new if name != "confirmed")
                one.changed |= {name for name in filled if new[name] != row.base[name]}
        choices.append(one)
    return choices


def _settled(row: Row, now: Said) -> Said:
    """What a row says, without what does not count: of what is merged the words, of what is no figure all."""
    new = row.new
    if new["confirmed"] == MERGED:
        if now["confirmed"] == YES_IT_IS and now["id"] == new["id"]:
            return {**now}  # it was merged before
        kept = _KEPT
    elif new["confirmed"] in NONE_OF.values():
        kept = ("confirmed",)
    else:
        return new
    return {name: one if name in kept else row.base[name] for name, one in new.items()}


def _indicator(item: Item) -> str:
    """The indicator or the name that shows a find, or would by what is proposed."""
    return indicator_of(item.standing.key) if item.standing else item.columns.id


def _follow(choices: Sequence[_Choice]) -> None:
    """Let all places of an indicator say what was changed at one of them."""
    groups: dict[tuple[Sheet, str], list[_Choice]] = defaultdict(list)
    for one in choices:
        same = "id" not in one.changed and one.confirmed in (YES_IT_IS, LATER)
        if same and (id_ := _indicator(one.item)):
            groups[sheet_of(one.item), id_].append(one)
    for group in groups.values():
        for name in _DEFINING:
            found = {one.said[name] for one in group if name in one.changed}
            if len(found) == 1:
                for one in group:
                    if name not in one.changed and (
                        one.item.standing or one.confirmed == YES_IT_IS
                    ):
                        one.said[name] = next(iter(found))
                        one.changed.add(name)


def _anew(choices: Sequence[_Choice], sheet: Sheet, own: frozenset[str]) -> frozenset[str]:
    """The own entries that some place changes."""
    return frozenset(
        id_
        for one in choices
        if sheet_of(one.item) == sheet and one.item.standing and not one.is_kept
        if (id_ := _indicator(one.item)) in own
    )


def _order(one: _Choice) -> tuple[bool, bool]:
    """What is entered first: what is merged needs what it is merged with, what is worked out needs all."""
    return one.is_settled and isinstance(one.item.settled, Mention), one.confirmed == MERGED


def _enter(register: Register, names: Names, honours: Honours, one: _Choice) -> Entered:
    item, said = one.item, one.said
    if isinstance(item.settled, Mention) and one.is_settled:
        done = register.change(item.find, item.settled)
        if not done.macro:
            raise UnfitError((CONFIRMED, f"{done.asked}；请核对，或者填“以后再定”"))
        return Entered(done.find, done.macro, "", done.text)
    settled = item.settled if item.find.kind != "name" and one.is_settled else None
    if isinstance(settled, Kept) and register.knows(settled.id):  # else it is entered anew
        return register.keep(item.find, settled)
    merged = one.confirmed == MERGED
    if isinstance(item.columns, HonourColumns):
        day = date.fromisoformat(said["date"]) if said["date"] else None
        words = {name: said[name] or "" for name in ("id", *HONOUR) if name != "date"}
        return honours.enter(item.find, HonourColumns(**words, date=day), merged)
    if isinstance(item.columns, NameColumns):
        named = NameColumns(said["id"] or "", said["meaning"] or "", said["person"] == YES)
        return names.enter(item.find, named, merged)
    start, end = (
        date.fromisoformat(said[name]) if said[name] else None for name in ("start", "end")
    )
    columns = Columns(
        said["id"] or "", said["name"] or "", said["unit"] or "", start, end,
        said["source"] or "", said["office"] or "", said["counted"] or "",
    )  # fmt: skip
    if item.standing and is_unnamed(item.columns.name) and not {"id", "name"} & one.changed:
        columns = replace(columns, id=item.columns.id, name=item.columns.name)
    find = item.find
    if find.kind == "name":  # a mask that the page shows as a figure's
        find = replace(find, kind="figure", unit=item.columns.unit)
    return register.enter(find, columns, merged)


def _told(
    site: Site, made: Decided, register: Register, names: Names, follows: bool
) -> Iterator[str]:
    """What is entered, changed and dropped; of a report that `follows` another what is entered is told elsewhere."""
    known = site.archive.unit.names if site.archive.unit else {}
    for what, anew, told, is_, was in (
        (
            "指标",
            made.figures_anew,
            register.told,
            register.added,
            site.archive.register.indicators,
        ),
        ("名称", made.names_anew, names.told, names.added, known),
    ):
        for key, line in told.items():
            if key not in anew:
                if not follows:
                    yield line
                continue
            for name in _DEFINING:
                old, new = getattr(was[key], name, None), is_[key].get(name)
                if name in is_[key] and name != "counted" and old != new:
                    shown = (YES if one is True else NO if one is False else one or "空" for one in (old, new))  # fmt: skip
                    yield f"修改 {what} {key}：{LABELS[name]} {' → '.join(shown)}"
        yield from (f"删去 {what} {id_}" for id_ in sorted(anew) if id_ not in is_)


def _counted(choices: Sequence[_Choice]) -> Iterator[str]:
    """How often each was confirmed; what is no figure, and what is merged, each by itself."""
    for one in choices:
        quoted = f"“{shorten(one.item.sentence)}”"
        if "confirmed" in one.changed and one.confirmed in NONE_OF.values():
            yield f"{one.confirmed}：{quoted}"
        elif "confirmed" in one.changed and one.confirmed == MERGED:
            yield f"并入 {one.said['id']}：{quoted}"


def _asked(choices: Sequence[_Choice]) -> Iterator[str]:
    """What is still to be decided, sheet by sheet."""
    rows: dict[str, list[int]] = defaultdict(list)
    for one in choices:
        if one.confirmed == LATER and one.row:
            rows[one.row.label].append(one.row.number)
    for label, found in rows.items():
        named = "、".join(map(str, sorted(found)[:_MOST_ROWS]))
        rest = f"等 {len(found)} 行" if len(found) > _MOST_ROWS else " 行"
        yield f"{label} 第 {named}{rest}还没有确认"
    missing = [one for one in choices if one.row is None]
    for one in missing[:_MOST_ROWS]:
        yield f"“{shorten(one.item.sentence)}”不在表里，是导出以后才有的；请再导出一份表"
    if len(missing) > _MOST_ROWS:
        yield f"不在表里的还有 {len(missing) - _MOST_ROWS} 处；请再导出一份表"
