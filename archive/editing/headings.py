"""Messages about files, told to whoever fills in a column or answers a question and sees no file."""

import re
from collections.abc import Mapping

from archive.editing.sheet.fields import NO, RULES, YES

_TYPED = re.compile(r"(；(?:例如|请改为|请去掉引号)：)(?:[a-z_]+: |- )(true$|false$)?")
"""Before what to type in a file, which begins with the field's name."""
_LACKING = re.compile(r"须有字段( ?[^：；]+)：必填(?:；请加一行，如 [a-z_]+: (.+))?")
_SPOKEN = {"true": YES, "false": NO}
_LINE = re.compile(
    r"(?:在 (?P<group>[a-z_]+) 下)?(?P<verb>请改为：|写 |如 |填上 )(?P<names>[a-z_]+(?:(?:、| 和 )[a-z_]+)*)(?P<end>: |:|)"
)
_SAID = {
    ("请改为：", ":"): "请清空{}",
    ("写 ", ":"): "{}空着",
    ("写 ", ": "): "在{}写 ",
    ("如 ", ":"): "如{}",
    ("填上 ", ""): "填上{}",
}
"""What is to be typed in a line of a file → what is done in a column or an answer."""


def called(message: str, named: Mapping[str, str]) -> re.Match[str] | None:
    """The first field in a message as files call it, `name（label）`; group `name` is its name.

    `named` leads from what files call the fields to their headings.
    """
    return _calls(named).search(message)


def by_heading(message: str, named: Mapping[str, str]) -> str:
    """A message with the fields called by their headings alone; `named` as for `called`."""
    headings = {call.partition("（")[0]: heading for call, heading in named.items()}

    def said(found: re.Match[str]) -> str:
        form = _SAID.get((found["verb"], found["end"]))
        group = f"{found['group']}." if found["group"] else ""
        there = [headings.get(group + name) for name in re.findall("[a-z_]+", found["names"])]
        return (
            form.format("".join(f"“{one}”" for one in there)) if form and all(there) else found[0]
        )

    def heading(found: re.Match[str]) -> str:
        return f"“{headings[found['name']]}”" + (f"第 {found['item']} 项" if found["item"] else "")

    message = _TYPED.sub(lambda found: found[1] + _SPOKEN.get(found[2], ""), message)
    message = message.replace("须为 true 或 false", f"须为{RULES['boolean']}")
    message = _LINE.sub(said, _LACKING.sub(_left_empty, message))
    return _calls(named).sub(heading, message)


def calls_in_entry(
    where: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]
) -> dict[str, str]:
    """What files call the fields of an entry → the headings under which each is asked for; see `by_heading`.

    `where` is field → its path in the entry, `labels` field → its heading. A group of fields has the headings of all.
    """
    ways = [(way, labels[name]) for name, way in where.items() if name in labels]
    named = {
        f"{group}（）": "”“".join(label for way, label in ways if way[0] == group)
        for group in dict.fromkeys(way[0] for way, _ in ways)
    }
    named |= {f"{name}（{labels[name]}）": labels[name] for name in where if name in labels}
    return named | {f"{'.'.join(way)}（{label}）": label for way, label in ways}


def _calls(named: Mapping[str, str]) -> re.Pattern[str]:
    """Finds the fields as files call them, an item of a list too: `evidence.2（佐证材料）`."""
    each = (
        f"{re.escape(name)}(?:\\.\\d+)?（{re.escape(label)}"
        for name, _, label in (call.partition("（") for call in named)
    )
    return re.compile(
        rf" ?(?=(?P<name>[a-z_]+(?:\.[a-z_]+)*)(?:\.(?P<item>\d+))?)(?:{'|'.join(each)})"
    )


def _left_empty(found: re.Match[str]) -> str:
    """What is said of a line that a file lacks, of a column or an answer that is empty."""
    example = f"；例如：{_SPOKEN.get(found[2], found[2])}" if found[2] else ""
    return f"{found[1]}须填写，现为空{example}"
