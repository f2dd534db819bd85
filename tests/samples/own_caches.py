"""A folder for caches that no other process has."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from archive.files.cache import shared_folder


def own_caches() -> None:
    """From now on a folder for caches that only this process of tests uses, with the fonts that `make` has fetched."""
    fetched = shared_folder() / "fonts"
    caches = Path(tempfile.mkdtemp(prefix="archive-caches-"))
    os.environ["XDG_CACHE_HOME"] = str(caches)
    shared_folder().mkdir()
    (shared_folder() / "fonts").symlink_to(fetched.resolve())
    atexit.register(shutil.rmtree, caches, ignore_errors=True)
