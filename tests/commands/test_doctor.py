"""`archive doctor`: what is set up and what is not, one line each, with what to do."""

import shutil
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.commands.cli import main
from archive.editing.editors.files import generated
from archive.editing.editors.files import write as write_generated
from archive.editing.starter import STARTER
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections
from archive.facts.project import Project
from archive.files.git import GitError
from archive.files.git import git as run_git
from archive.proposals.asking import Question, answered
from archive.publish import publish
from tests.conftest import ROOT
from tests.samples.asked import NAME, TOKEN, answering
from tests.samples.published import made_up
from tests.samples.releases import frozen_text
from tests.samples.sample import AS_OF, UNIT, git, write

NOW = datetime(2026, 6, 30, tzinfo=UTC)
SITE = "https://wenming.example/"
WEB = f"https://git.example/{NAME}"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample in no repository; the machine has nginx and fonts."""
    root = tmp_path / "site"
    write(root)
    monkeypatch.chdir(root)
    for name in ("ARCHIVE_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    have(monkeypatch, "git", "nginx")
    monkeypatch.setattr("archive.press.conditions.all_fetched", lambda: True)
    return root


def have(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    monkeypatch.setattr(
        shutil, "which", lambda name, path=None: f"/usr/bin/{name}" if name in programs else None
    )


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *args], catch_exceptions=False)


def lines(*args: str) -> dict[str, str]:
    """Name of a condition → its line."""
    return {one.split("：")[0].split(" ")[1].removesuffix("（发布须有）"): one for one in run(*args).stdout.splitlines()}  # fmt: skip


GENERATED = "如 .forgejo/issue_template/activities.yml"


def test_nothing_is_set_up_and_there_is_no_forge(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "甲")
    done = run("../www")
    commit = git(root, "rev-parse", "HEAD")[:12]
    here = Project(root, root / "data", AS_OF)
    count = len(generated(read_collections(here).collections, read_kinds(here)))
    assert (
        done.stdout
        == f"""\
好　　 Git（发布须有）：须装有 Git，现在有
好　　 仓库（发布须有）：须是 Git 仓库，内容已经提交，现有 1 次提交，最近的是 {commit}
好　　 本单位的设置（发布须有）：data/unit.yml 须有并没有写错，现在读得出
好　　 时区：须写明本单位的时区，现为 Asia/Shanghai（也是不写时的）
好　　 建档期间：须写明起止日期，现为 2023-01-01 至 2025-12-31
缺　　 网站地址：须写明首页的网址，打印件才有网址和二维码，现在没有；请在 data/unit.yml 填 site_address: 网址（公开版的填 public_address）
缺　　 编辑的链接：仓库的平台、网址、分支须写明，页面才有“编辑此页”，现在没有写全；请在 data/unit.yml 的 repository 下填 forge、address、branch
缺　　 远程仓库：origin 须是平台上的仓库，现在没有；请运行 git remote add origin 网址
不知道 连得上：远程仓库须连得上，有分支 main，没有 origin；请先设好远程仓库
不知道 令牌：令牌须能推送、开拉取请求，不知道是哪个平台；请先填 data/unit.yml 的 repository
不知道 主分支的保护：main 须经拉取请求、有人审核、检查通过才能合并，不知道是哪个平台；请先填 data/unit.yml 的 repository
不知道 自动处理：平台须准许工作流开拉取请求，不知道是哪个平台；请先填 data/unit.yml 的 repository
不知道 工作流：工作流须与程序带的一致，不知道是哪个平台；请先填 data/unit.yml 的 repository；没有工作流的，在本机运行 .venv/bin/archive check
缺　　 表单和结构：议题表单和编辑器用的结构须与程序写出的一致，现有 {count} 个不一致，{GENERATED}；请运行 .venv/bin/archive schema，再提交
缺　　 审核人：.github/CODEOWNERS 须写明各目录由谁审核，现在没有这个文件；请在 .github/CODEOWNERS 里写，如 /data/   @账号
好　　 字体（发布须有）：打印用的字体须齐全，现在有免费的一套
好　　 nginx：给读者看须有网页服务器，现在有 /usr/bin/nginx
缺　　 发布：须发布过网站，../www 现在没有；请运行 .venv/bin/archive publish ../www；发布在别处的，运行 .venv/bin/archive doctor 发布目录
不知道 服务器：发布的网站须有服务器给读者看，现在没有 nginx 在用这个发布目录；试运行，请运行 sh {ROOT}/archive/setup/site-server ../www；长期运行的写法见指南“架设服务器”
缺　　 报送：报送的那一天须存下指标登记，此后的改动才有据可查，现在没有；报送的时候，请运行 .venv/bin/archive freeze 名称，如 2025年度
缺　　 备份：最近的提交须备份在别处，现在没有备份过；请运行 .venv/bin/archive backup /另一块磁盘/备份-$(date +%F).zip
"""
    )
    assert (done.exit_code, done.stderr) == (0, "21 项：好 7，缺 8，不知道 6。\n")
    offline = run("../www", "--offline")
    asked = {"连得上", "令牌", "主分支的保护", "自动处理"}
    kept = [one for one in done.stdout.splitlines() if one[4:].split("：")[0] not in asked]
    assert offline.stdout.splitlines() == kept


def test_without_what_publishing_needs_it_exits_with_1(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have(monkeypatch)
    (root / "data" / "unit.yml").write_text("a: [\n")
    monkeypatch.setattr("archive.press.conditions.all_fetched", lambda: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    done = run()
    assert (done.exit_code, done.stderr) == (
        1,
        "7 项：缺 6，不知道 1；发布须有的缺 3 项：Git、本单位的设置、字体。\n",
    )
    assert done.stdout.splitlines()[:3] == [
        "缺　　 Git（发布须有）：须装有 Git，现在没有；请运行 sudo apt-get install git",
        "缺　　 本单位的设置（发布须有）：data/unit.yml 须有并没有写错，现在没有，或者写错了；请运行 .venv/bin/archive check，照提示改",
        "缺　　 字体（发布须有）：打印用的字体须齐全，现在有的不够：须有仿宋（仿宋_GB2312、FangSong_GB2312、仿宋、FangSong、FandolFang、STFangsong），现在没有；请运行 make fonts，或者把本单位的字体放进 fonts/",
    ]


def test_a_repository_that_git_refuses_is_told_with_the_way_out(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(root, "init", "-q")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    done = run()
    assert done.exit_code == 1
    (told,) = [one for one in done.stdout.splitlines() if "仓库（" in one]
    assert told.startswith("缺　　 仓库（发布须有）：须是 Git 仓库，内容已经提交，git ")
    assert told.endswith(f"请运行 git config --global --add safe.directory {root}")
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    assert lines()["仓库"] == (
        "缺　　 仓库（发布须有）：须是 Git 仓库，内容已经提交，现在没有提交；请运行 git init -b main && git add -A && git commit -m 建立档案"
    )


RULES: list[dict[str, Any]] = [
    {"type": "pull_request", "parameters": {"required_approving_review_count": 1}},
    {"type": "required_status_checks", "parameters": {"required_status_checks": [{"context": "检查"}]}},
]  # fmt: skip
GITHUB: dict[str, Any] = {
    "": {"permissions": {"admin": True, "push": True}},
    "/branches/main": {"protected": True, "protection": {}},
    "/rules/branches/main": RULES,
    "/actions/permissions/workflow": {"can_approve_pull_request_reviews": True},
}
GITEA: dict[str, Any] = {
    "": {"permissions": {"admin": False, "push": True}, "has_actions": True},
    "/branches/main": {"protected": True, "required_approvals": 1, "enable_status_check": True},
}


def set_up(root: Path, forge: str, monkeypatch: pytest.MonkeyPatch, api: str) -> None:
    """Everything as the guide says, on a forge that answers at `api`."""
    unit = UNIT.replace(
        "forge:\n  address:\n  branch:\n", f"forge: {forge}\n  address: {WEB}\n  branch: main\n"
    )
    (root / "data" / "unit.yml").write_text(f"{unit}site_address: {SITE}\n", "utf-8")
    shutil.copytree(STARTER / f"_{forge}", root / f".{forge}", dirs_exist_ok=True)
    (root / f".{forge}" / "CODEOWNERS").write_text("/data/   @ju/tongji # 综合\n", "utf-8")
    here = Project(root, root / "data", AS_OF)
    write_generated(root, generated(read_collections(here).collections, read_kinds(here)))
    for name, value in (
        ("GITHUB_API_URL", api), ("GITHUB_REPOSITORY", NAME), ("GITHUB_TOKEN", TOKEN),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)


def set_up_clone(root: Path, tmp_path: Path) -> None:
    """A commit, pushed to a remote; a release, a published site and a backup."""
    (root / "data" / "releases").mkdir()
    text = frozen_text(tmp_path / "then", {})
    (root / "data" / "releases" / "2025年度.yml").write_text(text, "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "甲")
    git(tmp_path, "init", "-q", "--bare", "forge.git")
    git(root, "remote", "add", "origin", str(tmp_path / "forge.git"))
    git(root, "push", "-q", "origin", "main")
    publish(made_up(tmp_path / "built", "甲"), tmp_path / "www", NOW)
    done = CliRunner().invoke(main, ["backup", "../b.zip", "--target", "../www"])
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("forge", "answers"), [("github", GITHUB), ("gitea", GITEA), ("forgejo", GITEA)]
)
def test_everything_is_set_up(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forge: str, answers: dict[str, Any]
) -> None:
    with answering(answers, forge) as api:
        set_up(root, forge, monkeypatch, api)
        set_up_clone(root, tmp_path)
        monkeypatch.setattr(
            "archive.publish.conditions.config_in_use", lambda _: Path("/etc/nginx/site.conf")
        )
        done = run("../www")
    assert [one for one in done.stdout.splitlines() if not one.startswith("好　　 ")] == []
    assert (done.exit_code, done.stderr) == (0, "21 项：好 21。\n")


@pytest.mark.parametrize(
    ("forge", "changes", "name", "told"),
    [
        ("github", {"": {"permissions": {"push": False, "admin": False}}}, "令牌", "缺　　 令牌：令牌须能推送、开拉取请求，现在只能读；请由 {0}/settings 给它的用户写的权限，或者换一个令牌"),
        ("github", {"": {}}, "令牌", "不知道 令牌：令牌须能推送、开拉取请求，平台没有说明这个令牌的权限；请先运行 read -rs ARCHIVE_TOKEN && export ARCHIVE_TOKEN，粘贴令牌"),
        ("github", {"": 401}, "令牌", "缺　　 令牌：令牌须能推送、开拉取请求，平台不认这个令牌；请先运行 read -rs ARCHIVE_TOKEN && export ARCHIVE_TOKEN，粘贴令牌"),
        ("github", {"": 403}, "令牌", "不知道 令牌：令牌须能推送、开拉取请求，平台答复 403，令牌看不到；请换一个权限大的令牌，或者打开 {0}/settings 看"),
        ("github", {"": []}, "令牌", "不知道 令牌：令牌须能推送、开拉取请求，看不懂平台的答复；请打开 {0}/settings 看"),
        ("github", {"/actions/permissions/workflow": {"can_approve_pull_request_reviews": False}}, "自动处理", "缺　　 自动处理：平台须准许工作流开拉取请求，现在不准；请打开 {0}/settings/actions，勾选 Allow GitHub Actions to create and approve pull requests"),
        ("gitea", {"": {"has_actions": False}}, "自动处理", "缺　　 自动处理：平台须准许工作流开拉取请求，现在没有打开 Actions；请打开 {0}/settings，启用 Actions"),
    ],
)  # fmt: skip
def test_what_the_forge_tells(
    root: Path, monkeypatch: pytest.MonkeyPatch, forge: str, changes: dict[str, Any], name: str, told: str
) -> None:  # fmt: skip
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-qm", "甲", "--allow-empty")
    strict = changes != {"": []}
    with answering({**(GITHUB if forge == "github" else GITEA), **changes}, forge, strict) as api:
        set_up(root, forge, monkeypatch, api)
        assert lines()[name] == told.format(WEB)


BRANCH, PROTECTION = "/branches/main", "/branches/main/protection"
BOTH = {"required_pull_request_reviews": {"required_approving_review_count": 2}, "required_status_checks": {"contexts": ["检查"]}}  # fmt: skip


@pytest.mark.parametrize(
    ("forge", "changes", "told"),
    [
        ("github", {}, "好"),
        ("github", {BRANCH: {"protected": False, "protection": {}}, "/rules/branches/main": []}, "缺：没有保护"),
        ("github", {"/rules/branches/main": [], PROTECTION: BOTH}, "好"),
        ("github", {"/rules/branches/main": RULES[:1], PROTECTION: 404}, "缺：没有规定检查通过"),
        ("github", {"/rules/branches/main": RULES[1:], PROTECTION: 404}, "缺：没有规定有人审核"),
        ("github", {"/rules/branches/main": [], PROTECTION: {"required_pull_request_reviews": BOTH["required_pull_request_reviews"]}}, "缺：没有规定检查通过"),
        ("github", {"/rules/branches/main": [], PROTECTION: {"required_status_checks": {}, "required_pull_request_reviews": {"required_approving_review_count": 0}}}, "缺：没有规定有人审核、没有规定检查通过"),
        ("github", {BRANCH: {"protected": True, "protection": {"required_status_checks": {"contexts": ["检查"]}}}, "/rules/branches/main": [], PROTECTION: 403}, "不知道：不知道有没有规定有人审核"),
        ("gitea", {}, "好"),
        ("gitea", {BRANCH: {"protected": False, "required_approvals": 0, "enable_status_check": False}}, "缺：没有保护"),
        ("gitea", {BRANCH: {"protected": True, "required_approvals": 0, "enable_status_check": True}}, "缺：没有规定有人审核"),
    ],
)  # fmt: skip
def test_how_the_main_branch_is_protected(
    root: Path, monkeypatch: pytest.MonkeyPatch, forge: str, changes: dict[str, Any], told: str
) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-qm", "甲", "--allow-empty")
    with answering({**(GITHUB if forge == "github" else GITEA), **changes}, forge) as api:
        set_up(root, forge, monkeypatch, api)
        line = lines()["主分支的保护"]
    state, _, found = told.partition("：")
    rule = f"主分支的保护：main 须经拉取请求、有人审核、检查通过才能合并，现在{found or '都有规定'}"
    advice = "" if state == "好" else f"；请打开 {WEB}/settings/branches 设好"
    assert line == f"{state:　<3} {rule}{advice}"


def test_a_token_is_asked_for_and_other_forges_are_not_asked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-qm", "甲", "--allow-empty")
    for forge, found in (
        ("gitea", "没有令牌 ARCHIVE_TOKEN；请先运行 read -rs ARCHIVE_TOKEN && export ARCHIVE_TOKEN，粘贴令牌"),
        ("gitlab", "程序不问这个平台；请在平台的设置里看"),
    ):  # fmt: skip
        unit = UNIT.replace("forge:\n  address:\n", f"forge: {forge}\n  address: {WEB}\n")
        (root / "data" / "unit.yml").write_text(unit, "utf-8")
        assert lines()["令牌"] == f"不知道 令牌：令牌须能推送、开拉取请求，{found}"


def test_who_does_not_answer_is_not_waited_for() -> None:
    """Neither a forge nor a remote that takes the connection and says nothing."""
    over = Event()

    def never() -> Any:
        over.wait()
        return None, "", ""

    found = answered(
        [Question("甲", "须有", lambda: (True, "有", "")), Question("乙", "须有", never)], 0.2
    )
    over.set()
    assert [str(one) for one in found] == [
        "好　　 甲：须有，有",
        "不知道 乙：须有，0.2 秒里没有答复；请检查网络，再运行一次",
    ]
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a.git"
        with pytest.raises(GitError) as told:
            run_git(Path(), "ls-remote", address, seconds=0.2)
    assert str(told.value) == "git ls-remote 须在 0.2 秒内有结果，现在没有；请检查网络，再运行一次"


def test_the_remote_is_the_repository_that_pages_link_to(root: Path, tmp_path: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-qm", "甲", "--allow-empty")
    unit = UNIT.replace("forge:\n  address:\n", f"forge: gitea\n  address: {WEB}\n")
    (root / "data" / "unit.yml").write_text(unit, "utf-8")
    assert lines("--offline")["远程仓库"].endswith(f"；请运行 git remote add origin {WEB}")
    git(root, "remote", "add", "origin", "git@git.example:ju/other.git")
    assert lines("--offline")["远程仓库"] == (
        f"缺　　 远程仓库：origin 须是平台上的仓库，现为 https://git.example/ju/other，data/unit.yml 写的是 {WEB}；"
        "两处不一样的，请改对其中一处：git remote set-url origin 网址"
    )
    git(root, "remote", "set-url", "origin", "git@git.example:ju/dangan.git")
    assert lines("--offline")["远程仓库"].startswith("好")
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    git(root, "remote", "set-url", "origin", str(tmp_path / "empty.git"))
    assert lines()["连得上"].endswith("现在没有这个分支；请运行 git push -u origin main")
    # What is recorded becomes no second command where somebody pastes this one.
    written = unit.replace("  branch:\n", "  branch: main;$(id)\n")
    assert written != unit
    (root / "data" / "unit.yml").write_text(written, "utf-8")
    assert lines()["连得上"].endswith("请运行 git push -u origin 'main;$(id)'")
    git(root, "remote", "set-url", "origin", str(tmp_path / "none.git"))
    assert lines()["连得上"].endswith(
        "现在连不上；请检查网络和权限，运行 git ls-remote origin 看原因"
    )


def test_workflows_are_mended_by_what_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "甲")
    set_up(root, "github", monkeypatch, "")
    (root / ".github" / "workflows" / "form.yml").unlink()
    (root / ".github" / "workflows" / "check.yml").write_text("a: 1\n")
    told = lines("--offline")["工作流"]
    assert told.startswith(
        "缺　　 工作流：工作流须与程序带的一致，现有 2 个不一致，其中没有 .github/workflows/form.yml；不是有意改的，请运行 "
    )
    command = told.partition("请运行 ")[2].removesuffix("，再提交")
    subprocess.run(command, shell=True, cwd=root, check=True)
    assert lines("--offline")["工作流"] == "好　　 工作流：工作流须与程序带的一致，现在 3 个都一致"


def test_on_gitlab_the_workflows_are_one_file(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "甲")
    unit = UNIT.replace("forge:\n  address:\n", f"forge: gitlab\n  address: {WEB}\n")
    (root / "data" / "unit.yml").write_text(unit, "utf-8")
    told = lines("--offline")["工作流"]
    assert "现有 1 个不一致，其中没有 .gitlab-ci.yml；" in told
    shutil.copy(STARTER / "_gitlab-ci.yml", root / ".gitlab-ci.yml")
    assert lines("--offline")["工作流"] == "好　　 工作流：工作流须与程序带的一致，现在 1 个都一致"


def test_workflows_of_a_site_in_a_folder_are_for_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    set_up(root, "gitea", monkeypatch, "")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "甲")
    assert lines("--offline")["工作流"].startswith(
        "不知道 工作流：工作流须与程序带的一致，站点在仓库的一个子目录里；"
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("*\n/data/\n", 0),
        ("# /data/ @账号一\n", 0),
        ("/data/ # @账号一\n", 0),
        ("/data/ @zhang @ju/tongji\n* wang@git.example\n", 2),
        ("data/.*@zhang\n", 0),
    ],
)
def test_who_reviews_is_named(root: Path, text: str, named: int) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-qm", "甲", "--allow-empty")
    (root / "CODEOWNERS").write_text(text, "utf-8")
    found = f"现有 {named} 行写了人" if named else "现在没有写人"
    assert f"CODEOWNERS 须写明各目录由谁审核，{found}" in lines("--offline")["审核人"]


def test_the_last_backup_is_looked_at(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_clone(root, tmp_path)
    rule = "备份：最近的提交须备份在别处，"
    again = f"；请运行 .venv/bin/archive backup {tmp_path}/备份-$(date +%F).zip"
    commit = git(root, "rev-parse", "HEAD")[:12]
    held = f"现有 {tmp_path}/b.zip，含提交 {commit}"
    assert lines("--offline")["备份"] == f"好　　 {rule}{held}"
    for _ in range(2):
        git(root, "commit", "-qm", "乙", "--allow-empty")
    assert lines("--offline")["备份"] == f"缺　　 {rule}{held}，此后又有 2 次提交{again}"
    (tmp_path / "b.zip").write_bytes(b"x")
    assert lines("--offline")["备份"] == f"缺　　 {rule}上次的 {tmp_path}/b.zip 现在读不出{again}"
    (tmp_path / "b.zip").unlink()
    assert lines("--offline")["备份"] == f"不知道 {rule}上次的 {tmp_path}/b.zip 现在读不到{again}"
