"""What publishing and going back rest on: the server, the target, the last backup."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from archive.facts.conditions import Condition, condition
from archive.facts.history import commit_of, head
from archive.facts.project import Project
from archive.files.git import line
from archive.files.own_files import PROGRAM
from archive.publish.backup.noting import last_backup
from archive.publish.backup.opening import read_manifest
from archive.publish.backup.server import config_in_use
from archive.publish.target import RefusedError, Target
from archive.schema.releases import short


def server_conditions(target: Target) -> Iterator[Condition]:
    """The web server, what is published, and whether it is served."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    yield condition(
        "nginx", bool(nginx), "给读者看须有网页服务器", f"现在{f'有 {nginx}' if nginx else '没有'}",
        "请运行 sudo apt-get install nginx；用别的服务器的，不必",
    )  # fmt: skip
    names, current = target.names(), target.current()
    yield condition(
        "发布", bool(current), "须发布过网站",
        f"{target.folder} 现有 {len(names)} 次，现用 {current}" if current else f"{target.folder} 现在没有",
        f"请运行 .venv/bin/archive publish {target.folder}；发布在别处的，运行 .venv/bin/archive doctor 发布目录",
    )  # fmt: skip
    config = config_in_use(target.folder) if current else None
    yield condition(
        "服务器", True if config else None, "发布的网站须有服务器给读者看",
        f"现在 nginx 用 {config}" if config else "现在没有 nginx 在用这个发布目录",
        f"试运行，请运行 sh {PROGRAM / 'setup' / 'site-server'} {target.folder}；长期运行的写法见指南“架设服务器”",
    )  # fmt: skip


def backup_condition(project: Project) -> Condition:
    """Whether the last backup is there and holds the commit of today."""
    file, now = last_backup(project), head(project.root)
    met: bool | None = False
    if file is None:
        found = "现在没有备份过"
    elif not file.exists():
        met, found = None, f"上次的 {file} 现在读不到"
    else:
        try:
            saved = read_manifest(file).repository.commit
        except RefusedError:
            found = f"上次的 {file} 现在读不出"
        else:
            met, found = saved == now, f"现有 {file}，含提交 {short(saved)}"
            if not met and commit_of(project.root, saved):
                found += f"，此后又有 {line(project.root, 'rev-list', '--count', f'{saved}..HEAD')} 次提交"
    return condition(
        "备份", met, "最近的提交须备份在别处", found,
        f"请运行 .venv/bin/archive backup {_usual(file)}/备份-$(date +%F).zip",
    )  # fmt: skip


def _usual(file: Path | None) -> Path | str:
    """The folder of the last backup."""
    return file.parent if file else "/另一块磁盘"
