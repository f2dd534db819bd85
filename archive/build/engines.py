"""The engines that can make the pages, and how those run that are commands: ProperDocs and Zensical.

They get the same pages, settings and templates as MkDocs, which `archive.build.engine` runs itself.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from archive.files.excerpts import shorten
from archive.files.yaml import Problem

Engine = Literal["mkdocs", "properdocs", "zensical"]
"""The engines that can make the pages, by the names of their modules."""
ENGINE_NAMES: Mapping[Engine, str] = {
    "mkdocs": "MkDocs",
    "properdocs": "ProperDocs",
    "zensical": "Zensical",
}
PINS: Mapping[Engine, str] = {
    "mkdocs": "requirements.txt",
    "properdocs": "requirements-engines.txt",
    "zensical": "requirements-engines.txt",
}
"""The file of the program that pins the packages of a build."""

_ARGUMENTS = {
    "properdocs": ["build", "--strict", "-f", "mkdocs.yml"],
    "zensical": ["build", "--clean", "--strict", "-f", "mkdocs.yml"],
}
SITE = "site"
"""The folder of the site in the project, as `site_dir`: an engine empties it, so nobody else names one."""
_UNUSED = "search.json"
"""What an engine writes for a search of its own; ours is written by `archive.build.search`."""
_THEMES: Mapping[Engine, str] = {
    "mkdocs": "material",
    "properdocs": "material",
    "zensical": "zensical",
}
"""The package that brings the theme."""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_NO_FAULT = re.compile(r"INFO\b.*|(?:No|\d+) issues? found|.*[│·].*|[╭─╯]+")
"""What went well, sums, and the lines of an excerpt with the frame around it."""
_TRACEBACK = "Traceback (most recent call last):"


def missing(engine: Engine) -> str:
    """What to tell an editor if the engine is not installed; empty if it is."""
    if find_spec(engine):
        return ""
    return f"须先装 {ENGINE_NAMES[engine]}，现在没有装；请运行 make engines"


def run_command(engine: Engine, project: Path, out: Path) -> list[Problem]:
    """Run the engine in the folder `project` and add the pages to `out`; its warnings are a problem."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", engine, *_ARGUMENTS[engine]],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = _told(done.stderr or done.stdout)
        message = f"{ENGINE_NAMES[engine]} 生成页面须没有警告，现有：{shorten(said, 300)}；请改正所说的页面或者设置"
        return [Problem("mkdocs.yml", 1, message)]
    made = project / SITE
    (made / _UNUSED).unlink(missing_ok=True)
    theirs = theme_assets(engine)
    for path in sorted(theirs.rglob("*"), reverse=True):  # what is in a folder before the folder
        copied = made / "assets" / path.relative_to(theirs)
        if copied.is_file() and copied.read_bytes() == path.read_bytes():
            copied.unlink()
        elif copied.is_dir() and not any(copied.iterdir()):
            copied.rmdir()
    shutil.copytree(made, out, dirs_exist_ok=True)
    return []


def theme_assets(engine: Engine) -> Path:
    """The folder of the scripts, styles and pictures of the theme, of which nothing is published as it is."""
    theme = find_spec(_THEMES[engine])
    assert theme
    return Path(str(theme.origin)).parent / "templates" / "assets"


def _told(output: str) -> str:
    """What an engine says when it stops, on one line, without excerpts and its own traceback."""
    lines = _COLOUR.sub("", output).strip().splitlines()
    if _TRACEBACK in lines:
        lines = [*lines[: lines.index(_TRACEBACK)], lines[-1]]
    said = " ".join(_NO_FAULT.sub("", line.strip()) for line in lines)
    return " ".join(said.split())
