"""Approved figures that changed since a revision without a word, their approval changed along with them.

The files of one day cannot tell: they say that what stands there was approved.
"""

from collections.abc import Iterator, Sequence

from archive.facts.figures import Value
from archive.facts.site import Site
from archive.files.git import line
from archive.files.writing import shortest
from archive.files.yaml import Problem
from archive.proposals.diff.compare import compare, reading_problems
from archive.proposals.diff.revisions import load_revision
from archive.schema.register import Revision


def unexplained_changes(site: Site, revision: str) -> Iterator[Problem]:
    """Yield a problem for each figure that was approved where this site branched off from `revision`.

    Nothing where one of the two cannot be read. Raises UnknownRevisionError.
    """
    project = site.archive.project
    base = line(project.root, "merge-base", revision, "HEAD") or revision
    with load_revision(project.root, base, project.as_of) as old:
        yield from unexplained_between(old, site)


def unexplained_between(old: Site, new: Site) -> Iterator[Problem]:
    """Yield a problem for each figure that was approved in the one site and has changed without a word.

    Nothing where one of the two cannot be read.
    """
    if reading_problems(old) or reading_problems(new):
        return
    for change in compare(old, new).figures:
        if change.old and change.new and _is_hidden(change.old, change.new, change.recorded):
            before, now = ("未填报" if one is None else shortest(one) for one in change.numbers)
            rule = (
                f"{change.id}（{change.new.figure.name}）核定过的数是 {before}，现为 {now}，须记为修订或更正（revisions），"
                "核定数仍是原来的；请在 revisions 下加一项，不该变的，改回去"
            )
            yield Problem(new.archive.documents["figures"].path, change.line, rule)


def _is_hidden(old: Value, new: Value, recorded: Sequence[Revision]) -> bool:
    """Whether an approved value changed with no revision from it, and the approval of now hides that.

    Where it does not, the check tells it. Another period, unit or definition is another figure.
    """
    before, after = old.figure, new.figure
    same = (before.period, before.unit, before.definition) == (
        after.period, after.unit, after.definition,
    )  # fmt: skip
    explained = new.exact == old.exact or (recorded and recorded[0].old == old.exact)
    return same and old.state.is_settled and not explained and after.settled in (None, new.exact)
