"""Pack the site as a zip file that is read without a server: unpack it and open its index.html.

No server says what its pages may load, so each page says it itself: the same as archive/setup/nginx.conf,
except that a page from disk asks nothing of anybody (`connect-src`).
"""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from archive.files.storing import replace_file
from archive.files.yaml import Problem
from archive.files.zips import zip_entry
from archive.publish import manifest
from archive.publish.manifest import NAME, FileEntry

FOLDER = "archive"
"""The folder that the zip file unpacks to."""
_FOR_SERVERS = {"404.html", "sitemap.xml", "sitemap.xml.gz"}
# Chromium takes 'self' on a page from disk for any file; a browser that does not is told `file:`.
# Styles stand in pages (the head of printed sheets, the widths of columns) and can fetch nothing.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline';"
    " img-src 'self' file: data:; font-src 'self' file:; base-uri 'none'; form-action 'none'"
)
"""What a page from disk may load, in its first element, before anything that it could load."""
_META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'.encode()
_HEAD = re.compile(rb"\s*(?:<!doctype[^>]*>\s*)?(?:<html\b[^>]*>\s*)?(?:<head>)?", re.IGNORECASE)
_LINK = re.compile(rb"""(<(?:a|link)\b[^<>]*?\shref=")([^"]*)(")""")
_ELSEWHERE = re.compile(rb"[A-Za-z][\w+.-]*:|/")


def write_offline(site: Path, file: Path) -> list[Problem]:
    """Write the built site as the zip file `file`; the same site gives the same bytes.

    Returns a problem for each file that does not match the manifest; then nothing is written.
    """
    problems = manifest.manifest_problems(site)
    made = manifest.read(site)
    if problems or made is None:
        return problems
    contents = {
        name: _from_disk(name, (site / name).read_bytes())
        for name in made.files
        if name not in _FOR_SERVERS
    }
    described = made.same_origin({name: FileEntry.of(raw) for name, raw in contents.items()})
    contents[NAME] = described.text().encode()
    packed = BytesIO()
    with ZipFile(packed, "w") as written:
        for name, raw in contents.items():
            written.writestr(zip_entry(f"{FOLDER}/{name}"), raw, ZIP_DEFLATED)
    replace_file(file, packed.getvalue())
    return []


def _from_disk(name: str, raw: bytes) -> bytes:
    """The file; a page with its policy, and links to folders changed to their index.html."""
    if not name.endswith(".html"):
        return raw
    linked = _LINK.sub(lambda found: found[1] + _to_file(found[2]) + found[3], raw)
    return _HEAD.sub(lambda found: found[0] + _META, linked, count=1)


def _to_file(address: bytes) -> bytes:
    path = re.split(rb"[?#]", address, maxsplit=1)[0]
    rest = address[len(path) :]
    if path and not _ELSEWHERE.match(path):
        if path.endswith(b"/"):
            path += b"index.html"
        elif path.rpartition(b"/")[2] in (b".", b".."):
            path += b"/index.html"
    return path + rest
