"""The theme's style cut to what pages can show: which rules stay, and that what stays is what was there."""

from pathlib import Path

import cssselect2
import lxml.html
import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from archive.build.elements import THEME_STYLE
from archive.build.engines import ENGINE_NAMES, Engine, missing
from archive.build.theme import theme_sheets
from archive.build.theme.elements import elements_of, named
from archive.build.theme.sheet import asked, cut, read_rules, words_of
from archive.files.own_files import OWN_ASSETS

PAGE = """<!doctype html><html lang="zh"><body dir="ltr">
<a class="link  wide" href="a?b&amp;c" id=top>甲</a><input type='checkbox' checked>
<details><summary>乙</summary></details></body></html>"""
SCRIPT = 'list.classList.add("moved"); // marks'


def left(css: str, page: str = PAGE, script: str = "", words: frozenset[str] = frozenset()) -> str:
    rules = read_rules(css)
    looked_for = asked(rules)
    return cut(rules, elements_of(page, looked_for), named(script, looked_for), words).strip()


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a{color:red} b{color:red}", "a{color:red}"),
        ("a , b > a ,a.wide.link{color:red}", "a,a.wide.link{color:red}"),
        ("a.link.narrow,.link .wide,*{top:0}", ".link .wide,*{top:0}"),
        ("a#top,a#end,#end a,#top~a{top:0}", "a#top,#top~a{top:0}"),
        ("[dir=rtl] a,[dir=ltr] a,[dir] a,[lang=zh]{top:0}", "[dir=ltr] a,[dir] a,[lang=zh]{top:0}"),
        ('[href$=".pdf"],[href],[src],A[ href ]{top:0}', '[href$=".pdf"],[href],A[ href ]{top:0}'),
        ('[href="a?b&c"],[href="a?b"]{top:0}', '[href="a?b&c"]{top:0}'),
        ("[type=checkbox]:checked+a,[type=radio]:checked+a{top:0}", "[type=checkbox]:checked+a{top:0}"),
        # States may hold at any time, and browsers open what readers open.
        ("a:hover,a::after,a:not(.link),b:hover{top:0}", "a:hover,a::after,a:not(.link){top:0}"),
        (":root,::selection,details[open]>summary,p[open]{top:0}", ":root,::selection,details[open]>summary{top:0}"),
        # What a script names, it may set anywhere; also what only stands in its comments.
        (".moved,a.moved,.marks a,.removed{top:0}", ".moved,a.moved,.marks a{top:0}"),
        # What is not understood stays.
        ("a|b,b a&,..x{top:0}", "a|b,b a&,..x{top:0}"),
        ("a{b{color:red} top:0}", "a{b{color:red} top:0}"),
        ("a{top:0!important;top: calc(1px + 2px);;left:0}", "a{top:0!important;top:calc(1px + 2px);left:0}"),
        # Conditions; rules in the same ones stand together.
        ("@media print{a{top:0}b{top:0}}@media print{a{left:0}}@media screen{b{top:0}}", "@media print{a{top:0}a{left:0}}"),
        ("@supports (top:0){@media print{a{top:0}}a{left:0}}", "@supports (top:0){@media print{a{top:0}}}@supports (top:0){a{left:0}}"),
        ('@charset "utf-8";@page{margin:1cm}', "@page{margin:1cm}"),
        # Custom properties and animations that a kept rule uses, also by way of others.
        (":root{--a:url(x);--b:var(--a);--c:1px;--d:2px}a{background:var(--b)}b{top:var(--c)}", ":root{--a:url(x);--b:var(--a)}a{background:var(--b)}"),
        ("a{--a:1px}", ""),
        ("@keyframes in{to{top:var(--a)}}@keyframes out{to{top:0}}:root{--a:0}a{animation:in 1s}", "@keyframes in{to{top:var(--a)}}:root{--a:0}a{animation:in 1s}"),
    ],
)  # fmt: skip
def test_what_stays(css: str, kept: str) -> None:
    assert left(css, script=SCRIPT) == kept


def test_what_our_own_sheets_use_stays() -> None:
    own = words_of("a{width:calc(1px*var(--a))}")
    assert left(":root{--a:1;--b:2}", words=own) == ":root{--a:1}"


@pytest.mark.parametrize("engine", ENGINE_NAMES)
def test_with_everything_in_use_the_themes_own_sheets_are_written_as_they_were(
    engine: Engine,
) -> None:
    assert missing(engine) == ""
    for raw in theme_sheets(engine):
        css = raw.decode()
        rules = read_rules(css)
        assert len(rules) > 50
        written = cut(rules, (), asked(rules), words_of(css))
        assert list(_kept(written)) == list(_kept(css))


def _kept(css: str) -> list[str]:
    """What a sheet says, rule by rule, whatever blanks are between; without what has no effect."""
    return [
        "".join(part.split()).replace(";}", "}")
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        if not (rule.type == "at-rule" and rule.content is None)
        for part in [rule.serialize()]
    ]


NAMES = st.sampled_from(["x", "x-1", "X", "_y"])
TAGS = st.builds(
    lambda name, attributes: f"<{name}{''.join(attributes)}></{name}>",
    st.sampled_from(["a", "p", "b"]),
    st.lists(
        st.builds(
            lambda name, values, quote: f" {name}={quote}{' '.join(values)}{quote}",
            st.sampled_from(["class", "id", "title", "data-x"]),
            st.lists(NAMES, min_size=1, max_size=3),
            st.sampled_from("'\""),
        ),
        max_size=3,
        unique_by=lambda text: text.partition("=")[0],
    ),
)
COMPOUNDS = st.builds(
    lambda tag, parts: tag + "".join(parts),
    st.sampled_from(["a", "p", "b", "*", ":not(.x)", ":first-child"]),
    st.lists(
        st.builds(lambda form, name: form % name, st.sampled_from([".%s", "#%s", "[title=%s]", "[data-x~=%s]", "[class]%.0s"]), NAMES),
        max_size=2,
    ),
)  # fmt: skip
CHOICES = st.builds(
    lambda first, sign, second: first + sign + second,
    COMPOUNDS,
    st.sampled_from([" ", ">", " + ", "~"]),
    COMPOUNDS,
)


@given(st.lists(TAGS, max_size=6).map("".join), COMPOUNDS | CHOICES)
def test_what_some_element_of_a_page_meets_stays(tags: str, choice: str) -> None:
    """As another reader of pages and selectors says."""
    page = cssselect2.ElementWrapper.from_html_root(lxml.html.document_fromstring(f"<p>{tags}</p>"))
    if any(page.query_all(choice)):
        assert left(f"{choice}{{top:0}}", f"<p>{tags}</p>") == f"{choice}{{top:0}}"


def test_nothing_of_the_theme_is_published_as_it_is(demo_site: Path) -> None:
    assets = {path.relative_to(demo_site).as_posix() for path in (demo_site / "assets").rglob("*")}
    assert assets == OWN_ASSETS | {THEME_STYLE}
