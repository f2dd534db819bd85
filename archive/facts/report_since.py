"""The sentences of a drafted report that differ from what its pages said when figures were last reported."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice

from archive.facts.alike import alike
from archive.facts.history import blobs, tree_entries
from archive.facts.people import withheld_names
from archive.facts.project import DOCS
from archive.facts.releases import in_order
from archive.facts.report_changes import SHOWN, sentences_in
from archive.facts.reported import DRAFTED
from archive.facts.site import Site, once
from archive.files.git import GitError
from archive.files.pages import MACRO, Page, read_page
from archive.files.spans import Call
from archive.leaks.text import private_search
from archive.schema.releases import Release

NOT_SHOWN = "（原句有不得公布的内容，不列出。）"
"""Stands for a sentence that was taken out for good reason."""


@dataclass(slots=True)
class ChangedBlock:
    """A paragraph, list or table with sentences that differ; `end` is the line after it, from 0."""

    end: int
    is_paragraph: bool
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def last_release(site: Site) -> tuple[str, Release] | None:
    """Return the last release, name first; None without one, and in a tree made from another."""
    known = in_order(site.archive)
    return known[-1] if known and not site.archive.is_derived else None


def changed_blocks(site: Site, page: Page) -> list[ChangedBlock]:
    """Return the blocks of a page of a drafted report that differ from the last release, in order.

    What a figure was counts for nothing: the releases tell that. Empty where the former text is not at
    hand: the release names no commit, Git has not got it, or the page was not there.
    """
    report = site.archive.reports.get(site.report_parts.get(page.path, ""))
    if report is None or report.state != DRAFTED:
        return []
    raw = _former_pages(site).get(page.path)
    if raw is None:
        return []
    former = read_page(raw, page.path, page.file, site.archive.kinds)
    search = private_search(withheld_names(site.archive))
    found = compared(list(blocks(former)), list(blocks(page)))
    for block in found:
        block.old = [NOT_SHOWN if any(search(one)) else one for one in block.old]
    return found


@once
def _former_pages(site: Site) -> dict[str, bytes]:
    """The pages of the reports at the commit of the last release, those that are not at hand left out."""
    last = last_release(site)
    if last is None or last[1].commit is None:
        return {}
    root = site.archive.project.root
    wanted = {f"{DOCS}/{path}": path for path in site.report_parts}
    try:
        entries = tree_entries(root, last[1].commit, wanted)
        ids = {path: entry.split()[-1] for path, entry in entries.items() if path in wanted}
        contents = blobs(root, ids.values())
    except GitError:  # the pages are right without their marks
        return {}
    return {wanted[path]: contents[id_] for path, id_ in ids.items() if id_ in contents}


Block = tuple[int, bool, list[str]]
"""The line after a block, whether it is a paragraph, its sentences."""


def blocks(page: Page, shown: Callable[[Call], str] = lambda call: SHOWN) -> Iterator[Block]:
    """Yield the blocks of a page that have sentences, `shown` for each macro; headings are none."""
    end, kind = 0, ""
    calls = iter(page.calls)
    found: list[str] = []
    for token in page.tokens:
        if token.level == 0 and token.map and token.nesting >= 0:
            if found:
                yield end, kind == "paragraph_open", found
            end, kind, found = token.map[1], token.type, []
        here = [shown(call) for call in islice(calls, token.content.count(MACRO))]
        if token.type == "inline" and kind != "heading_open":
            found += sentences_in(token, here)
    if found:
        yield end, kind == "paragraph_open", found


def compared(old: Sequence[Block], new: Sequence[Block]) -> list[ChangedBlock]:
    """Return the blocks of the new text with sentences that the old has not, or in whose place it has others.

    Of several that came in the place of several, each of the old is told at the block of the one most
    like it. What went without anything in its place is told at the block before it.
    """
    before = [one for _, _, sentences in old for one in sentences]
    after = [(at, one) for at, (_, _, sentences) in enumerate(new) for one in sentences]
    found: dict[int, ChangedBlock] = {}

    def block(at: int) -> ChangedBlock:
        return found.setdefault(at, ChangedBlock(*new[at][:2]))

    done, start = 0, 0
    if not after:
        return []
    texts = [one for _, one in after]
    for here, there, size in [*alike(before, texts), (len(before), len(after), 0)]:
        gone, come = before[done:here], after[start:there]
        beside = come or [after[max(0, start - 1)]]
        for number, sentence in enumerate(gone):
            block(_likest(sentence, beside, number / len(gone))).old.append(sentence)
        for at, sentence in come:
            block(at).new.append(sentence)
        done, start = here + size, there + size
    return [found[at] for at in sorted(found)]


_MOST_ASKED = 20
"""Sentences among which the one most like another is looked for."""


def _likest(sentence: str, come: Sequence[tuple[int, str]], share: float) -> int:
    """The block of the sentence most like one that went, of those near the same `share` of what came."""
    middle = int(share * len(come))
    first = max(0, min(middle - _MOST_ASKED // 2, len(come) - _MOST_ASKED))
    near = come[first : first + _MOST_ASKED]
    return max(near, key=lambda one: SequenceMatcher(None, one[1], sentence).quick_ratio())[0]
