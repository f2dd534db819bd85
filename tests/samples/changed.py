"""The bureau's site with changes far from each other, built once for the tests that look at them.

A figure and an assessment item have ids in Chinese; a regulation is amended twice; the report has a sentence that
is another since the last release.
"""

import re
from pathlib import Path

from archive.build.site import build
from archive.checks import check
from archive.facts.project import Project
from archive.facts.releases import freeze_register
from archive.facts.site import load
from tests.conftest import AS_OF
from tests.samples.frozen import lay_out, leave_out_guide
from tests.samples.sample import git

FIGURE, ITEM = "志愿活动_次数", "统筹-谋划"
LEAVE, REPORT = "docs/regulations/leave.md", "docs/report/part-1.md"
AMENDED = """\
amendments:
  - date: 2024-05-06
    articles: [8, 13]
    summary: 简化病假证明
    added: [13]
    before:
      - article: 8
        text: 请病假应当提交医疗机构出具的诊断证明。
  - date: 2025-07-01
    articles: [8, 9]
    summary: 病假证明可以补交
    before:
      - article: 8
        text: 请病假应当说明需要休息的时间，依照[第九条](#art-9)办理。
draft: false
"""
ADOPTED = (
    ("number: 待补", "number: 无文号"),
    ("effective:\n", "effective: 2023-03-01\n"),
    ("amendments: []\ndraft: true\n", AMENDED),
)
REPORTED = (("既抓谋划部署，又抓督促落实。", "既抓谋划部署，也抓检查落实。"),)


def project(root: Path) -> Project:
    return Project(root, root / "data", AS_OF)


def make(root: Path) -> None:
    """Write the site, and build it into `site/`; its print files are yet to be made."""
    lay_out(root)
    leave_out_guide(root)
    for path in (*root.rglob("*.md"), *root.rglob("*.yml")):
        text = path.read_text("utf-8")
        called = re.sub(r"\bvolunteer_activities\b", FIGURE, text)
        if path.name == "criteria.yml":
            called = called.replace("\nplanning:", f"\n{ITEM}:")
        path.write_text(called, "utf-8")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a")
    frozen = freeze_register(load(project(root)).values, AS_OF, git(root, "rev-parse", "HEAD"))
    (root / "data/releases").mkdir(exist_ok=True)
    (root / "data/releases/年报.yml").write_text(frozen, "utf-8")
    _rewrite(root / LEAVE, *ADOPTED)
    _rewrite(root / REPORT, *REPORTED)
    assert [str(one) for one in check(load(project(root)))] == []
    assert [str(one) for one in build(project(root), root / "site", "late")] == []


def _rewrite(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
