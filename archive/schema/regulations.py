"""Regulations (front matter of docs/regulations/<id>.md); the articles are the page itself."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from archive.schema.disclosure import Public
from archive.schema.front import PageMeta
from archive.schema.kinds import OneOf
from archive.schema.types import Day, Expect, Flag, LongText, Model, Text


def _written(value: Any) -> Any:
    """An article's number as text: 12 is written without quotes, 3-1 cannot be anything else."""
    return str(value) if type(value) is int else value


Category = Annotated[Text, OneOf("regulation_categories")]
DocumentNumber = Annotated[
    str,
    StringConstraints(pattern=r"^(?:待补|无文号|[^\s〔〕]+〔[0-9]{4}〕[1-9][0-9]*号)$"),
    Expect("待补（还不知道）、无文号（没有），或者文号，年份用六角括号，如 〔2024〕5号", "待补"),
]
ArticleId = Annotated[
    str,
    BeforeValidator(_written),
    StringConstraints(pattern=r"^[1-9][0-9]*(?:-[1-9][0-9]*)?$"),
    Expect(
        "条的编号，第十二条写作 12，第三条之一写作 3-1", "3-1", {"type": "integer", "minimum": 1}
    ),
]


class Adoption(Model):
    """Who adopted a regulation, and when."""

    by: Public[Text | None] = Field(title="审议机构", examples=["局党组会议"])
    date: Public[Day | None] = Field(title="审议通过日期")


class FormerText(Model):
    """What an article said until an amendment."""

    article: Public[ArticleId] = Field(title="条", examples=["12"])
    text: Public[LongText] = Field(
        title="修改前的条文",
        description="照修改前的文本抄，写法与正文一样；不知道原文的，这一条不写",
        examples=["请假三个工作日以内的，由科室负责人批准。"],
    )


class Amendment(Model):
    """One amendment: an event of its own, the text of the page being the amended one.

    The text in force before it is the later text with this undone: what was added taken out, what was
    changed as it was. Of an article that is in neither list, it is not known what it was.
    """

    date: Public[Day] = Field(title="修改日期")
    articles: Public[tuple[ArticleId, ...]] = Field(
        title="修改的条", examples=[["12", "3-1"]], strict=False
    )
    summary: Public[Text] = Field(title="修改内容", examples=["调整请假审批权限"])
    added: Public[tuple[ArticleId, ...]] = Field(
        title="增加的条",
        description="修改的条里，这一次才有的",
        examples=[["3-1"]],
        default=(),
        strict=False,
    )
    before: Public[tuple[FormerText, ...]] = Field(title="修改前的条文", default=(), strict=False)


class Regulation(PageMeta):
    """Front matter of a regulation."""

    category: Public[Category] = Field(title="类别")
    number: Public[DocumentNumber] = Field(title="文号")
    issuing_body: Public[Text | None] = Field(
        title="发文机关", description="写全称", examples=["某市某局"]
    )
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"])
    adopted: Public[Adoption] = Field(title="审议通过")
    issued: Public[Day | None] = Field(title="印发日期")
    effective: Public[Day | None] = Field(title="施行日期")
    expires: Public[Day | None] = Field(title="有效期至")
    repealed: Public[Day | None] = Field(title="废止日期", default=None)
    review_due: Public[Day | None] = Field(title="复审日期")
    replaces: Public[tuple[Text, ...]] = Field(
        title="所代替的制度",
        description="填制度的编号（文件名，不带 .md）",
        examples=[["leave"]],
        strict=False,
    )
    replaced_by: Public[Text | None] = Field(
        title="代替它的制度",
        description="填制度的编号（文件名，不带 .md）；空着的，就是 replaces 里写着它的那一项",
        examples=["leave"],
        default=None,
    )
    amendments: Public[tuple[Amendment, ...]] = Field(title="修改记录", strict=False)
    draft: Public[Flag] = Field(title="是否示范文本")
