"""A disk that is full at the file of a name, when several are written together."""

from pathlib import Path

import pytest

from archive.editing import writing


def fill_disk_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    replace = writing._replace

    def fail(path: Path, fresh: Path | None) -> None:
        if path.name == name:
            raise OSError(28, "No space left on device")
        replace(path, fresh)

    monkeypatch.setattr(writing, "_replace", fail)
