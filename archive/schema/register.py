"""The register of figures (data/figures.yml)."""

from typing import Annotated, Literal

from pydantic import Field

from archive.schema.types import Amount, Day, Expect, Mask, Model, Span, Text, Word


class Period(Span):
    """The reference period (时期: start to end) or reference date (时点: end alone)."""

    kind: Literal["时期", "时点"] = Field(title="时期或时点")


class Counted(Model):
    """How a figure is counted from a collection."""

    collection: Text = Field(title="台账", description="台账的目录名", examples=["volunteering"])
    measure: Literal["count", "sum", "distinct"] = Field(
        title="算法", description="count 计条数，sum 求和，distinct 去重计数"
    )
    field: Text | None = Field(
        title="字段",
        description="求和或去重的字段；计条数的不填",
        examples=["participants"],
        default=None,
    )
    where: dict[str, Word] = Field(
        title="条件",
        description="只计满足条件的记录，各条件须同时满足",
        examples=[{"kind": "学雷锋"}],
        default_factory=dict,
    )


class Signature(Model):
    """Who did a step, and when."""

    by: Text | None = Field(title="人员或岗位", examples=["办公室"])
    date: Day | None = Field(title="日期")


class Revision(Model):
    """修订 (better data came in) or 更正 (a mistake was mended): two different events."""

    kind: Literal["修订", "更正"] = Field(title="种类")
    date: Day = Field(title="日期", description="作出修订或更正的那一天")
    old: Amount = Field(title="原数", description="改动以前的准确数")
    new: Amount = Field(title="新数", description="改动以后的准确数")
    reason: Text = Field(title="原因", examples=["漏计一组"])


class Figure(Model):
    """An entry of the register (data/figures.yml)."""

    name: Text = Field(title="指标名称", examples=["开展志愿服务活动"])
    unit: Text = Field(title="计量单位", examples=["次"])
    mask: Mask | None = Field(title="掩码", description="没有数值时显示的星号")
    definition: Text = Field(title="统计口径", examples=["本单位组织的志愿服务活动次数。"])
    method: Text = Field(title="计算方法", examples=["志愿服务活动记录的条数。"])
    part_of: Text | None = Field(
        title="属于",
        description="是哪个指标的其中数，填它的编号",
        examples=["volunteer_activities"],
        default=None,
    )
    counted: Counted | None = Field(title="计数规则", default=None)
    period: Period = Field(title="时期或时点")
    source: Text | None = Field(title="数据来源", examples=["志愿服务活动记录"])
    office: Text | None = Field(title="责任科室", examples=["办公室"])
    decimals: Annotated[int, Field(ge=0, le=4), Expect(" 0 至 4 的整数", 0)] = Field(
        title="修约位数", description="页面上保留几位小数"
    )
    disclosure: Literal["公开", "内部"] | None = Field(title="公开属性")
    approximation: Text | None = Field(title="约数写法", examples=["近百"], default=None)
    value: Amount | None = Field(title="数值", description="由台账计数的不填", default=None)
    complete_through: Day | None = Field(
        title="资料齐全至", description="由台账计数的才填；到时期末才显示数值", default=None
    )
    prepared: Signature = Field(title="填报")
    reviewed: Signature = Field(title="审核")
    approved: Signature = Field(title="核定")
    revisions: tuple[Revision, ...] = Field(title="修订与更正", default=(), strict=False)
    retired: Day | None = Field(title="停用日期", default=None)
    note: Text | None = Field(title="备注", examples=["口径与上年相同"])
