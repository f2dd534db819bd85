"""The demonstration before anything was filled in: no values, no records, no dates, no mark on it."""

import shutil
from pathlib import Path
from typing import Any

import yaml

_NOBODY = {"by": None, "date": None}
_HONOUR = ("level", "body", "date", "basis", "certificate", "term", "term_end")


def write(demonstration: Path, folder: Path) -> None:
    """Write into `folder` what the `demonstration` registers and names, with all else left empty."""
    folder.mkdir(parents=True)
    for name in ("phrases.yml", "allowed.yml"):
        shutil.copy(demonstration / name, folder)
    for name, empty in (("unit", _unit), ("figures", _figures), ("criteria", _criteria)):
        _write(folder / f"{name}.yml", empty(_read(demonstration / f"{name}.yml")))
    for path in sorted((demonstration / "measures").glob("*.yml")):
        task: dict[str, Any] = {"office": None, "due": None, "state": None, "evidence": []}
        _write(folder / "measures" / path.name, _read(path) | task)
    for path in sorted((demonstration / "honours").glob("*.yml")):
        if not path.stem.startswith("shili-"):
            kept = {k: v for k, v in _read(path).items() if k not in ("reviews", "withdrawn")}
            _write(folder / "honours" / path.name, kept | dict.fromkeys(_HONOUR))


def _unit(unit: Any) -> Any:
    return {
        **unit,
        "demonstration": False,
        "record_period": {"start": None, "end": None},
        "repository": {"forge": None, "address": None, "branch": None},
        "least_people": None,
        "names": {id_: {**entry, "value": None} for id_, entry in unit["names"].items()},
    }


def _figures(register: Any) -> Any:
    return {id_: _figure(entry) for id_, entry in register.items()}


def _figure(entry: Any) -> Any:
    empty = {"office": None, "disclosure": None}
    if entry["source"] == "示例台账":
        empty["source"] = None
    value = {"complete_through": None} if entry.get("counted") else {"value": None}
    signed = dict.fromkeys(("prepared", "reviewed", "approved"), _NOBODY)
    # What is counted alike differs by its period, which is given even before a value is.
    period = {**entry["period"], "start": None, "end": None}
    kept = {name: of for name, of in entry.items() if name != "revisions"}
    return {**kept, **empty, **value, **signed, "period": period}


def _criteria(items: Any) -> Any:
    def undated(one: Any) -> Any:
        return {name: of for name, of in one.items() if name != "years"}

    return {
        id_: {**item, "evidence": [undated(one) for one in item["evidence"]]}
        for id_, item in items.items()
    }


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_dumped(data), "utf-8")


def _dumped(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


class _Dumper(yaml.SafeDumper):
    """Writes each value out: the archive's files know no references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
