"""The comment on a pull request: problems of the check, changes, and where the preview is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from archive.checks import check
from archive.facts.scans import SCANS, scans
from archive.files.content import SETTINGS, is_content, without_navigation
from archive.files.yaml import Problem
from archive.proposals.diff.as_markdown import code, fitting, safe
from archive.proposals.diff.report import report
from archive.proposals.diff.revisions import load_revision
from archive.proposals.pulls.repository import Repository
from archive.render.edit_links import edit_url
from archive.schema.unit import Repository as Editor

MARK = "archive:pull"
"""The mark by which the comment is found again."""

MAX_PROBLEMS = 50
"""The most problems listed; the others are only counted."""

MAX_FILES = 100
"""The most files listed that are not content; the others are only counted."""

_NOTES = {"120000": "链接", "160000": "子模块", "100755": "可以执行"}
"""Mode of a file in Git → what a reader is told of it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The addresses of the built preview and of the workflow's run; None where there is none."""

    address: str | None
    run: str | None


def comment(
    repository: Repository, base: str, head: str, as_of: date, editor: Editor, preview: Preview
) -> str:
    """The comment on what `head` changes since its merge base with `base`, as Markdown.

    The revisions are read as data; none of their code runs.
    """
    root = repository.root
    start = repository.fork(base, head)
    with load_revision(root, head, as_of) as site:
        problems = check(site)
        pictures = scans(site.archive.project)
    changed = repository.changed(start, head)
    changes, readable, _ = report(root, start, head, as_of, "markdown")
    # What is not content comes first: nothing that is changed can push it out of the comment.
    parts = list(_outside(list(_not_content(repository, start, head))))
    parts += ["## 检查", *_problems(problems, editor)]
    parts += _pictures({path: pictures[path] for path in pictures if path in changed})
    parts.append("## 改动")
    if not readable and problems:
        changes = "数据还读不出来，改好上面的问题以后，这里才列出改动。"
    parts.append(changes.strip())
    parts += _attachments([path for path in changed if is_content(path)], SETTINGS in changed)
    return fitting("\n\n".join([*parts, "## 预览", _preview(preview)]))


def _attachments(paths: list[str], navigation: bool) -> Iterator[str]:
    """What of content is changed and is neither a record nor a page, which are told of by what they say."""
    lines = [f"- {code(path)}" for path in sorted(paths) if not path.endswith((".md", ".yml"))]
    if lines:
        shown = "\n".join(
            [
                *lines[:MAX_FILES],
                *([f"- 另有 {len(lines) - MAX_FILES} 个"] if lines[MAX_FILES:] else []),
            ]
        )
        yield f"附件有改动，请打开看：\n\n{shown}"
    if navigation:
        yield f"{code(SETTINGS)} 有改动，导航请看网站的预览。"


def _not_content(repository: Repository, start: str, head: str) -> Iterator[str]:
    """What a pull request changes beside content, each file as a line."""

    def settings(commit: str) -> list[str]:
        return without_navigation(
            (repository.content(commit, SETTINGS) or b"").decode("utf-8", "replace")
        )

    for path, mode in sorted(repository.changed(start, head).items()):
        note = _NOTES.get(mode, "")
        same = path == SETTINGS and settings(start) == settings(head)
        if note or not (same or is_content(path)):
            yield f"- {code(path)}" + (f"（{note}）" if note else "")


def _outside(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "## 内容以外的改动"
        yield (
            f"这次还改了内容以外的 {len(lines)} 个文件（程序、版式、设置、工作流、链接等），"
            "须由维护人员逐个看过再合并。以上按目标分支的程序得出，新规则以“检查”一项的结果为准。"
        )
        more = len(lines) - MAX_FILES
        yield "\n".join([*lines[:MAX_FILES], *([f"- 另有 {more} 个"] if more > 0 else [])])


def _problems(problems: Sequence[Problem], editor: Editor) -> Iterator[str]:
    if not problems:
        yield "没有问题。"
        return
    yield f"有 {len(problems)} 处问题，改好保存后会自动重新检查："
    for path, found in groupby(problems[:MAX_PROBLEMS], lambda one: one.path):
        lines = (f"- {_line(one, editor)}：{safe(one.message)}" for one in found)
        yield "\n".join([f"{code(path)}", "", *lines])
    if len(problems) > MAX_PROBLEMS:
        yield f"另有 {len(problems) - MAX_PROBLEMS} 处，见“检查”一项的记录，或者运行 `archive check`。"


def _pictures(found: Mapping[str, str]) -> Iterator[str]:
    if found:
        yield f"这次改动里有{SCANS} {len(found)} 个，请审核人打开看，上面没有不得公布的内容："
        yield "\n".join(
            f"- {code(path)}{pages and f'（{pages}）'}" for path, pages in found.items()
        )


def _line(problem: Problem, editor: Editor) -> str:
    url = edit_url(editor, problem.path, problem.line)
    shown = f"第 {problem.line} 行"
    return f"[{shown}]({url})" if url else shown


def _preview(preview: Preview) -> str:
    if preview.address:
        return f"[下载网站的预览]({preview.address})，解压后打开 index.html。"
    seen = f"[运行记录]({preview.run})" if preview.run else "“检查”一项的运行记录"
    return f"网站的预览在{seen}里，名为 preview；检查没有通过时没有预览。"
