"""What the check reads of headings and of several pages in one is what the engine makes of them."""

import lxml.html
from hypothesis import example, given
from hypothesis import strategies as st

from archive.files.markdown import as_part
from archive.files.pages import Page
from tests.samples.engine import rendered

PIECES = st.sampled_from(
    (
        "创建", "文明", "A", "é", "e\u0301", "1", " ", " ", "“", "：", "_2", "🎉", "&amp;", "&lt;b&gt;", "&#42;", "\\*", "\\{", "`x`", "`<b>`",
        "``a`b``", "**强**", "*调*", "~~删~~", "[链](a.md)", "[甲][r]", "<b>粗</b>", "<u id='u'>线</u>", "<br>", "[^1]",
        "https://a.example/b", "a@b.example", '{ title="说明" }', "{ #own }", "{ .caption #own-2 }", " { #own }", "{: #own }", "{ }", "\\#", " #",
    )
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=5).map("".join).filter(str.strip)
FORMS = st.sampled_from(
    ("# {}", "## {}", "### {} ##", "###### {} { #h }", "{}\n---", "甲\n{}\n===", "> ## {}", "- ## {}", "**{}**{{ #in }}", "{}\n{{: #par }}")
)  # fmt: skip
BLOCKS = st.builds(lambda form, text: form.replace("{}", text).replace("{{", "{"), FORMS, TEXTS)
END = "\n\n[^1]: 注\n\n[r]: b.md\n"


@given(st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join))
@example('## 甲`乙`{ title="说明" }丙')
@example("甲\na\n---")
@example("**x**{ #abc }\n\n## abc\n\n## abc")
@example("<u id='abc'>x</u>\n\n## abc")
def test_headings_have_the_ids_that_the_check_knows(text: str) -> None:
    page = Page("a.md", "docs/a.md", text=text + END)
    html = lxml.html.fragment_fromstring(rendered(text + END), create_parent="div")
    made = [(one.tag, one.get("id")) for one in html.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert made == [(f"h{heading.level}", heading.id) for heading in page.headings]
    assert {one.get("id") for one in html.iter() if one.get("id")} >= page.anchors


ONE = "# 甲\n\n## 节 { #a }\n\n[链接][r]，[^1]，{ .x }。\n\n[r]: one.md\n[^1]: 一\n"
TWO = "乙\n===\n\n###### 节 { #b }\n\n[链接][r]，[^1]，[没有][only]\n\n[r]: two.md\n[^1]: 二\n\n```\n没有完"
THREE = "# 丙\n\n[^1]\n\n[only]: three.md\n"


def test_each_page_in_another_keeps_its_references_notes_and_blocks() -> None:
    parts = "\n\n".join(
        as_part(name, text)
        for name, text in zip(("one", "two", "three"), (ONE, TWO, THREE), strict=True)
    )
    html = lxml.html.fragment_fromstring(
        rendered(f"前[链接][r][^1]\n\n{parts}\n\n后\n\n[r]: own.md\n[^1]: 〇\n"),
        create_parent="div",
    )
    assert [(one.tag, one.get("id")) for one in html.iter("h1", "h2", "h3", "h6")] == [
        ("h1", "甲"), ("h2", "a"), ("h2", "乙"), ("h6", "b"), ("h2", "丙"),
    ]  # fmt: skip
    links = [one.get("href") for one in html.iter("a") if one.text == "链接"]
    assert links == ["own.md", "one.md", "two.md"]
    notes = {one.get("id"): str(one.text_content()).strip("\n\xa0↩") for one in html.iter("li")}
    assert notes == {"fn:1": "〇", "fn:one-1": "一", "fn:two-1": "二"}
    shown = str(html.text_content())
    assert "[没有][only]" in shown
    assert shown.index("没有完") < shown.index("丙") < shown.index("[^1]") < shown.index("后")


LANGUAGES = ("yaml", "md", "console", "html", "python", "text", "nosuch")


@given(
    st.text(st.sampled_from("甲a1:- \t\n<>&\"'`~#{}%\\"), max_size=30),
    st.sampled_from(LANGUAGES),
    st.sampled_from(("", " .wrong", " .told .x-y")),
    st.sampled_from(("", ' title="错：a/b.yml（整个文件）"', ' title=" "')),
)
@example("", "text", "", "")
@example("\n\n甲\n\n", "yaml", "", "")
@example("    ````\n", "md", "", "")
def test_code_is_what_superfences_makes_of_it(
    code: str, language: str, classes: str, title: str
) -> None:
    ours = ("", language, f"{{ .{language}{classes}{title} }}")
    its = (".text", f".{language}", f'{{ .{language}{classes}{title} linenums="0" }}')
    for one in zip(ours, its, strict=True):
        made = [rendered(f"{FENCE}{told}\n{code}\n{FENCE}\n") for told in one]
        assert made[0] == made[1]


FENCE = "``````````"
