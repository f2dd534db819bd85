"""Assistance to the village and to people in need (data/assistance/)."""

from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Internal, Narrowed, Public
from archive.schema.types import (
    Amount,
    Day,
    DistinctFrom,
    Evidence,
    Model,
    Note,
    Recorder,
    Reviewer,
    Source,
    Text,
)

UNITS = {"资金": "万元", "物品": "件", "销售": "斤", "走访": "人", "慰问": "人次"}
"""The unit in which the amount of each kind is counted."""


class Assistance(Model):
    """One act of assistance (data/assistance/<year>/<id>.yml). Whom it reached has no name here."""

    date: Public[Day] = Field(title="日期")
    title: Public[Text] = Field(title="帮扶事项", examples=["走访慰问困难家庭"])
    kind: Public[Literal["资金", "物品", "销售", "走访", "慰问"]] = Field(title="类别")
    goods: Public[Text | None] = Field(title="货物", examples=["水果"], default=None)
    amount: Public[Amount] = Field(title="数量", description="按“单位”计")
    unit: Public[Literal["万元", "件", "斤", "人", "人次"]] = Field(
        title="单位", description="资金用万元，物品用件，销售用斤，走访用人，慰问用人次"
    )
    place: Internal[Text] = Field(title="地点", examples=["帮扶村"])
    beneficiaries: Public[Literal[
        "困难家庭", "困难群众", "困难党员", "困难职工", "共建社区居民", "村民", "村集体", "其他",
    ]] = Field(title="帮扶对象")  # fmt: skip
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
    distinct_from: DistinctFrom = ()
