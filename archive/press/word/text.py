"""The runs of a text as Word has them: faces, line breaks, footnotes, figures that stay whole."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from archive.press.tree import Run, plain
from archive.press.word.markup import w, words

JOINER = "\u200d\u2060"
"""No line ends beside it: Word has the first among its special characters, as “No-Width Non Break”;
LibreOffice heeds the second, in this order, and in a language that is written with spaces alone.
"""
_SPACED = "en-US"

# A line can end beside any of these, not within a number or a word: that stays as it can be searched.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff01-\uffe6]"
_SEAM = re.compile(f"(?<={_WIDE})(?=\\S)|(?<=\\S)(?={_WIDE})")
# “ ” … — · belong to both scripts: Word has to be told that they are full-width.
_BOTH = re.compile("[\u00a1-\u2e7f]")
_PIECES = re.compile("([\t\n])")


class Texts:
    """Runs → w:r. Footnotes gather in `notes` (w:footnote), in the order of their marks."""

    def __init__(self) -> None:
        self.notes: list[_Element] = []

    def runs(self, runs: list[Run], font: str = "") -> Iterator[_Element]:
        """The runs, all of them in `font` if it is given."""
        for run in runs:
            if "note" in run:
                yield self._mark(run["note"])
            elif "line" in run:
                yield w("r", w("br"))
            elif run["text"]:
                yield _run(run, font)

    def _mark(self, note: list[Run]) -> _Element:
        id_ = len(self.notes) + 1
        number = w(
            "r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"), words("t", " ")
        )
        inside = [run if "note" not in run else Run(text=plain([run])) for run in note]
        style = w("pPr", w("pStyle", val="FootnoteText"))
        self.notes.append(w("footnote", w("p", style, number, *self.runs(inside)), id=id_))
        return w(
            "r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteReference", id=id_)
        )


def fonts(name: str) -> _Element:
    """One font for all scripts, so that digits and quotation marks are in it too."""
    return w("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def pieces(text: str) -> Iterator[_Element]:
    """The text, its tabs and line breaks as the elements they are."""
    for piece in _PIECES.split(text):
        if piece == "\t":
            yield w("tab")
        elif piece == "\n":
            yield w("br")
        elif piece:
            yield words("t", piece)


def _run(run: Run, font: str) -> _Element:
    face = run.get("face")
    looks: list[_Element] = []
    if face in ("strong", "lead"):
        looks.append(w("rStyle", val="Strong"))
    if font:
        looks.append(fonts(font))
    elif _BOTH.search(run["text"]):
        looks.append(w("rFonts", hint="eastAsia"))
    if face in ("sup", "sub"):
        looks.append(w("vertAlign", val="superscript" if face == "sup" else "subscript"))
    text = _SEAM.sub(JOINER, run["text"]) if run.get("keep") else run["text"]
    if JOINER in text:
        looks.append(w("lang", eastAsia=_SPACED))
    return w("r", *([w("rPr", *looks)] if looks else []), *pieces(text))
