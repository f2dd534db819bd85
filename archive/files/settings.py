"""Read mkdocs.yml as text: its navigation, name and pictures; what may not be in it is refused.

The engine's own reader of this file runs what its tags name. So the file may hold the tags, settings
and extensions that the program comes with and no others, which is found out here, before that reader
sees it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from archive.files.bounds import read_enough
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.own_files import OWN_SETTINGS
from archive.files.yaml import Problem, decode
from archive.schema.types import PLAIN

_STANDARD = "tag:yaml.org,2002:"
TAGS = ("!!python/name:archive.render.text.unfenced", "!!python/object/apply:pymdownx.slugs.slugify")  # fmt: skip
"""The tags that mkdocs.yml may hold beside those of YAML itself."""
_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge")
_APPLIED = frozenset(tag.replace("!!", _STANDARD) for tag in TAGS)
_OF_ENVIRONMENT = "!ENV"
KEYS = (
    "site_name", "site_url", "site_description", "site_dir", "docs_dir", "use_directory_urls", "copyright",
    "nav", "theme", "plugins", "markdown_extensions", "extra", "extra_css", "extra_javascript", "validation",
    "strict",
)  # fmt: skip
"""The settings that mkdocs.yml may hold."""
READING = "archive.render.commonmark"
"""The extension by which the engine reads Markdown as the check does; it stands last."""
EXTENSIONS = ("attr_list", "pymdownx.superfences", "toc", READING)
"""The extensions of Markdown that the reading of pages knows."""
_PRINTED_TEXTS = ("site_name", "site_description", "copyright")
"""The settings that the theme prints, as HTML."""


@dataclass(slots=True)
class Settings:
    """What the program itself takes from mkdocs.yml."""

    navigation: list[tuple[str, int]] = field(default_factory=list)
    """The pages of the navigation in order, each with its line."""
    pictures: tuple[str, ...] = ()
    """The pictures of the theme, as paths from docs/."""
    site_name: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_settings(path: Path) -> Settings:
    """Read mkdocs.yml at `path`; a fault becomes a problem and never an exception."""
    found = Settings()
    if path.is_symlink() or not path.is_file():
        found.problems.append(Problem(SETTINGS, 1, "站点设置须是普通的文件；请恢复 mkdocs.yml"))
        return found
    document = decode(read_enough(path), SETTINGS)
    found.problems += document.problems
    if document.data is None:
        return found
    try:
        # Events come one by one, so that no depth and no alias is ever followed.
        if fault := _shape_fault(document.data):
            found.problems.append(fault)
            return found
        root = yaml.compose(document.data, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, document.data.rstrip("\n").count("\n")) + 1 if mark else 1
        found.problems.append(
            Problem(SETTINGS, line, "站点设置须为能读取的 YAML；请核对这一行的缩进、冒号和引号")
        )
        return found
    found.problems += _foreign_tags(root)
    entries = _entries(root)
    found.problems += _foreign_settings(entries)
    if found.problems:
        return found
    values = {key.value: value for key, value in entries}
    if "nav" in values:
        found.navigation = list(_leaves(values["nav"]))
        found.problems += _nav_faults(values["nav"])
    for key in _PRINTED_TEXTS:
        for node in _nodes(values.get(key)):
            if isinstance(node, yaml.ScalarNode) and not PLAIN.fullmatch(node.value):
                message = f"{key} 须为一行文字，不含 HTML 的符号和星号，现为 {shorten(node.value)}；请删去这些符号"
                found.problems.append(Problem(SETTINGS, node.start_mark.line + 1, message))
    theme = {
        key.value: str(value.value)
        for key, value in _entries(values.get("theme"))
        if isinstance(value, yaml.ScalarNode)
    }
    found.pictures = tuple(theme[name] for name in ("logo", "favicon") if name in theme)
    found.site_name = _site_name(values.get("site_name"))
    return found


def _site_name(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def engine_settings(text: str, fixed: Mapping[str, Any]) -> str:
    """The settings for the engine: the `fixed` ones, those of mkdocs.yml, `text`, then those of the program."""
    own, given = (
        yaml.compose(one, Loader=yaml.CSafeLoader)
        for one in (OWN_SETTINGS.read_text("utf-8"), text)
    )
    said = yaml.compose(yaml.safe_dump(dict(fixed), allow_unicode=True), Loader=yaml.CSafeLoader)
    joined = _over(_over(own, given), said)
    return str(yaml.serialize(joined, Dumper=yaml.CSafeDumper, allow_unicode=True))


def _over(below: yaml.Node | None, above: yaml.Node | None) -> yaml.Node | None:
    """Two settings in one: mappings joined, of anything else the one `above`; no mapping is lost."""
    if not isinstance(below, yaml.MappingNode):
        return above
    if not isinstance(above, yaml.MappingNode):
        return below
    there = {key.value: value for key, value in below.value}
    joined = [
        (key, _over(there[key.value], value) if key.value in there else value)
        for key, value in above.value
    ]
    named = {key.value for key, _ in above.value}
    kept = [(key, value) for key, value in below.value if key.value not in named]
    return yaml.MappingNode(below.tag, kept + joined)


MAX_LISTED = 300
"""Entries of a list of the navigation: each of its pages shows all of them."""
_MAX_DEPTH = 20


def _shape_fault(text: str) -> Problem | None:
    """The first place where the file is more than nested mappings and lists with words for keys."""
    keys: list[dict[str, int] | None] = []
    is_key: list[bool] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        starts = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        ends = isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
        if isinstance(event, yaml.AliasEvent):
            return Problem(SETTINGS, line, f"站点设置里不得引用（*），现有 *{event.anchor}；请写全")
        if ends:
            keys.pop()
            is_key.pop()
            continue
        if not starts and not isinstance(event, yaml.ScalarEvent):
            continue
        held = keys[-1] if keys else None
        if held is not None and is_key[-1]:
            if not isinstance(event, yaml.ScalarEvent):
                return Problem(SETTINGS, line, "站点设置的名称须是一个词；请写作“名称: 值”")
            if event.value in held:
                return Problem(
                    SETTINGS,
                    line,
                    f"站点设置须只写一次，{event.value} 已在第 {held[event.value]} 行；请删去一个",
                )
            held[event.value] = line
        if is_key:
            is_key[-1] = not is_key[-1]
        if starts:
            if len(keys) == _MAX_DEPTH:
                return Problem(SETTINGS, line, f"站点设置须嵌套不超过 {_MAX_DEPTH} 层；请减少缩进")
            keys.append({} if isinstance(event, yaml.MappingStartEvent) else None)
            is_key.append(isinstance(event, yaml.MappingStartEvent))
    return None


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield every node in order; `_shape_fault` has seen to it that they are no deeper than a few levels."""
    if root is None:
        return
    yield root
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            yield from _nodes(key)
            yield from _nodes(value)
    elif isinstance(root, yaml.SequenceNode):
        for node in root.value:
            yield from _nodes(node)


def _foreign_tags(root: yaml.Node | None) -> Iterator[Problem]:
    for node in _nodes(root):
        tag = node.tag
        line = node.start_mark.line + 1
        if tag.startswith(_STANDARD) and tag.removeprefix(_STANDARD) in _PLAIN_TAGS:
            continue
        written = tag.replace(_STANDARD, "!!")
        if written == _OF_ENVIRONMENT:
            # The environment of a build holds tokens, and the site goes to everybody.
            message = "站点设置须写明是什么，不从环境变量取，现有 !ENV；请改为固定的文字，没有的删去这一行"
            yield Problem(SETTINGS, line, message)
        elif written not in TAGS:
            message = (
                f"站点设置里的标记须是程序用的 {'、'.join(TAGS)}，现有 {written}；请删去这个标记"
            )
            yield Problem(SETTINGS, line, message)


def _foreign_settings(entries: list[tuple[yaml.Node, yaml.Node]]) -> Iterator[Problem]:
    for key, value in entries:
        line = key.start_mark.line + 1
        if key.value not in KEYS:
            yield Problem(
                SETTINGS, line, f"站点设置须只有 {'、'.join(KEYS)}，现有 {key.value}；请删去这一项"
            )
        elif key.value == "plugins" and (not isinstance(value, yaml.SequenceNode) or value.value):
            yield Problem(
                SETTINGS, line, "站点设置里须写 plugins: []，不用插件；请改为：plugins: []"
            )
        elif key.value == "markdown_extensions":
            yield from _foreign_extensions(value)
        elif key.value == "theme":
            for name, folder in _entries(value):
                if name.value == "custom_dir":
                    message = (
                        f"custom_dir 须由程序定，现写作 {shorten(str(folder.value))}；请删去这一行"
                    )
                    yield Problem(SETTINGS, folder.start_mark.line + 1, message)


def _foreign_extensions(node: yaml.Node) -> Iterator[Problem]:
    entries = _named(node)
    for name, given in entries:
        if name.value not in EXTENSIONS:
            message = (
                f"Markdown 的扩展须是 {'、'.join(EXTENSIONS)}，现有 {name.value}；请删去这一项"
            )
            yield Problem(SETTINGS, name.start_mark.line + 1, message)
        for option, value in _entries(given):
            if not _is_known(name.value, option.value, value):
                written = shorten(" ".join(yaml.serialize(value).split()))
                message = f"扩展 {name.value} 的 {option.value} 须为一个值，或者与程序自带的一样，现为 {written}；请删去这一项"
                yield Problem(SETTINGS, option.start_mark.line + 1, message)
    names = [str(name.value) for name, _ in entries]
    if names[-1:] != [READING] and set(names) <= set(EXTENSIONS):
        message = (
            f"Markdown 的扩展须以 {READING} 结尾，页面才照检查读的显示；请在最后加一行 - {READING}"
        )
        yield Problem(SETTINGS, node.start_mark.line + 1, message)


def _named(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node | None]]:
    """The extensions that a setting lists, or maps to their options: each name, with the options it is given."""
    if isinstance(node, yaml.MappingNode):
        return [*node.value]
    listed = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found: list[tuple[yaml.Node, yaml.Node | None]] = []
    for one in listed:
        found += _entries(one) or [(one, None)]
    return found


def _is_known(extension: str, option: str, value: yaml.Node) -> bool:
    """Whether an option is a word, or what the program comes with.

    Anything else may be a program by a way of writing of some engine's own: Zensical calls
    `slugify: {object: os.system, kwds: …}`.
    """
    if isinstance(value, yaml.ScalarNode) or value.tag in _APPLIED:
        return True
    return yaml.serialize(value) == _own_options().get((extension, option))


@cache
def _own_options() -> Mapping[tuple[str, str], str]:
    """(Extension, option) → the value in the program's own settings, written out."""
    own = yaml.compose(OWN_SETTINGS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    (extensions,) = (value for key, value in _entries(own) if key.value == "markdown_extensions")
    return {
        (name.value, option.value): yaml.serialize(value)
        for name, given in _named(extensions)
        for option, value in _entries(given)
    }


def _entries(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _leaves(nav: yaml.Node) -> Iterator[tuple[str, int]]:
    for node in _in_order(nav):
        yield str(node.value), node.start_mark.line + 1


def _in_order(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _in_order(value)
    else:
        for value in node.value:
            yield from _in_order(value)


def _width(node: yaml.Node) -> int:
    """How many entries of the menu stand side by side in a list."""
    if isinstance(node, yaml.SequenceNode):
        return sum(map(_width, node.value))
    return len(node.value) if isinstance(node, yaml.MappingNode) else 1


def _nav_faults(nav: yaml.Node) -> Iterator[Problem]:
    """Titles are plain text, because the theme shows them as HTML; entries are pages, in lists of some length."""
    for node in _nodes(nav):
        if isinstance(node, yaml.CollectionNode) and (wide := _width(node)) > MAX_LISTED:
            message = f"导航的一节须不超过 {MAX_LISTED} 项（其中每一页都列出它们），现有 {wide} 项；请分成几节"
            yield Problem(SETTINGS, node.start_mark.line + 1, message)
        for title, _ in _entries(node):
            if not any(one.isprintable() and not one.isspace() for one in title.value):
                message = "导航里的标题须有文字，现在没有；请写上标题，或者只写页面的路径"
                yield Problem(SETTINGS, title.start_mark.line + 1, message)
            elif not PLAIN.fullmatch(title.value):
                message = f"导航里的标题须为一行文字，不含 HTML 的符号和星号，现为 {shorten(title.value)}；请删去这些符号"
                yield Problem(SETTINGS, title.start_mark.line + 1, message)
    for path, line in _leaves(nav):
        if not path.endswith(".md"):
            yield Problem(
                SETTINGS,
                line,
                f"导航所列须是 docs/ 下的页面（.md），现为 {path}；请改为一个页面，或者删去这一行",
            )
