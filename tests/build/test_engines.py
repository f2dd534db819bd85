"""The three engines make one site of the same pages: every text, every link, every figure, every file."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

import lxml.html
import pytest
import yaml
from click.testing import CliRunner
from markdown import Markdown

from archive.build import zensical
from archive.build.engines import ENGINE_NAMES, Engine, missing, run_command
from archive.build.site import build
from archive.commands.cli import main
from archive.facts.project import WAITING, Project
from tests.conftest import ROOT, archive_of
from tests.samples.built import files
from tests.samples.random_site import BASE, settings
from tests.samples.sample import write

KNOWN = yaml.load(Path(__file__).with_name("engines.yml").read_text("utf-8"), yaml.CSafeLoader)
PARTS = {
    "head": "/html/head",
    "skip": "//div[@data-md-component='skip']",
    "announce": "//div[@data-md-component='announce']",
    "header": "//header",
    "tabs": "//nav[contains(@class, 'md-tabs')]",
    "navigation": "//div[@data-md-type='navigation']",
    "contents": "//div[@data-md-type='toc']",
    "article": "//article",
    "footer": "//footer",
}
"""The parts of a page by which differences are named; nothing that a reader sees is outside them."""
Difference = tuple[str, tuple[str, ...], tuple[str, ...]]


def differences(ours: Path, theirs: Path) -> list[Difference]:
    """Each part that is not the same, with what only we have and what only they have, on any page."""
    a, b = (
        {
            name: raw
            for name, raw in files(site).items()
            if not name.startswith(("assets/", "print/")) and name != WAITING
        }
        for site in (ours, theirs)
    )
    sums = {part: (Counter[str](), Counter[str]()) for part in (*PARTS, "files")}

    def compared(part: str, mine: Counter[str], other: Counter[str]) -> None:
        for so_far, more in zip(sums[part], (mine - other, other - mine), strict=True):
            so_far.update(more)

    compared("files", Counter(a.keys()), Counter(b.keys()))
    for name in a.keys() & b.keys():
        if name.endswith(".html"):
            mine, other = parts(name, a[name]), parts(name, b[name])
            for part in PARTS:
                compared(part, Counter(mine[part]), Counter(other[part]))
                if part == "article":  # not its pieces alone: their order, and every attribute
                    assert (name, mine[part]) == (name, other[part])
        elif a[name] != b[name]:
            compared("files", Counter([f"{name}: ours"]), Counter([f"{name}: theirs"]))
    told = [
        (part, tuple(sorted(mine)), tuple(sorted(other))) for part, (mine, other) in sums.items()
    ]
    return sorted(one for one in told if one[1] or one[2])


def found(page: lxml.html.HtmlElement, path: str) -> list[lxml.html.HtmlElement]:
    return cast(list[lxml.html.HtmlElement], page.xpath(path))


def parts(name: str, raw: bytes) -> Mapping[str, list[str]]:
    """Part → its pieces; each text of the page that is not hidden is in one of them."""
    page = lxml.html.document_fromstring(raw)
    parts = {part: found(page, path) for part, path in PARTS.items()}
    covered = {one for elements in parts.values() for root in elements for one in root.iter()}
    for element in found(page, "//body//*[text()[normalize-space()]][not(self::script)]"):
        hidden = element.xpath("ancestor-or-self::*[@hidden][@data-md-component]")
        assert hidden or element in covered, (name, element.text_content())
    return {
        part: [piece for root in elements for piece in pieces(name, part, root)]
        for part, elements in parts.items()
    }


def pieces(name: str, part: str, root: lxml.html.HtmlElement) -> Iterator[str]:
    """The words, and the links with where they lead; of the article every element, attribute and text in order."""
    article = part == "article"
    for element in root.iter("*"):
        if element.tag in ("script", "style") or element.get("id") == "__skip":
            continue
        attributes = dict(element.attrib)
        for attribute in {"href", "src"} & attributes.keys():
            address = f"http://site/{name.removesuffix('index.html')}"
            attributes[attribute] = urljoin(address, attributes[attribute])
        if article and element is not root:
            yield f"<{element.tag} {sorted(attributes.items())}>"
        elif part == "head" and attributes.get("name") != "generator":
            if attributes.get("rel") != "stylesheet":
                yield f"<{element.tag} {sorted(attributes.items())}>"
        elif element.tag == "a" and "href" in attributes:
            # MkDocs skips to the first heading, Zensical to the place just before it.
            yield "[a]" if part == "skip" else f"[a {attributes['href']}]"
        if article:
            yield from (element.text or "").split()
            yield from ((element.tail or "") if element is not root else "").split()
    if not article:  # its elements may be others, and so part the words elsewhere
        texts = cast(list[str], root.xpath(".//text()[not(ancestor::script or ancestor::style)]"))
        yield from "".join(texts).split()


OTHERS = [engine for engine in ENGINE_NAMES if engine != "mkdocs"]


def is_as_listed(engine: Engine, project: Project, ours: Path, out: Path) -> None:
    assert build(project, out, printing="late", engine=engine) == []
    listed = sorted(
        (one["part"], tuple(sorted(one["mkdocs"])), tuple(sorted(one["theirs"])))
        for one in KNOWN
        if one["engine"] == engine
    )
    assert differences(ours, out) == listed


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """A site with a page of each sort, and what MkDocs makes of it."""
    root = tmp_path_factory.mktemp("small")
    project = write(root / "site", {**BASE, "mkdocs.yml": settings(BASE, [])})
    assert build(project, root / "ours", printing="late") == []
    return project, root / "ours"


# ProperDocs is MkDocs by another name.
@pytest.mark.slow
@pytest.mark.parametrize(
    "engine",
    [pytest.param(one, marks=[pytest.mark.deep] * (one == "properdocs")) for one in OTHERS],
)
def test_another_engine_makes_the_same_site_but_for_what_is_listed(
    engine: Engine, small: tuple[Project, Path], tmp_path: Path
) -> None:
    """Print files are made of the articles, which are the same to the element."""
    is_as_listed(engine, *small, tmp_path / "site")


@pytest.mark.deep
@pytest.mark.parametrize("engine", OTHERS)
def test_another_engine_makes_the_same_demonstration(
    engine: Engine, demo_data: Path, demo_site: Path, tmp_path: Path
) -> None:
    is_as_listed(engine, archive_of(demo_data), demo_site, tmp_path / "site")


def test_the_guide_has_the_list_and_nothing_more() -> None:
    guide = (ROOT / "archive/guide/maintainer.md").read_text("utf-8")
    section = guide.partition("{ #engines }")[2].partition("\n## ")[0]
    told = [line.removeprefix("- ") for line in section.splitlines() if line.startswith("- ")]
    assert told == [f"{one['reason']}。" for one in KNOWN]


def test_an_engine_that_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.build.engines.find_spec", lambda name: None)
    said = "须先装 Zensical，现在没有装；请运行 make engines"
    assert missing("zensical") == said
    done = CliRunner().invoke(main, ["build", "--engine", "zensical"])
    assert (done.exit_code, done.stdout.strip() or done.stderr.strip()) == (1, said)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ("properdocs", "ProperDocs 生成页面须没有警告，现有：WARNING - Doc file 'index.md' contains a link 'no.md', but the"),
        ("zensical", "Zensical 生成页面须没有警告，现有：Warning: page does not exist [ index.md:1:6 ]"),
    ],
)  # fmt: skip
def test_what_an_engine_warns_of_is_a_problem_in_its_words(
    engine: Engine, said: str, tmp_path: Path
) -> None:
    """The check finds it first, as a rule; what it does not find, no engine lets pass."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[那里](no.md)\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: 一\ntheme: {name: material}\n", "utf-8")
    (problem,) = run_command(engine, tmp_path, tmp_path / "out")
    assert (problem.path, problem.line) == ("mkdocs.yml", 1)
    assert problem.message.startswith(said)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("page", "written", "for_zensical"),
    [
        ("report/a.md", '<a href="../../figures/#x">', '<a href="../figures/#x">'),
        ("report/a.md", "<a class='b' href='../'>", "<a class='b' href='./'>"),
        ("report/a.md", '<img alt="a" src="b.png">', '<img alt="a" src="a/b.png">'),
        ("report/a.md", '<a href="./#x">', '<a href="a/./#x">'),
        ("a.md", '<a href="../download/b.csv">', '<a href="download/b.csv">'),
        ("report/index.md", '<a href="../figures/">', '<a href="../figures/">'),
        *(
            ("report/a.md", same, same)
            for same in (
                '<a href="#x">', '<a href="/x">', '<a href="https://x/">', '<a href="mailto:x@x">',
                '<a href="?x">', '<a href="">', '<a title="href=\'../x">', "<p>../x</p>",
            )
        ),
    ],
)  # fmt: skip
def test_addresses_in_html_start_in_zensical_from_the_file(
    page: str, written: str, for_zensical: str
) -> None:
    assert zensical.from_file(page, written) == for_zensical


def test_other_engines_get_html_as_it_is() -> None:
    made = Markdown(extensions=["archive.build.zensical"]).convert('<a href="../x">y</a>')
    assert made == '<p><a href="../x">y</a></p>'
