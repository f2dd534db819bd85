"""What the public edition suppresses, for the editor: in Chinese, a line each, and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.build.editions.counting import Key
from archive.build.editions.primary import NEVER
from archive.build.editions.reasons import SECONDARY, Reason, Suppression
from archive.build.editions.relations import advice
from archive.build.editions.revisions import without_revisions
from archive.build.editions.suppression import suppression
from archive.build.editions.unknowns import BEFORE, FIGURE, NOUGHT, REST
from archive.checks.withheld_numbers import said, told_numbers
from archive.facts.site import Site
from archive.schema.disclosure import WITHHELD

_FIGURES = {one + mark for one in (FIGURE, REST, NOUGHT) for mark in ("", BEFORE)}
"""What stands in the key of a figure instead of a collection."""


def _found(site: Site) -> Suppression:
    """What is suppressed, without the records of whose kind nothing is ever public."""
    found = suppression(site)
    records = {key: reason for key, reason in found.records.items() if reason.why != NEVER}
    return Suppression(found.figures, records)


def suppressed_lines(site: Site) -> Iterator[str]:
    """A line for each figure and record that is suppressed, with the reason; figures first."""
    found = _found(site)
    for id_, reason in found.figures.items():
        yield f"{reason.kind}：{_called(site, (FIGURE, id_))}：{_why(site, reason)}"
    for key, reason in found.records.items():
        yield f"{reason.kind}：{_called(site, key)}：{_why(site, reason)}"
    yield from _unrevised_lines(site)
    yield from _untold_lines(site)
    yield from missing_lines(site)
    yield from (text for _, text in advice(site))


def missing_lines(site: Site) -> Iterator[str]:
    """A line for each public edition published before whose records are not at hand."""
    for edition in site.former:
        if edition.missing is not None:
            commit = (
                f"仓库里须有它的提交 {edition.missing}" if edition.missing else "它须出自一次提交"
            )
            yield (
                f"未逐条比较：{edition.as_of} 的公开版（{edition.name}）：{commit}，现在没有，"
                "由记录核对不了的合计，变了的都隐去；请运行 git fetch --unshallow，或者 git fetch 原来的仓库"
            )


def _unrevised_lines(site: Site) -> Iterator[str]:
    """A line for each public figure whose revisions are left out."""
    for id_ in _unrevised(site):
        yield f"不列修订：{_called(site, (FIGURE, id_))}：修订前后一减，可能就是一条隐去的记录"


def _untold_lines(site: Site) -> Iterator[str]:
    """A line for each number of a suppressed figure that a text of the register tells."""
    for id_, name, _, typed, whose in told_numbers(site, suppression(site).figures):
        called = _called(site, (FIGURE, id_))
        yield f"写作（{WITHHELD}）：{called}的 {said(name)}里的“{typed.text}”：是隐去的数（{whose}）"


def _unrevised(site: Site) -> list[str]:
    found = without_revisions(site)
    return [id_ for id_ in site.values if id_ in found]


def summary(site: Site) -> list[str]:
    """The lines of the figures suppressed for others, or without their revisions; how many there are."""
    found = _found(site)
    lines = [
        f"{reason.kind}：{_called(site, (FIGURE, id_))}：{_why(site, reason)}"
        for id_, reason in found.figures.items()
        if reason.kind == SECONDARY
    ]
    figures = Counter(reason.kind for reason in found.figures.values())
    records = Counter(reason.kind for reason in found.records.values())
    counts = [
        f"{kind} {figures[kind]} 个指标、{records[kind]} 条记录"
        for kind in sorted(figures | records)
    ]
    lines += [*_unrevised_lines(site), *_untold_lines(site), *missing_lines(site)]
    lines += [text for _, text in advice(site)]
    return [*lines, *([f"公开版共{'，'.join(counts)}。"] if counts else [])]


def suppressed_json(site: Site) -> str:
    """Figures and records that are suppressed, as the text of one JSON object."""
    found = _found(site)
    content = {
        "figures": [{"id": id_, **_members(site, reason)} for id_, reason in found.figures.items()],
        "records": [
            {"collection": name, "id": id_, **_members(site, reason)}
            for (name, id_), reason in found.records.items()
        ],
        "without_revisions": _unrevised(site),
        "advice": [{"figure": id_, "text": text} for id_, text in advice(site)],
        "without_records": [one.name for one in site.former if one.missing is not None],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _members(site: Site, reason: Reason) -> dict[str, object]:
    protects = [
        {"figure": id_.partition(" ")[0]}
        if name in _FIGURES
        else {"collection": name.removesuffix(BEFORE), "id": id_}
        for name, id_ in reason.protects
    ]
    return {
        "kind": reason.kind,
        "reason": _why(site, reason),
        "protects": protects,
        "compared": reason.before,
    }


def _why(site: Site, reason: Reason) -> str:
    if not reason.protects:
        return reason.why
    before = "与已发布的公开版比较，" if reason.before else ""
    return f"若公开，{before}可由公开的数推出{_all(site, reason.protects)}"


def _all(site: Site, keys: Sequence[Key]) -> str:
    named = [_called(site, key) for key in keys]
    return "、".join(named[:3]) + (f"等 {len(named)} 项" if len(named) > 3 else "")


def _called(site: Site, key: Key) -> str:
    """A figure with its name, or a record by its file."""
    name, id_ = key
    if name in _FIGURES:
        id_ = id_.partition(" ")[0]
        value = site.values.get(id_)
        called = f"指标 {id_}（{value.figure.name if value else '已删去'}）"
        rest = "除去其中数的余数" if name.removesuffix(BEFORE) == REST else ""
        return f"{called}{rest}{'从前的数' if name in (FIGURE + BEFORE, REST + BEFORE) else ''}"
    collection = name.removesuffix(BEFORE)
    paths = {record.id: record.path for record in site.archive.records.get(collection, [])}
    record = f"记录 {paths.get(id_, f'{collection} {id_}（已删去）')}"
    return record if name == collection else f"{record} 从前的数"
