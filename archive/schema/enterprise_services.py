"""Services to enterprises and lenient supervision (data/enterprise_services/)."""

from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import (
    Count,
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


class EnterpriseService(Model):
    """One round of service (data/enterprise_services/<year>/<id>.yml). Enterprises have no names here."""

    date: Public[Day] = Field(title="日期")
    kind: Public[Literal[
        "普法", "提示单", "诚信承诺", "行政指导", "行政约谈", "行政告诫", "行政建议",
    ]] = Field(title="类别")  # fmt: skip
    title: Public[Text] = Field(title="服务内容", examples=["讲解统计法规"])
    occasion: Public[Text] = Field(title="服务场合", examples=["上门走访"])
    enterprises: Public[Count] = Field(title="企业数", description="单位：家")
    office: Public[Text] = Field(title="承办科室", examples=["办公室"])
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
    distinct_from: DistinctFrom = ()
