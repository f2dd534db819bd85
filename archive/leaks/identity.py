"""Numbers of identity cards, told from any other digits (GB 11643—1999)."""

import re
from datetime import date

# Of the places that the first two digits stand for (GB/T 2260; 8x as in GB 11643—1999).
_REGION = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
# The remainder of the weighted sum → the check digit (GB 11643—1999, 4.2; ISO 7064, MOD 11-2).
_CHECK = "10X98765432"


def is_identity(digits: str) -> bool:
    """Whether these are the eighteen digits of an identity card."""
    if len(digits) != 18 or not _REGION.match(digits) or not digits[:17].isdigit():
        return False
    total = sum(int(c) * 2 ** (17 - i) for i, c in enumerate(digits[:17]))
    return digits[17] == _CHECK[total % 11] and _is_birthday(digits[6:14])


def is_old_identity(digits: str) -> bool:
    """Whether these can be the fifteen digits of a card of before 1999 (GB 11643—1989)."""
    return bool(_REGION.match(digits)) and _is_birthday(f"19{digits[6:12]}")


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year < 2100
