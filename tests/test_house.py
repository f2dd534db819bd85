"""The rules of the house that code and files must keep."""

import ast
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
import yaml

from archive.checks import CHECKS
from archive.editing.editors.files import outdated_files
from archive.facts.macros import MACROS
from archive.schema.collections import BUILT_IN
from archive.schema.fields import fields
from archive.schema.page_models import PAGE_MODELS
from archive.schema.register import Figure
from archive.schema.types import Model
from archive.schema.unit import Unit
from tests.conftest import ROOT
from tests.samples.collections import COLLECTIONS, generated_here
from tests.samples.sample import git

# Each room and those it may import from: the way the data goes, so every arrow points back.
_DATA = ("schema", "files", "leaks")
_FACTS = (*_DATA, "facts")
_PAGES = (*_FACTS, "render")
ROOMS: dict[str, tuple[str, ...]] = {
    "schema": (),
    "files": ("schema",),
    "leaks": ("schema", "files"),
    "facts": _DATA,
    "checks": _FACTS,
    "render": _FACTS,
    "publish": _FACTS,
    "press": _PAGES,
    "editing": (*_PAGES, "checks"),
    "build": (*_PAGES, "checks", "press", "editing"),
    "proposals": (*_PAGES, "checks", "editing"),
    "commands": (*_PAGES, "checks", "publish", "press", "editing", "build", "proposals"),
}


@cache
def imports(path: Path) -> set[str]:
    """What a module of the archive imports, as `archive.stage` or a package's name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(names if node.module == "archive" else [node.module])
    return found


def room(path: Path) -> str:
    return path.relative_to(ROOT / "archive").parts[0].removesuffix(".py")


MODULES = [
    path for path in sorted((ROOT / "archive").rglob("*.py")) if path.parent != ROOT / "archive"
]


def test_the_house_has_its_twelve_rooms_and_no_other() -> None:
    there = {path.name for path in (ROOT / "archive").iterdir() if path.name != "__pycache__"}
    # Beside them: what the program brings to an archive.
    brought = {
        "design",
        "guide",
        "setup",
        "ready",
        "starter",
        "requirements.txt",
        "requirements-engines.txt",
    }
    assert there == {*ROOMS, *brought, "__init__.py", "__main__.py"}


def test_imports_go_backwards() -> None:
    used = {
        path: {name.split(".")[1] for name in imports(path) if name.startswith("archive.")}
        for path in MODULES
    }
    wrong = {path: rooms - {room(path), *ROOMS[room(path)]} for path, rooms in used.items()}
    assert {path: rooms for path, rooms in wrong.items() if rooms} == {}


def test_no_room_is_reached_by_a_circle() -> None:
    order = list(ROOMS)
    assert all(order.index(other) < order.index(name) for name in ROOMS for other in ROOMS[name])


def knowing(*libraries: str) -> set[str]:
    """The modules, from `archive/`, that import one of the libraries."""
    return {
        str(path.relative_to(ROOT / "archive"))
        for path in MODULES
        if any(name.split(".")[0] in libraries for name in imports(path))
    }


def test_only_the_engine_knows_the_engine() -> None:
    assert knowing("mkdocs", "material") == {
        "build/engine/__init__.py",
        "build/engine/pages.py",
    }


def test_entities_are_read_in_one_place() -> None:
    """The library's own reader refuses numbers of thousands of digits with an error."""
    found = {
        path.relative_to(ROOT / "archive").as_posix()
        for path in MODULES
        if "import unescape\n" in path.read_text("utf-8")
    }
    assert found == {"files/html.py"}


def test_only_the_commands_know_the_command_line() -> None:
    assert all(name.startswith("commands/") for name in knowing("click"))


@pytest.mark.parametrize("name", ROOMS)
def test_every_room_says_what_goes_in_what_comes_out_and_who_uses_it(name: str) -> None:
    doc = ast.get_docstring(ast.parse((ROOT / "archive" / name / "__init__.py").read_text("utf-8")))
    assert doc
    assert re.search(r"^In: .*?\bOut: .*\buse\b", doc, re.MULTILINE | re.DOTALL)


def test_no_test_imports_from_a_test() -> None:
    """What several tests share stands in `tests/samples`."""
    wrong = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                names.add(module)
                if module.split(".")[0] == "tests":
                    names.update(f"{module}.{alias.name}" for alias in node.names)
        wrong += [
            f"{path.relative_to(ROOT)}: {name}"
            for name in sorted(names)
            if name.split(".")[-1].startswith("test_")
        ]
    assert wrong == []


def models(model: type[Model]) -> set[type[Model]]:
    return {model, *(sub for sub in Model.__subclasses__())}


def test_every_field_has_a_chinese_label_and_a_rule() -> None:
    recorded: set[type[Model]] = {
        Figure,
        *(c.model for c in COLLECTIONS.values()),
        *PAGE_MODELS.values(),
    }
    for model in models(Unit) | recorded:
        for name, field in fields(model).items():
            assert re.search(r"[\u4e00-\u9fff]", field.label), (model, name)
            assert field.value.expectation, (model, name)


def test_how_fields_are_annotated_is_known_to_the_schema_alone() -> None:
    for path in MODULES:
        if room(path) != "schema":
            nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
            read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
            assert read.isdisjoint({"model_fields", "annotation", "is_required"}), path
            assert not any(
                isinstance(node, ast.ImportFrom)
                and node.module in ("typing", "pydantic.fields")
                and {alias.name for alias in node.names} & {"get_args", "get_origin", "FieldInfo"}
                for node in nodes
            ), path


def test_whatever_is_derived_says_how() -> None:
    assert all(kind.how.keys() == kind.derived.keys() for kind in COLLECTIONS.values())


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_field_of_a_collection_is_described_beside_its_records(name: str) -> None:
    described = (ROOT / "data" / name / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \|", described, re.MULTILINE)
    assert rows == [(one.name, one.label) for one in fields(BUILT_IN[name].model).values()]


def test_the_register_explains_each_of_its_fields() -> None:
    begun = ROOT / "archive" / "starter" / "data" / "figures.yml"
    head = begun.read_text("utf-8").partition("\n\n")[0]
    explained = dict(re.findall(r"^#   (\w+) +([\u4e00-\u9fff]+)", head, re.MULTILINE))
    labels = {name: field.label for name, field in fields(Figure).items()}
    assert explained == labels | {"decimals": "修约"}


def test_every_macro_for_editors_is_in_the_guide() -> None:
    guide = (ROOT / "archive" / "guide" / "index.md").read_text("utf-8")
    for name in ("fig", "name", "table", "honours", "example"):
        assert name in MACROS
        assert f"{{{{ {name}(" in guide


WORDS = re.compile(
    r"统计|普查|调查队|自治区|宁夏|灵武|银川|狼皮子|天盛|文明办|\bpart-\d|[Ss]tatistics bureau"
)
"""Words of one field of work, of one region, of one report."""

DICTIONARY = {
    # A title as 会计师 is; two kinds of 小区 that are no address: words of the language, by which the searches
    # tell a post and an address from others.
    "leaks/posts.py": {"统计"},
    "leaks/addresses.py": {"普查"},
}


def test_the_program_names_no_field_of_work_no_region_and_no_part_of_a_report() -> None:
    """They are data and pages of the archives that it serves; the guide shows a report in its examples."""
    found = {}
    for path in sorted((ROOT / "archive").rglob("*")):
        name = path.relative_to(ROOT / "archive").as_posix()
        if path.is_file() and path.suffix not in (".webp", ".pyc"):
            words = set(WORDS.findall(path.read_text("utf-8")))
            guide = name.startswith("guide/")
            found[name] = {one for one in words if not (guide and one.startswith("part-"))}
    assert {name: words for name, words in found.items() if words} == DICTIONARY
    for name in ("Makefile", "pyproject.toml"):
        assert WORDS.findall((ROOT / name).read_text("utf-8")) == []


def test_every_rule_says_what_it_is_and_stands_in_the_list_once() -> None:
    assert all(rule.__doc__ and rule.__doc__.strip().endswith(".") for rule in CHECKS)
    assert len(set(CHECKS)) == len(CHECKS)
    defined = {
        f"{path.stem}.{node.name}"
        for path in (ROOT / "archive" / "checks").glob("[!_]*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.args.args and node.returns
        and (
                [arg.arg for arg in node.args.args] == ["site"]
                or "each_page" in map(ast.unparse, node.decorator_list)
            )
            and "Problem" in ast.unparse(node.returns)
    }  # fmt: skip
    assert defined == {f"{rule.__module__.split('.')[-1]}.{rule.__name__}" for rule in CHECKS}


@pytest.mark.parametrize(
    "name",
    ["archive/requirements.txt", "archive/requirements-engines.txt", "requirements-dev.txt"],
)
def test_every_dependency_is_pinned_with_a_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[\w.-]+==\S+", one) and "--hash=sha256:" in one for one in entries)


def test_the_readme_has_the_two_commands_and_the_makefile_keeps_them() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in (
        "serve", "test", "build", "demo", "bench", "publish", "site-server", "offline",
    ):  # fmt: skip
        assert f"make {command}" in readme
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")


def test_a_clone_keeps_its_line_endings_where_git_would_change_them(tmp_path: Path) -> None:
    source, clone = tmp_path / "source", tmp_path / "clone"
    files = [".gitattributes", "archive/setup/need", "data/figures.yml", *generated_here()]
    for name in files:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    git(source, "init", "-q")
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "files")
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "-q", str(source), str(clone))
    assert outdated_files(clone, generated_here()) == []
    assert [name for name in files if b"\r" in (clone / name).read_bytes()] == []


def test_the_hooks_before_a_commit_run_nothing_from_elsewhere() -> None:
    hooks = yaml.load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"), yaml.CSafeLoader)
    assert [one["repo"] for one in hooks["repos"]] == ["local"]
    run = [hook["entry"].split()[0] for one in hooks["repos"] for hook in one["hooks"]]
    assert all(program.startswith(".venv/bin/") for program in run)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md"])
def test_files_of_the_program_named_in_backticks_are_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"`((?:archive|tests|setup|demo)/[\w./-]*)`", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_script_or_template_reads_text_as_markup_or_as_a_program() -> None:
    files = [
        *(ROOT / "archive").rglob("*.html"),
        *(ROOT / "archive").rglob("*.js"),
    ]
    assert len(files) >= 6
    reading = (
        r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTML\w*|parseHTML\w*|createContextualFragment|DOMParser"
        r"|srcdoc|eval|Function)\b|\bdocument\s*\.\s*write|set(?:Timeout|Interval)\(\s*[\"'`]"
    )
    found = {
        str(path.relative_to(ROOT)): re.findall(reading, path.read_text("utf-8")) for path in files
    }
    assert {name: words for name, words in found.items() if words} == {}
