"""Assessment items (data/criteria.yml): what is asked for, and what proves that it is there."""

from typing import Annotated, Literal

from pydantic import Field

from archive.schema.types import Expect, Model, Text, Word

Kind = Literal[
    "说明报告", "正式文件", "会议记录", "方案", "总结", "图片", "数据表格", "链接",
]  # fmt: skip
"""The kinds of evidence, in the order of the matrix."""

MOST_CHARACTERS = 500
"""What a 说明报告 may hold."""


class Caption(Model):
    """What must be known of a picture before it proves anything."""

    time: Text = Field(title="时间")
    place: Text = Field(title="地点")
    people: Text = Field(title="人物")
    theme: Text = Field(title="主题")
    background: Text = Field(title="背景")
    cause: Text = Field(title="事由")


class Proof(Model):
    """One piece of evidence: of what kind, and where in the archive it is."""

    kind: Kind = Field(title="种类")
    to: Text = Field(title="所指")
    where: dict[str, Word] = Field(title="条件", default_factory=dict)
    years: tuple[
        Annotated[int, Field(ge=1949, le=2099), Expect("四位数的年份，如 2024", 2024)], ...
    ] = Field(title="年份", default=(), strict=False)
    caption: Caption | None = Field(title="图片说明", default=None)


class Criterion(Model):
    """One assessment item."""

    code: Text = Field(title="项目编号")
    title: Text = Field(title="项目名称")
    asks: Text = Field(title="要求")
    report: Text | None = Field(title="报告小节")
    wanted: tuple[Kind, ...] = Field(title="材料种类", strict=False)
    statement: Text | None = Field(title="说明报告")
    evidence: tuple[Proof, ...] = Field(title="材料", strict=False)
