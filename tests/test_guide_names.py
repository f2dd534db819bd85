"""What the guide names is there: files, fields, options, macros, and the words of pages, forms and answers."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import click

from archive.commands.cli import main
from archive.editing import starter
from archive.facts.macros import MACROS
from archive.schema.types import Model
from tests.conftest import FROZEN, ROOT
from tests.samples.collections import COLLECTIONS
from tests.samples.forms import FORMS
from tests.samples.guide_text import ALL, PAGES, quoted, spans

MADE = {
    "site/": "archive build",
    "site-public/": "archive build --edition public",
    "build/www": "make publish",
    "build/offline.zip": "make offline",
    "failed.txt": "what a command leaves behind that fails",
    "archive/index.html": "in the file that make offline makes",
    "index.html": "in the preview of a pull request",
    "site/download/": "archive build",
    "download/": "archive build",
    "datapackage.json": "archive build",
    "build/wheel/*.whl": "make wheel",
    "releases/": "archive publish",
    "发布目录/releases/": "archive publish",
    "发布目录/current": "archive publish",
    "releases/*/.manifest.json": "archive publish",
    "releases/*/.sbom.cdx.json": "archive publish",
    ".manifest.json": "archive build",
    ".sbom.cdx.json": "archive build",
    "fonts/": "the bureau's own",
    "~/.cache/civilised-unit-archive/fonts/": "make",
    "docs/files/": "with the first file",
    "data/releases/": "archive freeze",
    "program/": "archive new",
    ".venv/": "make",
    "repository/": "archive restore",
    "published/": "archive restore",
    "settings/": "archive restore",
    "repository.bundle": "archive backup",
}
"""Path → what makes it."""
EXAMPLES = {
    "docs/report/编号/": "the id of the reader's report",
    "data/honours/编号.yml": "the id of an honour",
    "indicators/编号/": "the id of an indicator",
    "docs/report/2026/": "next year's",
    "2026/": "next year's",
    "2026.yml": "next year's",
    "data/releases/2025年度.yml": "a release",
    "overview.md": "a page that archive report import writes",
    "full.md": "a page that archive report import writes",
    "leave-rules.md": "a regulation to be made",
    "合影.jpg": "a picture of the reader's",
    "petitions.yml": "a ledger to be made",
    "petitions.md": "its page",
    "20240305-学雷锋进社区.yml": "a record to be made",
    "docs/assets/": "a folder to be made",
    "恢复/": "a folder to be made",
    "/发布目录/.server": "in the reader's folder",
    "/wenming/甲": "an address of a server",
    "/甲": "an address of a server",
    "https://…/wenming/": "an address of a server",
    "docs/guide/": "a folder of the old form",
    "overrides/": "a folder of the old form",
}
"""Path of an example → what it is."""
OTHERS = {
    "一（一）": "the number of a section",
    "-p": "an option of nginx",
    "-c": "an option of nginx",
    "*": "a sign",
    "#": "a sign",
    "<": "a sign",
    "=": "a sign",
    "%": "a sign",
    "\\%": "a sign",
    "**": "a sign",
    "---": "a sign",
    "***": "a mask",
    "main": "a branch",
    "origin": "a remote repository",
    "undo/12": "a branch",
    "form/议题编号": "a branch",
    "current": "a link in the folder of releases",
    "bad_id": "an id",
    "true": "a value", "false": "a value", "done": "a role", "picture": "a role",
    "make": "a program", "pip": "a program", "crontab": "a program",
    "working-directory": "a word of workflows",
    "ubuntu-latest": "a label of Gitea's runners", "docker": "a label of Forgejo's runners",
    "api": "a right on GitLab", "write_repository": "a right on GitLab",
    "ARCHIVE_TOKEN": "a variable",
    "RULES": "of archive/schema/ledgers.py", "CHECKS": "of archive/checks/",
    "requirements": "the three lists of pins",
    "pip install --require-hashes -r archive/requirements.txt": "in a job of a province",
    "python province.py bureaus/*": "in a job of a province",
    "properdocs": "an engine", "zensical": "an engine",
    "startswith": "of Python", "replace": "of Jinja",
    "fs.inotify.max_user_watches": "of Linux", "fs.inotify.max_user_instances": "of Linux",
    "listen 127.0.0.1:8080;": "of nginx", "listen 8080;": "of nginx", "listen": "of nginx",
    "allow": "of nginx", "auth_basic": "of nginx", "ssl": "of nginx",
    "TARGET=/发布目录": "of make", "TARGET=目录": "of make",
    "CODEOWNERS": "a file of each forge",
    "logo: assets/文件名": "of mkdocs.yml", "nav": "of mkdocs.yml", "theme:": "of mkdocs.yml",
    "{ width=300 }": "of Markdown",
    "{volunteer_hours}": "an indicator in its braces",
    "版本号@sha256:校验值": "a version of the program",
    "ARCHIVE_DATA": "a variable", "ARCHIVE_AS_OF": "a variable",
}  # fmt: skip
"""What is neither of ours nor a value alone, and what it is."""


def fields_known() -> set[str]:
    """The names of all fields, options of macros included."""
    models: list[type[Model]] = [Model]
    for model in models:
        models += model.__subclasses__()
    ledgers = {name for one in COLLECTIONS.values() for name in one.model.model_fields}
    macros = {option for macro in MACROS.values() for option in macro.options}
    return {name for model in models for name in model.model_fields} | ledgers | macros


def options_known() -> set[str]:
    return {name for command in COMMANDS for one in command.params for name in one.opts}


def commands(group: click.Command) -> Iterator[click.Command]:
    yield group
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command
            yield from commands(command)


COMMANDS = tuple(commands(main))
FIELDS, OPTIONS = fields_known(), options_known()
CHOICES = {one for command in COMMANDS for param in command.params if isinstance(param.type, click.Choice) for one in param.type.choices}  # fmt: skip
ROOMS = {path.name for path in (ROOT / "archive").iterdir() if path.is_dir()}
PLACES = (ROOT, ROOT / "archive", FROZEN, FROZEN / "docs", starter.PRACTICE, starter.PRACTICE / "data" / "volunteering" / "2024")  # fmt: skip
TYPED = {command for fence in ALL for command in fence.commands}


KNOWN = {
    *TYPED, *OTHERS, *MADE, *EXAMPLES, *FIELDS, *MACROS, *ROOMS, *COLLECTIONS, *starter.LEDGERS, *CHOICES,
    *(command.name for command in COMMANDS),
}  # fmt: skip


def is_path(code: str) -> bool:
    return bool(re.fullmatch(r"[^\s{}\[\]()'\"：]*/[^\s{}\[\]()'\"：]*|[\w-]+\.(?:md|yml|txt|toml|html)|\.[\w./-]+\.yml", code))  # fmt: skip


def fault(code: str) -> str:
    """What is wrong with a piece of code in the guide; empty if nothing is."""
    code = code.strip()
    if code in KNOWN:
        return ""
    if not re.search(r"[A-Za-z]", code) or re.fullmatch(r"\.[a-z]+", code):
        return ""  # a value, a sign, an ending
    if code.startswith("http"):
        return ""
    if code.startswith("-") and not code.startswith("- ["):
        return " ".join({word for word in code.split() if word.startswith("--")} - OPTIONS)
    if names := re.findall(r"(\w+)\((?!#)", code):
        return " ".join({*names} - MACROS.keys())
    if is_path(code):
        return "" if any((place / code).exists() for place in PLACES) else code
    if found := re.match(r"\{?([a-z_.]+):(?: |$)", code):
        return " ".join({*found[1].split(".")} - FIELDS)
    if re.fullmatch(r"[a-z_]+(?:\.[a-z_]+)+|[a-z_]+=\S+", code):
        return " ".join({*re.split(r"[.=]", code)[: 1 if "=" in code else None]} - FIELDS)
    if re.search(r"[#\[!>~]|^\d", code):
        return ""  # Markdown, a value
    return code


def test_what_the_guide_names_in_code_is_there() -> None:
    found = spans()
    assert {code: sorted(found[code]) for code in found if fault(code)} == {}
    named = {code.strip() for code in found}
    assert (OTHERS.keys() | MADE.keys() | EXAMPLES.keys()) - named == set()


REPORT = "a reader's report"
FORGE = "a forge"
WITH_VALUES = "tests/test_guide.py compares it with the answer, which has values in it"
SAID = {
    **dict.fromkeys(
        [
            "下一步打算", "三项清单", "荣获……", "被……授予……", "专报数", "甲 乙", "专报篇数", "-4℃", "99.15%", "98.5",
            "示例市某局", "优秀党员", "2025年，组织活动13次", "活动 4 次", "73 次",
        ],
        REPORT,
    ),
    "已生成拉取请求": WITH_VALUES,
    "还有几处要改": WITH_VALUES,
    "已经核定的数因这条记录而变": WITH_VALUES,
    "已经核定的数因这份表而变": WITH_VALUES,
    "（不公开）": "tests/build/test_editions.py",
    "超九成": "tests/facts/test_approximation.py",
    "确数须大于 2000、小于 3000，现为 1987": "tests/facts/test_approximation.py",
    "2026年5月1日修改": "a day in it; tests/render/test_regulations.py",
    "文件:行号: 须怎样，现为什么": "the shape of a message",
    "两小时": "a value",
    "天气": "a field to be added",
    "页眉和页脚": "a browser",
    "以哪一天的资料为准": "a day in it; tests/press/",
    "还原": FORGE,
}  # fmt: skip
"""Words in quotation marks that no page, form or answer of ours says so, and whose they are."""


def shown(site: Path) -> str:
    """What a reader sees of the pages, but for those of the guide: their text, and the labels of controls."""
    texts = []
    for path in site.rglob("*.html"):
        if path.relative_to(site).parts[0] != "guide":
            page = path.read_text("utf-8")
            labels = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', page)
            texts.append(html.unescape("\n".join([re.sub(r"<[^>]+>", "", page), *labels])))
    return "\n".join(texts)


def test_what_the_guide_quotes_is_said(demo_site: Path) -> None:
    """By a page of the demonstration, a form, or what the program can answer."""
    asked = [text for form in FORMS.values() for one in form.questions for text in (one.label, one.description, *one.options)]  # fmt: skip
    program = [path.read_text("utf-8") for path in (ROOT / "archive").rglob("*") if path.suffix in (".py", ".js", ".html")]  # fmt: skip
    titles = [found[1] for text in PAGES.values() if (found := re.search(r"^title: (.+)$", text, re.MULTILINE))]  # fmt: skip
    said = "\n".join(
        [shown(demo_site), *titles, *(form.title for form in FORMS.values()), *asked, *program]
    )
    words_quoted = quoted()
    unsaid = {words: sorted(on) for words, on in words_quoted.items() if words not in said}
    assert unsaid.keys() - SAID.keys() == set()
    assert SAID.keys() - unsaid.keys() == set()
