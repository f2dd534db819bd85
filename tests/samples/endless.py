"""A reader that never ends."""

from typing import NoReturn


def for_ever(*_: object) -> NoReturn:
    """Read on and on."""
    while True:
        pass
