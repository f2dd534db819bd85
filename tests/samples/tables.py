"""Sites made in memory: a collection of records, and figures that count them, for the public edition."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from archive.build.editions.suppression import suppression
from archive.facts.former import FormerEdition
from archive.facts.gather import Archive, Record
from archive.facts.project import Project
from archive.facts.site import Site
from archive.files.pages import read_page
from archive.schema.register import Figure
from archive.schema.types import Model
from archive.schema.unit import Unit
from tests.samples.collections import COLLECTIONS, Volunteering


def listing(ledger: str) -> dict[str, str]:
    """The page that lists the records of a ledger: its path from the root, and its text."""
    text = f'---\ntitle: 台账\n---\n\n# 台账\n\n{{{{ records("{ledger}") }}}}\n'
    return {f"docs/records/{ledger}.md": text}


def list_all(archive: Archive) -> None:
    """Give each ledger of an archive a page that lists its records."""
    for one in archive.records:
        for file, text in listing(one).items():
            path = file.removeprefix("docs/")
            archive.pages[path] = read_page(text.encode(), path, file)


SPAN = {"kind": "时期", "start": date(2023, 1, 1), "end": date(2025, 12, 31)}
_STEP = {"by": None, "date": None}


def activity_record(id_: str, participants: int, **more: Any) -> Record[Model]:
    """An activity with so many participants and as many services; 2 hours in all, unless said."""
    fields = {
        "date": date(2024, 3, 5), "title": "示例活动", "kind": "其他", "place": "社区",
        "participants": participants, "hours_each": None, "hours_total": 2, "services": participants,
        "organiser": "示例科", "source": "签到表", "evidence": (), "recorder": "示例科", "reviewer": None,
    }  # fmt: skip
    return Record(id_, f"data/volunteering/2024/{id_}.yml", Volunteering(**{**fields, **more}))


def figure_entry(name: str, unit: str = "人次", **more: Any) -> Figure:
    """A public figure of the register; entered unless `counted` is given."""
    fields = {
        "name": name, "unit": unit, "mask": "***", "definition": "示例", "method": "示例", "period": SPAN,
        "source": "示例", "office": "示例科", "decimals": 0, "disclosure": "公开", "note": None,
        "prepared": _STEP, "reviewed": _STEP, "approved": _STEP,
    }  # fmt: skip
    if "counted" in more:
        fields["complete_through"] = date(2025, 12, 31)
    return Figure.model_validate({**fields, **more})


def summed(field: str = "participants", **where: str) -> dict[str, Any]:
    """The counting rule of a sum over the activities that meet the conditions."""
    return {"collection": "volunteering", "measure": "sum", "field": field, "where": where}


def counted(**where: str) -> dict[str, Any]:
    """The counting rule of the number of activities that meet the conditions."""
    return {"collection": "volunteering", "measure": "count", "where": where}


def table_site(
    records: Iterable[Record[Model]], figures: Mapping[str, Figure], least: int | None = 10
) -> Site:
    """A site with these activities and figures; `least` people are public."""
    unit = Unit.model_validate(
        {
            "demonstration": False,
            "record_period": {"start": None, "end": None},
            "repository": {"forge": None, "address": None, "branch": None},
            "least_people": least,
            "names": {},
        }
    )
    root = Path("示例")
    archive = Archive(
        Project(root, root / "data", date(2026, 3, 1)), collections=COLLECTIONS, unit=unit
    )
    archive.figures = dict(figures)
    archive.records = {"volunteering": list(records)}
    list_all(archive)
    return Site(archive)


def as_published(site: Site, name: str = "示例") -> FormerEdition:
    """The public edition of a site, as readers know it from then on."""
    found = suppression(site)
    values = {
        id_: value.exact
        for id_, value in site.values.items()
        if value.exact is not None and id_ not in found.figures
    }
    keys = {(one, record.id) for one, all_ in site.archive.records.items() for record in all_}
    archive = site.archive
    public = frozenset(keys - found.records.keys())
    return FormerEdition(name, archive.project.as_of, archive.figures, values, archive.records, public)  # fmt: skip
