"""The training of cadres (data/cadres/): yearly counts, no names."""

from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import Day, Evidence, Model, Note, People, Recorder, Reviewer, Source


class Cadres(Model):
    """How many people a step concerned in a year (data/cadres/<year>/<id>.yml)."""

    date: Public[Day] = Field(title="统计截止日")
    stage: Public[Literal[
        "提拔科级干部", "推荐处级干部",
        "选派参加巡视巡察", "选派参加专项检查", "选派参加信访维稳",
    ]] = Field(title="培养环节")  # fmt: skip
    people: Public[People] = Field(title="人数", description="单位：人")
    source: Source
    evidence: Evidence
    recorder: Recorder
    reviewer: Reviewer
    disclosure: Narrowed = None
    note: Note = None


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
