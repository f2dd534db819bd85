"""Make elements of WordprocessingML (ISO/IEC 29500-1)."""

from typing import Any

from lxml import etree

from archive.files.patterns import late
from archive.press.pdf import UnprintableError

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Characters that no XML document may hold (XML 1.0, 2.2).
_FORBIDDEN = late("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def w(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element whose tag and attributes are in the main namespace."""
    made = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        made.set(f"{{{NAMESPACE}}}{name}", str(value))
    made.extend(children)
    return made


def text_element(tag: str, text: str) -> etree._Element:
    """An element that holds text with all its spaces; raises `UnprintableError` like `checked`."""
    made = w(tag)
    made.set(SPACE, "preserve")
    made.text = checked(text)
    return made


def checked(text: str) -> str:
    """The text unchanged; raises `UnprintableError` if it has a character that XML may not hold."""
    found = _FORBIDDEN.search(text)
    if found:
        near = _FORBIDDEN.sub("□", text[max(0, found.start() - 10) : found.end() + 10])
        raise UnprintableError(
            f"文字须是 Word 文件能有的字符，现有 U+{ord(found[0]):04X}（在“{near}”的“□”处）"
        )
    return text


_NAMES: dict[Any, str] = {"w": NAMESPACE}
