"""A clerk's five tasks, from the page to a green pull request, the way the guide has them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office
from tests.sample import FIGURES, REGULATION
from tests.standin import Forge, serving

KNOWN = FIGURES.replace(
    "  source:\n  office:\n  decimals: 0\n  disclosure:\n  approximation: 近百",
    "  source: 走访记录\n  office: 办公室\n  decimals: 0\n  disclosure: 公开\n  approximation: 近百",
).replace(
    "    kind: 时期\n    start:\n    end:\n",
    "    kind: 时期\n    start: 2023-01-01\n    end: 2025-12-31\n",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, {})
