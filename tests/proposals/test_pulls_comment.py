"""The comment under a pull request: one, true to the newest commit, whatever the pull request holds."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import Result
from markdown_it import MarkdownIt

from archive.files.content import is_content, without_navigation
from archive.files.git import git
from archive.proposals.diff.as_markdown import code
from archive.proposals.diff.as_text import NOTHING
from archive.proposals.diff.revisions import UnknownRevisionError, load_revision
from archive.proposals.pulls import answer_pull
from archive.proposals.pulls.comment import MAX_FILES, MAX_PROBLEMS
from archive.proposals.pulls.forge import ForgeError
from archive.proposals.pulls.github import GitHub
from tests.samples.history import git as run
from tests.samples.office import SAID, Office
from tests.samples.sample import MKDOCS, RECORD
from tests.samples.standin import NAME, TOKEN, Forge, serving

A, PART = "data/volunteering/2024/20240305-a.yml", "docs/report/part-1.md"
WORDS = ("开展活动{{", "共开展活动{{")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, {})


def event(sha: str) -> Any:
    return {"workflow_run": {"id": 7, "head_sha": sha, "html_url": "https://git.example/run/7"}}


def quiet(office: Office, result: Result, said: str) -> None:
    """Nothing was written, and the workflow does not fail."""
    assert (result.exit_code, result.stderr) == (0, f"{said}\n")
    assert office.forge.comments == []


def test_no_sign_of_a_page_stands_for_a_figure(office: Office) -> None:
    """While sentences are compared a sign stands for each macro; what a page writes is none."""
    office.edit("a", PART, "开展活动{{", "共开展\U000f0000活动{{")
    number = office.forge.open("a")
    said = office.commented(number)
    assert "共开展U&#43;F0000活动" in said


def test_the_whole_comment(office: Office) -> None:
    office.edit("a", PART, *WORDS)
    number = office.forge.open("a")
    office.forge.artifacts = [
        {"id": 8, "name": "preview", "expired": True},
        {"id": 9, "name": "preview", "expired": False},
        {"id": 10, "name": "别的", "expired": False},
    ]
    assert (
        office.commented(number)
        == f"""\
{SAID.format(office.forge.head("a")[:12])}\
## 检查

没有问题。

## 改动

### 记录和页面

| 改动 | 内容 | 位置 | 说明 |
| --- | --- | --- | --- |
| 改动 | 页面 一、组织 | <code>docs&#47;report&#47;part&#45;1&#46;md&#58;7</code> | 正文：“（一）统筹” |

### 文字

句子有改动的 1 段，数和名称照各自的时候显示：

| 页面 | 原来 | 现在 |
| --- | --- | --- |
| <code>docs&#47;report&#47;part&#45;1&#46;md</code> | 开展活动&#42;&#42;&#42;次，走访居民近百人。 | 共开展活动&#42;&#42;&#42;次，走访居民近百人。 |

## 预览

[下载网站的预览](https://git.example/run/7/artifacts/9)，解压后打开 index.html。
"""
    )


def test_a_sentence_shows_the_figures_as_they_were_and_as_they_are(office: Office) -> None:
    """One macro in the place of another is a change; one whose value alone changes is none."""
    office.edit("a", PART, *WORDS)
    office.edit(
        "a", PART, '居民{{ fig("visited") }}', '居民{{ fig("activities") }}、{{ fig("无") }}'
    )
    office.edit("a", "docs/report/overview.md", "统计局", "局")
    entered = "visited:\n  name: 走访居民\n  unit: 户"
    office.edit("a", "data/figures.yml", entered.replace("户", "人"), entered)
    comment = office.commented(office.forge.open("a"))
    rows = comment.partition("### 文字\n")[2].partition("\n## ")[0].splitlines()[5:]
    assert [row.split(" | ")[1:] for row in rows if row] == [
        ["&#42;&#42;&#42;统计局落实“三会一课”。", "&#42;&#42;&#42;局落实“三会一课”。 |"],
        [
            "开展活动&#42;&#42;&#42;次，走访居民近百人。",
            "共开展活动&#42;&#42;&#42;次，走访居民&#42;&#42;&#42;次、〔数〕。 |",
        ],
    ]
    office.edit("b", "data/figures.yml", entered.replace("户", "人"), entered)
    office.edit("b", PART, "# 一、组织\n\n", "# 一、组织\n\n新的话。\n\n")
    comment = office.commented(office.forge.open("b"))
    rows = comment.partition("### 文字\n")[2].partition("\n## ")[0].splitlines()[5:]
    assert [row.split(" | ")[1:] for row in rows if row] == [["（没有）", "新的话。 |"]]


def test_a_site_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Links and annotations name files from the top, and what is changed beside the site is named too."""
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {}, "各站/档案")
        office.edit("a", A, "services: 30", "services: 三十")
        clone = office.clone("a")
        (clone / "别站").mkdir()
        (clone / "别站" / "a.md").write_text("甲")
        office.upload(clone, "a")
        number = forge.open("a")
        comment = office.commented(number)
        annotated = office.run(clone, "check", "--format", "github").stdout.splitlines()[0]
        told = office.run(clone, "diff", "origin/main").stdout
    top = "%E5%90%84%E7%AB%99/%E6%A1%A3%E6%A1%88"
    assert f"/edit/a/{top}/{A}#L7)" in comment
    assert f"<code>{A.replace('/', '&#47;')}".replace(".", "&#46;").replace("-", "&#45;") in comment
    outside = comment.partition("## 内容以外的改动")[2].partition("## 检查")[0]
    assert "还改了内容以外的 1 个文件" in outside
    assert "&#46;&#46;&#47;&#46;&#46;&#47;别站&#47;a&#46;md" in outside
    assert annotated.startswith(f"::error file=各站/档案/{A},line=7::services（服务人次）")
    assert f"{A}:7: services（服务人次）须为" in told


def test_the_same_comment_is_updated(office: Office) -> None:
    office.forge.say(1, "<!-- archive:pull -->\n冒名")
    office.edit("a", PART, *WORDS)
    number = office.forge.open("a")
    for changed in ("services: 31", "services: 三十", "services: 32"):
        office.edit("a", A, changed_from(office), changed)
        office.work("comment", event(office.forge.head("a")))
    said = office.forge.said(number)
    assert said[0] == "<!-- archive:pull -->\n冒名"
    assert len(said) == 2
    assert "没有问题。" in said[1]
    assert "服务人次 30 → 32" in said[1]
    assert office.forge.asked.count(f"POST /repos/{NAME}/issues/{number}/comments") == 1


def changed_from(office: Office) -> str:
    (line,) = [one for one in office.text("a", A).splitlines() if one.startswith("services:")]
    return line


def changes_told(office: Office, number: int) -> str:
    return office.commented(number).partition("## 改动\n\n")[2].partition("\n\n## 预览")[0]


def test_every_file_that_differs_is_named(office: Office) -> None:
    """What the comparison has no word for is named by its file: 没有改动 is said of no change."""
    clone = office.clone("a")
    register = (clone / "data/figures.yml").read_text("utf-8")
    first, second = register.split("visited:\n")
    (clone / "data/figures.yml").write_text(f"visited:\n{second}{first}", "utf-8")
    (clone / "data/volunteering/README.md").write_text("# 字段\n", "utf-8")
    (clone / PART).write_text(f"{(clone / PART).read_text('utf-8')}\n\n", "utf-8")
    (clone / "docs/files").mkdir()
    (clone / "docs/files/a.csv").write_text("甲\n", "utf-8")
    office.upload(clone, "a")
    assert changes_told(office, office.forge.open("a")) == (
        "以下 3 个文件有改动，下面没有列出改了什么（如附件），请打开看：\n\n"
        "- <code>data&#47;figures&#46;yml</code>\n- <code>docs&#47;report&#47;part&#45;1&#46;md</code>\n"
        "- <code>docs&#47;files&#47;a&#46;csv</code>"
    )


def test_a_flood_of_changes_and_files_hides_no_file_that_was_there(office: Office) -> None:
    """More records than a comment holds, and more new files than a list: the old file is named."""
    office.edit("a", A, "services: 30", "services: 45")
    clone = office.clone("a")
    record = (clone / A).read_text("utf-8")
    for number in range(200):
        title = f"植树{number}" + "甲" * 200
        (clone / A).with_name(f"n{number}.yml").write_text(
            record.replace("title: ", f"title: {title}"), "utf-8"
        )
    (clone / "docs/files").mkdir()
    for number in range(101):
        (clone / f"docs/files/a{number}.csv").write_text("甲\n", "utf-8")
    (clone / PART).write_text(f"{(clone / PART).read_text('utf-8')}\n\n", "utf-8")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert "内容太多，以下略去" in comment
    assert "- <code>docs&#47;report&#47;part&#45;1&#46;md</code>\n" in comment
    assert "- 另有 2 个\n" in comment


def test_a_program_that_changes_and_no_content(office: Office) -> None:
    clone = office.clone("a")
    (clone / "Makefile").write_text("x")
    office.upload(clone, "a")
    assert changes_told(office, office.forge.open("a")) == NOTHING


def test_only_what_the_pull_request_itself_changes(office: Office) -> None:
    office.edit("a", PART, *WORDS)
    office.edit("main", A, "services: 30", "services: 45")
    comment = office.commented(office.forge.open("a"))
    assert "services" not in comment
    assert "服务人次" not in comment


def test_the_run_of_a_commit_that_is_no_longer_the_newest(office: Office) -> None:
    old = office.edit("a", PART, *WORDS)
    number = office.forge.open("a")
    pull = office.forge.pull(number)
    office.edit("a", A, "services: 30", "services: 31")
    quiet(office, office.work("comment", event(old)), "没有与此相应的拉取请求，不写评论。")
    office.forge.pull(number)
    late = office.work("comment", {"pull_request": pull})
    quiet(office, late, "拉取请求已有更新的提交，由那一次的检查写评论。")


def test_a_pull_request_that_is_closed_meanwhile(office: Office) -> None:
    sha = office.edit("a", PART, *WORDS)
    office.forge.close(office.forge.open("a"))
    quiet(office, office.work("comment", event(sha)), "没有与此相应的拉取请求，不写评论。")


def test_a_pull_request_from_a_fork_that_is_gone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.edit("a", A, "services: 30", "services: 三十")
    number = office.forge.open("a")
    pull = office.forge.pull(number)
    pull["head"]["repo"] = None
    monkeypatch.setattr(office.forge, "pull", lambda _: pull)
    assert "\n- 第 7 行：services（服务人次）" in office.commented(number)


def test_code_of_a_pull_request_is_told_of_and_not_run(office: Office, tmp_path: Path) -> None:
    clone = office.clone("a")
    trap = f"from pathlib import Path\nPath({str(tmp_path / 'run')!r}).touch()\n"
    for name in ("archive/__init__.py", "docs/main.html", "conftest.py", "sitecustomize.py"):
        (clone / name).parent.mkdir(exist_ok=True)
        (clone / name).write_text(trap)
    (clone / ".gitattributes").write_text("* filter=trap\n")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    _, _, told = comment.partition("## 内容以外的改动\n\n")
    assert told.partition("\n\n## 检查")[0] == (
        "这次还改了内容以外的 5 个文件（程序、版式、设置、工作流、链接等），须由维护人员逐个看过再合并。"
        "以上按目标分支的程序得出，新规则以“检查”一项的结果为准。\n\n"
        "- <code>&#46;gitattributes</code>\n- <code>archive&#47;&#95;&#95;init&#95;&#95;&#46;py</code>\n"
        "- <code>conftest&#46;py</code>\n- <code>docs&#47;main&#46;html</code>\n"
        "- <code>sitecustomize&#46;py</code>"
    )
    assert not (tmp_path / "run").exists()


def test_pictures_that_a_person_has_to_read_are_listed(office: Office) -> None:
    clone = office.clone("a")
    (clone / "docs/files").mkdir()
    (clone / "docs/files/合影.gif").write_bytes(b"GIF89a\0\x09\0\x09\0\0\0")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert "这次改动里有只有图、程序读不了字的附件 1 个，请审核人打开看" in comment
    assert "- <code>docs&#47;files&#47;合影&#46;gif</code>\n" in comment


def test_new_links_to_other_sites_are_listed(office: Office) -> None:
    office.edit("a", PART, "开展活动{{", "见[甲](https://a.example/b)、[乙](part-1.md)，开展活动{{")
    comment = office.commented(office.forge.open("a"))
    assert (
        "这次新加了通到别的网站的链接 1 个，请审核人看清是哪个网站：\n\n"
        "- <code>docs&#47;report&#47;part&#45;1&#46;md</code>：<code>https&#58;&#47;&#47;a&#46;example&#47;b</code>\n"
    ) in comment


def test_a_link_out_of_the_tree_is_told_and_not_followed(office: Office) -> None:
    clone = office.clone("a")
    (clone / "docs/x.md").symlink_to("/etc/passwd")
    (clone / "data/unit.yml").unlink()
    (clone / "data/unit.yml").symlink_to("/etc/passwd")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert "有 2 处问题" in comment
    assert comment.count("须是普通的文件，不得是管道、设备或通到别处的链接") == 2
    assert "- <code>docs&#47;x&#46;md</code>（链接）" in comment
    assert "- <code>data&#47;unit&#46;yml</code>（链接）" in comment
    assert "root" not in comment


def test_nothing_hides_a_change_from_the_comment(office: Office) -> None:
    """Attributes of Git make its archives leave files out, and its diffs say nothing."""
    clone = office.clone("a")
    (clone / ".gitattributes").write_text("* export-ignore\n* -diff\n")
    (clone / "data/.gitattributes").write_text("* export-ignore\n")
    settings = (clone / "mkdocs.yml").read_text("utf-8")
    (clone / "mkdocs.yml").write_text(f"{settings}strict: true\n", "utf-8")
    (clone / PART).write_text((clone / PART).read_text("utf-8").replace(*WORDS), "utf-8")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert "一、组织" in comment
    assert "内容以外的 3 个文件" in comment


def test_a_navigation_is_content(office: Office) -> None:
    clone = office.clone("a")
    settings = (clone / "mkdocs.yml").read_text("utf-8")
    (clone / "mkdocs.yml").write_text(settings.replace("首页:", "主页:"), "utf-8")
    office.upload(clone, "a")
    assert "内容以外" not in office.commented(office.forge.open("a"))


def test_as_many_problems_as_there_is_room_for(office: Office) -> None:
    clone = office.clone("a")
    for number in range(MAX_PROBLEMS + 10):
        text = RECORD.replace("services: 30", f"services: {'@a <b> [c](http://d) ' * 40}")
        (clone / f"data/volunteering/2024/{'很长的文件名' * 11}{number:02}.yml").write_text(text)
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert len(comment) < 65_536
    assert "另有 10 处，见“检查”一项的记录" in comment
    html = MarkdownIt("commonmark").render(comment)
    assert "http://d" not in comment
    assert '<a href="http://d' not in html
    assert "<b>" not in html


def test_a_default_branch_that_cannot_be_read(office: Office) -> None:
    office.edit("main", A, "services: 30", "services: '30")
    office.edit("a", A, "services: '30", "services: 30")
    comment = office.commented(office.forge.open("a"))
    assert "没有问题。" in comment
    assert "的数据须能读取，现有 1 处问题：" in comment


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ("GITHUB_TOKEN", "没有环境变量 GITHUB_TOKEN"),
        ("GITHUB_API_URL", "没有环境变量 GITHUB_API_URL"),
    ],
)
def test_outside_a_workflow(
    office: Office, environment: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.samples.office.TOKEN", "" if environment == "GITHUB_TOKEN" else TOKEN
    )
    if environment == "GITHUB_API_URL":
        office.forge.api = ""
    result = office.work("comment", event("0" * 40))
    assert result.exit_code == 1
    assert said in result.stderr


def test_what_the_forge_refuses_is_told_without_the_token(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.samples.office.TOKEN", "wrong-token")
    result = office.work("comment", event("0" * 40))
    assert (result.exit_code, result.stderr) == (
        1,
        f"平台须接受 GET /repos/{NAME}/actions/runs/7/artifacts，现答复 401；请核对工作流的权限（permissions），再运行一次\n",
    )
    assert "wrong-token" not in repr(GitHub("github", "http://x", NAME, "wrong-token"))


def test_a_forge_that_does_not_answer() -> None:
    with pytest.raises(ForgeError, match="须能访问平台（GET /repos/ju/dangan/pulls），现为"):
        list(GitHub("github", "http://127.0.0.1:9", NAME, TOKEN).pulls("open"))


@pytest.mark.parametrize("first", [b"120000 index.md", b"100644 index.md", b"40000 index.md"])
def test_a_tree_with_two_of_one_name_is_refused(
    office: Office, tmp_path: Path, first: bytes
) -> None:
    """Git shows one of them, and checks out the other one; what is below a folder may follow a link."""
    clone = office.clone("a")
    outside = tmp_path / "outside"
    outside.mkdir()
    blob = bytes.fromhex(_git(clone, "hash-object", "-w", "--stdin", data=str(outside).encode()))
    folder = _tree(clone, b"100644 evil.pth\0" + blob)
    other = folder if first.startswith(b"4") else blob
    crafted = _tree(clone, first + b"\0" + other + _raw_tree(clone, "HEAD:docs"))
    root = _raw_tree(clone, "HEAD:")
    old = bytes.fromhex(_git(clone, "rev-parse", "HEAD:docs"))
    tree = _tree(clone, root.replace(old, crafted)).hex()
    commit = _git(clone, "commit-tree", tree, "-p", "HEAD", "-m", "x")
    with (
        pytest.raises(UnknownRevisionError, match=r"里有两个 docs/index\.md；请重新做这个提交"),
        load_revision(clone, commit, date(2026, 3, 1)),
    ):
        pass
    assert list(outside.iterdir()) == []


def _git(root: Path, *args: str, data: bytes = b"") -> str:
    return (git(root, *args, data=data) or b"").decode().strip()


def _tree(root: Path, entries: bytes) -> bytes:
    args = ("hash-object", "-t", "tree", "-w", "--literally", "--stdin")
    return bytes.fromhex(_git(root, *args, data=entries))


def _raw_tree(root: Path, name: str) -> bytes:
    return git(root, "cat-file", "tree", name) or b""


SWALLOWED = [
    ("theme:\n", "nav: '\ntheme:\n"),
    ("plugins: []", "nav:\n  - 首页: index.md\n  - ? a\nplugins: []"),
    ("nav:\n", "nav:\nhooks: [x.py]\n"),
    ("nav:\n", "nav:  # x\n"),
    ("  - 首页: index.md\n", "  - 首页: index.md\n  - '首页: index.md\n"),
    ("  - 首页: index.md\n", "  - 首页: index.md\n  - &a 首页: index.md\n"),
    ("  - 首页: index.md\n", "  - 首页: index.md\n  - !!python/name:os.system\n"),
    ("  - 首页: index.md\n", "  - 首页: index.md\n  - |\n"),
]


@pytest.mark.parametrize(("old", "new"), SWALLOWED)
def test_no_setting_hides_in_the_navigation(old: str, new: str) -> None:
    settings = f"{MKDOCS}theme:\n  name: material\n"
    assert old in settings
    assert without_navigation(settings.replace(old, new, 1)) != without_navigation(settings)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("首页: index.md", "主页: index.md"),
        (
            "  - 首页: index.md\n",
            "  - 首页: index.md\n  - 新的一页: a/b-c_d.md\n  - 新的一节:\n      - a.md\n\n",
        ),
    ],
)
def test_an_ordinary_change_of_the_navigation_is_content(old: str, new: str) -> None:
    assert without_navigation(MKDOCS.replace(old, new, 1)) == without_navigation(MKDOCS)


def test_what_is_not_content_is_never_pushed_out(office: Office) -> None:
    clone = office.clone("a")
    (clone / "Makefile").write_text("x")
    for number in range(700):
        name = clone / f"docs/records/p{number:04}.md"
        name.parent.mkdir(exist_ok=True)
        name.write_text(f"---\ntitle: {'长' * 60}{number}\n---\n\n# 甲\n", "utf-8")
    (clone / ("docs/" + "a" * 250 + ".png")).write_bytes(b"x")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert comment.index("<code>Makefile</code>") < comment.index("## 检查")


def test_new_files_do_not_push_out_one_that_was_there(office: Office) -> None:
    clone = office.clone("a")
    there = [name for name in _git(clone, "ls-files").split("\n") if not is_content(name)]
    (clone / there[-1]).write_text("x")
    (clone / ".aa").mkdir()
    for number in range(MAX_FILES + 50):
        (clone / f".aa/{number:03}").write_text("x")
    office.upload(clone, "a")
    listed = office.commented(office.forge.open("a")).partition("## 检查")[0]
    assert f"- {code(there[-1])}\n" in listed
    assert "- 另有 51 个\n" in listed


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("docs/report/part-1.md", True),
        ("docs/files/a.PDF", True),
        ("docs/files/a.pdf", True),
        ("data/volunteering/2024/a.yml", True),
        ("data/README.md", False),
        ("data/a.sh", False),
        ("docs/CODEOWNERS", False),
        ("docs/_config.yml", False),
        ("docs/.gitattributes", False),
        ("docs/assets/site.css", False),
        ("docs/guide/index.md", True),
        ("DOCS/a.md", False),
        ("edition.yml", False),
        ("mkdocs.yml", False),
    ],
)
def test_what_is_content(path: str, content: bool) -> None:
    assert is_content(path) == content


@pytest.mark.parametrize("branch", ["x", "a<!--b"])
def test_a_branch_of_any_name(office: Office, branch: str) -> None:
    office.edit(branch, A, "services: 30", "services: 三十")
    comment = office.commented(office.forge.open(branch))
    assert f"/edit/{quote(branch)}/{A}#L7)：services（服务人次）" in comment


def test_a_file_whose_name_is_no_utf8(office: Office) -> None:
    clone = office.clone("a")
    Path(os.fsdecode(bytes(clone) + b"/data/volunteering/2024/\xff.yml")).write_text("date: 1\n")
    office.upload(clone, "a")
    comment = office.commented(office.forge.open("a"))
    assert "看不见的符号，现有 U" in comment
    assert "DCFF" in comment


def test_pull_requests_of_one_commit_are_each_told_of(office: Office) -> None:
    office.edit("a", PART, *WORDS)
    first = office.forge.open("a")
    before = office.commented(first)
    head = office.edit("a", A, "services: 30", "services: 三十")
    clone = office.clone("a")
    run(clone, "push", "origin", "HEAD:refs/heads/b")
    office.forge.open("b")
    office.work("comment", event(head))
    (told,) = office.forge.said(first)
    assert told != before
    assert told.startswith(SAID.format(head[:12]))
    assert "services（服务人次）须为" in told


def test_a_pull_request_that_cannot_be_compared_keeps_none_of_the_same_commit_from_its_comment(
    office: Office,
) -> None:
    """Whoever opens another one for the commit would else keep up what was said of an earlier commit."""
    office.edit("a", PART, *WORDS)
    first = office.forge.open("a")
    office.commented(first)
    head = office.edit("a", A, "services: 30", "services: 三十")
    clone = office.clone("a")
    run(clone, "push", "origin", "HEAD:refs/heads/b")
    run(clone, "checkout", "--orphan", "pages")
    run(clone, "commit", "-m", "pages")
    run(clone, "push", "origin", "HEAD:refs/heads/pages")
    office.forge.issues[office.forge.open("b")]["base"] = "pages"
    result = office.work("comment", event(head))
    (told,) = office.forge.said(first)
    assert told.startswith(SAID.format(head[:12]))
    assert "services（服务人次）须为" in told
    assert result.exit_code == 1
    assert "git merge-base 须有结果" in result.stderr


def test_what_was_said_of_an_earlier_commit_is_taken_back_first(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.edit("a", PART, *WORDS)
    number = office.forge.open("a")
    office.commented(number)
    head = office.edit("a", A, "services: 30", "services: 31")
    meanwhile = list[str]()

    def failing(*_: object) -> str:
        meanwhile.extend(office.forge.said(number))
        raise RecursionError

    monkeypatch.setattr(answer_pull, "comment", failing)
    result = office.work("comment", event(head))
    start = SAID.format(head[:12])
    assert meanwhile == [
        f"{start}还没有看完这次提交，没有结论。过半小时还是这一句的，请维护人员看“评论”一项的运行记录。\n"
    ]
    assert office.forge.said(number) == [
        f"{start}程序看不了这次提交，没有结论。请维护人员看“评论”一项的运行记录，逐个文件看过再合并。\n"
    ]
    assert (result.exit_code, result.stderr) == (
        1,
        f"拉取请求 #{number} 须读得出来，程序现在出错（RecursionError）；请维护人员报告，并逐个文件看过再合并\n",
    )
