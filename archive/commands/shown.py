"""What is printed, made fit to be shown: any text of an editor may be in it."""

import re
import sys
from io import TextIOWrapper
from typing import TextIO

# A carriage return alone goes back over what stands in the line.
_ORDERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|\r(?!\n)")
"""Signs that are orders for a terminal, or turn the direction of a text."""


class Terminal(TextIOWrapper):
    """What is written, with orders for the terminal as U+XXXX."""

    def write(self, text: str, /) -> int:
        """Write the text."""
        super().write(_ORDERS.sub(lambda sign: f"U+{ord(sign[0]):04X}", text))
        return len(text)


def show_all() -> None:
    """From now on no sign that is printed ends the program, and none is an order for a terminal.

    What goes into a file is written as it is, but for signs that the encoding lacks.
    """
    sys.stdout, sys.stderr = _showing(sys.stdout), _showing(sys.stderr)


def _showing(stream: TextIO) -> TextIO:
    if not isinstance(stream, TextIOWrapper):
        return stream
    stream.reconfigure(errors="backslashreplace")
    if not stream.isatty():
        return stream
    return Terminal(stream.buffer, stream.encoding, stream.errors, line_buffering=True)
