"""The rules of the register, one fault at a time."""

from pathlib import Path

import pytest

from archive.schema.approximation import FORMS
from tests.samples.sample import FIGURES, FILES, edited, problems

F = "data/figures.yml"
PART = "docs/report/part-1.md"

ACTIVITIES = FIGURES[: FIGURES.index("visited:")]
VISITED = FIGURES[FIGURES.index("visited:") :]
FILLED = (
    VISITED.replace("start:\n", "start: 2023-01-01\n")
    .replace("end:\n", "end: 2025-12-31\n")
    .replace("source:\n", "source: 走访记录\n")
    .replace("office:\n", "office: 办公室\n")
    .replace("disclosure:\n", "disclosure: 公开\n")
    .replace("  prepared:\n    by:\n    date:\n", "  prepared:\n    by: 甲\n    date: 2026-01-05\n")
)


def visited(old: str, new: str, text: str = VISITED) -> dict[str, str | bytes | None]:
    """The register with `old`, once in the entry `visited`, become `new`."""
    assert text.count(old) == 1, old
    return {F: ACTIVITIES + text.replace(old, new)}


def activities(old: str, new: str) -> dict[str, str | bytes | None]:
    assert ACTIVITIES.count(old) == 1, old
    return {F: ACTIVITIES.replace(old, new) + VISITED}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            visited("name: 走访居民", "name: 开展活动"),
            [f"{F}:30: visited（开展活动）的指标名称须与别的指标不同，activities 已用此名；请换一个名称"],
            id="one name twice",
        ),
        *(
            pytest.param(
                visited("definition: ", f"definition: {said}", FILLED.replace("disclosure: 公开", "disclosure: 内部").replace("  value:\n", "  value: 96\n")),
                [f"{F}:33: visited（走访居民）的 definition（口径）须不写出不公开的数，现有“{number}”（visited）；请删去这个数，可以公开的写明 disclosure: 公开"],
                id=f"number that is not public in the definition, as {number}",
            )
            for said, number in (("走访96人。", "96人"), ("走访９６人。", "９６人"), ("走访九十六人。", "九十六人"), ("约96人次。", "约96人次"), ("走访近百人。", "近百人"), ("九十六 人", "九十六 人"))
        ),
        pytest.param(
            visited("definition: ", "definition: 走访满6人的小组，第九十六届以来。", FILLED.replace("disclosure: 公开", "disclosure: 内部").replace("  value:\n", "  value: 96\n")),
            [],
            id="another number in the definition",
        ),
        pytest.param(
            activities("start: 2023-01-01", "start: 2026-01-01"),
            [f"{F}:13: activities（开展活动）的截止日须不早于起始日 2026-01-01，现为 2025-12-31；请改正其中一个日期"],
            id="period backwards",
        ),
        pytest.param(
            activities("kind: 时期", "kind: 时点"),
            [f"{F}:12: activities（开展活动）是时点指标，只填截止日，起始日须空着，现为 2023-01-01；请改为：start:"],
            id="reference date with a start",
        ),
        pytest.param(
            visited("value:\n", "value: 96\n"),
            [f"{F}:29: visited（走访居民）已有数值，须写明起始日、截止日、数据来源、责任科室、公开属性、填报，现为空；请填上 start、end、source、office、disclosure、prepared"],
            id="value of unknown origin",
        ),
        pytest.param(visited("value:\n", "value: 96\n", FILLED), [], id="value of known origin"),
        pytest.param(
            activities("complete_through:\n", "complete_through:\n  value: 3\n"),
            [f"{F}:19: activities（开展活动）由台账计数得出，不得另填数值，现为 3；请改为：value:"],
            id="counted and entered",
        ),
        pytest.param(
            visited("value:\n", "complete_through: 2025-12-31\n"),
            [f"{F}:44: visited（走访居民）不由台账计数，complete_through（资料齐全至）须空着；请改为：complete_through:"],
            id="entered and declared complete",
        ),
        pytest.param(
            activities("complete_through:\n", "complete_through: 2026-03-02\n")
            | {PART: FILES[PART]},
            [
                f"{F}:1: activities（开展活动）已有数值，须写明填报，现为空；请填上 prepared",
                f"{F}:18: activities（开展活动）的 complete_through（资料齐全至）须不晚于今天，现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写",
            ],
            id="complete in the future",
        ),
        pytest.param(
            visited("value:\n", "value: 96.5\n", FILLED),
            [f"{F}:44: visited（走访居民）按修约位数须为 0 位小数，现为 96.5；请改为：value: 96，或者改 decimals"],
            id="more decimals than printed",
        ),
        pytest.param(
            activities("collection: volunteering", "collection: volunteer"),
            [f"{F}:8: activities（开展活动）所计台账须是已有的，没有 volunteer，是否为 volunteering？"],
            id="unknown collection",
        ),
        pytest.param(
            activities("measure: count", "measure: sum\n    field: hour"),
            [f"{F}:10: activities（开展活动）所计字段须是台账里的，没有 hour，是否为 hours？"],
            id="unknown field",
        ),
        pytest.param(
            activities("measure: count", "measure: sum"),
            [
                f"{F}:7: activities（开展活动）所计字段须是台账里的，没有 （空），可用：date、title、kind、place、participants、hours_each、hours_total、services、organiser、source、evidence、recorder、reviewer、disclosure、note、distinct_from、hours；请改用其中一个"
            ],
            id="sum of nothing",
        ),
        pytest.param(
            activities("measure: count", "measure: sum\n    field: place"),
            [f"{F}:10: activities（开展活动）求和的字段须是数，place（地点）不是；请改为 measure: distinct，或者改用数的字段，可用：participants、hours_each、hours_total、services、hours；请改用其中一个"],
            id="sum of words",
        ),
        pytest.param(
            activities("measure: count", "measure: count\n    field: services"),
            [f"{F}:10: activities（开展活动）的算法是 count（计条数），字段须空着，现为 services；请删去 field"],
            id="count with a field",
        ),
        pytest.param(
            activities("measure: count", "measure: count\n    where: {kinds: 学雷锋}"),
            [f"{F}:10: activities（开展活动）条件里的字段须是台账里的，没有 kinds，是否为 kind？"],
            id="condition on an unknown field",
        ),
        pytest.param(
            activities("measure: count", "measure: count\n    where: {kind: 雷锋}"),
            [f"{F}:10: activities（开展活动）条件 kind 的取值须是台账里有的，没有 雷锋，是否为 学雷锋？"],
            id="condition never met",
        ),
        pytest.param(
            {
                F: FIGURES + ACTIVITIES.replace("activities:", "again:").replace("开展活动", "活动次数", 1),
                PART: FILES[PART] + '\n{{ fig("again") }}\n',
            },
            [f"{F}:61: again（活动次数）须与别的指标计数不同，activities 计的是同样的内容、同样的时期；请改用 activities，或者改正条件、时期"],
            id="counted twice",
        ),
        pytest.param(
            visited("value:\n", "value: 120\n", FILLED),
            [f"{F}:43: visited（走访居民）写作“近百”，确数须不小于 90、小于 100，现为 120；请改写约数，不用约数的写 approximation:"],
            id="近百",
        ),
        pytest.param(
            visited("approximation: 近百\n  value:\n", "approximation: 百余\n  value: 100\n", FILLED),
            [f"{F}:43: visited（走访居民）写作“百余”，确数须大于 100、小于 150，现为 100；请改写约数，不用约数的写 approximation:"],
            id="百余",
        ),
        *(
            pytest.param(
                visited("approximation: 近百\n  value:\n", f"approximation: {words}\n  value: {value}\n", FILLED),
                [f"{F}:43: visited（走访居民）写作“{words}”，确数须{rule}，现为 {value}；请改写约数，不用约数的写 approximation:"],
                id=words,
            )
            for words, value, rule in (
                ("数十", 11, "不小于 20、小于 100"),
                ("不足百", 0, "不小于 50、小于 100"),
                ("百余", 199, "大于 100、小于 150"),
                ("近2025", 1823, "不小于 2024、小于 2025"),
                ("300以上", 299, "不小于 300、小于 400"),
                ("…余", 100, "合于由它得出的“100余”（大于 100、小于 150）"),
            )
        ),
        pytest.param(
            visited("approximation: 近百", "approximation: …以上"),
            [f"{F}:32: visited（走访居民）没有数值，掩码须填写，现为空；请改为：mask: '***'"],
            id="no mask for words without a number",
        ),
        pytest.param(
            visited("approximation: 近百", "approximation: 近百人"),
            [f"{F}:43: visited（走访居民）的约数写法须能读懂：计量单位自会印出，约数里不得再写，须写作“近百”，现为“近百人”；请改为：近百"],
            id="unit in the words",
        ),
        pytest.param(
            visited("approximation: 近百", "approximation: 许多"),
            [f"{F}:43: visited（走访居民）的约数写法须能读懂：约数须写作以下一种：{FORMS}；“…”处写数（300、1.2万、三百），也可以照写“…”，由确数得出，现为“许多”；请改写为其中一种"],
            id="words nobody understands",
        ),
        pytest.param(
            visited("  approximation: 近百\n", ""),
            [f"{F}:32: visited（走访居民）没有数值，掩码须填写，现为空；请改为：mask: '***'"],
            id="no mask",
        ),
        pytest.param(
            {PART: FILES[PART].replace('，走访居民{{ fig("visited") }}', "")},
            [f"{F}:29: visited（走访居民）须在页面上用到，现在没有一处；不再用的请填停用日期"],
            id="used nowhere",
        ),
        pytest.param(
            visited("unit: 人\n", "unit:\n"),
            [f"{F}:31: visited.unit（计量单位）须为文字，现为空；例如：unit: 次"],
            id="no unit",
        ),
        pytest.param(
            visited("  definition: 走访的居民人数\n", ""),
            [f"{F}:29: 须有字段 visited.definition（口径）：必填；请加一行，如 definition: 本单位组织的志愿服务活动次数。"],
            id="no definition",
        ),
        pytest.param(
            visited("visited:\n", "Visited:\n"),
            [
                f"{F}:29: 指标编号须由汉字、小写英文字母、数字、下划线组成，以汉字、字母开头，不超过 60 个字，现为 Visited；例如：visited",
            ],
            id="id",
        ),
        pytest.param({F: "- 1\n"}, [f"{F}:1: 文件内容须为“指标编号:”引出的各组字段，现为列表；例如：a1: 的下一行缩进两格写各字段"], id="a list"),
        pytest.param(
            edited(F, 'mask: "***"', "mask: ***"),
            [f"{F}:4: * 开头的值须加引号，现为：mask: ***；请改为：mask: \"***\""],
            id="mask without quotes",
        ),
    ],
)  # fmt: skip
def test_register(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected


def withheld(id_: str, unit: str, value: str) -> str:
    """An entry whose number is not public."""
    entry = FILLED.replace("visited:", f"{id_}:").replace("name: 走访居民", f"name: {id_}")
    entry = entry.replace("unit: 人", f"unit: {unit}").replace(
        "disclosure: 公开", "disclosure: 内部"
    )
    entry = entry.replace("approximation: 近百", "approximation:").replace(
        "decimals: 0", "decimals: 2"
    )
    return entry.replace("  value:\n", f"  value: {value}\n")


def test_numbers_of_others_that_are_not_public(tmp_path: Path) -> None:
    """A sentence of a report says several; a small whole number may be anything."""
    said = FILLED.replace(
        "definition: ", "definition: 支出7.25万元，另有3.5万元，服务65432人，共6件。"
    )
    others = (("spent", "万元", "7.25"), ("served", "人", "65432"), ("things", "件", "6"))
    calls = "".join(f'{{{{ fig("{id_}") }}}}' for id_, _, _ in others)
    changes: dict[str, str | bytes | None] = {
        F: ACTIVITIES + said + "".join(withheld(*one) for one in others),
        PART: FILES[PART] + f"\n{calls}\n",
    }
    told = "visited（走访居民）的 definition（口径）须不写出不公开的数，现有"
    assert problems(tmp_path, changes) == [
        f"{F}:33: {told}“65432人”（served）；请删去这个数，可以公开的写明 disclosure: 公开",
        f"{F}:33: {told}“7.25万元”（spent）；请删去这个数，可以公开的写明 disclosure: 公开",
    ]
