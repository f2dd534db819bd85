"""The register as it was reported on an occasion (data/releases/): written once, never changed."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Internal
from archive.schema.register import Figure
from archive.schema.types import Amount, AnyText, Count, Day, Expect, Model

Digest = Annotated[
    str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$"), Expect("sha256: 开头的校验值")
]
COMMIT = r"^[0-9a-f]{40,64}$"
Commit = Annotated[str, StringConstraints(pattern=COMMIT), Expect("Git 提交的完整编号")]


def short(commit: str) -> str:
    """As much of a commit as people compare, and as Git itself shows."""
    return commit[:12]


class ReportedFigure(Model):
    """A figure as it was reported."""

    shown: Internal[AnyText] = Field(title="显示", examples=["3200余"])
    value: Internal[Amount | None] = Field(title="数值")
    state: Internal[Literal["未填报", "初步", "核定", "已修订", "停用"]] = Field(title="状态")
    running: Internal[Amount | None] = Field(title="已计数")
    records: Internal[Count | None] = Field(title="记录数")
    entry: Internal[Figure] = Field(title="登记内容")

    @property
    def has_value(self) -> bool:
        """Whether it said how many: a number, or words such as 近百 whose number is not known."""
        return self.value is not None or self.shown == self.entry.approximation


class Release(Model):
    """data/releases/<name>.yml."""

    date: Internal[Day] = Field(title="报送日期")
    commit: Internal[Commit | None] = Field(
        title="提交", examples=["0123456789abcdef0123456789abcdef01234567"]
    )
    digest: Internal[Digest] = Field(title="校验值", examples=[f"sha256:{'0' * 64}"])
    figures: Internal[dict[str, ReportedFigure]] = Field(title="指标")
