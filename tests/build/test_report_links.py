"""From each sentence of the report to what it names in the archive, and back, in the built site."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote, urljoin

import lxml.html
import pytest
import yaml

from tests.conftest import FROZEN

PARTS = ("overview", "part-1", "part-2", "part-3", "next")

# Where the report names a system, the words it uses, the page that keeps it.
SYSTEMS = [
    # 制度汇编
    ("part-1#planning", "统计局制度汇编", "regulations/"),
    ("part-1#planning", "工作程序", "regulations/work-rules/"),
    ("part-1#planning", "议事规则", "regulations/party-group-rules/"),
    ("part-1#management", "党风廉政建设责任制", "regulations/integrity-responsibility/"),
    ("part-1#management", "人事管理", "regulations/personnel/"),
    ("part-1#management", "财务审批", "regulations/finance-approval/"),
    ("part-1#management", "请销假", "regulations/leave/"),
    ("part-1#management", "外出报备", "regulations/going-out/"),
    ("part-1#common-effort", "卫生管理制度", "regulations/hygiene/"),
    ("part-2#party-study", "意识形态工作责任制", "regulations/ideology-responsibility/"),
    ("part-3#volunteering", "志愿服务总时长", "regulations/volunteer-records/"),
    ("next#political-guidance", "“第一议题”制度", "regulations/first-agenda/"),
    ("next#data-quality", "源头数据审核", "regulations/data-quality/"),
    ("next#rule-of-law", "网络安全和数据安全责任", "regulations/network-security/"),
    # 荣誉
    ("overview", "全国人口普查先进集体", "honours/#population-census"),
    ("overview", "国家级节约型机关", "honours/#economical-organ"),
    ("overview", "第四次全国经济普查先进集体", "honours/#economic-census"),
    ("overview", "文明单位", "honours/#civilised-unit"),
    ("overview", "无烟党政机关", "honours/#smoke-free-organ"),
    ("overview", "模范机关达标单位", "honours/#model-organ"),
    ("overview", "体育道德风尚奖", "honours/#sportsmanship"),
    ("part-2#party-study", "模范机关", "honours/#model-organ"),
    ("part-2#party-study", "星级党支部", "honours/#star-branch"),
    ("part-2#examples", "全国统计系统先进工作者", "honours/#statistics-model"),
    # 典型人物与事例
    ("part-2#examples", "老党员", "examples/veteran-member/"),
    ("part-2#examples", "同志", "examples/national-model/"),
    ("part-3#volunteering", "入户排查、核酸检测和楼栋值守", "examples/epidemic-volunteers/"),
    # 三级学习、三会一课、主题党日
    ("part-2#party-study", "三级学习模式", "regulations/three-meetings/#art-10"),
    ("part-2#party-study", "“三会一课”", "regulations/three-meetings/"),
    ("part-2#party-study", "主题党日", "records/activities/"),
    # 发展党员
    ("part-2#branch", "发展党员工作", "records/party_members/"),
    # 干部培养
    ("part-2#examples", "干部队伍", "records/cadres/"),
    # 双报到与共驻共建（一书三单）
    ("part-2#branch", "“双报到、双报告”", "records/community/"),
    ("part-2#branch", "共驻共建协议书", "records/community/"),
    ("part-2#branch", "“一书三单”", "records/community/"),
    # 道德讲堂、统计讲座、技能竞赛、文体活动
    ("part-2#carriers", "道德讲堂", "records/activities/"),
    ("part-2#carriers", "统计讲座", "records/activities/"),
    ("part-2#carriers", "技能竞赛", "records/activities/"),
    ("part-2#carriers", "职工书画展和趣味运动会", "records/activities/"),
    # 统计产品
    ("part-3#statistical-service", "统计分析", "records/publications/"),
    ("part-3#statistical-service", "统计分析专报", "indicators/analysis_reports/"),
    ("part-3#statistical-service", "简明统计信息", "indicators/brief_bulletins/"),
    ("part-3#statistical-service", "统计工作动态", "indicators/work_updates/"),
    ("part-3#statistical-service", "统计预警分析", "indicators/early_warnings/"),
    ("part-3#statistical-service", "《统计简明手册》", "records/publications/"),
    ("part-3#statistical-service", "“一图读懂统计公报”", "examples/infographics/"),
    # 入企服务
    ("part-3#enterprises", "宣讲统计法律法规", "records/enterprise_services/"),
    ("part-3#enterprises", "统计诚信承诺制", "regulations/honesty-pledge/"),
    ("part-3#enterprises", "《易错指标提示单》", "examples/error-prone-indicators/"),
    ("part-3#enterprises", "包容审慎监管", "regulations/lenient-enforcement/"),
    ("part-3#enterprises", "轻微违法行为", "examples/lenient-supervision/"),
    ("part-3#enterprises", "行政指导、行政约谈、行政告诫、行政建议", "records/enterprise_services/"),
    # 定点帮扶
    ("part-3#assistance", "第一书记", "examples/first-secretary/"),
    ("part-3#assistance", "帮扶资金", "records/assistance/"),
    ("part-3#assistance", "销售水果", "records/assistance/"),
    ("part-3#assistance", "困难群众", "records/assistance/"),
    # 志愿服务
    ("part-3#volunteering", "文明交通志愿服务", "records/volunteering/"),
    # 下一步五项举措
    ("next#political-guidance", "压紧压实管党治党责任", "measures/#political-guidance"),
    ("next#team", "统计行风建设", "measures/#team"),
    ("next#monitoring", "分析研究", "measures/#monitoring"),
    ("next#data-quality", "建立清单、动态管理", "measures/#data-quality"),
    ("next#rule-of-law", "健全统计监督体系", "measures/#rule-of-law"),
]  # fmt: skip

Text = list[tuple[str, str]]
"""Characters, each with where the link around it leads, from the site's root, or an empty string."""


@lru_cache
def article(site: Path, address: str) -> lxml.html.HtmlElement:
    tree = lxml.html.document_fromstring((site / address / "index.html").read_bytes())
    (found,) = tree.iter("article")
    return found


def leads(address: str, link: lxml.html.HtmlElement) -> str:
    """Where a link on a page leads, from the site's root."""
    return unquote(urljoin(f"/{address}", link.get("href") or "")).removeprefix("/")


def read(element: lxml.html.HtmlElement, address: str, link: str = "") -> Iterator[tuple[str, str]]:
    here = leads(address, element) if element.tag == "a" else link
    yield from ((char, here) for char in element.text or "")
    for child in element:
        yield from read(child, address, here)
        yield from ((char, here) for char in child.tail or "")


def sections(site: Path, part: str) -> dict[str, Text]:
    """The paragraphs of a part of the report, by the id of the sub-section they stand in."""
    address = f"report/{part}/"
    found: dict[str, Text] = {}
    place = part
    for element in article(site, address).xpath(".//h2[@id] | .//p"):
        if element.tag == "h2":
            place = f"{part}#{element.get('id')}"
        else:
            found.setdefault(place, []).extend(read(element, address))
    return found


def spans(text: Text, words: str) -> list[tuple[int, int]]:
    plain = "".join(char for char, _ in text)
    return [found.span() for found in re.finditer(re.escape(words), plain)]


def sentence(text: Text, span: tuple[int, int]) -> Text:
    """The sentence around a stretch of text."""
    plain = "".join(char for char, _ in text)
    return text[plain.rfind("。", 0, span[0]) + 1 : plain.find("。", span[1])]


def back(site: Path, target: str) -> set[str]:
    """Where a page leads, or one entry of the honours, the register or the measures."""
    address, _, anchor = target.partition("#")
    page = article(site, address)
    if address not in ("honours/", "figures/", "measures/"):
        return {leads(address, link) for link in page.iter("a")}
    (heading,) = page.xpath(f".//*[@id='{anchor}']")
    ends = ("h2", heading.tag)
    after = takewhile(lambda element: element.tag not in ends, heading.itersiblings())
    # An honour is a row; a figure and a measure are a heading and what follows it.
    parts = [heading] if heading.tag == "tr" else after
    return {leads(address, link) for part in parts for link in part.iter("a")}


@pytest.mark.parametrize(("place", "words", "target"), SYSTEMS)
def test_from_the_sentence_to_the_page_and_back(
    real_site: Path, place: str, words: str, target: str
) -> None:
    text = sections(real_site, place.partition("#")[0])[place]
    named = spans(text, words)
    assert named
    assert any(target in {link for _, link in sentence(text, span)} for span in named)
    part, _, anchor = place.partition("#")
    there = back(real_site, target)
    # The lead has no sub-section: its heading is that of the page.
    wanted = f"report/{part}/#{anchor}" if anchor else f"report/{part}/"
    assert any(link == wanted if anchor else link.startswith(wanted) for link in there)


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_named_leads_to_its_entry(real_site: Path, part: str) -> None:
    source = (FROZEN / "docs" / "report" / f"{part}.md").read_text("utf-8")
    address = f"report/{part}/"
    links = article(real_site, address).xpath(".//a[contains(@class, 'fig')]")
    named = re.findall(r'fig\("(\w+)"\)', source)
    assert [leads(address, link) for link in links] == [f"indicators/{id_}/" for id_ in named]
    assert all(article(real_site, "figures/").xpath(f".//tr[@id='{id_}']") for id_ in named)


def titles(folder: str) -> dict[str, str]:
    """Title → address, of the pages in a folder of docs/."""
    found = {}
    for path in (FROZEN / "docs").glob(f"{folder}/*.md"):
        front = yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.CSafeLoader)
        stem = "" if path.stem == "index" else f"{path.stem}/"
        found[front["title"].strip("《》")] = f"{folder}/{stem}"
    return found


def honours() -> dict[str, str]:
    """Title, with the hidden name before it as its mask → address, of all honours on record."""
    names = yaml.load((FROZEN / "data" / "unit.yml").read_text("utf-8"), yaml.CSafeLoader)["names"]
    found = {}
    for path in (FROZEN / "data" / "honours").glob("*.yml"):
        record = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        hidden = names.get(record.get("prefix"))
        before = (hidden["value"] or hidden["mask"]) if hidden else ""
        found[before + record["title"]] = f"honours/#{path.stem}"
    return found


def known() -> dict[str, str]:
    """What the report may name in these words → the page or entry it must then lead to."""
    # Of 外出报备制度 the report may say 外出报备, or make those words alone a link.
    short = {re.sub("制度$|办法$", "", title): at for title, at in titles("regulations").items()}
    return {**short, **titles("examples"), **honours()}


@pytest.mark.parametrize("part", PARTS)
def test_whatever_is_named_and_has_a_page_is_a_link(real_site: Path, part: str) -> None:
    text = [one for section in sections(real_site, part).values() for one in section]
    bare = []
    for words, target in known().items():
        for start, end in spans(text, words):
            links = {link for _, link in text[start:end]}
            if "" in links or target not in links:
                bare.append((words, target, sorted(links)))
    assert bare == []


@pytest.mark.parametrize("part", PARTS)
def test_a_title_in_book_marks_is_a_link_or_has_no_page(real_site: Path, part: str) -> None:
    text = [one for section in sections(real_site, part).values() for one in section]
    plain = "".join(char for char, _ in text)
    unlinked = {
        found[1]
        for found in re.finditer("《([^《》]*)》", plain)
        if "" in {link for _, link in text[found.start() : found.end()]}
    }
    assert [title for title in unlinked if title.endswith((*known(), "统计简明手册"))] == []
