"""Proof by sentinels: nothing that is not public is anywhere in the public edition."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.build.editions.tree import redacted_tree
from archive.build.site import build
from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import load
from archive.press import make_deferred
from tests.samples.built import files
from tests.samples.planting import found, plant, replaced_words

Planted = tuple[Project, Mapping[str, str]]


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.deep)])
def planted(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Planted:
    """A site with a word of its own in every internal field, page, remark, attachment and file name.

    Its guide, all of it internal and two fifths of a build, is there in the deep run.
    """
    project, words = plant(tmp_path_factory.mktemp("planted"), guide=request.param)
    assert check(load(project)) == ()
    return project, words


def printed(project: Project, out: Path, every: int) -> None:
    """Make every so many of the print files that are still to come, and take away the others."""
    for number, file in enumerate(sorted((out / "print").rglob("*.pdf"))):
        if number % every == 0:
            assert make_deferred(project, file) == []
        else:
            file.unlink()
            file.with_suffix(".docx").unlink(missing_ok=True)  # the drawn sheet has none


@pytest.mark.parametrize("every", [24, pytest.param(1, marks=pytest.mark.deep)])
def test_the_public_edition_holds_none_of_it(planted: Planted, every: int, tmp_path: Path) -> None:
    """Print files hold what the articles of the pages hold, so a run that is not deep makes few."""
    project, words = planted
    out = tmp_path / "site"
    assert build(project, out, "late", "public") == []
    printed(project, out, every)
    # Digits may look like one of the numbers, in a PDF for one; only what was planted counts.
    assert {words[word]: at for word, at in found(out).items() if word in words} == {}
    made = {path.suffix for path in out.rglob("*") if path.is_file()}
    assert made >= {".html", ".pdf", ".docx", ".xlsx", ".csv", ".json", ".js", ".css", ".xml"}


def test_nor_does_the_tree_it_is_built_from(planted: Planted) -> None:
    project, words = planted
    with redacted_tree(load(project)) as redacted:
        assert {words[word]: places for word, places in found(redacted.root).items()} == {}


def test_nor_does_it_depend_on_it(planted: Planted, tmp_path: Path) -> None:
    """With longer words, in the reverse order, in all their places and names the tree is the same, byte for byte.

    So nothing in it follows from them: no order, no number of theirs, no size.
    """
    project, _ = planted
    other = replaced_words(project, tmp_path)
    trees = []
    for one in (project, other):
        with redacted_tree(load(one)) as redacted:
            trees.append(files(redacted.root))
    assert {name for name, _ in trees[0].items() ^ trees[1].items()} == set()


KINDS = (".html", ".pdf", ".docx", ".xlsx", ".csv", ".json")


def test_the_internal_edition_holds_it_in_the_largest_file_of_each_kind(
    planted: Planted, tmp_path: Path
) -> None:
    """Else the search would be blind there, and the proof none."""
    internal = tmp_path / "site"
    assert build(planted[0], internal, "late", "internal") == []
    # Of the print files one document is made, that of all volunteer activities.
    assert make_deferred(planted[0], internal / "print" / "records" / "volunteering.pdf") == []
    for kind in KINDS:
        # The guide tells of the program, so little is planted there.
        files_of_it = [path for path in internal.rglob(f"*{kind}") if "guide" not in path.parts]
        largest = max(files_of_it, key=lambda path: (path.stat().st_size, path))
        assert len(found(internal, [largest])) > 5, largest
    assert len(found(internal, [internal / "search" / "index.js"])) > 100


NOWHERE = {"comment", "raw comment", "attachment that no page shows"}
"""What is in no edition: remarks, and files that no page leads to."""


@pytest.mark.deep
@pytest.mark.parametrize("planted", [True], indirect=True)
def test_the_internal_edition_holds_it_everywhere(planted: Planted, tmp_path: Path) -> None:
    project, words = planted
    assert build(project, tmp_path / "site", "now", "internal") == []
    places = found(tmp_path / "site")
    kinds: dict[str, int] = {}
    for names in places.values():
        for kind in {Path(name).suffix for name in names}:
            kinds[kind] = kinds.get(kind, 0) + 1
    assert all(kinds[kind] > 500 for kind in KINDS)
    unseen = {words[word] for word in words.keys() - places.keys()}
    assert unseen >= NOWHERE
    assert not {
        one
        for one in unseen - NOWHERE
        if not one.startswith(("data/", "names.", "criteria.", "phrase"))
    }
    assert len(places) > 1800
