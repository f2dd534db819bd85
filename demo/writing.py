"""Data as the files of an archive hold them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Writes repeated values in full: the archive's files do not allow YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_float(float(value)))


def write(path: Path, data: Any) -> None:
    """Write `data` to a file, in a folder that need not be there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(data), "utf-8")


def text(data: Any) -> str:
    """The YAML of `data`, in its own order."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
