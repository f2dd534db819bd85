"""What there is to review in a report that is brought: each find, what is decided of it, what is proposed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.checks.number_dress import typed_numbers
from archive.editing.report.brought import Brought
from archive.editing.report.columns import Columns, Entered, Terms, UnfitError
from archive.editing.report.finding import Find, find, left
from archive.editing.report.masked_names import NameColumns, Names
from archive.editing.report.pages import places_of, texts_of
from archive.editing.report.placing import (
    Place,
    Standing,
    is_typed,
    place,
    remembered,
    texts_on_pages,
)
from archive.editing.report.registering import Register
from archive.facts.site import Site
from archive.files.excerpts import shorten


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
    columns: Columns | NameColumns
    """What there is of it, or is proposed."""
    entered: Entered | None = None
    """What shows it, if what stands or is proposed is taken; None for what cannot be, or is declared none."""
    missing: str = ""
    """What only a person can say, in a few words."""
    asked: str = ""
    """The same in a sentence."""


@dataclass(slots=True)
class Review:
    """All finds of a report in order, and the register and the names with what is proposed entered."""

    texts: Sequence[str]
    titles: Sequence[str]
    """The title of the page on which each text stands."""
    items: list[Item]
    register: Register
    names: Names

    def beside(self, item: Item) -> Iterator[Find]:
        """Yield the other finds in the text of one."""
        return (
            one.find for one in self.items if one is not item and one.find.text == item.find.text
        )


def review(site: Site, brought: Brought, terms: Terms) -> Review:
    """Return what there is to review; what stands on the pages of the report already is decided."""
    titles = [title for _, title in places_of(brought, terms.title or "总述")]
    return _review(site, terms, texts_of(brought), titles)


def review_of_pages(site: Site, report: str) -> Review | None:
    """Return what there is to review of a report by its pages; None if it was not brought, or has no dates."""
    there = site.archive.reports.get(report)
    if not there or not there.brought or not (there.period.start and there.period.end):
        return None
    terms = Terms(report, there.kind, there.period, site.archive.project.as_of)
    pages = [*texts_on_pages(site, report)]
    return _review(site, terms, [text for _, text in pages], [title for title, _ in pages])


def _review(site: Site, terms: Terms, texts: Sequence[str], titles: Sequence[str]) -> Review:
    finds, targets = _finds(site, texts, terms)
    register, names = Register(site, terms, texts, finds), Names(site, terms.report, texts)
    known = remembered(site, terms.report)
    made = Review(texts, titles, [], register, names)
    beside: dict[int, list[Find]] = {}
    for one in finds:
        beside.setdefault(one.text, []).append(one)
    seen: Counter[Place] = Counter()
    for one in finds:
        text = texts[one.text]
        at = place(text, one.start, one.end)
        seen[at] += 1
        first, last = one.sentence
        marked = f"{text[first : one.start]}【{text[one.start : one.end]}】{text[one.end : last]}"
        item = Item(
            one, at, seen[at], text[one.start : one.end], marked, titles[one.text],
            known.standing(at), False, Columns(),
        )  # fmt: skip
        others = [other for other in beside[one.text] if other is not one]
        if item.standing:
            item = _standing(site, register, names, item, item.standing)
        elif known.typed and is_typed(text, one, others, known.typed):
            item = replace(item, typed=True, columns=_blank(one, terms))
        elif one in targets and one.kind == "name":
            asked = f"{_quoted(item)}没有登记：须由人定是名称还是照写"
            item = replace(item, columns=NameColumns(), missing="是不是名称", asked=asked)
        elif one.kind == "name":
            columns = names.propose(one)
            item = replace(item, columns=columns, entered=names.enter(one, columns))
        else:
            item = _target(item, terms) if one in targets else _proposed(register, item)
        made.items.append(item)
    return made


def _finds(site: Site, texts: Sequence[str], terms: Terms) -> tuple[list[Find], set[Find]]:
    """Return all finds outside of set phrases, in order, and those of them that may be no figures."""
    assert terms.period.start
    assert terms.period.end
    phrases = [one.text for one in site.archive.phrases]
    found = find(texts, terms.period.start, terms.period.end)
    if phrases:
        numbers = {at: typed_numbers(text, phrases) for at, text in enumerate(texts)}
        found = [
            one
            for one in found
            if "*" in one.number
            or any(typed.start < one.end and one.start < typed.end for typed in numbers[one.text])
        ]
    targets = set(left(texts, found, phrases))
    return sorted([*found, *targets], key=lambda one: (one.text, one.start)), targets


def _blank(one: Find, terms: Terms) -> Columns | NameColumns:
    """What is known of what is no figure, for whoever thinks again."""
    if one.kind == "name":
        return NameColumns()
    start, end = one.period or (terms.period.start, terms.period.end)
    return Columns("", "", one.unit, start, end, terms.source or "", terms.office or "")


def _standing(site: Site, register: Register, names: Names, item: Item, standing: Standing) -> Item:
    """Return an item that stands on a page as what stands there says."""
    entered = Entered(item.find, standing.macro, standing.key, item.text)
    if standing.kind == "name":
        return replace(item, entered=entered, columns=names.columns_of(standing.key))
    return replace(item, entered=entered, columns=register.columns_of(site.values[standing.key]))


def _quoted(item: Item) -> str:
    """What is found, in its sentence."""
    before, _, after = item.sentence.partition(f"【{item.text}】")
    return f"“{shorten(f'{before}{item.text}{after}')}”里的“{item.text}”"


def _target(item: Item, terms: Terms) -> Item:
    """Return an item of which it is not sure that it is a figure at all."""
    columns = Columns(unit=item.find.unit, source=terms.source or "", office=terms.office or "")
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
    except UnfitError:
        reason = "写法须是登记能照样印出的"
        return replace(item, missing="写法登记印不出", asked=f"{quoted}没有登记：{reason}")


def overlapping(entered: Iterable[Entered]) -> Iterator[Entered]:
    """Yield those that reach into the next one."""
    ordered = sorted(entered, key=lambda one: (one.find.text, one.find.start))
    for one, after in pairwise(ordered):
        if one.find.text == after.find.text and one.find.end > after.find.start:
            yield one
