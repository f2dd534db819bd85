"""What may be published although the search for private things finds it (data/allowed.yml)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Internal, Public
from archive.schema.types import AnyText, Expect, Model, Text

LEAK_RULES: Mapping[str, str] = {
    "身份证号": "不得公布身份证号",
    "手机号": "不得公布个人手机号",
    "固定电话": "固定电话须是对外公布的",
    "QQ号": "不得公布 QQ 号",
    "微信号": "不得公布微信号",
    "车牌号": "不得公布车牌号",
    "银行卡号": "不得公布银行卡号",
    "私人邮箱": "不得公布私人邮箱",
    "住址": "不得公布个人住址",
    "姓名": "姓名须经本人同意才能公开",
    "受助人姓名": "不得公布受助人的姓名",
    "草稿标记": "公布前须删去草稿标记",
    "图片信息": "图片须不带拍摄地点、相机和作者的信息",
    "文件属性": "附件须不带作者、修改者和公司的属性",
    "修订批注": "附件里的修订须已接受或拒绝，批注须已删去",
    "无法检查": "附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密）",
    "网页脚本": "附件不得是网页、脚本、样式，图里不得有脚本和外部引用",
    "未公开的名称": "公开版里不得有没有公开的名称",
}
"""What is searched for → what must hold of it; a new kind is entered here and nowhere else."""

NEVER_ALLOWED = ("网页脚本", "未公开的名称")
"""The kinds of which data/allowed.yml allows none: what runs, and what data/unit.yml decides."""

LeakKind = str
"""A key of `LEAK_RULES`."""
if TYPE_CHECKING:
    AllowedKind = str
else:
    AllowedKind = Literal[tuple(kind for kind in LEAK_RULES if kind not in NEVER_ALLOWED)]

LeakSource = Annotated[
    str,
    StringConstraints(pattern=r"^(?:data|docs)/[^\s/][^\n]*$"),
    Expect("以 data/ 或 docs/ 开头的文件路径", "docs/files/通讯录.docx"),
]


ExceptionCode = Annotated[int, Field(ge=1000, le=9999), Expect("四位数", 4171)]


class Allowed(Model):
    """One exception: what was found in one file, why it may stand, and who answers for that."""

    file: Public[LeakSource] = Field(title="所在文件", description="提示开头的文件，不写行号")
    kind: Public[AllowedKind] = Field(title="种类")
    found: Public[AnyText] = Field(
        title="所见", description="照抄提示里“现有”后面的内容，星号照写", examples=["139******78"]
    )
    code: Public[ExceptionCode | None] = Field(
        title="核对码", description="先不写，检查会给出；内容与审过的不同，就不再相符", default=None
    )
    reason: Internal[Text] = Field(title="可以公开的理由", examples=["值班室对外公布的电话"])
    reviewer: Internal[Text] = Field(title="审核人", examples=["办公室主任"])
