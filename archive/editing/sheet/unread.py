"""Say what a sheet holds that an import does not read: pictures, comments, links, text beside the table."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

from archive.editing.sheet.cells import sheet_cell
from archive.editing.sheet.layout import GREY

MAX_PLACES = 10
"""The most places of a kind that are named; the others are only counted."""

Place = tuple[int, int]
"""Row and column."""


def _is_coloured(fill: Any) -> bool:
    """Whether a filling says something: neither none, nor white, nor the program's own of what is fixed."""
    if fill.fill_type != "solid":
        return fill.fill_type not in (None, "none", "gray125")
    colour = str(fill.fgColor.rgb if fill.fgColor.type == "rgb" else "")[-6:].upper()
    return colour not in ("FFFFFF", GREY)


def unread(
    sheet: Any,
    heads: Mapping[int, str],
    rows: Mapping[int, Mapping[int, Any]],
    read: Set[int],
    drawn: Iterable[Place],
    column: Callable[[int], str],
) -> Iterator[str]:
    """The notes about the `rows` below the headings `heads`, both by their numbers.

    `read` are the columns that are read, `drawn` the places of pictures; `column` names a column.
    """
    struck = {at for at, font in enumerate(sheet.parent._fonts) if font.strike}
    coloured = {at for at, fill in enumerate(sheet.parent._fills) if _is_coloured(fill)}
    kinds: dict[str, list[Place]] = {
        "图片、图形不读取，要用的请另存为文件": sorted(drawn),
        "批注不读取，要记的请写进格子里": [],
        "超链接不读取，只读格子里的文字": [],
        "删除线不读取，不要的请删去文字": [],
        "底色不读取，要说明的请写进格子里": [],
        "第一行没有标题的列不读取": [],
    }
    _, comments, links, strikes, fills, beside = kinds.values()
    for number, row in rows.items():
        marked = False  # a row is coloured as a whole, which is one thing to tell
        for at, cell in row.items():
            place, filled = (number, at), sheet_cell(cell).value is not None
            if cell._comment:
                comments.append(place)
            if filled and cell._hyperlink and cell._hyperlink.target not in (None, cell.value):
                links.append(place)
            if filled and at in read and cell.has_style and cell._style.fontId in struck:
                strikes.append(place)
            if filled and not marked and cell.has_style and cell._style.fillId in coloured:
                fills.append(place)
                marked = True
            if filled and not heads.get(at):
                beside.append(place)
    for message, places in kinds.items():
        if places:
            named = "、".join(f"第 {row} 行 {column(at)}" for row, at in places[:MAX_PLACES])
            rest = f"等 {len(places)} 处" if len(places) > MAX_PLACES else ""
            yield f"{message}：{named}{rest}"
    hidden = {
        at
        for one in sheet.column_dimensions.values()
        if one.hidden
        for at in read
        if one.min <= at <= one.max  # several columns may share their looks
    }
    if hidden:
        yield f"隐藏的列照样读取：{'、'.join(map(column, sorted(hidden)))}"
