"""The addresses of repository and site: what leads further than a first page is refused, a password never told."""

from pathlib import Path

import pytest

from tests.samples.sample import UNIT, problems, read

HOME = "https://git.example/wenming/archive"
RULE = (
    "repository.address（仓库网址）须为以 http 开头的网址，只到仓库首页，不带用户名、密码、分支，"
    "不带 ? 和 # 后面的，结尾没有 / 和 .git"
)


def told(tmp_path: Path, address: str) -> list[str]:
    repository = f"  forge: gitea\n  address: {address}\n  branch: main\n"
    text = UNIT.replace("  forge:\n  address:\n  branch:\n", repository)
    return problems(tmp_path, {"data/unit.yml": text})


@pytest.mark.parametrize(
    "address",
    [HOME, "http://10.1.2.3:3000/a/b", "https://git.example/a/b.c", "https://git.example/group/sub/src2/b"],
)  # fmt: skip
def test_the_first_page_of_a_repository(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, address) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://user:secret@git.example/wenming/archive",
        "https://secret@git.example/wenming/archive",
        "https://us@er:secret@git.example/wenming/archive.git",
        f"{HOME}.git",
        f"{HOME}/",
        f"{HOME}.git/",
        f"{HOME}/tree/main",
        f"{HOME}/src/branch/main/docs",
        f"{HOME}/-/tree/main",
        f"{HOME}?tab=x",
        f'"{HOME}/issues?q=a#b"',
        f'"{HOME}#readme"',
    ],
)
def test_what_leads_further_is_refused_with_what_to_type(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, address) == [f"data/unit.yml:7: {RULE}；请改为 {HOME}"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("git.example/archive", "git.example/archive"),
        ("ssh://git:secret@git.example/a/b", "ssh://…@git.example/a/b"),
        ("https://user:secret@git.example/a b", "https://…@git.example/a b"),
        ("https://user:sec@ret@[::1/a", "https://…@[::1/a"),
        ("https://user:se/cr/et@git.example/a b", "https://…@git.example/a b"),
    ],
)
def test_a_password_is_not_told(tmp_path: Path, address: str, shown: str) -> None:
    meant = f"请改为：address: https://{address}"
    way_out = "例如：address: https://git.example/wenming/archive" if "://" in address else meant
    assert told(tmp_path, address) == [f'data/unit.yml:7: {RULE}，现为 "{shown}"；{way_out}']


def told_of_site(tmp_path: Path, address: str) -> list[str]:
    text = UNIT.replace("names:", f"site_address: {address}\nnames:", 1)
    return problems(tmp_path, {"data/unit.yml": text})


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://wenming.example",
        "http://10.1.2.3:8080/档案/",
        "https://例.example/a/",
        "http://wm",
    ],
)
def test_where_a_site_is_found(tmp_path: Path, address: str) -> None:
    assert told_of_site(tmp_path, address) == []


def test_the_address_of_a_site_ends_with_a_slash(tmp_path: Path) -> None:
    text = UNIT.replace("names:", "site_address: https://wenming.example/a\nnames:", 1)
    assert read(tmp_path, {"data/unit.yml": text}).web_address == "https://wenming.example/a/"


SITE = (
    "data/unit.yml:9: site_address（网站地址）须为网站首页的网址，以 http:// 或 https:// 开头，不超过 150 字，"
    "不带用户名、空格和 % ? # 一类的符号，现为 "
)


@pytest.mark.parametrize(
    ("address", "shown", "way_out"),
    [
        ("wenming.example", "wenming.example", "请改为：site_address: https://wenming.example"),
        ("https://user:secret@wenming.example/", "https://…@wenming.example/", "例如"),
        ("https://wenming.example/?a", "https://wenming.example/?a", "例如"),
        ("https://wenming.example/%E4", "https://wenming.example/%E4", "例如"),
        ("https://wenming.example/../a", "https://wenming.example/../a", "例如"),
        ("https://-wenming.example/", "https://-wenming.example/", "例如"),
        ("https://wenming..example/", "https://wenming..example/", "例如"),
        ("ftp://wenming.example/", "ftp://wenming.example/", "例如"),
        ("https:///records/", "https:///records/", "例如"),
    ],
)
def test_what_is_no_first_page_of_a_site_is_refused(
    tmp_path: Path, address: str, shown: str, way_out: str
) -> None:
    example = "例如：site_address: https://wenming.example/"
    said = example if way_out == "例如" else way_out
    assert told_of_site(tmp_path, address) == [f'{SITE}"{shown}"；{said}']
