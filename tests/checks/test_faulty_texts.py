"""What is told of a faulty text: one message for one cause, at its line, ending with what to type.

`faulty_texts.yml` holds the faults, each put into a file of the sample, and all that the check then says.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.checks import check
from tests.samples.messages_site import SITE
from tests.samples.sample import FILES, problems, read
from tests.samples.ways_out import has_way_out

CASES: list[dict[str, Any]] = yaml.load(
    Path(__file__).with_name("faulty_texts.yml").read_text("utf-8"), yaml.CSafeLoader
)
ENCODINGS = {"bom": "utf-8-sig"}


def spoilt(case: dict[str, Any]) -> dict[str, str | bytes | None]:
    """The files of a case, faults put in."""
    changed: dict[str, str | bytes | None] = {}
    for file, faults in case["put"].items():
        text = FILES[file] if isinstance(faults, dict) else faults
        assert isinstance(text, str)
        for old, new in faults.items() if isinstance(faults, dict) else ():
            assert text.count(old) == 1, (file, old)
            text = text.replace(old, new)
        encoding = case.get("as", "utf-8")
        if encoding == "crlf":
            text, encoding = text.replace("\n", "\r\n"), "utf-8"
        changed[file] = text.encode(ENCODINGS.get(encoding, encoding))
    return changed


@pytest.mark.parametrize("case", CASES, ids=[case["fault"] for case in CASES])
def test_one_cause_has_one_message(tmp_path: Path, case: dict[str, Any]) -> None:
    assert problems(tmp_path, spoilt(case)) == case["said"]


def test_every_message_says_what_to_type() -> None:
    said = [line for case in CASES for line in case["said"]]
    assert [line for line in said if not has_way_out(line.partition(": ")[2])] == []


@pytest.mark.parametrize(
    "file",
    [
        file
        for file, text in SITE.items()
        if file.startswith(("data/", "docs/"))
        and file.endswith((".yml", ".md"))
        and isinstance(text, str)
    ],
)
def test_what_cannot_be_read_brings_no_fault_in_other_files(tmp_path: Path, file: str) -> None:
    text = SITE[file]
    assert isinstance(text, str)
    key = re.search(r"^[^#\n:]*(: )", text, re.MULTILINE).start(1)  # type: ignore[union-attr]
    for number, raw in enumerate(
        (
            text.encode("gb18030") + "。".encode("gb18030"),
            (text[:key] + "：[" + text[key + 2 :]).encode(),
        )
    ):
        found = check(read(tmp_path / str(number), {**SITE, file: raw}))
        assert {problem.path for problem in found} == {file}
