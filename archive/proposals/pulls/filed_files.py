"""Photographs and documents dragged into a form: fetched, checked, and stored as the record's evidence."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.editing.questions import Form
from archive.files import pictures
from archive.files.content import is_content
from archive.proposals.pulls.attached import UnfetchableError, attached, fetch
from archive.proposals.pulls.forge import Forge

LONGEST_SIDE = 2000
"""Pixels: sharp on a page of paper, and a fifth of what a telephone takes."""
MOST_FILES = 20


def with_files(
    forge: Forge, form: Form, values: Mapping[str, Any], number: int, as_of: date
) -> tuple[dict[str, Any], dict[str, bytes]] | list[str]:
    """The answers with each attachment as the path of its file, and path from the root → content; or faults.

    A file is named after its issue, so that two forms never write the same one. What lies on other
    servers, and any other text, is left as it stands.
    """
    day = values.get("date")
    year = day.year if isinstance(day, date) else as_of.year
    answered, files, faults = dict(values), dict[str, bytes](), list[str]()
    lists = {
        question.field: [(line, attached(forge, [line])) for line in answer]
        for question in form.questions
        if question.shape == "list" and isinstance(answer := values.get(question.field), list)
    }
    # Before the first is fetched: those that are refused take time too.
    count = sum(len(there) for found in lists.values() for _, there in found)
    if count > MOST_FILES:
        return [f"拖进来的文件须不超过 {MOST_FILES} 个，现有 {count} 个；请分几张表交"]
    for field, found in lists.items():
        lines: list[str] = []
        for line, there in found:
            lines += [] if there else [line]
            for address in there:
                try:
                    content, suffix = _good(fetch(forge, address), address)
                except UnfetchableError as error:
                    faults.append(str(error))
                    continue
                name = f"files/{year}/issue-{number}-{len(files) + 1}{suffix}"
                files[f"docs/{name}"] = content
                lines.append(name)
        answered[field] = lines
    return faults or (answered, files)


def _good(raw: bytes, address: str) -> tuple[bytes, str]:
    """A file as it is stored, with its suffix. Raises UnfetchableError for what the site does not take."""
    name = unquote(urlsplit(address).path.rpartition("/")[2])
    kind = pictures.kind(raw)
    if kind and kind not in ("SVG", "PDF"):
        fault = pictures.fault(raw, f".{kind.lower()}")
        if fault:
            raise UnfetchableError(f"拖进来的图片（{name}）{fault}")
        content, suffix = pictures.printable(raw, anew=True, longest=LONGEST_SIDE)
        return content, f".{suffix}"
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _DOCUMENTS and is_content(f"docs/files/a{suffix}"):
        return raw, suffix
    taken = "、".join(_DOCUMENTS)
    raise UnfetchableError(
        f"拖进来的文件须是图片，或者以 {taken} 结尾，现为 {name}；请另存以后重新拖进来"
    )


_DOCUMENTS = (".pdf", ".docx", ".xlsx")
