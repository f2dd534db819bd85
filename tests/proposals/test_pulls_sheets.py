"""Filled workbooks uploaded in an issue: taken whole or not at all, answered, followed by the pull request."""

import io
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from archive.commands.pulls import FORGES
from archive.editing.sheet import opening
from archive.editing.sheet.export import export
from archive.facts.project import Project
from archive.facts.site import load
from archive.files import bounds
from archive.proposals.diff.as_markdown import safe
from archive.proposals.pulls.attached import attached
from archive.proposals.pulls.forge import ForgeError
from tests.samples.attachments import word
from tests.samples.desk import LABEL, LAST, OTHER, ROW, SECOND, THIRD, put
from tests.samples.endless import for_ever
from tests.samples.forms import COUNTED, REFUSED, REGISTER, REVISED, TITLE, WHY, body
from tests.samples.office import Office
from tests.samples.pictures import exif, fields, saved
from tests.samples.standin import NAME, Forge, serving

ADDED = "data/volunteering/2025/20250312-01.yml"
FILES: dict[str, str | bytes | None] = {SECOND: OTHER, THIRD: LAST}
DAY = "2026-03-01"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, FILES)


def workbook(
    office: Office, change: Callable[[Any], object] | None = None, name: str = "volunteering"
) -> bytes:
    """The workbook as the default branch has it, filled in."""
    root = office.clone("main")
    raw = export(load(Project(root, root / "data", date.fromisoformat(DAY))), name)
    if change is None:
        return raw
    book = openpyxl.load_workbook(io.BytesIO(raw))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(values: dict[tuple[int, str], Any]) -> Callable[[Any], object]:
    return lambda book: put(book[LABEL], values)


NEW = cells({(5, head): value for head, value in ROW.items()})


def text(office: Office, raw: bytes, **answered: str) -> str:
    return body("sheet", {"表格": office.forge.attach("填报表.xlsx", raw), **answered})


def uploaded(office: Office, raw: bytes, **answered: str) -> int:
    return office.forge.file(TITLE["sheet"], text(office, raw, **answered))


def again(office: Office, number: int, raw: bytes, **answered: str) -> str:
    """The author edits the issue; what is answered."""
    office.forge.issues[number]["body"] = text(office, raw, **answered)
    return office.formed(number)


def lines(reply: str) -> list[str]:
    return [line.removeprefix("- ") for line in reply.splitlines() if line.startswith("- ")]


def refused(reply: str) -> list[str]:
    found = lines(reply)
    assert reply.startswith(REFUSED.format(len(found)))
    return found


def test_a_sheet_becomes_a_pull_request_and_a_better_one_the_same(office: Office) -> None:
    number = uploaded(office, workbook(office, NEW))
    reply = office.formed(number)
    assert reply.startswith("已生成拉取请求 #2，审核合并以后生效。")
    told = lines(reply)
    assert told[0] == safe(f"新增 {ADDED}（植树，第 5 行）")
    assert safe("  总时长：6.5") in told
    assert told[-1] == safe("开展活动所在：一、组织 · （一）统筹")
    assert office.changed("form/1") == {ADDED}
    assert office.is_green(2)
    better = {(5, head): value for head, value in {**ROW, "总时长": 7.5}.items()}
    reply = again(office, number, workbook(office, cells({**better, (3, "地点"): "新林场"})))
    assert reply.startswith("已生成拉取请求 #2，")
    assert office.forge.pulls() == [2]
    assert office.changed("form/1") == {ADDED, SECOND}
    assert "hours_total: 7.5\n" in office.text("form/1", ADDED)


def test_figures_and_names_come_by_sheet(office: Office) -> None:
    entered = {
        "数值": 96, "时期起始日": "2023-01-01", "时期截止日": "2025-12-31", "数据来源": "走访记录",
        "责任科室": "办公室", "公开属性": "公开", "填报岗位": "办公室", "填报日期": "2026-02-01",
    }  # fmt: skip
    figures = {(2, head): value for head, value in entered.items()}
    raw = workbook(office, lambda book: put(book["指标登记"], figures), "figures")
    assert office.formed(uploaded(office, raw)).startswith("已生成拉取请求 #2，")
    assert (office.changed("form/1"), office.is_green(2)) == ({REGISTER}, True)
    unit = "data/unit.yml"
    names = {(2, "名称"): "样例市"}
    raw = workbook(office, lambda book: put(book["名称"], names), "names")
    number = uploaded(office, raw)
    assert office.formed(number).startswith("已生成拉取请求 #4，")
    assert (office.changed("form/3"), office.is_green(4)) == ({unit}, True)
    office.edit("form/3", unit, 'mask: "***"', 'mask: "****"')
    raw = workbook(
        office, lambda book: put(book["名称"], {**names, (2, "公开属性"): "公开"}), "names"
    )
    assert again(office, number, raw).startswith("已生成拉取请求 #4，")
    there = office.text("form/3", unit).partition("  bureau:\n")[2]
    assert there == (
        '    meaning: 本单位\n    person: false\n    value: 样例市\n    mask: "****"\n    disclosure: 公开\n'
    )


def test_photographs_come_with_the_sheet(office: Office) -> None:
    taken = saved("JPEG", fields(300, 200), exif=exif(6))
    attach = office.forge.attach
    rows = {
        **{(5, head): value for head, value in ROW.items()},
        (5, "佐证材料"): "签到表\n合影.JPG\nIMG_2.png",
        (3, "佐证材料"): "方案.docx",
    }
    links = [
        f"!{attach('合影.jpg', taken)} {attach('方案.docx', word('方案'))}",
        # GitHub tells the name of a picture without its suffix.
        f'<img width="9" alt="IMG_2" src="{attach("x", saved("PNG", fields(30, 20)))[4:-1]}" />',
    ]
    number = uploaded(office, workbook(office, cells(rows)), 照片和文件="\n".join(links))
    assert office.formed(number).startswith("已生成拉取请求 #2，")
    kept = {f"docs/files/2026/issue-1-{at}" for at in ("1.jpg", "2.docx", "3.png")}
    assert office.changed("form/1") == {ADDED, SECOND, *kept}
    assert (
        "  - 签到表\n  - files/2026/issue-1-1.jpg\n  - files/2026/issue-1-3.png\n"
        in office.text("form/1", ADDED)
    )
    assert "evidence:\n  - files/2026/issue-1-2.docx\n" in office.text("form/1", SECOND)
    assert b"Exif" not in office.files("form/1")["docs/files/2026/issue-1-1.jpg"]
    assert office.is_green(2)


def test_files_and_rows_that_do_not_meet_are_told(office: Office) -> None:
    rows = {**{(5, head): value for head, value in ROW.items()}, (5, "佐证材料"): "合影.jpg"}
    link = office.forge.attach("合照.jpg", saved("JPEG", fields(300, 200)))
    number = uploaded(office, workbook(office, cells(rows)), 照片和文件=link)
    assert refused(office.formed(number)) == [
        safe(one)
        for one in (
            f"{LABEL} 第 5 行 L 列（佐证材料）：须是拖进“照片和文件”一栏的文件，没有 合影.jpg；请拖进来，或者改正文件名",
            "“照片和文件”一栏里的 合照.jpg 须写在表里某一行的“佐证材料”里，现在没有一行写它；请在那一格写上文件名，或者把它从这一栏删去",
        )
    ]
    reply = again(
        office,
        number,
        workbook(office, NEW),
        照片和文件=f"{link} {office.forge.attach('合照二.jpg', b'x')}",
    )
    assert refused(reply)[-1] == safe(
        "拖进来的文件须是图片，或者以 .pdf、.docx、.xlsx 结尾，现为 合照二.jpg；请另存以后重新拖进来"
    )
    assert office.forge.pulls() == []


def test_nothing_is_written_in_part(office: Office) -> None:
    wrong = {(5, head): value for head, value in {**ROW, "参加人数": "三个"}.items()}
    number = uploaded(office, workbook(office, cells({**wrong, (3, "地点"): "新林场"})))
    assert refused(office.formed(number)) == [
        safe(
            f'{LABEL} 第 5 行 F 列（参加人数）：须为不小于 0、不超过 1000000 的整数，现为 "三个"；请改为：3'
        )
    ]
    assert (office.forge.head("form/1"), office.forge.pulls()) == ("", [])
    assert again(office, number, workbook(office, NEW)).startswith("已生成拉取请求 #2，")


def test_a_stale_sheet_merges_or_lists_its_conflicts(office: Office) -> None:
    raw = workbook(office, cells({(3, "地点"): "新林场"}))
    office.edit("main", SECOND, "participants: 12", "participants: 13")
    number = uploaded(office, raw)
    assert office.formed(number).startswith("已生成拉取请求 #2，")
    there = office.text("form/1", SECOND)
    assert ("place: 新林场" in there, "participants: 13" in there) == (True, True)
    office.edit("main", SECOND, "place: 社区", "place: 公园")
    (conflict,) = refused(again(office, number, raw))
    assert conflict.startswith(safe(f"冲突 {SECOND}（植树，{LABEL} 第 3 行）"))
    assert safe("地点：导出时 社区，他人已改为 公园，表中改为 新林场") in conflict


def test_what_a_reviewer_changed_on_the_branch_stays(office: Office) -> None:
    number = uploaded(office, workbook(office, cells({(3, "地点"): "新林场"})))
    office.formed(number)
    office.edit("form/1", SECOND, "participants: 12", "participants: 13")
    reply = again(
        office, number, workbook(office, cells({(3, "地点"): "公园", (4, "地点"): "路口"}))
    )
    assert reply.startswith("已生成拉取请求 #2，")
    there = office.text("form/1", SECOND)
    assert ("place: 公园" in there, "participants: 13" in there) == (True, True)
    assert "place: 路口" in office.text("form/1", THIRD)
    # A row that the better sheet changes no more is as it was.
    again(office, number, workbook(office, cells({(3, "地点"): "公园"})))
    assert office.changed("form/1") == {SECOND}


def test_approved_figures_move_only_with_a_reason(tmp_path: Path) -> None:
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {**FILES, SECOND: None, THIRD: None, REGISTER: COUNTED})
        row = {(3, head): value for head, value in ROW.items()}
        raw = workbook(office, cells(row))
        number = uploaded(office, raw)
        (fault,) = refused(office.formed(number))
        assert fault.startswith(safe("已经核定的数因这份表而变，须填写“修订或更正”"))
        assert again(office, number, raw, **WHY).startswith("已生成拉取请求 #2，")
        assert office.changed("form/1") == {REGISTER, ADDED}
        assert REVISED in office.text("form/1", REGISTER)
        same = workbook(office, cells({(2, "地点"): "公园"}))
        assert refused(again(office, number, same, **WHY))[0].startswith(
            safe("没有已经核定的数因这份表而变，")
        )


def test_a_column_sorted_alone_is_asked_about(tmp_path: Path) -> None:
    names = [f"地点{number}" for number in range(8)]
    files: dict[str, str | bytes | None] = {
        f"data/volunteering/2024/n{at}.yml": OTHER.replace("place: 社区", f"place: {name}").replace(
            "植树", f"植树{at}"
        )
        for at, name in enumerate(names)
    }
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, files)

        def sorted_alone(book: Any) -> None:
            sheet = book[LABEL]
            column = next(cell.column for cell in sheet[1] if cell.value == "地点")
            held = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
            for row, value in enumerate(held[::-1], 2):
                sheet.cell(row, column).value = value

        raw = workbook(office, sorted_alone)
        number = uploaded(office, raw)
        (asked,) = refused(office.formed(number))
        assert asked.endswith(safe("在“许多值换到了别的记录”一栏选“确要这样改”"))
        assert again(office, number, raw, 许多值换到了别的记录="确要这样改").startswith(
            "已生成拉取请求"
        )


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("我的表在桌面上", "“表格”一栏须有一个拖进来的文件，现没有"),
        ("https://elsewhere.example/user-attachments/files/1/a.xlsx", "须有一个拖进来的文件，现没有"),
        ("{api}/user-attachments/files/9/a.xlsx", "a.xlsx 现为：平台答复 404；请删去这个链接"),
        ("{file}\n{file2}", "须只有一个拖进来的文件，现有 2 个"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_told(office: Office, answer: str, fault: str) -> None:
    links = {name: office.forge.attach("a.xlsx", b"PK") for name in ("file", "file2")}
    answered = {"表格": answer.format(api=office.forge.api, **links)}
    number = office.forge.file(TITLE["sheet"], body("sheet", answered))
    (told,) = refused(office.formed(number))
    assert safe(fault) in told
    assert office.forge.pulls() == []


def test_what_is_no_workbook_is_told(office: Office) -> None:
    number = uploaded(office, b"a,b\n1,2\n")
    assert refused(office.formed(number)) == [
        safe("须为 .xlsx 文件，现为别的内容；CSV 等不带格式的文件会丢掉编号和日期，请填导出的表")
    ]
    assert refused(again(office, number, workbook(office))) == [
        safe("表里须有改动，现与记录相同；请看是否传错了文件，或者填好以后没有保存")
    ]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("github", "[表.xlsx](https://git.example/user-attachments/files/12/a.xlsx)", ["/user-attachments/files/12/a.xlsx"]),
        ("github", "https://git.example/ju/dangan/files/12/%E8%A1%A8.xlsx", ["/ju/dangan/files/12/%E8%A1%A8.xlsx"]),
        ("github", '<img src="https://git.example/user-attachments/assets/1b-2c" width="9">', ["/user-attachments/assets/1b-2c"]),
        ("github", "https://git.example/settings/tokens http://git.example/user-attachments/files/1/a", []),
        ("github", "https://git.example.evil.example/user-attachments/files/1/a", []),
        ("github", "https://git.example@evil.example/user-attachments/files/1/a", []),
        ("gitea", "[表.xlsx](/attachments/0a1b-2c)", ["/attachments/0a1b-2c"]),
        ("forgejo", "https://git.example/ju/dangan/attachments/0a1b-2c", ["/ju/dangan/attachments/0a1b-2c"]),
        ("gitea", "https://git.example/attachments/../api/v1/user /attachments/../x", []),
        ("gitlab", "[表.xlsx](/uploads/0123456789abcdef0123456789abcdef/表.xlsx)", ["/uploads/0123456789abcdef0123456789abcdef/表.xlsx"]),
        ("gitlab", "/uploads/x/../../api/v4/user https://git.example/ju/dangan/-/settings", []),
        ("forgejo", "//evil.example/attachments/1 [x](//evil.example/attachments/1)", []),
        # Another repository there leads wherever its owner says, as with a wiki on another server.
        ("gitea", "https://git.example/mallory/x/wiki/attachments/1 /mallory/x/attachments/1", []),
        ("forgejo", "https://git.example/ju/dangan/wiki/attachments/1 /ju/../attachments/1", []),
        ("github", "https://git.example/mallory/x/files/1/a.xlsx https://git.example/ju/dangan/../files/1", []),
        ("github", "https://git.example:8443/user-attachments/files/1/a http://u@git.example/user-attachments/files/1/a", []),
        ("github", "https://git.example/user-attachments/files/1/..%2F..%2Fa https://git.example/user-attachments/files/1/%2e%2e", []),
        ("github", "https://git.example/user-attachments/files/\u0661/a", []),
        ("github", "https://a\u2100b.example/ https://git.example/user-attachments/files/1/a", ["/user-attachments/files/1/a"]),
        ("gitlab", "/uploads/0123456789abcdef0123456789abcdef/.. /uploads/0123456789abcdef0123456789abcdef/..%5Ca", []),
        ("gitea", "/attachments/0a?redirect_to=//evil.example /attachments/0a#x", ["/attachments/0a"]),
    ],
)  # fmt: skip
def test_only_what_is_attached_is_fetched(kind: str, text: str, found: list[str]) -> None:
    forge = FORGES[kind](kind, "https://git.example/api/v1", NAME, "t", "https://git.example")
    assert attached(forge, [text]) == [f"https://git.example{path}" for path in found]


def test_a_forge_below_a_path_has_what_is_attached_below_it() -> None:
    forge = FORGES["gitea"]("gitea", "", NAME, "t", "https://git.example/code")
    text = (
        "/attachments/1 /code/attachments/2 https://git.example/code/ju/dangan/attachments/3"
        " https://git.example/attachments/4 https://git.example/codes/attachments/5"
    )
    found = ["attachments/1", "attachments/2", "ju/dangan/attachments/3"]
    assert attached(forge, [text]) == [f"https://git.example/code/{path}" for path in found]


def test_the_token_stays_with_the_forge() -> None:
    asked: list[str | None] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Authorization"])
            if self.path == "/kept":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"x" * 9)
                return
            scheme = "ftp" if self.path.endswith("ftp") else "http"
            self.send_response(302)
            self.send_header("Location", f"{scheme}://localhost:{store.server_port}/kept")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as home,
        ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as store,
    ):
        threads = [threading.Thread(target=one.serve_forever) for one in (home, store)]
        for thread in threads:
            thread.start()
        address = f"http://127.0.0.1:{home.server_port}"
        forge = FORGES["github"]("github", address, NAME, "t", address)
        assert forge.fetch(f"{address}/user-attachments/files/1/a", 9) == b"x" * 9
        with pytest.raises(ForgeError, match=r"^超过 0 MB$"):
            forge.fetch(f"{address}/user-attachments/files/1/a", 8)
        with pytest.raises(ForgeError, match=r"^平台答复 302$"):
            forge.fetch(f"{address}/user-attachments/files/1/ftp", 9)
        with pytest.raises(ForgeError, match=r"^须能访问平台"):  # what it is led to is no JSON
            forge.call("GET", "")
        for server in (home, store):
            server.shutdown()
        for thread in threads:
            thread.join()
    assert asked == [*["Bearer t", None] * 2, "Bearer t", "Bearer t", None]


def test_what_takes_a_minute_to_read_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_SECONDS", 0.01)
    monkeypatch.setattr(opening, "_judge", for_ever)
    number = uploaded(office, workbook(office))
    assert refused(office.formed(number)) == [
        safe("文件须在一分钟里读完，现在没有读完；请分成几份，或者另存一份再试")
    ]
