"""The rows of a table as its files have them, piece by piece: after an edit nearly all are as they were."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any
from zlib import compress, decompress

from archive.facts.project import Project
from archive.facts.tables import DataTable
from archive.files.cache import Cache, digest
from archive.schema.columns import Column, exact_text, labelled
from archive.schema.types import Model

# A spreadsheet may compute a cell that begins with one of these signs or their full-width forms, also
# after what shows nothing, which some are told to remove.
_COMPUTED = frozenset("=+-@＝＋－＠")
# The apostrophe is among these so that removing one always gives the text back.
_NEVER_FIRST = frozenset("\t\n'")

_ROWS = 500
"""The most rows of a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that follow each other, all of one year, or 0 for rows of none; `key` tells it from others."""

    year: int
    key: bytes
    packed: Mapping[str, bytes]
    """Suffix of a file → the rows as it has them, compressed."""

    def text(self, suffix: str) -> str:
        """The lines of a CSV file, the objects of a JSON file, or what `row_texts` makes for a workbook."""
        return decompress(self.packed[suffix]).decode()


@cache
def code() -> bytes:
    """A digest of the whole program: what a file for download holds may depend on any of it."""
    return digest(sorted(Path(__file__).parents[2].rglob("*.py")))


def pieces(
    whole: DataTable, years: Iterable[tuple[int, DataTable]], project: Project
) -> list[Piece]:
    """The pieces of a table in the order of its rows.

    `years` are the tables of single years, each after its year; their rows are rows of the `whole`.
    """
    kept = Cache(project.cache(f"rows-{whole.name}"), code())
    year_of = {id(row): year for year, made in years for row in made.rows}
    found = []
    for year, run in groupby(whole.rows, lambda row: year_of.get(id(row), 0)):
        rows = list(run)
        for at in range(0, len(rows), _ROWS):
            some = rows[at : at + _ROWS]
            key = kept.key(repr((whole.columns, some)).encode())
            found.append(Piece(year, key, kept.made(key, partial(_packed, whole.columns, some))))
    kept.save()
    return found


def _packed(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> dict[str, bytes]:
    # Imported here because openpyxl is slow to load and most builds find every table in the cache.
    from archive.build.downloads.xlsx import row_texts

    texts = {
        "csv": csv_rows(columns, rows),
        "json": json_rows(columns, rows),
        "xlsx": row_texts(columns, rows),
    }
    return {suffix: compress(text.encode(), 1) for suffix, text in texts.items()}


def as_csv(made: DataTable) -> str:
    """The table as CSV text (RFC 4180), with numbers and dates exactly as recorded."""
    return csv_head(made.columns) + csv_rows(made.columns, made.rows)


def csv_head(columns: Iterable[Column]) -> str:
    """The first line of a CSV file."""
    return _csv([[column.label for column in columns]])


def csv_rows(columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> str:
    """The lines of rows in a CSV file."""
    strings = [column.kind == "string" for column in columns]
    return _csv(
        [
            csv_safe(exact_text(value)) if is_text else exact_text(value)
            for value, is_text in zip(row, strings, strict=True)
        ]
        for row in rows
    )


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def csv_safe(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet could take it for a formula."""
    if text[:1].isalnum():  # as nearly every text begins
        return text
    seen = next((sign for sign in text if sign.isprintable() and sign != " "), "")
    return f"'{text}" if seen in _COMPUTED or text[:1] in _NEVER_FIRST else text


def as_json(made: DataTable) -> str:
    """The table as JSON text: a list of objects by column label, one per line, numbers exact."""
    return json_list([json_rows(made.columns, made.rows)] if made.rows else [])


def json_list(parts: Iterable[str]) -> str:
    """What `json_rows` made of parts of a table as one JSON text."""
    lines = ",\n".join(parts)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def json_rows(columns: Iterable[Column], rows: Iterable[tuple[Any, ...]]) -> str:
    """The objects of rows in a JSON file, one per line."""
    labels = [f"{_quoted(column.label)}: " for column in columns]
    made = (
        ", ".join([label + _literal(value) for label, value in zip(labels, row, strict=True)])
        for row in rows
    )
    return ",\n".join(f"{{{row}}}" for row in made)


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
