"""Ledgers described by data, in the public edition: no internal field, nothing that rests on one."""

import csv
from io import StringIO
from pathlib import Path
from time import process_time

import pytest

from archive.build.downloads.rows import as_csv
from archive.build.downloads.xlsx import workbook
from archive.build.editions.tree import redacted_tree
from archive.checks import check
from archive.facts.ledgers import read_ledgers
from archive.facts.site import load
from archive.facts.tables import table
from tests.samples.editions import PATHS, PUBLIC_UNIT, Changes, data, figure, tree
from tests.samples.sample import FILES, RECORD, problems, read

FIGURES = "data/figures.yml"
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


@pytest.mark.parametrize("hidden", ["", "disclosure: 内部\n"], ids=["shown", "left out"])
def test_conditions_name_a_record_as_the_public_edition_does(hidden: str, tmp_path: Path) -> None:
    """Of a record that is left out, a rule, a total or a call cannot say which it is, nor a number which name it."""
    asked = "{case: 20240305-a}"
    more = (
        f"totals:\n  - {{label: 全部, unit: 次}}\n  - {{label: 为它, unit: 次, where: {asked}}}\n"
    )
    fields = "case: {label: 事项, type: 引用, of: volunteering}"
    changes = ledger(fields, "case: 20240305-a", "case: 20240305-a", more=more)
    counted = FIGURE.format("asked", f", where: {asked}").replace("sum, field: cost", "count")
    changes[FIGURES] = FILES[FIGURES] + counted
    call = '{{ table("petitions", case="20240305-a", year=2024) }}'
    page = f'{PAGE}\n花费{{{{ fig("asked") }}}}。\n\n{call}\n'
    found = tree(
        tmp_path,
        {**changes, "docs/records/petitions.md": page, PATHS[0]: f"{RECORD}{hidden}"},
    )
    assert "20240305-a" not in str(found)
    entry, totals = figure(found, "asked"), data(found[LEDGER])["totals"]
    assert entry["value"] == (None if hidden else 2)
    last = found["docs/records/petitions.md"].rstrip("\n").split("\n")[-1]
    if hidden:
        assert (entry["counted"], [one["label"] for one in totals]) == (None, ["全部"])
        assert last == '<span class="mask">&#42;&#42;&#42;</span>'
    else:
        assert entry["counted"]["where"] == totals[1]["where"] == {"case": "2024-001"}
        assert last == '{{ table("petitions", case="2024-001", year=2024) }}'


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


def test_a_ledger_of_one_public_field_is_downloaded(tmp_path: Path) -> None:
    fields = "inner: {label: 内情, type: 文字, public: false}"
    with redacted_tree(read(tmp_path, ledger(fields, "inner: 某事"))) as project:
        made = table(load(project), "petitions")
    assert [column.label for column in made.columns] == ["编号", "日期"]
    assert [row[1].isoformat() for row in made.rows] == ["2024-05-01"]


def test_a_product_of_whole_numbers_is_shown_and_downloaded(tmp_path: Path) -> None:
    fields = "each: {label: 每户, type: 整数}\nhomes: {label: 户数, type: 整数}"
    more = "derived:\n  all: {label: 共计, how: 相乘, first: [each × homes, each]}\n"
    site = read(tmp_path, ledger(fields, "each: 7\nhomes: 8", more=more))
    assert check(site) == ()
    made = table(site, "petitions")
    heads, row = list(csv.reader(StringIO(as_csv(made))))
    at = heads.index("共计（求和用此列）")
    assert (heads[at - 2 : at], row[at - 2 : at + 1]) == (["每户", "户数"], ["7", "8", "56"])
    assert workbook(made, site.archive.project.as_of)


def test_what_is_derived_stays_where_it_is_exact(tmp_path: Path) -> None:
    fields = "each: {label: 每户, type: 小数}"
    record = "each: 1000000"
    square, four = (f"derived:\n  all: {{label: 共计, how: 相乘, first: [{' × '.join(['each'] * n)}]}}\n" for n in (2, 4))  # fmt: skip
    assert problems(tmp_path / "square", ledger(fields, record, more=square)) == [
        "data/petitions/2024/secret-1.yml:1: 推算的共计须小于 1000000000000，现为 1.00E+12；请改正相乘的数"
    ]
    assert problems(tmp_path / "four", ledger(fields, record, more=four)) == [
        f"{LEDGER}:7: all 的 first 里一项须不超过 3 个字段之积，现有 4 个；请改为另填一个数"
    ]


@pytest.mark.parametrize(
    ("amount", "found", "way_out"),
    [
        ("-7", "-7", "请在 where 里只计不使它小于 0 的记录，增、减分别计数"),
        ("999999999999", "1000000000000", "请改正记录里的数，或者改用大些的单位"),
        ("1.5", None, ""),
    ],
)
def test_what_is_counted_is_a_number_of_the_register(
    amount: str, found: str | None, way_out: str, tmp_path: Path
) -> None:
    """The public edition has it as a number of its register, of which the editor has no line."""
    fields = "each: {label: 增减, type: 小数, min: -100}"
    summed = FILES[FIGURES].replace(
        "volunteering\n    measure: count", "petitions\n    measure: sum\n    field: each"
    )
    changes = ledger(fields, f"each: {amount}", "each: 1" if amount[0] == "9" else "each: 0")
    line = f"{FIGURES}:7: activities（开展活动）由台账计得的数须不小于 0、小于 1000000000000，小数不超过 4 位，现为 {found}；{way_out}"
    assert problems(tmp_path, {**changes, FIGURES: summed}) == ([line] if found else [])


def test_what_is_counted_has_no_more_decimals_than_the_register(tmp_path: Path) -> None:
    fields = "each: {label: 每户, type: 小数}"
    more = "derived:\n  all: {label: 共计, how: 相乘, first: [each × each]}\n"
    summed = FILES[FIGURES].replace(
        "volunteering\n    measure: count", "petitions\n    measure: sum\n    field: all"
    )
    changes = ledger(fields, "each: 0.001", more=more)
    assert problems(tmp_path, {**changes, FIGURES: summed}) == [
        f"{FIGURES}:7: activities（开展活动）由台账计得的数须不小于 0、小于 1000000000000，小数不超过 4 位，现为 0.000001；请把相乘的字段改为小数位数（decimals）少些的"
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("columns: [{0}]\n", "6: columns须不超过 200 项，现有 201 项；请删减"),
        ("derived:\n  d: {{label: 丁, how: 乘, first: [{0}]}}\n", "7: derived.d.first须不超过 200 项，现有 201 项；请删减"),
        ("key: [{0}]\ncolumns: [y1]\n", "6: key须不超过 200 项，现有 201 项；请删减"),
    ],
)  # fmt: skip
def test_a_description_is_no_longer_than_anybody_reads(
    more: str, told: str, tmp_path: Path
) -> None:
    """Of one that is, nothing else is told: to compare each item with all takes long."""
    listed = ", ".join(f"x{n}" for n in range(201))
    changes = ledger("title: {label: 事由, type: 文字}", more=more.format(listed))
    assert problems(tmp_path, changes) == [f"{LEDGER}:{told}"]


def test_circles_of_references_are_found_in_time(tmp_path: Path) -> None:
    """Two hundred descriptions, each referring to the next, took minutes."""
    head = HEAD.replace("label: 信访", "label: 信访{0}").replace("{label: 日期, type: 日期}", "{{label: 日期, type: 日期}}")  # fmt: skip
    files = {
        f"ledgers/l{n}.yml": f"{head}  r: {{{{label: 引, type: 引用, of: l{(n + 1) % 200}}}}}\n".format(n).encode()
        for n in range(200)
    }  # fmt: skip
    started = process_time()
    told = [str(one) for one in read_ledgers(files, "data").problems]
    assert process_time() - started < 10
    assert told == [
        "data/ledgers/l0.yml:5: r（引）所引台账须不引回 l0，l1 直接或者间接地引用它；请改用文字"
    ]


FIGURE = """\
{0}:
  name: 花费{0}
  unit: 元
  mask: "***"
  definition: 花费
  method: 求和
  counted: {{collection: petitions, measure: sum, field: cost{1}}}
  period: {{kind: 时期, start: 2023-01-01, end: 2025-12-31}}
  source: 登记簿
  office: 办公室
  decimals: 0
  disclosure: 公开
  complete_through: 2025-12-31
  prepared: {{by: 办公室, date: 2026-01-04}}
  reviewed: {{by: , date: }}
  approved: {{by: , date: }}
  note:
"""


@pytest.mark.parametrize(
    ("costs", "shown"),
    [
        ([("甲类", 777)], [None, None]),
        ([("甲类", 777), ("乙类", 900), ("乙类", 300)], [1977, None]),
        ([("甲类", 777), ("甲类", 500), ("乙类", 900), ("乙类", 300)], [2477, 1200]),
    ],
)
def test_public_sums_do_not_tell_what_one_record_holds_in_an_internal_field(
    costs: list[tuple[str, int]], shown: list[int | None], tmp_path: Path
) -> None:
    """The sum of one record, or what two sums differ by."""
    fields = """
title: {label: 事由, type: 文字}
kind: {label: 类别, type: 选择, choices: [甲类, 乙类]}
cost: {label: 花费, type: 整数, public: false}
"""
    records = [
        f"title: 事{at}\nkind: {kind}\ncost: {cost}" for at, (kind, cost) in enumerate(costs)
    ]
    changes = ledger(fields, *records)
    changes["data/figures.yml"] = (
        FILES["data/figures.yml"]
        + FIGURE.format("all", "")
        + FIGURE.format("part", ", where: {kind: 乙类}" if len(costs) > 1 else "")
    )
    told = '花费{{ fig("all") }}、{{ fig("part") }}。'
    found = tree(tmp_path, {**changes, "docs/records/petitions.md": f"{PAGE}\n{told}\n"})
    assert [figure(found, id_)["value"] for id_ in ("all", "part")] == shown
