"""The one comment under a pull request: what the check says, which figures change, where to look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from archive.checks import check
from archive.files.yaml import Problem
from archive.proposals.diff.as_markdown import code, fitting, safe
from archive.proposals.diff.report import report
from archive.proposals.diff.sides import side
from archive.proposals.pulls.repository import Repository
from archive.render.mend import edit_url
from archive.schema.unit import Repository as Editor

MARK = "archive:pull"
"""By it the comment is found again."""

MOST = 50
"""Problems that are listed; of more, the number."""

PROGRAM = (".forgejo/", ".gitea/", ".github/", "archive/", "macros/", "overrides/", "setup/")
"""Folders of which a change may mean that other rules hold than those the comment was made by."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Where the built site is: `address` is None if there is none; `run` shows what was done."""

    address: str | None
    run: str | None


def comment(
    repository: Repository, base: str, head: str, as_of: date, editor: Editor, preview: Preview
) -> str:
    """What `head` changes since it parted from `base`. Read as data alone: none of its code is run."""
    root = repository.root
    start = repository.fork(base, head)
    with side(root, head, as_of) as site:
        problems = check(site)
    told, readable = report(root, start, head, as_of, "markdown")
    parts = ["## 检查", *_problems(problems, editor), "## 改动"]
    if not readable and problems:
        told = "数据还读不出来，改好上面的问题以后，这里才列出改动。"
    parts.append(told.strip())
    if any(name.startswith(PROGRAM) for name in repository.changed(start, head)):
        parts.append("这次还改了程序；以上按目标分支的程序得出，新规则以“检查”一项的结果为准。")
    return fitting("\n\n".join([*parts, "## 预览", _preview(preview)]))


def _problems(problems: Sequence[Problem], editor: Editor) -> Iterator[str]:
    if not problems:
        yield "没有问题。"
        return
    yield f"有 {len(problems)} 处问题，改好保存后会自动重新检查："
    for path, found in groupby(problems[:MOST], lambda one: one.path):
        lines = (f"- {_line(one, editor)}：{safe(one.message)}" for one in found)
        yield "\n".join([f"{code(path)}", "", *lines])
    if len(problems) > MOST:
        yield f"另有 {len(problems) - MOST} 处，见“检查”一项的记录，或者运行 `archive check`。"


def _line(problem: Problem, editor: Editor) -> str:
    url = edit_url(editor, problem.path, problem.line)
    shown = f"第 {problem.line} 行"
    return f"[{shown}]({url})" if url else shown


def _preview(preview: Preview) -> str:
    if preview.address:
        return f"[下载网站的预览]({preview.address})，解压后打开 index.html。"
    seen = f"[运行记录]({preview.run})" if preview.run else "“检查”一项的运行记录"
    return f"网站的预览在{seen}里，名为 preview；检查没有通过时没有预览。"
