"""The rules of the pages, one fault at a time. The line added to the report's part is line 11."""

from collections import Counter
from difflib import get_close_matches
from pathlib import Path

import pytest

from archive import checks
from archive.checks.pages import pages_are_simple
from archive.facts.macros import MACROS, anchors
from archive.facts.site import Site
from archive.files import validation
from archive.files.pages import Page
from archive.render import macros
from tests.samples.sample import FILES, MKDOCS, SUMMARY, problems, read, report
from tests.samples.ways_out import TYPED_NUMBER

PART, INDEX = "docs/report/part-1.md", "docs/index.md"


UNREAD = "链接须写作 [文字](路径)，在一行内；文字里不含方括号，路径里不含宏，有空格的路径写作 <路径>，现有："


def test_no_list_of_the_navigation_is_long(tmp_path: Path) -> None:
    """Every page of a list shows all of it, so that the site grows with the square of their number."""
    files = {f"docs/a{n}.md": "---\ntitle: 甲\n---\n\n# 甲\n" for n in range(297)}
    listed = [f"  - a{n}.md\n" for n in range(297)]
    nav = "".join([*listed[:-1], "  - 乙:\n      - 丙: a296.md\n", "plugins:"])
    whole = {"mkdocs.yml": MKDOCS.replace("plugins:", nav), **files}
    message = "导航的一节须不超过 300 项（其中每一页都列出它们），现有 301 项；请分成几节"
    assert problems(tmp_path / "301", whole) == [f"mkdocs.yml:3: {message}"]
    within = {"mkdocs.yml": MKDOCS.replace("plugins:", nav.replace(listed[0], "")), **files}
    lost = "页面须列入 mkdocs.yml 的导航（nav）；请在 nav 里加一行 - a0.md"
    assert problems(tmp_path / "300", within) == [f"docs/a0.md:1: {lost}"]
    none = "超过 300 页的须写导航（nav），现有 302 页而没有写；请把各页分节列入"
    without = {"mkdocs.yml": "site_name: 样例\n", **files}
    assert problems(tmp_path / "none", without) == [f"mkdocs.yml:1: {none}"]


def test_of_thousands_of_wrong_links_only_the_first_are_told_what_is_near(tmp_path: Path) -> None:
    """Looking at every page for each of them took minutes."""
    links = "".join(f"[甲](report/part-{number}.md)\n\n" for number in range(1000, 2000))
    asked = Counter[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "MAX_COMPARED", 10_000)
        patch.setattr(
            validation,
            "get_close_matches",
            lambda word, *at, **how: asked.update([word]) or get_close_matches(word, *at, **how),
        )
        found = problems(tmp_path, {INDEX: f"---\ntitle: 首页\n---\n\n{links}"})
    pages = sum(map(len, read(tmp_path / "pages").archive.pages))
    assert len(asked) == -(-10_000 // (len("report/part-1000.md") * pages + 1))
    assert (
        found[0]
        == f"{INDEX}:5: 链接所指须在 docs/ 下，没有 report/part-1000.md，是否为 report/part-1.md？"
    )


def test_the_ids_of_a_page_are_found_once_for_all_links_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each link would else read every table of the page it leads to."""
    site = read(tmp_path)
    register = site.archive.pages["figures/index.md"]
    found = list(anchors(site, register))
    assert {"activities", "visited"} <= {*found}
    monkeypatch.setattr("archive.facts.macros.MACROS", {})
    assert list(anchors(site, register)) == found


def added(text: str) -> dict[str, str | bytes | None]:
    return {PART: f"{FILES[PART]}\n{text}\n"}


HALF = '宏须写在两对英文花括号里，写作 {{ fig("指标编号") }}，现有花括号外的 fig('


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{ fig("activitys") }}', ["没有指标 activitys，是否为 activities？"]),
        ('{{ name("bureaux") }}', ["没有名称 bureaux，是否为 bureau？"]),
        ('{{ table("volunteer") }}', ["没有台账 volunteer，是否为 volunteering？"]),
        ('{{ records("x") }}', ["没有台账 x，可用：volunteering、publications、assistance、party_members、cadres、activities、community、enterprise_services；请改用其中一个"]),
        ('{{ records("") }}', ["没有台账 ，可用：volunteering、publications、assistance、party_members、cadres、activities、community、enterprise_services；请改用其中一个"]),
        ('{{ table("volunteering", kinds="学雷锋") }}', ["台账 volunteering 没有字段 kinds，是否为 kind？"]),
        ('{{ table("volunteering", year=2024, kind="学雷锋") }}', []),
        ('{{ figs("activities") }}', ["没有宏 figs，是否为 fig？"]),
        ("{{ fig() }}", ['宏 fig 须写作 {{ fig("指标编号") }}']),
        ("{{ fig(12) }}", ['宏 fig 须写作 {{ fig("指标编号") }}']),
        ('{{ name("bureau", 1) }}', ['宏 name 须写作 {{ name("名称编号") }}']),
        ('{{ fig("activities", short=true) }}', ['宏 fig 须写作 {{ fig("指标编号") }}']),
        ('甲\\{{ name("bureau") }}', ["宏 name 前不得紧接反斜杠 \\；请删去反斜杠"]),
        ('甲\\\\{{ name("bureau") }}', []),
        ('{{ report("summary") }}', ["报告的各页里不得有宏 report，它显示的就是这些页；请删去，或者移到另外的一页"]),
        ("{{ register(1) }}", ["宏 register 须写作 {{ register() }}"]),
        ("{{ 标题 }}", ['双花括号里须是一个宏，现为 {{ 标题 }}；请写作 {{ fig("指标编号") }} 的样子，或者删去花括号']),
        ('{{ fig("activities") + 1 }}', ['双花括号里须是一个宏，现为 {{ fig("activities") + 1 }}；请写作 {{ fig("指标编号") }} 的样子，或者删去花括号']),
        ('{{ fig("activities" }}', ['双花括号里须是一个宏，现为 {{ fig("activities" }}；请写作 {{ fig("指标编号") }} 的样子，或者删去花括号']),
        ('{{ fig(“activities”) }}', ['双花括号里须是一个宏，现为 {{ fig(“activities”) }}；请写作 {{ fig("指标编号") }} 的样子，或者删去花括号']),
        ('{{ fig("activities)', ["双花括号 {{ }} 须成对，引号须用英文引号并成对；请写作 {{ fig(\"指标编号\") }} 的样子"]),
        ("{% if x %}", ["页面里须只用双花括号的宏，现有 {%；要原样显示请放进 raw 块"]),
        ("## 小节 {#more}", ["左花括号与 # 之间须有空格，{# 会把后面的文字全部当作注释吞掉；请写作 { #id }"]),
        ('`{{ fig("activities") }}`', ["代码和注释里不得有宏，现有 fig；要原样显示请放进 raw 块"]),
        ('<!-- {{ name("bureau") }} -->', ["代码和注释里不得有宏，现有 name；要原样显示请放进 raw 块"]),
        ('{% raw %}`{{ fig("没有") }}`{% endraw %}', []),
        ('{{ fig("activities") }}次', ["宏 fig 已带单位，其后不得再写“次”；请删去“次”"]),
        ('{{ fig("activities") }} 次', ["宏 fig 已带单位，其后不得再写“次”；请删去“次”"]),
        ('{{ fig("activities") }}次日、{{ fig("activities") }}来自各科室、{{ fig("activities") }}多为青年', []),
        ('节约{{ fig("activities") }}，最近{{ fig("activities") }}，附近{{ fig("activities") }}', []),
        ('{{ fig("activities") }}以上', ["约数写法须由指标登记决定，其后不得再写“以上”；请删去“以上”"]),
        ('{{ fig("activities") }}左右', ["约数写法须由指标登记决定，其后不得再写“左右”；请删去“左右”"]),
        ('{{ fig("activities") }}几', ["约数写法须由指标登记决定，其后不得再写“几”；请删去“几”"]),
        ('{{ fig("activities") }}多名', ["约数写法须由指标登记决定，其后不得再写“多”；请删去“多”"]),
        ('突破{{ fig("activities") }}', ["约数写法须由指标登记决定，其前不得再写“突破”；请删去“突破”"]),
        ('{ fig("activities") }', [HALF]),
        ('fig("activities")', [HALF]),
        ('fig ( "activities" )', [HALF]),
        ('{{ fig("activities") }', ["双花括号 {{ }} 须成对，引号须用英文引号并成对；请写作 {{ fig(\"指标编号\") }} 的样子"]),
        ('{ fig("activities") }}', [HALF]),
        ('｛｛ fig("activities") ｝｝', ["花括号须是英文的，现有全角的“｛”；请改为英文的 { }，如 {{ fig(\"指标编号\") }}、{ #planning }"]),
        ("fig（“activities”）", [HALF]),
        ('`fig("activities")`与{% raw %}fig("activities"){% endraw %}', []),
        ("config(x) 与 fig 等词，report（报告小节）", []),
        ('{{ fig("activities") }}余', ["约数写法须由指标登记决定，其后不得再写“余”；请删去“余”"]),
        ('走访近{{ fig("visited") }}', ["约数写法须由指标登记决定，其前不得再写“近”；请删去“近”"]),
        ("[![图](x.png)](../index.md)", [UNREAD + "](../index.md)", "链接所指须在 docs/ 下，没有 report/x.png；请放进这个文件，或者改正路径"]),
        ("[看[甲]](../index.md)", [UNREAD + "](../index.md)"]),
        ("[看](../index.md (题))", [UNREAD + "](../index.md (题))"]),
        ("甲[^1]\n\n[^1]: 见[首页](../index.md)", []),
        ("***统计局", ["掩码须由宏 name 或 fig 显示，不得手写星号，现有“***”；写作 name(\"编号\") 或 fig(\"编号\")，要显示星号请写作 \\*"]),
        ("“**发布”和《***日报》", ["掩码须由宏 name 或 fig 显示，不得手写星号，现有“**”；写作 name(\"编号\") 或 fig(\"编号\")，要显示星号请写作 \\*", "掩码须由宏 name 或 fig 显示，不得手写星号，现有“***”；写作 name(\"编号\") 或 fig(\"编号\")，要显示星号请写作 \\*"]),
        ("＊＊统计局", ["掩码须由宏 name 或 fig 显示，不得手写星号，现有“＊＊”；写作 name(\"编号\") 或 fig(\"编号\")，要显示星号请写作 \\*"]),
        ("**重点**工作", ["掩码须由宏 name 或 fig 显示，不得手写星号，现有“**重点**”；写作 name(\"编号\") 或 fig(\"编号\")，要显示星号请写作 \\*"]),
        ("* 列表项", []),
        ("### 小节", ["标题须写明固定编号；请在标题后写上，如 { #planning }"]),
        ("## 小节 { #planning }", ["标题编号在一页内须唯一，planning 已用过；请换一个编号"]),
        ("见[上文](#plannning)。", ["链接所指标题须在 report/part-1.md 中，没有 #plannning，是否为 planning？"]),
        ("见[登记](../figures/index.md#activities)。", []),
        ("见[登记](../figures/index.md#activity)。", ["链接所指标题须在 figures/index.md 中，没有 #activity，是否为 activities？"]),
        ("见[概述](overveiw.md)。", ["链接所指须在 docs/ 下，没有 report/overveiw.md，是否为 report/overview.md？"]),
        ("见[概述](/report/overview.md)。", ["站内链接须写相对路径，现为 /report/overview.md；请改写为相对路径，如 overview.md"]),
        ("见[国家统计局](https://www.stats.gov.cn/)。", []),
        ("![图](图.png)", ["链接所指须在 docs/ 下，没有 report/图.png；请放进这个文件，或者改正路径"]),
        ("![图](https://a.example/x.png)", ["图片须放在站内，现为 https://a.example/x.png；请存到 docs/files/，写它的相对路径"]),
        ('<img src="//a.example/x.png">', ["图片须放在站内，现为 //a.example/x.png；请存到 docs/files/，写它的相对路径"]),
        ("组织活动30次", ["报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“30次”" + TYPED_NUMBER]),
        ("三百人次参加，近百人受益，写稿十余篇", [
            "报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“三百人次”" + TYPED_NUMBER,
            "报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“近百人”" + TYPED_NUMBER.replace("登记为指标，再写 {{ fig(\"编号\") }}", "改为 {{ fig(\"visited\") }}（走访居民）"),
            "报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“十余篇”" + TYPED_NUMBER,
        ]),
        ("落实“三会一课”", []),
        ("`30次`", ["报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“30次”" + TYPED_NUMBER]),
        ('<span title="共30次">甲</span>', ["报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“30次”" + TYPED_NUMBER]),
        ('[首页](../index.md "共30次")', ["报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“30次”" + TYPED_NUMBER]),
        ("甲[^1]\n\n[^1]: 共30次", ["报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“30次”" + TYPED_NUMBER]),
        ("甲<!-- 共30次 -->", []),
    ],
)  # fmt: skip
def test_report_page(tmp_path: Path, text: str, expected: list[str]) -> None:
    lines = [11 + text.count("\n")] * len(expected)  # the fault stands in the last line
    assert problems(tmp_path, added(text)) == [
        f"{PART}:{line}: {message}" for line, message in zip(lines, sorted(expected), strict=True)
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({INDEX: "# 首页\n"}, [f"{INDEX}:1: 页面须以前置信息开头，它的前后各有单独的一行 ---；请改为三行：---、title: 页面标题、---，其下写正文"], id="no front matter"),
        pytest.param({INDEX: "---\ntitle: 首页\nsubtitle: x\n---\n"}, [f"{INDEX}:3: 不认识字段 subtitle；请改为：title: x"], id="unknown field"),
        pytest.param({INDEX: "---\ntitle:\n---\n"}, [f"{INDEX}:2: title（页面标题）须为一行文字，不含 < > \"、{{{{ 和 &lt; 一类的写法，现为空；例如：title: 志愿服务"], id="empty title"),
        pytest.param({INDEX: "---\ntitle: [\n---\n"}, [f"{INDEX}:2: 方括号 [ ] 须成对，各项用英文逗号隔开，现为：title: [；请改为：title: []"], id="broken front matter"),
        pytest.param({INDEX: "---\ntitle: 首页\nhide: [目录]\n---\n"}, [f"{INDEX}:3: hide.1（隐藏栏目）须为 navigation、toc、path、footer 之一，现为 \"目录\"；例如：- navigation"], id="hide"),
        pytest.param({INDEX: "---\ntitle: 首页\n---\n".encode("gbk")}, [f"{INDEX}:2: 文件编码须为 UTF-8，现似为 GBK（GB18030）；请在编辑器中另存为 UTF-8"], id="GBK"),
        pytest.param({"docs/lost.md": "---\ntitle: 孤页\n---\n"}, ["docs/lost.md:1: 页面须列入 mkdocs.yml 的导航（nav）；请在 nav 里加一行 - lost.md"], id="outside the navigation"),
        pytest.param(
            {"mkdocs.yml": MKDOCS.replace("overview.md", "overveiw.md")},
            ["mkdocs.yml:5: 导航所列页面须在 docs/ 下，没有 report/overveiw.md，是否为 report/overview.md？"],
            id="navigation names no page",
        ),
        pytest.param({"mkdocs.yml": "a: [\n"}, ["mkdocs.yml:1: 站点设置须为能读取的 YAML；请核对这一行的缩进、冒号和引号"], id="site settings"),
        pytest.param({"mkdocs.yml": "site_name: 样例\n"}, [], id="no navigation: every page is in it"),
        pytest.param({INDEX: "---\ntitle: 首页\n---\n\n**重点**，共 30 人\n"}, [], id="other pages may stress and count"),
        pytest.param({INDEX: '---\ntitle: 首页\n---\n\n## {{ name("bureau") }}局\n'}, [f"{INDEX}:5: 标题须写明固定编号；请在标题后写上，如 {{ #planning }}"], id="heading with a macro"),
        pytest.param({"data/phrases.yml": "- text: [\n"}, ["data/phrases.yml:1: 方括号 [ ] 须成对，各项用英文逗号隔开，现为：- text: [；请改为：- text: []"], id="phrases unreadable"),
        pytest.param({"data/unit.yml": ""}, ["data/unit.yml:1: 文件不得为空；请填写，或者删去这个文件"], id="names unreadable"),
    ],
)  # fmt: skip
def test_pages(tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]) -> None:
    assert problems(tmp_path, changes) == expected


def test_numbers_of_the_front_matter(tmp_path: Path) -> None:
    front = FILES[PART].replace("title: 一、组织\n", "title: 一、组织30次\ndescription: 共40次\n")
    rule = "报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的"
    way_out = "；请删去这个数，是名称的把整个名称列入 data/phrases.yml，是日期、届次的写作 2024年3月5日、第三届"
    assert problems(tmp_path, {PART: front}) == [
        f"{PART}:2: {rule}“30次”{way_out}",
        f"{PART}:3: {rule}“40次”{way_out}",
    ]


def test_the_macros_checked_are_the_macros_there_are(tmp_path: Path) -> None:
    assert set(macros(read(tmp_path), "index.md")) == set(MACROS)


def test_brackets_in_many_paragraphs_or_in_a_long_one_have_a_bound(tmp_path: Path) -> None:
    archive = read(tmp_path).archive

    def told(text: str) -> list[str]:
        archive.pages = {"a.md": Page("a.md", "docs/a.md", text=text)}
        return [problem.message.split("，")[0] for problem in pages_are_simple(Site(archive))]

    many, line = "[a" * 499, f"{'甲' * 19_000}\n"
    refused = ["各段 [ 的个数乘以字数"]
    assert told("\n\n".join([many] * 50)) == []
    assert told("\n\n".join([many] * 100)) == refused
    assert told("[" * 300 + "\n" + line * 3) == []
    assert told("[" * 300 + "\n" + line * 6) == refused
    assert told("[" * 300 + "\n\n" + line * 6) == []


REPORTED = {
    f"docs/report/{name}.md": f"---\ntitle: {name}\n---\n\n# {title}\n\n## 节 {{ #{id_} }}\n"
    for name, title, id_ in (
        ("part-2", "二", "planning"),
        ("part-3", "二", "c"),
        ("next", "下一步", "d"),
    )
} | {SUMMARY: report("report/part-2.md", "report/part-3.md", "report/next.md")}


def taken(id_: str) -> str:
    return f"标题编号在一页内须唯一，{id_} 已由宏 register 用过；请换一个编号，如 {{ #{id_}-2 }}"


def test_headings_leave_ids_to_macros_and_to_the_other_pages_of_the_report(tmp_path: Path) -> None:
    figures = "docs/figures/index.md"
    nav = "".join(
        f"  - {name.removeprefix('docs/')}\n"
        for name in [*REPORTED, "docs/full.md"]
        if name.startswith("docs/")
    )
    changes: dict[str, str | bytes | None] = {
        **REPORTED,
        figures: f"{FILES[figures]}\n## visited\n\n## 甲 {{ #activities }}\n",
        "docs/full.md": '---\ntitle: 全文\n---\n\n{{ report("summary") }}\n',
        "mkdocs.yml": MKDOCS.replace("nav:\n", f"nav:\n{nav}"),
    }
    last = str(changes[figures]).count("\n")
    whole = "报告全文里各页合成一页，标题编号须唯一，"
    assert problems(tmp_path, changes) == [
        f"{figures}:{last - 2}: {taken('visited')}",
        f"{figures}:{last}: {taken('activities')}",
        f"docs/report/part-2.md:7: {whole}planning 已在 docs/report/part-1.md 用过；请换一个编号，如 {{ #planning-2 }}",
        f"docs/report/part-3.md:5: {whole}二 已在 docs/report/part-2.md 用过；请换一个编号，如 {{ #二-2 }}",
    ]


def test_notes_keep_their_ids(tmp_path: Path) -> None:
    said = "属性 id 须是汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的，现为 fn:1；请改正，或者删去 id"
    assert problems(tmp_path, added("## 节 { #fn:1 }")) == [f"{PART}:11: {said}"]
