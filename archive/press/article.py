"""A page of the built site as a printed document is made of it: its article as a tree of blocks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from archive.press.drawing import drawing
from archive.press.table import table, wide
from archive.press.tree import Block, Heading, Listing, Paragraph, Run

SCREEN = "screen-only"
"""The class of what guides a reader through the site and is not printed."""

CHAPTER = 0
"""The face of a chapter's heading: 黑体, centred."""

_SKIPPED = {SCREEN, "headerlink", "md-content__button", "md-source-file", "footnote-backref"}
_SKIPPED_TAGS = {"script", "style", "template", "button", "noscript", "hr"}
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|br|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rp|rt|ruby|s|samp"
    "|small|span|strong|sub|sup|time|u|var|wbr"
)
_FACES = {"strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code",
          "sup": "sup", "sub": "sub"}  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SPACE = re.compile(r"[ \t\n\r\f]+")
# GB/T 9704—2012, 7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋.
_NUMBERED = [
    re.compile(form)
    for form in (
        r"[一二三四五六七八九十百]+、",
        r"（[一二三四五六七八九十百]+）",
        r"\d+[.．]",
        r"（\d+）",
    )
]


@dataclass
class Article:
    """What of a page is printed: `title`, what stands under it, and the blocks of its text."""

    title: str = ""
    source: str = ""
    """Of what it is a part, when it is printed alone."""
    blocks: list[Block] = field(default_factory=list)
    open: dict[str, list[str]] = field(default_factory=dict)
    """State → the figures in it that are not final (初步, 未填报), each once."""


def read(root: HtmlElement, site: Callable[[str], str]) -> Article:
    """The article of a built page; `site` turns an address on the page into one from the root."""
    found = next(iter(root.iter("article")), None)
    article = Article()
    if found is None:
        return article
    reader = _Reader(site, {note.get("id") or "": note for note in _notes(found)})
    blocks = list(reader.blocks(found))
    titles = [at for at, block in enumerate(blocks) if _level(block) == 1]
    if titles:
        title = blocks.pop(titles[0])
        article.title = "".join(run["text"] for run in title["runs"])  # type: ignore[typeddict-item]
    article.blocks = _laid_across(levelled(list(_led(blocks))))
    article.open = _open_figures(found)
    return article


def sections(article: Article) -> Iterator[tuple[str, Article]]:
    """Each sub-section with an id of its own, as a document: its heading becomes the title."""
    starts = [at for at, block in enumerate(article.blocks) if _level(block) == 1]
    for start, end in zip(starts, [*starts[1:], len(article.blocks)], strict=True):
        heading = article.blocks[start]
        if heading["kind"] == "heading" and heading["id"]:
            title = "".join(run["text"] for run in heading["runs"])
            inside = levelled(article.blocks[start + 1 : end])
            yield heading["id"], Article(title, article.title, inside)


def levelled(blocks: list[Block]) -> list[Block]:
    """The blocks, their headings at levels from 1 on that skip none (PDF/UA-1, 7.4.2)."""
    open_: list[int] = []
    done: list[Block] = []
    for block in blocks:
        if block["kind"] == "heading":
            while open_ and open_[-1] >= block["level"]:
                open_.pop()
            open_.append(block["level"])
            done.append({**block, "level": len(open_)})
        else:
            done.append(block)
    return done


def _led(blocks: list[Block]) -> Iterator[Block]:
    """The number of an article (第一条) leads its first paragraph, as regulations are printed."""
    lead: list[Run] = []
    for block in blocks:
        if block["kind"] == "heading" and block["id"].startswith("art-"):
            if lead:  # an article without text
                yield {"kind": "paragraph", "runs": lead}
            lead = [{**run, "face": "lead"} for run in block["runs"]]
        elif lead and block["kind"] == "paragraph":
            yield {**block, "runs": [*lead, {"text": "\u3000"}, *block["runs"]]}
            lead = []
        else:
            yield from ([{"kind": "paragraph", "runs": lead}] if lead else [])
            lead = []
            yield block
    if lead:
        yield {"kind": "paragraph", "runs": lead}


def _laid_across(blocks: list[Block]) -> list[Block]:
    """Tables too wide for an upright page, each with the heading right before it, on pages of their own."""
    done: list[Block] = []
    for block in blocks:
        if block["kind"] == "table" and wide(block):
            heading = [done.pop()] if done and done[-1]["kind"] == "heading" else []
            done.append({"kind": "across", "blocks": [*heading, block]})
        else:
            done.append(block)
    return done


def _level(block: Block) -> int:
    return block["level"] if block["kind"] == "heading" else 0


def _notes(article: HtmlElement) -> list[HtmlElement]:
    return list(article.xpath(".//div[@class='footnote']//li"))  # type: ignore[arg-type]


def _open_figures(article: HtmlElement) -> dict[str, list[str]]:
    """The title of a figure's link names it in its first line and its state in its last."""
    found: dict[str, list[str]] = {}
    for link in article.xpath(".//a[contains(@class, 'fig--open')]"):  # type: ignore[union-attr]
        name, *_, state = str(link.get("title")).split("\n")  # type: ignore[union-attr]
        names = found.setdefault(state.partition("：")[2], [])
        if name not in names:
            names.append(name)
    return found


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _skipped(element: HtmlElement) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _SKIPPED_TAGS
        or not _SKIPPED.isdisjoint(_classes(element))
        or "footnote" in _classes(element)
    )


class _Reader:
    """Elements → blocks. What it does not know it goes through, so that no text is lost."""

    def __init__(self, site: Callable[[str], str], notes: dict[str, HtmlElement]) -> None:
        self.site, self.notes = site, notes

    def blocks(self, parent: HtmlElement) -> Iterator[Block]:
        """What `parent` holds: text between blocks makes paragraphs of its own."""
        loose: list[Run] = [_text(parent.text)]
        for child in parent:
            if _skipped(child):
                pass
            elif child.tag == "svg" or child.tag == "img":
                yield from _paragraph(loose)
                loose = []
                yield self._picture(child)
            elif _INLINE.fullmatch(str(child.tag)):
                loose += self.runs(child, child_itself=True)
            else:
                yield from _paragraph(loose)
                loose = []
                yield from self._block(child)
            loose.append(_text(child.tail))
        yield from _paragraph(loose)

    def _block(self, element: HtmlElement) -> Iterator[Block]:
        tag = str(element.tag)
        if tag in _HEADINGS:
            yield self._heading(element)
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "table":
            yield table(element, self.runs)
        elif tag == "pre":
            yield {"kind": "code", "text": element.text_content().rstrip("\n")}
        elif tag == "blockquote":
            yield {"kind": "quote", "blocks": list(self.blocks(element))}
        elif tag == "dl":
            yield from _paragraph(self._facts(element), "facts")
        elif tag == "p" and "draft" in _classes(element):
            yield from _paragraph(self.runs(element), "mark")
        else:
            yield from self.blocks(element)

    def _heading(self, element: HtmlElement) -> Heading:
        runs = _tidy(self.runs(element))
        depth = _HEADINGS[str(element.tag)]
        words = "".join(run["text"] for run in runs)
        numbered = [n for n, form in enumerate(_NUMBERED, 1) if form.match(words)]
        face = numbered[0] if numbered else min(max(depth - 1, 1), 4)
        id_ = element.get("id") or ""
        if id_.startswith("ch-"):
            face = CHAPTER
        return {"kind": "heading", "level": depth, "face": face, "id": id_, "runs": runs}

    def _list(self, element: HtmlElement) -> Listing:
        items = [list(self.blocks(item)) for item in element if not _skipped(item)]
        start = element.get("start") or "1"
        return {
            "kind": "list",
            "ordered": element.tag == "ol",
            "start": int(start) if start.isdecimal() else 1,
            "items": [item for item in items if item],
        }

    def _facts(self, element: HtmlElement) -> list[Run]:
        """A list of terms as one line of text: what each is, and what it says."""
        runs: list[Run] = []
        for part in element.iter("dt", "dd"):
            inside = _tidy(self.runs(part))
            if part.tag == "dt":
                runs += [*([{"text": "；"}] if runs else []), *inside, {"text": "："}]  # type: ignore[list-item]
            else:
                runs += inside
        return runs

    def _picture(self, element: HtmlElement) -> Block:
        if element.tag == "svg":
            return drawing(element)
        file = self.site(element.get("src") or "")
        return {"kind": "picture", "svg": "", "file": file, "alt": element.get("alt") or "", "width": 0}

    def runs(self, element: HtmlElement, child_itself: bool = False) -> list[Run]:
        """The runs of an element's text, its own face upon them if `child_itself`."""
        if child_itself:
            special = self._special(element)
            if special is not None:
                return special
        inside = [_text(element.text)]
        for child in element:
            if not _skipped(child):
                inside += self.runs(child, child_itself=True)
            inside.append(_text(child.tail))
        face = _FACES.get(str(element.tag)) if child_itself else None
        keep = bool({"fig", "keep"} & _classes(element))
        return [_faced(run, face, keep) for run in inside if run["text"] or len(run) > 1]

    def _special(self, element: HtmlElement) -> list[Run] | None:
        if element.tag == "br":
            return [{"text": "", "line": True}]
        links = [element, *element] if element.tag == "sup" else [element]
        for link in links:
            if "footnote-ref" in _classes(link):
                note = self.notes.get((link.get("href") or "").rpartition("#")[2])
                return [] if note is None else [{"text": "", "note": self._note(note)}]
        return None

    def _note(self, note: HtmlElement) -> list[Run]:
        return _tidy(self.runs(note))


def _text(text: str | None) -> Run:
    return {"text": _SPACE.sub(" ", text or "")}


def _faced(run: Run, face: str | None, keep: bool) -> Run:
    done = run.copy()
    if face and "face" not in run:
        done["face"] = face  # type: ignore[typeddict-item]
    if keep:
        done["keep"] = True
    return done


def _tidy(runs: list[Run]) -> list[Run]:
    """The runs as a browser shows them: neighbours alike joined, no space doubled or at an edge."""
    done: list[Run] = []
    for run in runs:
        last = done[-1] if done else None
        if last is not None and _alike(last, run):
            last["text"] = _SPACE.sub(" ", last["text"] + run["text"])
            continue
        if run["text"].startswith(" ") and (last is None or "line" in last or last["text"].endswith(" ")):
            run = {**run, "text": run["text"].lstrip(" ")}
        if run["text"] or len(run) > 1 and ("line" in run or "note" in run):
            done.append(run.copy())
    while done and not done[-1]["text"].rstrip(" ") and not {"line", "note"} & done[-1].keys():
        done.pop()
    if done:
        done[-1]["text"] = done[-1]["text"].rstrip(" ")
    return done


def _alike(one: Run, other: Run) -> bool:
    return {**one, "text": ""} == {**other, "text": ""} and "keep" not in one and len(one.keys() & {"line", "note"}) == 0


def _paragraph(runs: list[Run], style: str = "") -> Iterator[Paragraph]:
    tidied = _tidy(runs)
    if tidied:
        paragraph: Paragraph = {"kind": "paragraph", "runs": tidied}
        if style:
            paragraph["style"] = style  # type: ignore[typeddict-item]
        yield paragraph
