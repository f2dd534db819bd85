"""The comment on a pull request: problems of the check, changes, and where the preview is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from archive.checks import check
from archive.facts.scans import SCANS, scans
from archive.files.content import SETTINGS, is_content, without_navigation
from archive.files.html import scheme
from archive.files.pages import Page
from archive.files.yaml import Problem
from archive.proposals.diff.as_markdown import code, fitting, safe
from archive.proposals.diff.as_text import NOTHING
from archive.proposals.diff.report import compared
from archive.proposals.diff.revisions import load_revision
from archive.proposals.pulls.changed_sentences import changed_sentences
from archive.proposals.pulls.forge import Preview
from archive.proposals.pulls.repository import Repository
from archive.render.edit_links import edit_url
from archive.schema.unit import Repository as Editor

MARK = "archive:pull"
"""The mark by which the comment is found again."""

MAX_PROBLEMS = 50
"""The most problems listed; the others are only counted."""

MAX_FILES = 100
"""The most files that a part lists; the others are only counted."""

_NOTES = {"120000": "链接", "160000": "子模块", "100755": "可以执行"}
"""Mode of a file in Git → what a reader is told of it."""


def comment(
    repository: Repository, base: str, head: str, as_of: date, editor: Editor, preview: Preview
) -> str:
    """The comment on what `head` changes since its merge base with `base`, as Markdown.

    The revisions are read as data; none of their code runs. Every file that differs is named in it:
    where nothing else tells of it, by itself, so that nothing is approved unseen.
    """
    root = repository.root
    start = repository.fork(base, head)
    changed = repository.changed(start, head)
    with load_revision(root, start, as_of) as old, load_revision(root, head, as_of) as site:
        problems = check(site)
        pictures = scans(site.archive.project)
        pages = {page.file: page for page in site.archive.pages.values() if page.file in changed}
        former = {page.file: page for page in old.archive.pages.values() if page.file in pages}
        sentences = list(changed_sentences(old, former, site, pages))
        told = compared(start, old, head, site, "markdown")
    outside = _not_content(repository, start, head, changed)
    # What is not content comes first: nothing that is changed can push it out of the comment.
    parts = list(_outside(outside))
    parts += ["## 检查", *_problems(problems, editor, repository.folder)]
    parts += _pictures({path: pictures[path] for path in changed if path in pictures})
    parts += _links({file: _new_links(former.get(file), page) for file, page in pages.items()})
    changes = told.text.strip()
    if not told.readable and problems:
        changes = "数据还读不出来，改好上面的问题以后，这里才列出改动。"
    untold = [path for path in changed if path not in told.files and path not in outside]
    nothing = changes == NOTHING and (untold or sentences)
    # What is long enough to be cut comes last: nothing else that is changed is cut with it.
    parts += ["## 改动", *_untold(untold), *([] if nothing else [changes]), *sentences]
    return fitting("\n\n".join([*parts, "## 预览", _preview(preview)]))


def _new_links(former: Page | None, page: Page) -> list[str]:
    """The addresses of other sites that a page links to, and did not before."""
    old = {link.to.written for link in former.links} if former else set()
    targets = dict.fromkeys(link.to.written for link in page.links)
    return [one for one in targets if one not in old and scheme(one)]


def _links(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    lines = [f"{code(path)}：{code(target)}" for path, new in found.items() for target in new]
    if lines:
        yield f"这次新加了通到别的网站的链接 {len(lines)} 个，请审核人看清是哪个网站："
        yield _listed(lines)


def _untold(paths: Sequence[str]) -> Iterator[str]:
    """What is changed and told of by no other part, such as attachments."""
    if files := [path for path in paths if path != SETTINGS]:
        yield f"以下 {len(files)} 个文件有改动，下面没有列出改了什么（如附件），请打开看："
        yield _listed([code(path) for path in files])
    if SETTINGS in paths:
        yield f"{code(SETTINGS)} 有改动，导航请看网站的预览。"


def _not_content(
    repository: Repository, start: str, head: str, changed: Mapping[str, str]
) -> dict[str, str]:
    """What is changed beside content: path → a note on it, or ""."""

    def settings(commit: str) -> list[str]:
        return without_navigation(
            (repository.content(commit, SETTINGS) or b"").decode("utf-8", "replace")
        )

    notes = {path: _NOTES.get(mode, "") for path, mode in changed.items()}
    content = {path for path in changed if is_content(path)}
    if SETTINGS in changed and settings(start) == settings(head):
        content.add(SETTINGS)
    return {path: note for path, note in notes.items() if note or path not in content}


def _outside(found: Mapping[str, str]) -> Iterator[str]:
    if found:
        yield "## 内容以外的改动"
        yield (
            f"这次还改了内容以外的 {len(found)} 个文件（程序、版式、设置、工作流、链接等），"
            "须由维护人员逐个看过再合并。以上按目标分支的程序得出，新规则以“检查”一项的结果为准。"
        )
        yield _listed([code(path) + (note and f"（{note}）") for path, note in found.items()])


def _listed(lines: Sequence[str]) -> str:
    """The lines as a Markdown list, those after the first `MAX_FILES` only counted."""
    more = len(lines) - MAX_FILES
    shown = [*lines[:MAX_FILES], *([f"另有 {more} 个"] if more > 0 else [])]
    return "\n".join(f"- {line}" for line in shown)


def _problems(problems: Sequence[Problem], editor: Editor, folder: str) -> Iterator[str]:
    if not problems:
        yield "没有问题。"
        return
    yield f"有 {len(problems)} 处问题，改好保存后会自动重新检查："
    for path, found in groupby(problems[:MAX_PROBLEMS], lambda one: one.path):
        lines = (f"- {_line(one, editor, folder)}：{safe(one.message)}" for one in found)
        yield "\n".join([f"{code(path)}", "", *lines])
    if len(problems) > MAX_PROBLEMS:
        yield f"另有 {len(problems) - MAX_PROBLEMS} 处，见“检查”一项的记录，或者运行 `.venv/bin/archive check`。"


def _pictures(found: Mapping[str, str]) -> Iterator[str]:
    if found:
        yield f"这次改动里有{SCANS} {len(found)} 个，请审核人打开看，上面没有不得公布的内容："
        yield _listed([code(path) + (pages and f"（{pages}）") for path, pages in found.items()])


def _line(problem: Problem, editor: Editor, folder: str) -> str:
    url = edit_url(editor, folder + problem.path, problem.line)
    shown = f"第 {problem.line} 行"
    return f"[{shown}]({url})" if url else shown


def _preview(preview: Preview) -> str:
    if preview.address:
        return f"[下载网站的预览]({preview.address})，解压后打开 index.html。"
    seen = f"[运行记录]({preview.run})" if preview.run else "“检查”一项的运行记录"
    return f"网站的预览在{seen}里，名为 preview；检查没有通过时没有预览。"
