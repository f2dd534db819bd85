"""What must be set up once, and whether it is: the conditions of the repository, the settings, the releases.

Each room tells of what it uses; nothing is read but what is asked about, so that all of it takes no time.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive.facts.gather import RELEASES
from archive.facts.history import head
from archive.facts.project import Project
from archive.files.git import GitError, line
from archive.files.validation import validate
from archive.files.yaml import read
from archive.schema.releases import short
from archive.schema.types import USUAL_ZONE
from archive.schema.unit import Unit

UNIT = "unit.yml"


class ConditionState(StrEnum):
    """Whether a condition holds, as the word a maintainer sees."""

    MET = "好"
    MISSING = "缺"
    UNKNOWN = "不知道"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be set up: what must hold, what was found, and what to do unless it holds."""

    name: str
    state: ConditionState
    must: str
    found: str
    advice: str = ""
    needed: bool = False
    """Whether a site cannot be published without it."""

    def __str__(self) -> str:
        advice = "" if self.state is ConditionState.MET else f"；{self.advice}"
        needed = "（发布须有）" if self.needed else ""
        return f"{self.state:　<3} {self.name}{needed}：{self.must}，{self.found}{advice}"


def condition(
    name: str, met: bool | None, must: str, found: str, advice: str, needed: bool = False
) -> Condition:
    """The condition; `met` is None where it is not known."""
    state = (
        ConditionState.UNKNOWN
        if met is None
        else ConditionState.MET
        if met
        else ConditionState.MISSING
    )
    return Condition(name, state, must, found, advice, needed)


def read_unit(project: Project) -> Unit | None:
    """The settings of the bureau, read alone; None if they cannot be read or are not valid."""
    file = project.data / UNIT
    if not file.is_file() or file.is_symlink():
        return None
    return validate(Unit, read(file, project.name(file)))


def repository_conditions(project: Project) -> Iterator[Condition]:
    """Git, and a repository with a commit: with the first that is missing the others cannot be told."""
    git = shutil.which("git")
    yield condition(
        "Git",
        bool(git),
        "须装有 Git",
        f"现在{'有' if git else '没有'}",
        "请运行 sudo apt-get install git",
        needed=True,
    )
    if not git:
        return
    advice = "请运行 git init -b main && git add -A && git commit -m 建立档案"
    try:
        commit = head(project.root)
        count = line(project.root, "rev-list", "--count", "HEAD") if commit else ""
        found = f"现有 {count} 次提交，最近的是 {short(commit)}" if commit else "现在没有提交"
    except GitError as error:
        commit = ""
        found, _, advice = str(error).partition("；")
    yield condition("仓库", bool(commit), "须是 Git 仓库，内容已经提交", found, advice, needed=True)


def unit_conditions(project: Project, unit: Unit | None) -> Iterator[Condition]:
    """What stands in data/unit.yml."""
    file = project.name(project.data / UNIT)
    yield condition(
        "本单位的设置", unit is not None, f"{file} 须有并没有写错", "现在读得出" if unit else "现在没有，或者写错了",
        "请运行 .venv/bin/archive check，照提示改", needed=True,
    )  # fmt: skip
    if unit is None:
        return
    zone = unit.time_zone
    yield condition(
        "时区", True, "须写明本单位的时区",
        f"现为 {zone}" + ("（也是不写时的）" if zone == USUAL_ZONE else ""), "",
    )  # fmt: skip
    period = unit.record_period
    known = period.start is not None and period.end is not None
    yield condition(
        "建档期间", known, "须写明起止日期",
        f"现为 {period.start} 至 {period.end}" if known else "现在没有写全",
        f"请在 {file} 的 record_period 下填 start、end，写作 2023-01-02",
    )  # fmt: skip
    address = unit.site_address or unit.public_address
    yield condition(
        "网站地址", bool(address), "须写明首页的网址，打印件才有网址和二维码",
        f"现为 {address}" if address else "现在没有",
        f"请在 {file} 填 site_address: 网址（公开版的填 public_address）",
    )  # fmt: skip
    editor = unit.repository
    stated = [editor.forge, editor.address, editor.branch]
    yield condition(
        "编辑的链接", all(stated), "仓库的平台、网址、分支须写明，页面才有“编辑此页”",
        f"现为 {editor.forge} {editor.address} {editor.branch}" if all(stated) else "现在没有写全",
        f"请在 {file} 的 repository 下填 forge、address、branch",
    )  # fmt: skip


def release_condition(project: Project) -> Condition:
    """What was reported so far."""
    names = sorted(Path(path).stem for path in (project.data / RELEASES).glob("*.yml"))
    return condition(
        "报送", bool(names), "报送的那一天须存下指标登记，此后的改动才有据可查",
        f"现有 {len(names)} 次：{'、'.join(names)}" if names else "现在没有",
        "报送的时候，请运行 .venv/bin/archive freeze 名称，如 2025年度",
    )  # fmt: skip
