"""What there is to review in a report that is brought: each find, what is decided of it, what is proposed."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive.checks.number_dress import typed_numbers
from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.columns import NUMBER, Columns, Entered, Terms, UnfitError
from archive.editing.report.finding import Find, find, left
from archive.editing.report.following import Following, Kept
from archive.editing.report.honour_finding import Award, Spot, awards
from archive.editing.report.honours import HonourColumns, Honours
from archive.editing.report.masked_names import NameColumns, Names
from archive.editing.report.mentions import Mention
from archive.editing.report.pages import places_of, spots_of, texts_of
from archive.editing.report.placing import (
    Place,
    Remembered,
    Standing,
    is_typed,
    place,
    remembered,
    texts_on_pages,
)
from archive.editing.report.registering import Register
from archive.editing.report.telling import missing
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.excerpts import shorten

_MOST_OF_ONE = 500
"""Finds of one paragraph."""
_MOST = 10_000
"""Finds of a report."""


@dataclass(frozen=True, slots=True)
class Item:
    """A find, and what there is to say of it."""

    find: Find
    at: Place
    nth: int
    """Which of those at this place in the report it is, from 1."""
    text: str
    """What is found, as it is written."""
    sentence: str
    """The sentence, with what is found between 【 and 】."""
    page: str
    """The title of its page."""
    standing: Standing | None
    """What shows it already."""
    typed: bool
    """Whether it is declared to be no figure."""
    columns: Columns | NameColumns | HonourColumns
    """What there is of it, or is proposed."""
    entered: Entered | None = None
    """What shows it, if what stands or is proposed is taken; None for what cannot be, or is declared none."""
    missing: str = ""
    """What only a person can say, in a few words."""
    asked: str = ""
    """The same in a sentence."""
    carried: bool = False
    """Whether it stands as what the report before shows."""
    settled: Kept | Mention | None = None
    """What it is by the report before, a figure that is worked out as it stands there; or, where it is not
    entered, what it may be.
    """


@dataclass(slots=True)
class Review:
    """All finds of a report in order, and the register and the names with what is proposed entered."""

    texts: Sequence[str]
    titles: Sequence[str]
    """The title of the page on which each text stands."""
    items: list[Item]
    register: Register
    names: Names
    honours: Honours
    following: Following | None = None
    """What the finds are in the report before, if there is one."""
    honoured: Mapping[Find, Award] = field(default_factory=dict)
    """What is told of each honour."""
    apart: Mapping[Find, bool] = field(default_factory=dict)
    """Whether each honour stands where a macro can show it."""

    def in_texts(self, shown: Container[Find]) -> dict[int, list[Find]]:
        """Return the finds in each text that has any; of honours only those that are `shown` by a macro."""
        return _by_text(
            one.find for one in self.items if one.find.kind != "honour" or one.find in shown
        )


def review(site: Site, brought: Brought, terms: Terms) -> Review:
    """Return what there is to review; what stands on the pages of the report already is decided."""
    titles = [title for _, title in places_of(brought, terms.title or "总述")]
    return _review(site, terms, texts_of(brought), titles, spots_of(brought), brought)


def review_of_pages(site: Site, report: str) -> Review | None:
    """Return what there is to review of a report by its pages; None if it was not brought, or has no dates."""
    there = site.archive.reports.get(report)
    if not there or not there.brought or not (there.period.start and there.period.end):
        return None
    terms = Terms(report, there.kind, there.period, site.archive.project.as_of)
    pages = [*texts_on_pages(site, report)]
    titles, texts, spots = zip(*pages, strict=True) if pages else ((), (), ())
    return _review(site, terms, texts, titles, spots)


def _review(
    site: Site,
    terms: Terms,
    texts: Sequence[str],
    titles: Sequence[str],
    spots: Sequence[Spot],
    brought: Brought | None = None,
) -> Review:
    found = _found(site, texts, terms)
    if brought:
        _require_few(found.judged, texts)
    known = remembered(site, terms.report)
    honoured = {_found_honour(one): one for one in awards(texts, spots)}
    items = [*_items(terms, texts, titles, found, known, honoured)]
    following = _following(site, terms, brought, texts, items, found) if brought else None
    judged = following.judged if following else frozenset()
    finds = [one.find for one in items]
    register = Register(site, terms, texts, finds, judged=judged)
    names = Names(site, terms.report, texts, judged=judged)
    register.used |= dict.fromkeys(used(items))
    by_text = _by_text(finds)
    apart = {one: spots[one.text].kind in ("text", "cell") and not _overlaps(one, by_text.get(one.text, ())) for one in honoured}  # fmt: skip
    honours = Honours(site, honoured, apart)
    made = Review(texts, titles, items, register, names, honours, following, honoured, apart)
    indexes = {find: at for at, find in enumerate(following.finds)} if following else {}
    for at, one in enumerate(items):
        items[at] = _decided(site, terms, made, one, one.find in found.targets, indexes)
    for at, one in enumerate(items):  # what is worked out needs all figures
        if isinstance(one.settled, Mention):
            items[at] = _worked_out(register, one, one.settled)
    items += _honours(made, known)
    return made


def _found_honour(one: Award) -> Find:
    return Find(one.text, one.start, one.end, "honour", "", None, "", "", one.title, None, one.sentence)  # fmt: skip


def _overlaps(one: Find, finds: Iterable[Find]) -> bool:
    """Whether a find overlaps another one of its text."""
    return any(one.start < it.end and it.start < one.end for it in finds)


def _by_text(finds: Iterable[Find]) -> dict[int, list[Find]]:
    found: dict[int, list[Find]] = {}
    for one in finds:
        found.setdefault(one.text, []).append(one)
    return found


def _require_few(finds: Sequence[Find], texts: Sequence[str]) -> None:
    """Raise RefusedError for more finds than people go through: each is shown in its sentence."""
    for at, there in _by_text(finds).items():
        if len(there) > _MOST_OF_ONE:
            raise RefusedError(
                f"一段文字里的数和名称须不超过 {_MOST_OF_ONE} 处，“{texts[at][:20]}”起的一段有 {len(there)} 处；"
                "请在文件里分成几段，再导入"
            )
    if len(finds) > _MOST:
        raise RefusedError(
            f"一个报告里的数和名称须不超过 {_MOST} 处，现有 {len(finds)} 处；请分成几个文件，再导入"
        )


def _honours(made: Review, known: Remembered) -> list[Item]:
    """The honours with what stands, or with what is proposed."""
    seen: Counter[Place] = Counter(one.at for one in made.items)
    typed_words = {*known.typed}
    found = []
    for one in made.honoured:
        text = made.texts[one.text]
        at = place(text, one.start, one.end)
        seen[at] += 1
        first, last = one.sentence
        title, marked = text[one.start : one.end], text[first : one.start]
        marked = f"{marked}【{title}】{text[one.end : last]}"
        standing = known.honour(at)
        typed = not standing and title in typed_words
        item = Item(one, at, seen[at], title, marked, made.titles[one.text], standing, typed, HonourColumns())  # fmt: skip
        if standing:
            entered = Entered(one, standing.macro, standing.key, title)
            item = replace(item, entered=entered, columns=made.honours.columns_of(standing.key))
        else:
            columns, missing = made.honours.propose(one)
            item = replace(item, columns=columns, missing="" if typed else missing)
        found.append(item)
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found in the texts of a report."""

    every: Sequence[Find]
    """All that tells results, set phrases too."""
    judged: Sequence[Find]
    """Those outside of set phrases, and those that may be no figures; in order."""
    targets: Container[Find]
    """Those that may be no figures."""


def _found(site: Site, texts: Sequence[str], terms: Terms) -> _Found:
    assert terms.period.start
    assert terms.period.end
    phrases = [one.text for one in site.archive.phrases]
    every = found = find(texts, terms.period.start, terms.period.end)
    if phrases:
        numbers = {at: typed_numbers(text, phrases) for at, text in enumerate(texts)}
        found = [
            one
            for one in found
            if one.kind == "name"
            or "*" in one.number
            or any(typed.start < one.end and one.start < typed.end for typed in numbers[one.text])
        ]
    targets = set(left(texts, found, phrases))
    judged = sorted([*found, *targets], key=lambda one: (one.text, one.start))
    return _Found(every, judged, targets)


def _items(
    terms: Terms,
    texts: Sequence[str],
    titles: Sequence[str],
    found: _Found,
    known: Remembered,
    honours: Iterable[Find],
) -> Iterator[Item]:
    """Yield an item for each find, with what stands there already; `honours` may part the words around it."""
    other = terms.earlier.other if terms.earlier else ()
    beside = _by_text((*found.judged, *honours))
    seen: Counter[Place] = Counter()
    for one in found.judged:
        text = texts[one.text]
        at = place(text, one.start, one.end)
        seen[at] += 1
        first, last = one.sentence
        marked = f"{text[first : one.start]}【{text[one.start : one.end]}】{text[one.end : last]}"
        standing = known.standing(at)
        if standing and standing.key and indicator_of(standing.key) in other:
            standing = None  # a person says that it is another
        others = [there for there in beside[one.text] if there is not one]
        typed = not standing and bool(known.typed) and is_typed(text, one, others, known.typed)
        yield Item(
            one, at, seen[at], text[one.start : one.end], marked, titles[one.text],
            standing, typed, Columns(),
        )  # fmt: skip


def _following(
    site: Site,
    terms: Terms,
    brought: Brought,
    texts: Sequence[str],
    items: Sequence[Item],
    found: _Found,
) -> Following | None:
    """What the finds are in the report before, if there is one."""
    if terms.earlier is None:
        return None
    standing = {one.find: one.standing for one in items if one.standing and one.standing.key}
    open_ = {
        one.find
        for one in items
        if one.find in standing
        or not (
            one.standing or one.typed or (one.find in found.targets and one.find.kind == "name")
        )
    }
    finds = sorted({*found.every, *found.judged}, key=lambda one: (one.text, one.start))
    decided = {one for one in finds if one not in open_}
    return Following(
        site, terms.report, terms.earlier, terms.period, brought, texts, finds, decided, found.targets, standing
    )  # fmt: skip


def used(items: Iterable[Item]) -> Iterator[str]:
    """Yield the keys of the figures that stand on the pages of the report."""
    return (one.standing.key for one in items if one.standing and one.standing.kind == "fig")


def _decided(
    site: Site, terms: Terms, made: Review, item: Item, is_target: bool, indexes: Mapping[Find, int]
) -> Item:
    """Return an item with what stands, or with what is proposed."""
    find = item.find
    if item.standing:
        return _standing(site, terms, made, item, item.standing)
    if item.typed:
        return replace(item, columns=_blank(find, terms))
    if made.following:
        item = _followed(terms, made, made.following, item, indexes[find])
        if item.settled or item.missing:
            return item if find.kind != "name" else _named(made.names, item)
    if is_target and find.kind == "name":
        asked = f"{_quoted(item)}没有登记：须由人定是名称还是照写"
        return replace(item, columns=NameColumns(), missing="是不是名称", asked=asked)
    if is_target:
        return _target(item, terms)
    return _named(made.names, item) if find.kind == "name" else _proposed(made.register, item)


def _followed(terms: Terms, made: Review, following: Following, item: Item, at: int) -> Item:
    """Return an item with what it is, or may be, in the report before."""
    if kept := following.kept(at):
        item = replace(item, settled=kept)
        return item if item.find.kind == "name" else _kept(made.register, item, kept)
    if change := following.change(at):
        return replace(item, settled=change, columns=_blank(item.find, terms))
    item = replace(item, missing=missing(following, at))
    if item.find.kind != "name" and item.missing:
        may_be = following.proposed(at)
        columns = made.register.columns_for(may_be) if may_be else _blank(item.find, terms)
        return replace(item, settled=may_be, columns=columns)
    return item


def _kept(register: Register, item: Item, kept: Kept) -> Item:
    """Return a figure of which it is known what it is, entered if it can be."""
    item = replace(item, columns=register.columns_for(kept))
    try:
        return replace(item, entered=register.keep(item.find, kept))
    except UnfitError as error:
        return _unfit(item, error)


def _named(names: Names, item: Item) -> Item:
    """Return a masked name with what it is, or with what is proposed for it."""
    if isinstance(item.settled, Kept):
        columns = names.columns_of(item.settled.id)
        try:
            return replace(item, columns=columns, entered=names.enter(item.find, columns))
        except UnfitError:  # it is shown otherwise
            item = replace(item, settled=None)
    columns = names.propose(item.find)
    try:
        return replace(item, columns=columns, entered=names.enter(item.find, columns))
    except UnfitError:
        reason = "掩码须是半角的星号"
        asked = f"{_quoted(item)}没有登记：{reason}，要照写的请在核对表里填“不是名称”"
        return replace(item, columns=NameColumns(), missing=reason, asked=asked)


def _worked_out(register: Register, item: Item, old: Mention) -> Item:
    """Return an item with the call that works it out, if that shows what the report says."""
    done = register.change(item.find, old)
    if not done.macro:
        asked = f"{_around(item)}里的数{done.asked}：请核对"
        return replace(item, missing=f"是不是由 {old.call} 算出的", asked=asked)
    return replace(item, entered=Entered(done.find, done.macro, "", done.text))


def _blank(one: Find, terms: Terms) -> Columns | NameColumns:
    """What is known of what is no figure, for whoever thinks again."""
    if one.kind == "name":
        return NameColumns()
    start, end = one.period or (terms.period.start, terms.period.end)
    return Columns("", "", one.unit, start, end, terms.source or "", terms.office or "")


def _standing(site: Site, terms: Terms, made: Review, item: Item, standing: Standing) -> Item:
    """Return an item that stands on a page as what stands there says."""
    if not standing.key:  # it is worked out
        wider = replace(item.find, start=item.find.end - len(standing.text))
        entered = Entered(wider, standing.macro, "", standing.text)
        return replace(item, entered=entered, columns=_blank(item.find, terms))
    entered = Entered(item.find, standing.macro, standing.key, item.text)
    if standing.kind == "name":
        return replace(item, entered=entered, columns=made.names.columns_of(standing.key))
    columns = made.register.columns_of(site.values[standing.key])
    carried = made.following is not None and columns.id in made.following.judged
    return replace(item, entered=entered, columns=columns, carried=carried)


def _around(item: Item) -> str:
    """The sentence of what is found."""
    before, _, after = item.sentence.partition(f"【{item.text}】")
    return f"“{shorten(f'{before}{item.text}{after}')}”"


def _quoted(item: Item) -> str:
    """What is found, in its sentence."""
    return f"{_around(item)}里的“{item.text}”"


def _target(item: Item, terms: Terms) -> Item:
    """Return an item of which it is not sure that it is a figure at all."""
    columns = _blank(item.find, terms)
    asked = f"{_quoted(item)}没有登记：须由人定是指标还是固定用语"
    return replace(item, columns=columns, missing="是不是指标", asked=asked)


def _proposed(register: Register, item: Item) -> Item:
    """Return an item with what is proposed for it, entered if it can be."""
    quoted = _quoted(item)
    proposal = register.propose(item.find)
    item = replace(item, columns=proposal.columns, missing=proposal.missing, asked=proposal.asked)
    if proposal.refused:
        asked = (
            proposal.asked
            if proposal.asked.startswith("指标")
            else f"{quoted}没有登记：{proposal.asked}"
        )
        return replace(item, asked=asked)
    try:
        return replace(item, entered=register.enter(item.find, proposal.columns))
    except UnfitError as error:
        return _unfit(item, error)


def _unfit(item: Item, error: UnfitError) -> Item:
    """Return a figure that the register cannot hold, with why."""
    told = [message for column, message in error.faults if column == NUMBER]
    if told:
        return replace(item, missing="与登记的不同", asked=told[0])
    reason = "写法须是登记能照样印出的"
    return replace(item, missing="写法登记印不出", asked=f"{_quoted(item)}没有登记：{reason}")


def overlapping(entered: Iterable[Entered]) -> Iterator[Entered]:
    """Yield those that reach into the next one."""
    ordered = sorted(
        (one for one in entered if one.macro), key=lambda one: (one.find.text, one.find.start)
    )
    for one, after in pairwise(ordered):
        if one.find.text == after.find.text and one.find.end > after.find.start:
            yield one
