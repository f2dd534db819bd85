"""Pieces put into built pages and style sheets, each with all that is said of it."""

from pathlib import Path

import pytest

from archive.build.markup import faults
from archive.build.scan import scan
from archive.build.styles import style_faults
from archive.files.html import ELEMENTS, VOID
from tests.samples.built import PLACE, built


def unlisted(shown: str) -> str:
    return f"网页里的 HTML 须在准许之列（archive/build/elements.py），现有：{shown}"


def value(shown: str) -> str:
    return f"属性的值须在准许之列（archive/build/elements.py），现有：{shown}"


def unread(shown: str) -> str:
    return f"HTML 须写得各种浏览器都读成一样，现有：{shown}</article></body></html>"


def nested(shown: str) -> str:
    return f"标签须一层套一层，现有：{shown}</article></body></html>"


def remote(shown: str) -> str:
    return f"不得向别的主机取内容，现有：{shown}"


def link(shown: str) -> str:
    return f"链接须通到网站里面，或以 https、http、mailto、tel 开头，现有：{shown}"


def own(shown: str) -> str:
    return f"编号和样式不得是网站自己的，现有：{shown}"


def script(shown: str) -> str:
    return f"脚本须放在文件里（服务器不许运行写在页面里的），现有：{shown}"


def style(shown: str) -> str:
    return f"样式须放在文件里，现有：{shown}"


def elsewhere(shown: str) -> str:
    return (
        f"不得向别的主机取内容，现有 {shown}；请把文件放进 archive/design/assets/，写它的相对路径"
    )


_PAGE = "docs/ 里的这一页（a/index.html 写在 a.md 或 a/index.md）"
_IN_ARTICLE = f"请改写 {_PAGE}里的这一处；那里没有写的，请维护人员看 archive/render/ 和主题的版本"
_AROUND = "请维护人员看 archive/design/templates/、mkdocs.yml 和主题的版本，须有的列入 archive/build/elements.py"
_THERE = "正文里没有写的，请维护人员看 mkdocs.yml 和 archive/design/templates/"
_OWN = "请把文件放进 archive/design/assets/，在 archive/design/mkdocs.yml 里列出，或者从 archive/design/templates/ 里删去"
_WAYS_OUT = {
    "链接须通到网站里面": f"请改为站内的路径或 https:// 开头的网址；{_THERE}",
    "不得向别的主机": f"请把文件放进 docs/files/ 或 docs/assets/，写站内的路径；{_THERE}",
    "脚本须放在文件里": "请从 archive/design/templates/ 移到 archive/design/assets/ 的文件里；主题写的，在 archive/design/templates/ 里换掉那一块",
    "样式须放在文件里": "请从 archive/design/templates/ 移到 archive/design/assets/ 的样式文件里",
    "网页里须只有一篇": _AROUND,
    "主题的编号": _AROUND,
}
"""How a message begins → how it ends, wherever the fault stands."""


def whole(told: list[str], way_out: str) -> list[str]:
    """Messages with what to do; `way_out` where the place of the fault decides and none is said."""
    own = {one: end for one in told for start, end in _WAYS_OUT.items() if one.startswith(start)}
    return [one if "；" in one else f"{one}；{own.get(one, way_out)}" for one in told]


IN_ARTICLE: list[tuple[str, list[str]]] = [
    ('<meta http-equiv="refresh" content="0;url=https://a.example/">', [unlisted('<meta http-equiv="refresh" content="0;url=https://a.example/">')]),
    ('<base href="https://a.example/">', [unlisted('<base href="https://a.example/">'), nested('')]),
    ('<script src="x.js"></script>', [unlisted('<script src="x.js">')]),
    ('<script>alert()</script>', [unlisted('<script>'), script('alert()')]),
    ('<style>p{}</style>', [unlisted('<style>'), style('p{}')]),
    ('<link rel="stylesheet" href="x.css">', [unlisted('<link rel="stylesheet" href="x.css">')]),
    ('<iframe srcdoc="x"></iframe>', [unlisted('<iframe srcdoc="x">')]),
    ('<object data="x"></object>', [unlisted('<object data="x">')]),
    ('<embed src="x">', [unlisted('<embed src="x">'), nested('')]),
    ('<form action="x"></form>', [unlisted('<form action="x">')]),
    ('<input name="x">', [unlisted('<input name="x">')]),
    ('<textarea>x</textarea>', [unlisted('<textarea>')]),
    ('<template>x</template>', [unlisted('<template>')]),
    ('<noscript>x</noscript>', [unlisted('<noscript>')]),
    ('<math></math>', [unlisted('<math>')]),
    ('<foreignobject></foreignobject>', [unlisted('<foreignobject>')]),
    ('<x-y></x-y>', [unread('<x-y></x-y>')]),
    ('<video src="x"></video>', [unlisted('<video src="x">')]),
    ('<select></select>', [unlisted('<select>')]),
    ('<header>x</header>', [unlisted('<header>')]),
    ('<svg onload="alert()"></svg>', [unlisted('<svg onload=alert()>')]),
    ('<svg><a href="x"></a></svg><use href="x"/>', [unlisted('<use href="x"/>'), '标签须成对，现有：<use href="x"/>', nested('')]),
    ('<svg><animate attributeName="href"/></svg>', [unlisted('<animate attributeName="href"/>'), '标签须成对，现有：<animate attributeName="href"/>', nested('</svg>')]),
    ('<svg style="x"></svg>', [unlisted('<svg style=x>')]),
    ('<svg><script>alert()</script></svg>', [unlisted('<script>'), script('alert()')]),
    ('<svg><title><img src="x"></title></svg>', ['<title> 里不得有小于号，现有：<img src="x"></title></svg></article></body></html>']),
    ('<p onclick="alert()">x</p>', [unlisted('<p onclick=alert()>')]),
    ('<p ONCLICK="alert()">x</p>', [unlisted('<p ONCLICK=alert()>')]),
    ('<p style="position:fixed">x</p>', [unlisted('<p style=position:fixed>')]),
    ('<th style="--room:1;position:fixed">x</th>', [value('<th style=--room:1;position:fixed>')]),
    ('<td style="background:image-set(\'https://a/x\')">x</td>', [value("<td style=background:image-set('https://a/x')>")]),
    ('<p data-md-component="header">x</p>', [unlisted('<p data-md-component=header>')]),
    ('<p class="md-overlay">x</p>', [own('<p class=md-overlay>')]),
    ('<p class="archive-search">x</p>', [own('<p class=archive-search>')]),
    ('<p id="__config">x</p>', [own('<p id=__config>')]),
    ('<p id="archive-search-x">x</p>', [own('<p id=archive-search-x>')]),
    ('<a name="__md_scope">x</a>', [unlisted('<a name=__md_scope>')]),
    ('<button type="submit">x</button>', [value('<button type=submit>')]),
    ('<ol start="x"></ol>', [value('<ol start=x>')]),
    ('<a href="x" target="_blank">x</a>', [unlisted('<a target=_blank>')]),
    ('<a href="x" ping="https://a/">x</a>', [unlisted('<a ping=https://a/>')]),
    ('<a href="javascript:alert()">x</a>', [link('<a href=javascript:alert()>')]),
    ('<a href="JaVaScRiPt:alert()">x</a>', [link('<a href=JaVaScRiPt:alert()>')]),
    ('<a href="java&#10;script:alert()">x</a>', [link('<a href=java script:alert()>')]),
    ('<a href="&#106;avascript:alert()">x</a>', [link('<a href=javascript:alert()>')]),
    ('<a href="java\tscript:alert()">x</a>', [link('<a href=java script:alert()>')]),
    ('<a href="\x01javascript:alert()">x</a>', [link('<a href=\x01javascript:alert()>')]),
    ('<a href=javascript:alert()>x</a>', [link('<a href=javascript:alert()>')]),
    ("<a href='javascript:alert()'>x</a>", [link('<a href=javascript:alert()>')]),
    ('<a href="data:text/html,x">x</a>', [link('<a href=data:text/html,x>')]),
    ('<a href="//a.example">x</a>', [link('<a href=//a.example>')]),
    ('<a href="/\\a.example">x</a>', [link('<a href=/\\a.example>')]),
    ('<a href="\\\\a.example">x</a>', [link('<a href=\\\\a.example>')]),
    ('<a href="blob:x">x</a>', [link('<a href=blob:x>')]),
    ('<a href="x" href="javascript:alert()">x</a>', [unlisted('<a href=javascript:alert()>')]),
    ('<img src="https://a.example/x.png">', [remote('<img src=https://a.example/x.png>')]),
    ('<img src="//a.example/x.png">', [remote('<img src=//a.example/x.png>')]),
    ('<img src="data:image/svg+xml,x">', [remote('<img src=data:image/svg+xml,x>')]),
    ('<img srcset="https://a.example/x 2x">', [unlisted('<img srcset=https://a.example/x 2x>')]),
    ('<img src="x"onerror="alert()">', [unread('<img src="x"onerror="alert()">')]),
    ('<img/src="x">', [unread('<img/src="x">')]),
    ('<img src="x" onerror=alert()>', [unlisted('<img onerror=alert()>')]),
    ('<img src=`x`onerror=alert()>', [unread('<img src=`x`onerror=alert()>')]),
    ('<IMG src="x">', [unread('<IMG src="x">')]),
    ('<img src="x" =y>', [unread('<img src="x" =y>')]),
    ('</article><script>alert()</script><article class="md-content__inner md-typeset">', [script('alert()'), '网页里须只有一篇正文，现有 2 篇']),
    ('</article><p style="x">x</p><article class="md-content__inner md-typeset">', [unlisted('<p style=x>') + f'；{_AROUND}', '网页里须只有一篇正文，现有 2 篇']),
    ('</p>', [nested('</p>')]),
    ('<div><p>x</div></p>', [nested('</div></p>')]),
    ('<div>', [nested('')]),
    ('<div/>', ['标签须成对，现有：<div/>', nested('')]),
    ('<p>x</p y>', [nested('</p y>')]),
    ('</ x>', [unread('</ x>')]),
    ('<!-->x<script>alert()</script>-->', [unread('<!-->x<script>alert()</script>-->')]),
    ('<!-- x --!><script>alert()</script>-->', [unread('<!-- x --!><script>alert()</script>-->')]),
    ('<!-- x', [unread('<!-- x')]),
    ('<p>甲</p><!-- 待补 --><p>乙</p>', ['网页里不得有注释，现有：<!-- 待补 --><p>乙</p></article></body></html>']),
    ('<!x>', [unread('<!x>')]),
    ('<?x?>', [unread('<?x?>')]),
    ('<![CDATA[<script>]]>', [unread('<![CDATA[<script>]]>')]),
    ('<p', [unread('<p')]),
    ('<p title="x', [unread('<p title="x')]),
    ('<p title="x>y</p>', [unread('<p title="x>y</p>')]),
    ('<title><script>alert()</script></title>', ['<title> 里不得有小于号，现有：<script>alert()</script></title></article></body></html>']),
    ('<plaintext>x', [unlisted('<plaintext>'), nested('')]),
    ('<xmp><p></xmp>', [unlisted('<xmp>'), nested('</xmp>')]),
]  # fmt: skip

AROUND: list[tuple[str, list[str]]] = [
    ('<meta http-equiv="refresh" content="0;url=https://a.example/">', [unlisted('<meta http-equiv=refresh>')]),
    ('<meta http-equiv="Content-Security-Policy" content="x">', [unlisted('<meta http-equiv=Content-Security-Policy>')]),
    ('<meta name="referrer" content="unsafe-url">', [value('<meta name=referrer>')]),
    ('<base href="https://a.example/">', [unlisted('<base href="https://a.example/">'), '标签须一层套一层，现有：</head><body><article class="md-content__inner md-typeset"></article></body></h…']),
    ('<link rel="stylesheet" href="https://a.example/x.css">', [remote('<link href=https://a.example/x.css>')]),
    ('<link rel="stylesheet" href="//a.example/x.css">', [remote('<link href=//a.example/x.css>')]),
    ('<link rel="preload" href="x">', [value('<link rel=preload>')]),
    ('<link rel="canonical stylesheet" href="https://a.example/">', [value('<link rel=canonical stylesheet>'), remote('<link href=https://a.example/>')]),
    ('<script src="https://a.example/x.js"></script>', [remote('<script src=https://a.example/x.js>')]),
    ('<script src="data:text/javascript,alert()"></script>', [remote('<script src=data:text/javascript,alert()>')]),
    ('<script>alert()</script>', [script('alert()')]),
    ('<script type="module">alert()</script>', [value('<script type=module>'), script('alert()')]),
    ('<script type="importmap">{}</script>', [value('<script type=importmap>'), script('{}')]),
    ('<script src="x.js" async></script>', [unlisted('<script async=>')]),
    ('<script type="application/json">{}</script>', [script('{}')]),
    ('<style>p{}</style>', [style('p{}')]),
    ('<style media="print">.md-header{display:none}</style>', [style('.md-header{display:none}')]),
    ('<style media="print">@page { @top-center { content: "x" } } p{}</style>', [style('@page { @top-center { content: "x" } } p{}')]),
    ('<style media="print">@page { @top-center { content: "\\75rl" } }</style>', [style('@page { @top-center { content: "\\75rl" } }')]),
    ('<p onclick="x">x</p>', [unlisted('<p onclick=x>')]),
    ('<input type="image" name="x">', [value('<input type=image>')]),
    ('<form action="x"></form>', [unlisted('<form action=x>')]),
    ('<form class="x"></form>', [value('<form class=x>')]),
    ('<iframe></iframe>', [unlisted('<iframe>')]),
    ('<a href="javascript:x">x</a>', [link('<a href=javascript:x>')]),
    ('<img src="https://a.example/x">', [remote('<img src=https://a.example/x>')]),
    ('<script id="__config" type="application/json">{}</script><script id="__config" type="application/json">{}</script>', ['主题的编号须只有一处，现有两处 __config']),
    ('<label id="__config">x</label><script id="__config" type="application/json">{}</script>', ['主题的编号须只有一处，现有两处 __config']),
    ('<script id="__config" type="application/json"><p></script>', ['<script> 里不得有小于号，现有：<p></script></head><body><article class="md-content__inner md-typeset"></articl…']),
]  # fmt: skip

STYLES: list[tuple[str, list[str]]] = [
    ('a{background:url(https://a.example/x)}', [elsewhere('https://a.example/x')]),
    ('a{background:\\75rl(https://a.example/x)}', [elsewhere('https://a.example/x')]),
    ('a{background:u\\72 l("//a.example/x")}', [elsewhere('//a.example/x')]),
    ('a{background:URL(HTTPS://a.example)}', [elsewhere('HTTPS://a.example')]),
    ('a{background:image-set("https://a.example/x" 1x)}', [elsewhere('https://a.example/x')]),
    ('a{background:-webkit-image-set(url(//a.example/x) 1x)}', [elsewhere('//a.example/x')]),
    ('a{background:cross-fade(url(//a.example), red)}', [elsewhere('//a.example')]),
    ('a{background:src("https://a.example")}', [elsewhere('https://a.example')]),
    ('@import "https://a.example/x.css";', ['样式里不得有 @import；请删去，各个样式写在 mkdocs.yml 的 extra_css 里', elsewhere('https://a.example/x.css')]),
    ('@\\69mport "x.css";', ['样式里不得有 @import；请删去，各个样式写在 mkdocs.yml 的 extra_css 里']),
    ('@import url(x.css);', ['样式里不得有 @import；请删去，各个样式写在 mkdocs.yml 的 extra_css 里']),
    ('@font-face{src:url(ftp://a.example)}', [elsewhere('ftp://a.example')]),
    ('a{--x:"//a.example";background:image(var(--x))}', [elsewhere('//a.example')]),
    ('a{background:url(ht\\74ps://a.example)}', [elsewhere('https://a.example')]),
    ('a{background:url("h\\\nttps://a.example")}', [elsewhere('https://a.example')]),
    ('a{background:url(/\\5c a.example)}', [elsewhere('/\\a.example')]),
    ('a{background:url("\\9 https://a.example")}', [elsewhere('https://a.example')]),
    ('a{background:url(x y)}', ['样式须能读懂，现有 bad URL token；请补上引号、括号']),
    ('@media print{a{background:url(//a.example)}}', [elsewhere('//a.example')]),
    ('@namespace "http://a.example";', [elsewhere('http://a.example')]),
    ('a{background:url(https://a.example', [elsewhere('https://a.example')]),
]  # fmt: skip


@pytest.mark.parametrize(("piece", "told"), IN_ARTICLE, ids=[one[:40] for one, _ in IN_ARTICLE])
def test_in_the_article(piece: str, told: list[str]) -> None:
    assert faults(built(piece)) == whole(told, _IN_ARTICLE)


@pytest.mark.parametrize(("piece", "told"), AROUND, ids=[one[:40] for one, _ in AROUND])
def test_around_the_article(piece: str, told: list[str]) -> None:
    assert faults(built("", piece)) == whole(told, _AROUND)


@pytest.mark.parametrize(("sheet", "told"), STYLES, ids=[one[:40] for one, _ in STYLES])
def test_style_sheets(sheet: str, told: list[str]) -> None:
    assert style_faults(sheet) == told


MADE = """
<h1 id="甲">甲<a class="headerlink" href="#甲" title="本节的链接">&para;</a></h1>
<details class="press screen-only" data-search-skip><summary aria-label="打印、引用：甲"><span>打印、引用</span>
</summary><div class="press-menu"><button type="button" class="press-print" hidden data-section="甲">打印</button>
<a href="x.docx" download="甲.docx" aria-label="甲 Word">Word</a></div></details>
<a class=for-editors data-search-skip href=https://git.example/x aria-label="修改">改</a>
<div class="scroll" role="region" aria-label="表" tabindex="0"><table><thead><tr>
<th scope="col" style="--room:4.5">甲</th><th style="text-align: right;">乙</th></tr></thead>
<tbody><tr id="a" data-search-section="乙"><td class="number" style="text-align: right;">1</td></tr></tbody>
</table></div>
<svg class="timeline" role="img" width="100%" height="40" xmlns="http://www.w3.org/2000/svg"><title>图</title>
<desc class="mask">**</desc><line class="grid" x1="0" x2="9" y1="0" y2="9"/><rect x="1%" y="2" width="3%"
height="4"/><path class="cross" d="M-5-5L5 5"/><circle r="5"/><text class="tick" x="0" y="9"
text-anchor="middle">甲</text></svg>
<div class="highlight"><span class="filename">甲</span><pre><span></span><code><span class="nt">甲</span></code></pre></div>
<ol start="3"><li id="fn:1"><a class="footnote-backref" href="#fnref:1" title="回">↩</a></li></ol>
<aside class="md-source-file"><span class="md-source-file__fact">甲</span></aside><section>甲</section>
<a href="mailto:a@example.org">信</a><img alt='图' src="a.png" width="720" height="420" loading="lazy" />
"""


def test_what_macros_and_markdown_make() -> None:
    assert faults(built(MADE)) == []


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_whatever_an_editor_may_type(name: str) -> None:
    given = " ".join(f'{one}="1"' for one in sorted(ELEMENTS[name] - {"loading", "scope"}))
    end = "" if name in VOID else f"</{name}>"
    assert faults(built(f"<{name} {given}>{end}")) == []


HEAD = """<meta charset="utf-8"><meta name="description" content="甲"><link rel="canonical" href="https://a.example/">
<link rel="stylesheet" href="assets/print.css" media="print"><script src="assets/search.js"></script>
<style media="print">
    @page { @top-center { content: "内部版　演示" } }
  </style><script id="__config" type="application/json">{"base": "."}</script>"""


def test_the_head_of_a_page() -> None:
    assert faults(built("", HEAD)) == []


def test_style_sheets_of_the_site() -> None:
    sheet = """a{background:url(x.png)}b{background:url("data:image/svg+xml,<svg xmlns='http://a'/>")}
    [id^="fn:"]{content:"：\\200b"}@media print{c{--x:url(/*x*///a)}}"""
    assert style_faults(sheet) == []


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ('<script src="../assets/search.js"></script>', []),
        ('<link rel="stylesheet" href="../assets/theme.css">', []),
        ('<script src="/assets/javascripts/bundle.a5f9d56c.min.js"></script>', ["/assets/javascripts/bundle.a5f9d56c.min.js"]),
        ('<link rel="stylesheet" href="../assets/stylesheets/main.57a0d79d.min.css">', ["../assets/stylesheets/main.57a0d79d.min.css"]),
        ('<script src="files/x.js"></script>', ["files/x.js"]),
        ('<script src="../assets/../files/x.js"></script>', ["../assets/../files/x.js"]),
        ('<script src="../assets/x.js"></script>', ["../assets/x.js"]),
        ('<script src="../assets/%78.js"></script>', ["../assets/%78.js"]),
        ('<link rel="stylesheet" href="x.css">', ["x.css"]),
    ],
)  # fmt: skip
def test_scripts_and_style_sheets_are_the_sites_own(
    tmp_path: Path, head: str, told: list[str]
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(built("", head), "utf-8")
    assert [str(one) for one in scan(tmp_path, PLACE)] == [
        f"site/a/index.html:1: 脚本和样式须是网站自己的文件，现有 {one}；{_OWN}" for one in told
    ]


def test_a_style_sheet_of_the_site_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("@im\\70ort 'x.css';", "utf-8")
    assert [str(one) for one in scan(tmp_path, PLACE)] == [
        "site/x.css:1: 样式里不得有 @import；请删去，各个样式写在 mkdocs.yml 的 extra_css 里"
    ]
