"""Real places and people: invented names in their stead, and a search for those that are left."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from archive.files.yaml import read

INVENTED: Mapping[str, str] = read(Path(__file__).with_name("names.yml"), "names.yml").data
"""Real name → invented one."""

_REAL = re.compile("|".join(sorted(map(re.escape, INVENTED), key=len, reverse=True)))

_PLACE, _FAMOUS = "ns", "nrfg"
_NAMES = ("nr", "nrt", "nz", _PLACE, _FAMOUS)
"""Kinds of words in the dictionary: people and things with a name of their own."""
_ENDS = ("自治州", "自治县", "省", "市", "县", "区", "镇", "乡", "村", "社区", "街道", "流域")
_TERRITORY = re.compile("|".join(_ENDS))
"""What follows the name of a place: the end of its word, or the next word."""
_NO_NAMES = {
    "中华人民共和国", "中国", "之日起", "直属机关", "城市", "文明城市", "典范城市", "新建", "上门", "深度", "包联", "加密", "挪作", "德", "国家", "世界", "学雷锋",
}  # fmt: skip
"""Words that the dictionary takes for names of places or people, and countries."""


def replaced(text: str) -> str:
    """The text with the invented names."""
    return _REAL.sub(lambda found: INVENTED[found[0]], text)


def left(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of what looks like a real place or a well-known person, by a dictionary of Chinese.

    A place the dictionary does not know is found by a name before 镇, 村, 社区 and the like.
    """
    import rjieba  # loading its dictionary takes a tenth of a second; to write the archive needs none

    for number, line in enumerate(text.split("\n"), 1):
        before, kind = "", ""
        for word, of in rjieba.tag(line):
            found = before + word if _TERRITORY.fullmatch(word) and kind in _NAMES else word
            named = of in (_PLACE, _FAMOUS) or (of in _NAMES and word.endswith(_ENDS))
            if (named or found != word) and not {word, before} & _NO_NAMES:
                yield number, found
            before, kind = word, of


def left_in(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and name of each that is left in the pages and the data of an archive."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".yml"):
            inside = path.relative_to(folder).as_posix()
            yield from ((inside, *found) for found in left(path.read_text("utf-8")))
