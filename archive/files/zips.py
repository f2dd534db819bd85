"""Zip files, office files among them: the same content is to make the same bytes."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Zip files know no year before."""


def zip_entry(name: str) -> ZipInfo:
    """An entry of a zip file that knows no hour; files it names may be read by anybody."""
    made = ZipInfo(name, _EARLIEST)
    made.external_attr = 0o644 << 16
    return made


def timeless(
    written: io.BytesIO, level: int = 6, changed: Callable[[str, bytes], bytes] | None = None
) -> bytes:
    """The same zip file, compressed at `level` (1–9), whose entries know no hour.

    `changed` makes of the name and content of an entry the content that it is to have.
    """
    made = io.BytesIO()
    with ZipFile(written) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            raw = changed(name, old.read(name)) if changed else old.read(name)
            new.writestr(ZipInfo(name, _EARLIEST), raw, ZIP_DEFLATED, compresslevel=level)
    return made.getvalue()
