"""PDF files as typst makes them."""

import subprocess
import sys
from functools import cache

_MAKE = "import sys, typst; sys.stdout.buffer.write(typst.Compiler().compile(sys.stdin.buffer.read(), format='pdf'))"


@cache
def typeset(source: str) -> bytes:
    """Made in a process of its own: typst's threads stay, and processes that begin as copies of this one lack them."""
    command = [sys.executable, "-c", _MAKE]
    return subprocess.run(command, input=source.encode(), stdout=subprocess.PIPE, check=True).stdout
