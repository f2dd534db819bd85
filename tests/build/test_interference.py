"""Whatever is internal may be anything else: the public edition is the same, byte for byte.

`interference.yml` lists what may be altered; what may be there or not, and where, stands below.
A change that the check refuses is none that an edition is made of.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import count
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.build.editions.reported import reported_tree
from archive.build.editions.tree import redacted_tree
from archive.build.site import build
from archive.checks import check
from archive.facts.former import FormerEdition
from archive.facts.releases import freeze_register
from archive.facts.site import Site, load
from tests.samples.built import files
from tests.samples.sample import FILES, read
from tests.samples.tables import as_published
from tests.samples.withheld_site import SITE

Files = Mapping[str, str | bytes | None]
Edits = tuple[tuple[str, str, str], ...]
"""File, what stands in it, what may stand there."""

BASE: dict[str, str] = {k: v for k, v in (FILES | SITE).items() if isinstance(v, str)}
TABLE = yaml.safe_load(Path(__file__).with_name("interference.yml").read_text("utf-8"))
ROUNDS: list[Edits] = [
    tuple(
        (file, old, new[min(nth, len(new) - 1)])
        for file, entries in TABLE.items()
        for old, *new in entries
    )
    for nth in range(max(len(new) - 1 for entries in TABLE.values() for new in entries))
]
"""All that is altered at once; of what has alternatives, another in each."""
EDITS = sorted({edit for one in ROUNDS for edit in one})

CALLS = (
    'fig("visits", period="2025")', 'fig("visits", period="2024")', 'fig("activities")', 'fig("secret_visits", period="2025")',
    'fig("briefs")', 'change("visits", period="2025", against="2024")', 'name("hero")', 'table("volunteering")',
    'table("community")', 'honours("secret")', 'honours("civilised")', "standing()", "collections()", "reports()",
    "regulations()", "examples()", 'glance("secret")', 'compared("2024", "2025")', "regulation_changes()",
    'measures("summary")', "releases()", "states()", 'report("2024")', 'report("secret")',
)  # fmt: skip
"""Calls that any line may have."""
PLACES = (
    "docs/index.md", "docs/glance.md", "docs/report/index.md", "docs/report/full.md", "docs/honours/index.md",
    "docs/examples/index.md", "docs/figures/index.md", "docs/records/index.md", "docs/records/activities.md",
    "docs/records/download.md", "docs/regulations/index.md", "docs/regulations/changes.md", "docs/report/compared.md",
)  # fmt: skip
"""Public pages."""


def edited(edits: Edits, base: Mapping[str, str] = BASE) -> dict[str, str]:
    """The site with these edits, each in the only place where it can be meant: the first."""
    found = dict(base)
    for file, old, new in edits:
        assert old in found[file], (file, old)
        found[file] = found[file].replace(old, new, 1)
    return found


RELEASE = "那次"
_folders = count()


def laid_out(site: Files, folder: Path) -> Site:
    """The site in a folder of its own, with nothing of the sample that it does not have."""
    return read(folder / str(next(_folders)), {**dict.fromkeys(FILES), **site})


def tree(
    files_of: Files, folder: Path, release: str = "", former: tuple[FormerEdition, ...] = ()
) -> dict[str, bytes] | None:
    """The public tree, empty lines apart; None if the check refuses the site."""
    site = laid_out(files_of, folder)
    if check(site):
        return None
    with ExitStack() as trees:
        if release:
            site = load(trees.enter_context(reported_tree(site, release)))
        site.former = former
        project = trees.enter_context(redacted_tree(site))
        assert check(load(project)) == ()
        found = files(project.root)
    return {
        name: re.sub(rb"\n{2,}", b"\n\n", text).strip() if name.endswith(".md") else text
        for name, text in found.items()
    }


def with_release(site: Files, folder: Path) -> Files:
    """The site with its figures of today, as they were reported on an earlier day."""
    frozen = freeze_register(laid_out(site, folder).values, date(2026, 1, 10), None)
    return {**site, f"data/releases/{RELEASE}.yml": frozen}


def others(one: dict[str, bytes] | None, other: dict[str, bytes] | None) -> set[str]:
    """The files that are not the same in both."""
    assert one is not None
    assert other is not None
    return {name for name, _ in one.items() ^ other.items()}


def test_what_is_internal_may_be_anything_else(tmp_path: Path) -> None:
    before = tree(BASE, tmp_path)
    for one in ROUNDS:
        assert others(before, tree(edited(one), tmp_path)) == set()


def test_nor_does_a_release_or_an_edition_published_before_tell_it(tmp_path: Path) -> None:
    before = tree(with_release(BASE, tmp_path), tmp_path, RELEASE)
    then = (as_published(laid_out(BASE, tmp_path)),)
    compared = tree(BASE, tmp_path, former=then)
    for one in ROUNDS[:2]:
        site = edited(one)
        assert others(before, tree(with_release(site, tmp_path), tmp_path, RELEASE)) == set()
        assert others(compared, tree(site, tmp_path, former=then)) == set()


def with_lines(place: str, calls: Sequence[str] = CALLS) -> Files:
    """A page with an internal line for each call."""
    lines = "".join(f"\n\n{{{{ {one} }}}} <!-- 内部 -->" for one in calls)
    return {place: BASE[place].rstrip("\n") + lines + "\n"}


def test_internal_lines_may_be_there_or_not(tmp_path: Path) -> None:
    more = {file: text for place in PLACES for file, text in with_lines(place).items()}
    assert others(tree(BASE, tmp_path), tree({**BASE, **more}, tmp_path)) == set()


def marked(path: str) -> Files:
    """A page, a record, marked as internal."""
    if path.endswith(".yml"):
        return {path: f"{BASE[path]}disclosure: 内部\n"}
    return {path: BASE[path].replace("---\n", "---\ndisclosure: 内部\n", 1)}


def otherwise(text: str) -> str:
    """The text with another title or description, other words, and one more heading."""
    text = re.sub(
        r"(?m)^(title|description|place|result|body):.*(?!\n# )", r"\1: 秘", text, count=1
    )
    title = re.search(r"(?m)^title: (.*)$", text)
    if title and title[1] == "秘":
        text = re.sub(r"(?m)^# .*$", "# 秘", text, count=1)
    return text if "date:" in text or "example()" in text else f"{text}\n## 秘 {{ #sss }}\n\n秘。\n"


MARKED = [
    path
    for path in BASE
    if path.startswith(("docs/", "data/honours/", "data/volunteering/", "data/activities/"))
    and path.endswith((".md", ".yml"))
    and "disclosure: 内部" not in BASE[path]
]


@pytest.mark.parametrize(
    "path", [pytest.param(one, marks=[pytest.mark.deep] * (nth % 8 > 0)) for nth, one in enumerate(MARKED)]
)  # fmt: skip
def test_what_is_marked_may_say_anything_else(path: str, tmp_path: Path) -> None:
    before = tree({**BASE, **marked(path)}, tmp_path)
    after = tree({**BASE, path: otherwise(str(marked(path)[path]))}, tmp_path)
    assert before is None or after is None or others(before, after) == set()


def site_of(files_of: Files, folder: Path) -> dict[str, bytes]:
    """All that is published of a site; its print files are told of, and made on request."""
    site = laid_out(files_of, folder)
    assert build(site.archive.project, folder / "out", "late", "public") == []
    return files(folder / "out")


LISTING = "docs/records/community.md"
MOVED: dict[str, Files] = {
    "it is no more": {LISTING: None, "mkdocs.yml": BASE["mkdocs.yml"].replace("      - records/community.md\n", "")},
    "it lies in an internal folder": {
        LISTING: None,
        "docs/guide/community.md": BASE[LISTING].replace("disclosure: 内部\n", ""),
        "mkdocs.yml": BASE["mkdocs.yml"].replace("records/community.md", "guide/community.md"),
    },
    "it has another name": {
        LISTING: None,
        "docs/records/common.md": BASE[LISTING],
        "mkdocs.yml": BASE["mkdocs.yml"].replace("records/community.md", "records/common.md"),
    },
}  # fmt: skip
"""What becomes of the internal page of a ledger."""


@pytest.mark.parametrize("how", MOVED)
def test_the_records_of_a_ledger_are_public_where_a_public_page_lists_them(
    how: str, tmp_path: Path
) -> None:
    assert others(tree(BASE, tmp_path), tree({**BASE, **MOVED[how]}, tmp_path)) == set()


@pytest.mark.parametrize(
    ("page", "call", "folder"),
    [
        (LISTING, '{{ records("community") }}', "data/community/"),
        ("docs/honours/index.md", "{{ honour_list() }}", "data/honours/"),
    ],
)
def test_so_they_are_not_where_the_line_that_lists_them_is_internal(
    page: str, call: str, folder: str, tmp_path: Path
) -> None:
    shown = BASE[page].replace("disclosure: 内部\n", "")
    nav = BASE["mkdocs.yml"].replace("  - glance.md\n", "")
    base = {**BASE, "docs/glance.md": None, "mkdocs.yml": nav}  # it leads to the list of honours
    found = tree({**base, page: shown.replace(call, f"{call} <!-- 内部 -->")}, tmp_path)
    listed = tree({**base, page: shown}, tmp_path)
    assert found is not None
    assert listed is not None
    there = [any(folder in name for name in one) for one in (found, listed)]
    assert there == [False, True]


def altered(site: Mapping[str, str]) -> dict[str, str]:
    """The site with other things that stand in the tree, of which nothing is published."""
    found = {
        path: text
        for path, text in site.items()
        if not path.startswith(("data/community/", "data/measures/"))
    }
    for file, old, new in (
        ("data/ledgers/community.yml", "label: 社区共建", "label: 秘共建"),
        ("data/ledgers/community.yml", "order: 7", "order: 1"),
        ("data/kinds.yml", "label: 政治引领", "label: 秘密引领"),
        ("data/kinds.yml", "  - 方案\n", "  - 秘案\n"),
        ("data/unit.yml", "names:\n", "names:\n  other: {meaning: 秘, person: false, value: 某某秘密单位, mask: '***'}\n"),
    ):  # fmt: skip
        assert old in found[file]
        found[file] = found[file].replace(old, new)
    return found


def test_what_is_published_is_the_same(tmp_path: Path) -> None:
    changed = altered(edited(ROUNDS[0]))
    assert others(site_of(BASE, tmp_path / "one"), site_of(changed, tmp_path / "other")) == set()


@pytest.mark.deep
@pytest.mark.parametrize("edit", EDITS, ids=lambda one: f"{one[0]} {one[2]}")
def test_each_by_itself(edit: tuple[str, str, str], tmp_path: Path) -> None:
    after = tree(edited((edit,)), tmp_path)
    assert after is None or others(tree(BASE, tmp_path), after) == set()


@pytest.mark.deep
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("call", CALLS)
def test_each_line_by_itself(place: str, call: str, tmp_path: Path) -> None:
    after = tree({**BASE, **with_lines(place, [call])}, tmp_path)
    assert others(tree(BASE, tmp_path), after) == set()


@pytest.mark.deep
@given(some=st.sets(st.sampled_from(EDITS)), place=st.sampled_from(PLACES), calls=st.sets(st.sampled_from(CALLS)))  # fmt: skip
def test_some_of_them(
    some: set[tuple[str, str, str]], place: str, calls: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("some")
    one_each = {(file, old): (file, old, new) for file, old, new in some}
    site = {**edited(tuple(one_each.values())), **with_lines(place, sorted(calls))}
    after = tree(site, folder)
    assert after is None or others(tree(BASE, folder), after) == set()
    shutil.rmtree(folder)
