"""Ledgers described by data, in the public edition: no internal field, nothing that rests on one."""

from pathlib import Path

import pytest

from tests.samples.editions import PATHS, PUBLIC_UNIT, Changes, data, tree
from tests.samples.sample import RECORD, problems

LEDGER, FILE = "data/ledgers/petitions.yml", "data/petitions/2024/2024-001.yml"
HEAD = "label: 信访\nrecord: 一次\nfields:\n  date: {label: 日期, type: 日期}\n"
LAST = "source: 登记簿\nevidence: []\nrecorder: 办公室\nreviewer:\n"
PAGE = '---\ntitle: 信访\n---\n\n# 信访\n\n{{ records("petitions") }}\n'


def ledger(fields: str, *records: str, more: str = "") -> Changes:
    """The sample with a ledger that has these fields, and its records."""
    described = HEAD + "".join(f"  {line}\n" for line in fields.strip().split("\n")) + more
    files = {
        f"data/petitions/2024/secret-{at}.yml": f"date: 2024-05-{at:02d}\n{text}\n{LAST}"
        for at, text in enumerate(records, 1)
    }
    return {**PUBLIC_UNIT, LEDGER: described, "docs/records/petitions.md": PAGE, **files}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("选择, choices: [甲类, 乙类]", "甲类"),
        ("整数", "7"),
        ("小数", "7.5"),
        ("日期", "2024-02-02"),
        ("是否", "true"),
        ("起止日期", "{start: 2024-01-01, end: 2024-02-03}"),
        ("列表", "[甲类]"),
        ("引用, of: volunteering", "20240305-a"),
        ("文字", "甲类"),
    ],
)
def test_an_internal_field_of_any_type_is_not_there(kind: str, value: str, tmp_path: Path) -> None:
    found = tree(tmp_path, ledger(f"inner: {{label: 内情, type: {kind}, public: false}}", f"inner: {value}"))  # fmt: skip
    assert "inner" not in found[FILE]
    assert list(data(found[LEDGER])["fields"]) == ["date"]


def test_all_that_rests_on_an_internal_field_is_left_out(tmp_path: Path) -> None:
    fields = """
title: {label: 事由, type: 文字}
kind: {label: 类别, type: 选择, choices: [甲类, 乙类], public: false}
open: {label: 方式, type: 选择, choices: [来访, 来信]}
cost: {label: 花费, type: 整数, public: false}
each: {label: 每次, type: 整数}
why: {label: 缘由, type: 文字, need: 可以不写, public: false, only: {kind: [甲类]}}
"""
    more = """\
key: [title, kind]
columns: [date, title, cost, whole, twice, source]
totals:
  - {label: 花费, unit: 元, sums: cost}
  - {label: 甲类, unit: 次, where: {kind: 甲类}}
  - {label: 全部, unit: 元, sums: whole}
  - {each: kind, unit: 次}
  - {each: open, unit: 次}
derived:
  whole: {label: 全部, how: 相乘, first: [each, cost × each]}
  twice: {label: 加倍, how: 相乘, first: [each × each]}
yearly: kind
numbered: {number: title, by: kind}
"""
    record = "title: 某事\nkind: 甲类\nopen: 来访\ncost: 7319\neach: 3\nwhy: 某故"
    found = tree(tmp_path, ledger(fields, record, more=more))
    described = data(found[LEDGER])
    assert list(described["fields"]) == ["date", "title", "open", "each"]
    assert described["columns"] == ["date", "title", "twice", "source"]
    assert [one["each"] for one in described["totals"]] == ["open"]
    assert list(described["derived"]) == ["twice"]
    assert (described["key"], described["yearly"], described["numbered"]) == ([], None, None)
    assert [one for one in ("7319", "甲类", "某故", "花费") if one in str(found)] == []


@pytest.mark.parametrize(("hidden", "shown"), [("", "2024-001"), ("disclosure: 内部\n", "不公开")])
def test_a_reference_names_a_record_as_the_public_edition_does(
    hidden: str, shown: str, tmp_path: Path
) -> None:
    """The name of a record's file may name somebody, and a record that is left out has none."""
    changes = ledger("case: {label: 事项, type: 引用, of: volunteering}", "case: 20240305-a")
    found = tree(tmp_path, {**changes, PATHS[0]: f"{RECORD}{hidden}"})
    assert data(found[FILE])["case"] == shown
    assert "20240305-a" not in str(found)


def test_no_path_of_an_attachment_is_shown(tmp_path: Path) -> None:
    """An attachment is public where a page leads to it."""
    fields = "scan: {label: 扫描件, type: 附件}\nlisted: {label: 附列, type: 列表}"
    changes = ledger(fields, "scan: files/内情.txt\nlisted: [files/内情.txt, 登记簿]")
    found = tree(tmp_path, {**changes, "docs/files/内情.txt": "甲"})
    assert "scan" not in found[FILE]
    assert data(found[FILE])["listed"] == ["登记簿"]
    assert "内情" not in str(found)


@pytest.mark.parametrize(
    ("fields", "more", "told"),
    [
        (
            "kind: {label: 类别, type: 选择, choices: [甲类], public: false, need: 可以空着}\n"
            "amount: {label: 数量, type: 整数, need: 可以不写, only: {kind: [甲类]}}",
            "",
            "6: amount（数量）的 only 看 kind（类别）而定，须与它一样不公开，现为公开；请加一行 public: false",
        ),
        (
            "kind: {label: 类别, type: 选择, choices: [甲类], public: false}\n"
            "amount: {label: 数量, type: 小数}\nunit: {label: 单位, type: 选择, choices: [件]}",
            "units: {number: amount, unit: unit, by: kind, of: {甲类: 件}}\n",
            "7: unit（单位）随 kind（类别）而定，须与它一样不公开，现为公开；请加一行 public: false",
        ),
        (
            "people: {label: 人数, type: 整数, unit: 人}",
            "",
            "5: people（人数）的 unit（单位）为人，须写明是人数，太小的数才不公开，现没有写；请加一行 people: true",
        ),
    ],
)
def test_a_public_field_does_not_tell_an_internal_one(
    fields: str, more: str, told: str, tmp_path: Path
) -> None:
    assert problems(tmp_path, ledger(fields, more=more)) == [f"{LEDGER}:{told}"]


def test_a_ledger_with_public_fields_has_a_public_date(tmp_path: Path) -> None:
    changes = ledger("title: {label: 事由, type: 文字}")
    changes[LEDGER] = str(changes[LEDGER]).replace("type: 日期}", "type: 日期, public: false}")
    assert problems(tmp_path, changes) == [
        f"{LEDGER}:4: date（日期）须公开，现为不公开，公开的却有 title；请删去这一行，或者各字段都写 public: false"
    ]


def test_a_ledger_without_public_fields_has_no_records(tmp_path: Path) -> None:
    changes = ledger("title: {label: 事由, type: 文字, public: false}", "title: 某事")
    changes[LEDGER] = str(changes[LEDGER]).replace("type: 日期}", "type: 日期, public: false}")
    found = tree(tmp_path, changes)
    assert FILE not in found
    assert "事由" not in found[LEDGER]
