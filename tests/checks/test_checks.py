"""Each rule of the check: one fault put into a sound site, and all that is then said of it."""

from pathlib import Path

import pytest

from tests.samples.sample import AS_OF, FILES, RECORD, edited, problems

UNIT, FIGURES, PHRASES = "data/unit.yml", "data/figures.yml", "data/phrases.yml"
PART, A = "docs/report/part-1.md", "data/volunteering/2024/20240305-a.yml"


def added(text: str) -> dict[str, str | bytes | None]:
    """The sample with `text` as a last paragraph of the report's part: it stands on line 11."""
    return {PART: f"{FILES[PART]}\n{text}\n"}


def appended(name: str, text: str) -> dict[str, str | bytes | None]:
    return {name: FILES[name] + text}


def test_the_sample_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            edited(UNIT, "  end: 2025-12-31", "  end: 2022-12-31"),
            [
                f"{UNIT}:4: record_period.end（截止日）须不早于起始日 2023-01-01，现为 2022-12-31",
                f"{A}:1: date（日期）须在建档期间 2023-01-01 至 2022-12-31 之内，现为 2024-03-05",
            ],
            id="archive period backwards",
        ),
        pytest.param(
            edited(UNIT, "  forge:\n", "  forge: gitea\n"),
            [f"{UNIT}:7: repository 三项须都填或都空，address、branch 现为空"],
            id="repository in part",
        ),
        pytest.param(
            edited(UNIT, "  forge:\n", "  forge: svn\n"),
            [
                f'{UNIT}:6: repository.forge（托管平台）须为 github、gitlab、gitea、forgejo 之一，现为 "svn"'
            ],
            id="unknown forge",
        ),
        pytest.param(
            appended(PHRASES, "- text: 三会一课\n  kind: 专名\n  note:\n"),
            [f"{PHRASES}:4: 固定用语须只列一次，“三会一课”已经列过"],
            id="phrase twice",
        ),
        pytest.param(
            appended(PHRASES, "- text: 四个自信\n  kind: 政治提法\n  note:\n"),
            [
                f"{PHRASES}:4: 固定用语须在报告、典型事例或考评项目的说明报告中出现，“四个自信”没有出现，请删去这一条"
            ],
            id="phrase not needed",
        ),
    ],
)
def test_unit_and_phrases(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            edited(A, "date: 2024-03-05", "date: 2022-12-31"),
            [
                f"{A}:1: date（日期）须在建档期间 2023-01-01 至 2025-12-31 之内，现为 2022-12-31",
                f"{A}:1: 记录须放在日期所在年份的目录 2022/ 下，现在 2024/ 下",
            ],
            id="outside the archive period",
        ),
        pytest.param(
            {
                A: RECORD.replace("2024-03-05", "2024-03-06"),
                **edited(UNIT, "  end: 2025-12-31", "  end:"),
                "data/volunteering/2026/x.yml": RECORD.replace("2024-03-05", "2026-03-02"),
            },
            [f"data/volunteering/2026/x.yml:1: date（日期）须不晚于今天（{AS_OF}），现为 2026-03-02"],
            id="in the future",
        ),
        pytest.param(
            {"data/volunteering/其他/b.yml": RECORD},
            ["data/volunteering/其他/b.yml:1: 记录须放在日期所在年份的目录 2024/ 下，现在 其他/ 下"],
            id="folder that is no year",
        ),
        pytest.param(
            edited(A, "hours_each: 2.5", "hours_each: 2.5\nhours_total: 30"),
            [f"{A}:6: hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在都填了"],
            id="both lengths",
        ),
        pytest.param(
            edited(A, "hours_each: 2.5\n", ""),
            [f"{A}:1: hours_each（人均时长）与 hours_total（总时长）须填其中一个，现在都空着"],
            id="no length",
        ),
        pytest.param(
            edited(A, "hours_each: 2.5", "hours_total: 289"),
            [f"{A}:6: hours_total（总时长）须不超过参加人数 12 × 24 小时，现为 289"],
            id="more hours than a day has",
        ),
        pytest.param(
            edited(A, "evidence: []", "evidence:\n  - 小结\n  - files/没有.jpg"),
            [f"{A}:12: evidence（佐证材料）所列文件须在 docs/ 下，没有 files/没有.jpg"],
            id="evidence missing",
        ),
        pytest.param(
            edited(A, "place: 社区", f"place: {'长' * 2001}"),
            [f"{A}:4: place（地点）须不超过 2000 个字符，现有 2001 个"],
            id="text too long",
        ),
        pytest.param(
            edited(A, "evidence: []", "evidence:" + f"\n  - {'长' * 2000}" * 17),
            [f"{A}:10: evidence（佐证材料）须合起来不超过 32767 个字符（XLSX 一个单元格的上限），现有 34016 个"],
            id="list too long for a cell",
        ),
        pytest.param(
            {"data/volunteering/2024/20240306-b.yml": RECORD, "data/volunteering/20240306-b.yml": RECORD},
            ["data/volunteering/20240306-b.yml:1: 编号（文件名）须唯一，20240306-b 已用于 data/volunteering/2024/20240306-b.yml"],
            id="one id twice",
        ),
        pytest.param(
            {"data/volunteering/2024/a b.yml": RECORD},
            ["data/volunteering/2024/a b.yml:1: 文件名须由汉字、字母、数字、点、短横、下划线组成，现为 a b.yml"],
            id="file name",
        ),
        pytest.param(
            {"data/volunteering/2024/a.yaml": RECORD, "data/volunteer/a.yml": RECORD, "data/unit.yaml": UNIT},
            [
                "data/unit.yaml:1: data/ 下须只有 unit.yml、figures.yml、phrases.yml、criteria.yml、allowed.yml 和各台账目录",
                "data/volunteer/a.yml:1: 台账目录须是已有的，没有 volunteer，是否为 volunteering？",
                "data/volunteering/2024/a.yaml:1: 台账文件名须以 .yml 结尾，现为 a.yaml",
            ],
            id="files nothing reads",
        ),
        pytest.param(
            edited(A, "organiser: 办公室", "organizer: 办公室"),
            [
                f"{A}:1: 须有字段 organiser（组织科室）：必填",
                f"{A}:8: 不认识字段 organizer，是否为 organiser？",
            ],
            id="mistyped field",
        ),
        pytest.param(
            edited(A, "organiser: 办公室", 'organiser: 办公室\n"组织\\n者": 办公室'),
            [
                f"{A}:9: 不认识字段 组织 者，可用：date、title、kind、place、participants、hours_each、"
                "hours_total、services、organiser、source、evidence、recorder、reviewer、disclosure、note"
            ],
            id="a field's name over two lines",
        ),
        pytest.param(
            edited(A, "participants: 12", "participants: -12"),
            [f"{A}:5: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 -12"],
            id="negative",
        ),
        pytest.param(
            edited(A, "participants: 12", "participants: 12000000"),
            [f"{A}:5: participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 12000000"],
            id="absurd",
        ),
        pytest.param(
            edited(A, "hours_each: 2.5", "hours_each: 两小时"),
            [f"{A}:6: hours_each（人均时长）须为不小于 0、不超过 24 的数，现为 \"两小时\""],
            id="words for a number",
        ),
        pytest.param(
            edited(A, "title: 学雷锋进社区\n", "title: no\n"),
            [f"{A}:2: title（活动名称）须为文字，现为 no（YAML 会读作 false；如是文字须加引号）"],
            id="no",
        ),
        pytest.param(
            edited(A, "hours_each: 2.5", "hours_each: 12:30"),
            [f"{A}:6: hours_each（人均时长）须为不小于 0、不超过 24 的数，现为 12:30（YAML 会读作 750）"],
            id="sexagesimal",
        ),
        pytest.param(
            edited(A, "services: 30", "services: 010"),
            [f"{A}:7: services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 010（YAML 会读作 8）"],
            id="octal",
        ),
        pytest.param(
            edited(A, "place: 社区", "place: 1.10"),
            [f"{A}:4: place（地点）须为文字，现为 1.10；如是文字须加引号"],
            id="decimal for text",
        ),
        pytest.param(
            edited(A, "date: 2024-03-05", "date: 2024-02-30"),
            [f"{A}:1: date（日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 2024-02-30（YAML 会读作日期，但没有这一天）"],
            id="a day there is not",
        ),
        pytest.param(
            edited(A, "date: 2024-03-05", "date: 2024-3-5"),
            [f"{A}:1: date（日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 \"2024-3-5\""],
            id="date written short",
        ),
        pytest.param(
            edited(A, "kind: 学雷锋", "kind: 雷锋"),
            [f"{A}:3: kind（类别）须为 植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他 之一，现为 \"雷锋\""],
            id="kind",
        ),
        pytest.param(
            edited(A, "services: 30", "services: 30\nservices: 31"),
            [f"{A}:8: 同一字段须只写一次，services 已写在第 7 行"],
            id="field twice",
        ),
        pytest.param({A: "- 1\n"}, [f"{A}:1: 内容须为一组字段（date、title、kind、place、participants、hours_each、hours_total、services、organiser、source、evidence、recorder、reviewer、disclosure、note），现为列表"], id="no mapping"),
        pytest.param({A: ""}, [f"{A}:1: 文件不得为空"], id="empty"),
        pytest.param({A: "# 待补\n"}, [f"{A}:1: 文件不得为空"], id="comment only"),
        pytest.param({A: RECORD.encode("gbk")}, [f"{A}:2: 文件编码须为 UTF-8，现似为 GBK（GB18030）；请在编辑器中另存为 UTF-8"], id="GBK"),
        pytest.param({A: RECORD.encode("utf-16")}, [f"{A}:1: 文件编码须为 UTF-8，现似为 UTF-16；请在编辑器中另存为 UTF-8"], id="UTF-16"),
        pytest.param({A: RECORD.replace("社区\n", "社\x07区\n", 1)}, [f"{A}:2: 不得含看不见的控制字符，现有 U+0007；请删去重打"], id="control character"),
        pytest.param({A: RECORD + "title 丢了冒号\n"}, [f"{A}:13: YAML 写法有误：每行须写作“字段: 值”，冒号用英文、后面空一格，现为：title 丢了冒号"], id="syntax"),
        pytest.param({A: RECORD + "\tnote: x\n"}, [f"{A}:13: 缩进须用空格，现有制表符（Tab）"], id="tab"),
        pytest.param({A: RECORD.replace("title: 学", "title：学")}, [f"{A}:2: 冒号须用英文冒号，后面空一格，现为：title：学雷锋进社区"], id="full-width colon"),
    ],
)  # fmt: skip
def test_records(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected
