"""A rule for mkdocs.yml: what the theme prints of it."""

from collections.abc import Iterator

import yaml

from archive.facts.site import Site
from archive.files.yaml import Problem, decode

_PRINTED = ("nav", "site_name", "site_description", "copyright")
_SIGNS = '<>"&'


def printed_settings_are_plain(site: Site) -> Iterator[Problem]:
    """Titles of the navigation and texts of the site hold no sign of HTML: the theme prints them raw."""
    text = decode((site.archive.project.root / "mkdocs.yml").read_bytes(), "mkdocs.yml").data
    try:
        root = yaml.compose(text or "", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return  # which has been reported
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value in _PRINTED:
            for node in _texts(value):
                found = next((sign for sign in node.value if sign in _SIGNS), None)
                if found:
                    message = (
                        f'导航和网站的名称、说明里不得有 < > " &，现有 {found}；请用《》、“ ”、“和”'
                    )
                    yield Problem("mkdocs.yml", node.start_mark.line + 1, message)


def _texts(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    left, seen = [node], set()
    while left:
        one = left.pop()
        if id(one) in seen:
            continue  # an alias, perhaps of what holds it
        seen.add(id(one))
        if isinstance(one, yaml.ScalarNode):
            yield one
        elif isinstance(one, yaml.MappingNode):
            left += [part for pair in one.value for part in pair]
        elif isinstance(one, yaml.SequenceNode):
            left += one.value
