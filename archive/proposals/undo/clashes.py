"""What later changes and a pull request have both touched: such a pull request is not taken back by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from archive.files.content import PAGES as PAGES_FOLDER
from archive.files.content import RECORDS
from archive.files.git import line
from archive.proposals.diff.compare import Changes, compare, reading_problems
from archive.proposals.diff.entries import PAGES
from archive.proposals.diff.records import ChangeKind, EntryChange
from archive.proposals.diff.revisions import UnknownRevisionError, load_revision
from archive.proposals.diff.wording import quote
from archive.proposals.pulls.repository import Repository
from archive.proposals.undo.merged import MergedPull

_MAX_COMMITS = 5
"""How many later commits of one file are named."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A record, a part of a page or a file that was changed again later."""

    path: str
    what: str
    commits: tuple[str, ...]
    """The later commits, the newest first, each with its day."""

    def __str__(self) -> str:
        later = f"；后来的提交：{'，'.join(self.commits)}" if self.commits else ""
        return quote(f"  {self.path}{self.what and f'（{self.what}）'}{later}")


def clashes(repository: Repository, pull: MergedPull, base: str) -> list[Clash]:
    """What the pull request changed and commits since have changed again, by path.

    Records are compared as records and pages by their sections: two figures of one register, or two
    sections of one page, are two things. Where a revision cannot be read today, whole files are compared.
    """
    if pull.after == base:
        return []
    own = repository.changed(pull.before, pull.after).keys()
    later = repository.changed(pull.after, base).keys()
    shared = own & later
    told = _by_record(repository, pull, base)
    if told is None:
        found = dict.fromkeys(shared, "")
    else:
        found = {path: "" for path in shared if _is_one_thing(path)} | told
    return [
        Clash(path, what, tuple(_commits(repository, pull.after, base, path)))
        for path, what in sorted(found.items())
    ]


def conflicting(repository: Repository, pull: MergedPull, base: str) -> list[Clash]:
    """The files that both changed, for texts that Git cannot put together."""
    own = repository.changed(pull.before, pull.after).keys()
    later = repository.changed(pull.after, base).keys()
    return [
        Clash(path, "", tuple(_commits(repository, pull.after, base, path)))
        for path in sorted(own & later)
    ]


def _is_one_thing(path: str) -> bool:
    """Whether a file is one record, or an attachment: it changes as a whole."""
    in_folder = path.startswith(RECORDS) and "/" in path.removeprefix(RECORDS)
    return in_folder or (path.startswith(PAGES_FOLDER) and not path.endswith(".md"))


def _by_record(repository: Repository, pull: MergedPull, base: str) -> dict[str, str] | None:
    """Path → what of it both changed; None if a revision cannot be read."""
    root, day = repository.root, date.max  # states are not looked at, so that any day does
    try:
        with (
            load_revision(root, pull.before, day) as before,
            load_revision(root, pull.after, day) as after,
            load_revision(root, base, day) as now,
        ):
            if any(map(reading_problems, (before, after, now))):
                return None
            return dict(_shared(compare(before, after), compare(after, now)))
    except UnknownRevisionError:
        return None


def _shared(own: Changes, later: Changes) -> Iterator[tuple[str, str]]:
    since: Mapping[tuple[str, str], EntryChange] = {
        (one.group, one.id): one for one in later.entries
    }
    found: dict[str, list[str]] = {}
    for one in own.entries:
        again = since.get((one.group, one.id))
        if again and (what := _both(one, again)) is not None:
            found.setdefault(again.path, []).append(what)
    changed = {one.id for one in later.figures if _is_touched(one.fields, one.old, one.new)}
    for figure in own.figures:
        if figure.id in changed and _is_touched(figure.fields, figure.old, figure.new):
            found.setdefault(own.register, []).append(
                f"指标 {figure.id} {figure.value.figure.name}"
            )
    for path, parts in found.items():
        yield path, "、".join(filter(None, parts))


def _is_touched(fields: object, old: object, new: object) -> bool:
    """Whether the figure's own entry was changed, and not its records alone."""
    return bool(fields) or not old or not new


def _both(one: EntryChange, again: EntryChange) -> str | None:
    """What of an entry two changes both touched, in words; None if nothing."""
    if one.group != PAGES or {one.kind, again.kind} != {ChangeKind.CHANGED}:
        return one.title or one.id
    sections = [name for name in one.sections if name in again.sections]
    named = [f"“{name}”" if name else "开头" for name in sections]
    if one.fields and again.fields:
        named.insert(0, "页首信息")
    if one.order and again.order:
        named.append("次序")
    return "、".join(named) or None


def _commits(repository: Repository, after: str, base: str, path: str) -> Iterator[str]:
    shown = ("--format=%h %cs", f"-{_MAX_COMMITS}", f"{after}..{base}")
    yield from line(repository.root, "log", *shown, "--", path).splitlines()
