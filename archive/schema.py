"""What a record is: one model a collection, every field with its Chinese label and its rule.

Messages, headings and (later) forms and spreadsheets are all taken from here. A field's `title` is
its label; an `Expect` in its annotation is the one sentence that says what a value must be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)


@dataclass(frozen=True, slots=True)
class Expect:
    """What a value of a field must be, to be read after 须为."""

    text: str


def _exact(value: Any) -> Any:
    """A whole number as an exact decimal; anything else as it came."""
    return Decimal(value) if type(value) is int else value


def _sane(value: date) -> date:
    if not date(1949, 10, 1) <= value <= date(2099, 12, 31):
        raise ValueError
    return value


Text = Annotated[str, StringConstraints(min_length=1, max_length=2000), Expect("文字")]
Mask = Annotated[str, StringConstraints(pattern=r"^\*+$"), Expect('加引号的若干星号，如 "***"')]
Flag = Annotated[bool, Expect(" true 或 false")]
Day = Annotated[
    date, AfterValidator(_sane), Expect("确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年）")
]
Count = Annotated[int, Field(ge=0, le=1_000_000), Expect("不小于 0、不超过 1000000 的整数")]
Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, lt=Decimal(10) ** 12, decimal_places=4),
    Expect("不小于 0 的数，小数不超过 4 位"),
]
Hours = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, le=1_000_000, decimal_places=2),
    Expect("不小于 0 的数"),
]
HoursEach = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, le=24, decimal_places=2),
    Expect("不小于 0、不超过 24 的数"),
]


class Model(BaseModel):
    """Strict and closed: no value is coerced, no field unknown to the schema let through."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Span(Model):
    """A stretch of time, both days included; either end may still be unknown."""

    start: Day | None = Field(title="起始日")
    end: Day | None = Field(title="截止日")


class Name(Model):
    """A name used across the site, and the mask shown until it is known."""

    meaning: Text = Field(title="含义")
    person: Flag = Field(title="是否人名")
    value: Text | None = Field(title="名称")
    mask: Mask = Field(title="掩码")


class Repository(Model):
    """Where the sources are kept, for the edit links."""

    forge: Literal["github", "gitlab", "gitea", "forgejo"] | None = Field(title="托管平台")
    address: (
        Annotated[
            str,
            StringConstraints(pattern=r"^https?://[^\s<>\"']+[^/\s<>\"']$"),
            Expect("以 http 开头的网址"),
        ]
        | None
    ) = Field(title="仓库网址")
    branch: Text | None = Field(title="分支")


class Unit(Model):
    """data/unit.yml."""

    demonstration: Flag = Field(title="是否演示数据")
    record_period: Span = Field(title="建档期间")
    repository: Repository = Field(title="代码仓库")
    names: dict[str, Name] = Field(title="名称")


class Phrase(Model):
    """A set phrase that holds a numeral and is no figure."""

    text: Text = Field(title="用语")
    kind: Literal["政治提法", "专名", "届次", "期间", "惯用语"] = Field(title="类别")
    note: Text | None = Field(title="说明")


class Period(Span):
    """The reference period (时期: start to end) or reference date (时点: end alone)."""

    kind: Literal["时期", "时点"] = Field(title="时期或时点")


class Counted(Model):
    """How a figure is counted from a collection."""

    collection: Text = Field(title="台账")
    measure: Literal["count", "sum", "distinct"] = Field(title="算法")
    field: Text | None = Field(title="字段", default=None)
    where: dict[str, Text] = Field(title="条件", default_factory=dict)


class Signature(Model):
    """Who did a step, and when."""

    by: Text | None = Field(title="人员或岗位")
    date: Day | None = Field(title="日期")


class Revision(Model):
    """修订 (better data came in) or 更正 (a mistake was mended): two different events."""

    kind: Literal["修订", "更正"] = Field(title="种类")
    date: Day = Field(title="日期")
    old: Amount = Field(title="原数")
    new: Amount = Field(title="新数")
    reason: Text = Field(title="原因")


class Figure(Model):
    """An entry of the register (data/figures.yml)."""

    name: Text = Field(title="指标名称")
    unit: Text = Field(title="计量单位")
    mask: Mask | None = Field(title="掩码")
    definition: Text = Field(title="统计口径")
    method: Text = Field(title="计算方法")
    counted: Counted | None = Field(title="计数规则", default=None)
    period: Period = Field(title="时期或时点")
    source: Text | None = Field(title="数据来源")
    office: Text | None = Field(title="责任科室")
    decimals: Annotated[int, Field(ge=0, le=4), Expect(" 0 至 4 的整数")] = Field(title="修约位数")
    disclosure: Literal["公开", "内部"] | None = Field(title="公开属性")
    approximation: Text | None = Field(title="约数写法", default=None)
    value: Amount | None = Field(title="数值", default=None)
    complete_through: Day | None = Field(title="资料齐全至", default=None)
    prepared: Signature = Field(title="填报")
    reviewed: Signature = Field(title="审核")
    approved: Signature = Field(title="核定")
    revisions: tuple[Revision, ...] = Field(title="修订与更正", default=(), strict=False)
    retired: Day | None = Field(title="停用日期", default=None)
    note: Text | None = Field(title="备注")


class Volunteering(Model):
    """One volunteer activity (data/volunteering/<year>/<id>.yml)."""

    date: Day = Field(title="日期")
    title: Text = Field(title="活动名称")
    kind: Literal[
        "植树造林", "文明交通", "疫情防控", "学雷锋", "无偿献血",
        "社区服务", "爱国卫生", "文明宣传", "其他",
    ] = Field(title="类别")  # fmt: skip
    place: Text = Field(title="地点")
    participants: Count = Field(title="参加人数")
    hours_each: HoursEach | None = Field(title="人均时长", default=None)
    hours_total: Hours | None = Field(title="总时长", default=None)
    services: Count = Field(title="服务人次")
    organiser: Text = Field(title="组织科室")
    source: Text = Field(title="原始资料")
    evidence: tuple[Text, ...] = Field(title="佐证材料", strict=False)
    recorder: Text = Field(title="记录人")
    reviewer: Text | None = Field(title="复核人")
    note: Text | None = Field(title="备注", default=None)

    @property
    def hours(self) -> Decimal:
        """Hours served by all together: as recorded, else hours a person × participants."""
        if self.hours_total is not None:
            return self.hours_total
        return (self.hours_each or Decimal(0)) * self.participants


class SearchMeta(Model):
    """Whether the search finds a page."""

    exclude: Flag = Field(title="不进搜索")


class PageMeta(Model):
    """Front matter of a page."""

    title: Text = Field(title="页面标题")
    description: Text | None = Field(title="页面说明", default=None)
    search: SearchMeta | None = Field(title="搜索", default=None)
    hide: tuple[Literal["navigation", "toc", "path", "footer"], ...] = Field(
        title="隐藏栏目", default=(), strict=False
    )


@dataclass(frozen=True, slots=True)
class Collection:
    """Records of one kind: one file each under data/<name>/."""

    label: str
    model: type[Model]
    derived: Mapping[str, str]
    """What can be counted of a record beside its fields: property → label."""
    columns: tuple[str, ...]
    """What a page's table shows of a record, in this order."""

    def label_of(self, name: str) -> str:
        """The Chinese label of a field or derived value."""
        if name in self.derived:
            return self.derived[name]
        return self.model.model_fields[name].title or name

    def countable(self) -> list[str]:
        """Names a figure may count by: the fields, and what is derived from them."""
        return [*self.model.model_fields, *self.derived]

    def numbers(self) -> list[str]:
        """Those of them that are numbers, so that they can be summed."""
        fields = self.model.model_fields.items()
        return [name for name, info in fields if _is_number(info.annotation)] + [*self.derived]


def _is_number(annotation: Any) -> bool:
    return annotation in (int, Decimal) or any(map(_is_number, get_args(annotation)))


COLLECTIONS: Mapping[str, Collection] = {
    "volunteering": Collection(
        "志愿服务活动",
        Volunteering,
        {"hours": "服务时长"},
        ("date", "title", "kind", "place", "participants", "hours", "services", "organiser"),
    ),
}
