"""The states of figures, regulations and honours that changed, as of the same day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archive.facts.honours import honour_state, honour_title
from archive.facts.regulations import FOLDER, RegulationState
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
    led: tuple[str, ...] = ()
    """Of a regulation that ends: the lines, as file:line, that still lead to it."""


def state_changes(old: Site, new: Site) -> list[StateChange]:
    """Every state that changed, in the order of the new sources, removed things last."""
    changes = _changed(_stated(old), _stated(new))
    return [replace(one, led=_led(new, one.id)) if _ends(new, one) else one for one in changes]


def _ends(site: Site, change: StateChange) -> bool:
    """Whether it is a regulation that has ended, or of which it is known now when it will."""
    entry = site.regulations.get(change.id) if change.what == "regulations" else None
    return entry is not None and entry.ends_as is RegulationState.REPEALED


def _led(site: Site, id_: str) -> tuple[str, ...]:
    """The lines of other pages that lead to a regulation; its successor's may."""
    entry = site.regulations[id_]
    may = (entry.page.path, f"{FOLDER}{entry.data.replaced_by}.md")
    return tuple(
        f"{page.file}:{page.line(link.begin)}"
        for path, page in site.archive.written.items()
        if path not in may
        for link in page.links
        if link.to.file == entry.page.path
    )


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
