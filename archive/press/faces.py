"""The fonts that print files are set in: the bureau's own first, free ones where it has none."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from itertools import chain, groupby
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from archive.facts.project import Project
from archive.files.cache import Cache, digest, shared_folder
from archive.files.yaml import Problem
from archive.press.font_files import FETCHED, SUFFIXES

REGULAR, BOLD = 400, 700
_JOINERS = "\u200b\u200c\u200d\u2060"
_MAX_OTHERS = 20
"""Sets of fonts whose characters are kept beside those in use: most sites use the same, some have their own."""


class Role(Enum):
    """What a font is used for (GB/T 9704—2012, 5.2 and 7); the value is the standard's name for it."""

    TITLE = "小标宋"
    HEADING = "黑体"
    SECOND = "楷体"
    BODY = "仿宋"
    NUMBER = "宋体"
    LAST = "补充字体"


WANTED: dict[Role, tuple[tuple[str, int | None], ...]] = {
    Role.TITLE: (
        ("方正小标宋_GBK", None),
        ("FZXiaoBiaoSong-B05", None),
        ("方正小标宋简体", None),
        ("FZXiaoBiaoSong-B05S", None),
        ("Noto Serif CJK SC", BOLD),
        ("Noto Serif SC", BOLD),
        ("Source Han Serif SC", BOLD),
        ("思源宋体", BOLD),
    ),
    Role.HEADING: (
        ("黑体", None),
        ("SimHei", None),
        ("FandolHei", REGULAR),
        ("STHeiti", None),
        ("Noto Sans CJK SC", REGULAR),
        ("Noto Sans SC", REGULAR),
    ),
    Role.SECOND: (
        ("楷体_GB2312", None),
        ("KaiTi_GB2312", None),
        ("楷体", None),
        ("KaiTi", None),
        ("FandolKai", REGULAR),
        ("STKaiti", None),
    ),
    Role.BODY: (
        ("仿宋_GB2312", None),
        ("FangSong_GB2312", None),
        ("仿宋", None),
        ("FangSong", None),
        ("FandolFang", REGULAR),
        ("STFangsong", None),
    ),
    Role.NUMBER: (
        ("宋体", None),
        ("SimSun", None),
        ("Noto Serif CJK SC", REGULAR),
        ("Noto Serif SC", REGULAR),
    ),
    Role.LAST: (("Noto Serif CJK SC", REGULAR), ("Noto Sans CJK SC", REGULAR)),
}
"""Family names for each role, best first, with the weight where a family has several. Used by
print files and by the browser's print style sheet.
"""


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a font file: `index` is its place in a collection, `family` is Typst's name for it."""

    path: Path
    index: int
    family: str
    weight: int
    names: frozenset[str]
    """All its family names, in every language the file gives them in."""


@dataclass(frozen=True)
class Faces:
    """The fonts found for each role, best first, followed by the fallback fonts of `Role.LAST`."""

    roles: dict[Role, tuple[Face, ...]]
    folders: tuple[Path, ...]

    def face(self, role: Role) -> Face:
        """The best font of a role; IndexError if there is none."""
        return self.roles[role][0]

    def families(self, role: Role) -> list[str]:
        """Typst's family names for a role, each once: best first, fallback fonts last."""
        return list(dict.fromkeys(face.family for face in self.roles[role]))

    @cached_property
    def fonts(self) -> typst.Fonts:
        """The same font files as Typst loads them, without the fonts of the system."""
        return _typst(self.folders)

    @cached_property
    def fingerprint(self) -> str:
        """A hexadecimal digest that changes when a font in use or the order of the fonts changes."""
        hashed = blake2b(digest_size=16)
        for role in Role:
            for face in self.roles[role]:
                hashed.update(_directory(face) + face.family.encode() + bytes([face.weight // 100]))
        return hashed.hexdigest()

    def missing(self, text: str) -> list[str]:
        """The characters of `text` that the fonts of some role lack, each once and sorted.

        Spaces, line breaks and invisible joiners are ignored: they need no glyph.
        """
        found = sorted(one for one in set(text) if ord(one) not in self._held)
        return [one for one in found if not (one.isspace() or one in _JOINERS)]

    @cached_property
    def _held(self) -> frozenset[int]:
        cache = Cache(shared_folder() / "characters", digest([Path(__file__)]), _MAX_OTHERS)
        key = cache.key(self.fingerprint.encode())
        ranges = cache.made(key, lambda: _ranges(_in_all(self.roles.values())))
        cache.save()
        return frozenset(chain.from_iterable(range(*one) for one in ranges))


def faces(project: Project) -> tuple[Faces, list[Problem]]:
    """The fonts for a site, and a problem for each role without one and each broken file.

    With problems the fonts must not be used.
    """
    own, free = project.fonts, shared_folder() / FETCHED
    folders = tuple(folder for folder in (own, free) if folder.is_dir())
    known = [face for folder in folders for face in _read(folder)]
    problems = _unreadable(own, {face.path.resolve() for face in known})
    last = _choose(Role.LAST, known)
    roles = {}
    for role in Role:
        chosen = _choose(role, known)
        if not chosen or (role is Role.LAST and len(chosen) < len(WANTED[role])):
            problems.append(_absent(role))
        roles[role] = (*chosen, *(face for face in last if face not in chosen))
    return Faces(roles, folders), sorted(problems)


def _typst(folders: Iterable[Path]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


def _read(folder: Path) -> list[Face]:
    """The fonts of a folder, sorted by file."""
    found = (_face(info) for info in _typst([folder]).fonts())
    return sorted(found, key=lambda face: (face.path, face.index))


def _face(info: typst.FontInfo) -> Face:
    path = Path(info.path or "")
    with TTFont(path, fontNumber=info.index, lazy=True) as font:
        records = font["name"].names
        names = frozenset(str(record) for record in records if record.nameID in (1, 16))
    return Face(path, info.index, info.family, info.weight, names | {info.family})


def _choose(role: Role, known: list[Face]) -> tuple[Face, ...]:
    """The first font for each wanted name that exists; a font with several names is listed once."""
    found: dict[Face, None] = {}
    for name, weight in WANTED[role]:
        fitting = (face for face in known if name in face.names and weight in (None, face.weight))
        found.update(dict.fromkeys(list(fitting)[:1]))
    return tuple(found)


def _absent(role: Role) -> Problem:
    wanted = "、".join(dict.fromkeys(name for name, _ in WANTED[role]))
    return Problem(
        "fonts/",
        1,
        f"须有{role.value}（{wanted}），现在没有；请运行 make fonts 取免费字体，"
        "或把字体文件放进 fonts/",
    )


def _unreadable(folder: Path, read: set[Path]) -> list[Problem]:
    """A problem for each file in the bureau's folder with a font's suffix that Typst cannot read."""
    files = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES]
    return [
        Problem(
            f"fonts/{path.relative_to(folder).as_posix()}",
            1,
            "须是完好的字体文件，现在读不出；请换一个，或者删去",
        )
        for path in files
        if path.resolve() not in read  # a file, or the folder, may be a link
    ]


def _directory(face: Face) -> bytes:
    """The font's table directory: the name, length and checksum of each of its tables."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return b"".join(
            f"{tag}:{entry.length}:{entry.checkSum};".encode()
            for tag, entry in sorted(font.reader.tables.items())
        )


def _in_all(roles: Iterable[tuple[Face, ...]]) -> list[int]:
    """The code points that the fonts of every role cover, sorted."""
    lists = list(roles)
    maps = {face: _characters(face) for face in dict.fromkeys(chain.from_iterable(lists))}
    held = (set[int]().union(*(maps[face] for face in faces)) for faces in lists)
    return sorted(set.intersection(*held))


def _characters(face: Face) -> set[int]:
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return set(font.getBestCmap() or ())


def _ranges(codes: list[int]) -> list[tuple[int, int]]:
    """Sorted numbers as half-open ranges: [(first, last + 1)]."""
    runs = [list(run) for _, run in groupby(enumerate(codes), lambda it: it[1] - it[0])]
    return [(run[0][1], run[-1][1] + 1) for run in runs]
