"""The assessment items: what there is of each and what is missing, in a matrix and item by item."""

from collections.abc import Iterator

from archive.facts.criteria import CRITERIA, Item, Year, length, split
from archive.facts.evidence import Evidence, Sort, Target, years
from archive.facts.site import Site
from archive.facts.topics import REST, Topic
from archive.render.honours import named
from archive.render.matrix import matrix
from archive.render.mend import mend
from archive.render.register import fig
from archive.render.text import markdown_table, plain
from archive.schema.collections import COLLECTIONS
from archive.schema.criteria import MOST_CHARACTERS, Caption, Criterion
from archive.schema.fields import fields
from archive.schema.honours import Honour


def criteria(site: Site, root: str) -> str:
    """The matrix of items, years and kinds, then every item under its heading."""
    items = list(site.criteria.values())
    if not items:
        return "（尚无项目。）"
    parts = ["## 材料一览 { #matrix }", matrix(items, years(site.archive)), "## 各个项目 { #list }"]
    parts += [_item(site, item, root) for item in items]
    return "\n\n".join(parts)


def _item(site: Site, item: Item, root: str) -> str:
    """One item: what is asked for, the statement with its length, the evidence kind by kind."""
    criterion = item.criterion
    parts = [
        f"### {plain(f'{criterion.code} {criterion.title}')} {{ #{item.id} }}",
        f"**{Criterion.label_of('asks')}**：{plain(criterion.asks)}",
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
    parts += mend(site, recorded.path, recorded.line((item.id,)))
    return "\n\n".join(parts)


def _statement(site: Site, criterion: Criterion, root: str) -> str:
    """The 说明报告 with its counter, its figures leading to the register."""
    statement = criterion.statement
    written = length(statement or "", site.values)
    head = f"**{Criterion.label_of('statement')}**（已写 {written}/{MOST_CHARACTERS} 字）"
    if statement is None:
        return f"{head}：尚未填写。"
    parts = split(statement)
    shown = [
        fig(site.values[part], root) if index % 2 else plain(part)
        for index, part in enumerate(parts)
    ]
    return f"{head}：{''.join(shown)}"


def _evidence(site: Site, item: Item, kind: str, root: str) -> Iterator[str]:
    """The evidence of a kind, each a link, with its years or why it does not count."""
    if kind == "说明报告":
        if item.criterion.statement:
            yield "见上"
        return
    for one in item.evidence:
        if one.proof.kind == kind:
            when = "、".join(f"{year}年" for year in one.years) or "年份待定"
            told = f"不作数：{one.lacks}" if one.lacks else when
            yield f"{_link(site, one, root)}（{told}）"


def _missing(site: Site, item: Item, kind: str) -> str:
    """The years for which there is nothing of a kind."""
    columns: tuple[Year, ...] = years(site.archive) or (None,)
    missing = [year for year in columns if not item.has(kind, year)]
    if not missing:
        return "不缺"
    if len(missing) == len(columns):
        return "<strong>全缺</strong>"
    return f'<strong class="years">缺 {"、".join(f"{year}年" for year in missing)}</strong>'


def _link(site: Site, one: Evidence, root: str) -> str:
    """A piece of evidence by its name, leading to where it is shown."""
    only = "、".join(one.proof.where.values())
    name = title(site, one.target) + (plain(f" · {only}") if only else "")
    return f"[{name}]({root}{one.target.address})"


def title(site: Site, target: Target) -> str:
    """What something of the archive is called."""
    if target.sort is Sort.FILE:
        return plain(target.id.rpartition("/")[2])
    if target.sort is Sort.HONOUR:
        found = (r for r in site.archive.of(Honour) if r.id == target.id)
        return "、".join(named(site, record.data) for record in found)
    if target.sort is Sort.COLLECTION:
        return plain(COLLECTIONS[target.id].label)
    if target.sort is Sort.FIGURE:
        return plain(site.values[target.id].figure.name)
    return heading(site, target.address)


def heading(site: Site, address: str) -> str:
    """A page by its title and, where the address has an anchor, by the heading there."""
    path, _, anchor = address.partition("#")
    page = site.archive.pages[path]
    headings = [one.text for one in page.headings if one.id == anchor]
    return plain(" · ".join([page.meta.title if page.meta else path, *headings]))


def _captions(site: Site, item: Item, root: str) -> Iterator[str]:
    """What must be known of each picture, by label."""
    for one in item.evidence:
        if one.proof.caption:
            told = "；".join(
                f"{Caption.label_of(field)}：{plain(getattr(one.proof.caption, field))}"
                for field in fields(Caption)
            )
            yield f"图片“{_link(site, one, root)}”：{told}。"


def topics(site: Site, root: str) -> str:
    """Every item under its heading with its members kind by kind, then what belongs to none."""
    return "\n\n".join(_topic(site, topic, root) for topic in site.topics)


def _topic(site: Site, topic: Topic, root: str) -> str:
    lines = [
        f"- {kind}：{'、'.join(f'[{title(site, one)}]({root}{one.address})' for one in members)}"
        for kind, members in topic.members.items()
        if members
    ]
    if topic.item is None:
        return f"## {REST} {{ #{REST} }}\n\n" + ("\n".join(lines) or "（没有。）")
    criterion = topic.item.criterion
    leads = [f"考评项目：[要求和材料]({root}{CRITERIA}#{topic.item.id})"]
    if criterion.report:
        leads.append(f"见报告：[{heading(site, criterion.report)}]({root}{criterion.report})")
    name = plain(f"{criterion.code} {criterion.title}")
    return f"## {name} {{ #{topic.item.id} }}\n\n{'；'.join(leads)}\n\n" + (
        "\n".join(lines) or "（尚无材料。）"
    )
