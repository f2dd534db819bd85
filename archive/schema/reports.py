"""The reports (data/reports/): what each is, its reference period, and its pages in order."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Internal, Public
from archive.schema.releases import Digest
from archive.schema.types import MAX_CHARACTERS, Day, Expect, Model, Span, Text, Title

ICONS: Mapping[str, str] = {
    "星": "M12 2l3 6.5 7 .8-5.2 4.8 1.4 7L12 17.6 5.8 21.1l1.4-7L2 9.3l7-.8z",
    "旗": "M5 2h2v20H5zM8 3h12l-3 4 3 4H8z",
    "柱": "M4 13h4v8H4zM10 8h4v13h-4zM16 3h4v18h-4z",
    "心": "M12 21C5 15 2 12 2 8a5 5 0 0 1 10-2 5 5 0 0 1 10 2c0 4-3 7-10 13z",
    "箭": "M3 10h10V5l8 7-8 7v-5H3z",
    "书": "M3 4h7l2 2 2-2h7v15h-7l-2 2-2-2H3z",
    "楼": "M4 22V6l8-4 8 4v16h-6v-5h-4v5z",
    "盾": "M12 2l8 3v7c0 5-4 8-8 10-4-2-8-5-8-10V5z",
    "圆": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
}
"""A drawing → its outline, in a square of 24."""


class ReportPage(Model):
    """A page of a report."""

    page: Public[
        Annotated[
            str,
            StringConstraints(pattern=r"^report/[^\s#]+\.md$"),
            Expect("docs/ 下以 report/ 开头的一页，如 report/work.md", "report/work.md"),
        ]
    ] = Field(title="页面")
    icon: Public[Literal["星", "旗", "柱", "心", "箭", "书", "楼", "盾", "圆"] | None] = Field(
        title="图标", description="一图读懂里印在标题之前的图", default=None
    )


class Correction(Model):
    """A change to a page of a report after it was reported."""

    date: Public[Day] = Field(title="更正日期")
    page: Public[Text] = Field(title="页面", examples=["report/work.md"])
    digest: Internal[Digest | None] = Field(
        title="更正后的校验值", examples=[f"sha256:{'0' * 64}"], default=None
    )
    reason: Public[Text] = Field(title="原因", examples=["漏字"])
    by: Internal[Text | None] = Field(
        title="核定岗位", description="写岗位，不写姓名", examples=["分管领导"], default=None
    )


Passage = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_CHARACTERS, pattern=r"^[^\n]*$"),
    Expect("一行文字", "三次产业结构为9.1:38.3:52.6"),
]
"""Words of a page, masks among them."""


class Report(Model):
    """One report (data/reports/<id>.yml)."""

    title: Public[Title] = Field(title="报告名称", examples=["创建文明单位工作汇报"])
    kind: Public[Text] = Field(title="种类", examples=["创建汇报"])
    period: Public[Span] = Field(title="报告期间")
    state: Public[Literal["起草", "已报送", "存档"]] = Field(title="状态")
    reported: Public[Day | None] = Field(title="报送日期", default=None)
    release: Internal[Text | None] = Field(
        title="所用报送",
        description="报告的数是哪一次报送的，由 archive freeze 写",
        examples=["2025年度"],
        default=None,
    )
    pages: Public[
        Annotated[
            tuple[ReportPage, ...], Field(min_length=1), Expect("报告各页的列表，按顺序，至少一页")
        ]
    ] = Field(title="各页", examples=[[{"page": "report/work.md"}]], strict=False)
    next_steps: Public[Text | None] = Field(
        title="举措所在页",
        description="分小节写明下一步举措的那一页",
        examples=["report/next.md"],
        default=None,
    )
    sealed: Internal[dict[str, Digest]] = Field(
        title="封存",
        description="报送时各页的校验值，由 archive freeze 写，不得改动",
        examples=[{"report/work.md": f"sha256:{'0' * 64}"}],
        default_factory=dict,
    )
    corrections: Public[tuple[Correction, ...]] = Field(
        title="更正", description="报送以后改动页面的，每次一项", default=(), strict=False
    )
    brought: Internal[dict[str, Digest]] = Field(
        title="带来的文字",
        description="由文件导入的报告各页文字的校验值，由 archive report import 写；改写一页的，删去它的一行",
        examples=[{"report/work.md": f"sha256:{'0' * 64}"}],
        default_factory=dict,
    )
    typed: Internal[tuple[Passage, ...]] = Field(
        title="照写的数",
        description="各页里不是指标的数，连同前后的文字，和不是荣誉的名称，核对表里填“不是指标”“不是荣誉”的，由 archive report import 写",
        examples=[["三次产业结构为9.1:38.3:52.6"]],
        default=(),
        strict=False,
    )
    note: Internal[Text | None] = Field(title="备注", examples=["附件另存"], default=None)

    @property
    def paths(self) -> tuple[str, ...]:
        """Its pages in order, as paths in docs/."""
        return tuple(one.page for one in self.pages)
