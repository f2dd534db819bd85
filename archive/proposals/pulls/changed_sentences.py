"""The sentences that pages say otherwise than before, with their figures and names as readers see them."""

import re
from collections.abc import Callable, Iterator, Mapping

from archive.facts.macros import MACROS
from archive.facts.report_changes import SHOWN
from archive.facts.report_since import blocks, compared
from archive.facts.site import Site
from archive.files.markdown import parse, shown_text
from archive.files.pages import Page
from archive.files.spans import Call
from archive.proposals.diff.as_markdown import code, safe
from archive.render import macros
from archive.render.text import markdown_table

MAX_SENTENCES = 40
"""The most paragraphs whose sentences are shown as they were and as they are."""

_SIGNS = range(0xF0000, 0x110000)
_SIGN = re.compile("[\U000f0000-\U0010ffff]")
"""Characters without a meaning: while sentences are compared, one that neither page has stands for each macro."""


def changed_sentences(
    old: Site, before: Mapping[str, Page], new: Site, after: Mapping[str, Page]
) -> Iterator[str]:
    """The changed sentences of the pages of both (file → page) as Markdown; nothing where there are none.

    What a macro shows counts for nothing in the comparison: the figures are told elsewhere.
    """
    count, rows = 0, []
    for file, page in after.items():
        former = before.get(file)
        if former is None:
            continue
        signs = _Signs(former.text + page.text)
        found = compared(*(list(blocks(one, signs.of(one))) for one in (former, page)))
        was, is_ = _Reader(old, former, signs), _Reader(new, page, signs)
        for block in found[: max(0, MAX_SENTENCES - count)]:
            texts = was.text(block.old) or "（没有）", is_.text(block.new) or "（已删去）"
            rows.append((code(file), *texts))
        count += len(found)
    if rows:
        yield f"### 文字\n\n句子有改动的 {count} 段，数和名称照各自的时候显示："
        yield markdown_table(("页面", "原来", "现在"), rows)
    if count > len(rows):
        yield f"另有 {count - len(rows)} 段，请看平台上的对照。"


class _Signs:
    """The signs that stand for macro calls, the same for all calls that are written the same."""

    def __init__(self, written: str) -> None:
        there = {ord(sign) for sign in _SIGN.findall(written)}
        self._free = (chr(one) for one in _SIGNS if one not in there)
        self._signs: dict[str, str] = {}
        self.calls: dict[str, Call] = {}

    def of(self, page: Page) -> Callable[[Call], str]:
        """Return what gives a call of the page its sign."""

        def sign(call: Call) -> str:
            written = page.text[call.start : call.end]
            found = self._signs.get(written) or self._signs.setdefault(written, next(self._free))
            self.calls.setdefault(found, call)
            return found

        return sign


class _Reader:
    """Reads the sentences of a page of a site as readers of that site see them."""

    def __init__(self, site: Site, page: Page, signs: _Signs) -> None:
        self._site, self._signs = site, signs
        self._macros = macros(site, page.path)
        self._ids: dict[str, set[str]] = {}
        self._known: dict[str, str] = {}

    def text(self, sentences: list[str]) -> str:
        """The sentences, escaped for the comment."""
        text = " ".join("".join(sentences).split())
        return safe(_SIGN.sub(lambda found: self._shown(found[0]), text))

    def _shown(self, sign: str) -> str:
        if sign not in self._known:
            call = self._signs.calls.get(sign)
            self._known[sign] = (self._called(call) or SHOWN) if call else f"U+{ord(sign):X}"
        return self._known[sign]

    def _called(self, call: Call) -> str:
        """What readers see of a macro; empty where it is no part of a line, or wrongly written."""
        macro = MACROS.get(call.name)
        if macro is None or not macro.flows or not macro.fits(call):
            return ""
        if call.name not in self._ids:
            self._ids[call.name] = set(macro.ids(self._site))
        if not self._ids[call.name].issuperset(map(str, call.args)):
            return ""
        made = self._macros[call.name](*call.args, **dict(call.options))
        return "".join(shown_text(token) for token in parse(made) if token.type == "inline")
