"""What belongs to each assessment item: examples, regulations, honours, collections, figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.facts.criteria import Item, stated
from archive.facts.evidence import Target, TargetKind, resolve_evidence
from archive.facts.gather import Archive
from archive.facts.observations import indicator_of, target_of
from archive.facts.places import HONOURS, PageLocation, ordered_pages
from archive.schema.examples import Example
from archive.schema.honours import Honour
from archive.schema.page_models import page_model
from archive.schema.regulations import Regulation

MAX_HONOURS = 100
"""With more honours than this, the honours of no item are not listed."""

REST = "未归入项目"
"""The heading of what belongs to no item, and the id of that heading."""


class TopicKind(StrEnum):
    """The groups under an item, in the order of the page; the value is the word a reader sees."""

    EXAMPLE = "典型事例"
    REGULATION = "制度"
    HONOUR = "荣誉"
    COLLECTION = "台账"
    FIGURE = "指标"


@dataclass(frozen=True, slots=True)
class Topic:
    """An assessment item with what belongs to it, each once; `item` is None for what belongs to none."""

    item: Item | None
    members: Mapping[TopicKind, tuple[Target, ...]]

    def holds(self, page: str) -> bool:
        """Return whether `page`, a path in docs/, is the address of one of the members."""
        return any(target.address == page for group in self.members.values() for target in group)


def topics(
    archive: Archive, items: Mapping[str, Item], places: Mapping[str, list[PageLocation]]
) -> list[Topic]:
    """Return a topic for every item in its order, then one for what belongs to none.

    `places` says where each figure is shown.
    """
    found = [
        Topic(item, _grouped([*_evidence(item), *_figures(archive, item, places)]))
        for item in items.values()
    ]
    seen = {target for topic in found for group in topic.members.values() for target in group}
    rest = [target for target in _everything(archive) if target not in seen]
    return [*found, Topic(None, _grouped(rest))]


def _evidence(item: Item) -> Iterator[Target]:
    """Yield the evidence of an item; a section of a page counts as the whole page."""
    for piece in item.evidence:
        target = piece.target
        if target.kind in (TargetKind.PAGE, TargetKind.REGULATION):
            path = target.address.partition("#")[0]
            target = Target(target.kind, target.id, path)
        yield target


def _figures(
    archive: Archive, item: Item, places: Mapping[str, list[PageLocation]]
) -> Iterator[Target]:
    """Yield the figures of an item's statement, and those of its sub-section of the report."""
    in_statement = stated(archive, item.criterion.statement or "")[1::2]
    for key, shown_in in places.items():
        if key in in_statement or any(place.target == item.criterion.report for place in shown_in):
            id_ = indicator_of(key)
            yield Target(TargetKind.FIGURE, id_, target_of(id_))


def _everything(archive: Archive) -> Iterator[Target]:
    """Yield all that may belong to an item, whether or not it does."""
    for page in ordered_pages(archive):
        if page_model(page.path) in (Example, Regulation) or _collection(archive, page.path):
            yield from resolve_evidence(archive, page.path)
    honours = archive.of(Honour)
    # With many honours their page lists only some, and the others have no address to link to.
    for record in honours if len(honours) <= MAX_HONOURS else ():
        yield Target(TargetKind.HONOUR, record.id, f"{HONOURS}#{record.id}")
    for id_ in archive.indicators:
        yield Target(TargetKind.FIGURE, id_, target_of(id_))


def _collection(archive: Archive, page: str) -> bool:
    """Return whether a page is the one of a collection's records."""
    folder, _, name = page.rpartition("/")
    return folder == "records" and name.removesuffix(".md") in archive.collections


def _grouped(targets: list[Target]) -> dict[TopicKind, tuple[Target, ...]]:
    kinds = {target: _kind(target) for target in targets}
    return {kind: tuple(target for target in kinds if kinds[target] is kind) for kind in TopicKind}


def _kind(target: Target) -> TopicKind | None:
    """Return the group something belongs to; None for files and for pages other than examples."""
    if target.kind is TargetKind.PAGE:
        return TopicKind.EXAMPLE if page_model(target.id) is Example else None
    return {
        TargetKind.REGULATION: TopicKind.REGULATION,
        TargetKind.HONOUR: TopicKind.HONOUR,
        TargetKind.COLLECTION: TopicKind.COLLECTION,
        TargetKind.FIGURE: TopicKind.FIGURE,
    }.get(target.kind)
