"""Move inline scripts into files, so that the server may forbid inline scripts altogether.

The theme writes some into every page. A server can allow them by hash, but it reads the list of
hashes only on reload, and until then the list does not fit the site just published. Without inline
scripts one rule fits every site: only script files of this host run.
"""

import re
from hashlib import sha256
from pathlib import Path

FOLDER = "assets/javascripts"
_INLINE = re.compile(rb"<script>((?:(?!<script>).)+?)</script>", re.DOTALL)


def move_scripts(site: Path) -> None:
    """Move every script without attributes to a file named by its hash, loaded where it stood."""
    files: dict[str, bytes] = {}
    for path in site.rglob("*.html"):
        depth = len(path.relative_to(site).parts) - 1
        # The page 404.html is served at any address, so its links start at the root.
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
