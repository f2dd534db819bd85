"""Words of one meaning (data/synonyms.yml): in search each finds what the others find."""

from typing import Annotated

from pydantic import Field, StringConstraints

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import Expect, Model, Text

SearchWord = Annotated[
    Text,
    StringConstraints(pattern=r"^[^\W_]{2,20}$"),
    Expect("一个词，2 至 20 个汉字、字母、数字，没有空格和标点", "志愿者"),
]


class Synonyms(Model):
    """A group of words of one meaning."""

    words: Public[tuple[SearchWord, ...]] = Field(
        title="同义的词",
        description="至少两个；搜索其中一个，也找到写着另几个的地方",
        strict=False,
        examples=[["义工", "志愿者", "志愿服务"]],
    )
    disclosure: Narrowed = None
