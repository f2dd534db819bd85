"""The index by item: what belongs together, its page, and the lines over the pages it holds."""

from pathlib import Path

from archive.facts.site import Site
from archive.render import macros
from archive.render.page_context import page_context
from tests.samples import sample
from tests.samples.sample import CRITERIA, EXAMPLE, REGULATION, edited

Changes = dict[str, str | bytes | None]

HONOUR = (
    "title: 示范单位\nrecipient: 集体\nlevel:\nbody:\ndate: 2024-05-01\nbasis:\n"
    "certificate:\nterm:\nterm_end:\n"
)
MORE = """\
volunteers:
  code: 二（一）
  title: 志愿
  asks: 有事例
  report:
  wanted: [正式文件, 总结, 数据表格, 链接]
  statement: 走访{visited}。
  evidence:
    - {kind: 总结, to: examples/b.md#practice}
    - {kind: 链接, to: examples/a.md}
    - {kind: 链接, to: index.md}
    - {kind: 正式文件, to: award}
    - {kind: 正式文件, to: 'regulations/leave.md#art-2'}
    - {kind: 正式文件, to: leave}
    - {kind: 数据表格, to: figures/index.md#activities}
"""


def page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\n---\n\n# {title}\n\n{text}\n"


SITE: Changes = {
    **edited(
        "mkdocs.yml",
        "  - 制度: regulations/leave.md\n",
        "  - criteria/index.md\n  - topics.md\n  - honours/index.md\n  - records/volunteering.md\n"
        "  - examples/a.md\n  - examples/b.md\n  - regulations/leave.md\n  - regulations/new.md\n",
    ),
    "data/criteria.yml": CRITERIA + MORE,
    "data/honours/award.yml": HONOUR,
    "data/honours/spare.yml": HONOUR.replace("示范单位", "无烟单位"),
    "docs/criteria/index.md": page("项目", "{{ criteria() }}"),
    "docs/topics.md": page(
        "主题", "见[志愿](#volunteers)、[其余](#未归入项目)。\n\n{{ topics() }}"
    ),
    "docs/honours/index.md": page("荣誉", "{{ honour_list() }}"),
    "docs/records/volunteering.md": page("志愿服务", '{{ records("volunteering") }}'),
    "docs/examples/a.md": EXAMPLE.replace("提示单", "甲事例"),
    "docs/examples/b.md": EXAMPLE.replace("提示单", "乙事例"),
    "docs/regulations/new.md": REGULATION.replace("请销假", "新").replace("4号", "5号"),
}


def read(root: Path) -> Site:
    return sample.read(root, SITE)


def test_the_sample_has_no_fault(tmp_path: Path) -> None:
    assert sample.problems(tmp_path, SITE) == []


def test_the_index(tmp_path: Path) -> None:
    assert macros(read(tmp_path), "topics.md")["topics"]() == (
        "## 一（一） 统筹 { #planning }\n\n"
        "考评项目：[要求和材料](criteria/index.md#planning)；"
        "见报告：[一、组织 · （一）统筹](report/part-1.md#planning)\n\n"
        "- 台账：[志愿服务活动](records/volunteering.md)\n"
        "- 指标：[开展活动](indicators/activities.md)、[走访居民](indicators/visited.md)\n\n"
        "## 二（一） 志愿 { #volunteers }\n\n"
        "考评项目：[要求和材料](criteria/index.md#volunteers)\n\n"
        "- 典型事例：[乙事例](examples/b.md)、[甲事例](examples/a.md)\n"
        "- 制度：[请销假制度](regulations/leave.md)\n"
        "- 荣誉：[示范单位](honours/index.md#award)\n"
        "- 指标：[开展活动](indicators/activities.md)、[走访居民](indicators/visited.md)\n\n"
        "## 未归入项目 { #未归入项目 }\n\n"
        "- 制度：[新制度](regulations/new.md)\n"
        "- 荣誉：[无烟单位](honours/index.md#spare)"
    )


def test_an_item_and_a_remainder_of_nothing(tmp_path: Path) -> None:
    planning = CRITERIA.partition("  report:")[0] + (
        "  report:\n  wanted: [数据表格, 链接]\n  statement:\n  evidence: []\n"
    )
    every = planning.replace("planning", "every").replace("evidence: []", "evidence:") + (
        "    - {kind: 链接, to: leave}\n    - {kind: 数据表格, to: visited}\n"
        "    - {kind: 数据表格, to: 'figures/index.md#activities'}\n"
    )
    site = sample.read(tmp_path, {"data/criteria.yml": planning + every})
    text = macros(site, "topics.md")["topics"]()
    assert "criteria/index.md#planning)\n\n（尚无材料。）\n\n" in text
    assert text.endswith("## 未归入项目 { #未归入项目 }\n\n（没有。）")


def context_of(root: Path, path: str) -> dict[str, str]:
    found = page_context(read(root), path)
    return {name: found[name] for name in ("proves", "related") if name in found}


def test_what_stands_over_an_example(tmp_path: Path) -> None:
    assert context_of(tmp_path, "examples/a.md") == {
        "proves": '考评项目：<a href="../../criteria/#volunteers">二（一） 志愿</a>',
        "related": (
            '相关：<a href="../../examples/b/">乙事例</a>、'
            '<a href="../../regulations/leave/">《请销假制度》</a>'
        ),
    }


def test_what_stands_over_a_collection_and_over_other_pages(tmp_path: Path) -> None:
    assert context_of(tmp_path, "records/volunteering.md") == {
        "proves": '考评项目：<a href="../../criteria/#planning">一（一） 统筹</a>'
    }
    assert context_of(tmp_path, "regulations/new.md") == {}
    assert context_of(tmp_path, "index.md") == {}


def test_of_many_related_pages_the_first_are_shown(tmp_path: Path) -> None:
    names = "bcdefghij"
    evidence = "".join(f"    - {{kind: 链接, to: examples/{name}.md}}\n" for name in f"a{names}")
    changes: Changes = {
        **SITE,
        "data/criteria.yml": MORE.partition("    - ")[0] + evidence,
        **{f"docs/examples/{name}.md": EXAMPLE.replace("提示单", f"事例{name}") for name in names},
    }
    related = page_context(sample.read(tmp_path, changes), "examples/a.md")["related"]
    shown = "、".join(f'<a href="../../examples/{name}/">事例{name}</a>' for name in names[:8])
    item = '<a href="../../criteria/#volunteers">二（一） 志愿</a>'
    assert related == f"相关：{shown}等 9 项，全部见{item}"
