"""The tables as files to download: CSV, JSON and XLSX, with one file that describes them all."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from archive.build.downloads.datapackage import PACKAGE, package, parts_of, resource
from archive.build.downloads.totals import TotalsSheet, totals_sheets
from archive.editing.sheet.sources import records_of, sources
from archive.facts.history import commit_of
from archive.facts.project import Project
from archive.facts.site import Site
from archive.facts.tables import FILL_IN, FOLDER, DataTable, by_year, offered, table
from archive.files.cache import Cache, digest
from archive.render.edit_links import field_in_form, forms_url
from archive.schema.columns import exact_text, labelled
from archive.schema.fields import fields
from archive.schema.types import Model

# A spreadsheet may compute a cell that begins with one of these signs or their full-width forms, also
# after what shows nothing, which some are told to remove.
_COMPUTED = frozenset("=+-@＝＋－＠")
# The apostrophe is among these so that removing one always gives the text back.
_NEVER_FIRST = frozenset("\t\n'")


def write_downloads(site: Site, out: Path, title: str) -> None:
    """Write all tables of `site` into the built site `out`; `title` is that of the data package."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    project = site.archive.project
    resources = []
    for name in offered(site):
        whole, totals = table(site, name), totals_sheets(site, name)
        written = [
            (made, _written(made, totals(year), folder, project))
            for year, made in ((0, whole), *by_year(site, name, whole).items())
        ]
        resources.append(resource(*written[0]) | parts_of(written[1:]))
    if not site.archive.is_derived:
        for name in sources(site):
            (folder / f"{name}{FILL_IN}").write_bytes(_fill_in(site, name))
        (folder / "forms.json").write_bytes(_forms(site).encode())
    described = package(title, project.as_of, resources)
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_bytes(f"{text}\n".encode())


@cache
def _code() -> bytes:
    return digest(sorted(Path(__file__).parents[2].rglob("*.py")))


def _written(made: DataTable, totals: TotalsSheet | None, folder: Path, project: Project) -> bytes:
    """Write the files of a table; returns the content of its CSV file."""
    files = _files(made, totals, project)
    for suffix, raw in files.items():
        (folder / f"{made.name}.{suffix}").write_bytes(raw)
    return files["csv"]


def _files(made: DataTable, totals: TotalsSheet | None, project: Project) -> dict[str, bytes]:
    """Suffix → file of the table, from the cache of the last build if nothing has changed."""
    kept = Cache(project.cache(f"download-{made.name}"), _code())
    key = kept.key(repr((made, totals, project.as_of)).encode())
    make = partial(_make_files, made, totals, project.as_of)
    files: dict[str, bytes] = kept.made(key, make)
    kept.save()
    return files


def _fill_in(site: Site, name: str) -> bytes:
    """The workbook to fill in, from the cache of the last build if nothing has changed."""
    project, collection = site.archive.project, sources(site)[name]
    kept = Cache(project.cache(f"fill-in-{name}"), _code())
    known = sorted((one.id, repr(one.data)) for one in records_of(site, name))
    asked = [repr(field) for field in fields(collection.model).values()]
    told = known, asked, collection.label, project.as_of, site.archive.demonstration
    key = kept.key(repr(told).encode())

    def make() -> bytes:
        # Imported here because openpyxl is slow to load and most builds find every table in the cache.
        from archive.editing.sheet.export import fill_in

        return fill_in(site, name)

    raw: bytes = kept.made(key, make)
    kept.save()
    return raw


def _forms(site: Site) -> str:
    """What a script needs to begin the form of a record with what is recorded, as JSON.

    `address` is how the addresses of all forms begin, empty without any: what is recorded goes to no
    other. `commit` is that of the records, empty outside a repository; `forms` is the form → label of a
    question → what the address of the form calls it, of those for records. On a forge without forms the
    answers become the text of an issue: all forms are in it, and `titles` is the form → its title.
    """
    # Imported here for the same reason as openpyxl: the models of forms are slow to make.
    from archive.editing.questions import forms

    unit = site.archive.unit
    as_text = unit is not None and unit.repository.forge == "gitlab"
    asked = [
        form
        for form in forms(site.archive.collections, site.archive.kinds).values()
        if unit and (as_text or form.collection == form.kind)
    ]
    about = {
        "address": forms_url(unit.repository) if unit else "",
        "commit": commit_of(site.archive.project.root, "HEAD"),
        "forms": {
            form.kind: {
                question.label: field_in_form(unit.repository, question.field)
                for question in form.questions
            }
            for form in asked
            if unit
        },
        "titles": {form.kind: form.title for form in asked if as_text},
    }
    return json.dumps(about, ensure_ascii=False, indent=1)


def _make_files(table: DataTable, totals: TotalsSheet | None, as_of: date) -> dict[str, bytes]:
    # Imported here because openpyxl is slow to load and most builds find every table in the cache.
    from archive.build.downloads.xlsx import workbook

    return {
        "csv": as_csv(table).encode("utf-8-sig"),
        "json": as_json(table).encode(),
        "xlsx": workbook(table, as_of, totals),
    }


def as_csv(made: DataTable) -> str:
    """The table as CSV text (RFC 4180), with numbers and dates exactly as recorded."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.label for column in made.columns)
    strings = [column.kind == "string" for column in made.columns]
    for row in made.rows:
        cells = zip(row, strings, strict=True)
        writer.writerow(
            csv_safe(exact_text(value)) if is_text else exact_text(value)
            for value, is_text in cells
        )
    return text.getvalue()


def csv_safe(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet could take it for a formula."""
    if text[:1].isalnum():  # as nearly every text begins
        return text
    seen = next((sign for sign in text if sign.isprintable() and sign != " "), "")
    return f"'{text}" if seen in _COMPUTED or text[:1] in _NEVER_FIRST else text


def as_json(made: DataTable) -> str:
    """The table as JSON text: a list of objects by column label, one per line, numbers exact."""
    labels = [f"{_quoted(column.label)}: " for column in made.columns]
    rows = (
        ", ".join(label + _literal(value) for label, value in zip(labels, row, strict=True))
        for row in made.rows
    )
    lines = ",\n".join(f"{{{row}}}" for row in rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


_quoted = json.JSONEncoder(ensure_ascii=False).encode
_text = json.encoder.encode_basestring
"""The same for a text: what the encoder calls, after it has asked what it has been given."""


def _literal(value: Any) -> str:
    """The value as JSON text. `json.dumps` can write a `Decimal` only by way of a float."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, Model | dict):
        members = labelled(value).items()
        return f"{{{', '.join(f'{_quoted(key)}: {_literal(one)}' for key, one in members)}}}"
    return _quoted(value)
