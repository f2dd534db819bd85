"""The next steps (data/measures/): the report's measures broken into tasks."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from archive.schema.disclosure import Internal
from archive.schema.types import Day, Evidence, Model, Note, Text

MEASURES: Mapping[str, str] = {
    "政治引领": "political-guidance",
    "队伍建设": "team",
    "监测分析": "monitoring",
    "数据质量": "data-quality",
    "依法统计": "rule-of-law",
}
"""The measures in the order of the report → the sub-section of its last page that sets each out."""


class Task(Model):
    """One task of a measure (data/measures/<id>.yml)."""

    date: ClassVar[None] = None
    """A task has no date of its own, so it belongs to no year; the day it is due lies ahead."""

    measure: Internal[Literal["政治引领", "队伍建设", "监测分析", "数据质量", "依法统计"]] = Field(
        title="所属举措"
    )
    title: Internal[Text] = Field(title="任务", examples=["开展数据质量核查"])
    office: Internal[Text | None] = Field(title="责任科室", examples=["办公室"])
    due: Internal[Day | None] = Field(title="完成时限")
    state: Internal[Literal["未开始", "进行中", "已完成"] | None] = Field(title="进展")
    evidence: Evidence
    note: Note = None
