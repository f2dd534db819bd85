"""The leak a detector reports: what was found, masked so that it is recognised but not disclosed."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from archive.schema.allowed import Kind


class Finding(NamedTuple):
    """Something in a text that must not be published."""

    kind: Kind
    found: str
    """The text found, its middle masked."""
    at: int
    """Its offset in the text."""


class Found(NamedTuple):
    """Something in a file that must not be published, at a line or, in a file without lines, a place.

    It is a tuple of plain values so that a cache can store it.
    """

    kind: Kind
    found: str
    line: int = 1
    place: str = ""


Search = Callable[[str], Iterable[Finding]]
"""A function that yields the leaks in a text."""


def masked(text: str, head: int, tail: int) -> str:
    """Return `text` with all but its first `head` and last `tail` characters as asterisks.

    At least half of the text is masked; where that needs it, fewer characters are shown.
    """
    text = " ".join(text.split())
    shown = len(text) // 2
    tail = min(tail, shown // 2)
    head = min(head, shown - tail)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def in_lines(text: str, findings: Iterable[Finding]) -> list[Found]:
    """Return leaks in a text with their line numbers, in the order of the text."""
    leaks, line, done = [], 1, 0
    for finding in sorted(findings, key=lambda finding: finding.at):
        line += text.count("\n", done, finding.at)
        done = finding.at
        leaks.append(Found(finding.kind, finding.found, line))
    return leaks


def at_place(place: str, findings: Iterable[Finding]) -> list[Found]:
    """Return leaks in the text of one part of a file; `place` is what messages call the part."""
    return [Found(finding.kind, finding.found, place=place) for finding in findings]


RULES: Mapping[Kind, str] = {
    "身份证号": "不得公布身份证号",
    "手机号": "不得公布个人手机号",
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
}
"""Kind of leak → the rule it breaks, as messages state it."""


def told(found: Found) -> str:
    """Return the message for a leak in a file, without the file's name and line."""
    where = f"（{found.place}）" if found.place else ""
    return f"{RULES[found.kind]}，现有 {found.found}{where}；确可公开的，在 data/allowed.yml 写明"
