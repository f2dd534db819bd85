"""The index by assessment item: what belongs to each, every member a link."""

from archive.criteria import CRITERIA
from archive.render.criteria import heading, title
from archive.render.text import plain
from archive.site import Site
from archive.topics import REST, Topic


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
