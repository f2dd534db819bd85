"""JSON Schemas for editors: sound, in step, kept to by all data, as strict as the models."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from archive.commands.cli import main
from archive.editing.editors.files import COMMAND, generated, outdated_files, write
from archive.editing.editors.json_schema import DAYS, of_collection, of_model
from archive.editing.editors.schemas import SchemaFile, schema_files
from archive.facts.gather import gather
from archive.facts.project import Project
from archive.files.validation import validate
from archive.files.yaml import AmbiguousScalar, Document, parse, split_front_matter
from archive.files.yaml import read as read_file
from archive.schema.examples import Example
from archive.schema.honours import Honour
from archive.schema.measures import Task
from archive.schema.page_models import PAGE_MODELS, page_model
from archive.schema.register import Figure
from archive.schema.regulations import Regulation
from archive.schema.types import FIRST_DAY, LAST_DAY, Model, is_placeholder
from tests.conftest import FROZEN
from tests.samples.collections import COLLECTIONS, LISTS, Volunteering
from tests.samples.examples import HERO_TEXT
from tests.samples.faults import ONE_FAULT, SPOILT_RECORDS
from tests.samples.honours import CIVILISED
from tests.samples.measures import TASK
from tests.samples.records import RECORDS, changed
from tests.samples.sample import FILES, RECORD, REGULATION
from tests.samples.sample import write as write_sample
from tests.samples.schema_check import validator

KINDS_OF_FILE = {kind.name: kind for kind in schema_files(COLLECTIONS, LISTS)}


def seen(value: Any) -> Any:
    """A value as the editor's parser hands it on: YAML 1.1, dates as text."""
    if isinstance(value, AmbiguousScalar):
        try:
            return seen(yaml.load(value.text, yaml.CSafeLoader))
        except ValueError:  # a day there is not
            return value.text
    if isinstance(value, dict):
        return {name: seen(one) for name, one in value.items()}
    if isinstance(value, list):
        return [seen(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(kind: SchemaFile, data: Any) -> list[str]:
    return [error.message for error in validator(kind.whole).iter_errors(seen(data))]


@pytest.mark.parametrize("kind", KINDS_OF_FILE.values(), ids=lambda kind: str(kind.name))
def test_each_is_a_schema_that_labels_describes_and_closes_every_group(kind: SchemaFile) -> None:
    validator(kind.whole).check_schema(kind.whole)
    groups = list(_groups(kind.schema))
    assert groups
    for group in groups:
        assert group["additionalProperties"] is False
        assert group["properties"].keys() >= set(group["required"])
        for field in group["properties"].values():
            assert re.search("[\u4e00-\u9fff]", field["title"])
            assert field["description"].endswith("。")
            assert "须为" in field["errorMessage"]
            examples = field.get("examples", [])
            assert _tells_by_itself(field) or examples, field["title"]
            assert not any(faults_of(field, example) for example in examples)


def _tells_by_itself(schema: Any) -> bool:
    """Whether what may be written shows in the schema: words to choose from, or fields of a group."""
    inner = schema.get("items") or schema.get("additionalProperties") or {}
    return "boolean" in schema["type"] or any(
        "enum" in it or "properties" in it for it in (schema, inner)
    )


def faults_of(schema: Any, value: Any) -> list[str]:
    return [error.message for error in validator(schema).iter_errors(value)]


def _groups(schema: Any) -> Iterator[dict[str, Any]]:
    """The groups of fields in a schema, however deep."""
    if isinstance(schema, list):
        for one in schema:
            yield from _groups(one)
    elif isinstance(schema, dict):
        if "object" in schema.get("type", ()) and "properties" in schema:
            yield schema
        for one in schema.values():
            yield from _groups(one)


def _data_files(data: Path) -> Iterator[tuple[SchemaFile, Path]]:
    for kind in KINDS_OF_FILE.values():
        if kind.files:
            yield from ((kind, path) for path in data.glob(kind.files.removeprefix("data/")))


@pytest.mark.parametrize("whose", ["real", "demo"])
def test_every_data_file_keeps_to_its_schema(whose: str, demo_data: Path) -> None:
    data = FROZEN / "data" if whose == "real" else demo_data
    found = list(_data_files(data))
    assert {path for _, path in found} == set(data.rglob("*.yml"))
    for kind, path in found:
        assert faults(kind, read_file(path, path.name).data) == [], path


def test_every_page_keeps_to_the_schema_of_its_front_matter() -> None:
    archive = gather(Project(FROZEN, FROZEN / "data", date(2026, 6, 30)))
    fronts = {model: folder for folder, model in PAGE_MODELS.items()}
    for page in archive.pages.values():
        kind = KINDS_OF_FILE[f"front-{fronts.get(page_model(page.path), 'page')}"]
        assert faults(kind, parse(page.front, page.file).data) == [], page.file


def _cases() -> Iterator[tuple[str, str]]:
    """Collection and text of every spoilt record that the tests of the check have."""
    for name, old, new, _ in ONE_FAULT:
        yield name, changed(name, old, new)
    for case in SPOILT_RECORDS:
        for path, text in case.values[0].items():
            if (
                isinstance(text, str)
                and path.endswith(".yml")
                and path.split("/")[1] in COLLECTIONS
            ):
                yield path.split("/")[1], text


# What an editor's parser makes of it fits: the number 8, the word true.
NOT_TOLD_APART = {"services: 010", "endorsed: yes"}


def test_what_the_models_refuse_the_schemas_refuse() -> None:
    refused = passed = 0
    for name, text in _cases():
        document = parse(text, "x.yml")
        if document.problems or document.data is None:  # no data at all: the parser's own business
            continue
        model_refuses = validate(COLLECTIONS[name].model, document) is None
        refuses = bool(faults(KINDS_OF_FILE[name], document.data))
        if any(line in NOT_TOLD_APART for line in text.split("\n")):
            assert (model_refuses, refuses) == (True, False)
            continue
        assert refuses or not model_refuses, text
        refused, passed = refused + refuses, passed + (not refuses)
    assert refused > 20
    assert passed > 10


SOUND: dict[type[Model], str] = {
    **{COLLECTIONS[name].model: text for name, text in RECORDS.items()},
    Volunteering: RECORD,
    Honour: CIVILISED,
    Task: TASK,
    Regulation: split_front_matter(REGULATION)[0],
    Example: split_front_matter(HERO_TEXT)[0],
}
WORDS = [
    "疫情防控",
    "专报",
    "销售",
    "斤",
    "发展党员",
    "三会一课",
    "党课",
    "一书三单",
    "已完成",
    "甲" * 2001,
]
PLAIN: st.SearchStrategy[object] = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10**7)
    # Whole decimals, quoted days and texts without content are among what a schema cannot tell apart.
    | st.decimals(-5, 10**13, places=1).filter(lambda value: value % 1 != 0)
    | st.text("甲乙ab*", max_size=4).filter(lambda text: not text or not is_placeholder(text))
    | st.sampled_from(WORDS)
    | st.lists(st.text("甲", max_size=2) | st.integers(), max_size=2)
    | st.just({})
)


@pytest.mark.parametrize("model", SOUND)
@given(data=st.data())
def test_schema_and_model_agree_on_any_value(model: type[Model], data: st.DataObject) -> None:
    record = parse(SOUND[model], "x.yml").data
    field = data.draw(st.sampled_from([*model.model_fields, "unknown"]))
    if data.draw(st.booleans()):
        record = {**record, field: data.draw(PLAIN)}
    else:
        record = {key: value for key, value in record.items() if key != field}
    refuses = bool(faults_of(of_model(model), seen(record)))
    assert refuses == (validate(model, Document("x.yml", record)) is None)


@given(
    entry=st.fixed_dictionaries({"value": PLAIN, "decimals": PLAIN, "mask": PLAIN, "period": PLAIN})
)
def test_schema_and_model_agree_on_an_entry_of_the_register(entry: dict[str, Any]) -> None:
    figure = {**parse(FILES["data/figures.yml"], "x.yml").data["visited"], **entry}
    refuses = bool(faults_of(of_model(Figure), seen(figure)))
    assert refuses == (validate(Figure, Document("x.yml", figure)) is None)


def test_fields_that_depend_on_another() -> None:
    schema = of_collection(COLLECTIONS["assistance"])
    sound = seen(parse(RECORDS["assistance"], "x.yml").data)
    without = {key: value for key, value in sound.items() if key != "goods"}
    assert faults_of(schema, sound) == []
    assert len(faults_of(schema, without)) == 1
    assert faults_of(schema, {**without, "kind": "资金"}) == []
    assert len(faults_of(schema, {**sound, "kind": "资金"})) == 1


@given(day=st.dates(date(1900, 1, 1), date(2150, 12, 31)))
def test_days(day: date) -> None:
    assert bool(re.search(DAYS, day.isoformat())) == (FIRST_DAY <= day <= LAST_DAY)


@pytest.mark.parametrize(
    "day", [FIRST_DAY, LAST_DAY, FIRST_DAY - timedelta(1), LAST_DAY + timedelta(1)]
)
def test_days_at_the_ends(day: date) -> None:
    assert bool(re.search(DAYS, day.isoformat())) == (FIRST_DAY <= day <= LAST_DAY)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-04-31", "2024-13-01", "2024-1-1", "2024-01-01x"]
)
def test_what_is_no_day(text: str) -> None:
    assert not re.search(DAYS, text)


def test_ids_of_figures_and_items_may_be_chinese() -> None:
    for name, id_, other in (
        ("figures", "activities", "志愿活动_次数"),
        ("criteria", "planning", "统筹-谋划"),
    ):
        entry = yaml.load(FILES[f"data/{name}.yml"], yaml.CSafeLoader)[id_]
        assert faults(KINDS_OF_FILE[name], {other: entry}) == []
        assert faults(KINDS_OF_FILE[name], {"志愿 活动": entry}) != []


def test_settings_lead_each_file_to_its_schema() -> None:
    settings = json.loads(generated(COLLECTIONS, LISTS)[".vscode/settings.json"])
    assert settings["yaml.schemas"]["schema/volunteering.json"] == "data/volunteering/**/*.yml"
    assert settings["yaml.schemaStore.enable"] is False
    for schema in settings["yaml.schemas"]:
        assert schema in generated(COLLECTIONS, LISTS)


def test_writing_and_checking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample(tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["schema", *args], catch_exceptions=False)
        return result.exit_code, result.stdout

    assert run() == (0, "".join(f"{path}\n" for path in sorted(generated(COLLECTIONS, LISTS))))
    assert run() == (0, "")
    assert run("--check") == (0, "")
    (tmp_path / "schema" / "unit.json").write_text("{}")
    (tmp_path / "schema" / "old.json").write_text("{}")
    (tmp_path / ".vscode" / "settings.json").unlink()
    assert run("--check") == (
        1,
        f".vscode/settings.json:1: 须有这个文件，现没有；请运行 {COMMAND}\n"
        f"schema/old.json:1: 须有写出它的模型或台账，现没有；请运行 {COMMAND}\n"
        f"schema/unit.json:1: 须与程序写出的一致，现不一致；请运行 {COMMAND}\n",
    )
    assert write(tmp_path, generated(COLLECTIONS, LISTS)) == [
        ".vscode/settings.json",
        "schema/old.json",
        "schema/unit.json",
    ]
    assert outdated_files(tmp_path, generated(COLLECTIONS, LISTS)) == []
