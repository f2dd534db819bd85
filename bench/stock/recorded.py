"""What the macros of the stock site print: read from YAML and pages, and counted."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Places = dict[str, list[tuple[str, str]]]
Facts = tuple[dict[str, str], dict[str, Any], dict[str, list[str]], list[dict[str, Any]], Places]


def read(root: Path) -> Facts:
    """Names, figures, pages of reports, records and the places of figures of the site in `root`."""
    names, figures, reports = (
        load(root / f"data/{name}.yml") for name in ("names", "figures", "reports")
    )
    records = [load(path) for path in sorted((root / "data/volunteering").rglob("*.yml"))]
    for record in records:
        record["hours"] = record.get("hours_total") or record["hours_each"] * record["participants"]
    records.sort(key=lambda record: record["date"], reverse=True)
    for figure in figures.values():
        fill(figure, records)
    return names, figures, reports, records, find_places(root / "docs")


read_once = cache(read)


def load(path: Path) -> Any:
    """A YAML file as plain data, read by the fast loader."""
    with path.open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def fill(figure: dict[str, Any], records: list[dict[str, Any]]) -> None:
    """Set the number of a figure that is counted, from `records`."""
    counted = figure.get("counted")
    if counted:
        start, end = figure["period"]["start"], figure["period"]["end"]
        where = counted["where"].items()
        chosen = [
            record
            for record in records
            if start <= record["date"] <= end and all(record[k] == v for k, v in where)
        ]
        field = counted["field"]
        value = sum(record[field] for record in chosen) if field else len(chosen)
        figure["number"] = f"{value:,}" if value >= 10_000 else str(value)


def find_places(docs: Path) -> dict[str, list[tuple[str, str]]]:
    """Id of a figure → (address, title) of each subsection that shows it."""
    places: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(docs.rglob("*.md")):
        page, text = file.relative_to(docs).as_posix(), file.read_text("utf-8")
        found = re.search(r"^title: (.*)$", text, re.MULTILINE)
        title = found[1] if found else page
        place = (page.removesuffix("index.md").replace(".md", "/"), title)
        for call in re.finditer(r'^## (.*?) *\{ (#\S+) \}|\{\{ fig\("(\w+)"\) \}\}', text, re.M):
            if call[2]:
                address = place[0].partition("#")[0]
                place = (address + call[2], f"{title} · {call[1]}")
            elif place not in places.setdefault(call[3], []):
                places[call[3]].append(place)
    return places
