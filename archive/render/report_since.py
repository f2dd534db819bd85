"""Marks beside the sentences of a drafted report that have changed since figures were last reported."""

import re
from collections.abc import Iterator
from html import escape

from archive.facts.report_since import ChangedBlock, changed_blocks, last_release
from archive.facts.site import Site
from archive.files.pages import Page
from archive.render.amendments import Addition, beside, marked
from archive.render.text import day, fenced


def sentence_marks(site: Site, page: Page) -> Iterator[Addition]:
    """What is put into the text: a class on each changed paragraph, the old and new sentences after it."""
    last = last_release(site)
    found = changed_blocks(site, page) if last else []
    if not last or not found:
        return
    starts = [0, *(one.end() for one in re.finditer("\n", page.text))]
    lines = page.text.split("\n")
    for block in found:
        at = starts[block.end] if block.end < len(starts) else len(page.text)
        line = "" if page.text[:at].endswith("\n") else "\n"
        if block.is_paragraph and not lines[block.end - 1].rstrip().endswith("}"):
            line += "{: .changed-since }\n"
        yield at, at, f"{line}\n{fenced(_fold(block, last[0]))}\n\n"


def _fold(block: ChangedBlock, release: str) -> str:
    old, new = "".join(block.old), "".join(block.new)
    shown = (
        marked(old, new)
        if old and new
        else (escape(old) or "（没有）", escape(new) or "（已删去）")
    )
    said = "有改动" if old and new else "有增加" if new else "有删去"
    return (
        '<div class="amended since screen-only" data-search-skip><details>'
        f"<summary>与“{escape(release)}”报送时相比，这里{said}</summary>"
        f"{beside(('报送时', shown[0]), ('现在', shown[1]))}</details></div>"
    )


def changes_told(site: Site, page: Page) -> str:
    """That sentences of a page have changed since the last release, as HTML; empty if none has."""
    last = last_release(site)
    found = changed_blocks(site, page) if last else []
    if not last or not found:
        return ""
    name, release = last
    return (
        f"与“{escape(name)}”（{day(release.date)}）报送时相比，本页有 {len(found)} 处的句子改了，"
        "段旁有线，下面可以展开报送时的句子。数的变化不在其中。"
    )
