"""Forms that change what is recorded: begun with what the site shows, merged with what others did since."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.files import bounds, pictures
from archive.files.bounds import TOO_LONG
from archive.proposals.diff.as_markdown import safe
from tests.samples.approvals import ACTIVITIES, ENTERED
from tests.samples.attachments import word
from tests.samples.endless import for_ever
from tests.samples.forms import REFUSED, REGISTER, TITLE, body
from tests.samples.honours import CIVILISED
from tests.samples.measures import SITE, TASK
from tests.samples.office import Office
from tests.samples.pictures import exif, fields, saved
from tests.samples.regulations import DRAFT
from tests.samples.sample import FIGURES, RECORD
from tests.samples.standin import Forge, serving

PATH = "data/volunteering/2024/20240305-a.yml"
HONOUR = "data/honours/civilised.yml"
AGREED = "data/measures/甲.yml"
FILES: dict[str, str | bytes | None] = {
    HONOUR: CIVILISED.replace("prefix: unit_level\n", ""),
    AGREED: TASK,
    **SITE,
}
HELD = {
    "日期": "2024-03-05", "活动名称": "学雷锋进社区", "类别": "学雷锋", "地点": "社区",
    "参加人数": "12", "人均时长": "2.5", "服务人次": "30", "组织科室": "办公室",
    "原始资料": "签到表", "记录人": "办公室",
}  # fmt: skip
"""The record of the sample as its form begins."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, FILES)


def changed(office: Office, kind: str, answered: dict[str, str]) -> str:
    """What is answered to a form that was filed with these answers."""
    number = office.forge.file(TITLE[kind], body(kind, answered))
    return office.formed(number)


def begun(office: Office, id_: str, label: str = "改已有的记录") -> dict[str, str]:
    return {label: f"{id_}#{office.forge.head('main')[:12]}"}


def faults(reply: str) -> list[str]:
    found = [line.removeprefix("- ") for line in reply.splitlines() if line.startswith("- ")]
    assert reply.startswith(REFUSED.format(len(found)))
    return found


ACCEPTED = "已生成拉取请求 #2，审核合并以后生效。"


def test_a_field_is_changed_and_another_is_emptied(office: Office) -> None:
    asked = {**HELD, **begun(office, "20240305-a"), "地点": "公园", "人均时长": "", "总时长": "30"}
    assert changed(office, "volunteering", asked).startswith(ACCEPTED)
    assert office.text("form/1", PATH) == RECORD.replace("place: 社区", "place: 公园").replace(
        "hours_each: 2.5\n", "hours_each:\nhours_total: 30\n"
    )
    assert office.changed("form/1") == {PATH}
    assert office.is_green(2)


def test_what_others_changed_since_stays(office: Office) -> None:
    start = begun(office, "20240305-a")
    office.edit("main", PATH, "participants: 12", "participants: 13")
    assert changed(office, "volunteering", {**HELD, **start, "地点": "公园"}).startswith(ACCEPTED)
    text = office.text("form/1", PATH)
    assert ("place: 公园" in text, "participants: 13" in text) == (True, True)
    number = office.forge.file(
        TITLE["volunteering"], body("volunteering", {**HELD, **start, "参加人数": "14"})
    )
    assert faults(office.formed(number)) == [
        safe(
            "“参加人数”他人已改为 13，表中改为 14，没有写入；请在网站上重新点那条记录的“改”，看过现在的再改"
        )
    ]


def test_by_the_id_alone_only_what_is_answered_changes(office: Office) -> None:
    asked = {"改已有的记录": "20240305-a", "地点": "公园"}
    assert changed(office, "volunteering", asked).startswith(ACCEPTED)
    assert office.text("form/1", PATH) == RECORD.replace("place: 社区", "place: 公园")


def test_another_day_moves_the_record_to_its_year(office: Office) -> None:
    asked = {"改已有的记录": "20240305-a", "日期": "2025-03-06"}
    assert changed(office, "volunteering", asked).startswith(ACCEPTED)
    assert office.changed("form/1") == {PATH, PATH.replace("/2024/", "/2025/")}


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"改已有的记录": "20240305-b"}, "“改已有的记录”须是“志愿服务活动”里已有的，没有 20240305-b，是否为 20240305-a？"),
        ({"改已有的记录": "20240305-a"}, "表里须有改动，现与记录相同；请改了再保存"),
        ({"改已有的记录": "20240305-a", "参加人数": "许多"}, "“参加人数”须为不小于 0、不超过 1000000 的整数，现为 \"许多\"；例如：12"),
        ({"改已有的记录": "20240305-a#0123456789ab", "地点": "公园"}, "这份表须照网站现在的样子填，找不到 0123456789ab 那时的 20240305-a；请在网站上重新点那条记录的“改”"),
        ({"改已有的记录": "../x y", "地点": "公园"}, "“改已有的记录”须记录的编号，现为 ../x y"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_told(office: Office, asked: dict[str, str], fault: str) -> None:
    assert faults(changed(office, "volunteering", asked)) == [safe(fault)]
    assert office.forge.pulls() == []


def test_a_task_is_done(office: Office) -> None:
    asked = {"改已有的记录": "甲", "进展": "已完成", "佐证材料": "验收单\n照片"}
    assert changed(office, "measures", asked).startswith(ACCEPTED)
    text = office.text("form/1", AGREED)
    assert ("state: 已完成\n" in text, "  - 验收单\n  - 照片\n" in text) == (True, True)
    assert office.is_green(2)


def test_an_honour_is_examined_again(office: Office) -> None:
    asked = {"荣誉编号": "civilised", "复查日期": "2026-01-05", "复查文件": "某通报", "复查结果": "确认保留", "保留至": "2028-12-31"}  # fmt: skip
    assert changed(office, "honour_reviews", asked).startswith(ACCEPTED)
    before, after = (office.text(branch, HONOUR) for branch in ("main", "form/1"))
    new = (
        "  - date: 2026-01-05\n    document: 某通报\n    result: 确认保留\n    until: 2028-12-31\n"
    )
    assert after.replace(new, "") == before
    assert office.is_green(2)
    missing = {name: text for name, text in asked.items() if name != "复查日期"}
    number = office.forge.file(TITLE["honour_reviews"], body("honour_reviews", missing))
    assert faults(office.formed(number)) == [safe("“复查日期”须填写，现为空")]


VISITED = {
    "指标编号": "visited", "数值": "96", "时期起始日": "2023-01-01", "时期截止日": "2025-12-31",
    "数据来源": "走访记录", "责任科室": "办公室", "填报岗位": "办公室", "填报日期": "2026-01-05",
    "公开属性": "公开",
}  # fmt: skip


def test_a_figure_is_entered(office: Office) -> None:
    assert changed(office, "figures", VISITED).startswith(ACCEPTED)
    entry = office.text("form/1", REGISTER).partition("visited:")[2]
    for line in ("start: 2023-01-01", "end: 2025-12-31", "value: 96", "source: 走访记录", "by: 办公室", "date: 2026-01-05"):  # fmt: skip
        assert f"{line}\n" in entry
    assert (
        office.text("form/1", REGISTER).partition("visited:")[0] == FIGURES.partition("visited:")[0]
    )
    assert office.is_green(2)


def test_a_counted_or_approved_figure_is_not_entered(tmp_path: Path, office: Office) -> None:
    assert faults(changed(office, "figures", {**VISITED, "指标编号": "activities"})) == [
        safe("这个指标由台账“志愿服务活动”计数得出，须改台账的记录，不直接填数")
    ]
    assert faults(changed(office, "figures", {**VISITED, "指标编号": "visit"})) == [
        safe("“指标编号”须是已有的，没有 visit，是否为 visited？")
    ]
    apart = tmp_path / "apart"
    apart.mkdir()
    with serving(Forge(apart)) as forge:
        signed = Office(apart, forge, {REGISTER: ACTIVITIES + ENTERED})
        assert faults(changed(signed, "figures", {"指标编号": "visited", "数值": "97"})) == [
            safe("visited 已经核定或报送为 96，数值须用“修订或更正指标”表改")
        ]


def test_photographs_become_evidence(office: Office) -> None:
    taken = saved("JPEG", fields(3000, 2000), exif=exif(6), comment=b"taken by", xmp=b"<taken by>")
    attach = office.forge.attach
    answers = {
        **HELD, "活动名称": "植树",
        "佐证材料": f"签到表\n!{attach('IMG_1.jpg', taken)} {attach('方案.docx', word('方案'))}",
    }  # fmt: skip
    assert changed(office, "volunteering", answers).startswith(ACCEPTED)
    record = "data/volunteering/2024/20240305-issue-1.yml"
    picture, plan = (f"docs/files/2024/issue-1-{number}" for number in (1, 2))
    assert office.changed("form/1") == {record, f"{picture}.jpg", f"{plan}.docx"}
    assert (
        "  - 签到表\n  - files/2024/issue-1-1.jpg\n  - files/2024/issue-1-2.docx\n"
        in office.text("form/1", record)
    )
    stored = office.files("form/1")[f"{picture}.jpg"]
    with pictures.opened(stored) as image:
        assert (image.size, dict(image.getexif()), b"Exif" in stored) == ((1333, 2000), {}, False)
    assert (b"taken by" in taken, b"taken by" in stored) == (True, False)
    assert office.is_green(2)


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """A repository that has moved to another forge counts its issues from one again."""
    kept = "docs/files/2024/issue-1-1.jpg"
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {**FILES, kept: saved("JPEG", fields(30, 20))})
        link = forge.attach("a.jpg", saved("JPEG", fields(300, 200)))
        number = forge.file(
            TITLE["volunteering"],
            body("volunteering", {**HELD, "活动名称": "植树", "佐证材料": link}),
        )
        assert faults(office.formed(number)) == [
            safe(f"{kept} 已是别的议题的文件，须不改动；请另填一份")
        ]
        assert forge.pulls() == []


def test_what_cannot_be_stored_is_told(office: Office) -> None:
    links = [
        office.forge.attach("a.exe", b"MZ"),
        office.forge.attach("b.heic", b"\0\0\0\x18ftypheic"),
        f"[c.jpg]({office.forge.api}/user-attachments/files/99/c.jpg)",
    ]
    answers = {**HELD, "活动名称": "植树", "佐证材料": "\n".join(links)}
    told = faults(changed(office, "volunteering", answers))
    assert [one.partition("；")[0] for one in told] == [
        safe("拖进来的文件须是图片，或者以 .pdf、.docx、.xlsx 结尾，现为 a.exe"),
        safe(
            "拖进来的图片（b.heic）须是 PNG、JPEG、WebP 或者 SVG（看内容，不看后缀），现在是 HEIC"
        ),
        safe("拖进来的文件须能取得，c.jpg 现为：平台答复 404"),
    ]
    assert office.forge.pulls() == []


def test_a_picture_that_is_not_read_in_time_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_SECONDS", 0.01)
    monkeypatch.setattr(pictures, "fault", for_ever)
    link = office.forge.attach("a.jpg", saved("JPEG", fields(3, 2)))
    answers = {**HELD, "活动名称": "植树", "佐证材料": link}
    assert faults(changed(office, "volunteering", answers)) == [
        safe(f"拖进来的文件（a.jpg）{TOO_LONG}")
    ]


def test_more_files_than_a_form_takes_are_none_fetched(office: Office) -> None:
    link = office.forge.attach("a.exe", b"MZ")
    links = [link.replace("/a.exe", f"/{number}.exe") for number in range(21)]
    answers = {**HELD, "活动名称": "植树", "佐证材料": "\n".join(links)}
    assert faults(changed(office, "volunteering", answers)) == [
        safe("拖进来的文件须不超过 20 个，现有 21 个；请分几张表交")
    ]


def test_a_name_is_filled_in(office: Office) -> None:
    unit = "data/unit.yml"
    asked = {"名称编号": "bureau", "名称": "样例市", "公开属性": "公开"}
    assert changed(office, "names", asked).startswith(ACCEPTED)
    before, after = (office.text(branch, unit) for branch in ("main", "form/1"))
    old, new = (
        text.partition("  bureau:\n")[2].partition("\n    mask")[0] for text in (before, after)
    )
    assert new == old.replace("value:", "value: 样例市")
    assert "    disclosure: 公开\n" in after
    assert office.changed("form/1") == {unit}
    wrong = office.forge.file(TITLE["names"], body("names", {**asked, "名称编号": "bureu"}))
    assert faults(office.formed(wrong)) == [
        safe("“名称编号”须是已有的，没有 bureu，是否为 bureau？")
    ]


def test_a_regulation_takes_effect(tmp_path: Path) -> None:
    path = "docs/regulations/leave.md"
    with serving(Forge(tmp_path)) as forge:
        office = Office(
            tmp_path, forge, {path: DRAFT.replace("[《请销假制度》](leave.md)", "制度")}
        )
        asked = {
            "制度编号": "leave", "文号": "样例发〔2026〕1号", "发文机关": "样例局", "审议机构": "样例会议",
            "审议通过日期": "2026-01-12", "印发日期": "2026-01-15", "施行日期": "2026-02-01", "是否示范文本": "否",
        }  # fmt: skip
        assert changed(office, "regulations", asked).startswith(ACCEPTED)
        before, after = (office.text(branch, path) for branch in ("main", "form/1"))
        assert after.partition("\n---\n")[2] == before.partition("\n---\n")[2]
        for line in ("number: 样例发〔2026〕1号", "effective: 2026-02-01", "draft: false", "  by: 样例会议", "  date: 2026-01-12"):  # fmt: skip
            assert f"\n{line}\n" in after
        assert office.is_green(2)
        asked["施行日期"] = "二月一日"
        number = forge.file(TITLE["regulations"], body("regulations", asked))
        assert len(faults(office.formed(number))) == 1
