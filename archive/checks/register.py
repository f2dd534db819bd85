"""Rules for the register, data/figures.yml; those for what is approved are in `archive.checks.approvals`."""

from collections.abc import Iterator

from archive.checks.attributes import macros_are_not_half_typed
from archive.checks.figure_calls import figures_have_the_period_named
from archive.checks.pages import ids_are_known, macros_are_well_formed
from archive.checks.problems import NOT_YET, Dated, figure_problem, out_of_order, repeated
from archive.facts.approximation import parse
from archive.facts.figures import rounded
from archive.facts.observations import indicator_of, period_of
from archive.facts.releases import reported_values
from archive.facts.site import Site
from archive.facts.standing import MOST_HEADLINES
from archive.files.validation import suggestion
from archive.files.yaml import Loc, Problem
from archive.schema.fields import fields
from archive.schema.periods import FORMS, named_span
from archive.schema.register import MARK, Counted, Figure, Observation
from archive.schema.types import DECIMALS, FAR


def names_are_distinct(site: Site) -> Iterator[Problem]:
    """No two figures have the same name."""
    indicators = site.archive.indicators.items()
    for (id_, _), (first, _) in repeated(indicators, lambda item: item[1].name):
        message = f"的指标名称须与别的指标不同，{first} 已用此名；请换一个名称"
        yield figure_problem(site, id_, message, "name")


def headlines_are_indicators(site: Site) -> Iterator[Problem]:
    """The figures of the front page are indicators of the register, each once, at most eight."""
    archive = site.archive
    named = archive.unit.headlines if archive.unit else ()
    known = [id_ for id_ in archive.ids("figures") if MARK not in id_]
    if len(named) > MOST_HEADLINES:
        message = f"headlines（首页的数）须不超过 {MOST_HEADLINES} 个，现为 {len(named)} 个；请删去 {len(named) - MOST_HEADLINES} 个"
        yield archive.problem("unit", message, "headlines")
        return
    for index, id_ in enumerate(named):
        if id_ not in known:
            message = f"headlines（首页的数）须是指标编号，没有 {id_}{suggestion(id_, known)}"
            yield archive.problem("unit", message, "headlines", index)
        elif id_ in named[:index]:
            message = f"headlines（首页的数）里一个指标须只写一次，现重复 {id_}；请删去一个"
            yield archive.problem("unit", message, "headlines", index)


def observations_belong_to_an_indicator(site: Site) -> Iterator[Problem]:
    """The entry of an observation names an indicator of the register and a reference period."""
    archive = site.archive
    known = [id_ for id_ in archive.ids("figures") if MARK not in id_]
    for key, one in archive.register.observations.items():
        id_, name = indicator_of(key), period_of(key)
        span = named_span(name)
        if id_ not in known:
            yield archive.problem(
                "figures",
                f"{key} 的 {MARK} 之前须是指标编号，没有 {id_}{suggestion(id_, known)}",
                key,
            )
        elif _is_misnamed(site, key):
            written = (
                f"请照写，别的时期（如一次活动）另写 period（{Observation.label_of('period')}）"
            )
            rule = f"{key} 的 {MARK} 之后须是时期，写作 {FORMS}，现为 {name}"
            yield archive.problem("figures", f"{rule}；{written}", key)
        elif span and one.period and (one.period.start, one.period.end) != (span.start, span.end):
            rule = f"{key} 的 period（起止日期）须与 {name} 一致，为 {span.start} 至 {span.end}"
            found = f"现为 {one.period.start or '空'} 至 {one.period.end or '空'}；请删去 period"
            yield archive.problem("figures", f"{rule}，{found}", key, "period")


def _is_misnamed(site: Site, key: str) -> bool:
    """Whether the period in the key of an observation is none that has a name, nor has dates of its own."""
    one, name = site.archive.register.observations.get(key), period_of(key)
    if one is None or named_span(name):
        return False
    return one.period is None or name[:4].isdecimal()  # 2024上半年 is written otherwise


def observations_are_of_different_periods(site: Site) -> Iterator[Problem]:
    """An indicator has one observation for a reference period."""
    archive = site.archive
    dated = (item for item in archive.figures.items() if item[1].period.end)
    for (key, figure), (first, _) in repeated(
        dated, lambda item: (indicator_of(item[0]), item[1].period)
    ):
        span = f"{figure.period.start or ''} 至 {figure.period.end}".strip()
        message = f"同一时期须只有一段，{span} 已见 {first}；请删去其中一段，或者改正时期"
        yield figure_problem(site, key, message, *(("period",) if MARK not in key else ()))


def definitions_stay_as_reported(site: Site) -> Iterator[Problem]:
    """Where an indicator has several observations, one that was reported keeps its definition."""
    archive = site.archive
    for key in archive.register.observations:
        if key not in site.values:
            continue
        definition = archive.figures[key].definition
        for past in reported_values(archive, site.values, key):
            then = past.reported.entry.definition
            if past.reported.has_value and then != definition:
                message = (
                    f"在“{past.name}”报送时的口径须仍写明，是“{then}”，现为“{definition}”；"
                    f"指标改了口径的，请在 {key} 下写 definition: {then}"
                )
                yield figure_problem(site, key, message, "definition")
                break


def periods_run_forward(site: Site) -> Iterator[Problem]:
    """A period does not end before it starts; a reference date (时点) has no start."""
    for id_, figure in site.archive.figures.items():
        start, end = figure.period.start, figure.period.end
        if figure.period.kind == "时点" and start:
            yield figure_problem(
                site,
                id_,
                f"是时点指标，只填截止日，起始日须空着，现为 {start}；请改为：start:",
                "period",
                "start",
            )
        elif start and end and start > end:
            yield figure_problem(
                site,
                id_,
                f"的截止日须不早于起始日 {start}，现为 {end}；请改正其中一个日期",
                "period",
                "end",
            )


def filled_figures_say_where_they_come_from(site: Site) -> Iterator[Problem]:
    """A figure with a value has a dated period, source, office, disclosure, and who filled it in when."""
    for id_, value in site.values.items():
        if value.exact is None or _is_misnamed(site, id_):
            continue
        figure = value.figure
        missing = {
            name: label
            for name, label, filled in (
                ("start", "起始日", figure.period.start or figure.period.kind == "时点"),
                ("end", "截止日", figure.period.end),
                ("source", "数据来源", figure.source),
                ("office", "责任科室", figure.office),
                ("disclosure", "公开属性", figure.disclosure),
                ("prepared", "填报", figure.prepared.by or figure.prepared.date),
            )
            if not filled
        }
        if MARK in id_ and id_ not in site.archive.register.observations:
            missing.pop("prepared", None)  # what is counted by itself is still to be prepared
        of_indicator = _OF_INDICATOR if MARK in id_ else set()
        for at, names in (
            (indicator_of(id_), missing.keys() & of_indicator),
            (id_, missing.keys() - of_indicator),
        ):
            labels = {name: label for name, label in missing.items() if name in names}
            if labels:
                message = f"已有数值，须写明{'、'.join(labels.values())}，现为空；请填上 {'、'.join(labels)}"
                yield figure_problem(site, at, message)


_OF_INDICATOR = {"source", "office", "disclosure"}
"""The fields that an indicator has for the observations that are entries of their own."""


def values_come_from_one_place(site: Site) -> Iterator[Problem]:
    """A figure is counted or entered, not both; only counted ones are declared complete, up to today."""
    for id_, figure in site.archive.figures.items():
        if figure.counted and figure.value is not None:
            yield figure_problem(
                site,
                id_,
                f"由台账计数得出，不得另填数值，现为 {figure.value}；请改为：value:",
                "value",
            )
        if not figure.counted and figure.complete_through:
            yield figure_problem(
                site,
                id_,
                "不由台账计数，complete_through（资料齐全至）须空着；请改为：complete_through:",
                "complete_through",
            )
        if figure.complete_through and figure.complete_through > site.archive.project.as_of:
            yield figure_problem(
                site,
                id_,
                f"的 complete_through（资料齐全至）须不晚于今天，现为 {figure.complete_through}；{NOT_YET}",
                "complete_through",
            )


def values_fit_their_rounding(site: Site) -> Iterator[Problem]:
    """A value entered by hand has no more decimals than it is printed with."""
    for id_, figure in site.archive.figures.items():
        if figure.value is None:
            continue
        fit = rounded(figure.value, figure.decimals)
        if figure.value != fit:
            yield figure_problem(
                site,
                id_,
                f"按修约位数须为 {figure.decimals} 位小数，现为 {figure.value}；请改为：value: {fit}，或者改 decimals",
                "value",
            )


def counting_rules_fit_the_collection(site: Site) -> Iterator[Problem]:
    """A counting rule names a collection, and a field and conditions that the collection has."""
    for id_, figure in site.archive.figures.items():
        if figure.counted:
            for loc, message in counting_faults(site, figure.counted):
                yield figure_problem(site, id_, message, "counted", *loc)


def counting_faults(site: Site, counted: Counted) -> Iterator[tuple[Loc, str]]:
    """Yield the faults of a counting rule as (place in the rule, message)."""
    collections = site.archive.collections
    collection = collections.get(counted.collection)
    if counted.collection in site.archive.faulty:
        return  # nothing is known of its fields
    if collection is None:
        hint = suggestion(
            counted.collection, collections, {name: one.label for name, one in collections.items()}
        )
        yield ("collection",), f"所计台账须是已有的，没有 {counted.collection}{hint}"
        return
    if counted.measure == "count" and counted.field:
        yield (
            ("field",),
            f"的算法是 count（计条数），字段须空着，现为 {counted.field}；请删去 field",
        )
    if counted.measure != "count" and counted.field not in collection.countable():
        hint = suggestion(counted.field or "", collection.countable(), collection.labels)
        yield ("field",), f"所计字段须是台账里的，没有 {counted.field or '（空）'}{hint}"
    elif counted.measure == "sum" and counted.field not in collection.numbers():
        shown = f"{counted.field}（{collection.label_of(counted.field or '')}）"
        way_out = f"请改为 measure: distinct，或者改用数的字段{suggestion(counted.field or '', collection.numbers())}"
        yield ("field",), f"求和的字段须是数，{shown}不是；{way_out}"
    for name, wanted in counted.where.items():
        field = fields(collection.model).get(name)
        if field is None:
            yield (
                ("where", name),
                f"条件里的字段须是台账里的，没有 {name}{suggestion(name, fields(collection.model), collection.labels)}",
            )
            continue
        known = field.value.words
        if known and wanted not in known:
            yield (
                ("where", name),
                f"条件 {name} 的取值须是台账里有的，没有 {wanted}{suggestion(wanted, known)}",
            )


def what_is_counted_fits_the_register(site: Site) -> Iterator[Problem]:
    """What a figure counts is a number that the register may hold: that is how it stands in the public edition."""
    for id_, value in site.values.items():
        found = value.provisional_count
        if value.figure.counted is None or found is None:
            continue
        if found < 0:
            way_out = "请在 where 里只计不使它小于 0 的记录，增、减分别计数"
        elif found >= FAR:
            way_out = "请改正记录里的数，或者改用大些的单位"
        elif found != rounded(found, DECIMALS):
            way_out = "请把相乘的字段改为小数位数（decimals）少些的"
        else:
            continue
        rule = f"由台账计得的数须不小于 0、小于 {FAR}，小数不超过 {DECIMALS} 位，现为 {found:f}"
        yield figure_problem(site, id_, f"{rule}；{way_out}", "counted")


def nothing_is_counted_twice(site: Site) -> Iterator[Problem]:
    """No two figures count the same thing in the same way over the same period."""
    figures = site.archive.figures.items()
    for (id_, _), (first, _) in repeated(figures, lambda item: _counts(item[1])):
        first = indicator_of(first)
        message = f"须与别的指标计数不同，{first} 计的是同样的内容、同样的时期；请改用 {first}，或者改正条件、时期"
        yield figure_problem(site, id_, message, "counted")


def _counts(figure: Figure) -> object:
    """Return what a figure counts and over which period, to compare; None if it is entered by hand."""
    rule = figure.counted
    if rule is None:
        return None
    return rule.collection, rule.measure, rule.field, frozenset(rule.where.items()), figure.period


def approximations_hold(site: Site) -> Iterator[Problem]:
    """The words of an approximation are understood, and are true of the exact value."""
    for id_, value in site.values.items():
        words = value.figure.approximation
        if not words:
            continue
        try:
            approximation = parse(words, value.figure.unit)
        except ValueError as error:
            yield figure_problem(site, id_, f"的约数写法须能读懂：{error}", "approximation")
            continue
        if id_ in site.judged and value.exact is not None and not approximation.allows(value.exact):
            yield figure_problem(
                site,
                id_,
                f"写作“{words}”，确数须{approximation.rule(value.exact)}，现为 {value.exact}；请改写约数，不用约数的写 approximation:",
                "approximation",
            )


def unknown_values_have_a_mask(site: Site) -> Iterator[Problem]:
    """A figure without a value has a mask, or words that are printed instead."""
    for id_, value in site.values.items():
        if value.exact is None and not value.number:
            yield figure_problem(
                site, id_, "没有数值，掩码须填写，现为空；请改为：mask: '***'", "mask"
            )


def figures_are_used(site: Site) -> Iterator[Problem]:
    """A figure is used on a page, unless it is retired."""
    if site.archive.unread & {"figures", "criteria"} or site.archive.unread_pages():
        return
    shown = {indicator_of(key) for key in site.places}
    unused = [
        id_
        for id_, figure in site.archive.indicators.items()
        if not figure.retired and id_ not in shown
    ]
    faulty = (
        figures_have_the_period_named,
        macros_are_well_formed,
        macros_are_not_half_typed,
        ids_are_known,
    )
    if not unused or any(True for rule in faulty for _ in rule(site)):
        return  # a macro that is written wrong may be meant for one of them, and is told
    for id_ in unused:
        yield figure_problem(site, id_, "须在页面上用到，现在没有一处；不再用的请填停用日期")


def span_runs_forward(site: Site) -> Iterator[Problem]:
    """The archive's period does not end before it starts."""
    unit = site.archive.unit
    if unit:
        start = Dated(("record_period", "start"), "起始日", unit.record_period.start)
        end = Dated(("record_period", "end"), "截止日", unit.record_period.end)
        for loc, message in out_of_order(start, end):
            yield site.archive.problem("unit", message, *loc)


def repository_is_whole(site: Site) -> Iterator[Problem]:
    """Forge, address and branch of the repository are all given, or none of them."""
    unit = site.archive.unit
    if not unit:
        return
    given = unit.repository.model_dump()
    empty = [name for name, value in given.items() if value is None]
    if empty and len(empty) < len(given):
        yield site.archive.problem(
            "unit",
            f"repository 三项须都填或都空，{'、'.join(empty)} 现为空；请填上，或者把三项都清空",
            "repository",
            empty[0],
        )
