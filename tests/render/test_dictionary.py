"""The data dictionary: a whole part of it, and that nothing people fill in is left out."""

import re
from html import unescape
from pathlib import Path

import lxml.html

from archive.facts.project import Project
from archive.facts.site import load
from archive.render import macros
from archive.render.dictionary import dictionary_rows
from archive.schema.collections import SINGLE
from archive.schema.fields import fields as described
from archive.schema.honours import Honour
from archive.schema.page_models import PAGE_MODELS
from archive.schema.register import Figure
from archive.schema.unit import Unit
from tests.conftest import AS_OF, FROZEN
from tests.samples.collections import COLLECTIONS, LEDGER_FILES
from tests.samples.sample import FIGURES, edited, problems, read, unsized

LEDGER = "data/ledgers/volunteering.yml"
SUMMED = FIGURES.replace(
    "measure: count\n", "measure: sum\n    field: hours\n    where: {kind: 学雷锋}\n"
)


def parts(root: Path, changes: dict[str, str | bytes | None]) -> dict[str, str]:
    """The parts of the dictionary by anchor, each with its heading."""
    text = macros(read(root, changes), "guide/dictionary.md")["dictionary"]()
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.split("{ #")[1].split(" }")[0]: part.strip() for part in found}


def rows(part: str) -> list[list[str]]:
    table = lxml.html.fragment_fromstring(part[part.index("<table>") : part.index("</table>") + 8])
    return [[cell.text_content() for cell in row] for row in table.iter("tr")]


def test_a_file_with_its_fields(tmp_path: Path) -> None:
    assert unsized(parts(tmp_path, {})["phrases"]) == (
        "## 固定用语 `data/phrases.yml` { #phrases }\n\n"
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="固定用语的字段" tabindex="0">'
        '<table><thead><tr><th scope="col">字段</th><th scope="col">名称</th><th scope="col">填写</th>'
        '<th scope="col">是否必填</th><th scope="col">说明</th></tr></thead><tbody>'
        "<tr><td><code>text</code></td><td>用语</td><td>文字</td><td>必填</td>"
        "<td>原文，一字不差，写得越完整越好</td></tr>"
        "<tr><td><code>kind</code></td><td>类别</td><td>政治提法、专名、届次、期间、惯用语 之一</td>"
        "<td>必填</td><td></td></tr>"
        "<tr><td><code>note</code></td><td>说明</td><td>文字</td><td>可以空着</td><td></td></tr>"
        "</tbody></table></div>\n~~~~"
    )


def test_the_limits_of_texts_and_lists_are_told(tmp_path: Path) -> None:
    intro = macros(read(tmp_path, {}), "guide/dictionary.md")["dictionary"]().partition("\n\n")[0]
    assert intro == (
        "文字不超过 2000 个字符；一个字段里的列表或成组的值，合起来不超过 32767 个字符，"
        "这是 XLSX 一个单元格的上限。"
    )


def test_a_collection_tells_what_its_fields_serve(tmp_path: Path) -> None:
    part = parts(tmp_path, {"data/figures.yml": SUMMED})["volunteering"]
    assert part.split("\n\n")[:2] == [
        "## 志愿服务活动 `data/volunteering/` { #volunteering }",
        "由这些记录计算的指标：[开展活动](../indicators/activities.md)。",
    ]
    described = {row[0]: row[1:] for row in rows(part)}
    assert described["字段"] == ["名称", "填写", "是否必填", "说明", "用于指标"]
    assert described["kind"][-1] == described["hours"][-1] == "开展活动"
    assert described["services"] == [
        "服务人次", "不小于 0、不超过 1000000 的整数", "必填",
        "单位：人次；一人参加一次活动计一人次", "",
    ]  # fmt: skip
    assert described["hours"] == [
        "服务时长", "推算得出", "不填写",
        "总时长；没有填的，为人均时长乘以参加人数。单位：小时", "开展活动",
    ]  # fmt: skip


def test_a_field_says_when_it_is_filled_in_at_all(tmp_path: Path) -> None:
    described = {row[0]: row[1:] for row in rows(parts(tmp_path, {})["assistance"])}
    assert described["goods"] == ["货物", "文字", "可以不写", "只在“类别”为“物品、销售”时填写"]


def test_groups_within_groups_are_told_by_their_path() -> None:
    honour = {field.path: (field.must, field.need) for field in dictionary_rows(Honour)}
    assert honour["reviews"] == ("列表，每项为一组字段，见下", "可以不写")
    assert honour["reviews.序号.result"] == ("确认保留、限期整改 之一", "必填")
    assert honour["withdrawn.date"][1] == "可以空着"
    unit = {field.path: field.must for field in dictionary_rows(Unit)}
    assert unit["names"] == "以编号为名的各组字段，见下"
    assert unit["names.编号.mask"] == '加引号的若干星号，如 "***"'
    where = {field.path: field.must for field in dictionary_rows(Figure)}["counted.where"]
    assert where == "若干“名称: 值”，值为文字，或者 true、false"
    figure = [field.path for field in dictionary_rows(Figure)]
    assert figure[figure.index("counted") :][:5] == [
        "counted", "counted.collection", "counted.measure", "counted.field", "counted.where",
    ]  # fmt: skip


def test_an_example_of_a_mask_is_code(tmp_path: Path) -> None:
    part = parts(tmp_path, {})["unit"]
    assert "<td>加引号的若干星号，如 <code>&#34;&#42;&#42;&#42;&#34;</code></td>" in part


def test_every_file_and_every_field_is_in_it() -> None:
    site = load(Project(FROZEN, FROZEN / "data", AS_OF))
    text = unescape(macros(site, "guide/dictionary.md")["dictionary"]())
    named = re.findall(r"^## (.+) `(\S+)` \{ #(\S+) \}$", text, re.MULTILINE)
    assert [anchor for *_, anchor in named] == [
        *SINGLE,
        *COLLECTIONS,
        "observations",
        "reports",
        "pages",
        *PAGE_MODELS,
    ]
    assert all(label for label, *_ in named)
    models = [*(file.model for file in SINGLE.values()), *(c.model for c in COLLECTIONS.values())]
    for model in [*models, *PAGE_MODELS.values()]:
        for name, field in described(model).items():
            assert f"<td><code>{name}</code></td><td>{field.label}</td>" in text


def test_links_to_its_parts_are_known(tmp_path: Path) -> None:
    page = "---\ntitle: 字典\n---\n\n# 字典\n\n见[一](#unit)、[二](#volunteerin)。\n\n{{ dictionary() }}\n"
    changes = edited(
        "mkdocs.yml", "  - 首页: index.md\n", "  - 首页: index.md\n  - guide/dictionary.md\n"
    )
    assert problems(tmp_path, {**changes, "docs/guide/dictionary.md": page}) == [
        "docs/guide/dictionary.md:7: 链接所指标题须在 guide/dictionary.md 中，没有 #volunteerin，是否为 volunteering？"
    ]


def test_how_a_number_is_derived_is_text(tmp_path: Path) -> None:
    """The descriptions of ledgers come from many hands."""
    how = '<a href="https://example.invalid">甲</a>{{ fig("x") }}&lt;'
    described = re.sub("(?<=    how: ).*", lambda _: f"'{how}'", LEDGER_FILES[LEDGER])
    part = parts(tmp_path, {LEDGER: described})["volunteering"]
    assert rows(part)[-1] == ["hours", "服务时长", "推算得出", "不填写", how]
    assert "<a " not in part
