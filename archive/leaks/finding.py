"""What a detector finds, told so that it can be recognised and not used."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from archive.schema.allowed import Kind


class Finding(NamedTuple):
    """Something in a text that must not go out."""

    kind: Kind
    found: str
    """The thing itself, its middle masked."""
    at: int
    """Where in the text."""


class Found(NamedTuple):
    """Something in a file that must not go out: in a line, or at a place where there are no lines.

    Like a finding it is a tuple of plain values, so that a cache can keep it.
    """

    kind: Kind
    found: str
    line: int = 1
    place: str = ""


Search = Callable[[str], Iterable[Finding]]
"""What finds things in a text."""


def masked(text: str, head: int, tail: int) -> str:
    """`text` with only its first and last characters left, at least half of it hidden."""
    text = " ".join(text.split())
    shown = len(text) // 2
    tail = min(tail, shown // 2)
    head = min(head, shown - tail)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def in_lines(text: str, findings: Iterable[Finding]) -> list[Found]:
    """Findings in a text by their lines, in order."""
    found, line, done = [], 1, 0
    for one in sorted(findings, key=lambda finding: finding.at):
        line += text.count("\n", done, one.at)
        done = one.at
        found.append(Found(one.kind, one.found, line))
    return found


def at_place(place: str, findings: Iterable[Finding]) -> list[Found]:
    """Findings in the text of one part of a file, called `place`."""
    return [Found(one.kind, one.found, place=place) for one in findings]


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
"""Kind of finding → what must hold."""


def told(found: Found) -> str:
    """The message for something found in a file, without the file and the line."""
    where = f"（{found.place}）" if found.place else ""
    return f"{RULES[found.kind]}，现有 {found.found}{where}；确可公开的，在 data/allowed.yml 写明"
