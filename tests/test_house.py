"""The rules of the house that code and files must keep."""

import ast
import re
from pathlib import Path

import pytest

from archive.checks import CHECKS
from archive.checks.pages import MACROS
from archive.schema.collections import COLLECTIONS
from archive.schema.kinds import KINDS
from archive.schema.register import Figure
from archive.schema.types import Model
from archive.schema.unit import Unit
from archive.validation import expectation
from tests.conftest import ROOT

# From source to what is handed out: each stage imports only from those before it.
STAGES = [
    "reasons", "chinese", "source", "schema", "scalars", "columns", "validation", "cache", "elements", "leaks", "project", "options", "pages", "gather", "questions", "forms", "approximation",
    "numerals", "figures", "releases", "places", "articles",
    "honours", "regulations", "evidence", "criteria", "topics", "site", "tables", "history", "reviews", "checks", "forge", "render", "changes", "editing", "zips", "workbooks", "downloads", "press", "search", "scripts", "scan", "editions", "engine", "build", "publish", "serve", "sheet", "freezing", "signing", "pulls", "cli",
]  # fmt: skip


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


def stage(path: Path) -> str:
    return path.relative_to(ROOT / "archive").parts[0].removesuffix(".py")


MODULES = [
    path for path in sorted((ROOT / "archive").rglob("*.py")) if path.parent.name != "__pycache__"
]
MODULES = [path for path in MODULES if stage(path) != "__init__"]


def test_every_module_is_a_stage() -> None:
    assert {stage(path) for path in MODULES} == set(STAGES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_backwards(path: Path) -> None:
    own = stage(path)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("archive.")}
    later = STAGES[STAGES.index(own) + 1 :]
    assert used.isdisjoint(later)


def test_only_the_stage_of_that_name_knows_the_engine() -> None:
    knowing = {
        stage(path)
        for path in MODULES
        if any(
            name.split(".")[0] in ("mkdocs", "mkdocs_macros", "material") for name in imports(path)
        )
    }
    assert knowing <= {"engine", "serve"}


def models(model: type[Model]) -> set[type[Model]]:
    return {model, *(sub for sub in Model.__subclasses__())}


def test_every_field_has_a_chinese_label_and_a_rule() -> None:
    for model in {*models(Unit), Figure, *(c.model for c in COLLECTIONS.values()), *KINDS.values()}:
        for name, info in model.model_fields.items():
            assert re.search(r"[\u4e00-\u9fff]", info.title or ""), (model, name)
            assert expectation(info.annotation), (model, name)


def test_whatever_is_derived_says_how() -> None:
    assert all(kind.how.keys() == kind.derived.keys() for kind in COLLECTIONS.values())


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_field_of_a_collection_is_described_beside_its_records(name: str) -> None:
    described = (ROOT / "data" / name / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \|", described, re.MULTILINE)
    assert rows == [(f, info.title) for f, info in COLLECTIONS[name].model.model_fields.items()]


def test_the_register_explains_each_of_its_fields() -> None:
    head = (ROOT / "data" / "figures.yml").read_text("utf-8").partition("\n\n")[0]
    explained = dict(re.findall(r"^#   (\w+) +([\u4e00-\u9fff]+)", head, re.MULTILINE))
    labels = {name: info.title for name, info in Figure.model_fields.items()}
    assert explained == labels | {"decimals": "修约"}


def test_every_macro_for_editors_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide" / "index.md").read_text("utf-8")
    for name in ("fig", "name", "table", "honours", "example"):
        assert name in MACROS
        assert f"{{{{ {name}(" in guide


def test_every_rule_says_what_it_is_and_stands_in_the_list_once() -> None:
    assert all(rule.__doc__ and rule.__doc__.strip().endswith(".") for rule in CHECKS)
    assert len(set(CHECKS)) == len(CHECKS)
    defined = {
        f"{path.stem}.{node.name}"
        for path in (ROOT / "archive" / "checks").glob("[!_]*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.args.args and node.returns
        and [arg.arg for arg in node.args.args] == ["site"] and "Problem" in ast.unparse(node.returns)
    }  # fmt: skip
    assert defined == {f"{rule.__module__.split('.')[-1]}.{rule.__name__}" for rule in CHECKS}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
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
