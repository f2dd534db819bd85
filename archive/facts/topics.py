"""What belongs together by assessment item: its examples, regulations, honours, collections, figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.facts.criteria import Item, split
from archive.facts.evidence import Sort, Target, resolve
from archive.facts.gather import Archive
from archive.facts.places import HONOURS, REGISTER, Place, ordered_pages
from archive.schema.collections import COLLECTIONS
from archive.schema.examples import Example
from archive.schema.honours import Honour
from archive.schema.kinds import page_model
from archive.schema.regulations import Regulation

MOST_HONOURS = 100
"""Honours up to which those of no item are listed here."""

REST = "未归入项目"
"""What is said, and the id of the heading, over what belongs to no item."""


class Kind(StrEnum):
    """What stands under an item; the word a reader sees, in the order of the page."""

    EXAMPLE = "典型事例"
    REGULATION = "制度"
    HONOUR = "荣誉"
    COLLECTION = "台账"
    FIGURE = "指标"


@dataclass(frozen=True, slots=True)
class Topic:
    """An assessment item with what belongs to it, each once; without an item, what belongs to none."""

    item: Item | None
    members: Mapping[Kind, tuple[Target, ...]]

    def holds(self, page: str) -> bool:
        """Whether the page `page` (its path in docs/) shows one of the members."""
        return any(one.address == page for kind in self.members.values() for one in kind)


def topics(
    archive: Archive, items: Mapping[str, Item], places: Mapping[str, list[Place]]
) -> list[Topic]:
    """Every item in its order, then what belongs to none; `places` says where each figure stands."""
    found = [
        Topic(item, _grouped([*_proving(item), *_told(item, places)])) for item in items.values()
    ]
    seen = {one for topic in found for kind in topic.members.values() for one in kind}
    rest = [one for one in _whatever_there_is(archive) if one not in seen]
    return [*found, Topic(None, _grouped(rest))]


def _proving(item: Item) -> Iterator[Target]:
    """The evidence of an item, whole pages for what stands on them."""
    for one in item.evidence:
        target = one.target
        if target.sort in (Sort.PAGE, Sort.REGULATION):
            path = target.address.partition("#")[0]
            target = Target(target.sort, target.id, path)
        yield target


def _told(item: Item, places: Mapping[str, list[Place]]) -> Iterator[Target]:
    """The figures of an item's statement, and those of its sub-section of the report."""
    stated = split(item.criterion.statement or "")[1::2]
    for id_, standing in places.items():
        if id_ in stated or any(place.target == item.criterion.report for place in standing):
            yield Target(Sort.FIGURE, id_, f"{REGISTER}#{id_}")


def _whatever_there_is(archive: Archive) -> Iterator[Target]:
    for page in ordered_pages(archive):
        if page_model(page.path) in (Example, Regulation) or _collection(page.path):
            yield from resolve(archive, page.path)
    honours = archive.of(Honour)
    # Of very many honours their page lists the chosen ones: only those can be led to.
    for record in honours if len(honours) <= MOST_HONOURS else ():
        yield Target(Sort.HONOUR, record.id, f"{HONOURS}#{record.id}")
    for id_ in archive.figures:
        yield Target(Sort.FIGURE, id_, f"{REGISTER}#{id_}")


def _collection(page: str) -> bool:
    """Whether a page is that of a collection's records."""
    folder, _, name = page.rpartition("/")
    return folder == "records" and name.removesuffix(".md") in COLLECTIONS


def _grouped(targets: list[Target]) -> dict[Kind, tuple[Target, ...]]:
    kinds = {one: _kind(one) for one in targets}
    return {kind: tuple(one for one in kinds if kinds[one] is kind) for kind in Kind}


def _kind(target: Target) -> Kind | None:
    """Under which kind something stands; none for files, and for pages that are no record."""
    if target.sort is Sort.PAGE:
        return Kind.EXAMPLE if page_model(target.id) is Example else None
    return {
        Sort.REGULATION: Kind.REGULATION,
        Sort.HONOUR: Kind.HONOUR,
        Sort.COLLECTION: Kind.COLLECTION,
        Sort.FIGURE: Kind.FIGURE,
    }.get(target.sort)
