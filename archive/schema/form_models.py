"""What forms ask that is no record: a filled workbook; what is entered of a figure, a name, a regulation;
and what a page is made of.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, create_model

from archive.schema.disclosure import Disclosure, Internal, Public, Stated
from archive.schema.examples import ExampleKind
from archive.schema.kinds import Kinds, bound, labels
from archive.schema.regulations import Category, DocumentNumber
from archive.schema.types import MODELS, Amount, AnyText, Day, Flag, Model, PageText, Text, Title
from archive.schema.unit import Name


class Upload(Model):
    """What the form for a filled workbook asks."""

    files: Internal[tuple[Text, ...]] = Field(
        title="表格",
        strict=False,
        description="把填好的 .xlsx 文件拖到这里，等它变成一个链接；一次一份表",
    )
    photos: Internal[tuple[Text, ...]] = Field(
        title="照片和文件",
        strict=False,
        description="表里各行的照片、Word、PDF 拖到这里，在那一行的“佐证材料”一格里写上文件名，如 合影.jpg",
        default=(),
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

    value: Public[Name | None] = Field(title="名称", examples=["示例市"], default=None)
    disclosure: Public[Stated] = Field(
        title="公开属性", description="写“公开”的，公开版里才显示名称", default=None
    )


class _Adopted(Model):
    """What the forms for a regulation ask of its number and of how it came into force."""

    number: Public[DocumentNumber | None] = Field(title="文号", default=None)
    issuing_body: Public[Text | None] = Field(title="发文机关", description="写全称", default=None)
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"], default=None)
    adopted_by: Public[Text | None] = Field(title="审议机构", examples=["局党组会议"], default=None)
    adopted_date: Public[Day | None] = Field(title="审议通过日期", default=None)
    issued: Public[Day | None] = Field(title="印发日期", default=None)
    effective: Public[Day | None] = Field(title="施行日期", default=None)
    expires: Public[Day | None] = Field(title="有效期至", default=None)


class Standing(_Adopted):
    """What the form for a regulation asks: its number, its dates, whether it is still a draft."""

    repealed: Public[Day | None] = Field(title="废止日期", default=None)
    review_due: Public[Day | None] = Field(title="复审日期", default=None)
    replaced_by: Public[Text | None] = Field(
        title="代替它的制度", description="填制度的编号（文件名，不带 .md）", default=None
    )
    draft: Public[Flag | None] = Field(title="是否示范文本", default=None)


class _Titled(Model):
    """What a new regulation is called, which comes first."""

    title: Public[Title] = Field(title="制度名称", examples=["请销假管理规定"])
    category: Public[Category] = Field(title="类别")


class NewRegulation(_Adopted, _Titled):
    """What the form for a regulation that the archive has not yet asks: its facts and its text."""

    number: Public[DocumentNumber] = Field(title="文号")
    review_due: Public[Day | None] = Field(title="复审日期", default=None)
    replaces: Public[Text | None] = Field(
        title="所代替的制度",
        description="代替旧制度的才填：旧制度那一页的网址的最后一段；旧制度从新制度施行之日起废止",
        examples=["leave"],
        default=None,
    )
    text: Public[PageText] = Field(
        title="条文",
        description="从 Word 里整篇粘贴，每章、每条、每款各起一行，如“第一章 总则”“第一条 请假应当事先提出申请。”",
    )


class _ExampleFacts(Model):
    """What the form for a typical example asks, beside its sections."""

    title: Public[Title] = Field(title="事例名称", examples=["疫情防控志愿服务"])
    description: Public[Text] = Field(title="一句话说明", examples=["志愿服务队上门为居民服务"])
    kind: Public[ExampleKind] = Field(title="类别")
    person: Public[Text | None] = Field(
        title="人物",
        description="填 data/unit.yml 里的人名编号",
        examples=["veteran_member"],
        default=None,
    )
    honour: Public[Text | None] = Field(
        title="所获荣誉", description="填荣誉的编号", examples=["civilised-unit"], default=None
    )
    office: Public[Text | None] = Field(title="责任科室", examples=["办公室"], default=None)
    start: Public[Day | None] = Field(title="起始日", default=None)
    end: Public[Day | None] = Field(title="截止日", default=None)
    consent_status: Public[Literal["已取得", "不需要", "未取得"]] = Field(
        title="本人同意", description="事例里不写姓名的，选“不需要”，在“理由”里写明"
    )
    consent_date: Public[Day | None] = Field(title="取得日期", default=None)
    consent_reason: Public[Text | None] = Field(
        title="理由", examples=["本例不写姓名"], default=None
    )


SECTION = "section_"
"""How the fields begin of an example's form that are the text of a section; its number in the list follows."""


def example_asked(kinds: Kinds) -> type[Model]:
    """Return what the form for an example asks: its facts, and the text of each section there is."""
    return bound(_with_sections(tuple(labels(kinds, "example_sections"))), kinds)


@lru_cache(MODELS)
def _with_sections(sections: tuple[str, ...]) -> type[Model]:
    told = "新的事例才填，还没有材料的空着；已有的事例，正文点那一页的“编辑此页”改"
    fields: dict[str, Any] = {
        f"{SECTION}{number}": (
            Annotated[PageText | None, Disclosure.PUBLIC],
            Field(title=label, description=told, default=None),
        )
        for number, label in enumerate(sections, 1)
    }
    return create_model("ExampleAsked", __base__=_ExampleFacts, **fields)


class _FigureNamed(Model):
    FIXED: ClassVar = ("title",)
    """The fields that the program alone fills in."""
    title: Public[AnyText] = Field(title="指标名称", description="这一行是哪个指标")


class FigureRow(Entered, _FigureNamed):
    """A row of the register's workbook: what the form for a figure asks, beside the figure's name."""


class _NameMeant(Model):
    FIXED: ClassVar = ("title",)
    title: Internal[AnyText] = Field(title="含义", description="这个名称指什么")


class NameRow(NameShown, _NameMeant):
    """A row of the names' workbook: what the form for a name asks, beside what it means."""


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
_ADOPTED = {"adopted_by": ("adopted", "by"), "adopted_date": ("adopted", "date")}
WHERE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "figures": _FIGURE,
    "names": _itself("value", "disclosure"),
    "regulations": {
        **_itself(*(name for name in Standing.model_fields if not name.startswith("adopted"))),
        **_ADOPTED,
    },
    "new_regulation": {
        **_itself(
            *(
                name
                for name in NewRegulation.model_fields
                if not name.startswith("adopted") and name not in ("text", "replaces")
            )
        ),
        **_ADOPTED,
    },
    "examples": {
        **_itself("title", "description", "kind", "person", "honour", "office"),
        "start": ("period", "start"),
        "end": ("period", "end"),
        **{f"consent_{name}": ("consent", name) for name in ("status", "date", "reason")},
    },
}
"""Kind of a form of an entry, or of a page → field → its path in the entry, or in the page's front matter."""


def entry_answers(kind: str, entry: object) -> dict[str, str]:
    """Return what is recorded of an entry as answers to the form of that kind: field → text."""
    found = {}
    for name, way in WHERE[kind].items():
        value: object = entry
        for step in way:
            value = getattr(value, step, None)
        if value is not None:
            found[name] = _answer(value)
    return found


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
