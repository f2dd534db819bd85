"""The whole site: built the same each time, and never half."""

import os
import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from archive.build.site import build
from archive.facts.project import Project
from archive.facts.site import load
from archive.publish import manifest, write_manifest
from tests.conftest import AS_OF, FROZEN, archive_of
from tests.samples.built import files
from tests.samples.random_site import write_base
from tests.samples.sample import write

ARCHIVE = Path(sys.executable).with_name("archive")


def archive(
    *args: object, root: Path = FROZEN, **environ: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(ARCHIVE), *map(str, args)],
        cwd=root,
        env={**os.environ, **environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def page(site: Path, name: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((site / name).read_bytes())


def text(page: lxml.html.HtmlElement) -> str:
    """What the article says, without the site's own furniture."""
    (article,) = page.xpath("//article")
    furniture = "ancestor::a[@rel='edit' or @class='headerlink'] or ancestor::aside"
    # Not `pressed`: that is a heading of the article, with a print file of its own.
    furniture += " or ancestor::*[starts-with(@class, 'press ') or starts-with(@class, 'press-')]"
    return " ".join("".join(article.xpath(f".//text()[not({furniture})]")).split())


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """One of this process, one of the command with another hash seed, print files and all."""
    project = write_base(tmp_path / "site")
    done = archive(
        "build", "--as-of", project.as_of, "--out", tmp_path / "theirs",
        root=project.root, PYTHONHASHSEED="1",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    assert build(project, tmp_path / "ours") == []
    write_manifest(tmp_path / "ours", project)
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")


def test_two_builds_of_the_public_edition_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Each is built from a folder of its own, without what is internal."""
    project = write_base(tmp_path / "site", named=True)
    for name in ("a", "b"):
        assert build(project, tmp_path / name, "never", "public") == []
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.deep
def test_two_builds_of_the_demonstration_are_the_same_to_the_byte(
    demo_data: Path, tmp_path: Path
) -> None:
    done = archive(
        "build", "--as-of", AS_OF, "--out", tmp_path / "theirs",
        root=demo_data.parent, PYTHONHASHSEED="1",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    project = archive_of(demo_data)
    assert build(project, tmp_path / "ours") == []
    write_manifest(tmp_path / "ours", project)
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")


LATE = """
import sys
from datetime import date
from pathlib import Path

from archive.build.site import build
from archive.facts.project import Project

root, data, day, out = sys.argv[1:]
print(build(Project(Path(root), Path(data), date.fromisoformat(day)), Path(out), printing="late"))
"""


@pytest.mark.deep
def test_pages_are_the_same_to_the_byte_by_another_hash_seed(
    demo_data: Path, demo_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", LATE, str(demo_data.parent), str(demo_data), str(AS_OF), str(out)],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
    ours, theirs = files(demo_site), files(out)
    assert ours.keys() == theirs.keys()
    # Others may have asked for print files of ours.
    assert [name for name in ours if ours[name] != theirs[name] and theirs[name]] == []


def test_faults_stop_the_build_and_leave_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("旧", "utf-8")
    (site / manifest.NAME).touch()
    project = write(tmp_path / "sample", {"data/phrases.yml": "text: 三会一课\n"})
    done = archive("build", "--as-of", project.as_of, "--out", site, root=project.root)
    assert done.returncode == 1
    assert (
        done.stdout
        == "data/phrases.yml:1: 文件内容须为“- ”引出的各条用语，现为一组字段；例如：- text: 第十三次党代会\n"
    )
    assert files(tmp_path / "site") == {"index.html": "旧".encode(), manifest.NAME: b""}


def test_an_engine_started_by_itself_finds_no_pages(tmp_path: Path) -> None:
    """It would publish macros as they are written, and nothing would have been checked."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(FROZEN / "mkdocs.yml"), "-d", str(tmp_path / "out")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "docs_dir" in done.stderr
    assert not (tmp_path / "out").exists()


def test_demonstration_is_marked_on_every_page_and_the_real_site_on_none(
    demo_site: Path, real_site: Path
) -> None:
    banner = "演示站点：全部人员、数字和事项均为虚构，仅供演示。"
    for site, expected in ((demo_site, [banner]), (real_site, [])):
        names = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
        assert "index.html" in names
        for name in names:
            html = page(site, name)
            shown = [e.text_content().strip() for e in html.xpath("//*[@class='demonstration']")]
            assert shown == expected, name
            assert ("（演示）" in html.findtext(".//title")) == bool(expected), name


def test_pages_say_where_they_are_edited(demo_site: Path, real_site: Path) -> None:
    for site, address in (
        (demo_site, "https://git.example.invalid/shili/archive/_edit/main/docs/report/part-1.md"),
        (real_site, "../../guide/#edit-page"),
    ):
        assert page(site, "report/part-1/index.html").xpath("//a[@rel='edit']/@href") == [address]


def test_the_full_report_is_made_of_its_parts(real_site: Path) -> None:
    whole = text(page(real_site, "report/full/index.html"))
    for part in ("overview", "part-1", "part-2", "part-3", "next"):
        assert text(page(real_site, f"report/{part}/index.html")) in whole


def test_every_figure_leads_from_the_sentence_to_the_register_and_back(demo_site: Path) -> None:
    register = page(demo_site, "figures/index.html")
    seen = set()
    for part in ("overview", "part-1", "part-2", "part-3", "next"):
        for link in page(demo_site, f"report/{part}/index.html").xpath(
            "//a[contains(@class, 'fig')]"
        ):
            id_ = link.get("href").removeprefix("../../indicators/").rstrip("/")
            seen.add(id_)
            indicator = page(demo_site, f"indicators/{id_}/index.html")
            assert link.get("title").startswith(indicator.xpath("//article//h1")[0].text)
            entry = indicator.xpath("//article//table[@class='entry']")[0]
            assert entry.xpath(".//td")[0].text_content() == link.text_content()
            (row,) = register.xpath(f"//tr[@id='{id_}']")
            assert row.xpath("./td")[1].text_content() == link.text_content()
            assert row.xpath(".//a/@href") == [f"../indicators/{id_}/"]
    assert seen == load(Project(FROZEN, FROZEN / "data", AS_OF)).values.keys()


def test_a_search_index_is_part_of_the_site(real_site: Path) -> None:
    assert (
        (real_site / "search" / "index.js").read_text("utf-8").startswith("window.archiveSearch=")
    )


@pytest.mark.parametrize("name", ["404.html", "index.html", "figures/index.html"])
def test_pages_are_chinese(real_site: Path, name: str) -> None:
    html = page(real_site, name)
    assert html.getroottree().getroot().get("lang") == "zh"
    visible = " ".join(
        html.xpath(
            "//body//text()[not(ancestor::script or ancestor::code or ancestor::kbd"
            " or ancestor::*[starts-with(@class, 'press ') or starts-with(@class, 'press-')])]"
        )
    )
    english = set(re.findall(r"[A-Za-z]{2,}", visible)) - {"GB", "CSV", "JSON", "XLSX"}
    assert english == set()
