"""What a style sheet asks of other hosts, read by the tokens of CSS and not by its looks."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2

from archive.files.excerpts import shorten
from archive.files.html import scheme

_DROPPED = re.compile(r"[\0-\x20\x7f-\xa0\u200b\ufeff]")
"""Signs that browsers drop from an address, or that it cannot hold."""


def style_faults(source: str) -> list[str]:
    """What is wrong with a style sheet, in order, each once.

    Whatever it names in a string or an address, in whatever function or rule, is on this site or in
    the sheet itself (`data:`). Escapes are resolved by the reader, as browsers do.
    """
    nodes = tinycss2.parse_component_value_list(source)
    return list(dict.fromkeys(_faults(nodes)))


def _faults(nodes: list[Any]) -> Iterator[str]:
    # Not by recursion: a sheet may be nested as deeply as it is long. In square brackets stand the
    # strings that selectors compare with, such as [id^="fn:"].
    left = [(node, False) for node in reversed(nodes)]
    while left:
        node, compared = left.pop()
        if (node.type == "url" or (node.type == "string" and not compared)) and _elsewhere(
            node.value
        ):
            yield f"不得向别的主机取内容，现有 {shorten(node.value, 80)}；请把文件放进 archive/design/assets/，写它的相对路径"
        elif node.type == "at-keyword" and node.lower_value == "import":
            yield "样式里不得有 @import；请删去，各个样式写在 mkdocs.yml 的 extra_css 里"
        elif node.type == "error" and node.kind in ("bad-url", "bad-string"):
            yield f"样式须能读懂，现有 {shorten(node.message, 80)}；请补上引号、括号"
        elif node.type == "function":
            left += [(one, False) for one in reversed(node.arguments)]
        elif node.type in ("{} block", "[] block", "() block"):
            inside = node.type == "[] block"
            left += [(one, inside) for one in reversed(node.content)]


def _elsewhere(address: str) -> bool:
    bare = _DROPPED.sub("", address)
    return scheme(bare) not in ("", "data", "?") or bare.startswith(("\\", "/\\"))
