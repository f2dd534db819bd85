"""Write the demonstration: the bureau's own archive, filled with invented values, and its annual reports."""

import shutil
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from archive.facts.figures import figure_values
from archive.facts.gather import gather
from archive.facts.ledgers import FOLDER, read_collections
from archive.facts.project import DOCS, Project
from archive.facts.reported import DRAFTED
from archive.files.validation import validate
from archive.files.yaml import parse, read
from archive.schema.collections import Collection
from demo import annual, attached, enacted, entries, invented, party, register, work, writing
from demo.honours import honours
from demo.names import replaced
from demo.volunteering import YEARS
from demo.volunteering import activities as volunteering

START, END = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)

# Collection → source, evidence, and the office that keeps the records; "" for the organiser.
_KEPT = {
    "volunteering": ("示例签到表", ["示例活动小结", "示例签到表"], ""),
    "publications": ("示例印发件", ["示例印发件存档"], "示例综合科"),
    "assistance": ("示例帮扶记录", ["示例帮扶情况说明"], "示例办公室"),
    "party_members": ("示例年报", ["示例年报存档"], "示例人事科"),
    "cadres": ("示例年报", ["示例年报存档"], "示例人事科"),
    "activities": ("示例会议记录", ["示例签到表", "示例活动小结"], "示例党务"),
    "community": ("示例共建台账", ["示例活动小结"], "示例党务"),
    "enterprise_services": ("示例工作记录", ["示例工作小结"], "示例法规科"),
}

_NAMES = {
    "bureau": "示例市",
    "unit_level": "示例级",
    "city_organs": "示例市",
    "games_host": "示例市",
    "region_congress": "示例区",
    "region_people": "示例",
    "wechat_account": "示例",
    "city_channel": "示例",
    "daily_paper": "示例",
    "community_a": "示例甲",
    "community_b": "示例乙",
    "river_basin": "示例",
    "region": "示例",
    "region_party": "示例区",
}

_PUBLIC = {id_: {"disclosure": "公开"} for id_ in ("bureau", "wechat_account", "daily_paper")}
"""Ids of the names that the public edition shows, with the field that says so."""


def write(base: Path, folder: Path) -> None:
    """Write the demonstration into the empty or absent `folder`, based on the archive in the folder `base`."""
    data = folder / "data"
    shutil.copytree(base / DOCS, folder / DOCS)
    shutil.copy(base / "mkdocs.yml", folder)
    for path in (folder / "mkdocs.yml", *sorted((folder / DOCS).rglob("*.md"))):
        path.write_text(replaced(path.read_text("utf-8")), "utf-8")
    attached.replace_own(folder / DOCS)
    enacted.write_pages(folder, _own(base / "data" / "kinds.yml"))
    has_reports = annual.fits(base)
    if has_reports:
        figures, unit = (
            read(base / "data" / f"{name}.yml", "").data for name in ("figures", "unit")
        )
        counted = {id_ for id_, entry in figures.items() if entry.get("counted")}
        annual.write_pages(folder, counted, unit["names"])
    write_data(base / "data", data)
    if has_reports:
        annual.write_data(data)
        annual.seal(Project(folder, data, END))


def write_data(data: Path, folder: Path) -> None:
    """Write the demonstration's data without the annual reports into the folder `data/` of an archive.

    They are based on names, register and ledgers in `data`; the pages of the archive stand beside `folder`.
    """
    unit, figures, items = (_own(data / f"{name}.yml") for name in ("unit", "figures", "criteria"))
    docs = folder.parent / DOCS
    attached.write_files(docs)
    writing.write(folder / "unit.yml", _unit(unit, figures))
    writing.write(folder / "criteria.yml", entries.criteria(items, docs))
    for name in ("phrases.yml", "kinds.yml"):
        (folder / name).write_text(replaced((data / name).read_text("utf-8")), "utf-8")
    # The demonstration shows the bureau's own pages, so their exceptions hold as well.
    shown = [
        entry
        for entry in _own(data / "allowed.yml")
        if entry["file"].startswith("docs/") and not attached.is_replaced(entry["file"])
    ]
    writing.write(folder / "allowed.yml", shown)
    for name, report in _reports(data / "reports"):
        writing.write(folder / "reports" / name, report)
    (folder / FOLDER).mkdir(parents=True)
    for path in sorted((data / FOLDER).glob("*.yml")):
        (folder / FOLDER / path.name).write_text(replaced(path.read_text("utf-8")), "utf-8")
    for name, collection in read_collections(Project(data.parent, data, END)).collections.items():
        for id_, record in _of_ledger(name, collection):
            writing.write(folder / name / str(record["date"].year) / f"{id_}.yml", record)
    own = {path.stem: _own(path)["title"] for path in sorted((data / "honours").glob("*.yml"))}
    for id_, record in honours(own, unit["names"]):
        record = attached.with_certificate(docs, id_, record)
        writing.write(folder / "honours" / f"{id_}.yml", record)
    for id_, record in entries.reviews():
        writing.write(folder / "reviews" / f"{id_}.yml", record)
    for number, path in enumerate(sorted((data / "measures").glob("*.yml"))):
        task = entries.progress(number, _own(path))
        writing.write(folder / "measures" / path.name, task)
    writing.write(folder / "figures.yml", register.filled(figures, START, END))
    # The figures are counted once all records are written, and the register is adapted to them.
    archive = gather(Project(folder.parent, folder, END))
    values = {id_: value.exact for id_, value in figure_values(archive).items()}
    writing.write(
        folder / "figures.yml", register.agreeing(register.filled(figures, START, END), values)
    )


def _own(path: Path) -> Any:
    """What a file of the bureau holds, with invented names for real ones."""
    return parse(replaced(path.read_text("utf-8")), path.name).data


def _reports(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield file and fields of the bureau's own reports, as drafts; the latest is of the three years."""
    found = [(path.name, _own(path)) for path in sorted(folder.glob("*.yml"))]
    found.sort(key=lambda item: item[1]["period"]["end"] or date.max)
    for name, report in found:
        draft = {field: value for field, value in report.items() if field not in annual.SEALING}
        draft["state"] = DRAFTED
        if (name, report) == found[-1]:
            draft["period"] = {"start": START, "end": END}
        yield name, draft


def _records() -> dict[str, Iterator[tuple[str, dict[str, Any]]]]:
    """Collection → (id, fields) of its records, for the collections with a folder per year."""
    return {
        "volunteering": volunteering(),
        "publications": work.publications(YEARS),
        "assistance": work.assistance(YEARS),
        "party_members": party.people(party.PARTY_MEMBERS, YEARS),
        "cadres": party.people(party.CADRES, YEARS),
        "activities": party.activities(YEARS),
        "community": party.community(YEARS),
        "enterprise_services": work.enterprise_services(YEARS),
    }


def _of_ledger(name: str, collection: Collection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and fields of a ledger's records: those made up by hand, if they fit its description."""
    if not collection.ledger:
        return
    whole = ((id_, _whole(name, record)) for id_, record in _records().get(name, ()))
    by_hand = list(attached.with_pictures(name, whole))
    if by_hand and all(_fits(collection, record) for _, record in by_hand):
        yield from by_hand
        return
    for id_, record in invented.records(collection.ledger, YEARS, {}):
        yield id_, _whole(name, record)


def _whole(name: str, record: dict[str, Any]) -> dict[str, Any]:
    return record | _kept(name, record.get("organiser", ""))


def _fits(collection: Collection, record: dict[str, Any]) -> bool:
    """Whether a record fits the description of its ledger, which the bureau may have changed."""
    return validate(collection.model, parse(writing.text(record), "")) is not None


def _kept(collection: str, organiser: str) -> dict[str, Any]:
    """The last fields of every record: source, evidence, recorder and reviewer."""
    usual = (
        f"{invented.MADE_UP}登记簿",
        [f"{invented.MADE_UP}登记簿"],
        f"{invented.MADE_UP}办公室",
    )
    source, evidence, office = _KEPT.get(collection, usual)
    by = office or organiser
    return {
        "source": source,
        "evidence": evidence,
        "recorder": f"{by}记录员",
        "reviewer": f"{by}负责人",
    }


_HEADLINES = (
    "volunteer_hours",
    "volunteer_activities",
    "brief_bulletins",
    "analysis_reports",
    "assistance_funds",
    "fruit_sold",
    "people_helped",
    "epidemic_volunteers",
)
"""Ids of the figures of the front page; without any of them it shows those it chooses itself."""


def _unit(unit: dict[str, Any], figures: Container[str]) -> dict[str, Any]:
    # Names of people stay masked: nobody has agreed to be named, as the pages say.
    names = {
        id_: {**entry, "value": _NAMES.get(id_), **_PUBLIC.get(id_, {})}
        for id_, entry in unit["names"].items()
    }
    repository = {
        "forge": "gitea",
        # The domain `.invalid` never resolves (RFC 2606, 2).
        "address": "https://git.example.invalid/shili/archive",
        "branch": "main",
    }
    return {
        **unit,
        "demonstration": True,
        "record_period": {"start": START, "end": END},
        "repository": repository,
        "least_people": 3,
        "reviews_required": False,
        "headlines": [id_ for id_ in _HEADLINES if id_ in figures],
        "names": names,
    }
