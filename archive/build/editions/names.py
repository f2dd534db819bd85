"""Withheld names typed out in pages or records, where the public edition would show them."""

from collections.abc import Iterator
from pathlib import Path

from archive.build.editions.pages import INTERNAL_LINE
from archive.build.editions.records import named, public_records
from archive.facts.project import Project
from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.leaks.leak import masked
from archive.schema.unit import Unit


def find_withheld_names(site: Site, tree: Project) -> list[Problem]:
    """Sorted problems for withheld names in the redacted `tree`, placed in the site's sources.

    Macros show a mask for such a name, but they do not see names typed out in a page or a record.
    """
    names = _withheld(site.archive.unit) if site.archive.unit else {}
    return sorted(set(_typed(site, tree, names))) if names else []


def _withheld(unit: Unit) -> dict[str, str]:
    """Id → name for names that are filled in and not public.

    Left out are names of one character, and names that are part of a public name or of a mask.
    """
    shown = [name.value for name in unit.names.values() if name.disclosure == "公开" and name.value]
    return {
        id_: name.value
        for id_, name in unit.names.items()
        if name.value
        and len(name.value) > 1
        and not any(name.value in one for one in (*shown, name.mask))
    }


def _typed(site: Site, tree: Project, names: dict[str, str]) -> Iterator[Problem]:
    source = site.archive.project
    records = {
        path: record.path
        for collection, kept in public_records(site).items()
        for path, record in named(collection, kept)
    }
    files = {tree.root / "mkdocs.yml": "mkdocs.yml"}
    for path in tree.data.rglob("*.yml"):
        inside = path.relative_to(tree.data).as_posix()
        files[path] = records.get(inside) or source.name(source.data / inside)
    for path in tree.docs.rglob("*.md"):
        files[path] = source.name(source.docs / path.relative_to(tree.docs))
    for path, called in files.items():
        text = path.read_text("utf-8")
        for id_, name in names.items():
            if name in text:
                yield from _places(source.root / called, called, id_, name)


def _places(file: Path, called: str, id_: str, name: str) -> Iterator[Problem]:
    lines = file.read_text("utf-8-sig").split("\n")
    message = (
        f"公开版里不得有没有公开的名称，现有“{masked(name, 1, 0)}”（{id_}）：页面里写 "
        f'{{{{ name("{id_}") }}}}，台账里换一种写法；可以公开的，在 data/unit.yml 里写明公开'
    )
    found = (
        n for n, line in enumerate(lines, 1) if name in line and not INTERNAL_LINE.search(line)
    )
    for number in [*found] or [1]:
        yield Problem(called, number, message)
