"""Every file people fill in, and the JSON Schema it must keep to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.editing.editors.json_schema import (
    DRAFT,
    Schema,
    items,
    mapping,
    of_collection,
    of_model,
)
from archive.schema.collections import SINGLE, Collection, SingleFile
from archive.schema.front import PageMeta
from archive.schema.kinds import Kinds, bound
from archive.schema.ledgers import Ledger
from archive.schema.page_models import PAGE_MODELS
from archive.schema.releases import Release
from archive.schema.reports import Report
from archive.schema.types import Model

FOLDER = "schema"
"""Where the schemas are, from the repository's root."""

GENERATED_NOTE = "由 archive schema 从 archive/schema/ 生成，不要手工改动。"


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A kind of file: the pattern of its paths, empty for front matter, and what is in it."""

    name: str
    label: str
    files: str
    schema: Schema

    @property
    def path(self) -> str:
        """Where its schema is, from the repository's root."""
        return f"{FOLDER}/{self.name}.json"

    @property
    def whole(self) -> Schema:
        """The schema as it is written down."""
        return {"$schema": DRAFT, "$comment": GENERATED_NOTE, "title": self.label, **self.schema}


def schema_files(collections: Mapping[str, Collection], kinds: Kinds) -> Iterator[SchemaFile]:
    """The single files, the collections, then the front matter of each kind of page.

    What takes labels of a list in `kinds` takes those alone.
    """
    for name, single in SINGLE.items():
        yield SchemaFile(name, single.label, f"data/{name}.yml", _single(single, kinds))
    for name, kind in collections.items():
        yield SchemaFile(name, kind.label, f"data/{name}/**/*.yml", of_collection(kind))
    yield SchemaFile("ledgers", "台账的说明", "data/ledgers/*.yml", of_model(Ledger))
    yield SchemaFile("releases", "报送时的指标登记", "data/releases/*.yml", of_model(Release))
    yield SchemaFile("reports", "报告", "data/reports/*.yml", of_model(Report))
    # No extension looks for YAML at the head of a Markdown file; forms read these.
    fronts: Mapping[str, type[Model]] = {"page": PageMeta, **PAGE_MODELS}
    for name, model in fronts.items():
        yield SchemaFile(
            f"front-{name}", f"页首信息：{_FRONTS[name]}", "", of_model(bound(model, kinds))
        )


def _single(file: SingleFile, kinds: Kinds) -> Schema:
    model = bound(file.model, kinds)
    if file.ids:
        return mapping(model, file.ids.pattern, file.others)
    return items(model) if file.entry else of_model(model)


_FRONTS = {"page": "一般页面", "examples": "典型事例", "regulations": "制度"}


EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}
"""What VS Code offers to install when the folder is opened."""

# Tags of mkdocs.yml, which the extension would report as unknown.
_TAGS = [
    "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify mapping",
]


def settings(files: Iterable[SchemaFile]) -> dict[str, Any]:
    """The folder's settings; `files` have schemas."""
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.autoIndent": "keep"},
        "yaml.schemas": {kind.path: kind.files for kind in files if kind.files},
        # Only the schemas above: no list of others is fetched from the network.
        "yaml.schemaStore.enable": False,
        "yaml.customTags": _TAGS,
        # YAML 1.1 reads `no`, 12:30 and 010 as something else; the editor is to show it, as the
        # check does.
        "yaml.yamlVersion": "1.1",
        # Comments, quotes and line breaks stay as they were written.
        "yaml.format.enable": False,
        "redhat.telemetry.enabled": False,
    }
