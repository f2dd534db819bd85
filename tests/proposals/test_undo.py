"""`archive undo`: whichever way it was merged, a pull request is taken back by a change of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.commands.cli import main
from archive.proposals.pulls.of_clone import forge_of_clone, web_address
from archive.proposals.undo.merged import number_in
from archive.proposals.undo.register import kept_entries
from archive.schema.unit import Repository as Editor
from tests.samples.approvals import ACTIVITIES, COUNTED, ENTERED, FILLED, UNSIGNED
from tests.samples.asked import NAME, TOKEN, answering
from tests.samples.releases import frozen_text
from tests.samples.sample import FIGURES, FILES, RECORD, UNIT, git, write

Files = Mapping[str, str | bytes | None]
NEW = "data/volunteering/2024/b.yml"
OTHER = RECORD.replace("2024-03-05", "2024-04-06").replace("学雷锋进社区", "植树")
THIRD = RECORD.replace("2024-03-05", "2024-05-07").replace("学雷锋进社区", "劝导")
REGISTER, PART = "data/figures.yml", "docs/report/part-1.md"
WHY = ("--revise", "更正", "--reason", "误将另一单位的一次记入", "--by", "分管领导")


class Clone:
    """A clone whose pull requests are merged as forges do it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, files: Files, message: str) -> str:
        """Commit these files where the clone is; returns the commit."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        git(self.root, "add", "-A")
        git(self.root, "commit", "-qm", message)
        return self.id("HEAD")

    def merge(self, number: int, *commits: Files, way: str = "squash", title: str = "改动") -> None:
        """A pull request of these commits is merged into main."""
        git(self.root, "switch", "-qc", f"topic-{number}")
        for place, files in enumerate(commits):
            self.put(files, f"{title} {place}")
        git(self.root, "switch", "-q", "main")
        topic = f"topic-{number}"
        if way == "rebase":
            git(self.root, "merge", "-q", "--ff-only", topic)
        elif way in MERGES:
            message = MERGES[way].format(number, title, topic)
            git(self.root, "merge", "-q", "--no-ff", "-m", message, topic)
        else:
            git(self.root, "merge", "-q", "--squash", topic)
            git(self.root, "commit", "-qm", SQUASHES[way].format(number, title))

    def id(self, name: str) -> str:
        return git(self.root, "rev-parse", name)

    def tree(self, name: str) -> str:
        return git(self.root, "rev-parse", f"{name}^{{tree}}")

    def text(self, name: str, path: str) -> str:
        return git(self.root, "show", f"{name}:{path}")

    def undo(self, *args: str) -> Result:
        """Run the command; nothing but the new branch may change."""

        def state() -> list[str]:
            refs = git(self.root, "for-each-ref").splitlines()
            kept = [one for one in refs if not one.endswith("refs/heads/undo/12")]
            status = git(self.root, "status", "--porcelain=v1", "--untracked-files=all")
            return [self.id("HEAD"), git(self.root, "symbolic-ref", "HEAD"), status, *kept]

        before = state()
        command = ["undo", *args, "--as-of", "2026-03-01"]
        for option in ("user.name=a", "user.email=a@example.invalid"):
            git(self.root, "config", *option.split("="))
        done = CliRunner().invoke(main, command, catch_exceptions=False)
        assert state() == before
        branches = git(self.root, "branch", "--list", "undo/*").split()
        assert branches == (["undo/12"] if done.exit_code == 0 else [])
        return done

    def refused(self, *args: str) -> str:
        done = self.undo("12", *args)
        assert (done.exit_code, done.stdout) == (1, "")
        return done.stderr


MERGES = {
    "github": "Merge pull request #{0} from ju/{2}\n\n{1}",
    "gitea": "Merge pull request '{1}' (#{0}) from {2} into main",
    "gitlab": "Merge branch '{2}' into 'main'\n\n{1}\n\nSee merge request ju/dangan!{0}",
}
SQUASHES = {
    "squash": "{1} (#{0})\n\n* 一\n* 二",
    "gitea-squash": "{1}\n\nReviewed-on: https://git.example/ju/dangan/pulls/{0}",
}


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    root = tmp_path / "site"
    write(root)
    git(root, "init", "-q", "-b", "main")
    made = Clone(root)
    made.put({}, "样例")
    monkeypatch.chdir(root)
    for name in ("ARCHIVE_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return made


@pytest.mark.parametrize("way", [*MERGES, *SQUASHES])
def test_however_it_was_merged_it_is_found_and_taken_back(clone: Clone, way: str) -> None:
    before = clone.tree("HEAD")
    clone.merge(11, {"docs/index.md": FILES["docs/index.md"] + "甲\n"}, way=way)
    earlier = clone.tree("HEAD")
    clone.merge(12, {NEW: OTHER}, {PART: FILES[PART] + "\n乙。\n"}, way=way)
    merged = clone.id("HEAD")
    done = clone.undo("12")
    assert (done.exit_code, done.stdout) == (
        0,
        "指标（1 个）\n"
        "  activities 开展活动：***次（已计 2） → ***次（已计 1），减少 1（-50.00%），未填报\n"
        f"    {NEW}：删去，不再计入（1 → 不计）\n"
        "    见 一、组织 · （一）统筹（report/part-1.md#planning）\n"
        "记录和页面（2 处）\n"
        f"  删去 {NEW}:1 志愿服务活动 植树\n"
        f"  改动 {PART}:7 页面 一、组织\n"
        "    正文：“（一）统筹”\n",
    )
    made = clone.id("undo/12")
    assert done.stderr == (
        f"撤回拉取请求 #12（提交 {merged[:12]}），改动 2 个文件：\n"
        f"已做好分支 undo/12（提交 {made[:12]}），工作目录没有动。核对无误的，请运行："
        "git push origin undo/12，再在平台上由它开拉取请求。\n"
    )
    assert clone.tree("undo/12") == earlier != before
    assert clone.id("undo/12^") == merged
    assert git(clone.root, "log", "-1", "--format=%an <%ae>%n%B", "undo/12") == (
        "a <a@example.invalid>\n"
        f"撤回拉取请求 #12\n\n改回提交 {merged[:12]} 合并以前的样子，此后的改动不变。"
    )


def rebased(clone: Clone) -> list[Any]:
    """A pull request of two commits, rebased; its commits as the forge lists them."""
    clone.merge(11, {"docs/index.md": FILES["docs/index.md"] + "甲\n"})
    clone.merge(12, {NEW: OTHER}, {PART: FILES[PART] + "\n乙。\n"}, way="rebase", title="补录")
    return [
        {"sha": f"{place}" * 40, "commit": {"message": f"补录 {place}"}, "parents": [{}]}
        for place in (0, 1)
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_what_was_rebased_is_found_by_the_forge(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    commits = [*rebased(clone)][::order]
    commits.append({"sha": "f" * 40, "commit": {"message": "Merge main"}, "parents": [{}, {}]})
    earlier = clone.tree("HEAD~2")
    told = {"merged_at": "2026-02-01T00:00:00Z", "merge_commit_sha": clone.id("HEAD")}
    clone.put({"docs/index.md": FILES["docs/index.md"] + "丙\n"}, "后来")
    clone.put({"docs/index.md": FILES["docs/index.md"] + "甲\n"}, "后来又改回")
    with answering({"/pulls/12": told, "/pulls/12/commits": commits}) as api:
        on_forge(clone, monkeypatch, api)
        assert clone.undo("12").exit_code == 0
    changed = git(clone.root, "diff", "--name-only", "main", "undo/12").splitlines()
    assert changed == [NEW, PART]
    assert clone.id("undo/12:docs") == clone.id(f"{earlier}:docs")


def on_forge(clone: Clone, monkeypatch: pytest.MonkeyPatch, api: str) -> None:
    """The clone's forge answers at `api`, as in a workflow."""
    for name, value in (
        ("GITHUB_API_URL", api), ("GITHUB_REPOSITORY", NAME), ("GITHUB_TOKEN", TOKEN),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    text = UNIT.replace("forge:\n", "forge: gitea\n")
    (clone.root / "data" / "unit.yml").write_text(text, "utf-8")


def test_what_the_forge_tells_is_compared_with_the_history(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = rebased(clone)
    told: dict[str, str | None] = {
        "merged_at": "2026-02-01T00:00:00Z",
        "merge_commit_sha": clone.id("HEAD"),
    }
    commits[0]["commit"]["message"] = "另一个"
    answers: dict[str, Any] = {"/pulls/12": told, "/pulls/12/commits": commits}
    with answering(answers) as api:
        on_forge(clone, monkeypatch, api)
        assert clone.refused() == (
            "拉取请求 #12 变基合并的提交须与平台列出的一致，现不一致；"
            "请加 --commits 写明是哪些提交，如 --commits 第一个..最后一个\n"
        )
        told["merged_at"] = None
        assert clone.refused() == (
            "拉取请求 #12 须已经合并，现在没有；不要它的，请在平台上关闭它\n"
        )
        told |= {"merged_at": "2026-02-01T00:00:00Z", "merge_commit_sha": "0" * 40}
        assert clone.refused().startswith(f"提交 {'0' * 40} 须在要改的分支里，现在不在；")
        del answers["/pulls/12"]
        assert clone.refused().startswith("平台须接受 GET /repos/ju/dangan/pulls/12，现答复 404；")


def test_what_no_message_names_is_named_by_hand(clone: Clone) -> None:
    rebased(clone)
    merge = clone.id("HEAD~2")
    assert clone.refused() == (
        "须找得到拉取请求 #12 的合并，没有一次合并的说明里有这个编号（变基合并的没有编号）；请先运行 git fetch，"
        "或者设好令牌 ARCHIVE_TOKEN 由平台来找，或者加 --commits 写明是哪些提交，如 --commits 第一个..最后一个\n"
    )
    first = f"{clone.id('HEAD')}..{clone.id('HEAD~1')}"
    assert clone.refused("--commits", first) == f"提交须从先到后，现为 {first}；请对调\n"
    assert clone.refused("--commits", "--all").startswith("提交 --all 须在要改的分支里，")
    root = git(clone.root, "rev-list", "--max-parents=0", "HEAD")
    assert clone.refused("--commits", root) == (
        f"提交 {root[:12]} 是仓库的第一个提交，不能撤回；请直接改文件，另开拉取请求\n"
    )
    named = f"{clone.id('HEAD~1')}..{clone.id('HEAD')}"
    assert clone.undo("12", "--commits", named).exit_code == 0
    assert clone.tree("undo/12") == clone.tree(merge)


def test_a_number_in_an_authors_own_commit_is_no_merge(clone: Clone) -> None:
    """Whatever a pull request writes into its commits, another number's merge is not taken for it."""
    clone.merge(11, {NEW: OTHER}, way="github", title="某事 (#12)")
    assert "没有一次合并的说明里有这个编号" in clone.refused()
    clone.merge(12, {"docs/index.md": FILES["docs/index.md"] + "甲\n"})
    clone.put({"docs/index.md": FILES["docs/index.md"]}, "又一次 (#12)")
    assert "有 2 次合并都写着它" in clone.refused()


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("Merge pull request #12 from ju/a", 12),
        ("Merge pull request #12 from ju/a and more", None),
        ("Merge pull request '改动 (#3)' (#12) from a into main", 12),
        ("Merge pull request '改动' (#12) from a", 12),
        ("改动 (#3) (#12)", 12),
        ("改动（议题 #3）", None),
        ("改动（议题 #3） (#12)", 12),
        ("(#12)", None),
        ("改动 (#12) 之后", None),
        ('Revert "改动 (#12)"', None),
        ("改动\n\nCloses #12", None),
        ("改动\n\nSee merge request ju/dangan!12", 12),
        ("改动\n\nReviewed-on: https://git.example/ju/dangan/pulls/12", 12),
        ("改动\n\n见 Reviewed-on: https://git.example/ju/dangan/pulls/12", None),
        ("", None),
    ],
)
def test_the_number_a_message_names(message: str, number: int | None) -> None:
    assert number_in(message) == number


def test_what_came_later_elsewhere_stays(clone: Clone) -> None:
    """Another figure of the register, another section of the page, another record."""
    page = FILES[PART].replace("# 一、组织\n", "# 一、组织\n\n总述。\n")
    clone.put({PART: page}, "先")
    clone.merge(
        12,
        {
            REGISTER: FIGURES.replace("三年来开展", "三年间开展"),
            PART: page.replace("开展活动{{", "组织开展活动{{"),
            NEW: OTHER,
        },
    )
    later = page.replace("开展活动{{", "组织开展活动{{").replace("总述。", "总的情况。")
    clone.merge(
        13,
        {
            REGISTER: (clone.root / REGISTER)
            .read_text("utf-8")
            .replace("走访的居民人数", "走访居民的人数"),
            PART: later,
            "data/volunteering/2024/c.yml": THIRD,
        },
    )
    assert clone.undo("12").exit_code == 0
    assert (
        clone.text("undo/12", REGISTER)
        == FIGURES.replace("走访的居民人数", "走访居民的人数").strip()
    )
    assert clone.text("undo/12", PART) == page.replace("总述。", "总的情况。").strip()
    listed = git(clone.root, "ls-tree", "-r", "--name-only", "undo/12", "data/volunteering/")
    assert listed.splitlines() == [
        "data/volunteering/2024/20240305-a.yml", "data/volunteering/2024/c.yml",
    ]  # fmt: skip


CHANGED_RECORD = RECORD.replace("participants: 12", "participants: 13")
SECTION = FILES[PART].replace("开展活动", "组织开展活动")


@pytest.mark.parametrize(
    ("first", "then", "what"),
    [
        ({"data/volunteering/2024/20240305-a.yml": CHANGED_RECORD}, {"data/volunteering/2024/20240305-a.yml": CHANGED_RECORD.replace("services: 30", "services: 31")}, "data/volunteering/2024/20240305-a.yml（学雷锋进社区）"),
        ({NEW: OTHER}, {NEW: OTHER.replace("services: 30", "services: 31")}, f"{NEW}（植树）"),
        ({REGISTER: FIGURES.replace("三年来开展", "三年间开展")}, {REGISTER: FIGURES.replace("三年来开展", "三年间开展").replace("source: 台账", "source: 活动台账")}, f"{REGISTER}（指标 activities 开展活动）"),
        ({PART: SECTION}, {PART: SECTION + "\n丙。\n"}, f"{PART}（“（一）统筹”）"),
        ({"docs/files/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}, {"docs/files/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='1'/>"}, "docs/files/a.svg"),
    ],
    ids=["record", "new record", "figure", "section", "attachment"],
)  # fmt: skip
def test_what_was_changed_again_later_is_not_taken_back(
    clone: Clone, first: Files, then: Files, what: str
) -> None:
    clone.merge(12, first)
    later = clone.put(then, "后来")
    done = clone.undo("12")
    day = git(clone.root, "log", "-1", "--format=%cs")
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        f"  {what}；后来的提交：{later[:7]} {day}\n",
        "拉取请求 #12 改过的，后来又改过 1 处，不能照原样撤回；请逐处看过，把要改回去的另开拉取请求\n",
    )


def test_texts_that_git_cannot_put_together_are_listed(clone: Clone) -> None:
    """Settings are no record, and two changes of one line of them are still two changes."""
    clone.merge(12, {"mkdocs.yml": FILES["mkdocs.yml"].replace("样例", "样例甲")})
    clone.put({"mkdocs.yml": FILES["mkdocs.yml"].replace("样例", "样例乙")}, "后来")
    done = clone.undo("12")
    assert (done.exit_code, done.stdout.partition("；")[0]) == (1, "  mkdocs.yml")


def test_an_approved_figure_moves_back_by_a_revision(clone: Clone) -> None:
    """A counted one: its record goes, and what was approved and revised stays on record."""
    register = COUNTED + UNSIGNED
    clone.put({REGISTER: register}, "核定")
    revision = (
        "  revisions:\n    - kind: 修订\n      date: 2026-02-03\n      old: 1\n      new: 2\n"
        "      reason: 补录漏报的一次\n      by: 分管领导\n"
    )
    revised = register.replace("    value: 1\n", f"    value: 1\n{revision}")
    clone.merge(12, {NEW: OTHER, REGISTER: revised})
    done = clone.undo("12")
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        "  activities 开展活动：2次 → 1次，已经核定或报送\n",
        "核定、报送过的数因此改回去，须记下修订或更正；请核对以后运行："
        ".venv/bin/archive undo 12 --revise 更正 --reason 原因 --by 核定岗位\n",
    )
    assert clone.undo("12", *WHY[:2]).stderr.startswith("--revise、--reason、--by 须一起写")
    assert clone.undo("12", *WHY).exit_code == 0
    again = (
        "    - kind: 更正\n      date: 2026-03-01\n      old: 2\n      new: 1\n"
        "      reason: 误将另一单位的一次记入\n      by: 分管领导\n"
    )
    assert clone.text("undo/12", REGISTER) == revised.replace(revision, revision + again).strip()
    assert NEW not in git(clone.root, "ls-tree", "-r", "--name-only", "undo/12")
    git(clone.root, "switch", "-q", "undo/12")
    checked = CliRunner().invoke(main, ["check", "--since", "main", "--as-of", "2026-03-01"])
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_an_entered_figure_takes_its_former_value_by_a_revision(clone: Clone) -> None:
    register = COUNTED + ENTERED
    clone.put({REGISTER: register}, "核定")
    revised = register.replace("  value: 96\n", "  value: 98\n", 1).replace(
        "    value: 96\n",
        "    value: 96\n  revisions:\n    - {kind: 修订, date: 2026-02-03, old: 96, new: 98, reason: 补录, by: 丁}\n",
    )
    clone.merge(12, {REGISTER: revised}, way="github")
    assert clone.undo("12").stdout == "  visited 走访居民：98人 → 96人，已经核定或报送\n"
    assert clone.undo("12", *WHY).exit_code == 0
    made = clone.text("undo/12", REGISTER)
    assert made.count("old: 96") == made.count("new: 96") == 1
    assert "  value: 96\n" in made


def test_a_reported_figure_moves_back_by_a_revision(clone: Clone, tmp_path: Path) -> None:
    register: Any = {REGISTER: COUNTED.replace("    value: 1\n", "").replace("by: 丙", "by:").replace("date: 2026-01-07", "date:") + UNSIGNED}  # fmt: skip
    clone.put(register, "登记")
    text = register[REGISTER]
    clone.merge(12, {NEW: OTHER})
    frozen = frozen_text(tmp_path / "then", {**register, NEW: OTHER})
    clone.put({"data/releases/2025年度.yml": frozen}, "报送")
    assert clone.undo("12").stdout == "  activities 开展活动：2次 → 1次，已经核定或报送\n"
    assert clone.undo("12", *WHY).exit_code == 0
    assert clone.text("undo/12", REGISTER) != text


def test_a_release_is_not_taken_back(clone: Clone, tmp_path: Path) -> None:
    name = "data/releases/2025年度.yml"
    clone.merge(12, {name: frozen_text(tmp_path / "then", {})})
    assert clone.refused() == (
        f"报送过的不得改动，拉取请求 #12 里有 {name}；请用修订或更正改数，不撤回\n"
    )


def test_an_approval_is_not_taken_back_in_silence(clone: Clone) -> None:
    """The pull request entered a value and its approval: without it nothing is known any more."""
    clone.put({REGISTER: ACTIVITIES + FILLED.replace("  value: 96\n", "  value:\n")}, "登记")
    clone.merge(12, {REGISTER: ACTIVITIES + ENTERED})
    done = clone.undo("12")
    assert done.exit_code == 1
    assert "visited（走访居民）核定过的数是 96，现为 未填报，" in done.stdout
    assert done.stderr.endswith("没有做分支；请照上面的提示另开拉取请求改\n")


def test_what_others_have_come_to_need_is_not_taken_away(clone: Clone) -> None:
    page = "---\ntitle: 附录\n---\n\n# 附录\n\n甲。\n"
    nav = FILES["mkdocs.yml"].replace("  - 指标登记:", "  - 附录: appendix.md\n  - 指标登记:")
    clone.merge(12, {"docs/appendix.md": page, "mkdocs.yml": nav})
    clone.put({"docs/index.md": FILES["docs/index.md"] + "\n见[附录](appendix.md)。\n"}, "后来")
    done = clone.undo("12")
    assert (done.exit_code, done.stdout) == (
        1, "docs/index.md:9: 链接所指须在 docs/ 下，没有 appendix.md，是否为 index.md？\n",
    )  # fmt: skip


def test_a_change_that_cannot_be_read_is_taken_back(clone: Clone) -> None:
    """What is most wanted gone: it broke the data for everybody."""
    earlier = clone.tree("HEAD")
    clone.merge(12, {NEW: "date: [\n", "archive/\x1b[2Kx.py": "a = 1\n"}, way="github")
    done = clone.undo("12")
    assert (done.exit_code, done.stdout) == (0, "撤回以前的数据读不出来，没有列出改动。\n")
    assert (
        "还改回了内容以外的 1 个文件，请由维护人员看过，运行 make test：archive/U+001B[2Kx.py\n"
        in done.stderr
    )
    assert clone.tree("undo/12") == earlier


def test_it_begins_from_the_forge_s_branch(clone: Clone) -> None:
    clone.merge(12, {NEW: OTHER})
    git(clone.root, "update-ref", "refs/remotes/origin/main", clone.id("HEAD"))
    git(clone.root, "reset", "-q", "--hard", "HEAD^")
    assert clone.undo("12").exit_code == 0
    assert clone.id("undo/12^") == clone.id("refs/remotes/origin/main")


def test_a_branch_that_is_there_is_left_alone(clone: Clone) -> None:
    clone.merge(12, {NEW: OTHER})
    assert clone.undo("12").exit_code == 0
    made = clone.id("undo/12")
    done = CliRunner().invoke(main, ["undo", "12"])
    assert (done.exit_code, done.stderr, clone.id("undo/12")) == (
        1,
        "分支 undo/12 须还没有，现在已有；请看 git log undo/12，不要它的用 git branch -D undo/12 删去，再运行\n",
        made,
    )


def test_what_is_gone_already_needs_no_undoing(clone: Clone) -> None:
    clone.merge(12, {"archive/x.py": "a = 1\n"})
    clone.put({"archive/x.py": None}, "后来")
    assert clone.refused() == ("拉取请求 #12 的改动现在已经没有了，不用撤回；请看 git log\n")


def test_entries_of_the_register_are_kept_letter_by_letter() -> None:
    theirs = b'# head\na:\n  x: 1 # one\n  l:\n  - 1\n"b":\n  x: 2\nc: {x: 3}\n'
    ours = b"# other\na:\n  x: 0\nb:\n  x: 0"
    assert kept_entries(theirs, ours, ["a", "c", "none"]) == (
        b"# other\na:\n  x: 1 # one\n  l:\n  - 1\nb:\n  x: 0\nc: {x: 3}\n"
    )
    assert kept_entries(theirs, ours, ["b"]) == b'# other\na:\n  x: 0\n"b":\n  x: 2\n'


def editor(forge: str | None, address: str | None = None) -> Editor:
    return Editor.model_validate({"forge": forge, "address": address, "branch": "main"})


@pytest.mark.parametrize(
    ("origin", "stated", "web"),
    [
        ("https://github.com/ju/dangan.git", None, "https://github.com/ju/dangan"),
        ("https://clerk:secret@git.example/ju/dangan", None, "https://git.example/ju/dangan"),
        ("http://git.example:3000/a/ju/dangan.git", None, "http://git.example:3000/a/ju/dangan"),
        ("git@git.example:ju/dangan.git", None, "https://git.example/ju/dangan"),
        ("git@git.example:ju/dangan.git", "http://git.example:3000/ju/dangan", "http://git.example:3000/ju/dangan"),
        ("git@git.example:ju/dangan.git", "http://evil.example/ju/dangan", "https://git.example/ju/dangan"),
        ("ssh://git@git.example:2222/ju/dangan.git", None, "https://git.example/ju/dangan"),
        ("/srv/git/dangan.git", None, None),
        ("file:///srv/git/dangan.git", None, None),
        ("ext::sh -c x", None, None),
        ("https://git.example/dangan", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_the_web_address_is_that_of_the_remote(
    origin: str, stated: str | None, web: str | None
) -> None:
    assert web_address(origin, editor("gitea", stated)) == web


@pytest.mark.parametrize(
    ("forge", "origin", "api"),
    [
        ("github", "https://github.com/ju/dangan.git", "https://api.github.com"),
        ("github", "https://git.example/ju/dangan", "https://git.example/api/v3"),
        ("gitea", "http://git.example:3000/a/ju/dangan.git", "http://git.example:3000/a/api/v1"),
        ("forgejo", "git@git.example:ju/dangan.git", "https://git.example/api/v1"),
        ("gitlab", "https://git.example/ju/dangan", None),
        (None, "https://git.example/ju/dangan", None),
    ],
)
def test_a_token_goes_to_the_remote_s_host_alone(
    forge: str | None, origin: str, api: str | None
) -> None:
    known = editor(forge, "https://evil.example/ju/dangan")
    found = forge_of_clone(origin, known, {"ARCHIVE_TOKEN": "t"})
    assert (found and found.api) == api
    assert found is None or (found.repository, found.token) == (NAME, "t")
    assert forge_of_clone(origin, known, {}) is None
    assert forge_of_clone(origin, known, {"GITHUB_TOKEN": "t"}) is None
