"""Volunteer activities (data/volunteering/)."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import (
    Day,
    DistinctFrom,
    Evidence,
    Hours,
    HoursEach,
    Model,
    Note,
    People,
    Recorder,
    Reviewer,
    Source,
    Text,
)


class Volunteering(Model):
    """One volunteer activity (data/volunteering/<year>/<id>.yml)."""

    date: Public[Day] = Field(title="日期")
    title: Public[Text] = Field(title="活动名称", examples=["学雷锋进社区"])
    kind: Public[Literal[
        "植树造林", "文明交通", "疫情防控", "学雷锋", "无偿献血",
        "社区服务", "爱国卫生", "文明宣传", "其他",
    ]] = Field(title="类别")  # fmt: skip
    place: Public[Text] = Field(title="地点", examples=["共建社区"])
    participants: Public[People] = Field(title="参加人数", description="单位：人")
    hours_each: Public[HoursEach | None] = Field(
        title="人均时长", description="单位：小时；与总时长填一个", default=None
    )
    hours_total: Public[Hours | None] = Field(
        title="总时长", description="单位：小时；与人均时长填一个", default=None
    )
    services: Public[People] = Field(
        title="服务人次", description="单位：人次；一人参加一次活动计一人次"
    )
    organiser: Public[Text] = Field(title="组织科室", examples=["办公室"])
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
    distinct_from: DistinctFrom = ()

    @property
    def hours(self) -> Decimal:
        """Hours served by all together: as recorded, else hours a person × participants."""
        if self.hours_total is not None:
            return self.hours_total
        return (self.hours_each or Decimal(0)) * self.participants
