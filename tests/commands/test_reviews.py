"""Signatures before a publication: the rules between them, writing them, and insisting on them."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from click.testing import CliRunner, Result

from archive.build.editions.tree import redacted_tree
from archive.checks import check
from archive.commands.cli import main
from archive.facts.site import load
from archive.publish import manifest, publish, write_manifest
from archive.publish.target import Target
from archive.render import macros
from archive.schema.signoffs import SignOff
from tests.samples.published import made_up, sealed
from tests.samples.releases import FILE, NAME, REPORTED, frozen_text
from tests.samples.sample import FILES, git, problems, read, write

Changes = dict[str, str | bytes | None]
COMMIT = "abcdef0123" * 4
INSISTING = FILES["data/unit.yml"].replace("names:\n", "reviews_required: true\nnames:\n")
RULE = "发布须先经初审、复审、终审"


def signed(number: int, stage: str, by: str, day: str, **others: str) -> dict[str, str]:
    """The file of a signature."""
    fields = {"date": day, "stage": stage, "edition": "内部版", "commit": COMMIT, "by": by} | others
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return {f"data/reviews/{number}.yml": text + "evidence: []\n"}


FIRST = signed(1, "初审", "经办人", "2026-02-10")
SECOND = signed(2, "复审", "办公室主任", "2026-02-10")
FINAL = signed(3, "终审", "分管领导", "2026-02-12")
WHAT = f"提交 {COMMIT[:12]} 的内部版"


def test_three_stages_by_three_posts_are_sound(tmp_path: Path) -> None:
    public = {
        f"data/reviews/p{number}.yml": text.replace("内部版", "公开版")
        for number, text in enumerate([*FIRST.values(), *SECOND.values()])
    }
    assert problems(tmp_path, {**FIRST, **SECOND, **FINAL, **public}) == []


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({**SECOND}, [f"2.yml:2: 复审须在初审之后，{WHAT}还没有初审；请先登记初审，已登记的请改正 commit、edition"]),
        ({**FINAL}, [f"3.yml:2: 终审须在初审之后，{WHAT}还没有初审；请先登记初审，已登记的请改正 commit、edition", f"3.yml:2: 终审须在复审之后，{WHAT}还没有复审；请先登记复审，已登记的请改正 commit、edition"]),
        ({**FIRST, **FINAL}, [f"3.yml:2: 终审须在复审之后，{WHAT}还没有复审；请先登记复审，已登记的请改正 commit、edition"]),
        ({**FIRST, **signed(2, "复审", "主任", "2026-02-09")}, ["2.yml:1: date（签字日期）须不早于初审的 2026-02-10，现为 2026-02-09；请改为 2026-02-10 或以后的日期，或者改正前一个日期"]),
        ({**FIRST, **signed(2, "复审", "经办人", "2026-02-11")}, ["2.yml:5: by（签字岗位）须与初审的不同，现在都是“经办人”；请由另一岗位签字"]),
        ({**FIRST, **SECOND, **signed(3, "终审", "经办人", "2026-02-11")}, ["3.yml:5: by（签字岗位）须与初审的不同，现在都是“经办人”；请由另一岗位签字"]),
        ({**FIRST, **signed(2, "初审", "主任", "2026-02-11")}, [f"2.yml:2: {WHAT}，初审须只签一次，已见 data/reviews/1.yml；请删去这一条"]),
        ({**FIRST, **signed(2, "复审", "主任", "2026-02-11", commit="b" * 40)}, [f"2.yml:2: 复审须在初审之后，提交 {'b' * 12} 的内部版还没有初审；请先登记初审，已登记的请改正 commit、edition"]),
        ({**FIRST, **signed(2, "复审", '"经办人 "', "2026-02-11")}, ["2.yml:5: by（签字岗位）须与初审的不同，现在都是“经办人 ”；请由另一岗位签字"]),
        ({**FIRST, **signed(2, "复审", '"经　办人"', "2026-02-11")}, ["2.yml:5: by（签字岗位）须与初审的不同，现在都是“经　办人”；请由另一岗位签字"]),
        ({**FIRST, **signed(2, "复审", "王小明", "2026-02-11")}, ["2.yml:5: by（签字岗位）须写岗位，不写姓名，现有“王**”；例如：by: 办公室主任"]),
        (signed(1, "初审", "经办人", "2026-03-02"), ["1.yml:1: date（签字日期）须不晚于今天（2026-03-01），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写"]),
        (signed(1, "初审", "经办人", "2026-02-10", release="2025年报"), ["1.yml:6: release（报送名称）须是已有的报送，没有 2025年报；请改为已有的，或者先把它加上"]),
    ],
)  # fmt: skip
def test_what_is_wrong_between_signatures(
    tmp_path: Path, files: dict[str, str], message: list[str]
) -> None:
    assert problems(tmp_path, {**files}) == [f"data/reviews/{one}" for one in message]


def test_a_release_signed_for_is_one_that_was_reported(tmp_path: Path) -> None:
    reported: Changes = {**REPORTED, FILE: frozen_text(tmp_path / "before")}
    of = signed(1, "初审", "经办人", "2026-02-10", release=NAME)
    assert problems(tmp_path / "sound", {**reported, **of}) == []
    wrong = signed(1, "初审", "经办人", "2026-02-10", release=f"{NAME}报")
    (found,) = problems(tmp_path / "wrong", {**reported, **wrong})
    assert found.endswith(f"须是已有的报送，没有 {NAME}报，是否为 {NAME}？")


def test_the_page_shows_who_signed_what(tmp_path: Path) -> None:
    shown = macros(read(tmp_path, {**FIRST, **SECOND}), "figures/reviews.md")["table"]("reviews")
    rows = lxml.html.fragment_fromstring(shown, create_parent=True).xpath(".//tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["签字日期", "审次", "签字岗位", "版本", "报送名称", "佐证材料", "提交"],
        ["2026-02-10", "复审", "办公室主任", "内部版", "", "", COMMIT[:12]],
        ["2026-02-10", "初审", "经办人", "内部版", "", "", COMMIT[:12]],
    ]


def test_signatures_are_not_in_the_public_edition(tmp_path: Path) -> None:
    site = read(tmp_path, {**FIRST, **SECOND, **FINAL})
    assert check(site) == ()
    with redacted_tree(site) as project:
        assert not (project.data / "reviews").exists()


STAGES = (("初审", "经办人", "a"), ("复审", "主任", "b"), ("终审", "局领导", "b"))
"""Stage, who signs it, who commits that."""


class Folder:
    """A repository with the sample in it, and the commands run there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str) -> str:
        return git(self.root, *args)

    def commit(self, changes: Changes | None = None, author: str = "a") -> str:
        """The commit that holds everything, with these files changed, by that author."""
        for name, text in (changes or {}).items():
            (self.root / name).write_text(str(text), "utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "x", "--author", f"{author} <{author}@example.invalid>")
        return self.git("rev-parse", "HEAD")

    def __call__(self, *args: str) -> Result:
        return CliRunner().invoke(main, [*args, "--as-of", "2026-03-01"])

    def sign(self, stage: str, by: str, *more: str) -> Result:
        return self("sign", stage, "--by", by, *more)

    def sign_all(self) -> None:
        """All three stages for what is there, each committed."""
        for stage, by, author in STAGES:
            done = self.sign(stage, by)
            assert done.exit_code == 0, done.output
            self.commit(author=author)

    def refused(self, edition: str = "internal") -> str:
        """What stands against a publication."""
        done = self("check", "--publication", edition)
        assert done.exit_code == (done.stdout != "")
        return done.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    root = tmp_path / "site"
    write(root, {"data/unit.yml": INSISTING})
    monkeypatch.chdir(root)
    return Folder(root)


def test_signing_writes_a_record_for_the_last_commit(folder: Folder) -> None:
    commit = folder.commit()
    done = folder.sign("初审", "经办人")
    path = "data/reviews/20260301-01.yml"
    assert (done.exit_code, done.stderr) == (
        0,
        f"已写入 {path}：经办人，初审，提交 {commit[:12]} 的内部版；请提交。\n",
    )
    assert (folder.root / path).read_text("utf-8") == (
        f"date: 2026-03-01\nstage: 初审\nedition: 内部版\ncommit: {commit}\nby: 经办人\nevidence: []\n"
    )


def test_all_sign_for_the_commit_of_the_first(folder: Folder) -> None:
    commit = folder.commit()
    folder.sign_all()
    records = load_reviews()
    assert [(one.stage, one.commit) for one in records] == [
        (stage, commit) for stage in ("初审", "复审", "终审")
    ]
    assert folder.refused() == ""


def test_not_all_signatures_are_committed_by_one(folder: Folder) -> None:
    """Three posts on paper, one account in Git: told while signing, and where it would be published."""
    commit = folder.commit()
    told = []
    for stage, by, _ in STAGES:
        told.append(folder.sign(stage, by).stderr.splitlines()[1:])
        folder.commit()
    assert told == [[], [], ["前几次签字都由同一人提交，这一次须由别人用自己的账号提交。"]]
    rule = (
        f"初审、复审、终审的签字须不全由一人提交，提交 {commit[:12]} 的内部版的现在都由同一人提交（Git 的作者）；请删去一个文件，"
        "由签字的人用自己的账号重新登记；准许一人登记的，在 data/unit.yml 写 one_person_registers: true"
    )
    assert folder.refused() == f"data/reviews/20260301-03.yml:5: {rule}\n"
    last = folder.root / "data/reviews/20260301-03.yml"
    text = last.read_text("utf-8")
    last.unlink()
    folder.commit()
    folder.commit({"data/reviews/20260301-03.yml": text}, author="b")
    assert folder.refused() == ""


def test_a_small_bureau_may_let_one_person_commit_all_signatures(folder: Folder) -> None:
    folder.commit({"data/unit.yml": f"one_person_registers: true\n{INSISTING}"})
    for stage, by, _ in STAGES:
        assert len(folder.sign(stage, by).stderr.splitlines()) == 1
        folder.commit()
    assert folder.refused() == ""


def load_reviews() -> list[SignOff]:
    """The signatures as the commands read them last."""
    from archive.commands.options import project

    site = load(project(None, datetime(2026, 3, 1)))
    return [record.data for record in site.archive.of(SignOff)]


def test_what_is_lacking_is_told(folder: Folder) -> None:
    commit = folder.commit()
    what = f"提交 {commit[:12]} 的内部版"
    line = INSISTING[: INSISTING.index("reviews_required")].count("\n") + 1
    assert (
        folder.refused()
        == f"data/unit.yml:{line}: {RULE}，{what}还没有签字；请在 data/reviews/ 登记\n"
    )
    folder.sign("初审", "经办人")
    unsaved = "须是已经提交的，提交里没有这个文件；请运行 git add -f {0}，再提交，不要的删去\n"
    path = "data/reviews/20260301-01.yml"
    assert folder.refused() == f"{path}:1: {unsaved.format(path)}"
    folder.commit()
    assert (
        folder.refused()
        == f"data/reviews/20260301-01.yml:2: {RULE}，{what}还没有复审、终审；请运行 .venv/bin/archive sign 登记\n"
    )
    folder.sign("复审", "主任")
    folder.commit()
    assert (
        folder.refused()
        == f"data/reviews/20260301-02.yml:2: {RULE}，{what}还没有终审；请运行 .venv/bin/archive sign 登记\n"
    )
    now = folder.git("rev-parse", "HEAD")
    assert folder.refused("public") == (
        f"data/unit.yml:{line}: {RULE}，提交 {now[:12]} 的公开版还没有签字；请在 data/reviews/ 登记\n"
    )


def test_what_changed_since_is_told(folder: Folder) -> None:
    signed_commit = folder.commit()
    folder.sign_all()
    page = "docs/index.md"
    now = folder.commit({page: f"{FILES[page]}\n又一段。\n"})
    rule = f"发布的须是审过的，提交 {now[:12]} 的内部版与审过的 {signed_commit[:12]} 不同"
    assert folder.refused() == f"data/reviews/20260301-03.yml:4: {rule}，改了 {page}，请重新审签\n"
    folder.commit({page: str(FILES[page])})
    assert folder.refused() == ""  # back as it was signed


def test_a_commit_that_is_gone_is_told(folder: Folder) -> None:
    now = folder.commit({})
    (folder.root / "data" / "reviews").mkdir()
    for name, text in {**FIRST, **SECOND, **FINAL}.items():
        (folder.root / name).write_text(text, "utf-8")
    now = folder.commit()
    assert folder.refused() == (
        f"data/reviews/3.yml:4: 发布的须是审过的，提交 {now[:12]} 的内部版没有审过，"
        f"审过的提交 {COMMIT[:12]} 仓库里找不到，请重新审签\n"
    )


def test_what_changed_is_signed_anew_from_the_first_stage(folder: Folder) -> None:
    folder.commit()
    folder.sign_all()
    page = "docs/index.md"
    now = folder.commit({page: f"{FILES[page]}\n又一段。\n"})
    done = folder.sign("终审", "局领导")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"data/reviews/20260301-04.yml:2: 终审须在{stage}之后，提交 {now[:12]} 的内部版还没有{stage}；请先登记{stage}，已登记的请改正 commit、edition"
        for stage in ("初审", "复审")
    ]
    folder.sign_all()
    assert folder.refused() == ""


def test_signing_is_refused_where_it_would_mean_nothing(folder: Folder) -> None:
    assert "这里没有提交" in folder.sign("初审", "经办人").output
    folder.commit()
    page = folder.root / "docs" / "index.md"
    page.write_text(f"{FILES['docs/index.md']}\n又一段。\n", "utf-8")
    done = folder.sign("初审", "经办人")
    assert done.stdout.startswith("docs/index.md:1: 须是已经提交的，现在改了还没有提交；")
    assert done.stderr == "审签的须是已经提交的内容，现有 1 处还没有提交；请先提交\n"
    folder.commit({"docs/index.md": f"{FILES['docs/index.md']}\n[无](none.md)\n"})
    done = folder.sign("初审", "经办人")
    assert (done.exit_code, "docs/index.md:" in done.stdout) == (1, True)
    assert not (folder.root / "data" / "reviews").exists()


def test_twice_by_the_same_post_or_for_no_release_is_refused(folder: Folder) -> None:
    folder.commit()
    folder.sign("初审", "经办人")
    folder.commit()
    path = "data/reviews/20260301-02.yml"
    for args, message in (
        (("初审", "主任"), "初审须只签一次"),
        (("复审", "经办人"), "须与初审的不同，现在都是“经办人”；请由另一岗位签字"),
        (("复审", "主任", "--release", "别的"), "须是已有的报送，没有 别的"),
    ):
        done = folder.sign(*args)
        assert (done.exit_code, message in done.stdout) == (1, True), done.stdout
        assert not (folder.root / path).exists()


def test_what_cannot_be_written_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.commit()

    def full(*_: Any) -> Any:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = folder.sign("初审", "经办人")
    message = "data/reviews/20260301-01.yml 须能写入，现为：没有空间；请除去这个原因再运行一次\n"
    assert (done.exit_code, done.stderr) == (1, message)
    assert list(Path("data/reviews").iterdir()) == []


@pytest.fixture
def built(folder: Folder, tmp_path: Path) -> Callable[[], Path]:
    """What a build of the folder leaves, as far as publishing goes."""

    def make() -> Path:
        from archive.commands.options import project

        out = tmp_path / f"built-{len(list(tmp_path.iterdir()))}"
        out.mkdir()
        (out / "index.html").write_text("页面", "utf-8")
        write_manifest(out, project(None, datetime(2026, 3, 1)))
        return out

    return make


def test_without_signatures_nothing_is_published_where_they_are_wanted(
    folder: Folder, built: Callable[[], Path], tmp_path: Path
) -> None:
    commit = folder.commit()
    site, target = built(), tmp_path / "www"
    done = folder("publish", str(target), "--site", str(site))
    assert (done.exit_code, f"提交 {commit[:12]} 的内部版还没有签字" in done.stdout) == (1, True)
    assert not target.exists()
    folder.sign_all()
    # What was looked at and signed is published itself: the site built before the signatures.
    done = folder("publish", str(target), "--site", str(site))
    assert done.exit_code == 0, done.output
    assert Target(target).current() is not None
    # Signatures are no change: a site built after them is the same to those who signed.
    assert folder("publish", str(target), "--site", str(built())).exit_code == 0


def test_a_trial_needs_no_signatures(
    folder: Folder, built: Callable[[], Path], tmp_path: Path
) -> None:
    folder.commit()
    done = folder("publish", str(tmp_path / "www"), "--site", str(built()), "--trial")
    assert done.exit_code == 0, done.output


def test_where_nobody_insists_nothing_is_asked(
    folder: Folder, built: Callable[[], Path], tmp_path: Path
) -> None:
    folder.commit({"data/unit.yml": FILES["data/unit.yml"]})
    done = folder("publish", str(tmp_path / "www"), "--site", str(built()))
    assert done.exit_code == 0, done.output


def _uncommitted(folder: Folder, target: Path) -> None:
    (folder.root / "docs/index.md").write_text("---\ntitle: 首页\n---\n\n# 改过\n", "utf-8")


def _below_a_file(folder: Folder, target: Path) -> None:
    target.parent.write_text("", "utf-8")


def _of_the_other_edition(folder: Folder, target: Path) -> None:
    site = made_up(target.parent / "public", "甲")
    sealed(site, edition="public")
    publish(site, target, datetime(2026, 3, 1, tzinfo=UTC))


def _unsigned(folder: Folder, target: Path) -> None:
    folder.commit({"data/unit.yml": INSISTING})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_uncommitted, "发布的网站须全部出自已提交的内容"),
        (
            _below_a_file,
            "{target} 须能写入，现为：没有这个文件或目录；读者看到的仍是原来的网站；请除去这个原因再发布",
        ),
        (_of_the_other_edition, "一个发布目录须只放一版，现在是公开版，要发布的是内部版"),
        (_unsigned, RULE),
    ],
)
def test_what_can_be_known_is_refused_before_the_site_is_built(
    folder: Folder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Folder, Path], None],
    message: str,
) -> None:
    folder.commit({"data/unit.yml": FILES["data/unit.yml"]})
    target = tmp_path / "www" / "site"
    if spoil is not _below_a_file:
        target.parent.mkdir()
    spoil(folder, target)
    monkeypatch.setattr("archive.build.site.build", lambda *_: pytest.fail("built"))
    done = folder("publish", str(target))
    assert done.exit_code == 1
    assert message.format(target=target) in done.output


@pytest.mark.parametrize("name", ["data/unit.yml", "data/reviews/20260301-01.yml"])
def test_what_cannot_be_read_does_not_let_it_pass(
    folder: Folder, built: Callable[[], Path], tmp_path: Path, name: str
) -> None:
    folder.commit()
    folder.sign_all()
    site = built()
    folder.commit({name: "甲：乙\n"})
    done = folder("publish", str(tmp_path / "www"), "--site", str(site))
    assert (done.exit_code, f"{name}:" in done.stdout) == (1, True)
    assert not (tmp_path / "www").exists()


def test_a_signature_is_for_one_edition_and_one_release(
    folder: Folder, built: Callable[[], Path], tmp_path: Path
) -> None:
    folder.commit()
    folder.sign_all()
    for change, message in (
        ({"edition": "public"}, "的公开版还没有签字"),
        ({"release": NAME}, f"的内部版（{NAME}）还没有签字"),
    ):
        site = built()
        made = manifest.read(site)
        assert made
        (site / manifest.NAME).write_text(made.model_copy(update=change).text(), "utf-8")
        done = folder("publish", str(tmp_path / "www"), "--site", str(site))
        assert (done.exit_code, message in done.stdout) == (1, True)


def test_the_manifest_says_which_release_it_shows(folder: Folder, tmp_path: Path) -> None:
    from archive.commands.options import project

    folder.commit()
    tmp_path.joinpath("out").mkdir()
    write_manifest(tmp_path / "out", project(None, datetime(2026, 3, 1)), "internal", NAME)
    made = manifest.read(tmp_path / "out")
    assert made
    assert made.release == NAME
    assert publish(tmp_path / "out", tmp_path / "www", datetime(2026, 3, 1, tzinfo=UTC))[1] == []
