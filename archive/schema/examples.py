"""Typical examples (front matter of docs/examples/<id>.md); the story is the page itself."""

from typing import Annotated, Literal

from pydantic import Field

from archive.schema.disclosure import Internal, Public
from archive.schema.front import PageMeta
from archive.schema.kinds import OneOf
from archive.schema.types import Day, Model, Span, Text

ExampleKind = Annotated[Text, OneOf("example_kinds")]


class Consent(Model):
    """Whether the person agrees to be named: 已取得 (when), 不需要 (why), 未取得: name withheld."""

    status: Public[Literal["已取得", "不需要", "未取得"]] = Field(title="本人同意")
    date: Internal[Day | None] = Field(title="取得日期")
    reason: Internal[Text | None] = Field(title="理由", examples=["本例不写姓名"])


class Example(PageMeta):
    """Front matter of a typical example."""

    description: Public[Text] = Field(title="页面说明", examples=["志愿服务队上门为居民服务"])
    kind: Public[ExampleKind] = Field(title="类别")
    person: Public[Text | None] = Field(
        title="人物", description="填 data/unit.yml 里的人名编号", examples=["veteran_member"]
    )
    honour: Public[Text | None] = Field(
        title="所获荣誉",
        description="填 data/honours/ 里的编号（文件名）",
        examples=["civilised-unit"],
    )
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"])
    period: Public[Span] = Field(title="时间")
    consent: Public[Consent] = Field(title="公开姓名")
