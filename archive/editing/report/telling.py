"""What is told of a report that follows another, and what only a person can say of it."""

from collections.abc import Iterable, Mapping

from archive.editing.report.finding import Find
from archive.editing.report.following import Following
from archive.editing.report.matching import NEW
from archive.editing.report.mentions import Mention
from archive.facts.brought import letters
from archive.facts.observations import indicator_of
from archive.files.excerpts import shorten
from archive.schema.conversion import is_convertible

Keys = Mapping[Find, str]
"""Find → the observation or the name that stands for it."""
Places = Mapping[Find, str]
"""Find → its file and line."""


def told(following: Following, keys: Keys, where: Places, waiting: Iterable[str] = ()) -> list[str]:
    """Return what became of each figure and name, then what is not there any more.

    `waiting` are the ids of what may be there, but that a person has to confirm.
    """
    return [
        *(
            _became(following, at, where[find], keys[find])
            for at, find in enumerate(following.finds)
            if find in keys
        ),
        *(
            f"不再有：{one.where} 名称 {one.id}；登记留着，从前的报告还用它"
            if one.kind == "name"
            else f"不再有：{one.where} {_called(one)}，原为 {one.shown}；"
            f"今后不再用的，请在 {_register(following)} 的 {one.id} 下写停用日期 retired"
            for one in _missing(following, keys, waiting)
            if not _is_unread(following, one)
        ),
    ]


def _became(following: Following, at: int, where: str, key: str) -> str:
    kept, shown, id_ = following.kept(at), following.new[at].shown, indicator_of(key)
    called = f"{where} {'名称' if following.finds[at].kind == 'name' else '指标'} {key}"
    # A person may have said that it is another.
    before = (one.shown for one in following.old if one.id == id_ and not one.call)
    old = kept.old if kept and kept.id == id_ else next(before, "")
    if not old:
        return f"新增：{called}，{shown}"
    if letters(old) == letters(shown):
        return f"未变：{called}，仍为 {shown}"
    unit = _unit_in(following, id_)
    other = unit and is_convertible(following.new[at].unit, unit)
    return f"新数：{called}，{old} → {shown}{f'（登记用{unit}）' if other else ''}"


def _unit_in(following: Following, id_: str) -> str:
    """The unit of an indicator in the register; empty for a name."""
    there = following.site.archive.indicators.get(id_)
    return there.unit if there else ""


def _unit_of(following: Following, one: Mention) -> str:
    return _unit_in(following, one.id)


def _missing(following: Following, keys: Keys, waiting: Iterable[str] = ()) -> list[Mention]:
    """What the report before shows and nothing in this one is, each once."""
    now = [at for at in range(len(following.finds)) if at not in following.restated]
    there = {one.id for at in now for one in following.found.get(at, NEW).old}
    finds = (following.finds[at] for at in now)
    there |= {*waiting, *(indicator_of(keys[find]) for find in finds if find in keys)}
    missing = {one.id: one for one in reversed(following.old) if one.id not in there}
    return [one for one in reversed(missing.values()) if not _is_known(following, one)]


def _is_known(following: Following, one: Mention) -> bool:
    """Whether it needs not be told that something is missing: a name hidden no more, what is retired or worked out."""
    if one.kind == "name":
        return "*" not in one.shown and any(one.shown in text for text in following.texts)
    return bool(one.call or following.retired(one))


def _is_unread(following: Following, one: Mention) -> bool:
    """Whether the sentence of a figure or a name is there, and nothing was found where that stood."""
    return one.place in following.sentences and (one.label, one.stands) not in following.read


def _register(following: Following) -> str:
    return following.site.archive.documents["figures"].path


def _called(one: Mention) -> str:
    return f"指标 {one.id}{f'（{one.title}）' if one.title != one.id else ''}"


def asked(following: Following, keys: Keys, where: Places) -> list[str]:
    """Return what only a person can say, find by find; last, the option that confirms all that is proposed."""
    unsure = [at for at in following.found if following.candidates(at)]
    lines = [f"{where[following.finds[at]]} {_question(following, at)}" for at in unsure]
    lines += unread(following, keys)
    proposed = dict.fromkeys(
        first.id
        for at in unsure
        if following.proposed(at) and not (first := following.candidates(at)[0]).call
    )
    if proposed:
        lines.append(f"改写的逐个看过、都是同一个的，加上 --same {','.join(proposed)}")
    return lines


def unread(following: Following, keys: Keys) -> list[str]:
    """Return what is to be done where a sentence of the report before is there, and its figure was not found."""
    return [
        f"{one.where} {_called(one)}，原为 {one.shown}，原来的句子还在，里面的数没有认出："
        f'请写入以后在页面里写 {{{{ fig("{one.id}") }}}}，在 {_register(following)} 里记下数'
        for one in _missing(following, keys)
        if one.kind == "figure" and _is_unread(following, one)
    ]


def missing(following: Following, at: int) -> str:
    """Return what only a person can say of the find of that index, in a few words; empty if that is nothing."""
    old = following.candidates(at)
    if not old:
        return ""
    outcome, first = following.found[at].outcome, old[0]
    if first.call:
        return f"是不是由 {first.call} 算出的"
    if following.retired(first):
        return f"是不是 {first.id}（已停用）"
    if outcome == "unit" and following.other_unit(at, first):
        return f"是不是 {first.id}，单位由{first.unit}改为{following.new[at].unit}"
    if outcome == "unit":
        return f"单位与 {first.id} 的不同，原为{first.unit}"
    if outcome == "several":
        return f"是不是、是哪一处：{'、'.join(one.id for one in old)}"
    return f"是不是 {first.id}，句子有改动"


def _question(following: Following, at: int) -> str:
    """What is to be asked of a find that may be one of several, or one that it is not quite like."""
    one, outcome = following.new[at], following.found[at].outcome
    old = following.candidates(at)
    first = old[0]
    said = f"“{shorten(one.sentence)}”里的“{one.shown}”"
    what = "名称" if one.kind == "name" else "指标"
    if first.call:
        return f"{said}像是上一个报告里由 {first.call} 算出的（{first.where}）：请写入以后在页面里也这样写"
    is_new = f"不是的加 --other {first.id}"
    if retired := following.retired(first):
        return (
            f"{said}是指标 {first.id}，已于 {retired} 停用："
            f"仍用的，请先在 {_register(following)} 里删去它的 retired，{is_new}"
        )
    if outcome == "unit" and following.other_unit(at, first):
        return (
            f"{said}像是指标 {first.id}，单位由{first.unit}改为{one.unit}（{first.where}）："
            f"是同一个的加 --same {first.id}，登记的数仍用{_unit_of(following, first)}，{is_new}"
        )
    if outcome == "unit":
        return (
            f"{said}的单位须与指标 {first.id} 的一样，原为{first.unit}（{first.where}），现为{one.unit}："
            f"请把文件里的数换算成{first.unit}，另是一个指标的加 --other {first.id}"
        )
    if outcome == "several":
        names = "、".join(f"{it.id}（{it.where}）" for it in old)
        return (
            f"{said}像是{what} {names}，分不清是不是、是哪一处：请在文件里照原来的句子写，"
            f"或者写入以后在页面和登记里写明，都不是的加 --other {','.join(it.id for it in old)}"
        )
    return (
        f"{said}像是{what} {first.id}，原句“{shorten(first.sentence)}”（{first.where}）有改动："
        f"是同一个的加 --same {first.id}，{is_new}"
    )
