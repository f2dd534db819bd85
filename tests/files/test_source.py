"""Reading YAML: what is read as what, with which line; what YAML 1.1 would misread."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from errno import EACCES, EIO, ELOOP, ENOENT
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.files.excerpts import shorten
from archive.files.reasons import os_error_text
from archive.files.validation import few_suggestions, suggestion, validate
from archive.files.yaml import (
    AmbiguousScalar,
    Document,
    Problem,
    decode,
    parse,
    parse_bytes,
    read,
    resolve_scalar,
    split_front_matter,
)
from archive.files.yaml_values import REMARK
from archive.schema.allowed import Allowed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("1.10", Decimal("1.10")),
        ("-0.5", Decimal("-0.5")),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-1-2", "2023-1-2"),
        ("No1", "No1"),
        ("二〇二三", "二〇二三"),
        ("no", AmbiguousScalar("no", "false")),
        ("Yes", AmbiguousScalar("Yes", "true")),
        ("on", AmbiguousScalar("on", "true")),
        ("TRUE", AmbiguousScalar("TRUE", "true")),
        ("NULL", AmbiguousScalar("NULL", "空值")),
        ("12:30", AmbiguousScalar("12:30", "750")),
        ("010", AmbiguousScalar("010", "8")),
        ("0x1F", AmbiguousScalar("0x1F", "31")),
        ("0b11", AmbiguousScalar("0b11", "3")),
        ("1_000", AmbiguousScalar("1_000", "1000")),
        ("+5", AmbiguousScalar("+5", "5")),
        (".5", AmbiguousScalar(".5", "数")),
        ("1.", AmbiguousScalar("1.", "数")),
        ("12:30.5", AmbiguousScalar("12:30.5", "数")),
        (".inf", AmbiguousScalar(".inf", "数")),
        ("1.5e+3", AmbiguousScalar("1.5e+3", "数")),
        ("9" * 31, AmbiguousScalar("9" * 31, "数")),
        ("2023-02-30", AmbiguousScalar("2023-02-30", "日期，但没有这一天")),
        ("2023-01-02 10:00:00", AmbiguousScalar("2023-01-02 10:00:00", "日期或时刻")),
        ("=", AmbiguousScalar("=", "特殊符号")),
        ("<<", AmbiguousScalar("<<", "特殊符号")),
    ],
)
def test_plain_text_is_read_as_written_or_refused(text: str, value: object) -> None:
    assert resolve_scalar(text) == value
    assert type(resolve_scalar(text)) is type(value)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), max_size=12))
def test_what_yaml_takes_for_text_is_text_here_and_nothing_else_slips_through(text: str) -> None:
    """Against PyYAML itself: a plain scalar is the same text for both, or it is no text here."""
    assume(text[:1] not in ("!", "&", "*"))  # no plain scalar begins so
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    assert isinstance(resolve_scalar(text), str) == (tag == "tag:yaml.org,2002:str")


def test_a_document_knows_the_line_of_everything() -> None:
    text = "甲: 1\n乙:\n  丙: x\n  丁:\n    - 一\n    - {戊: 2.50}\n"
    assert parse(text, "x.yml", first_line=3) == Document(
        "x.yml",
        {"甲": 1, "乙": {"丙": "x", "丁": ["一", {"戊": Decimal("2.50")}]}},
        {
            (): 3,
            ("甲",): 3,
            ("乙",): 4,
            ("乙", "丙"): 5,
            ("乙", "丁"): 6,
            ("乙", "丁", 0): 7,
            ("乙", "丁", 1): 8,
            ("乙", "丁", 1, "戊"): 8,
        },
        [],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: ***\n", ["1: * 开头的值须加引号，现为：a: ***；请改为：a: \"***\""]),
        ("a: *b\n", ["1: * 开头的值须加引号，现为：a: *b；请改为：a: \"*b\""]),
        ("a: &x 1\nb: *x\n", ["1: & 开头的值须加引号，现为：a: &x 1；请改为：a: \"&x 1\"", "2: * 开头的值须加引号，现为：b: *x；请改为：b: \"*x\""]),
        ("a: !!python/x 1\n", ["1: ! 开头的值须加引号，现为：a: !!python/x 1；请改为：a: \"!!python/x 1\""]),
        ("a: !急 1\n", ["1: ! 开头的值须加引号，现为：a: !急 1；请改为：a: \"!急 1\""]),
        ("a: 1\na: 2\n", ["2: 同一字段须只写一次，a 已写在第 1 行；请删去其中一行"]),
        ('"a\\nb": 1\n"a\\nb": 2\n', ["2: 同一字段须只写一次，a b 已写在第 1 行；请删去其中一行"]),
        (
            "a:\n  b: 1\na:\n  b: 2\n  b: 3\n",
            ["3: 同一字段须只写一次，a 已写在第 1 行；请删去其中一行", "5: 同一字段须只写一次，b 已写在第 4 行；请删去其中一行"],
        ),
        ("? [a, b]\n: 1\n", ["1: 字段名须为文字，现为列表或一组字段；请改为：字段: 值"]),
        ("<<: {a: 1}\n", ["1: 不支持合并写法 <<，各字段须写全；请删去这一行，逐行写“字段: 值”"]),
        ("a: 1\n---\nb: 2\n", ["2: 一个文件须只有一份数据，现有第二个 ---；请删去这一行，下面的另存一个文件"]),
        ("[" * 21 + "]" * 21, ["1: 嵌套须不超过 20 层；请删去多余的括号或缩进"]),
        ("a: - -  b", ["1: 列表须从下一行写起，一行一项，各项以“- ”开头，现为：a: - -  b；请改为：a: [[b]]"]),
        ("a:\n\tb: 1\n", ["2: 缩进须用空格，现有制表符（Tab）；请改为 2 个空格"]),
        ("a: 'x\n", ["1: 引号须成对，两边都用英文引号，现为：a: 'x；请改为：a: 'x'"]),
        ("a: b: c\n", ["1: 值里有英文冒号的，整个值须加引号，现为：a: b: c；请改为：a: \"b: c\""]),
        ("a: [1, 2\n", ["1: 方括号 [ ] 须成对，各项用英文逗号隔开，现为：a: [1, 2；请改为：a: [1, 2]"]),
        ("a: - b\n", ["1: 列表须从下一行写起，一行一项，各项以“- ”开头，现为：a: - b；请改为：a: [b]"]),
        ("a:\n  - b\n  c: d\n", ["3: 列表各项须以短横开头，短横后空一格，现为：c: d；请改为：- \"c: d\""]),
        ("a: {b: 1\n", ["1: 花括号 { } 须成对，各项用英文逗号隔开，现为：a: {b: 1；请改为：a: {b: 1}"]),
        ("a：1\n", ["1: 字段名后须为英文冒号，冒号后空一格，现为：a：1；请改为：a: 1"]),
        ("a: 1\nb：2\n", ["2: 字段名后须为英文冒号，冒号后空一格，现为：b：2；请改为：b: 2"]),
        ("a: `x`\n", ["1: ` 开头的值须加引号，现为：a: `x`；请改为：a: \"`x`\""]),
        ('a: "\\x01"\n', ["1: 引号内不得用反斜杠写看不见的控制字符，现有 U+0001；请删去反斜杠和它后面的字母、数字"]),
        ('a: 1\nb: "甲\\r乙"\n', ["2: 引号内不得用反斜杠写看不见的控制字符，现有 U+000D；请删去反斜杠和它后面的字母、数字"]),
        ("%TAG x\n", ["1: 文件须不含 % 指令，现为：%TAG x；请删去这一行"]),
    ],
)  # fmt: skip
def test_faults_in_yaml(text: str, expected: list[str]) -> None:
    assert [f"{p.line}: {p.message}" for p in parse(text, "x.yml").problems] == expected


def test_thousands_of_dashes_on_a_line_are_one_fault() -> None:
    (problem,) = parse(f"a:{' -' * 2000}\n", "x.yml").problems
    assert problem.message.startswith(
        "列表须从下一行写起，一行一项，各项以“- ”开头，现为：a: - - -"
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("title: 学雷锋志愿服务 #3号楼\n", [1]),
        ("note: # 3号楼\n", [1]),
        ("- 甲 #1\n- \"乙 #2\"\n- '丙' # 3\n- #4\n", [1, 3, 4]),
        ("a: [甲, 乙] # 丙\n", [1]),
        ("a: [甲, # 乙\n  丙]\n", [1]),
        ("a: [甲 #1, 乙]\n", [1]),
        ("a: 甲 #1\n  乙\n", [1]),
        ("a: '甲\n\n  乙 #1' #2 #3\nb: 丙 #4\n", [3, 4]),
        ("a: | #1\n  甲 #2\n\n  # 乙\n# 说明\nb: 丙\t#3", [1, 6]),
        ("a: '甲\n  # 乙' # 丙\n", [2]),
        ("--- #1\na: 1\n", [1]),
        ("# 说明 # 还是说明\na:\n  # 说明\n  - 甲#1\n  - \"#2\"\n  - >-\n    甲 #3\n", []),
    ],
)  # fmt: skip
def test_a_remark_stands_on_a_line_of_its_own(text: str, at: list[int]) -> None:
    found = parse(text, "x.yml").problems
    assert [problem.line for problem in found] == at
    assert all(problem.message.startswith(REMARK) for problem in found)


@pytest.mark.parametrize(
    ("raw", "data", "message"),
    [
        ("甲\r\n乙\r".encode(), "甲\n乙\n", None),
        ("\ufeff甲".encode(), "甲", None),
        ("甲\n乙".encode("gb18030"), None, "1: 文件编码须为 UTF-8，现似为 GBK（GB18030）；请在编辑器中另存为 UTF-8"),
        ("a\n乙".encode("utf-16"), None, "1: 文件编码须为 UTF-8，现似为 UTF-16；请在编辑器中另存为 UTF-8"),
        (b"a\n\xff\xff\xff", None, "2: 文件编码须为 UTF-8，现有无法识别的字节；请在编辑器中另存为 UTF-8"),
        (b"a\nb\x00", None, "2: 不得含看不见的控制字符，现有 U+0000；请删去重打"),
        ("a\u2028b".encode(), None, "1: 不得含看不见的控制字符，现有 U+2028；请删去重打"),
    ],
)  # fmt: skip
def test_bytes(raw: bytes, data: str | None, message: str | None) -> None:
    document = decode(raw, "x.yml")
    assert document.data == data
    assert [f"{p.line}: {p.message}" for p in document.problems] == ([message] if message else [])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(ENOENT, "No such file"), "没有这个文件或目录"),
        (OSError(EACCES, "Permission denied"), "没有权限，或者正被别的程序打开"),
        (OSError(ELOOP, "Too many links"), "路径里有通到别处的链接"),
        (OSError(EIO, "Input/output error"), "Input/output error"),
        (OSError("unnumbered"), "unnumbered"),
    ],
)
def test_why_a_file_cannot_be_read(error: OSError, words: str) -> None:
    assert os_error_text(error) == words


def test_a_file_that_is_missing_or_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.yml").write_text("# 只有注释\n", "utf-8")
    assert read(tmp_path / "none.yml", "none.yml").problems == [
        Problem("none.yml", 1, "文件须能读取，现为：没有这个文件或目录；请恢复这个文件")
    ]
    assert read(tmp_path / "empty.yml", "empty.yml").problems == [
        Problem("empty.yml", 1, "文件不得为空；请填写，或者删去这个文件")
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("---\ntitle: a\n---\n正文\n", ("title: a\n", "\n\n\n正文\n")),
        ("---\ntitle: a\n...\n正文", ("title: a\n", "\n\n\n正文")),
        ("---\n---\n正文", ("", "\n\n正文")),
        ("正文\n---\n", ("", "正文\n---\n")),
        ("---\ntitle: a\n", ("", "---\ntitle: a\n")),
    ],
)
def test_front_matter(page: str, expected: tuple[str, str]) -> None:
    assert split_front_matter(page) == expected


@given(st.text(max_size=60), st.integers(2, 50))
def test_shortened_text_is_one_line_and_fits(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert "\n" not in short


def test_of_a_list_of_nothing_but_faults_each_is_looked_at_once() -> None:
    """Two million octets hold half a million entries; each of them asks what was told before."""
    looked: list[Problem] = []

    class Told(list[Problem]):
        def __iter__(self) -> Iterator[Problem]:
            looked.extend(self.copy())
            return super().__iter__()

        def __getitem__(self, at: Any) -> Any:
            found = super().__getitem__(at)
            looked.extend(found if isinstance(at, slice) else [found])
            return found

    document = parse_bytes(b"- {}\n" * 100, "data/allowed.yml")
    document.problems = Told()
    for at in range(100):
        validate(Allowed, document, (at,))
    assert len(document.problems) == 500
    assert len(looked) <= 500


def test_words_are_looked_for_until_so_many_letters_are_compared() -> None:
    """A thousand words that nobody knows, each compared with as many, would take as long as a million."""
    known = ["开展活动", "走访居民"]
    unbounded = [suggestion("开展活了", known) for _ in range(3)]
    with few_suggestions(60):
        bounded = [suggestion("开展活了", known) for _ in range(3)]
    assert unbounded == ["，是否为 开展活动？"] * 3
    assert bounded == ["，是否为 开展活动？"] * 2 + ["；请改为已有的，或者先把它加上"]
