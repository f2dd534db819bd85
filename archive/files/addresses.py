"""Addresses: what one written in a page means, and how one page of the site names another.

An address within the site means the same in Markdown and in HTML: a path from the page's file, as a
forge's preview reads it. What engines make of addresses differs, so they get them rewritten, with each
sign that could mean anything to them as its number (`%28`).
"""

import posixpath
import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote

from archive.files.html import unescaped

_ELSEWHERE = re.compile(r"[A-Za-z][\w+.-]*:|/")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNSAFE = re.compile(r"[\0-\x20\"'()<>\\`{|}\x7f]")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address means: `file`, a path in docs/, and the anchor in it; no file if it leads elsewhere."""

    written: str
    """The address without the escapes of Markdown and HTML."""
    file: str = ""
    anchor: str = ""


def read_address(page: str, written: str) -> Address:
    """Return what an address means on the page `page` (its path in docs/), without the escapes of HTML."""
    written = _ENTITY.sub(lambda found: unescaped(found[0]), written)
    if _ELSEWHERE.match(written):
        return Address(written)
    path, _, anchor = written.partition("#")
    return Address(written, resolve_link(page, unquote(path)), unquote(anchor))


def without_escapes(written: str) -> str:
    """Return what stands in Markdown without the backslashes of Markdown."""
    return _ESCAPE.sub(r"\1", written)


def resolve_link(page: str, path: str) -> str:
    """Return the path in docs/ that the relative `path` means on `page`; empty means the page itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page


def address(page: str) -> str:
    """Return the address of a page from the site's root: `report/full.md` → `report/full/`."""
    stem = page.removesuffix(".md")
    return f"{stem}/".removesuffix("index/") if stem != "index" else ""


def href(page: str, target: str, anchor: str = "") -> str:
    """Return the relative URL from a built page to a page or file, for HTML in which engines change no links."""
    up = "../" * address(page).count("/")
    to = address(target) if target.endswith(".md") else target
    return f"{up}{quote(to)}" + (f"#{anchor}" if anchor else "")


def markdown_address(page: str, to: Address) -> str:
    """Return the address of `to` as an engine gets it in Markdown on `page`."""
    if not to.file:
        return _UNSAFE.sub(lambda found: quote(found[0]), to.written)
    path = quote(posixpath.relpath(to.file, posixpath.dirname(page) or "."))
    return f"{'' if to.file == page and to.anchor else path}{_fragment(to)}"


def html_address(page: str, to: Address) -> str:
    """Return the address of `to` as an engine gets it in HTML on `page`: as it stands on the built page."""
    if not to.file:
        return escape(to.written)
    path = "" if to.file == page and to.anchor else href(page, to.file)
    return escape(f"{path}{_fragment(to)}")


def _fragment(to: Address) -> str:
    """The anchor, with `#`; of a page as engines compare it with its ids, which hold no sign to be escaped."""
    anchor = to.anchor if to.file.endswith(".md") else quote(to.anchor, safe="/=&,;:@!$*+~")
    return f"#{anchor}" if anchor else ""
