"""PDF files as typst makes them."""

from functools import cache

import typst


@cache
def typeset(source: str) -> bytes:
    """The PDF file of a source."""
    # Without those of the machine, which are looked for anew each time.
    made = typst.Compiler(ignore_system_fonts=True).compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made
