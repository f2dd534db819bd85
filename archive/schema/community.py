"""Work with the partner communities (data/community/)."""

from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import (
    Day,
    DistinctFrom,
    Evidence,
    Model,
    Note,
    People,
    Recorder,
    Reviewer,
    Source,
    Text,
)


class Community(Model):
    """One activity, agreement or agreed item (data/community/<year>/<id>.yml)."""

    date: Public[Day] = Field(title="日期")
    kind: Public[Literal["双报到", "共驻共建", "一书三单"]] = Field(title="类别")
    title: Public[Text] = Field(title="事项", examples=["环境整治"])
    partner: Public[Text] = Field(title="共建单位", examples=["共建社区"])
    participants: Public[People | None] = Field(title="参加人数", description="单位：人")
    state: Public[Literal["已完成", "办理中", "未开始"] | None] = Field(
        title="办理状态", default=None
    )
    finished: Public[Day | None] = Field(title="完成日期", default=None)
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
    distinct_from: DistinctFrom = ()
