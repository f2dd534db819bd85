"""A report that was reported: sealed by `archive freeze`, read-only from then on, figures as they were."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.build.editions.tree import redacted_tree
from archive.checks import check
from archive.commands.cli import main
from archive.facts.gather import gather
from archive.facts.project import Project
from archive.facts.site import Site
from archive.render import macros
from archive.render.page_context import page_context
from tests.samples.editions import PUBLIC_UNIT, activity
from tests.samples.observations import observed, with_visits
from tests.samples.sample import AS_OF, SUMMARY, git, problems, read, write

PART = "docs/report/part-1.md"
LINE = '接待来访{{ fig("visits", period="2025") }}，{{ change("visits", period="2025") }}。'
YEARS = observed(y2024=24, y2025=30)
SIGNED = (
    "    date: 2026-01-05\n  reviewed:\n    by: 科长\n    date: 2026-01-06\n"
    "  approved:\n    by: 局长\n    date: 2026-01-07\n    value: 30\n"
)
APPROVED = YEARS.replace("    date: 2026-01-05\n", SIGNED)


def run(root: Path, *args: str) -> tuple[int, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        found = CliRunner().invoke(main, [*args, "--as-of", AS_OF.isoformat()])
    return found.exit_code, found.output


def seal(root: Path, changes: Mapping[str, str]) -> None:
    """Write the sample, changed, into a repository, its report reported with its figures."""
    write(root, changes)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a")
    assert run(root, "freeze", "2025年度", "--report", "summary") == (
        0,
        "已写入 data/releases/2025年度.yml，3 个指标；请提交。\n已封存 data/reports/summary.yml 的各页；请一并提交。\n",
    )


def test_a_report_is_reported_with_its_figures_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C when one of the two files has been written."""
    write(tmp_path, with_visits(APPROVED, LINE))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "a")
    replace, link = Path.replace, os.link

    def stopped(put: Callable[..., Any]) -> Callable[..., Any]:
        def last(*given: Any) -> Any:
            if (tmp_path / "data/releases/2025年度.yml").exists() or SUMMARY in str(given[1]):
                monkeypatch.undo()
                put(*given)
                raise KeyboardInterrupt
            return put(*given)

        return last

    monkeypatch.setattr(Path, "replace", stopped(replace))
    monkeypatch.setattr(os, "link", stopped(link))
    assert run(tmp_path, "freeze", "2025年度", "--report", "summary")[0] == 1
    status = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=tmp_path, capture_output=True, text=True
    )
    assert status.stdout == ""


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """The sample, its report reported."""
    root = tmp_path / "site"
    seal(root, with_visits(APPROVED, LINE))
    return root


def faults(root: Path) -> list[str]:
    site = Site(gather(Project(root, root / "data", AS_OF)))
    return [str(problem) for problem in check(site)]


def change_file(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (old, text)
    path.write_text(text.replace(old, new), "utf-8")


def test_the_report_says_what_was_sealed(sealed: Path) -> None:
    assert faults(sealed) == []
    text = (sealed / SUMMARY).read_text("utf-8")
    assert re.sub("sha256:[0-9a-f]{64}", "…", text) == (
        "title: 汇报\nkind: 创建汇报\nperiod:\n  start: 2023-01-01\n  end: 2025-12-31\nstate: 已报送\n"
        "reported: 2026-03-01\nrelease: 2025年度\npages:\n  - page: report/overview.md\n  - page: report/part-1.md\n"
        "sealed:\n  报告: …\n  report/overview.md: …\n  report/part-1.md: …\n"
    )


def test_it_is_reported_once(sealed: Path) -> None:
    git(sealed, "add", "-A")
    git(sealed, "commit", "-qm", "b")
    assert run(sealed, "freeze", "再报", "--report", "summary") == (
        1,
        "报送的须是起草中的报告，summary 现为已报送；请改用起草中的报告的编号\n",
    )
    assert run(sealed, "freeze", "再报", "--report", "sumary") == (
        1,
        "报告须是已有的，没有 sumary，是否为 summary？\n",
    )
    assert not (sealed / "data/releases/再报.yml").exists()


def test_a_page_changes_only_by_a_correction_that_is_recorded(sealed: Path) -> None:
    change_file(sealed, PART, "接待来访", "接待群众来访")
    (found,) = faults(sealed)
    digest = found.partition("digest: ")[2].partition(",")[0]
    assert re.fullmatch("sha256:[0-9a-f]{64}", digest)
    item = f"- {{date: 2026-03-01, page: report/part-1.md, digest: {digest}, reason: , by: }}"
    assert found == (
        f"{PART}:1: 已报送的报告须与报送时一样，report/part-1.md现已不同；请从 Git 恢复，确须更正的，"
        f"在 data/reports/summary.yml 的 corrections 下加一项 {item}，填上原因和核定岗位"
    )
    report = sealed / SUMMARY
    text = report.read_text("utf-8")
    corrected = item.replace("reason: ,", "reason: 漏字,").replace("by: }", "by: 局长}")
    report.write_text(f"{text}corrections:\n  {corrected}\n", "utf-8")
    assert faults(sealed) == []
    site = Site(gather(Project(sealed, sealed / "data", AS_OF)))
    assert page_context(site, "report/part-1.md")["reported"] == (
        "本报告2026年3月1日报送，已报送，文字和数照报送时的样子。此后：2026年3月1日更正：漏字。"
    )
    assert page_context(site, "report/overview.md")["reported"] == (
        "本报告2026年3月1日报送，已报送，文字和数照报送时的样子。"
    )
    change_file(sealed, PART, "接待群众来访", "接待来访者")
    assert len(faults(sealed)) == 1


def test_the_report_itself_is_sealed_as_well(sealed: Path) -> None:
    change_file(sealed, SUMMARY, "end: 2025-12-31", "end: 2025-12-30")
    found = [one for one in faults(sealed) if "报告的名称、种类、期间、各页" in one]
    assert len(found) == 1
    assert found[0].startswith(f"{SUMMARY}:9: 已报送的报告须与报送时一样，报告的名称")


def test_the_public_edition_masks_what_it_cannot_show_as_it_was_reported(tmp_path: Path) -> None:
    """A number that was not known then, and one whose revision would tell of a hidden record."""
    root = tmp_path / "site"
    line = f'{LINE}上年{{{{ fig("visits", period="2023") }}}}。'
    changes = with_visits(f"{APPROVED}visits@2023:\n  value:\n", line)
    signed = SIGNED.replace("    value: 30\n", "    value: 3\n").removeprefix(
        "    date: 2026-01-05\n"
    )
    blank = "complete_through:\n  prepared:\n    by:\n    date:\n"
    for old, new in (
        (
            blank,
            "complete_through: 2025-12-31\n  prepared:\n    by: 办公室\n    date: 2026-01-05\n",
        ),
        ("  reviewed:\n    by:\n    date:\n  approved:\n    by:\n    date:\n", signed),
    ):
        changes["data/figures.yml"] = changes["data/figures.yml"].replace(old, new, 1)
    changes |= PUBLIC_UNIT | activity(1, 20) | activity(2, 20)
    seal(root, changes)
    (path, text), *_ = activity(3, 4).items()
    (root / path).write_text(text, "utf-8")
    item = "{kind: 更正, date: 2026-03-01, old: 3, new: 4, reason: 漏计, by: 局长}"
    change_file(
        root, "data/figures.yml", "    value: 3\n", f"    value: 3\n  revisions: [{item}]\n"
    )
    filled = "  value: 77\n  prepared:\n    by: 办公室\n    date: 2026-01-09\n"
    change_file(root, "data/figures.yml", "visits@2023:\n  value:\n", f"visits@2023:\n{filled}")
    assert faults(root) == []
    site = Site(gather(Project(root, root / "data", AS_OF)))
    assert _shown(site) == ["3次", "近百人", "30人次", "增长25.0%", "**人次"]
    with redacted_tree(site) as project:
        public = Site(gather(project))
        assert check(public) == ()
        assert _shown(public) == ["***次", "***人", "30人次", "增长25.0%", "**人次"]
        numbers = [public.values[id_].exact for id_ in ("activities", "visits@2023")]
        assert numbers == [4, 77]
        said = page_context(public, "report/part-1.md")["reported"]
        assert said == "本报告2026年3月1日报送，已报送，文字和数照报送时的样子。"


def _shown(site: Site) -> list[str]:
    """What the macros show on the page of the report."""
    page = site.archive.pages["report/part-1.md"]
    text = page.rendered(macros(site, page.path), page.path)
    links = re.findall(r"(?<!!)\[((?:[^\[\]])*)\]\([^)]*\){ \.fig", text)
    return [unescape(re.sub("<[^<>]*>", "", one)) for one in links]


def test_line_breaks_of_a_clone_say_nothing(sealed: Path) -> None:
    path = sealed / PART
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(sealed) == []


def test_a_revised_figure_is_shown_as_it_was_reported(sealed: Path) -> None:
    change_file(sealed, "data/figures.yml", "\n  value: 30\n", "\n  value: 36\n")
    change_file(
        sealed,
        "data/figures.yml",
        "    value: 30\n",
        "    value: 30\n  revisions:\n    - {kind: 更正, date: 2026-03-01, old: 30, new: 36, reason: 漏计, by: 局长}\n",
    )
    assert faults(sealed) == []
    site = Site(gather(Project(sealed, sealed / "data", AS_OF)))
    page = "report/part-1.md"
    functions = macros(site, page)
    then, growth = (
        functions["fig"]("visits", period="2025"),
        functions["change"]("visits", period="2025"),
    )
    assert (then.partition("]")[0], growth.partition("]")[0]) == ("[30人次", "[增长25&#46;0&#37;")
    assert "此后更正（2026年3月1日）由 30 改为 36，漏计" in then
    assert macros(site, "index.md")["fig"]("visits", period="2025").startswith("[36人次]")
    assert page_context(site, page)["reported"] == (
        "本报告2026年3月1日报送，已报送，文字和数照报送时的样子。此后："
        '<a href="../../indicators/visits/#visits@2025">接待来访（2025年）</a>报送 30，现为 36人次。'
    )  # fmt: skip


def test_without_the_release_the_revisions_lead_back(tmp_path: Path) -> None:
    """The public edition has no releases; it shows the same."""
    revised = APPROVED.replace("  value: 30\n  prepared", "  value: 36\n  prepared") + (
        "  revisions:\n    - {kind: 更正, date: 2026-02-20, old: 30, new: 36, reason: 漏计, by: 局长}\n"
    )
    text = (
        "title: 汇报\nkind: 创建汇报\nperiod: {start: 2023-01-01, end: 2025-12-31}\nstate: 存档\n"
        "reported: 2026-02-01\npages:\n  - page: report/overview.md\n  - page: report/part-1.md\n"
    )
    site = read(tmp_path, {**with_visits(revised, LINE), SUMMARY: text})
    functions = macros(site, "report/part-1.md")
    assert functions["fig"]("visits", period="2025").startswith("[30人次]")
    assert "状态：核定" in functions["fig"]("visits", period="2025")
    assert functions["fig"]("visits", period="2024").startswith("[24人次]")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("release: 2025年度\n", "起草中的报告不得有 release、sealed、corrections；请删去，报送时运行 .venv/bin/archive freeze 写出"),
        ("corrections:\n  - {date: 2026-02-01, page: report/part-1.md, digest: sha256:%s, reason: 字, by: 局长}\n" % ("0" * 64), "起草中的报告不得有 release、sealed、corrections；请删去，报送时运行 .venv/bin/archive freeze 写出"),
    ],
)  # fmt: skip
def test_a_draft_has_nothing_sealed(tmp_path: Path, line: str, expected: str) -> None:
    changes = with_visits(YEARS)
    text = read(tmp_path / "x").archive.project.root.joinpath(SUMMARY).read_text("utf-8")
    assert problems(tmp_path, {**changes, SUMMARY: text + line}) == [f"{SUMMARY}:6: {expected}"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("page", "report/part-2.md", "更正的 page（页面）须是本报告的，没有 report/part-2.md，是否为 report/part-1.md？"),
        ("by", "张伟", "更正的 by（核定岗位）须写岗位，不写姓名，现有“张*”；例如：by: 办公室主任"),
        ("by", "", "更正须写明核定岗位（by），现为空；例如：by: 办公室主任"),
        ("date", "2026-02-01", "date（更正日期）须不早于报送日期（或上一次更正） 2026-03-01，现为 2026-02-01；请改为 2026-03-01 或以后的日期，或者改正前一个日期"),
        ("date", "2027-02-01", "date（更正日期）须不晚于今天（2026-03-01），现为 2027-02-01；请改为今天或以前的日期，还没有发生的先不写"),
    ],
)  # fmt: skip
def test_faults_of_corrections(sealed: Path, field: str, value: str, expected: str) -> None:
    held = (sealed / SUMMARY).read_text("utf-8")
    digest = held.partition("report/part-1.md: ")[2].partition("\n")[0]
    one = {"date": "2026-03-01", "page": "report/part-1.md", "digest": digest, "reason": "字", "by": "局长"}  # fmt: skip
    item = ", ".join(f"{name}: {text}" for name, text in {**one, field: value}.items())
    (sealed / SUMMARY).write_text(f"{held}corrections:\n  - {{{item}}}\n", "utf-8")
    assert faults(sealed) == [f"{SUMMARY}:17: {expected}"]


def test_the_public_edition_says_what_was_corrected(sealed: Path) -> None:
    change_file(sealed, PART, "接待来访", "接待群众来访")
    digest = faults(sealed)[0].partition("digest: ")[2].partition(",")[0]
    held = (sealed / SUMMARY).read_text("utf-8")
    item = (
        f"- {{date: 2026-03-01, page: report/part-1.md, digest: {digest}, reason: 漏字, by: 局长}}"
    )
    (sealed / SUMMARY).write_text(f"{held}corrections:\n  {item}\n", "utf-8")
    assert faults(sealed) == []
    with redacted_tree(Site(gather(Project(sealed, sealed / "data", AS_OF)))) as project:
        public = Site(gather(project))
        assert public.archive.problems == []
        report = public.archive.reports["summary"]
        assert (report.sealed, report.release) == ({}, None)
        assert [(one.reason, one.digest, one.by) for one in report.corrections] == [
            ("漏字", None, None)
        ]
        assert page_context(public, "report/part-1.md")["reported"].endswith(
            "2026年3月1日更正：漏字。"
        )
