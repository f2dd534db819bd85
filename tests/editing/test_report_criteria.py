"""Assessment items tied to the sections of a report that is brought."""

from pathlib import Path

import pytest

from archive.checks import check
from tests.samples.brought import begin, bring, contents, read

TEXT = """\
汇报

一、组织领导

（一）统筹谋划，推动创建工作

成立领导小组。

（二）从严管理

按制度办。

二、示范引领

（一）选树典型

宣传先进。

（二）再选树典型

学习先进。
"""
ITEM = """\
# 说明
{id}:
  code: {code}
  title: {title}
  asks: 有制度。
  report: {report}
  wanted: [正式文件]
  statement:
  evidence: []
"""
ITEMS = (
    ("planning", "甲", "统筹谋划", ""),
    ("management", "一（二）", "管理", "report/2024/1.md#s1-1"),
    ("examples", "乙", "选树典型", ""),
    ("members", "丙", "典型", ""),
    ("steps", "丁", "下一步", ""),
    ("people", "二（二）", "以人为本", ""),
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = begin(tmp_path.resolve())
    monkeypatch.chdir(root)
    (root / "总结.txt").write_text(TEXT, "utf-8")
    return root


def items(root: Path, listed: tuple[tuple[str, str, str, str], ...]) -> None:
    texts = (ITEM.format(id=a, code=b, title=c, report=d).replace("report: \n", "report:\n") for a, b, c, d in listed)  # fmt: skip
    (root / "data/criteria.yml").write_text("".join(texts), "utf-8")


def test_items_are_tied_where_the_title_or_the_code_is_that_of_one_heading(root: Path) -> None:
    items(root, ITEMS)
    done = bring("--criteria", "--write")
    assert done.exit_code == 0
    page = "report/2025/"
    assert [line for line in done.stdout.splitlines() if "考评项目" in line] == [
        f"考评项目 planning（统筹谋划）：{page}1.md#s1-1，（一）统筹谋划，推动创建工作",
        f"考评项目 management（管理）：{page}1.md#s1-2，（二）从严管理，原为 report/2024/1.md#s1-1",
        f"考评项目 examples（选树典型）：{page}2.md#s2-1，（一）选树典型",
        f"考评项目 people（以人为本）：{page}2.md#s2-2，（二）再选树典型",
        f"请定：考评项目 members（典型）像是几个小节：{page}2.md#s2-1、{page}2.md#s2-2；请在 data/criteria.yml 的 members 下写 report",
        "请定：考评项目 steps（下一步）没有找到相应的小节；请在 data/criteria.yml 的 steps 下写 report",
    ]
    written = (root / "data/criteria.yml").read_text("utf-8")
    assert written.count("# 说明\n") == len(ITEMS)
    site = read(root)
    assert {id_: one.report for id_, one in site.archive.criteria.items()} == {
        "planning": f"{page}1.md#s1-1", "management": f"{page}1.md#s1-2", "examples": f"{page}2.md#s2-1",
        "members": None, "steps": None, "people": f"{page}2.md#s2-2",
    }  # fmt: skip
    assert [one for one in check(site) if "report（报告小节）" in one.message] == []
    before = contents(root)
    assert bring("--criteria", "--write", "--replace").exit_code == 0
    assert contents(root) == before


def test_nothing_is_tied_unless_it_is_asked_for_and_none_is_told(root: Path) -> None:
    items(root, ITEMS[:1])
    before = (root / "data/criteria.yml").read_bytes()
    assert "考评项目" not in bring("--write").stdout
    assert (root / "data/criteria.yml").read_bytes() == before
    (root / "data/criteria.yml").write_text("{}\n", "utf-8")
    told = bring("--criteria", "--replace").stdout
    assert "请定：data/criteria.yml 里还没有考评项目；请先写好项目，再加 --criteria 导入\n" in told
