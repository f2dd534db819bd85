"""The macros of the pages in one table: how each is written, which ids it takes, which anchors it makes.

`render` has the functions of the same names that render them; a test compares the two.
"""

from collections.abc import Callable, Container, Iterable, KeysView, Mapping
from dataclasses import dataclass

from archive.facts.criteria import CRITERIA
from archive.facts.figures import select
from archive.facts.gather import REPORTS
from archive.facts.honours import anchor, level_of, year_of
from archive.facts.indicator import page_anchors
from archive.facts.listed import listed, row_anchor
from archive.facts.places import HONOURS, MESSAGES, REGISTER
from archive.facts.releases import times_reported
from archive.facts.site import Site, once
from archive.facts.standing import owed
from archive.facts.topics import REST
from archive.facts.totals import totals_span
from archive.files.pages import Page
from archive.files.spans import Call
from archive.schema.collections import SINGLE
from archive.schema.honours import Honour
from archive.schema.kinds import anchors as kind_anchors
from archive.schema.kinds import labels
from archive.schema.page_models import PAGE_MODELS
from archive.schema.register import Counted


@dataclass(frozen=True, slots=True)
class Macro:
    """How a macro may be called, and which anchors it makes."""

    written: str
    """How it is written, as messages show it."""
    named: str = ""
    """What messages call the ids it takes; empty if it takes none."""
    ids: Callable[[Site], Iterable[str]] = lambda site: ()
    """Returns the ids it may be called with."""
    any_number: bool = False
    """Whether it takes any number of ids, none included, and not just one."""
    homes: tuple[tuple[str, str], ...] = ()
    """The macros that list what it links to, each with the page on which that one must stand."""
    options: tuple[str, ...] = ()
    """The options it may take besides the fields of a collection."""
    flows: bool = False
    """Whether it is a part of a line, not a block of its own."""
    of: str = ""
    """The collection whose records its options select; `*` for the one it is called with; else empty.

    A call that selects by a field which is not public shows a mask in the public edition.
    """
    anchors: Callable[[Site, Page, Call], Iterable[str]] = lambda site, page, call: ()
    """Returns the ids of the elements that a call makes, to which links may lead."""

    def fits(self, call: Call) -> bool:
        """Return whether a call has the form of this macro; its ids and options may still be wrong."""
        if not all(isinstance(arg, str) for arg in call.args):
            return False
        if self.any_number:
            return not (call.args and call.options)
        known = all(name in self.options for name, _ in call.options)
        return len(call.args) == bool(self.named) and bool(self.of or known)

    def collection(self, call: Call, known: Container[str]) -> str:
        """Return the one of the `known` collections from which a call selects records, empty if none."""
        named = str(call.args[0]) if self.of == "*" and call.args else self.of
        return named if named in known else ""


def _records(site: Site, page: Page, call: Call) -> Iterable[str]:
    """Return the anchors of the years and rows of a collection, and of its totals if they are shown."""
    name = str(*call.args[:1])
    if name not in site.archive.collections:
        return set()  # which is told where the name is
    dated = [record for record in site.archive.records.get(name, []) if record.day]
    found = {f"y{record.day.year}" for record in dated if record.day}
    span = totals_span(site, name)
    every = Counted(collection=name, measure="count")
    found |= {row_anchor(record) for rows in listed(dated).values() for record in rows}
    return found | {"totals"} if span and select(every, span, dated) else found


def _honours(site: Site, page: Page, call: Call) -> Iterable[str]:
    for record in site.archive.of(Honour):
        yield from (level_of(record), anchor(level_of(record), year_of(record)))
        yield from ("find", "timeline")
    yield from site.archive.record_ids("honours")


def _criteria(site: Site, page: Page, call: Call) -> Iterable[str]:
    ids = site.archive.ids("criteria")
    return ["matrix", "list", *ids] if ids else []


def _releases(site: Site, page: Page, call: Call) -> Iterable[str]:
    found = [id_ for id_ in site.values if times_reported(site.archive, site.values, id_)]
    if site.archive.releases:
        yield from ("occasions", "figures", *found)
    if found and len(site.archive.releases) > 1:
        yield "any-two"


def _figure_ids(site: Site) -> Iterable[str]:
    """Return what a call may name: indicators, also those of which a derived tree has the observations alone."""
    archive = site.archive
    return dict.fromkeys([*archive.ids("figures"), *archive.indicators, *archive.figures])


def _reports(site: Site) -> Iterable[str]:
    return site.archive.record_ids(REPORTS)


def _parts(site: Site, page: Page, call: Call) -> Iterable[str]:
    """The anchors of all pages of the report that is called."""
    there = site.archive.pages_of(str(*call.args[:1]))
    if any(one is page for one in there):
        return ()  # it would hold itself, which has been told
    return {id_ for one in there for id_ in one.anchors}


COMPARED = ("compared-figures", "compared-sentences")
"""The ids of the two headings that `compared` makes."""

_FIGURES, _HONOURS = ("register", REGISTER), ("honour_list", HONOURS)

MACROS: Mapping[str, Macro] = {
    "fig": Macro(
        '{{ fig("指标编号") }}',
        "指标",
        _figure_ids,
        options=("period", "written"),
        homes=(_FIGURES,),
        flows=True,
    ),
    "change": Macro(
        '{{ change("指标编号") }} 或 {{ change("指标编号", period="时期", against="时期", form="增减") }}',
        "指标",
        _figure_ids,
        options=("period", "against", "form"),
        homes=(_FIGURES,),
        flows=True,
    ),
    "name": Macro(
        '{{ name("名称编号") }}', "名称", lambda site: site.archive.ids("unit", "names"), flows=True
    ),
    "table": Macro(
        '{{ table("台账", 字段="取值") }}', "台账", lambda site: site.archive.collections, of="*"
    ),
    "records": Macro(
        '{{ records("台账") }}',
        "台账",
        lambda site: [
            name
            for name, one in site.archive.collections.items()
            if one.totals or name in site.archive.faulty
        ],
        anchors=_records,
    ),
    "collections": Macro("{{ collections() }}"),
    "register": Macro(
        "{{ register() }}",
        anchors=lambda site, page, call: _figure_ids(site),
    ),
    "indicator": Macro(
        '{{ indicator("指标编号") }}',
        "指标",
        _figure_ids,
        homes=(_FIGURES,),
        anchors=lambda site, page, call: [
            one for id_ in call.args for one in page_anchors(site, str(id_))
        ],
    ),
    "states": Macro("{{ states() }}"),
    "releases": Macro("{{ releases() }}", anchors=_releases),
    "report": Macro('{{ report("报告编号") }}', "报告", _reports, anchors=_parts),
    "reports": Macro("{{ reports() }}"),
    "compared": Macro(
        '{{ compared() }} 或 {{ compared("旧报告编号", "新报告编号") }}',
        "报告",
        _reports,
        any_number=True,
        homes=(_FIGURES,),
        anchors=lambda site, page, call: COMPARED,
    ),
    "honours": Macro(
        '{{ honours("荣誉编号", …) }} 或 {{ honours(字段="取值") }}',
        "荣誉",
        lambda site: site.archive.record_ids("honours"),
        any_number=True,
        homes=(_HONOURS,),
        flows=True,
        of="honours",
    ),
    "honour_list": Macro("{{ honour_list() }}", anchors=_honours),
    "example": Macro("{{ example() }}"),
    "standing": Macro("{{ standing() }}", homes=(_FIGURES, _HONOURS)),
    "missing": Macro(
        "{{ missing() }}",
        homes=(_FIGURES, ("criteria", CRITERIA)),
        anchors=lambda site, page, call: [
            f"owed-{number}" for number in range(1, len(owed(site)) + 1)
        ],
    ),
    "examples": Macro(
        "{{ examples() }}",
        anchors=lambda site, page, call: labels(site.archive.kinds, "example_kinds"),
    ),
    "criteria": Macro("{{ criteria() }}", anchors=_criteria),
    "topics": Macro(
        "{{ topics() }}",
        homes=(("criteria", CRITERIA),),
        anchors=lambda site, page, call: [*site.archive.ids("criteria"), REST],
    ),
    "measures": Macro(
        '{{ measures() }} 或 {{ measures("报告编号") }}',
        "报告",
        _reports,
        any_number=True,
        anchors=lambda site, page, call: (
            () if call.args else kind_anchors(site.archive.kinds, "measures").values()
        ),
    ),
    "glance": Macro(
        '{{ glance() }} 或 {{ glance("报告编号") }}',
        "报告",
        _reports,
        any_number=True,
        homes=(_FIGURES, _HONOURS),
    ),
    "regulations": Macro(
        "{{ regulations() }}",
        anchors=lambda site, page, call: labels(site.archive.kinds, "regulation_categories"),
    ),
    "regulation_changes": Macro("{{ regulation_changes() }}"),
    "regulation_reviews": Macro("{{ regulation_reviews() }}"),
    "downloads": Macro("{{ downloads() }}"),
    "dictionary": Macro(
        "{{ dictionary() }}",
        anchors=lambda site, page, call: [
            *SINGLE,
            *site.archive.collections,
            "observations",
            REPORTS,
            "pages",
            *PAGE_MODELS,
        ],
    ),
    "messages": Macro(
        "{{ messages() }}",
        anchors=lambda site, page, call: [
            path.removeprefix(MESSAGES).removesuffix(".md")
            for path in site.archive.pages
            if path.startswith(MESSAGES) and path != f"{MESSAGES}index.md"
        ],
    ),
}
"""Every macro by name."""


_READ_FROM: Mapping[str, frozenset[str]] = {
    "examples": frozenset({"kinds"}),
    "honour_list": frozenset({"honours"}),
    "measures": frozenset({"kinds"}),
    "records": frozenset({"figures"}),
    "regulations": frozenset({"kinds"}),
    "register": frozenset({"figures"}),
    "indicator": frozenset({"figures"}),
    "releases": frozenset({"figures", "releases"}),
}
"""Macro → what the ids it makes come from, beside the collection it is called with."""


def anchors_known(site: Site, page: Page) -> bool:
    """Return whether all that makes ids on the page was read whole, and none is still to be written."""
    known = _whether_known(site)
    if page not in known:
        known[page] = _anchors_known(site, page)
    return known[page]


def anchors(site: Site, page: Page) -> KeysView[str]:
    """Return every id that a link to the page may name, in order: written, made by Markdown, made by a macro."""
    known = _anchors(site)
    if page not in known:
        found = set(page.anchors)
        for call in page.calls:
            if call.name in MACROS:
                found.update(MACROS[call.name].anchors(site, page, call))
        known[page] = dict.fromkeys(sorted(found))
    return known[page].keys()


# Each page is looked at once, however many links lead to it.


@once
def _whether_known(_: Site) -> dict[Page, bool]:
    return {}


@once
def _anchors(_: Site) -> dict[Page, dict[str, None]]:
    return {}


def _anchors_known(site: Site, page: Page) -> bool:
    if page.path in site.report_parts and not all(
        one.explicit or one.level == 1 for one in page.headings
    ):
        return False
    known = page.known
    for call in page.calls:
        if call.name in MACROS:
            made_from = {MACROS[call.name].collection(call, site.archive.collections)}
            made_from |= _READ_FROM.get(call.name, frozenset())
            made_from |= set(map(str, call.args)) if call.name == "records" else set()
            known = known and not made_from & site.archive.unread
    return known
