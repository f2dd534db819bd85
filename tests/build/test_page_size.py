"""No page is over 300 KB of HTML, one of records over 400: built with 2,000 records of every collection."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import FROZEN, built
from tests.samples.collections import COLLECTIONS

MOST, MOST_OF_RECORDS = 300_000, 400_000
RECORDS, REGULATIONS, EXAMPLES, ITEMS = 2000, 200, 50, 60

# The check allows a yearly count one record a year and stage: of these there cannot be so many.
YEARLY = {"party_members", "cadres"}

REGULATION = """\
---
title: 示例制度第{n}号
category: {category}
number: 示例发〔2023〕{n}号
issuing_body: 示例市统计局
office: 示例办公室
adopted:
  by: 示例市统计局局务会议
  date: 2023-02-01
issued: 2023-02-02
effective: 2023-03-01
expires:
review_due: 2026-02-01
replaces: []
replaced_by:
amendments:
  - date: 2024-05-06
    articles: [1]
    summary: 示例：修改适用范围
draft: false
---

# 示例制度第{n}号

### 第一条 {{ #art-1 }}

示例条文。
"""
CATEGORIES = ("党的建设", "行政管理", "统计业务", "法治监督")


TITLE, NUMBER, COMMIT = (
    re.compile(f"^{name}: .*$", re.MULTILINE) for name in ("title", "number", "commit")
)
YEAR = re.compile(r"\b20\d\d(?=-\d\d-\d\d)")


def _times(text: str, name: str, number: int) -> str:
    """A record once more: a title and a number of its own; an honour, whose titles are long, in one
    of thirty years.
    """
    # A function, not a template with the number: each new template would be read anew.
    text = TITLE.sub(lambda title: f"{title[0]}（第{number}项）", text)
    text = NUMBER.sub(lambda _: f"number: 第{number}期", text)
    if name == "honours":
        text = text.replace("（第", "示例名称写得长一些的荣誉称号（第", 1)
        text = YEAR.sub(lambda year: str(int(year[0]) - number % 30), text)
    # A publication is signed three times.
    return COMMIT.sub(lambda _: f"commit: '{number // 3:040}'", text)


def _multiply(data: Path, name: str) -> None:
    """The demonstration's records of a collection, again and again until there are enough."""
    folder = data / name
    known = [(path, path.read_text("utf-8")) for path in sorted(folder.rglob("*.yml"))]
    for number in range(len(known), RECORDS):
        path, text = known[number % len(known)]
        (path.parent / f"{path.stem}-{number}.yml").write_text(_times(text, name, number), "utf-8")


def _register(data: Path) -> None:
    """The register without what was said of the few: round words for a count, what was approved."""
    file = data / "figures.yml"
    figures = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    for entry in figures.values():
        entry.pop("approximation", None)
        entry.pop("revisions", None)
        entry["approved"] = {"by": None, "date": None}
    file.write_text(
        yaml.dump(figures, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), "utf-8"
    )


def _unreported(data: Path) -> None:
    """Without the annual reports, whose figures would have to stay as they were reported."""
    shutil.rmtree(data / "releases")
    for path in [*data.glob("reports/20*.yml"), *data.glob("measures/20*.yml")]:
        path.unlink()


def _items(data: Path) -> None:
    """The items again under other ids and codes."""
    file = data / "criteria.yml"
    parts = re.split(r"^(?=[a-z])", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
    more = []
    for number in range(ITEMS - len(parts)):
        id_, _, rest = parts[number % len(parts)].partition(":")
        more.append(f"{id_}-{number}:{rest}".replace("\n  code: ", f"\n  code: 又{number}", 1))
    file.write_text("".join([*parts, *more]), "utf-8")


def _pages(root: Path, demonstration: Path) -> None:
    """The files and regulations of the demonstration, more regulations and examples, in the navigation."""
    shutil.copytree(demonstration / "docs/files", root / "docs/files")
    regulations, examples = [], []
    for path in sorted((demonstration / "docs/regulations").glob("shili-*.md")):
        shutil.copy(path, root / "docs/regulations")
        regulations.append(f"      - regulations/{path.name}\n")
    for number in range(REGULATIONS):
        name = f"regulations/shili-{number}.md"
        text = REGULATION.format(n=number + 1, category=CATEGORIES[number % 4])
        (root / "docs" / name).write_text(text, "utf-8")
        regulations.append(f"      - {name}\n")
    example = (root / "docs" / "examples" / "infographics.md").read_text("utf-8")
    for number in range(EXAMPLES):
        name = f"examples/shili-{number}.md"
        (root / "docs" / name).write_text(example, "utf-8")
        examples.append(f"      - {name}\n")
    file = root / "mkdocs.yml"
    nav = file.read_text("utf-8")
    for after, lines in (("regulations/changes.md", regulations), ("infographics.md", examples)):
        nav = nav.replace(f"{after}\n", f"{after}\n{''.join(lines)}", 1)
    file.write_text(nav, "utf-8")


@pytest.fixture(scope="module")
def large_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    shutil.copytree(FROZEN / "docs", root / "docs")
    shutil.copy(FROZEN / "mkdocs.yml", root)
    (root / "archive").mkdir()  # it is watched for changes, nothing else
    data = Path(shutil.copytree(demo_data, root / "data"))
    _unreported(data)
    for name in COLLECTIONS.keys() - YEARLY:
        _multiply(data, name)
    _register(data)
    _items(data)
    _pages(root, demo_data.parent)
    built(data, root / "site")
    return root / "site"


@pytest.mark.deep
def test_no_page_is_too_large(large_site: Path) -> None:
    sizes = {
        path.relative_to(large_site).as_posix(): path.stat().st_size
        for path in large_site.rglob("*.html")
    }
    assert len(sizes) > REGULATIONS + EXAMPLES + len(COLLECTIONS)
    listed = {f"records/{name}/index.html" for name in COLLECTIONS}
    most = {name: MOST_OF_RECORDS if name in listed else MOST for name in sizes}
    assert {name: size for name, size in sizes.items() if size > most[name]} == {}
