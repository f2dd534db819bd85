"""Files as LibreOffice writes them, which has read them."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

TIMEOUT = 300
"""Seconds after which a test gives up."""


def convert(
    to: str,
    out: Path,
    *files: Path,
    profile: Path,
    read_as: str = "",
    environment: Mapping[str, str] | None = None,
) -> None:
    """Write each of the files anew in the folder `out`, in the format `to`.

    `profile` is a folder for its settings, `read_as` the filter to read with.
    """
    read = [f"--infilter={read_as}"] if read_as else []
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", *read]
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", out, *files],
        env={**os.environ, **(environment or {})},
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )
