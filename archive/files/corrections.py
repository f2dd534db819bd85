"""What to type in place of a value that its field cannot hold: what was likely meant, else an example."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from archive.files.excerpts import clip, one_line
from archive.files.patterns import late
from archive.files.yaml import AmbiguousScalar, resolve_scalar
from archive.files.yaml_values import mended, quoted
from archive.schema.fields import Field, Value, fields
from archive.schema.numerals import parse_amount, parse_chinese_number
from archive.schema.types import is_placeholder

_DAY = late(r"(\d{4})\s?[-年/.、]\s?(\d{1,2})\s?[-月/.、]\s?(\d{1,2})(?:[日号]|[T ].*)?")
_COMPACT_DAY = late(r"(\d{4})(\d{2})(\d{2})")
_SHORT_DAY = late(r"(\d{2})([-年/.])(\d{1,2})[-月/.](\d{1,2})[日号]?")
_SPELT_DAY = late(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DAY_NUMBER = late(r"[34]\d{4}")
"""A day as spreadsheets keep it, from 1982 to 2036."""
_NUMBER = late(
    r"(?:大约|[约近共逾超])?[¥$]?\+?(-?\d+(?:\.\d+)?(?:[百万亿]{1,2}|千(?![克米瓦]))?|[一二两三四五六七八九十百千万]{1,9})"
    r"[余多]?(?:[^\W\d]{1,4}|%)?"
)
_OF_MONEY = late(r"[万亿]元$")
"""Whether money is counted by yuan or by ten thousand, only the field's unit says."""
_GROUPED = late(r"(?<=\d)[,， _](?=\d{3}(?!\d))")
_TIME = late(r"(\d{1,4})(?::(?=\d\d)|个?小时|[时h])(?:([0-5]?\d)(?:分钟?|min|m)?)?(?::00|0?0秒)?")
_MINUTES = late(r"(\d{1,4})(?:分钟?|min)")
_HALVES = late(r"(\d{0,4})个?半(?:个)?小时")
_YES = frozenset(["是", "有", "对", "真", "已", "√", "y", "yes", "on", "true", "t", "1"])
_NO = frozenset(
    ["否", "无", "没有", "不是", "错", "假", "未", "×", "x", "n", "no", "off", "false", "f", "0"]
)
_SEPARATORS = late(r"\s*[、，,;；\n]\s*|\s+-\s+")
_ORDINALS = late(r"(?:^|(?<=[\s、，,;；]))[(（]?\d{1,2}[)）.、．](?!\d)\s*")
_ARTICLE = late(r"第?([\d一二三四五六七八九十百]+)条(?:之([\d一二三四五六七八九十]+))?")
_REMARK = late(r"\([^()]*\)$")
_BRACKETS = str.maketrans("[［【(（]］】)）", "〔〔〔〔〔〕〕〕〕〕")

MAX_IN_A_GUESS = 300
"""Characters of a text of which nobody guesses what else was meant."""
_STARTS = {"files/": "files/", "http": "https://"}
"""What a text must begin with: a word of the rule → the beginning."""

_ANY_EXAMPLE = {"text": "文字", "integer": "12", "number": "2.5", "date": "2024-03-05"}


def correction(
    name: str, one: Field | None, value: Value, found: Any, fits: Callable[[Any], bool]
) -> str:
    """`；请改为：date: 2024-03-05`, as was likely meant by what was found; `；例如：…` if that is not plain.

    `name` is the field's, empty for an item of a list. `fits` says whether the field can hold a value.
    """
    begins = f"{name}: " if name else "- "
    if isinstance(found, str) and len(found) > MAX_IN_A_GUESS:
        return f"；例如：{begins}{_example(value, one.examples if one and name else ())}"
    parts = _SEPARATORS.split(found) if isinstance(found, str) and not name else []
    if len(parts) > 1 and all(map(fits, parts)):
        return f"；请改为：{clip(written(parts))}"
    meant = next((it for it in likely(value, found) if fits(it)), None)
    if meant is not None:
        rule = "去掉引号" if isinstance(found, str) and found == str(meant) else "改为"
        return f"；请{rule}：{clip(begins + written(meant))}"
    if value.shape == "group" and value.model:
        first = example(next(iter(fields(value.model).values())))
        return f"；例如：{name}: 的下一行缩进两格写 {first}" if name else f"；例如：{begins}{first}"
    return f"；例如：{begins}{_example(value, one.examples if one and name else ())}"


def example(one: Field) -> str:
    """A field as an editor may write it: `date: 2024-03-05`."""
    shown = "" if one.value.nullable else _example(one.value, one.examples)
    return f"{one.name}: {shown}".rstrip()


def _example(value: Value, examples: tuple[Any, ...]) -> str:
    for given in (*examples, value.example, *value.words):
        if given is not None and value.shape in ("boolean", "integer", "number", "date"):
            return str(given).lower()
        if given is not None:
            return written(given)
    if value.shape == "list":
        return f"[{_example(value.item, ())}]" if value.item and not value.item.model else "[]"
    return _ANY_EXAMPLE.get(value.shape, "")


def written(given: Any) -> str:
    """A value as YAML on one line, in quotes where it needs them."""
    if isinstance(given, list | tuple):
        return f"[{', '.join(map(written, given))}]"
    if isinstance(given, dict):
        return f"{{{', '.join(f'{name}: {written(one)}' for name, one in given.items())}}}"
    if isinstance(given, bool):
        return "true" if given else "false"
    text = one_line(str(given))
    safe = resolve_scalar(text) == text and not re.search(r"[\[\]{},]|^[\"'|>]", text)
    return text if not isinstance(given, str) or (safe and not mended(text).rule) else quoted(text)


def likely(value: Value, found: Any) -> Iterator[Any]:
    """Yield what may have been meant by a value that does not fit, the likeliest first."""
    if value.shape == "list":
        yield from _lists(value, found)
        return
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if found is None or isinstance(found, list | dict):
        return
    text = found.text if isinstance(found, AmbiguousScalar) else _plain_text(found)
    plain = unicodedata.normalize("NFKC", text).strip().strip("\"'“”‘’。")
    plain = _REMARK.sub("", plain)
    if value.shape == "text":
        yield from (text, text.strip("“”‘’\"'　 "), text.translate(_BRACKETS))
        if article := _ARTICLE.fullmatch(plain):
            numbers = (
                one if one.isdigit() else parse_chinese_number(one)
                for one in article.groups()
                if one
            )
            yield "-".join(map(str, numbers))
        yield from (
            f"{start}{text}" for word, start in _STARTS.items() if word in value.expectation
        )
    elif value.shape == "date":
        yield from _days(plain)
    elif value.shape in ("integer", "number"):
        yield from _numbers(value, plain)
    elif value.shape == "boolean" and plain.lower() in _YES | _NO:
        yield plain.lower() in _YES
    elif value.shape == "choice":
        bare = re.sub(r"\s", "", plain)
        within = [one for one in value.choices if bare and (one in bare or bare in one)]
        if sum(one in bare for one in within) < 2:  # of two that are named, none is the one
            yield from (
                within if len(within) == 1 else get_close_matches(bare, value.choices, 1, 0.5)
            )


def _plain_text(found: Any) -> str:
    return str(found).lower() if isinstance(found, bool) else str(found)


def _days(text: str) -> Iterator[date]:
    parts: tuple[int | str | None, ...] = ()
    if found := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        parts = found.groups()
    elif found := _SHORT_DAY.fullmatch(text.strip("'")):
        parts = (f"20{found[1]}", found[3], found[4])
    elif found := _SPELT_DAY.fullmatch(text):
        parts = (found[1].translate(_DIGITS), *map(parse_chinese_number, found.groups()[1:]))
    elif _DAY_NUMBER.fullmatch(text):
        yield date(1899, 12, 30) + timedelta(days=int(text))
    if parts and None not in parts:
        try:
            yield date(*(int(part or 0) for part in parts))
        except ValueError:
            return


def hours(text: str) -> Decimal | None:
    """Return a time as hours, to two places: 2:30, 1小时45分钟, 90分钟, 两个半小时; None of other text."""
    text = text.replace("两", "2", 1)
    if clock := _TIME.fullmatch(text):
        minutes = 60 * int(clock[1]) + int(clock[2] or 0)
    elif half := _HALVES.fullmatch(text):
        minutes = 60 * int(half[1] or 0) + 30
    elif few := _MINUTES.fullmatch(text):
        minutes = int(few[1])
    else:
        return None
    return round(Decimal(minutes) / 60, 2).normalize()


def _numbers(value: Value, text: str) -> Iterator[int | Decimal]:
    number = hours(text)
    if number is not None and value.shape != "number":
        return
    if number is None:
        found = _NUMBER.fullmatch(_GROUPED.sub("", text))
        number = parse_amount(found[1]) if found and not _OF_MONEY.search(text) else None
    if number is not None:
        yield int(number) if number == number.to_integral_value() else number


def _lists(value: Value, found: Any) -> Iterator[list[Any]]:
    item = value.item
    if found is None or not item:
        yield []
        return
    if isinstance(found, list | dict):
        return
    text = found.text if isinstance(found, AmbiguousScalar) else _plain_text(found)
    if is_placeholder(text):
        yield []
    parts = [
        part
        for part in _SEPARATORS.split(_ORDINALS.sub("；", text).strip().lstrip("-－—•· "))
        if part
    ]
    yield parts
    meant = [next(likely(item, part), part) for part in parts]
    yield meant
