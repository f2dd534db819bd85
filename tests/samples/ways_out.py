"""Whether a message says what to do: the one definition, for all that editors and maintainers are told."""

import re

_WAY_OUT = re.compile(r"请|例如：|写作|是否为 .+？")


def has_way_out(message: str) -> bool:
    """Whether a message ends with what to do: what follows its first semicolon, or all of it if none does."""
    must, _, way_out = message.partition("；")
    return bool(_WAY_OUT.search(way_out or must))


TYPED_NUMBER = (
    '；请登记为指标，再写 {{ fig("编号") }}，是名称的把整个名称列入 data/phrases.yml，'
    "是日期、届次的写作 2024年3月5日、第三届"
)
"""What to do about a number typed by hand that no figure has."""
