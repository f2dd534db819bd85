"""The assessment items: what evidence exists and what is missing, in a matrix and item by item."""

from collections.abc import Iterator
from urllib.parse import quote

from archive.facts.criteria import (
    ALL,
    CRITERIA,
    Item,
    asked,
    length,
    missing_kinds,
    stated,
    years_lacking,
)
from archive.facts.evidence import Target, TargetKind, WeighedEvidence
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.facts.topics import REST, Topic
from archive.render.edit_links import edit_link
from archive.render.figures import fig
from archive.render.honours import named
from archive.render.matrix import matrix
from archive.render.text import markdown_table, plain_text
from archive.schema.criteria import MAX_CHARACTERS, Caption, Criterion
from archive.schema.fields import fields
from archive.schema.honours import Honour
from archive.schema.kinds import labels


def criteria(site: Site, root: str) -> str:
    """Markdown of the matrix of items, years and kinds, then of each item under its heading."""
    items = list(site.criteria.values())
    if not items:
        return "（尚无项目。）"
    kinds = labels(site.archive.kinds, "evidence_kinds")
    shown = matrix(items, asked(site.archive), kinds)
    parts = ["## 材料一览 { #matrix }", shown, "## 各个项目 { #list }"]
    parts += [_item(site, item, root) for item in items]
    return "\n\n".join(parts)


def _item(site: Site, item: Item, root: str) -> str:
    """An item: its requirement, its statement with the length, its evidence by kind, captions, links."""
    criterion = item.criterion
    parts = [
        f"### {plain_text(f'{criterion.code} {criterion.title}')} {{ #{item.id} }}",
        f"**{Criterion.label_of('asks')}**：{plain_text(criterion.asks)}",
        _statement(site, criterion, root),
        markdown_table(
            (Criterion.label_of("wanted"), "材料", "还缺"),
            [
                (
                    kind,
                    "<br>".join(_evidence(site, item, kind, root)) or "—",
                    _missing(site, item, kind),
                )
                for kind in criterion.wanted
            ],
        ),
        *_captions(site, item, root),
    ]
    if criterion.report:
        parts.append(f"见报告：[{heading(site, criterion.report)}]({root}{criterion.report})")
    recorded = site.archive.documents["criteria"]
    parts += edit_link(site, recorded.path, recorded.line((item.id,)))
    return "\n\n".join(parts)


def _statement(site: Site, criterion: Criterion, root: str) -> str:
    """The statement with its character count; its figures link to the register."""
    statement = criterion.statement
    parts = stated(site.archive, statement or "")
    written = length(parts, site.values)
    head = f"**{Criterion.label_of('statement')}**（已写 {written}/{MAX_CHARACTERS} 字）"
    if statement is None:
        return f"{head}：尚未填写。"
    shown = [
        fig(site.values[part], root) if index % 2 else plain_text(part)
        for index, part in enumerate(parts)
    ]
    return f"{head}：{''.join(shown)}"


def _evidence(site: Site, item: Item, kind: str, root: str) -> Iterator[str]:
    """A link for each piece of evidence of a kind, with its years or the reason it does not count."""
    if kind == item.stated:
        if item.criterion.statement:
            yield "见上"
        return
    for one in item.evidence:
        if one.proof.kind == kind:
            when = "、".join(f"{year}年" for year in one.years) or "年份待定"
            text = f"不作数：{one.lacks}" if one.lacks else when
            yield f"{_link(site, one, root)}（{text}）"


def _missing(site: Site, item: Item, kind: str) -> str:
    """The years without evidence of a kind, as text: 不缺, 全缺, or the years."""
    missing = missing_kinds(site.archive, item).get(kind)
    if not missing:
        return "不缺"
    said = years_lacking(site.archive, missing)
    return f"<strong>{said}</strong>" if said == ALL else f'<strong class="years">{said}</strong>'


def _link(site: Site, one: WeighedEvidence, root: str) -> str:
    """A piece of evidence by its name, as a Markdown link to where it is shown."""
    only = "、".join(one.proof.where.values())
    name = title(site, one.target) + (plain_text(f" · {only}") if only else "")
    return _led(site, one.target, name, root)


def _led(site: Site, target: Target, name: str, root: str) -> str:
    """A name as a Markdown link to where something is shown; alone if no page shows it, as of a ledger without one."""
    shown, hash_, anchor = target.address.partition("#")
    there = shown in site.archive.pages or shown in site.archive.docs
    return f"[{name}]({root}{quote(shown)}{hash_}{anchor})" if there else name


def title(site: Site, target: Target) -> str:
    """The name of what a piece of evidence or a topic points to, escaped for a page."""
    if target.kind is TargetKind.FILE:
        return plain_text(target.id.rpartition("/")[2])
    if target.kind is TargetKind.HONOUR:
        found = (r for r in site.archive.of(Honour) if r.id == target.id)
        return "、".join(named(site, record.data) for record in found)
    if target.kind is TargetKind.COLLECTION:
        return plain_text(site.archive.collections[target.id].label)
    if target.kind is TargetKind.FIGURE:
        return plain_text(site.archive.indicators[indicator_of(target.id)].name)
    return heading(site, target.address)


def heading(site: Site, address: str) -> str:
    """The title of the page at `address`, then the heading at its anchor if it has one."""
    path, _, anchor = address.partition("#")
    page = site.archive.pages[path]
    headings = [one.text for one in page.headings if one.id == anchor]
    return plain_text(" · ".join([page.meta.title if page.meta else path, *headings]))


def _captions(site: Site, item: Item, root: str) -> Iterator[str]:
    """One sentence for each piece of evidence with a caption: its fields by label."""
    for one in item.evidence:
        if one.proof.caption:
            caption = "；".join(
                f"{Caption.label_of(field)}：{plain_text(getattr(one.proof.caption, field))}"
                for field in fields(Caption)
            )
            yield f"图片“{_link(site, one, root)}”：{caption}。"


def topics(site: Site, root: str) -> str:
    """Markdown of each topic under a heading, its members by kind; the last topic holds the rest."""
    return "\n\n".join(_topic(site, topic, root) for topic in site.topics)


def _topic(site: Site, topic: Topic, root: str) -> str:
    lines = [
        f"- {kind}：{'、'.join(_led(site, one, title(site, one), root) for one in members)}"
        for kind, members in topic.members.items()
        if members
    ]
    if topic.item is None:
        return f"## {REST} {{ #{REST} }}\n\n" + ("\n".join(lines) or "（没有。）")
    criterion = topic.item.criterion
    leads = [f"考评项目：[要求和材料]({root}{CRITERIA}#{topic.item.id})"]
    if criterion.report:
        leads.append(f"见报告：[{heading(site, criterion.report)}]({root}{criterion.report})")
    name = plain_text(f"{criterion.code} {criterion.title}")
    return f"## {name} {{ #{topic.item.id} }}\n\n{'；'.join(leads)}\n\n" + (
        "\n".join(lines) or "（尚无材料。）"
    )
