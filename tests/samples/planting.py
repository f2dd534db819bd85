"""The site with a word of its own planted in whatever is not public, and what finds such words again."""

import gzip
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from archive.build.search import index_text
from archive.facts.gather import Archive, gather
from archive.facts.project import Project
from archive.facts.releases import freeze_register
from archive.facts.reported import seals
from archive.facts.site import Site
from archive.files.own_files import PROGRAM
from archive.files.pages import Page
from archive.files.writing import block, plain_data
from archive.files.writing import item as listed
from archive.schema.fields import Value, fields
from archive.schema.page_models import is_public as is_public_page
from archive.schema.register import Figure, Observation
from archive.schema.types import Model
from demo.write import write
from tests.conftest import AS_OF, FROZEN
from tests.samples.frozen import leave_out_guide

WORD = re.compile("SNTL[A-J]{4}Z")
NUMBER = re.compile(r"7319\d\d")

_LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")


class Planter:
    """Makes words and numbers that stand nowhere else, and remembers what each was planted in."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def word(self, where: str) -> str:
        # Letters for digits: a number in a text must have a source.
        word = f"SNTL{len(self.planted):04d}Z".translate(_LETTERS)
        self.planted[word] = where
        return word

    def number(self, where: str) -> int:
        number = 731900 + sum(name.isdigit() for name in self.planted)
        self.planted[str(number)] = where
        return number

    def field(self, where: str, of: Value, value: Any) -> Any:
        """The value of an internal field with a word in it, if it is of a kind that can hold one."""
        if of.shape == "text" and value is not None:
            return self.word(where)
        if of.item and of.shape == "list" and of.item.shape == "text":
            return [self.word(where)]
        return value

    def filled(self, where: str, record: Model, whole: bool = False) -> dict[str, Any]:
        """A record with words in its internal fields, in all texts if the `whole` of it is internal."""
        found: dict[str, Any] = {}
        for name, field in fields(type(record)).items():
            value, at = getattr(record, name), f"{where}.{name}"
            if isinstance(value, Model):
                found[name] = self.filled(at, value, whole)
            elif isinstance(value, tuple) and value and isinstance(value[0], Model):
                found[name] = [self.filled(at, one, whole) for one in value]
            elif name in _REFERS:
                found[name] = plain_data(value)
            elif whole or not field.public:
                found[name] = self.field(at, field.value, plain_data(value))
            else:
                found[name] = plain_data(value)
        return found


_REFERS = {
    "distinct_from",
    "to",
    "report",
    "disclosure",
    "certificate",
    "prefix",
    "commit",
    "release",
}
"""Fields that must name what is there."""


def plant(root: Path, guide: bool) -> tuple[Project, dict[str, str]]:
    """A site at `root`, made of the demonstration, with the `guide` or without; and what is planted in it."""
    write(FROZEN, root)
    if guide:
        shutil.copytree(PROGRAM / "guide", root / "docs" / "guide")
    else:
        leave_out_guide(root)
        (root / "docs" / "guide").mkdir(exist_ok=True)
    project = Project(root, root / "data", AS_OF)
    archive = gather(project)
    planter = Planter()
    _unit(archive, planter)
    _register(archive, planter)
    _criteria(archive, planter)
    _records(archive, planter)
    for page in archive.written.values():
        if page.path not in archive.made:
            _page(archive, page, planter)
    _internal_pages(archive, planter)
    _seal(project)
    _approve(project)
    for path in set((root / "data" / "releases").iterdir()) - _named(archive):
        path.unlink()  # of today's figures, of which some have other values now
    name = planter.word("release")
    text = freeze_register(Site(gather(project)).values, AS_OF, None)
    (root / "data" / "releases" / f"{name}.yml").write_text(text, "utf-8")
    return project, planter.planted


def _approve(project: Project) -> None:
    """What is counted is approved as it is counted now: records were left out."""
    site = Site(gather(project))
    register = {id_: plain_data(entry) for id_, entry in _entries(site.archive).items()}
    for id_, value in site.values.items():
        if value.figure.counted and value.figure.approved.date and not value.figure.revisions:
            register[id_]["approved"]["value"] = value.exact
    _file(project.data / "figures.yml", register)


def _seal(project: Project) -> None:
    """The reports that were reported are sealed as their pages are now: something was planted in them."""
    archive = gather(project)
    for id_, report in archive.reports.items():
        if report.sealed:
            sealed = plain_data(report) | {"sealed": seals(archive, report)}
            _file(project.data / "reports" / f"{id_}.yml", sealed)


def _named(archive: Archive) -> set[Path]:
    """The releases that reports name."""
    folder = archive.project.data / "releases"
    return {folder / f"{one.release}.yml" for one in archive.reports.values() if one.release}


def _file(path: Path, fields: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(block(*field) for field in fields.items()), "utf-8")


def _unit(archive: Archive, planter: Planter) -> None:
    assert archive.unit
    unit = planter.filled(
        "unit", archive.unit.model_copy(update={"repository": None, "site_address": None})
    )
    unit["site_address"] = f"https://{planter.word('site_address').lower()}.invalid/"
    unit["repository"] = {
        "forge": "gitea",
        "address": f"https://{planter.word('repository').lower()}.invalid/a",
        "branch": planter.word("branch"),
    }
    unit["names"] = {}
    for id_, name in archive.unit.names.items():
        entry = planter.filled(f"names.{id_}", name)
        if name.disclosure != "公开" and not name.person:
            entry["value"] = planter.word(f"names.{id_}.value")
        unit["names"][id_] = entry
    phrases = (listed(planter.filled("phrase", phrase), 0) for phrase in archive.phrases)
    (archive.project.data / "phrases.yml").write_text("".join(phrases), "utf-8")
    _file(archive.project.data / "unit.yml", unit)


MASKED = ("games_session", "branch_stars", "early_warnings", "volunteer_hours")
"""Figures that are made internal: two entered, two counted."""


def _entries(archive: Archive) -> dict[str, Figure | Observation]:
    """The entries of the register as they are written: indicators, and the observations beside them."""
    return {**archive.register.indicators, **archive.register.observations}


def _register(archive: Archive, planter: Planter) -> None:
    register = {}
    for id_, figure in _entries(archive).items():
        entry = planter.filled(f"figures.{id_}", figure)
        if id_ in MASKED:
            entry["disclosure"] = "内部"
            if archive.figures[id_].counted is None:
                approved, number = (
                    planter.number(f"figures.{id_}.{one}") for one in ("approved", "value")
                )
                reason, by = (planter.word(f"figures.{id_}.{one}") for one in ("reason", "by"))
                change = {
                    "kind": "更正",
                    "date": figure.approved.date or AS_OF,
                    "old": approved,
                    "new": number,
                }
                entry |= {"value": number, "revisions": [{**change, "reason": reason, "by": by}]}
                entry["approved"]["value"] = approved
        register[id_] = entry
    _file(archive.project.data / "figures.yml", register)


def _criteria(archive: Archive, planter: Planter) -> None:
    items = {}
    for id_, item in archive.criteria.items():
        entry = planter.filled(f"criteria.{id_}", item, whole=True)
        # What may stand in these is bound; a word goes into the fields beside them.
        items[id_] = entry | {
            "code": f"{item.code}{planter.word('code')}",
            "statement": planter.word("statement"),
            "evidence": [plain_data(one) for one in item.evidence],
            "wanted": list(item.wanted),
        }
    _file(archive.project.data / "criteria.yml", items)


def _records(archive: Archive, planter: Planter) -> None:
    for name, records in archive.records.items():
        for index, record in enumerate(records):
            path = archive.project.root / record.path
            path.unlink()
            if name in ("honours", "measures"):
                narrowed = name == "honours" and record.id == WITHHELD_HONOUR
                fields = planter.filled(record.path, record.data, narrowed or name == "measures")
                file = path
            else:
                narrowed = index % 7 == 3
                fields = planter.filled(record.path, record.data, narrowed)
                fields |= _attached(archive, planter, index)
                file = path.with_name(f"{record.id}-{planter.word(f'{name} file')}.yml")
            if narrowed:
                fields["disclosure"] = "内部"
                if name == "community":
                    fields["partner"] = planter.word("partner")
            if name == "honours" and narrowed:
                fields["title"] = planter.word("title of an honour")
            if "evidence" in fields and name == "measures" and fields["state"] == "已完成":
                fields["evidence"] = [planter.word("evidence")]
            _file(file, fields)


WITHHELD_HONOUR = "sportsmanship"
"""One that the report names."""


def _attached(archive: Archive, planter: Planter, index: int) -> dict[str, Any]:
    """Now and then an attachment: its name, and what is in it."""
    if index % 10:
        return {}
    name = f"files/{planter.word('attachment name')}.txt"
    path = archive.project.docs / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(planter.word("attachment"), "utf-8")
    beside = path.with_name("beside.txt")
    if not beside.exists():
        beside.write_text(planter.word("attachment that no page shows"), "utf-8")
    return {"evidence": [name]}


def _page(archive: Archive, page: Page, planter: Planter) -> None:
    path = archive.project.docs / page.path
    text = page.text.lstrip("\n")
    assert page.meta
    fields = planter.filled(page.path, page.meta)
    if is_public_page(page.path, page.meta):
        word = planter.word
        heading = text.find("\n\n") + 2 if text.startswith("# ") else 0
        remarks = (
            f"<!-- {word('comment')} -->\n\n{word('internal line')} <!-- 内部 -->\n\n"
            f"{{% raw %}}<!-- {word('raw comment')} -->{{% endraw %}}\n\n"
        )
        text = text[:heading] + remarks + text[heading:]
    else:
        text = text.rstrip("\n") + f"\n\n{planter.word('internal page')}\n"
    front = "".join(block(*field) for field in fields.items() if field[1] not in (None, [], ()))
    if page.path.startswith(("examples/", "regulations/")):
        front = "".join(block(*field) for field in fields.items())
    path.write_text(f"---\n{front}---\n\n{text}", "utf-8")


def _internal_pages(archive: Archive, planter: Planter) -> None:
    """Pages of their own: one in an internal folder, one in a public folder that says it is internal.

    Public pages lead to both, in every way there is.
    """
    root = archive.project.root
    inside, narrowed = planter.word("page file").lower(), planter.word("page file").lower()
    title, name = planter.word("page title"), planter.word("navigation")
    for path, front in (
        (f"guide/{inside}.md", f"title: {title}\n"),
        (f"report/{narrowed}.md", f"title: {title}\ndisclosure: 内部\nprint: 整页\n"),
    ):
        body = f"# {title}\n\n## {planter.word('heading')} {{ #a }}\n\n{planter.word('text')}\n"
        (root / "docs" / path).write_text(f"---\n{front}---\n\n{body}", "utf-8")
    report = root / "data" / "reports" / f"{next(iter(archive.reports))}.yml"
    described = re.sub(
        r"(?<=pages:\n)(\s*)",
        rf"\1- page: report/{narrowed}.md\n\1",
        report.read_text("utf-8"),
        count=1,
    )
    report.write_text(described, "utf-8")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    nav = f"nav:\n  - {name}:\n      - guide/{inside}.md\n      - report/{narrowed}.md\n"
    (root / "mkdocs.yml").write_text(settings.replace("nav:\n", nav, 1), "utf-8")
    page = root / "docs" / "report" / "part-1.md"
    links = (
        f"看[甲](../guide/{inside}.md)、[乙]({narrowed}.md#a){{ .caption }}、[丙][r]。\n\n"
        f'[r]: {narrowed}.md "{planter.word("title of a link")}"\n'
    )
    page.write_text(page.read_text("utf-8") + f"\n{links}", "utf-8")


def replaced_words(project: Project, root: Path) -> Project:
    """A copy of a planted site at `root` with other words and numbers: longer, and in the reverse order."""
    for path in sorted(project.root.rglob("*")):
        if path.is_file():
            copy = root / _replaced(path.relative_to(project.root).as_posix().encode()).decode()
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(_replaced(path.read_bytes()))
    return replace(project, root=root, data=root / "data")


def _replaced(raw: bytes) -> bytes:
    def upper(found: re.Match[bytes]) -> bytes:
        return b"SNTL" + bytes(ord("A") + ord("J") - one for one in found[0][4:8]) + b"QZ"

    def lower(found: re.Match[bytes]) -> bytes:
        return b"sntl" + bytes(ord("a") + ord("j") - one for one in found[0][4:8]) + b"qz"

    raw = re.sub(WORD.pattern.encode(), upper, raw)
    raw = re.sub(WORD.pattern.lower().encode(), lower, raw)
    return re.sub(NUMBER.pattern.encode(), lambda found: b"842" + found[0][3:], raw)


def found(site: Path, only: Collection[Path] = ()) -> dict[str, set[str]]:
    """Every word and number planted → the files of a built site that hold it, or are called by it.

    Where `only` names files, no other is looked into.
    """
    places: dict[str, set[str]] = {}
    for path in sorted(only or site.rglob("*")):
        name = path.relative_to(site).as_posix()
        texts = [name, *(_texts(path) if path.is_file() else ())]
        for text in texts:
            folded = _folded(text)
            for word in {*WORD.findall(folded), *NUMBER.findall(folded)}:
                places.setdefault(word, set()).add(name)
    return places


_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff,\u2009\u202f]")


def _folded(text: str) -> str:
    """Text with every escape undone, and without what nobody sees or what groups digits."""
    for _ in range(2):
        text = unquote(html.unescape(text))
        text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda one: chr(int(one[1], 16)), text)
    return _UNSEEN.sub("", text).upper()


def _texts(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    yield from _within(path.suffix, raw)


def _within(suffix: str, raw: bytes) -> Iterator[str]:
    yield raw.decode("utf-8", "replace")
    yield raw.decode("utf-16-be", "replace")
    if suffix == ".gz":
        yield gzip.decompress(raw).decode()
    elif suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            yield "\n".join(packed.namelist())
            for name in packed.namelist():
                inner = packed.read(name).decode("utf-8", "replace")
                yield inner
                yield re.sub("<[^>]*>", "", inner)  # a word may be cut into runs
    elif suffix == ".html":
        text = raw.decode()
        yield re.sub("<[^>]*>", "", text)
    elif suffix == ".js" and raw.startswith(b"window.archiveSearch="):
        yield index_text(raw.decode())
    elif suffix == ".json":
        yield json.dumps(json.loads(raw), ensure_ascii=False)
    elif suffix == ".pdf":
        yield extract_text(io.BytesIO(raw))
        document = PDFDocument(PDFParser(io.BytesIO(raw)))
        for info in document.info:
            for value in info.values():
                yield from (_decoded(value) if isinstance(value, bytes) else ())
        for xref in document.xrefs:
            for number in xref.get_objids():
                yield str(document.getobj(number))


def _decoded(value: bytes) -> Iterator[str]:
    yield value.decode("utf-8", "replace")
    yield value.decode("utf-16", "replace")
