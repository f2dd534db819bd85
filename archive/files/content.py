"""What of the repository is content: written by the bureau's staff, and judged by the check.

Everything else is the program's, and a change of it may change the rules themselves. Only the standard
library is used here, for `setup/touches-program` reads this before anything is installed.
"""

CONTENT = ("data/", "docs/")
"""The folders of content."""
DESIGN = ("docs/guide/", "docs/assets/")
"""What within them belongs to the program: the guide tells of it, the assets are its design."""
LISTS = "README.md"
"""The lists of fields beside the records, which belong to the program too."""
SETTINGS = "mkdocs.yml"
"""Its navigation is content, all else in it is the program's."""


def is_content(path: str) -> bool:
    """Return whether the file at `path`, from the root, is content.

    Hidden files are not, wherever they are: Git and other programs take orders from some of them.
    """
    parts = path.split("/")
    return (
        path.startswith(CONTENT)
        and not path.startswith(DESIGN)
        and parts[-1] != LISTS
        and not any(part.startswith(".") for part in parts)
    )


def without_navigation(settings: str) -> list[str]:
    """Return the lines of mkdocs.yml without the navigation; two that are equal differ in content alone."""
    kept = []
    inside = False
    for line in settings.splitlines():
        if line[:1] not in (" ", "-", "#", ""):
            inside = line.startswith("nav:")
        if not inside:
            kept.append(line)
    return kept
