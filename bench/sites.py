"""Two sites of the same pages and records: ours, and stock MkDocs + Material + macros."""

import compileall
import re
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from archive.facts.observations import indicator_of
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.cache import shared_folder
from archive.files.git import git
from bench.pages import page
from bench.plain import write_plain
from demo.write import END, START, write, write_data

ROOT = Path(__file__).parent.parent
STOCK = Path(__file__).with_name("stock")
SOURCES = ("archive", "docs", "data")
NODE_MODULES = ROOT / "build" / "eleventy" / "node_modules"
"""Where `make bench` has put Eleventy."""
ELEVENTY = Path(__file__).with_name("eleventy")
PAGES = "docs/bench"
COLLECTION, LABEL = "volunteering", "志愿服务活动"
"""The collection whose records are multiplied; the stock site counts and shows it itself."""
SECTION, TAB = 20, 100
"""Number of pages in a section of the navigation, and in a tab of sections."""


@dataclass(frozen=True)
class Size:
    """A case of the bench: numbers of pages and of records."""

    pages: int
    records: int

    @property
    def name(self) -> str:
        """The name on the command line."""
        return f"{self.pages}x{self.records}"


def snapshot(folder: Path) -> None:
    """Copy our sources to `folder`, so that edits during a run do not affect it."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)


def own(sources: Path, folder: Path, records: int | None = None) -> Path:
    """Write our site with its own pages into `folder`; returns the folder.

    It has so many `records` of the collection, or by default those of the demonstration.
    """
    shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("data"))
    _write_data(sources, folder)
    if records is not None:
        multiply(folder / "data" / COLLECTION, records)
    _settle(folder, multiplied=records is not None)
    return folder


def demonstration(sources: Path, folder: Path) -> Path:
    """Write the whole demonstration into `folder`, as `python -m demo` does; returns the folder."""
    write(sources, folder)
    _settle(folder, multiplied=False)
    return folder


def both(sources: Path, folder: Path, size: Size) -> tuple[Path, Path]:
    """Write our site and the stock one into `folder`; returns their folders, ours first."""
    ours, stock = folder / "ours", folder / "stock"
    shutil.copytree(sources, ours, ignore=shutil.ignore_patterns("data"))
    _write_data(sources, ours)
    site = load(Project(ours, ours / "data", date.today()))
    stock_site(stock, site)
    pages = _write_pages(ours, site, size.pages)
    shutil.copytree(ours / PAGES, stock / PAGES)
    shutil.copytree(ours / "data" / COLLECTION, stock / "data" / COLLECTION)
    for root in ours, stock:
        _extend_navigation(root, pages)
        multiply(root / "data" / COLLECTION, size.records)
        _settle(root, multiplied=True)
    return ours, stock


def _write_data(sources: Path, folder: Path) -> None:
    """Write the demonstration's data; of the collection whose records change, nothing is approved or rounded."""
    write_data(sources / "data", folder / "data")
    file = folder / "data" / "figures.yml"
    register = yaml.safe_load(file.read_bytes())
    counted = {
        id_
        for id_, entry in register.items()
        if entry.get("counted", {}).get("collection") == COLLECTION
    }
    for key, entry in register.items():
        if indicator_of(key) in counted:
            entry["approved"] = {"by": None, "date": None}
            for field in ("revisions", "approximation"):
                entry.pop(field, None)
    file.write_text(yaml.safe_dump(register, allow_unicode=True, sort_keys=False), "utf-8")


def stock_site(folder: Path, site: Site) -> None:
    """Write the stock site, with the navigation of ours, and what its peers need to build the same."""
    write_plain(folder, site, COLLECTION)
    for name in ("main.py", "recorded.py"):
        shutil.copy(STOCK / name, folder)
    settings = (STOCK / "mkdocs.yml").read_text("utf-8")
    nav = _navigation((site.archive.project.root / "mkdocs.yml").read_text("utf-8"))
    (folder / "mkdocs.yml").write_text(settings + nav, "utf-8")
    (folder / "zensical.yml").write_text("INHERIT: mkdocs.yml\nsite_dir: site-zensical\n", "utf-8")
    shutil.copy(ELEVENTY / "eleventy.config.cjs", folder)
    (folder / "layouts").mkdir()
    shutil.copy(ELEVENTY / "page.njk", folder / "layouts")
    (folder / "node_modules").symlink_to(NODE_MODULES)


def _write_pages(folder: Path, site: Site, total: int) -> list[str]:
    """Write pages until there are `total`, but at least one; returns the names of their files."""
    figures = {id_: figure.name for id_, figure in site.archive.figures.items()}
    count = max(1, total - len(site.archive.pages.keys() - site.archive.made))
    names = [f"p{number:03}.md" for number in range(1, count + 1)]
    (folder / PAGES).mkdir()
    for number, name in enumerate(names, 1):
        text = page(number, names[number % count], figures)
        (folder / PAGES / name).write_text(text, "utf-8")
    return names


def _navigation(settings: str) -> str:
    found = re.search(r"^nav:\n(?:[ ].*\n)+", settings, re.MULTILINE)
    assert found, "mkdocs.yml has a navigation"
    return found[0]


def _extend_navigation(folder: Path, pages: list[str]) -> None:
    lines = []
    for index, name in enumerate(pages):
        if index % TAB == 0:
            lines.append(f"  - 资料{index // TAB + 1}:\n")
        if index % SECTION == 0:
            lines.append(f"      - 第{index // SECTION + 1}组:\n")
        lines.append(f"          - bench/{name}\n")
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    nav = _navigation(settings)
    (folder / "mkdocs.yml").write_text(settings.replace(nav, nav + "".join(lines)), "utf-8")


def multiply(folder: Path, count: int) -> None:
    """Replace the demonstration's records in `folder` by `count` different ones over its years."""
    patterns = [path.read_text("utf-8") for path in sorted(folder.rglob("*.yml"))]
    shutil.rmtree(folder)
    for year in range(START.year, END.year + 1):
        (folder / str(year)).mkdir(parents=True)
    days = (END - START).days + 1
    for number in range(count):
        day = START + timedelta(number * 7 % days)
        text = re.sub(r"^date: .*", f"date: {day}", patterns[number % len(patterns)], flags=re.M)
        text = re.sub(r"^(title: .*)", rf"\1（第{number + 1}次）", text, flags=re.M)
        (folder / str(day.year) / f"{day:%Y%m%d}-{number + 1}.yml").write_text(text, "utf-8")


def _settle(folder: Path, multiplied: bool) -> None:
    """Add compiled code, fonts and a commit, as a checkout in use has them."""
    compileall.compile_dir(folder, quiet=1)
    (folder / "fonts").symlink_to(shared_folder() / "fonts")
    left_out = [f"/data/{COLLECTION}"] * multiplied + [
        "__pycache__",
        "/site*",
        "/.cache",
        "/fonts",
        "/node_modules",
    ]
    (folder / ".gitignore").write_text("\n".join([*left_out, ""]))
    git(folder, "init", "-q")
    commit(folder)


def commit(folder: Path) -> None:
    """Commit everything in the folder."""
    who = ("user.name=bench", "user.email=bench@example.invalid", "commit.gpgsign=false")
    options = [option for one in who for option in ("-c", one)]
    for command in (["add", "."], ["commit", "-qm", "Bench"]):
        git(folder, *options, *command)
