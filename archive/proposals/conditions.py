"""What pull requests and forms rest on, as far as the files of the clone tell."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote

from archive.editing.editors.files import generated, outdated_files
from archive.editing.starter import STARTER
from archive.facts.conditions import Condition, condition
from archive.facts.history import folder_in_repository
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections
from archive.facts.project import Project
from archive.proposals.pulls.of_clone import web_address
from archive.schema.unit import Repository as Editor

_OWNER = re.compile(r"(?:^|\s)(?:@[\w.-]+(?:/[\w./-]+)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?=\s|$)")
"""An account, a team, an e-mail address."""


def file_conditions(project: Project, editor: Editor | None) -> Iterator[Condition]:
    """The workflows, the generated files, and who reviews what."""
    kind = (editor.forge if editor else None) or ""
    yield _workflows(project, kind)
    made = generated(read_collections(project).collections, read_kinds(project))
    outdated = outdated_files(project.root, made)
    yield condition(
        "表单和结构", not outdated, "议题表单和编辑器用的结构须与程序写出的一致",
        f"现有 {len(outdated)} 个不一致，如 {outdated[0].path}" if outdated else "现在一致",
        "请运行 .venv/bin/archive schema，再提交",
    )  # fmt: skip
    yield _owners(project.root, kind)


def origin_condition(origin: str, editor: Editor | None) -> Condition:
    """The remote, and whether it is the repository that pages link to."""
    stated = (editor.address if editor else None) or ""
    web = web_address(origin, editor)
    other = bool(origin and stated and web and web.casefold() != stated.casefold())
    found = f"现为 {web or origin}" if origin else "现在没有"
    return condition(
        "远程仓库", bool(origin) and not other, "origin 须是平台上的仓库",
        f"{found}，data/unit.yml 写的是 {stated}" if other else found,
        "两处不一样的，请改对其中一处：git remote set-url origin 网址"
        if other else f"请运行 git remote add origin {quote(stated) if stated else '网址'}",
    )  # fmt: skip


def _starter_files(kind: str) -> Mapping[str, Path]:
    """Path from the root of an archive → the program's file: what a forge runs."""
    folders = [STARTER / f"_{kind}" / "workflows", STARTER / f"_{kind}-ci.yml"]
    found = [path for folder in folders for path in (folder, *sorted(folder.glob("*.yml")))]
    return {
        "." + path.relative_to(STARTER).as_posix()[1:]: path for path in found if path.is_file()
    }


def _workflows(project: Project, kind: str) -> Condition:
    name, must = "工作流", "工作流须与程序带的一致"
    ours = _starter_files(kind) if kind else {}
    if not ours:
        found = "没有这个平台的" if kind else "不知道是哪个平台"
        return condition(
            name, None, must, found, "请先填 data/unit.yml 的 repository；没有工作流的，在本机运行 .venv/bin/archive check"
        )  # fmt: skip
    if folder_in_repository(project.root):
        return condition(
            name, None, must, "站点在仓库的一个子目录里", "请与程序带的逐个对照，见指南“设置一次”"
        )
    differing = {
        path: source
        for path, source in ours.items()
        if not (project.root / path).is_file()
        or (project.root / path).read_bytes() != source.read_bytes()
    }
    absent = [path for path in differing if not (project.root / path).exists()]
    found = f"现有 {len(differing)} 个不一致" + (
        f"，其中没有 {'、'.join(absent)}" if absent else ""
    )
    copies = [f"install -D -m 644 {quote(str(one))} {path}" for path, one in differing.items()]
    return condition(
        name, not differing, must, found if differing else f"现在 {len(ours)} 个都一致",
        f"不是有意改的，请运行 {' && '.join(copies)}，再提交",
    )  # fmt: skip


def _owners(root: Path, kind: str) -> Condition:
    """Whether the file of code owners names anybody."""
    places = [f".{kind or 'github'}/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
    there = next((root / one for one in places if (root / one).is_file()), None)
    text = there.read_text("utf-8", "replace") if there else ""
    lines = (line.partition("#")[0] for line in text.splitlines())
    named = sum(bool(_OWNER.search(line)) for line in lines)
    file = there.relative_to(root).as_posix() if there else places[0]
    return condition(
        "审核人", bool(named), f"{file} 须写明各目录由谁审核",
        f"现有 {named} 行写了人" if named else "现在没有写人" if there else "现在没有这个文件",
        f"请在 {file} 里写，如 {_example(kind)}",
    )  # fmt: skip


def _example(kind: str) -> str:
    return "/data/   @账号" if kind in ("", "github", "gitlab") else "data/.* @账号"
