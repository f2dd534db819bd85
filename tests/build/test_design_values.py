"""The look of the site stands in one sheet as named values; the others use the names."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import tinycss2

from archive.files.own_files import DESIGN

ASSETS = DESIGN / "assets"
VALUES = "values.css"
SHEETS = sorted(path.name for path in ASSETS.glob("*.css"))
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?|white|black|gr[ae]y|red|green|blue|yellow|orange"
)
PLAIN = {
    # The head and the number of a printed page are not within the document, whose names they do not know.
    ("print.css", "color", "#000"),
}
"""Sheet, property, colour that stands there as it is."""


def declarations(source: str) -> Iterator[tuple[str, list[Any]]]:
    """Each property of a sheet with the tokens of its value, whatever rules it stands in."""
    left: list[Any] = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    while left:
        rule = left.pop()
        if rule.type not in ("qualified-rule", "at-rule") or rule.content is None:
            continue
        inner = tinycss2.parse_blocks_contents(rule.content)
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content)
        left += inner
        yield from ((one.lower_name, one.value) for one in inner if one.type == "declaration")


def colours(tokens: list[Any]) -> Iterator[str]:
    """The colours written in a value, by their sign: #000, rgba, white."""
    for token in tokens:
        if token.type == "function":
            said = [token.lower_name] if COLOUR.fullmatch(token.lower_name) else []
            yield from said or colours(token.arguments)
        elif token.type == "hash":
            yield f"#{token.value.lower()}"
        elif token.type == "ident" and COLOUR.fullmatch(token.lower_value):
            yield token.lower_value


def test_colours_are_found_wherever_they_stand() -> None:
    sheet = """a#abc { color: #FFF; --x: rgba(0, 0, 0, 0.1); margin: calc(1px + 2px) }
    @media print { b { border: 1px solid White; background: linear-gradient(to left, hsl(1, 2%, 3%), var(--y)) } }
    @page { color: #000; @top-left { color: red } }"""
    found = {(name, one) for name, tokens in declarations(sheet) for one in colours(tokens)}
    assert found == {
        ("color", "#fff"), ("--x", "rgba"), ("border", "white"), ("background", "hsl"), ("color", "#000"),
        ("color", "red"),
    }  # fmt: skip


DRAWN = "poster.css"
"""The looks of the drawn sheet: the PDF and the picture made of it read them from here, and know no names."""


@pytest.mark.parametrize("name", [name for name in SHEETS if name not in (VALUES, DRAWN)])
def test_no_sheet_writes_a_colour_or_a_size_of_type_of_its_own(name: str) -> None:
    found = list(declarations((ASSETS / name).read_text("utf-8")))
    written = {(name, of, one) for of, tokens in found for one in colours(tokens)}
    assert written <= PLAIN
    sizes = {tinycss2.serialize(tokens).strip() for of, tokens in found if of == "font-size"}
    assert [size for size in sizes if size.endswith("rem")] == []


def test_every_name_that_is_used_is_known_and_every_one_known_is_used() -> None:
    texts = {name: (ASSETS / name).read_text("utf-8") for name in SHEETS}
    known = set(re.findall(r"^\s+(--archive-[\w-]+):", texts[VALUES], re.MULTILINE))
    used = {
        name for text in texts.values() for name in re.findall(r"var\((--archive-[\w-]+)", text)
    }
    assert used == known


def test_both_schemes_have_the_same_names() -> None:
    light, dark = (ASSETS / VALUES).read_text("utf-8").split("@media screen", 1)
    dark, _, _ = dark.partition("/* The theme's names")
    both = [
        set(re.findall(r"^\s+(--archive-[\w-]+):", text, re.MULTILINE)) for text in (light, dark)
    ]
    assert both[1] < both[0]
