"""Whether a message says what to do: the one definition, for all that editors and maintainers are told."""

import re

COUNTED = re.compile(r"[^；]*[0-9]+ 处[^；]*")
"""How a command ends after it has told of problems: with their number."""
_WAY_OUT = re.compile(r"请|例如：|写作|是否为 .+？")


def has_way_out(message: str) -> bool:
    """Whether a message says what to do: after its first semicolon, or before it says what was found.

    What was found is quoted, and may hold a semicolon of its own.
    """
    must, semicolon, way_out = message.partition("；")
    before = must.partition("，现")[0] if semicolon else must
    return bool(_WAY_OUT.search(way_out) or _WAY_OUT.search(before))


TYPED_NUMBER = (
    '；请登记为指标，再写 {{ fig("编号") }}，是名称的把整个名称列入 data/phrases.yml，'
    "是日期、届次的写作 2024年3月5日、第三届"
)
"""What to do about a number typed by hand that no figure has."""
