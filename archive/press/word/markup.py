"""WordprocessingML (ISO/IEC 29500-1) as elements: one function to make them."""

import re
from typing import Any

from lxml import etree

from archive.press.pdf import UnprintableError

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# What no XML document may hold (XML 1.0, 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def w(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element of the main namespace, as are its attributes."""
    made = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        made.set(f"{{{NAMESPACE}}}{name}", str(value))
    made.extend(children)
    return made


def words(tag: str, text: str) -> etree._Element:
    """An element that holds text, every space of it kept; raises UnprintableError if no file can hold it."""
    made = w(tag)
    made.set(SPACE, "preserve")
    made.text = checked(text)
    return made


def checked(text: str) -> str:
    """The text itself; raises UnprintableError where it has a character that no XML may hold."""
    found = _FORBIDDEN.search(text)
    if found:
        near = _FORBIDDEN.sub("□", text[max(0, found.start() - 10) : found.end() + 10])
        raise UnprintableError(
            f"文字须是 Word 文件能有的字符，现有 U+{ord(found[0]):04X}（在“{near}”的“□”处）"
        )
    return text


_NAMES: dict[Any, str] = {"w": NAMESPACE}
