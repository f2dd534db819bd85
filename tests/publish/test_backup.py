"""The backup: whole or not at all, the same bytes each time, read by nobody else; and the way back."""

import json
import os
import random
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive.commands.cli import main
from archive.facts.project import Project
from archive.publish import publish
from archive.publish.backup import writing
from archive.publish.backup.bundle import write_bundle
from archive.publish.backup.opening import open_backup
from archive.publish.backup.restoring import restore
from archive.publish.backup.server import named_files
from archive.publish.backup.writing import write_backup
from archive.publish.target import RefusedError, Target
from tests.conftest import ROOT
from tests.samples.published import CONFIG, made_up, sealed, served
from tests.samples.sample import AS_OF, git, write

NOW = datetime(2026, 6, 30, 8, 15, 2, tzinfo=UTC)
PASSWORDS = "clerk:$6$salt$AAAABBBB\n"


def laid_out(tmp_path: Path) -> Path:
    """An archive in a repository with two branches and a tag; two deployments of it in `www`."""
    root = tmp_path / "site"
    write(root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "甲")
    git(root, "tag", "v1")
    git(root, "branch", "草稿")
    publish(made_up(tmp_path / "built", "甲"), tmp_path / "www", NOW)
    publish(made_up(tmp_path / "built", "乙"), tmp_path / "www", NOW + timedelta(hours=2))
    return root


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same to work in."""
    root = laid_out(tmp_path)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the same."""
    folder = tmp_path_factory.mktemp("saved")
    root = laid_out(folder)
    here = Project(root, root / "data", AS_OF)
    made, problems = write_backup(folder / "b.zip", here, [Target(folder / "www")], [], {})
    assert problems == []
    assert made
    return folder / "b.zip"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in args], catch_exceptions=False)


def back_up(out: str = "../b.zip", *args: str) -> Result:
    return run("backup", out, "--target", "../www", *args)


def tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Path → mode, time and content of each file; of a link, what it holds."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            int(path.lstat().st_mtime) if path.is_file() and not path.is_symlink() else 0,
            os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def there(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_restored_publishes_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way back, walked: a real site, published; all but the backup gone; published again."""
    root = tmp_path / "site"
    write(root)
    (root / ".gitignore").write_text("/site/\n/.site*\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "甲")
    monkeypatch.chdir(root)

    def build_and_publish(target: str) -> dict[str, bytes]:
        assert run("build", "--no-print").exit_code == 0
        assert run("publish", target, "--site", "site").exit_code == 0
        found = tree(Path(target, "current").resolve())
        return {path: content for path, (_, _, content) in found.items()}

    first = build_and_publish("../www")
    assert run("backup", "../b.zip", "--target", "../www").exit_code == 0
    (tmp_path / "site").rename(tmp_path / "lost")
    (tmp_path / "www").rename(tmp_path / "lost-www")
    monkeypatch.chdir(tmp_path)
    assert run("restore", "b.zip", "back").exit_code == 0
    monkeypatch.chdir(tmp_path / "back" / "repository")
    # Into the restored folder, as the next deployment, and into a fresh one.
    assert build_and_publish("../published/internal") == first
    assert build_and_publish("../fresh") == first
    assert run("verify", "../published/internal").exit_code == 0
    assert len(Target(Path("../published/internal")).names()) == 2


def published(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """What readers saw, and all files of a target but that note, which tells when it was made."""
    files = {name: one for name, one in tree(folder).items() if name not in (".lock", ".seen")}
    return Target(folder).seen(), files


def test_everything_comes_back(root: Path, tmp_path: Path) -> None:
    made = back_up()
    assert made.exit_code == 0
    commit = git(root, "rev-parse", "HEAD")
    deployments = Target(tmp_path / "www").names()
    assert made.stdout == (
        "已备份到 ../b.zip：\n"
        f"  repository/ 仓库，提交 {commit[:12]}，2 个分支、1 个标签\n"
        f"  published/internal/ 内部版，2 次发布，现用 {deployments[1]}（原在 {tmp_path / 'www'}）\n"
    )
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    done = run("restore", "../b.zip", "../back")
    back = tmp_path / "back"
    assert (done.exit_code, done.stdout.splitlines()[-4:]) == (
        0,
        [
            "接着请运行：",
            "  cd ../back/repository",
            "  make check",
            f"  mv {back}/published/internal {tmp_path / 'www'}",
        ],
    )
    assert published(back / "published" / "internal") == published(tmp_path / "www")
    restored = back / "repository"
    refs = ("for-each-ref", "--format=%(refname) %(objectname)")
    assert git(restored, *refs) == git(root, *refs)
    assert git(restored, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(restored, "status", "--porcelain") == ""
    assert git(restored, "fsck", "--full") == ""
    tracked = [name for name in tree(root) if not name.startswith(".git/")]
    assert [name for name in tree(restored) if not name.startswith(".git/")] == tracked
    assert there(back) == ["fonts.sha256", "manifest.json", "published", "repository"]


def test_nobody_else_reads_what_is_restored(root: Path, tmp_path: Path) -> None:
    (tmp_path / "server.service").write_text("[Unit]\n")
    old = os.umask(0)
    try:
        assert back_up("../b.zip", "--settings", "../server.service").exit_code == 0
        assert run("restore", "../b.zip", "../back").exit_code == 0
    finally:
        os.umask(old)
    back = tmp_path / "back"
    modes = {path.name: path.stat().st_mode & 0o777 for path in [back, *back.iterdir()]}
    assert modes["back"] == modes["repository"] == 0o700
    private = [back / "manifest.json", back / "fonts.sha256", back / "settings" / "server.service"]
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}


def test_the_same_archive_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """However its repository happens to be packed, in whichever clone."""
    assert back_up("../a.zip").exit_code == 0
    git(root, "repack", "-adfq", "--depth=2", "--window=2", "-b")
    git(root, "config", "pack.compression", "1")
    os.utime(root / "mkdocs.yml", (1, 1))
    assert back_up("../b.zip").exit_code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_deployments_share_their_files(root: Path, tmp_path: Path) -> None:
    back_up()
    with open_backup(tmp_path / "b.zip") as backup:
        (site,) = backup.manifest.published.values()
        first, second = (set(one) for one in site.deployments.values())
        assert first == second
        listed = [one for one in backup.manifest.entries() if one.startswith("files/")]
    assert len(listed) < len(first) + len(second)


def test_the_reported_registers_and_the_fonts_are_listed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "fonts").mkdir()
    (root / "fonts" / "仿宋.ttf").write_bytes(b"font")
    # A link may come with a commit; neither has an end.
    (root / "fonts" / "a.ttf").symlink_to("/dev/zero")
    os.mkfifo(root / "fonts" / "b.ttf")
    (root / "data" / "releases").mkdir()
    (root / "data" / "releases" / "2025年度.yml").write_text("a: 1\n")
    git(root, "add", "data")
    git(root, "commit", "-qm", "乙")
    made = back_up()
    assert "  其中历次报送：2025年度\n" in made.stdout
    assert "字体不得转给别人，只有清单，请另外保存：fonts/仿宋.ttf\n" in made.stderr
    assert b"font" not in b"".join(contents(tmp_path / "b.zip").values()).replace(b'"fonts', b"")
    done = run("restore", "../b.zip", "../back")
    assert "  sha256sum --check ../fonts.sha256\n" in done.stdout
    listed = (tmp_path / "back" / "fonts.sha256").read_text("utf-8")
    assert listed == f"{sha256(b'font').hexdigest()}  fonts/仿宋.ttf\n"


def test_what_is_not_committed_is_told(root: Path) -> None:
    (root / "docs" / "new.md").write_text("甲\n", "utf-8")
    assert (
        "没有提交的改动不在备份里，现有 1 处（.venv/bin/archive check --publication internal 列出）。\n"
        in back_up().stderr
    )


def test_the_remote_is_named_without_its_password(root: Path) -> None:
    git(root, "remote", "add", "origin", "https://clerk:secret@git.example/ju/dangan.git")
    back_up()
    done = run("restore", "../b.zip", "../back")
    assert "  git remote add origin https://git.example/ju/dangan.git\n" in done.stdout
    assert b"secret" not in Path("../b.zip").read_bytes()


def test_the_settings_in_use_are_in_it_and_no_password(root: Path, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text(PASSWORDS)
    line = '#auth_basic "archive"; auth_basic_user_file /etc/nginx/passwords;'
    assert line in CONFIG
    config = CONFIG.replace(line, f'auth_basic "archive"; auth_basic_user_file {passwords};')
    with served(tmp_path / "www", config) as port:
        made = back_up()
    used = tmp_path / f"{port}.conf"
    assert f"  settings/{port}.conf 设置（原在 {used}）\n" in made.stdout
    assert f"设置里用到而不在备份里的，请另外妥善保存：{passwords}\n" in made.stderr
    assert contents(tmp_path / "b.zip")[f"settings/{port}.conf"] == used.read_bytes()
    assert b"AAAABBBB" not in b"".join(contents(tmp_path / "b.zip").values())
    assert run("restore", "../b.zip", "../back").exit_code == 0
    assert (tmp_path / "back" / "settings" / used.name).read_bytes() == used.read_bytes()


def test_files_that_settings_name_are_found_outside_of_comments() -> None:
    assert named_files(CONFIG.encode()) == []
    text = b"""
      # ssl_certificate_key /no;
      ssl_certificate "/a.pem"; ssl_certificate_key /a.key; include mime.types;
    """
    assert named_files(text) == ["/a.key", "/a.pem", "mime.types"]


def refusal(*args: str) -> str:
    """Why no backup is written; nothing may be left."""
    before = there(Path(".."))
    done = back_up(*args)
    assert done.exit_code == 1
    assert there(Path("..")) == before
    return done.stderr


def test_settings_with_a_secret_are_refused(root: Path, tmp_path: Path) -> None:
    for name, text in (("p", PASSWORDS), ("k", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n")):
        path = tmp_path / name
        path.write_text(text)
        assert refusal("../b.zip", "--settings", str(path)) == (
            f"{path} 里有密码或者私钥，备份里不放；请另外妥善保存，不要写在 --settings 里\n"
        )


def test_two_settings_of_one_name_are_refused(root: Path, tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.conf").write_text("a\n")
    said = refusal("../b.zip", "--settings", "../x/a.conf", "--settings", "../y/a.conf")
    assert said == "设置文件的名称须各不相同，现为 a.conf、a.conf；请改名，或者少写一个\n"


def test_a_backup_lies_neither_in_the_archive_nor_where_readers_see_it(
    root: Path, tmp_path: Path
) -> None:
    for out, folder in (("docs/b.zip", root), ("../www/b.zip", tmp_path / "www")):
        assert refusal(out) == (
            f"备份须放在档案和发布目录以外，{out} 在 {folder} 里；请写别处的文件，最好在另一块磁盘上\n"
        )


def test_an_earlier_backup_is_never_overwritten(root: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("earlier")
    assert refusal("../b.zip") == "../b.zip 须是还没有的文件，现在已有；请换一个名称，如加上日期\n"
    assert (tmp_path / "b.zip").read_text() == "earlier"


def test_a_repository_without_a_commit_or_a_part_of_its_history_is_refused(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(root, "commit", "-qm", "乙", "--allow-empty")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert refusal() == (
        "备份的须是有全部历史的仓库，现在只有一部分（浅克隆）；请运行 git fetch --unshallow\n"
    )
    write(tmp_path / "none")
    git(tmp_path / "none", "init", "-q")
    monkeypatch.chdir(tmp_path / "none")
    assert refusal() == (
        "备份的须是有提交的 Git 仓库，现在没有；请运行 git init、git add -A、git commit\n"
    )


def test_a_target_is_whole_alone_and_free(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refusal("../b.zip", "--target", "../empty") == (
        "../empty 里须有发布过的网站，现在没有；请写对发布目录，或者先发布\n"
    )
    publish(made_up(tmp_path / "built", "丙"), tmp_path / "www2", NOW)
    assert refusal("../b.zip", "--target", "../www2") == (
        f"每一版须只有一个发布目录，../www2 与 {tmp_path / 'www'} 是同一版；请只写一个\n"
    )
    with Target(tmp_path / "www").locked():
        assert refusal() == "../www 正在由另一个进程发布，请等它结束再试\n"


def test_both_editions_come_back(root: Path, tmp_path: Path) -> None:
    publish(sealed(made_up(tmp_path / "built", "丙"), edition="public"), tmp_path / "public", NOW)
    assert back_up("../b.zip", "--target", "../public").exit_code == 0
    assert run("restore", "../b.zip", "../back").exit_code == 0
    for name, edition in (("www", "internal"), ("public", "public")):
        assert published(tmp_path / "back" / "published" / edition) == published(tmp_path / name)


def test_a_damaged_deployment_is_no_backup(root: Path, tmp_path: Path) -> None:
    name = Target(tmp_path / "www").names()[0]
    (tmp_path / "www" / "releases" / name / "404.html").write_text("改")
    before = there(tmp_path)
    done = back_up()
    assert (done.exit_code, done.stdout, done.stderr, there(tmp_path)) == (
        1,
        f"{name}/404.html:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布；不要这一次发布的，请删去它的目录\n",
        "共 1 处问题。\n",
        before,
    )


def test_a_file_that_changes_meanwhile_leaves_no_backup(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = Target(tmp_path / "www").names()[0]
    pack = writing._pack

    def change(*args: Any) -> None:
        (tmp_path / "www" / "releases" / name / "index.html").write_text("改")
        pack(*args)

    monkeypatch.setattr(writing, "_pack", change)
    said = refusal()
    assert said.startswith("备份的时候有文件改动了（files/")
    assert said.endswith("），什么也没有写；请再运行一次\n")


def test_a_full_disk_leaves_no_backup(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_pack", full)
    assert refusal() == "文件 须能读写，现为：没有空间；请除去这个原因再运行一次\n"


# What anybody may have made.


def contents(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    raw = BytesIO()
    with ZipFile(raw, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return raw.getvalue()


Forge = Callable[[dict[str, Any], dict[str, bytes]], None]


def forged(saved: Path, change: Forge) -> bytes:
    """The backup with its manifest and parts as `change` makes them."""
    parts = contents(saved)
    manifest = json.loads(parts["manifest.json"])
    change(manifest, parts)
    parts["manifest.json"] = json.dumps(manifest).encode()
    return zipped(parts)


def refused(raw: bytes, tmp_path: Path) -> str:
    """Why a backup is not restored; nothing may be left of it."""
    (tmp_path / "evil.zip").write_bytes(raw)
    before = tree(tmp_path)
    with pytest.raises(RefusedError) as told:
        restore(tmp_path / "evil.zip", tmp_path / "back")
    assert tree(tmp_path) == before
    return str(told.value)


def first(manifest: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The deployments of the manifest, and the name of the first."""
    deployments = manifest["published"]["internal"]["deployments"]
    return deployments, next(iter(deployments))


def renamed(path: str) -> Forge:
    def change(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        deployments, name = first(manifest)
        deployments[name][path] = deployments[name].pop("index.html")

    return change


def deployed(name: str) -> Forge:
    def change(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        deployments, old = first(manifest)
        deployments[name] = deployments.pop(old)

    return change


def set_to(value: Any, *at: str) -> Forge:
    def change(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        inside = manifest
        for step in at[:-1]:
            inside = inside[step]
        inside[at[-1]] = value

    return change


def put(name: str, content: bytes) -> Forge:
    def change(_: dict[str, Any], parts: dict[str, bytes]) -> None:
        parts[name] = content

    return change


BROKEN = "须是 archive backup 写的备份，{}；请换一份完好的"
CONTENT = BROKEN.format("现在清单读不出，或者有不该有的内容")
SETTING = {"path": "/a", "sha256": sha256(b"").hexdigest(), "size": 0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        *((renamed(path), CONTENT) for path in ("../a", "/a", "a/../../b", "a//b", "./a", ".", "", "a\0b", "a/..")),
        *((deployed(name), CONTENT) for name in ("..", "a", "20260630T081502Z-../../x", "20261330T081502Z-none")),
        (set_to("..", "published", "internal", "current"), CONTENT),
        (set_to({"../x": SETTING}, "settings"), CONTENT),
        (set_to({".profile": SETTING}, "settings"), CONTENT),
        (set_to({"fonts/a\n": {"sha256": SETTING["sha256"], "size": 0}}, "fonts"), CONTENT),
        (set_to("../..", "repository", "site"), CONTENT),
        (set_to("refs/heads/none", "repository", "head"), CONTENT),
        (set_to("HEAD", "repository", "head"), CONTENT),
        (set_to("--upload-pack=x", "repository", "commit"), CONTENT),
        (set_to(2, "format"), CONTENT),
        (set_to(1, "more"), CONTENT),
        (set_to({}, "repository", "refs"), CONTENT),
        (set_to("", "repository", "head"), None),
        (set_to("0" * 40, "repository", "commit"), "备份里的仓库须与清单一致，现在不一致；请换一份完好的备份"),
        (put("../evil", b"x"), BROKEN.format("现在清单所列的与其中的部件不一致")),
        (lambda _, parts: parts.pop("repository.bundle"), BROKEN.format("现在清单所列的与其中的部件不一致")),
        (put("repository.bundle", b"x"), BROKEN.format("现在部件的大小与清单不一致")),
        (lambda _, parts: parts.update({"repository.bundle": bytes(len(parts["repository.bundle"]))}), BROKEN.format("其中 repository.bundle 与清单的校验值不符")),
    ],
)  # fmt: skip
def test_a_hostile_backup_is_refused(
    saved: Path, tmp_path: Path, change: Forge, said: str | None
) -> None:
    raw = forged(saved, change)
    if said is None:  # a commit alone is checked out as such
        (tmp_path / "evil.zip").write_bytes(raw)
        restore(tmp_path / "evil.zip", tmp_path / "back")
        assert git(tmp_path / "back" / "repository", "branch", "--show-current") == ""
        return
    assert refused(raw, tmp_path) == said


def test_a_bomb_is_refused_before_anything_is_written(saved: Path, tmp_path: Path) -> None:
    """A file of few bytes that is listed often, and one that unpacks to many."""
    big = bytes(4_000_000)

    def often(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        deployments, name = first(manifest)
        digest = sha256(big).hexdigest()
        parts[f"files/{digest}"] = big
        for number in range(300):
            deployments[name][str(number)] = {"sha256": digest, "size": len(big), "time": 0}

    assert refused(forged(saved, often), tmp_path) == BROKEN.format("现在恢复出来大得反常")


def test_a_repository_of_few_trees_and_endless_files_is_refused(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trees that name each other: a thousand octets are as many files as anybody likes."""
    monkeypatch.setattr("archive.publish.backup.opening.MAX_FILES", 900)
    folder = tmp_path / "bomb"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "a").touch()
    git(folder, "add", "a")
    for _ in range(3):
        tree_id = git(folder, "write-tree").strip()
        git(folder, "read-tree", "--empty")
        for number in range(10):
            git(folder, "read-tree", f"--prefix={number}/", tree_id)
    git(folder, "commit", "-q", "-m", "x")
    with (tmp_path / "bundle").open("w+b") as file:
        bomb = write_bundle(folder, file)
    raw = (tmp_path / "bundle").read_bytes()
    assert len(raw) < 2_000

    def change(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        manifest["repository"] = bomb.model_dump(mode="json")
        parts["repository.bundle"] = raw

    assert refused(forged(saved, change), tmp_path) == BROKEN.format("现在恢复出来大得反常")


def test_a_manifest_of_nothing_but_repetition_is_refused(saved: Path, tmp_path: Path) -> None:
    listed = set_to(["a" * 5_000_000], "left_out")
    assert refused(forged(saved, listed), tmp_path) == BROKEN.format("现在没有清单")


def test_what_does_not_fit_is_refused(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "archive.publish.backup.restoring.disk_usage",
        lambda _: type("Usage", (), {"free": 1000})(),
    )
    assert refused(saved.read_bytes(), tmp_path) == ("恢复须有 1 MB 空间，现有 0 MB；请换一块磁盘")


def test_other_files_are_no_backup(saved: Path, tmp_path: Path) -> None:
    parts = contents(saved)
    no_manifest = {name: raw for name, raw in parts.items() if name != "manifest.json"}
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_BZIP2) as file:
        for name, raw in parts.items():
            file.writestr(name, raw)
    link = ZipInfo("link")
    link.external_attr = 0o120777 << 16
    linked = BytesIO(zipped(parts))
    with ZipFile(linked, "a") as file:
        file.writestr(link, "/etc/passwd")
    doubled = BytesIO(zipped(parts))
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(doubled, "a") as file:
        file.writestr("manifest.json", parts["manifest.json"])
    unreadable = BROKEN.format("现在读不出，不是或者已损坏")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(RefusedError) as piped:
        restore(pipe, tmp_path / "piped")
    assert str(piped.value) == unreadable
    assert [
        refused(raw, tmp_path)
        for raw in (
            b"", b"PK", zipped(no_manifest), zipped({"manifest.json": b"{"}),
            packed.getvalue(), linked.getvalue(), doubled.getvalue(),
        )
    ] == [
        unreadable,
        unreadable,
        BROKEN.format("现在没有清单"),
        CONTENT,
        BROKEN.format("现有加密的或者别的压缩办法的部件"),
        BROKEN.format("现在清单所列的与其中的部件不一致"),
        BROKEN.format("现有同名的部件"),
    ]  # fmt: skip
    done = run("restore", "none.zip", "../back")
    assert (done.exit_code, done.stderr) == (
        1, "须有这个备份，没有 none.zip；请写对文件的位置\n",
    )  # fmt: skip


def test_a_restored_bundle_is_the_repository_that_is_listed(saved: Path, tmp_path: Path) -> None:
    refs = json.loads(contents(saved)["manifest.json"])["repository"]["refs"]
    other = set_to({**refs, "refs/heads/more": refs["refs/heads/main"]}, "repository", "refs")
    assert refused(forged(saved, other), tmp_path) == (
        "备份里的仓库须与清单一致，现在不一致；请换一份完好的备份"
    )


def test_what_a_backup_says_of_itself_is_shown_as_text(saved: Path, tmp_path: Path) -> None:
    """A terminal acts on control characters; a line to type is quoted for the shell."""
    raw = forged(saved, set_to("/x\x1b[2J; rm -rf '$HOME'", "published", "internal", "folder"))
    (tmp_path / "evil.zip").write_bytes(raw)
    done = run("restore", tmp_path / "evil.zip", tmp_path / "back")
    assert (done.exit_code, "\x1b" in done.output) == (0, False)
    shown = """'/xU+001B[2J; rm -rf '"'"'$HOME'"'"''"""
    assert done.stdout.endswith(f"  mv {tmp_path / 'back'}/published/internal {shown}\n")


def test_nothing_is_restored_over_what_is_there(root: Path, tmp_path: Path) -> None:
    back_up()
    (tmp_path / "back").mkdir()
    done = run("restore", "../b.zip", "../back")
    assert (done.exit_code, done.stderr) == (
        1, f"{tmp_path / 'back'} 须是还没有的目录，现在已有；请换一个名称，或者先把它移走\n",
    )  # fmt: skip
    assert there(tmp_path / "back") == []


@given(st.integers(0, 2**31))
def test_a_damaged_backup_is_refused_or_the_same(saved: Path, seed: int) -> None:
    """Whatever byte is changed, cut off or added: what is read is what was written, or nothing is."""
    raw, chance = saved.read_bytes(), random.Random(seed)
    at = chance.randrange(len(raw))
    made = chance.choice(
        (
            raw[:at],
            raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :],
            raw + chance.randbytes(9),
            raw[:at] + chance.randbytes(3) + raw[at:],
        )
    )
    with open_backup(saved) as whole:
        manifest = whole.manifest
    try:
        with open_backup(BytesIO(made)) as backup:
            backup.compare()
            assert backup.manifest == manifest
    except RefusedError:
        pass


def test_the_note_in_it_says_how_to_come_back(root: Path, tmp_path: Path) -> None:
    """By hand too: a bundle that Git clones."""
    back_up()
    parts = contents(tmp_path / "b.zip")
    assert "git clone repository.bundle 档案" in parts["README.txt"].decode()
    (tmp_path / "repository.bundle").write_bytes(parts["repository.bundle"])
    subprocess.run(
        ["git", "clone", "-q", "repository.bundle", "档案"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert git(tmp_path / "档案", "rev-parse", "HEAD") == git(root, "rev-parse", "HEAD")
    assert (ROOT / "Makefile").read_text("utf-8").count("\n.venv/site:") == 1
