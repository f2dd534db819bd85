"""A frozen release and what is reported of it."""

from pathlib import Path

from archive.facts.releases import freeze_register
from tests.samples.corrections import APPROVED
from tests.samples.sample import AS_OF, read

Changes = dict[str, str | bytes | None]
REPORTED: Changes = {"data/figures.yml": APPROVED}
NAME = "2025年度"
FILE = f"data/releases/{NAME}.yml"
COMMIT = "abcdef0123" * 4


def frozen_text(root: Path, changes: Changes = REPORTED) -> str:
    return freeze_register(read(root, changes).values, AS_OF, COMMIT)
