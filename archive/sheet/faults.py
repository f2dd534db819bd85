"""What a clerk has to mend in a sheet: where it stands, and what must hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """A fault by sheet, row and column; row 0 is the sheet, or the file, as a whole."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """`志愿服务活动 第 5 行“服务时长”：须为…`."""
        row = f" 第 {self.row} 行" if self.row else ""
        column = f"“{self.column}”" if self.column else ""
        return f"{self.sheet}{row}{column}：{self.message}"


def called(named: Mapping[str, str]) -> re.Pattern[str]:
    """Finds fields as files call them, `name（label）`; `named` leads from there to the label."""
    return re.compile(f" ?({'|'.join(map(re.escape, named))})")


def by_heading(message: str, named: Mapping[str, str]) -> str:
    """A message with the fields called by their labels alone, for whoever sees no file."""
    return called(named).sub(lambda found: f"“{named[found[1]]}”", message)
