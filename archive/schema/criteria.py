"""Assessment items (data/criteria.yml): what is asked for, and what proves that it is there."""

from typing import Annotated

from pydantic import Field

from archive.schema.disclosure import Internal
from archive.schema.kinds import OneOf
from archive.schema.types import Expect, Model, Text, Word

EvidenceKind = Annotated[Text, OneOf("evidence_kinds")]

MAX_CHARACTERS = 500
"""What a statement may hold."""


class Caption(Model):
    """What must be known of a picture before it proves anything."""

    time: Internal[Text] = Field(title="时间", examples=["2024年3月5日上午"])
    place: Internal[Text] = Field(title="地点", examples=["共建社区"])
    people: Internal[Text] = Field(
        title="人物", description="写岗位或人数，不写姓名", examples=["参加人员12人"]
    )
    theme: Internal[Text] = Field(title="主题", examples=["学雷锋志愿服务"])
    background: Internal[Text] = Field(title="背景", examples=["学雷锋纪念日"])
    cause: Internal[Text] = Field(title="事由", examples=["打扫楼道"])


class Proof(Model):
    """One piece of evidence: of what kind, and where in the archive it is."""

    kind: Internal[EvidenceKind] = Field(title="种类")
    to: Internal[Text] = Field(
        title="所指",
        description="docs/ 下的页面（可以带 #标题编号）、files/ 下的文件，或者荣誉、制度、台账、指标的编号",
        examples=["report/work.md#planning"],
    )
    where: Internal[dict[str, Word]] = Field(
        title="条件",
        description="只用于台账，只计满足条件的记录",
        examples=[{"kind": "学雷锋"}],
        default_factory=dict,
    )
    years: Internal[
        tuple[Annotated[int, Field(ge=1949, le=2099), Expect("四位数的年份，如 2024", 2024)], ...]
    ] = Field(
        title="年份",
        description="只用于页面和文件，不知道的不写；其余由记录得出",
        examples=[[2023, 2024]],
        default=(),
        strict=False,
    )
    caption: Internal[Caption | None] = Field(title="图片说明", default=None)


class Criterion(Model):
    """One assessment item."""

    code: Internal[Text] = Field(
        title="项目编号", description="考评办法里的编号，不得重复", examples=["一（一）"]
    )
    title: Internal[Text] = Field(title="项目名称", examples=["统筹谋划"])
    asks: Internal[Text] = Field(title="要求", examples=["有领导小组，有制度，有记录。"])
    office: Internal[Text | None] = Field(
        title="责任科室", description="谁备齐材料", examples=["办公室"], default=None
    )
    report: Internal[Text | None] = Field(
        title="报告小节", description="与报告无关的留空", examples=["report/work.md#planning"]
    )
    wanted: Internal[tuple[EvidenceKind, ...]] = Field(title="材料种类", strict=False)
    statement: Internal[Text | None] = Field(
        title="说明报告",
        description="不超过 500 字，空白不计；数写作 {指标编号}",
        examples=["三年来开展志愿活动{volunteer_activities}。"],
    )
    evidence: Internal[tuple[Proof, ...]] = Field(title="材料", strict=False)
