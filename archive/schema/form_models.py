"""What forms ask that is no record: a filled workbook; and what is entered of a figure, a name, a regulation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Internal, Public, Stated
from archive.schema.register import Figure
from archive.schema.regulations import DocumentNumber
from archive.schema.types import Amount, Day, Flag, Model, Text


class Upload(Model):
    """What the form for a filled workbook asks."""

    files: Internal[tuple[Text, ...]] = Field(
        title="表格",
        strict=False,
        description="把填好的 .xlsx 文件拖到这里，等它变成一个链接；一次一份表",
    )
    rearranged: Internal[Literal["确要这样改"] | None] = Field(
        title="许多值换到了别的记录",
        description="答复里问到、确是这样改的才选；只排了一列的，请撤销以后再传",
        default=None,
    )


class Entered(Model):
    """What the form for a figure asks that is not counted; a field's path in the register is in `WHERE`."""

    value: Public[Amount | None] = Field(title="数值", description="准确数，不写单位", default=None)
    approximation: Public[Text | None] = Field(
        title="约数写法", description="用约数的才填", examples=["近百"], default=None
    )
    start: Public[Day | None] = Field(
        title="时期起始日",
        description="编号里有 @ 的，各期不用填；说的是某一天的，也不填",
        default=None,
    )
    end: Public[Day | None] = Field(
        title="时期截止日", description="说的是某一天的，填那一天", default=None
    )
    source: Public[Text | None] = Field(
        title="数据来源", examples=["志愿服务活动记录"], default=None
    )
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"], default=None)
    disclosure: Public[Stated] = Field(
        title="公开属性", description="有了数值就须写明", default=None
    )
    prepared_by: Internal[Text | None] = Field(title="填报岗位", examples=["办公室"], default=None)
    prepared_date: Public[Day | None] = Field(title="填报日期", default=None)
    reviewed_by: Internal[Text | None] = Field(title="审核岗位", examples=["综合科"], default=None)
    reviewed_date: Public[Day | None] = Field(title="审核日期", default=None)
    approved_by: Internal[Text | None] = Field(
        title="核定岗位", examples=["分管领导"], default=None
    )
    approved_date: Public[Day | None] = Field(title="核定日期", default=None)
    approved_value: Internal[Amount | None] = Field(
        title="核定数", description="核定时写下，与数值相同，此后不改", default=None
    )


class NameShown(Model):
    """What the form for a name of the site asks."""

    value: Public[Text | None] = Field(title="名称", examples=["示例市"], default=None)
    disclosure: Public[Stated] = Field(
        title="公开属性", description="写“公开”的，公开版里才显示名称", default=None
    )


class Standing(Model):
    """What the form for a regulation asks: its number, its dates, whether it is still a draft."""

    number: Public[DocumentNumber | None] = Field(title="文号", default=None)
    issuing_body: Public[Text | None] = Field(title="发文机关", description="写全称", default=None)
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"], default=None)
    adopted_by: Public[Text | None] = Field(title="审议机构", examples=["局党组会议"], default=None)
    adopted_date: Public[Day | None] = Field(title="审议通过日期", default=None)
    issued: Public[Day | None] = Field(title="印发日期", default=None)
    effective: Public[Day | None] = Field(title="施行日期", default=None)
    expires: Public[Day | None] = Field(title="有效期至", default=None)
    repealed: Public[Day | None] = Field(title="废止日期", default=None)
    review_due: Public[Day | None] = Field(title="复审日期", default=None)
    replaced_by: Public[Text | None] = Field(
        title="代替它的制度", description="填制度的编号（文件名，不带 .md）", default=None
    )
    draft: Public[Flag | None] = Field(title="是否示范文本", default=None)


def _itself(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: (name,) for name in names}


_FIGURE = {
    **_itself("value", "approximation", "source", "office", "disclosure"),
    "start": ("period", "start"),
    "end": ("period", "end"),
    **{
        f"{step}_{name}": (step, name)
        for step in ("prepared", "reviewed", "approved")
        for name in ("by", "date", *(["value"] if step == "approved" else []))
    },
}
WHERE: Mapping[type[Model], Mapping[str, tuple[str, ...]]] = {
    Entered: _FIGURE,
    NameShown: _itself("value", "disclosure"),
    Standing: {
        **_itself(*(name for name in Standing.model_fields if not name.startswith("adopted"))),
        "adopted_by": ("adopted", "by"),
        "adopted_date": ("adopted", "date"),
    },
}
"""Form of an entry → field → its path in the entry."""


def entered_answers(figure: Figure) -> dict[str, str]:
    """Return what is recorded of a figure as answers to the form that enters it: field → text."""
    found = {}
    for name, way in _FIGURE.items():
        value: object = figure
        for step in way:
            value = getattr(value, step, None)
        if value is not None:
            found[name] = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return found
