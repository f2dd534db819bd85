"""Everything people record, gathered: names, register, phrases, records, pages, navigation."""

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from archive.cache import Cache
from archive.pages import Page, read_page
from archive.project import Project
from archive.schema.collections import COLLECTIONS
from archive.schema.register import Figure
from archive.schema.types import Model
from archive.schema.unit import Phrase, Unit
from archive.source import Document, Loc, Problem, decode, read
from archive.validation import show, validate

FIGURE_ID = re.compile(r"[a-z][a-z0-9_]*")
RECORD_ID = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_.-]*")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its id is its file's name, `path` what messages call the file."""

    id: str
    path: str
    data: Any


@dataclass(slots=True)
class Archive:
    """What was read. Whatever is broken is left out and stands among the problems."""

    project: Project
    unit: Unit | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    records: dict[str, list[Record]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    navigation: list[tuple[str, int]] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, file: str, loc: Loc, message: str) -> Problem:
        """A problem with the value at `loc` of one of the single files (unit, figures, phrases)."""
        document = self.documents[file]
        return Problem(document.path, document.line(loc), message)

    def ids(self, file: str, *loc: str) -> list[str]:
        """The ids written in a file's mapping, those of broken entries too."""
        data: Any = self.documents[file].data
        for step in loc:
            data = data.get(step) if isinstance(data, dict) else None
        return list(data) if isinstance(data, dict) else []


def gather(project: Project) -> Archive:
    """Read and validate the whole site's sources; every fault is a problem, none an exception."""
    archive = Archive(project)
    collecting = gc.isenabled()
    # Thousands of small objects and no cycles: collecting garbage meanwhile doubles the time.
    gc.disable()
    try:
        _single_files(archive)
        for name, collection in COLLECTIONS.items():
            archive.records[name] = _records(archive, name, collection.model)
        _pages(archive)
        _navigation(archive)
    finally:
        if collecting:
            gc.enable()
    return archive


def reread(archive: Archive, record: Record) -> Document:
    """The record's file again, with lines: they are not kept for records that fit the schema."""
    return read(archive.project.root / record.path, record.path)


def _single_files(archive: Archive) -> None:
    data = archive.project.data
    for file in ("unit", "figures", "phrases"):
        path = data / f"{file}.yml"
        archive.documents[file] = read(path, archive.project.name(path))
    unit, figures, phrases = (archive.documents[file] for file in ("unit", "figures", "phrases"))
    if not unit.problems:
        archive.unit = validate(Unit, unit)
    if _is(figures, dict, "“指标编号:”引出的各组字段"):
        for id_ in figures.data:
            figure = _entry(figures, id_)
            if figure:
                archive.figures[id_] = figure
    if _is(phrases, list, "“- ”引出的各条用语"):
        valid = [validate(Phrase, phrases, (index,)) for index in range(len(phrases.data))]
        archive.phrases = tuple(phrase for phrase in valid if phrase)
    for document in archive.documents.values():
        archive.problems += document.problems
    archive.problems += _strays(archive.project)


def _is(document: Document, kind: type, what: str) -> bool:
    if document.problems or isinstance(document.data, kind):
        return not document.problems
    message = f"文件内容须为{what}，现为{show(document.data)}"
    document.problems.append(Problem(document.path, document.line(()), message))
    return False


def _entry(document: Document, id_: str) -> Figure | None:
    if not FIGURE_ID.fullmatch(id_):
        document.problems.append(
            Problem(
                document.path,
                document.line((id_,)),
                f"指标编号须由小写英文字母、数字、下划线组成、以字母开头，现为 {id_}",
            )
        )
    return validate(Figure, document, (id_,))


_SINGLE = {"unit.yml", "figures.yml", "phrases.yml", "README.md"}


def _strays(project: Project) -> Iterator[Problem]:
    """Files of data/ that nothing reads: a record under a wrong name would be missed in silence."""
    known = f"{'、'.join(COLLECTIONS)} 之一"
    for path in sorted(project.data.rglob("*")):
        inside = path.relative_to(project.data).parts
        if path.is_dir() or any(part.startswith((".", "~")) for part in inside):
            continue
        name = project.name(path)
        if len(inside) == 1:
            if inside[0] not in _SINGLE:
                yield Problem(
                    name, 1, "data/ 下须只有 unit.yml、figures.yml、phrases.yml 和各台账目录"
                )
        elif inside[0] not in COLLECTIONS:
            yield Problem(name, 1, f"台账目录须为 {known}，现为 {inside[0]}")
        elif path.suffix != ".yml" and path.name != "README.md":
            yield Problem(name, 1, f"台账文件名须以 .yml 结尾，现为 {path.name}")


def _records(archive: Archive, name: str, model: type[Model]) -> list[Record]:
    project = archive.project
    folder = project.data / name
    cache = Cache(
        project.root / ".cache" / f"{name}-{project.name(project.data).replace('/', '-')}"
    )
    records: dict[str, Record] = {}
    for path in sorted(folder.rglob("*.yml")):
        record = _record(archive, project.name(path), path, model, cache)
        if record is None:
            continue
        if record.id in records:
            first = records[record.id].path
            archive.problems.append(
                Problem(record.path, 1, f"编号（文件名）须唯一，{record.id} 已用于 {first}")
            )
        else:
            records[record.id] = record
    cache.save()
    return list(records.values())


def _record(
    archive: Archive, name: str, path: Path, model: type[Model], cache: Cache
) -> Record | None:
    if not RECORD_ID.fullmatch(path.stem):
        rule = "文件名须由汉字、字母、数字、点、短横、下划线组成"
        archive.problems.append(Problem(name, 1, f"{rule}，现为 {path.name}"))
    try:
        raw = path.read_bytes()
    except OSError as error:
        archive.problems.append(Problem(name, 1, f"文件须能读取，现为：{error.strerror}"))
        return None
    key = cache.key(raw)
    data = cache.get(key)
    if data is not None:
        valid = validate(model, Document(name, data))
        if valid is not None:
            return Record(path.stem, name, valid)
    document = read(path, name)
    if document.problems:
        archive.problems += document.problems
        return None
    cache.put(key, document.data)
    valid = validate(model, document)
    archive.problems += document.problems
    return None if valid is None else Record(path.stem, name, valid)


def _pages(archive: Archive) -> None:
    docs = archive.project.docs
    for path in sorted(docs.rglob("*.md")):
        inside = path.relative_to(docs).as_posix()
        page = read_page(path.read_bytes(), inside, archive.project.name(path))
        archive.pages[inside] = page
        archive.problems += page.problems


def _navigation(archive: Archive) -> None:
    """The pages named by `nav` in mkdocs.yml, with lines. Its tags are the engine's business."""
    document = decode((archive.project.root / "mkdocs.yml").read_bytes(), "mkdocs.yml")
    archive.problems += document.problems
    if document.data is None:
        return
    try:
        root = yaml.compose(document.data, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, document.data.rstrip("\n").count("\n")) + 1 if mark else 1
        archive.problems.append(Problem("mkdocs.yml", line, "站点设置须为能读取的 YAML"))
        return
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in entries:
        if key.value == "nav":
            archive.navigation = list(_leaves(value))


def _leaves(node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value, node.start_mark.line + 1
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _leaves(value)
    else:
        for value in node.value:
            yield from _leaves(value)
