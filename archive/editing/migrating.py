"""An archive of the form that 0.1 read, before reports, kinds and ledgers were data, in the form of today.

Nothing is lost: values, remarks and the order of lines stay; what the program now brings by itself is
removed from the archive, where Git still has it. What a bureau had changed in the lists of the old program is
taken from the JSON Schemas that the old program wrote beside the data.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from archive.editing.starter import LEDGERS, STARTER
from archive.facts.gather import REPORT_PAGES, REPORTS
from archive.facts.kinds import FILE as KINDS
from archive.facts.ledgers import FOLDER
from archive.facts.project import DOCS, Project
from archive.files.content import SETTINGS
from archive.files.listing import read_regular
from archive.files.own_files import OWN_FILES, OWN_SETTINGS, TEMPLATES
from archive.files.writing import block
from archive.files.yaml import parse, read, with_remarks_apart

FIRST = "创建汇报"
"""What kind of report it was."""
_OVERRIDES = "overrides"
_ICONS = ("星", "旗", "柱", "心", "箭")
"""The drawings of its pages."""
_WHOLE = re.compile(r"\{\{ *report\(\) *\}\}")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_HEADING = re.compile(r"^#{2,6} .*$", re.MULTILINE)
_ID = re.compile(r"#([^\s#}]+)")
_LISTS = {
    "honour_levels": ("honours", "level"),
    "honour_recipients": ("honours", "recipient"),
    "regulation_categories": ("front-regulations", "category"),
    "measures": ("measures", "measure"),
    "task_states": ("measures", "state"),
    "evidence_kinds": ("criteria", "kind"),
    "example_kinds": ("front-examples", "kind"),
    "phrase_kinds": ("phrases", "kind"),
}
"""A list of kinds → the schema of the old program in which its labels stand, and the field."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write, from the root, None for one to remove, and what that does."""

    path: str
    content: bytes | None
    said: str


def migration(here: Project, report: str) -> list[Change]:
    """What to change so that the archive has the form of today, empty if it has; `report` is the report's id.

    Of a file the last change holds what all have made of it.
    """
    schemas = _schemas(here.root)
    texts = _Texts(here)
    return [
        *_remarks(here, texts),
        *_settings(here, texts),
        *_kinds(here, schemas, texts),
        *_ledgers(here, schemas, texts),
        *_report(here, report, texts),
        *_brought(here),
    ]


class _Texts:
    """The texts of an archive as the changes so far leave them."""

    def __init__(self, here: Project) -> None:
        self._root = here.root
        self._changed: dict[str, str] = {}

    def read(self, path: str) -> str:
        """The text of a file, empty if there is none that can be read."""
        try:
            raw = read_regular(self._root / path)
            return self._changed.get(path) or raw.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return ""

    def write(self, path: str, text: str, said: str) -> Change:
        """The change to a new text."""
        self._changed[path] = text
        return Change(path, text.encode(), said)


def _schemas(root: Path) -> Mapping[str, Any]:
    """Name → a JSON Schema of those that the old program wrote."""
    found = {}
    for path in sorted((root / "schema").glob("*.json")):
        try:
            schema = json.loads(read_regular(path))
            json.dumps(schema, ensure_ascii=False).encode()  # half a character is no text
            found[path.stem] = schema
        except (OSError, ValueError, RecursionError):
            continue
    return found


def _fields(schema: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every field that a schema describes, however deep."""
    if isinstance(schema, dict):
        fields = schema.get("properties")
        if isinstance(fields, dict):
            yield from ((name, one) for name, one in fields.items() if isinstance(one, dict))
        for one in schema.values():
            yield from _fields(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from _fields(one)


def _texts_of(described: Any, key: str) -> list[str]:
    """The texts that stand under a key of a schema, one or a list."""
    found = described.get(key) if isinstance(described, dict) else None
    return [
        str(one)
        for one in (found if isinstance(found, list) else [found])
        if type(one) in (str, int, float)
    ]


def _labels(schema: Any, field: str) -> list[str]:
    """The labels that a field may have."""
    found = (_texts_of(one, "enum") for name, one in _fields(schema) if name == field)
    return next(filter(None, found), [])


def _remarks(here: Project, texts: _Texts) -> Iterator[Change]:
    for path in sorted(here.data.rglob("*.yml")):
        name = here.name(path)
        text = texts.read(name)
        if (" #" not in text and "\t#" not in text) or path.is_symlink():
            continue
        try:
            moved = with_remarks_apart(text)
        except yaml.YAMLError:
            continue  # the check says what is wrong with it
        if moved != text:
            yield texts.write(name, moved, f"{name}：行末的说明移到上一行")


def _kinds(here: Project, schemas: Mapping[str, Any], texts: _Texts) -> Iterator[Change]:
    path = here.name(here.data / f"{KINDS}.yml")
    if (here.root / path).exists():
        return
    text = (STARTER / "data" / f"{KINDS}.yml").read_text("utf-8")
    usual = yaml.safe_load(text)
    for name, (schema, field) in _LISTS.items():
        labels = _labels(schemas.get(schema), field)
        if not labels:
            continue
        known = {one["label"]: one for one in usual[name] if isinstance(one, dict)}
        items: list[Any] = [known.get(label, label) for label in labels]
        if name == "measures":
            pages = [found["page"] for found in _ENTRY.finditer(texts.read(SETTINGS))]
            items = _measures(labels, [texts.read(f"{DOCS}/{page}") for page in pages])
        found = re.search(rf"^{name}:.*\n(?:  .*\n)*", text, re.MULTILINE)
        assert found  # a list of every archive that is begun
        text = text[: found.start()] + block(name, items) + text[found.end() :]
    yield texts.write(path, text, f"{path}：供选的类别，取自 schema/ 里原来的取值")


def _measures(labels: list[str], pages: Iterable[str]) -> list[Any]:
    """The measures, each with the id of its section: that of the last page with as many sections."""
    ids = [f"measure-{number}" for number in range(1, len(labels) + 1)]
    for page in pages:
        there = [*_ids(page)]
        ids = there if len(there) == len(labels) else ids
    return [{"label": label, "anchor": id_} for label, id_ in zip(labels, ids, strict=True)]


def _ids(page: str) -> Iterator[str]:
    """The ids that headings of a page are given."""
    for heading in _HEADING.finditer(page):
        written = _ATTRIBUTES.search(heading[0].rstrip())
        if found := _ID.findall(written[0]) if written else None:
            yield found[-1]


def _ledgers(here: Project, schemas: Mapping[str, Any], texts: _Texts) -> Iterator[Change]:
    folder = here.data / FOLDER
    if folder.exists():
        return
    list_of_fields = STARTER / "data" / FOLDER / "README.md"
    yield Change(f"{here.name(folder)}/README.md", list_of_fields.read_bytes(), f"{here.name(folder)}/README.md：台账说明怎样写")  # fmt: skip
    for ledger in LEDGERS.values():
        if ledger.stem in schemas or (here.data / ledger.stem).is_dir():
            path = f"{here.name(folder)}/{ledger.name}"
            text = _described(ledger.read_text("utf-8"), schemas.get(ledger.stem))
            yield texts.write(path, text, f"{path}：台账的说明，字段的名称、取值取自 schema/")


def _described(text: str, schema: Any) -> str:
    """The description of a ledger, with the names, choices and examples of the old program's schema."""
    known, description = (parse(text, "").data for _ in range(2))
    given = dict(reversed([*_fields(schema)]))  # a field counts before the conditions on it
    for label in _texts_of(schema, "title"):
        description["record"] = description["record"].replace(description["label"], label)
        description["label"] = label
    for name, field in description["fields"].items():
        old = given.get(name)
        field["label"] = next(iter(_texts_of(old, "title")), field["label"])
        if "choices" in field:
            field["choices"] = _texts_of(old, "enum") or field["choices"]
        if "example" in field and (examples := _texts_of(old, "examples")):
            same = examples[0] == str(field["example"])
            field["example"] = field["example"] if same else examples[0]
    if description == known:
        return text
    head = text.partition("\n\n")[0]
    return f"{head}\n\n" + "".join(block(*one) for one in description.items())


_KEY = re.compile(r"([a-z_]+):")
_OF_KEY = ("", " ", "\t", "-", "#")
"""How a line of mkdocs.yml begins that belongs to the setting above it; an empty one may."""
_ENTRY = re.compile(
    rf"^(?P<pad> *)- (?:[^:#\n]+: )?(?P<page>{REPORT_PAGES}(?!\S*\.\./)\S+\.md)[ \t]*$",
    re.MULTILINE,
)
"""A page of the report in the navigation; one outside of docs/ is none."""


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the settings of mkdocs.yml with their keys, and without a key what stands between them.

    The remarks before a setting are not part of the one before; what cannot be read is no setting.
    """
    groups: list[list[str]] = [[]]
    for line in text.removesuffix("\n").split("\n"):
        groups += [[]] if _KEY.match(line) else []
        groups[-1].append(line)
    for lines in groups:
        key = _KEY.match(lines[0]) if lines else None
        end = len(lines) if key and all(line[:1] in _OF_KEY for line in lines[1:]) else 0
        while end > 1 and lines[end - 1][:1] in ("", "#"):
            end -= 1
        if key and end:
            yield key[1], "".join(f"{line}\n" for line in lines[:end])
        if lines[end:]:
            yield "", "".join(f"{line}\n" for line in lines[end:])


def _settings(here: Project, texts: _Texts) -> Iterator[Change]:
    text = texts.read(SETTINGS)
    if not text:
        return
    try:
        made = "".join(_setting(*piece) for piece in _pieces(text))
    except yaml.YAMLError:
        return  # the check says what is wrong with it
    index = f"{REPORT_PAGES}index.md"
    if index not in made:
        made = _ENTRY.sub(lambda found: f"{found['pad']}- {index}\n{found[0]}", made, count=1)
    made = re.sub(r"\n{3,}", "\n\n", made).rstrip("\n") + "\n"
    if made != text:
        yield texts.write(SETTINGS, made, f"{SETTINGS}：删去程序自带的设置，导航里列入历年报告")
    if index in made and not (here.docs / index).exists():
        page = (STARTER / DOCS / index).read_bytes()
        yield Change(f"{DOCS}/{index}", page, f"{DOCS}/{index}：历年报告一页")


_FROM_ENVIRONMENT = re.compile(r"!ENV \[(?:[^,\[\]\n]*+,)*+(?P<last>[^,\[\]\n]++)\]")

_OF_EDITION = re.compile(r"^ +(?:demonstration|edition|editable|address): !ENV .*\n", re.MULTILINE)
"""What the program says of the edition that it builds, and once took from the environment."""


def _setting(key: str, text: str) -> str:
    """A setting as it is now, empty if the program brings it."""
    if not key:
        return text
    if key == "extra":
        text = _OF_EDITION.sub("", text)
    # It could be taken from the environment; the last value was what stood there without.
    text = _FROM_ENVIRONMENT.sub(lambda found: found["last"].strip(), text)
    if key == "site_name":
        return text
    if key == "theme":
        text = re.sub(r"^ +custom_dir:.*\n", "", text, flags=re.MULTILINE)
    return "" if _serialized(text) in _brought_settings() or _names_less(key, text) else text


def _serialized(text: str) -> str:
    return str(yaml.serialize(_composed(text)))


_MAX_DEPTH = 20


def _composed(text: str) -> yaml.Node | None:
    """The node of a setting; raises yaml.YAMLError if there is none, or a deep one, which ends the process."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise yaml.YAMLError
    return yaml.compose(text, Loader=yaml.CSafeLoader)


_GROWING = ("extra", "extra_css", "extra_javascript")
"""The settings of which an older program brought fewer entries than today's."""


def _names_less(key: str, text: str) -> bool:
    """Whether a setting holds nothing but entries that the program brings, and not all of them."""
    named = _entries(text) if key in _GROWING else set()
    return bool(named) and named <= _own_entries()[key]


def _entries(text: str) -> set[str]:
    """The entries of the list or mapping that a setting is; none of anything else."""
    root = _composed(text)
    [(_, node)] = root.value if isinstance(root, yaml.MappingNode) else [(None, None)]
    if isinstance(node, yaml.MappingNode):
        return {str(yaml.serialize(key)) + str(yaml.serialize(one)) for key, one in node.value}
    return (
        {str(yaml.serialize(one)) for one in node.value}
        if isinstance(node, yaml.SequenceNode)
        else set()
    )


@cache
def _own_entries() -> Mapping[str, set[str]]:
    """What these settings are today."""
    own = OWN_SETTINGS.read_text("utf-8")
    return {key: _entries(one) for key, one in _pieces(own) if key in _GROWING}


@cache
def _brought_settings() -> frozenset[str]:
    """The settings that the program brings, each as it would stand in mkdocs.yml."""
    return frozenset(
        _serialized(one) for key, one in _pieces(OWN_SETTINGS.read_text("utf-8")) if key
    )


def _report(here: Project, report: str, texts: _Texts) -> Iterator[Change]:
    """The description of the one report, of the pages that the navigation names; its full text names it."""
    folder = here.data / REPORTS
    pages = [found["page"] for found in _ENTRY.finditer(texts.read(SETTINGS))]
    whole = [page for page in pages if _WHOLE.search(texts.read(f"{DOCS}/{page}"))]
    parts = [page for page in pages if page not in whole and not page.endswith("/index.md")]
    if folder.exists() or not parts:
        return
    title = _TITLE.search(texts.read(f"{DOCS}/{parts[0]}"))
    unit = read(here.data / "unit.yml", "unit.yml").content
    period = unit.get("record_period") if isinstance(unit, dict) else None
    known = {
        "title": _ATTRIBUTES.sub("", title[1].rstrip()).rpartition("——")[2].strip()
        if title
        else FIRST,
        "kind": FIRST,
        "period": period if isinstance(period, dict) else {"start": None, "end": None},
        "state": "起草",
        "reported": None,
        "pages": [
            {"page": page, "icon": icon} if icon else {"page": page}
            for page, icon in zip_longest(parts, _ICONS[: len(parts)])
        ],
        "next_steps": parts[-1],
        "note": None,
    }
    path = f"{here.name(folder)}/{report}.yml"
    text = "# 报告：怎样写见指南“加一个报告”。\n\n" + "".join(block(*one) for one in known.items())
    yield texts.write(path, text, f"{path}：报告，各页依导航的次序；种类、期间、状态请核对")
    for page in whole:
        name = f"{DOCS}/{page}"
        text = _WHOLE.sub(f'{{{{ report("{report}") }}}}', texts.read(name))
        yield texts.write(name, text, f"{name}：全文写明是哪个报告")


def _brought(here: Project) -> Iterator[Change]:
    """What stands in the archive and is brought by the program now, under the same name."""
    old = [f"{DOCS}/{name}" for name in OWN_FILES]
    templates = sorted(path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.html"))
    old += [f"{_OVERRIDES}/{name.as_posix()}" for name in templates]
    for path in old:
        if (here.root / path).is_file():
            yield Change(path, None, f"{path}：删去，程序自己带来")
