"""Move inline scripts into files, so that the server may forbid inline scripts altogether.

The theme writes some into every page. A server can allow them by hash, but it reads the list of
hashes only on reload, and until then the list does not fit the site just published. Without inline
scripts one rule fits every site: only script files of this host run.

Only scripts that the theme is known to write are moved. Any other stays where it is: there the scan
finds it, and no server runs it. A theme with other scripts needs their digests here.
"""

import re
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

FOLDER = "assets/javascripts"
KNOWN = frozenset({
    "7eb3684fdacd2881f67b9428983273a29d8774d8bc82622af9b65a8ec1032a90",  # settings kept by the browser
    "213d571a86bd568ccb65bf92ca3cf95284d8c140997189b0272a503b72fa3988",  # the same in Zensical
    "0eb10c249dbdb0beef225a10ce5cbe55418cc4a7014cc208f8e7d6ed8f00906e",  # the palette
    "ffcc0f7735fdab434d257c80e65cec2e88d716991e69757185b7e450e41a5b2f",  # a tab named by the address
})  # fmt: skip
"""SHA-256 of the theme's inline scripts, without the way to the root that it writes into one of them."""
_ROOT = re.compile(rb'new URL\("[./]*",location\)')
_NOWHERE = b'new URL("",location)'
_FROM_SCRIPT = b'new URL("../..",document.currentScript.src)'
"""The root as a script in `FOLDER` finds it: the same file for every page, at any address."""
_INLINE = re.compile(rb"<script>((?:(?!<script>).)+?)</script>", re.DOTALL)


def move_scripts(site: Path, known: Collection[str] = KNOWN) -> None:
    """Move every known script to a file named by its hash, loaded where it stood.

    Scripts that have attributes stay, and those whose digest is not in `known`.
    """
    files: dict[str, bytes] = {}
    for path in site.rglob("*.html"):
        depth = len(path.relative_to(site).parts) - 1
        # The page 404.html is served at any address, so its links start at the root.
        root = "/" if path == site / "404.html" else "../" * depth

        def reference(script: re.Match[bytes], root: str = root) -> bytes:
            if sha256(_ROOT.sub(_NOWHERE, script[1])).hexdigest() not in known:
                return script[0]
            text = _ROOT.sub(_FROM_SCRIPT, script[1])
            name = f"{FOLDER}/inline.{sha256(text).hexdigest()[:8]}.js"
            files[name] = text + b"\n"
            return f'<script src="{root}{name}"></script>'.encode()

        raw = path.read_bytes()
        moved = _INLINE.sub(reference, raw)
        if moved != raw:
            path.write_bytes(moved)
    for name, script in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(script)
