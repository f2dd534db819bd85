"""Descriptions of ledgers: whatever they say, what is accepted makes records, pages, sheets, forms."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.build.editions.tree import redacted_tree
from archive.checks import check
from archive.editing.editors.json_schema import of_collection
from archive.editing.forms import parse_form
from archive.editing.questions import forms
from archive.editing.sheet.export import export
from archive.editing.sheet.merge import merge
from archive.editing.sheet.opening import open_workbook
from archive.editing.sheet.reading import read_workbook
from archive.facts.gather import gather
from archive.facts.ledger_faults import faults
from archive.facts.ledgers import read_ledgers
from archive.facts.site import load
from archive.facts.tables import table
from archive.files.writing import record
from archive.files.yaml import parse
from archive.render import macros
from archive.schema.fields import fields
from demo import invented
from tests.samples.collections import COLLECTIONS, LEDGER_FILES
from tests.samples.petitions import DESCRIPTION, LAST
from tests.samples.sample import read, write
from tests.samples.schema_check import validator

GOOD = ["kind", "channel", "office", "amount", "handled", "result", "case", "total"]
BAD = ["日期", "class", "copy", "source", "year", "Upper", "model_dump", "revision_by", "x-1", ""]
LABELS = [
    "类别", "方式", "承办科室", "数量", "是否办结", "结果", "事项", "合计", "甲", "乙", "丙", "丁",
]  # fmt: skip
TYPES = ["文字", "长文字", "地点", "岗位", "整数", "小数", "日期", "起止日期", "选择", "是否", "列表", "附件", "引用"]  # fmt: skip


def often(good: st.SearchStrategy[Any], bad: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of `good` as a rule, and now and then one of `bad`."""
    return st.integers(0, 19).flatmap(lambda roll: bad if roll == 0 else good)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([*LABELS, *GOOD, *BAD, "***"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(GOOD), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@st.composite
def field(draw: st.DrawFn, label: str) -> dict[str, Any]:
    """A field, nearly always as it may be."""
    kind = draw(st.sampled_from(TYPES))
    found: dict[str, Any] = {"label": label, "type": kind}
    found["need"] = draw(st.sampled_from(["必填", "可以空着", "可以不写"]))
    if kind == "选择":
        found["choices"] = draw(
            st.lists(st.sampled_from(LABELS), min_size=1, max_size=4, unique=True)
        )
    if kind == "引用":
        found["of"] = "volunteering"
    if kind in ("整数", "小数") and draw(st.booleans()):
        found["min"] = draw(st.integers(0, 5))
        found["max"] = draw(often(st.integers(5, 100), st.integers(0, 4)))
    if kind == "整数":
        found["people"] = draw(st.booleans())
    if draw(st.booleans()):
        found["public"] = draw(st.booleans())
    if draw(st.booleans()):
        found[draw(st.sampled_from(["unit", "help"]))] = draw(st.sampled_from(LABELS))
    return {**found, **draw(often(st.just({}), st.dictionaries(st.sampled_from(
        ["label", "type", "need", "choices", "of", "min", "decimals", "example", "only"]), JUNK, max_size=2)))}  # fmt: skip


@st.composite
def descriptions(draw: st.DrawFn) -> dict[str, Any]:
    """A description, often faultless."""
    names = draw(
        st.lists(often(st.sampled_from(GOOD), st.sampled_from(BAD)), max_size=6, unique=True)
    )
    labels = draw(st.permutations(LABELS))
    own = {name: draw(field(label)) for name, label in zip(names, labels, strict=False)}
    found: dict[str, Any] = {
        "label": "试验台账", "record": "一件事",
        "fields": {"date": {"label": "日期", "type": "日期"}, **own},
    }  # fmt: skip

    def of(*types: str) -> list[str]:
        return [name for name, one in own.items() if one.get("type") in types]

    numbers, chosen = of("整数", "小数"), of("选择")
    maybe = [
        name for name in own if own[name].get("need") != "必填" and own[name].get("type") != "列表"
    ]
    parts: dict[str, st.SearchStrategy[Any]] = {
        "columns": st.lists(st.sampled_from(["date", *own]), unique=True),
        "key": st.lists(st.sampled_from([*of("文字", "地点"), "date"]), max_size=2, unique=True)
        if of("文字", "地点") else st.just([]),
        "order": st.integers(-1, 1000),
        "common": st.just({"source": {"label": "登记簿", "example": "登记簿"}}),
    }  # fmt: skip
    if numbers:
        parts["totals"] = st.just([{"label": "总数", "unit": "次", "sums": numbers[0]}])
        parts["derived"] = st.just(
            {"product": {"label": "之积", "how": "相乘。", "first": [" × ".join(numbers)]}}
        )
    if chosen:
        parts["totals"] = st.just([{"each": chosen[0], "unit": "次"}])
    if len(maybe) > 1:
        parts["one_of"] = st.just(maybe[:2])
    for part in draw(st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True)):
        found[part] = draw(often(parts[part], JUNK))
    return {**found, **draw(often(st.just({}), st.dictionaries(st.sampled_from(
        ["label", "fields", "totals", "units", "yearly", "numbered", "rules"]), JUNK, max_size=1)))}  # fmt: skip


def text(description: dict[str, Any]) -> str:
    return yaml.safe_dump(description, allow_unicode=True, sort_keys=False)


@given(junk=JUNK | descriptions())
def test_whatever_a_description_says_it_is_told_of_or_makes_a_collection(junk: Any) -> None:
    found = read_ledgers({"ledgers/trial.yml": text(junk).encode("utf-8", "replace")}, "data")
    assert bool(found.problems) == (found.faulty == {"trial"})
    assert ("trial" in found.faulty) or found.collections["trial"].ledger


@given(
    raw=st.binary(max_size=60) | st.text(max_size=60).map(lambda it: it.encode("utf-8", "replace"))
)
def test_whatever_bytes_a_description_is(raw: bytes) -> None:
    assert read_ledgers({"ledgers/trial.yml": raw}, "data").problems


@settings(suppress_health_check=list(HealthCheck))
@given(description=descriptions())
def test_what_is_accepted_makes_all_that_a_ledger_is(
    tmp_path_factory: Any, description: dict[str, Any]
) -> None:
    described = text(description)
    found = read_ledgers({**SAMPLED, "ledgers/trial.yml": described.encode()}, "data")
    ledger = found.collections["trial"].ledger
    if found.problems or ledger is None:
        return
    model = found.collections["trial"].model
    made = list(invented.records(ledger, (2024, 2025), {"volunteering": ["20240305-a"]}))
    files = {
        f"data/trial/{it['date'].year}/{id_}.yml": record({**it, **LAST}, model) for id_, it in made
    }
    page = '---\ntitle: 试验\n---\n\n# 试验\n\n{{ records("trial") }}\n'
    folder = tmp_path_factory.mktemp("trial")
    changes = {
        "data/ledgers/trial.yml": described, "docs/records/trial.md": page,
        "docs/files/示例.txt": "示例\n", "docs/index.md": INDEX, **files,
    }  # fmt: skip
    site = read(folder, changes)
    assert [str(problem) for problem in check(site)] == []
    with redacted_tree(site) as project:
        assert [str(problem) for problem in check(load(project))] == []
    check_by = validator(of_collection(site.archive.collections["trial"]))
    for name, written in files.items():
        data = json.loads(json.dumps(parse(written, name).data, default=str))
        numbers = {it.name for it in fields(model).values() if it.value.shape == "number"}
        plain = {
            key: float(it) if key in numbers and it is not None else it for key, it in data.items()
        }
        assert [error.message for error in check_by.iter_errors(plain)] == []
    assert len(table(site, "trial").rows) == len(made)
    shown = macros(site, "records/trial.md")
    assert "## 2025年" in shown["records"]("trial")
    assert shown["table"]("trial")
    sheet = folder / "a.xlsx"
    sheet.write_bytes(export(site, "trial"))
    merged = merge(site, read_workbook(site, open_workbook(sheet)))
    assert (merged.edits, merged.faults, merged.conflicts) == ([], [], [])
    form = forms(site.archive.collections, site.archive.kinds).get("trial")
    if form:
        assert isinstance(parse_form("", form), list)
    shutil.rmtree(folder)


INDEX = "---\ntitle: 首页\n---\n\n# 首页\n\n见[报告](report/part-1.md#planning)、[示例](files/示例.txt)。\n"
SAMPLED = {name.removeprefix("data/"): it.encode() for name, it in LEDGER_FILES.items()}


def test_records_are_read_again_only_as_far_as_needed(tmp_path: Path) -> None:
    project = write(tmp_path)
    gather(project)
    changed = LEDGER_FILES["data/ledgers/volunteering.yml"].replace("label: 地点", "label: 场所")
    (tmp_path / "data/ledgers/volunteering.yml").write_text(changed, "utf-8")
    with patch("archive.facts.gather.parse_bytes", side_effect=AssertionError):
        archive = gather(project)  # what the record holds is kept; it is only judged anew
    assert archive.collections["volunteering"].label_of("place") == "场所"
    assert archive.records["volunteering"][0].day == date(2024, 3, 5)


def test_one_description_makes_one_model() -> None:
    raw = {"ledgers/petitions.yml": DESCRIPTION.encode()}
    first, again = (read_ledgers(raw, "data").collections["petitions"] for _ in range(2))
    assert first.model is again.model
    assert COLLECTIONS["cadres"].model is not COLLECTIONS["party_members"].model


def test_a_number_of_people_is_one_even_where_it_may_be_left_empty() -> None:
    people = {
        name: [one.name for one in fields(COLLECTIONS[name].model).values() if one.counts_people]
        for name in ("volunteering", "community", "enterprise_services")
    }
    assert people == {
        "volunteering": ["participants", "services"],
        "community": ["participants"],
        "enterprise_services": [],
    }


@pytest.mark.parametrize("name", ["sheet", "names", "new_regulation", "honour_reviews"])
def test_a_ledger_is_not_called_as_a_form_is(name: str) -> None:
    ledger = COLLECTIONS["volunteering"].ledger
    assert ledger
    assert list(faults("volunteers", ledger)) == []
    rule = f"台账的文件名须与程序已用的不同，{name} 另有所指"
    assert list(faults(name, ledger)) == [((), f"{rule}；请改名，如 {name}_ledger.yml")]
