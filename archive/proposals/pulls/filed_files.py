"""Photographs and documents dragged into a form: fetched, checked, and stored as the record's evidence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from archive.editing.questions import Form
from archive.files import pictures
from archive.files.bounds import TOO_LONG, TooLongError, in_time
from archive.files.content import is_content
from archive.proposals.pulls.attached import UnfetchableError, fetch, named
from archive.proposals.pulls.forge import Forge

_UNFINISHED = re.compile(r"\[([^\[\]]*)\]\(\s*\)")
"""What stands in a text while a forge still takes a file in."""
LONGEST_SIDE = 2000
"""Pixels: sharp on a page of paper, and a fifth of what a telephone takes."""
MOST_FILES = 20


def with_files(
    forge: Forge, form: Form, values: Mapping[str, Any], number: int, as_of: date
) -> tuple[dict[str, Any], dict[str, bytes]] | list[str]:
    """The answers with each attachment as the path of its file, and path from the root → content; or faults.

    What lies on other servers, and any other text, is left as it stands.
    """
    day = values.get("date")
    kept = _Kept(forge, number, day.year if isinstance(day, date) else as_of.year)
    answered = dict(values)
    lists = {
        question.field: [(line, named(forge, [line])) for line in answer]
        for question in form.questions
        if question.shape == "list" and isinstance(answer := values.get(question.field), list)
    }
    # Before the first is fetched: those that are refused take time too.
    count = sum(len(there) for found in lists.values() for _, there in found)
    if count > MOST_FILES:
        return [_TOO_MANY.format(count)]
    for name, found in lists.items():
        kept.refuse_unfinished(line for line, _ in found)
        answered[name] = [
            one for line, there in found for one in (kept.all(there) if there else [line])
        ]
    return kept.faults or (answered, kept.files)


def by_name(
    forge: Forge, texts: Sequence[str], number: int, as_of: date
) -> tuple[dict[str, str], dict[str, bytes]] | list[str]:
    """Return name → path in docs/ of what is attached, and path from the root → content; or faults."""
    found = named(forge, texts)
    if len(found) > MOST_FILES:
        return [_TOO_MANY.format(len(found))]
    kept = _Kept(forge, number, as_of.year)
    kept.refuse_unfinished(texts)
    paths = kept.all(found)
    if len(set(found.values())) < len(found):
        kept.faults.append(
            "“照片和文件”一栏里文件的名称须各不相同，现有相同的；请改名以后重新拖进来"
        )
    return kept.faults or (dict(zip(found.values(), paths, strict=True)), kept.files)


@dataclass(slots=True)
class _Kept:
    """The files of an issue as they are stored, named after it, so that two issues never write the same one."""

    forge: Forge
    number: int
    year: int
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def refuse_unfinished(self, lines: Iterable[str]) -> None:
        """Add those files to the faults that the forge had not taken in whole when the form was saved."""
        for name in (name for line in lines for name in _UNFINISHED.findall(line)):
            self.faults.append(
                f"拖进来的文件须已经传完，{name} 还没有；请删去这一行，重新拖进来，等它变成链接再保存"
            )

    def all(self, found: Mapping[str, str]) -> list[str]:
        """Fetch attachments, address → name; returns their paths in docs/, and adds what is wrong to the faults."""
        paths = []
        for address, name in found.items():
            try:
                raw = fetch(self.forge, address)
                with in_time():
                    content, suffix = _good(raw, address, name)
            except TooLongError:
                self.faults.append(f"拖进来的文件（{name}）{TOO_LONG}")
                continue
            except UnfetchableError as error:
                self.faults.append(str(error))
                continue
            path = f"files/{self.year}/issue-{self.number}-{len(self.files) + 1}{suffix}"
            self.files[f"docs/{path}"] = content
            paths.append(path)
        return paths


_TOO_MANY = f"拖进来的文件须不超过 {MOST_FILES} 个，现有 {{}} 个；请分几张表交"


def _good(raw: bytes, address: str, name: str) -> tuple[bytes, str]:
    """A file as it is stored, with its suffix. Raises UnfetchableError for what the site does not take."""
    kind = pictures.kind(raw)
    if kind and kind not in ("SVG", "PDF"):
        fault = pictures.fault(raw, f".{kind.lower()}")
        if fault:
            raise UnfetchableError(f"拖进来的图片（{name}）{fault}")
        content, suffix = pictures.printable(raw, anew=True, longest=LONGEST_SIDE)
        return content, f".{suffix}"
    for called in (name, urlsplit(address).path):
        suffix = PurePosixPath(called).suffix.lower()
        if suffix in _DOCUMENTS and is_content(f"docs/files/a{suffix}"):
            return raw, suffix
    taken = "、".join(_DOCUMENTS)
    raise UnfetchableError(
        f"拖进来的文件须是图片，或者以 {taken} 结尾，现为 {name}；请另存以后重新拖进来"
    )


_DOCUMENTS = (".pdf", ".docx", ".xlsx")
