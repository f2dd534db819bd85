"""Every file people fill in, and the JSON Schema it must keep to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.editing.json_schema import DRAFT, Schema, items, mapping, of_collection, of_model
from archive.gather import CRITERION_ID, FIGURE_ID
from archive.render.dictionary import SINGLE
from archive.schema.allowed import Allowed
from archive.schema.collections import COLLECTIONS
from archive.schema.criteria import Criterion
from archive.schema.front import PageMeta
from archive.schema.kinds import KINDS
from archive.schema.register import Figure
from archive.schema.releases import Release
from archive.schema.types import Model
from archive.schema.unit import Phrase, Unit

FOLDER = "schema"
"""Where the schemas are, from the repository's root."""

MADE = "由 archive schema 从 archive/schema/ 生成，不要手工改动。"


@dataclass(frozen=True, slots=True)
class FileKind:
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
        return {"$schema": DRAFT, "$comment": MADE, "title": self.label, **self.schema}


_SINGLE: Mapping[str, Schema] = {
    "unit": of_model(Unit),
    "figures": mapping(Figure, FIGURE_ID.pattern),
    "phrases": items(Phrase),
    "criteria": mapping(Criterion, CRITERION_ID.pattern),
    "allowed": items(Allowed),
}


def file_kinds() -> Iterator[FileKind]:
    """The single files, the collections, then the front matter of each kind of page."""
    for name, schema in _SINGLE.items():
        yield FileKind(name, SINGLE[name][0], f"data/{name}.yml", schema)
    for name, kind in COLLECTIONS.items():
        yield FileKind(name, kind.label, f"data/{name}/**/*.yml", of_collection(kind))
    yield FileKind("releases", "报送时的指标登记", "data/releases/*.yml", of_model(Release))
    # No extension looks for YAML at the head of a Markdown file; forms read these.
    fronts: Mapping[str, type[Model]] = {"page": PageMeta, **KINDS}
    for name, model in fronts.items():
        yield FileKind(f"front-{name}", f"页首信息：{_FRONTS[name]}", "", of_model(model))


_FRONTS = {"page": "一般页面", "examples": "典型事例", "regulations": "制度"}
