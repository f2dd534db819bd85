"""What a public edition suppresses, with reasons; primary and secondary suppression by their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive.build.editions.counting import Key

Kind = Literal["主动抑制", "从属抑制"]
PRIMARY: Kind = "主动抑制"
SECONDARY: Kind = "从属抑制"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is suppressed: for what it says itself, or for what else would follow from it."""

    kind: Kind
    why: str = ""
    """In Chinese; empty if only others are protected."""
    protects: tuple[Key, ...] = ()
    """The records and figures that a reader could work out otherwise."""
    before: bool = False
    """Whether he could by comparing with an edition published before."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """What a public edition suppresses, with reasons, in the order of the register and the records."""

    figures: Mapping[str, Reason]
    records: Mapping[Key, Reason]
