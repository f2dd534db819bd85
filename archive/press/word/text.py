"""Turn runs into Word's w:r: faces, line breaks, footnotes, figures that must not be broken."""

from collections.abc import Iterator

from lxml.etree import _Element

from archive.files.patterns import late
from archive.press.tree import Run, runs_text
from archive.press.word.markup import text_element, w

JOINER = "\u200d\u2060"
"""Prevents a line break beside it. Word obeys the first character, its “No-Width Non Break”;
LibreOffice the second, only in this order and only in a language written with spaces.
"""
_SPACED = "en-US"

# A line can break beside any of these. Nothing is inserted inside a number or a word, which must
# stay searchable.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff01-\uffe6]"
_SEAM = late(f"(?<={_WIDE})(?=\\S)|(?<=\\S)(?={_WIDE})")
# “ ” … — · are used by both scripts: Word needs a hint that they are full-width.
_BOTH = late("[\u00a1-\u2e7f]")
_BOOKMARK = "Note{}"
_REFERENCE = f" NOTEREF {_BOOKMARK} \\f \\h "
_BOOKMARKS = 1_000_000  # the numbers of these bookmarks begin above those of headings
_PIECES = late("([\t\n])")


class Texts:
    """Turns runs into w:r; their footnotes are collected in `notes` (w:footnote), in reading order."""

    def __init__(self) -> None:
        self.notes: list[_Element] = []
        self.shared: dict[str, int] = {}  # name of a footnote with several marks → its number

    def runs(self, runs: list[Run], font: str = "") -> Iterator[_Element]:
        """The w:r of each run, in `font` if it is given; raises `UnprintableError` like `checked`."""
        for run in runs:
            if "note" in run:
                yield from self._mark(run)
            elif "line" in run:
                yield w("r", w("br"))
            elif run["text"]:
                yield _run(run, font)

    def _mark(self, run: Run) -> Iterator[_Element]:
        """The mark of a footnote; a further mark of the same one refers to the first."""
        name = run.get("shared", "")
        if "again" in run:
            id_ = self.shared[name]
            yield w("fldSimple", _raised(text_element("t", str(id_))), instr=_REFERENCE.format(id_))
            return
        id_ = self._noted(run["note"])
        mark = _raised(w("footnoteReference", id=id_))
        if not name:
            yield mark
            return
        self.shared[name] = id_
        bookmark = _BOOKMARKS + id_
        yield w("bookmarkStart", id=bookmark, name=_BOOKMARK.format(id_))
        yield from (mark, w("bookmarkEnd", id=bookmark))

    def _noted(self, note: list[Run]) -> int:
        id_ = len(self.notes) + 1
        inside = [run if "note" not in run else Run(text=runs_text([run])) for run in note]
        style = w("pPr", w("pStyle", val="FootnoteText"))
        number = _raised(w("footnoteRef"), text_element("t", " "))
        self.notes.append(w("footnote", w("p", style, number, *self.runs(inside)), id=id_))
        return id_


def _raised(*inside: _Element) -> _Element:
    return w("r", w("rPr", w("rStyle", val="FootnoteReference")), *inside)


def fonts(name: str) -> _Element:
    """The w:rFonts that sets one font for all scripts, digits and quotation marks included."""
    return w("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def pieces(text: str) -> Iterator[_Element]:
    """The elements of a text: w:t for text, w:tab for tabs, w:br for line breaks."""
    for piece in _PIECES.split(text):
        if piece == "\t":
            yield w("tab")
        elif piece == "\n":
            yield w("br")
        elif piece:
            yield text_element("t", piece)


def _run(run: Run, font: str) -> _Element:
    face = run.get("face")
    looks: list[_Element] = []
    if face in ("strong", "lead"):
        looks.append(w("rStyle", val="Strong"))
    if font:
        looks.append(fonts(font))
    elif _BOTH.search(run["text"]):
        looks.append(w("rFonts", hint="eastAsia"))
    if face == "struck":
        looks.append(w("strike"))
    if face in ("sup", "sub"):
        looks.append(w("vertAlign", val="superscript" if face == "sup" else "subscript"))
    text = _SEAM.sub(JOINER, run["text"]) if run.get("keep") else run["text"]
    if JOINER in text:
        looks.append(w("lang", eastAsia=_SPACED))
    return w("r", *([w("rPr", *looks)] if looks else []), *pieces(text))
