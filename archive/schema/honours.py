"""Honours (data/honours/): what was awarded, for how long, and what became of it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Internal, Narrowed, Public
from archive.schema.kinds import OneOf
from archive.schema.types import Day, DistinctFrom, Expect, Model, Text

Level = Annotated[Text, OneOf("honour_levels")]
Scan = Annotated[
    str,
    StringConstraints(pattern=r"^files/[^\s/][^\s]*$"),
    Expect("以 files/ 开头、不含空格的文件路径", "files/证书.jpg"),
]


class Review(Model):
    """A re-inspection: an event with its own document, never a new honour."""

    date: Public[Day | None] = Field(title="复查日期")
    document: Public[Text | None] = Field(
        title="复查文件", description="文件名和文号", examples=["关于文明单位复查结果的通报"]
    )
    result: Public[Literal["确认保留", "限期整改"]] = Field(title="复查结果")
    until: Public[Day | None] = Field(title="保留至", default=None)


class Withdrawal(Model):
    """That an honour was taken back."""

    date: Public[Day | None] = Field(title="撤销日期")
    reason: Public[Text | None] = Field(title="撤销原因", examples=["复查不合格"])


class Honour(Model):
    """One honour (data/honours/<id>.yml)."""

    title: Public[Text] = Field(title="荣誉名称", examples=["文明单位"])
    prefix: Public[Text | None] = Field(
        title="名称前缀",
        description="名称前有公开时隐去的名称的才写，填它在 data/unit.yml 里的编号",
        examples=["unit_level"],
        default=None,
    )
    recipient: Public[Annotated[Text, OneOf("honour_recipients")]] = Field(title="获奖主体")
    level: Public[Level | None] = Field(title="级别")
    body: Public[Text | None] = Field(
        title="授予单位", description="写全称", examples=["某市精神文明建设委员会"]
    )
    date: Public[Day | None] = Field(title="授予日期")
    basis: Public[Text | None] = Field(
        title="依据文件", description="文件名和文号", examples=["关于表彰文明单位的决定"]
    )
    certificate: Internal[Scan | None] = Field(title="证书扫描件")
    term: Public[Literal["一次性", "届满失效", "届满复查"] | None] = Field(title="期限方式")
    term_end: Public[Day | None] = Field(title="有效期至")
    reviews: Public[tuple[Review, ...]] = Field(title="复查", default=(), strict=False)
    withdrawn: Public[Withdrawal | None] = Field(title="撤销", default=None)
    disclosure: Narrowed = None
    note: Internal[Text | None] = Field(title="备注", examples=["奖牌在档案室"], default=None)
    distinct_from: DistinctFrom = ()
