"""Each rule of the check: one fault put into a sound site, and all that is then said of it."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.checks import check
from archive.facts import gather
from archive.facts.project import Project
from archive.facts.site import load
from archive.files import pages, yaml
from archive.files.yaml import Document
from tests.samples.faults import SPOILT_RECORDS
from tests.samples.sample import AS_OF, FILES, edited, problems, write

UNIT, FIGURES, PHRASES = "data/unit.yml", "data/figures.yml", "data/phrases.yml"
SYNONYMS = "data/synonyms.yml"
PART = "docs/report/part-1.md"


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
                f"{UNIT}:4: record_period.end（截止日）须不早于起始日 2023-01-01，现为 2022-12-31；请改为 2023-01-01 或以后的日期，或者改正前一个日期",
            ],
            id="archive period backwards",
        ),
        pytest.param(
            edited(UNIT, "    value:\n", f"    value: {'王' * 51}\n"),
            [
                f"{UNIT}:13: names.bureau.value（名称）须不超过 50 个字符，现有 51 个；请删短，或者写进页面"
            ],
            id="a name that would be looked for very long",
        ),
        pytest.param(
            edited(UNIT, "  forge:\n", "  forge: gitea\n"),
            [
                f"{UNIT}:7: repository 三项须都填或都空，address、branch 现为空；请填上，或者把三项都清空"
            ],
            id="repository in part",
        ),
        pytest.param(
            edited(UNIT, "  forge:\n", "  forge: svn\n"),
            [
                f'{UNIT}:6: repository.forge（托管平台）须为 github、gitlab、gitea、forgejo 之一，现为 "svn"；例如：forge: github'
            ],
            id="unknown forge",
        ),
        pytest.param(
            appended(PHRASES, "- text: 三会一课\n  kind: 专名\n  note:\n"),
            [f"{PHRASES}:4: 固定用语须只列一次，“三会一课”已经列过；请删去这一条"],
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
    ("text", "expected"),
    [
        ("- words: [志愿者, 义工]\n- words: [PDF, 打印件]\n", []),
        ("[]\n", []),
        (
            "- words: [志愿者, 义工]\n- words: [pdf, 义工, PDF]\n- words: [工时]\n- words: []\n",
            [
                f"{SYNONYMS}:2: 同义词须只写一处，“PDF”已见第 2 行；请删去一处，意思相同的两组并成一组",
                f"{SYNONYMS}:2: 同义词须只写一处，“义工”已见第 1 行；请删去一处，意思相同的两组并成一组",
                f"{SYNONYMS}:3: 一组同义词须至少两个，现只有“工时”；请加上与它同义的，没有同义的，请删去这一组",
                f"{SYNONYMS}:4: 一组同义词须至少两个，现一个也没有；请加上与它同义的，没有同义的，请删去这一组",
            ],
        ),
        (
            '- words:\n    - 义工\n    - ""\n    - 志愿 者\n    -\n- 义工 志愿者\n',
            [
                f'{SYNONYMS}:3: 1.words.2（同义的词）须为一个词，2 至 20 个汉字、字母、数字，没有空格和标点，现为 ""；例如：- 志愿者',
                f'{SYNONYMS}:4: 1.words.3（同义的词）须为一个词，2 至 20 个汉字、字母、数字，没有空格和标点，现为 "志愿 者"；例如：- 志愿者',
                f"{SYNONYMS}:5: 1.words.4（同义的词）须为一个词，2 至 20 个汉字、字母、数字，没有空格和标点，现为空；例如：- 志愿者",
                f'{SYNONYMS}:6: 2须为一组字段（words、disclosure），现为 "义工 志愿者"；例如：words: [义工, 志愿者, 志愿服务]',
            ],
        ),
        ("义工: 志愿者\n", [f"{SYNONYMS}:1: 文件内容须为“- ”引出的各条同义词，现为一组字段；例如：- words: [义工, 志愿者, 志愿服务]"]),
    ],
    ids=["sound", "none", "twice or alone", "no words", "no list"],
)  # fmt: skip
def test_synonyms(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert problems(tmp_path, {SYNONYMS: text}) == expected


def test_a_file_with_many_faults_is_parsed_once_for_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a list of faults in a record or a front matter takes time with the square of its length."""
    record, page = "data/volunteering/2024/20240305-a.yml", "docs/regulations/leave.md"
    faults = "\n  - aa\n  - bb\n  - cc"
    root = write(tmp_path / "site", {
        record: f"{FILES[record]}distinct_from:{faults}\n",
        **edited(page, "replaces: []", f"replaces:{faults}"),
    }).root  # fmt: skip
    site = load(Project(root, root / "data", AS_OF))
    parsed = Counter[str]()

    def counted_read(path: Path, name: str, *how: Any) -> Document:
        parsed[name] += 1
        return yaml.read(path, name, *how)

    def counted_parse(text: str, name: str, first_line: int) -> Document:
        parsed[name] += 1
        return yaml.parse(text, name, first_line)

    monkeypatch.setattr(gather, "read", counted_read)
    monkeypatch.setattr(pages, "parse", counted_parse)
    told = Counter(one.path for one in check(site))
    assert (told, parsed) == ({record: 3, page: 3}, {record: 1, page: 1})


@pytest.mark.parametrize(("changes", "expected"), SPOILT_RECORDS)
def test_records(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected
