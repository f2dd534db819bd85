"""What a workbook can be of: a collection, whose records are files, or the entries of a file that holds many."""

from collections.abc import Mapping

from pydantic import ValidationError

from archive.editing.entries import FILES, entries, file_of
from archive.editing.merging import value_at
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.collections import Collection
from archive.schema.form_models import WHERE, FigureRow, NameRow
from archive.schema.register import MARK, Indicator
from archive.schema.types import Model

ENTRIES: Mapping[str, Collection] = {
    "figures": Collection("指标登记", FigureRow, {}, ()),
    "names": Collection("名称", NameRow, {}, ()),
}
"""The kinds of entries, as collections: a row for each entry, no rows to be added."""


def sources(site: Site) -> Mapping[str, Collection]:
    """Return name → what there can be a workbook of."""
    return {**ENTRIES, **site.archive.collections}


def records_of(site: Site, name: str) -> list[Record[Model]]:
    """Return what the rows of a workbook are of.

    Of figures those that are entered: what is counted is changed in its ledger, and an indicator without a
    period of its own has no value.
    """
    return _entries(site, name) if name in ENTRIES else list(site.archive.records[name])


def ids_of(site: Site, name: str) -> list[str]:
    """Return the ids that are taken, also of what is not valid."""
    if name in ENTRIES:
        return site.archive.ids(FILES[name], *(["names"] if name == "names" else []))
    return site.archive.record_ids(name)


def _entries(site: Site, kind: str) -> list[Record[Model]]:
    path = file_of(site, kind)
    found: list[Record[Model]] = []
    for id_, entry in entries(kind, site.archive.documents[FILES[kind]].data).items():
        known = site.archive.figures.get(id_)
        if kind == "figures" and (not known or known.counted or Indicator.describes(entry)):
            continue
        _, _, period = id_.partition(MARK)
        title = known.name if known else entry.get("meaning")
        title = f"{title}（{period}）" if period else title
        values = {name: value_at(entry, way) for name, way in WHERE[kind].items()}
        try:
            data = ENTRIES[kind].model.model_validate({"title": title, **values})
        except ValidationError:  # the check tells what is wrong with it
            continue
        found.append(Record(id_, path, data))
    return found
