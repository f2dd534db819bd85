"""The next steps (data/measures/): the report's measures broken into tasks."""

from typing import Annotated, ClassVar

from pydantic import Field

from archive.schema.disclosure import Internal
from archive.schema.kinds import OneOf
from archive.schema.types import Day, Evidence, Model, Note, Text


class Task(Model):
    """One task of a measure (data/measures/<id>.yml)."""

    date: ClassVar[None] = None
    """A task has no date of its own, so it belongs to no year; the day it is due lies ahead."""

    report: Internal[Text | None] = Field(
        title="所属报告",
        description="定下这项任务的报告，填编号；不写的，属于写有下一步举措的最近一个报告",
        examples=["2025"],
        default=None,
    )
    measure: Internal[Annotated[Text, OneOf("measures")]] = Field(title="所属举措")
    title: Internal[Text] = Field(title="任务", examples=["开展数据质量核查"])
    office: Internal[Text | None] = Field(title="责任科室", examples=["办公室"])
    due: Internal[Day | None] = Field(title="完成时限")
    state: Internal[Annotated[Text, OneOf("task_states")] | None] = Field(title="进展")
    evidence: Evidence
    note: Note = None
