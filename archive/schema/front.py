"""The front matter of pages."""

from typing import Literal

from pydantic import Field

from archive.schema.disclosure import Narrowed, Public
from archive.schema.types import Flag, Model, Title

Printing = Literal["不打印", "整页", "整页和各节"]
"""What of a page can be printed alone."""


class SearchMeta(Model):
    """How the search treats a page."""

    exclude: Public[Flag] = Field(title="不进搜索", default=False)
    minor: Public[Flag] = Field(title="排在别的页面之后", default=False)


class PageMeta(Model):
    """Front matter of a page."""

    title: Public[Title] = Field(title="页面标题", examples=["志愿服务"])
    description: Public[Title | None] = Field(
        title="页面说明", examples=["三年来的志愿服务"], default=None
    )
    search: Public[SearchMeta | None] = Field(title="搜索", default=None)
    print: Public[Printing | None] = Field(title="打印", default=None)
    hide: Public[tuple[Literal["navigation", "toc", "path", "footer"], ...]] = Field(
        title="隐藏栏目", default=(), strict=False
    )
    disclosure: Narrowed = None
