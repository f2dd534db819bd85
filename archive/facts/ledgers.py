"""The collections of an archive: the ledgers it describes itself, then what every archive records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from archive.facts.ledger_faults import faults, faults_together, is_taken
from archive.facts.project import Project
from archive.files.listing import read_regular
from archive.files.validation import validate
from archive.files.yaml import Document, Problem, parse_bytes
from archive.schema.collections import BUILT_IN, Collection
from archive.schema.ledger_model import collection
from archive.schema.ledgers import Ledger
from archive.schema.types import MODELS, Model

FOLDER = "ledgers"
"""The folder of data/ that holds the descriptions of the ledgers."""


class _Unknown(Model):
    """A record of a ledger whose description is faulty; there are none."""


@dataclass(slots=True)
class Ledgers:
    """What was read of the descriptions of ledgers."""

    collections: dict[str, Collection] = field(default_factory=dict)
    """Name → collection, in the order of pages; a ledger whose description is faulty has no fields."""
    documents: dict[str, Document] = field(default_factory=dict)
    """Name of a ledger → its description."""
    faulty: frozenset[str] = frozenset()

    @property
    def problems(self) -> list[Problem]:
        """The problems of all descriptions."""
        return [problem for document in self.documents.values() for problem in document.problems]


def read_ledgers(files: Mapping[str, bytes], folder: str) -> Ledgers:
    """Read the descriptions: path of a file from data/ → its content. `folder` is the name of data/."""
    read = Ledgers()
    described: dict[str, Ledger] = {}
    made: dict[str, Collection] = {}
    for file, raw in files.items():
        id_ = ledger_id(file)
        document, ledger, made_of = _read(id_, raw, f"{folder}/{file}")
        # Problems of one description with another are added, so the cached one is left as it is.
        read.documents[id_] = Document(
            document.path, document.data, document.lines, list(document.problems)
        )
        if ledger and made_of:
            described[id_], made[id_] = ledger, made_of
    for id_, loc, message in faults_together(described, list(read.documents)):
        document = read.documents[id_]
        document.problems.append(Problem(document.path, document.line(loc), message))
    names = [id_ for id_ in read.documents if not is_taken(id_)]
    read.faulty = frozenset(id_ for id_ in names if read.documents[id_].problems)

    def place(id_: str) -> tuple[int, str]:
        return (described[id_].order if id_ in described else 0, id_)

    for id_ in sorted(names, key=place):
        read.collections[id_] = (
            Collection(id_, _Unknown, {}, ()) if id_ in read.faulty else made[id_]
        )
    read.collections |= BUILT_IN
    return read


def ledger_id(file: str) -> str:
    """Return the ledger that a file describes, a path from data/."""
    return file.partition("/")[2].removesuffix(".yml")


def ledger_files(files: Iterable[str]) -> list[str]:
    """Return those of the files, paths from data/, that describe a ledger."""
    return [
        file
        for file in files
        if file.startswith(f"{FOLDER}/") and file.endswith(".yml") and file.count("/") == 1
    ]


def read_collections(project: Project) -> Ledgers:
    """Read the descriptions of a project of which nothing else is wanted."""
    files = project.data_files().places
    found = {file: read_regular(files[file]) for file in ledger_files(files)}
    return read_ledgers(found, project.name(project.data))


# Many, since the model that it makes is a class, of which there is to be one as long as anything is of it.
@lru_cache(10 * MODELS)
def _read(id_: str, raw: bytes, path: str) -> tuple[Document, Ledger | None, Collection | None]:
    """Return a description, and what it makes if it is faultless by itself; made once a content."""
    document = parse_bytes(raw, path)
    ledger = validate(Ledger, document)
    if ledger is None:
        return document, None, None
    found = [Problem(path, document.line(loc), message) for loc, message in faults(id_, ledger)]
    document.problems += found
    return document, ledger, None if found else collection(id_, ledger)
