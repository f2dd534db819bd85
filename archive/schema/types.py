"""The kinds of value that fields hold, each with the sentence that says what it must be."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from archive.schema.disclosure import Internal, Public


@dataclass(frozen=True, slots=True)
class Expect:
    """What a value of a field must be, to be read after 须为.

    `example` is one such value. `also` says, as JSON Schema does, what may be written beside it.
    """

    text: str
    example: str | int | float | None = None
    also: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Retired:
    """The mark of a choice some of whose words are retired: each with the day it was."""

    days: tuple[tuple[str, date], ...]


def one_of(words: Iterable[tuple[str, date | None]]) -> Any:
    """Return the type of a choice of these words, each with the day it was retired, if it was."""
    listed = dict(words)
    chosen: Any = Literal[tuple(listed)]
    days = tuple((word, day) for word, day in listed.items() if day)
    return Annotated[chosen, Retired(days)] if days else chosen


def labelled(value: Any) -> Any:
    """An item that is only its label as the group of fields it stands for; anything else as it came."""
    return {"label": value} if isinstance(value, str) else value


def yaml_text(value: Any) -> str:
    """A value as an editor writes it in a file; what conditions are compared by."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _word(value: Any) -> Any:
    """True and false as the words they are written with; anything else as it came."""
    return yaml_text(value) if isinstance(value, bool) else value


def exact(value: Any) -> Any:
    """A whole number as an exact decimal; anything else as it came."""
    return Decimal(value) if type(value) is int else value


FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2099, 12, 31)
"""What lies outside is a slip of the pen."""


def _sane(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError
    return value


MAX_CHARACTERS = 2000
"""Characters of a text, so that it stays well below what a cell of a spreadsheet holds."""

AnyText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS), Expect("文字")]
"""A text of which nothing more is asked: what a program has written, a mask among it."""

_NOTHING = frozenset(
    re.findall(
        r"\S+",
        "无 没有 暂无 暂缺 缺 空 空白 略 从略 不详 不明 不知 不知道 不清楚 未知 未定 未填 未写 待定 待补 待补充 待填 待填写"
        " 待查 待核 待核实 待确认 待完善 待续 同上 同前 同左 如上 如前 见上 见前 不适用 不涉及 无内容 无备注 不填 叉"
        " na none null nil tbd tba todo x xx xxx xxxx",
    )
)
"""What people write where they have nothing to write, without the signs around it."""
_SIGN = r"[^\w%‰°¥$€£]|_"
_SIGNS, _ONLY_SIGNS = re.compile(_SIGN), re.compile(rf"(?:{_SIGN})*+")
_LONGEST = 12


MODELS = 100
"""Models of which a process keeps what it has worked out, several times those of a site: an edit may make others."""


@lru_cache(maxsize=10_000)
def is_placeholder(text: str) -> bool:
    """Return whether `text` stands only for a text: 无, 待定, 同上, 〃, /, —, N/A, ***."""
    if len(text) > _LONGEST:
        return bool(_ONLY_SIGNS.fullmatch(text))
    letters = _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return not letters or letters in _NOTHING


CORRECTED = "corrected"
"""The type of pydantic's error for a value whose right form is known; its message is that form."""
PLACEHOLDER = "placeholder"
"""The type of pydantic's error for one."""
REMARK = "remark"
"""The type of pydantic's error for a text with a comment in it."""
OPENING = "<!--"
"""How a comment of a page begins. In data none is known: it would be shown, and what it says would not be done."""


def _telling(text: str) -> str:
    if is_placeholder(text):
        raise PydanticCustomError(PLACEHOLDER, "a placeholder")
    return text


def _open(text: str) -> str:
    if OPENING in text:
        raise PydanticCustomError(REMARK, "a comment")
    return text


Text = Annotated[
    AnyText,
    StringConstraints(pattern=r"^[^*]*$"),
    AfterValidator(_telling),
    AfterValidator(_open),
]
"""A text that somebody writes. It has no asterisk: on a page that would be a mask; and no comment."""
PLAIN = re.compile(r"(?:(?!\{[{%#]|&#?\w+;)[^<>\"*\n])+")
"""A text that is the same as HTML, in an attribute too, in which no template engine acts, and without masks."""


def _plain(text: str) -> str:
    if not PLAIN.fullmatch(text):
        raise ValueError
    return text


LongText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000, pattern=r"^[^*]*$"),
    AfterValidator(_telling),
    Expect("文字"),
]
"""A text of several paragraphs that is read as a page is, so with comments, but without asterisks."""
PageText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=60_000),
    AfterValidator(_telling),
    Expect("文字"),
]
"""The text of a page, or of a section of one: the check of the page judges it."""
Title = Annotated[
    Text, AfterValidator(_plain), Expect('一行文字，不含 < > "、{{ 和 &lt; 一类的写法')
]
Word = Annotated[
    Text, BeforeValidator(_word), Expect("文字，或者 true、false", also={"type": "boolean"})
]
Mask = Annotated[
    str, StringConstraints(pattern=r"^\*+$"), Expect('加引号的若干星号，如 "***"', "***")
]
Flag = Annotated[bool, Expect(" true 或 false")]
Day = Annotated[
    date,
    AfterValidator(_sane),
    Expect("确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年）", "2024-03-05"),
]


def zone(name: str) -> ZoneInfo | None:
    """The time zone of that name in the IANA database, None if there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name, a folder of names
        return None


USUAL_ZONE = "Asia/Shanghai"
"""The time zone of a bureau that names none."""


def _known_zone(name: str) -> str:
    if zone(name) is None:
        raise ValueError
    return name


TimeZone = Annotated[
    str, AfterValidator(_known_zone), Expect("时区的名称，如 Asia/Shanghai", USUAL_ZONE)
]
Count = Annotated[int, Field(ge=0, le=1_000_000), Expect("不小于 0、不超过 1000000 的整数", 12)]
HEADS = "人数"
"""The mark of a field that counts people: a small count is not public."""
FAR = Decimal(10) ** 12
"""What numbers stay below, so that all their digits are calculated, in sums too."""
DECIMALS = 4
"""Decimals that a number may have."""
Amount = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(ge=0, lt=FAR, decimal_places=DECIMALS),
    Expect(f"不小于 0 的数，小数不超过 {DECIMALS} 位", 120.5),
]


class Model(BaseModel):
    """Strict and closed: no value is coerced, no field unknown to the schema let through."""

    # Most models are narrowed to an archive's kinds before they judge anything: what is never asked is not built.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    def __eq__(self, other: object) -> bool:
        """Equal if the fields are: the class may be one made for other lists of kinds."""
        return isinstance(other, Model) and self.__dict__ == other.__dict__

    @classmethod
    def label_of(cls, field: str) -> str:
        """The Chinese label of a field."""
        return cls.model_fields[field].title or field


class Span(Model):
    """A stretch of time, both days included; either end may still be unknown."""

    start: Public[Day | None] = Field(title="起始日")
    end: Public[Day | None] = Field(title="截止日")


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
DistinctFrom = Annotated[
    Internal[tuple[Text, ...]],
    Field(
        title="别有一次",
        description="与别的记录日期、名称相同，却不是同一件事的才写：那几条记录的编号",
        examples=[["20240305-学雷锋进社区"]],
        strict=False,
    ),
]
"""The field by which a record that looks like another says that it is not the same thing."""
