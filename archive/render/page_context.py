"""What the theme shows around a page's text: citations in the report, assessment items, related pages."""

from collections.abc import Iterator
from html import escape

from archive.facts.criteria import CRITERIA, Item
from archive.facts.evidence import TargetKind
from archive.facts.observations import anchor_of, indicator_page
from archive.facts.regulations import FOLDER
from archive.facts.reported import DRAFTED, corrections_of, figures_since
from archive.facts.site import Site
from archive.facts.topics import Topic, TopicKind
from archive.files.addresses import href
from archive.render.edit_links import form_link, form_links
from archive.render.regulations import facts
from archive.render.report_since import changes_told
from archive.render.text import day, masked
from archive.render.versions import over, standing, versions_list
from archive.schema.collections import RECORD
from archive.schema.examples import Example
from archive.schema.form_models import entry_answers
from archive.schema.regulations import Regulation

MAX_RELATED = 8
"""Most related pages that a page links to; the page of the assessment item lists all of them."""


def page_context(site: Site, page: str) -> dict[str, str]:
    """Name → HTML of each part shown around the page `page` (its path in docs/).

    Names are `cited`, `proves`, `related`, `facts`, `ways`, `reported`, `changed`, `standing`, `banner`
    and `versions`; a part without content is left out.
    """
    found = {}
    places = site.citations.get(page)
    if places:
        links = "、".join(_link(page, place.page, place.label, place.anchor) for place in places)
        found["cited"] = f"见报告：{links}"
    mine = [topic for topic in site.topics if topic.item and topic.holds(page)]
    if mine and CRITERIA in site.archive.pages:
        items = "、".join(_item(page, topic.item) for topic in mine if topic.item)
        found["proves"] = f"考评项目：{items}"
        related = _related(site, page, mine)
        if related:
            shown = "、".join(related[:MAX_RELATED])
            more = f"等 {len(related)} 项，全部见{items}" if related[MAX_RELATED:] else ""
            found["related"] = f"相关：{shown}{more}"
    if said := _reported(site, page):
        found["reported"] = said
    if page in site.archive.pages and (said := changes_told(site, site.archive.pages[page])):
        found["changed"] = said
    entry = site.regulations.get(page.removeprefix(FOLDER).removesuffix(".md"))
    entry = entry if entry and entry.page.path == page else None
    if entry:
        found["facts"] = facts(site, entry, lambda target, text: _link(page, target, text))
    if ways := form_links(_forms(site, page), " ways"):
        found["ways"] = ways
    if page in site.versions:
        found |= standing(site, page, lambda target, text: _link(page, target, text))
        if shown := versions_list(site, page, lambda target, text: _link(page, target, text)):
            found["versions"] = shown
    elif entry and entry.is_over:
        found |= over(entry)  # a draft that was replaced has no text that was in force
    return found


def _forms(site: Site, page: str) -> Iterator[str]:
    """Links to the forms that change what is recorded of a page: of a regulation, of a typical example."""
    there = site.archive.pages.get(page)
    meta, id_ = there and there.meta, page.rpartition("/")[2].removesuffix(".md")
    if isinstance(meta, Regulation) and id_ in site.regulations:
        held = entry_answers("regulations", meta)
        yield form_link(site, "regulations", "改文号、日期", {RECORD: id_}, held)
        if not site.regulations[id_].data.replaced_by:  # which the successor may say
            same = entry_answers("new_regulation", meta)
            asked = {name: same.get(name, "") for name in ("category", "issuing_body", "office")}
            yield form_link(site, "new_regulation", "换成新的一项", {"replaces": id_, **asked})
    elif isinstance(meta, Example):
        held = entry_answers("examples", meta)
        yield form_link(site, "examples", "改概况", {RECORD: id_}, held)


def _reported(site: Site, page: str) -> str:
    """That a page belongs to a report that was reported, and what was revised since."""
    id_ = site.report_by_page.get(page, "")
    report = site.archive.reports.get(id_)
    if report is None or report.state == DRAFTED:
        return ""
    since = [
        f"{_link(page, indicator_page(one.now.id), one.now.title, anchor_of(one.now.id))}"
        f"报送 {masked(one.then.shown)}，现为 {masked(one.now.shown)}{escape(one.now.unit)}"
        for one in figures_since(site, id_)
    ]
    shown = corrections_of(report, page)
    since += [f"{day(one.date)}更正：{escape(one.reason)}" for one in shown]
    kept = f"本报告{day(report.reported)}报送，{report.state}，文字和数照报送时的样子。"
    return kept + (f"此后：{'；'.join(since)}。" if since else "")


def _item(page: str, item: Item) -> str:
    name = f"{item.criterion.code} {item.criterion.title}"
    return _link(page, CRITERIA, name, item.id)


def _related(site: Site, page: str, mine: list[Topic]) -> list[str]:
    """Links to the other examples and regulations of the same topics, each once."""
    others = dict.fromkeys(
        target
        for topic in mine
        for kind in (TopicKind.EXAMPLE, TopicKind.REGULATION)
        for target in topic.members[kind]
        if target.address != page
    )
    links = []
    for target in others:
        meta = site.archive.pages[target.address].meta
        title = meta.title if meta else target.address
        name = f"《{title}》" if target.kind is TargetKind.REGULATION else title
        links.append(_link(page, target.address, name))
    return links


def _link(page: str, target: str, text: str, anchor: str = "") -> str:
    """An HTML link from `page`; a Markdown link would stay as text, as the theme is not Markdown."""
    return f'<a href="{href(page, target, anchor)}">{escape(text)}</a>'
