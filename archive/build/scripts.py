"""Scripts moved out of the pages into files, so that a server may forbid all that stand in a page.

The theme writes some into each page. A server can allow those by their hashes, but reads the list
only when it is told to, and for a moment it would not fit the site just published. With none left
the same rule fits every site: scripts come from files of this host, and nothing else is run.
"""

import re
from hashlib import sha256
from pathlib import Path

FOLDER = "assets/javascripts"
_INLINE = re.compile(rb"<script>(.+?)</script>", re.DOTALL)


def move_scripts(site: Path) -> None:
    """Move every script without attributes to a file named by what it holds; run in its old place."""
    files: dict[str, bytes] = {}
    for path in site.rglob("*.html"):
        depth = len(path.relative_to(site).parts) - 1
        # The page for what is not there is shown at any address.
        root = "/" if path == site / "404.html" else "../" * depth

        def reference(script: re.Match[bytes], root: str = root) -> bytes:
            name = f"{FOLDER}/inline.{sha256(script[1]).hexdigest()[:8]}.js"
            files[name] = script[1] + b"\n"
            return f'<script src="{root}{name}"></script>'.encode()

        raw = path.read_bytes()
        moved = _INLINE.sub(reference, raw)
        if moved != raw:
            path.write_bytes(moved)
    for name, script in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(script)
