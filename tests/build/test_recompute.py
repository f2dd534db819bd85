"""Every counted figure of the demonstration, computed a second time by other means.

Here the records are read with plain PyYAML and counted with plain Python: nothing of the archive's
own reading, counting or printing is used. What comes out must stand in the sentence of the report,
in the register and in the totals of the collection's page.
"""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from tests.conftest import FROZEN
from tests.samples.collections import COLLECTIONS

Entry = dict[str, Any]

PARTS = ("overview", "part-1", "part-2", "part-3", "next")
COUNTED = [
    id_
    for id_, entry in yaml.load(
        (FROZEN / "data" / "figures.yml").read_text("utf-8"), yaml.CSafeLoader
    ).items()
    if "counted" in entry
]


def computed(data: Path, entry: Entry) -> Fraction:
    """The figure, from the files of its collection."""
    rule, period = entry["counted"], entry["period"]
    total = Fraction(0)
    for path in sorted((data / rule["collection"]).rglob("*.yml")):
        record = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        if not period["start"] <= record["date"] <= period["end"]:
            continue
        if any(record.get(name) != wanted for name, wanted in rule.get("where", {}).items()):
            continue
        total += 1 if rule["measure"] == "count" else amount(record, rule["field"])
    return total


def amount(record: Entry, field: str) -> Fraction:
    if field == "hours" and record.get("hours_total") is None:
        return Fraction(str(record["hours_each"])) * int(record["participants"])
    return Fraction(str(record["hours_total" if field == "hours" else field]))


def articles(site: Path, folder: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((site / folder / "index.html").read_bytes())


def whole(value: Fraction) -> str:
    """To a whole number, halves to even, in groups of three from five digits."""
    number = round(value)
    return f"{number:,}" if number >= 10_000 else str(number)


def says(shown: str, entry: Entry, value: Fraction) -> bool:
    """Whether what the page shows is true of the value, in the words the register allows."""
    words, unit = entry.get("approximation"), entry["unit"]
    if words == "近百":
        return shown == f"近百{unit}" and 90 <= value < 100
    if words == "百余":
        return shown == f"百余{unit}" and 100 < value < 200
    if words:
        found = re.fullmatch(rf"(\d+){words[-1]}{unit}", shown)
        return found is not None and int(found[1]) < value < int(found[1]) * Fraction(11, 10)
    return shown == f"{whole(value)}{unit}"


def column(rule: Entry) -> int:
    """Where the totals of the collection's page have what the rule counts."""
    where = {
        name: str(word).replace("True", "true") for name, word in rule.get("where", {}).items()
    }
    (found,) = (
        number
        for number, total in enumerate(COLLECTIONS[rule["collection"]].totals, 1)
        if (total.sums, total.where) == (rule.get("field"), where)
    )
    return found


@pytest.mark.parametrize("id_", COUNTED)
def test_a_counted_figure_is_what_its_records_come_to(
    demo_data: Path, demo_site: Path, id_: str
) -> None:
    entry = yaml.load((demo_data / "figures.yml").read_text("utf-8"), yaml.CSafeLoader)[id_]
    value = computed(demo_data, entry)
    assert value > 0
    shown = {
        link.text_content()
        for part in PARTS
        for link in articles(demo_site, f"report/{part}").xpath("//a[contains(@class, 'fig')]")
        if link.get("href").endswith(f"/indicators/{id_}/")
    }
    (one,) = shown
    assert says(one, entry, value)
    register = articles(demo_site, "figures")
    (row,) = register.xpath(f"//tr[@id='{id_}']")
    assert row.xpath("./td")[1].text_content() in shown
    page = articles(demo_site, f"records/{entry['counted']['collection']}")
    assert page.xpath(f"//a[contains(@href, '/indicators/{id_}/')]")
    table = page.xpath("//h2[@id='totals']/following-sibling::div[1]//table")[0]
    cell = table.xpath(".//tr[last()]/td")[column(entry["counted"])]
    assert Fraction(cell.text.replace(",", "")) == value


def test_no_record_lies_outside_the_three_years(demo_data: Path) -> None:
    days = [
        yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["date"]
        for path in demo_data.glob("*/2*/*.yml")
    ]
    assert len(days) == 357
    assert (min(days).year, max(days)) == (2023, date(2025, 12, 31))
