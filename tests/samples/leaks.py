"""Numbers that look like those of persons and cards; what is found, for comparison."""

from collections.abc import Iterable

from archive.leaks.leak import FileLeak


def checked(seventeen: str) -> str:
    """An identity number: its check digit by the sum of GB 11643—1999, told in another way."""
    total = sum(pow(2, 18 - place, 11) * int(digit) for place, digit in enumerate(seventeen, 1))
    return seventeen + "10X98765432"[total % 11]


def lettered(fifteen: str) -> str:
    """A card's number: the last digit that makes the sum a multiple of ten."""
    for last in "0123456789":
        digits = [int(c) for c in fifteen + last]
        odd, even = digits[-1::-2], digits[-2::-2]
        if (sum(odd) + sum(sum(divmod(2 * d, 10)) for d in even)) % 10 == 0:
            return fifteen + last
    raise AssertionError(fifteen)


ID = checked("64010219900101123")
CARD = lettered("622202123456789012")


def without_digests(leaks: Iterable[FileLeak]) -> list[FileLeak]:
    """Leaks as they are told."""
    return [leak._replace(digest="") for leak in leaks]
