"""Typical examples: the recorded facts of one, and the list of all by kind."""

from archive.facts.places import ordered_pages
from archive.facts.site import Site
from archive.render.edit_links import form_link, form_links
from archive.render.figures import name, place_link
from archive.render.honours import link
from archive.render.text import UNKNOWN, day, fenced, markdown_table, masked, plain_text
from archive.schema.examples import Consent, Example
from archive.schema.honours import Honour
from archive.schema.kinds import labels
from archive.schema.types import Span


def example(site: Site, page: str, root: str) -> str:
    """A table of label and value for the example on the page `page` (its path in docs/).

    Empty on any other page.
    """
    record = site.archive.pages[page].meta
    if not isinstance(record, Example):
        return ""  # a check reports this macro on a page that is not an example
    rows = [
        (Example.label_of("kind"), record.kind),
        (Example.label_of("office"), plain_text(record.office or UNKNOWN)),
        (Example.label_of("period"), _period(record.period)),
    ]
    honour = next((r for r in site.archive.of(Honour) if r.id == record.honour), None)
    if honour:
        rows.append((Example.label_of("honour"), link(site, honour, root)))
    if record.person:
        rows.append((Example.label_of("person"), _person(site, record)))
    rows.append((Example.label_of("consent"), _consent(record.consent)))
    return markdown_table(("项目", "内容"), rows)


def examples(site: Site, root: str) -> str:
    """Every example under its kind, with its description and the places of the report that name it."""
    kinds = labels(site.archive.kinds, "example_kinds")
    listed: dict[str, list[str]] = {kind: [] for kind in kinds}
    for page in ordered_pages(site.archive):
        if isinstance(page.meta, Example):
            places = "、".join(place_link(at, root) for at in site.citations.get(page.path, []))
            listed[page.meta.kind].append(
                f"- [{plain_text(page.meta.title)}]({root}{page.path})：{plain_text(page.meta.description)}"
                + (f"见报告{places}。" if places else "")
            )
    more = form_links([form_link(site, "examples", "登记典型事例", {})])
    return (f"{fenced(more)}\n\n" if more else "") + "\n\n".join(
        f"## {kind} {{ #{kind} }}\n\n" + ("\n".join(lines) or "（尚无事例。）")
        for kind, lines in listed.items()
    )


def _person(site: Site, record: Example) -> str:
    """The person's name, or its mask as long as the person has not agreed to being named."""
    entry = site.archive.unit.names[record.person or ""] if site.archive.unit else None
    if entry is None:
        return UNKNOWN
    return name(entry) if record.consent.status == "已取得" else masked(entry.mask)


def _period(period: Span) -> str:
    if period.start is None and period.end is None:
        return UNKNOWN
    return f"{day(period.start)}至{day(period.end)}"


def _consent(consent: Consent) -> str:
    text = {
        "已取得": "已取得本人同意" + (f"（{day(consent.date)}）" if consent.date else ""),
        "不需要": "不需要本人同意",
        "未取得": "未取得本人同意，暂不公开姓名",
    }[consent.status]
    return text + (f"：{plain_text(consent.reason)}" if consent.reason else "")
