"""The site as a zip file: every link names a file in it, and the same site makes the same bytes."""

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import lxml.html
import pytest
from click.testing import CliRunner

from archive.commands.cli import main
from archive.publish import manifest
from archive.publish.manifest import NAME
from archive.publish.offline import POLICY, write_offline
from tests.samples.published import made_up, sealed, whole_site


def test_links_name_files(tmp_path: Path) -> None:
    site = made_up(tmp_path / "site", "甲")
    page = """<link rel="next" href="../next/"><link rel="stylesheet" href="../assets/a.css">
<a class="x" href=".">此处</a><a href="..">上</a><a href="../..">再上</a><a href="./">此处</a>
<a href="../b/#c">乙</a><a href="../b/?d=1#c">乙</a><a href="#c">丙</a><a href="">空</a><a href="a.pdf">丁</a>
<a href="https://a.example/b/">外</a><a href="mailto:a@a.example">信</a><a href="/b/">根</a>
<a href="制度/#第一条">戊</a><a href="%E5%88%B6/?#">己</a> href="../b/" <pre>&lt;a href="b/"&gt;</pre>"""
    (site / "report" / "index.html").write_text(page, "utf-8")
    assert write_offline(sealed(site), tmp_path / "out" / "a.zip") == []
    with ZipFile(tmp_path / "out" / "a.zip") as read:
        names = set(read.namelist())
        got = read.read("archive/report/index.html").decode()
    assert got == f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' + (
        page.replace('"../next/"', '"../next/index.html"')
        .replace('"."', '"./index.html"').replace('".."', '"../index.html"')
        .replace('"../.."', '"../../index.html"').replace('"./"', '"./index.html"')
        .replace('<a href="../b/', '<a href="../b/index.html')
        .replace('"制度/#', '"制度/index.html#').replace('"%E5%88%B6/?#"', '"%E5%88%B6/index.html?#"')
    )  # fmt: skip
    assert names == {
        f"archive/{name}" for name in manifest.file_entries(site) if name != "404.html"
    } | {f"archive/{NAME}"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<!doctype html>\n<html lang="zh">\n  <head>', '\n<meta charset="utf-8"></head>'),
        ("<!DOCTYPE html><html><HEAD>", "<title>甲</title>"),
        ("<!doctype html><head>", "</head><p>甲</p>"),
        ("", "<p>甲</p>"),
        ("\n", "<script>alert()</script><head>"),
        ("", ""),
    ],
)
def test_the_policy_comes_before_all_that_it_governs(
    tmp_path: Path, before: str, after: str
) -> None:
    site = made_up(tmp_path / "site", "甲")
    (site / "report" / "index.html").write_text(before + after, "utf-8")
    assert write_offline(sealed(site), tmp_path / "a.zip") == []
    with ZipFile(tmp_path / "a.zip") as read:
        got = read.read("archive/report/index.html").decode()
    assert got == f'{before}<meta http-equiv="Content-Security-Policy" content="{POLICY}">{after}'


def test_the_whole_site_from_disk(demo_site: Path, demo_data: Path, tmp_path: Path) -> None:
    site = whole_site(demo_site, demo_data, tmp_path / "site")
    for name in ("1.zip", "2.zip"):
        assert write_offline(site, tmp_path / name) == []
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with ZipFile(tmp_path / "1.zip") as read:
        read.extractall(tmp_path)
    root = tmp_path / "archive"
    assert manifest.manifest_problems(root) == []
    for page in root.rglob("*.html"):
        tree: Any = lxml.html.document_fromstring(page.read_bytes())
        for address in map(
            str, tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src")
        ):
            link = urlsplit(address)
            if link.scheme or not link.path:
                continue
            target = posixpath.join(page.parent, unquote(link.path))
            assert Path(target).is_file(), (page, address)


def test_the_command(tmp_path: Path) -> None:
    site = made_up(tmp_path / "site", "甲")

    def run(file: Path) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, ["offline", str(file), "--site", str(site)])
        return done.exit_code, done.stdout, done.stderr

    file = tmp_path / "a.zip"
    assert run(file) == (0, "", f"已写出 {file}。\n")
    code, out, err = run(site / "index.html" / "a.zip")
    assert (
        code,
        out,
        err.endswith("须能读写，现为：已有同名的文件或目录；请除去这个原因再运行一次\n"),
    ) == (1, "", True)
    before = file.read_bytes()
    (site / "index.html").write_text("改了", "utf-8")
    fault = "site/index.html:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布\n"
    assert run(file) == (1, fault, "共 1 处问题。\n")
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "site"]


@pytest.mark.parametrize("name", ["report/图.svg", "print/full.pdf"])
def test_what_is_no_page_stays_as_it_is(tmp_path: Path, name: str) -> None:
    site = made_up(tmp_path / "site", "甲")
    (site / name).write_text('<a href="b/">', "utf-8")
    write_offline(sealed(site), tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as read:
        assert read.read(f"archive/{name}") == b'<a href="b/">'
