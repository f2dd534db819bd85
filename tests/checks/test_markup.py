"""HTML and attributes in pages: hostile pieces, each with all that is said of it, and what may stand."""

from pathlib import Path

import pytest

from archive.files.html import ELEMENTS
from tests.samples.blocks import PIXEL
from tests.samples.sample import FILES, MKDOCS, problems

INDEX = "docs/index.md"
Told = list[str | tuple[int, str]]
"""What is said: of line 9, where a piece begins, or of the line that stands before it."""


def element(name: str) -> str:
    return (
        f"HTML 的标签须在准许之列（指南的“提示一览”里有），现有 <{name}>；"
        "请改用 Markdown 的写法，要原样显示请放进反引号"
    )


def grammar(shown: str) -> str:
    return (
        f'标签须写作 <名称 属性="值">：小写，在一行内，值加引号，里面没有宏和代码，现有：{shown}；'
        "不是标签的小于号请写作 &lt;，网址请写作 [文字](网址)"
    )


def comment(shown: str) -> str:
    return f"注释须写作 <!-- 文字 -->，文字里没有小于号和两个连着的连字符，别的 <! 和 <? 不用，现有：{shown}"


def braces(shown: str) -> str:
    return (
        f"花括号里须是属性，写作 {{ #编号 .样式 width=720 }}，现有：{shown}；"
        "要显示花括号请放进反引号"
    )


def listed(name: str) -> str:
    return f"花括号里的属性须是 class、height、id、lang、loading、title、width 之一，现有 {name}，请删去"


def fence(shown: str) -> str:
    return f'代码块的开头须写作 ``` 语言 或 ``` {{ .语言 title="题目" }}，现为：{shown}'


PLAIN_TEXT = '一行文字，不含 < > "、{{ 和 &lt; 一类的写法'
PAIRS = "反引号须在一行内成对，前面不得有反斜线；请补成一对，或者删去"
FENCES = "代码块的首行和末行须各占一行，缩进相同，反引号一样多，不放在引用（>）里；请调整首行、末行"
OPEN = "代码块须有末行，现没有；请写上与首行同样的反引号"


def uncertain(shown: str) -> str:
    return f"里面有小于号、星号的代码，所在的一段里不得有成块的 HTML，现有：{shown}；请把代码移到另一段"


def address(shown: str) -> str:
    return (
        f"别的网站的网址须只用英文字母、数字，不带用户名（@），写作 https://网站/路径，现为 {shown}"
    )


def leads(shown: str, host: str) -> str:
    return (
        f"链接的文字写的是网址的，须通到同一个网站，现写 {shown}，通到 {host}；"
        "请写对网址，或者写网站的名称"
    )


PIECES: list[tuple[str, Told]] = [
    ('<meta http-equiv="refresh" content="0;url=https://a.example/">', [element('meta')]),
    ('<base href="https://a.example/">', [element('base')]),
    ('<script src="files/x.js"></script>', [element('script')]),
    ('<script>alert()</script>', [element('script')]),
    ('<SCRIPT>alert()</SCRIPT>', [grammar('<SCRIPT>alert()</SCRIPT>')]),
    ('<scr\u200bipt>alert()</script>', ['</script> 前面须有配对的 <script>，各个标签须一层套一层，现在没有；请补上，或者删去 </script>', grammar('<scr\u200bipt>alert()</script>')]),
    ('<script\n>alert()</script>', [grammar('<script')]),
    ('<script/src="files/x.js"></script>', [grammar('<script/src="files/x.js"></script>')]),
    ('<style>.md-header{display:none}</style>', [element('style'), braces('{display:none}</style>')]),
    ('<link rel="stylesheet" href="files/x.css">', [element('link')]),
    ('<iframe srcdoc="甲"></iframe>', [element('iframe')]),
    ('<object data="index.md"></object>', [element('object')]),
    ('<embed src="index.md">', [element('embed')]),
    ('<form action="https://a.example/"><input name="a"></form>', [element('form'), element('input')]),
    ('<button type="submit">甲</button>', [element('button')]),
    ('<textarea>甲</textarea>', [element('textarea')]),
    ('<noscript>甲</noscript>', [element('noscript')]),
    ('<template>甲</template>', [element('template')]),
    ('<video src="index.md"></video>', [element('video')]),
    ('<svg><script>alert()</script></svg>', [element('script'), element('svg')]),
    ('<svg onload="alert()"></svg>', [element('svg')]),
    ('<math><mtext>甲</mtext></math>', [element('math'), element('mtext')]),
    ('<marquee>甲</marquee>', [element('marquee')]),
    ('<x-y>甲</x-y>', [grammar('<x-y>甲</x-y>')]),
    ('<plaintext>甲', [element('plaintext')]),
    ('<title>甲</title>', [element('title')]),
    ('<article>甲</article>', [element('article')]),
    ('</article>甲', ['</article> 前面须有配对的 <article>，各个标签须一层套一层，现在没有；请补上，或者删去 </article>']),
    ('<p style="position:fixed">甲</p>', ['<p> 的属性须是 class、id、lang、title 之一，现有 style，请删去']),
    ('<p style="background:image-set(\'https://a.example/x\')">甲</p>', ['<p> 的属性须是 class、id、lang、title 之一，现有 style，请删去']),
    ('<img src="assets/x.png" onerror="alert()">', ['<img> 的属性须是 alt、class、height、id、lang、loading、src、title、width 之一，现有 onerror，请删去', '链接所指须在 docs/ 下，没有 assets/x.png；请放进这个文件，或者改正路径']),
    ('<img src=assets/x.png onerror=alert()>', [grammar('<img src=assets/x.png onerror=alert()>')]),
    ('<img/src="assets/x.png">', [grammar('<img/src="assets/x.png">')]),
    ('<IMG SRC="assets/x.png">', [grammar('<IMG SRC="assets/x.png">')]),
    ('<img src="assets/x.png"onerror="alert()">', [grammar('<img src="assets/x.png"onerror="alert()…')]),
    ('<img src="https://a.example/x.png">', ['图片须放在站内，现为 https://a.example/x.png；请存到 docs/files/，写它的相对路径']),
    ('<img src="//a.example/x.png">', ['图片须放在站内，现为 //a.example/x.png；请存到 docs/files/，写它的相对路径']),
    ('<img srcset="https://a.example/x.png" alt="甲">', ['<img> 的属性须是 alt、class、height、id、lang、loading、src、title、width 之一，现有 srcset，请删去']),
    ('<img alt="甲" alt="乙">', ['<img> 的属性 alt 须只写一次，现有两次；请删去一个']),
    ('<img\nsrc="assets/x.png">', [grammar('<img')]),
    ('<img title="<script>">', [element('script'), grammar('<img title="<script>">')]),
    ('<img title="甲\n乙">', [grammar('<img title="甲')]),
    ('<img title="甲>乙">', [grammar('<img title="甲>乙">')]),
    ('<p data-md-component="header">甲</p>', ['<p> 的属性须是 class、id、lang、title 之一，现有 data-md-component，请删去']),
    ('<p class="md-overlay">甲</p>', ['属性 class 须是 caption、glance-note 之一，现为 md-overlay；请改正，或者删去 class']),
    ('<p class="caption md-overlay">甲</p>', ['属性 class 须是 caption、glance-note 之一，现为 caption md-overlay；请改正，或者删去 class']),
    ('<p id="__config">甲</p>', ['属性 id 须是汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的，现为 __config；请改正，或者删去 id']),
    ('<p id="archive-search-x">甲</p>', ['属性 id 须是汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的，现为 archive-search-x；请改正，或者删去 id']),
    ('<p name="forms">甲</p>', ['<p> 的属性须是 class、id、lang、title 之一，现有 name，请删去']),
    ('<p id>甲</p>', ['属性 id 须是汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的，现为 ；请改正，或者删去 id']),
    ('<p hidden>甲</p>', ['<p> 的属性须是 class、id、lang、title 之一，现有 hidden，请删去']),
    ('<p contenteditable="true">甲</p>', ['<p> 的属性须是 class、id、lang、title 之一，现有 contenteditable，请删去']),
    ('<a href="index.md" target="_blank">甲</a>', ['<a> 的属性须是 class、href、id、lang、title 之一，现有 target，请删去']),
    ('<a href="index.md" ping="https://a.example/">甲</a>', ['<a> 的属性须是 class、href、id、lang、title 之一，现有 ping，请删去']),
    ('<a href="javascript:alert()">甲</a>', ['站内链接须写相对路径，现为 javascript:alert()；请改写为相对路径，如 ../files/文件.pdf']),
    ('<a href="JavaScript:alert()">甲</a>', ['站内链接须写相对路径，现为 JavaScript:alert()；请改写为相对路径，如 ../files/文件.pdf']),
    ('<a href="java&#10;script:alert()">甲</a>', ['链接所指须在 docs/ 下，没有 java script:alert()；请放进这个文件，或者改正路径']),
    ('<a href="&#106;avascript:alert()">甲</a>', ['站内链接须写相对路径，现为 javascript:alert()；请改写为相对路径，如 ../files/文件.pdf']),
    ('<a href="java\tscript:alert()">甲</a>', ['链接所指须在 docs/ 下，没有 java script:alert()；请放进这个文件，或者改正路径']),
    ('<a href=" javascript:alert()">甲</a>', ['链接所指须在 docs/ 下，没有 javascript:alert()；请放进这个文件，或者改正路径']),
    ('<a href="data:text/html,甲">甲</a>', ['站内链接须写相对路径，现为 data:text/html,甲；请改写为相对路径，如 ../files/文件.pdf']),
    ('<a href="vbscript:甲">甲</a>', ['站内链接须写相对路径，现为 vbscript:甲；请改写为相对路径，如 ../files/文件.pdf']),
    ('<a href="//a.example/">甲</a>', ['通到别的网站的链接须写全，如 https://www.example.cn/，现为 //a.example/；请改写为 https:// 开头的网址']),
    ('<a href="\\\\a.example\\x">甲</a>', ['链接所指须在 docs/ 下，没有 \\\\a.example\\x；请放进这个文件，或者改正路径']),
    ('<a href="file:///etc/passwd">甲</a>', ['站内链接须写相对路径，现为 file:///etc/passwd；请改写为相对路径，如 ../files/文件.pdf']),
    ('<a xlink:href="index.md">甲</a>', [grammar('<a xlink:href="index.md">甲</a>')]),
    ('<a href="{{ name("bureau") }}">甲</a>', [grammar('<a href="{{ name("bureau") }}">甲</a>')]),
    ('<a title="`甲`">甲</a>', [grammar('<a title="`甲`">甲</a>')]),
    ('<div>甲', ['<div> 须有配对的 </div>，现在没有；请补上 </div>']),
    ('甲</div>', ['</div> 前面须有配对的 <div>，各个标签须一层套一层，现在没有；请补上，或者删去 </div>']),
    ('<div><b>甲</div></b>', ['</div> 前面须有配对的 <div>，各个标签须一层套一层，现在没有；请补上，或者删去 </div>']),
    ('<div/>甲', ['<div> 须写成一对标签，现有 <div/>；请改为 <div></div>']),
    ('<br></br>', ['</br> 前面须有配对的 <br>，各个标签须一层套一层，现在没有；请补上，或者删去 </br>']),
    ('<div>\n`<script>alert()</script>`\n</div>', [(10, '标签里面 Markdown 的代码不起作用，小于号请写作 &lt;，不用星号')]),
    ('<!--> <script>alert()</script> -->', [comment('<!--> <script>alert()</script> -->')]),
    ('<!---> 甲 -->', [comment('<!---> 甲 -->')]),
    ('<!-- 甲 --!> 乙 -->', [comment('<!-- 甲 --!> 乙 -->')]),
    ('<!-- 甲 -- 乙 -->', [comment('<!-- 甲 -- 乙 -->')]),
    ('<!-- <!-- 甲 -->', [comment('<!-- <!-- 甲 -->')]),
    ('<!-- 甲', [comment('<!-- 甲')]),
    ('<?php alert() ?>', [comment('<?php alert() ?>')]),
    ('<![CDATA[ <script> ]]>', [comment('<![CDATA[ <script>')]),
    ('<!DOCTYPE html>', [comment('<!DOCTYPE html>')]),
    ('</ 甲>', [grammar('</ 甲>')]),
    ('甲 <b 乙', [grammar('<b 乙')]),
    ('\\<b onclick="alert()">甲</b>', [grammar('<b onclick="alert()">甲</b>')]),
    ('<https://www.stats.gov.cn/>', [grammar('<https://www.stats.gov.cn/>')]),
    ('<javascript:alert()>', [grammar('<javascript:alert()>')]),
    ('<a@example.org>', [grammar('<a@example.org>')]),
    ('[甲](javascript:alert())', ['站内链接须写相对路径，现为 javascript:alert()；请改写为相对路径，如 ../files/文件.pdf']),
    ('[甲](JAVASCRIPT:alert)', ['站内链接须写相对路径，现为 JAVASCRIPT:alert；请改写为相对路径，如 ../files/文件.pdf']),
    ('[甲](<java script:alert>)', ['链接所指须在 docs/ 下，没有 java script:alert；请放进这个文件，或者改正路径']),
    ('[示例网](https://a.example/x.png)，[www.a.example](https://a.example/b)，[data.csv](files/data.csv)', ['链接所指须在 docs/ 下，没有 files/data.csv；请放进这个文件，或者改正路径']),
    ('[https://a.example](https://b.example/x)', [leads('a.example', 'b.example')]),
    ('甲\n[ 见 https://a.example/ 的公告](https://b.example/x)', [(10, leads('a.example', 'b.example'))]),
    ('[`a.example`](https://b.example/)', [leads('a.example', 'b.example')]),
    ('[ａ\u2060.example](https://b.example/)', [leads('a.example', 'b.example')]),
    ('<a href="https://b.example/">a.<b>example</b></a>', [leads('a.example', 'b.example')]),
    ('[甲](https://a.example@b.example/x)', [address('https://…@b.example/x')]),
    ('[甲](https://ѕtats.example/)', [address('https://ѕtats.example/')]),
    ('[甲](https://xn--tats-2yf.example/)', [address('https://xn--tats-2yf.example/')]),
    ('[甲](//a.example/)', ['通到别的网站的链接须写全，如 https://www.example.cn/，现为 //a.example/；请改写为 https:// 开头的网址']),
    ('[甲][x]\n\n[x]: javascript:alert()', [(11, '站内链接须写相对路径，现为 javascript:alert()；请改写为相对路径，如 ../files/文件.pdf')]),
    ('[甲][x]\n\n[x]:\njavascript:alert()', [(11, '链接的定义须自成一行，写作 [文字]: 路径，现有：[x]:')]),
    ('[甲][x]\n\n> [x]: javascript:alert()', [(11, '链接的定义须自成一行，写作 [文字]: 路径，现有：[x]: javascript:alert()')]),
    ('[甲][x\ny]\n\n[x\ny]: javascript:alert()', [(13, '链接的定义须自成一行，写作 [文字]: 路径，现有：[x y]: javascript:alert()')]),
    ('![甲](data:image/svg+xml,x)', ['站内链接须写相对路径，现为 data:image/svg+xml,x；请改写为相对路径，如 ../files/文件.pdf']),
    ('[甲](index.md){ onclick=alert() }', [listed('onclick')]),
    ('[甲](index.md){ href="javascript:alert()" }', [listed('href')]),
    ('[甲](index.md){: target=_blank }', [listed('target')]),
    ('[甲](index.md){ style="position:fixed" }', [listed('style')]),
    ('甲\n{ srcdoc=x }', [(10, listed('srcdoc'))]),
    ('甲\n{ .md-overlay }', [(10, '属性 class 须是 caption、glance-note 之一，现为 md-overlay；请改正，或者删去 class')]),
    ('## 甲 { #__config }', ['属性 id 须是汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的，现为 __config；请改正，或者删去 id']),
    ('## 甲 { #x onclick=alert() }', [listed('onclick')]),
    ('甲\n{ .caption { onclick=alert() }', [(10, braces('{ .caption { onclick=alert() }'))]),
    ('甲\n{ onclick=alert() { }', [(10, braces('{ onclick=alert() { }'))]),
    ('甲\n{ .caption\tonclick=alert() }', [(10, braces('{ .caption onclick=alert() }'))]),
    ('甲\n{ hidden }', [(10, braces('{ hidden }'))]),
    ('甲\n{ .caption } 乙 onclick=alert() }', [(10, '属性须紧接在链接、图片、强调的文字后面，或在标题末尾空一格，或在一段下面另起一行，现有：{ .caption }；请移过去，或者删去')]),
    ('甲{{ name("bureau") }}{ .caption }', ['属性须紧接在链接、图片、强调的文字后面，现紧接在宏 name 后面：{ .caption }；请加上强调，写作 *{{ name(…) }}*{ .caption }，标题、单元格的末尾请前面空一格']),
    ('## \\_\\_config', ['由标题得出的编号须是汉字、字母、数字和连字符，以汉字、字母、数字开头，不是网站自己的，现为 __config；请写明编号，如 { #planning }']),
    ('~~~~ html-as-is\n<script>alert()</script>\n~~~~', ['html-as-is 是宏专用的，页面里不得有，请删去']),
    ('> ~~~ html-as-is\n> <script>alert()</script>\n> ~~~', ['html-as-is 是宏专用的，页面里不得有，请删去', FENCES, (10, element('script')), (11, FENCES)]),
    ('``` { .html-as-is }\n甲\n```', ['html-as-is 是宏专用的，页面里不得有，请删去']),
    ('``` { .md onclick=alert() }\n甲\n```', [fence('``` { .md onclick=alert() }')]),
    ('``` { .md-overlay }\n甲\n```', [fence('``` { .md-overlay }')]),
    ('``` md onclick="alert()"\n甲\n```', [fence('``` md onclick="alert()"')]),
    ('- ``` { .md onclick=alert() }\n  甲\n  ```', [PAIRS, '属性 class 须是 caption、glance-note 之一，现为 md；请改正，或者删去 class', listed('onclick'), (11, OPEN)]),
    ('{% raw %}<script>alert()</script>{% endraw %}', [element('script')]),
    ('{% raw %}{{ "<script>alert()</script>" }}{% endraw %}', [element('script'), braces('{{ "<script>alert()</script>" }}{% endr…')]),
    ('{% raw %}甲\n{ onclick=alert() }{% endraw %}', [(10, listed('onclick'))]),
    ('&lt;script>alert()&lt;/script>', []),
    ('`<script>alert()</script>`', []),
    ('```\n<script>alert()</script>\n```', []),
    ('&#60;script&#62;', []),
    ('甲 < 乙，甲 <3', []),
    ('\\`<script>alert()</script>`', [element('script'), PAIRS]),
    ('甲 ` 乙\n`<script>alert()</script>`', [PAIRS]),
    ('`<script>\nalert()</script>`', [element('script'), PAIRS, (10, PAIRS)]),
    ('``甲`<script>alert()</script>`', [element('script'), PAIRS]),
    ('<hr>`<script>alert()</script>`', [uncertain('`<script>alert()</script>`')]),
    ('- 甲\n    > <br/>\n    > 乙`<b>`', [(11, uncertain('`<b>`'))]),
    ('- ```\n  <script>alert()</script>\n  ```', [PAIRS, (10, element('script')), (11, OPEN)]),
    ('x<!--\n\n> <script>alert()</script> -->', [comment('<!-- > <script>alert()</script> -->')]),
    ('    <!-- <script>\n</script> -->', [comment('<!-- <script> </script> -->')]),
    ('<b>甲\n\n乙</b>', ['<b> 须与 </b> 在同一段里，现在不在；请移到一段里，或者各段各写一对']),
    ('甲[^1]<b>\n[^1]: 乙</b>', ['<b> 须与 </b> 在同一段里，现在不在；请移到一段里，或者各段各写一对']),
    ('``<b>``、`<i>`', []),
    ('甲\n{ title="{{ name("bureau") }}" }', [(10, braces('{ title="{{ name("bureau") }}" }'))]),
    ('甲\n{ {% raw %}{% endraw %}.caption }', [(10, braces('{ {% raw %}{% endraw %}.caption }'))]),
    ('<p class="{% raw %}caption{% endraw %}">甲</p>', [grammar('<p class="{% raw %}caption{% endraw %}"…')]),
]  # fmt: skip


@pytest.mark.parametrize(("piece", "told"), PIECES, ids=[repr(piece)[:40] for piece, _ in PIECES])
def test_pieces(tmp_path: Path, piece: str, told: Told) -> None:
    placed = [one if isinstance(one, tuple) else (9, one) for one in told]
    assert problems(tmp_path, {INDEX: f"{FILES[INDEX]}\n{piece}\n"}) == [
        f"{INDEX}:{line}: {message}" for line, message in placed
    ]


INTERNAL = "标明一行不公开的须写作 <!-- 内部 --> 或 <!-- 内部：原因 -->，用半角符号，写在一行里，不放在代码里，现为："


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- 内部资料 -->", "<!-- 【内部】 -->", "<!-- （内部） -->", "<!--&nbsp;内部 -->", "<!-- \u200b内部 -->",
        "<!-- \u3164内部 -->", "<!-- &#20869;部 -->", "<!-- 内部\n未定 -->", "<!-- 内部会议后再补 -->", "<!-- 内 部 -->",
        "<!-- 仅内部 -->", "<!-- 不公开 -->", "<!-- 不公\n开 -->", "<!-- 內部 -->", "<!-- Internal -->", "<!-- 请勿外传 -->", "<!-- 涉密 -->",
        "＜!-- 内部 --＞", "<！-- 内部 -->", "&lt;!-- 内部 --&gt;", "`<!-- 内部 -->`", "`<!-- 内 部 -->`", "<!- 内部 ->", "<! -- 不公开 -->",
        "<-- 内部 -->", "《!——内部——》", "<!内部>", "\n\n```\n甲 <!-- 内部 -->\n```", "{% raw %}`<!-- 内部 -->`{% endraw %}", "<!-- 内&#8203;部资料 -->",
    ],
)  # fmt: skip
def test_what_looks_like_an_internal_mark_is_one_or_a_message(tmp_path: Path, mark: str) -> None:
    told = problems(tmp_path, {INDEX: f"{FILES[INDEX]}\n甲 {mark}\n"})
    assert [one for one in told if INTERNAL in one or "看不见的控制字符" in one]


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- 内部 -->", "<!--内部-->", "<!-- 内部：未定 -->", "<!--\u3000内部 甲 -->", "<!-- 待补，办公室 -->", "《内部资料管理办法》",
        "好消息！——内部职工也可以参加", "职工满意度 > 90，内部会议——《公开办法》", "事项公开 -> 审核", "（内部）", "`<!-- 甲 -->`",
    ],
)  # fmt: skip
def test_internal_marks(tmp_path: Path, mark: str) -> None:
    assert problems(tmp_path, {INDEX: f"{FILES[INDEX]}\n甲 {mark}\n"}) == []


HONEST = """
<div class="caption" id="甲-1" lang="zh" title="说明">

<p>字<br>字<hr></p>
<table><caption>题</caption><thead><tr><th scope="col" colspan="2">甲</th></tr></thead>
<tbody><tr><td rowspan="1">乙</td></tr></tbody><tfoot><tr><td>丙</td></tr></tfoot></table>
</div>

<img src="files/x.png" alt='图' width="720" height="50%" loading="lazy" />

<a href="https://www.stats.gov.cn/?a=1&amp;b=2">网</a>、<a href="report/part-1.md#planning">文</a>、
<a href="mailto:a@example.org">信</a>、<a href="tel:12340">电</a>

[网](https://www.stats.gov.cn/ "题"){ title="甲 乙" }、[文][那里]、甲[^1]

字
{ .caption #那里 }

## 小节 { #节-2 }

[那里]: report/part-1.md
[^1]: 注

<!-- 待补 -->

``` yaml
甲: <b>
```

~~~ { .md .wrong title="错：甲" }
<script>
~~~

- 甲

    ``` text
    甲
    ```

`<b>`、甲 < 乙、&lt;b>、{% raw %}`{{ fig("没有") }}`{% endraw %}、{{ fig("activities") }}
"""


def test_what_may_stand(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        INDEX: f"{FILES[INDEX]}{HONEST}",
        "docs/files/x.png": PIXEL,
    }
    assert problems(tmp_path, changes) == []


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_each_element_of_the_list(tmp_path: Path, name: str) -> None:
    end = "" if name in ("br", "hr", "img") else f"</{name}>"
    more = ' src="files/x.png" alt="图"' if name == "img" else ""
    changes: dict[str, str | bytes | None] = {
        INDEX: f'{FILES[INDEX]}\n<{name} title="甲"{more}>{end}\n',
        "docs/files/x.png": PIXEL,
    }
    assert problems(tmp_path, changes) == []


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("title: 首页<script>", [f'2: title（页面标题）须为{PLAIN_TEXT}，现为 "首页<script>"；例如：title: 志愿服务']),
        ("title: 甲&lt;script&gt;", [f'2: title（页面标题）须为{PLAIN_TEXT}，现为 "甲&lt;script&gt;"；例如：title: 志愿服务']),
        ("title: 甲{{ 7 }}", [f'2: title（页面标题）须为{PLAIN_TEXT}，现为 "甲{{{{ 7 }}}}"；例如：title: 志愿服务']),
        ("title: 甲{% if x %}", [f'2: title（页面标题）须为{PLAIN_TEXT}，现为 "甲{{% if x %}}"；例如：title: 志愿服务']),
        ('title: 甲\ndescription: 乙"><script>', [f'3: description（页面说明）须为{PLAIN_TEXT}，现为 "乙"><script>"；例如：description: 三年来的志愿服务']),
        ("title: 首页“甲”和 R&D", []),
    ],
)  # fmt: skip
def test_front_matter(tmp_path: Path, front: str, told: list[str]) -> None:
    text = f"---\n{front}\n---\n\n# 首页\n"
    assert problems(tmp_path, {INDEX: text}) == [f"{INDEX}:{one}" for one in told]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("- 首页: index.md", "- 首页<script>: index.md", 3),
        ("- 首页: index.md", "- '首页\"': index.md", 3),
        ("- 报告:", "- 报告 &lt;b>:", 4),
        ("site_name: 样例", "site_name: 样例<b>", 1),
        ("site_name: 样例", "site_name: 样例\ncopyright: <script src=x></script>", 2),
        ("site_name: 样例", 'site_name: 样例\nsite_description: "甲\\">"', 2),
    ],
)
def test_what_the_theme_prints_of_the_settings(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    (told,) = problems(tmp_path, {"mkdocs.yml": MKDOCS.replace(old, new)})
    assert told.startswith(f"mkdocs.yml:{line}: ")
    assert "须为一行文字，不含 HTML 的符号和星号，现为 " in told
