"""The part of the browser's print style sheet that is generated from the page and its fonts.

Browsers do not resolve variables inside `@page`, so the values are written into the sheet, between
two marker comments.
"""

import re
from pathlib import Path
from string import Template

from archive.press import geometry
from archive.press.faces import WANTED, Role
from archive.press.geometry import Page

SHEET = "archive/design/assets/print.css"
"""Path of the style sheet from the root of the program's repository."""

_BEGIN = "/* Written by `archive schema` from the page and the faces in archive/press/; not to be edited. */"
_END = "/* As far as it is written. */"
_WRITTEN = re.compile(f"{re.escape(_BEGIN)}.*{re.escape(_END)}", re.S)

_DASH = 0.664
"""Distance in em from the top of a page number's line to its dashes, as Chromium sets it."""

_RULES = Template("""
:root {
  --line: calc(${area_height}mm / $lines);
  --cell: calc(${area_width}mm / $characters);
  --title-size: ${title}pt;
  --table-size: ${table}pt;
  --table-line: $table_line;
  --small-size: ${small}pt;
  --small-line: ${small_line}pt;
  --picture: ${picture_height}pt;
$faces
}

@page {
  size: ${width}mm ${height}mm;
  margin: ${top}mm ${outer}mm ${bottom}mm ${inner}mm;
  color: #000;
  font: ${number}pt/${number}pt $number_faces; /* of page numbers */

  /* The browser's own head and foot give way. */
  @top-left { content: ""; }
  @top-center {
    content: "";
    padding-bottom: ${above}mm;
    font: ${small}pt $body_faces;
    vertical-align: bottom;
  }
  @top-right { content: ""; }
  @bottom-left { content: ""; }
  @bottom-center { content: ""; }
  @bottom-right { content: ""; }
}

/* The page number: digits between one-em lines, the lines ${below} mm below the text, one character in. */
@page :right {
  @bottom-right {
    content: "— " counter(page) " —";
    padding: ${lower}mm ${number}pt 0 0;
    text-align: right;
    vertical-align: top;
  }
}

@page :left {
  margin-left: ${outer}mm;
  margin-right: ${inner}mm;

  @bottom-left {
    content: "— " counter(page) " —";
    padding: ${lower}mm 0 0 ${number}pt;
    text-align: left;
    vertical-align: top;
  }
}
""")

_ACROSS = Template("""
/* The sheet is turned so that its head is at the left, and the page number keeps its corner of it. */
@page wide {
  size: ${height}mm ${width}mm;
}

@page wide:right {
  margin: ${inner}mm ${top}mm ${outer}mm ${bottom}mm;

  @bottom-right {
    content: "";
  }

  @left-bottom {
    content: "— " counter(page) " —";
    padding: 0 ${lower}mm ${number}pt 0;
    writing-mode: vertical-rl;
    text-orientation: sideways;
    text-align: end;
    vertical-align: top;
  }
}

@page wide:left {
  margin: ${outer}mm ${top}mm ${inner}mm ${bottom}mm;

  @bottom-left {
    content: "";
  }

  @left-top {
    content: "— " counter(page) " —";
    padding: ${number}pt ${lower}mm 0 0;
    writing-mode: vertical-rl;
    text-orientation: sideways;
    text-align: start;
    vertical-align: top;
  }
}
""")


def generated(root: Path) -> dict[str, str]:
    """Path → text of the style sheet with its generated part renewed; empty if there is no sheet."""
    sheet = root / SHEET
    return {SHEET: _in_step(sheet.read_text("utf-8"))} if sheet.is_file() else {}


def _in_step(sheet: str) -> str:
    part = f"{_BEGIN}{rules(geometry.PAGE)}{_END}"
    found = _WRITTEN.search(sheet)
    return sheet[: found.start()] + part + sheet[found.end() :] if found else f"{part}\n\n{sheet}"


def rules(page: Page) -> str:
    """The CSS generated for the page: its measures and fonts, its margins, the page number."""
    lower = geometry.BELOW - _DASH * geometry.NUMBER * geometry.POINT
    known = {name: f"{value:g}" for name, value in geometry.numbers(page).items()}
    roles = (Role.TITLE, Role.HEADING, Role.SECOND, Role.BODY)
    faces = [f"  --{role.name.lower()}: {_named(role)};" for role in roles]
    faces.append(f"  --last: {_named(Role.LAST)}, serif;")
    text = _RULES.substitute(
        known,
        lower=f"{lower:.2f}",
        faces="\n".join(faces),
        number_faces=f"{_named(Role.NUMBER)}, serif",
        body_faces=f"{_named(Role.BODY)}, serif",
    )
    return text + (_ACROSS.substitute(known, lower=f"{lower:.2f}") if page.upright else "")


def _named(role: Role) -> str:
    return ", ".join(f'"{name}"' for name, _ in WANTED[role])
