"""What to type in place of a value that its field cannot hold: what was likely meant, else an example."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from archive.files.excerpts import clip, one_line
from archive.files.patterns import late
from archive.files.yaml import AmbiguousScalar, resolve_scalar
from archive.files.yaml_values import mended, quoted
from archive.schema.fields import Field, Value, fields
from archive.schema.numerals import parse_chinese_number
from archive.schema.types import is_placeholder

_DAY = late(r"(\d{4})\s?[-年/.、]\s?(\d{1,2})\s?[-月/.、]\s?(\d{1,2})(?:[日号]|[T ].*)?")
_COMPACT_DAY = late(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = late(
    r"(?:大约|[约近共逾超])?\+?(-?\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]{1,9})[余多]?(?:[^\W\d]{1,4}|%)?"
)
_GROUPED = late(r"(?<=\d)[,， _](?=\d{3}(?!\d))")
_TIME = late(r"(\d{1,2})(?::(?=\d\d)|个?小时)([0-5]?\d)(?:分钟?)?")
_YES = frozenset(["是", "有", "对", "真", "已", "√", "y", "yes", "on", "true", "t", "1"])
_NO = frozenset(
    ["否", "无", "没有", "不是", "错", "假", "未", "×", "x", "n", "no", "off", "false", "f", "0"]
)
_SEPARATORS = late(r"\s*[、，,;；\n]\s*|\s+-\s+")
_ORDINALS = late(r"(?:^|(?<=[\s、，,;；]))[(（]?\d{1,2}[)）.、．](?!\d)\s*")
_ARTICLE = late(r"第?([\d一二三四五六七八九十百]+)条(?:之([\d一二三四五六七八九十]+))?")
_REMARK = late(r"\([^()]*\)$")
_BRACKETS = str.maketrans("[［【(（]］】)）", "〔〔〔〔〔〕〕〕〕〕")

_LONGEST = 300
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
    if isinstance(found, str) and len(found) > _LONGEST:
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
    plain = unicodedata.normalize("NFKC", text).strip().strip("\"'“”‘’")
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
        yield from within if len(within) == 1 else get_close_matches(bare, value.choices, 1, 0.5)


def _plain_text(found: Any) -> str:
    return str(found).lower() if isinstance(found, bool) else str(found)


def _days(text: str) -> Iterator[date]:
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found:
        try:
            yield date(*map(int, found.groups()))
        except ValueError:
            return


def _numbers(value: Value, text: str) -> Iterator[int | Decimal]:
    number = Decimal(0)
    if (clock := _TIME.fullmatch(text)) and value.shape == "number":
        number = Decimal(clock[1]) + Decimal(clock[2]) / 60
    elif found := _NUMBER.fullmatch(_GROUPED.sub("", text)):
        said = found[1] if found[1][-1].isascii() else parse_chinese_number(found[1])
        if said is None:
            return
        number = Decimal(said)
    else:
        return
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
