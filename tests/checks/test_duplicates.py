"""What is recorded twice is told with both lines, unless a record says that it is another event."""

from pathlib import Path

import pytest

from tests.samples.collections import COLLECTIONS
from tests.samples.honours import CIVILISED
from tests.samples.records import RECORDS
from tests.samples.sample import RECORD, problems

TEXTS = {**RECORDS, "volunteering": RECORD, "honours": CIVILISED.partition("prefix")[0] + CIVILISED.partition("unit_level\n")[2].partition("reviews")[0]}  # fmt: skip
EVENTS = [name for name, collection in COLLECTIONS.items() if collection.event]


def file(name: str, id_: str) -> str:
    return f"data/{name}/{id_}.yml" if name == "honours" else f"data/{name}/2024/{id_}.yml"


def told(name: str, id_: str, *others: str) -> str:
    """What is said of the record `id_` that is like `others`."""
    text = TEXTS[name]
    line = text[: text.index("title:")].count("\n") + 1
    where = "、".join(f"{file(name, other)}:{line}" for other in others)
    ids = "、".join(others)
    if name == "honours":
        rule = "同一荣誉须只记一次，名称相同的已见"
        way_out = "请删去一条，复查确认保留的写在原记录的 reviews（复查）里，另一次授予写明不同的日期，同日另有一项、另一人获得的，在"
    else:
        collection = COLLECTIONS[name]
        alike = "、".join(["日期", *(collection.label_of(field) for field in collection.event)])
        rule, way_out = f"同一件事须只记一次，{alike}相同的已见", "请删去一条，确是另一次的，在"
    return (
        f"{file(name, id_)}:{line}: {rule} {where}；{way_out} distinct_from（别有一次）里列出 {ids}"
    )


def other(text: str, *ids: str) -> str:
    return text + "distinct_from:\n" + "".join(f"  - {id_}\n" for id_ in ids)


def of(tmp_path: Path, name: str, texts: dict[str, str]) -> list[str]:
    """What is said of a site with these records, of one collection, beside the sample's own."""
    own = {"data/volunteering/2024/20240305-a.yml": None}
    found = problems(tmp_path, {**own, **{file(name, id_): text for id_, text in texts.items()}})
    return [one for one in found if "须唯一" not in one]  # that is told of numbers


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_recorded_once(tmp_path: Path, name: str) -> None:
    text = TEXTS[name]
    assert of(tmp_path, name, {"a": text, "b": text}) == [told(name, "b", "a")]


@pytest.mark.parametrize("name", EVENTS)
def test_a_record_says_that_it_is_another_event(tmp_path: Path, name: str) -> None:
    text = TEXTS[name]
    assert of(tmp_path / "later", name, {"a": text, "b": other(text, "a")}) == []
    assert of(tmp_path / "earlier", name, {"a": other(text, "b"), "b": text}) == []


def test_of_three_alike_each_is_another_than_each(tmp_path: Path) -> None:
    text = RECORD
    three = {"a": text, "b": other(text, "a"), "c": text}
    assert of(tmp_path / "none", "volunteering", three) == [told("volunteering", "c", "a", "b")]
    copied = {**three, "c": other(text, "a")}  # the second record, copied with what it says
    assert of(tmp_path / "copied", "volunteering", copied) == [told("volunteering", "c", "b")]
    all_named = {**three, "c": other(text, "a", "b")}
    assert of(tmp_path / "each", "volunteering", all_named) == []
    many = dict.fromkeys("abcde", text)
    assert of(tmp_path / "many", "volunteering", many) == [
        told("volunteering", "b", "a"),
        told("volunteering", "c", "a", "b"),
        told("volunteering", "d", "a", "b", "c"),
        told("volunteering", "e", "a", "b", "c"),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "alike"),
    [
        ("volunteering", "学雷锋进社区", "“学雷锋” 进社区。", True),
        ("volunteering", "学雷锋进社区", "学雷锋　进社区", True),
        ("volunteering", "kind: 学雷锋\nplace: 社区", "kind: 其他\nplace: 广场\nnote: 补记", True),
        ("volunteering", "学雷锋进社区", "学雷锋进社区（二）", False),
        ("volunteering", "学雷锋进社区", "学雷锋进学校", False),
        ("volunteering", "2024-03-05", "2024-03-06", False),
        ("activities", "title: 主题", "title: 主　题", True),
        ("assistance", "amount: 120.5", "amount: 80", True),
        ("assistance", "goods: 水果", "goods: 粮食", False),
        ("assistance", "kind: 销售\ngoods: 水果", "kind: 物品\ngoods: 水果", False),
        ("honours", "date: 2023-01-10", "date:", True),
        ("honours", "date: 2023-01-10", "date: 2024-01-10", False),
        ("honours", "集体", "个人", False),
    ],
)
def test_what_is_alike(tmp_path: Path, name: str, old: str, new: str, alike: bool) -> None:
    text = TEXTS[name]
    assert text.count(old) == 1
    changed = text.replace(old, new).replace(
        "unit: 斤", "unit: 件" if "物品" in new else "unit: 斤"
    )
    changed = changed.replace("120.5", "120") if "物品" in new else changed
    expected = [told(name, "b", "a")] if alike else []
    assert of(tmp_path, name, {"a": text, "b": changed}) == expected


def test_people_who_got_one_honour_are_told_apart(tmp_path: Path) -> None:
    text = TEXTS["honours"].replace("集体", "个人")
    assert of(tmp_path / "two", "honours", {"a": text, "b": text}) == [told("honours", "b", "a")]
    assert of(tmp_path / "said", "honours", {"a": text, "b": other(text, "a")}) == []


def test_what_is_named_as_another_event_is_a_record_alike(tmp_path: Path) -> None:
    rule = "distinct_from（别有一次）须"
    named = other(RECORD, "b", "c", "d", "a")
    unlike = RECORD.replace("学雷锋进社区", "植树")
    texts = {"a": RECORD, "b": named, "c": unlike}
    at = RECORD.count("\n") + 2
    assert of(tmp_path, "volunteering", texts) == [
        f"{file('volunteering', 'b')}:{at}: {rule}只写日期、名称都相同的别的记录，b 不是，请删去",
        f"{file('volunteering', 'b')}:{at + 1}: {rule}只写日期、名称都相同的别的记录，c 不是，请删去",
        f"{file('volunteering', 'b')}:{at + 2}: {rule}是同一台账里别的记录的编号，没有 d；请改为那条记录的编号（文件名去掉 .yml），或者删去",
    ]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("data/volunteering/2023/b.yml", "现在 2023/ 下；请移到 2024/ 下，或者改正日期"),
        ("data/volunteering/b.yml", "现在目录外；请移到 2024/ 下，或者改正日期"),
        (
            "data/volunteering/volunteering/b.yml",
            "现在 volunteering/ 下；请移到 2024/ 下，或者改正日期",
        ),
        ("data/volunteering/2024/2024/b.yml", "现在 2024/2024/ 下；请移到 2024/ 下，或者改正日期"),
    ],
)
def test_a_record_stands_in_the_folder_of_its_year(tmp_path: Path, path: str, where: str) -> None:
    text = RECORD.replace("学雷锋进社区", "植树")
    rule = "记录须放在日期所在年份的目录 2024/ 下"
    assert problems(tmp_path, {path: text}) == [f"{path}:1: {rule}，{where}"]


def test_a_collection_may_have_no_folders_of_years(tmp_path: Path) -> None:
    files = {f"data/volunteering/{id_}.yml": RECORD.replace("进社区", id_) for id_ in "ab"}
    assert problems(tmp_path, {"data/volunteering/2024/20240305-a.yml": None, **files}) == []
