"""The register of figures (data/figures.yml)."""

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field

from archive.schema.approximation import FORMS
from archive.schema.disclosure import Internal, Public, Stated
from archive.schema.types import Amount, Day, Expect, Flag, Mask, Model, Span, Text, Word


class Period(Span):
    """The reference period (时期: start to end) or reference date (时点: end alone)."""

    kind: Public[Literal["时期", "时点"]] = Field(title="时期或时点")


class Counted(Model):
    """How a figure is counted from a collection."""

    collection: Public[Text] = Field(
        title="台账", description="台账的目录名", examples=["volunteering"]
    )
    measure: Public[Literal["count", "sum", "distinct"]] = Field(
        title="算法", description="count 计条数，sum 求和，distinct 去重计数"
    )
    field: Public[Text | None] = Field(
        title="字段",
        description="求和或去重的字段；计条数的不填",
        examples=["participants"],
        default=None,
    )
    where: Public[dict[str, Word]] = Field(
        title="条件",
        description="只计满足条件的记录，各条件须同时满足",
        examples=[{"kind": "学雷锋"}],
        default_factory=dict,
    )


class Signature(Model):
    """Who did a step, and when."""

    by: Internal[Text | None] = Field(
        title="岗位", description="写岗位，不写姓名", examples=["办公室"]
    )
    date: Public[Day | None] = Field(title="日期")


class Approval(Signature):
    """The last step, and the value that it approved: that one stays, however the records change."""

    value: Internal[Amount | None] = Field(
        title="核定数", description="核定的准确数，核定时写下，此后不改", default=None
    )


Kind = Literal["修订", "更正"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Revision(Model):
    """修订 (better data came in) or 更正 (a mistake was mended): two different events."""

    kind: Public[Kind] = Field(title="种类")
    date: Public[Day] = Field(title="日期", description="作出修订或更正的那一天")
    old: Public[Amount] = Field(title="原数", description="改动以前的准确数")
    new: Public[Amount] = Field(title="新数", description="改动以后的准确数")
    reason: Public[Text] = Field(title="原因", examples=["漏计一组"])
    by: Internal[Text | None] = Field(
        title="核定岗位",
        description="核定这次改动的岗位，不写姓名",
        examples=["分管领导"],
        default=None,
    )


PEOPLE_UNITS = ("人", "名", "人次", "户")
"""Units that count people, unless a figure says otherwise: 第二名 is a place."""


class Figure(Model):
    """An entry of the register (data/figures.yml)."""

    name: Public[Text] = Field(title="指标名称", examples=["开展志愿服务活动"])
    unit: Public[Text] = Field(title="计量单位", examples=["次"])
    mask: Public[Mask | None] = Field(title="掩码", description="没有数值时显示的星号")
    definition: Public[Text] = Field(title="统计口径", examples=["本单位组织的志愿服务活动次数。"])
    method: Public[Text] = Field(title="计算方法", examples=["志愿服务活动记录的条数。"])
    people: Public[Flag | None] = Field(
        title="是否人数",
        description="计的是人数、人次的写 true，不是的写 false；不写的，看计量单位",
        default=None,
    )
    part_of: Public[Text | None] = Field(
        title="属于",
        description="是哪个指标的其中数，填它的编号",
        examples=["volunteer_activities"],
        default=None,
    )
    counted: Public[Counted | None] = Field(title="计数规则", default=None)
    period: Public[Period] = Field(title="时期或时点")
    source: Public[Text | None] = Field(title="数据来源", examples=["志愿服务活动记录"])
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"])
    decimals: Public[Annotated[int, Field(ge=0, le=4), Expect(" 0 至 4 的整数", 0)]] = Field(
        title="修约位数", description="页面上保留几位小数"
    )
    disclosure: Public[Stated] = Field(
        title="公开属性", description="写“公开”的，公开版里才显示数值"
    )
    approximation: Public[Text | None] = Field(
        title="约数写法",
        description=f"用约数的才有，不写单位：{FORMS}；“…”处写数，或者照写“…”，由准确数得出",
        examples=["近百"],
        default=None,
    )
    value: Public[Amount | None] = Field(title="数值", description="由台账计数的不填", default=None)
    complete_through: Public[Day | None] = Field(
        title="资料齐全至", description="由台账计数的才填；到时期末才显示数值", default=None
    )
    prepared: Public[Signature] = Field(title="填报")
    reviewed: Public[Signature] = Field(title="审核")
    approved: Public[Approval] = Field(title="核定")
    revisions: Public[tuple[Revision, ...]] = Field(title="修订与更正", default=(), strict=False)
    retired: Public[Day | None] = Field(title="停用日期", default=None)
    note: Internal[Text | None] = Field(title="备注", examples=["口径与上年相同"])

    @property
    def settled(self) -> Decimal | None:
        """The value that was approved last, by a revision or at first; None if none is recorded."""
        return self.revisions[-1].new if self.revisions else self.approved.value

    @property
    def counts_people(self) -> bool:
        """Whether it counts people, so that a small number is not public."""
        return self.unit in PEOPLE_UNITS if self.people is None else self.people
