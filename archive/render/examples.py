"""Typical examples: what is recorded of one, and all of them by kind."""

from archive.facts.places import ordered_pages
from archive.facts.site import Site
from archive.render.honours import link
from archive.render.register import name, place_link
from archive.render.text import UNKNOWN, day, markdown_table, masked, plain
from archive.schema.examples import EXAMPLE_KINDS, Consent, Example
from archive.schema.honours import Honour
from archive.schema.types import Span


def example(site: Site, page: str, root: str) -> str:
    """What is recorded of the example on the page `page` (its path in docs/), by label."""
    record = site.archive.pages[page].meta
    if not isinstance(record, Example):
        return ""  # the check has said that the macro stands on an example's page
    rows = [
        (Example.label_of("kind"), record.kind),
        (Example.label_of("office"), plain(record.office or UNKNOWN)),
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
    """Every example under its kind, with what it is about and where the report names it."""
    listed: dict[str, list[str]] = {kind: [] for kind in EXAMPLE_KINDS}
    for page in ordered_pages(site.archive):
        if isinstance(page.meta, Example):
            places = "、".join(place_link(at, root) for at in site.citations.get(page.path, []))
            listed[page.meta.kind].append(
                f"- [{plain(page.meta.title)}]({root}{page.path})：{plain(page.meta.description)}"
                + (f"见报告{places}。" if places else "")
            )
    return "\n\n".join(
        f"## {kind} {{ #{kind} }}\n\n" + ("\n".join(lines) or "（尚无事例。）")
        for kind, lines in listed.items()
    )


def _person(site: Site, record: Example) -> str:
    """The name, or its mask until the person has agreed."""
    entry = site.archive.unit.names[record.person or ""] if site.archive.unit else None
    if entry is None:
        return UNKNOWN
    return name(entry) if record.consent.status == "已取得" else masked(entry.mask)


def _period(period: Span) -> str:
    if period.start is None and period.end is None:
        return UNKNOWN
    return f"{day(period.start)}至{day(period.end)}"


def _consent(consent: Consent) -> str:
    told = {
        "已取得": "已取得本人同意" + (f"（{day(consent.date)}）" if consent.date else ""),
        "不需要": "不需要本人同意",
        "未取得": "未取得本人同意，暂不公开姓名",
    }[consent.status]
    return told + (f"：{plain(consent.reason)}" if consent.reason else "")
