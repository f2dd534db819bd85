"""The tables as files to download: CSV, JSON and XLSX, with one file that describes them all."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from archive.build.downloads.datapackage import PACKAGE, package, parts_of, resource
from archive.build.downloads.rows import Piece, code, csv_head, json_list, pieces
from archive.build.downloads.totals import TotalsSheet, totals_sheets
from archive.editing.sheet.sources import records_of, sources
from archive.facts.history import commit_of
from archive.facts.project import Project
from archive.facts.site import Site
from archive.facts.tables import FILL_IN, FOLDER, DataTable, by_year, offered, table
from archive.files.cache import Cache
from archive.render.edit_links import field_in_form, forms_url
from archive.schema.fields import fields


def write_downloads(site: Site, out: Path, title: str) -> None:
    """Write all tables of `site` into the built site `out`; `title` is that of the data package."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    project = site.archive.project
    resources = []
    for name in offered(site):
        whole, totals = table(site, name), totals_sheets(site, name)
        years = by_year(site, name, whole).items()
        rows = pieces(whole, years, project)
        written = []
        for year, made in ((0, whole), *years):
            there = [one for one in rows if year in (0, one.year)]
            written.append((made, _written(made, totals(year), there, folder, project)))
        resources.append(resource(*written[0]) | parts_of(written[1:]))
    if not site.archive.is_derived:
        for name in sources(site):
            (folder / f"{name}{FILL_IN}").write_bytes(_fill_in(site, name))
        (folder / "forms.json").write_bytes(_forms(site).encode())
    described = package(title, project.as_of, resources)
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_bytes(f"{text}\n".encode())


def _written(
    made: DataTable,
    totals: TotalsSheet | None,
    rows: Sequence[Piece],
    folder: Path,
    project: Project,
) -> bytes:
    """Write the files of a table, its rows made already; returns the content of its CSV file."""
    files = _files(made, totals, rows, project)
    for suffix, raw in files.items():
        (folder / f"{made.name}.{suffix}").write_bytes(raw)
    return files["csv"]


def _files(
    made: DataTable, totals: TotalsSheet | None, rows: Sequence[Piece], project: Project
) -> dict[str, bytes]:
    """Suffix → file of the table, from the cache of the last build if nothing has changed."""
    kept = Cache(project.cache(f"download-{made.name}"), code())
    told = made.name, made.label, made.columns, [one.key for one in rows], totals, project.as_of
    key = kept.key(repr(told).encode())
    make = partial(_make_files, made, totals, rows, project.as_of)
    files: dict[str, bytes] = kept.made(key, make)
    kept.save()
    return files


def _fill_in(site: Site, name: str) -> bytes:
    """The workbook to fill in, from the cache of the last build if nothing has changed."""
    project, collection = site.archive.project, sources(site)[name]
    kept = Cache(project.cache(f"fill-in-{name}"), code())
    known = sorted((one.id, repr(vars(one.data))) for one in records_of(site, name))
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


def _make_files(
    table: DataTable, totals: TotalsSheet | None, rows: Sequence[Piece], as_of: date
) -> dict[str, bytes]:
    # Imported here because openpyxl is slow to load and most builds find every table in the cache.
    from archive.build.downloads.xlsx import workbook

    return {
        "csv": "".join([csv_head(table.columns), *(one.text("csv") for one in rows)]).encode(
            "utf-8-sig"
        ),
        "json": json_list(one.text("json") for one in rows).encode(),
        "xlsx": workbook(table, as_of, totals, (one.text("xlsx") for one in rows)),
    }
