"""The states of figures, regulations and honours that changed, as of the same day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.facts.honours import honour_state, honour_title
from archive.facts.site import Site
from archive.schema.honours import Honour

STATED = {"figures": "指标", "regulations": "制度", "honours": "荣誉"}
"""What has a state → its label."""

Stated = dict[tuple[str, str], tuple[str, str]]
"""(what it is, its id) → (its title, its state)."""


@dataclass(frozen=True, slots=True)
class StateChange:
    """A state that changed; `old` is None if the thing was added, `new` if it was removed."""

    what: str
    id: str
    title: str
    old: str | None
    new: str | None


def state_changes(old: Site, new: Site) -> list[StateChange]:
    """Every state that changed, in the order of the new sources, removed things last."""
    return list(_changed(_stated(old), _stated(new)))


def _changed(old: Stated, new: Stated) -> Iterator[StateChange]:
    order: Mapping[str, int] = {what: index for index, what in enumerate(STATED)}
    for key in sorted(dict.fromkeys([*new, *old]), key=lambda key: order[key[0]]):
        before, after = old.get(key), new.get(key)
        was, is_ = before and before[1], after and after[1]
        if was != is_:
            title = (after or before or ("", ""))[0]
            yield StateChange(*key, title, was, is_)


def _stated(site: Site) -> Stated:
    found: Stated = {
        ("figures", id_): (value.figure.name, str(value.state))
        for id_, value in site.values.items()
    }
    for id_, entry in site.regulations.items():
        found["regulations", id_] = entry.data.title, entry.standing
    names = site.archive.unit.names if site.archive.unit else {}
    for record in site.archive.of(Honour):
        standing = honour_state(record.data, site.archive.project.as_of)
        found["honours", record.id] = honour_title(record.data, names), str(standing)
    return found
