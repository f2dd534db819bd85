"""Study, lectures, contests and cultural life (data/activities/)."""

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


class Activity(Model):
    """One session or event (data/activities/<year>/<id>.yml)."""

    date: Public[Day] = Field(title="日期")
    kind: Public[Literal["三会一课", "主题党日", "道德讲堂", "讲座", "竞赛", "文体"]] = Field(
        title="类别"
    )
    session: Public[Literal["党员大会", "支部委员会", "党小组会", "党课"] | None] = Field(
        title="会议形式", default=None
    )
    title: Public[Text] = Field(title="主题", examples=["读书分享会"])
    place: Public[Text] = Field(title="地点", examples=["会议室"])
    participants: Public[People] = Field(title="参加人数", description="单位：人")
    result: Public[Text | None] = Field(title="结果", examples=["形成活动记录"])
    organiser: Public[Text] = Field(title="组织科室", examples=["办公室"])
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
    distinct_from: DistinctFrom = ()
