"""Growth and decrease that the report before had worked out: in the new one they are worked out as well."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archive.editing.report.finding import Find
from archive.editing.report.mentions import HERE, Mention
from archive.editing.report.standing import NUMBER
from archive.facts.brought import letters
from archive.facts.changes import Change
from archive.facts.figures import Value
from archive.facts.observations import base

_VERB = re.compile(f"(?:增长|增加|提高|下降|减少)(?=[{NUMBER}{HERE}])")
_FORM = re.compile(r'\{\{ change\("[^"]+"(?:, form="(?P<form>\w+)")?\) \}\}')


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What stands for a change: the words as they are shown, the call; or what is to be asked."""

    find: Find
    macro: str
    text: str = ""
    asked: str = ""


def same_change(new: Mention, old: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the changes of the report before that stand where this one does, rising or falling."""
    there = [one for one in old if one.call and _standing(one) == _standing(new)]
    return tuple({(one.id, one.call): one for one in there}.values())


def _standing(one: Mention) -> object:
    return one.unit, one.period, _VERB.sub("", one.stands)


def worked_out(
    find: Find, text: str, call: str, values: Mapping[str, Value], key: str
) -> WorkedOut:
    """Return what stands for a change, the words of which the text must have.

    `key` is the observation that the new report shows of its indicator; `values` has all, those it adds too.
    """
    form = _FORM.fullmatch(call)
    figures = {one: value.figure for one, value in values.items()}
    before = values.get(base(figures, key)) if form and key else None
    shown = text[find.start : find.end]
    if form is None or before is None:
        return WorkedOut(find, "", asked=f"原来由 {call} 算出，现在没有两期的数可算")
    words = Change(values[key], before, form["form"] or "").words
    start = find.end - len(words)
    if start < 0 or letters(text[start : find.end]) != letters(words):
        return WorkedOut(
            find, "", asked=f"原来由 {call} 算出，照登记的数是“{words}”，文件里是“{shown}”"
        )
    return WorkedOut(replace(find, start=start), call, text[start : find.end])
