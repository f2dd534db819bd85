"""Pictures on a page: those that are shown everywhere, and the one message for each of the others."""

from pathlib import Path

import pytest

from archive.files import bounds, pictures
from archive.files.bounds import TOO_LONG
from tests.samples.endless import for_ever
from tests.samples.pictures import BAD, GOOD
from tests.samples.sample import FILES, problems

INDEX = FILES["docs/index.md"]


@pytest.mark.parametrize("half", [0, 1])  # of one kind of problem twenty are told
def test_each_picture_is_good_or_told_once_where_it_is_shown(tmp_path: Path, half: int) -> None:
    names = [*GOOD, *BAD][half::2]
    files = {name: GOOD[name].raw if name in GOOD else BAD[name][0] for name in names}
    changes: dict[str, str | bytes | None] = {
        f"docs/files/{name}": raw for name, raw in files.items()
    }
    start = INDEX.count("\n") + 2
    expected = [
        f"docs/index.md:{start + 2 * number}: 图片 files/{name} {BAD[name][1]}"
        for number, name in enumerate(names)
        if name in BAD
    ]
    shown = "".join(f"![图](files/{name})\n\n" for name in names)
    changes["docs/index.md"] = f"{INDEX}\n{shown}"
    assert problems(tmp_path, changes) == expected
    assert problems(tmp_path, changes) == expected  # from the cache


def test_every_way_to_show_a_picture_is_read(tmp_path: Path) -> None:
    raw, said = BAD["a.bmp"]
    shown = (
        "![图](files/a.bmp)\n\n![图][甲]\n\n![乙]\n\n[只是链接](files/a.bmp)\n\n[这也是][丙]\n\n"
        "[甲]: files/a.bmp\n[乙]: files/a.bmp\n[丙]: files/a.bmp\n\n"
        '<img src="files/a.bmp" alt="图">\n'
    )
    found = problems(tmp_path, {"docs/files/a.bmp": raw, "docs/index.md": f"{INDEX}\n{shown}"})
    start = INDEX.count("\n") + 2
    assert found == [
        f"docs/index.md:{start + line}: 图片 files/a.bmp {said}" for line in (0, 10, 11, 14)
    ]


def test_a_picture_that_is_not_read_in_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes: dict[str, str | bytes | None] = {"docs/files/a.png": GOOD["a.png"].raw, "docs/index.md": f"{INDEX}\n![图](files/a.png)\n"}  # fmt: skip
    with monkeypatch.context() as slow:
        slow.setattr(bounds, "MOST_SECONDS", 0.01)
        slow.setattr(pictures, "fault", for_ever)
        found = problems(tmp_path, changes)
    assert found == [
        f"docs/index.md:{INDEX.count(chr(10)) + 2}: 图片 files/a.png {TOO_LONG}",
    ]
    assert problems(tmp_path, changes) == []


def test_what_no_page_shows_may_be_of_any_kind(tmp_path: Path) -> None:
    names = ("a.bmp", "a.tif", "a.gif", "moving.webp", "cmyk.jpg", "long-screen.png")
    files: dict[str, str | bytes | None] = {f"docs/files/{name}": BAD[name][0] for name in names}
    assert problems(tmp_path, files) == []


def test_a_picture_that_would_be_missing_on_paper_is_told(tmp_path: Path) -> None:
    picture = "![图](files/a.png)"
    lines = (
        f"| 甲 | {picture} |", "|---|---|", f"甲 | {picture}", "", f"## {picture} 题 {{ #a }}", "",
        f"文[^1] {picture}", "", f"[^1]: {picture}", "", "词", f":   {picture}", "", f"- {picture}", "", f"> {picture}",
    )  # fmt: skip
    shown = "\n".join(lines)
    files: dict[str, str | bytes | None] = {"docs/files/a.png": GOOD["a.png"].raw}
    found = problems(tmp_path, {**files, "docs/index.md": f"{INDEX}\n{shown}\n"})
    said = (
        "图片须自成一段，不得放在表格、标题、脚注、名词解释里，PDF 和 Word 里才有，现有 files/a.png；"
        "请移到前后另起一段"
    )
    start = INDEX.count("\n") + 2
    assert found == [f"docs/index.md:{start + line}: {said}" for line in (0, 2, 4, 8, 11)]
