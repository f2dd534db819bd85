"""Line breaks within Chinese text: none is shown, whoever reads the text."""

import re

_WIDE = "[\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·]"
"""Chinese letters, and the punctuation that stands in Chinese text."""
_SIGN = re.compile(_WIDE)
_TAGS = r"(?:<[^<>\n]{0,400}>){0,20}+"
_BROKEN = re.compile(rf"(?<={_WIDE})({_TAGS})[ \t]*+\n[ \t]*+(?={_TAGS}{_WIDE})")


def joins(before: str, after: str) -> bool:
    """Whether a line break between these two signs is shown as nothing, not as a space."""
    return bool(_SIGN.fullmatch(before) and _SIGN.fullmatch(after))


def without_line_breaks(text: str) -> str:
    """The text, or the HTML, without the line breaks between two Chinese signs."""
    return text if "<pre" in text else _BROKEN.sub(r"\1", text)
