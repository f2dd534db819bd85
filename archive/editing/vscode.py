"""Settings of VS Code for the folder: which schema each file keeps to, UTF-8, spaces."""

from typing import Any

from archive.editing.schemas import file_kinds

EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}
"""What VS Code offers to install when the folder is opened."""

# Tags of mkdocs.yml, which the extension would report as unknown.
_TAGS = [
    "!ENV scalar",
    "!ENV sequence",
    "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify mapping",
]


def settings() -> dict[str, Any]:
    """The folder's settings."""
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.autoIndent": "keep"},
        "yaml.schemas": {kind.path: kind.files for kind in file_kinds() if kind.files},
        # Only the schemas above: no list of others is fetched from the network.
        "yaml.schemaStore.enable": False,
        "yaml.customTags": _TAGS,
        # YAML 1.1 reads `no`, 12:30 and 010 as something else; the editor is to show it, as the
        # check does.
        "yaml.yamlVersion": "1.1",
        # Comments, quotes and line breaks stay as they were written.
        "yaml.format.enable": False,
        "redhat.telemetry.enabled": False,
    }
