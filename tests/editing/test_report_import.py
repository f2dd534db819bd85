"""`archive report import`: a report that is brought becomes pages, register and names, letter for letter."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from archive.checks import check
from archive.editing.report import entries, planning, registering
from archive.editing.report.brought import Block, Brought, Cell, Link, Note, Picture
from archive.editing.report.columns import Terms
from archive.editing.report.finding import Find
from archive.editing.report.pages import Part, pages, texts_of
from archive.editing.report.planning import plan
from archive.facts.brought import letters, page_letters
from archive.facts.site import Site
from archive.files.pages import read_page
from archive.files.yaml import parse
from archive.schema.collections import FIGURE_ID
from archive.schema.register import Figure
from archive.schema.types import Span
from tests.samples.brought import AS_OF, REPORT, begin, bring, contents, copy_to_work_in, read
from tests.samples.full_disk import fill_disk_at
from tests.samples.sample import REGULATION
from tests.samples.word_files import Related, p, picture, word_file


def _png() -> bytes:
    """A small picture that tells who made it."""
    told, made = PngInfo(), io.BytesIO()
    told.add_text("Author", "某某")
    Image.new("RGB", (4, 3)).save(made, "PNG", pnginfo=told)
    return made.getvalue()


PNG = _png()
FIGURES = "data/figures.yml"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return copy_to_work_in(begun, tmp_path, monkeypatch)


def test_what_is_saved_while_a_report_is_read_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*given: Any) -> Any:
        with (root / FIGURES).open("a", encoding="utf-8") as file:
            file.write("# 刚写的\n")
        return plan(*given)

    monkeypatch.setattr(planning, "plan", meanwhile)
    before = contents(root)
    done = bring("--write")
    assert (done.exit_code, done.stderr) == (
        1,
        f"{FIGURES} 刚被改动，什么也没有写入；请再运行一次。\n",
    )
    assert contents(root) == {**before, FIGURES: before[FIGURES] + "# 刚写的\n".encode()}


def test_a_report_becomes_pages_register_and_names(root: Path) -> None:
    done = bring("--write")
    assert done.exit_code == 0
    assert (
        done.stderr
        == "已写入 8 个文件。还有 1 处须人来定，请运行 .venv/bin/archive check 逐处改好。\n"
    )
    folder = root / "docs" / "report" / "2025"
    assert (folder / "overview.md").read_text("utf-8") == (
        "---\ntitle: 总述\n---\n\n# 示例市统计局2025年工作总结 { #p0 }\n\n"
        '2025年，组织开展志愿服务活动{{ fig("志愿服务活动次数") }}，'
        '参加人员{{ fig("参加人员数", written="三十六名") }}，完成专报{{ fig("专报数") }}。\n'
    )
    assert (folder / "1.md").read_text("utf-8") == (
        "---\ntitle: 一、加强政治建设\n---\n\n# 一、加强政治建设 { #p1 }\n\n## （一）抓实学习 { #s1-1 }\n\n"
        '全年组织集中学习{{ fig("集中学习次数") }}，党员参学率达{{ fig("党员参学率") }}。'
        '张{{ name("名称_1") }}同志获评{{ name("名称_2") }}优秀共产党员。\n\n'
        '1.加强培训。举办培训班{{ fig("培训班数") }}，培训业务人员{{ fig("培训业务人员人次") }}，'
        '比上年增长{{ fig("培训业务人员人次增长率") }}。\n\n## （二）廉政建设 { #s1-2 }\n\n'
        '开展谈话{{ fig("谈话人次") }}，下降{{ fig("谈话人次降幅") }}；查处问题{{ fig("查处问题数") }}。'
        "印发&#123;&#123;手册&#125;&#125;"
        '{{ fig("未定名_印发_手册_份") }}，见&lt;附件&gt;、&#91;链接&#93;(x)，路径 C:&#92;a\\_b。\n'
    )
    site = read(root)
    assert [(id_, report.kind, report.state, report.paths) for id_, report in site.archive.reports.items()] == [
        ("2025", "年度总结", "起草", ("report/2025/overview.md", "report/2025/1.md", "report/2025/2.md")),
    ]  # fmt: skip
    assert {
        id_: (value.figure.name, value.figure.unit, value.exact, value.reference_period)
        for id_, value in site.values.items()
        if id_ in ("参加人员数", "党员参学率", "谈话人次降幅", "查处问题数")
    } == {
        "参加人员数": ("参加人员数", "名", 36, "2025"),
        "党员参学率": ("党员参学率", "%", site.values["党员参学率"].exact, "2025"),
        "谈话人次降幅": ("谈话人次降幅", "%", site.values["谈话人次降幅"].exact, "2025"),
        "查处问题数": ("查处问题数", "件", None, "2025"),
    }
    assert str(site.values["党员参学率"].exact) == "98.5"
    assert site.archive.unit
    assert {
        id_: (name.person, name.mask) for id_, name in site.archive.unit.names.items()
    } == {"bureau": (False, "***"), "名称_1": (True, "**"), "名称_2": (False, "***")}  # fmt: skip
    # What only a person can know is asked, and the check says the same.
    asked = [line for line in done.stdout.splitlines() if line.startswith("请定：")]
    assert asked == [
        "请定：指标 未定名_印发_手册_份 的名称须由人定，暂作“未定名（印发{{手册}}…份）”",
        "请定：“三次产业结构为9.1:38.3:52.6。”里的“9.1:38.3:52.6”没有登记：比例、范围须由人写成指标或者固定用语",
        "请定：荣誉 1 项没有登记：“优秀共产党员”；请用核对表（--sheet）逐项定",
    ]
    assert [(one.path, one.line) for one in check(site)] == [("docs/report/2025/2.md", 7)]


def test_it_is_listed_first_and_nothing_is_written(root: Path) -> None:
    before = contents(root)
    listed = bring()
    assert listed.stderr == "共写 8 个文件，还没有写入；核对无误后加 --write 写入。\n"
    assert contents(root) == before
    assert bring("--write").stdout == listed.stdout


RULES = "《请销假制度》和《外出制度》《学习制度》"


def test_regulations_it_names_are_linked_where_the_archive_holds_them(root: Path) -> None:
    before = set(check(read(root)))
    folder = root / "docs" / "regulations"
    (folder / "leave.md").write_text(REGULATION, "utf-8")
    draft = REGULATION.replace("请销假", "学习").replace("draft: false", "draft: true")
    (folder / "study.md").write_text(draft, "utf-8")
    settings = root / "mkdocs.yml"
    listed = "regulations/index.md\n"
    pad = next(line for line in settings.read_text("utf-8").splitlines(True) if listed in line)
    added = "".join(pad.replace("index", one) for one in ("leave", "study"))
    settings.write_text(settings.read_text("utf-8").replace(pad, pad + added), "utf-8")
    told = set(check(read(root)))
    (root / "总结.txt").write_text(f"某局总结\n\n一、执行{RULES}\n\n执行{RULES}。\n", "utf-8")
    assert bring("--write").exit_code == 0
    assert (root / "docs" / "report" / "2025" / "1.md").read_text("utf-8").partition("\n\n")[2] == (
        f"# 一、执行{RULES} {{ #p1 }}\n\n"
        "执行[《请销假制度》](<../../regulations/leave.md>)和《外出制度》《学习制度》。\n"
    )
    assert set(check(read(root))) == told
    assert before <= told  # those of the two regulations alone are more


def test_what_was_brought_stays_until_it_is_declared_edited(root: Path) -> None:
    assert bring("--write").exit_code == 0
    page = root / "docs" / "report" / "2025" / "overview.md"
    sound = check(read(root))
    # How it is laid out may change, what it says may not.
    page.write_text(page.read_text("utf-8").replace("，参加", "，\n参加"), "utf-8")
    assert check(read(root)) == sound
    page.write_text(page.read_text("utf-8").replace("组织", "积极组织"), "utf-8")
    (told,) = {*check(read(root))} - {*sound}
    assert (told.path, told.line) == ("docs/report/2025/overview.md", 1)
    described = root / "data" / "reports" / "2025.yml"
    lines = described.read_text("utf-8").splitlines(keepends=True)
    described.write_text(
        "".join(line for line in lines if not line.startswith("  report/2025/overview.md: sha256")),
        "utf-8",
    )
    assert check(read(root)) == sound


def test_brought_again_it_is_the_same(root: Path) -> None:
    assert bring("--write").exit_code == 0
    before = contents(root)
    refused = bring("--write")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "总结.txt：报告的编号须是新的，已有 2025；请换一个 --report，要用这个文件重写它的，加 --replace。没有导入。\n",
    )
    assert bring("--write", "--replace").exit_code == 0
    assert contents(root) == before


def test_what_the_file_no_longer_holds_goes(root: Path) -> None:
    assert bring("--write").exit_code == 0
    text = REPORT.partition("二、下一步打算")[0]
    (root / "总结.txt").write_text(text, "utf-8")
    assert bring("--write", "--replace").exit_code == 0
    names = {path.name for path in (root / "docs" / "report" / "2025").iterdir()}
    assert names == {"overview.md", "1.md", "full.md"}
    assert check(read(root)) == ()


def test_what_is_recorded_is_not_changed_in_silence(root: Path) -> None:
    assert bring("--write").exit_code == 0
    (root / "总结.txt").write_text(REPORT.replace("12次", "15次"), "utf-8")
    done = bring("--write", "--replace")
    assert [line for line in done.stdout.splitlines() if "修订" in line] == [
        "请定：指标 志愿服务活动次数 同一时期已记 12次，文件里是“15次”：须由人定是修订还是更正，或者另立指标",
    ]
    assert str(read(root).values["志愿服务活动次数"].exact) == "12"
    assert "活动15次，" in (root / "docs/report/2025/overview.md").read_text("utf-8")


def test_a_name_many_times_and_a_long_sentence_are_gone_through_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read for each figure does not grow with the figures before it."""
    asked: list[int] = []

    def counted(of: object, name: str, long: Callable[..., int]) -> None:
        real = getattr(of, name)

        def call(*args: Any) -> Any:
            asked.append(long(*args))
            return real(*args)

        monkeypatch.setattr(of, name, call)

    counted(registering.Register, "_observed", lambda *_: 10)
    counted(entries, "typed_numbers", lambda text, _: len(text))
    many = "".join(f"举办培训班{at}期，" for at in range(10, 90))
    apart = "".join(f"举办会议{at}次。\n\n" for at in range(10, 90))
    for text in (many, apart):
        (root / "总结.txt").write_text(f"题目\n\n一、甲\n\n{text}", "utf-8")
        asked.clear()
        assert bring().exit_code == 0
        assert 0 < sum(asked) < 10 * len(text)


def test_a_paragraph_has_a_length_that_people_read(root: Path) -> None:
    for sign, code in (("甲", 0), ("甲甲", 1)):
        (root / "总结.txt").write_text(f"题目\n\n{sign * 10_000}\n", "utf-8")
        done = bring()
        assert done.exit_code == code
    assert done.stderr.startswith(
        "总结.txt：一段文字须不超过 10000 字，现有一段 20000 字；请在文件里分成几段，再导入"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲1个，" * 501, "一段文字里的数和名称须不超过 500 处，“甲1个，甲1个，甲1个，甲1个，甲1个，”起的一段有 501 处；请在文件里分成几段"),
        ("甲1个，2个。\n" * 5_001, "一个报告里的数和名称须不超过 10000 处，现有 10002 处；请分成几个文件"),
        (f"{'甲' * 9_999}\n" * 31, "一个报告须不超过 300000 字（脚注在几处引用的算几次），现有 309971 字；请分成几个文件"),
        ("甲\n\n" * 10_000, "一个报告须不超过 10000 段（表格一格算一段），现有 10001 段；请在文件里删去多余的"),
    ],
)  # fmt: skip
def test_a_report_holds_as_much_as_people_write(root: Path, text: str, said: str) -> None:
    """A file of a few thousand octets packs more than that: each find is shown in its sentence."""
    (root / "总结.txt").write_text(f"题目\n\n{text}", "utf-8")
    done = bring()
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"总结.txt：{said}，再导入")


def test_two_numbers_of_one_name_are_told_apart(root: Path) -> None:
    text = "题目\n\n一、甲\n\n举办培训班3期。\n\n二、乙\n\n举办培训班5期。举办培训班3期。2024年举办培训班2期。\n"
    (root / "总结.txt").write_text(text, "utf-8")
    done = bring("--write")
    assert "请定：“5期”与前面的 3期同名，须由人定名称，暂作“培训班数（2）”" in done.stdout
    site = read(root)
    assert check(site) == ()
    assert {key: (value.figure.name, str(value.exact)) for key, value in site.values.items()} == {
        "培训班数": ("培训班数", "3"),
        "培训班数_2": ("培训班数（2）", "5"),
        "培训班数@2024": ("培训班数", "2"),
    }
    assert 'fig("培训班数", period="2024")' in (root / "docs/report/2025/2.md").read_text("utf-8")


def test_next_year_keeps_the_indicators(root: Path) -> None:
    assert bring("--write").exit_code == 0
    (root / "明年.txt").write_text(
        REPORT.replace("12次", "15次").replace("2025年", "2026年"), "utf-8"
    )
    known = {*read(root).archive.indicators}
    assert bring("--write", file="明年.txt", report="2026").exit_code == 0
    site = read(root)
    assert {*site.archive.indicators} == known
    assert {key: str(site.values[key].exact) for key in ("志愿服务活动次数", "志愿服务活动次数@2026", "专报数@2026")} == {
        "志愿服务活动次数": "12", "志愿服务活动次数@2026": "15", "专报数@2026": "8",
    }  # fmt: skip
    page = (root / "docs" / "report" / "2026" / "overview.md").read_text("utf-8")
    assert 'fig("志愿服务活动次数")' in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mkdocs.yml": ("  - 报告: report/index.md\n", "")}, "mkdocs.yml 的导航里须有 report/index.md（历年报告）；请在 nav 里加一行  - 报告: report/index.md"),
        ({"data/unit.yml": ("names:\n  bureau:", "least: 3\nnames:\n  bureau:")}, None),
    ],
)  # fmt: skip
def test_an_archive_that_has_no_place_for_it(
    root: Path, change: Mapping[str, tuple[str, str]], said: str | None
) -> None:
    for path, (old, new) in change.items():
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), "utf-8")
    before = contents(root)
    done = bring("--write")
    if said:
        assert (done.exit_code, done.stderr) == (1, f"总结.txt：{said}。没有导入。\n")
        assert contents(root) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲局工作总结\n\n全年学习很多，走访也很多。\n", ["文件里没有标题，全文写成一页；要分成几部分的，请在 Word 里给各部分的题目设标题样式，再导入"]),
        ("# 甲局工作总结\n\n## 一、学习\n\n学了。\n\n## 二、走访\n\n### （一）甲\n\n## 三、学习\n\n又学了。\n\n## 四、打算\n", [
            "2 个部分的标题都是“学习”；请在文件里改成不同的，或者合成一部分，再导入",
            "标题“（一）甲”下面没有文字；请在文件里补上文字，或者删去标题，再导入",
            "标题“四、打算”下面没有文字；请在文件里补上文字，或者删去标题，再导入",
        ]),
    ],
)  # fmt: skip
def test_headings_that_a_person_should_look_at_are_told(
    root: Path, text: str, said: list[str]
) -> None:
    (root / "总结.md").write_text(text, "utf-8")
    done = bring("--write", file="总结.md")
    assert [line for line in done.stdout.splitlines() if line.startswith("请定")] == [
        f"请定：{line}" for line in said
    ]
    assert done.stderr.endswith("检查没有问题。\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--report", "a b"), "--report 须由汉字、字母、数字、点、短横、下划线组成，现为 a b；例如：--report 2025"),
        (("--period", "2025"), "--period 须写作 2025-01-01..2025-12-31，现为 2025；请改正"),
        (("--period", "2025-12-31..2025-01-01"), "--period 的起始日须不晚于截止日，现为 2025-12-31..2025-01-01；请改正"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_one_sentence(root: Path, args: tuple[str, ...], said: str) -> None:
    before = contents(root)
    done = bring("--write", *args)
    assert (done.exit_code, done.stderr) == (1, f"{said}\n")
    assert contents(root) == before


def test_a_failure_leaves_all_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk_at(monkeypatch, "mkdocs.yml")
    before = contents(root)
    done = bring("--write")
    assert (done.exit_code, done.stderr[:11]) == (1, "写入未成，已全部复原：")
    assert contents(root) == before


def made(*blocks: Block, title: str = "题目") -> tuple[list[Part], dict[str, bytes]]:
    return pages(Brought(title, blocks), title, [], "r")


def test_tables_pictures_links_and_notes() -> None:
    (part,), files = made(
        Block("paragraph", "见网站和说明。", links=(Link(1, 3, "https://a.example/x"),), notes=(Note(6, "一条*注*"),)),
        Block("table", rows=((Cell("项目"), Cell("数|量")), (Cell("甲\n乙", notes=(Note(1, "一条*注*"), Note(1, "又一条"))), Cell("")))),
        Block("picture", picture=Picture(PNG, "png", "会场")),
        Block("item", "一项", level=1),
        Block("item", "下一层", level=2),
        Block("paragraph", "1. 不是列表\n- 也不是"),
    )  # fmt: skip
    assert part.markdown == (
        "# 题目 { #p0 }\n\n见[网站](<https://a.example/x>)和说明[^1]。\n\n"
        "| 项目 | 数\\|量 |\n| --- | --- |\n| 甲[^1][^2] 乙 |  |\n\n"
        "![会场](../../files/r-1.png)\n\n- 一项\n\n  - 下一层\n\n1\\. 不是列表\\\n\\- 也不是\n\n"
        "[^1]: 一条\\*注\\*\n\n[^2]: 又一条\n"
    )
    assert [*files] == ["r-1.png"]
    with Image.open(io.BytesIO(files["r-1.png"])) as kept:
        assert (kept.size, kept.info) == ((4, 3), {})


def test_a_link_goes_around_what_it_cannot_hold() -> None:
    text = "见走访企业3家\n的名单"
    link, other = Link(1, len(text), "https://a.cn/"), Link(0, 1, "https://b.cn/")
    block = Block("paragraph", text, links=(link, other), notes=(Note(1, "注"), Note(8, "又注")))
    at = text.index("3家")
    found = Find(1, at, at + 2, "figure", "3", Decimal(3), "家", "", "走访企业数", None, (0, len(text)))  # fmt: skip
    parts, _ = pages(Brought("", (block,)), "总述", [(found, '{{ fig("走访企业数") }}')], "r")
    assert parts[0].blocks[1] == (
        "[见](<https://b.cn/>)[^1][走访企业](<https://a.cn/>)"
        '{{ fig("走访企业数") }}\\\n[^2][的名单](<https://a.cn/>)'
    )


def test_two_numbers_of_one_name_are_two_indicators_in_every_year(root: Path) -> None:
    for year in ("2024", "2025"):
        (root / "总结.txt").write_text("某局总结\n\n一、学习\n\n培训3次。\n\n培训5次。\n", "utf-8")
        assert bring("--write", report=year).exit_code == 0
        assert check(read(root)) == ()
    named = {key: one.name for key, one in read(root).archive.figures.items()}
    assert named == {
        "培训次数": "培训次数",
        "培训次数_2": "培训次数（2）",
        "培训次数@2025": "培训次数",
        "培训次数_2@2025": "培训次数（2）",
    }


_SIGNS = st.text(
    st.sampled_from(list("甲乙1。,. -+*_`~#=|<>[](){}!&@:/\\\"'%^$\n\t\u3000aw")), max_size=24
)
_TEXTS = _SIGNS.map(str.strip)
_BLOCKS = st.one_of(
    st.builds(lambda text, level: Block("heading", text, level), _TEXTS.filter(bool), st.integers(1, 4)),
    st.builds(lambda text: Block("paragraph", text), _TEXTS.filter(bool)),
    st.builds(lambda text: Block("item", text, 1), _TEXTS.filter(bool)),
    st.builds(
        lambda cells: Block("table", rows=((Cell("头"), Cell("尾")), tuple(map(Cell, cells)))),
        st.tuples(_TEXTS, _TEXTS),
    ),
)  # fmt: skip


@given(st.lists(_BLOCKS, min_size=1, max_size=6))
@example([Block("paragraph", "a\n==="), Block("paragraph", "-"), Block("paragraph", "+ 甲")])
@example([Block("paragraph", "{{ fig('a') }} {% raw %} {# x #}")])
@example([Block("paragraph", "www.a.cn http://a.cn a@b.cn <b>x</b> &amp; &#65;")])
@example(
    [Block("heading", "# 甲 #", 1), Block("paragraph", "    甲"), Block("paragraph", "[^1]: 乙")]
)
def test_whatever_a_report_holds_is_text(blocks: list[Block]) -> None:
    brought = Brought("题目", tuple(blocks))
    parts, _ = pages(brought, "题目", [], "r")
    assert letters("".join(text for part in parts for text in part.letters)) == letters("".join(texts_of(brought)))  # fmt: skip
    for part in parts:
        raw = f"---\ntitle: 甲\n---\n\n{part.markdown}".encode()
        page = read_page(raw, "report/r/1.md", "docs/report/r/1.md")
        assert page.faults == []
        assert page_letters(page, lambda call: "") == letters("".join(part.letters))


_SAID = st.lists(
    st.sampled_from(["开展培训", "增长", "下降", "达到", "近", "***", "**", "3", "12.5", "三十六", "0.123456", "%", "‰", "次", "人", "亿元", "无", "，", "。", "、", "：", "张", "同志", "2024年", "（一）", "{{", "@", " "]),
    min_size=1,
    max_size=14,
).map("".join).map(str.strip).filter(bool)  # fmt: skip


@pytest.fixture(scope="module")
def site(begun: Path) -> Site:
    return read(begun)


@given(st.lists(st.builds(lambda text, kind: Block(kind, text, 1), _SAID, st.sampled_from(["paragraph", "heading"])), min_size=1, max_size=5))  # fmt: skip
def test_whatever_it_says_is_written_or_refused(site: Site, blocks: list[Block]) -> None:
    span = Span(start=date(2025, 1, 1), end=date(2025, 12, 31))
    terms = Terms("2025", "年度总结", span, AS_OF, source="年报", office="办公室", by="填报岗")
    made = plan(site, Brought("题目", tuple(blocks)), terms)
    register = (made.drafts.get("data/figures.yml") or b"{}").decode()
    document = parse(register, "figures.yml")
    assert document.problems == []
    for key, entry in document.data.items():
        assert FIGURE_ID.fullmatch(key)
        if "@" not in key:
            Figure.model_validate(entry)


def test_what_is_said_of_an_indicator_tells_no_number(root: Path) -> None:
    """The register shows it in the public edition, where the numbers of the report are masked."""
    (root / "总结.txt").write_text(
        "示例市统计局2025年工作总结\n\n一、概况\n\n"
        "投入3.25万元慰问困难职工47名，服务65432人次，其中老年人近万人次、党员三十六名。"
        "企业由38家增加到86家，比例为9:1，增长率为126.3%，完成30至40个项目，第12届运动会获奖**次。\n",
        "utf-8",
    )
    assert bring("--write").exit_code == 0
    said = [
        "\n".join((id_, one.name, one.definition, one.method, one.source or ""))
        for id_, one in read(root).archive.indicators.items()
        if one.source == "年报"
    ]
    assert len(said) == 9
    assert not [
        (number, text)
        for text in said
        for number in [
            "3.25",
            "47",
            "65432",
            "近万",
            "三十六",
            "38",
            "86",
            "9:1",
            "126",
            "30",
            "40",
            "*",
        ]
        if number in text
    ]
    assert "报告原文：投入…万元慰问困难职工…名，服务…人次，其中老年人…人次、党员…名。" in said[0]


@pytest.mark.parametrize(
    "there", ["docs/report/2025/1.md", "docs/report/2025/full.md", "docs/files/2025-1.png"]
)
def test_what_is_not_the_report_s_own_is_not_written_over(root: Path, there: str) -> None:
    (root / "总结.docx").write_bytes(
        word_file(
            p("工作总结", style="Title"),
            p("一、概况", style="1"),
            p("继续努力。", picture("rP")),
            related={"rP": Related("image", "a.png")},
            parts={"a.png": PNG},
        )
    )
    (root / there).parent.mkdir(parents=True, exist_ok=True)
    (root / there).write_bytes(b"a")
    before = contents(root)
    done = bring("--write", file="总结.docx")
    assert (done.exit_code, contents(root)) == (1, before)
    assert done.stderr == (
        f"总结.docx：要写的须是还没有的文件，已有 {there}，不是报告 2025 的；请改它的名称，或者换一个 --report。没有导入。\n"
    )
    (root / there).unlink()
    assert bring("--write", file="总结.docx").exit_code == 0
    assert bring("--write", "--replace", file="总结.docx").exit_code == 0


def test_nothing_is_written_through_a_link_that_leads_out(root: Path) -> None:
    """It came with a commit, and would have the report write wherever its sender likes."""
    outside = root.parent / "外面"
    outside.mkdir()
    (root / "docs" / "report" / "2025").symlink_to(outside)
    before = contents(root)
    done = bring("--write")
    assert (done.exit_code, contents(root), list(outside.iterdir())) == (1, before, [])
    assert "写入未成，已全部复原：路径里有通到别处的链接" in done.stderr


def test_a_mask_of_wide_asterisks_is_typed_and_asked(root: Path) -> None:
    (root / "总结.txt").write_text("题目\n\n一、甲\n\n获评＊＊＊先进，办理＊＊件。\n", "utf-8")
    done = bring("--write")
    assert [line for line in done.stdout.splitlines() if line.startswith("请定：")] == [
        "请定：“获评＊＊＊先进，办理＊＊件。”里的“＊＊＊”没有登记：掩码须是半角的星号，要照写的请在核对表里填“不是名称”",
        "请定：“获评＊＊＊先进，办理＊＊件。”里的“＊＊件”没有登记：写法须是登记能照样印出的",
    ]
    assert "获评＊＊＊先进" in (root / "docs/report/2025/1.md").read_text("utf-8").replace(
        "&#42;", "*"
    )
