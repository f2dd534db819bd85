"""The fields every record ends with: what it rests on, and who answers for it."""

from typing import Annotated

from pydantic import Field

from archive.schema.disclosure import Internal
from archive.schema.types import Text

Source = Annotated[Internal[Text], Field(title="原始资料", examples=["签到表"])]
Evidence = Annotated[
    Internal[tuple[Text, ...]],
    Field(
        title="佐证材料",
        description="以 files/ 开头的，须在 docs/files/ 下有这个文件",
        examples=[["files/照片.jpg"]],
        strict=False,
    ),
]
Recorder = Annotated[Internal[Text], Field(title="记录人", examples=["办公室"])]
Reviewer = Annotated[Internal[Text | None], Field(title="复核人", examples=["办公室主任"])]
Note = Annotated[Internal[Text | None], Field(title="备注", examples=["签到表为复印件"])]
