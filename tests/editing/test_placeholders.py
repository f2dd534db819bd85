"""What stands for a text and says nothing is refused alike in a file, a form and a sheet."""

import re
from pathlib import Path

import pytest

from archive.editing.forms import parse_form
from archive.schema.fields import fields
from archive.schema.page_models import PAGE_MODELS
from archive.schema.types import is_placeholder
from tests.samples.collections import COLLECTIONS
from tests.samples.desk import LABEL, OTHER, REFUSED, SECOND, Desk
from tests.samples.forms import ACTIVITY, FORMS, body
from tests.samples.sample import RECORD, problems

NOTHING = re.findall(
    r"\S+",
    "无 没有 暂无 无。 （无） 【待定】 待定 待补充 待核实 同上 同上。 如上 略 （略） 不详 未知 不适用 空 叉 〃 ″ \" / ／ \\ | - － — —— ———"
    " _ . … …… …………………………………… × ✕ x XXX xx ＸＸ * *** ＊＊ ? ？？ N/A n/a NA Ｎ／Ａ None null TBD todo ○ △ √",
)  # fmt: skip
SOMETHING = re.findall(
    r"\S+",
    "% ‰ ℃ ￥ 元 人 A K Q 甲 0 5 第1 ㎡ 无锡 无障碍通道 无偿献血 略阳县 空调检修 没有遗漏 待定事项清理 同上年口径相同 叉车技能竞赛"
    " 签到表 “无烟机关”复查 X光室 不详细记录人数 —年— 待本单位确认 哪一级表彰，待本单位确认。",
)
RULE = "须写实际内容，{}，“无”“待定”“同上”“/”一类不算，现为"


@pytest.mark.parametrize("text", NOTHING)
def test_it_says_nothing(text: str) -> None:
    assert is_placeholder(text)
    assert is_placeholder(f" {text}\u3000")


@pytest.mark.parametrize("text", SOMETHING)
def test_it_says_something(text: str) -> None:
    assert not is_placeholder(text)


def test_in_a_file(tmp_path: Path) -> None:
    text = RECORD.replace("学雷锋进社区", "同上").replace("[]", '\n  - 签到表\n  - "/"')
    file = "data/volunteering/2024/20240305-a.yml"
    assert problems(tmp_path, {file: f"{text}note: 无\n"}) == [
        f'{file}:2: title（活动名称）{RULE.format("不能空着")} "同上"；例如：title: 学雷锋进社区',
        f'{file}:12: evidence.2（佐证材料）{RULE.format("没有的不列")} "/"；请删去这一项',
        f'{file}:15: note（备注）{RULE.format("没有的空着")} "无"；请改为：note:',
    ]  # fmt: skip


def test_in_a_form() -> None:
    answers = {**ACTIVITY, "活动名称": "待定", "佐证材料": "签到表\n- 〃", "备注": "N/A"}
    assert parse_form(body("volunteering", answers), FORMS["volunteering"]) == [
        f'title（活动名称）{RULE.format("不能空着")} "待定"；例如：title: 学雷锋进社区',
        f'evidence.2（佐证材料）{RULE.format("没有的不列")} "〃"；请删去这一项',
        f'note（备注）{RULE.format("没有的空着")} "N/A"；请改为：note:',
    ]  # fmt: skip


def test_in_a_sheet(filled: Desk) -> None:
    filled.cells({(3, "活动名称"): "略", (3, "佐证材料"): "签到表\n—", (3, "备注"): "暂无"})
    assert filled.text(SECOND) == OTHER
    assert filled.unwritten("--write") == (
        1,
        [
            f'{LABEL} 第 3 行 C 列（活动名称）：{RULE.format("不能空着")} "略"；请重新填写',
            f'{LABEL} 第 3 行 L 列（佐证材料）：{RULE.format("没有的不列")} "—"；没有的请清空',
            f'{LABEL} 第 3 行 P 列（备注）：{RULE.format("没有的空着")} "暂无"；没有的请清空',
        ],
        f"问题 3 处。{REFUSED}",
    )  # fmt: skip


def test_no_word_that_a_field_offers_is_one() -> None:
    """A choice of 无 would be a true value, so nothing that is chosen is asked the question."""
    models = [one.model for one in COLLECTIONS.values()] + [*PAGE_MODELS.values()]
    words = {word for model in models for one in fields(model).values() for word in one.value.words}
    assert {word for word in words if is_placeholder(word)} == set()
