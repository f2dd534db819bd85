"""The list of messages: what each says, and where the guide explains it."""

from archive.places import ordered_pages
from archive.render.text import plain
from archive.site import Site

FOLDER = "guide/messages/"
"""The pages that explain messages, a section each."""


def messages(site: Site, root: str) -> str:
    """The messages page by page, in the order of the navigation, each leading to its section."""
    parts = []
    for page in ordered_pages(site.archive):
        if page.path.startswith(FOLDER) and page.path != f"{FOLDER}index.md" and page.meta:
            name = page.path.removeprefix(FOLDER).removesuffix(".md")
            lines = [
                f"- [{plain(heading.text)}]({root}{page.path}#{heading.id})"
                for heading in page.headings
                if heading.level == 2
            ]
            parts += [f"## {plain(page.meta.title)} {{ #{name} }}", "\n".join(lines)]
    return "\n\n".join(parts)
