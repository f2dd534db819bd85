"""Read the text of a paragraph, heading or cell as runs, as a browser would show it."""

import re
from typing import Literal

from lxml.html import HtmlElement

from archive.files.elements import FLOWING, classes
from archive.press.tree import Run

SCREEN = "screen-only"
"""Class of elements that only help to find one's way on screen and are not printed."""

_SKIPPED = {SCREEN, "for-editors", "headerlink", "md-content__button", "md-source-file", "footnote-backref", "footnote"}  # fmt: skip
_SKIPPED_TAGS = {"script", "style", "template", "button", "noscript", "hr"}
_FACES: dict[str, Literal["strong", "code", "sup", "sub", "struck"]] = {
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code",
    "sup": "sup", "sub": "sub", "del": "struck", "s": "struck",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f]+")


def skipped(element: HtmlElement) -> bool:
    """Whether an element is left out of print: a comment, a script, navigation."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED_TAGS:
        return True
    return element.get("hidden") is not None or not _SKIPPED.isdisjoint(classes(element))


def flows(element: HtmlElement) -> bool:
    """Whether an element is inline: part of a line of text, or a line break."""
    return element.tag in FLOWING or element.tag == "br"


_LINE: Run = {"text": "", "line": True}


class Inline:
    """Turns inline elements into runs; `notes` maps ids to the footnotes of the page."""

    def __init__(self, notes: dict[str, HtmlElement]) -> None:
        self.notes = notes

    def text(self, element: HtmlElement) -> list[Run]:
        """The text inside an element, spaces cleaned up; the element's own face is not applied."""
        return merge_runs(self._inside(element))

    def runs(self, element: HtmlElement) -> list[Run]:
        """The runs of an inline element with its own face applied; spaces are not cleaned up yet."""
        if element.tag == "br":
            return [_LINE]
        for link in [element, *element] if element.tag == "sup" else [element]:
            if "footnote-ref" in classes(link):
                name = (link.get("href") or "").rpartition("#")[2]
                return [self._mark(name, self.notes[name])] if name in self.notes else []
        return [_marked(run, element) for run in self._inside(element) if run != {"text": ""}]

    def _mark(self, name: str, note: HtmlElement) -> Run:
        mark: Run = {"text": "", "note": self.text(note)}
        marks = sum("footnote-backref" in classes(link) for link in note.iter("a"))
        return {**mark, "shared": name} if marks > 1 else mark

    def _inside(self, element: HtmlElement) -> list[Run]:
        inside = [split_runs(element.text)]
        for child in element:
            if not skipped(child):
                inside += self.runs(child) if flows(child) else [_LINE, *self.runs(child), _LINE]
            inside.append(split_runs(child.tail))
        return inside


def split_runs(text: str | None) -> Run:
    """Text between elements as a run, each stretch of white space as one space."""
    return {"text": _SPACE.sub(" ", text or "")}


def _marked(run: Run, element: HtmlElement) -> Run:
    """A copy of the run with the element's face, and marked where the element is a figure."""
    done = run.copy()
    face = _FACES.get(str(element.tag))
    if face and "face" not in run:
        done["face"] = face
    names = classes(element)
    if "fig" in names:
        done["keep"] = True
    if "fig--open" in names:  # the first line of its title is its name, the last its state
        name, *_, state = (element.get("title") or "：").split("\n")
        done["open"] = [state.partition("：")[2], name]
    return done


def merge_runs(runs: list[Run]) -> list[Run]:
    """The runs as a browser shows them: equal neighbours joined, doubled and outer spaces removed."""
    done: list[Run] = []
    for run in runs:
        text = run["text"]
        # A browser shows neither a space after a space or at the start of a line, nor an empty line.
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
    """Whether a run without text still counts: it is a line break or a footnote."""
    return "line" in run or "note" in run


def _alike(one: Run, other: Run) -> bool:
    same = {**one, "text": ""} == {**other, "text": ""}
    return same and "keep" not in one and not _silent(one)
