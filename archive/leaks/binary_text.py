"""The texts in bytes that may be no text, whatever code they are in."""

from archive.files.patterns import late

_SHORTEST = 4
"""Characters of the shortest text in UTF-16 that is read."""
_ASCII = rb"[\t\n\r\x20-\x7e]"
_UTF_8 = late(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|" + _ASCII + rb"){4,}+")
_GB = late(rb"(?:[\xa1-\xf7][\xa1-\xfe]|" + _ASCII + rb"){4,}+")
_WIDE = (
    (late(rb"(?:[\t\n\r\x20-\x7e]\0|[\0-\xff][\x20\x30\x4e-\x9f\xff]){4,}+"), "utf-16-le"),
    (late(rb"(?:\0[\t\n\r\x20-\x7e]|[\x20\x30\x4e-\x9f\xff][\0-\xff]){4,}+"), "utf-16-be"),
)
_COMMON = "".join(
    bytes([row, cell]).decode("gb2312", "ignore")
    for row in range(0xA1, 0xF8)
    for cell in range(0xA1, 0xFF)
)
_RARE = late(f"[^\t\n\r -~{_COMMON}]+")
"""Characters that numbers taken for text are full of."""


def text_of(block: bytes) -> str:
    """Return the texts in a block that may be binary, each a paragraph."""
    return "\n\n".join(texts_of(block))


def texts_of(block: bytes) -> list[str]:
    """Return the texts in a block that may be binary, in whatever code they are.

    UTF-16 is read in both orders, so that it is cut at characters that hardly any text has.
    """
    if b"\0" not in block:
        try:
            return [block.decode()]
        except UnicodeDecodeError:  # it is in another code, or no text
            pass
    found = [one[0].decode("utf-8", "replace") for one in _UTF_8.finditer(block)]
    found += [one[0].decode("gb18030") for one in _GB.finditer(block) if not one[0].isascii()]
    if b"\0" in block:
        for pattern, code in _WIDE:
            for one in pattern.finditer(block):
                pieces = _RARE.split(one[0].decode(code, "replace"))
                found += [piece for piece in pieces if len(piece) >= _SHORTEST]
    return found
