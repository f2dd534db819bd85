"""Every message of the check is in the guide, and what the guide says of it happens."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.checks import CHECKS, Check
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.render import macros
from archive.schema.allowed import LEAK_RULES
from tests.conftest import FROZEN, ROOT
from tests.samples import sample
from tests.samples.messages_guide import PAGES, Piece, merged, messages_of, sections, site
from tests.samples.messages_site import SITE

SECTIONS = [section for page in PAGES for section in sections(page)]
NAMES = [f"{section.page.stem}#{section.id}" for section in SECTIONS]
SAID = [line for it in SECTIONS for case in it.cases for line in case.message.splitlines()]

SPEAKING = (
    *(
        "files/yaml",
        "files/yaml_lines",
        "files/yaml_values",
        "files/corrections",
        "files/validation",
        "files/pages",
        "files/pictures",
        "files/spans",
        "files/settings",
        "files/listing",
        "facts/gather",
        "facts/ledger_faults",
        "facts/ledger_fields",
        "facts/approximation",
    ),
    *(
        "leaks/leak",
        "checks/problems",
        *sorted({rule.__module__[8:].replace(".", "/") for rule in CHECKS}),
    ),
)
"""The modules whose words an editor is told."""

_WORD = "(?![零一二两三四五六七八九十百千万亿])[\u4e00-\u9fff]"
"""A Chinese character that is no numeral: three of them and more may be part of a message."""

UNSEEN = {
    "YAML 写法有误，无法读取；每行须写作“字段: 值”，请逐行核对",  # a fault for which the parser knows no place: none is known
    "现有无法识别的字节",  # neither UTF-8 nor UTF-16 nor GBK: told in the section on encoding
    # said after twenty others; told in the introduction
    "一个文件里同类的问题只列 {} 处，从这一行起还有 {} 处未列，如：{}；请先改好列出的，再检查一次",
    # said when the public edition is built
    "请在页面里用 name 宏，台账、附件里换一种写法，可以公开的，在 data/unit.yml 里写明公开",
    "html-as-is 是宏专用的，页面里不得有，请删去",  # no page may hold the word, nor may the guide
    "原样显示的一段须以 {% endraw %} 结束，现没有；请在末尾加一行 {% endraw %}",  # the guide would have to leave one open
    # told in the section on the navigation, which would need three hundred entries
    "导航的一节须不超过 {} 项（其中每一页都列出它们），现有 {} 项；请分成几节",
    "超过 {} 页的须写导航（nav），现有 {} 页而没有写；请把各页分节列入",
    # What a drawing is, to the search of attachments; shown on a page it is told as one that is broken.
    # told in the section on pictures, which would need one
    "须分不超过 {} 遍显示完整（渐进式 JPEG），现在更多；{}",
    "内容过大",
    "内容无法读取的 svg 文件",
    "一个元素的属性多于 {} 个的 svg 文件",
    "命名空间的名称多于 {} 字的 svg 文件",
    "不是以 UTF-8 编码的 svg 文件",
    "没有按时读完的文件（一个一分钟，慢的合起来五分钟）",  # which the guide would take a minute to show
    # No guide can show such a name; told in the section on names of files.
    "文件和目录的名称须没有看不见的符号，现有 {0}；请改名",
    # No text makes a file a link; told in the section on files that cannot be read.
    "站点设置须是普通的文件；请恢复 mkdocs.yml",
    "{0} 须是目录本身，不得是链接；请换成目录，数据放在别处的，运行时写 --data 目录",
    "须是普通的文件，不得是管道、设备或通到别处的链接；请删去，把所要的文件复制进来",
}
"""Words that no example calls forth."""


def test_the_site_of_the_examples_is_sound(tmp_path: Path) -> None:
    assert sample.problems(tmp_path, SITE) == []


Example = tuple[str, list[Piece], str]
"""The name of its section, what is put into the site, and what is said of it."""
WRONG: list[Example] = [
    (name, [*it.before, *case.wrong], case.message)
    for name, it in zip(NAMES, SECTIONS, strict=True)
    for case in it.cases
]
RIGHT: list[Example] = [
    (name, [*it.before, *right], "")
    for name, it in zip(NAMES, SECTIONS, strict=True)
    for right in it.rights
]


def apart(examples: list[Example], most: int) -> list[list[Example]]:
    """Examples in groups of which each site can hold a whole one: no two put something into one file."""
    groups: list[tuple[list[Example], set[str]]] = []
    for one in examples:
        files = {piece.file for piece in one[1]}
        for group, taken in groups:
            if len(group) < most and taken.isdisjoint(files):
                group.append(one)
                taken |= files
                break
        else:
            groups.append(([one], files))
    return [group for group, _ in groups]


def told_otherwise(folder: Path, group: list[Example], seen: list[Site]) -> list[tuple[str, str]]:
    """Each example of which something else is said, and that; those that change what others say are tried apart."""
    found = site(folder / str(len(seen)), [piece for _, pieces, _ in group for piece in pieces])
    seen.append(found)
    said = messages_of(found)
    if len(group) == 1:
        ((name, _, message),) = group
        return [(name, said)] if said != message else []
    if sorted(said.splitlines()) == sorted("".join(it[2] for it in group).splitlines()):
        return []
    half = len(group) // 2
    return [
        one for part in (group[:half], group[half:]) for one in told_otherwise(folder, part, seen)
    ]


def test_wrong_is_told_what_the_guide_says_and_every_rule_has_an_example(tmp_path: Path) -> None:
    seen: list[Site] = []
    assert [one for group in apart(WRONG, 3) for one in told_otherwise(tmp_path, group, seen)] == []
    broken: set[Check] = set()
    for found in seen:
        # A rule may look only at what could be read; so each is tried until it has spoken.
        broken.update(rule for rule in set(CHECKS) - broken if any(rule(found)))
    assert [rule.__name__ for rule in CHECKS if rule not in broken] == []


def test_right_is_told_nothing(tmp_path: Path) -> None:
    seen: list[Site] = []
    assert [one for group in apart(RIGHT, 8) for one in told_otherwise(tmp_path, group, seen)] == []


@pytest.mark.deep
@pytest.mark.parametrize("example", [*WRONG, *RIGHT], ids=[it[0] for it in [*WRONG, *RIGHT]])
def test_each_example_alone(tmp_path: Path, example: Example) -> None:
    assert told_otherwise(tmp_path, [example], []) == []


def test_every_section_has_examples_and_is_called_by_words_of_its_messages() -> None:
    assert [it.title for it in SECTIONS if not it.cases or not it.rights] == []
    unsaid = [
        (it.title, word)
        for it in SECTIONS
        for word in re.split("…| / ", it.title)
        if word.strip() not in "".join(case.message for case in it.cases)
    ]
    assert unsaid == []


def test_every_section_says_what_it_is_about() -> None:
    assert [it.title for it in SECTIONS if not it.means.endswith(("。", "："))] == []


def test_ids_and_titles_of_sections_are_distinct() -> None:
    assert len({section.id for section in SECTIONS}) == len(SECTIONS)
    assert len({section.title for section in SECTIONS}) == len(SECTIONS)


def words(module: str) -> Iterator[str]:
    """What a module says in Chinese, `{}` where something is put in; patterns left out."""
    tree = ast.parse((ROOT / "archive" / f"{module}.py").read_text("utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("re.", "late")):
            skipped.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)  # a docstring
        elif isinstance(node, ast.JoinedStr):
            skipped.update(part for part in node.values if isinstance(part, ast.Constant))
    for node in ast.walk(tree):
        text = ""
        if node in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        if len(re.findall(_WORD, text)) > 2:
            yield text


def expectations() -> Iterator[str]:
    """What values must be, as the schema says it."""
    for path in (ROOT / "archive" / "schema").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Expect":
                text = node.args[0]
                assert isinstance(text, ast.Constant | ast.JoinedStr)
                parts = text.values if isinstance(text, ast.JoinedStr) else [text]
                yield "".join(
                    str(it.value) if isinstance(it, ast.Constant) else "{}" for it in parts
                )


def is_said(text: str) -> bool:
    form = re.compile(".*".join(re.escape(part) for part in text.split("{}")))
    return any(form.search(line) for line in SAID)


@pytest.mark.parametrize("module", SPEAKING)
def test_all_that_the_check_can_say_is_said_in_the_guide(module: str) -> None:
    silent = {text for text in words(module) if not is_said(text)}
    assert silent - UNSEEN - LEAK_RULES.keys() == set()


def test_whatever_a_value_must_be_is_said_in_the_guide() -> None:
    assert [text for text in expectations() if not is_said(f"须为{text}")] == []


def test_what_must_not_go_out_is_said_in_the_guide() -> None:
    silent = [kind for kind, text in LEAK_RULES.items() if not is_said(text)]
    assert silent == ["未公开的名称"]  # said when the public edition is built


def test_why_a_file_cannot_be_read_is_told() -> None:
    page = (ROOT / "archive" / "guide" / "messages" / "files.md").read_text("utf-8")
    reasons = set(words("files/reasons"))
    assert len(reasons) > 1
    assert [text for text in reasons if text not in page] == []


def test_the_list_leads_to_every_section() -> None:
    found = load(Project(FROZEN, FROZEN / "data", sample.AS_OF))
    listed = macros(found, "guide/messages/index.md")["messages"]()
    leads = re.findall(r"^- \[.+\]\(\.\./\.\./guide/messages/(\w+)\.md(#.+)\)$", listed, re.M)
    assert {f"{page}{anchor}" for page, anchor in leads} == set(NAMES)
    assert len(leads) == len(NAMES)


@pytest.mark.parametrize(
    ("base", "part", "whole"),
    [
        ("a: 1\nb: 2\n", "b: 3\n", "a: 1\nb: 3\n"),
        ("a: 1\nb: 2\n", "a：3\n", "a：3\nb: 2\n"),
        ("a: 1\n", "b: 2\nb: 3\n", "a: 1\nb: 2\nb: 3\n"),
        ("a:\n  x: 1\n  y: 2\nb: 3\n", "a:\n  y: 4\n", "a:\n  x: 1\n  y: 4\nb: 3\n"),
        ("a:\n  - x\n  - y\n", "a:\n  - z\n", "a:\n  - z\n"),
        ("", "a: 1\n", "a: 1\n"),
    ],
)
def test_an_example_is_put_into_its_file(base: str, part: str, whole: str) -> None:
    assert merged(base, part) == whole
