"""Statistical publications (data/publications/)."""

from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import (
    Day,
    DistinctFrom,
    Evidence,
    Flag,
    Model,
    Note,
    Recorder,
    Reviewer,
    Source,
    Text,
)


class Publication(Model):
    """One issue or piece (data/publications/<year>/<id>.yml). What a leader wrote on it is not kept."""

    date: Public[Day] = Field(title="编发日期")
    kind: Public[Literal["专报", "信息", "动态", "预警", "手册", "一图读懂"]] = Field(title="种类")
    number: Public[Text | None] = Field(title="期号", examples=["2024年第3期"])
    title: Public[Text] = Field(title="题目", examples=["工业生产形势分析"])
    endorsed: Public[Flag] = Field(title="是否获批示")
    office: Public[Text] = Field(title="编发科室", examples=["办公室"])
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
    distinct_from: DistinctFrom = ()
