"""Selectors of CSS as what they ask of elements.

A selector is a chain of compounds, such as `.md-nav__item > a[href]`: each compound asks one element for
its name, classes, id and attributes. States (`:hover`, `::before`, `:not(…)`) ask for nothing here,
since they may hold at any time.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2

Compound = frozenset[str]
"""What an element must have: `a`, `.class`, `#id`, `[attribute]`, `[attribute=value]`."""
Selector = tuple[str, tuple[Compound, ...]]
"""A selector as text, and its compounds."""

_BETWEEN = (">", "+", "~")


def selectors(prelude: Sequence[Any]) -> tuple[Selector, ...]:
    """The selectors of a rule, in order; one that is not understood asks for nothing."""
    return tuple(_selector(tokens) for tokens in _split(prelude))


def _split(prelude: Sequence[Any]) -> Iterator[list[Any]]:
    tokens: list[Any] = []
    for node in prelude:
        if node == ",":
            yield tokens
            tokens = []
        else:
            tokens.append(node)
    yield tokens


def _selector(tokens: list[Any]) -> Selector:
    text = tinycss2.serialize(tokens).strip()
    try:
        compounds = tuple(filter(None, _compounds(iter(tokens))))
    except (AttributeError, StopIteration, ValueError):
        compounds = ()
    return text, compounds


def _compounds(tokens: Iterator[Any]) -> list[Compound]:
    """What each element of a selector must have; raises one of three errors at what is not understood."""
    found: list[set[str]] = [set()]
    for node in tokens:
        if node.type == "whitespace" or node in _BETWEEN:
            found.append(set())
        elif node.type == "ident":
            found[-1].add(node.lower_value)
        elif node.type == "hash":
            found[-1].add(f"#{node.value}")
        elif node == ".":
            found[-1].add(f".{_name(next(tokens))}")
        elif node == ":":
            state = next(tokens)
            if state == ":":
                state = next(tokens)
            if state.type not in ("ident", "function"):
                raise ValueError
        elif node.type == "[] block":
            found[-1].add(_attribute(node.content))
        elif node != "*" and node.type != "comment":
            raise ValueError
    return [frozenset(one) for one in found]


def _name(node: Any) -> str:
    if node.type != "ident":
        raise ValueError
    return str(node.value)


def _attribute(content: Iterable[Any]) -> str:
    """What `[name=value]` asks for; of other comparisons than `=` only the name."""
    name, *rest = [node for node in content if node.type not in ("whitespace", "comment")]
    asked = _name(name).lower()
    match rest:
        case [equals, value] if equals == "=" and value.type in ("ident", "string"):
            return f"[{asked}={value.value}]"
        case _:
            return f"[{asked}]"
