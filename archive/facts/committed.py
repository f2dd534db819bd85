"""Compare the files a site is made of with the last commit, byte by byte.

Git is asked for the tree of the commit alone. What `git status` says depends on settings, flags in the
index, ignored names and filters, any of which can hide a file that no commit holds.
"""

import os
import shlex
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.facts.history import head, source_entries
from archive.facts.project import DOCS, PROGRAM, SINGLE_SOURCES, Project
from archive.files.git import blob_id, git, line, names
from archive.files.listing import Listing, list_files, read_regular, shown_name
from archive.files.yaml import Problem

_HIDDEN_BY_GIT = (
    "须与提交的一致，现不一致，Git 又被设成不理会它的改动；请运行 "
    "git update-index --no-skip-worktree --no-assume-unchanged {}，再提交改动，或者用 git checkout 取回"
)
_CONVERTED = (
    "须与提交的逐字节一致，现在 Git 取出时转换了内容，如换行符、链接，这样的有 {1} 个文件；请用 "
    "git config --get-regexp ^core 和 git check-attr -a {0} 查看是哪一项设置，改正以后删去文件，用 git checkout 取回"
)
_CHANGED = "须是已经提交的，现在改了还没有提交；请运行 git add {}，再提交"
_MISSING = (
    "须与提交的一致，现在提交里有，这里没有；请运行 git checkout HEAD -- {} 取回，不要的提交删除"
)
_NEW = "须是已经提交的，提交里没有这个文件；请运行 git add -f {}，再提交，不要的删去"
_OF_ANOTHER = "须由本仓库提交，现在另一个仓库（子模块）里；请把文件放进本仓库的目录，再提交"
_NO_DATA = "须是已经提交的，现在没有一个文件在提交里；请用 git add 加入这个目录，再提交"


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of sources: its files, and how the names begin that are not read."""

    top: Path
    listed: Listing
    ignored: tuple[str, ...] = ()

    def reads(self, name: str) -> bool:
        """Whether a file of that name, a path from the folder, would be read."""
        return not any(part.startswith(self.ignored) for part in name.split("/"))


def uncommitted(project: Project) -> list[Problem]:
    """Return a problem for each file of the site that is not exactly as the last commit has it.

    A site built from them could not be built again. Only the fonts are left out: their licences keep
    them out of the repository.
    """
    held = source_entries(project, "HEAD")
    data = project.name(project.data)
    found, kept = [], any(path.startswith(f"{data}/") for path in held)
    if not kept:
        found.append(Problem(f"{data}/", 1, _NO_DATA))
    folders = _folders(project, held)
    if not kept:
        del folders[data]
    here = _files(project, folders)
    odd = [problem for folder in folders.values() for problem in folder.listed.problems]
    found += odd
    differing = {path for path in here.keys() & held.keys() if not _same(here[path], held[path])}
    told = {problem.path for problem in odd}
    missing = {
        path
        for path in held.keys() - here.keys()
        if shown_name(path) not in told
        and _is_read(path, folders)
        and not held[path].startswith("160000 ")
    }
    found += _explained(project, here, held, differing, missing)
    foreign = _foreign(project.root)
    for path in here.keys() - held.keys():
        new = _OF_ANOTHER if foreign(path.rpartition("/")[0]) else _NEW.format(shlex.quote(path))
        found.append(Problem(path, 1, new))
    return sorted(found)


FileStates = Mapping[str, tuple[int, ...]]
SourcesState = tuple[str, FileStates]


def sources_state(project: Project) -> SourcesState:
    """Return the commit checked out, and the state of each file of the site."""
    return head(project.root), file_states(project)


def file_states(project: Project) -> FileStates:
    """Return what changes whenever a file of the site is written; Git is not asked.

    Equal before and after a build, no file was changed meanwhile, not even to and fro.
    """
    stats = {}
    for path, file in _files(project, _folders(project)).items():
        found = os.lstat(file)
        stats[path] = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return stats


def _folders(project: Project, held: Collection[str] = ()) -> dict[str, _Folder]:
    """Folder of sources, from the root → its files.

    The program is compared as it runs; one that is installed elsewhere, and is not in the
    repository either, has no commit here.
    """
    data = project.name(project.data)
    found = {
        data: _Folder(project.data, project.data_files(), project.UNREAD_DATA),
        DOCS: _Folder(project.docs, project.docs_files(), (".",)),
    }
    program = Path(__file__).parents[1]
    if program.parent == project.root.resolve() or any(_in(path, PROGRAM) for path in held):
        ignored = (".", "__pycache__")
        found[PROGRAM] = _Folder(program, list_files(program, PROGRAM, ignored), ignored)
    return found


def _files(project: Project, folders: Mapping[str, _Folder]) -> dict[str, str]:
    """Each file that is read, as Git spells its path from the root → the file, or the link to it."""
    found = {
        name: str(project.root / name)
        for name in SINGLE_SOURCES
        if os.path.lexists(project.root / name)
    }
    for called, folder in folders.items():
        for name in folder.listed.places:
            spelled = os.fsencode(f"{called}/{name}").decode("utf-8", "backslashreplace")
            found[spelled] = f"{folder.top}/{name}"
    return found


def _same(file: str, entry: str) -> bool:
    """Whether a file, or a link, has the content of an entry of a tree: mode, type and object id."""
    try:
        kind, raw = "100", read_regular(file)
    except OSError:
        if not Path(file).is_symlink():
            return False
        kind, raw = "120", os.fsencode(os.readlink(file))  # noqa: PTH115 pathlib tidies the target up, and Git hashes its bytes
    return entry.startswith(kind) and entry.endswith(blob_id(raw, entry))


def _is_read(path: str, folders: Mapping[str, _Folder]) -> bool:
    return path in SINGLE_SOURCES or any(
        _in(path, called) and folder.reads(path.removeprefix(f"{called}/"))
        for called, folder in folders.items()
    )


def _in(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _explained(
    project: Project,
    here: Mapping[str, str],
    held: Mapping[str, str],
    differing: Collection[str],
    missing: Collection[str],
) -> Iterator[Problem]:
    """Yield the problems with files that a commit has, each with why Git may not tell of it."""
    if not differing and not missing:
        return
    flags = (entry.partition(" ") for entry in names(project.root, "ls-files", "-v", "-z"))
    flagged = {path for flag, _, path in flags if flag == "S" or flag.islower()}
    converted = _converted(project, here, held, sorted(set(differing) - flagged))
    if converted:
        message = _CONVERTED.format(shlex.quote(converted[0]), len(converted))
        yield Problem(converted[0], 1, message)
    for path in {*differing, *missing}.difference(converted):
        message = _CHANGED if path in differing else _MISSING
        message = _HIDDEN_BY_GIT if path in flagged else message
        yield Problem(path, 1, message.format(shlex.quote(path)))


def _converted(
    project: Project, here: Mapping[str, str], held: Mapping[str, str], paths: list[str]
) -> list[str]:
    """Those of these files that Git itself takes for unchanged, because it converts their content."""
    root = project.root
    plain = [
        path
        for path in paths
        if "\n" not in path
        and not Path(here[path]).is_symlink()
        and _is_at(root / path, here[path])
    ]
    # Git reads these names from the top of the work tree, whatever the current folder is.
    prefix = line(root, "rev-parse", "--show-prefix")
    asked = "".join(f"{os.path.normpath(prefix + path)}\n" for path in plain).encode()
    ids = (git(root, "hash-object", "--stdin-paths", data=asked) or b"").decode().split()
    return [path for path, id_ in zip(plain, ids, strict=True) if held[path].endswith(id_)]


def _is_at(path: Path, file: str) -> bool:
    return path.exists() and path.samefile(file)


def _foreign(root: Path) -> Callable[[str], bool]:
    """A function: whether a folder below the root, or one on the way to it, is a repository of its own.

    Many files lie in few folders, and each is looked at once.
    """
    known = {"": False}

    def foreign(folder: str) -> bool:
        way = []
        while folder not in known:
            way.append(folder)
            folder = folder.rpartition("/")[0]
        found = known[folder]
        for one in reversed(way):
            found = known[one] = found or (root / one / ".git").exists()
        return found

    return foreign
