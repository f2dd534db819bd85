"""Party members, by the stages of admission (data/party_members/): yearly counts, no names."""

from typing import Literal

from pydantic import Field

from archive.schema.basis import Evidence, Note, Recorder, Reviewer, Source
from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import Day, Model, People


class PartyMembers(Model):
    """How many people entered a stage in a year (data/party_members/<year>/<id>.yml)."""

    date: Public[Day] = Field(title="统计截止日")
    stage: Public[Literal["入党积极分子", "发展对象", "发展党员", "预备党员转正"]] = Field(
        title="阶段"
    )
    people: Public[People] = Field(title="人数", description="单位：名")
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None
