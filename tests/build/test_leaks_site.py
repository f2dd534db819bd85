"""The search over a whole site: sources, attachments, exceptions, and what is built of them."""

import ast
import io
import re
from collections.abc import Collection, Iterable
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

import docx
import pytest

from archive.build import leaks as built
from archive.build.search import index_script
from archive.build.search.pages import SearchPage, SearchSection
from archive.checks import leaks as rules
from archive.facts.people import withheld_names
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.pages import Page
from archive.leaks.contacts import PATTERNS
from archive.leaks.leak import FileLeak, Search, TextLeak, text_digest
from archive.leaks.searched import _LATELY
from archive.leaks.text import private_search
from archive.proposals.diff.entries import diff_entries
from archive.schema.allowed import LEAK_RULES, NEVER_ALLOWED, Allowed
from archive.schema.fields import fields
from tests.conftest import AS_OF, FROZEN, ROOT, archive_of
from tests.samples.attachments import jpeg, located, sheet, word
from tests.samples.built import print_file
from tests.samples.leaks import CARD, ID, checked, lettered
from tests.samples.sample import FILES, RECORD, UNIT, edited, problems, read

OTHER_ID = next(
    one for day in range(10, 32) if (one := checked(f"640102199001{day}123"))[-2:] == ID[-2:]
)
OTHER_CARD = next(
    one
    for middle in range(10**6, 10**7)
    if (one := lettered(f"6222{middle}{CARD[-8:-1]}")) != CARD and one[-4:] == CARD[-4:]
)
Changes = dict[str, str | bytes | None]
A = "data/volunteering/2024/20240305-a.yml"
INDEX = "docs/index.md"
WAY_OUT = "；请删去或改正，确可公开的，在 data/allowed.yml 写明"
THERE = "；网站由 docs/ 和 data/ 生成，请在那里改"
PHONE = f"不得公布个人手机号，现有 139******78{WAY_OUT}"


ACTIVE = "附件不得是网页、脚本、样式，图里不得有脚本和外部引用"
PLAIN = "请把网页、脚本转成 PDF 或 txt，图另存为“纯 SVG”或者 PNG"


def noted(note: str) -> Changes:
    return {A: f"{RECORD}note: {note}\n"}


def said(text: str) -> Changes:
    return {INDEX: f"{FILES[INDEX]}\n{text}\n"}


def allowed(file: str, kind: str, found: str, code: str = "") -> Changes:
    fields = {
        "file": file,
        "kind": kind,
        "found": f'"{found}"',
        "code": code,
        "reason": "对外公布",
        "reviewer": "主任",
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return {"data/allowed.yml": "- " + "\n  ".join(lines) + "\n"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (noted("电话13912345678"), [f"{A}:13: {PHONE}"]),
        (noted('"13912345678"'), [f"{A}:13: {PHONE}"]),
        (noted("甲\n# 电话13912345678"), [f"{A}:14: {PHONE}"]),
        (noted("人数待核。"), [f"{A}:13: 公布前须删去草稿标记，现有 待核{WAY_OUT}"]),
        (noted("甲\n# 待核"), []),
        (noted("慰问困难党员李建国同志"), [f"{A}:13: 不得公布受助人的姓名，现有 李**{WAY_OUT}"]),
        (edited("data/unit.yml", "本单位", "tel 13912345678"), [f"data/unit.yml:11: {PHONE}"]),
        (edited("data/figures.yml", "走访的居民人数", f"号{ID}"), [f"data/figures.yml:33: 不得公布身份证号，现有 640{'*' * 13}{ID[-2:]}{WAY_OUT}"]),
        (said("电话13912345678"), [f"{INDEX}:9: {PHONE}"]),
        (said("`电话13912345678`"), [f"{INDEX}:9: {PHONE}"]),
        (said("人数待核。"), [f"{INDEX}:9: 公布前须删去草稿标记，现有 待核{WAY_OUT}"]),
        (said("<!-- TODO -->"), [f"{INDEX}:9: 公布前须删去草稿标记，现有 TODO{WAY_OUT}"]),
        (said("记号`TODO`不算\n\n```\n{++甲++}\n```"), []),
        ({INDEX: FILES[INDEX].replace("title: 首页", 'title: 首页\ndescription: "13912345678"')}, [f"{INDEX}:3: {PHONE}"]),
        (said("住幸福小区3号楼2单元502室，a.b@qq.com"), [
            f"{INDEX}:9: 不得公布个人住址，现有 3号*******室{WAY_OUT}",
            f"{INDEX}:9: 不得公布私人邮箱，现有 a**@qq.com{WAY_OUT}",
        ]),
        ({"docs/files/a.jpg": jpeg(located())}, [f"docs/files/a.jpg:1: 图片须不带拍摄地点、相机和作者的信息，现有 拍摄地点{WAY_OUT}"]),
        ({"docs/files/a.DOCX": word("电话13912345678", author="张三丰")}, [
            f"docs/files/a.DOCX:1: 不得公布个人手机号，现有 139******78（word/document.xml）{WAY_OUT}",
            f"docs/files/a.DOCX:1: 附件须不带作者、修改者和公司的属性，现有 作者：张**{WAY_OUT}",
        ]),
        ({"docs/files/a.csv": "姓名,电话\n甲,13912345678\n"}, [f"docs/files/a.csv:2: {PHONE}"]),
        ({"docs/files/a.zip": b"PK"}, [
            f"docs/files/a.zip:1: 附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密），现有 zip 文件{WAY_OUT}"
        ]),
        ({"docs/files/a.bin": b"x"}, [
            f"docs/files/a.bin:1: 附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密），现有 bin 文件{WAY_OUT}"
        ]),
        ({"docs/files/困难党员丁小梅.txt": "甲"}, [
            f"docs/files/困难党员丁小梅.txt:1: 不得公布受助人的姓名，现有 丁**（文件名）{WAY_OUT}"
        ]),
        ({"docs/files/13912345678.txt": "甲"}, [
            f"docs/files/13912345678.txt:1: 不得公布个人手机号，现有 139******78（文件名）{WAY_OUT}"
        ]),
        (said("电话139&nbsp;1234&nbsp;5678\n\n| 姓名 | 数 |\n|---|---|\n| 丁小梅 | 1 |"), [
            f"{INDEX}:9: {PHONE}",
            f"{INDEX}:13: 姓名须经本人同意才能公开，现有 丁**{WAY_OUT}",
        ]),
        (said("\u200e&nbsp;\n\n电话１３９１２３４５６７８"), [f"{INDEX}:11: {PHONE}"]),
        ({"docs/files/.hidden": b"x"}, []),
        # The design is the program's: one in docs/ would be an old copy that nobody sees.
        ({"docs/assets/site.css": "a { color: red }"}, [f"docs/assets/site.css:1: {ACTIVE}，现有 css 文件；{PLAIN}"]),
        ({"docs/困难党员丁小梅/a.txt": "甲"}, [
            f"docs/困难党员丁小梅/a.txt:1: 不得公布受助人的姓名，现有 丁**（文件名）{WAY_OUT}"
        ]),
        *(({f"docs/files/a.{suffix}": "甲"}, [f"docs/files/a.{suffix}:1: {ACTIVE}，现有 {suffix.lower()} 文件；{PLAIN}"])
          for suffix in ("js", "css", "htm", "HTML", "xml", "MD", "markdown", "svgz")),
    ],
)  # fmt: skip
def test_what_the_check_says(tmp_path: Path, changes: Changes, expected: list[str]) -> None:
    assert problems(tmp_path, changes) == expected
    assert problems(tmp_path, changes) == expected  # from the cache


PERSON = "  hero:\n    meaning: 榜样\n    person: true\n    value: 示例人物\n    mask: '***'\n"


def test_a_name_without_consent_is_typed_nowhere(tmp_path: Path) -> None:
    name = f"姓名须经本人同意才能公开，现有 示***{WAY_OUT}"
    changes = {
        "data/unit.yml": UNIT + PERSON,
        **noted("由示例人物组织"),
        **said("见示例人物"),
        "docs/files/a.txt": "示例人物",
    }
    assert problems(tmp_path, changes) == [
        f"{A}:13: {name}",
        f"docs/files/a.txt:1: {name}",
        f"{INDEX}:9: {name}",
    ]


def told_code(folder: Path, changes: Changes, file: str, kind: str, found: str) -> str:
    """The code that an exception without one is told to have, which is all that is told."""
    (message,) = problems(folder, {**changes, **allowed(file, kind, found)})
    asked = re.escape(f"{file} 的{kind} {found}")
    told = re.fullmatch(
        rf"data/allowed\.yml:1: 例外须写明 code（核对码），现没有；{asked}（第 \d+ 行）的是 (\d{{4}})，请核对以后写 code: \1",
        message,
    )
    assert told, message
    return told[1]


@pytest.mark.parametrize(
    ("changes", "file", "kind", "found"),
    [
        (noted("电话13912345678"), A, "手机号", "139******78"),
        (said("电话13912345678"), INDEX, "手机号", "139******78"),
        (said("TODO"), INDEX, "草稿标记", "TODO"),
        ({"docs/files/a.jpg": jpeg(located())}, "docs/files/a.jpg", "图片信息", "拍摄地点"),
    ],
)
def test_an_exception_allows_what_it_names_and_no_more(
    tmp_path: Path, changes: Changes, file: str, kind: str, found: str
) -> None:
    code = told_code(tmp_path, changes, file, kind, found)
    assert problems(tmp_path, {**changes, **allowed(file, kind, found, code)}) == []
    for other in (("docs/topics.md", kind, found), (file, "住址", found), (file, kind, "x")):
        messages = problems(tmp_path, {**changes, **allowed(*other)})
        unused = f"例外须仍有所指，{other[0]} 里没有{other[1]} {other[2]}，请删去这一条"
        assert len(messages) == 2
        assert f"data/allowed.yml:1: {unused}" in messages


def listed(*names: str) -> Changes:
    return said("".join(["| 姓名 |\n|---|\n", *(f"| {name} |\n" for name in names)]))


DOCX, JPG, ZIP = "docs/files/a.docx", "docs/files/a.jpg", "docs/files/a.zip"


SAME_MASK: list[tuple[Changes, Changes, str, str, str]] = [
    (listed("王秀英"), listed("王建国"), INDEX, "姓名", "王**"),
    (noted("联系人：王秀英"), noted("联系人：王建国"), A, "姓名", "王**"),
    (noted("慰问困难党员李建国同志"), noted("慰问困难党员李秀英同志"), A, "受助人姓名", "李**"),
    (said("电话13911115678"), said("电话13922225678"), INDEX, "手机号", "139******78"),
    (said("a.b@qq.com"), said("a.c@qq.com"), INDEX, "私人邮箱", "a**@qq.com"),
    (said("住幸福小区3号楼2单元502室"), said("住幸福小区3号楼2单元503室"), INDEX, "住址", "3号*******室"),
    (said(f"证号{ID}"), said(f"证号{OTHER_ID}"), INDEX, "身份证号", f"640{'*' * 13}{ID[-2:]}"),
    (said(f"卡号{CARD}"), said(f"卡号{OTHER_CARD}"), INDEX, "银行卡号", f"6222***********{CARD[-4:]}"),
    ({DOCX: word("甲", author="张三丰")}, {DOCX: word("甲", author="张小丰")}, DOCX, "文件属性", "作者：张**"),
    ({DOCX: word("电话13911115678")}, {DOCX: word("电话13922225678")}, DOCX, "手机号", "139******78"),
    ({JPG: jpeg(located())}, {JPG: jpeg(located(">"))}, JPG, "图片信息", "拍摄地点"),
    ({ZIP: b"PK1"}, {ZIP: b"PK2"}, ZIP, "无法检查", "zip 文件"),
]  # fmt: skip
"""What was reviewed, what comes in its place with the same mask, and how both are told."""


@pytest.mark.parametrize(("reviewed", "other", "file", "kind", "found"), SAME_MASK)
def test_an_exception_is_for_what_was_reviewed(
    tmp_path: Path, reviewed: Changes, other: Changes, file: str, kind: str, found: str
) -> None:
    code = told_code(tmp_path, reviewed, file, kind, found)
    now = told_code(tmp_path, other, file, kind, found)
    assert code != now
    entry = allowed(file, kind, found, code)
    assert problems(tmp_path, {**reviewed, **entry}) == []
    (message,) = problems(tmp_path, {**other, **entry})
    assert re.sub(r"第 \d+ 行", "第 N 行", message) == (
        f"data/allowed.yml:4: 例外须仍是审过的内容，{file} 的{kind} {found}（第 N 行）的核对码现为 {now}，"
        f"不是 {code}；请重新审过，再改 code"
    )


def test_an_exception_lets_no_other_of_the_same_mask_pass_beside_it(tmp_path: Path) -> None:
    both = listed("王秀英", "王建国")
    codes = [
        told_code(tmp_path, listed(name), INDEX, "姓名", "王**") for name in ("王秀英", "王建国")
    ]
    first, second = (
        str(allowed(INDEX, "姓名", "王**", code)["data/allowed.yml"]) for code in codes
    )
    name = f"姓名须经本人同意才能公开，现有 王**{WAY_OUT}"
    assert problems(tmp_path, {**both, "data/allowed.yml": first}) == [f"{INDEX}:12: {name}"]
    assert problems(tmp_path, {**both, "data/allowed.yml": f"{first}{second}"}) == []
    shown = diff_entries(read(tmp_path, {"data/allowed.yml": f"{first}{second}"}).archive)
    assert [group for group, _ in shown].count("allowed") == 2
    assert problems(tmp_path, {**both, **allowed(INDEX, "姓名", "王**")}) == [
        f"data/allowed.yml:1: 例外须写明 code（核对码），现没有；{INDEX} 的姓名 王**（第 11、12 行）的是 "
        f"{'、'.join(sorted(codes))}，请核对以后写 code: {min(codes)}，核对码不同的，各写一条"
    ]
    assert problems(tmp_path, {**listed("王秀英"), "data/allowed.yml": f"{first}{second}"}) == [
        f"data/allowed.yml:7: 例外须仍有所指，{INDEX} 里没有姓名 王**，请删去这一条"
    ]


def test_the_built_site_holds_what_an_exception_is_for_and_no_more(tmp_path: Path) -> None:
    code = told_code(tmp_path / "src", listed("王秀英"), INDEX, "姓名", "王**")
    site = read(tmp_path / "src", {**listed("王秀英"), **allowed(INDEX, "姓名", "王**", code)})
    terms = built.Terms(allowed=rules.allowed_leaks(site))
    (tmp_path / "out").mkdir()
    for name in ("王秀英", "王&#31168;英", "王建国"):
        (tmp_path / "out" / "a.html").write_text(f"<p>联系人：{name}</p>", "utf-8")
        found = built.pages(tmp_path / "out", site.archive.project, terms)
        assert bool(found) == (name == "王建国"), name


def test_what_is_masked_is_told_apart_by_its_digest() -> None:
    """No detector masks a text without keeping it, or its digest, beside the mask."""
    lacking = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "archive" / "leaks").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and "masked(" in ast.unparse(node) and "未公开的名称" not in ast.unparse(node)
        and ((node.func.id == "TextLeak" and len(node.args) < 4)
             or (node.func.id == "FileLeak" and "text_digest(" not in ast.unparse(node)))
    ]  # fmt: skip
    assert lacking == []


def test_an_exception_stands_once_says_why_and_who(tmp_path: Path) -> None:
    code = told_code(tmp_path, said("电话13912345678"), INDEX, "手机号", "139******78")
    once = allowed(INDEX, "手机号", "139******78", code)["data/allowed.yml"]
    assert isinstance(once, str)
    twice = {**said("电话13912345678"), "data/allowed.yml": once * 2}
    assert problems(tmp_path, twice) == [
        f"data/allowed.yml:7: 例外须只列一次，{INDEX} 的手机号 139******78 已经列过；请删去这一条"
    ]
    broken = once.replace("reason: 对外公布", "reason:").replace(f"file: {INDEX}", "file: /x")
    assert problems(tmp_path, {"data/allowed.yml": broken}) == [
        'data/allowed.yml:1: 1.file（所在文件）须为以 data/ 或 docs/ 开头的文件路径，现为 "/x"；例如：file: docs/files/通讯录.docx',
        "data/allowed.yml:5: 1.reason（可以公开的理由）须为文字，现为空；例如：reason: 值班室对外公布的电话",
    ]
    assert problems(tmp_path, {"data/allowed.yml": "a: 1\n"})[0] == (
        "data/allowed.yml:1: 文件内容须为“- ”引出的各条例外，现为一组字段；例如：- file: docs/files/通讯录.docx"
    )


def test_what_is_found_is_of_the_kinds_there_are_and_of_each() -> None:
    named = {
        node.args[0].value
        for path in (ROOT / "archive" / "leaks").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id in ("TextLeak", "FileLeak") and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    # These detectors have a name for several kinds.
    assert named == LEAK_RULES.keys() - {"受助人姓名"} - PATTERNS.keys()
    choices = fields(Allowed)["kind"].value.choices
    assert choices == tuple(kind for kind in LEAK_RULES if kind not in NEVER_ALLOWED)


# What is built.


def on_page(body: str) -> list[FileLeak]:
    source = f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>"
    return built.page(source, private_search(["示例人物"]))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<p>电话13912345678</p>", "手机号"),
        ("<p>139&#45;1234&#45;5678</p>", "手机号"),
        ("<p>a&#64;qq&#46;com</p>", "私人邮箱"),
        ('<a href="tel:13912345678">打电话</a>', "手机号"),
        ('<img alt="13912345678" src="x.png">', "手机号"),
        ("<td>13912345678</td>", "手机号"),
        ('<p data-note="13912345678">甲</p>', "手机号"),
        ("<p>139<strong>1234</strong>5678</p>", "手机号"),
        (f"<p>{ID[:6]}\n{ID[6:]}</p>", "身份证号"),
        (f"<pre><code>{ID}</code></pre>", "身份证号"),
        ("<p>由示例人物组织</p>", "姓名"),
        ("<p>TODO</p>", "草稿标记"),
        ("<!-- 待核 -->", "草稿标记"),
    ],
)
def test_what_is_found_on_a_page(body: str, kind: str) -> None:
    assert [one.kind for one in on_page(body)] == [kind]


@pytest.mark.parametrize(
    "body",
    [
        "<p>总产值<b>13912345678</b><span>元</span></p>",
        '<table><tr><td class="number">13912345678</td></tr></table>',
        '<svg><path d="M13912345678 1"/></svg>',
        "<script>a=13912345678;</script><style>b{x:13912345678}</style>",
        "<p><code>TODO</code></p><pre>{++甲++}</pre>",
        "<table><tr><td>1391234</td><td>5678</td></tr></table>",
        '<p id="n13912345678">甲</p>',
    ],
)
def test_what_is_not_found_on_a_page(body: str) -> None:
    assert on_page(body) == []


INDEXED = SearchPage("a/", "题", (SearchSection("", "题", "电话13912345678"),))
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 139 1234 5678"/><text>电话13912345678</text></svg>'


def office_file(text: str) -> bytes:
    written = io.BytesIO()
    made = docx.Document()
    made.core_properties.author = made.core_properties.comments = ""
    made.add_paragraph(text)
    made.save(written)
    return written.getvalue()


def test_the_files_of_a_built_site(tmp_path: Path) -> None:
    site, root = tmp_path / "site", tmp_path / "root"
    project = Project(root, root / "data", AS_OF)
    files = {
        "search/index.js": index_script([INDEXED]).encode(),
        "download/a.csv": "备注,数\n电话13912345678,13912345678\n".encode(),
        "download/a.json": '[{"备注": "13912345678", "数": 13912345678}]'.encode(),
        "download/b.json": '[{"数": 13912345678}]'.encode(),
        "download/a.xlsx": sheet("电话13912345678"),  # the table of a.csv
        "download/c.xlsx": sheet("电话13912345678"),
        "print/a.docx": office_file("电话13912345678"),
        "chart.svg": DRAWING.encode(),
        "files/a.bin": b"x",
        "files/a.html.js": b"x",
        "b.MD": b"x",
        "print/late.pdf": b"",
        "files/known.docx": office_file("电话13912345678"),
    }
    for name, raw in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(raw)
    (root / "docs" / "files").mkdir(parents=True)
    (root / "docs" / "files" / "known.docx").write_bytes(files["files/known.docx"])
    expected = [
        f"site/b.MD:1: {ACTIVE}，现有 md 文件；{PLAIN}{THERE}",
        f"site/chart.svg:1: {PHONE}{THERE}",
        f"site/download/a.csv:2: {PHONE}{THERE}",
        f"site/download/a.json:1: {PHONE}{THERE}",
        f"site/download/c.xlsx:1: 不得公布个人手机号，现有 139******78（xl/worksheets/sheet1.xml）{WAY_OUT}{THERE}",
        f"site/files/a.bin:1: 附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密），现有 bin 文件{WAY_OUT}{THERE}",
        f"site/files/a.html.js:1: {ACTIVE}，现有 js 文件；{PLAIN}{THERE}",
        f"site/print/a.docx:1: 不得公布个人手机号，现有 139******78（word/document.xml）{WAY_OUT}{THERE}",
        f"site/search/index.js:1: {PHONE}{THERE}",
    ]
    for _ in ("made", "kept"):
        assert [str(one) for one in built.files(site, project, built.Terms())] == expected
    phone = ("手机号", "139******78", text_digest("13912345678"))
    terms = built.Terms(allowed=frozenset({phone}))
    kinds = {"网页脚本", "无法检查"}
    assert [str(one) for one in built.files(site, project, terms)] == [
        one for one in expected if any(LEAK_RULES[kind] in one for kind in kinds)
    ]
    assert built.pages(site, project, built.Terms()) == []


NAMED = (
    ("b.csv:2", "王"),
    ("b.csv:3", "李"),
    ("c.csv:2", "王"),
    ("c.csv:3", "李"),
    ("c.csv:4", "马"),
)


def test_each_table_of_a_built_site_is_searched_below_its_own_heads(tmp_path: Path) -> None:
    """A row that was clean in one table is gone through once, unless another makes a name of it."""
    rows = "1,王建国\n2,李卫东\n"
    tables = {
        "a-2023": f"编号,地点\n{rows}",
        "a": f"编号,地点\n{rows}3,电话13912345678\n",
        "b": f"编号,姓名\n{rows}",
        "c": f"编号,姓名\n{rows}4,马建军\n",
    }
    for name, text in tables.items():
        (tmp_path / "download").mkdir(exist_ok=True)
        (tmp_path / f"download/{name}.csv").write_text(text, "utf-8")
    project = Project(tmp_path, tmp_path / "data", AS_OF)
    name = "姓名须经本人同意才能公开，现有 {}**"
    assert [str(one) for one in built.files(tmp_path, project, built.Terms())] == [
        f"site/download/a.csv:4: {PHONE}{THERE}",
        *(f"site/download/{at}: {name.format(one)}{WAY_OUT}{THERE}" for at, one in NAMED),
    ]


def test_of_a_table_that_has_changed_only_what_lies_around_the_change_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that goes on in the next line is read as one, wherever the table is parted."""
    searched: list[int] = []

    def counting(*asked: Any, **named: Any) -> Search:
        search = private_search(*asked, **named)

        def counted(text: str) -> Iterable[TextLeak]:
            searched.append(text.count("\n"))
            return search(text)

        return counted

    monkeypatch.setattr("archive.build.leaks.private_search", counting)
    project = Project(tmp_path, tmp_path / "data", AS_OF)
    table = tmp_path / "download/a.csv"
    table.parent.mkdir()
    ends = next(n for n in count() if crc32(f'{n},"{ID[:10]}'.encode()) % built._PIECE == 0)
    rows = [f"{number},样例{number}" for number in range(3000)]

    def found() -> list[str]:
        searched.clear()
        table.write_text("\n".join(["编号,说明", *rows]), "utf-8")
        return [str(one) for one in built.files(tmp_path, project, built.Terms())]

    assert (found(), sum(searched) >= 3000) == ([], True)
    rows[1500] = "1500,另一样例"
    assert (found(), sum(searched) < 1500) == ([], True)
    rows[1500] = f'{ends},"{ID[:10]}\n{ID[10:]}"'
    assert found() == [
        f"site/download/a.csv:1502: 不得公布身份证号，现有 640{'*' * 13}{ID[-2:]}{WAY_OUT}{THERE}"
    ]


def test_pages_of_a_built_site(tmp_path: Path) -> None:
    """Each page by itself, though lines that stand on several are gone through once."""
    pages = {
        "a": "<p>甲</p>\n<pre>\nTODO\n</pre>",
        "b": "<p>甲</p>\n<p>\nTODO\n</p>\n<p>电话13912345678</p>",
        "c": "<p>甲</p>\n<p>电话13912345678</p>",
        "d": "<p>甲</p>",
        "e": "<p>139<strong>1234</strong>5678</p>\n<td>1391234</td><td>5678</td>",
        "f": "<p>139&#49;2345678</p>",
        "g": f"<p>\n{ID[:10]}\n{ID[10:]}</p>",
    }
    for name, body in pages.items():
        (tmp_path / f"{name}.html").write_text(body, "utf-8")
    assert [
        str(one)
        for one in built.pages(tmp_path, Project(tmp_path, tmp_path / "data", AS_OF), built.Terms())
    ] == [
        f"site/b.html:1: 不得公布个人手机号，现有 139******78{WAY_OUT}{THERE}",
        f"site/b.html:1: 公布前须删去草稿标记，现有 TODO{WAY_OUT}{THERE}",
        f"site/c.html:1: {PHONE}{THERE}",
        f"site/e.html:1: {PHONE}{THERE}",
        f"site/f.html:1: {PHONE}{THERE}",
        f"site/g.html:1: 不得公布身份证号，现有 640{'*' * 13}{ID[-2:]}{WAY_OUT}{THERE}",
    ]


@pytest.mark.parametrize("which", ["real", "demo"])
def test_no_false_alarm(which: str, request: pytest.FixtureRequest) -> None:
    data = FROZEN / "data" if which == "real" else request.getfixturevalue("demo_data")
    site = load(archive_of(data))
    asked = (
        rules.texts_hold_nothing_private,
        rules.attachments_hold_nothing_private,
        rules.names_without_consent_are_not_typed,
        rules.exceptions_are_needed,
    )
    assert [problem for rule in asked for problem in rule(site)] == []
    out = request.getfixturevalue(f"{which}_site")
    for name in ("book/report", "figures", "honours"):
        print_file(out, data, name)
    terms = built.Terms(withheld_names(site.archive))
    assert [
        *built.pages(out, site.archive.project, terms),
        *built.files(out, site.archive.project, terms),
    ] == []


def test_a_page_searched_before_is_not_searched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is another, or another name must not be typed; what was found is told again at its line."""
    searched: list[str] = []
    search = rules._in_page

    def counting(page: Page, raw: bytes, names: Collection[str]) -> list[FileLeak]:
        searched.append(page.path)
        return search(page, raw, names)

    monkeypatch.setattr(rules, "_in_page", counting)

    def told(changes: Changes) -> tuple[list[str], list[str]]:
        _LATELY.clear()
        searched.clear()
        site = read(tmp_path, changes)
        found = [str(one) for one in rules.texts_hold_nothing_private(site)]
        return found, sorted(searched)

    page = str(FILES[INDEX])
    first, pages = told({INDEX: f"{page}\n电话13912345678\n"})
    assert (first, INDEX.removeprefix("docs/") in pages) == ([f"{INDEX}:9: {PHONE}"], True)
    assert told({INDEX: f"{page}\n电话13912345678\n"}) == (first, [])
    assert told({INDEX: f"{page}\n\n电话13912345678\n"}) == (
        [f"{INDEX}:10: {PHONE}"],
        ["index.md"],
    )
    monkeypatch.setattr(rules, "_withheld", lambda _: frozenset({"示例人物"}))
    assert told({INDEX: f"{page}\n\n电话13912345678\n"})[1] == pages
