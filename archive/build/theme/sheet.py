"""A style sheet read into rules, and written again with those that some element can meet."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import tinycss2

from archive.build.theme.selectors import Compound, Selector, selectors

Declaration = tuple[str, str, frozenset[str]]
"""The name without whose use it has no effect, if any; its text; the words in its value.

Such names are those of custom properties and of animations.
"""
Rule = tuple[tuple[str, ...], tuple[Selector, ...], tuple[Declaration, ...]]
"""The conditions around it (`@media print`), its selectors, its declarations.

One without selectors, such as `@keyframes`, has itself for its only declaration.
"""
Rules = tuple[Rule, ...]

_CONDITIONS = ("media", "supports")


def read_rules(css: str) -> Rules:
    """The rules of a sheet, in order."""
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return tuple(_rules(nodes, ()))


def _rules(nodes: Iterable[Any], around: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield around, selectors(node.prelude), tuple(_declarations(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword in _CONDITIONS:
            condition = f"@{node.lower_at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, (*around, condition))
        elif node.type == "at-rule" and node.content is not None:
            animation = node.lower_at_keyword.endswith("keyframes")
            name = tinycss2.serialize(node.prelude).strip() if animation else ""
            yield around, (), ((name, node.serialize(), frozenset(_words(node.content))),)


def _declarations(content: Sequence[Any]) -> Iterator[Declaration]:
    """What a rule sets; in one piece if there is more in it than declarations."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if any(one.type != "declaration" for one in found):
        yield "", tinycss2.serialize(content), frozenset(_words(content))
        return
    for one in found:
        value = tinycss2.serialize(one.value).strip()
        text = f"{one.name}:{value}{'!important' if one.important else ''}"
        name = one.name if one.name.startswith("--") else ""
        yield name, text, frozenset(_words(one.value))


def words_of(css: str) -> frozenset[str]:
    """All words of a sheet: names of properties and animations among them."""
    return frozenset(_words(tinycss2.parse_component_value_list(css, skip_comments=True)))


def _words(nodes: Sequence[Any]) -> Iterator[str]:
    left = list(nodes)  # not by recursion: a sheet may be nested deeply
    while left:
        node = left.pop()
        if node.type == "ident":
            yield node.value
        elif node.type == "function":
            left += node.arguments
        elif node.type in ("{} block", "[] block", "() block"):
            left += node.content


def asked(rules: Rules) -> frozenset[str]:
    """All that the selectors ask of elements."""
    return frozenset(
        one
        for _, choices, _ in rules
        for _, compounds in choices
        for each in compounds
        for one in each
    )


def cut(
    rules: Rules, there: Collection[Compound], anywhere: Compound, words: Collection[str]
) -> str:
    """The sheet of those rules that some element can meet, as text.

    `there` are the elements of the pages, `anywhere` what any element may have besides. Of the custom
    properties and animations those stay that a kept rule uses, or that are among `words`.
    """
    kept = list(_met(rules, there, anywhere))
    used = _used(kept, words)
    written: list[tuple[tuple[str, ...], str]] = []
    for around, choices, declarations in kept:
        texts = [text for name, text, _ in declarations if name in used]
        if choices and texts:
            told = ",".join(text for text, _ in choices)
            written.append((around, f"{told}{{{';'.join(texts)}}}"))
        elif not choices:
            written += [(around, text) for text in texts]
    return "".join(_conditions(written)) + "\n"


def _met(rules: Rules, there: Collection[Compound], anywhere: Compound) -> Iterator[Rule]:
    """The rules that can be met, with the selectors that can."""
    every = [*there, frozenset[str]()]
    known: dict[Compound, bool] = {}

    def can_be(compound: Compound) -> bool:
        if compound not in known:
            needed = compound - anywhere
            known[compound] = any(needed <= one for one in every)
        return known[compound]

    for around, choices, declarations in rules:
        can = tuple(one for one in choices if all(map(can_be, one[1])))
        if can or not choices:
            yield around, can, declarations


def _used(rules: Sequence[Rule], words: Collection[str]) -> set[str]:
    """The names in use, "" among them: what is in use may name other things."""
    declared = [one for _, _, declarations in rules for one in declarations]
    used = {"", *words}
    while True:
        more = used.union(*(found for name, _, found in declared if name in used))
        if more == used:
            return used
        used = more


def _conditions(written: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    """The rules in their conditions; what follows under the same ones stands together."""
    open_: tuple[str, ...] = ()
    for around, text in written:
        if around != open_:
            yield "}" * len(open_)
            yield "".join(f"{condition}{{" for condition in around)
            open_ = around
        yield text
    yield "}" * len(open_)
