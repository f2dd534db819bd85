"""Files and records whose editions are compared."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.build.editions.tree import redacted_tree
from archive.checks import check
from archive.facts.site import load
from archive.files.yaml import parse
from tests.samples.sample import FILES, RECORD, read
from tests.samples.tables import listing

Changes = dict[str, str | bytes | None]


def tree(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> dict[str, str]:
    """Every file of the redacted tree of the sample, changed; the tree itself can be read."""
    with redacted_tree(read(root, {**LISTED, **(changes or {})})) as project:
        assert check(load(project)) == ()
        return {
            path.relative_to(project.root).as_posix(): path.read_text("utf-8")
            for path in sorted(project.root.rglob("*"))
            if path.is_file()
        }


def data(text: str) -> Any:
    document = parse(text, "x.yml")
    assert document.problems == []
    return document.data


LISTED: Changes = {**listing("volunteering")}
"""The page of the ledger of the sample."""
PUBLIC_UNIT: dict[str, str] = {
    **listing("volunteering"),
    "data/unit.yml": FILES["data/unit.yml"]
    .replace("names:", "least_people: 10\nnames:")
    .replace("value:\n", "value: 样例市\n"),
}
COMPLETE = (
    FILES["data/figures.yml"]
    .replace("complete_through:", "complete_through: 2025-12-31")
    .replace("    by:\n    date:", "    by: 甲\n    date: 2026-01-05", 1)
)
PATHS = ("data/volunteering/2024/20240305-a.yml", "data/volunteering/2024/20240306-b.yml")


def figure(files: Mapping[str, str], id_: str = "activities") -> Any:
    return data(files["data/figures.yml"])[id_]


def people(value: int, least: str, more: str = "") -> Changes:
    """The figure `visited`, a number of people, entered by hand."""
    head, _, rest = COMPLETE.partition("visited:")
    for old, new in (
        ("  mask:\n", '  mask: "*"\n'),
        ("    start:\n    end:\n", "    start: 2023-01-01\n    end: 2025-12-31\n"),
        ("  source:\n", "  source: 台账\n"),
        ("  office:\n", "  office: 甲\n"),
        ("  disclosure:\n  approximation: 近百\n", "  disclosure: 公开\n"),
        ("  value:\n", f"  value: {value}\n{more}"),
        ("  prepared:\n    by:\n    date:\n", "  prepared:\n    by: 甲\n    date: 2026-01-05\n"),
    ):
        assert rest.count(old) == 1, old
        rest = rest.replace(old, new)
    unit = FILES["data/unit.yml"].replace("names:", f"least_people: {least}\nnames:")
    return {**LISTED, "data/figures.yml": f"{head}visited:{rest}", "data/unit.yml": unit}


def parts(*values: int) -> Changes:
    """The figure `visited`, 30 in all, with parts of these values."""
    changes = people(30, "5")
    whole = str(changes["data/figures.yml"])
    entry = whole[whole.index("visited:") :].replace("  people:", "")
    page = FILES["docs/report/part-1.md"].rstrip("\n")
    for index, value in enumerate(values):
        part = entry.replace("visited:", f"part_{index}:").replace("走访居民", f"其中{index}", 1)
        part = part.replace("value: 30", f"value: {value}") + "  part_of: visited\n"
        whole = whole.rstrip("\n") + f"\n{part}"
        page += f'其中{{{{ fig("part_{index}") }}}}。'
    return {**changes, "data/figures.yml": whole, "docs/report/part-1.md": page.replace("其中{", "及{") + "\n"}  # fmt: skip


def records(files: Mapping[str, str]) -> list[int]:
    """The participants of the activities in the tree."""
    return [data(text)["participants"] for name, text in files.items() if "/volunteering/" in name]


def activity(day: int, participants: int, more: str = "") -> dict[str, str]:
    text = RECORD.replace("2024-03-05", f"2024-03-{day:02d}")
    text = text.replace("participants: 12", f"participants: {participants}")
    return {f"data/volunteering/2024/{day:02d}.yml": text + more}
