"""Two editors, forms, sheets and a maintainer who merges, in any order: no change is lost, none is undone.

What is proposed stands in main after its merge, or in its open pull request, or its author is told why not; and
whatever somebody proposes, nothing else changes.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from archive.editing.sheet.export import export
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.git import git, line, names
from archive.files.yaml import parse_bytes
from archive.schema.fields import fields
from tests.samples.desk import LABEL, OTHER, ROW, SECOND, put
from tests.samples.forms import ACTIVITY, FORMS, TITLE, body
from tests.samples.office import DAY, ConflictError, Office
from tests.samples.standin import Forge, serving

FIRST = "data/volunteering/2024/20240305-a.yml"
RECORDS = (FIRST, SECOND)
FILES: dict[str, str | bytes | None] = {SECOND: OTHER}
FIELDS = {"place": "地点", "organiser": "组织科室", "source": "原始资料"}
"""The fields that people change; the last two stand on neighbouring lines."""
FORM = FORMS["volunteering"]

Place = tuple[str, str]
"""A file, and a field of its record; empty for a file that is no record."""
Values = dict[Place, Any]


@cache
def values(bare: Path, commit: str) -> Values:
    """Everything in a commit; of a file that is no record, its id."""
    found: Values = {}
    for entry in names(bare, "ls-tree", "-r", "-z", commit):
        about, _, path = entry.partition("\t")
        blob = about.split(" ")[2]
        if path.startswith("data/volunteering/") and path.endswith(".yml"):
            found |= {(path, name): one for name, one in record(bare, blob).items()}
        else:
            found[path, ""] = blob
    return found


@cache
def record(bare: Path, blob: str) -> dict[str, Any]:
    held = parse_bytes(git(bare, "cat-file", "blob", blob) or b"", "").data
    return {name: "" if one is None else one for name, one in held.items()}


def differing(old: Values, new: Values) -> Values:
    """The places whose values differ → the value in `new`, None where it has none."""
    return {
        place: new.get(place)
        for place in old.keys() | new.keys()
        if old.get(place) != new.get(place)
    }


@dataclass
class Proposal:
    """A pull request from a branch, or the issue from which one is made."""

    branch: str
    issue: int = 0
    pull: int = 0
    meant: Values = field(default_factory=dict)
    """What its author's last accepted text changes."""
    asked: Values = field(default_factory=dict)
    """What the text of its issue changes, accepted or not."""
    base: Values = field(default_factory=dict)
    """What its author saw when that was begun."""
    reviewed: Values = field(default_factory=dict)
    """What somebody else has changed on its branch since."""
    text: Callable[[Values], str] = str
    """The text of its issue that means these changes."""
    is_open: bool = True


class People:
    """What people do in the office, in an order that `draw` gives; each step looks for what is lost."""

    def __init__(self, office: Office, draw: Random, workbook: Callable[[str], bytes]) -> None:
        self.office, self.forge, self.draw = office, office.forge, draw
        self.workbook = workbook
        self.proposals: list[Proposal] = []
        self.mains = [office.forge.head("main")]
        """What main has been: people fill in what they opened or downloaded some time ago."""
        self.done: list[str] = []
        """What has happened, for whoever reads of a failure."""

    def step(self) -> None:
        filed = [one for one in self.proposals if one.issue]
        ready = [one for one in self.proposals if one.pull and one.is_open]
        ways: list[Callable[[], None]] = [self.edits, self.edits]
        ways += [self.files_form, self.files_sheet] if len(filed) < 3 else []
        ways += [lambda: self.edits_issue(self.draw.choice(filed))] * 3 if filed else []
        ways += [lambda: self.closes_or_reopens(self.draw.choice(filed))] if filed else []
        ways += [lambda: self.merges(self.draw.choice(ready))] * 3 if ready else []
        ways += [lambda: self.reviews(self.draw.choice(ready))] if ready else []
        self.draw.choice(ways)()

    # Editors.

    def edits(self) -> None:
        """One of two editors changes a value on a branch, from main if it is new, with a pull request."""
        name = self.draw.choice("甲乙")
        found = [one for one in self.proposals if one.branch.startswith(name)]
        there = found[-1] if found and found[-1].is_open else None
        if there is None:
            there = Proposal(f"{name}-{len(found)}")
            self.proposals.append(there)
        place, new = self.drawn()
        self.changes(there.branch, place, new)
        there.meant[place] = new
        there.reviewed.pop(place, None)
        there.pull = there.pull or self.forge.open(there.branch)
        if self.draw.random() < 0.5:
            self.merges(there)

    def reviews(self, one: Proposal) -> None:
        """A reviewer changes a value on somebody's branch."""
        place, new = self.drawn()
        self.changes(one.branch, place, new)
        one.reviewed[place] = new

    def changes(self, branch: str, place: Place, new: str) -> None:
        path, name = place
        now = self.at(branch)[place] if self.forge.head(branch) else self.at("main")[place]
        self.office.edit(branch, path, f"\n{name}: {now}\n", f"\n{name}: {new}\n")
        self.done.append(f"{branch}: {name} of {path} is {new}")

    def drawn(self) -> tuple[Place, str]:
        """A value of a record, and a new one that nobody else has."""
        place = (self.draw.choice(RECORDS), self.draw.choice([*FIELDS]))
        return place, f"改{len(self.done)}"

    # Issues.

    def files_form(self) -> None:
        commit = self.draw.choice(self.mains)
        base = values(self.forge.bare, commit)
        if self.draw.random() < 0.3:
            number = len(self.forge.issues) + 1
            path = f"data/volunteering/2025/20250312-issue-{number}.yml"
            asked = {**ACTIVITY, "日期": "2025-03-12", "活动名称": f"新{number}"}
            meant = {(path, "title"): f"新{number}", (path, "place"): "社区"}

            def added(wanted: Values) -> str:
                return body("volunteering", {**asked, "地点": str(wanted[path, "place"])})

            self.files("volunteering", base, meant, added)
            return
        record = self.draw.choice(RECORDS)

        def changed(wanted: Values) -> str:
            held = {
                name: base[record, name] for name in fields(FORM_MODEL) if (record, name) in base
            }
            held |= {name: new for (path, name), new in wanted.items() if path == record}
            return body(
                "volunteering",
                {"改已有的记录": f"{Path(record).stem}#{commit[:12]}", **answers(held)},
            )

        self.files("volunteering", base, self.some(record), changed)

    def files_sheet(self) -> None:
        commit = self.draw.choice(self.mains)
        base, raw = values(self.forge.bare, commit), self.workbook(commit)
        row = f"表{len(self.forge.issues) + 1}" if self.draw.random() < 0.4 else ""

        def filled(wanted: Values) -> str:
            link = self.forge.attach("表.xlsx", workbook_with(raw, wanted, row))
            return body("sheet", {"表格": link})

        new = {("", "title"): row} if row else {}
        self.files("sheet", base, {**self.some(), **new}, filled)

    def files(self, kind: str, base: Values, meant: Values, text: Callable[[Values], str]) -> None:
        number = self.forge.file(TITLE[kind], text(meant))
        one = Proposal(f"form/{number}", number, base=base, text=text)
        self.proposals.append(one)
        self.answered(one, meant)

    def edits_issue(self, one: Proposal) -> None:
        """Its author says something else of one value."""
        place = self.draw.choice([place for place in one.asked if place[1] in FIELDS])
        asked = {**one.asked, place: f"改{len(self.done)}"}
        self.forge.issues[one.issue]["body"] = one.text(asked)
        self.answered(one, asked)

    def closes_or_reopens(self, one: Proposal) -> None:
        issue = self.forge.issues[one.issue]
        issue["state"] = "closed" if issue["state"] == "open" else "open"
        self.answered(one, one.asked)

    def some(self, record: str = "") -> Values:
        """Changes of one or two values."""
        found: Values = {}
        for at in range(self.draw.choice((1, 1, 2))):
            (path, name), new = self.drawn()
            found[record or path, name] = f"{new}之{at}"
        return found

    # What is looked at after each step.

    def at(self, branch: str) -> Values:
        return values(self.forge.bare, self.forge.head(branch))

    def answered(self, one: Proposal, meant: Values) -> None:
        """The workflow answers an issue: all that is meant is on the branch, or nothing and it is told why."""
        one.asked = meant
        before, main = self.forge.head(one.branch), self.at("main")
        result = self.office.work("form", self.forge.issue_event(one.issue))
        assert result.exit_code == 0, result.output
        said = self.forge.said(one.issue)
        reply = said[0] if said else ""
        self.done.append(f"#{one.issue} means {meant}: {reply or result.output}")
        if result.output.endswith("已答复。\n") and "处要改" in result.output:
            assert self.clashes(one, meant, main), "refused without a reason"
        if not result.output.startswith(f"议题 #{one.issue} 已成为"):
            assert self.forge.head(one.branch) == before
            return
        assert self.forge.issues[one.issue]["state"] == "open"
        assert one.is_open
        one.meant, one.pull = meant, one.pull or self.forge.pulls()[0]
        self.stands(one)

    def clashes(self, one: Proposal, meant: Values, main: Values) -> bool:
        """Whether others have changed a value otherwise, or left nothing to change."""
        others = [differing(one.base, main), one.reviewed]
        unlike = any(
            place in it and it[place] != new for it in others for place, new in meant.items()
        )
        return unlike or all(main.get(place) == new for place, new in meant.items())

    def stands(self, one: Proposal) -> None:
        """What is proposed stands on the branch, and nothing else; no value that its author did not know is gone."""
        tip, there = self.forge.head(one.branch), self.at(one.branch)
        fork = values(self.forge.bare, line(self.forge.bare, "merge-base", "main", tip))
        changed = differing(fork, there)
        row = one.meant.get(("", "title"))
        added = {path for (path, name), new in changed.items() if name == "title" and new == row}
        assert bool(row) == bool(added)
        added |= {path for path, name in one.meant if path and name == "title"}
        wanted = {place: new for place, new in one.meant.items() if place[0]} | one.reviewed
        for place, new in wanted.items():
            assert there.get(place) == new, (place, new)
        for place, new in changed.items():
            assert new == wanted.get(place) or place[0] in added, (place, new)
            if place in one.base.keys() - one.reviewed.keys():
                assert fork[place] in (one.base[place], new), (place, fork[place])

    def merges(self, one: Proposal) -> None:
        """The maintainer merges; where Git cannot, the forge says so, and the pull request stays open."""
        bare, tip, old = self.forge.bare, self.forge.head(one.branch), self.at("main")
        self.stands(one)
        fork = values(bare, line(bare, "merge-base", "main", tip))
        change = differing(fork, values(bare, tip))
        try:
            self.office.merge(one.pull)
        except ConflictError:
            others = differing(fork, old)
            assert {path for path, _ in others} & {path for path, _ in change}, (
                "a merge that Git refuses"
            )
            self.done.append(f"{one.branch} conflicts")
            return
        one.is_open = False
        self.mains.append(self.forge.head("main"))
        self.done.append(f"{one.branch} is merged")
        after = {**old, **change}
        assert self.at("main") == {place: one for place, one in after.items() if one is not None}

    def nothing_is_lost(self) -> None:
        """At the end: what is not merged stands on its branch."""
        for one in self.proposals:
            if one.is_open and one.pull:
                self.stands(one)


FORM_MODEL = FORM.model


def answers(record: Values | dict[str, Any]) -> dict[str, str]:
    """A record as its form begins."""
    labels = {one.field: one.label for one in FORM.questions}
    return {
        labels[name]: f"{one}"
        for name, one in record.items()
        if name in labels and one not in ("", [])
    }


def workbook_with(raw: bytes, wanted: Values, row: str) -> bytes:
    """The workbook with these values of records, and a new row of this title."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book[LABEL]
    rows = {sheet.cell(at, 1).value: at for at in range(2, sheet.max_row + 1)}
    cells = {
        (rows[Path(path).stem], FIELDS[name]): new for (path, name), new in wanted.items() if path
    }
    if row:
        cells |= {(len(rows) + 2, head): one for head, one in {**ROW, "活动名称": row}.items()}
    put(sheet, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BOOKS: dict[str, bytes] = {}
"""Tree → the ledger's workbook: every office begins with the same."""


def interleaved(folder: Path, seed: int, steps: int) -> None:
    with serving(Forge(folder)) as forge:
        office = Office(folder, forge, FILES)

        def workbook(commit: str) -> bytes:
            tree = line(forge.bare, "rev-parse", f"{commit}:data")
            if tree not in BOOKS:
                root = office.clone("main")
                git(root, "checkout", "--quiet", commit)
                site = load(Project(root, root / "data", date.fromisoformat(DAY)))
                BOOKS[tree] = export(site, "volunteering")
            return BOOKS[tree]

        people = People(office, Random(seed), workbook)
        try:
            for _ in range(steps):
                people.step()
            people.nothing_is_lost()
        except BaseException as error:
            error.add_note("\n".join([f"seed {seed}", *people.done]))
            raise


SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(4, 20))]
"""Every step there is, a conflict, a refusal and what comes too late are among the first."""


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost(tmp_path: Path, seed: int) -> None:
    interleaved(tmp_path, seed, 9)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(200))
def test_nothing_is_lost_in_any_order(tmp_path: Path, seed: int) -> None:
    interleaved(tmp_path, 1000 + seed, 15)
