"""What may be published although the search for private things finds it (data/allowed.yml)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Internal, Public
from archive.schema.types import Expect, Model, Text

Kind = Literal[
    "身份证号", "手机号", "银行卡号", "私人邮箱", "住址", "姓名", "受助人姓名",
    "草稿标记", "图片信息", "文件属性", "修订批注", "无法检查",
]  # fmt: skip
"""What is searched for."""

Source = Annotated[
    str,
    StringConstraints(pattern=r"^(?:data|docs)/[^\s/][^\n]*$"),
    Expect("以 data/ 或 docs/ 开头的文件路径", "docs/files/通讯录.docx"),
]


class Allowed(Model):
    """One exception: what was found in one file, why it may stand, and who answers for that."""

    file: Public[Source] = Field(title="所在文件", description="提示开头的文件，不写行号")
    kind: Public[Kind] = Field(title="种类")
    found: Public[Text] = Field(
        title="所见", description="照抄提示里“现有”后面的内容，星号照写", examples=["139******78"]
    )
    reason: Internal[Text] = Field(title="可以公开的理由", examples=["值班室对外公布的电话"])
    reviewer: Internal[Text] = Field(title="审核人", examples=["办公室主任"])
