"""A drawing holds shapes and text; what runs or leads out of it is refused."""

import io
from base64 import b64encode

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from archive.leaks.files import file
from archive.leaks.text import private_search

SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PNG = "data:image/png;base64,iVBORw0KGgo="


def found(body: str, root: str = "", before: str = "") -> list[tuple[str, str]]:
    raw = f"{before}<svg {SPACE} {root}>{body}</svg>".encode()
    return [(one.kind, one.found) for one in file(".svg", raw, private_search(()))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<text x='40 20 0' y='20'>丙乙甲</text>", "<text> 里逐字的 x"),
        ("<text><tspan dx='0,-40'>乙甲</tspan></text>", "<tspan> 里逐字的 dx"),
        ("<text direction='&#114;tl'>乙甲</text>", "属性 direction"),
        ("<script href='data:text/javascript,1'/>", "<script>"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>甲</p></foreignObject>", "<foreignObject>"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>", "<script>"),
        ("<s:script xmlns:s='http://www.w3.org/2000/svg'>1</s:script>", "<script>"),
        ("<rect onload='a()'/>", "属性 onload"),
        ("<rect ONCLICK='a()'/>", "属性 ONCLICK"),
        ("<a href='javascript:a()'><text>甲</text></a>", "<a>"),
        ("<use href='other.svg#a'/>", "<use> 的 href"),
        ("<use xlink:href='https://a.example/b.svg#a'/>", "<use> 的 href"),
        ("<use href='data:image/svg+xml;base64,PHN2Zz4='/>", "<use> 的 href"),
        ("<image href='https://a.example/b.png'/>", "<image> 的 href"),
        ("<image href='b.png'/>", "<image> 的 href"),
        ("<image href='data:image/svg+xml;base64,PHN2Zz4='/>", "<image> 的 href"),
        ("<feImage href='#a'/>", "<feImage>"),
        ("<animate attributeName='href' to='x'/>", "<animate>"),
        ("<set attributeName='href' to='x'/>", "<set>"),
        ("<handler type='text/javascript'>1</handler>", "<handler>"),
        ("<iframe src='x'/>", "<iframe>"),
        ("<g xml:base='https://a.example/'/>", "属性 base"),
        ("<style>@import 'x.css';</style>", "<style> 里的外部引用"),
        ("<style>a{background:url(x.png)}</style>", "<style> 里的外部引用"),
        ("<style>a{background:u\\72l(x.png)}</style>", "<style> 里的外部引用"),
        ("<style>@font-face{src:local(a)}</style>", "<style> 里的外部引用"),
        ("<style><![CDATA[@import url(//a.example)]]></style>", "<style> 里的外部引用"),
        ("<rect style='fill:url(https://a.example/a)'/>", "属性 style 里的外部引用"),
        ("<rect fill='url(b.svg#a)'/>", "属性 fill 里的外部引用"),
        ("<rect filter='url(&#x2f;&#x2f;a.example#a)'/>", "属性 filter 里的外部引用"),
        ("<text style='fill:red;Direction:rtl'>1</text>", "样式里的 Direction"),
        ("<style>text{unicode-bidi/**/:bidi-override}</style>", "样式里的 unicode-bidi"),
        ("<?xml-stylesheet href='x.css'?>", "<?…?>"),
        ("<style>.a{display/**/:none}</style>", "<style> 里的 display"),
        ("<style>.a{opacity: 0.0}</style>", "<style> 里的 opacity"),
        ("<style>.a{VISIBILITY:hidden}</style>", "<style> 里的 visibility"),
        ("<style>.a{baseline-shift:super}</style>", "<style> 里的 baseline-shift"),
        ("<text style='fill:red;transform:translate(9px)'>甲</text>", "style 里的 transform"),
        ("<defs><text id='a'>甲</text></defs><use href='#a'/>", "<use> 再次显示的文字"),
        ("<symbol id='a'><g><text>甲</text></g></symbol><use xlink:href='#a'/>", "<use> 再次显示的文字"),
        ("<pattern id='a'><text>甲</text></pattern><rect fill='url(#a)'/>", "<rect> 再次显示的文字"),
    ],
)  # fmt: skip
def test_what_runs_or_leads_out_is_refused(body: str, expected: str) -> None:
    assert ("网页脚本", expected) in found(body)


def test_what_stands_before_the_drawing() -> None:
    assert found("", before="<?xml-stylesheet href='x.css'?>") == [("网页脚本", "<?…?>")]
    entity = "<!DOCTYPE svg [<!ENTITY a 'b'>]>"
    assert found("<text>&a;</text>", before=entity) == [("网页脚本", "<!ENTITY>")]


@pytest.mark.parametrize(
    ("root", "body"),
    [
        ("viewBox='0 0 1 1'", "<path d='M0 0' fill='url(#a)'/><use href='#a'/><use xlink:href='#a'/>"),
        ("", f"<image href='{PNG}' width='1'/>"),
        ("", "<style>.a { fill: url('#a') } @media print { a { fill: red } }</style>"),
        ("", "<style>.a{opacity:.5;font-size:12px;fill-opacity:0.2}</style><rect style='display:none'/>"),
        ("", "<title>甲</title><desc>乙</desc><text x='1'>丙<tspan dy='1'>丁</tspan></text>"),
        ("aria-label='甲' role='img' data-a='1' xml:space='preserve'", ""),
        ("xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:a='//b'", ""),
    ],
)  # fmt: skip
def test_what_only_draws_is_allowed(root: str, body: str) -> None:
    assert found(body, root) == []


@pytest.mark.parametrize("raw", [b"<svg>", b"<svg/>", b"<html/>", b"a", b"<svg xmlns='x'/>"])
def test_what_is_no_drawing_is_refused(raw: bytes) -> None:
    assert [one.kind for one in file(".svg", raw, private_search(()))] == ["无法检查"]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "koi8-r", "hz", "gb18030"])
def test_a_drawing_is_in_utf_8_as_the_server_says(encoding: str) -> None:
    """A reader's browser believes the server, so that what the file says of itself would hide its words."""
    head, body = (
        f"<?xml version='1.0' encoding='{encoding}'?>",
        "<text x='20'>例</text><text>示</text>",
    )
    raw = f"{head}<svg {SPACE}>{body}</svg>".encode("gb18030" if encoding == "gb18030" else "utf-8")
    found = [(one.kind, one.found) for one in file(".svg", raw, private_search(["示例"]))]
    assert found == [("无法检查", "不是以 UTF-8 编码的 svg 文件")]


def test_a_namespace_with_a_long_name_is_refused() -> None:
    """Each element would be given it again, when it is asked for its name."""
    raw = f"<svg {SPACE} xmlns:a='{'b' * 60_000}'><a:b/></svg>".encode()
    found = [(one.kind, one.found) for one in file(".svg", raw, private_search(()))]
    assert found == [("无法检查", "命名空间的名称多于 500 字的 svg 文件")]


def test_the_text_of_a_drawing_is_read_over_its_elements() -> None:
    names = private_search(["示例人物"])
    for body in (
        "<text>示</text><text>例人物</text>",
        "<text>示<![CDATA[例]]>人<!-- 甲 -->物</text>",
        "<text>示\n\n\n例<tspan>\n \n</tspan>人&#10;&#10;物</text>",
    ):
        raw = f"<svg {SPACE}>{body}</svg>".encode()
        assert [one.found for one in file(".svg", raw, names)] == ["示***"]


@pytest.mark.parametrize(
    "body",
    [
        "<text x='60' y='20'>人物</text><text x='20' y='20'>示</text><text x='40' y='22'>例</text>",
        "<text y='20'><tspan x='60'>人物</tspan><tspan x='20'>示</tspan><tspan x='40'>例</tspan></text>",
        "<text x='60' y='9'>人物<tspan dx='-4em'>示例</tspan></text>",
        "<g transform='translate(50 5)'><text>人物</text></g><text y='5'>示例</text>",
        "<g transform='matrix(1,0,0,1,50,5)'><text>人物</text></g><text x='-9' y='5'>示例</text>",
        "<text transform='rotate(180 30 5)' y='5'>人物</text><text y='5'>示例</text>",
        "<text x='5' y='90'>人物</text><text x='5' y='20'>示</text><text x='5' y='40'>例</text>",
        "<svg x='90'><text y='5'>人物</text></svg><text x='50' y='5'>示例</text>",
        "<text x='99' y='5' text-anchor='end'>示例</text><text x='90' y='5'>人物</text>",
        "<text x='1' y='5'>示<tspan display='none'>甲</tspan>例人物</text>",
        "<text x='1' y='5'>示<tspan style='visibility:hidden !important'>甲</tspan>例人物</text>",
        "<g fill='none'><text x='1' y='5'>示<tspan>甲</tspan><tspan fill='red'>例人物</tspan></text></g>"
        "<text>示</text>",
        "<text x='1' y='5'>示<tspan opacity='0.0'>甲</tspan>例<tspan font-size='0'>甲</tspan>人物</text>",
        "<text opacity='0'>示例</text><text>甲</text><text opacity='0'>人物</text>",
    ],
)
def test_a_name_is_read_as_it_is_placed(body: str) -> None:
    raw = f"<svg {SPACE}>{body}</svg>".encode()
    names = private_search(["示例人物"])
    assert [one.found for one in file(".svg", raw, names)] == ["示***"]


def row(
    text: str, *, each: int = 1, step: float = 9, y: float = 10, place: str = "x='{}' y='{}'"
) -> str:
    """A text as programs write it that place each few letters by themselves."""
    pieces = [text[at : at + each] for at in range(0, len(text), each)]
    return "\n".join(
        f"<text {place.format(n * each * step, y)}>{piece}</text>" for n, piece in enumerate(pieces)
    )


IN_PLACE = "transform='matrix(1,0,0,1,{},{})'"
CARD = "6222021234567890128"
PERSON = "110101199003071233"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<text y='10'>139</text><text x='24' y='10'>1234</text><text x='52' y='10'>5678</text>", "手机号"),
        ("<text x='52' y='10'>5678</text><text y='10'>139</text><text x='24' y='10'>1234</text>", "手机号"),
        ("<text y='10'>139</text><text x='40' y='11'>1234</text><text x='90' y='10'>5678</text>", "手机号"),
        (row("13912345678"), "手机号"),
        (row("13912345678", step=14), "手机号"),
        (row("13912345678", place=IN_PLACE), "手机号"),
        (row("13912345678", each=3, step=8.5), "手机号"),
        (row(CARD), "银行卡号"),
        (row(CARD, each=4, step=12), "银行卡号"),
        (row(PERSON, place=IN_PLACE), "身份证号"),
        (row(PERSON, each=6, step=9), "身份证号"),
        ("".join(f"<text x='9' y='{14 * n}'>{c}</text>" for n, c in enumerate("13912345678")), "手机号"),
        ("".join(f"<text transform='rotate(-90) translate({9 * n} 20)'>{c}</text>" for n, c in enumerate(CARD)), "银行卡号"),
        ("".join(f"<text transform='rotate({n * 0.6} 0 900)' y='10'>{c}</text>" for n, c in enumerate(CARD)), "银行卡号"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_placed(body: str, told: str) -> None:
    raw = f"<svg {SPACE}>{body}</svg>".encode()
    assert {one.kind for one in file(".svg", raw, private_search(()))} == {told}


@pytest.mark.parametrize(
    "body",
    [
        row("139120013001400", each=3, step=20),
        "".join(
            f"<text x='{n * 90}' y='10'>{text}</text>"
            for n, text in enumerate(("139", "1234", "5678"))
        ),
        "".join(
            f"<text x='9' y='{20 * n}'>{text}</text>"
            for n, text in enumerate(("139", "1234", "5678"))
        ),
        "".join(
            f"<text x='{n * 40}' y='10'>{year}</text>" for n, year in enumerate(range(2019, 2026))
        ),
    ],
)
def test_the_labels_of_a_chart_are_no_number(body: str) -> None:
    raw = f"<svg {SPACE}>{body}</svg>".encode()
    assert file(".svg", raw, private_search(())) == []


def in_base64(text: str) -> str:
    written = io.BytesIO()
    more = PngInfo()
    more.add_text("Comment", text)
    Image.new("1", (9, 9)).save(written, "PNG", pnginfo=more)
    return b64encode(written.getvalue()).decode()


PICTURE = in_base64("电话13912345678")


@pytest.mark.parametrize(
    "written",
    [
        PICTURE,
        "\n".join(PICTURE[at : at + 76] for at in range(0, len(PICTURE), 76)),
        "&#10;".join(PICTURE[at : at + 76] for at in range(0, len(PICTURE), 76)),
        "&#xA;\t ".join(PICTURE[at : at + 4] for at in range(0, len(PICTURE), 4)),
        PICTURE.rstrip("="),
    ],
)
@pytest.mark.parametrize("kind", ["image/png", "image/PNG", "image/jpeg"])
def test_a_picture_in_a_drawing_is_read(written: str, kind: str) -> None:
    raw = f"<svg {SPACE}><image href='data:{kind};base64,{written}'/></svg>".encode()
    told = {(one.kind, one.found) for one in file(".svg", raw, private_search(()))}
    assert ("手机号", "139******78") in told


@pytest.mark.parametrize(
    "written",
    ["a", "abc", "", " ", b64encode(b"<svg/>").decode(), b64encode("示".encode()).decode()],
)
def test_what_is_no_picture_in_a_drawing_is_refused(written: str) -> None:
    raw = f"<svg {SPACE}><image href='data:image/png;base64,{written}'/></svg>".encode()
    told = [(one.kind, one.found) for one in file(".svg", raw, private_search(()))]
    assert ("无法检查", "内嵌的图片读不出来") in told


DECOYS = [
    *(f"<{name}>手机123456789</{name}>" for name in ("title", "desc", "metadata", "style", "g", "text")),
    "<title><tspan>1</tspan>2</title>", "<rect/>", "<defs><text>1</text></defs>",
    *(
        f"<tspan {said}>123456789</tspan>"
        for said in (
            "baseline-shift='super'", "baseline-shift='Sub'", "baseline-shift='40%'", "baseline-shift='-3'",
            "style='baseline-shift: super'", "display='none'", "font-size='0'",
            *(f"fill='{colour}'" for colour in (
                "none", "#0000", "#ABCDEF00", "rgba(0,0,0,0)", "rgba(1, 2, 3, .0)", "rgb(0 0 0 / 0%)", "hsla(0,0%,0%,0.0)",
            )),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("decoy", DECOYS)
@pytest.mark.parametrize("outer", ["{}", "<tspan>{}</tspan>", "<textPath href='#a'>{}</textPath>"])
def test_what_is_not_in_the_line_parts_no_name_and_no_number(decoy: str, outer: str) -> None:
    # What is drawn in no colour takes up its place, as a gap in the line.
    short = decoy.replace("123456789", "1") if "fill=" in decoy else decoy
    body = "".join(
        f"<text x='0' y='{y}'>{outer.format(text)}</text>"
        for y, text in ((10, f"示{short}例人物"), (60, f"139{short}12345678"), (110, f"110101{short}199003071233"))
    )  # fmt: skip
    raw = f"<svg {SPACE}>{body}</svg>".encode()
    told = {(one.kind, one.found) for one in file(".svg", raw, private_search(["示例人物"]))}
    assert told >= {
        ("姓名", "示***"),
        ("手机号", "139******78"),
        ("身份证号", "110*************33"),
    }


@pytest.mark.parametrize(
    "within", ["title", "desc", "metadata", "g", "tspan baseline-shift='super'"]
)
def test_what_is_not_in_the_line_is_read_by_itself(within: str) -> None:
    body = (
        f"<text x='0' y='10'>甲<{within}>139<tspan>12345678</tspan></{within.split()[0]}>乙</text>"
    )
    assert found(body) == [("手机号", "139******78")]


@pytest.mark.parametrize(
    ("style", "decoy"),
    [
        (".a{fill:none}", "class='b a'"),
        (".a { Fill : rgba(0,0,0,0) !important }", "class='a' fill='red'"),
        (".A{fill-opacity:0;fill:red}", "class='A'"),
        ("#x,.y{fill:#0000}", "id='x'"),
        ("g text > tspan.a{fill:none}.a{fill:none}", "class='a'"),
        ("@media screen{tspan{/**/fill:none}}", ""),
        ("*{fill:transparent} text{fill:black}", ""),
        ("} .b{} .a{fill:none", "class='a'"),
        (".a{fill:none}", "style='stroke:none' class='a'"),
    ],
)
def test_a_style_that_hides_letters(style: str, decoy: str) -> None:
    body = f"<style>{style}</style><text x='0' y='10'>139<tspan {decoy}>9</tspan>"
    assert ("手机号", "139******78") in found(
        f"{body}<tspan style='fill:red'>12345678</tspan></text>"
    )


@pytest.mark.parametrize("attribute", ["fill='none'", "fill-opacity='1' fill='#0000' id='x'"])
def test_a_style_that_shows_letters(attribute: str) -> None:
    style = "<style>.a{fill:black}</style>"
    body = f"<text x='28' y='10'>5678</text><text class='a' {attribute} y='10'>1391234</text>"
    assert found(style + body.replace("28", "62")) == [("手机号", "139******78")]


def test_a_style_that_only_colours_letters_hides_none() -> None:
    body = "<text x='0' y='10'>139<tspan class='a'>9</tspan>12345678</text><path class='b'/>"
    assert found(f"<style>.a{{fill:red}}.b{{fill:none}}</style>{body}") == []


def test_what_is_drawn_in_a_colour_parts_a_number() -> None:
    for said in ("fill='#000'", "fill='rgb(0,0,0)'", "fill='#abcdef'", "baseline-shift='0'"):
        assert found(f"<text x='0' y='10'>139<tspan {said}>9</tspan>12345678</text>") == []


def test_texts_that_stand_apart_are_no_name() -> None:
    body = (
        "<text x='1' y='5'>示</text><text x='50' y='90'>人物</text><text x='90' y='120'>例</text>"
    )
    far = "skewX(1e9) scale(1) rotate() rotate(1e999) matrix(1e999 1e999)"
    body += f"<text transform='{far}' x='1e999' font-size='1e999em'>甲</text>"
    raw = f"<svg {SPACE}>{body}</svg>".encode()
    assert file(".svg", raw, private_search(["示例人物"])) == []
