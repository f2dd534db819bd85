"""What readers know a record to say: its public fields, and what an edition published before showed of others.

A field may have been public then, or the record that it names.
"""

from collections import defaultdict
from collections.abc import Mapping, Set

from archive.build.editions.counting import Key
from archive.build.editions.fields import public_names
from archive.build.editions.identity import former_editions
from archive.build.editions.primary import referred
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.fields import fields
from archive.schema.types import Model, yaml_text

_NOTHING: Mapping[str, Set[str]] = {}


def names_known(site: Site, collection: str, record: Record[Model]) -> frozenset[str]:
    """The fields of a public record that readers know: public ones, and others that still say what was shown."""
    before = _said_before(site).get((collection, record.id), _NOTHING)
    shown = _public(site)[collection]
    return shown.union(name for name in before if was_said(site, collection, record, name))


def was_said(site: Site, collection: str, record: Record[Model], name: str) -> bool:
    """Whether an edition before showed what a record says in a field that is not, or not wholly, public."""
    before = _said_before(site).get((collection, record.id), _NOTHING)
    return yaml_text(getattr(record.data, name, None)) in before.get(name, ())


@once
def _public(site: Site) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(public_names(one)) for name, one in site.archive.collections.items()}


@once
def _said_before(site: Site) -> Mapping[Key, Mapping[str, Set[str]]]:
    """Record → field that is not, or not wholly, public → what editions before showed that it said."""
    found: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edition in former_editions(site):
        for collection, there in edition.records.items():
            kept = site.archive.collections[collection]
            own = {name for one in {type(record.data) for record in there} for name in fields(one)}
            asked = {
                name: referred(kept, name)
                for name in own
                if (collection, name) not in edition.unshown
                and (name not in _public(site)[collection] or referred(kept, name))
            }
            for record in there if asked else ():
                key = collection, record.id
                for name, of in asked.items() if key in edition.public else ():
                    word = yaml_text(getattr(record.data, name, None))
                    if not of or (of, word) in edition.public:
                        found[key][name].add(word)
    return found
