"""The ledgers of the sample sites, and their collections."""

from typing import Any

from archive.facts.ledgers import FOLDER, read_ledgers
from tests.samples.frozen import CONTENT

LEDGER_FILES = {
    f"data/{FOLDER}/{path.name}": path.read_text("utf-8")
    for path in sorted((CONTENT / "data" / FOLDER).glob("*.yml"))
}
"""Path from the root → the text of a description."""

COLLECTIONS = read_ledgers(
    {name.removeprefix("data/"): text.encode() for name, text in LEDGER_FILES.items()}, "data"
).collections

TABLES = {"figures": "指标登记", **{name: one.label for name, one in COLLECTIONS.items()}}
"""The tables they offer for download, each with its label."""

Volunteering: Any = COLLECTIONS["volunteering"].model
Publication: Any = COLLECTIONS["publications"].model
