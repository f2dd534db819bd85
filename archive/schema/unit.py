"""Names and settings of the site (data/unit.yml) and set phrases (data/phrases.yml)."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from archive.schema.disclosure import Internal, Public, Stated
from archive.schema.kinds import OneOf
from archive.schema.types import (
    CORRECTED,
    USUAL_ZONE,
    Count,
    Expect,
    Flag,
    Mask,
    Model,
    Span,
    Text,
    TimeZone,
)

USUAL_LARGEST = 20
"""Megabytes that an attachment may have where the bureau names no other bound."""


_LONGEST_NAME = 50
"""Characters of a name: each that is withheld is looked for from every place of every text."""
Name = Annotated[Text, StringConstraints(max_length=_LONGEST_NAME)]


class HiddenName(Model):
    """A name used across the site, and the mask shown until it is known."""

    meaning: Internal[Text] = Field(title="含义", examples=["本单位的名称"])
    person: Public[Flag] = Field(title="是否人名")
    value: Public[Name | None] = Field(title="名称", examples=["示例市"])
    mask: Public[Mask] = Field(title="掩码")
    disclosure: Public[Stated] = Field(
        title="公开属性", description="写“公开”的，公开版里才显示名称", default=None
    )


_WITHIN = frozenset(
    {"-", "tree", "blob", "src", "raw", "edit", "commit", "commits", "branches", "tags", "releases", "issues"}
    | {"pull", "pulls", "merge_requests", "wiki", "wikis", "settings", "actions", "activity"}
)  # fmt: skip
"""What follows owner and name in the address of a page within a repository."""


def front_page(address: str) -> str:
    """Return the address of a repository's first page, without a password, from that of any page."""
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    within = (at for at, step in enumerate(steps) if at > 1 and step in _WITHIN)
    path = "/".join(steps[: next(within, len(steps))]).removesuffix(".git")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/{path}".rstrip("/")


def _front_page(address: str) -> str:
    better = front_page(address)
    if better != address:
        raise PydanticCustomError(CORRECTED, "{better}", {"better": better})
    return address


_HOST = r"(?!-)[0-9A-Za-z\u4e00-\u9fff-]{1,63}(?<!-)"
_SITE = re.compile(
    rf"https?://(?P<host>{_HOST}(?:\.{_HOST})*)(?::[0-9]{{1,5}})?(?:/(?!\.)[\w.~-]+)*/?"
)
_LONGEST = 150
"""Characters of a site's address: with the longest page it still makes a code that can be printed."""


def _site_address(address: str) -> str:
    """Return the address of a site's first page with a slash at its end."""
    found = _SITE.fullmatch(address)
    if not found or len(address) > _LONGEST:
        raise ValueError
    found["host"].encode("idna")  # raises UnicodeError, a ValueError, for what is no name of a host
    return address if address.endswith("/") else f"{address}/"


SiteAddress = Annotated[
    Text,
    AfterValidator(_site_address),
    Expect(
        "网站首页的网址，以 http:// 或 https:// 开头，不超过 150 字，不带用户名、空格和 % ? # 一类的符号",
        "https://wenming.example/",
    ),
]


class Repository(Model):
    """Where the sources are kept, for the edit links."""

    forge: Internal[Literal["github", "gitlab", "gitea", "forgejo"] | None] = Field(
        title="托管平台"
    )
    address: Internal[
        Annotated[
            str,
            StringConstraints(pattern=r"""^https?://[^\s<>"']+$"""),
            AfterValidator(_front_page),
            Expect(
                "以 http 开头的网址，只到仓库首页，不带用户名、密码、分支，不带 ? 和 # 后面的，结尾没有 / 和 .git"
            ),
        ]
        | None
    ] = Field(title="仓库网址", examples=["https://git.example/wenming/archive"])
    branch: Internal[Text | None] = Field(title="分支", examples=["main"])


class Unit(Model):
    """data/unit.yml."""

    demonstration: Public[Flag] = Field(title="是否演示数据")
    record_period: Public[Span] = Field(title="建档期间")
    repository: Public[Repository] = Field(title="代码仓库")
    site_address: Internal[SiteAddress | None] = Field(
        title="网站地址",
        description="内部版首页的网址；填了的，打印的页面、PDF、Word 写全网址，旁边有二维码",
        default=None,
    )
    public_address: Public[SiteAddress | None] = Field(
        title="公开版的网站地址",
        description="公开版首页的网址；公开版的打印件写它，不写内部版的",
        default=None,
    )
    time_zone: Public[TimeZone] = Field(
        title="时区",
        description=f"“今天”和提交的日期按它计算；不写的，为 {USUAL_ZONE}",
        default=USUAL_ZONE,
    )
    least_people: Internal[Count | None] = Field(
        title="可公开的最小人数",
        description="人数、人次小于它的，公开版里隐去；空着的，一律隐去",
        default=None,
    )
    reviews_required: Internal[Flag] = Field(
        title="发布须经三审",
        description="写 true 的，没有初审、复审、终审签字的不予发布",
        default=False,
    )
    largest_attachment: Internal[
        Annotated[int, Field(ge=1, le=50), Expect(" 1 至 50 的整数", USUAL_LARGEST)] | None
    ] = Field(
        title="附件的上限",
        description=f"单位：MB；不写的，为 {USUAL_LARGEST}",
        default=None,
    )
    one_post_signs: Internal[Flag] = Field(
        title="准许一个岗位签几步",
        description="填报、审核、核定可以由同一岗位签的，写 true",
        default=False,
    )
    one_person_registers: Internal[Flag] = Field(
        title="准许一人登记三审",
        description="初审、复审、终审的签字可以由同一人提交的，写 true",
        default=False,
    )
    headlines: Public[tuple[Text, ...]] = Field(
        title="首页的数",
        description="首页上先列哪些指标，写编号，最多 8 个；不写的，为登记里有数的前 8 个",
        examples=[["volunteer_hours"]],
        default=(),
        strict=False,
    )
    names: Public[dict[str, HiddenName]] = Field(title="名称")


class Phrase(Model):
    """A set phrase that holds a numeral and is no figure."""

    text: Public[Text] = Field(
        title="用语", description="原文，一字不差，写得越完整越好", examples=["第十三次党代会"]
    )
    kind: Public[Annotated[Text, OneOf("phrase_kinds")]] = Field(title="类别")
    note: Internal[Text | None] = Field(title="说明", examples=["党代表大会的届次"])
