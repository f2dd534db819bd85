"""How much the pages of a PDF file draw: what is drawn twice is read twice, and counts twice.

A few bytes may draw without end: a form that draws another form twice, which does the same, or a
thousand pages of one content.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from archive.files.bounds import MAX_DRAWINGS, MAX_DRAWN

_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]++)\s++Do\b")
_ANY_DRAWS = re.compile(rb"\bDo\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_EACH = 500
"""Bytes of content that take as long to read as it takes to begin with a drawing or a font."""
_FONT = 10
"""How many times faster the characters of a font are read than content."""


class _Size(NamedTuple):
    """Bytes of content, and how many drawings are begun."""

    content: int = 0
    drawings: int = 0

    def plus(self, other: "_Size", times: int = 1) -> "_Size":
        return _Size(self.content + other.content * times, self.drawings + other.drawings * times)


_ENDLESS = _Size(MAX_DRAWN + 1, MAX_DRAWINGS + 1)


class Drawn:
    """What the versions of one file draw together: each is read, and each may draw all pages again."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._content = 0

    def is_too_large(self, reader: Any, forms: list[Any]) -> bool:
        """Return whether with the pages and forms of this version, the file draws more than is read."""
        sizes = _Sizes()
        for one in [*reader.pages, *forms]:
            size = sizes.of(one)
            self._content += size.content
            if self._content > MAX_DRAWN or size.drawings > MAX_DRAWINGS:
                return True
        return False


class _Sizes:
    """The sizes of pages and forms; what several draw is measured once."""

    def __init__(self) -> None:
        self._known: dict[int, _Size] = {}
        self._streams: dict[int, tuple[int, Counter[str], int]] = {}

    def of(self, drawing: Any) -> _Size:
        """Return the size of all that a page or form draws; one that draws itself is endless."""
        key = id(drawing)
        if key not in self._known:
            self._known[key] = _ENDLESS
            self._known[key] = self._measured(drawing)
        return self._known[key]

    def _measured(self, drawing: Any) -> _Size:
        resources = _resources(drawing)
        size = _Size(_EACH, 1)
        for font in _held(resources, "/Font").values():
            characters = font.get("/ToUnicode") if hasattr(font, "get") else None
            size = size.plus(_Size(_EACH + self._stream(characters)[0] // _FONT))
        for stream in _streams(drawing):
            length, names, others = self._stream(stream)
            size = size.plus(_Size(length))
            if not names and not others:
                continue
            forms = self._forms(resources)
            largest = max(forms.values(), default=_Size())
            for name, times in names.items():
                size = size.plus(forms.get(name, _Size()), times)
            size = size.plus(largest, others)
        return size

    def _forms(self, resources: Any) -> Mapping[str, _Size]:
        held = _held(resources, "/XObject")
        return {name: self.of(one) for name, one in held.items() if one.get("/Subtype") != "/Image"}

    def _stream(self, stream: Any) -> tuple[int, Counter[str], int]:
        """Return the length of a stream, what it draws by which name, and how often it draws another way."""
        stream = stream.get_object() if stream is not None else None
        if not hasattr(stream, "get_data"):
            return 0, Counter(), 0
        if id(stream) not in self._streams:
            raw = stream.get_data()
            names = Counter(map(_name, _DRAWS.findall(raw)))
            others = len(_ANY_DRAWS.findall(raw)) - names.total()
            self._streams[id(stream)] = len(raw), names, others
        return self._streams[id(stream)]


def _name(written: bytes) -> str:
    return "/" + _ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode()), written).decode(
        "utf-8", "replace"
    )


def _streams(drawing: Any) -> list[Any]:
    if hasattr(drawing, "get_data"):
        return [drawing]
    contents = drawing.get("/Contents")
    contents = contents.get_object() if contents is not None else []
    return contents if isinstance(contents, list) else [contents]


def _held(resources: Any, kind: str) -> dict[str, Any]:
    found = resources.get(kind)
    items = found.get_object().items() if found is not None else ()
    return {str(name): one.get_object() for name, one in items}


def _resources(drawing: Any) -> Any:
    """Return the resources of a page or form; a page may take those of the pages above it."""
    seen: set[int] = set()
    while "/Resources" not in drawing and "/Parent" in drawing and id(drawing) not in seen:
        seen.add(id(drawing))
        drawing = drawing["/Parent"].get_object()
    found = drawing.get("/Resources")
    return found.get_object() if found is not None else {}
