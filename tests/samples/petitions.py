"""The ledger that the guide adds as an example, word for word, and some records of it."""

import re
from collections.abc import Sequence

from archive.facts.ledgers import read_ledgers
from archive.files.writing import record
from archive.schema.collections import Collection
from demo import invented
from tests.conftest import ROOT

_SECTION = (ROOT / "archive/guide/maintainer.md").read_text("utf-8").partition("{ #collection }")[2]
_SHOWN = re.findall(r"```(?:yaml|markdown)\n(.*?)```", _SECTION.partition("\n## ")[0], re.DOTALL)
DESCRIPTION, PAGE, FIGURE = (re.sub(r"\{% (?:end)?raw %\}", "", shown) for shown in _SHOWN)

NAME, LEDGER = "petitions", "data/ledgers/petitions.yml"
PAGE_FILE = "docs/records/petitions.md"
LAST = {"source": "示例登记簿", "evidence": [], "recorder": "示例办公室"}
"""The last fields of a record."""


def made(description: str, name: str, years: Sequence[int]) -> tuple[Collection, dict[str, str]]:
    """The collection that a description makes, and valid records of it: path from the root → text."""
    found = read_ledgers({f"ledgers/{name}.yml": description.encode()}, "data")
    assert found.problems == []
    collection = found.collections[name]
    assert collection.ledger
    records = invented.records(collection.ledger, years, {})
    return collection, {
        f"data/{name}/{one['date'].year}/{id_}.yml": record({**one, **LAST}, collection.model)
        for id_, one in records
    }
