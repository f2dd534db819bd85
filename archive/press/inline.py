"""Text within a paragraph, a heading or a cell, as runs: what a browser shows, face by face."""

import re
from typing import Literal

from lxml.html import HtmlElement

from archive.files.elements import FLOWING, classes
from archive.press.tree import Run

SCREEN = "screen-only"
"""The class of what guides a reader through the site and is not printed."""

_SKIPPED = {SCREEN, "headerlink", "md-content__button", "md-source-file", "footnote-backref", "footnote"}  # fmt: skip
_SKIPPED_TAGS = {"script", "style", "template", "button", "noscript", "hr"}
_FACES: dict[str, Literal["strong", "code", "sup", "sub"]] = {
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code",
    "sup": "sup", "sub": "sub",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f]+")


def skipped(element: HtmlElement) -> bool:
    """Whether an element is nothing of what is printed: a comment, a script, a way through the site."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED_TAGS:
        return True
    return not _SKIPPED.isdisjoint(classes(element))


def flows(element: HtmlElement) -> bool:
    """Whether an element stands within a line of text."""
    return element.tag in FLOWING or element.tag == "br"


_LINE: Run = {"text": "", "line": True}


class Inline:
    """Elements → runs. `notes`: the footnotes of the page by id."""

    def __init__(self, notes: dict[str, HtmlElement]) -> None:
        self.notes = notes

    def text(self, element: HtmlElement) -> list[Run]:
        """What an element says, tidied; its own face is not upon it."""
        return tidy(self._inside(element))

    def runs(self, element: HtmlElement) -> list[Run]:
        """The runs of an element within a line, its own face upon them; spaces as they stand."""
        if element.tag == "br":
            return [_LINE]
        for link in [element, *element] if element.tag == "sup" else [element]:
            if "footnote-ref" in classes(link):
                note = self.notes.get((link.get("href") or "").rpartition("#")[2])
                return [] if note is None else [{"text": "", "note": self.text(note)}]
        return [_marked(run, element) for run in self._inside(element) if run != {"text": ""}]

    def _inside(self, element: HtmlElement) -> list[Run]:
        inside = [loose(element.text)]
        for child in element:
            if not skipped(child):
                inside += self.runs(child) if flows(child) else [_LINE, *self.runs(child), _LINE]
            inside.append(loose(child.tail))
        return inside


def loose(text: str | None) -> Run:
    """Text between elements as a run."""
    return {"text": _SPACE.sub(" ", text or "")}


def _marked(run: Run, element: HtmlElement) -> Run:
    """The run with what the element makes of it: a face of its own, a figure, an open figure."""
    done = run.copy()
    face = _FACES.get(str(element.tag))
    if face and "face" not in run:
        done["face"] = face
    names = classes(element)
    if "fig" in names:
        done["keep"] = True
    if "fig--open" in names:  # its title names it in the first line and its state in the last
        name, *_, state = (element.get("title") or "：").split("\n")
        done["open"] = [state.partition("：")[2], name]
    return done


def tidy(runs: list[Run]) -> list[Run]:
    """The runs as a browser shows them: neighbours alike joined, no space doubled or at an edge."""
    done: list[Run] = []
    for run in runs:
        text = run["text"]
        # A space after a space or where a line begins shows nothing, nor does a line without text.
        fresh_line = not done or "line" in done[-1]
        if fresh_line or done[-1]["text"][-1:] == " ":
            text = text.removeprefix(" ")
        if "line" in run and fresh_line:
            continue
        fresh: Run = {**run, "text": text}
        if done and _alike(done[-1], fresh):
            done[-1]["text"] += text
        elif text or _silent(fresh):
            done.append(fresh)
    while done and "note" not in done[-1]:
        done[-1]["text"] = done[-1]["text"].rstrip(" ")
        if done[-1]["text"]:
            break
        done.pop()
    return done


def _silent(run: Run) -> bool:
    """Whether it is a line break or a footnote: something, though it has no text of its own."""
    return "line" in run or "note" in run


def _alike(one: Run, other: Run) -> bool:
    same = {**one, "text": ""} == {**other, "text": ""}
    return same and "keep" not in one and not _silent(one)
