"""Work with the partner communities (data/community/)."""

from typing import Literal

from pydantic import Field

from archive.schema.basis import Evidence, Note, Recorder, Reviewer, Source
from archive.schema.types import Count, Day, Model, Text


class Community(Model):
    """One activity, agreement or agreed item (data/community/<year>/<id>.yml)."""

    date: Day = Field(title="日期")
    kind: Literal["双报到", "共驻共建", "一书三单"] = Field(title="类别")
    title: Text = Field(title="事项", examples=["环境整治"])
    partner: Text = Field(title="共建单位", examples=["共建社区"])
    participants: Count | None = Field(title="参加人数", description="单位：人")
    state: Literal["已完成", "办理中", "未开始"] | None = Field(title="办理状态", default=None)
    finished: Day | None = Field(title="完成日期", default=None)
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    note: Note = None
