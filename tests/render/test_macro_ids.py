"""The ids that a macro makes are those the table of macros names: links may lead there, headings may not be so."""

import re
from pathlib import Path

import pytest

from archive.facts.macros import MACROS
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.render import macros
from tests.conftest import AS_OF, FROZEN, archive_of
from tests.samples.editions import COMPLETE
from tests.samples.sample import FILES, problems

MADE = re.compile(r"""\{ #([^\s{}]+) \}|\bid="([^"]+)\"""")


def differing(site: Site) -> dict[str, set[str]]:
    """Page and macro → the ids in what it writes, or in the table, that are not in both."""
    found = {}
    for page in site.archive.pages.values():
        functions = macros(site, page.path)
        for call in page.calls:
            text = functions[call.name](*call.args, **dict(call.options))
            ids = {one or other for one, other in MADE.findall(text)}
            named = set(MACROS[call.name].anchors(site, page, call))
            if call.name != "report":  # it writes the pages, whose headings have ids by themselves
                found[f"{page.path} {call.name}"] = ids ^ named
    assert len(found) > 30
    return {where: ids for where, ids in found.items() if ids}


def test_the_table_names_every_id_that_a_macro_makes(demo_data: Path) -> None:
    assert differing(load(Project(FROZEN, FROZEN / "data", AS_OF))) == {}
    assert differing(load(archive_of(demo_data))) == {}


PAGE, KINDS = "docs/records/volunteering.md", "docs/examples/index.md"
RECORDS = '---\ntitle: 台账\n---\n\n# 台账\n\n{{ records("volunteering") }}\n'
EXAMPLES = "---\ntitle: 事例\n---\n\n# 事例\n\n{{ examples() }}\n"
REGISTER = {"data/figures.yml": COMPLETE}


@pytest.mark.parametrize(
    ("changes", "id_", "macro"),
    [
        ({PAGE: RECORDS, **REGISTER}, "totals", "records"),
        ({PAGE: RECORDS}, "y2024", "records"),
        ({KINDS: EXAMPLES}, "做法", "examples"),
        ({"docs/criteria/index.md": RECORDS.replace('records("volunteering")', "criteria()")}, "matrix", "criteria"),
        ({"docs/criteria/index.md": RECORDS.replace('records("volunteering")', "criteria()")}, "list", "criteria"),
    ],
)  # fmt: skip
def test_a_heading_has_no_id_of_a_macro_and_a_link_may_have_it(
    changes: dict[str, str], id_: str, macro: str, tmp_path: Path
) -> None:
    (file,) = (one for one in changes if one.startswith("docs/"))
    index = f"{FILES['docs/index.md']}\n见[那里]({file.removeprefix('docs/')}#{id_})。\n"
    told = problems(tmp_path / "link", {**changes, "docs/index.md": index})
    assert [one for one in told if "链接" in one] == []
    text = f"{changes[file]}\n## 又一节 {{ #{id_} }}\n\n文字。\n"
    told = problems(tmp_path / "heading", {**changes, file: text})
    rule = f"标题编号在一页内须唯一，{id_} 已由宏 {macro} 用过；请换一个编号，如 {{ #{id_}-2 }}"
    assert [one.partition(": ")[2] for one in told if "标题编号" in one] == [rule]
