"""Pages that the engine has rendered before: taken as they were, and only as long as they are the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from archive.build.engine import run_engine
from archive.build.engine.pages import Compiled, Pages
from archive.facts.project import Project
from archive.facts.site import load
from tests.samples.sample import AS_OF, write

MKDOCS = """\
site_name: 样例
theme: {name: mkdocs}
plugins: []
markdown_extensions: [attr_list, toc, archive.render.commonmark]
validation:
  links:
    anchors: warn
"""
TEXT = """\
---
title: 第一页
---

# 一 { #one }

## 二 { #two }

见[那边](b.md#there)和[这里](#two)，[^1]。

[^1]: 脚注。
"""
OTHER = "---\ntitle: 第二页\n---\n\n# 那边 { #there }\n\n### 三\n"

Run = Callable[[], tuple[list[str], dict[str, bytes], list[str]]]
"""Builds: which pages were rendered, the pages that came of it, the problems."""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    write(root, {"mkdocs.yml": MKDOCS, "data/figures.yml": "{}\n"})
    docs = root / "docs"
    for path in docs.rglob("*.md"):
        path.unlink()
    (docs / "a.md").write_text(TEXT, "utf-8")
    (docs / "b.md").write_text(OTHER, "utf-8")
    return docs


@pytest.fixture
def run(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    rendered: list[str] = []
    render = Page.render

    def counting(page: Page, config: MkDocsConfig, files: Files) -> None:
        rendered.append(page.file.src_uri)
        render(page, config, files)

    monkeypatch.setattr(Page, "render", counting)

    def once() -> tuple[list[str], dict[str, bytes], list[str]]:
        rendered.clear()
        out = tmp_path / "out"
        problems = run_engine(load(Project(docs.parent, docs.parent / "data", AS_OF)), out)
        pages = {
            path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.html")
        }
        return sorted(rendered), pages, [str(problem) for problem in problems]

    return once


def test_what_has_not_changed_is_rendered_once_and_is_the_same(run: Run) -> None:
    first, pages, problems = run()
    assert (first, problems) == (["a.md", "b.md"], [])
    assert "b/#there" in pages["a/index.html"].decode()
    assert run() == ([], pages, [])


def test_a_page_that_has_changed_is_rendered_alone(run: Run, docs: Path) -> None:
    run()
    (docs / "a.md").write_text(f"{TEXT}\n又一段。\n", "utf-8")
    rendered, pages, _ = run()
    assert rendered == ["a.md"]
    assert "又一段。" in pages["a/index.html"].decode()


def test_a_page_that_comes_or_goes_may_change_all_others(run: Run, docs: Path) -> None:
    _, pages, _ = run()
    (docs / "c.md").write_text(OTHER, "utf-8")
    assert run()[0] == ["a.md", "b.md", "c.md"]
    (docs / "c.md").unlink()
    rendered, again, _ = run()
    assert (rendered, again) == (["a.md", "b.md"], pages)


def test_settings_are_part_of_what_a_page_is(run: Run, docs: Path) -> None:
    run()
    settings = docs.parent / "mkdocs.yml"
    settings.write_text(MKDOCS.replace("toc", "toc: {permalink: true}"), "utf-8")
    rendered, pages, _ = run()
    assert rendered == ["a.md", "b.md"]
    assert 'class="headerlink"' in pages["a/index.html"].decode()


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ("name: mkdocs, static_templates: [../a.html]", "TemplateNotFound：../a.html"),
        ("name: mkdocs, nav_style: {a: 1}, locale: en, highlightjs: true, hljs_languages: 5", "TypeError：'int' object is not iterable"),
        ("name: [a]", "TypeError：unhashable type: 'list'"),
        ("name: mkdocs}\nextra_css: [5]\nextra: {a: 1", "TypeError：argument of type 'int' is not iterable"),
    ],
)  # fmt: skip
def test_a_setting_that_no_theme_takes_is_a_problem(
    run: Run, docs: Path, theme: str, said: str
) -> None:
    settings = docs.parent / "mkdocs.yml"
    settings.write_text(MKDOCS.replace("{name: mkdocs}", f"{{{theme}}}"), "utf-8")
    message = f"站点设置须是主题能用的，现在排不了页面（{said}）；请把最近改的设置改回去"
    assert run()[2] == [f"mkdocs.yml:1: {message}"]


def test_the_theme_makes_anew_what_it_shows_otherwise(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shows the titles of all others, and what the settings say of the site."""
    made: list[str] = []
    whole = Pages._whole

    def counting(pages: Pages, page: Page) -> bytes:
        made.append(page.file.src_uri)
        return whole(pages, page)

    def makes(file: Path, old: str, new: str) -> tuple[list[str], bytes]:
        """Which pages the theme makes after an edit; the first page."""
        made.clear()
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        _, pages, _ = run()
        return made[:], pages["a/index.html"]

    monkeypatch.setattr(Pages, "_whole", counting)
    settings = docs.parent / "mkdocs.yml"
    both = ["a.md", "b.md"]
    first, page = makes(docs / "a.md", "", "")
    assert (first, makes(docs / "a.md", "", "")) == (both, ([], page))
    assert makes(docs / "b.md", "### 三", "### 四") == (["b.md"], page)
    assert makes(docs / "a.md", "脚注。", "另一个脚注。")[0] == ["a.md"]
    for file, old, new in ((docs / "b.md", "第二页", "另一页"), (settings, "样例", "另一个样例")):
        again, page = makes(file, old, new)
        assert (again, new in page.decode()) == (both, True)


def test_what_the_engine_warns_of_is_warned_of_again(run: Run, docs: Path) -> None:
    (docs / "a.md").write_text(TEXT.replace("b.md#there", "c.md"), "utf-8")
    *_, problems = run()
    assert len(problems) == 1
    rendered, _, again = run()
    assert (rendered, again) == (["a.md"], problems)


def test_an_anchor_that_is_gone_is_told_though_the_page_that_leads_there_is_kept(
    run: Run, docs: Path
) -> None:
    assert run()[2] == []
    (docs / "b.md").write_text(OTHER.replace("#there", "#elsewhere"), "utf-8")
    rendered, _, problems = run()
    assert rendered == ["b.md"]
    assert problems == [
        "docs/a.md:9: 链接须通到站内已有的页面、文件、标题，现有 b.md#there；请改正这个链接",
    ]


def test_all_that_cannot_be_read_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(page: Page, *_: object) -> None:
        raise RecursionError(page.file.src_uri)

    monkeypatch.setattr(Page, "render", failing)
    told = (
        "页面须是生成网站的程序能读的，现在读不了（RecursionError：{}）；请把最近改的一段改简单些"
    )
    assert run()[2] == [f"docs/{name}:1: {told.format(name)}" for name in ("a.md", "b.md")]


def test_what_was_kept_may_be_broken_or_gone(run: Run, docs: Path) -> None:
    _, pages, _ = run()
    kept = Project(docs.parent, docs.parent / "data", AS_OF).cache("pages")
    kept.write_bytes(b"\x80")
    assert run() == (["a.md", "b.md"], pages, [])


def test_templates_that_say_the_same_are_compiled_once(tmp_path: Path) -> None:
    for site, text in (("a", "same"), ("b", "same"), ("c", "another")):
        (tmp_path / site).mkdir()
        (tmp_path / site / "x.html").write_text(text, "utf-8")
        env = Environment(
            loader=FileSystemLoader(tmp_path / site), bytecode_cache=Compiled(str(tmp_path))
        )
        assert env.get_template("x.html").render() == text
    assert len(list(tmp_path.glob("__jinja2_*"))) == 2
