"""The fonts of a PDF file: whether what is written in them can be read, and what their letters show."""

import re
from typing import Any

_MAYBE_DRAWS = re.compile(rb"T[jJ]|['\"]|Do")
_DRAWS_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_MAX_GLYPHS = 1_000_000
"""Bytes of the letters of a file that are read as drawings because they may show other letters."""
_EACH_GLYPH = 100
"""What each such letter counts for beside its bytes."""
_KNOWN_ENCODINGS = re.compile(r"/(?:WinAnsi|MacRoman|MacExpert|Standard|PDFDoc)Encoding")
_KNOWN_MAPS = re.compile(
    r"/(?:GB-EUC|GBpc-EUC|GBK-EUC|GBK2K|ETen-B5|ETenms-B5|90ms-RKSJ|Uni\w+-U(?:TF16|CS2))(?:-HW)?-[HV]"
)
FONTS = frozenset({"/Font", "/Type0", "/Type1", "/MMType1", "/Type3", "/TrueType"})
"""What an object is called that is a font: programs do not look at all names of it."""
_GLYPH = re.compile(r"/uni[0-9A-F]{4}|/u[0-9A-F]{4,6}|/\.notdef")
"""Names of glyphs that say which character they are without the list of Adobe."""


def is_readable(font: Any) -> bool:
    """Return whether the text written in a font can be read: whether codes lead to characters."""
    kind, encoding = font.get("/Subtype"), _whole(font.get("/Encoding"))
    if "/ToUnicode" in font or str(kind).startswith("/CIDFont"):
        return True
    if kind == "/Type3":  # a letter may be drawn as any other, whatever its name
        return False
    if kind == "/Type0":
        return isinstance(encoding, str) and bool(_KNOWN_MAPS.fullmatch(encoding))
    changes = _whole(encoding.get("/Differences", ())) if isinstance(encoding, dict) else ()
    base = encoding.get("/BaseEncoding") if isinstance(encoding, dict) else encoding
    if not all(_is_character(name) for name in changes if isinstance(name, str)):
        return False
    if _KNOWN_ENCODINGS.fullmatch(str(base)) if base else not _own(font):
        return True
    return not base and _codes_drawn(font) <= _codes_named(changes)


def _whole(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _is_character(name: str) -> bool:
    """Return whether the name of a glyph says which character it is, to the library that reads pages."""
    from pypdf._codecs import adobe_glyphs

    return name in adobe_glyphs or bool(_GLYPH.fullmatch(name))


def _own(font: Any) -> bool:
    """Return whether a font is in the file, so that its codes are its own where nothing is said of them."""
    described = _whole(font.get("/FontDescriptor"))
    return isinstance(described, dict) and any(
        key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _codes_drawn(font: Any) -> set[int]:
    """Return the codes for which a font has letters: those that are not without width."""
    widths = _whole(font.get("/Widths")) or [1] * 256
    first = int(_whole(font.get("/FirstChar", 0)))
    return {first + at for at, width in enumerate(widths) if _whole(width) != 0}


def _codes_named(changes: Any) -> set[int]:
    """Return the codes that a list of differences names: each follows the one before, or a number."""
    named, code = set[int](), 0
    for one in changes:
        if isinstance(one, str):
            named.add(code)
            code += 1
        else:
            code = int(_whole(one))
    return named


class Letters:
    """The letters of fonts that are drawings (Type 3): those of one file, each looked at once."""

    def __init__(self, drawn: set[int]) -> None:
        """Begin with none; the numbers of their objects are added to `drawn`."""
        self._drawn = drawn
        self._left = _MAX_GLYPHS
        self._fonts: dict[int, list[Any]] = {}
        self._draws: dict[int, bool] = {}

    def show_others(self, font: Any) -> bool:
        """Return whether a letter of a font is drawn with other letters, which `extract_text` does not read."""
        from pypdf.generic import ContentStream

        own = _whole(font.get("/Resources"))
        pending = [(glyph, own) for glyph in self._of(_whole(font["/CharProcs"]))]
        seen = set[int]()
        while pending:
            glyph, resources = pending.pop()
            if id(glyph) in seen or not self._may_draw(glyph):
                continue
            seen.add(id(glyph))
            self._left -= len(glyph.get_data()) + _EACH_GLYPH
            if self._left < 0:
                return True
            resources = _whole(glyph.get("/Resources", resources))
            known = _whole(resources.get("/XObject")) if isinstance(resources, dict) else None
            for operands, operator in ContentStream(glyph, None).operations:
                if operator in _DRAWS_TEXT:
                    return True
                if operator == b"Do":
                    drawn = _whole(known.get(operands[0])) if isinstance(known, dict) else None
                    if drawn is None:
                        return True  # a drawing of the page it stands on: not known which
                    pending.append((drawn, resources))
        return False

    def _of(self, glyphs: Any) -> list[Any]:
        """Return the letters of a font that may hold more than lines; many fonts may have the same letters."""
        from pypdf.generic import IndirectObject

        if id(glyphs) not in self._fonts:
            listed = list(glyphs.values()) if isinstance(glyphs, dict) else []
            self._drawn.update(one.idnum for one in listed if isinstance(one, IndirectObject))
            self._fonts[id(glyphs)] = [one for one in map(_whole, listed) if self._may_draw(one)]
        return self._fonts[id(glyphs)]

    def _may_draw(self, glyph: Any) -> bool:
        """Return whether a letter may hold more than lines and pixels, as hardly any does."""
        from pypdf.generic import StreamObject

        if id(glyph) not in self._draws:
            is_drawing = isinstance(glyph, StreamObject) and glyph.get("/Subtype") != "/Image"
            self._draws[id(glyph)] = is_drawing and bool(_MAYBE_DRAWS.search(glyph.get_data()))
        return self._draws[id(glyph)]
