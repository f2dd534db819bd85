"""The lists of kinds of an archive (data/kinds.yml), those that are sound."""

from pydantic import ValidationError

from archive.facts.project import Project
from archive.files.validation import validate
from archive.files.yaml import Document, Problem, read
from archive.schema.fields import adapter_of, fields
from archive.schema.kinds import Kinds, KindsFile, Word, faults

FILE = "kinds"
"""Its name among the single files of data/."""


def sound_lists(document: Document) -> Kinds:
    """Return the lists without a fault; the document gains a problem for each fault.

    Of a file that could not be read whole none is sound: what was meant is only a guess.
    """
    whole = validate(KindsFile, document)
    if not isinstance(document.data, dict):
        return {}
    found: Kinds = {}
    for name in fields(KindsFile):
        items = getattr(whole, name) if whole else _alone(name, document.data.get(name))
        if items is None:
            continue
        told = list(faults(name, items))
        lines = ((document.line(loc), message) for loc, message in told)
        document.problems += [Problem(document.path, *one) for one in lines]
        if not told:
            found = {**found, name: items}
    return found


def _alone(name: str, written: object) -> tuple[Word, ...] | None:
    """Return the list of that name if it is sound, whatever the others are."""
    try:
        items: tuple[Word, ...] = adapter_of(KindsFile, name).validate_python(written)
    except ValidationError:
        return None
    return items


def read_kinds(project: Project) -> Kinds:
    """Return the sound lists of a project whose other files are not read."""
    file = project.data / f"{FILE}.yml"
    if not file.is_file() or file.is_symlink():
        return {}
    return sound_lists(read(file, project.name(file)))
