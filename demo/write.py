"""Write the demonstration data: the bureau's own register, filled with invented values."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from archive.files.yaml import read
from demo import activities, assistance, community, enterprise_services, people, publications
from demo.criteria import criteria
from demo.honours import honours
from demo.measures import progress
from demo.reviews import reviews
from demo.volunteering import YEARS
from demo.volunteering import activities as volunteering

START, END = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)

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

_VALUES = {
    "games_session": 8,
    "games_events_placed": 5,
    "rope_skipping_place": 2,
    "branch_stars": 4,
}
"""Figures that are entered; all others are counted from the records."""

# Figures not yet approved, and one revised after approval, so that these states can be seen.
_PRELIMINARY = {"early_warnings", "assistance_funds"}
_REVISED = {"brief_bulletins": (33, 36)}


def write(data: Path, folder: Path) -> None:
    """Write the demonstration data into `folder`, based on the names and the register in `data`."""
    _write(folder / "unit.yml", _unit(read(data / "unit.yml", "unit.yml").data))
    _write(folder / "figures.yml", _figures(read(data / "figures.yml", "figures.yml").data))
    _write(folder / "criteria.yml", criteria(read(data / "criteria.yml", "criteria.yml").data))
    (folder / "phrases.yml").write_bytes((data / "phrases.yml").read_bytes())
    # The demonstration shows the bureau's own pages and files, so their exceptions hold as well.
    allowed = read(data / "allowed.yml", "allowed.yml").data
    _write(
        folder / "allowed.yml", [entry for entry in allowed if entry["file"].startswith("docs/")]
    )
    for name, records in _records().items():
        for id_, record in records:
            _write(folder / name / str(record["date"].year) / f"{id_}.yml", record)
    for id_, record in honours():
        _write(folder / "honours" / f"{id_}.yml", record)
    for id_, record in reviews():
        _write(folder / "reviews" / f"{id_}.yml", record)
    for number, path in enumerate(sorted((data / "measures").glob("*.yml"))):
        _write(folder / "measures" / path.name, progress(number, read(path, path.name).data))


def _records() -> dict[str, Iterator[tuple[str, dict[str, Any]]]]:
    """Collection → (id, fields) of its records, for the collections with a folder per year."""
    return {
        "volunteering": volunteering(),
        "publications": publications.records(YEARS),
        "assistance": assistance.records(YEARS),
        "party_members": people.records(people.PARTY_MEMBERS, YEARS),
        "cadres": people.records(people.CADRES, YEARS),
        "activities": activities.records(YEARS),
        "community": community.records(YEARS),
        "enterprise_services": enterprise_services.records(YEARS),
    }


def _unit(unit: dict[str, Any]) -> dict[str, Any]:
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
        "names": names,
    }


def _figures(register: dict[str, Any]) -> dict[str, Any]:
    return {id_: _figure(id_, entry) for id_, entry in register.items()}


def _figure(id_: str, entry: dict[str, Any]) -> dict[str, Any]:
    point = entry["period"]["kind"] == "时点"
    filled = {
        **entry,
        "period": {**entry["period"], "start": None if point else START, "end": END},
        "source": entry["source"] or "示例台账",
        "office": "示例综合科",
        "disclosure": "公开",
        "prepared": {"by": "示例填报人", "date": date(2026, 1, 8)},
        "reviewed": {"by": "示例审核人", "date": date(2026, 1, 12)},
    }
    if id_ not in _PRELIMINARY:
        filled["approved"] = {"by": "示例核定人", "date": date(2026, 1, 16)}
    if entry.get("counted"):
        filled["complete_through"] = END
    else:
        filled["value"] = _VALUES[id_]
    if id_ in _REVISED:
        old, new = _REVISED[id_]
        change = {"kind": "修订", "date": date(2026, 2, 3), "old": old, "new": new}
        filled["revisions"] = [{**change, "reason": "示例：补录三篇"}]
    return filled


class _Dumper(yaml.SafeDumper):
    """Writes repeated values in full: the archive's files do not allow YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, "utf-8")
