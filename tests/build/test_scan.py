"""The scan of the built site, fault by fault, on pages of a few words."""

from pathlib import Path

import pytest

from archive.build import leaks
from archive.build.scan import scan


def found(site: Path, body: str, head: str = "") -> list[str]:
    (site / "a").mkdir(parents=True, exist_ok=True)
    page = f"<!doctype html><html><head><title>x</title>{head}</head><body>{body}</body></html>"
    (site / "a" / "index.html").write_text(page, "utf-8")
    (site / "index.html").write_text("<h1 id='top'>首页</h1>", "utf-8")
    (site / "file.csv").write_text("x", "utf-8")
    return [str(problem) for problem in scan(site, Path("/build/place"))]


INLINE = "脚本须放在文件里（服务器不许运行写在页面里的），现有："


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>{{ fig(&quot;x&quot;) }}</p>", '不得有未展开的宏，现有：{{ fig("x") }}'),
        ("<p>{% if %}</p>", "不得有未展开的宏，现有：{% if %}"),
        ("<p>Traceback (most recent call last): x</p>", "不得有程序报错，现有：Traceback (most recent call last): x"),
        ("<p><em>Macro Rendering Error</em></p>", "不得有宏的报错，现有：Macro Rendering Error"),
        ("<p>&lt;built-in method items&gt;</p>", "不得有程序内部的值，现有：<built-in method items>"),
        ("<p>见 /build/place/docs</p>", "不得有本机的路径，现有 /build/place"),
        ("<p>***统计局</p>", "星号须是掩码，现有：***统计局"),
        ("<p>&#42;&#42;</p>", "星号须是掩码，现有：**"),
        ('<img src="https://a.example/x.png">', "不得向别的主机取内容，现有 https://a.example/x.png"),
        ('<script src="//a.example/x.js"></script>', "不得向别的主机取内容，现有 //a.example/x.js"),
        ("<script>a()</script>", f"{INLINE}a()"),
        ('<script type="text/javascript">a()</script>', f"{INLINE}a()"),
        ('<script type="module">a()</script>', f"{INLINE}a()"),
        ('<p onclick="a()">甲</p>', f"{INLINE}a()"),
        ('<a href="javascript:a()">甲</a>', f"{INLINE}javascript:a()"),
        ("<style>p{background:url(https://a.example/x)}</style>", "不得向别的主机取内容，现有 p{background:url(https://a.example/x)}"),
        ('<a href="../b/">乙</a>', "链接须通到站内已有的页面，../b/ 没有"),
        ('<a href="../#no">首页</a>', "链接须通到页面上已有的位置，../#no 没有"),
        ('<a href="#no">此处</a>', "链接须通到页面上已有的位置，#no 没有"),
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
        '<script type="application/json">["1 * 2", "{{"]</script>',
        '<a href="https://www.stats.gov.cn/">国家统计局</a>',
        '<a href="..">首页</a><a href="../#top">首页</a><a href="/">首页</a><a href="../file.csv">表</a>',
        '<a href="mailto:a@example.org">信</a><a href="#">顶</a>',
        '<link rel="canonical" href="https://a.example/">',
    ],
)
def test_no_false_alarms(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_style_sheets(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("@import 'https://a.example/x.css';", "utf-8")
    assert found(tmp_path, "") == [
        "site/x.css:1: 不得向别的主机取内容，现有 @import 'https://a.example/x.css"
    ]


@pytest.mark.parametrize(
    "body",
    ["", " \n", "<!-- a -->", "<p id>", "<p id=>", "<a href>", f"&#{'1' * 5000};", "<b>" * 300, "\0", "<?a", "<![CDATA["],
)  # fmt: skip
def test_any_page_is_read(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.html").write_text(body, "utf-8")
    for problem in [*scan(tmp_path, tmp_path), *leaks.pages(tmp_path, tmp_path, leaks.Terms())]:
        assert problem.path == "site/a.html"


def test_what_is_nested_too_deep_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"{'<ul><li>' * 150}甲", "utf-8")
    (tmp_path / "b.html").write_text(f"{'<ul><li>' * 40}甲", "utf-8")
    assert [str(one) for one in scan(tmp_path, tmp_path)] == [
        "site/a.html:1: 网页里的列表、引用、标签须嵌套不超过 100 层，现有 302 层"
    ]
