"""What collections there are: how much is recorded, and what is counted from it."""

from archive.figures import counted_from, declared
from archive.places import REGISTER, ordered_pages
from archive.render.text import plain
from archive.schema.collections import COLLECTIONS
from archive.site import Site


def collections(site: Site, root: str) -> str:
    """The collections that have a page among the records, each with its figures."""
    named = (
        (page, page.path.removeprefix("records/")[:-3]) for page in ordered_pages(site.archive)
    )
    rows = [
        f"| [{COLLECTIONS[name].label}]({root}{page.path}) | {_recorded(site, name)} "
        f"| {_figures(site, name, root)} |"
        for page, name in named
        if name in COLLECTIONS
    ]
    return "\n".join(["| 台账 | 记录 | 由它计算的指标 |", "|---|---|---|", *rows])


def _recorded(site: Site, name: str) -> str:
    found = site.archive.records[name]
    if site.archive.public and (not found or name in site.archive.partial):
        return f"公开\u00a0{len(found)}\u00a0条" if found else "没有公开的记录"
    if not found:
        return "尚无记录"
    told = "" if declared(site.values.values(), name) else "，资料尚未宣布齐全"
    return f"{len(found)}\u00a0条{told}"


def _figures(site: Site, name: str, root: str) -> str:
    return (
        "、".join(
            f"[{plain(value.figure.name)}]({root}{REGISTER}#{value.id})"
            for value in counted_from(site.values.values(), name)
        )
        or "无"
    )
