"""The faces of print files: the real free ones, and a bureau's own folder made from them."""

import re
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont

from archive.facts.characters import USUAL, unusual_characters
from archive.facts.project import Project
from archive.files.cache import shared_folder
from archive.files.yaml import Problem
from archive.press.characters import unprintable_characters
from archive.press.faces import WANTED, Faces, Role, faces
from archive.press.font_files import FETCHED
from tests.conftest import AS_OF, ROOT
from tests.samples.sample import FILES, RECORD, read

A, PART = "data/volunteering/2024/20240305-a.yml", "docs/report/part-1.md"
LISTED = {
    "docs/records/index.md": '---\ntitle: 台账\n---\n\n# 台账\n\n{{ table("volunteering") }}\n'
}
REAL = shared_folder() / FETCHED
"""The faces that `make` has fetched."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site's root with an empty folder of the bureau's own; the fetched faces are links."""
    (tmp_path / "fonts").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (shared_folder() / FETCHED).mkdir(parents=True)
    for file in REAL.iterdir():
        (shared_folder() / FETCHED / file.name).symlink_to(file)
    return tmp_path


def of(root: Path) -> Project:
    return Project(root, root / "data", AS_OF)


def found(root: Path) -> Faces:
    chosen, problems = faces(of(root))
    assert problems == []
    return chosen


def own(root: Path, source: str, file: str, *families: tuple[str, int]) -> Path:
    """A face of the bureau's folder: a free one under other names, each in a language of Windows."""
    path = root / "fonts" / file
    with TTFont(REAL / source) as font:
        names = font["name"]
        names.names = []
        for family, language in families:
            names.setName(family, 1, 3, 1, language)
            names.setName("Regular", 2, 3, 1, language)
        names.setName(path.stem, 6, 3, 1, 1033)  # Typst leaves a face without one aside
        font.save(path)
    return path


LAST = ["Noto Serif CJK SC", "Noto Sans CJK SC"]


def test_free_faces_where_the_bureau_has_none(root: Path) -> None:
    chosen = found(root)
    assert {role: chosen.families(role) for role in Role} == {
        Role.TITLE: LAST,
        Role.HEADING: ["FandolHei", "Noto Sans CJK SC", "Noto Serif CJK SC"],
        Role.SECOND: ["FandolKai", *LAST],
        Role.BODY: ["FandolFang R", *LAST],
        Role.NUMBER: LAST,
        Role.LAST: LAST,
    }
    assert [(chosen.face(role).path.name, chosen.face(role).weight) for role in Role] == [
        ("NotoSerifCJK-Bold.ttc", 700),
        ("FandolHei-Regular.otf", 400),
        ("FandolKai-Regular.otf", 400),
        ("FandolFang-Regular.ttf", 400),
        ("NotoSerifCJK-Regular.ttc", 400),
        ("NotoSerifCJK-Regular.ttc", 400),
    ]


def test_the_own_folder_may_be_a_link(root: Path) -> None:
    (root / "fonts").rmdir()
    (root / "fonts").symlink_to(REAL)
    assert found(root).face(Role.BODY).path.name == "FandolFang-Regular.ttf"


def test_the_bureau_s_own_faces_go_first(root: Path) -> None:
    before = found(root).fingerprint
    own(root, "FandolFang-Regular.ttf", "f.ttf", ("FangSong_GB2312", 1033), ("仿宋_GB2312", 2052))
    own(root, "FandolHei-Regular.otf", "t.otf", ("方正小标宋简体", 2052))
    chosen = found(root)
    assert chosen.families(Role.BODY) == ["FangSong_GB2312", "FandolFang R", *LAST]
    assert chosen.families(Role.TITLE) == ["方正小标宋简体", *LAST]
    assert chosen.face(Role.TITLE).path == root / "fonts" / "t.otf"
    assert chosen.face(Role.BODY).names == {"FangSong_GB2312", "仿宋_GB2312"}
    assert chosen.fingerprint != before


def test_typst_knows_every_face_by_the_name_given(root: Path) -> None:
    own(root, "FandolKai-Regular.otf", "k.otf", ("KaiTi_GB2312", 1033), ("楷体_GB2312", 2052))
    chosen = found(root)
    compiler = typst.Compiler(font_paths=chosen.fonts)
    for role in Role:
        for family in chosen.families(role):
            source = f'#text(font: "{family}", fallback: false)[统计 2024]'
            _, warnings = compiler.compile_with_warnings(source.encode(), format="pdf")
            assert warnings == [], family


def test_what_no_face_holds_is_told(root: Path) -> None:
    chosen = found(root)
    assert chosen.missing("喆堃祎，〔2023〕1 号\n\u2060～·—№㎡\u00a0α①") == []
    assert chosen.missing("好😀字\U0010fffd😀\x00") == ["\x00", "😀", "\U0010fffd"]
    # Read again from what was kept: the same answer.
    assert found(root).missing("好😀字\U0010fffd😀\x00") == ["\x00", "😀", "\U0010fffd"]


def test_a_role_without_a_face_says_which_and_how_to_get_one(root: Path) -> None:
    (shared_folder() / FETCHED / "FandolFang-Regular.ttf").unlink()
    (shared_folder() / FETCHED / "NotoSansCJK-Regular.ttc").unlink()
    get = "现在没有；请运行 make fonts 取免费字体，或把字体文件放进 fonts/"
    body = "仿宋_GB2312、FangSong_GB2312、仿宋、FangSong、FandolFang、STFangsong"
    assert faces(of(root))[1] == [
        Problem("fonts/", 1, f"须有仿宋（{body}），{get}"),
        Problem("fonts/", 1, f"须有补充字体（Noto Serif CJK SC、Noto Sans CJK SC），{get}"),
    ]


def test_word_asks_for_faces_of_the_one_list() -> None:
    """Each font of its template goes by names of one role; LibreOffice knows one by the file's own."""
    table = ROOT / "archive" / "press" / "word" / "template" / "word" / "fontTable.xml"
    asked = re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', table.read_text("utf-8"))
    lists = {role: [*dict(WANTED[role]), "FandolFang R"] for role in Role}
    of_role = [
        [role for role in Role if {name, *others.split(",")} <= set(lists[role])]
        for name, others in asked
    ]
    assert of_role == [[Role.BODY], [Role.SECOND], [Role.HEADING], [Role.TITLE], [Role.NUMBER]]


def test_no_folder_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    _, problems = faces(of(tmp_path))
    assert [one.message.partition("（")[0] for one in problems] == [
        f"须有{name}" for name in sorted(role.value for role in Role)
    ]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x00\x00", b"OTTO" + b"\xff" * 400])
def test_a_spoilt_file_in_the_bureau_s_folder_is_told(root: Path, content: bytes) -> None:
    (root / "fonts" / "仿宋.TTF").write_bytes(content)
    (root / "fonts" / "说明.txt").write_text("字体", "utf-8")
    assert faces(of(root))[1] == [
        Problem("fonts/仿宋.TTF", 1, "须是完好的字体文件，现在读不出；请换一个，或者删去")
    ]


def test_the_usual_characters_are_in_every_role(root: Path) -> None:
    usual = [chr(code) for code in range(0x20, 0x10000) if USUAL.fullmatch(chr(code))]
    assert len(usual) > 21_000
    assert found(root).missing("".join(usual)) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({PART: f"{FILES[PART]}\n甲👍乙。\n"}, f"{PART}:11"),
        ({PART: f"{FILES[PART]}\n甲&#128077;乙。\n"}, f"{PART}:1"),
        ({A: RECORD.replace("title: 学雷锋", "title: 👍学雷锋"), **LISTED}, f"{A}:2"),
        ({PART: f"{FILES[PART]}\n<!-- 👍 -->\n"}, ""),
        ({"docs/index.md": f"{FILES['docs/index.md']}\n👍\n"}, ""),  # it is not printed
    ],
)
def test_a_character_without_a_font_is_told_before_anything_is_built(
    changes: dict[str, str], place: str, tmp_path: Path
) -> None:
    site = read(tmp_path, changes)
    told = [str(one) for one in unprintable_characters(site, unusual_characters(site))]
    rule = "打印用的字体须有每个字，现在没有“👍”（U+1F44D）：请改用别的字，或在 fonts/ 放进有这个字的字体"
    assert told == ([f"{place}: {rule}"] if place else [])
