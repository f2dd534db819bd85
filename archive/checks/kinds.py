"""Rules for the kinds in data/kinds.yml."""

from collections.abc import Iterator
from datetime import date

from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.schema.examples import Example
from archive.schema.fields import Field, fields
from archive.schema.regulations import Regulation
from archive.schema.types import Model


def retired_kinds_are_not_used(site: Site) -> Iterator[Problem]:
    """A record dated after the day a kind was retired is not of that kind."""
    archive = site.archive
    for name, collection in archive.collections.items():
        having = _retiring(collection.model)
        for record in archive.records.get(name, ()) if having else ():
            for field, message in _misused(record.data, having, record.day):
                yield archive.record_problem(record, message, field)
    for page in archive.written.values():
        if page.meta and (having := _retiring(type(page.meta))):
            for field, message in _misused(page.meta, having, _day(page.meta)):
                yield page.front_problem(message, field)


def _retiring(model: type[Model]) -> list[Field]:
    return [field for field in fields(model).values() if field.value.retired]


def _misused(data: Model, having: list[Field], day: date | None) -> Iterator[tuple[str, str]]:
    for field in having:
        found = getattr(data, field.name)
        retired = field.value.retired.get(found)
        if retired and day and day > retired:
            rule = f"{field.name}（{field.label}）{found}已于 {retired} 停用，以后的须用别的，现用于 {day}"
            yield field.name, f"{rule}；请改为 {'、'.join(field.value.offered)} 之一"


def _day(meta: Model) -> date | None:
    """The day a page is of, as far as it tells: that it was issued, or the end of what it tells of."""
    if isinstance(meta, Regulation):
        return meta.issued or meta.adopted.date
    return meta.period.end if isinstance(meta, Example) else None
