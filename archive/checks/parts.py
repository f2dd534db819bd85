"""Rules for figures that are declared parts (其中) of another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from archive.checks.problems import figure_problem
from archive.facts.figures import Value
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.register import Figure


def parts_belong_to_a_whole(site: Site) -> Iterator[Problem]:
    """A part names a figure of the register as its whole, and no figure is a part of itself."""
    figures = site.archive.figures
    known, rings = {*site.archive.ids("figures")}, _rings(figures)
    for id_, figure in figures.items():
        if figure.part_of is None:
            continue
        if figure.part_of not in known:
            hint = suggestion(figure.part_of, figures)
            fault = f"所属的指标须是登记里的，没有 {figure.part_of}{hint}"
        elif id_ in rings:
            fault = f"不得绕回自己，现属于 {figure.part_of}；请删去其中一个 part_of"
        else:
            continue
        yield figure_problem(site, id_, f"是其中数，{fault}", "part_of")


def _rings(figures: Mapping[str, Figure]) -> set[str]:
    """Return the figures that are parts of themselves, by way of others; each is walked over once."""
    found: set[str] = set()
    walked: set[str] = set()
    for id_ in figures:
        way: dict[str, int] = {}
        step = id_
        while step in figures and step not in walked:
            walked.add(step)
            way[step] = len(way)
            step = figures[step].part_of or ""
        if step in way:
            found.update(list(way)[way[step] :])
    return found


def parts_fit_their_whole(site: Site) -> Iterator[Problem]:
    """A part has the unit of its whole, its period or one within it, and is not greater than it.

    Parts by period do not overlap.
    """
    by_period: dict[str, list[Value]] = defaultdict(list)
    for id_, part in site.values.items():
        whole = site.values.get(part.figure.part_of or "")
        if whole is None:
            continue
        label = f"{whole.id}（{whole.figure.name}）"
        if part.figure.unit != whole.figure.unit:
            unit = whole.figure.unit
            fault = f"计量单位须与 {label}相同，为“{unit}”，现为“{part.figure.unit}”；请改为同一单位，不是其中数的写 part_of:"
        elif other := _unlike_in_time(part, whole, by_period[whole.id]):
            fault = f"时期须与 {label}相同，或者是其中的一段，各段不重叠，现与 {other} 的不合；请照它的 period 填，不是其中数的写 part_of:"
        elif not {id_, whole.id} <= site.judged.keys():
            continue
        elif part.exact is not None and whole.exact is not None and part.exact > whole.exact:
            fault = f"数值须不大于 {label}的 {whole.exact}，现为 {part.exact}；请改正其中一个数，不是其中数的写 part_of:"
        else:
            continue
        yield figure_problem(site, id_, f"是其中数，{fault}", "part_of")


def _unlike_in_time(part: Value, whole: Value, others: list[Value]) -> str:
    """The id of the figure that the period of a part does not fit; empty if it fits all.

    `others` are the parts by period, to which it is added then.
    """
    period, everything = part.figure.period, whole.figure.period
    if period == everything:
        return ""
    if not (period.kind == everything.kind == "时期" and period.lies_in(everything)):
        return whole.id
    for other in others:
        if period != other.figure.period and period.overlaps(other.figure.period):
            return other.id
    others.append(part)
    return ""
