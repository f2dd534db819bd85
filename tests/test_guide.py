"""The guide's pages for clerk, reviewer and maintainer: what they show is so, and works."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from archive.checks import check
from archive.commands.cli import main
from archive.facts.ledgers import read_ledgers
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.own_files import GUIDE_LEADS_TO, OWN_FILES
from archive.proposals.pulls import answers
from archive.schema.fields import fields
from tests.browser.pictures import FOLDER, PICTURES, WIDTH
from tests.conftest import AS_OF, FROZEN, ROOT
from tests.samples import sample
from tests.samples.collections import LEDGER_FILES
from tests.samples.forms import FORMS
from tests.samples.messages_guide import Piece, put
from tests.samples.messages_site import SITE, VOLUNTEERING

GUIDE = ROOT / "archive" / "guide"
CLERK, REVIEWER, MAINTAINER = (
    (GUIDE / f"{name}.md").read_text("utf-8") for name in ("clerk", "reviewer", "maintainer")
)
_FENCE = re.compile(
    r'^(?P<indent> *)``` \{ \.(?P<lexer>\w+) \.\w+ title="(?P<role>..?)：(?P<file>[^（"]+)'
    r'(?:（(?P<state>[^）]+)）)?" \}\n(?P<text>.*?)^ *```$',
    re.MULTILINE | re.DOTALL,
)


class Example(NamedTuple):
    """A change of one file: what is put in its place if `old` is empty, else what becomes of `old`."""

    task: str
    file: str
    old: str
    new: Piece


def examples() -> list[Example]:
    """The changes that the clerk's page shows, in order."""
    found = []
    old = ""
    for fence in _FENCE.finditer(CLERK):
        text = re.sub(f"^{fence['indent']}", "", fence["text"], flags=re.MULTILINE)
        if fence["role"] == "原来":
            old = text
            continue
        task = re.findall(r"^## .*\{ #(\w+) \}", CLERK[: fence.start()], re.MULTILINE)[-1]
        front = fence["lexer"] == "yaml" and fence["file"].endswith(".md")
        whole = fence["state"] if fence["state"] == "整个文件" else ""
        new = Piece(fence["file"], text, whole, front)
        found.append(Example(task, fence["file"], old, new))
        old = ""
    return found


EXAMPLES = examples()


@pytest.mark.parametrize("task", ["figure", "sentence", "regulation"])
def test_what_the_clerk_is_told_to_write_passes_the_check(tmp_path: Path, task: str) -> None:
    """On the site itself, all of a task together, as one pull request has it."""
    for name in ("data", "docs"):
        shutil.copytree(FROZEN / name, tmp_path / name)
    shutil.copy(FROZEN / "mkdocs.yml", tmp_path)
    changed = [example for example in EXAMPLES if example.task == task]
    assert changed
    for example in changed:
        file = tmp_path / example.file
        there = file.read_text("utf-8") if file.exists() else None
        if example.old:
            assert there is not None
            # A line is shown as it stands; of a paragraph only a part.
            old, new = example.old.removesuffix("\n"), example.new.text.removesuffix("\n")
            assert there.count(old) == 1
            text: str | bytes | None = there.replace(old, new)
        else:
            text = put(there, example.new)
        assert isinstance(text, str)
        assert text != there
        file.write_text(text, "utf-8")
    found = check(load(Project(tmp_path, tmp_path / "data", AS_OF)))
    assert [str(problem) for problem in found] == []


def test_every_example_of_the_clerk_is_tried() -> None:
    assert {example.task for example in EXAMPLES} == {"figure", "sentence", "regulation"}


def test_the_clerk_is_told_of_every_form() -> None:
    told = [form.title for form in FORMS.values() if form.title in CLERK]
    assert told == [
        "上传表格",
        "填报指标",
        "填写名称",
        "制度的文号和日期",
        "登记制度",
        "登记典型事例",
        "登记荣誉",
        "登记荣誉复查",
        "登记志愿服务活动",
        "登记下一步任务",
        "登记发布审签",
        "修订或更正指标",
    ]  # of those of ledgers, one stands for all


def test_the_clerk_is_told_the_answers_as_they_are_given() -> None:
    faults = ["date（日期）须不晚于今天，现为 2027-01-01"] * 3
    given = (
        answers.accepted("拉取请求 #7", started=True),
        answers.refused(FORMS["volunteering"], faults, None),
        answers.finished("拉取请求 #7", merged=True),
    )
    for guide_answer, answer in zip(
        ("已生成拉取请求", "还有几处要改", "编辑议题不再起作用"), given, strict=True
    ):
        assert guide_answer in CLERK
        assert re.search(guide_answer.replace("几", " ?3 ?").replace("议题", "本?议题"), answer)


DECLARED = put(
    SITE["data/figures.yml"],
    Piece(
        "data/figures.yml",
        "volunteer_activities:\n  complete_through: 2025-12-31\n"
        "  prepared:\n    by: 办公室\n    date: 2026-01-06\n",
        "",
        front=False,
    ),
)
NEW = "data/volunteering/2024/20240412-义务植树.yml"
PLANTED = (
    str(SITE[VOLUNTEERING])
    .replace("2024-03-05", "2024-04-12")
    .replace("学雷锋志愿服务进社区", "义务植树")
    .replace("kind: 学雷锋", "kind: 植树造林")
)
REVISED = """\
visited_members:
  value: 10
  revisions:
    - {kind: 更正, date: 2025-03-03, old: 9, new: 10, reason: 漏计一人, by: 分管领导}
"""
PART = "docs/report/part-1.md"


@pytest.mark.parametrize(
    ("number", "register", "others"),
    [
        (0, REVISED, {NEW: PLANTED, PART: str(SITE[PART]).replace("开展志愿活动", "组织志愿活动")}),
        (1, "visited_members:\n  value: 10\n", {}),
    ],
)
def test_the_reviewer_sees_what_the_guide_shows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    register: str,
    others: dict[str, str],
) -> None:
    shown = re.findall(
        r"^\$ \.venv/bin/archive diff main\n(.*?)^```$", REVIEWER, re.MULTILINE | re.DOTALL
    )
    assert len(shown) == 2
    old = {**SITE, "data/figures.yml": DECLARED}
    new = put(DECLARED, Piece("data/figures.yml", register, "", front=False))
    sample.write(tmp_path / "main", old)
    sample.write(tmp_path / "head", {**old, "data/figures.yml": new, **others})
    monkeypatch.chdir(tmp_path / "head")
    result = CliRunner().invoke(main, ["diff", "../main", ".", "--as-of", "2026-03-01"])
    assert result.output == shown[number]


def test_the_maintainer_is_told_of_what_there_is() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in re.findall(r"`make (\w+)`", MAINTAINER):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
    for name in re.findall(r"`((?:archive|data|docs|tests)/[\w./-]*)`", MAINTAINER):
        # The folders of files and of releases are made with the first of them.
        assert (ROOT / name).exists() or name in ("docs/files/", "data/releases/"), name


def test_the_field_that_the_maintainer_is_shown_is_one() -> None:
    (line,) = re.findall(r"```yaml\n(  weather: .*)\n```", MAINTAINER)
    name = "data/ledgers/volunteering.yml"
    described = LEDGER_FILES[name].replace("key: [title]", f"{line}\nkey: [title]")
    read = read_ledgers({"ledgers/volunteering.yml": described.encode()}, "data")
    assert read.problems == []
    weather = fields(read.collections["volunteering"].model)["weather"]
    assert (weather.label, weather.need, weather.public) == ("天气", "可以不写", True)


def test_pictures_are_there_described_and_small() -> None:
    names = {f"{picture.name}.webp": picture for picture in PICTURES}
    assert {path.name for path in FOLDER.iterdir()} == names.keys()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 400_000
    shown = re.findall(
        r"!\[(.+)\]\(pictures/(\S+)\)\{ width=(\d+) height=(\d+) loading=lazy \}\n\n *图(\d)　.+\n *\{ \.caption \}",
        CLERK,
    )
    assert {name for _, name, *_ in shown} == names.keys()
    assert [int(number) for *_, number in shown] == list(range(1, len(PICTURES) + 1))
    for described, name, width, height, _ in shown:
        assert (int(width), int(height)) == (WIDTH, names[name].height)
        assert len(described) > 20


def test_its_pages_are_as_sound_as_any_and_lead_to_no_others(tmp_path: Path) -> None:
    """The check leaves them out, in every archive; so they are judged here, as if they had been written."""
    archive = load(Project(FROZEN, FROZEN / "data", AS_OF)).archive
    assert archive.brought - archive.made == {
        name for name in OWN_FILES if name.startswith("guide/") and name.endswith(".md")
    }
    shutil.copytree(FROZEN, tmp_path / "site")
    shutil.copytree(GUIDE, tmp_path / "site" / "docs" / "guide")
    site = load(Project(tmp_path / "site", tmp_path / "site" / "data", AS_OF))
    assert site.archive.brought == site.archive.made
    assert check(site) == ()
    pages = [page for path, page in site.archive.pages.items() if path.startswith("guide/")]
    led = {link.to.file for page in pages for link in page.links}
    assert {path for path in led if path and not path.startswith("guide/")} == {*GUIDE_LEADS_TO}
    shown = {call.name for page in pages for call in page.calls}
    assert shown == {"dictionary", "messages"}
