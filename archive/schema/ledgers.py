"""The description of a ledger (data/ledgers/<id>.yml): its fields, totals and rules, as data."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import (
    DECIMALS,
    FAR,
    Day,
    DistinctFrom,
    Evidence,
    Expect,
    Flag,
    Model,
    Note,
    Recorder,
    Reviewer,
    Source,
    Text,
    Word,
    labelled,
)

FieldType = Literal[
    "文字", "长文字", "地点", "岗位", "整数", "小数",
    "日期", "起止日期", "选择", "是否", "列表", "附件", "引用",
]  # fmt: skip
Need = Literal["必填", "可以空着", "可以不写"]
RuleName = Literal["每人不超过 24 小时", "完成不早于开始", "不录批示内容", "不写企业名称"]

RULES: Mapping[RuleName, Mapping[str, tuple[FieldType, ...]]] = {
    "每人不超过 24 小时": {"hours_total": ("小数", "整数"), "participants": ("整数",)},
    "完成不早于开始": {"finished": ("日期",)},
    "不录批示内容": {},
    "不写企业名称": {},
}
"""Rules in code (archive/checks/records.py) that a description may list → the fields each needs."""

MAX_FIELDS = 60
"""Fields of a ledger: more make a table that nobody reads, on screen or in a spreadsheet."""
MAX_LISTED = 200
"""Items of any list in a description, choices of a field for instance: a list of more is none to read."""
MAX_FACTORS = 3
"""Factors of a product: with more it has more digits than are calculated exactly."""
TIMES = " × "
"""What stands between the factors of a product."""


def _text(value: Any) -> Any:
    """A number or a date as an editor writes it; anything else as it came."""
    return str(value) if type(value) in (int, Decimal, date) else value


Label = Annotated[
    Text,
    StringConstraints(pattern=r"^[\u4e00-\u9fffA-Za-z0-9（）“”、·]{1,20}$"),
    Expect("不超过 20 个字的汉字、字母、数字，可以有（）“”、·"),
]
"""What pages, sheets and forms call something: it has no sign that Markdown or a sheet takes amiss."""
Example = Annotated[Text, BeforeValidator(_text), Expect("文字、数或日期", also={"type": "number"})]
Number = Annotated[
    Decimal,
    BeforeValidator(lambda value: Decimal(value) if type(value) is int else value),
    Field(ge=-FAR, le=FAR, decimal_places=DECIMALS),
    Expect(f"数，小数不超过 {DECIMALS} 位", 100),
]
Names = Annotated[tuple[Text, ...], Field(strict=False)]


class Choice(Model):
    """A value that may be chosen."""

    label: Public[Label] = Field(title="名称", examples=["来访"])
    retired: Public[Day | None] = Field(
        title="停用日期", description="这一天以后的记录不得再用；以前的照旧", default=None
    )


class LedgerField(Model):
    """A field of a ledger."""

    label: Public[Label] = Field(title="字段名称", examples=["接待方式"])
    type: Public[FieldType] = Field(title="类型")
    need: Public[Need] = Field(title="是否必填", description="不写的，必填", default="必填")
    public: Public[Flag] = Field(
        title="是否公开", description="公开版里没有的写 false", default=True
    )
    people: Public[Flag] = Field(
        title="是否人数", description="整数才有：计人数的写 true，太小的数不公开", default=False
    )
    unit: Public[Label | None] = Field(title="单位", examples=["人"], default=None)
    help: Public[Text | None] = Field(title="说明", examples=["与总时长填一个"], default=None)
    example: Public[Example | None] = Field(title="例子", examples=["窗口接待"], default=None)
    min: Public[Number | None] = Field(
        title="最小", description="整数、小数才有；不写的，不小于 0", default=None
    )
    max: Public[Number | None] = Field(title="最大", description="整数、小数才有", default=None)
    decimals: Public[Annotated[int, Field(ge=1, le=4), Expect(" 1 至 4 的整数", 2)] | None] = Field(
        title="小数位数", description="小数才有；不写的，不超过 4 位", default=None
    )
    choices: Public[
        tuple[
            Annotated[
                Choice, BeforeValidator(labelled), Expect("取值的名称", also={"type": "string"})
            ],
            ...,
        ]
    ] = Field(
        title="取值",
        description="选择才有；停用的写作 {label: 名称, retired: 日期}",
        examples=[["来访", "来信"]],
        default=(),
        strict=False,
    )
    of: Public[Text | None] = Field(
        title="所引台账",
        description="引用才有：填写的是那个台账里记录的编号",
        examples=["volunteering"],
        default=None,
    )
    only: Public[dict[str, Names]] = Field(
        title="何时填写",
        description="只在另一字段为这些值时填写的才有",
        examples=[{"kind": ["物品", "销售"]}],
        default_factory=dict,
    )

    @property
    def is_public(self) -> bool:
        """Whether the public edition has the field; it has no attachment but those its pages lead to."""
        return self.public and self.type != "附件"


def without_attachments(texts: Iterable[str]) -> list[str]:
    """What the public edition shows of a list: no paths of attachments, which are public where a page leads to them."""
    return [text for text in texts if not text.startswith("files/")]


class CommonField(Model):
    """What is said of a field that every ledger has."""

    label: Public[Label | None] = Field(title="字段名称", examples=["登记簿"], default=None)
    example: Public[Example | None] = Field(title="例子", examples=["接待登记簿"], default=None)


class TotalOf(Model):
    """A column of the totals by year."""

    label: Public[Label | None] = Field(
        title="名称", description="有 each 的不写", examples=["参加人数"], default=None
    )
    unit: Public[Label | None] = Field(
        title="单位", description="单位随类别而定的（units）不写", examples=["人次"], default=None
    )
    sums: Public[Text | None] = Field(
        title="求和字段", description="不写的，计记录条数", examples=["participants"], default=None
    )
    where: Public[dict[str, Word]] = Field(
        title="条件",
        description="只计满足条件的记录",
        examples=[{"kind": "疫情防控"}],
        default_factory=dict,
    )
    each: Public[Text | None] = Field(
        title="分列字段", description="这个字段的每个取值各成一列", examples=["kind"], default=None
    )


class DerivedOf(Model):
    """A number that follows from the fields of a record."""

    label: Public[Label] = Field(title="名称", examples=["服务时长"])
    how: Public[Text] = Field(title="算法说明", examples=["人均时长乘以参加人数。单位：小时"])
    first: Public[Names] = Field(
        title="取值次序",
        description="字段，或者几个字段之积；取第一个填写齐全的",
        examples=[["hours_total", "hours_each × participants"]],
    )

    @property
    def factors(self) -> list[list[str]]:
        """The fields of each term."""
        return [term.split(TIMES) for term in self.first]


class UnitsOf(Model):
    """A number whose unit stands in another field and depends on a third."""

    number: Public[Text] = Field(title="数的字段", examples=["amount"])
    unit: Public[Text] = Field(title="单位的字段", examples=["unit"])
    by: Public[Text] = Field(title="类别的字段", examples=["kind"])
    of: Public[dict[str, Text]] = Field(title="各类别的单位", examples=[{"物品": "件"}])
    whole: Public[Names] = Field(
        title="只取整数的单位", examples=[["件", "人"]], default=(), strict=False
    )


class NumberedOf(Model):
    """A number that is given once a year."""

    number: Public[Text] = Field(title="编号的字段", examples=["number"])
    by: Public[Text] = Field(title="分别编号的字段", examples=["kind"])


class Ledger(Model):
    """The description of a ledger."""

    label: Public[Label] = Field(title="台账名称", examples=["信访接待"])
    record: Public[Text] = Field(title="一条记录", examples=["一次接待"])
    order: Public[Annotated[int, Field(ge=0, le=1000), Expect(" 0 至 1000 的整数", 10)]] = Field(
        title="次序", description="各台账由小到大；不写的排在后面", default=1000
    )
    fields: Public[dict[str, LedgerField]] = Field(
        title="字段", description="依次写出，其中须有 date（日期），记录按它归入年份和时期"
    )
    common: Public[dict[str, CommonField]] = Field(
        title="共有字段", description="各台账都有的字段另有名称、例子的才写", default_factory=dict
    )
    key: Public[Names] = Field(
        title="同一件事",
        description="日期和这些字段都相同的，是同一件事，须只记一次；允许相同的不写",
        examples=[["title"]],
        default=(),
        strict=False,
    )
    columns: Public[Names] = Field(
        title="页面的列",
        description="不写的，列出全部自有字段",
        examples=[["date", "kind"]],
        default=(),
        strict=False,
    )
    totals: Public[tuple[TotalOf, ...]] = Field(
        title="各年合计", description="不写的，只计记录条数", default=(), strict=False
    )
    derived: Public[dict[str, DerivedOf]] = Field(
        title="推算的数", description="由字段推算、不填写的数", default_factory=dict
    )
    one_of: Public[Names] = Field(
        title="只填一个",
        description="两个字段中须填一个，也只填一个",
        examples=[["hours_each", "hours_total"]],
        default=(),
        strict=False,
    )
    units: Public[UnitsOf | None] = Field(title="单位随类别", default=None)
    yearly: Public[Text | None] = Field(
        title="一年一条",
        description="这个字段的每个取值一年只有一条记录",
        examples=["stage"],
        default=None,
    )
    numbered: Public[NumberedOf | None] = Field(title="一年内编号唯一", default=None)
    rules: Public[tuple[RuleName, ...]] = Field(
        title="另守的规则", description="程序里有的规则，写它的名称", default=(), strict=False
    )

    @property
    def public_names(self) -> frozenset[str]:
        """The fields that the public edition has, and what is derived from such fields alone."""
        own = {name for name, one in self.fields.items() if one.is_public}
        made = {name for name, one in self.derived.items() if own >= {*chain(*one.factors)}}
        return frozenset(own | made)


COMMON: Mapping[str, tuple[Any, Any]] = {
    "source": (Source, ...),
    "evidence": (Evidence, ...),
    "recorder": (Recorder, ...),
    "reviewer": (Reviewer, ...),
    "disclosure": (Narrowed, None),
    "note": (Note, None),
    "distinct_from": (DistinctFrom, ()),
}
"""The fields that every ledger has after its own, each with its default; the last one only where
the description says by which fields one event is known (`key`)."""
