"""The scan of the built site, fault by fault, on pages of a few words."""

from pathlib import Path

import pytest

from archive.build import leaks
from archive.build.scan import scan
from tests.samples.built import PLACE, built

_PAGE = "docs/ 里的这一页（a/index.html 写在 a.md 或 a/index.md）"
_HERE = f"；请改写 {_PAGE}里的这一处；那里没有写的，请维护人员看 archive/render/ 和主题的版本"
_STARS = "；请写作 \\*，名称用 name 宏，没有成为粗体的 ** 与前后的文字空开"
_LINK = (
    f"；请改正 {_PAGE}里的链接；那里没有写的，请维护人员看 archive/design/templates/ 和 mkdocs.yml"
)


def found(site: Path, body: str, head: str = "") -> list[str]:
    (site / "a").mkdir(parents=True, exist_ok=True)
    (site / "a" / "index.html").write_text(built(body, head), "utf-8")
    (site / "index.html").write_text(built("<h1 id='top'>首页</h1>"), "utf-8")
    (site / "file.csv").write_text("x", "utf-8")
    return [str(problem) for problem in scan(site, PLACE)]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>Traceback (most recent call last): x</p>", "不得有程序报错，现有：Traceback (most recent call last): x" + _HERE),
        ("<p>&lt;built-in method items&gt;</p>", "不得有程序内部的值，现有：<built-in method items>" + _HERE),
        ("<p>见 /build/place/docs</p>", f"不得有本机的路径，现有 /build/place；请从 {_PAGE}、mkdocs.yml、archive/design/templates/ 里删去"),
        ("<p>***统计局</p>", "星号须是掩码，现有：***统计局" + _STARS),
        ("<p>&#42;&#42;</p>", "星号须是掩码，现有：**" + _STARS),
        ('<a href="../b/">乙</a>', "链接须通到站内已有的页面，../b/ 没有" + _LINK),
        ('<a href="../#no">首页</a>', "链接须通到页面上已有的位置，../#no 没有" + _LINK),
        ('<a href="#no">此处</a>', "链接须通到页面上已有的位置，#no 没有" + _LINK),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, body: str, message: str) -> None:
    assert found(tmp_path, body) == [f"site/a/index.html:1: {message}"]


@pytest.mark.parametrize(
    "body",
    [
        '<p><span class="mask">***</span>统计局</p>',
        '<p><span class="x mask"><b>*</b></span></p>',
        "<p><code>{{ fig }} ***</code></p>",
        "<pre><span>**</span>{{ x }}</pre>",
        '<a href="https://www.stats.gov.cn/">国家统计局</a>',
        '<a href="..">首页</a><a href="../#top">首页</a><a href="/">首页</a><a href="../file.csv">表</a>',
        '<a href="mailto:a@example.org">信</a><a href="#">顶</a>',
    ],
)
def test_no_false_alarms(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


@pytest.mark.parametrize(
    "body",
    ["", " \n", "<!-- a -->", "<p id>", "<p id=>", "<a href>", f"&#{'1' * 5000};", "<b>" * 300, "\0", "<?a", "<![CDATA["],
)  # fmt: skip
def test_any_page_is_read(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.html").write_text(body, "utf-8")
    for problem in [*scan(tmp_path, PLACE), *leaks.pages(tmp_path, PLACE, leaks.Terms())]:
        assert problem.path == "site/a.html"


def test_what_is_nested_too_deep_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"{'<ul><li>' * 150}甲", "utf-8")
    (tmp_path / "b.html").write_text(built(f"{'<ul><li>' * 40}甲{'</li></ul>' * 40}"), "utf-8")
    assert [str(one) for one in scan(tmp_path, PLACE)] == [
        f"site/a.html:1: 网页里的列表、引用、标签须嵌套不超过 100 层，现有 302 层；请把 {_PAGE}里嵌套最深的一处改浅"
    ]
