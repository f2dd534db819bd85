"""Chinese numerals with places, as numbers."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
PLACES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}


def parse_chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral with places (三百二十 → 320, 百 → 100); None of other text."""
    for place, worth in PLACES.items():
        head, found, tail = text.partition(place)
        if found:
            times = parse_chinese_number(head) if head else 1
            rest = parse_chinese_number(tail.lstrip("零〇")) if tail and place not in tail else 0
            # 零 must stand exactly where places are empty: 三百五 may be 350 or 305, so it is refused.
            if (
                not times
                or times >= (worth if worth >= 10**4 else 10)
                or rest is None
                or rest >= worth
                or bool(tail) != bool(rest)
                or tail.startswith(("零", "〇")) != (0 < rest * 10 < worth)
            ):
                return None
            return times * worth + rest
    return _DIGITS.get(text)
