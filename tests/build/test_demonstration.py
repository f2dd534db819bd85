"""The demonstration is an archive of three years: a report in the archive, one reported, one being drafted."""

import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from PIL import Image

from archive.build.editions.tree import redacted_tree
from archive.checks import check
from archive.facts.criteria import missing_kinds
from archive.facts.honours import HonourState, honour_state
from archive.facts.observations import series
from archive.facts.report_changes import report_changes
from archive.facts.reported import seals
from archive.facts.site import Site, load
from archive.facts.standing import changed_since, headlines, reviews_due
from archive.facts.versions import article_changes, versions
from archive.render import macros
from archive.render.page_context import page_context
from archive.render.report_changes import compared_lines
from archive.schema.honours import Honour
from demo import annual, attached, enacted, names, register
from tests.conftest import AS_OF, FROZEN, archive_of
from tests.samples.built import files

SUMMARY = "report/2024/summary.md"
SINCE = (
    "本报告2025年1月17日报送，已报送，文字和数照报送时的样子。"
    "此后：简明统计信息（2024年）报送 9，现为 12篇。"
)


@pytest.fixture(scope="module")
def site(demo_data: Path) -> Site:
    return load(archive_of(demo_data))


LINKED = re.compile(r'\[([^\]]+)\]\(\S+ "[^"]*"\)\{ [^}]* \}')
"""A figure, as the macro writes it."""


def text(markup: str) -> str:
    element: Any = lxml.html.fromstring(f"<div>{markup}</div>")
    return str(element.text_content())


def shown(site: Site, path: str) -> str:
    """The text of a page, its macros rendered; the rest is left as it is written."""
    return text(LINKED.sub(r"\1", site.archive.pages[path].rendered(macros(site, path), path)))


def test_the_check_has_nothing_to_say(site: Site) -> None:
    assert check(site) == ()


def test_two_reports_are_sealed_and_each_has_a_release(site: Site) -> None:
    reports = site.archive.reports
    assert [(id_, one.kind, one.state, one.reported, one.release) for id_, one in reports.items()] == [
        ("civilised-unit", "创建汇报", "起草", None, None),
        ("2025", "年度总结", "起草", None, None),
        ("2024", "年度总结", "已报送", date(2025, 1, 17), "2024年度"),
        ("2023", "年度总结", "存档", date(2024, 1, 19), "2023年度"),
    ]  # fmt: skip
    for id_, report in reports.items():
        due = seals(site.archive, report) if report.reported else {}
        assert report.sealed == due, id_
    releases = site.archive.releases
    assert {name: (one.date, one.commit) for name, one in releases.items()} == {
        "2023年度": (date(2024, 1, 19), None),
        "2024年度": (date(2025, 1, 17), None),
        "2025年度征求意见稿": (date(2026, 2, 6), None),
    }


def test_a_release_knows_nothing_of_later_years(site: Site) -> None:
    for report in site.archive.reports.values():
        if report.release and report.reported:
            for key, one in site.archive.releases[report.release].figures.items():
                entry, last = one.entry, report.period.end
                assert (entry.period.end or date.max) <= (last or date.min), key
                assert entry.complete_through == last, key
                assert (entry.approved.date or date.max) <= report.reported, key
                assert not entry.revisions, key
                assert entry.approved.value == one.value, key


def test_a_reported_page_shows_what_was_reported_and_what_was_revised_since(
    site: Site, demo_site: Path
) -> None:
    page: Any = lxml.html.document_fromstring(
        (demo_site / "report/2024/summary/index.html").read_bytes()
    )
    (article,) = page.xpath("//article")
    said = "".join(article.text_content().split())
    assert "".join(SINCE.split()) in said
    assert "编发简明统计信息9篇，比上年下降25.0%。" in said
    now, before = (shown(site, f"report/{year}/summary.md") for year in (2025, 2023))
    assert "编发简明统计信息12篇，比上年持平。" in now
    assert "编发简明统计信息12篇、统计工作动态12篇。" in before
    assert [("reported" in page_context(site, f"report/{year}/summary.md")) for year in (2023, 2025)] == [True, False]  # fmt: skip


def test_two_reports_differ_in_figures_and_sentences(site: Site) -> None:
    assert list(compared_lines(report_changes(site, "2024", "2025"))) == [
        "指标（2024 → 2025）",
        "  统计分析专报：12期 → 12期，持平",
        "  简明统计信息：9篇 → 12篇，增长33.3%",
        "  统计工作动态：12篇 → 无，不再使用",
        "  统计预警分析：4篇 → 4篇，持平",
        "  获市领导批示的分析专报：4篇 → 4篇，持平",
        "  帮扶资金：4万元 → 无，不再使用",
        "  帮助销售水果：1670斤 → 无，不再使用",
        "  走访共建社区居民：无 → 35人，新增",
        "  慰问帮助困难群众：47人次 → 49人次，增长4.3%",
        "  开展志愿活动：24次 → 24次，持平",
        "  志愿服务总时长：1099小时 → 1042小时，下降5.2%",
        "  志愿服务次数：370次 → 355次，下降4.1%",
        "文字：相同 19 句，不再有 7 句，新写 7 句",
        "  - 编发统计工作动态〔数〕。",
        "  - 志愿服务〔数〕，自本年起临时登记的不再计入，与上年不能相比。",
        "  - 投入帮扶资金〔数〕，比上年〔数〕。",
        "  - 帮助农户销售水果〔数〕。",
        "  - 建立专报选题库，逐季会商。",
        "  - （二）统一服务登记",
        "  - 修订志愿服务登记办法，活动结束即登记，不再事后补登。",
        "  + 专报选题按季会商，市领导批示的逐件跟进。",
        "  + 志愿服务〔数〕，比上年〔数〕。",
        "  + 走访共建社区居民〔数〕。",
        "  + 三、上年任务的办理",
        "  + 上年总结提出的下一步工作已分解成任务，办理情况如下。",
        "  + 把群众关心的问题列入选题库。",
        "  + 上年没有办完的任务，列入本年的培训安排。",
    ]


def test_where_the_definition_changed_nothing_is_compared(site: Site) -> None:
    figures = site.archive.figures
    assert list(series(figures, "volunteer_services")) == [
        ["volunteer_services"],
        ["volunteer_services@2023"],
        ["volunteer_services@2024", "volunteer_services@2025"],
    ]
    assert list(series(figures, "volunteer_hours")) == [
        ["volunteer_hours"],
        [f"volunteer_hours@{year}" for year in (2023, 2024, 2025)],
    ]


def test_the_next_report_says_what_became_of_the_tasks(site: Site) -> None:
    said = shown(site, "report/2025/summary.md")
    assert "《示例市统计局2024年度工作总结》定下的举措：共 5 项任务，已完成 3 项，进行中 1 项，未开始 1 项；其中已逾期 1 项。" in said  # fmt: skip
    assert "分批轮训" not in macros(site, "measures/index.md")["measures"]()


def test_the_public_edition_has_the_same_reports(site: Site) -> None:
    with redacted_tree(site) as project:
        public = load(project)
        assert list(public.archive.reports) == list(site.archive.reports)
        assert text(page_context(public, SUMMARY)["reported"]) == SINCE
        assert "编发简明统计信息9篇，比上年下降25.0%。" in shown(public, SUMMARY)
        assert "示例：建立专报选题库" not in shown(public, "report/2025/summary.md")
        changes = list(compared_lines(report_changes(public, "2024", "2025")))
    assert "  简明统计信息：9篇 → 12篇，增长33.3%" in changes


def test_what_a_bureau_has_taken_out_is_not_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "docs/report").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 甲\nnav:\n  - 首页: index.md\nextra:\n  a: 1\n"
    )
    annual.write_pages(tmp_path, {"volunteer_hours", "volunteer_activities"}, ())
    page = (tmp_path / "docs/report/2023/summary.md").read_text("utf-8")
    assert page.split("\n# ")[1] == (
        "示例市统计局2023年度工作总结\n\n"
        "本总结供演示用，单位、事项和数均为虚构。现将全年工作总结如下。\n\n"
        "## 一、统计服务 { #analysis }\n\n"
        "紧扣示例市的中心工作，及时提供统计信息和分析。\n\n"
        "盯住走势异常的行业，逐季会商研判。\n\n"
        "## 二、为民服务 { #public-service }\n\n"
        "把服务送到示例社区和示例村，做到年初有安排、年末有总结。"
        '干部职工开展志愿活动{{ fig("volunteer_activities") }}，服务总时长{{ fig("volunteer_hours") }}。\n'
    )
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    assert settings.startswith("site_name: 甲\nnav:\n  - 年度总结:\n      - report/index.md\n")
    assert settings.endswith(
        "      - report/2025/compared.md\n  - 首页: index.md\nextra:\n  a: 1\n"
    )


def test_it_stands_back_where_the_bureau_has_such_a_report_itself(tmp_path: Path) -> None:
    assert annual.fits(FROZEN)
    (tmp_path / "a/docs/report/2024").mkdir(parents=True)
    (tmp_path / "b/data/reports").mkdir(parents=True)
    (tmp_path / "b/data/reports/annual.yml").write_text("kind: 年度总结\n", "utf-8")
    assert [annual.fits(tmp_path / name) for name in "abc"] == [False, False, True]


@pytest.mark.deep
def test_each_run_writes_the_same(demo_data: Path, tmp_path: Path) -> None:
    code = "import sys, pathlib, demo.write; demo.write.write(*map(pathlib.Path, sys.argv[1:]))"
    subprocess.run(
        [sys.executable, "-c", code, str(FROZEN), str(tmp_path / "again")],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
    )
    assert files(tmp_path / "again") == files(demo_data.parent)


def test_no_real_place_or_person_is_left(demo_data: Path) -> None:
    assert {name for _, _, name in names.left_in(FROZEN)} == {
        "灵武市", "郝家桥镇", "梁村", "天盛社区", "宁夏", "习近平"
    }  # fmt: skip
    assert list(names.left_in(demo_data.parent)) == []


@pytest.mark.parametrize("name", ["银川市", "兴庆区", "贺兰县", "郑州", "金凤社区", "张家庄村", "黄河流域"])  # fmt: skip
def test_a_real_place_is_found_wherever_a_page_names_it(name: str) -> None:
    assert list(names.left(f"# 走访\n\n干部职工到{name}走访，助力创建文明城市。")) == [(3, name)]


def test_regulations_are_in_every_state(site: Site) -> None:
    standing = {id_: one.standing for id_, one in site.regulations.items() if not one.data.draft}
    assert standing == {
        "shili-archives": "现行有效",
        "shili-archives-trial": "已废止",
        "shili-census": "已失效",
        "shili-provision": "现行有效（2025年修改）",
        "shili-seals": "已废止",
    }
    assert [one.id for one in reviews_due(site)] == ["shili-provision"]
    entry = site.regulations["shili-provision"]
    assert [(one.article, one.index, one.before.exists) for one in article_changes(entry.page, entry.data)] == [
        ("4", 0, True), ("5", 0, True), ("5", 1, True), ("6-1", 1, False)
    ]  # fmt: skip
    assert [(one.page, one.until) for one in versions(entry.page, entry.data)] == [
        ("regulations/versions/shili-provision-2022-03-01.md", date(2023, 9, 14)),
        ("regulations/versions/shili-provision-2023-09-15.md", date(2025, 4, 9)),
        ("regulations/shili-provision.md", None),
    ]
    for one in site.regulations.values():
        if not one.data.draft:
            assert one.data.issuing_body == "示例市统计局"
            assert one.data.number.startswith("示例")
            assert "供演示用，不是任何单位的制度。" in one.page.plain


def test_where_the_bureau_has_no_compilation_it_gets_no_regulations(tmp_path: Path) -> None:
    settings = "site_name: 甲\nnav:\n  - 首页: index.md\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    enacted.write_pages(tmp_path, {"regulation_categories": ["甲"]})
    assert (tmp_path / "mkdocs.yml").read_text("utf-8") == settings


def test_a_figure_was_revised_and_another_corrected(site: Site) -> None:
    changes = {
        key: [f"{one.kind}：{one.old}改为{one.new}" for one in value.figure.revisions]
        for key, value in site.values.items()
        if value.figure.revisions
    }
    assert changes == {
        "brief_bulletins": ["修订：33改为36"],
        "brief_bulletins@2024": ["修订：9改为12"],
        "epidemic_volunteers": ["更正：265改为253"],
        "epidemic_volunteers@2024": ["更正：118改为106"],
    }
    since = changed_since(site)
    assert since
    assert since[:2] == ("2025年度征求意见稿", date(2026, 2, 6))
    assert [value.id for value, _ in since[2]] == [
        "epidemic_volunteers",
        "epidemic_volunteers@2024",
    ]


def test_changed_is_another_figure_where_the_bureau_has_not_these() -> None:
    signed = {"approved": {"by": "甲", "date": date(2026, 1, 16)}, "counted": {"measure": "count"}}
    entries = {key: signed | {"unit": "次"} for key in ("a", "b", "a@2024", "b@2024")}
    made = register.agreeing(entries, dict.fromkeys(entries, Decimal(20)))
    assert {key: [one["kind"] for one in made[key]["revisions"]] for key in made} == {
        "a": ["修订"], "b": ["更正"], "a@2024": ["修订"], "b@2024": ["更正"]
    }  # fmt: skip
    assert {key: made[key]["approved"]["value"] for key in made} == {
        "a": 17, "b": 32, "a@2024": 17, "b@2024": 32
    }  # fmt: skip


def test_honours_are_in_every_state(site: Site) -> None:
    states = {one.id: honour_state(one.data, AS_OF) for one in site.archive.of(Honour)}
    assert {*states.values()} == {*HonourState}
    certified = {
        one.id: one.data.certificate for one in site.archive.of(Honour) if one.data.certificate
    }
    assert {id_: states[id_].value for id_ in certified} == {
        "civilised-unit": "保留", "shili-women": "已届满", "shili-youth": "已撤销"
    }  # fmt: skip
    assert all(certified[id_] in site.archive.docs for id_ in certified)


def test_items_of_the_assessment_are_complete_or_lack_something_an_office_owes(site: Site) -> None:
    assert [one.criterion.code for one in site.criteria.values() if not missing_kinds(site.archive, one)] == [
        "一（三）", "二（四）", "三（二）", "三（四）"
    ]  # fmt: skip
    assert all(one.criterion.office for one in site.criteria.values())
    assert [(one.value.id, one.value.exact is not None) for one in headlines(site)] == [
        (id_, True)
        for id_ in (
            "volunteer_hours", "volunteer_activities", "brief_bulletins", "analysis_reports",
            "assistance_funds", "fruit_sold", "people_helped", "epidemic_volunteers",
        )
    ]  # fmt: skip


def test_pictures_are_small_files_that_say_nothing_of_a_camera(site: Site) -> None:
    attached = {name: path for name, path in site.archive.docs.items() if name.startswith("files/")}
    assert {path.suffix for path in attached.values()} == {".jpg", ".png", ".pdf"}
    for name, path in attached.items():
        assert path.stat().st_size <= 60_000, name
        if path.suffix != ".pdf":
            with Image.open(path) as picture:
                assert max(picture.size) <= 1200, name
                assert not picture.getexif(), name
                assert picture.info.keys() <= {
                    "jfif",
                    "jfif_version",
                    "jfif_unit",
                    "jfif_density",
                }, name
    named = {
        item
        for records in site.archive.records.values()
        for one in records
        for item in (
            *getattr(one.data, "evidence", ()),
            getattr(one.data, "certificate", None) or "",
        )
        if item.startswith("files/")
    }
    proofs = [proof for one in site.criteria.values() for proof in one.criterion.evidence]
    named |= {proof.to for proof in proofs if proof.to.startswith("files/")}
    assert named == attached.keys()
    pictures = [proof for proof in proofs if proof.kind == "图片"]
    assert len({proof.to for proof in pictures}) == len(pictures) == 18
    assert {Path(proof.to).suffix for proof in pictures} == {".jpg"}


def test_the_bureaus_own_pictures_and_scans_are_not_shown(tmp_path: Path) -> None:
    folder = tmp_path / "files/2024"
    folder.mkdir(parents=True)
    names = ("照片.JPG", "图.png", "通知.pdf", "表.xlsx")
    for name in names:
        (folder / name).write_bytes(b"own")
    attached.replace_own(tmp_path)
    heads = {path.name: path.read_bytes()[:4] for path in folder.iterdir()}
    assert heads == {"照片.JPG": b"\xff\xd8\xff\xe0", "图.png": b"\x89PNG", "通知.pdf": b"%PDF", "表.xlsx": b"own"}  # fmt: skip
    assert [attached.is_replaced(f"docs/files/2024/{name}") for name in names] == [True, True, True, False]  # fmt: skip
    assert not attached.is_replaced("docs/assets/图.png")
