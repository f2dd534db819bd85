"""PDF files as typst makes them."""

from functools import cache

import typst


@cache
def typeset(source: str) -> bytes:
    """The PDF file of a source."""
    made = typst.Compiler().compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made
