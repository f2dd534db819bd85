"""The signatures a publication needs: 初审, 复审 and 终审 (data/reviews/)."""

from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from archive.schema.disclosure import EDITION_LABELS, Internal
from archive.schema.releases import Commit
from archive.schema.types import Day, Evidence, Model, Note, Text

Stage = Literal["初审", "复审", "终审"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""The stages, the first first."""

if TYPE_CHECKING:
    EditionLabel = str
else:
    EditionLabel = Literal[tuple(EDITION_LABELS.values())]


class SignOff(Model):
    """Who signed what, and when: what is a commit, in one edition, with the figures of one day."""

    date: Internal[Day] = Field(title="签字日期")
    stage: Internal[Stage] = Field(title="审次")
    edition: Internal[EditionLabel] = Field(title="版本")
    release: Internal[Text | None] = Field(
        title="报送名称",
        description="发布的是以前某次报送的数，填那一次的名称；现在的数不填",
        examples=["2025年度"],
        default=None,
    )
    commit: Internal[Commit] = Field(
        title="提交",
        description="审的是哪一次提交",
        examples=["0123456789abcdef0123456789abcdef01234567"],
    )
    by: Internal[Text] = Field(
        title="签字岗位", description="写岗位，不写姓名", examples=["办公室主任"]
    )
    evidence: Evidence
    note: Note = None
