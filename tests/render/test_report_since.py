"""The sentences of a drafted report marked where they differ from those at the last release."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.build.editions.tree import redacted_tree
from archive.facts.project import Project
from archive.facts.releases import freeze_register
from archive.facts.report_since import changed_blocks, compared
from archive.facts.site import Site, load
from archive.render import macros
from archive.render.page_context import page_context
from archive.render.report_since import sentence_marks
from tests.samples.sample import AS_OF, REPORT, SUMMARY, git, write

PART = "docs/report/part-1.md"
HEAD = "---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹 { #planning }\n\n"
OLD = HEAD + (
    '开展活动{{ fig("activities") }}。走访居民。\n\n办法一项。\n\n- 甲事。\n- 乙事。\n\n联系电话另附。\n\n末一句。\n'
)
NEW = HEAD + (
    '开展活动{{ fig("visited") }}。走访居民和企业。\n\n办法一项。\n\n- 甲事。\n- 丙事。\n\n联系电话见附件。\n\n末一句。\n\n添一句。\n'
)


def drafted(root: Path, new: str = NEW, old: str = OLD, commit: str = "") -> Site:
    """The sample in a repository, its report rewritten after the release."""
    root.mkdir(exist_ok=True)
    project = write(root, {PART: old})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a")
    frozen = freeze_register(load(project).values, AS_OF, commit or git(root, "rev-parse", "HEAD"))
    write(root, {PART: new, "data/releases/年报.yml": frozen})
    return load(project)


def marked(site: Site) -> str:
    page = site.archive.pages["report/part-1.md"]
    return page.rendered(macros(site, page.path), page.path, sentence_marks(site, page))


def fold(said: str, old: str, new: str) -> str:
    return (
        "~~~~ html-as-is\n"
        '<div class="amended since screen-only" data-search-skip><details>'
        f"<summary>与“年报”报送时相比，这里{said}</summary>"
        f'<div class="beside"><div class="before"><p class="beside-head">报送时</p><p>{old}</p></div>'
        f'<div class="after"><p class="beside-head">现在</p><p>{new}</p></div></div></details></div>\n~~~~'
    )


def struck(text: str) -> str:
    return f'<del><span class="unseen">（删去：）</span>{text}</del>'


def come(text: str) -> str:
    return f'<ins><span class="unseen">（增加：）</span>{text}</ins>'


def test_changed_sentences_are_marked_in_place(tmp_path: Path) -> None:
    site = drafted(tmp_path)
    figure = macros(site, "report/part-1.md")["fig"]("visited")
    assert (
        [line for line in marked(site).split("\n") if line]
        == f"""\
# 一、组织
## （一）统筹 {{ #planning }}
开展活动{figure}。走访居民和企业。
{{: .changed-since }}
{fold("有改动", "走访居民。", f"走访居民{come('和企业')}。")}
办法一项。
- 甲事。
- 丙事。
{fold("有改动", f"{struck('乙')}事。", f"{come('丙')}事。")}
联系电话见附件。
{{: .changed-since }}
{fold("有改动", f"联系电话{struck('另附')}。", f"联系电话{come('见附件')}。")}
末一句。
添一句。
{{: .changed-since }}
{fold("有增加", "（没有）", "添一句。")}""".split("\n")
    )
    assert page_context(site, "report/part-1.md")["changed"] == (
        "与“年报”（2026年3月1日）报送时相比，本页有 4 处的句子改了，"
        "段旁有线，下面可以展开报送时的句子。数的变化不在其中。"
    )


def test_a_sentence_that_went_is_told_at_the_block_before_it(tmp_path: Path) -> None:
    site = drafted(
        tmp_path, HEAD + "办法一项。\n\n末一句。\n", HEAD + "办法一项。去掉了。\n\n末一句。\n"
    )
    assert fold("有删去", "去掉了。", "（已删去）") in marked(site)


def test_a_sentence_taken_out_for_good_reason_is_not_shown(tmp_path: Path) -> None:
    site = drafted(tmp_path, old=OLD.replace("联系电话另附。", "电话 13912345678。"))
    assert "1391" not in marked(site)
    assert "（原句有不得公布的内容，不列出。）" in marked(site).replace("</del>", "").replace(
        '<del><span class="unseen">（删去：）</span>', ""
    )


@pytest.mark.parametrize(
    "commit", ["0" * 40, "abcdef0123" * 4], ids=["none of Git's", "not at hand"]
)
def test_without_the_commit_nothing_is_marked(tmp_path: Path, commit: str) -> None:
    site = drafted(tmp_path, commit=commit)
    assert list(sentence_marks(site, site.archive.pages["report/part-1.md"])) == []
    assert "changed" not in page_context(site, "report/part-1.md")


def test_without_git_or_a_named_commit_nothing_is_marked(tmp_path: Path) -> None:
    project = write(tmp_path)
    frozen = freeze_register(load(project).values, AS_OF, None)
    write(tmp_path, {PART: NEW, "data/releases/年报.yml": frozen})
    site = load(project)
    assert changed_blocks(site, site.archive.pages["report/part-1.md"]) == []


def test_what_is_reported_public_or_new_bears_no_marks(tmp_path: Path) -> None:
    site = drafted(tmp_path / "a")
    with redacted_tree(site) as tree:
        public = load(tree)
        assert list(sentence_marks(public, public.archive.pages["report/part-1.md"])) == []
    for page in ("index.md", "report/overview.md"):  # of no report; not changed
        assert list(sentence_marks(site, site.archive.pages[page])) == []
    reported = REPORT.replace("state: 起草", "state: 已报送\nreported: 2026-03-01\nrelease: 年报")
    write(tmp_path / "a", {PART: NEW, SUMMARY: reported, "data/releases/年报.yml": None})
    found = load(Project(tmp_path / "a", tmp_path / "a" / "data", AS_OF))
    assert found.archive.reports["summary"].state == "已报送"
    assert list(sentence_marks(found, found.archive.pages["report/part-1.md"])) == []


_BLOCKS = st.lists(
    st.lists(st.sampled_from(["甲。", "乙。", "丙。", "丁。"]), min_size=1), max_size=5
)


@given(_BLOCKS, _BLOCKS)
def test_nothing_that_differs_is_lost(old: list[list[str]], new: list[list[str]]) -> None:
    """The old sentences are the new ones with what came taken out and what went put back."""
    before = [(at, True, one) for at, one in enumerate(old, 1)]
    after = [(at, True, one) for at, one in enumerate(new, 1)]
    found = compared(before, after)
    assert [one.end for one in found] == sorted({one.end for one in found})
    gone = [one for block in found for one in block.old]
    added = [one for block in found for one in block.new]
    was, now = ([one for block in text for one in block] for text in (old, new))
    if now:
        assert sorted([*was, *added]) == sorted([*now, *gone])
    assert all(block.old or block.new for block in found)
    if was == now:
        assert found == []
