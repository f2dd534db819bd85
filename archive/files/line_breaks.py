"""Line breaks within Chinese text: none is shown, whoever reads the text."""

import yaml

from archive.files.patterns import late

_WIDE = "[\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·]"
"""Chinese letters, and the punctuation that stands in Chinese text."""
_SIGN = late(_WIDE)
_TAGS = r"(?:<[^<>\n]{0,400}>){0,20}+"
_BROKEN = late(rf"(?<={_WIDE})({_TAGS})[ \t]*+\n[ \t]*+(?={_TAGS}{_WIDE})")


_FOLDED = late(rf"(?<={_WIDE})(?=[ \t]*+\n[ \t]*+{_WIDE})")
_MARK = "\ue000"


def joins(before: str, after: str) -> bool:
    """Whether a line break between these two signs is shown as nothing, not as a space."""
    return bool(_SIGN.fullmatch(before) and _SIGN.fullmatch(after))


def without_line_breaks(text: str) -> str:
    """The text, or the HTML, without the line breaks between two Chinese signs."""
    return text if "<pre" in text else _BROKEN.sub(r"\1", text)


def unfolded(written: str, value: str) -> str:
    """The value of a YAML scalar, without the spaces that fold a line break between two Chinese signs.

    `written` is the scalar as it stands in the file. A space that was typed is kept.
    """
    marked, breaks = _FOLDED.subn(_MARK, written)
    if not breaks or _MARK in written:
        return value
    try:
        read = next(it.value for it in yaml.parse(marked, yaml.CSafeLoader) if hasattr(it, "value"))
    except (yaml.YAMLError, StopIteration):
        return value
    same = read.replace(_MARK, "").strip() == value.strip()
    return read.replace(f"{_MARK} ", "").replace(_MARK, "") if same else value


def between(before: str, after: str) -> str:
    """What a search should see in place of a line break between these signs: nothing within a word or number."""
    within = joins(before, after) or (before.isalnum() and after.isalnum() and before.isascii())
    return "" if within else " "
