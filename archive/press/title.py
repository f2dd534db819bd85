"""Break a title into lines: between words, never in an hourglass shape (GB/T 9704—2012, 7.3.1)."""

from functools import lru_cache
from itertools import combinations

from archive.press import geometry
from archive.render.text import text_width

_BEFORE = "（《〈“‘〔［—"
_CLAUSE = "，。、；：！？"
_AFTER = _CLAUSE + "）》〉”’〕］—…·的之等了"
_JOINING = ("和", "与", "及", "暨", "或")


def title_lines(title: str) -> tuple[str, ...]:
    """The title in as few lines as fit on the page in use; a subtitle (——) starts a line of its own."""
    return _lines(title, int(geometry.PAGE.held(geometry.TITLE)))


@lru_cache(maxsize=1024)
def _lines(title: str, most: int) -> tuple[str, ...]:
    """The lines, each at most `most` characters wide."""
    main, dash, subtitle = title.partition("——")
    parts = [main.strip(), dash + subtitle.strip()] if dash else [main.strip()]
    return tuple(line for part in parts if part for line in _broken(part, most))


def _broken(text: str, most: int) -> tuple[str, ...]:
    if text_width(text) <= most:
        return (text,)
    words = _words(text, most)
    fewest = -int(-text_width(text) // most)
    for lines in range(fewest, len(words) + 1):
        found = [
            split for split in _splits(words, lines, most) if max(map(text_width, split)) <= most
        ]
        if found:
            return min(found, key=_ugliness)
    return (text,)


def _words(text: str, most: int) -> list[str]:
    """The unbreakable pieces of a text: words, each with the punctuation that belongs to it."""
    import rjieba  # loading its dictionary takes a tenth of a second; most titles need none

    words: list[str] = []
    open_ = False  # whether the last word must stay with the next
    for word in rjieba.cut(text):
        if words and (open_ or word[0] in _AFTER):
            words[-1] += word
        else:
            words += [word] if text_width(word) <= most else list(word)
        open_ = word[-1] in _BEFORE or word in _JOINING
    return words


def _splits(words: list[str], lines: int, most: int) -> list[tuple[str, ...]]:
    if lines > 4 or len(words) > 60:
        # Too long for a title of an official document: any split that fits is good enough.
        return [_filled(words, most)]
    found = []
    for cuts in combinations(range(1, len(words)), lines - 1):
        edges = zip((0, *cuts), (*cuts, len(words)), strict=True)
        found.append(tuple("".join(words[start:end]).strip() for start, end in edges))
    return found


def _filled(words: list[str], most: int) -> tuple[str, ...]:
    lines = [""]
    for word in words:
        if text_width(lines[-1] + word) > most:
            lines.append("")
        lines[-1] += word
    return tuple(line.strip() for line in lines)


def _ugliness(lines: tuple[str, ...]) -> tuple[bool, int, float, bool]:
    """A sort key, worst criterion first: an hourglass shape, the number of breaks within a clause,
    unevenness of the widths, lines that are all equally wide.
    """
    widths = [text_width(line) for line in lines]
    hourglass = any(
        widths[at] < min(widths[at - 1], widths[at + 1]) for at in range(1, len(widths) - 1)
    )
    within = sum(line[-1] not in _CLAUSE for line in lines[:-1])
    mean = sum(widths) / len(widths)
    return hourglass, within, sum((one - mean) ** 2 for one in widths), len(set(widths)) == 1
