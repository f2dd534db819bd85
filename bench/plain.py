"""The same pages and figures as other generators get them: Markdown with a few macros, and YAML."""

import re
from pathlib import Path
from typing import Any

import yaml

from archive.facts.figures import Value
from archive.facts.observations import INDICATORS
from archive.facts.site import Site
from archive.facts.versions import VERSIONS
from archive.files.own_files import OWN_FILES, OWN_PICTURES
from archive.files.pages import Page
from archive.files.spans import replaced
from archive.render import macros

MACROS = {"fig", "name", "register", "states", "report"}
"""The macros that the other sites have, beside those that show the records which they count."""
ASSETS = ("assets/logo.svg", "assets/favicon.svg", "assets/values.css", "assets/site.css")
REGISTER = "figures/"
_FIELDS = {
    "definition", "method", "period", "source", "office", "decimals", "disclosure", "note",
}  # fmt: skip
_STEPS = ("prepared", "reviewed", "approved")
_TO_INDICATOR = re.compile(rf"\b{INDICATORS}(?P<id>\w+)(?P<end>\.md|/)(?:#[\w@.-]+)?")
_TO_VERSION = re.compile(rf"\b{VERSIONS}(?P<id>[\w-]+?)-\d{{4}}-\d\d-\d\d(?=\.md|/)")


def write_plain(folder: Path, site: Site, collection: str) -> None:
    """Write pages, files and data into `folder`.

    They are the pages that somebody wrote. Those that our program makes of what is recorded (one of
    each indicator, one of each former text of a regulation) are left out, and what leads to them leads
    to the register and to the regulation. Macros that the others lack are replaced by what they show.
    """
    archive = site.archive
    files = {**archive.docs, **{name: OWN_FILES[name] for name in (*ASSETS, *OWN_PICTURES)}}
    for path, file in files.items():
        if path not in archive.pages:
            _write(folder / "docs" / path, file.read_bytes())
    for path in archive.pages.keys() - archive.made:
        text = _text(site, archive.pages[path], collection)
        _write(folder / "docs" / path, text.encode())
    values = {id_: value for id_ in archive.indicators if (value := site.value(id_))}
    register = {key: _entry(value, collection) for key, value in {**site.values, **values}.items()}
    names = archive.unit.names if archive.unit else {}
    data: dict[str, dict[str, Any]] = {
        "figures": register,
        "names": {id_: one.value or one.mask for id_, one in names.items()},
        "reports": {id_: list(report.paths) for id_, report in archive.reports.items()},
    }
    for name, found in data.items():
        text = yaml.safe_dump(found, allow_unicode=True, sort_keys=False)
        _write(folder / "data" / f"{name}.yml", text.encode())


def _text(site: Site, page: Page, collection: str) -> str:
    """The text of a page for generators that know `MACROS` alone, the records of `collection` apart."""
    functions = macros(site, page.path)
    edits = [(start, end, "") for start, end in page.comments]
    edits += [
        (call.start, call.end, functions[call.name](*map(str, call.args), **dict(call.options)))
        for call in page.calls
        if (call.name not in MACROS or call.options) and call.args != (collection,)
    ]
    text = replaced(page.text, edits).lstrip()
    text = _TO_INDICATOR.sub(_to_register, _TO_VERSION.sub(r"regulations/\g<id>", text))
    return f"---\n{page.front}---\n{text}"


def _to_register(link: re.Match[str]) -> str:
    return f"{REGISTER}{'index.md' if link['end'] == '.md' else ''}#{link['id']}"


def _entry(value: Value, collection: str) -> dict[str, Any]:
    """An entry of the register as plain data: with its number, or how to count it from `collection`."""
    figure, counted = value.figure, value.figure.counted
    entry = {
        "name": value.title,
        "unit": value.unit,
        "state": str(value.state),
        **figure.model_dump(include=_FIELDS),
        **{step: getattr(figure, step).model_dump(include={"by", "date"}) for step in _STEPS},
    }
    if counted and counted.collection == collection:
        return {**entry, "counted": counted.model_dump(include={"measure", "field", "where"})}
    return {**entry, "number": value.number}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
