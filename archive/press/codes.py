"""QR codes (ISO/IEC 18004) of printed addresses: drawn for print files, and as bits for a page's script."""

from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urlsplit

import segno

from archive.files.cache import Cache, digest
from archive.press.document import Document
from archive.press.geometry import POINT
from archive.press.tree import Picture

QUIET = 4
"""Modules left white around a code, as the standard asks."""
LEAST, USUAL = 0.4, 20.0
"""Millimetres: the least width of a module, and the side of a code whose modules are no smaller than that."""
LONGEST = 600
"""Bytes of an address; the code of a longer one would take a quarter of the page's width and more."""

Modules = list[bytes]
"""The rows of a code without its quiet zone, a byte a module: 1 is dark."""


def encoded(address: str) -> str:
    """The address as a browser sends it: percent-encoded, the name of the host in ASCII."""
    parts = urlsplit(address)
    host, colon, port = parts.netloc.partition(":")
    anchor = f"#{quote(parts.fragment)}" if parts.fragment else ""
    named = host.encode("idna").decode()
    return f"{parts.scheme}://{named}{colon}{port}{quote(parts.path)}{anchor}"


@lru_cache(5000)
def modules(address: str) -> Modules:
    """The code of an address, of level M or better; empty if the address is too long for one."""
    text = encoded(address)
    if len(text) > LONGEST:
        return []
    return [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]


def side(code: Modules) -> float:
    """The width of a code in mm, with its quiet zone."""
    return max(USUAL, LEAST * (len(code) + 2 * QUIET))


def svg(code: Modules, address: str) -> str:
    """A code as inline SVG; the style sheet gives its line the colour and the width of a module."""
    wide, box = f"{side(code):g}mm", len(code) + 2 * QUIET
    return (
        f'<svg class="press-code" viewBox="0 0 {box} {box}" width="{wide}" height="{wide}"'
        f' role="img" aria-label="{escape(alt(address))}"><path d="{_path(code)}"/></svg>'
    )


def packed(code: Modules) -> str:
    """A code for a script: its modules a side, then all of them row by row as bits in base64."""
    bits = "".join(map(str, b"".join(code)))
    filled = bits.ljust(-(-len(bits) // 8) * 8, "0")
    raw = int(filled, 2).to_bytes(len(filled) // 8, "big")
    return f"{len(code)} {b64encode(raw).decode()}"


def alt(address: str) -> str:
    """What stands for the code of an address where it cannot be seen."""
    return f"二维码：{address}"


def with_code(document: Document) -> Document:
    """The document with the code of its address, if it has one, as a picture."""
    address = document["address"]
    code = modules(address) if address else []
    return {**document, "code": _picture(code, address) if code else None}


def _picture(code: Modules, address: str) -> Picture:
    box = len(code) + 2 * QUIET
    points = side(code) / POINT
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box} {box}" width="{box}" height="{box}">'
        f'<path d="{_path(code)}" stroke="#000" stroke-width="1"/></svg>'
    )
    return {
        "kind": "picture",
        "svg": drawn,
        "file": "",
        "alt": alt(address),
        "width": points,
        "height": points,
    }


def _path(code: Modules) -> str:
    """The dark modules as strokes one module wide, within the quiet zone."""
    return "".join(_strokes(code))


def _strokes(code: Modules) -> Iterator[str]:
    for row, line in enumerate(code):
        at, end = QUIET, 0
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                yield f"m{at - end} 0h{length}" if end else f"M{at} {row + QUIET}.5h{length}"
                end = at + length
            at += length


class Codes:
    """Codes by address, kept between builds: to find the best mask of one takes 3 ms."""

    def __init__(self, file: Path) -> None:
        self._cache = Cache(file, digest([Path(__file__)]))

    def of(self, address: str) -> Modules:
        """The code of an address."""
        made = self._cache.made(self._cache.key(address.encode()), lambda: modules(address))
        return list(made)

    def save(self) -> None:
        """Keep the codes that were asked for."""
        self._cache.save()
