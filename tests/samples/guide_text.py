"""What the guide's pages and the README say to type, and what they name: commands, code, quoted words."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from tests.conftest import ROOT

GUIDE = ROOT / "archive" / "guide"
PAGES = {
    **{path.name: path.read_text("utf-8") for path in sorted(GUIDE.glob("*.md"))},
    "README.md": (ROOT / "README.md").read_text("utf-8"),
}
"""Name → text. What the pages of messages show is made by the program, and tried in tests of their own."""

PROGRAMS = ("archive", "make", "git", "cd", "python3", "openssl", "nginx", "sha256sum", "read")
_FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,})(?P<info>[^\n]*)\n(?P<text>.*?)^ *(?P=marks)$\n?", re.MULTILINE | re.DOTALL)  # fmt: skip
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_QUOTED = re.compile(r"“([^“”\n]+)”")
_COMMAND = re.compile(rf"(?:[\w./]*/bin/[\w-]+|(?:{'|'.join(PROGRAMS)})(?= [^=：:]))")


class Fence(NamedTuple):
    """The commands of a block of code, which are typed one after the other in one place."""

    page: str
    commands: tuple[str, ...]


def _fences() -> Iterator[Fence]:
    """Yield the blocks with commands in the order in which a reader comes to them; each in the text is one."""
    for page, text in PAGES.items():
        found = chain(_FENCE.finditer(text), _SPAN.finditer(outside(text, filled=True)))
        for one in sorted(found, key=lambda found: found.start()):
            lines = one["text"].splitlines() if one.re is _FENCE else [one[1]]
            # A session shows the answers too; elsewhere a comment may stand behind.
            session = any(line.strip().startswith("$ ") for line in lines)
            typed = [line.strip() for line in lines]
            typed = [
                line.removeprefix("$ ").split("   #")[0].strip()
                for line in typed
                if line.startswith("$ ") or not session
            ]
            commands = tuple(line for line in typed if _COMMAND.match(line))
            if commands:
                yield Fence(page, commands)


def outside(text: str, *, filled: bool = False) -> str:
    """The text without its blocks; `filled`: with blanks in their place."""
    return _FENCE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]) if filled else "", text)


def spans() -> dict[str, set[str]]:
    """Code in the text → the pages that it stands on."""
    return _by_page(lambda text: _SPAN.findall(outside(text)))


def quoted() -> dict[str, set[str]]:
    """Words in quotation marks in the text → the pages that they stand on."""
    return _by_page(lambda text: _QUOTED.findall(_SPAN.sub("", outside(text))))


def _by_page(find: Callable[[str], list[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for page, text in PAGES.items():
        for one in find(text):
            found.setdefault(one, set()).add(page)
    return found


ALL = tuple(_fences())
"""The blocks with commands of all pages."""
