"""What the theme shows around a page's text: where the report names it, what is recorded of it."""

from html import escape

from archive.places import href
from archive.regulations import FOLDER
from archive.render.regulations import facts
from archive.site import Site


def around(site: Site, page: str) -> dict[str, str]:
    """What the page `page` (its path in docs/) has around its text: name → HTML."""
    found = {}
    places = site.citations.get(page)
    if places:
        links = "、".join(_link(page, place.page, place.label, place.anchor) for place in places)
        found["cited"] = f"见报告：{links}"
    entry = site.regulations.get(page.removeprefix(FOLDER).removesuffix(".md"))
    if entry and entry.page.path == page:
        found["facts"] = facts(site, entry, lambda target, text: _link(page, target, text))
    return found


def _link(page: str, target: str, text: str, anchor: str = "") -> str:
    """A link as the built page has it: the theme is no Markdown, so no engine turns it into one."""
    return f'<a href="{href(page, target, anchor)}">{escape(text)}</a>'
