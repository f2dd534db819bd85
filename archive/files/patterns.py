"""Patterns that are compiled when they are first asked: together they take a third of a command's start."""

import re
from typing import Any, AnyStr, Generic, cast


class _Late(Generic[AnyStr]):
    def __init__(self, text: AnyStr, flags: int) -> None:
        self._asked: tuple[AnyStr, int] = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if "_compiled" not in self.__dict__:
            self._compiled: re.Pattern[AnyStr] = re.compile(*self._asked)
        found = getattr(self._compiled, name)
        setattr(self, name, found)  # from then on it is as quick as the pattern itself
        return found


def late(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the pattern `re.compile` would, compiled at its first use.

    It has the methods and properties of a pattern, but functions of `re` do not take it.
    """
    return cast(re.Pattern[AnyStr], _Late(text, flags))
