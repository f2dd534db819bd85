"""What is masked or left out cannot be had from other numbers, nor from the records that are shown."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.samples.editions import (
    COMPLETE,
    PATHS,
    PUBLIC_UNIT,
    Changes,
    activity,
    data,
    figure,
    parts,
    people,
    records,
    tree,
)
from tests.samples.sample import FILES, problems

COUNT, SUM = "measure: count", "measure: sum\n    field: participants"
KIND = "\n    where: {kind: 学雷锋}"


def register(measure: str, **more: str) -> Changes:
    """The figure `activities`, counted so, and further ones, each with what is changed in it."""
    head, _, rest = COMPLETE.partition("visited:")
    entry = head.replace(COUNT, measure)
    if measure == SUM:
        entry = entry.replace("unit: 次", "unit: 人次")
    text, page = entry, FILES["docs/report/part-1.md"].rstrip("\n")
    for id_, change in more.items():
        old, _, new = change.partition(" → ")
        assert entry.count(old) == 1, old
        own = entry.replace("activities:", f"{id_}:").replace("开展活动", id_)
        text += own.replace(old, new)
        page += f'另有{{{{ fig("{id_}") }}}}。'
    return {
        **PUBLIC_UNIT,
        PATHS[0]: None,
        "data/figures.yml": f"{text}visited:{rest}",
        "docs/report/part-1.md": f"{page}\n",
    }


def values(files: Mapping[str, str], *ids: str) -> list[int | None]:
    return [figure(files, id_)["value"] for id_ in ids]


OTHER = ("kind: 学雷锋", "kind: 文明宣传")
MASKED = f"{KIND}\n  period:\n    kind: 时期\n    start: 2023-01-01\n    end: 2025-12-31\n  source: 台账\n  office: 办公室\n  decimals: 0\n  disclosure: 内部"
RULE = MASKED.replace(KIND, "").replace("内部", "公开")


@pytest.mark.parametrize("complete", ["complete_through: 2025-12-31", "complete_through:"])
def test_a_masked_count_is_not_what_the_records_lack_of_a_public_one(
    complete: str, tmp_path: Path
) -> None:
    """All activities less those listed would be those of the kind, so one more is not listed."""
    changes = register(COUNT, of_kind=f"{RULE} → {MASKED}")
    text = str(changes["data/figures.yml"])
    head, _, rest = text.partition("of_kind:")
    rest = rest.replace("complete_through: 2025-12-31", complete, 1)
    changes["data/figures.yml"] = f"{head}of_kind:{rest}"
    for day, more in enumerate((OTHER, OTHER, ("", ""))):
        changes |= {name: one.replace(*more) for name, one in activity(day + 1, 20).items()}
    found = tree(tmp_path, changes)
    assert values(found, "activities", "of_kind") == [3, None]
    assert records(found) == [20]


def test_a_masked_nought_is_not_told_by_a_whole_list(tmp_path: Path) -> None:
    rule = COMPLETE.replace(COUNT, COUNT + KIND).replace("disclosure: 公开", "disclosure: 内部")
    changes: Changes = {**PUBLIC_UNIT, PATHS[0]: None, "data/figures.yml": rule}
    changes |= {name: one.replace(*OTHER) for name, one in activity(1, 20).items()}
    found = tree(tmp_path, changes)
    assert (values(found, "activities"), records(found)) == ([None], [20])
    assert data(found["edition.yml"])["partial"] == ["volunteering"]


PART = f"{RULE} → {MASKED.replace('内部', '公开')}"


@pytest.mark.parametrize(
    ("of_kind", "others", "shown", "left"),
    [
        ((12, 20), (11, 15), [58, 32], [12, 20, 11, 15]),
        ((12, 5), (11, 15), [43, 17], [11, 15]),
        # One hidden each: the difference of the sums would tell the second.
        ((12, 5, 30), (5, 15), [67, 47], [30]),
        ((12, 20), (5, 15, 40), [92, 32], [12, 20, 40]),
        ((30, 20), (4, 5), [59, None], []),  # all but few people
    ],
)
def test_no_record_is_told_by_two_sums(
    of_kind: tuple[int, ...],
    others: tuple[int, ...],
    shown: list[int | None],
    left: list[int],
    tmp_path: Path,
) -> None:
    changes = register(SUM, of_kind=PART)
    for day, number in enumerate((*of_kind, *others), 1):
        kind = OTHER if day > len(of_kind) else ("", "")
        changes |= {name: one.replace(*kind) for name, one in activity(day, number).items()}
    found = tree(tmp_path, changes)
    assert values(found, "activities", "of_kind") == shown
    assert records(found) == left


def test_one_record_hides_another_in_two_sums(tmp_path: Path) -> None:
    """What is hidden beside the few is of both sums that tell it, and of no third."""
    place = MASKED.replace("kind: 学雷锋", "place: 村").replace("内部", "公开")
    changes = register(SUM, of_kind=PART, at_place=f"{RULE} → {place}")
    activities = ((12, "学雷锋", "社区"), (20, "学雷锋", "村"), (5, "其他", "村"), (30, "其他", "村"), (40, "其他", "社区"))  # fmt: skip
    for day, (number, kind, where) in enumerate(activities, 1):
        for name, one in activity(day, number).items():
            changes[name] = one.replace("kind: 学雷锋", f"kind: {kind}").replace("place: 社区", f"place: {where}")  # fmt: skip
    assert records(tree(tmp_path, changes)) == [12, 20, 40]


@pytest.mark.parametrize(
    ("values_", "shown"),
    [
        ((2, 1, 4, 23), [30, None, None, None, 23]),  # 2 and 1 are few together
        ((27,), [30, None]),  # all but three
    ],
)
def test_few_people_are_not_told_by_a_whole(
    values_: tuple[int, ...], shown: list[int | None], tmp_path: Path
) -> None:
    found = tree(tmp_path, parts(*values_))
    assert values(found, "visited", *(f"part_{n}" for n in range(len(values_)))) == shown


@pytest.mark.parametrize(
    ("words", "least", "shown"),
    [
        ("近百", "10", "近百"),
        ("近十", "10", None),
        ("不足十", "10", None),
        ("近百", "", None),
        ("…余", "10", "…余"),
        ("十以下", "10", "十以下"),
        ("几", "10", None),
        ("三五", "10", None),
        ("至多9", "10", None),
        ("300以上", "10", "300以上"),
    ],
)
def test_words_may_tell_of_few_people(
    words: str, least: str, shown: str | None, tmp_path: Path
) -> None:
    changes = people(30, least)
    text = str(changes["data/figures.yml"])
    text = text.replace("  value: 30\n", f"  approximation: {words}\n  value:\n")
    entry = figure(tree(tmp_path, {**changes, "data/figures.yml": text}), "visited")
    assert entry["approximation"] == shown


def by_year(*spans: tuple[str, str]) -> Changes:
    """Parts of `visited` (2023 to 2025) of these spans."""
    changes = parts(*(10 for _ in spans))
    text = str(changes["data/figures.yml"])
    for at, (start, end) in enumerate(spans):
        head, mark, rest = text.partition(f"part_{at}:")
        old = "    start: 2023-01-01\n    end: 2025-12-31\n"
        text = head + mark + rest.replace(old, f"    start: {start}\n    end: {end}\n", 1)
    return {**changes, "data/figures.yml": text}


@pytest.mark.parametrize(
    ("spans", "faults"),
    [
        ([("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")], []),
        ([("2023-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-12-31")], []),
        ([("2023-01-01", "2023-12-31"), ("2023-07-01", "2024-12-31")], [("part_1", "part_0")]),
        ([("2022-07-01", "2023-12-31")], [("part_0", "visited")]),
    ],
)  # fmt: skip
def test_parts_by_period_lie_in_their_whole_and_do_not_overlap(
    spans: list[tuple[str, str]], faults: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = [one for one in problems(tmp_path, by_year(*spans)) if "是其中数" in one]
    assert [one.partition(": ")[2] for one in found] == [
        f"{id_}（其中{id_[-1]}）是其中数，时期须与 visited（走访居民）相同，或者是其中的一段，各段不重叠，"
        f"现与 {other} 的不合；请照它的 period 填，不是其中数的写 part_of:"
        for id_, other in faults
    ]
