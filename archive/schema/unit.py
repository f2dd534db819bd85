"""Names and settings of the site (data/unit.yml) and set phrases (data/phrases.yml)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Internal, Public, Stated
from archive.schema.types import USUAL_ZONE, Count, Expect, Flag, Mask, Model, Span, Text, TimeZone


class HiddenName(Model):
    """A name used across the site, and the mask shown until it is known."""

    meaning: Internal[Text] = Field(title="含义", examples=["本单位名称中“统计局”之前的部分"])
    person: Public[Flag] = Field(title="是否人名")
    value: Public[Text | None] = Field(title="名称", examples=["示例市"])
    mask: Public[Mask] = Field(title="掩码")
    disclosure: Public[Stated] = Field(
        title="公开属性", description="写“公开”的，公开版里才显示名称", default=None
    )


class Repository(Model):
    """Where the sources are kept, for the edit links."""

    forge: Internal[Literal["github", "gitlab", "gitea", "forgejo"] | None] = Field(
        title="托管平台"
    )
    address: Internal[
        Annotated[
            str,
            StringConstraints(pattern=r"""^https?://[^\s<>"']+[^/\s<>"']$"""),
            Expect("以 http 开头的网址"),
        ]
        | None
    ] = Field(title="仓库网址", examples=["https://git.example/wenming/archive"])
    branch: Internal[Text | None] = Field(title="分支", examples=["main"])


class Unit(Model):
    """data/unit.yml."""

    demonstration: Public[Flag] = Field(title="是否演示数据")
    record_period: Public[Span] = Field(title="建档期间")
    repository: Public[Repository] = Field(title="代码仓库")
    time_zone: Public[TimeZone] = Field(
        title="时区",
        description=f"“今天”和提交的日期按它计算；不写的，为 {USUAL_ZONE}",
        default=USUAL_ZONE,
    )
    least_people: Internal[Count | None] = Field(
        title="可公开的最小人数",
        description="人数、人次小于它的，公开版里隐去；空着的，一律隐去",
        default=None,
    )
    reviews_required: Internal[Flag] = Field(
        title="发布须经三审",
        description="写 true 的，没有初审、复审、终审签字的不予发布",
        default=False,
    )
    one_post_signs: Internal[Flag] = Field(
        title="准许一个岗位签几步",
        description="填报、审核、核定可以由同一岗位签的，写 true",
        default=False,
    )
    one_person_registers: Internal[Flag] = Field(
        title="准许一人登记三审",
        description="初审、复审、终审的签字可以由同一人提交的，写 true",
        default=False,
    )
    names: Public[dict[str, HiddenName]] = Field(title="名称")


class Phrase(Model):
    """A set phrase that holds a numeral and is no figure."""

    text: Public[Text] = Field(
        title="用语", description="原文，一字不差，写得越完整越好", examples=["第五次全国经济普查"]
    )
    kind: Public[Literal["政治提法", "专名", "届次", "期间", "惯用语"]] = Field(title="类别")
    note: Internal[Text | None] = Field(title="说明", examples=["普查的名称"])
