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

    def lies_in(self, other: "Period") -> bool:
        """Whether it is all or a part of another; an end without a date is open."""
        starts = other.start is None or (self.start is not None and self.start >= other.start)
        ends = other.end is None or (self.end is not None and self.end <= other.end)
        return starts and ends

    def overlaps(self, other: "Period") -> bool:
        """Whether it has a day in common with another."""
        early = self.end and other.start and self.end < other.start
        late = other.end and self.start and other.end < self.start
        return not (early or late)


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


_THINGS = {
    "%", "‰", "百分点", "个百分点", "倍", "成", "分", "点", "度", "元", "小时", "分钟", "秒", "天", "日",
    "周", "月", "个月", "季", "年", "次", "场", "场次", "届", "期", "级", "星", "星级", "学时", "课时",
    "学分", "篇", "条", "件", "项", "个", "份", "册", "本", "部", "集", "张", "幅", "面", "块",
    "座", "处", "所", "间", "栋", "幢", "套", "台", "辆", "架", "只", "头", "匹", "株", "棵",
    "亩", "公顷", "平方米", "立方米", "平方公里", "米", "厘米", "毫米", "公里", "千米", "里", "斤", "公斤", "千克", "克",
    "吨", "升", "毫升", "千瓦时", "字", "页", "兆",
}  # fmt: skip
"""Units of what is surely no person, 十、百、千、万、亿 of them as well."""


def counts_people(unit: str) -> bool:
    """Whether a unit counts people: any but those of things, as a list of all for people has no end."""
    unit = unit.strip()
    return _THINGS.isdisjoint((unit, unit.lstrip("十百千万亿")))


class Figure(Model):
    """An entry of the register (data/figures.yml)."""

    name: Public[Text] = Field(title="指标名称", examples=["开展志愿服务活动"])
    unit: Public[Text] = Field(title="计量单位", examples=["次"])
    mask: Public[Mask | None] = Field(title="掩码", description="没有数值时显示的星号")
    definition: Public[Text] = Field(title="口径", examples=["本单位组织的志愿服务活动次数。"])
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
    complete_from: Public[Day | None] = Field(
        title="资料始于",
        description="由台账计数的才填：从哪一天起有资料，早于它的时期不计数",
        default=None,
    )
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
        return counts_people(self.unit) if self.people is None else self.people


class _Undated(Period):
    """时期 or 时点 alone: the dates are those of the observations."""

    start: Public[Day | None] = Field(title="起始日", default=None)
    end: Public[Day | None] = Field(title="截止日", default=None)


UNSIGNED = Signature(by=None, date=None)
NOT_APPROVED = Approval(by=None, date=None)


class Indicator(Figure):
    """An entry of the register that has no value of its own: its observations are entries beside it."""

    period: Public[_Undated] = Field(title="时期或时点")
    prepared: Public[Signature] = Field(title="填报", default=UNSIGNED)
    reviewed: Public[Signature] = Field(title="审核", default=UNSIGNED)
    approved: Public[Approval] = Field(title="核定", default=NOT_APPROVED)

    @classmethod
    def describes(cls, entry: object) -> bool:
        """Whether an entry of the register is an indicator alone: nothing in it is of one period."""
        if not isinstance(entry, dict):
            return False
        period = entry.get("period")
        dated = isinstance(period, dict) and not period.keys().isdisjoint(("start", "end"))
        return not dated and entry.keys().isdisjoint(OF_ONE_PERIOD)


OF_ONE_PERIOD = ("approximation", "value", "prepared", "reviewed", "approved", "revisions")
"""The fields of a figure that are of one reference period alone."""


MARK = "@"
"""Between the id of an indicator and the name of the reference period in the key of an observation."""


class Observation(Model):
    """What is recorded of an indicator for one more reference period (the entry 指标编号@时期)."""

    period: Public[Span | None] = Field(
        title="起止日期", description="@ 之后是年、半年、季、月、日的不写", default=None
    )
    definition: Public[Text | None] = Field(
        title="当时口径",
        description="与指标现在的口径不同的才写",
        examples=["本单位组织的志愿服务活动次数。"],
        default=None,
    )
    method: Public[Text | None] = Field(
        title="当时计算方法",
        description="与指标现在的计算方法不同的才写",
        examples=["志愿服务活动记录的条数。"],
        default=None,
    )
    source: Public[Text | None] = Field(
        title="数据来源",
        description="与指标的数据来源不同的才写",
        examples=["志愿服务活动记录"],
        default=None,
    )
    approximation: Public[Text | None] = Field(title="约数写法", examples=["近百"], default=None)
    value: Public[Amount | None] = Field(title="数值", description="由台账计数的不填", default=None)
    complete_through: Public[Day | None] = Field(
        title="资料齐全至", description="由台账计数的才填；空着的，看指标的", default=None
    )
    prepared: Public[Signature] = Field(title="填报", default=UNSIGNED)
    reviewed: Public[Signature] = Field(title="审核", default=UNSIGNED)
    approved: Public[Approval] = Field(title="核定", default=NOT_APPROVED)
    revisions: Public[tuple[Revision, ...]] = Field(title="修订与更正", default=(), strict=False)
    note: Internal[Text | None] = Field(title="备注", examples=["当年改了口径"], default=None)


def model_of(id_: str, entry: object) -> type[Model]:
    """The model of an entry of the register: an observation, an indicator alone, or both in one."""
    if MARK in id_:
        return Observation
    return Indicator if Indicator.describes(entry) else Figure
