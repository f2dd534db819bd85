"""The page of an indicator: its value, its values over the years, how it was reported, what proves it."""

from collections.abc import Iterator

from archive.facts.figures import FigureState, Value, is_complete
from archive.facts.indicator import (
    MAX_RECORDS,
    counted_records,
    has_one_value,
    observed_values,
    reported_of,
)
from archive.facts.observations import indicator_of, period_of, series
from archive.facts.places import REGISTER
from archive.facts.releases import ReportedValue, settled_value
from archive.facts.site import Site
from archive.files.addresses import href
from archive.render.chart import bars
from archive.render.edit_links import edit_link, form_link
from archive.render.figures import (
    counting,
    named_link,
    period,
    period_said,
    place_link,
    shown_value,
)
from archive.render.records import record_table
from archive.render.releases import PAGE as RELEASES
from archive.render.releases import as_reported, difference_text, since_text
from archive.render.text import (
    UNKNOWN,
    day,
    entry_table,
    exact_number_text,
    fenced,
    masked,
    plain_text,
    wide_table,
)
from archive.schema.form_models import entry_answers
from archive.schema.periods import period_name, spoken
from archive.schema.register import Approval, Figure, Revision, Signature


def indicator(site: Site, id_: str, page: str, root: str) -> str:
    """Markdown of all that is recorded of an indicator, and of all that it rests on and stands in."""
    observed = observed_values(site, id_)
    parts = []
    if REGISTER in site.archive.pages:
        parts.append(
            f"[指标登记]({root}{REGISTER})\n{{: .way-up .screen-only data-search-skip=1 }}"
        )
    parts += _headline(site, id_)
    one = has_one_value(site, id_)
    parts += [_entry(site, observed[0])] if one else _by_period(site, id_, observed)
    for value in observed[-1:]:
        parts += _whole(site, value, root)
    parts += _reported(site, id_, root)
    parts += _counted(site, id_, page, root)
    parts.append(f"## 出现的地方 {{ #{id_}-places }}")
    places = dict.fromkeys(place for one in observed for place in site.places.get(one.id, []))
    parts.append(
        "\n".join(f"- {place_link(place, root)}" for place in places) or "没有用在页面上。"
    )
    register = site.archive.documents["figures"]
    others = (*_ledger(site, id_, page), *_forms(site, observed))
    parts += edit_link(site, register.path, register.line((id_,)), others)
    return "\n\n".join(parts)


def _ledger(site: Site, id_: str, page: str) -> Iterator[str]:
    """A link to the ledger that an indicator is counted from: there it is changed, not in the register."""
    counted = site.archive.indicators[id_].counted
    whole = f"records/{counted.collection}.md" if counted else ""
    if whole in site.archive.pages:
        yield f'<a href="{href(page, whole)}">改台账的记录</a>'


def _forms(site: Site, observed: list[Value]) -> Iterator[str]:
    """Links to the forms that enter or revise the values that are not counted; none without a repository."""
    for value in observed:
        if value.figure.counted:
            continue
        said = spoken(value.reference_period) or value.reference_period
        name = plain_text(f"（{said}）" if len(observed) > 1 else "")
        settled = settled_value(site, value.id)
        if settled is None:
            held = entry_answers("figures", value.figure)
            yield form_link(site, "figures", f"填报{name}", {"figure": value.id}, held)
        else:
            asked = {"figure": value.id, "old": f"{settled:f}"}
            yield form_link(site, "correction", f"修订或更正{name}", asked)


def _headline(site: Site, id_: str) -> Iterator[str]:
    """The value that pages outside of the reports mean, large, with its state, period and office."""
    value = site.value(id_)
    if value is None:
        return
    days = value.figure.period
    said = [str(value.state), f"{days.kind}：{period(days)}"]
    said.append(f"数据截至{day(site.archive.project.as_of)}")
    said.append(f"责任科室：{value.figure.office or UNKNOWN}")
    yield fenced(
        f'<p class="headline"><strong>{masked(value.number)}<span>{plain_text(value.unit)}</span></strong>'
        f" {'，'.join(map(plain_text, said))}</p>"
    )


def _by_period(site: Site, id_: str, observed: list[Value]) -> Iterator[str]:
    """What an indicator is, then its values by reference period as a table and as charts."""
    current, rows = site.value(id_), _defined(site, site.archive.indicators[id_])
    if current:
        days = current.figure.period
        said = spoken(period_name(days)) or period_of(current.id) or period(days)
        rows[:0] = [*_shown_value(current), (days.kind, plain_text(said))]
    yield entry_table(rows)
    if not observed:
        yield "尚无各期的数。"
        return
    definitions = list(dict.fromkeys(_definition(value) for value in observed))
    broken, counted = len(definitions) > 1, any(value.figure.counted for value in observed)
    heads = ["时期", "数值", "状态", *(label for _, label in _STEPS), "修订与更正"]
    heads[3:3] = ["资料齐全至"] if counted else []
    heads[3:3] = ["口径"] if broken else []
    table: list[list[str]] = []
    for value in observed:
        figure = value.figure
        row = [_period_cell(value), shown_value(value)]
        row += [f'<strong class="state">{value.state}</strong>']
        row += [f"口径{definitions.index(_definition(value)) + 1}"] if broken else []
        row += [day(figure.complete_through)] if counted else []
        row += [_step(value, step) for step, _ in _STEPS]
        row.append("<br>".join(plain_text(_revision(one)) for one in figure.revisions) or "无")
        table.append(row)
    name = site.archive.indicators[id_].name
    yield f"## 各期的数 {{ #{id_}-periods }}"
    yield wide_table(heads, table, {1}, f"{name}的各期数值")
    if broken:
        yield "口径或者计算方法改变过，前后不可比："
        yield "\n".join(
            f"- <strong>口径{number}</strong>：{plain_text(said)}"
            for number, (said, _) in enumerate(definitions, 1)
        )
    if site.archive.edition == "internal":
        for key, one in site.archive.register.observations.items():
            if one.note and indicator_of(key) == id_:
                yield f"备注（{plain_text(spoken(period_of(key)))}）：{plain_text(one.note)}"
    yield from _charts(site, name, id_)


def _definition(value: Value) -> tuple[str, str]:
    figure = value.figure
    return f"{figure.definition.rstrip('。')}。计算方法：{figure.method}", figure.unit


def _period_cell(value: Value) -> str:
    name, days = period_of(value.id), plain_text(period(value.figure.period))
    standard = plain_text(spoken(period_name(value.figure.period)))
    said = standard or (f"{plain_text(name)}<br>{days}" if name else days)
    return f'<span id="{value.id}">{said}</span>' if name else said


def _charts(site: Site, name: str, id_: str) -> Iterator[str]:
    """A chart of each stretch that can be compared: where a definition changed, another one begins."""
    drawn = []
    for stretch in series(site.archive.figures, id_):
        values = [site.values[key] for key in stretch]
        known = [(_short(value), value.exact) for value in values if value.exact is not None]
        if len(known) > 1:
            title = name
            row, exact = zip(*known, strict=True)
            chart = bars(title, row, [(title, exact)])
            unit = plain_text(values[0].figure.unit)
            drawn.append(f"<figure><figcaption>单位：{unit}</figcaption>{chart}</figure>")
    if drawn:
        yield fenced(f'<div class="charts">{"".join(drawn)}</div>')


def _short(value: Value) -> str:
    """The name of a reference period beside a bar."""
    days = value.figure.period
    return period_name(days) or period_of(value.id) or f"{days.end or UNKNOWN}"


def _whole(site: Site, value: Value, root: str) -> Iterator[str]:
    """A link to the figure that a figure is part of."""
    whole = site.values.get(value.figure.part_of or "")
    if whole:
        yield f"属于：{named_link(whole, root)}，是其中数。"


def _reported(site: Site, id_: str, root: str) -> Iterator[str]:
    """What was reported of an indicator on each occasion beside what it is now, the latest first."""
    found = reported_of(site, id_)
    if not found:
        return
    yield f"## 报送的数和现在的数 {{ #{id_}-reported }}"
    heads = ("报送", "日期", "时期", "报送的数", "现在的数", "相差", "此后")
    rows = [_report_row(value, one) for value, one in found]
    yield wide_table(heads, rows, {3, 4, 5}, "报送的数和现在的数")
    if RELEASES in site.archive.pages:
        yield f"各次报送的全部数：[历次报送]({root}{RELEASES})。"


def _report_row(value: Value, one: ReportedValue) -> tuple[str, ...]:
    return (
        plain_text(one.name),
        day(one.release.date),
        plain_text(_short(value)),
        as_reported(one.reported),
        shown_value(value),
        difference_text(one),
        since_text(one),
    )


def _counted(site: Site, id_: str, page: str, root: str) -> Iterator[str]:
    """The records that the current value is counted from, the latest ones listed."""
    chosen, value = counted_records(site, id_), site.value(id_)
    if chosen is None or value is None or value.figure.counted is None:
        return
    name = value.figure.counted.collection
    whole, label = f"records/{name}.md", plain_text(site.archive.collections[name].label)
    link = f"[{label}]({root}{whole})" if whole in site.archive.pages else label
    yield f"## 据以计算的记录 {{ #{id_}-records }}"
    said = plain_text(counting(site, value.figure.counted))
    said += f"。{period(value.figure.period)}共 {len(chosen)} 条"
    said += "公开的，不公开的也计在内" if name in site.archive.partial else ""
    shown, table = record_table(site, name, chosen[:MAX_RECORDS], page, "据以计算的记录")
    if shown < len(chosen):
        said += f"，以下为最近 {shown} 条" if shown else "，没有逐条列出"
    yield f"{said}；全部记录见{link}。\n{{: data-search-skip=1 }}"
    yield from filter(None, [table])


def _entry(site: Site, value: Value) -> str:
    figure = value.figure
    rows = _defined(site, figure)
    rows[:0] = _shown_value(value)
    rows.insert(3, (figure.period.kind, plain_text(period_said(figure.period))))
    at = [label for label, _ in rows].index("数据来源")
    if figure.counted and value.state is not FigureState.WITHHELD:
        rows.insert(at, ("资料齐全", _completeness(value)))
        at += 1
    rows[at + 2 : at + 2] = [(label, _step(value, step)) for step, label in _STEPS]
    revised = [(f"{one.kind}", plain_text(_revision(one))) for one in figure.revisions]
    at = [label for label, _ in rows].index("公开属性")
    rows[at + 1 : at + 1] = revised
    return entry_table(rows)


def _shown_value(value: Value) -> list[tuple[str, str]]:
    return [
        ("数值", shown_value(value)),
        ("状态", f'<strong class="state">{value.state}</strong>'),
    ]


_STEPS = (("prepared", "填报"), ("reviewed", "审核"), ("approved", "核定"))


def _step(value: Value, step: str) -> str:
    signature = getattr(value.figure, step)
    return _approval(signature) if step == "approved" else _signature(signature)


def _defined(site: Site, figure: Figure) -> list[tuple[str, str]]:
    """What holds for all observations of an indicator."""
    rows = [
        ("计量单位", plain_text(figure.unit)),
        ("口径", plain_text(figure.definition)),
        ("计算方法", plain_text(figure.method)),
    ]
    if figure.counted:
        rows.append(("计数规则", plain_text(counting(site, figure.counted))))
    rows += [
        ("数据来源", plain_text(figure.source or UNKNOWN)),
        ("责任科室", plain_text(figure.office or UNKNOWN)),
        ("修约规则", _rounding(figure.decimals)),
        ("公开属性", figure.disclosure or UNKNOWN),
    ]
    if figure.retired:
        rows.append(("停用", day(figure.retired)))
    if site.archive.edition == "internal":
        rows.append(("备注", plain_text(figure.note or "无")))
    return rows


def _signature(signature: Signature) -> str:
    parts = (signature.by, day(signature.date) if signature.date else None)
    return plain_text("，".join(filter(None, parts))) or UNKNOWN


def _approval(approval: Approval) -> str:
    value = approval.value
    found = "" if value is None else f"，核定数 {exact_number_text(value)}"
    return f"{_signature(approval)}{found}"


def _revision(one: Revision) -> str:
    by = f"，{one.by}核定" if one.by else ""
    return f"{day(one.date)}{by}，由 {one.old} 改为 {one.new}：{one.reason}"


def _rounding(decimals: int) -> str:
    kept = f"保留 {decimals} 位小数" if decimals else "保留整数"
    return f"{kept}，四舍六入五成双（GB/T 8170）"


def _completeness(value: Value) -> str:
    through = value.figure.complete_through
    if is_complete(value.figure):
        counted = "" if value.records is None else f"，计入 {value.records} 条记录"
        return f"已宣布齐全至{day(through)}{counted}"
    declared = f"只宣布齐全至{day(through)}" if through else "尚未宣布齐全"
    return f"{declared}，不论已有多少条记录，一律作未填报"
